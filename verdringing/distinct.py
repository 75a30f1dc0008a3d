"""Work on the distinct values of a column once, however often each value occurs; and number them."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

FEW = 2_000
"""Below so many values it costs more to look for equal ones than to work on them all."""
_LOOKED_AT = 1_000
"""Values at the start of a column that say whether its values come back."""


def per_distinct(
    column: pl.Expr,
    change: Callable[[pl.Expr], pl.Expr],
    dtype: pl.DataType | type[pl.DataType],
    *,
    cheap: bool = False,
) -> pl.Expr:
    """Apply `change` (an expression on text) to the distinct values of `column` and map the results back.

    A `cheap` change costs less than looking for equal values where hardly any are; then it works on all of them.
    """

    def run(series: pl.Series) -> pl.Series:
        if series.null_count() == len(series):
            return pl.Series(series.name, [None], dtype=dtype).new_from_index(0, len(series))
        if cheap and not _come_back(series):
            return changed(series).alias(series.name)
        coded = series.cast(pl.Categorical(pl.Categories.random()))
        values = coded.unique().drop_nulls()
        in_order = values.gather(values.to_physical().arg_sort()).cast(pl.String)  # so that place = code
        return changed(in_order).gather(coded.to_physical()).alias(series.name)

    def changed(values: pl.Series) -> pl.Series:
        return values.rechunk().to_frame("value").select(change(pl.col("value")).cast(dtype)).to_series()

    return column.map_batches(run, return_dtype=dtype)


def days_as_text(frame: pl.DataFrame, form: str) -> pl.DataFrame:
    """Days as text in `form` (strftime), made once for every day of the calendar between them.

    Where fewer days stand in a column than lie between its first and last, they stay days for the writer of the file.
    """
    days = [name for name, kind in frame.schema.items() if kind == pl.Date]
    return frame.with_columns(_as_text(frame[name], form) for name in days)


def _as_text(days: pl.Series, form: str) -> pl.Series:
    since = days.to_physical()
    first, last = since.min(), since.max()
    if not isinstance(first, int) or not isinstance(last, int) or last - first >= len(days):
        return days
    calendar = pl.int_range(first, last + 1, dtype=pl.Int32, eager=True).cast(pl.Date).dt.strftime(form)
    return calendar.gather(since - first).alias(days.name)


def _come_back(series: pl.Series) -> bool:
    some = series.head(_LOOKED_AT).drop_nulls()
    return 2 * some.n_unique() < len(some)


def number(text: pl.Expr) -> pl.Expr:
    """Number the distinct values of a text column (UInt32, in no meaningful order); null stays null."""
    return text.cast(pl.Categorical(pl.Categories.random())).to_physical()


def pair(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """Number the distinct combinations of two numbers (UInt32); null where either is."""
    return joined(left, right).rank("dense").cast(pl.UInt32)


def joined(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """Two numbers (UInt32) as one (UInt64); null where either is."""
    return left.cast(pl.UInt64) * (1 << 32) + right


def ranked(text: pl.Series) -> tuple[pl.Series, pl.Series]:
    """The distinct values of a text column without nulls, sorted, and for every row its place among them (UInt32)."""
    kind = pl.Categorical(pl.Categories.random())
    coded = text.cast(kind)
    values = coded.unique().cast(pl.String).sort()
    codes = values.cast(kind).to_physical()
    places = pl.select(pl.int_range(len(codes), dtype=pl.UInt32).gather(pl.lit(codes).arg_sort())).to_series()
    return values, places.gather(coded.to_physical())


def steps(name: str) -> pl.Expr:
    """A column of numbers as the difference with the one before; the first as it is."""
    number = pl.col(name).cast(pl.Int32)
    return number.diff().fill_null(number.first())
