"""Make the sample files: a messy export of the invented town Voorbeeldstad, its black list, and a clean file.

`python samples/maak.py` writes voorbeeldstad.csv, zwarte-lijst.csv and schoon.csv beside this file, and the placements
of the first once more in four other forms (export*), the same bytes every time. Town, firms, numbers and people are
invented. The docstring of a scenario names the rule it touches and the verdict of each placement on peildatum
2026-09-30 (`rule: verdict id, id; verdict id`). Whatever no scenario lists under `signaal` has no signal of any default
rule.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from io import StringIO
from itertools import count, cycle
from pathlib import Path
from random import Random
from typing import Any, TypeVar

PEILDATUM = date(2026, 9, 30)
SUMMER, LATE_SUMMER = ("2026-07-06", "2026-09-11"), ("2026-07-13", "2026-09-18")
FLEX, WEP, TRIAL = "flextensie", "werkervaringsplaats", "proefplaatsing"
Value = date | Decimal | bool | str | None
T = TypeVar("T")


# The record ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Plaatsing:
    """One placement; a text is written as it stands, also where a date or an amount belongs: so bad values are made."""

    plaatsing_id: str
    kandidaat_id: str
    werkgever: str
    instrument: str
    startdatum: date | str
    einddatum: date | str | None
    functie: str
    uren_per_week: Decimal | str | None = Decimal(24)
    uurtarief: Decimal | str | None = None
    gemeente: str = "Voorbeeldstad"
    kvk_nummer: str = ""
    vestigingsnummer: str = ""
    inlener: str = ""
    inlener_kvk: str = ""
    uitzendbureau: bool = False
    beroepscode: str = ""
    cao: str = ""
    sector: str = ""
    gewerkte_uren: Decimal | str | None = None
    cao_uurloon: Decimal | None = None
    inleentarief: Decimal | None = None
    loonwaarde: Decimal | None = None
    werkaard: str = "tijdelijk"
    reden: str = "piek"
    vrijwillig: bool | None = True
    intentie_dienstverband: bool | None = False
    begeleiding: bool | str | None = True
    laatste_contact: date | str | None = None
    geboortejaar: str = ""
    uitkering_sinds: date | None = None
    premie: Decimal | str | None = Decimal(0)
    verlenging_datum: date | str | None = None
    verlenging_reden: str = ""
    werkzame_personen: str = ""
    uitstroom: str = ""
    uitstroom_naar: str = ""

    @property
    def werkplek(self) -> str:
        """Where the work is done: at the firm that hires in, otherwise at the employer."""
        return self.inlener or self.werkgever


COLUMNS = tuple(field.name for field in fields(Plaatsing))
EURO = ("uurtarief", "cao_uurloon", "inleentarief", "premie")


@dataclass(frozen=True)
class Werkgever:
    """An invented firm with an invented KvK number."""

    naam: str
    kvk: str
    sector: str = "dienstverlening"
    mensen: int = 24


AGENCIES = (
    Werkgever("Uitzendbureau Duizendpoot & Zn.", "04999596", "uitzendbureaus"),
    Werkgever("Flexkrachten Lantaarnpaal B.V.", "18998583", "uitzendbureaus"),
    Werkgever("Werkbemiddeling Schakelkast", "13997017", "uitzendbureaus"),
)
CLEANER = Werkgever("Schoonmaakbedrijf Glimlicht B.V.", "15998884", "schoonmaak", 80)
PARCELS = Werkgever("Pakketdienst Hinkelsprong", "", "logistiek", 38)
FIELD = Werkgever("Kwekerij De Lange Greppel B.V.", "09995847", "land- en tuinbouw", 29)
LORRIES = Werkgever("Transportbedrijf Noorderstorm", "11998093", "transport", 46)
CATERER = Werkgever("Cateringbedrijf De Gedekte Plank", "12994415", "horeca", 18)
BLACK_LIST = (
    (CLEANER, "01-01-2025", "", "zeven plaatsingen, niemand in dienst genomen", "BW-2024-118"),
    (PARCELS, "01-03-2026", "", "plaatsingen op werk van ontslagen personeel", "BW-2026-014"),
    (FIELD, "01-01-2024", "31-12-2025", "afspraken over begeleiding niet nagekomen", "BW-2023-207"),
    (LORRIES, "15-05-2025", "", "tarief herhaaldelijk niet betaald", "BW-2025-051"),
    (CATERER, "01-09-2025", "31-08-2027", "structureel werk aangemeld als piek", "BW-2025-090"),
)


# What an employer pays per hour from a date on when nothing is wrong: just above the minimum wage with charges.
RATES = {
    "2015-01-01": "11.90", "2015-07-01": "11.95", "2016-01-01": "12.05", "2016-07-01": "12.15", "2017-01-01": "12.30",
    "2017-07-01": "12.40", "2018-01-01": "12.60", "2018-07-01": "12.70", "2019-01-01": "12.85", "2019-07-01": "13.00",
    "2020-01-01": "13.15", "2020-07-01": "13.35", "2021-01-01": "13.40", "2021-07-01": "13.55", "2022-01-01": "13.75",
    "2022-07-01": "14.00", "2023-01-01": "15.40", "2023-07-01": "15.90", "2024-01-01": "16.50", "2024-07-01": "17.00",
    "2025-01-01": "17.50", "2025-07-01": "18.00", "2026-01-01": "18.50", "2026-07-01": "18.75",
}  # fmt: skip
PAID = (FLEX, "detachering")
KIND_OF_WORK = {
    "participatieplaats": "additioneel",
    "tegenprestatie": "additioneel",
    "loonkostensubsidie": "structureel",
    "beschut_werk": "structureel",
}


def euro(text: str) -> Decimal:
    """Return an amount in whole cents."""
    return Decimal(text).quantize(Decimal("0.01"), ROUND_HALF_UP)


def plaatsing(
    number: str, person: int, firm: Werkgever, job: str, van: str, tot: str = "", soort: str = FLEX, **anders: Any
) -> Plaatsing:
    """Return a placement with which nothing is wrong, but for what `anders` names; an empty `tot` means still open."""
    start, end = date.fromisoformat(van), date.fromisoformat(tot) if tot else None
    ended = end is not None and end < PEILDATUM
    innocent = Plaatsing(
        plaatsing_id=number,
        kandidaat_id=f"{person:07d}",
        werkgever=firm.naam,
        instrument=soort,
        startdatum=start,
        einddatum=end,
        functie=job,
        uren_per_week=usual_hours(person, start, end, soort),
        uurtarief=usual_rate(start) + euro("0.50") if soort in PAID else None,
        kvk_nummer=firm.kvk,
        sector=firm.sector,
        werkaard=KIND_OF_WORK.get(soort, "tijdelijk"),
        intentie_dienstverband=soort == TRIAL,
        laatste_contact=last_contact(start, end),
        geboortejaar=str(1960 + person * 7 % 28),
        uitkering_sinds=start - timedelta(days=240 + person * 37 % 1500),
        premie=euro("180") if soort == FLEX and ended else euro("0"),
        werkzame_personen=str(firm.mensen),
        uitstroom="nee" if ended else "",
    )
    return replace(innocent, **anders)


def usual_rate(start: date) -> Decimal:
    return euro(next(rate for since, rate in reversed(RATES.items()) if since <= start.isoformat()))


def usual_hours(person: int, start: date, end: date | None, soort: str) -> Decimal | str | None:
    """Return 24 where the hours set the limit (Flextensie of over 90 days), elsewhere also none or variable ones."""
    if soort == FLEX and (end is None or (end - start).days > 90):
        return Decimal(24)
    return (*map(Decimal, ("24", "32", "24.5", "36", "28", "20")), None, "variabel")[person % 8]


def last_contact(start: date, end: date | None) -> date | None:
    """Return a day shortly before the end, or before the reference date; who has not started has had no contact yet."""
    if start > PEILDATUM:
        return None
    return max(start, min(end or PEILDATUM, PEILDATUM) - timedelta(days=12))


# The scenarios: one candidate after another --------------------------------------------------------------------------


def opvolging() -> list[Plaatsing]:
    """Three candidates in a row pack at one bakery, under three spellings of firm and job; the Holding is another firm.

    opvolging_zelfde_functie: signaal OPV-3; geen_signaal OPV-1, OPV-2, OPV-4, OPV-5
    """
    bakery = Werkgever("Bakkerij De Korenaar B.V.", "06995185", "voeding", 35)
    holding = Werkgever("Bakkerij De Korenaar Holding B.V.", "33996874", "voeding", 6)
    return [
        plaatsing("OPV-1", 7001, bakery, "inpakker", "2025-11-03", "2026-01-30"),
        plaatsing("OPV-2", 7002, bakery, "Medewerker inpak (m/v)", "2026-02-16", "2026-05-15",
                  werkgever="bakkerij de korenaar bv"),
        plaatsing("OPV-3", 7003, bakery, "verpakker 32 uur", "2026-06-08", "2026-08-28",
                  werkgever="BAKKERIJ  DE KORENAAR", kvk_nummer="", uren_per_week=Decimal(32)),
        plaatsing("OPV-4", 7004, bakery, "bezorger", "2026-06-15", "2026-08-14"),
        plaatsing("OPV-5", 7005, holding, "inpakmedewerker", "2026-06-22", "2026-08-28"),
    ]  # fmt: skip


def opvolging_op_de_grens() -> list[Plaatsing]:
    """A gap of exactly 183 days still counts as a row; one of 184 days does not; the same candidate is no successor.

    opvolging_zelfde_functie: signaal OPG-3; geen_signaal OPG-2, OPG-6, OPG-9
    """
    within = Werkgever("Drukkerij De Zetspiegel V.O.F.", "35999684", "grafisch", 12)
    beyond = Werkgever("Zeefdrukkerij Rakelpad B.V.", "01998628", "grafisch", 9)
    same = Werkgever("Boekbinderij Rugvouw", "30991849", "grafisch", 5)
    return [
        plaatsing("OPG-1", 7011, within, "vouwer", "2025-09-01", "2025-11-14"),
        plaatsing("OPG-2", 7012, within, "vouwer", "2025-12-01", "2026-01-30"),
        plaatsing("OPG-3", 7013, within, "vouwer", "2026-08-02", "2026-09-25"),
        plaatsing("OPG-4", 7014, beyond, "vouwer", "2025-09-01", "2025-11-14"),
        plaatsing("OPG-5", 7015, beyond, "vouwer", "2025-12-01", "2026-01-30"),
        plaatsing("OPG-6", 7016, beyond, "vouwer", "2026-08-03", "2026-09-25"),
        plaatsing("OPG-7", 7017, same, "vouwer", "2025-09-01", "2025-10-31"),
        plaatsing("OPG-8", 7017, same, "vouwer", "2026-01-12", "2026-03-06"),
        plaatsing("OPG-9", 7017, same, "vouwer", "2026-07-06", "2026-08-28"),
    ]


def opvolging_bij_inlener() -> list[Plaatsing]:
    """Three candidates through two agencies at one firm that hires them in: the place of work is that firm.

    opvolging_zelfde_functie: signaal OPI-3; geen_signaal OPI-1, OPI-2
    """
    first, second, _ = AGENCIES
    there: dict[str, Any] = {
        "uitzendbureau": True, "inlener": "Distributiecentrum Ooievaarsnest B.V.", "inlener_kvk": "13997091",
        "uurtarief": euro("19.50"), "inleentarief": euro("19.50"),
    }  # fmt: skip
    return [
        plaatsing("OPI-1", 7021, first, "orderpicker", "2025-12-01", "2026-02-13", **there),
        plaatsing("OPI-2", 7022, second, "orderpicker", "2026-03-02", "2026-05-15", **there),
        plaatsing("OPI-3", 7023, first, "orderpicker", "2026-06-01", "2026-08-14", **there),
    ]


def opvolging_over_vestigingen() -> list[Plaatsing]:
    """Two shops of one chain are two places of work, so the third candidate is only the second in his shop.

    opvolging_zelfde_functie: geen_signaal VST-1, VST-2, VST-3
    """
    chain = Werkgever("Drogisterijketen Zeepbel B.V.", "05995039", "detailhandel", 40)
    return [
        plaatsing("VST-1", 7031, chain, "vakkenvuller", "2025-12-01", "2026-02-13", vestigingsnummer="000099410018"),
        plaatsing("VST-2", 7032, chain, "vakkenvuller", "2026-03-02", "2026-05-15", vestigingsnummer="000099410026"),
        plaatsing("VST-3", 7033, chain, "vakkenvuller", "2026-06-01", "2026-08-14", vestigingsnummer="000099410018"),
    ]


def bezetting() -> list[Plaatsing]:
    """A laundry job is held by overlapping candidates for more than a year; next door it stops one day short of a year.

    doorlopende_bezetting: signaal BEZ-3; geen_signaal BEZ-1, BEZ-2, BEZ-6
    """
    always = Werkgever("Wasserij Het Witte Laken B.V.", "22999908", "textiel", 28)
    short = Werkgever("Stomerij Vouwlijn", "13995085", "textiel", 7)
    return [
        plaatsing("BEZ-1", 7041, always, "medewerker linnenkamer", "2025-07-07", "2025-12-19"),
        plaatsing("BEZ-2", 7042, always, "medewerker linnenkamer", "2025-12-01", "2026-05-29"),
        plaatsing("BEZ-3", 7043, always, "medewerker linnenkamer", "2026-05-11", "2026-10-30"),
        plaatsing("BEZ-4", 7044, short, "medewerker linnenkamer", "2025-07-07", "2025-12-19"),
        plaatsing("BEZ-5", 7045, short, "medewerker linnenkamer", "2025-12-01", "2026-05-29"),
        plaatsing("BEZ-6", 7046, short, "medewerker linnenkamer", "2026-05-11", "2026-07-06"),
    ]


def terugkeer() -> list[Plaatsing]:
    """A garden centre has the same peak every summer; another moves it to another quarter in the third year.

    terugkerende_piek: signaal TER-3; geen_signaal TER-1, TER-2, TER-6
    """
    yearly = Werkgever("Tuincentrum De Gietvloed", "01994550", "detailhandel", 18)
    shifting = Werkgever("Camping De Tentharing V.O.F.", "15997380", "recreatie", 11)
    same = (("2024-07-01", "2024-08-30"), ("2025-07-07", "2025-08-29"), ("2026-07-06", "2026-08-28"))
    other = (("2024-07-01", "2024-08-30"), ("2025-07-07", "2025-08-29"), ("2026-05-04", "2026-07-03"))
    return [
        *(plaatsing(f"TER-{n}", 7050 + n, yearly, "seizoenshulp", *weeks) for n, weeks in enumerate(same, 1)),
        *(plaatsing(f"TER-{n}", 7050 + n, shifting, "terreinhulp", *weeks) for n, weeks in enumerate(other, 4)),
    ]


def oogst() -> list[Plaatsing]:
    """Ten pickers at once are one round, and a second autumn in a row is still allowed.

    opvolging_zelfde_functie: geen_signaal OOG-13
    terugkerende_piek: geen_signaal OOG-4, OOG-13
    """
    orchard = Werkgever("Fruitbedrijf Appelhof de Klokhuisdijk", "15992178", "land- en tuinbouw", 15)
    picking: dict[str, Any] = {"uren_per_week": "variabel", "reden": "oogst"}
    last, now = ("2025-09-01", "2025-10-10"), ("2026-08-31", "2026-10-09")
    return [
        *(plaatsing(f"OOG-{n}", 7060 + n, orchard, "plukker", *last, **picking) for n in range(1, 4)),
        *(plaatsing(f"OOG-{n}", 7060 + n, orchard, "plukker", *now, **picking) for n in range(4, 14)),
    ]


# The scenarios: one candidate, too much or too long ------------------------------------------------------------------


def stapeling() -> list[Plaatsing]:
    """WEP, Flextensie, WEP on one job; after 184 days, or on another job with the same firm, it does not count.

    instrumenten_gestapeld: signaal STA-2, STA-3; geen_signaal STA-1, STA-5, STA-7
    dienstbetrekking_risico: signaal STA-3
    """
    gardener = Werkgever("Hoveniersbedrijf Groenrandje B.V.", "02998288", "groen", 14)
    nursery = Werkgever("Boomkwekerij Knoestpad", "14993166", "groen", 8)
    mixed = Werkgever("Kopieerhuis Inktpot", "10991087", "grafisch", 6)
    return [
        plaatsing("STA-1", 7081, gardener, "hulp hovenier", "2025-12-01", "2026-02-27", WEP),
        plaatsing("STA-2", 7081, gardener, "hulp hovenier", "2026-03-02", "2026-05-29"),
        plaatsing("STA-3", 7081, gardener, "hulp hovenier", "2026-06-08", "2026-08-28", WEP),
        plaatsing("STA-4", 7082, nursery, "stekker", "2025-11-03", "2025-12-31", WEP),
        plaatsing("STA-5", 7082, nursery, "stekker", "2026-07-04", "2026-08-28"),
        plaatsing("STA-6", 7083, mixed, "archiefhulp", "2026-04-01", "2026-05-29", WEP),
        plaatsing("STA-7", 7083, mixed, "chauffeur", "2026-06-15", "2026-08-28"),
    ]


def duur() -> list[Plaatsing]:
    """More than 28 hours: three months; exactly 28: six. Unknown hours decide only below three and above six months.

    duur_te_lang: signaal DUU-1, DUU-4; geen_signaal DUU-2, DUU-5, DUU-6, DUU-7; niet_toetsbaar DUU-3
    dienstbetrekking_risico: signaal DUU-4
    """
    store = Werkgever("Magazijn Stapelhoog B.V.", "02994530", "logistiek", 60)
    return [
        plaatsing("DUU-1", 7091, store, "heftruckchauffeur", "2026-03-02", "2026-07-31", uren_per_week=Decimal(32)),
        plaatsing("DUU-2", 7092, store, "laadmeester", "2026-03-02", "2026-07-31", uren_per_week=Decimal(28)),
        plaatsing("DUU-3", 7093, store, "portier", "2026-04-01", "2026-08-14", uren_per_week=None),
        plaatsing("DUU-4", 7094, store, "planner", "2026-01-12", "2026-08-21", uren_per_week="variabel"),
        plaatsing("DUU-5", 7095, store, "retourmedewerker", "2026-06-01", "2026-08-31", uren_per_week=Decimal(36)),
        plaatsing("DUU-6", 7096, store, "teller", "2026-04-06", "2026-08-28",
                  uren_per_week="variabel", gewerkte_uren=Decimal(415)),
        plaatsing("DUU-7", 7097, store, "schoonmaker", "2026-08-03"),
    ]  # fmt: skip


def duur_opgeteld() -> list[Plaatsing]:
    """Two spells with 31 days between them are one spell, with 32 days they are two.

    duur_te_lang: signaal DUO-2; geen_signaal DUO-1, DUO-4
    """
    paint = Werkgever("Verfgroothandel Kleurenwaaier B.V.", "15993727", "groothandel", 22)
    hours = Decimal(36)
    return [
        plaatsing("DUO-1", 7101, paint, "verfmenger", "2026-03-02", "2026-04-17", uren_per_week=hours),
        plaatsing("DUO-2", 7101, paint, "verfmenger", "2026-05-19", "2026-07-10", uren_per_week=hours),
        plaatsing("DUO-3", 7102, paint, "baliemedewerker", "2026-03-02", "2026-04-17", uren_per_week=hours),
        plaatsing("DUO-4", 7102, paint, "baliemedewerker", "2026-05-20", "2026-07-10", uren_per_week=hours),
    ]


def dienstbetrekking() -> list[Plaatsing]:
    """Two jobs at one firm add up to more than six months; for the other candidate to exactly six.

    dienstbetrekking_risico: signaal DNB-2; geen_signaal DNB-1, DNB-4
    """
    canteen = Werkgever("Bedrijfsrestaurant De Soeplepel B.V.", "19996138", "horeca", 19)
    return [
        plaatsing("DNB-1", 7111, canteen, "keukenhulp", "2026-01-05", "2026-04-17", WEP),
        plaatsing("DNB-2", 7111, canteen, "medewerker bediening", "2026-04-20", "2026-07-17"),
        plaatsing("DNB-3", 7112, canteen, "afwashulp", "2026-01-05", "2026-04-17", WEP),
        plaatsing("DNB-4", 7112, canteen, "kassamedewerker", "2026-04-20", "2026-07-04"),
    ]


def proefplaatsing() -> list[Plaatsing]:
    """Three months, with a decision six; without a trace of that decision nobody can tell.

    proefplaatsing_te_lang: signaal PRO-1, PRO-2; geen_signaal PRO-3, PRO-4; niet_toetsbaar PRO-5
    proefplaatsing_boven_maximum: signaal PRO-1, PRO-2; geen_signaal PRO-3, PRO-4, PRO-5
    dienstbetrekking_risico: signaal PRO-1, PRO-2; geen_signaal PRO-3
    """
    bikes = Werkgever("Fietsfabriek Tandwielhof B.V.", "02999834", "metaal", 48)
    decision: dict[str, Any] = {
        "verlenging_datum": date(2026, 4, 20),
        "verlenging_reden": "inwerken duurt langer; opleiding gepland",
    }
    return [
        plaatsing("PRO-1", 7121, bikes, "monteur", "2026-01-05", "2026-08-14", TRIAL),
        plaatsing("PRO-2", 7122, bikes, "lasser", "2026-02-02", "2026-09-18", TRIAL, **decision),
        plaatsing("PRO-3", 7123, bikes, "poedercoater", "2026-02-02", "2026-08-01", TRIAL, **decision),
        plaatsing("PRO-4", 7124, bikes, "wielspaker", "2026-06-01", "2026-08-31", TRIAL),
        plaatsing("PRO-5", 7125, bikes, "inkoopassistent", "2026-05-04", "2026-08-28", TRIAL),
    ]


def werkervaringsplaats() -> list[Plaatsing]:
    """Six months is the limit for a werkervaringsplaats.

    werkervaringsplaats_te_lang: signaal WEP-1; geen_signaal WEP-2
    dienstbetrekking_risico: signaal WEP-1; geen_signaal WEP-2
    """
    archive = Werkgever("Stichting Streekarchief Perkamentveld", "15994225", "cultuur", 10)
    return [
        plaatsing("WEP-1", 7131, archive, "archiefmedewerker", "2026-01-12", "2026-07-24", WEP),
        plaatsing("WEP-2", 7132, archive, "gastheer", "2026-02-02", "2026-08-01", WEP),
    ]


def participatieplaats() -> list[Plaatsing]:
    """Two years at most, additional work only.

    participatieplaats_te_lang: signaal PAR-1; geen_signaal PAR-2, PAR-3
    regulier_werk_op_participatieplaats: signaal PAR-3, PAR-4; geen_signaal PAR-1, PAR-2; niet_toetsbaar PAR-5
    structureel_werk: signaal PAR-3
    """
    park = Werkgever("Stichting Stadspark Eekhoornbos", "38997278", "groen", 16)
    hall = Werkgever("Buurthuis De Ronde Tafel", "04991353", "welzijn", 4)
    kind = "participatieplaats"
    return [
        plaatsing("PAR-1", 7141, park, "parkgastheer", "2024-03-04", "2026-08-28", kind),
        plaatsing("PAR-2", 7142, park, "kinderboerderijhulp", "2024-09-02", "2026-09-01", kind),
        plaatsing("PAR-3", 7143, hall, "conciërge", "2026-02-02", "", kind, werkaard="structureel"),
        plaatsing("PAR-4", 7144, hall, "kookhulp", "2026-04-06", "", kind, werkaard="tijdelijk"),
        plaatsing("PAR-5", 7145, hall, "tuinhulp", "2026-05-04", "", kind, werkaard=""),
    ]


# The scenarios: money ------------------------------------------------------------------------------------------------


def tarief_ondergrens() -> list[Plaatsing]:
    """The operator's floor was 11,75 in 2015 and 12,30 in 2017; what came later is not known.

    tarief_onder_ondergrens: signaal ONG-1, ONG-3; geen_signaal ONG-2, ONG-4; niet_toetsbaar ONG-5
    tarief_onder_wml_met_lasten: signaal ONG-1, ONG-3; geen_signaal ONG-2, ONG-4
    """
    packers = Werkgever("Pakstraat Elastiek B.V.", "21997797", "logistiek", 50)
    return [
        plaatsing("ONG-1", 7151, packers, "dozenvouwer", "2015-03-02", "2015-05-29", uurtarief=euro("11.50")),
        plaatsing("ONG-2", 7152, packers, "stickeraar", "2015-02-02", "2015-04-24", uurtarief=euro("11.75")),
        plaatsing("ONG-3", 7153, packers, "dozenvouwer", "2017-03-06", "2017-05-26", uurtarief=euro("12.00")),
        plaatsing("ONG-4", 7154, packers, "stickeraar", "2017-02-06", "2017-04-28", uurtarief=euro("12.30")),
        plaatsing("ONG-5", 7155, packers, "dozenvouwer", "2018-03-05", "2018-05-25", uurtarief=euro("13.00")),
    ]


def tarief_wml() -> list[Plaatsing]:
    """Below the minimum wage at the start, or because the minimum wage rises on the way; the young have a lower one.

    tarief_onder_wml: signaal WML-1, WML-2, WML-3, WML-4; geen_signaal WML-5, WML-6
    tarief_onder_wml_met_lasten: signaal WML-1, WML-2, WML-3, WML-4, WML-5; geen_signaal WML-6
    """
    cleaners = Werkgever("Schoonmaakcollectief Dweilpauze", "15993387", "schoonmaak", 70)
    return [
        plaatsing("WML-1", 7161, cleaners, "glazenwasser", "2025-03-03", "2025-05-23", uurtarief=euro("13.50")),
        plaatsing("WML-2", 7162, cleaners, "tapijtreiniger", "2026-08-03", "", uurtarief=euro("14.50")),
        plaatsing("WML-3", 7163, cleaners, "schoonmaker kantoren", "2025-11-03", "2026-01-30", uurtarief=euro("14.50")),
        plaatsing("WML-4", 7164, cleaners, "gevelreiniger", "2026-05-04", "2026-07-31", uurtarief=euro("14.80")),
        plaatsing("WML-5", 7165, cleaners, "keukenreiniger", "2026-04-06", "2026-06-30", uurtarief=euro("14.71")),
        plaatsing("WML-6", 7166, cleaners, "zwembadhulp", "2026-07-06", "2026-08-28",
                  uurtarief=euro("14.00"), geboortejaar="2006"),
    ]  # fmt: skip


def tarief_met_lasten() -> list[Plaatsing]:
    """Above the minimum wage, below what it costs with charges (18,51 from July 2026, ten cents tolerance).

    tarief_onder_wml_met_lasten: signaal LAS-1; geen_signaal LAS-2
    """
    bottles = Werkgever("Drankengroothandel Kurkdroog B.V.", "04992067", "groothandel", 33)
    return [
        plaatsing("LAS-1", 7171, bottles, "flessensorteerder", *SUMMER, uurtarief=euro("16.50")),
        plaatsing("LAS-2", 7172, bottles, "bijrijder", *SUMMER, uurtarief=euro("18.41")),
    ]


def tarief_cao() -> list[Plaatsing]:
    """A colleague costs 16,20 × 1,235 = 20,01 per hour; 15,38 × 1,235 = 18,99 is exactly covered.

    tarief_onder_cao: signaal CAO-1; geen_signaal CAO-2
    """
    roofers = Werkgever("Dakdekkersbedrijf Leipan B.V.", "20995937", "bouw", 17)
    return [
        plaatsing("CAO-1", 7181, roofers, "opperman", *LATE_SUMMER,
                  cao="Bouw & Infra", uurtarief=euro("19.00"), cao_uurloon=euro("16.20")),
        plaatsing("CAO-2", 7182, roofers, "werfhulp", *LATE_SUMMER,
                  cao="Bouw & Infra", uurtarief=euro("18.99"), cao_uurloon=euro("15.38")),
    ]  # fmt: skip


def uitzendbureau() -> list[Plaatsing]:
    """What the firm pays the agency against what the agency pays the municipality; twenty per cent is the limit.

    tarief_onder_inleentarief: signaal UZB-1, UZB-2, UZB-3; geen_signaal UZB-4
    uitzendmarge: signaal UZB-1; geen_signaal UZB-2, UZB-4; nvt UZB-3
    inlener_onbekend: signaal UZB-5, UZB-6; geen_signaal UZB-1, UZB-2, UZB-4, UZB-7; nvt UZB-3
    """
    _, agency, other = AGENCIES
    cannery = Werkgever("Conservenfabriek Weckring B.V.", "36991055", "voeding", 90)
    there: dict[str, Any] = {
        "uitzendbureau": True, "inlener": cannery.naam, "inlener_kvk": cannery.kvk, "uurtarief": euro("20.00"),
    }  # fmt: skip
    nowhere: dict[str, Any] = {"uitzendbureau": True, "inleentarief": euro("18.90"), "uurtarief": euro("18.90")}
    return [
        plaatsing("UZB-1", 7191, agency, "lijnoperator", *SUMMER, **there, inleentarief=euro("24.50")),
        plaatsing("UZB-2", 7192, agency, "etiketteerder", *SUMMER, **there, inleentarief=euro("24.00")),
        plaatsing("UZB-3", 7193, cannery, "kwaliteitscontroleur", *SUMMER,
                  uurtarief=euro("19.00"), inleentarief=euro("19.50")),
        plaatsing("UZB-4", 7194, agency, "potlepelaar", *SUMMER, **there, inleentarief=euro("20.00")),
        plaatsing("UZB-5", 7195, other, "allround kracht", "2026-07-20", "2026-09-18", **nowhere),
        plaatsing("UZB-6", 7196, other, "verhuishulp", "2026-08-03", "", **nowhere),
        plaatsing("UZB-7", 7197, other, "standbouwer", "2026-07-20", "2026-09-18", **nowhere, inlener_kvk="06996536"),
    ]  # fmt: skip


def premie() -> list[Plaatsing]:
    """At most 3.398 euro of premium per candidate in 2026; two years are two sums.

    premie_boven_maximum: signaal PRE-2; geen_signaal PRE-1, PRE-4, PRE-6
    """
    one = Werkgever("Textielsortering Draadeinde B.V.", "12996078", "textiel", 25)
    two = Werkgever("Kantinebeheer Broodtrommel B.V.", "21996014", "horeca", 13)
    return [
        plaatsing("PRE-1", 7201, one, "sorteerder", "2026-01-12", "2026-05-29", premie=euro("2000")),
        plaatsing("PRE-2", 7201, two, "barista", "2026-06-15", "2026-08-28", premie=euro("1500")),
        plaatsing("PRE-3", 7202, one, "baalpersbediener", "2026-01-12", "2026-05-29", premie=euro("2000")),
        plaatsing("PRE-4", 7202, two, "smeerder", "2026-06-15", "2026-08-28", premie=euro("1398")),
        plaatsing("PRE-5", 7203, one, "strijker", "2025-08-04", "2025-12-19", premie=euro("3000")),
        plaatsing("PRE-6", 7203, two, "dienbladloper", "2026-06-15", "2026-08-28", premie=euro("3000")),
    ]


# The scenarios: employers --------------------------------------------------------------------------------------------


def structureel() -> list[Plaatsing]:
    """Structural work asks for the intention to hire, except where a lasting subsidy is the purpose.

    structureel_werk: signaal STR-1; geen_signaal STR-2; niet_toetsbaar STR-3; nvt STR-4
    """
    school = Werkgever("Scholengroep Krijtbord", "05996173", "onderwijs", 120)
    lasting: dict[str, Any] = {"werkaard": "structureel", "reden": "vacature"}
    return [
        plaatsing("STR-1", 7211, school, "hulpconciërge", "2026-08-17", "", **lasting),
        plaatsing("STR-2", 7212, school, "toezichthouder", "2026-08-17", "", **lasting, intentie_dienstverband=True),
        plaatsing("STR-3", 7213, school, "kopieermedewerker", "2026-08-17", "", **lasting, intentie_dienstverband=None),
        plaatsing("STR-4", 7214, school, "klusser", "2026-03-02", "", "loonkostensubsidie", loonwaarde=Decimal(60)),
    ]


def zwarte_lijst() -> list[Plaatsing]:
    """Listed by number, by name, and as the firm that hires in; after the listed period; only similar; a namesake.

    zwarte_lijst: signaal ZWA-1, ZWA-2, ZWA-3, ZWA-7; geen_signaal ZWA-4; niet_toetsbaar ZWA-5, ZWA-6
    """
    renamed, numbered = Werkgever("Facilitair Bureau Schoongoud", CLEANER.kvk), replace(PARCELS, kvk="25993885")
    similar, namesake = Werkgever("Transportbedrijf De Noorderstorm", ""), replace(CATERER, kvk="01995197")
    hired: dict[str, Any] = {
        "uitzendbureau": True, "inlener": "Schoonmaakbedrijf Glimlicht BV", "inlener_kvk": CLEANER.kvk,
        "uurtarief": euro("19.40"), "inleentarief": euro("19.40"),
    }  # fmt: skip
    return [
        plaatsing("ZWA-1", 7221, renamed, "vloerreiniger", *SUMMER),
        plaatsing("ZWA-2", 7222, numbered, "pakketsorteerder", "2026-07-06"),
        plaatsing("ZWA-3", 7223, FIELD, "wieder", "2025-04-07", "2025-06-20"),
        plaatsing("ZWA-4", 7224, FIELD, "bollenpeller", *SUMMER),
        plaatsing("ZWA-5", 7225, similar, "bijrijder", *LATE_SUMMER),
        plaatsing("ZWA-6", 7226, namesake, "serveerhulp", *LATE_SUMMER),
        plaatsing("ZWA-7", 7227, AGENCIES[0], "sanitairreiniger", *LATE_SUMMER, **hired),
    ]


def doorstroom() -> list[Plaatsing]:
    """Five finished placements and nobody hired; with one hire, or with one outcome unknown, it is another story.

    geen_doorstroom: signaal DOO-6; geen_signaal DOO-5, DOO-16; niet_toetsbaar DOO-26
    """
    nobody = Werkgever("Congrescentrum Naambordje B.V.", "10996859", "horeca", 55)
    someone = Werkgever("Beurshal Rodeloper B.V.", "37997623", "horeca", 45)
    unknown = Werkgever("Evenementenhal Dranghek B.V.", "01999995", "horeca", 40)
    jobs = ("garderobehulp", "zaalopbouwer", "receptionist", "broodjessmeerder", "parkeerwacht", "geluidshulp")
    weeks = (("2024-11-04", "2025-01-17"), ("2025-02-03", "2025-04-11"), ("2025-05-06", "2025-07-11"),
             ("2025-09-01", "2025-11-07"), ("2026-01-12", "2026-03-20"), SUMMER)  # fmt: skip
    hired = {"uitstroom": "volledig", "uitstroom_naar": "zelfde"}
    halls: tuple[tuple[int, Werkgever, dict[str, Any]], ...] = (
        (0, nobody, {}), (10, someone, hired), (20, unknown, {"uitstroom": ""}),
    )  # fmt: skip
    return [
        plaatsing(f"DOO-{tens + n}", 7230 + tens + n, hall, job, *weeks[n - 1], **(third if n == 3 else {}))
        for tens, hall, third in halls
        for n, job in enumerate(jobs, 1)
    ]


# The scenarios: safeguards for the candidate -------------------------------------------------------------------------


def waarborgen() -> list[Plaatsing]:
    """Voluntary, with guidance, and on a trial placement with the intention to hire; there was a report on this firm.

    niet_vrijwillig: signaal WAA-1; geen_signaal WAA-3; nvt WAA-2
    uitkering_te_kort: signaal WAA-3; nvt WAA-2
    meldpunt: signaal WAA-1, WAA-2, WAA-3, WAA-4, WAA-5, WAA-6, WAA-7
    geen_begeleiding: signaal WAA-3; niet_toetsbaar WAA-4
    intentie_ontbreekt: signaal WAA-5; geen_signaal WAA-6; niet_toetsbaar WAA-7
    """
    post = Werkgever("Postverwerking Frankeerwijs", "21997166", "logistiek", 21)
    return [
        plaatsing("WAA-1", 7261, post, "postsorteerder", *SUMMER, vrijwillig=False),
        plaatsing("WAA-2", 7262, post, "scanmedewerker", *SUMMER, WEP, vrijwillig=False),
        plaatsing(
            "WAA-3", 7263, post, "frankeerder", *LATE_SUMMER, begeleiding=False, uitkering_sinds=date(2026, 7, 1)
        ),
        plaatsing("WAA-4", 7264, post, "bode", *LATE_SUMMER, begeleiding=None),
        plaatsing("WAA-5", 7265, post, "telefonist", "2026-07-20", "2026-09-18", TRIAL, intentie_dienstverband=False),
        plaatsing("WAA-6", 7266, post, "typist", "2026-07-20", "2026-09-18", TRIAL),
        plaatsing("WAA-7", 7267, post, "baliehulp", "2026-07-20", "2026-09-18", TRIAL, intentie_dienstverband=None),
    ]


def contact() -> list[Plaatsing]:
    """Running for more than 42 days: contact of exactly 42 days ago will do, longer ago will not, none cannot be told.

    geen_contact: signaal CON-1; geen_signaal CON-2; niet_toetsbaar CON-3
    """
    zoo = Werkgever("Vogelopvang Kuifveer", "28991148", "dierenzorg", 9)
    return [
        plaatsing("CON-1", 7271, zoo, "volièrehulp", "2026-07-06", "", laatste_contact=date(2026, 7, 20)),
        plaatsing("CON-2", 7272, zoo, "voerbereider", "2026-07-06", "", laatste_contact=date(2026, 8, 19)),
        plaatsing("CON-3", 7273, zoo, "kassahulp", "2026-07-06", "", laatste_contact="01-01-1900"),
        plaatsing("CON-4", 7274, zoo, "nestkastbouwer", "2026-09-07", ""),
    ]


def proef_na_werk() -> list[Plaatsing]:
    """A trial placement after the candidate already did that job there; after another job, or elsewhere, it is one.

    proefplaatsing_na_eerder_werk: signaal HER-2; geen_signaal HER-4, HER-6
    """
    joiner = Werkgever("Timmerfabriek Zwaluwstaartje B.V.", "05991765", "hout", 30)
    other = Werkgever("Meubelmakerij Deuvelgat", "32993964", "hout", 8)
    return [
        plaatsing("HER-1", 7281, joiner, "machinaal houtbewerker", "2023-05-01", "2023-07-28", WEP),
        plaatsing("HER-2", 7281, joiner, "Machinaal houtbewerker (m/v)", "2026-07-06", "2026-09-25", TRIAL),
        plaatsing("HER-3", 7282, joiner, "lakspuiter", "2023-05-01", "2023-07-28", WEP),
        plaatsing("HER-4", 7282, joiner, "werkvoorbereider", "2026-07-06", "2026-09-25", TRIAL),
        plaatsing("HER-5", 7283, joiner, "stoelenmaker", "2023-09-04", "2023-11-24", WEP),
        plaatsing("HER-6", 7283, other, "stoelenmaker", "2026-07-06", "2026-09-25", TRIAL),
    ]


def voorgenomen() -> list[Plaatsing]:
    """Planned after the reference date; one of them will be too long, and no minimum wage is known for next year.

    duur_te_lang: signaal VOO-2; geen_signaal VOO-1, VOO-3
    tarief_onder_wml: geen_signaal VOO-1; niet_toetsbaar VOO-2, VOO-3
    """
    ice = Werkgever("IJsbaan Krabbelkrul B.V.", "29994219", "recreatie", 12)
    return [
        plaatsing("VOO-1", 7291, ice, "ijsmeesterhulp", "2026-10-05", "2026-12-24"),
        plaatsing("VOO-2", 7292, ice, "schaatsverhuurder", "2026-10-12", "2027-03-12", uren_per_week=Decimal(32)),
        plaatsing("VOO-3", 7293, ice, "kantinehulp", "2027-01-04", "2027-02-26"),
        plaatsing("VOO-4", 7294, ice, "chocolademelkschenker", "2026-11-02", "", WEP),
    ]


def lijkt_erop() -> list[Plaatsing]:
    """A slip of the pen that no machine may mend: offered as "mogelijk dezelfde", never merged.

    opvolging_zelfde_functie: geen_signaal LIJ-1, LIJ-2, LIJ-3
    """
    biscuits = Werkgever("Koekfabriek Kruimelgoud B.V.", "01995031", "voeding", 65)
    slip = Werkgever("Koekfabriek Kruimelgout", "", "voeding", 65)
    return [
        plaatsing("LIJ-1", 7301, biscuits, "deegwalser", "2025-12-01", "2026-02-20"),
        plaatsing("LIJ-2", 7302, slip, "deegwalser", "2026-03-09", "2026-05-22"),
        plaatsing("LIJ-3", 7303, biscuits, "deegwalser", "2026-06-08", "2026-08-28"),
    ]


# The scenarios: what cannot be read ----------------------------------------------------------------------------------


def afgekeurd() -> list[Plaatsing]:
    """Rows that are no placement: AFK-1 to AFK-8, the second AFK-9 (the first stays), and both AFK-10."""
    mill = Werkgever("Meelmolen Wiekslag", "39998572", "voeding", 9)
    twice = plaatsing("AFK-9", 7319, mill, "molengids", "2025-03-03", "2025-05-16")
    return [
        plaatsing("AFK-1", 7311, mill, "zakkenvuller", "2025-02-03", "2025-05-16", startdatum="31-02-2025"),
        plaatsing("AFK-2", 7312, mill, "zakkenvuller", "2025-02-03", "2025-05-16", startdatum="onbekend"),
        plaatsing("AFK-3", 7313, mill, "zakkenvuller", "2025-09-01", "2025-10-31", einddatum=date(2025, 8, 1)),
        plaatsing("AFK-4", 7314, mill, "zakkenvuller", "2025-09-01", "2025-10-31", "vrijwilliger"),
        plaatsing("AFK-5", 0, mill, "zakkenvuller", "2025-09-01", "2025-10-31", kandidaat_id=""),
        plaatsing("AFK-6", 7316, mill, "zakkenvuller", "2025-09-01", "2025-10-31", einddatum="eind oktober"),
        plaatsing("AFK-7", 7317, mill, "zakkenvuller", "2025-09-01", "2025-10-31", werkgever="", kvk_nummer=""),
        plaatsing("AFK-8", 7318, mill, "zakkenvuller", "2025-09-01", "2025-10-31", instrument=""),
        twice,
        twice,
        plaatsing("AFK-10", 7320, mill, "zakkenvuller", "2024-03-04", "2024-05-17"),
        plaatsing("AFK-10", 7321, mill, "molenaarshulp", "2024-06-03", "2024-08-16"),
    ]


def onleesbaar() -> list[Plaatsing]:
    """One optional value of each of these cannot be read: emptied, with a warning; the placement stays."""
    shop = Werkgever("Kringloopwinkel De Zolderschat", "21999396", "detailhandel", 14)
    bad: tuple[tuple[str, dict[str, Any]], ...] = (
        ("verkoophulp", {"uurtarief": "n.v.t."}),
        ("meubelsjouwer", {"uren_per_week": "ca. 30"}),
        ("kledinghanger", {"laatste_contact": "vorige week"}),
        ("boekensorteerder", {"kvk_nummer": "12AB"}),
        ("elektrotester", {"gewerkte_uren": "1.040"}),
        ("etaleur", {"geboortejaar": "19?7"}),
        ("fietsenmaker", {"premie": "volgt"}),
        ("winkelhulp", {"begeleiding": "soms"}),
        ("inzamelaar", {"werkaard": "seizoen"}),
        ("prijzer", {"uitstroom": "misschien"}),
        ("lampenmaker", {"verlenging_datum": "30-02-2026"}),
    )
    weeks = ("2026-06-15", "2026-08-28")
    return [plaatsing(f"WRN-{n}", 7330 + n, shop, job, *weeks, **value) for n, (job, value) in enumerate(bad, 1)]


SCENARIOS = (
    opvolging, opvolging_op_de_grens, opvolging_bij_inlener, opvolging_over_vestigingen, bezetting, terugkeer, oogst,
    stapeling, duur, duur_opgeteld, dienstbetrekking, proefplaatsing, werkervaringsplaats, participatieplaats,
    tarief_ondergrens, tarief_wml, tarief_met_lasten, tarief_cao, uitzendbureau, premie,
    structureel, zwarte_lijst, doorstroom, waarborgen, contact, proef_na_werk, voorgenomen, lijkt_erop,
    afgekeurd, onleesbaar,
)  # fmt: skip


# The ordinary rest ---------------------------------------------------------------------------------------------------

ORDINARY = (
    (Werkgever("Meubelfabriek Eikenspoor B.V.", "29996941", "hout", 44), ("schuurder", "stoffeerdershulp")),
    (Werkgever("Lunchroom Café 't Zilte Bankje", "04995516", "horeca", 8), ("afwasser", "medewerker bediening")),
    (Werkgever("Kraanvogel & Dochters Logistiek B.V.", "12996119", "logistiek", 75), ("orderpicker", "loodshulp")),
    (Werkgever("Plantsoenbedrijf Klaverpad", "08996190", "groen", 20), ("medewerker groenvoorziening", "bladblazer")),
    (Werkgever("Recycling Tweede Ronde V.O.F.", "19993907", "afval", 17), ("demonteur", "sorteerder")),
    (Werkgever("Bouwmarkt Spijkervast", "08996067", "detailhandel", 29), ("vakkenvuller", "zager")),
    (Werkgever("Zuivelhandel Roomhoorn B.V.", "25993646", "groothandel", 23), ("kaassnijder", "chauffeur")),
    (Werkgever("Installatiebedrijf Koperkrul B.V.", "01999741", "bouw", 37), ("leidingmonteur", "magazijnhulp")),
    (Werkgever("Buurtsuper Boodschappenplein", "11994888", "detailhandel", 27), ("vakkenvuller", "broodafbakker")),
    (Werkgever("Hotel De Diepe Slaapmuts", "33996633", "horeca", 41), ("kamerhulp", "ontbijtmedewerker")),
    (Werkgever("Bloemenveem Stampersteel B.V.", "24997910", "groothandel", 52), ("bosser", "inpakker")),
    (Werkgever("Schoenfabriek Gaatjesleest B.V.", "14991912", "leer", 19), ("stikker", "inpakmedewerker")),
    (Werkgever("Kaarsenmakerij Lontje & Vlam", "35999086", "industrie", 15), ("gieter", "verpakker")),
    (Werkgever("Visafslag Zilverschub B.V.", "02993175", "voeding", 34), ("fileerhulp", "kistenspoeler")),
)
HOURS = tuple(map(Decimal, ("16", "20", "24", "24", "24.5", "28", "32", "36", "38")))
LONGEST = {FLEX: 25, WEP: 25, TRIAL: 13, "detachering": 40, "loonkostensubsidie": 50, "participatieplaats": 60}
"""Weeks that an ordinary placement lasts at most."""
KINDS = (
    *[FLEX] * 66, *[WEP] * 13, *[TRIAL] * 9,
    *["loonkostensubsidie"] * 5, *["participatieplaats"] * 3, *["detachering"] * 4,
)  # fmt: skip


def pick(dice: Random, choices: Sequence[T]) -> T:
    """Choose one; built on random() alone, the only method whose sequence Python promises to keep."""
    return choices[int(dice.random() * len(choices))]


def gewoon() -> list[Plaatsing]:
    """Return ordinary placements in order of start, numbered, each with a candidate who was free at the time."""
    dice = Random("gewoon")
    rows = [row for firm, jobs in ORDINARY for job in jobs for row in years_at(firm, job, dice)]
    rows.sort(key=lambda row: (str(row.startdatum), row.werkgever, row.functie))
    return [replace(row, plaatsing_id=f"VS-{n}") for n, row in enumerate(with_people(with_outcomes(rows), dice), 1001)]


def years_at(firm: Werkgever, job: str, dice: Random) -> Iterator[Plaatsing]:
    """Yield placements on one job: far between before 2023, later about one a year, and never the same peak again."""
    day, quarters = date(2015, 2, 2) + timedelta(weeks=int(dice.random() * 450)), set[tuple[int, int]]()
    while day < date(2026, 9, 21):
        if (day.year - 1, quarter(day)) in quarters:
            day += timedelta(weeks=9)
            continue
        quarters.add((day.year, quarter(day)))
        soort, hours = pick(dice, KINDS), pick(dice, HOURS)
        end = day + timedelta(weeks=weeks_of(soort, hours, dice), days=-3)
        yield ordinary(firm, job, day, end, soort, hours, dice)
        day = end + timedelta(days=3, weeks=27 + int(dice.random() * (9 if end.year >= 2023 else 190)))


def quarter(day: date) -> int:
    return (day.month + 2) // 3


def weeks_of(soort: str, hours: Decimal, dice: Random) -> int:
    """Return a length that the instrument allows, mostly under three months."""
    short = hours > 28 or dice.random() < 0.5
    longest = LONGEST[soort] if soort != FLEX or not short else 13
    return 4 + int(dice.random() * (longest - 3))


def ordinary(firm: Werkgever, job: str, start: date, end: date, soort: str, hours: Decimal, dice: Random) -> Plaatsing:
    """Return one placement with the gaps of a real register: hours unknown or variable, rate and numbers missing."""
    ended = end < PEILDATUM
    worked = Decimal(int(hours * (min(end, PEILDATUM) - start).days / 7 * Decimal("0.93")))
    tot = end.isoformat() if ended or dice.random() < 0.6 else ""
    row = plaatsing(
        "", 0, firm, job, start.isoformat(), tot, soort,
        uren_per_week=pick(dice, (*[hours] * 9, None, None, "variabel")),
        gewerkte_uren=worked if ended and dice.random() < 0.7 else None,
        reden=pick(dice, ("piek", "piek", "ziek", "klus", "seizoen", "verlof")),
        kvk_nummer=firm.kvk if dice.random() < 0.9 else "",
        premie=euro(str(worked * Decimal("1.75"))) if soort == FLEX and ended else euro("0"),
        loonwaarde=Decimal(40 + 5 * int(dice.random() * 9)) if soort == "loonkostensubsidie" else None,
    )  # fmt: skip
    return through_agency(with_rate(row, start, dice), firm, dice) if soort in PAID else row


def with_rate(row: Plaatsing, start: date, dice: Random) -> Plaatsing:
    """Fill in the rate, which is missing now and then, and for some the wage of a colleague that it covers."""
    rate = usual_rate(start) + 5 * int(dice.random() * 50) * euro("0.01")
    row = replace(row, uurtarief=rate if dice.random() < 0.96 else None)
    if dice.random() < 0.7:
        return row
    return replace(row, cao=f"cao {row.sector}", cao_uurloon=euro(str(rate / Decimal("1.25"))))


def through_agency(row: Plaatsing, firm: Werkgever, dice: Random) -> Plaatsing:
    """Put an agency between for two in three; half of these say what the firm pays it: no more than it pays on."""
    if dice.random() > 0.66:
        return row
    agency = pick(dice, AGENCIES)
    return replace(
        row,
        werkgever=agency.naam,
        kvk_nummer=agency.kvk,
        uitzendbureau=True,
        inlener=firm.naam,
        inlener_kvk=firm.kvk if dice.random() < 0.9 else "",
        inleentarief=row.uurtarief if isinstance(row.uurtarief, Decimal) and dice.random() < 0.5 else None,
    )


def with_outcomes(rows: Iterable[Plaatsing]) -> Iterator[Plaatsing]:
    """Of four finished placements at one place of work one leads to a job there, and one to some hours elsewhere."""
    outcomes = (("nee", ""), ("volledig", "zelfde"), ("nee", ""), ("deels", "andere"))
    turns: dict[str, Iterator[tuple[str, str]]] = {}
    for row in rows:
        if row.uitstroom:
            result, where = next(turns.setdefault(row.werkplek, cycle(outcomes)))
            row = replace(row, uitstroom=result, uitstroom_naar=where)
        yield row


def with_people(rows: Iterable[Plaatsing], dice: Random) -> Iterator[Plaatsing]:
    """Give every row a candidate; some come back once, after a placement elsewhere has ended."""
    numbers = count(4171, 13)
    last: dict[str, Plaatsing] = {}
    for row in rows:
        free = [number for number, before in last.items() if ended_elsewhere(before, row)]
        again = free and dice.random() < 0.25
        number = free[0] if again else f"{next(numbers):07d}"
        if again:
            del last[number]
        else:
            last[number] = row
        since = row.uitkering_sinds if dice.random() < 0.55 else None
        yield replace(row, kandidaat_id=number, uitkering_sinds=since, geboortejaar=str(1960 + int(number) % 28))


def ended_elsewhere(before: Plaatsing, row: Plaatsing) -> bool:
    done = before.einddatum is not None and str(before.einddatum) < str(row.startdatum)
    return done and before.werkplek != row.werkplek


# The clean file ------------------------------------------------------------------------------------------------------

CLEAN_AGENCY = Werkgever("Bemiddelingsbureau Rechte Rug", "17994826", "uitzendbureaus")
CLEAN = (
    ("Glasblazerij Luchtbel B.V.", "30997780", "flextensie", "ovenhulp", "2017-02-06", "2017-04-21"),
    ("Touwslagerij Lange Lijn", "13993765", "flextensie", "touwdraaier", "2017-03-06", "2017-05-19"),
    ("Klompenmakerij Wilgenhout", "05997111", "flextensie", "klompenschuurder", "2017-09-04", "2017-11-17"),
    ("Mosterdmakerij Scherpe Tong B.V.", "37997891", "flextensie", "afvuller", "2026-01-12", "2026-03-20"),
    ("Zeepziederij Gladde Aal", "19993313", "flextensie", "zeepsnijder", "2026-04-06", "2026-06-19"),
    ("Paraplufabriek Regenboogje B.V.", "05993773", "flextensie", "baleinzetter", *SUMMER),
    ("Horlogerie Kleine Wijzer", "26998430", "flextensie", "bandjeswisselaar", "2026-08-03", "2026-10-23"),
    ("Borstelfabriek Varkenshaartje B.V.", "25996205", "detachering", "borstelmaker", "2026-01-05", "2026-06-26"),
    ("Ballonvaart Hoge Mand", "05995489", "detachering", "grondploeghulp", "2026-04-06", "2026-10-30"),
    ("Lijstenmakerij Verstekhoek", "19998701", "detachering", "lijstenmaker", "2026-06-01", "2026-11-27"),
    ("Poppentheater Houten Hoofd", "22993400", "werkervaringsplaats", "decorbouwer", "2026-01-12", "2026-06-26"),
    ("Stichting Schelpenmuseum", "01997176", "werkervaringsplaats", "zaalwacht", "2026-03-02", "2026-08-28"),
    ("Imkerij Zoemveld", "36999712", "werkervaringsplaats", "ramenmaker", "2026-06-01", "2026-11-20"),
    ("Kunstuitleen Scheve Spijker", "15999180", "werkervaringsplaats", "uitleenmedewerker", "2026-07-06", "2026-12-18"),
    ("Brillenatelier Jampotje B.V.", "09996545", "proefplaatsing", "slijper", "2026-02-02", "2026-04-24"),
    ("Orgelbouw Blaasbalgje", "15992460", "proefplaatsing", "pijpenpoetser", "2026-05-04", "2026-07-24"),
    ("Speelgoedfabriek Tolletje B.V.", "25995461", "proefplaatsing", "eindcontroleur", "2026-07-13", "2026-09-25"),
    ("Stichting Moestuin Koolraap", "09999238", "participatieplaats", "tuincoach", "2025-03-03", "2026-12-18"),
    ("Wijkcentrum Breipen", "21992033", "participatieplaats", "gastvrouw", "2025-10-06", "2026-12-04"),
    ("Kaasboerderij Stremsel V.O.F.", "35996827", "loonkostensubsidie", "kaasmaker", "2026-01-05", "2026-12-31"),
    ("Pannenkoekenhuis Stroopkan", "08991562", "loonkostensubsidie", "beslagmaker", "2026-04-01", "2026-12-31"),
    ("Sociaal Werkatelier Handvat", "34996008", "beschut_werk", "montagemedewerker", "2025-05-05", "2026-11-06"),
    ("Sterrenwacht Melkpad", "21995601", "stage", "rondleider", "2026-02-02", "2026-05-29"),
    ("Drakenbootvereniging Peddel", "09998957", "stage", "botenonderhouder", "2026-08-17", "2026-12-11"),
    ("Buurttuin Regenton", "18995814", "tegenprestatie", "waterdrager", "2026-07-06", "2026-09-18"),
)


def schoon() -> list[Plaatsing]:
    """Twenty-five placements, complete and in order: no signal of any default rule, unknown only where a norm is."""
    return [clean(n, *row) for n, row in enumerate(CLEAN, 1)]


def clean(n: int, naam: str, kvk: str, soort: str, functie: str, van: str, tot: str) -> Plaatsing:
    """Return one complete placement at a firm of its own."""
    row = plaatsing(f"SCH-{n:02d}", 8000 + n, Werkgever(naam, kvk, "ambacht", 10 + n), functie, van, tot, soort)
    days = (min(date.fromisoformat(tot), PEILDATUM) - date.fromisoformat(van)).days + 1
    row = replace(
        row,
        beroepscode=f"{7100 + n}",
        cao="cao ambacht",
        gewerkte_uren=Decimal(24 * days // 7),
        loonwaarde=Decimal(60) if soort == "loonkostensubsidie" else None,
        uren_per_week=Decimal(24),
        vestigingsnummer=f"{99196522 + 17 * n:012d}",  # no part of it can be taken for a BSN
        uitstroom_naar=("zelfde", "andere")[n % 2] if row.uitstroom else "",
        uitstroom="volledig" if row.uitstroom else "",
    )
    return clean_rate(row, row.uurtarief, n) if isinstance(row.uurtarief, Decimal) else row


def clean_rate(row: Plaatsing, rate: Decimal, n: int) -> Plaatsing:
    """Fill in the wage of a colleague and a hire rate that fit, and for some an agency whose inlener is known."""
    row = replace(row, cao_uurloon=euro(str(rate / Decimal("1.25"))), inleentarief=rate)
    if n % 5 != 1:
        return row
    row = replace(row, uitzendbureau=True, inlener=row.werkgever, inlener_kvk=row.kvk_nummer)
    return replace(row, werkgever=CLEAN_AGENCY.naam, kvk_nummer=CLEAN_AGENCY.kvk)


# Writing -------------------------------------------------------------------------------------------------------------

HEADERS = {
    "startdatum": "Startdatum", "einddatum": "Einddatum", "uren_per_week": "Uren per week", "gemeente": "GEMEENTE",
    "kvk_nummer": "KvK nummer", "laatste_contact": "Laatste contact",
}  # fmt: skip
LEFT_OUT = ("beroepscode",)
ABSENT = {"einddatum": ("", "31-12-9999", "31-12-2099"), "laatste_contact": ("", "01-01-1900")}
SPELLINGS = {
    "flextensie": ("Flextensie", "flextensie", "Flextensie", "flexwerken"),
    "werkervaringsplaats": ("WEP", "werkervaringsplek", "Werkervaringsplaats"),
    "proefplaatsing": ("proefplaatsing", "Proefplek", "proefplaats"),
    "loonkostensubsidie": ("LKS", "loonkostensubsidie"),
}
REMARKS = (
    *[""] * 9,
    "Werkkleding via de werkgever.",
    "Werktijden in overleg; niet op woensdag.",
    "Evaluatie gepland.\nVerslag volgt in het dossier.",
    'Werkgever vraagt om "iemand voor de vroege dienst".',
    "Reiskosten volgens regeling",
)
TEAMS = ("Werk en Inkomen", "Werkgeversservicepunt", "Team Participatie; locatie Noord")


def messy(row: Plaatsing) -> dict[str, str]:
    """Write a row as a client system does; every row has its own dice, so that a new row leaves the others alone."""
    dice = Random(f"opmaak {row.plaatsing_id}")
    job, kvk = row.functie, row.kvk_nummer
    texts = {name: messy_value(name, value, dice) for name, value in values(row).items()} | {
        "werkgever": respelled(row.werkgever, dice),
        "instrument": pick(dice, SPELLINGS.get(row.instrument, (row.instrument,))),
        "functie": pick(dice, (*[job] * 4, job.capitalize(), f"{job.capitalize()} m/v/x")),
        "kvk_nummer": pick(dice, (kvk, kvk.removeprefix("0"), kvk.removeprefix("0"))),
    }
    extra = {"afdeling": pick(dice, TEAMS), "opmerking_klantmanager": pick(dice, REMARKS)}
    return {HEADERS.get(name, name): text for name, text in texts.items() if name not in LEFT_OUT} | extra


def messy_value(name: str, value: Value, dice: Random) -> str:
    """Write one value in one of the forms that an export may hold."""
    if value is None:
        return pick(dice, ABSENT.get(name, ("",)))
    if isinstance(value, bool):
        return pick(dice, ("J", "ja", "ja", "true", "1") if value else ("N", "nee", "nee", "false", "0"))
    if isinstance(value, date):
        return messy_date(value, dice)
    if isinstance(value, Decimal):
        return messy_amount(value, dice) if name in EURO else comma(value)
    return value


def messy_date(day: date, dice: Random) -> str:
    usual = f"{day:%d-%m-%Y}"
    others = (f"{day.day}-{day.month}-{day.year}", f"{day:%Y-%m-%d}", f"{day:%d/%m/%Y}", f"{usual} 00:00:00")
    return pick(dice, (*[usual] * 12, *others))


def messy_amount(amount: Decimal, dice: Random) -> str:
    """12,30 or € 12,30 or 12.30; above a thousand also € 1.234,56."""
    usual = comma(amount)
    grouped = f"{amount:,.2f}".translate(str.maketrans(",.", ".,"))
    return pick(dice, (usual, usual, usual, f"€ {grouped}", f"{amount:.2f}"))


def respelled(naam: str, dice: Random) -> str:
    """Return the name as somebody typed it: capitals, no dots, two spaces; never another name."""
    typed = naam.lower().replace("b.v.", "bv").replace("v.o.f.", "vof")
    return pick(dice, (*[naam] * 7, typed, naam.upper(), naam.replace(" ", "  ", 1)))


def tidy(row: Plaatsing) -> dict[str, str]:
    """Write a row in the plain form: canonical names, dd-mm-jjjj, decimal comma, ja and nee."""
    return {name: tidy_value(value) for name, value in values(row).items()}


def tidy_value(value: Value) -> str:
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, date):
        return f"{value:%d-%m-%Y}"
    return comma(value) if isinstance(value, Decimal) else value or ""


def values(row: Plaatsing) -> dict[str, Value]:
    return {name: asdict(row)[name] for name in COLUMNS}


def comma(number: Decimal) -> str:
    return str(number).replace(".", ",")


def write(path: Path, rows: Sequence[Mapping[str, str]]) -> None:
    """Write what Dutch Excel writes: semicolons, UTF-8 with BOM, CRLF."""
    text = StringIO(newline="")
    table = csv.DictWriter(text, list(rows[0]), delimiter=";", lineterminator="\r\n")
    table.writeheader()
    table.writerows(rows)
    path.write_bytes(text.getvalue().encode("utf-8-sig"))


def black_list() -> list[dict[str, str]]:
    return [
        {"werkgever": firm.naam, "kvk_nummer": firm.kvk, "van": van, "tot": tot, "reden": reden, "besluit": besluit}
        for firm, van, tot, reden, besluit in BLACK_LIST
    ]


def reports() -> list[dict[str, str]]:
    """Reports at the reporting point: one this year, and one too long ago to count for anyone."""
    return [
        {
            "werkgever": "Postverwerking Frankeerwijs",
            "kvk_nummer": "21997166",
            "datum": "15-06-2026",
            "kenmerk": "M-2026-014",
        },
        {"werkgever": "Bakkerij De Korenaar", "kvk_nummer": "", "datum": "10-01-2024", "kenmerk": "M-2024-003"},
    ]


# The same placements, as other systems export them -------------------------------------------------------------------

OWN_HEADERS = {
    "plaatsing_id": "Trajectnr", "kandidaat_id": "Cliëntnr", "werkgever": "Organisatie", "instrument": "Voorziening",
    "startdatum": "Datum aanvang", "einddatum": "Datum beëindiging", "functie": "Werkzaamheden",
    "uren_per_week": "Uren p/w", "uurtarief": "Tarief", "kvk_nummer": "KvK-nr.", "vestigingsnummer": "Vestigingsnr.",
    "inlener": "Inlenend bedrijf", "inlener_kvk": "KvK inlener", "uitzendbureau": "Is uitzendbureau", "cao": "CAO",
    "sector": "Branche", "gewerkte_uren": "Totaal uren", "cao_uurloon": "Loon cao", "inleentarief": "Inleentarief",
    "loonwaarde": "Loonwaarde", "werkaard": "Aard werk", "reden": "Reden inzet", "vrijwillig": "Vrijwillig",
    "intentie_dienstverband": "Intentie", "begeleiding": "Begeleiding", "laatste_contact": "Laatste contact",
    "geboortejaar": "Geb.jaar", "uitkering_sinds": "Uitkering vanaf", "premie": "Premie",
    "verlenging_datum": "Verlengd op", "verlenging_reden": "Reden verlenging", "werkzame_personen": "Personeel",
    "uitstroom": "Resultaat", "uitstroom_naar": "Uitstroom naar",
}  # fmt: skip
CODES = {
    "instrument": {
        "flextensie": "FLEX", "werkervaringsplaats": "WEP", "proefplaatsing": "PRP", "participatieplaats": "PTP",
        "loonkostensubsidie": "LKS", "beschut_werk": "BSW", "stage": "STG", "detachering": "DET",
        "tegenprestatie": "TGP", "vrijwilliger": "VRW",
    },
    "werkaard": {"tijdelijk": "T", "structureel": "S", "additioneel": "A"},
    "uitstroom": {"nee": "geen", "deels": "ged", "volledig": "voll"},
    "uitstroom_naar": {"zelfde": "Z", "andere": "A"},
}  # fmt: skip
"""Headers and codes of the invented client system; samples/kolommen.yaml says what they mean."""


def client_system(rows: Sequence[Plaatsing]) -> bytes:
    """Three lines of preamble, own headers and codes, Y and N, 1.200 for whole thousands, a total row; Windows-1252."""
    preamble = ["Overzicht trajecten", f"Selectie: gemeente Voorbeeldstad, peildatum {PEILDATUM:%d-%m-%Y}", ""]
    texts = [{name: coded(name, value) for name, value in values(row).items()} for row in rows]
    header = ["Team", *OWN_HEADERS.values()]
    cells = [["Participatie", *(text[name] for name in OWN_HEADERS)] for text in texts]
    total = [f"Totaal: {len(rows)} trajecten", *[""] * (len(header) - 1)]
    return ("\r\n".join(preamble) + "\r\n" + table([header, *cells, total], ";")).encode("cp1252")


def coded(name: str, value: Value) -> str:
    if isinstance(value, bool):
        return "Y" if value else "N"
    if isinstance(value, Decimal) and value >= 1000 and value == int(value):
        return f"{int(value):,}".replace(",", ".")
    return CODES.get(name, {}).get(str(value), tidy_value(value))


def iso(rows: Sequence[Plaatsing]) -> bytes:
    """Commas, UTF-8, days as jjjj-mm-dd, a decimal point, true and false."""
    cells = [[iso_value(value) for value in values(row).values()] for row in rows]
    return table([list(COLUMNS), *cells], ",").encode()


def iso_value(value: Value) -> str:
    return str(value).lower() if isinstance(value, bool) else "" if value is None else str(value)


def table(rows: Iterable[Sequence[str]], separator: str) -> str:
    text = StringIO(newline="")
    csv.writer(text, delimiter=separator, lineterminator="\r\n").writerows(rows)
    return text.getvalue()


def write_workbook(path: Path, rows: Sequence[Plaatsing]) -> None:
    """A sheet with two merged title rows, an empty row, the table with real days and numbers, and a total row."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as book:
        book.set_properties({"created": datetime(2026, 9, 30, tzinfo=UTC), "author": "Voorbeeldstad"})
        sheet, bold = book.add_worksheet("Plaatsingen"), book.add_format({"bold": True})
        day = book.add_format({"num_format": "dd-mm-yyyy"})
        sheet.merge_range(0, 0, 0, 7, "Plaatsingen gemeente Voorbeeldstad", bold)
        sheet.merge_range(1, 0, 1, 7, f"Stand op {PEILDATUM:%d-%m-%Y}")
        sheet.write_row(3, 0, [name.replace("_", " ").capitalize() for name in COLUMNS], bold)
        for number, row in enumerate(rows, 4):
            for place, (name, value) in enumerate(values(row).items()):
                cell = typed(name, value)
                if isinstance(cell, date):
                    sheet.write_datetime(number, place, datetime.combine(cell, time()), day)
                elif isinstance(cell, str):
                    sheet.write_string(number, place, cell)
                elif cell is not None:
                    sheet.write_number(number, place, float(cell))
        sheet.write_row(len(rows) + 4, 0, [f"Totaal: {len(rows)} plaatsingen"], bold)


