"""What a person filled in on a list that came back: its columns as text, and those that are not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

import polars as pl

from verdringing.errors import Mistake, nearest
from verdringing.reading.table import Table
from verdringing.record import header_name
from verdringing.words import _


def row_at(where: str, row: int) -> str:
    """Where a row stands, for a mistake."""
    return _("{bestand}, rij {rij}", bestand=where, rij=row)


def no_day(name: str) -> str:
    """A column in which a day was expected, and how to write one."""
    return _("'{naam}' is geen datum; schrijf 31-12-2026 of 2026-12-31", naam=name)


def as_text(table: Table, names: Sequence[str]) -> pl.DataFrame:
    """`rij` and these columns, absent ones empty: without spaces around, nor the apostrophe that defuses a formula."""
    has = table.frame.columns
    bare = {name: pl.col(name).str.strip_chars().str.replace(r"^'(\s*[=+\-@])", "$1") for name in names if name in has}
    cells = {name: bare.get(name, pl.lit(None, pl.String)) for name in names}
    return table.frame.select("rij", *(pl.when(cell != "").then(cell).alias(name) for name, cell in cells.items()))


def missing(table: Table, where: str, names: Iterable[str], *, needed: Collection[str]) -> Iterator[Mistake]:
    """Columns that are needed, or that seem to stand there under another name; other columns are the user's own."""
    others = {header_name(name): name for name in table.left_out}
    for name in (name for name in names if name not in table.frame.columns):
        near = nearest(name, others)
        hint = _("De kolom '{naam}' lijkt erop.", naam=others[near]) if near else ""
        if near or name in needed:
            yield Mistake(where, _("de kolom '{naam}' ontbreekt", naam=name), hint)
