"""Which files a policy is made of: what --beleid names, the folders beside it, and paths that cannot be."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from verdringing.disk import real, reason, unreadable
from verdringing.errors import Mistake, meant
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.policies.policy import Step

STANDARD = "standaard"
"""The basis that is no file: the rules that ship."""

_YAML = (".yaml", ".yml")


def folder(step: Step, key: str, mistakes: list[Mistake]) -> list[Path]:
    """The YAML files in the folder beside a policy that it names under `key`; none where it names no folder."""
    named = getattr(step.policy, key)
    if named is None:
        return []
    place, home = step.path.parent / named, step.path.parent
    if mistake := unfit_name(step, key, place):
        mistakes.append(mistake)
        return []
    if Path(named).is_absolute() or not real(place).is_relative_to(real(home)):
        mistakes.append(misplaced(step, key))
        return []
    found = yaml_files(place) if place.is_dir() else []
    if not found:
        mistakes.append(_no_folder(step, key, place))
    return found


def yaml_files(place: Path) -> list[Path]:
    """The YAML files directly in a folder, in order of name; UserError when it cannot be read."""
    try:
        found = sorted(place.iterdir())
    except OSError as error:
        raise unreadable(error, place) from None
    return [path for path in found if path.suffix.lower() in _YAML and not path.name.startswith(".")]


def misplaced(step: Step, key: str) -> Mistake:
    """A path that does not start from the folder of its file."""
    named = getattr(step.policy, key)
    what = _("{sleutel}: '{pad}' wijst buiten de map van dit bestand", sleutel=key, pad=named)
    return Mistake(step.where(key), what, _("Schrijf een pad vanaf dit bestand, zonder schijf of '..' ervoor."))


def unfit_name(step: Step, key: str, place: Path) -> Mistake | None:
    """What is wrong with a path that the system does not look up at all, such as a name that is too long."""
    try:
        place.exists()
    except OSError as error:
        return Mistake(
            step.where(key), _("{sleutel}: dit pad is niet te lezen ({reden})", sleutel=key, reden=reason(error))
        )
    return None


def absent_basis(step: Step, below: Path) -> Mistake:
    """A basis that is not there, with the file that was probably meant."""
    what = _("basis: '{pad}' bestaat niet", pad=step.policy.basis)
    others = [path.name for path in yaml_files(below.parent)] if below.parent.is_dir() else []
    other = _("Schrijf '{naam}' of het pad van een beleidsbestand.", naam=STANDARD)
    return Mistake(step.where("basis"), what, meant(below.name, [STANDARD, *others], other))


def _no_folder(step: Step, key: str, place: Path) -> Mistake:
    named = getattr(step.policy, key)
    where = step.where(key)
    if place.is_dir():
        return Mistake(where, _("{sleutel}: in de map '{pad}' staat geen YAML-bestand", sleutel=key, pad=named))
    if place.exists():
        return Mistake(where, _("{sleutel}: '{pad}' is een bestand, geen map", sleutel=key, pad=named))
    hint = meant(place.name, [path.name for path in step.path.parent.iterdir() if path.is_dir()])
    return Mistake(where, _("{sleutel}: de map '{pad}' bestaat niet", sleutel=key, pad=named), hint)


def given_files(given: Sequence[Path] | Path | None, mistakes: list[Mistake]) -> list[Path]:
    """The policy files that --beleid names, each once: files, and the YAML files in folders."""
    paths = [given] if isinstance(given, Path) else list(given or ())
    found: dict[Path, Path] = {}
    for path in paths:
        try:
            inside = yaml_files(path) if path.is_dir() else [path]
        except OSError as error:
            raise unreadable(error, path) from None
        if not inside:
            mistakes.append(Mistake(str(path), _("in deze map staat geen beleidsbestand (*.yaml)")))
        for one in inside:
            found.setdefault(real(one), one)
    return list(found.values())
