"""Tables as CSV that Excel opens well: `;`, UTF-8 with BOM, CRLF, decimal comma, formulas defused, no BSN."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import polars as pl

from verdringing.distinct import days_as_text
from verdringing.privacy.shield import shielded
from verdringing.sentences import in_cell, in_words

DAY = "%d-%m-%Y"
PIECE = 50_000
"""Rows that are made ready at once, so that memory does not grow with the table."""

AT_ONCE = 2_500
"""Rows that are written at once: what stays within the cache of a processor is copied twice as fast."""

_WITHOUT_BSN = ("zaak", "plaatsing_id", "kandidaat_id", "bestand", "kenmerk", "populatie")


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write `;`, UTF-8 with BOM, CRLF, decimal comma, dates as dd-mm-jjjj, formulas defused; in pieces when large."""
    write_frames([frame], path)


def write_frames(frames: Iterable[pl.DataFrame], path: Path) -> None:
    """The same for a table in frames, one at least, all with the same columns."""
    with path.open("wb") as table:
        for part in pieces(frames):
            texts = [safe(name) for name, kind in part.schema.items() if kind == pl.String]
            cells = [cell(name, kind) for name, kind in part.schema.items()]
            add_rows(part.with_columns_seq(texts).select_seq(cells), table)


def pieces(frames: Iterable[pl.DataFrame], most: int = PIECE) -> Iterator[pl.DataFrame]:
    """Parts of at most so many rows; of an empty frame one, for its head."""
    for frame in frames:
        yield from frame.iter_slices(most) if frame.height > most else [frame]


def add_rows(cells: pl.DataFrame, table: BinaryIO) -> None:
    """Add rows of cells to a table, with a head where it is empty yet."""
    for part in pieces([days_as_text(cells, DAY)], AT_ONCE):
        first, text = table.tell() == 0, BytesIO()
        part.write_csv(
            text,
            separator=";",
            include_bom=first,
            include_header=first,
            line_terminator="\r\n",
            date_format=DAY,
        )
        table.write(text.getbuffer())


def safe(name: str) -> pl.Expr:
    """A text without a BSN; numbers of placements and cases are known to hold none."""
    return pl.col(name) if name in _WITHOUT_BSN else shielded(pl.col(name))


def cell(name: str, kind: pl.DataType) -> pl.Expr:
    """A value as a table shows it; days are written in words at the very end."""
    if kind.is_integer() or kind == pl.Date:
        return pl.col(name)
    if isinstance(kind, pl.Enum):
        words = pl.Series(kind.categories).to_frame("word").select(in_words(pl.col("word"), kind)).to_series()
        return pl.lit(words).gather(pl.col(name).to_physical()).alias(name)
    return defused(pl.col(name) if kind == pl.String else in_cell(pl.col(name), kind).cast(pl.String)).alias(name)


def defused(text: pl.Expr) -> pl.Expr:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return text.map_batches(_defuse, return_dtype=pl.String, is_elementwise=True)


def _defuse(texts: pl.Series) -> pl.Series:
    formulas = texts.str.contains(r"^\s*[=+\-@\t\r]")
    return ("'" + texts).zip_with(formulas, texts) if formulas.any() else texts
