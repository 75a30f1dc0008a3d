"""Cases, findings, verdicts and warnings of all parts in the order of the report, a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import polars as pl

from verdringing import doubts
from verdringing.cases import in_report_order
from verdringing.distinct import joined
from verdringing.parts.shelf import Shelf
from verdringing.parts.taken import CASES, DOUBTS, FINDINGS, OF_CASE, VERDICTS, WARNINGS, Taken

STRETCH = 250_000
"""Findings or placements that are put in order at once."""

CASES_AT_ONCE = 2_000_000
"""Cases that are put in order at once; of more, each range of the order by itself."""

_SAMPLED = 500
"""Cases per range in the sample that decides where ranges end."""

_ORDERED = "volgorde"


def put_in_order(shelf: Shelf) -> None:
    """Number all cases in the order of the report (volgorde), and lay them aside in stretches of STRETCH findings.

    A case is always whole, so it can be a few more. Findings stay where they are: those of a part stand in this order.
    """
    before, piece = 0, 0
    for some in _ranges(shelf):
        whole = in_report_order(some.rename({"volgorde": "lokaal"})).with_row_index("volgorde", before)
        stretch = (pl.col("bevindingen").cum_sum().cast(pl.Int64) - 1) // STRETCH
        parts = whole.with_columns(stuk=stretch).partition_by("stuk", include_key=False)
        for stretched in parts or [whole] * (not piece):
            shelf.put(_ORDERED, piece, stretched)
            piece += 1
        before += whole.height


def _ranges(shelf: Shelf) -> Iterator[pl.DataFrame]:
    """All cases, in ranges of which the one goes before the other; a range is in no order."""
    total = int(shelf.scan(CASES).select(pl.len()).collect().item())
    count = -(-total // CASES_AT_ONCE)
    if count <= 1:
        yield shelf.take(CASES)
        return
    step = max(total // (count * _SAMPLED), 1)
    sample = in_report_order(pl.concat([some.gather_every(step) for some in shelf.through(CASES)]))
    edges = sample.gather_every(-(-sample.height // count))[1:]
    for piece, some in enumerate(shelf.each(CASES)):
        both = pl.concat([some.with_columns(rand=pl.lit(value=False)), edges.with_columns(rand=pl.lit(value=True))])
        placed = in_report_order(both).with_columns(bereik=pl.col("rand").cum_sum())
        kept = placed.filter(~pl.col("rand"))
        shelf.scatter(CASES, piece, kept.drop("rand", "bereik"), kept["bereik"], edges.height + 1)
    for part in range(edges.height + 1):
        yield shelf.take(f"{CASES}-{part}")


def cases(shelf: Shelf) -> Iterator[pl.DataFrame]:
    """All cases in the order of the report."""
    yield from shelf.through(_ORDERED)


def findings(shelf: Shelf) -> Iterator[pl.DataFrame]:
    """All findings in the order of the report, with volgorde and deel; nr is the row number in the part."""
    done = dict[int, int]()
    for some in shelf.through(_ORDERED):
        by_part = some.sort("deel", "lokaal")
        told = [_next(shelf, done, own) for own in by_part.partition_by("deel")] or [_next(shelf, done, some)]
        whole = pl.concat(told, rechunk=True).sort("volgorde", maintain_order=True)
        yield whole.hstack(some.select(OF_CASE)[whole["volgorde"] - (some["volgorde"].first() or 0)])


def _next(shelf: Shelf, done: dict[int, int], own: pl.DataFrame) -> pl.DataFrame:
    """The findings of `own`, the next cases of one part in its order, with their volgorde among all cases.

    `done` says how many findings of every part were taken.
    """
    part, first = own.select(pl.col("deel", "lokaal").first().fill_null(0)).row(0)
    begin, many = done.get(part, 0), int(own["bevindingen"].sum())
    told = shelf.rows(f"{FINDINGS}-{part}", 0, begin, many)
    done[part] = begin + many
    volgorde = own["volgorde"].gather(told["volgorde"] - first)
    return told.with_columns(volgorde, deel=pl.lit(part, pl.UInt16))


def lay_verdicts(shelf: Shelf) -> pl.LazyFrame:
    """All verdicts in the order of startdatum and plaatsing_id: the name of the placement, and a column per rule."""
    day = pl.col("startdatum").to_physical()
    for piece, some in enumerate(_in_stretches(shelf, VERDICTS, day, ["startdatum", "plaatsing_id"])):
        shelf.put(f"{VERDICTS}-{_ORDERED}", piece, some.drop("startdatum"))
    return shelf.scan(f"{VERDICTS}-{_ORDERED}")


def warnings(taken: Taken) -> Iterator[pl.DataFrame]:
    """All warnings in order: values that were emptied, then what contradicts."""
    for some in taken.shelf.each(WARNINGS):
        yield some.filter(~pl.col("_row").is_in(taken.doubled.implode())).drop("_row")
    file = pl.col("bestand").cast(pl.Enum(sorted(taken.read))).to_physical()
    row = pl.when(pl.col("blad").is_null()).then("rij").otherwise(0)  # sheets go by their names, before rows
    yield from _in_stretches(taken.shelf, DOUBTS, joined(file, row), doubts.IN_ORDER)


def _in_stretches(shelf: Shelf, name: str, key: pl.Expr, order: Sequence[str]) -> Iterator[pl.DataFrame]:
    """All rows of a name by the columns `order`, about STRETCH at a time; `key` is a number that rises with them."""
    keys = shelf.scan(name).group_by(key.alias("key")).len().sort("key").collect()
    stretch = keys.select((pl.col("len").cum_sum().cast(pl.Int64) - 1) // STRETCH).to_series()
    stretch, count = stretch.rank("dense") - 1, max(stretch.n_unique(), 1)
    for piece, some in enumerate(shelf.each(name)):
        place = keys["key"].search_sorted(some.select(key).to_series())
        shelf.scatter(name, piece, some, stretch.gather(place), count)
    for part in range(count):
        yield shelf.take(f"{name}-{part}").sort(order)
