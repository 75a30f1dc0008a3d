"""Reference date and period: what they are written as, and how every placement stands to them."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest

from verdringing.errors import UserError
from verdringing.period import Period, add_times, parse_day, parse_period

DAY = date(2026, 9, 30)
PERIODS = {
    "2026K1": ("2026-01-01", "2026-03-31"),
    "2026K2": ("2026-04-01", "2026-06-30"),
    "2026k3": ("2026-07-01", "2026-09-30"),
    "2026K4": ("2026-10-01", "2026-12-31"),
    "2026": ("2026-01-01", "2026-12-31"),
    "2024": ("2024-01-01", "2024-12-31"),
    "2026-07-01..2026-09-30": ("2026-07-01", "2026-09-30"),
    "01-07-2026..30-09-2026": ("2026-07-01", "2026-09-30"),
    "1-7-2026..2026-09-30": ("2026-07-01", "2026-09-30"),
    "1900": ("1900-01-01", "1900-12-31"),
    "2024-02-29..2024-02-29": ("2024-02-29", "2024-02-29"),
    "2025-12-31..2026-01-01": ("2025-12-31", "2026-01-01"),
}
NO_PERIODS = [
    *(
        "",
        "2026K5",
        "2026K0",
        "K3",
        "26K3",
        "202",
        "20261",
        "0000",
        "0000K1",
        "2026-07",
    ),
    *("2026-07-01", "2026-07-01..", "..2026-09-30", "..", "2026-07-01...2026-09-30"),
    *(
        "2026-02-30..2026-03-01",
        "2026-07-01..2026-08-01..2026-09-01",
        "2026..2027",
        "2026-W01-1..2026-W05-1",
        "20260701..20260930",
        "dit kwartaal",
    ),
]


@pytest.mark.parametrize("written, days", PERIODS.items(), ids=PERIODS)
def test_a_period_is_a_quarter_a_year_or_two_days(written: str, days: tuple[str, str]) -> None:
    assert parse_period(written) == Period(*map(date.fromisoformat, days), written)


@pytest.mark.parametrize("written", NO_PERIODS)
def test_anything_else_is_no_period(written: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_period(written)
    hint = "Schrijf bijvoorbeeld 2026K3, 2026 of 2026-07-01..2026-09-30."
    assert str(caught.value) == f"--periode: '{written}' is geen periode. {hint}"


@pytest.mark.parametrize(
    "written, said",
    {
        **dict.fromkeys(
            ("2026Q2", "2026 K2", "2026-q2", "K2 2026", "Q2-2026"), "is geen periode. Bedoelde u '2026K2'?"
        ),
        "2026K3 ": "is geen periode. Bedoelde u '2026K3'?",
        "2026-06-30..2026-04-01": "het einde ligt voor het begin: '2026-06-30..2026-04-01'. Schrijf eerst de eerste dag",
        "0001K1": "0001-01-01 ligt voor 1900-01-01.",
        "1899-12-31..2026-04-01": "1899-12-31 ligt voor 1900-01-01.",
    }.items(),
)
def test_a_period_that_was_nearly_right_says_what_to_write(written: str, said: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_period(written)
    assert said in str(caught.value)


def test_no_reference_date_is_before_any_record() -> None:
    assert parse_day("--peildatum", "1900-01-01") == date(1900, 1, 1)
    with pytest.raises(UserError, match=r"--peildatum: 1899-12-31 ligt voor 1900-01-01\."):
        parse_day("--peildatum", "1899-12-31")


@pytest.mark.parametrize("written", ["2026-09-30", "30-09-2026", "30-9-2026"])
def test_a_reference_date_is_written_year_first_or_day_first(written: str) -> None:
    assert parse_day("--peildatum", written) == DAY


@pytest.mark.parametrize("written, day", {"2-3-2026": date(2026, 3, 2), "29-02-2024": date(2024, 2, 29)}.items())
def test_the_month_never_comes_first(written: str, day: date) -> None:
    assert parse_day("--peildatum", written) == day


@pytest.mark.parametrize(
    "written",
    [
        "",
        "-",
        "2026",
        "09-2026",
        "30-09-26",
        "09-30-2026",
        "2026-31-12",
        "29-02-2025",
        "morgen",
        "30 09 2026",
        "20260930",
        "2026-W40-3",
    ],
)
def test_anything_else_is_no_reference_date(written: str) -> None:
    with pytest.raises(UserError) as caught:
        parse_day("--peildatum", written)
    assert str(caught.value) == f"--peildatum: '{written}' is geen datum. Schrijf bijvoorbeeld 2026-09-30."


def timed(
    start: str, end: str | None, day: date = DAY, period: str | None = None, born: int | None = None
) -> dict[str, object]:
    schema = {"startdatum": pl.Date, "einddatum": pl.Date, "geboortejaar": pl.Int32}
    row = (date.fromisoformat(start), end and date.fromisoformat(end), born)
    frame = pl.LazyFrame([row], schema=schema, orient="row")
    return add_times(frame, day, period and parse_period(period)).collect().row(0, named=True)


# start, end → phase, last day and number of days (first and last included), seen from 30 September 2026
TIMES = {
    ("2026-10-01", None): ("voorgenomen", "2026-10-01", 1),
    ("2026-10-01", "2026-10-31"): ("voorgenomen", "2026-10-31", 31),
    ("2026-09-30", None): ("lopend", "2026-09-30", 1),
    ("2026-09-01", None): ("lopend", "2026-09-30", 30),
    ("2026-09-30", "2026-09-30"): ("lopend", "2026-09-30", 1),
    ("2026-09-01", "2026-09-30"): ("lopend", "2026-09-30", 30),
    ("2026-09-01", "2026-10-01"): ("lopend", "2026-10-01", 31),
    ("2026-09-01", "2026-09-29"): ("beeindigd", "2026-09-29", 29),
    ("2024-02-01", "2024-03-01"): ("beeindigd", "2024-03-01", 30),
}


@pytest.mark.parametrize("days, expected", TIMES.items(), ids=str)
def test_phase_last_day_and_length_seen_from_the_reference_date(
    days: tuple[str, str | None], expected: tuple[str, str, int]
) -> None:
    row = timed(*days)
    assert (row["fase"], str(row["einde"]), row["duur_dagen"], row["peildatum"]) == (*expected, DAY)


INSIDE = {
    ("2026-01-01", "2026-06-30"): False,
    ("2026-01-01", "2026-07-01"): True,
    ("2026-07-01", "2026-07-01"): True,
    ("2026-08-01", "2026-08-02"): True,
    ("2026-01-01", "2026-12-31"): True,
    ("2026-09-30", "2026-12-31"): True,
    ("2026-10-01", "2026-12-31"): False,
    ("2026-01-01", None): True,
    ("2026-09-30", None): True,
    ("2026-10-01", None): False,
}


@pytest.mark.parametrize("days, inside", INSIDE.items(), ids=str)
@pytest.mark.parametrize("period", ["2026K3", "2026-07-01..2026-09-30"])
def test_a_placement_is_in_scope_when_it_shares_a_day_with_the_period(
    period: str, days: tuple[str, str | None], inside: bool
) -> None:
    assert timed(*days, period=period)["in_bereik"] is inside
    assert timed(*days, period=period, day=date(2026, 1, 2))["in_bereik"] is inside
    assert timed(*days)["in_bereik"] is True


@pytest.mark.parametrize("born, age", [(1999, 27), (2000, 26), (2026, 0), (None, None)])
def test_age_is_the_age_reached_in_the_year_of_the_start(born: int | None, age: int | None) -> None:
    assert timed("2026-01-01", None, born=born)["leeftijd"] == age
    assert timed("2026-12-31", None, born=born)["leeftijd"] == age
