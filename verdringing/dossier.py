"""A case as a person reads it: who, which work, what was found, on which rows, and the row of placements in time."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import polars as pl

from verdringing.audited import Audited
from verdringing.cases import PLACE
from verdringing.privacy import shielded
from verdringing.rule import Rule

MOST_CASES = 200
MOST_ROWS = 60
MOST_WRITTEN = 800
"""Findings that are written out in the page where not every case stands in it; the script draws the rest."""

_SHOWN = (
    "nr", "plaatsing_id", "kandidaat_id", "werkgever", "inlener", "kvk_nummer", "inlener_kvk", "functie", "instrument",
    "startdatum", "einddatum", "einde", "fase", "gemeente", "uren_per_week", "uurtarief", "bestand", "blad", "rij",
    "in_bereik", "werkgever_sleutel", "vestigingsnummer", "aliassen",
)  # fmt: skip
_WRITTEN = ("werkgever", "inlener", "functie", "toelichting", "waarde", *PLACE, "werkgever_sleutel", "aliassen")
Row = dict[str, Any]
Key = tuple[str, int]
"""Name of a rule, and which of the rules of that name."""


@dataclass(frozen=True, slots=True)
class Said:
    """One finding in a dossier: its sentence, measured value and limit, the row it is about and the rows before it.

    `decision` is what was decided on it, in a few words; `settled` says that this decision stands.
    """

    row: Row
    sentence: str
    value: str | None
    limit: str | None
    arose: date | None
    before: Sequence[Row]
    decision: str | None = None
    settled: bool = False


@dataclass(frozen=True, slots=True)
class Ruled:
    """All findings of one rule in one case."""

    rule: Rule
    found: Sequence[Said]


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case: its keys, its findings by rule, and the placements on the job in order of start (at most MOST_ROWS)."""

    case: Row
    ruled: Sequence[Ruled]
    placements: Sequence[Row]
    total: int
    candidates: int
    signals: Mapping[int, int]
    deadlines: Mapping[int, date]
    written: bool = True

    @property
    def employers(self) -> list[str]:
        """Every spelling of the place of work in this case, most used first."""
        names = [_place_name(row) for row in self.placements]
        return sorted(dict.fromkeys(names), key=names.count, reverse=True)

    @property
    def kvk_numbers(self) -> list[str]:
        """Every KvK number of the place of work in this case, in the order of its placements."""
        numbers = [
            row["inlener_kvk"] if row["inlener"] or row["inlener_kvk"] else row["kvk_nummer"] for row in self.placements
        ]
        return list(dict.fromkeys(number for number in numbers if number))

    @property
    def jobs(self) -> list[str]:
        """Every spelling of the job in this case, most used first."""
        names = [row["functie"] for row in self.placements if row["functie"]]
        return sorted(dict.fromkeys(names), key=names.count, reverse=True)


def _place_name(row: Row) -> str:
    """Name of the place of work as it was written; its KvK number where there is no name."""
    own = (row["inlener"], row["inlener_kvk"], row["werkgever"], row["kvk_nummer"])
    return str(next(name for name in own if name))


def dossiers(audited: Audited) -> list[Dossier]:
    """The first MOST_CASES cases, in the order of the report; where there are more, MOST_WRITTEN findings in full."""
    shown = audited.cases.head(MOST_CASES)
    numbered = audited.placements.select(*_SHOWN, *PLACE).join(
        shown.select("zaak", *PLACE), on=list(PLACE), how="inner", nulls_equal=True, maintain_order="left"
    )
    shown, numbered = (_without_bsn(frame) for frame in (shown, numbered))
    found = _without_bsn(audited.findings.filter(pl.col("volgorde") < MOST_CASES))
    decided = ["beoordeling", "heropend_omdat"] if audited.decisions else []
    found = found.select("zaak", "nr", "regel", "variant", "toelichting", "waarde", "grens", "ontstaan_op", *decided)
    per_case = found.partition_by("zaak", as_dict=True)
    rows = numbered.partition_by("zaak", as_dict=True)
    links = _links(audited, numbered)
    deadlines = _deadlines(audited, numbered)
    rules = {(rule.name, rule.variant): rule for rule in audited.book.rules}
    written = _written(audited.cases)
    return [
        replace(_dossier(case, per_case[case["zaak"],], rows[case["zaak"],], links, deadlines, rules), written=full)
        for case, full in zip(shown.to_dicts(), written, strict=True)
    ]


