"""Do two ways give the same signals? Compares the findings of the tool with what another program wrote.

Usage: python -m benchmarks.same REPORT CSV. Prints the signals per rule; exit 1, with the first differences, when one
(rule, placement) or one measured number of the two recursive rules differs.
"""

from __future__ import annotations

import sys
from pathlib import Path

import polars as pl

MEASURED = ("opvolging_zelfde_functie", "instrumenten_gestapeld")
"""For these the number in `waarde` must be equal too: the place in the row of successors, and of instruments."""
COLUMNS = ["regel", "plaatsing_id", "waarde"]


def signals(path: Path) -> pl.DataFrame:
    """regel, plaatsing_id and, for MEASURED, waarde of every signal, sorted; as text."""
    read = pl.read_csv(path, separator=";", infer_schema=False, columns=COLUMNS)
    number = pl.when(pl.col("regel").is_in(MEASURED)).then("waarde")
    return read.with_columns(waarde=number).select(COLUMNS).sort(COLUMNS)


def differences(report: Path, other: Path) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Signals that only the report has, and signals that only the other file has."""
    ours, theirs = signals(report / "bevindingen.csv"), signals(other)
    sides = ((ours, theirs), (theirs, ours))
    left, right = (one.join(two, on=COLUMNS, how="anti", nulls_equal=True) for one, two in sides)
    if left.is_empty() and right.is_empty() and ours.height != theirs.height:
        return ours, theirs  # the same signal twice
    return left, right


def main(report: str, other: str) -> int:
    missed, extra = differences(Path(report), Path(other))
    for side, frame in (("only in the report", missed), ("only elsewhere", extra)):
        for row in frame.head(5).rows():
            print(side, *row)
    counts = signals(Path(other)).group_by("regel").len().sort("regel")
    print(", ".join(f"{rule} {count:,}" for rule, count in counts.rows()))
    return 0 if missed.is_empty() and extra.is_empty() else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
