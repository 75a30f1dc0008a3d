"""The form of the work list: its columns, how they look and print, the choice of decisions, and the explanation."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from io import BytesIO
from typing import TYPE_CHECKING, Literal, NamedTuple

from verdringing.decision_rows import STATUSES, label
from verdringing.decisions import LEDGER
from verdringing.sheet_rows import letters
from verdringing.words import _

if TYPE_CHECKING:
    from xlsxwriter import Workbook  # type: ignore[import-untyped]
    from xlsxwriter.format import Format  # type: ignore[import-untyped]
    from xlsxwriter.worksheet import Worksheet  # type: ignore[import-untyped]

SHEET = "Werklijst"

Kind = Literal["id", "text", "long", "day", "whole", "fill", "fill_id", "fill_long", "fill_day"]


class Column(NamedTuple):
    """A column of the list: name, width in characters, and what stands in it."""

    name: str
    width: float
    kind: Kind = "text"
    hidden: bool = False


COLUMNS = (
    Column("zaak", 13, "id"),
    Column("plaatsing_id", 14, "id"),
    Column("regel", 26),
    Column("titel", 26, "long"),
    Column("norm", 9),
    Column("gemeente", 16, "long"),
    Column("werkgever", 26, "long"),
    Column("werkgever_sleutel", 18, "id"),
    Column("functie", 20, "long"),
    Column("kandidaat_id", 14, "id"),
    Column("instrument", 18),
    Column("startdatum", 12, "day"),
    Column("einddatum", 12, "day"),
    Column("fase", 12),
    Column("ontstaan_op", 12, "day"),
    Column("waarde", 14, "long"),
    Column("grens", 14, "long"),
    Column("toelichting", 60, "long"),
    Column("vraag", 45, "long"),
    Column("bestand", 20, "long"),
    Column("rij", 7, "whole"),
    Column("kenmerk", 15, "id"),
    Column("feiten", 30, "long", hidden=True),
    Column("beoordeling", 26, "long"),
    Column("besluit", 16, "fill"),
    Column("reden", 45, "fill_long"),
    Column("verwijzing", 20, "fill_id"),
    Column("door", 16, "fill_id"),
    Column("datum", 12, "fill_day"),
    Column("geldig_tot", 12, "fill_day"),
    Column("tweede_persoon", 16, "fill_id"),
)
NAMES = [column.name for column in COLUMNS]
DAYS = ("datum", "geldig_tot")
"""Columns for a day that a person fills in."""

FILLED = [column.name for column in COLUMNS if column.kind.startswith("fill")]
"""What a person fills in."""

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


def skeleton(heights: Sequence[int]) -> BytesIO:
    """A workbook with a sheet for each part, with everything but the rows, and the explanation behind them."""
    from xlsxwriter import Workbook

    content = BytesIO()
    with Workbook(content, {"in_memory": True}) as book:
        book.set_properties({"created": datetime(1980, 1, 1, tzinfo=UTC)})
        styles = {kind: book.add_format({"valign": "top"} | style) for kind, style in _STYLES.items()}
        for number, height in enumerate(heights, start=1):
            sheet = book.add_worksheet(SHEET if number == 1 else f"{SHEET} {number}")
            _headed(book, sheet, styles)
            _checked(sheet, height)
            _printed(sheet)
        _explained(book)
    return content


def _headed(book: Workbook, sheet: Worksheet, styles: Mapping[str, Format]) -> None:
    """Header with filters, widths, and a row of styles that makes place for the findings."""
    head, fill = book.add_format(_HEAD), book.add_format(_HEAD | {"bg_color": "#F2DF9B"})
    for place, column in enumerate(COLUMNS):
        sheet.write_string(0, place, column.name, fill if column.name in FILLED else head)
        sheet.set_column(place, place, column.width, None, {"hidden": column.hidden})
    for place, kind in enumerate([*(column.kind for column in COLUMNS), "day", "whole", "amount"]):
        sheet.write_blank(1, place, None, styles[kind])
    sheet.freeze_panes(1, 3)


def _checked(sheet: Worksheet, height: int) -> None:
    """The filters, and the decisions to choose from; text that looks like a number is meant."""
    last = max(height, 1)
    sheet.autofilter(0, 0, last, len(COLUMNS) - 1)
    sheet.ignore_errors({"number_stored_as_text": f"A1:{letters(len(COLUMNS) - 1)}{last + 1}"})
    place = NAMES.index("besluit")
    choice = {
        "validate": "list",
        "source": [label(status) for status in STATUSES],
        "error_title": _("Dit besluit is er niet"),
        "error_message": _("Kies een besluit uit de lijst."),
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


def _explained(book: Workbook) -> None:
    sheet = book.add_worksheet(_("Uitleg"))
    sheet.set_column(0, 0, 18)
    sheet.set_column(1, 1, 100)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    name = book.add_format({"bold": True, "valign": "top"})
    text = book.add_format({"text_wrap": True, "valign": "top"})
    for row, (about, said) in enumerate(_explanation()):
        sheet.write_string(row, 0, about, name)
        sheet.write_string(row, 1, said, text)


def _explanation() -> list[tuple[str, str]]:
    return [
        (_("Wat dit is"), _("Elke rij op het blad Werklijst is een signaal: een vraag om te kijken, geen oordeel.")),
        (_("Invullen"), _("Vul alleen de gele kolommen in. Een rij waarin u niets invult, telt niet als besluit.")),
        ("besluit", _("Kies een van de vier woorden hieronder.")),
        (label("in onderzoek"), _("U zoekt het uit; het is nog niet duidelijk.")),
        (label("terecht"), _("Het signaal klopt en er moet iets gebeuren.")),
        (label("verklaard"), _("Het signaal klopt, maar er is een goede reden voor.")),
        (label("niet terecht"), _("Het signaal klopt niet, bijvoorbeeld door een fout in de gegevens.")),
        ("reden", _("Verplicht. Schrijf kort waarom. Noem geen namen of nummers van personen.")),
        ("verwijzing", _("Waar het bewijs staat, zoals een dossier of een besluit.")),
        ("door", _("Verplicht. Schrijf een functie of initialen, en niet meer over uzelf dan nodig is.")),
        ("datum", _("Verplicht. De dag van het besluit, zoals 12-10-2026.")),
        ("geldig_tot", _("De laatste dag waarop het besluit geldt. Daarna vraagt het signaal weer om aandacht.")),
        ("tweede_persoon", _("Wie het besluit ook heeft gezien. Uw beleid kan dit verplicht maken.")),
        (
            _("Hele zaak"),
            _(
                "Een besluit over een hele zaak: maak in die rij de cel onder 'regel' leeg. Het geldt dan voor "
                "alle signalen van die zaak op deze lijst; een besluit over een enkel signaal gaat voor."
            ),
        ),
        (
            _("Inleveren"),
            _(
                "Sla het bestand op en geef het mee bij de volgende keer: verdringing audit … "
                "--beoordelingen werklijst.xlsx. Sorteren, filteren en kolommen toevoegen of verplaatsen mag."
            ),
        ),
        (
            _("Bewaren"),
            _("Alle besluiten komen in {bestand} in de map van het rapport. Daar gaat niets uit weg.", bestand=LEDGER),
        ),
        (
            "kenmerk, feiten",
            _(
                "Laat deze kolommen staan. Zo is te zien of de feiten na uw besluit veranderen; dan vraagt "
                "het signaal opnieuw om aandacht."
            ),
        ),
    ]
