"""The rules in force: the shipped rules and what a policy changes, validated before any record is read.

Every mistake in YAML dies here, all of them at once, with file, line and what was probably meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from string import Formatter
from typing import Any

from pydantic import ValidationError

from verdringing import check, resources
from verdringing.complaints import complaints
from verdringing.errors import Mistake, UserError, nearest
from verdringing.norms import Norm, Row
from verdringing.record import BY_NAME, INSTRUMENTS
from verdringing.rule import Change, Ground, Policy, Rule, RuleBook, RuleFile
from verdringing.strict_yaml import Document, Route, read
from verdringing.words import _


def load(policies: Sequence[Path] | Path | None = None, lists: Mapping[str, object] | None = None) -> RuleBook:
    """Read rules/ and a policy; UserError with every mistake when anything is wrong. `lists` holds lists by name."""
    home = resources.folder("rules")
    policy = next(iter(policies or ()), None) if not isinstance(policies, Path) else policies
    mistakes: list[Mistake] = []
    norms = _norms(home / "normen", mistakes)
    context = {"norms": norms, "lists": lists or {}}
    written = {path.stem: (_rule_file(path, mistakes)) for path in _rule_paths(home)}
    changes = _policy(policy, written, mistakes)
    spellings = {name: _spellings(home / f"{name}.yaml", mistakes) for name in ("instrumenten", "functiegroepen")}
    _only_instruments(spellings["instrumenten"], home / "instrumenten.yaml", mistakes)
    rules = [_rule(name, read_file, changes, context, mistakes) for name, read_file in written.items() if read_file]
    if mistakes:
        raise UserError(*mistakes)
    files = [
        *_rule_paths(home),
        home / "kolomnamen.yaml",
        *(home / "normen").glob("*.yaml"),
        *(home / f"{name}.yaml" for name in spellings),
    ]
    return RuleBook(
        rules=tuple(rule for rule in rules if rule),
        norms=norms,
        instruments=spellings["instrumenten"] | {name.replace("_", " "): name for name in INSTRUMENTS},
        job_groups=spellings["functiegroepen"],
        gemeente=changes.policy.gemeente,
        files=tuple(sorted(files)) + ((policy,) if policy else ()),
    )


def job_groups() -> dict[str, str]:
    """Normalised job titles that are one job: title → group; UserError when the file is wrong."""
    mistakes: list[Mistake] = []
    groups = _spellings(resources.folder("rules") / "functiegroepen.yaml", mistakes)
    if mistakes:
        raise UserError(*mistakes)
    return groups


def _rule_paths(home: Path) -> list[Path]:
    aside = ("instrumenten", "functiegroepen", "kolomnamen")
    return sorted(path for path in home.glob("*.yaml") if path.stem not in aside)


def _norms(folder: Path, mistakes: list[Mistake]) -> dict[str, Norm]:
    found = {}
    for path in sorted(folder.glob("*.yaml")):
        try:
            document = read(path, _label(path))
            found[path.stem] = Norm.model_validate(document.data)
        except UserError as error:
            mistakes += error.mistakes
        except ValidationError as error:
            mistakes += complaints(error, document, known={*Norm.model_fields, *Row.model_fields})
    return found


def _rule_file(path: Path, mistakes: list[Mistake]) -> tuple[RuleFile, Document] | None:
    try:
        document = read(path, _label(path))
        return RuleFile.model_validate(document.data), document
    except UserError as error:
        mistakes += error.mistakes
    except ValidationError as error:
        mistakes += complaints(error, document, known={*RuleFile.model_fields, *Ground.model_fields})
    return None


@dataclass(frozen=True, slots=True)
class _Changes:
    policy: Policy
    document: Document | None = None


def _policy(path: Path | None, rules: Mapping[str, object], mistakes: list[Mistake]) -> _Changes:
    """Read a policy; a rule it names must exist, for a typing error must never leave a rule as it was."""
    if path is None:
        return _Changes(Policy())
    try:
        document = read(path)
        policy = Policy.model_validate({} if document.data is None else document.data)
    except UserError as error:
        mistakes += error.mistakes
        return _Changes(Policy())
    except ValidationError as error:
        mistakes += complaints(error, document, known={*Policy.model_fields, *Change.model_fields})
        return _Changes(Policy())
    for name in policy.regels:
        if name not in rules:
            where = document.where(("regels", name))
            mistakes.append(Mistake(where, _("onbekende regel '{naam}'", naam=name), _meant(name, rules)))
    return _Changes(policy, document)


def _rule(
    name: str,
    written: tuple[RuleFile, Document],
    changes: _Changes,
    context: Mapping[str, object],
    mistakes: list[Mistake],
) -> Rule | None:
    file, document = written
    if file.toets not in check.names():
        meant = _meant(file.toets, check.names())
        mistakes.append(Mistake(document.where(("toets",)), _("onbekende toets '{naam}'", naam=file.toets), meant))
        return None
    module = check.find(file.toets)
    change = changes.policy.regels.get(name, Change())
    params = _validated(module, file.parameters, document, ("parameters",), context, mistakes)
    if change.parameters and changes.document:
        route = ("regels", name, "parameters")
        params = _validated(module, file.parameters | change.parameters, changes.document, route, context, mistakes)
    if params is None:
        return None
    mistakes += _holes(file, document, module, params)
    if change.grondslag:
        grounds = tuple(Ground(bron=g) if isinstance(g, str) else g for g in change.grondslag)
        file = file.model_copy(update={"grondslag": grounds})
    origins = _origins(module, name, file, document, change, changes.document)
    return Rule(name, file, params, origins, file.aan if change.aan is None else change.aan)


def _validated(
    module: check.Check,
    values: Mapping[str, Any],
    document: Document,
    route: Route,
    context: Mapping[str, object],
    mistakes: list[Mistake],
) -> check.Params | None:
    try:
        return module.Params.model_validate(values, context=dict(context))
    except ValidationError as error:
        mistakes += complaints(error, document, route, known=module.Params.model_fields)
        return None


def _origins(
    module: check.Check, name: str, file: RuleFile, document: Document, change: Change, policy: Document | None
) -> dict[str, str]:
    """Where the effective value of every parameter stands: policy, rule file, or the default of the check."""
    origins = {}
    for parameter in module.Params.model_fields:
        origins[parameter] = _("standaard van de toets")
        if parameter in file.parameters:
            origins[parameter] = document.where(("parameters", parameter))
        if policy and parameter in change.parameters:
            origins[parameter] = policy.where(("regels", name, "parameters", parameter))
    return origins


def _holes(file: RuleFile, document: Document, module: check.Check, params: check.Params) -> Iterator[Mistake]:
    """A sentence may only have holes that something can fill."""
    known = {*module.EVIDENCE, *type(params).model_fields, *BY_NAME, "einde"}
    for code, text in file.bevinding.items():
        try:
            names = [name for _text, name, _spec, _kind in Formatter().parse(text) if name is not None]
        except ValueError:
            yield Mistake(document.where(("bevinding", code)), _("de accolades in deze zin kloppen niet"))
            continue
        for name in names:
            if name not in known:
                where = document.where(("bevinding", code))
                yield Mistake(where, _("'{naam}' kan niet worden ingevuld", naam=name), _meant(name, known))


def _spellings(path: Path, mistakes: list[Mistake]) -> dict[str, str]:
    """Read name → list of spellings as spelling → name; one spelling cannot mean two things."""
    try:
        document = read(path, _label(path))
    except UserError as error:
        mistakes += error.mistakes
        return {}
    data = document.data if isinstance(document.data, dict) else {}
    found: dict[str, str] = {}
    for name, spellings in data.items():
        if not isinstance(spellings, list) or not all(isinstance(spelling, str) for spelling in spellings):
            mistakes.append(Mistake(document.where((name,)), _("'{naam}' vraagt een lijst met woorden", naam=name)))
            continue
        for place, spelling in enumerate(spellings):
            if not re.fullmatch(r"[^\W_A-Z]+(?: [^\W_A-Z]+)*", spelling):
                what = _(
                    "'{woord}' kan nooit passen: schrijf kleine letters zonder punten of streepjes", woord=spelling
                )
                mistakes.append(Mistake(document.where((name, place)), what))
            if found.setdefault(spelling, name) != name:
                what = _("'{woord}' staat ook bij '{naam}'", woord=spelling, naam=found[spelling])
                mistakes.append(Mistake(document.where((name, place)), what))
    return found


def _only_instruments(spellings: Mapping[str, str], path: Path, mistakes: list[Mistake]) -> None:
    for name in sorted(set(spellings.values()) - set(INSTRUMENTS)):
        mistakes.append(Mistake(_label(path), _("onbekend instrument '{naam}'", naam=name), _meant(name, INSTRUMENTS)))


def _meant(word: str, known: Mapping[str, object] | Sequence[str] | set[str]) -> str:
    near = nearest(word, known)
    return _("Bedoelde u '{naam}'?", naam=near) if near else ""


def _label(path: Path) -> str:
    """Name a shipped file as a user knows it, wherever it is installed."""
    home = resources.folder("rules").parent
    return path.relative_to(home).as_posix()
