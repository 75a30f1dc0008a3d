"""Order by whole numbers: the same as sorting by columns, also where the numbers are too large to stand side by side."""

from __future__ import annotations

from datetime import date

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdringing.ordered import in_order, last_at_most, one_key, put_back
from verdringing.term import moved

SMALL, LARGE = st.integers(-3, 3), st.sampled_from([-(2**61), 0, 7, 2**61])
PAIRS = st.lists(st.tuples(st.one_of(st.none(), SMALL, LARGE), st.one_of(st.none(), SMALL)), max_size=12)


@given(PAIRS)
def test_rows_come_in_the_order_of_their_columns(pairs: list[tuple[int | None, int | None]]) -> None:
    columns = [pl.Series([pair[place] for pair in pairs], dtype=pl.Int64) for place in (0, 1)]
    rows, keys = in_order(one_key(columns))
    known = [row for row, pair in enumerate(pairs) if None not in pair]
    assert rows.to_list() == sorted(known, key=lambda row: pairs[row])
    assert keys.is_sorted()
    assert keys.n_unique() == len({pairs[row] for row in known})


@given(st.lists(st.one_of(st.none(), SMALL, LARGE), max_size=12))
def test_the_keys_are_given_as_they_are(numbers: list[int | None]) -> None:
    _rows, keys = in_order(pl.Series(numbers, dtype=pl.Int64))
    assert keys.to_list() == sorted(number for number in numbers if number is not None)


@given(st.lists(SMALL, max_size=6), st.lists(SMALL, max_size=6), st.booleans())
def test_the_last_that_is_at_most(known: list[int], asked: list[int], ordered: bool) -> None:
    known.sort()
    asked = sorted(asked) if ordered else asked
    found = last_at_most(pl.Series(known, dtype=pl.Int64), pl.Series(asked, dtype=pl.Int64))
    assert found.to_list() == [max((n for n, one in enumerate(known) if one <= most), default=None) for most in asked]


@pytest.mark.parametrize(
    "rows, names, expected",
    [
        pytest.param([2, 0], ["x", None], [None, None, "x"], id="one without a value"),
        pytest.param([1, 2, 0], ["x", "y", "z"], ["z", "x", "y"], id="every row"),
        pytest.param([], [], [None, None, None], id="no row"),
    ],
)
def test_what_was_found_goes_back_to_its_row(rows: list[int], names: list[str], expected: list[str | None]) -> None:
    found = pl.DataFrame({"naam": names}, {"naam": pl.Enum(["x", "y", "z"])})
    assert put_back(pl.Series(rows, dtype=pl.UInt32), found, 3)["naam"].to_list() == expected


@pytest.mark.parametrize("by", ["3mo", "-24mo", "1y", "10d"])
def test_a_day_moves_the_same_however_many_there_are(by: str) -> None:
    days = pl.Series([date(2024, 2, 29), None, date(2023, 12, 31), date(2024, 1, 31)]).to_frame("day")
    many = pl.concat([days] * 200)
    for frame in (days, many, days.clear()):
        moved_days = frame.select(moved(pl.col("day"), by)).to_series()
        assert moved_days.equals(frame["day"].dt.offset_by(by), null_equal=True)
