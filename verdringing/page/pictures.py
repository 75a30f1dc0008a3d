"""Facts of the overview pictures: signals per quarter, and the weeks in which the most used jobs were filled."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import NamedTuple

import polars as pl

from verdringing.audited import Audited, Order
from verdringing.cases import PLACE
from verdringing.privacy.shield import shielded

MOST_QUARTERS = 12
MOST_JOBS = 8
MOST_WEEKS = 53


class Quarter(NamedTuple):
    """Signals that arose in one quarter; `ahead` when it begins after the reference date."""

    year: int
    number: int
    signals: int
    ahead: bool


class Quarters(NamedTuple):
    """At most MOST_QUARTERS quarters without a gap, and the signals of all quarters before them."""

    shown: Sequence[Quarter]
    earlier: int

    @property
    def most(self) -> int:
        """The highest number in a quarter."""
        return max(one.signals for one in self.shown)


def quarters(signals: Mapping[int, int], day: date) -> Quarters | None:
    """Findings by the quarter in which they arose (see `Sums.quarters`); None without findings."""
    if not signals:
        return None
    last = max(signals)
    first = max(min(signals), last - MOST_QUARTERS + 1)
    now = day.year * 4 + (day.month - 1) // 3
    shown = [Quarter(at // 4, at % 4 + 1, signals.get(at, 0), at > now) for at in range(first, last + 1)]
    return Quarters(shown, sum(number for at, number in signals.items() if at < first))


class Job(NamedTuple):
    """A job at one place of work: the runs of filled weeks (first and last, counted from 0), and who was placed."""

    employer: str
    job: str
    zaak: str | None
    runs: Sequence[tuple[int, int]]
    placements: int
    candidates: int

    @property
    def weeks(self) -> int:
        """In how many weeks somebody was placed."""
        return sum(last - first + 1 for first, last in self.runs)


class Occupation(NamedTuple):
    """The most used jobs in `weeks` weeks from `first` (a Monday) up to and including `last`."""

    first: date
    last: date
    weeks: int
    jobs: Sequence[Job]


def occupation(audited: Audited, shown: Iterable[str]) -> Occupation | None:
    """The jobs with most placements in the period (its last MOST_WEEKS weeks at most; without a period, a year).

    Of equals those with most days come first; None where no job was used. A job may point to a case in `shown`.
    """
    first, last = _window(audited.order)
    weeks = (last - first).days // 7 + 1
    seen = _used(audited.placements, first, last)
    if seen.is_empty():
        return None
    named = seen.join(audited.cases.select("zaak", *PLACE), on=list(PLACE), how="left", nulls_equal=True)
    rows = named.with_columns(shielded(pl.col("werkgever", "functie"))).partition_by("rang", as_dict=True)
    jobs = [_job(rows[rank], first, weeks, set(shown)) for rank in sorted(rows)]
    return Occupation(first, last, weeks, jobs)


def most_used(audited: Audited) -> pl.DataFrame:
    """The placements in the period (nr and more) on the jobs that are most used in it."""
    return _used(audited.placements, *_window(audited.order))


def _window(order: Order) -> tuple[date, date]:
    """First Monday and last day of what is drawn."""
    last = order.period.last if order.period else order.day
    first = order.period.first if order.period else last - timedelta(weeks=MOST_WEEKS - 1)
    first -= timedelta(days=first.weekday())
    return max(first, last - timedelta(days=last.weekday(), weeks=MOST_WEEKS - 1)), last


def _used(placements: pl.DataFrame, first: date, last: date) -> pl.DataFrame:
    """Placements inside the window on the MOST_JOBS jobs with most of them; `rang` is the job's place."""
    inside = placements.lazy().filter(
        (pl.col("startdatum") <= last) & (pl.col("einde") >= first) & pl.col("functie_sleutel").is_not_null()
    )
    inside_days = pl.min_horizontal("einde", pl.lit(last)) - pl.max_horizontal("startdatum", pl.lit(first))
    per_job = inside.group_by(PLACE).agg(aantal=pl.len(), dagen=inside_days.sum())
    most_first = [True, True, False, False, False]
    top = per_job.sort("aantal", "dagen", *PLACE, descending=most_first, nulls_last=True).head(MOST_JOBS)
    name = pl.coalesce("inlener", "inlener_kvk", "werkgever", "kvk_nummer").alias("werkgever")
    wanted = (*PLACE, "rang", "nr", "startdatum", "einde", "einddatum", "kandidaat_id", "functie", name)
    return (
        inside.join(top.with_row_index("rang"), on=list(PLACE), how="inner", nulls_equal=True)
        .select(wanted)
        .sort("rang", "startdatum", "nr")
        .collect()
    )


def _job(rows: pl.DataFrame, first: date, weeks: int, shown: set[str]) -> Job:
    zaak = rows["zaak"][0]
    return Job(
        employer=rows["werkgever"][0],
        job=rows["functie"][0],
        zaak=zaak if zaak in shown else None,
        runs=_runs(rows.select("startdatum", "einde").to_dicts(), first, weeks),
        placements=rows.height,
        candidates=rows["kandidaat_id"].n_unique(),
    )


def _runs(rows: Iterable[Mapping[str, date]], first: date, weeks: int) -> list[tuple[int, int]]:
    """Weeks in which a day of any placement falls, as runs without a gap."""
    filled = sorted({week for row in rows for week in _weeks(row, first, weeks)})
    if not filled:
        return []
    starts = [filled[0], *(after for before, after in pairwise(filled) if after > before + 1)]
    ends = [*(before for before, after in pairwise(filled) if after > before + 1), filled[-1]]
    return list(zip(starts, ends, strict=True))


def _weeks(row: Mapping[str, date], first: date, weeks: int) -> range:
    begin, end = ((row[name] - first).days // 7 for name in ("startdatum", "einde"))
    return range(max(begin, 0), min(end, weeks - 1) + 1)
