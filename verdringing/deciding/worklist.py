"""The work list: every finding as a row in Excel, with room for a decision, to be given back with --beoordelingen."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from zipfile import ZipFile

import polars as pl

from verdringing import tables
from verdringing.deciding import decision_sheet, sample_sheet, sheet_rows, worklist_form
from verdringing.deciding.decision_sheet import DAYS, FILLED, NAMES
from verdringing.deciding.worklist_form import Column, Part
from verdringing.privacy.shield import shielded
from verdringing.sentences import in_cell

NAME = "werklijst.xlsx"
AT_ONCE = 5_000
"""Findings whose texts are made at once."""

_MEASURES = ("waarde", "grens")
_AS_THEY_ARE = ("zaak", "plaatsing_id", "kandidaat_id", "bestand", "kenmerk", "feiten", *FILLED)
"""Columns that are known to hold no BSN."""


def write(
    findings: Iterable[pl.DataFrame],
    count: int,
    path: Path,
    words: Sequence[pl.Expr],
    sample: pl.DataFrame | None = None,
) -> None:
    """Write `count` findings, which come in frames, in their order, and never stand in memory all together.

    `words` are the columns norm, titel and vraag, as expressions. Also read are kenmerk and feiten (see fingerprint)
    and, where decisions were given, beoordeling. More rows than a sheet can hold go on in a second sheet. The `sample`
    (sample_sheet.ROWS) has a sheet of its own.
    """
    heights = [min(count - first, sheet_rows.MOST_ROWS) for first in range(0, max(count, 1), sheet_rows.MOST_ROWS)]
    pieces = _pieces(_frame(some, words) for some in tables.pieces(findings, AT_ONCE))
    parts = [decision_sheet.part(height, number) for number, height in enumerate(heights, start=1)]
    bodies = [_of_sheet(pieces, height) for height in heights]
    explanation = decision_sheet.explanation()
    if sample is not None:
        safe = _safe(sample.lazy(), [column.name for column in sample_sheet.COLUMNS], sample_sheet.AS_THEY_ARE)
        bodies.append(_pieces([safe]))
        parts.append(sample_sheet.part(sample.height))
        explanation += sample_sheet.explanation()
    skeleton = worklist_form.skeleton(parts, explanation)
    filled = {}
    with ZipFile(skeleton) as made:
        for number, (part, body) in enumerate(zip(parts, bodies, strict=True), start=1):
            file = f"xl/worksheets/sheet{number}.xml"
            looks = _looks(part.columns, sheet_rows.style_numbers(made.read(file)))
            filled[file] = (_last_cell(part), sheet_rows.rows(body, looks, _MEASURES))
    sheet_rows.fill(skeleton, path, filled)


def _pieces(frames: Iterable[pl.DataFrame]) -> Iterator[pl.DataFrame]:
    """The rows of all frames in pieces that are written at once; a sheet ends with a piece."""
    room = sheet_rows.MOST_ROWS
    for frame in frames:
        first = 0
        while first < frame.height:
            piece = frame.slice(first, min(sheet_rows.AT_ONCE, room))
            first, room = first + piece.height, room - piece.height or sheet_rows.MOST_ROWS
            yield piece


def _of_sheet(pieces: Iterator[pl.DataFrame], height: int) -> Iterator[pl.DataFrame]:
    """The next pieces, until there are so many rows: sheets are filled one after the other."""
    while height:
        piece = next(pieces)
        height -= piece.height
        yield piece


def _last_cell(part: Part) -> str:
    return f"{sheet_rows.letters(len(part.columns) - 1)}{part.height + 1}"


def _frame(findings: pl.DataFrame, words: Sequence[pl.Expr]) -> pl.DataFrame:
    """The columns of the list: days and row numbers as such, all other as text without a BSN."""
    whole = findings.lazy().with_columns(
        *words,
        *(pl.lit(None, pl.Date if name in DAYS else pl.String).alias(name) for name in FILLED),
        *([] if "beoordeling" in findings.columns else [pl.lit(None, pl.String).alias("beoordeling")]),
    )
    return _safe(whole, NAMES, _AS_THEY_ARE)


def _safe(whole: pl.LazyFrame, names: Sequence[str], as_they_are: Collection[str]) -> pl.DataFrame:
    types = whole.select(names).collect_schema()
    return whole.select(_text(name, dtype, as_they_are) for name, dtype in types.items()).collect()


def _text(name: str, dtype: pl.DataType, as_they_are: Collection[str]) -> pl.Expr:
    if dtype == pl.Date or dtype.is_integer() or name in as_they_are:
        return pl.col(name)
    return shielded(pl.col(name)) if dtype == pl.String else in_cell(pl.col(name), dtype).cast(pl.String)


def _looks(columns: Sequence[Column], numbers: Sequence[int]) -> list[sheet_rows.Look]:
    """Styles per column; `numbers` are those of the columns, and then of day, whole and amount."""
    day, whole, amount = numbers[len(columns) :]
    looks = []
    for column, own in zip(columns, numbers, strict=False):
        days, wholes = (
            own if column.kind.endswith(kind) else other for kind, other in (("day", day), ("whole", whole))
        )
        looks.append(sheet_rows.Look(own, days, wholes, amount))
    return looks
