"""A case as a person reads it: who, which work, what was found, on which rows, and the row of placements in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

import polars as pl

from verdringing.audited import Audited
from verdringing.cases import PLACE, place_numbers
from verdringing.privacy import shielded
from verdringing.rule import Rule

MOST_CASES = 200
MOST_ROWS = 60
MOST_WRITTEN = 300
"""Findings that are written out in the page where not every case stands in it; the script draws the rest."""

MOST_FOUND = 12
"""Findings of one rule in a case, and earlier placements of one finding, that are written out."""

ROW = (
    "nr", "plaatsing_id", "kandidaat_id", "werkgever", "inlener", "kvk_nummer", "inlener_kvk", "functie", "instrument",
    "startdatum", "einddatum", "einde", "fase", "gemeente", "uren_per_week", "uurtarief", "bestand", "blad", "rij",
    "in_bereik", "werkgever_sleutel", "vestigingsnummer", "aliassen",
)  # fmt: skip
"""Columns of placements in the page, beside PLACE."""

FOUND = ("volgorde", "nr", "regel", "variant", "toelichting", "waarde", "grens", "ontstaan_op", "fase")
"""Columns of findings in the page."""

_ORDER = {"wet": 0, "beleid": 1, "signaal": 2}
_WRITTEN = ("werkgever", "inlener", "functie", "toelichting", "waarde", *PLACE, "werkgever_sleutel", "aliassen")
Row = dict[str, Any]
Key = tuple[str, int]
"""Name of a rule, and which of the rules of that name."""


@dataclass(frozen=True, slots=True)
class Said:
    """One finding in a dossier: its sentence, measured value and limit, the row it is about and the rows before it.

    `before` are the last MOST_FOUND of them; `earlier` counts them all, `first` is the nr of the very first.
    `decision` is what was decided on it, in a few words; `settled` says that this decision stands.
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
    settled: bool = False


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


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case: its keys, its findings by rule, and the placements on the job in order of start (at most MOST_ROWS)."""

    case: Row
    ruled: Sequence[Ruled]
    placements: Sequence[Row]
    total: int
    candidates: int
    signals: Mapping[int, int]
    phases: Collection[str] = ()
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
    numbered = _without_bsn(_placed(audited.placements, shown))
    decided = ["beoordeling", "heropend_omdat"] if audited.decisions else []
    found = audited.findings.head(int(shown["bevindingen"].sum())).select(*FOUND, *decided).pipe(_without_bsn)
    links = _links(audited, numbered)
    rules = {(rule.name, rule.variant): rule for rule in audited.book.rules}
    made, room = [], MOST_WRITTEN if audited.sums.cases > MOST_CASES else found.height
    per_case = zip(
        _without_bsn(shown).to_dicts(),
        found.partition_by("volgorde", include_key=False),
        numbered.partition_by("volgorde", include_key=False),
        strict=True,
    )
    for case, told, rows in per_case:
        made.append(_dossier(case, told, rows, links, rules, written=room > 0))
        room -= sum(len(one.found) for one in made[-1].ruled)
    return made


def _placed(placements: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """The placements on the jobs of the cases that are shown, by case (volgorde)."""
    numbers = place_numbers(placements)
    near = placements.select(*ROW, *PLACE, numbers).filter(numbers.is_in(shown["plek"].implode()))
    return near.join(shown.select("plek", "volgorde"), on="plek").drop("plek").sort("volgorde", "nr")


def _without_bsn(frame: pl.DataFrame) -> pl.DataFrame:
    """Text that a user wrote, without a BSN in it."""
    return frame.with_columns(shielded(pl.col(name)) for name in _WRITTEN if name in frame.columns)


def _links(audited: Audited, numbered: pl.DataFrame) -> dict[Key, dict[int, int]]:
    """Per rule the placement that comes before a placement."""
    near = audited.judgement.links.join(numbered.select("nr"), on="nr", how="semi")
    by_rule = near.partition_by("regel", "variant", as_dict=True)
    return {
        (rule, variant): dict(zip(part["nr"].to_list(), part["voorganger"].to_list(), strict=True))
        for (rule, variant), part in by_rule.items()
    }


def _dossier(
    case: Row,
    found: pl.DataFrame,
    placements: pl.DataFrame,
    links: Mapping[Key, Mapping[int, int]],
    rules: Mapping[Key, Rule],
    *,
    written: bool,
) -> Dossier:
    """One case; of a large one only what is shown becomes rows and sentences."""
    numbers = found["nr"].to_list()
    drawn = _most_telling(placements, found["nr"])
    seen, own = {row["nr"] for row in drawn}, set(placements["nr"].to_list())
    by_rule: dict[Key, list[int]] = {}
    for at, key in enumerate(zip(found["regel"].to_list(), found["variant"].to_list(), strict=True)):
        by_rule.setdefault(key, []).append(at)
    chains = {key: chained((numbers[at] for at in by_rule[key]), links[key], own) for key in by_rule if key in links}
    shown = _shown(by_rule.values(), numbers, seen, found)
    told = _told(found, shown)
    before = {
        (key, at): _before(numbers[at], links[key], chain)
        for key, chain in chains.items()
        for at in by_rule[key][:MOST_FOUND]
    }
    rows = _rows(placements, drawn, {nr for near in before.values() for nr in near} | {numbers[at] for at in shown})
    said: dict[Key, list[Said]] = {key: [] for key in by_rule}
    for at, finding in told.items():
        key = finding["regel"], finding["variant"]
        near = [rows[number] for number in before.get((key, at), ())]
        said[key].append(_said(finding, rules[key], rows, near, chains.get(key, {})))
    ruled = [
        Ruled(rules[key], one[:MOST_FOUND], one[MOST_FOUND:], len(by_rule[key]), _places(chains.get(key, {})))
        for key, one in said.items()
    ]
    ruled.sort(key=lambda one: (_ORDER[one.rule.file.norm], one.rule.name, one.rule.variant))
    candidates, phases = placements["kandidaat_id"].n_unique(), found["fase"].unique().to_list()
    signals = Counter(number for number in numbers if number in seen)
    return Dossier(case, ruled, drawn, placements.height, candidates, signals, phases, written)


def _shown(by_rule: Iterable[list[int]], numbers: list[int], drawn: set[int], found: pl.DataFrame) -> list[int]:
    """The findings (places) that are written out or drawn, and the one that asks for action first."""
    few = {at for ats in by_rule for at in ats[:MOST_FOUND]}
    few |= {at for at, number in enumerate(numbers) if number in drawn}
    if len(few) < len(numbers):
        ahead = found.select("fase", "ontstaan_op").with_row_index("at").filter(pl.col("fase") != "beeindigd")
        few |= {*ahead.sort(pl.col("fase") != "voorgenomen", "ontstaan_op", nulls_last=True)["at"].head(1)}
    return sorted(few)


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
    decision = finding.get("beoordeling")
    settled = decision is not None and finding["heropend_omdat"] is None
    return Said(rows[number], sentence, value, limit, arose, before, place - 1, first, decision, settled)


def chained(numbers: Iterable[int], before: Mapping[int, int], own: Container[int]) -> dict[int, tuple[int, int]]:
    """Place in its row and the first of that row, for numbers and for all in `own` that came before them."""
    found: dict[int, tuple[int, int]] = {}
    for number in numbers:
        walked, at = [], number
        while at in own and at not in found:
            walked.append(at)
            at = before.get(at, -1)
        before_it, first = found.get(at, (0, walked[-1] if walked else at))
        found |= {one: (before_it + step, first) for step, one in enumerate(reversed(walked), 1)}
    return found


def _places(chain: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """The place of every number in a row of two or more."""
    rows = {first for place, first in chain.values() if place > 1}
    return {number: place for number, (place, first) in chain.items() if first in rows}


def _before(number: int, links: Mapping[int, int], chain: Mapping[int, tuple[int, int]]) -> list[int]:
    """The last MOST_FOUND placements (nr) that lead to a finding, the first one first."""
    near: list[int] = []
    for _step in range(min(chain[number][0] - 1, MOST_FOUND)):
        number = links[number]
        near.append(number)
    return near[::-1]


def _most_telling(rows: pl.DataFrame, signalled: pl.Series) -> list[Row]:
    """Rows in order of start; where there are too many, those with findings (nr) first, then the latest."""
    if rows.height <= MOST_ROWS:
        return rows.to_dicts()
    told = pl.col("nr").is_in(signalled.implode())
    order = rows.select(pl.arg_sort_by(told, "startdatum", descending=True, maintain_order=True)).to_series()
    return rows[order.head(MOST_ROWS)].sort("startdatum", "nr").to_dicts()
