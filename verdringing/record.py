"""The placement record: the names, kinds and meaning of its columns. No column outside it ever reaches an output."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "text", "date", "decimal", "euro", "percentage", "whole", "yes_no", "choice", "kvk", "vestiging", "instrument"
]

KIND_NAMES = {
    "text": "tekst",
    "date": "datum",
    "decimal": "getal",
    "euro": "bedrag in euro",
    "percentage": "percentage",
    "whole": "heel getal",
    "yes_no": "ja/nee",
    "choice": "keuze",
    "kvk": "8 cijfers",
    "vestiging": "12 cijfers",
    "instrument": "instrument",
}


NUMBERS = ("decimal", "euro", "percentage", "whole")
MOST = 99_999_999
"""Highest number in any column: conditions calculate with eight digits before the comma."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a placement: its Dutch name, kind, what it means (Dutch), whether a row can do without it.

    `most` is the highest number that can be true in it: what is higher is emptied, so no sum can grow out of its type.
    """

    name: str
    kind: Kind
    meaning: str
    required: bool = False
    choices: tuple[str, ...] = ()
    most: int = MOST


COLUMNS = (
    Column("plaatsing_id", "text", "nummer van de plaatsing, uniek in de audit", required=True),
    Column("kandidaat_id", "text", "klantnummer of pseudoniem van de kandidaat", required=True),
    Column("werkgever", "text", "naam van de werkgever zoals geregistreerd"),
    Column("instrument", "instrument", "instrument waaronder is geplaatst", required=True),
    Column("startdatum", "date", "eerste dag", required=True),
    Column("einddatum", "date", "laatste dag; leeg is nog open"),
    Column("functie", "text", "naam van de functie"),
    Column("uren_per_week", "decimal", "afgesproken uren per week", most=168),
    Column("uurtarief", "euro", "wat de werkgever per uur aan de gemeente betaalt (geen loon)", most=1_000),
    Column("gemeente", "text", "gemeente van de kandidaat"),
    Column("kvk_nummer", "kvk", "KvK-nummer van de werkgever"),
    Column("vestigingsnummer", "vestiging", "vestigingsnummer van de werkplek"),
    Column("inlener", "text", "waar het werk is, als de werkgever een uitzendbureau is"),
    Column("inlener_kvk", "kvk", "KvK-nummer van de inlener"),
    Column("uitzendbureau", "yes_no", "de werkgever is een uitzendbureau"),
    Column("beroepscode", "text", "code van het beroep"),
    Column("cao", "text", "cao die voor het werk geldt"),
    Column("sector", "text", "sector van de werkgever"),
    Column("gewerkte_uren", "decimal", "gewerkte uren in de hele plaatsing", most=100_000),
    Column("cao_uurloon", "euro", "bruto uurloon van een collega in dezelfde functie", most=1_000),
    Column("inleentarief", "euro", "wat de inlener het bureau per uur betaalt, of zou betalen", most=1_000),
    Column("loonwaarde", "percentage", "gemeten loonwaarde", most=200),
    Column("werkaard", "choice", "soort werk", choices=("tijdelijk", "structureel", "additioneel")),
    Column("reden", "text", "reden van de plaatsing, zoals piek, ziek, klus of vacature"),
    Column("vrijwillig", "yes_no", "de kandidaat doet vrijwillig mee"),
    Column("intentie_dienstverband", "yes_no", "de werkgever wil de kandidaat daarna in dienst nemen"),
    Column("begeleiding", "yes_no", "er is begeleiding"),
    Column("laatste_contact", "date", "laatste contact met de kandidaat"),
    Column("geboortejaar", "whole", "geboortejaar van de kandidaat"),
    Column("uitkering_sinds", "date", "begin van de uitkering"),
    Column("premie", "euro", "premie die voor deze plaatsing is betaald", most=100_000),
    Column("verlenging_datum", "date", "datum van het besluit tot verlenging"),
    Column("verlenging_reden", "text", "reden van de verlenging"),
    Column("werkzame_personen", "whole", "aantal mensen dat op de werkplek werkt"),
    Column("uitstroom", "choice", "uitkomst na de plaatsing", choices=("nee", "deels", "volledig")),
    Column("uitstroom_naar", "choice", "uitstroom naar dezelfde of een andere werkgever", choices=("zelfde", "andere")),
)

BY_NAME = {column.name: column for column in COLUMNS}


def by_name(own: Iterable[Column] = ()) -> dict[str, Column]:
    """Every column by its name: those of the record, and a policy's own behind them."""
    return BY_NAME | {column.name: column for column in own}


ORIGIN = ("bestand", "blad", "rij")
"""Where a placement stands in the input: file name, sheet (Excel only), row as a spreadsheet numbers it."""

DERIVED = {
    "werkgever_sleutel": ("werkgever", "kvk_nummer"),
    "werkplek_sleutel": ("werkgever", "kvk_nummer"),
    "functie_sleutel": ("functie",),
    "leeftijd": ("geboortejaar",),
    "duur_dagen": (),
    "fase": (),
    "peildatum": (),
}
"""Columns that conditions may use beside the record, with the columns that are empty when they are."""

Instrument = Literal[
    "flextensie",
    "proefplaatsing",
    "werkervaringsplaats",
    "participatieplaats",
    "loonkostensubsidie",
    "beschut_werk",
    "stage",
    "detachering",
    "tegenprestatie",
]
INSTRUMENTS: tuple[Instrument, ...] = get_args(Instrument)

PHASES = ("voorgenomen", "lopend", "beeindigd")
VERDICTS = ("nvt", "geen_signaal", "niet_toetsbaar", "signaal")


def header_name(written: str) -> str:
    """Return the column name that a header spells: case, spaces and hyphens do not matter."""
    return "_".join(written.strip().casefold().replace("-", " ").replace("_", " ").split())
