"""The findings of one case by rule, as a person reads them: sentences, the rows they are about, what came before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from verdringing.page.chains import Key, Row, chained, last_before, places
from verdringing.rule import Rule

MOST_FOUND = 12
"""Findings of one rule in a case, and earlier placements of one finding, that are written out."""

_ORDER = {"wet": 0, "beleid": 1, "signaal": 2}


@dataclass(frozen=True, slots=True)
class Said:
    """One finding in a dossier: its sentence, measured value and limit, the row it is about and the rows before it.

    `before` are the last MOST_FOUND of them; `earlier` counts them all, `first` is the nr of the very first. `decision`
    is what was decided on it, in a few words. `beside` are the rows of other work that the rule counts too.
    """

    row: Row
    sentence: str
    value: str | None
    limit: str | None
    arose: date | None
    before: Sequence[Row]
    earlier: int = 0
    first: int | None = None
    decision: str | None = None
    beside: Sequence[Row] = ()


@dataclass(frozen=True, slots=True)
class Ruled:
    """The first MOST_FOUND findings of one rule in one case, the others on placements that are drawn, and their number.

    `places` has the place in the row of successors of every placement (nr) that a finding names.
    """

    rule: Rule
    found: Sequence[Said]
    rest: Sequence[Said] = ()
    total: int = 0
    places: Mapping[int, int] = field(default_factory=dict)


def rule_order(rule: Rule) -> tuple[int, str, int]:
    """Sorts rules as a case tells them: statute first, then by name."""
    return (_ORDER[rule.file.norm], rule.name, rule.variant)


def counted(found: pl.DataFrame, rules: Mapping[Key, Rule]) -> dict[int, list[Ruled]]:
    """How many findings of each rule every case (volgorde) has."""
    made: dict[int, list[Ruled]] = {}
    for volgorde, name, variant, total in found.group_by("volgorde", "regel", "variant").len().rows():
        made.setdefault(volgorde, []).append(Ruled(rules[name, variant], (), total=total))
    return made


def written(
    found: pl.DataFrame,
    placements: pl.DataFrame,
    drawn: list[Row],
    before: Mapping[Key, Mapping[int, int]],
    rules: Mapping[Key, Rule],
    others: Mapping[tuple[Key, int], Sequence[Row]],
) -> list[Ruled]:
    """The findings of a case by rule; of a large one only what is shown becomes rows and sentences.

    `others` are the rows on other jobs that a finding counts, by rule and placement (nr).
    """
    numbers = found["nr"].to_list()
    seen, own = {row["nr"] for row in drawn}, set(placements["nr"].to_list())
    by_rule: dict[Key, list[int]] = {}
    for at, key in enumerate(zip(found["regel"].to_list(), found["variant"].to_list(), strict=True)):
        by_rule.setdefault(key, []).append(at)
    chains = {key: chained((numbers[at] for at in by_rule[key]), before[key], own) for key in by_rule if key in before}
    shown = _shown(by_rule.values(), numbers, seen)
    near = {
        (key, at): last_before(numbers[at], before[key], chain, MOST_FOUND)
        for key, chain in chains.items()
        for at in by_rule[key][:MOST_FOUND]
    }
    rows = _rows(placements, drawn, {nr for some in near.values() for nr in some} | {numbers[at] for at in shown})
    said: dict[Key, list[Said]] = {key: [] for key in by_rule}
    for at, finding in _told(found, shown).items():
        key = finding["regel"], finding["variant"]
        led = [rows[number] for number in near.get((key, at), ())]
        one = _said(finding, rules[key], rows, led, chains.get(key, {}))
        said[key].append(replace(one, beside=others.get((key, finding["nr"]), ())))
    return [
        Ruled(rules[key], one[:MOST_FOUND], one[MOST_FOUND:], len(by_rule[key]), _places(rules[key], chains.get(key)))
        for key, one in said.items()
    ]


def _places(rule: Rule, chain: Mapping[int, tuple[int, int]] | None) -> dict[int, int]:
    """Places in a row of successors; other rules look back too, but at the same candidate or at other work."""
    return places(chain) if chain and rule.file.toets == "opvolging" else {}


def _shown(by_rule: Iterable[list[int]], numbers: list[int], drawn: set[int]) -> list[int]:
    """The findings (places) that are written out or drawn."""
    few = {at for ats in by_rule for at in ats[:MOST_FOUND]}
    return sorted(few | {at for at, number in enumerate(numbers) if number in drawn})


def _told(found: pl.DataFrame, shown: list[int]) -> dict[int, Row]:
    """The findings that are shown, by their place among those of the case."""
    kept = found if len(shown) == found.height else found[shown]
    return dict(zip(shown, kept.to_dicts(), strict=True))


def _rows(placements: pl.DataFrame, drawn: list[Row], wanted: set[int]) -> dict[int, Row]:
    """The wanted placements and those that are drawn, by nr."""
    rows = {row["nr"]: row for row in drawn}
    others = wanted - rows.keys()
    if others:
        places = placements["nr"].is_in(list(others)).arg_true()
        rows |= {row["nr"]: row for row in placements[places].to_dicts()}
    return rows


def _said(
    finding: Row, rule: Rule, rows: Mapping[int, Row], before: Sequence[Row], chain: Mapping[int, tuple[int, int]]
) -> Said:
    number = finding["nr"]
    # a condition is written in SQL: that belongs in bevindingen.csv, its sentence says the same to a reader
    limit = None if rule.file.toets == "voorwaarde" else finding["grens"]
    place, first = chain.get(number, (1, number))
    sentence, value, arose = finding["toelichting"], finding["waarde"], finding["ontstaan_op"]
    return Said(rows[number], sentence, value, limit, arose, before, place - 1, first, finding.get("beoordeling"))