def _written(cases: pl.DataFrame) -> pl.Series:
    """Which of the first cases are written out in full; the very first always is."""
    if cases.height <= MOST_CASES:
        return pl.repeat(value=True, n=cases.height, eager=True)
    before = cases["bevindingen"].head(MOST_CASES).cum_sum().shift(1, fill_value=0)
    return before < MOST_WRITTEN


def _without_bsn(frame: pl.DataFrame) -> pl.DataFrame:
    """Text that a user wrote, without a BSN in it."""
    return frame.with_columns(shielded(pl.col(name)) for name in _WRITTEN if name in frame.columns)


def _links(audited: Audited, numbered: pl.DataFrame) -> dict[tuple[Key, int], int]:
    near = audited.judgement.links.join(numbered.select("nr"), on="nr", how="semi")
    return {((rule, variant), number): before for rule, number, before, variant in near.rows()}


def _deadlines(audited: Audited, numbered: pl.DataFrame) -> dict[int, date]:
    near = audited.judgement.deadlines.join(numbered.select("nr"), on="nr", how="semi")
    return dict(near.group_by("nr").agg(pl.col("limiet_op").min()).rows())


def _dossier(
    case: Row,
    found: pl.DataFrame,
    rows: pl.DataFrame,
    links: Mapping[tuple[Key, int], int],
    deadlines: Mapping[int, date],
    rules: Mapping[Key, Rule],
) -> Dossier:
    by_number = {row["nr"]: row for row in rows.to_dicts()}
    said: dict[Key, list[Said]] = {}
    for finding in found.to_dicts():
        name, number = (finding["regel"], finding["variant"]), finding["nr"]
        # a condition is written in SQL: that belongs in bevindingen.csv, its sentence says the same to a reader
        limit = None if rules[name].file.toets == "voorwaarde" else finding["grens"]
        before = _before(name, number, links, by_number)
        decision = finding.get("beoordeling")
        settled = decision is not None and finding["heropend_omdat"] is None
        told = (finding["toelichting"], finding["waarde"], limit, finding["ontstaan_op"])
        one = Said(by_number[number], *told, before, decision, settled)
        said.setdefault(name, []).append(one)
    signals = dict(found.group_by("nr").len().rows())
    order = {"wet": 0, "beleid": 1, "signaal": 2}
    ruled = [Ruled(rules[name], findings) for name, findings in said.items()]
    ruled.sort(key=lambda one: (order[one.rule.file.norm], one.rule.name, one.rule.variant))
    kept = _most_telling(rows, set(signals))
    return Dossier(case, ruled, kept, rows.height, rows["kandidaat_id"].n_unique(), signals, deadlines)


def _before(rule: Key, number: int, links: Mapping[tuple[Key, int], int], rows: Mapping[int, Row]) -> list[Row]:
    """The earlier placements that lead to a finding, the first one first."""
    chain = []
    while (number := links.get((rule, number), -1)) >= 0 and number in rows:
        chain.append(rows[number])
    return chain[::-1]


def _most_telling(rows: pl.DataFrame, signalled: set[int]) -> list[Row]:
    """Rows in order of start; where there are too many, those with findings first, then the latest."""
    if rows.height <= MOST_ROWS:
        return rows.to_dicts()
    told = pl.col("nr").is_in(sorted(signalled))
    return rows.sort(told, "startdatum", descending=True).head(MOST_ROWS).sort("startdatum", "nr").to_dicts()
