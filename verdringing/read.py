"""Files to text: what a source is, and which reader reads it. Every column is text first, with file, sheet and row."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from verdringing.errors import Mistake, UserError, nearest
from verdringing.privacy.sensitive import Sensitive
from verdringing.reading import paths
from verdringing.reading.raw import Raw, as_stood
from verdringing.reading.readers import read_raw
from verdringing.reading.table import Table, named
from verdringing.record import COLUMNS, Column, by_name, header_name
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.reading.mapping import Mapping as ColumnMapping


@dataclass(frozen=True, slots=True)
class Source:
    """One input file as read: name, SHA-256, rows of text (known columns and ORIGIN), the columns left out.

    `id_gemaakt` beside them says that the file has no plaatsing_id. `broken` are rows that are no placement (more
    fields than the header, a quote in the wrong place, a total row): PROBLEMS columns as in normalise. `titles` is the
    number of filled rows above the header, `totals` how many of `broken` are total rows.
    """

    name: str
    sha256: str
    rows: pl.DataFrame
    left_out: tuple[str, ...]
    broken: pl.DataFrame
    empty_lines: int
    sheet: str | None = None
    titles: int = 0
    totals: int = 0
    sensitive: tuple[Sensitive, ...] = ()


def read_files(
    arguments: Sequence[Path], mapping: ColumnMapping | None = None, own: Sequence[Column] = ()
) -> list[Source]:
    """Read every file that the arguments stand for (see paths), all with one mapping if any.

    `own` are columns of a policy's own, beside those of the record. UserError with every file that cannot be read.
    """
    sources: list[Source] = []
    given, mistakes = given_files(arguments)
    for one, name in given:
        try:
            sources.append(read_given(one, name, mapping, own))
        except UserError as error:
            mistakes += error.mistakes
    if mistakes:
        raise UserError(*mistakes)
    return sources


def given_files(arguments: Sequence[Path]) -> tuple[list[tuple[paths.Given, str]], list[Mistake]]:
    """Every file that the arguments stand for, once, with its name in the report; and what is wrong with them."""
    inputs: list[paths.Given] = []
    mistakes: list[Mistake] = []
    for argument in arguments:
        try:
            inputs += paths.all_given(argument)
        except UserError as error:
            mistakes += error.mistakes
    once = list(dict.fromkeys(inputs))
    twice = [one for one in once if inputs.count(one) > 1]
    mistakes += [Mistake(str(one), _("dit bestand is twee keer opgegeven")) for one in twice]
    return list(paths.named(once)), mistakes


def read_given(
    given: paths.Given, name: str, mapping: ColumnMapping | None = None, own: Sequence[Column] = ()
) -> Source:
    """Read one of `given_files`; UserError when a column that every placement needs is missing."""
    return source_of(*read_raw(given, name, by_name(own), mapping, own), given, name, own)


def read_table(path: Path, name: str, known: Collection[str]) -> Table:
    """Read one file (CSV, workbook, Parquet; also .gz) as text; UserError when it is no such table."""
    one = paths.given(path)
    table = named(*read_raw(one, name, known), one, known)
    if table.broken.height and table.frame.columns == ["rij"]:  # a page or a letter: not every line of it is a mistake
        columns = ", ".join(list(known)[:5])
        raise UserError(Mistake(str(one), _("dit is geen tabel met kolommen als {kolommen}", kolommen=columns)))
    return table


def source_of(raw: Raw, fingerprint: str, given: paths.Given, name: str, own: Sequence[Column] = ()) -> Source:
    """What a reader gave, with the columns named; UserError as in `read_given`."""
    known = by_name(own)
    table = named(raw, fingerprint, given, known, own)
    _required_columns(table.frame.columns, table.left_out, str(given))
    if table.frame.is_empty() and table.broken.height == table.totals:
        raise UserError(Mistake(str(given), _("er staan geen rijen onder de kolomnamen")))
    rows = table.frame.select(
        pl.lit(name).alias("bestand"),
        pl.lit(table.sheet, pl.String).alias("blad"),
        "rij",
        pl.lit("plaatsing_id" not in table.frame.columns).alias("id_gemaakt"),
        *(name for name in known if name in table.frame.columns),
        *(as_stood(name) for name in known if as_stood(name) in table.frame.columns),
    )
    kept = (table.sha256, rows, table.left_out, table.broken, table.empty_lines)
    return Source(name, *kept, table.sheet, table.titles, table.totals, table.sensitive)


def _required_columns(columns: Sequence[str], left_out: Sequence[str], where: str) -> None:
    """Refuse a file without a column that every placement needs; name the header that comes nearest."""
    needed = [column.name for column in COLUMNS if column.required and column.name != "plaatsing_id"]
    lacking = [name for name in needed if name not in columns]
    if "werkgever" not in columns and "kvk_nummer" not in columns:
        lacking.append("werkgever")
    others = {header_name(written): written for written in left_out}
    near = {name: nearest(name, others, 0.75) for name in lacking}  # a wrong guess sends a person the wrong way
    hints = {name: _("De kolom '{naam}' lijkt erop.", naam=others[one]) for name, one in near.items() if one}
    if unknown := [name for name in lacking if name not in hints and others]:
        otherwise = _("Heten kolommen bij u anders? 'verdringing kolommen' stelt voor welke kop welke kolom is.")
        hints[unknown[-1]] = otherwise  # once is enough
    if lacking:
        said = ((name, _("de kolom '{naam}' ontbreekt", naam=name)) for name in lacking)
        raise UserError(*(Mistake(where, what, hints.get(name, "")) for name, what in said))
