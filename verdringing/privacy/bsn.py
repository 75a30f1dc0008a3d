"""What is a BSN: nine digits that pass the eleven test, alone or as the values of a column."""

from __future__ import annotations

import polars as pl

from verdringing.placeholders import says_nothing

MOST_VALUES = 2_000
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)


def distinct_values(values: pl.Series) -> pl.Series:
    """The first MOST_VALUES distinct values (text, stripped) that are not empty and no placeholder."""
    some = values.head(10 * MOST_VALUES).unique(maintain_order=True)
    if len(some) < MOST_VALUES:
        some = values.unique(maintain_order=True)
    text = some.head(MOST_VALUES).cast(pl.String).str.strip_chars().drop_nulls()
    return text.filter(~says_nothing(text)).unique(maintain_order=True)


def enough(hits: int, values: int) -> bool:
    """At least half of five or more, all of fewer: one number in eleven passes the eleven test by chance."""
    return 2 * hits >= values if values >= 5 else 0 < hits == values


def looks_like_bsn(values: pl.Series) -> bool:
    """Whether a text column (kandidaat_id) holds BSN, judged by its first MOST_VALUES distinct values."""
    return mostly_bsn(distinct_values(values))


def mostly_bsn(distinct: pl.Series) -> bool:
    """Eight digits can be a KvK number or a date: alone they count only in twenty values or more."""
    numbers = distinct.to_frame("value").select(digits(pl.col("value"))).to_series().drop_nulls()
    if numbers.is_empty():
        return False
    passing = numbers.filter(_passes(numbers.str.zfill(9)))
    nine = int((passing.str.len_bytes() == 9).sum())
    eight = passing.len() - nine
    return enough(nine + (eight if nine or len(distinct) >= 20 else 0), len(distinct))


def digits(text: pl.Expr) -> pl.Expr:
    """Eight or nine digits without the dots, spaces or hyphens between them; null for any other text."""
    bare = text.str.strip_chars().str.replace_all(r"[. \u00a0\u202f-]", "")
    return pl.when(bare.str.contains("^[0-9]{8,9}$")).then(bare)


def eleven(number: pl.Expr) -> pl.Expr:
    """Whether a text is nine digits that pass the eleven test with WEIGHTS; false for null and any other text."""
    return number.map_batches(_passes, return_dtype=pl.Boolean, is_elementwise=True)


def _passes(text: pl.Series) -> pl.Series:
    """The eleven test on a column; in two steps, because polars would read the number again for each digit."""
    whole = text.set(~text.str.contains("^[0-9]{9}$"), None).cast(pl.Int64)
    number = pl.col("number")
    total = sum((number // 10 ** (8 - place) % 10 * weight for place, weight in enumerate(WEIGHTS)), start=number * 0)
    passes = ((total % 11 == 0) & (number > 0)).fill_null(value=False)
    return whole.to_frame("number").select(passes).to_series().alias(text.name)
