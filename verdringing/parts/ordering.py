"""Cases, findings, verdicts and warnings of all parts in the order of the report, a stretch at a time."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from verdringing import doubts
from verdringing.cases import in_report_order
from verdringing.parts.shelf import Shelf
from verdringing.parts.taken import CASES, DOUBTS, FINDINGS, VERDICTS, WARNINGS, Taken

STRETCH = 250_000
"""Findings or placements that are put in order at once."""

CASES_AT_ONCE = 2_000_000
"""Cases that are put in order at once; of more, each range of the order by itself."""

_SAMPLED = 500
"""Cases per range in the sample that decides where ranges end."""

_ORDERED = "volgorde"


def put_in_order(shelf: Shelf) -> None:
    """Number all cases in the order of the report (volgorde), and lay them aside in stretches of STRETCH findings.

    In a stretch lokaal is the number that the case has in its part (deel); there they stand in the same order.
    """
    before, piece = 0, 0
    for some in _ranges(shelf):
        whole = in_report_order(some.rename({"volgorde": "lokaal"})).with_row_index("volgorde", before)
        stretch = (pl.col("bevindingen").cum_sum().cast(pl.Int64) - 1) // STRETCH
        parts = whole.with_columns(stuk=stretch).partition_by("stuk", include_key=False)
        for part in parts or [whole] * (not piece):
            shelf.put(_ORDERED, piece, part)
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
    sample = in_report_order(pl.concat([some.gather_every(step) for some in _each(shelf, CASES)]))
    edges = sample.gather_every(-(-sample.height // count))[1:]
    for piece, some in enumerate(shelf.each(CASES)):
        both = pl.concat([some.with_columns(rand=pl.lit(value=False)), edges.with_columns(rand=pl.lit(value=True))])
        placed = in_report_order(both).with_columns(bereik=pl.col("rand").cum_sum())
        kept = placed.filter(~pl.col("rand"))
        shelf.scatter(CASES, piece, kept.drop("rand", "bereik"), kept["bereik"], edges.height + 1)
    for part in range(edges.height + 1):
        yield shelf.take(f"{CASES}-{part}")


def _each(shelf: Shelf, name: str) -> Iterator[pl.DataFrame]:
    """The pieces of a name, one by one; they stay."""
    for path in shelf.pieces(name):
        yield pl.read_ipc(path)


def cases(shelf: Shelf) -> Iterator[pl.DataFrame]:
    """All cases in the order of the report."""
    yield from _each(shelf, _ORDERED)


def findings(shelf: Shelf) -> Iterator[pl.DataFrame]:
    """All findings in the order of the report, with volgorde and deel; nr is the row number in the part."""
    read: dict[int, int] = {}
    for some in cases(shelf):
        told = [_told(shelf, 0, 0, some)] if some.is_empty() else []
        for (part,), mine in some.partition_by("deel", as_dict=True).items():
            told.append(_told(shelf, part, read.get(part, 0), mine))
            read[part] = read.get(part, 0) + told[-1].height
        yield pl.concat(told).sort("volgorde", maintain_order=True)


def _told(shelf: Shelf, part: int, first: int, cases: pl.DataFrame) -> pl.DataFrame:
    """The findings of cases of one part, from the `first` on: there they follow one another."""
    order = cases.select(pl.col("volgorde").repeat_by("bevindingen").explode()).to_series()
    found = shelf.scan(f"{FINDINGS}-{part}").slice(first, len(order)).collect()
    return found.with_columns(order, deel=pl.lit(part, pl.UInt16))


def lay_verdicts(shelf: Shelf) -> pl.LazyFrame:
    """All verdicts in the order of startdatum and plaatsing_id: the name of the placement, and a column per rule."""
    scan = shelf.scan(VERDICTS)
    days = scan.group_by("startdatum").len().sort("startdatum")
    edges = days.select("startdatum", stuk=(pl.col("len").cum_sum().cast(pl.Int64) - 1) // STRETCH).collect()
    for piece, some in enumerate(edges.partition_by("stuk", maintain_order=True) or [edges]):
        inside = pl.col("startdatum").is_between(some["startdatum"].min(), some["startdatum"].max())
        ordered = scan.filter(inside).sort("startdatum", "plaatsing_id").drop("startdatum")
        shelf.put(f"{VERDICTS}-{_ORDERED}", piece, ordered.collect())
    return shelf.scan(f"{VERDICTS}-{_ORDERED}")


def warnings(taken: Taken) -> Iterator[pl.DataFrame]:
    """All warnings in order: values that were emptied, then what contradicts."""
    for some in taken.shelf.each(WARNINGS):
        yield some.filter(~pl.col("_row").is_in(taken.doubled.implode())).drop("_row")
    yield taken.shelf.take(DOUBTS).sort(doubts.IN_ORDER)
