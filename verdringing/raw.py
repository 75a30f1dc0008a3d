"""What every reader gives: a header and rows of text, with the row number that a spreadsheet would show."""

from __future__ import annotations

from collections.abc import Iterable
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
    """

    header: list[str]
    frame: pl.DataFrame
    broken: pl.DataFrame = field(default_factory=pl.DataFrame)
    sheet: str | None = None
    titles: int = 0
    totals: int = 0
    empty_lines: int = 0


def veld(place: int) -> str:
    """Name of a column while its header does not matter."""
    return f"veld_{place}"


def set_apart(name: str, sheet: str | None, rows: Iterable[tuple[int, str]]) -> pl.DataFrame:
    """Rows that are no placements, with the reason: the columns of PROBLEMS; without columns when there are none."""
    problems = [(name, sheet, number, None, None, reason) for number, reason in rows]
    return pl.DataFrame(problems, schema=PROBLEMS, orient="row") if problems else pl.DataFrame()
