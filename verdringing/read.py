"""Files to text: what a source is, and which reader reads it. Every column is text first, with file, sheet and row."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from verdringing.errors import Mistake, UserError, nearest
from verdringing.privacy.sensitive import Sensitive, recognise
from verdringing.reading import csv_text, headers, paths
from verdringing.reading.raw import Raw, as_stood, veld
from verdringing.record import BY_NAME, COLUMNS, Column, by_name, header_name
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
    named, mistakes = given_files(arguments)
    for one, name in named:
        try:
            sources.append(_source(one, name, mapping, own))
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
    """Read one of `given_files`; UserError as in `read_files`."""
    return _source(given, name, mapping, own)


def read_source(path: Path, name: str, mapping: ColumnMapping | None = None, own: Sequence[Column] = ()) -> Source:
    """Read one file of placements; UserError when a column that every placement needs is missing."""
    return _source(paths.given(path), name, mapping, own)


@dataclass(frozen=True, slots=True)
class Table:
    """A file as text: `rij` and the known columns that it has, headers left out, broken rows, empty lines, SHA-256."""

    frame: pl.DataFrame
    left_out: tuple[str, ...]
    broken: pl.DataFrame
    empty_lines: int
    sha256: str
    sheet: str | None = None
    titles: int = 0
    totals: int = 0
    sensitive: tuple[Sensitive, ...] = ()


def read_table(path: Path, name: str, known: Collection[str]) -> Table:
    """Read one file (CSV, workbook, Parquet; also .gz) as text; UserError when it cannot be read."""
    one = paths.given(path)
    return _table(*_raw(one, name, known), one, known)


def read_raw(path: Path, name: str, known: Collection[str], mapping: ColumnMapping | None = None) -> tuple[Raw, str]:
    """Read one file with the header as written, before its columns are named; and its SHA-256."""
    return _raw(paths.given(path), name, known, mapping)


def _source(given: paths.Given, name: str, mapping: ColumnMapping | None = None, own: Sequence[Column] = ()) -> Source:
    return source_of(*_raw(given, name, by_name(own), mapping, own), given, name, own)


def source_of(raw: Raw, fingerprint: str, given: paths.Given, name: str, own: Sequence[Column] = ()) -> Source:
    """What a reader gave, with the columns named; UserError as in `read_source`."""
    known = by_name(own)
    table = _table(raw, fingerprint, given, known, own)
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


def _table(raw: Raw, fingerprint: str, given: paths.Given, known: Collection[str], own: Sequence[Column] = ()) -> Table:
    spelled = headers.spelled(raw.header, known, raw.named, str(given))
    filled = _filled(raw.frame) if raw.header else raw.frame
    left_out = [
        written.strip() or _("kolom {n}", n=place + 1)
        for place, written in enumerate(raw.header)
        if place not in spelled.values() and (written.strip() or filled[veld(place)].count())
    ]
    sensitive = _sensitive(raw.header, spelled, filled, own)
    private = {column for column, place in spelled.items() if column not in BY_NAME and place in sensitive}
    named = filled.select(
        "rij",
        *(pl.col(veld(place)).alias(column) for column, place in spelled.items() if column not in private),
        *(pl.lit(value).alias(column) for column, value in raw.fixed.items()),
        *(pl.col(kept).alias(as_stood(column)) for column, kept in raw.stood.items() if column not in private),
    )
    empty_lines = raw.empty_lines + raw.frame.height - filled.height
    counted = (raw.broken, empty_lines, fingerprint, raw.sheet, raw.titles, raw.totals)
    return Table(named, tuple(left_out), *counted, tuple(sensitive.values()))


def _filled(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows in which something stands; a row is looked at as a whole only where its first column is empty."""
    doubtful = frame.filter(_blank(pl.col(veld(0))))
    empty = doubtful.filter(pl.all_horizontal(_blank(pl.exclude("rij"))))["rij"]
    return frame if empty.is_empty() else frame.filter(~pl.col("rij").is_in(empty.implode()))


