"""Names that stand for another: spellings of instruments, and job titles that are one job; shipped and of policies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

import polars as pl

from verdringing import resources
from verdringing.errors import Mistake, UserError, meant
from verdringing.names import plain
from verdringing.policies.rule_files import shipped_label
from verdringing.record import INSTRUMENTS
from verdringing.strict_yaml import Document, Route, read
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.policies.policy import Chain

_Placed: TypeAlias = tuple[str, str]
"""A name, and where it stands."""

_NORMAL = re.compile(r"[^\W_A-Z]+(?: [^\W_A-Z]+)*")


def shipped(name: str, mistakes: list[Mistake]) -> dict[str, str]:
    """Read rules/<name>.yaml, name → list of spellings, as spelling → name."""
    path = resources.folder("rules") / f"{name}.yaml"
    try:
        document = read(path, shipped_label(path))
    except UserError as error:
        mistakes += error.mistakes
        return {}
    return _spelled(document.data if isinstance(document.data, dict) else {}, document, (), mistakes)


def instruments(chains: Iterable[Chain], mistakes: list[Mistake]) -> dict[str, str]:
    """Spelling → instrument: the shipped ones, and those of every policy; a spelling cannot mean two things."""
    known = shipped("instrumenten", mistakes)
    path = resources.folder("rules") / "instrumenten.yaml"
    for name in sorted(set(known.values()) - set(INSTRUMENTS)):
        mistakes.append(_unknown(shipped_label(path), name))
    names = {name.replace("_", " "): name for name in INSTRUMENTS}
    own = _joined([_own_instruments(steps, names, mistakes) for steps in chains], mistakes)
    return known | names | own


def _own_instruments(steps: Chain, names: Mapping[str, str], mistakes: list[Mistake]) -> dict[str, _Placed]:
    """Spelling → (instrument, where it stands) of one chain; a later file goes before an earlier one."""
    found: dict[str, _Placed] = {}
    for step in steps:
        given = step.policy.instrumenten
        here: dict[str, _Placed] = {}
        for (written, name), spelling in zip(given.items(), normal(given), strict=True):
            where = step.where("instrumenten", written)
            if name not in INSTRUMENTS:
                mistakes.append(_unknown(where, name))
            elif not spelling:
                mistakes.append(Mistake(where, _("'{woord}' heeft geen letters of cijfers", woord=written)))
            elif names.get(spelling, name) != name:
                what = _("'{woord}' is zelf al een instrument", woord=written)
                mistakes.append(Mistake(where, what))
            elif here.setdefault(spelling, (name, where))[0] != name:
                what = _("'{woord}' staat ook bij '{naam}'", woord=written, naam=here[spelling][0])
                mistakes.append(Mistake(where, what))
        found |= here
    return found


def normal(words: Iterable[str]) -> list[str]:
    """Words as a column of text is compared: `names.plain`."""
    given = list(words)
    return (
        pl.Series("word", given, pl.String).to_frame().select(plain(pl.col("word"))).to_series().to_list()
        if given
        else []
    )


def job_groups(chains: Iterable[Chain], mistakes: list[Mistake]) -> dict[str, str]:
    """Normalised job title → its group: the shipped groups, and those that every policy adds to them."""
    known = shipped("functiegroepen", mistakes)
    return known | _joined([_own_groups(steps, known, mistakes) for steps in chains], mistakes)


def _own_groups(steps: Chain, known: Mapping[str, str], mistakes: list[Mistake]) -> dict[str, _Placed]:
    """Title → (group, where it stands) of one chain; what a shipped group says already cannot be said otherwise."""
    found: dict[str, _Placed] = {}
    taken = set(known.values())
    for step in steps:
        given = step.policy.functiegroepen
        for name in given:
            where = step.where("functiegroepen", name)
            if not _NORMAL.fullmatch(name):
                mistakes.append(_never_fits(where, name))
            elif known.get(name, name) != name:
                what = _("'{woord}' hoort al bij '{naam}'", woord=name, naam=known[name])
                mistakes.append(Mistake(where, what, _("Zet uw woorden onder '{naam}'.", naam=known[name])))
        for title, name in _spelled(given, step.document, ("functiegroepen",), mistakes).items():
            where = step.where("functiegroepen", name)
            group = known.get(title, title if title in taken else name)
            if group != name:
                mistakes.append(Mistake(where, _("'{woord}' hoort al bij '{naam}'", woord=title, naam=group)))
            found[title] = (name, where)
    return found


def _joined(own: Iterable[Mapping[str, _Placed]], mistakes: list[Mistake]) -> dict[str, str]:
    """What the policies say together; where two say something else of one word, both places are named."""
    joined: dict[str, _Placed] = {}
    for one in own:
        for word, (name, where) in one.items():
            before, there = joined.setdefault(word, (name, where))
            if before != name:
                what = _(
                    "'{woord}' staat hier bij '{naam}', maar bij '{ander}' in {plek}",
                    woord=word,
                    naam=name,
                    ander=before,
                    plek=there,
                )
                mistakes.append(Mistake(where, what, _("Maak ze gelijk: woorden gelden voor alle versies samen.")))
    return {word: name for word, (name, _where) in joined.items()}


def _unknown(where: str, name: str) -> Mistake:
    return Mistake(where, _("onbekend instrument '{naam}'", naam=name), meant(name, INSTRUMENTS))


def _never_fits(where: str, word: str) -> Mistake:
    what = _("'{woord}' kan nooit passen: schrijf kleine letters zonder punten of streepjes", woord=word)
    return Mistake(where, what)


def _spelled(data: Mapping[str, object], document: Document, route: Route, mistakes: list[Mistake]) -> dict[str, str]:
    """Name → list of spellings, turned round; one spelling cannot mean two things."""
    found: dict[str, str] = {}
    for name, spellings in data.items():
        here = (*route, name)
        if not isinstance(spellings, list) or not all(isinstance(spelling, str) for spelling in spellings):
            mistakes.append(Mistake(document.where(here), _("'{naam}' vraagt een lijst met woorden", naam=name)))
            continue
        for place, spelling in enumerate(spellings):
            if not _NORMAL.fullmatch(spelling):
                mistakes.append(_never_fits(document.where((*here, place)), spelling))
            if found.setdefault(spelling, name) != name:
                what = _("'{woord}' staat ook bij '{naam}'", woord=spelling, naam=found[spelling])
                mistakes.append(Mistake(document.where((*here, place)), what))
    return found
