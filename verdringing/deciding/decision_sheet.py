"""The sheet of the work list with the signals: its columns, the choice of decisions and what they mean."""

from __future__ import annotations

from verdringing.deciding.decision_rows import STATUSES, label
from verdringing.deciding.kept import LEDGER
from verdringing.deciding.worklist_form import Column, Part
from verdringing.words import _

SHEET = "Werklijst"

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


def part(height: int, number: int = 1) -> Part:
    """A sheet with signals; the second and later ones are numbered."""
    choice = [label(status) for status in STATUSES]
    return Part(SHEET if number == 1 else f"{SHEET} {number}", COLUMNS, height, "besluit", choice)


def explanation() -> list[tuple[str, str]]:
    """What to know of the sheet with signals: a word, and what it means."""
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
