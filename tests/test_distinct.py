"""Work on distinct values: days written once, and the place of a text among the sorted ones."""

from __future__ import annotations

from datetime import date

import polars as pl

from verdringing.distinct import days_as_text, ranked


def test_days_that_stand_often_become_text_and_empty_stays_empty() -> None:
    days = [date(1969, 12, 31), None, date(1970, 1, 2), date(1969, 12, 31)]
    written = days_as_text(pl.DataFrame({"dag": days, "n": range(4)}), "%d-%m-%Y")
    assert written["dag"].to_list() == ["31-12-1969", None, "02-01-1970", "31-12-1969"]
    assert written["n"].to_list() == [0, 1, 2, 3]


def test_days_far_apart_stay_days() -> None:
    frame = pl.DataFrame({"dag": [date(1, 1, 1), date(9999, 12, 31)], "leeg": pl.Series([None, None], dtype=pl.Date)})
    assert days_as_text(frame, "%Y-%m-%d").equals(frame)


def test_texts_have_their_place_among_the_sorted_ones() -> None:
    values, places = ranked(pl.Series(["b", "a", "c", "a", "é"]))
    assert values.to_list() == ["a", "b", "c", "é"]
    assert places.to_list() == [1, 0, 2, 0, 3]
    assert places.dtype == pl.UInt32
