"""Order by whole numbers: a number and the place of its row side by side in one number, so that sorting is one pass."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

_MOST = 1 << 63


def one_key(parts: Sequence[pl.Series]) -> pl.Series:
    """One number (Int64, from zero) for each combination of numbers or dates, in their order; null where any is."""
    key, wide = _from_zero(parts[0])
    for part in parts[1:]:
        other, more = _from_zero(part)
        if wide * more >= _MOST:
            key, wide = _from_zero(key.rank("dense"))
        key, wide = key * more + other, wide * more
    return key


def _from_zero(part: pl.Series) -> tuple[pl.Series, int]:
    """The numbers counted from the lowest, and how many there can be."""
    numbers = part.to_physical().cast(pl.Int64)
    low, high = numbers.min(), numbers.max()
    if not isinstance(low, int) or not isinstance(high, int):
        return numbers, 1
    return numbers - low, high - low + 1


def in_order(key: pl.Series) -> tuple[pl.Series, pl.Series]:
    """Rows that have a key (UInt32), by key and then by row; with those keys (Int64)."""
    numbers, wide = _from_zero(key)
    bits = len(key).bit_length()
    row = pl.int_range(len(key), dtype=pl.Int64, eager=True)
    if wide << bits >= _MOST:
        known = pl.DataFrame({"key": key.to_physical().cast(pl.Int64), "row": row.cast(pl.UInt32)})
        known = known.drop_nulls("key").sort("key", maintain_order=True)
        return known["row"], known["key"]
    # values sort five times as fast as places do, and one thread is enough
    both = (numbers * (1 << bits) + row).drop_nulls().sort(multithreaded=False)
    rows = (both & ((1 << bits) - 1)).cast(pl.UInt32)
    return rows, key[rows].to_physical().cast(pl.Int64)


def put_back(rows: pl.Series, found: pl.DataFrame, height: int) -> pl.DataFrame:
    """The columns of `found`, of which row n belongs in row `rows[n]` of `height` rows; null in all others."""
    if rows.is_empty():
        return found.clear(height)
    places = pl.int_range(len(rows), dtype=pl.UInt32, eager=True)
    if len(rows) == height:
        return found[places.clone().scatter(rows, places)]
    place = pl.Series([None], dtype=pl.UInt32).new_from_index(0, height).scatter(rows, places)
    # places without nulls are looked up five times as fast; what came from nowhere is emptied after
    return found.select(pl.when(place.is_not_null()).then(pl.all().gather(place.fill_null(0))))


def last_at_most(known: pl.Series, asked: pl.Series) -> pl.Series:
    """Place (UInt32) of the last of the `known` numbers, which are in order, that is at most each one `asked`."""
    if known.is_empty():  # nothing to look in has no order
        return pl.Series([None], dtype=pl.UInt32).new_from_index(0, len(asked))
    if not asked.is_sorted():
        count = known.search_sorted(asked, side="right").cast(pl.UInt32)
        return count.to_frame("n").select(pl.when(pl.col("n") > 0).then(pl.col("n") - 1)).to_series()
    right = pl.DataFrame({"at": known, "place": pl.int_range(len(known), dtype=pl.UInt32, eager=True)})
    return asked.to_frame("at").set_sorted("at").join_asof(right.set_sorted("at"), on="at")["place"]