def typed(name: str, value: Value) -> date | Decimal | int | str | None:
    """A value as a spreadsheet or a database holds it; what is no day or number stays text."""
    if isinstance(value, bool):
        return tidy_value(value)
    if name in ("geboortejaar", "werkzame_personen") and isinstance(value, str) and value.isdigit():
        return int(value)
    return value or None if isinstance(value, str) else value


def as_text(cell: date | Decimal | int | str) -> str:
    return tidy_value(cell) if isinstance(cell, date | Decimal) else str(cell)


def write_parquet(path: Path, rows: Sequence[Plaatsing]) -> None:
    """Columns of one type where all values are, otherwise text."""
    import polars as pl

    columns: dict[str, list[Any]] = {name: [typed(name, values(row)[name]) for row in rows] for name in COLUMNS}
    for name, cells in columns.items():
        if len({type(cell) for cell in cells if cell is not None}) > 1:
            columns[name] = [None if cell is None else as_text(cell) for cell in cells]
    pl.DataFrame(columns).write_parquet(path, compression="zstd")


def main() -> None:
    """Write the files beside this one; the exports are in order of client number, as client systems give them."""
    here = Path(__file__).parent
    rows = [*gewoon(), *(row for scenario in SCENARIOS for row in scenario())]
    rows.sort(key=lambda row: row.kandidaat_id)
    write(here / "voorbeeldstad.csv", [messy(row) for row in rows])
    write(here / "zwarte-lijst.csv", black_list())
    write(here / "meldingen.csv", reports())
    write(here / "schoon.csv", [tidy(row) for row in schoon()])
    (here / "export-clientsysteem.csv").write_bytes(client_system(rows))
    (here / "export-iso.csv").write_bytes(iso(rows))
    write_workbook(here / "export.xlsx", rows)
    write_parquet(here / "export.parquet", rows)


if __name__ == "__main__":
    main()
