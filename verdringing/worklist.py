"""The work list: every finding as a row in Excel, with room for a decision, to be given back with --beoordelingen."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from zipfile import ZipFile

import polars as pl

from verdringing import sheet_rows, worklist_form
from verdringing.privacy import shielded
from verdringing.sentences import in_cell
from verdringing.worklist_form import COLUMNS, FILLED, NAMES

NAME = "werklijst.xlsx"
_MEASURES = ("waarde", "grens")
_AS_THEY_ARE = ("zaak", "plaatsing_id", "kandidaat_id", "bestand", "kenmerk", "feiten", *FILLED)
"""Columns that are known to hold no BSN."""


def write(findings: pl.DataFrame, path: Path, words: Sequence[pl.Expr]) -> None:
    """Write the findings in their order; `words` are the columns norm, titel and vraag, as expressions.

    Also read are kenmerk and feiten (see fingerprint) and, where decisions were given, beoordeling. More rows than a
    sheet can hold go on in a second sheet.
    """
    frame = _frame(findings, words)
    most = sheet_rows.MOST_ROWS
    parts = [frame.slice(first, most) for first in range(0, max(frame.height, 1), most)]
    skeleton = worklist_form.skeleton([part.height for part in parts])
    files = [f"xl/worksheets/sheet{number}.xml" for number in range(1, len(parts) + 1)]
    with ZipFile(skeleton) as made:
        looks = _looks(sheet_rows.style_numbers(made.read(files[0])))
    last = sheet_rows.letters(len(COLUMNS) - 1)
    filled = {
        file: (f"{last}{part.height + 1}", sheet_rows.rows(part, looks, _MEASURES))
        for file, part in zip(files, parts, strict=True)
    }
    sheet_rows.fill(skeleton, path, filled)


def _frame(findings: pl.DataFrame, words: Sequence[pl.Expr]) -> pl.DataFrame:
    """The columns of the list: days and row numbers as such, all other as text without a BSN."""
    whole = findings.lazy().with_columns(
        *words,
        *(pl.lit(None, pl.Date if name in worklist_form.DAYS else pl.String).alias(name) for name in FILLED),
        *([] if "beoordeling" in findings.columns else [pl.lit(None, pl.String).alias("beoordeling")]),
    )
    types = whole.select(NAMES).collect_schema()
    return whole.select(_text(name, dtype) for name, dtype in types.items()).collect()


def _text(name: str, dtype: pl.DataType) -> pl.Expr:
    if dtype == pl.Date or dtype.is_integer() or name in _AS_THEY_ARE:
        return pl.col(name)
    return shielded(pl.col(name)) if dtype == pl.String else in_cell(pl.col(name), dtype).cast(pl.String)


def _looks(numbers: Sequence[int]) -> list[sheet_rows.Look]:
    """Styles per column; `numbers` are those of the columns, and then of day, whole and amount."""
    day, whole, amount = numbers[len(COLUMNS) :]
    looks = []
    for column, own in zip(COLUMNS, numbers, strict=False):
        days, wholes = (
            own if column.kind.endswith(kind) else other for kind, other in (("day", day), ("whole", whole))
        )
        looks.append(sheet_rows.Look(own, days, wholes, amount))
    return looks
