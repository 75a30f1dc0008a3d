"""A sheet of a workbook (.xlsx, .xls, .ods) to rows of text: which sheet, where its header stands, what is a total."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from verdringing.errors import Mistake, UserError, meant
from verdringing.reading import cell_forms, headers
from verdringing.reading.raw import Raw, set_apart, veld
from verdringing.record import BY_NAME, header_name
from verdringing.words import _

if TYPE_CHECKING:
    from fastexcel import ExcelReader

_NAMED = 5
"""Columns that are named where none was found."""
_TOTAL = r"(?i)^\s*(?:sub|eind)?-?\s?totaal\b"
_SUMMED_UP = r"(?i)^\s*(?:gemiddelde?|aantal|som)\b"


@dataclass(frozen=True, slots=True)
class _Sheet:
    """Every cell of a sheet as text, from row 1 on; the row of its header (from 0) and how many columns it knows."""

    name: str
    cells: pl.DataFrame
    header: int
    fits: int


def read(content: bytes, where: str, name: str, asked: str | None, known: Sequence[str], row: int | None = None) -> Raw:
    """Read the sheet that was asked for, or the only one whose header spells known columns.

    The header stands on `row`, else on the row that spells the most known columns within the first 30. UserError when
    the workbook is damaged or protected, or when it is not clear which sheet is meant.
    """
    reader = _opened(content, where)
    names = reader.sheet_names
    if asked is not None and asked not in names:
        raise UserError(_no_such_sheet(asked, names, where))
    sheets = [_loaded(reader, content, one, where, known) for one in ([asked] if asked is not None else names)]
    sheet = _the_one([one for one in sheets if one.cells.height], known, where)
    if row is not None:
        sheet = _headed(sheet, row, where)
    place = _("{bestand}, blad {blad}", bestand=where.split("#")[0], blad=sheet.name)
    return _as_raw(_completed(sheet, content, place), name)


def _opened(content: bytes, where: str) -> ExcelReader:
    import fastexcel

    try:
        reader = fastexcel.read_excel(content)
    except BaseException as error:
        raise _unreadable(error, content, where) from None
    if not reader.sheet_names:
        raise UserError(Mistake(where, _("in deze werkmap staat geen blad")))
    return reader


def _unreadable(error: BaseException, content: bytes, where: str) -> BaseException:
    """The sentence for a workbook that cannot be read; a panic of the reader counts, an interrupt does not."""
    if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
        return error
    locked = "EncryptedPackage".encode("utf-16-le") in content or "password" in str(error).lower()
    if locked:
        hint = _("Sla een kopie op zonder wachtwoord.")
        return UserError(Mistake(where, _("deze werkmap is beveiligd met een wachtwoord"), hint))
    hint = _("Open het bestand in Excel en sla het opnieuw op als .xlsx of als CSV (UTF-8).")
    return UserError(Mistake(where, _("deze werkmap is beschadigd of niet te lezen"), hint))


def _no_such_sheet(asked: str, names: Sequence[str], where: str) -> Mistake:
    what = _("er is geen blad '{naam}'; er zijn: {namen}", naam=asked, namen=", ".join(names))
    return Mistake(where.split("#")[0], what, meant(asked, names))


def _loaded(reader: ExcelReader, content: bytes, name: str, where: str, known: Collection[str]) -> _Sheet:
    """Load one sheet, every cell as text: typed columns lose late cells of another type, and leading zeros."""
    try:
        xml = cell_forms.sheet_xml(content, name) if content.startswith(b"PK") else b""
        if cell_forms.area(xml) > cell_forms.MOST_CELLS:
            what = _("blad {blad} is te groot; waarschijnlijk staat er ver onder of naast de tabel nog iets", blad=name)
            raise UserError(Mistake(where, what))
        sheet = reader.load_sheet(name, header_row=None, skip_rows=0, dtypes="string")
        cells = sheet.to_polars()
        cells.columns = [str(column.absolute_index) for column in sheet.available_columns()]
    except UserError:
        raise
    except BaseException as error:
        if type(error).__name__ == "NoDataError" or "no data" in str(error).lower():
            return _Sheet(name, pl.DataFrame(), 0, 0)
        raise _unreadable(error, content, where) from None
    header, fits = _header(cells, known)
    return _Sheet(name, cells, header, fits)


def _header(cells: pl.DataFrame, known: Collection[str]) -> tuple[int, int]:
    """Row that spells the most known columns, with their number; where none does, the fullest of the first rows."""
    rows = cells.head(headers.HEADER_WITHIN).rows()
    spelled = [len({header_name(text) for text in row if text} & set(known)) for row in rows]
    filled = [sum(bool(text and text.strip()) for text in row) for row in rows]
    best = max(range(len(rows)), key=lambda row: (spelled[row], 0 if spelled[row] else filled[row]), default=0)
    return best, spelled[best] if rows else 0


def _headed(sheet: _Sheet, row: int, where: str) -> _Sheet:
    """The sheet with its header on the row that a person named (from 1)."""
    if row > sheet.cells.height or not any(text and text.strip() for text in sheet.cells.row(row - 1)):
        raise UserError(Mistake(where, _("op rij {rij} staan geen kolomnamen", rij=row)))
    return replace(sheet, header=row - 1)


def _the_one(sheets: Sequence[_Sheet], known: Sequence[str], where: str) -> _Sheet:
    """The sheet that fits; a sheet that knows less than half of what the best one knows is another kind of table."""
    if not sheets:
        raise UserError(Mistake(where, _("dit bestand is leeg")))
    best = max(sheet.fits for sheet in sheets)
    fitting = [sheet for sheet in sheets if sheet.fits * 2 >= best]
    if len(fitting) == 1:
        return fitting[0]
    names = ", ".join(sheet.name for sheet in fitting)
    if not best:
        raise UserError(Mistake(where, _("geen enkel blad past: {namen}", namen=names), _sought(known, where)))
    hint = _("Kies een blad met '{bestand}#{blad}'.", bestand=where, blad=fitting[0].name)
    if set(known) >= set(BY_NAME):  # of a list there is only one
        every = " ".join(f"'{where}#{sheet.name}'" for sheet in fitting)
        one = fitting[0].name
        hint = _(
            "Kies een blad met '{bestand}#{blad}', of geef er meer op: {alle}.", bestand=where, blad=one, alle=every
        )
    raise UserError(Mistake(where, _("meer dan één blad past: {namen}", namen=names), hint))


def _sought(known: Sequence[str], where: str) -> str:
    return _(
        "Gezocht zijn kolommen als {kolommen}. Staan ze er onder andere namen? "
        "Kies dan zelf een blad met '{bestand}#naam van het blad'.",
        kolommen=", ".join(known[:_NAMED]), bestand=where,
    )  # fmt: skip


def _completed(sheet: _Sheet, content: bytes, where: str) -> _Sheet:
    """The sheet with dates as jjjj-mm-dd, and with what the cells show where that is not their number."""
    cells = sheet.cells
    try:
        xml = cell_forms.sheet_xml(content, sheet.name) if content.startswith(b"PK") else b""
        special = cell_forms.special_cells(content, xml, {int(c.name): c for c in cells}, where) if xml else {}
    except UserError:
        raise
    except Exception as error:
        raise _unreadable(error, content, where) from None
    changed = []
    for place, texts in special.items():
        if str(place) in cells.columns:
            rows = [row for row in texts if row < cells.height]
            changed.append(cells[str(place)].scatter(rows, [texts[row] for row in rows]))
    cells = cells.with_columns(changed)
    midnight = pl.all().str.replace(r"^(\d{4}-\d\d-\d\d) 00:00:00$", "$1")
    cells = cells.with_columns(midnight.str.replace(r"^1899-12-31 (\d\d:\d\d:\d\d)$", "$1"))
    return _Sheet(sheet.name, cells, sheet.header, sheet.fits)


def _as_raw(sheet: _Sheet, name: str) -> Raw:
    """Header, the rows under it, and the total rows set apart."""
    header = [text or "" for text in sheet.cells.row(sheet.header)]
    cells = sheet.cells.rename(dict(zip(sheet.cells.columns, map(veld, range(sheet.cells.width)), strict=True)))
    cells = cells.with_row_index("rij", offset=1)
    above, frame = cells[: sheet.header], cells[sheet.header + 1 :]
    titles = above.filter(pl.any_horizontal(pl.exclude("rij").fill_null("").str.strip_chars() != "")).height
    total = _totals(frame, header)
    apart = set_apart(name, sheet.name, [(row, _("totaalregel")) for row in frame.filter(total)["rij"]])
    return Raw(header, frame.filter(~total), apart, sheet.name, titles, apart.height, above.height - titles)


def _totals(frame: pl.DataFrame, header: Sequence[str]) -> pl.Series:
    """Which rows are totals: the first filled cell says so, and the row is nobody's (or that cell is its kandidaat_id).

    Words that are more often part of a name (Som Bouw) say so only where no startdatum stands beside them. Only in
    tables of placements: on a list of employers "Totaal Techniek" is a name.
    """
    texts = {headers.column(text): pl.col(veld(place)).str.strip_chars() for place, text in enumerate(header)}
    if "kandidaat_id" not in texts:
        return pl.repeat(value=False, n=frame.height, eager=True)
    filled = [pl.col(veld(place)).str.strip_chars() for place in range(len(header))]
    first = pl.coalesce(pl.when(text != "").then(text) for text in filled)
    person, start = (texts.get(name, pl.lit("")).fill_null("") for name in ("kandidaat_id", "startdatum"))
    nobody = (person == "") | ((person == first) & (start == ""))
    said = first.str.contains(_TOTAL) | (first.str.contains(_SUMMED_UP) & (start == ""))
    return frame.select((said & nobody).fill_null(value=False)).to_series()
