"""Work on the distinct values of a column once, however often each value occurs; and number them."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

FEW = 2_000
"""Below so many values it costs more to look for equal ones than to work on them all."""


def per_distinct(
    column: pl.Expr, change: Callable[[pl.Expr], pl.Expr], dtype: pl.DataType | type[pl.DataType]
) -> pl.Expr:
    """Apply `change` (an expression on text) to the distinct values of `column` and map the results back."""

    def run(series: pl.Series) -> pl.Series:
        coded = series.cast(pl.Categorical(pl.Categories.random()))
        values = coded.unique().drop_nulls()
        if values.is_empty():
            return pl.Series(series.name, [None], dtype=dtype).new_from_index(0, len(series))
        in_order = values.gather(values.to_physical().arg_sort()).cast(pl.String)  # so that place = code
        changed = in_order.to_frame("value").select(change(pl.col("value")).cast(dtype)).to_series()
        return changed.gather(coded.to_physical()).alias(series.name)

    return column.map_batches(run, return_dtype=dtype)


def number(text: pl.Expr) -> pl.Expr:
    """Number the distinct values of a text column (UInt32, in no meaningful order); null stays null."""
    return text.cast(pl.Categorical(pl.Categories.random())).to_physical()


def pair(left: pl.Expr, right: pl.Expr) -> pl.Expr:
    """Number the distinct combinations of two numbers (UInt32); null where either is."""
    return (left.cast(pl.UInt64) * (1 << 32) + right).rank("dense").cast(pl.UInt32)