def _blank(column: pl.Expr) -> pl.Expr:
    return column.fill_null("").str.strip_chars() == ""


def _sensitive(
    header: Sequence[str], spelled: Mapping[str, int], filled: pl.DataFrame, own: Iterable[Column]
) -> dict[int, Sensitive]:
    """Columns that say too much about a person, by place: those left out or of a policy's own, and text by content."""
    record = {place: column for column, place in spelled.items() if column not in {one.name for one in own}}
    text = {column.name for column in COLUMNS if column.kind == "text" or column.name == "geboortejaar"}
    asked = [place for place in range(len(header)) if place not in record or record[place] in text]
    found = {place: recognise(record.get(place, header[place]), filled[veld(place)]) for place in asked}
    return {place: one for place, one in found.items() if one}


def _raw(
    given: paths.Given,
    name: str,
    known: Collection[str],
    mapping: ColumnMapping | None = None,
    own: Sequence[Column] = (),
) -> tuple[Raw, str]:
    """Choose the reader by what the bytes are, not by what the file is called; but the two must not disagree."""
    where = str(given)
    packed = paths.content(given.path)
    content = paths.unpacked(packed, where)
    kind = paths.kind(content, where)
    same_as_called(kind, given, where)
    if given.sheet is not None and kind != "workbook":
        raise UserError(Mistake(where, _("alleen een Excel- of ODS-bestand heeft bladen")))
    row = mapping.header_row if mapping else None
    if mapping:
        from verdringing.reading import mapped  # of these rooms most runs need none
    if kind == "workbook":
        from verdringing.reading import workbook

        written = {header_name(header) for header in mapping.columns.values()} if mapping else set()
        raw = workbook.read(content, where, name, given.sheet, headers.known(known) | written, row)
    elif kind == "parquet":
        from verdringing.reading import parquet_text

        raw = parquet_text.read(content, where, known)
    else:
        text, titles = mapped.below_header(content, row, where) if row else (content, 0)
        raw = csv_text.read(text, where, name)
        raw = replace(raw, titles=titles, empty_lines=raw.empty_lines - titles)
    return mapped.apply(mapping, raw, name, where, own) if mapping else raw, sha256(packed).hexdigest()


def same_as_called(kind: paths.Kind, given: paths.Given, where: str) -> None:
    """Refuse a workbook called .csv, a text called .xlsx and the like: something went wrong before us."""
    called = paths.called(given.path)
    if called is None or called == kind:
        return
    what = {
        "text": _("dit is een tekstbestand en geen {soort}", soort=paths.in_words(called)),
        "workbook": _("dit is een Excel- of ODS-werkmap en geen {soort}", soort=paths.in_words(called)),
        "parquet": _("dit is een Parquet-bestand en geen {soort}", soort=paths.in_words(called)),
    }[kind]
    hint = {
        "text": _("Geef het bestand de extensie .csv."),
        "workbook": _("Geef het bestand de extensie .xlsx, .xls of .ods."),
        "parquet": _("Geef het bestand de extensie .parquet."),
    }[kind]
    raise UserError(Mistake(where, what, hint))


def _required_columns(columns: Sequence[str], left_out: Sequence[str], where: str) -> None:
    """Refuse a file without a column that every placement needs; name the header that comes nearest."""
    needed = [column.name for column in COLUMNS if column.required and column.name != "plaatsing_id"]
    lacking = [name for name in needed if name not in columns]
    if "werkgever" not in columns and "kvk_nummer" not in columns:
        lacking.append("werkgever")
    others = {header_name(written): written for written in left_out}
    mistakes = []
    for name in lacking:
        near = nearest(name, others)
        hint = _("De kolom '{naam}' lijkt erop.", naam=others[near]) if near else ""
        mistakes.append(Mistake(where, _("de kolom '{naam}' ontbreekt", naam=name), hint))
    if mistakes:
        raise UserError(*mistakes)
