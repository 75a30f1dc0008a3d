"""A case as a person reads it: who, which work, what was found, on which rows, and the row of placements in time."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verdringing.audited import Audited
from verdringing.cases import PLACE, place_numbers
from verdringing.page.ahead import Ahead, first_ahead
from verdringing.page.chains import Row, links
from verdringing.page.odd import with_doubts
from verdringing.page.other_work import other_work
from verdringing.page.ruled import MOST_FOUND, Ruled, counted, rule_order, written
from verdringing.privacy.shield import shielded

MOST_CASES = 200
MOST_ROWS = 60
MOST_WRITTEN = 300
"""Findings that are written out in the page where not every case stands in it; the script draws the rest."""

ROW = (
    "nr", "plaatsing_id", "kandidaat_id", "werkgever", "inlener", "kvk_nummer", "inlener_kvk", "functie", "instrument",
    "startdatum", "einddatum", "einde", "fase", "gemeente", "uren_per_week", "uurtarief", "bestand", "blad", "rij",
    "in_bereik", "werkgever_sleutel", "vestigingsnummer", "aliassen",
)  # fmt: skip
"""Columns of placements in the page, beside PLACE."""

FOUND = ("volgorde", "nr", "regel", "variant", "toelichting", "waarde", "grens", "ontstaan_op", "fase")
"""Columns of findings in the page."""

_WRITTEN = ("werkgever", "inlener", "functie", "toelichting", "waarde", *PLACE, "werkgever_sleutel", "aliassen")


@dataclass(frozen=True, slots=True)
class Dossier:
    """One case: its keys, its findings by rule, and the placements on the job in order of start (at most MOST_ROWS).

    `ahead` is None where nothing runs or is planned, or what was decided ends the matter for all that does. Of a case
    that is not `written` the findings are counted only.
    """

    case: Row
    ruled: Sequence[Ruled]
    placements: Sequence[Row]
    total: int
    candidates: int
    signals: Mapping[int, int]
    phases: Collection[str] = ()
    written: bool = True
    ahead: Ahead | None = None

    @property
    def employers(self) -> list[str]:
        """Every spelling of the place of work in this case, most used first."""
        names = [_place_name(row) for row in self.placements]
        return sorted(dict.fromkeys(names), key=names.count, reverse=True)

    @property
    def agencies(self) -> dict[str, str]:
        """Who employs where the work is done at another: the name as first written, by key."""
        apart = [row for row in self.placements if row["inlener"] or row["inlener_kvk"]]
        named = {row["werkgever_sleutel"]: row["werkgever"] or row["kvk_nummer"] for row in reversed(apart)}
        return {row["werkgever_sleutel"]: named[row["werkgever_sleutel"]] for row in apart if _elsewhere(row)}

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


def _elsewhere(row: Row) -> bool:
    return bool(row["werkgever_sleutel"] != row["werkplek_sleutel"])


def _place_name(row: Row) -> str:
    """Name of the place of work as it was written; its KvK number where there is no name."""
    own = (row["inlener"], row["inlener_kvk"], row["werkgever"], row["kvk_nummer"])
    return str(next(name for name in own if name))


def dossiers(audited: Audited) -> list[Dossier]:
    """The first MOST_CASES cases, in the order of the report; where there are more, MOST_WRITTEN findings in full."""
    shown = audited.cases.head(MOST_CASES)
    numbered = with_doubts(_without_bsn(_placed(audited.placements, shown)), audited.doubted)
    decided = ["besluit", "beoordeling", "heropend_omdat"] if audited.decisions else []
    found = audited.findings.head(int(shown["bevindingen"].sum())).select(*FOUND, *decided).pipe(_without_bsn)
    rules = {(rule.name, rule.variant): rule for rule in audited.book.rules}
    ahead, phases, counts = (
        first_ahead(found, numbered, rules, audited.order.day),
        _phases(found),
        counted(found, rules),
    )
    others = other_work(found, numbered, audited.placements, rules, MOST_FOUND)
    before = links(audited.judgement.links, numbered["nr"])
    made, room = [], MOST_WRITTEN if audited.sums.cases > MOST_CASES else found.height
    per_case = zip(
        _without_bsn(shown).to_dicts(),
        found.partition_by("volgorde", include_key=False),
        numbered.partition_by("volgorde", include_key=False),
        strict=True,
    )
    for case, told, rows in per_case:
        volgorde, drawn = case["volgorde"], _most_telling(rows, told["nr"])
        ruled = written(told, rows, drawn, before, rules, others) if room > 0 else counts[volgorde]
        ruled.sort(key=lambda one: rule_order(one.rule))
        signals = Counter(told["nr"].to_list()) if room > 0 else {}
        made.append(
            Dossier(
                case, ruled, drawn, rows.height, rows["kandidaat_id"].n_unique(), signals, phases[volgorde], room > 0,
                ahead.get(volgorde),
            )
        )  # fmt: skip
        room -= sum(len(one.found) for one in ruled)
    return made


def _phases(found: pl.DataFrame) -> dict[int, list[str]]:
    """The phases of the findings of every case (volgorde)."""
    return dict(found.group_by("volgorde").agg(pl.col("fase").unique()).rows())


def _placed(placements: pl.DataFrame, shown: pl.DataFrame) -> pl.DataFrame:
    """The placements on the jobs of the cases that are shown, by case (volgorde)."""
    numbers = place_numbers(placements)
    near = placements.select(*ROW, *PLACE, numbers).filter(numbers.is_in(shown["plek"].implode()))
    return near.join(shown.select("plek", "volgorde"), on="plek").drop("plek").sort("volgorde", "nr")


def _without_bsn(frame: pl.DataFrame) -> pl.DataFrame:
    """Text that a user wrote, without a BSN in it."""
    return frame.with_columns(shielded(pl.col(name)) for name in _WRITTEN if name in frame.columns)


def _most_telling(rows: pl.DataFrame, signalled: pl.Series) -> list[Row]:
    """Rows in order of start; where there are too many, those with findings (nr) first, then the latest."""
    if rows.height <= MOST_ROWS:
        return rows.to_dicts()
    told = pl.col("nr").is_in(signalled.implode())
    order = rows.select(pl.arg_sort_by(told, "startdatum", descending=True, maintain_order=True)).to_series()
    return rows[order.head(MOST_ROWS)].sort("startdatum", "nr").to_dicts()
