"""What every reader gives: a header and rows of text, with the row number that a spreadsheet would show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import polars as pl

PROBLEMS = pl.Schema(
    {
        "bestand": pl.String,
        "blad": pl.String,
        "rij": pl.UInt32,
        "kolom": pl.String,
        "waarde": pl.String,
        "reden": pl.String,
    }
)


@dataclass(frozen=True, slots=True)
class Raw:
    """A file as it stands: the header as written; `frame` with rij and a text column `veld_n` for each place in it.

    `broken` are rows set apart (columns of PROBLEMS); `sheet` is None for a file without sheets; `titles` are filled
    rows above the header, `totals` total rows (they are in `broken`), `empty_lines` empty rows above the header.
    A mapping says more: `named` columns and their place, `fixed` columns with one value for all rows, and `stood`: the
    columns whose values it changed, with the column of `frame` that holds them as they stood.
    """

    header: list[str]
    frame: pl.DataFrame
    broken: pl.DataFrame = field(default_factory=pl.DataFrame)
    sheet: str | None = None
    titles: int = 0
    totals: int = 0
    empty_lines: int = 0
    named: Mapping[str, int] = field(default_factory=dict)
    fixed: Mapping[str, str] = field(default_factory=dict)
    stood: Mapping[str, str] = field(default_factory=dict)


def veld(place: int) -> str:
    """Name of a column while its header does not matter."""
    return f"veld_{place}"


def as_stood(column: str) -> str:
    """Name of the column that holds the values of `column` as they stood in the file, where a mapping changed them."""
    return f"{column}_stond"


def set_apart(name: str, sheet: str | None, rows: Iterable[tuple[int, str]]) -> pl.DataFrame:
    """Rows that are no placements, with the reason: the columns of PROBLEMS; without columns when there are none."""
    problems = [(name, sheet, number, None, None, reason) for number, reason in rows]
    return pl.DataFrame(problems, schema=PROBLEMS, orient="row") if problems else pl.DataFrame()
