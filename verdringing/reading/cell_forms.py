"""What fastexcel does not tell of an .xlsx sheet: percent and leading-zero formats, error cells, formulas never run."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.reading.sheet_cells import cells, place
from verdringing.words import _

MOST_CELLS = 100_000_000
ERRORS = {
    "#N/A": "#N/B",
    "#VALUE!": "#WAARDE!",
    "#REF!": "#VERW!",
    "#NAME?": "#NAAM?",
    "#DIV/0!": "#DEEL/0!",
    "#NUM!": "#GETAL!",
    "#NULL!": "#LEEG!",
}
"""Errors as a Dutch spreadsheet shows them: an error is a text, never an empty cell."""

_AREA = re.compile(rb"""<(?:\w+:)?dimension\s[^>]*?ref\s*=\s*["']([A-Z]+\d+):([A-Z]+\d+)["']""")
Texts = Mapping[int, Mapping[int, str]]


def sheet_xml(content: bytes, sheet: str) -> bytes:
    """XML of one sheet; b"" for workbooks that are not .xlsx. UserError for a sheet too large to be a table."""
    with ZipFile(BytesIO(content)) as archive:
        if "xl/workbook.xml" not in archive.namelist():
            return b""
        book, links = _tree(archive, "xl/workbook.xml"), _tree(archive, "xl/_rels/workbook.xml.rels")
        targets = {link.get("Id"): link.get("Target", "") for link in links}
        for found in book.findall(".//{*}sheet"):
            if found.get("name") == sheet:
                link = next((value for key, value in found.items() if key.endswith("}id")), None)
                target = targets.get(link, "").removeprefix("/").removeprefix("xl/")
                return archive.read(f"xl/{target}")
    return b""


def area(xml: bytes) -> int:
    """Number of cells between the first and the last filled cell, as the sheet itself says; 0 when it does not."""
    found = _AREA.search(xml[:20_000])
    if found is None:
        return 0
    (left, top), (right, bottom) = (place(corner.decode()) for corner in found.groups())
    return (right - left + 1) * (bottom - top + 1)


def special_cells(content: bytes, xml: bytes, texts: Mapping[int, pl.Series], where: str) -> Texts:
    """Place of column → row (from 0) → text, for cells that say another thing than their number.

    `texts` are the columns as fastexcel gives them, by absolute place. 0.45 shown as 45% is "45%"; 12345 shown as
    0012345 is "0012345"; an error is its name. UserError for a formula without a result: such a cell looks empty and is
    not.
    """
    found: defaultdict[int, dict[int, str]] = defaultdict(dict)
    formats = _telling_formats(content)
    for cell in cells(xml, formats):
        if cell.never_ran:
            what = _("cel {cel} is een formule zonder uitkomst", cel=cell.name)
            raise UserError(Mistake(where, what, _("Open het bestand in Excel en sla het opnieuw op.")))
        column = texts.get(cell.column)
        if column is None or cell.row >= len(column):
            continue
        if cell.kind == "e":
            found[cell.column][cell.row] = ERRORS.get(cell.text.strip(), cell.text.strip())
        elif cell.style in formats and cell.kind == "n":
            found[cell.column][cell.row] = _shown(column[cell.row], formats[cell.style])
    return found


def _telling_formats(content: bytes) -> dict[str, str]:
    """Style number → format, for formats that show a percentage or leading zeros."""
    with ZipFile(BytesIO(content)) as archive:
        if "xl/styles.xml" not in archive.namelist():
            return {}
        styles = _tree(archive, "xl/styles.xml")
    own = {one.get("numFmtId"): one.get("formatCode", "") for one in styles.findall(".//{*}numFmt")}
    formats = {"9": "0%", "10": "0.00%"} | own
    used = [one.get("numFmtId") for group in styles.findall(".//{*}cellXfs") for one in group]
    telling = re.compile(r"0{2,}|[^\"]*%[^\"]*")
    return {str(style): formats[one] for style, one in enumerate(used) if telling.fullmatch(formats.get(one, ""))}


def _shown(text: str | None, form: str) -> str:
    if not text:
        return ""
    if "%" not in form:
        return text.zfill(len(form)) if text.isdecimal() else text
    try:
        return f"{(Decimal(text) * 100).normalize():f}%"
    except InvalidOperation:
        return text


def _tree(archive: ZipFile, name: str) -> ElementTree.Element:
    xml = archive.read(name)
    if b"<!DOCTYPE" in xml:
        raise ValueError(name)
    return ElementTree.fromstring(xml)  # noqa: S314 - without a DTD there are no entities to expand
