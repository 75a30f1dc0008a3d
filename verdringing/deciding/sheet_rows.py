"""Rows of a spreadsheet made for whole columns at once, and a workbook in which they take their place.

xlsxwriter makes everything but the rows: it writes a cell at a time, and a work list can have millions of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import polars as pl

from verdringing.words import _

LONGEST = 32_767
"""Signs (UTF-16 code units) that a cell can hold."""

KEPT = 16_000
"""Characters that are kept of a text that is longer."""

MOST_ROWS = 1_048_575
"""Rows below the header of one sheet."""

AT_ONCE = 1_000
"""Rows whose XML is made at once: it is three times as large as what the rows hold."""

_TAIL = b"</sheetData>"
_MADE = (1980, 1, 1, 0, 0, 0)
_HARD = r"[&<>\x00-\x08\x0B-\x1F\x{FFFE}\x{FFFF}]|_x[0-9A-Fa-f]{4}_"
_NO_XML = r"[\x00-\x08\x0B\x0C\x0E-\x1F\x{FFFE}\x{FFFF}]"
_DAY_ZERO = "1899-12-30"


@dataclass(frozen=True, slots=True)
class Look:
    """How the cells of a column look: styles of text, days, whole numbers and amounts (their numbers in the file)."""

    text: int
    day: int
    whole: int
    amount: int


def letters(place: int) -> str:
    """Name of a column by its place from 0: A, Z, AA."""
    return (letters(place // 26 - 1) if place >= 26 else "") + chr(65 + place % 26)


def rows(pieces: Iterable[pl.DataFrame], looks: Sequence[Look], measures: Sequence[str]) -> Iterator[memoryview]:
    """XML of the rows below the header, from row 2 on, piece by piece.

    Text stays text, whatever it begins with; days and numbers are real ones; null is an empty cell in the style of
    its column. A text in a column of `measures` that is a day or a number as Dutch or English writes it becomes one.
    """
    made = _each(pieces, looks, measures)
    with ThreadPoolExecutor(1) as worker:  # the next piece is made while this one is packed
        coming = worker.submit(next, made, None)
        while (xml := coming.result()) is not None:
            coming = worker.submit(next, made, None)
            yield xml


def _each(pieces: Iterable[pl.DataFrame], looks: Sequence[Look], measures: Sequence[str]) -> Iterator[memoryview]:
    first = 2
    for piece in pieces:
        yield _xml(piece, first, looks, measures)
        first += piece.height


def _xml(frame: pl.DataFrame, first: int, looks: Sequence[Look], measures: Sequence[str]) -> memoryview:
    """XML of some rows, of which the first has this number."""
    empty, hard = _empty_and_hard(frame)
    cells: list[pl.Expr] = []
    for place, (name, dtype) in enumerate(frame.schema.items()):
        look, value = looks[place], pl.col(name)
        cells += [pl.lit(f'<c r="{letters(place)}'), pl.col("_rij")]
        if name in empty:
            cells.append(pl.lit(f'" s="{_style(look, dtype)}"/>'))
        elif dtype == pl.String:
            cells.append(_text(value, _safe(value) if name in hard else value, look, measured=name in measures))
        else:
            number = _serial(value) if dtype == pl.Date else value.cast(pl.String)
            cells.append(_number(number, _style(look, dtype)))
    row = pl.concat_str(pl.lit('<row r="'), "_rij", pl.lit('">'), *cells, pl.lit("</row>"))
    numbered = frame.with_columns(_rij=pl.int_range(first, pl.len() + first).cast(pl.String))
    xml = BytesIO()
    numbered.select(row).write_csv(xml, include_header=False, quote_style="never")  # as it is, without a str per row
    return xml.getbuffer()


def _style(look: Look, dtype: pl.DataType) -> int:
    """The style of a cell of this type, filled or empty."""
    if dtype == pl.String:
        return look.text
    return look.day if dtype == pl.Date else look.whole


def _empty_and_hard(frame: pl.DataFrame) -> tuple[set[str], set[str]]:
    """Columns without a value, and those with a text that XML or a cell cannot hold as it is: work for a few."""
    texts = [name for name, dtype in frame.schema.items() if dtype == pl.String]
    empty = {name for name in frame.columns if frame[name].null_count() == frame.height}
    hard = frame.select((pl.col(texts).str.contains(_HARD) | (pl.col(texts).str.len_bytes() > LONGEST)).any())
    return empty, {name for name in texts if hard[name].item()}


def _text(value: pl.Expr, safe: pl.Expr, look: Look, *, measured: bool) -> pl.Expr:
    """Rest of a cell with a text, or with the day or number that it is."""
    opened, closed = pl.lit(f'" s="{look.text}" t="inlineStr"><is><t xml:space="preserve">'), pl.lit("</t></is></c>")
    text = pl.concat_str(opened, safe, closed)
    nothing = pl.lit(f'" s="{look.text}"/>')
    return pl.coalesce(*(_as_number(value, look) if measured else ()), text, nothing)


def _number(number: pl.Expr, style: int) -> pl.Expr:
    return _numeric(number, style).fill_null(f'" s="{style}"/>')


def _numeric(number: pl.Expr, style: int) -> pl.Expr:
    """Rest of a cell with a number; null where it is null."""
    return pl.concat_str(pl.lit(f'" s="{style}"><v>'), number, pl.lit("</v></c>"))


def _serial(day: pl.Expr) -> pl.Expr:
    """A day as a spreadsheet counts: 1 January 1900 is 2 since the count believes in 29 February 1900."""
    return (day - pl.lit(_DAY_ZERO).str.to_date()).dt.total_days().cast(pl.String)


def _as_number(text: pl.Expr, look: Look) -> tuple[pl.Expr, ...]:
    """Rest of a cell with the day, whole number or amount that a text is; null for any other text."""
    written = pl.when(text.str.contains(r"^\d{2}-\d{2}-\d{4}$")).then(text)
    day = _serial(written.str.to_date("%d-%m-%Y", strict=False))
    whole = pl.when(text.str.contains(r"^-?(?:0|[1-9]\d{0,14})$")).then(text)
    decimal = text.str.contains(r"^-?(?:0|[1-9]\d{0,10})[.,]\d{1,4}$")
    amount = pl.when(decimal).then(text.str.replace(",", ".", literal=True))
    return _numeric(day, look.day), _numeric(whole, look.whole), _numeric(amount, look.amount)


def _safe(text: pl.Expr) -> pl.Expr:
    """Text as XML: no sign that a file of this kind cannot hold, and no longer than a cell can be."""
    clean = text.str.replace_all(_NO_XML, " ").str.replace_all("\r\n?", "\n")
    clean = clean.str.replace_all("_(x[0-9A-Fa-f]{4}_)", "_x005F_$1")
    signs = clean.str.len_chars() + clean.str.count_matches(r"[\x{10000}-\x{10FFFF}]")
    note = _("[…] afgekapt; de hele tekst staat in bevindingen.csv")
    whole = pl.when(signs > LONGEST).then(pl.concat_str(clean.str.slice(0, KEPT), pl.lit(" " + note))).otherwise(clean)
    return whole.str.replace_many(["&", "<", ">"], ["&amp;", "&lt;", "&gt;"])


def style_numbers(sheet: bytes) -> list[int]:
    """Numbers of the styles of the cells on row 2, in order."""
    return [int(style) for style in re.findall(rb'<c r="[A-Z]+2" s="(\d+)"', sheet)]


def fill(skeleton: BytesIO, path: Path, sheets: Mapping[str, tuple[str, Iterator[memoryview]]]) -> None:
    """Write a workbook in which named sheets (file in the workbook) have other rows below their header.

    `sheets` gives the last cell of each and the XML of its rows. No moment is written: every file is of 1980.
    """
    with ZipFile(skeleton) as made, ZipFile(path, "w", ZIP_DEFLATED, compresslevel=1) as written:
        for name in made.namelist():
            info = ZipInfo(name, _MADE)
            info.compress_type = ZIP_DEFLATED
            info.create_system = 0
            content = made.read(name)
            last, body = sheets.get(name, ("", iter(())))
            with written.open(info, "w", force_zip64=bool(last)) as out:
                head, tail = (content, b"") if not last else _around(content, last)
                out.write(head)
                for piece in body:
                    out.write(piece)
                out.write(tail)


def _around(sheet: bytes, last: str) -> tuple[bytes, bytes]:
    """What stands before the rows, with the header, and what stands after them."""
    before, after = sheet.split(_TAIL)
    header = before.split(b"</row>")[0] + b"</row>"
    header = re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:%b"' % last.encode(), header)
    return header, _TAIL + after
