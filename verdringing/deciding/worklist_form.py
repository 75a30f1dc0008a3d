"""The form of a work list: how its sheets look and print, their choices, and the explanation behind them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Literal, NamedTuple

from verdringing.deciding.sheet_rows import letters
from verdringing.words import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

Kind = Literal["id", "text", "long", "day", "whole", "fill", "fill_id", "fill_long", "fill_day"]


class Column(NamedTuple):
    """A column of the list: name, width in characters, and what stands in it."""

    name: str
    width: float
    kind: Kind = "text"
    hidden: bool = False


class Part(NamedTuple):
    """One sheet: its name, its columns, its number of rows, and the words to choose from in one of its columns."""

    sheet: str
    columns: Sequence[Column]
    height: int
    column: str
    choice: Sequence[str]


_FILL: dict[str, object] = {"bg_color": "#FFF8DC", "border": 1, "border_color": "#C9BFA0"}
_AS_TEXT: dict[str, object] = {"num_format": "@"}
_AS_DAY: dict[str, object] = {"num_format": "dd-mm-yyyy"}
_STYLES: dict[str, dict[str, object]] = {
    "id": _AS_TEXT,
    "text": {},
    "long": {"text_wrap": True},
    "day": _AS_DAY,
    "whole": {"num_format": "0"},
    "amount": {"num_format": "#,##0.00##"},
    "fill": _FILL,
    "fill_id": _FILL | _AS_TEXT,
    "fill_long": _FILL | {"text_wrap": True},
    "fill_day": _FILL | _AS_DAY,
}
_HEAD = {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1, "bg_color": "#E8EDF2"}


def skeleton(parts: Sequence[Part], explanation: Sequence[tuple[str, str]]) -> BytesIO:
    """A workbook with a sheet for each part, with everything but the rows, and the explanation behind them."""
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(1980, 1, 1, tzinfo=UTC)})
        styles = {kind: book.add_format({"valign": "top"} | style) for kind, style in _STYLES.items()}
        for one in parts:
            sheet = book.add_worksheet(one.sheet)
            _headed(book, sheet, styles, one.columns)
            _checked(sheet, one)
            _printed(sheet)
        _explained(book, explanation)
    return content


def _headed(book: Workbook, sheet: Worksheet, styles: Mapping[str, Format], columns: Sequence[Column]) -> None:
    """Header with filters, widths, and a row of styles that makes place for the rows."""
    head, fill = book.add_format(_HEAD), book.add_format(_HEAD | {"bg_color": "#F2DF9B"})
    for place, column in enumerate(columns):
        sheet.write_string(0, place, column.name, fill if column.kind.startswith("fill") else head)
        sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})
    for place, kind in enumerate([*(column.kind for column in columns), "day", "whole", "amount"]):
        sheet.write_blank(1, place, None, styles[kind])
    sheet.freeze_panes(1, 3)


def _checked(sheet: Worksheet, part: Part) -> None:
    """The filters, and the words to choose from; text that looks like a number is meant."""
    last = max(part.height, 1)
    sheet.autofilter(0, 0, last, len(part.columns) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(len(part.columns) - 1)}{last + 1}"})
    place = [column.name for column in part.columns].index(part.column)
    choice = {
        "validate": "list",
        "source": list(part.choice),
        "error_title": _("Dit woord staat niet in de lijst"),
        "error_message": _("Kies een woord uit de lijst."),
    }
    sheet.data_validation(1, place, last, place, choice)


def _printed(sheet: Worksheet) -> None:
    """A4, landscape, two pages wide; the header and the first columns stand on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(2, 0)
    sheet.repeat_rows(0)
    sheet.repeat_columns(0, 2)
    sheet.set_footer("&L&A&R&P / &N")


def _explained(book: Workbook, explanation: Sequence[tuple[str, str]]) -> None:
    sheet = book.add_worksheet(_("Uitleg"))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    name = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for row, (about, said) in enumerate(explanation):
        sheet.write_string(row, 0, about, name)
        sheet.write_string(row, 1, said, text)
