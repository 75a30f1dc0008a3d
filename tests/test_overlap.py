"""Overlapping placements of one candidate: which periods are found, what stays innocent, and that a slow count agrees."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

import polars as pl
import pytest
from conftest import placed, rows_of_text
from hypothesis import given
from hypothesis import strategies as st

from verdringing.overlap import overlapping_rows, overlaps, undecided

FIRST = date(2026, 1, 1)


def placements(*rows: Mapping[str, str | None]) -> pl.DataFrame:
    given = [{"plaatsing_id": f"P{n}", "startdatum": "2026-01-05", **row} for n, row in enumerate(rows, 1)]
    return placed(rows_of_text(given))


def hours(count: str | None, start: str, end: str | None, candidate: str = "K1") -> dict[str, str | None]:
    return {"uren_per_week": count, "startdatum": start, "einddatum": end, "kandidaat_id": candidate}


def test_a_period_begins_and_ends_with_the_overlap() -> None:
    found = overlaps(placements(hours("24", "2026-01-05", "2026-03-31"), hours("20", "2026-03-01", "2026-05-31")))
    assert found.select("van", "tot", "uren", "onbekend", "tegelijk").rows() == [
        (date(2026, 3, 1), date(2026, 3, 31), 44.0, 0, 2)
    ]


@pytest.mark.parametrize(
    "one, other",
    [
        pytest.param(hours("20", "2026-01-05", None), hours("20", "2026-02-01", None), id="exactly forty"),
        pytest.param(hours("12.3", "2026-01-05", None), hours("27.7", "2026-02-01", None), id="forty in decimals"),
        pytest.param(
            hours("36", "2026-01-05", "2026-01-31"), hours("36", "2026-02-01", None), id="one after the other"
        ),
        pytest.param(hours("36", "2026-01-05", None), hours("36", "2026-02-01", None, "K2"), id="two candidates"),
        pytest.param(hours("60", "2026-01-05", "2026-01-31"), hours("8", "2026-03-01", None), id="one long week alone"),
        pytest.param(hours("36", "2026-01-05", None), hours(None, "2026-02-01", None), id="hours not known"),
    ],
)
def test_what_stays_innocent(one: dict[str, str | None], other: dict[str, str | None]) -> None:
    assert overlaps(placements(one, other)).is_empty()


def test_one_client_number_in_two_municipalities_is_two_people() -> None:
    rows = [hours("36", "2026-01-05", None) | {"gemeente": name} for name in ("Noord", "Zuid")]
    assert overlaps(placements(*rows)).is_empty()


def test_one_shared_day_is_an_overlap() -> None:
    found = overlaps(placements(hours("36", "2026-01-05", "2026-01-31"), hours("36", "2026-01-31", None)))
    assert found.select("van", "tot").rows() == [(date(2026, 1, 31), date(2026, 1, 31))]


def test_what_is_open_has_no_end() -> None:
    found = overlaps(placements(hours("36", "2026-01-05", None), hours("8", "2026-02-01", None)))
    assert found.select("van", "tot", "uren").rows() == [(date(2026, 2, 1), None, 44.0)]


def test_stretches_that_touch_are_one_period_with_the_highest_hours() -> None:
    found = overlaps(
        placements(
            hours("24", "2026-01-05", None),
            hours("20", "2026-02-01", "2026-02-28"),
            hours("30", "2026-03-01", "2026-03-31"),
            hours("20", "2026-06-01", "2026-06-30"),
        )
    )
    assert found.select("van", "tot", "uren").rows() == [
        (date(2026, 2, 1), date(2026, 3, 31), 54.0),
        (date(2026, 6, 1), date(2026, 6, 30), 44.0),
    ]


def test_unknown_hours_are_counted_apart() -> None:
    rows = (hours("24", "2026-01-05", None), hours("20", "2026-02-01", None), hours("variabel", "2026-02-01", None))
    assert overlaps(placements(*rows)).select("uren", "onbekend", "tegelijk").rows() == [(44.0, 1, 3)]


def test_who_cannot_be_told_is_counted() -> None:
    given = placements(
        hours("24", "2026-01-05", None),
        hours(None, "2026-02-01", None),
        hours(None, "2026-01-05", None, "alone"),
        hours("8", "2026-01-05", None, "known"),
        hours("8", "2026-01-05", None, "known"),
    )
    assert undecided(given) == 1


def test_the_rows_of_a_period_are_those_that_run_in_it() -> None:
    given = placements(
        hours("8", "2025-01-01", "2025-01-31"),
        hours("24", "2026-01-05", "2026-03-31"),
        hours("20", "2026-03-01", None),
        hours("20", "2026-08-01", None, "K2"),
    )
    rows = overlapping_rows(given, overlaps(given))
    assert rows.select("periode", "plaatsing_id").rows() == [(0, "P2"), (0, "P3")]


def test_no_placement_at_all() -> None:
    none = placements(hours("8", "2026-01-05", None)).clear()
    assert overlaps(none).is_empty()
    assert overlapping_rows(none, overlaps(none)).is_empty()
    assert undecided(none) == 0


PLACEMENT = st.tuples(
    st.sampled_from("ABC"),
    st.integers(0, 20),
    st.one_of(st.none(), st.integers(0, 12)),
    st.one_of(st.none(), st.sampled_from([8, 16.5, 20, 24, 36])),
)


@given(st.lists(PLACEMENT, min_size=1, max_size=12))
def test_every_day_agrees_with_a_slow_count(rows: list[tuple[str, int, int | None, float | None]]) -> None:
    def on(day: int, candidate: str) -> list[float | None]:
        return [
            h
            for who, first, more, h in rows
            if who == candidate and first <= day and (more is None or day <= first + more)
        ]

    frame = pl.DataFrame(
        {
            "kandidaat_nr": [ord(who) for who, *_ in rows],
            "startdatum": [FIRST + timedelta(first) for _, first, *_ in rows],
            "einddatum": [None if more is None else FIRST + timedelta(first + more) for _, first, more, _ in rows],
            "uren_per_week": [h for *_, h in rows],
        },
        {"kandidaat_nr": pl.UInt32, "startdatum": pl.Date, "einddatum": pl.Date, "uren_per_week": pl.Float64},
    )
    found = overlaps(frame).rows(named=True)
    for candidate in "ABC":
        for day in range(40):
            running = on(day, candidate)
            slow = len(running) > 1 and sum(h or 0 for h in running) > 40
            when = FIRST + timedelta(day)
            inside = [
                p for p in found if p["kandidaat_nr"] == ord(candidate) and p["van"] <= when <= (p["tot"] or date.max)
            ]
            assert len(inside) == slow
