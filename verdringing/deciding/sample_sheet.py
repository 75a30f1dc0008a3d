"""The sheet of the work list with the sample: its columns, its choices and what they mean."""

from __future__ import annotations

import polars as pl

from verdringing.deciding.kept import SAMPLES
from verdringing.deciding.outcomes import OUTCOMES, in_words
from verdringing.deciding.worklist_form import Column, Part
from verdringing.words import _

SHEET = "Steekproef"

COLUMNS = (
    Column("nummer", 8, "whole"),
    Column("plaatsing_id", 14, "id"),
    Column("regel", 26),
    Column("titel", 26, "long"),
    Column("oordeel", 14),
    Column("werkgever", 26, "long"),
    Column("functie", 20, "long"),
    Column("kandidaat_id", 14, "id"),
    Column("instrument", 18),
    Column("startdatum", 12, "day"),
    Column("einddatum", 12, "day"),
    Column("waarde", 20, "long"),
    Column("grens", 20, "long"),
    Column("ontbreekt", 26, "long"),
    Column("bestand", 20, "long"),
    Column("rij", 7, "whole"),
    Column("kenmerk", 15, "id"),
    Column("eerder", 26, "long"),
    Column("uitkomst", 16, "fill"),
    Column("toelichting", 45, "fill_long"),
    Column("door", 16, "fill_id"),
    Column("datum", 12, "fill_day"),
    Column("peildatum", 12, "day", hidden=True),
    Column("zaad", 12, "id", hidden=True),
    Column("getrokken", 30, "id", hidden=True),
    Column("populatie", 30, "id", hidden=True),
)
DAYS = ("startdatum", "einddatum", "datum", "peildatum")
WHOLE = ("nummer", "rij")
ROWS = pl.Schema(
    (column.name, pl.Date if column.name in DAYS else pl.UInt32 if column.name in WHOLE else pl.String)
    for column in COLUMNS
)
"""One verdict that was drawn: what is on the sheet. The last four columns say from what it was drawn (see outcomes)."""

AS_THEY_ARE = ("plaatsing_id", "kandidaat_id", "bestand", "kenmerk", "zaad", "getrokken", "populatie")
"""Columns that are known to hold no BSN."""


def part(height: int) -> Part:
    """The sheet, with this number of rows."""
    return Part(SHEET, COLUMNS, height, "uitkomst", [in_words(outcome) for outcome in OUTCOMES])


def explanation() -> list[tuple[str, str]]:
    """What to know of this sheet: a word, and what it means."""
    return [
        (
            _("Steekproef"),
            _(
                "Elke rij op het blad Steekproef is een oordeel zonder signaal. Het lot koos welke. Kijk in het "
                "dossier of het klopt. Doe alle rijen: pas dan is te zeggen hoeveel er hoogstens niet klopt."
            ),
        ),
        (
            in_words("klopt"),
            _(
                "Bij geen signaal: ook met het dossier erbij geeft deze regel geen signaal. Bij niet toetsbaar: wat "
                "ontbreekt, is echt niet bekend."
            ),
        ),
        (in_words("klopt niet"), _("Het oordeel had anders moeten zijn.")),
        (
            in_words("niet te zeggen"),
            _("Ook met het dossier is het niet uit te maken. In de grens telt dit als 'klopt niet'."),
        ),
        ("toelichting", _("Verplicht als het oordeel niet klopt of het niet te zeggen is. Noem geen personen.")),
        (_("Bewaren"), _("Alle uitkomsten komen in {bestand} in de map van het rapport.", bestand=SAMPLES)),
    ]
