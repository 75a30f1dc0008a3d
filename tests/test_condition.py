"""Conditions of a policy: one expression over one placement, and a sentence with the place for everything else."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import polars as pl
import pytest
from conftest import placed, rows_of_text
from pydantic import BeforeValidator, TypeAdapter

from verdringing import resources, rulebook
from verdringing.checks import voorwaarde
from verdringing.conditions.condition import Condition, columns, condition, day, read, schema
from verdringing.conditions.condition_words import FUNCTIONS, KEYWORDS
from verdringing.documents.condition_page import HABITS, PEILDATUM, PLACEMENT
from verdringing.errors import UnfitError, UserError
from verdringing.judge import judge
from verdringing.record import Column

ROW = {**PLACEMENT, "geboortejaar": "2000", "gewerkte_uren": "100", "cao_uurloon": "1000"}
BOOLEAN, DATE = pl.Boolean(), pl.Date()


@cache
def placement() -> pl.DataFrame:
    """One placement, seen from 30 September 2026."""
    return placed(rows_of_text([ROW]))


def answer(text: str, wanted: pl.DataType = BOOLEAN) -> object:
    """What a condition says about the placement."""
    return placement().select(read(text, wanted).expr.alias("answer"))["answer"].item()


def refused(text: object, wanted: pl.DataType = BOOLEAN, own: tuple[Column, ...] = ()) -> list[str]:
    with pytest.raises(UnfitError) as caught:
        read(text, wanted, own)
    return [str(mistake) for mistake in caught.value.mistakes]


ANSWERS = {
    "vrijwillig": False,
    "NOT vrijwillig": True,
    "vrijwillig = nee": True,
    "vrijwillig = ja": False,
    "vrijwillig = Nee": True,
    "vrijwillig <> ja": True,
    "vrijwillig is nee": True,
    "vrijwillig IS NOT JA": True,
    "vrijwillig = 'nee'": True,
    "vrijwillig = 'ja'": False,
    "NOT vrijwillig = 'ja'": True,
    "vrijwillig IN ('nee')": True,
    "begeleiding = 'nee'": None,
    "begeleiding is nee": None,
    "begeleiding is not ja": None,
    "begeleiding": None,
    "NOT begeleiding": None,
    "begeleiding IS NULL": True,
    "begeleiding AND vrijwillig": False,
    "begeleiding OR NOT vrijwillig": True,
    "uren_per_week > 28": True,
    "uren_per_week BETWEEN 28.5 AND 30": True,
    "uren_per_week = 28.5": True,
    "uren_per_week <= 28": False,
    "premie > 100": None,
    "coalesce(premie, 0) > 100": False,
    "uurtarief < 12.30": False,
    "uurtarief <= 12.30": True,
    "uurtarief = 12.30": True,
    "12.30 < uurtarief": False,
    "uurtarief IN (12.30)": True,
    "uurtarief NOT IN (12.29, 12.31)": True,
    "uurtarief BETWEEN 12.30 AND 12.30": True,
    # 14,76 is exactly 1,2 × 12,30; in binary floating point 1.2 * 12.3 is 14.760000000000002
    "inleentarief > uurtarief * 1.2": False,
    "inleentarief >= uurtarief * 1.2": True,
    "inleentarief * 5 > uurtarief * 6": False,
    "inleentarief > 6/5 * uurtarief": False,
    "inleentarief / nullif(uurtarief, 0) = 1.2": True,
    "inleentarief / nullif(uurtarief * 2 - 24.60, 0) = 1.2": None,
    "inleentarief / (1 + 1) = 7.38": True,
    "mod(leeftijd, nullif(duur_dagen, 0)) = 26": True,
    "uurtarief - 12.20 = 0.10": True,
    "uurtarief * uren_per_week = 350.55": True,  # 12,30 × 28,5
    "uren_per_week * 3 = 85.5": True,
    "werkaard = 'structureel'": True,
    "werkaard <> 'additioneel'": True,
    "werkaard IN ('tijdelijk', 'structureel')": True,
    "werkaard NOT IN ('tijdelijk', 'structureel')": False,
    "instrument = 'flextensie'": True,
    "instrument IN ('stage', 'beschut_werk')": False,
    "fase = 'lopend'": True,
    "fase IN ('beeindigd', 'voorgenomen')": False,
    "reden = 'ziek'": True,
    "reden = 'ja' OR reden = '2026-01-01'": False,
    "reden = 'een woord dat er niet is'": False,
    "upper(reden) LIKE 'ZIE%'": True,
    "startdatum > DATE '2026-07-31'": True,
    "startdatum > 2026-07-31": True,
    "startdatum > '2026-07-31'": True,
    "2026-08-01 = startdatum": True,
    "startdatum >2026-08-01": False,
    "startdatum BETWEEN 2026-08-01 AND '2026-08-01'": True,
    "startdatum IN ('2026-08-01', '2026-08-02')": True,
    "startdatum IN (2026-08-02)": False,
    "startdatum < peildatum - INTERVAL '42 days'": True,  # 30 September − 42 days = 19 August
    "laatste_contact < peildatum - INTERVAL '42 days'": False,
    "laatste_contact < peildatum - 42 dagen": False,
    "laatste_contact < peildatum - 6 weken": False,
    "laatste_contact < peildatum - 41 dagen": True,
    "peildatum - laatste_contact = 42 dagen": True,
    "startdatum + INTERVAL '3 months' > DATE '2026-10-31'": True,
    "startdatum + interval '3 maanden' = 2026-11-01": True,
    "startdatum + 1 jaar - 1 dag = 2027-07-31": True,
    "2024-01-31 + 1 maand = 2024-02-29": True,
    "extract(year from startdatum) = 2026": True,
    # small numbers overflow in polars: 8 × 100 in eight bits is 32, and 4 − 5 without a sign is 4294967295
    "month(startdatum) * 100 + day(startdatum) = 801": True,
    "year(startdatum) * 10000 + extract(month FROM startdatum) * 100 = 20260800": True,
    "length(reden) - 5 < 0": True,
    "leeftijd < 27": True,
    "leeftijd = 26": True,
    "leeftijd IN (25, 26)": True,
    "duur_dagen = 61": True,  # 31 days of August, 30 of September
    "geboortejaar * 1000000 = 2000000000": True,
    "geboortejaar * 10000000 = 20000000000": True,
    "werkgever_sleutel = 'bakkerij de korenaar'": True,
    "functie_sleutel = 'inpakker'": True,
    '"functie_sleutel" = functie_sleutel': True,
    "CASE WHEN vrijwillig THEN false ELSE true END": True,
    "CASE WHEN vrijwillig THEN 1 ELSE 2 END = 2": True,
    "(((vrijwillig = nee)))": True,
    "true": True,
    "ja": True,
}


@pytest.mark.parametrize("text, expected", ANSWERS.items(), ids=ANSWERS)
def test_a_condition_answers_yes_no_or_unknown(text: str, expected: bool | None) -> None:
    assert answer(text) is expected


def test_amounts_are_exact_on_the_limit() -> None:
    """Every amount of 0,00 to 29,99 against limits that binary floating point has no number for."""
    amounts = [Decimal(cents) / 100 for cents in range(3000)]
    frame = pl.DataFrame({"uurtarief": amounts}, schema={"uurtarief": schema()["uurtarief"]})
    hours = pl.DataFrame({"uren_per_week": [float(amount) for amount in amounts]})
    for limit in ("12.30", "0.10", "14.76", "1.15", "19.99"):
        for times in ("1", "1.2", "1.23", "3"):
            expected = [amount * Decimal(times) >= Decimal(limit) for amount in amounts]
            for one, given in (("uurtarief", frame), ("uren_per_week", hours)):
                expr = read(f"{one} * {times} >= {limit}", BOOLEAN).expr
                assert given.select(expr.alias("is")).to_series().to_list() == expected


TYPES = "passen niet bij elkaar"
ONE_ROW = "Een voorwaarde kijkt naar één plaatsing, niet naar andere rijen."
CLOCK = "Een voorwaarde kijkt niet op de klok; gebruik peildatum."
CAST = "Omzetten kan niet; schrijf een datum als 2026-01-01 en een bedrag als 12.30."
DIVIDE = "is niet op elke rij uit te rekenen. Deel bijvoorbeeld door nullif(kolom, 0)."
JA_NEE = "Schrijf ja of nee, zonder aanhalingstekens."
FORMS = "Schrijf een getal als 12 of 12.30, met hoogstens vier cijfers achter de punt."
ZERO = "hier kan door 0 worden gedeeld (teken {}). Deel bijvoorbeeld door nullif(kolom, 0).".format
NOT_CLOSED = "het aanhalingsteken wordt niet gesloten (teken {}).".format


def cannot(word: str, place: int, hint: str = "") -> list[str]:
    return [f"'{word}' kan hier niet staan (teken {place}). {hint}".rstrip()]


def between(one: str, two: str, place: int) -> list[str]:
    hint = "Denk aan AND, OR, een komma of een teken zoals =."
    return [f"tussen '{one}' en '{two}' ontbreekt iets (teken {place}). {hint}"]


REFUSED = {
    # no expression
    "": ["er staat geen voorwaarde."],
    " \n ": ["er staat geen voorwaarde."],
    "*": ["voor '*' ontbreekt een waarde (teken 1).", "na '*' ontbreekt een waarde (teken 1)."],
    "(vrijwillig": ["dit haakje wordt niet gesloten (teken 1)."],
    "vrijwillig)": ["dit haakje sluit niets (teken 11)."],
    "vrijwillig OR (": ["dit haakje wordt niet gesloten (teken 15).", "na '(' ontbreekt een waarde (teken 15)."],
    "= 3": ["voor '=' ontbreekt een waarde (teken 1)."],
    "premie > AND vrijwillig": ["voor 'AND' ontbreekt een waarde (teken 10)."],
    "vrijwillig AND": ["na 'AND' ontbreekt een waarde (teken 12)."],
    "fase IN ()": ["voor ')' ontbreekt een waarde (teken 10)."],
    # two values side by side: SQL would call the first a new name, and forget the second
    "vrijwillig begeleiding": between("vrijwillig", "begeleiding", 12),
    "vrijwillig nee": between("vrijwillig", "nee", 12),
    "premie > 3 4": between("3", "4", 12),
    "vrijwillig = ja begeleiding = ja": between("ja", "begeleiding", 17),
    "vrijwillig NOT": [*between("vrijwillig", "NOT", 12), "na 'NOT' ontbreekt een waarde (teken 12)."],
    "(premie > 3) (vrijwillig)": between(")", "(", 14),
    "premie 'x'": between("premie", "'x'", 8),
    "'los": [NOT_CLOSED(1)],
    "reden = 'ziek AND vrijwillig": [NOT_CLOSED(9)],
    'reden = "ziek AND vrijwillig': [NOT_CLOSED(9)],
    "reden = ‘ziek’": cannot("‘", 9, "Schrijf '."),
    "`reden` = 'ziek'": cannot("`", 1, "Schrijf '."),
    "vrijwillig; begeleiding": cannot(";", 11, "Een voorwaarde is één uitdrukking."),
    "vrijwillig -- en meer": cannot("--", 12, "Een opmerking hoort in het bestand, na een # buiten de voorwaarde."),
    "vrijwillig /* x */": cannot("/*", 12, "Een opmerking hoort in het bestand, na een # buiten de voorwaarde."),
    "vrijwillig, begeleiding": ["'vrijwillig, begeleiding' is niet te lezen als een uitdrukking."],
    "CASE WHEN vrijwillig THEN ja": [
        "'CASE WHEN vrijwillig THEN ja' is niet te lezen als een uitdrukking. Elke CASE eindigt met END."
    ],
    "CASE fase WHEN 'lopend' THEN ja END": [
        "na CASE hoort WHEN (teken 1). Schrijf CASE WHEN fase = 'lopend' THEN … ELSE … END."
    ],
    # other rows, the clock, other tables
    "SELECT vrijwillig": cannot("SELECT", 1, ONE_ROW),
    "vrijwillig OR exists(SELECT 1)": [*cannot("exists", 15, ONE_ROW), *cannot("SELECT", 22, ONE_ROW)],
    "count(*) > 1": cannot("count", 1, ONE_ROW),
    "uurtarief > avg(uurtarief)": cannot("avg", 13, ONE_ROW),
    "max(uurtarief) > 3": cannot("max", 1, ONE_ROW),
    "first(vrijwillig)": cannot("first", 1, ONE_ROW),
    "vrijwillig LIMIT 1": cannot("LIMIT", 12, ONE_ROW),
    "startdatum < current_date": cannot("current_date", 14, CLOCK),
    "now() > startdatum": cannot("now", 1, CLOCK),
    "startdatum < vandaag": cannot("vandaag", 14, CLOCK),
    "vrijwillig FROM startdatum": cannot("FROM", 12),
    # functions and signs that are not allowed
    "lenght(reden) > 3": ["onbekende functie 'lenght' (teken 1). Bedoelde u 'length'?"],
    "Star_with(reden, 'z')": ["onbekende functie 'Star_with' (teken 1). Bedoelde u 'starts_with'?"],
    "random() > 0.5": [f"onbekende functie 'random' (teken 1). Mogelijk zijn: {', '.join(FUNCTIONS)}."],
    "read_csv('/etc/passwd') = 'x'": [f"onbekende functie 'read_csv' (teken 1). Mogelijk zijn: {', '.join(FUNCTIONS)}."],
    "cast(functie AS text) = 'x'": [
        *cannot("cast", 1, CAST), "onbekende kolom 'AS' (teken 14).", "onbekende kolom 'text' (teken 17).",
    ],
    "premie::text = 'x'": [*cannot("::", 7, CAST), "onbekende kolom 'text' (teken 9)."],
    "reden ~ 'z+'": cannot("~", 7),
    "reden || functie = 'x'": cannot("||", 7),
    "premie == 3": cannot("==", 8, "Schrijf =."),
    "premie => 3": cannot("=>", 8, "Schrijf >=."),
    "premie ≥ 3": cannot("≥", 8, "Schrijf >=."),
    "vrijwillig && begeleiding": cannot("&&", 12, "Schrijf AND."),
    "self.vrijwillig": ["onbekende kolom 'self' (teken 1).", *cannot(".", 5)],
    "vrijwillig en begeleiding": cannot("en", 12, "Schrijf AND."),
    "niet vrijwillig": cannot("niet", 1, "Schrijf NOT."),
    "premie is leeg": cannot("leeg", 11, "Schrijf NULL."),
    "premie = NULL": [
        "een vergelijking met NULL heeft nooit een antwoord (teken 10). Schrijf IS NULL of IS NOT NULL."
    ],
    "substr(reden) = 'x'": [
        "'substr' heeft te veel of te weinig waarden (teken 1). Schrijf bijvoorbeeld substr(functie, 3, 3) = 'pak'."
    ],
    "extract(jaar FROM startdatum) = 1": [
        "'jaar' is geen deel van een datum (teken 9). Mogelijk zijn: year, quarter, month, week, day."
    ],
    # columns
    "vrij_willig": ["onbekende kolom 'vrij_willig' (teken 1). Bedoelde u 'vrijwillig'?"],
    "Vrijwillig": ["onbekende kolom 'Vrijwillig' (teken 1). Bedoelde u 'vrijwillig'?"],
    "nationaliteit = 'x'": ["onbekende kolom 'nationaliteit' (teken 1)."],
    "vrijwillig AND\nwerk_aard = 'tijdelijk'": ["onbekende kolom 'werk_aard' (teken 16). Bedoelde u 'werkaard'?"],
    'reden = "ziek"': ["onbekende kolom 'ziek' (teken 9). Tekst staat tussen enkele aanhalingstekens: 'ziek'."],
    "uren_per_wek > 28 AND vrijwilig = ja OR lenght(reden) > 3": [
        "onbekende kolom 'uren_per_wek' (teken 1). Bedoelde u 'uren_per_week'?",
        "onbekende kolom 'vrijwilig' (teken 23). Bedoelde u 'vrijwillig'?",
        "onbekende functie 'lenght' (teken 41). Bedoelde u 'length'?",
    ],
    # words that a column cannot hold
    "fase = 'lopnd'": ["'lopnd' komt niet voor in de kolom 'fase' (teken 8). Bedoelde u 'lopend'?"],
    "instrument <> 'Flextensie'": [
        "'Flextensie' komt niet voor in de kolom 'instrument' (teken 15). Bedoelde u 'flextensie'?"
    ],
    "uitstroom = 'ja'": ["'ja' komt niet voor in de kolom 'uitstroom' (teken 13). Mogelijk zijn: nee, deels, volledig."],
    "werkaard not in ('structureel', 'tijdelyk')": [
        "'tijdelyk' komt niet voor in de kolom 'werkaard' (teken 33). Bedoelde u 'tijdelijk'?"
    ],
    "'lopnd' = fase": ["'lopnd' komt niet voor in de kolom 'fase' (teken 1). Bedoelde u 'lopend'?"],
    "nullif(werkaard, 'tijdelyk') IS NULL": [
        "'tijdelyk' komt niet voor in de kolom 'werkaard' (teken 18). Bedoelde u 'tijdelijk'?"
    ],
    "fase = 'lopnd' OR coalesce(werkaard, 'structurel') = 'x'": [
        "'lopnd' komt niet voor in de kolom 'fase' (teken 8). Bedoelde u 'lopend'?",
        "'structurel' komt niet voor in de kolom 'werkaard' (teken 38). Bedoelde u 'structureel'?",
    ],
    # kinds that do not fit
    "functie > 3": ["'functie' (tekst) en getal passen niet bij elkaar (teken 1)."],
    "functie > 3 OR startdatum > 3": [
        "'functie' (tekst) en getal passen niet bij elkaar (teken 1).",
        "'startdatum' (datum) en getal passen niet bij elkaar (teken 16). Schrijf een datum als 2026-01-01, en een tijdsduur als 3 maanden.",
    ],
    "reden = 'a' OR reden = 3": ["'reden' (tekst) en getal passen niet bij elkaar (teken 1)."],
    "vrijwillig > startdatum": [f"'vrijwillig' (ja/nee) en 'startdatum' (datum) {TYPES} (teken 1). {JA_NEE}"],
    "vrijwillig = 'misschien'": [f"'vrijwillig' (ja/nee) en tekst {TYPES} (teken 1). {JA_NEE}"],
    "vrijwillig = 1": [f"'vrijwillig' (ja/nee) en getal {TYPES} (teken 1). {JA_NEE}"],
    "reden AND vrijwillig": [f"'reden' (tekst) en 'vrijwillig' (ja/nee) {TYPES} (teken 1). {JA_NEE}"],
    "NOT leeftijd": ["'leeftijd' (getal) past hier niet (teken 5). Na NOT hoort iets dat waar of niet waar is."],
    "NOT functie": ["'functie' (tekst) past hier niet (teken 5). Na NOT hoort iets dat waar of niet waar is."],
    "1 < premie < 3": [f"ja/nee en getal {TYPES} (teken 5). Schrijf twee vergelijkingen met AND ertussen."],
    "abs(reden) > 3": ["'reden' (tekst) past hier niet (teken 5)."],
    "lower(instrument) = 'x'": ["'instrument' (tekst) past hier niet (teken 7)."],
    "coalesce(premie, 'geen') = 'geen'": [f"'premie' (getal) en tekst {TYPES} (teken 10)."],
    "CASE WHEN vrijwillig THEN 1 ELSE 'x' END = 1": [f"getal en tekst {TYPES} (teken 11)."],
    "peildatum - startdatum > 42": [f"tijdsduur en getal {TYPES} (teken 1). Schrijf bijvoorbeeld 42 dagen."],
    "peildatum - startdatum > 3 maanden": [
        "'peildatum - startdatum > 3 maanden' telt maanden of jaren op bij iets anders dan een datum."
        " Schrijf bijvoorbeeld startdatum + 3 maanden < peildatum."
    ],
    # days
    "startdatum > 2026-1-1": ["'2026-1-1' is geen datum (teken 14). Schrijf 2026-01-01."],
    "startdatum > 01-07-2026": ["'01-07-2026' is geen datum (teken 14). Schrijf 2026-07-01."],
    "startdatum > 1/7/2026": ["'1/7/2026' is geen datum (teken 14). Schrijf 2026-07-01."],
    "startdatum > 2026-02-30": ["'2026-02-30' bestaat niet als datum (teken 14)."],
    "startdatum > DATE '31-01-2026'": ["'31-01-2026' is geen datum (teken 19). Schrijf 2026-01-31."],
    "startdatum > 31-13-2026": ["'31-13-2026' is geen datum (teken 14). Schrijf jaar, maand en dag, zoals 2026-01-01."],
    "startdatum > '01-07-2026'": [f"'startdatum' (datum) en tekst {TYPES} (teken 1). Schrijf 2026-07-01."],
    "startdatum > 2026": [
        f"'startdatum' (datum) en getal {TYPES} (teken 1). Schrijf een datum als 2026-01-01, en een tijdsduur als 3 maanden."
    ],
    "startdatum > 2026 - 1 - 1": [
        f"'startdatum' (datum) en getal {TYPES} (teken 1). Schrijf een datum als 2026-01-01, en een tijdsduur als 3 maanden."
    ],
    "startdatum > DATE(2026)": [
        "na DATE hoort tekst tussen enkele aanhalingstekens (teken 14). Schrijf 2026-01-01."
    ],
    "startdatum + 3 manden > peildatum": ["onbekende kolom 'manden' (teken 16)."],
    "startdatum + INTERVAL '1 hour' > peildatum": [
        "'1 hour' is geen tijdsduur (teken 23). Schrijf bijvoorbeeld 42 dagen of 3 maanden."
    ],
    "startdatum + 1.5 maand > peildatum": [
        "'1.5 maand' is geen tijdsduur (teken 18). Schrijf bijvoorbeeld 42 dagen of 3 maanden."
    ],
    "startdatum + 101 jaar > peildatum": ["'101 jaar' is te lang; hoogstens honderd jaar (teken 18)."],
    # numbers
    "uurtarief < 12,30": [
        "in '12,30' staat een komma (teken 13). Schrijf 12.30; of, voor twee getallen, 12, 30 met een spatie."
    ],
    "leeftijd IN (17,18)": [
        "in '17,18' staat een komma (teken 14). Schrijf 17.18; of, voor twee getallen, 17, 18 met een spatie."
    ],
    "uurtarief < '12,30'": [
        f"'uurtarief' (getal) en tekst {TYPES} (teken 1). Schrijf een bedrag zonder aanhalingstekens en met een punt, zoals 12.30."
    ],
    "premie > 1.234,56": ["in '1.234,56' kan de punt duizendtallen scheiden (teken 10). Schrijf 1234.56."],
    "premie > 1.234": [
        "in '1.234' kan de punt duizendtallen scheiden (teken 10). Schrijf 1234, of 1.2340 met vier cijfers achter de punt."
    ],
    "premie > 12.34567": [f"'12.34567' is geen getal (teken 10). {FORMS}"],
    "premie > 1e3": [f"'1e3' is geen getal (teken 10). {FORMS}"],
    "premie > 007": [f"'007' is geen getal (teken 10). {FORMS}"],
    "premie > .5": [f"'.5' is geen getal (teken 10). {FORMS}"],
    "premie > 1_000": [f"'1_000' is geen getal (teken 10). {FORMS}"],
    "premie > € 12.30": cannot("€", 10, "Laat het euroteken weg: 12.30."),
    "premie > uurtarief * 20%": cannot("%", 24, "Schrijf 0.20 in plaats van 20%, en mod(a, b) voor de rest na deling."),
    "uurtarief > (6) / (5)": [
        "deze deling is niet precies uit te rekenen. Schrijf een getal met een punt, zoals 6.0 / 5."
    ],
    "inleentarief / uurtarief > 1.2": [ZERO(16)],
    "inleentarief / nullif(uurtarief, 1) > 1.2": [ZERO(23)],
    "inleentarief / (uurtarief * 2) > 1.2": [ZERO(17)],
    "CASE WHEN uurtarief > 0 THEN inleentarief / premie ELSE 0 END > 1": [ZERO(45)],
    "inleentarief / CASE WHEN premie = 0 THEN NULL ELSE uurtarief END > 1": [ZERO(26)],
    "leeftijd / 0 > 1": [f"'leeftijd / 0 > 1' {DIVIDE}"],
    "mod(leeftijd, werkzame_personen) = 1": [ZERO(15)],
    "premie * premie * premie * premie > 1": [
        "'premie * premie * premie * premie > 1' is niet op elke rij uit te rekenen. Het getal kan te groot worden."
    ],
    # no answer of yes or no
    **{
        text: [f"'{text}' is geen voorwaarde die waar of niet waar is."]
        for text in ("uren_per_week", "1", "'tekst'", "startdatum", "uurtarief * 2", "werkaard")
    },
}  # fmt: skip


@pytest.mark.parametrize("text, sentences", REFUSED.items(), ids=lambda text: str(text)[:40])
def test_anything_else_is_refused_with_its_place(text: str, sentences: list[str]) -> None:
    assert refused(text) == sentences


@pytest.mark.parametrize("text", [None, True, 3, ["vrijwillig"], {"a": 1}], ids=repr)
def test_a_condition_is_text(text: object) -> None:
    assert refused(text) == refused(text, DATE) == ["een voorwaarde is tekst."]


LONG = {
    "vrijwillig AND " * 200 + "vrijwillig": "een voorwaarde heeft hoogstens 2000 tekens.",
    "vrijwillig AND " * 120 + "vrijwillig": "een voorwaarde heeft hoogstens 100 tekens en verbindingswoorden.",
    "NOT " * 400 + "vrijwillig": "een voorwaarde heeft hoogstens 100 tekens en verbindingswoorden.",
    "(" * 900 + "vrijwillig" + ")" * 900: "is niet te lezen als een uitdrukking.",
    "abs(" * 390 + "premie" + ")" * 390 + " > 1": "is niet te lezen als een uitdrukking.",
}


@pytest.mark.parametrize("text, sentence", LONG.items(), ids=lambda text: text[:12])
def test_a_text_that_is_too_long_or_too_deep_is_refused(text: str, sentence: str) -> None:
    assert sentence in " ".join(refused(text))


@pytest.mark.parametrize("times", [100, 49])
def test_a_long_condition_is_still_read(times: int) -> None:
    assert answer("vrijwillig OR " * times + "NOT vrijwillig" if times < 100 else "leeftijd IN (26" + ", 1" * 400 + ")")


SQL = """row_number() OVER () = 1 · sum(premie) OVER (PARTITION BY kandidaat_id) > 10 · rank() OVER (ORDER BY startdatum) > 1
 · lag(functie) OVER (ORDER BY startdatum) = functie · vrijwillig UNION SELECT true · vrijwillig WHERE begeleiding
 · vrijwillig ORDER BY startdatum · reden IN (SELECT functie FROM self) · premie = ANY(ARRAY[1, 2]) · uuid() IS NULL
 · regexp_like(reden, '(a+)+$') · reden RLIKE 'x' · reden REGEXP 'x' · try_cast(reden AS int) > 1 · columns('.*') IS NULL
 · struct(reden) IS NULL · array_length(reden) > 1 · strptime(reden, '%Y') > startdatum · date(reden) > startdatum
 · rand() > 0.5 · pi() > 3 · sqrt(premie) > 1 · exp(premie) > 1 · ln(premie) > 1 · pow(premie, 9) > 1 · concat(reden) = 'x'
 · premie ISNULL · premie NOTNULL · vrijwillig AS x · premie <=> 3 · vrijwillig XOR begeleiding · premie ^ 2 > 1
 · vrijwillig IS DISTINCT FROM begeleiding · reden = $$ziek$$ · reden = E'ziek' · reden = @x · reden = ? · reden = :x
 · reden COLLATE x = 'x' · reden LIKE functie · reden LIKE 'x!%' ESCAPE '!' · position('x' IN reden) > 0
 · if(vrijwillig, true, false) · drop · explain vrijwillig · vrijwillig IS UNKNOWN · startdatum AT TIME ZONE 'UTC' > peildatum
 · version() = 'x' · getenv('HOME') = 'x' · scan_parquet('x') IS NULL · current_user = 'x' · reden = X'41' · premie[1] > 2
 · {reden} = 'x' · reden\\ = 'x' · trim(BOTH 'x' FROM reden) = 'x' · extract(epoch FROM startdatum) > 1 · (SELECT 1) = 1
 · premie = +-+ · -vrijwillig = 1 · premie % 2 = 1 · premie & 1 = 1 · premie | 1 = 1 · startdatum + 3 > peildatum"""


@pytest.mark.parametrize("text", [part.strip() for part in SQL.split("·")])
def test_sql_that_is_more_than_a_condition_never_gets_through(text: str) -> None:
    assert refused(text)


def test_words_in_a_text_are_no_columns_and_no_clock() -> None:
    assert answer("reden = 'now() -- ;' OR functie = 'fase = ''lopnd'''") is False


@pytest.mark.parametrize("name", schema())
def test_every_column_of_a_placement_can_be_named_and_is_what_a_placement_has(name: str) -> None:
    assert answer(f"{name} IS NULL OR {name} IS NOT NULL") is True
    if name in placement().columns:
        assert placement().schema[name] == schema()[name]


@pytest.mark.parametrize("name", FUNCTIONS)
def test_every_function_is_one_that_polars_knows(name: str) -> None:
    assert name in FUNCTIONS[name].example
    read(FUNCTIONS[name].example, BOOLEAN)


OWN = (
    Column("or_instemming", "yes_no", "de ondernemingsraad stemt in"),
    Column("leerdoelen", "text", "leerdoelen"),
    Column("subsidie", "euro", "subsidie"),
    Column("gesprekken", "whole", "aantal gesprekken"),
    Column("ondertekend", "date", "dag van de overeenkomst"),
    Column("date", "date", "een kolom die heet als een woord"),
)
OWN_ANSWERS = {
    "or_instemming = nee": True,
    "leerdoelen IS NULL AND NOT or_instemming": True,
    "leerdoelen = 'ja'": None,
    "subsidie >= 12.30": True,
    "subsidie > 12.30": False,
    "gesprekken - 4 < 0": True,
    "ondertekend < startdatum": True,
    '"date" > 2025-12-31': True,
}


@pytest.mark.parametrize("text, expected", OWN_ANSWERS.items(), ids=OWN_ANSWERS)
def test_own_columns_of_a_policy_can_be_named(text: str, expected: bool | None) -> None:
    types = {name: schema(OWN)[name] for name in schema(OWN) if name not in placement().columns}
    values = {"or_instemming": False, "leerdoelen": None, "subsidie": Decimal("12.30"), "gesprekken": 3}
    days = {"ondertekend": date(2026, 7, 31), "date": date(2026, 1, 1)}
    row = placement().hstack(pl.DataFrame([{**values, **days}], schema=types).get_columns())
    assert row.select(read(text, BOOLEAN, OWN).expr.alias("is"))["is"].item() is expected


def test_own_columns_hold_for_their_own_policy_only() -> None:
    assert refused("or_instemming", own=()) == ["onbekende kolom 'or_instemming' (teken 1)."]
    assert refused("or_instemmng", own=OWN) == ["onbekende kolom 'or_instemmng' (teken 1). Bedoelde u 'or_instemming'?"]
    assert refused("subsidie = 'x'", own=OWN) == [f"'subsidie' (getal) en tekst {TYPES} (teken 1)."]
    assert "or_instemming" not in columns()


def test_a_rule_reads_own_columns_from_the_validation_context() -> None:
    context = {"columns": {column.name: column for column in OWN}}
    params = voorwaarde.Params.model_validate(
        {"signaal_als": "NOT or_instemming", "ontstaan_op": "ondertekend + 1 dag"}, context=context
    )
    assert params.signaal_als.expr.meta.root_names() == ["or_instemming"]
    own = pl.DataFrame({"or_instemming": [False]})
    assert own.select(params.signaal_als.values()).item() == "or_instemming nee"


@pytest.mark.parametrize("reader, text", [(condition, "vrijwillig"), (day, "startdatum")])
def test_a_condition_that_was_read_stays_itself(reader: Any, text: str) -> None:
    adapter = TypeAdapter(Annotated[Any, BeforeValidator(reader)])
    first = adapter.validate_python(text)
    assert isinstance(first, Condition)
    assert adapter.validate_python(first) is first


@pytest.mark.parametrize(
    "text, expected",
    {
        "startdatum": date(2026, 8, 1),
        "startdatum + INTERVAL '3 months'": date(2026, 11, 1),
        "greatest(startdatum + 43 dagen, laatste_contact + 43 dagen)": date(2026, 10, 1),
        "2026-01-01": date(2026, 1, 1),
        "'2026-01-01'": date(2026, 1, 1),
        "peildatum": date(2026, 9, 30),
    }.items(),
)
def test_a_day_is_an_expression_that_gives_a_date(text: str, expected: date) -> None:
    assert answer(text, DATE) == expected


@pytest.mark.parametrize("text", ["vrijwillig", "uren_per_week", "2026", "'morgen'"])
def test_what_gives_no_date_is_no_day(text: str) -> None:
    assert refused(text, DATE) == [f"'{text}' geeft geen datum."]


VALUES = {
    "NOT vrijwillig": "vrijwillig nee",
    "begeleiding OR uitzendbureau": "begeleiding leeg, uitzendbureau leeg",
    "fase = 'lopend' AND startdatum < peildatum": "fase lopend, startdatum 01-08-2026, peildatum 30-09-2026",
    "uren_per_week > 28 AND uurtarief < 13 AND uren_per_week < 30": "uren_per_week 28,5, uurtarief 12,30",
    "leeftijd < 27 AND gewerkte_uren = 100": "leeftijd 26, gewerkte_uren 100",
    "cao_uurloon = 1000": "cao_uurloon 1000,00",
    "true": "true",
}


@pytest.mark.parametrize("text, words", VALUES.items(), ids=VALUES)
def test_the_values_of_a_condition_can_be_said_in_words(text: str, words: str) -> None:
    assert placement().select("nr", words=read(text, BOOLEAN).values())["words"].item() == words


def test_a_signal_has_a_day_also_where_the_policy_gives_none() -> None:
    """A day that is empty is that of the start; one after the last day that exists is that day."""
    for text, expected in {
        "uitkering_sinds + 1 jaar": date(2026, 8, 1),
        "9999-01-01 + 100 jaar": date(9999, 12, 31),
        "laatste_contact": date(2026, 8, 19),
    }.items():
        params = voorwaarde.Params.model_validate({"signaal_als": "ja", "ontstaan_op": text})
        assert placement().select(voorwaarde.check(params).arose.alias("day"))["day"].item() == expected


UNKNOWN = {
    "begeleiding": "begeleiding",
    "einddatum > 2026-12-31": "einddatum",
    "premie > 1 OR einddatum > 2026-12-31": "premie, einddatum",
    "1 / nullif(uurtarief - 12.30, 0) > 0": "uitkomst",
    "CASE WHEN vrijwillig THEN ja END": "uitkomst",
    "leeftijd < 3 OR premie < 3": "premie",
}


@pytest.mark.parametrize("text, missing", UNKNOWN.items(), ids=UNKNOWN)
def test_what_cannot_be_told_says_why(text: str, missing: str) -> None:
    params = voorwaarde.Params.model_validate({"signaal_als": text})
    shipped = next(rule for rule in rulebook.load().rules if rule.name == "niet_vrijwillig")
    assert judge(placement(), (replace(shipped, params=params),)).missing["ontbreekt"].to_list() == [missing]


WAITS = {
    "an empty column that is asked for as empty": ("begeleiding", "inlener IS NULL AND premie IS NULL", "begeleiding"),
    "the same in the condition itself": ("ja", "inlener IS NULL AND begeleiding", "begeleiding"),
    "not empty is asked for too": ("ja", "NOT (premie IS NOT NULL) AND begeleiding", "begeleiding"),
    "another value stands in for it": ("ja", "coalesce(premie, 0) < 5 AND begeleiding", "begeleiding"),
    "nothing stands in for it": ("ja", "coalesce(premie, inleentarief - premie) < 5", "premie"),
    "both ways, and the answer waits": ("ja", "premie IS NULL AND premie < 5", "premie"),
    "both ways, and the answer is there": ("begeleiding", "premie IS NULL OR premie < 5", "begeleiding"),
    "both ways, in two conditions": ("premie IS NULL", "premie < 5", "premie"),
    "a part that is false whatever it is": ("ja", "(premie < 5 AND vrijwillig) OR begeleiding", "begeleiding"),
    "a branch that is not chosen": ("ja", "CASE WHEN vrijwillig THEN premie < 5 ELSE begeleiding END", "begeleiding"),
    "a branch that can be chosen": ("ja", "CASE WHEN begeleiding THEN premie < 5 END", "premie, begeleiding"),
    "what chooses": ("ja", "CASE WHEN begeleiding THEN vrijwillig END", "begeleiding"),
    "a key without what it is made of": ("ja", "functie_sleutel IS NULL OR begeleiding", "begeleiding"),
    "no value at all": ("ja", "CASE WHEN premie IS NULL THEN null ELSE vrijwillig END", "uitkomst"),
    "a division by nothing beside it": ("ja", "premie IS NULL AND 1 / nullif(uurtarief - 12.30, 0) > 0", "uitkomst"),
    "an end that is asked for as empty": ("begeleiding", "einddatum IS NULL", "begeleiding"),
}


@pytest.mark.parametrize("applies, flagged, missing", WAITS.values(), ids=WAITS)
def test_only_what_the_answer_waits_for_is_missing(applies: str, flagged: str, missing: str) -> None:
    params = voorwaarde.Params.model_validate({"geldt_voor": applies, "signaal_als": flagged})
    shipped = next(rule for rule in rulebook.load().rules if rule.name == "niet_vrijwillig")
    assert judge(placement(), (replace(shipped, params=params),)).missing["ontbreekt"].to_list() == [missing]


def test_a_policy_names_file_and_line_of_every_mistake(tmp_path: Path) -> None:
    path = tmp_path / "beleid.yaml"
    text = "regels:\n  te_jong:\n    parameters:\n      geldt_voor: vrijwilig = ja\n      signaal_als: uren_per_wek < 12,30\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as caught:
        rulebook.load(path)
    assert [str(mistake).removeprefix(str(tmp_path)) for mistake in caught.value.mistakes] == [
        "/beleid.yaml:4: geldt_voor: onbekende kolom 'vrijwilig' (teken 1). Bedoelde u 'vrijwillig'?",
        "/beleid.yaml:5: signaal_als: onbekende kolom 'uren_per_wek' (teken 1). Bedoelde u 'uren_per_week'?",
        "/beleid.yaml:5: signaal_als: in '12,30' staat een komma (teken 16). Schrijf 12.30; of, voor twee getallen, 12, 30 met een spatie.",
    ]


def examples() -> list[tuple[str, str]]:
    """Every example in docs/conditions.md with its answer; what follows is meaning."""
    text = (resources.folder("rules").parent / "docs" / "conditions.md").read_text(encoding="utf-8")
    found = re.findall(r"^\| (?:\w+ \| [^|]* \| )?`([^`]+)` \| (ja|nee|leeg) \|", text, re.MULTILINE)
    assert len(found) == len(HABITS) + len(FUNCTIONS)
    return found


@pytest.mark.parametrize("text, said", examples())
def test_every_example_in_the_docs_gives_the_answer_that_stands_there(text: str, said: str) -> None:
    frame = placed(rows_of_text([PLACEMENT]), date.fromisoformat(PEILDATUM))
    found = frame.select(read(text, BOOLEAN).expr.alias("answer"))["answer"].item()
    assert {True: "ja", False: "nee", None: "leeg"}[found] == said


def test_no_column_is_called_as_a_word_of_a_condition() -> None:
    assert not set(schema()) & {*KEYWORDS, *FUNCTIONS}
