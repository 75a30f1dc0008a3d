"""A placement that is tested on several days: one answer, of the day that decides."""

from __future__ import annotations

import polars as pl


def answers(days: pl.DataFrame) -> pl.DataFrame:
    """One answer per placement `of`, in order: of its first day that is too low, or else of its first day.

    `days` have of, day, stretch, the floors low and high (null: no norm) and laag (null: cannot tell); the rows of one
    placement stand together, in order of days.
    """
    of, low = days["of"], days["laag"].fill_null(value=False).arg_true()
    low = low.filter(_starts(of[low]))
    first = _starts(of).arg_true()
    never = pl.Series([False]).new_from_index(0, len(first))
    marks = {"low": low, "unsure": days["laag"].is_null().arg_true(), "lacks": days["high"].is_null().arg_true()}
    told = [never.clone().scatter(of[at], values=True).alias(name) for name, at in marks.items()]
    return days[first.scatter(of[low], low)].select(
        pl.DataFrame(told)
        .select(_laag=pl.when("low").then(statement=True).when(~pl.col("unsure")).then(statement=False))
        .to_series(),
        _dag="day",
        _ondergrens="low",
        _rij=pl.col("stretch").cast(pl.Int32),
        _norm_ontbreekt=told[-1],
    )


def _starts(of: pl.Series) -> pl.Series:
    """Whether a row is the first of its placement; rows of one placement stand together."""
    return (of != of.shift()).fill_null(value=True)
