"""aliassen.yaml: what a person decided about names, read with every mistake and contradiction in it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from operator import attrgetter
from pathlib import Path
from typing import Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from verdringing.complaints import complaints
from verdringing.errors import Mistake, UserError, meant
from verdringing.names import firm, job
from verdringing.naming.aliases import KINDS, Aliases, Kind, Merged
from verdringing.strict_yaml import Document, Route, read
from verdringing.words import _
from verdringing.yaml_words import DAY


class Decision(BaseModel):
    """One entry of aliassen.yaml: names that are one (`zelfde`) or are not (`anders`), who decided that and when."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    namen: tuple[str, ...]
    besluit: Literal["zelfde", "anders"]
    door: str = Field(min_length=1)
    op: date
    reden: str | None = None

    @field_validator("op", mode="before")
    @classmethod
    def _a_day(cls, given: object) -> object:
        """Only a day as jjjj-mm-dd: pydantic would also take a number for seconds since 1970."""
        if not isinstance(given, date) and not (isinstance(given, str) and DAY.fullmatch(given)):
            raise ValueError(_("'{waarde}' is geen datum (2026-01-01)", waarde=given))
        return given

    def __str__(self) -> str:
        return _("{namen} ({door}, {dag})", namen=" = ".join(self.namen), door=self.door, dag=f"{self.op:%d-%m-%Y}")


def read_aliases(path: Path, job_groups: Mapping[str, str] | None = None) -> Aliases:
    """Read aliassen.yaml; UserError with every mistake and contradiction in it.

    `job_groups` (title → group, rules/functiegroepen.yaml) say which job titles are one before any decision.
    """
    document = read(path)
    mistakes: list[Mistake] = list(_structure(document))
    normal = {"werkgevers": firm, "functies": lambda text: job(text).replace(job_groups or {})}
    merged = {kind: _merged(document, kind, normal[kind], mistakes) for kind in KINDS}
    if mistakes:
        raise UserError(*sorted(dict.fromkeys(mistakes), key=attrgetter("line")))
    return Aliases(merged["werkgevers"], merged["functies"], path)


def _structure(document: Document) -> Iterator[Mistake]:
    """An empty file is no decisions; otherwise lists under the known keys and nothing else."""
    if document.data is None:
        return
    if not isinstance(document.data, dict):
        yield Mistake(document.where(()), _("hier horen de sleutels 'werkgevers' en 'functies'"))
        return
    for key, value in document.data.items():
        if key not in KINDS:
            yield Mistake(document.where((key,)), _("onbekende sleutel '{naam}'", naam=key), meant(key, KINDS))
        elif not isinstance(value, list | None):
            yield Mistake(document.where((key,)), _("'{naam}' vraagt een lijst met besluiten", naam=key))


@dataclass(frozen=True, slots=True)
class _Entry:
    """A decision with the normalised form of its names → as written, its line, and where that is (file:line)."""

    decision: Decision
    names: Mapping[str, str]
    line: int
    where: str


def _merged(document: Document, kind: Kind, normal: Callable[[pl.Expr], pl.Expr], mistakes: list[Mistake]) -> Merged:
    entries = _entries(document, kind, normal, mistakes)
    same = [entry for entry in entries if entry.decision.besluit == "zelfde"]
    names = _groups(same)
    decisions: dict[str, list[Decision]] = {}
    for entry in same:
        decisions.setdefault(names[next(iter(entry.names))], []).append(entry.decision)
    rejected = set()
    for entry in entries:
        if entry.decision.besluit == "anders":
            mistakes += _contradictions(entry, names, same)
            keys = sorted({names.get(name, name) for name in entry.names})
            rejected |= set(combinations(keys, 2))
    return Merged(names, frozenset(rejected), decisions)


def _entries(
    document: Document, kind: Kind, normal: Callable[[pl.Expr], pl.Expr], mistakes: list[Mistake]
) -> list[_Entry]:
    """The entries that can be read; what is wrong with the others, each on its own, goes to `mistakes`."""
    data = document.data if isinstance(document.data, dict) else {}
    written = data.get(kind)
    entries: list[_Entry] = []
    for place, given in enumerate(written if isinstance(written, list) else ()):
        route = (kind, place)
        try:
            decision = Decision.model_validate(given)
        except ValidationError as error:
            mistakes += complaints(error, document, route, Decision.model_fields)
            continue
        entries += _entry(decision, document, route, normal, mistakes)
    return entries


def _entry(
    decision: Decision, document: Document, route: Route, normal: Callable[[pl.Expr], pl.Expr], mistakes: list[Mistake]
) -> Iterator[_Entry]:
    """The entry with normalised names; none when a name is empty or fewer than two names are left."""
    written = pl.DataFrame({"naam": decision.namen}, {"naam": pl.String})
    names: dict[str, str] = {}
    normalised = written.select(normal(pl.col("naam")))["naam"]
    for place, (name, spelling) in enumerate(zip(normalised, decision.namen, strict=True)):
        if name is None:
            what = _("'{naam}' is geen naam: er staat geen letter of cijfer in", naam=spelling)
            mistakes.append(Mistake(document.where((*route, "namen", place)), what))
        else:
            names.setdefault(name, spelling)
    where = document.where((*route, "namen"))
    if len(names) > 1:
        yield _Entry(decision, names, document.lines[*route, "namen"], where)
    elif len(decision.namen) < 2:
        mistakes.append(Mistake(where, _("een besluit gaat over minstens twee namen")))
    elif names:
        what = _("deze namen zijn voor het programma al één naam: '{naam}'", naam=next(iter(names)))
        mistakes.append(Mistake(where, what))


def _groups(same: Sequence[_Entry]) -> dict[str, str]:
    """Normalised name → first name of its group, in the order of the file; A = B and B = C make one group."""
    order = {name: place for place, name in enumerate(dict.fromkeys(name for one in same for name in one.names))}
    leader = {name: name for name in order}

    def leads(name: str) -> str:
        while leader[name] != name:
            leader[name] = name = leader[leader[name]]
        return name

    for entry in same:
        heads = sorted({leads(name) for name in entry.names}, key=order.__getitem__)
        leader |= dict.fromkeys(heads, heads[0])
    return {name: leads(name) for name in order}


def _contradictions(apart: _Entry, names: Mapping[str, str], same: Sequence[_Entry]) -> Iterator[Mistake]:
    """Pairs that this entry keeps apart and others make one, with the lines of those others."""
    for one, other in combinations(apart.names, 2):
        if one in names and names[one] == names.get(other):
            lines = [entry.line for entry in same if names[next(iter(entry.names))] == names[one]]
            what = _(
                "'{een}' en '{ander}' zijn hier anders, maar volgens regel {regels} dezelfde",
                een=apart.names[one],
                ander=apart.names[other],
                regels=", ".join(map(str, lines)),
            )
            yield Mistake(apart.where, what, _("Verwijder het besluit dat niet meer geldt."))
