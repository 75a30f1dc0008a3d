"""Made-up placements from a seed, written in pieces: the same seed and size give the same bytes, in flat memory.

Shape, as in the records the study describes: about 3.2 placements per job and 1.3 per candidate, a few jobs with
thousands and, from a million rows up, one with a hundred thousand; names with spelling variants; 13 % of the hours and
2 % of the rates missing; dates over ten years; about 1 % of the rows with a bad value, and now and then a row twice.
Every column of the record is there. Nobody in these files exists.

Everything is whole-number arithmetic on the row number, so any piece can be made by itself.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import polars as pl

from benchmarks.cells import around, digits, firm_name, identity, money, spoiled, work
from benchmarks.dice import Dice
from benchmarks.who_and_where import Size, when, where, who

PIECE = 100_000
LISTED = 25


def piece(size: Size, first: int, rows: int) -> pl.DataFrame:
    """Rows `first` up to `first + rows` of the file: every column of the record as text, and one that is none of it."""
    dice = Dice(size.seed)
    numbers = pl.LazyFrame({"at": pl.int_range(first, first + rows, dtype=pl.UInt64, eager=True)})
    again = (pl.col("at") % 1_499 == 1_498) & (pl.col("at") > 0)
    numbers = numbers.with_columns(pl.when(again).then(pl.col("at") - 1).otherwise("at").alias("row"))
    placed = when(where(who(numbers), size, dice), dice)
    cells = identity(dice) | work(dice) | money(dice) | around(dice)
    return placed.select(**spoiled(cells, dice)).collect()


def pieces(size: Size) -> Iterator[pl.DataFrame]:
    """The whole file, piece by piece."""
    for first in range(0, size.rows, PIECE):
        yield piece(size, first, min(PIECE, size.rows - first))


def write(size: Size, path: Path) -> None:
    """Write the placements as CSV (`;`, UTF-8) or, when the name says so, as Parquet; the file appears whole."""
    beside = path.with_name(f"{path.name}.new")
    (_write_parquet if path.suffix == ".parquet" else _write_csv)(size, beside)
    beside.replace(path)


def _write_csv(size: Size, path: Path) -> None:
    with path.open("wb") as file:
        for number, frame in enumerate(pieces(size)):
            frame.write_csv(file, separator=";", include_header=number == 0)


def _write_parquet(size: Size, path: Path) -> None:
    import pyarrow.parquet

    schema = piece(size, 0, 1).to_arrow().schema
    with pyarrow.parquet.ParquetWriter(path, schema, compression="zstd") as file:
        for frame in pieces(size):
            file.write_table(frame.to_arrow().cast(schema))


def listed(size: Size) -> pl.DataFrame:
    """A black list of employers that occur in the placements: werkgever, kvk_nummer, van, tot, reden, besluit."""
    dice, rows = Dice(size.seed), size.rows
    firms = pl.LazyFrame({"row": [rows * place // LISTED for place in range(LISTED)]}, schema={"row": pl.UInt64})
    placed = where(who(firms), size, dice)
    known = dice.chance(pl.col("firm"), "kvk bekend", 750) & dice.chance(pl.col("row"), "op de lijst", 700)
    return placed.select(
        werkgever=firm_name(dice),
        kvk_nummer=pl.when(known).then(digits(pl.col("firm") + 1_000_000, 8)),
        van=dice.pick(pl.col("row"), "van", ["01-01-2017", "01-07-2019", "15-03-2021"]),
        tot=dice.pick(pl.col("row"), "tot", ["31-12-2022", "30-06-2024", None]),
        reden=pl.lit("veel plaatsingen, niemand in dienst"),
        besluit=pl.concat_str(pl.lit("BW-"), pl.col("row").rank().cast(pl.Int64)),
    ).unique("werkgever", maintain_order=True).collect()  # fmt: skip


def main(rows: str, path: str) -> None:
    """Write the placements to `path`, and a black list beside it."""
    size, target = Size(int(rows)), Path(path)
    write(size, target)
    listed(size).write_csv(target.with_name(f"{target.stem}-lijst.csv"), separator=";")


if __name__ == "__main__":
    main(*sys.argv[1:])
