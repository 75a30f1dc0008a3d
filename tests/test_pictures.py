"""The overview pictures as facts: quarters counted, weeks filled, the most used jobs first."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace

import polars as pl
import pytest
from conftest import placed, rows_of_text
from hypothesis import given
from hypothesis import strategies as st

from verdringing.audited import Order
from verdringing.cases import PLACE
from verdringing.page.pictures import MOST_JOBS, MOST_QUARTERS, MOST_WEEKS, Occupation, occupation, quarters
from verdringing.period import parse_period
from verdringing.sums import per_quarter

DAY = date(2026, 9, 30)


def signals(*days: str) -> dict[int, int]:
    return per_quarter(pl.Series([date.fromisoformat(day) for day in days], dtype=pl.Date))


def test_signals_are_counted_by_the_quarter_in_which_they_arose() -> None:
    seen = quarters(signals("2026-01-01", "2026-03-31", "2026-07-01", "2026-12-31"), DAY)
    assert seen is not None
    assert [(one.year, one.number, one.signals, one.ahead) for one in seen.shown] == [
        (2026, 1, 2, False), (2026, 2, 0, False), (2026, 3, 1, False), (2026, 4, 1, True),
    ]  # fmt: skip
    assert seen.earlier == 0
    assert seen.most == 2


def test_quarters_long_ago_are_counted_together() -> None:
    seen = quarters(signals("2015-05-05", "2023-12-31", "2024-01-01", "2026-12-01"), DAY)
    assert seen is not None
    assert len(seen.shown) == MOST_QUARTERS
    assert (seen.shown[0].year, seen.shown[0].number) == (2024, 1)
    assert seen.earlier == 2


@given(st.lists(st.dates(date(2010, 1, 1), date(2030, 1, 1)), min_size=1))
def test_no_signal_is_lost_between_quarters(days: list[date]) -> None:
    seen = quarters(per_quarter(pl.Series(days, dtype=pl.Date)), DAY)
    assert seen is not None
    assert seen.earlier + sum(one.signals for one in seen.shown) == len(days)


def test_no_signals_no_quarters() -> None:
    assert quarters(signals(), DAY) is None


def seen(rows: list[dict[str, str | None]], period: str | None = "2026K3") -> Occupation | None:
    asked = parse_period(period) if period else None
    order = Order(files=(), out=SimpleNamespace(), day=DAY, now=datetime(2026, 10, 1, tzinfo=UTC), period=asked)
    cases = pl.DataFrame(schema={"zaak": pl.String, **dict.fromkeys(PLACE, pl.String)})
    given = SimpleNamespace(placements=placed(rows_of_text(rows), DAY, asked), order=order, cases=cases)
    return occupation(given, [])


def row(number: int, first: str, last: str | None, job: str = "inpakker") -> dict[str, str | None]:
    return {
        "plaatsing_id": f"P{number}",
        "kandidaat_id": f"K{number}",
        "startdatum": first,
        "einddatum": last,
        "functie": job,
    }


def test_weeks_are_filled_from_the_first_day_to_the_last() -> None:
    """2026-07-01 is a Wednesday: the first week begins on 29 June; 30 September is in the fourteenth week."""
    found = seen(
        [row(1, "2026-06-01", "2026-07-05"), row(2, "2026-07-13", "2026-07-26"), row(3, "2026-07-27", "2026-07-27")]
    )
    assert found is not None
    assert (found.first, found.last, found.weeks) == (date(2026, 6, 29), DAY, 14)
    (job,) = found.jobs
    assert job.runs == [(0, 0), (2, 4)]
    assert (job.weeks, job.placements, job.candidates) == (4, 3, 3)


def test_an_open_placement_fills_up_to_the_reference_date() -> None:
    found = seen([row(1, "2026-09-01", None)])
    assert found is not None
    assert found.jobs[0].runs == [(9, 13)]


def test_the_most_used_jobs_come_first_and_not_more_than_fit() -> None:
    many = [
        row(10 * job + one, "2026-07-06", "2026-08-02", f"werk {job}")
        for job in range(12)
        for one in range(job % 3 + 1)
    ]
    found = seen(many)
    assert found is not None
    assert len(found.jobs) == MOST_JOBS
    assert [one.placements for one in found.jobs] == [3, 3, 3, 3, 2, 2, 2, 2]


def test_a_long_period_shows_its_last_year() -> None:
    found = seen([row(1, "2020-01-01", "2026-09-30")], "2018-01-01..2026-09-30")
    assert found is not None
    assert found.weeks == MOST_WEEKS
    assert found.last - found.first < timedelta(weeks=MOST_WEEKS)
    assert found.jobs[0].runs == [(0, MOST_WEEKS - 1)]


def test_nothing_in_the_period_no_picture() -> None:
    assert seen([row(1, "2020-01-01", "2020-02-01")]) is None
    assert seen([{**row(1, "2026-07-01", None), "functie": None}]) is None


@pytest.mark.parametrize("last", ["2026-06-28", "2026-06-29"])
def test_the_edge_of_the_window(last: str) -> None:
    found = seen([row(1, "2026-06-01", last), row(2, "2026-09-30", "2026-10-31")])
    assert found is not None
    assert found.jobs[0].runs == ([(13, 13)] if last == "2026-06-28" else [(0, 0), (13, 13)])
