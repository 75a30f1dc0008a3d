"""Conditions of a policy: one expression over one placement, and a sentence for everything else."""

from __future__ import annotations

from datetime import date
from functools import cache

import polars as pl
import pytest
from conftest import placed, rows_of_text

from verdringing.condition import Condition, condition, day, schema

ROW = {
    "startdatum": "01-08-2026",
    "uren_per_week": "28,5",
    "uurtarief": "12,30",
    "inleentarief": "14,76",
    "werkaard": "structureel",
    "vrijwillig": "nee",
    "begeleiding": None,
    "geboortejaar": "2000",
    "laatste_contact": "19-08-2026",
    "reden": "ziek",
    "gewerkte_uren": "100",
    "cao_uurloon": "1000",
}


@cache
def placement() -> pl.DataFrame:
    """One placement, seen from 30 September 2026."""
    return placed(rows_of_text([ROW]))


def answer(text: str) -> object:
    """What a condition says about the placement."""
    read = condition(text)
    assert isinstance(read, Condition)
    return placement().select(read.expr.alias("answer"))["answer"].item()


def refused(text: object, read=condition) -> str:
    with pytest.raises(ValueError, match=r".") as caught:
        read(text)
    assert type(caught.value) is ValueError
    return str(caught.value)


ANSWERS = {
    "vrijwillig": False,
    "NOT vrijwillig": True,
    "begeleiding": None,
    "NOT begeleiding": None,
    "begeleiding IS NULL": True,
    "begeleiding AND vrijwillig": False,
    "begeleiding OR NOT vrijwillig": True,
    "uren_per_week > 28": True,
    "uren_per_week BETWEEN 28.5 AND 30": True,
    "uren_per_week <= 28": False,
    "premie > 100": None,
    "coalesce(premie, 0) > 100": False,
    "uurtarief < 12.30": False,
    "uurtarief <= 12.30": True,
    "inleentarief * 5 > uurtarief * 6": False,  # 14,76 is exactly 1,2 × 12,30
    "inleentarief * 5 >= uurtarief * 6": True,
    "inleentarief / nullif(uurtarief, 0) > 1": True,
    "werkaard = 'structureel'": True,
    "werkaard <> 'additioneel'": True,
    "werkaard IN ('tijdelijk', 'structureel')": True,
    "werkaard NOT IN ('tijdelijk', 'structureel')": False,
    "instrument = 'flextensie'": True,
    "instrument IN ('stage', 'beschut_werk')": False,
    "fase = 'lopend'": True,
    "fase IN ('beeindigd', 'voorgenomen')": False,
    "reden = 'ziek'": True,
    "reden = 'een woord dat er niet is'": False,
    "upper(reden) LIKE 'ZIE%'": True,
    "startdatum > DATE '2026-07-31'": True,
    "startdatum > '2026-08-01'::date": False,
    "startdatum < peildatum - INTERVAL '42 days'": True,  # 30 September − 42 days = 19 August
    "laatste_contact < peildatum - INTERVAL '42 days'": False,
    "startdatum + INTERVAL '3 months' > DATE '2026-10-31'": True,
    "extract(year from startdatum) = 2026": True,
    "leeftijd < 27": True,
    "leeftijd = 26": True,
    "duur_dagen = 61": True,  # 31 days of August, 30 of September
    "werkgever_sleutel = 'bakkerij de korenaar'": True,
    "functie_sleutel = 'inpakker'": True,
    "CASE WHEN vrijwillig THEN false ELSE true END": True,
    "true": True,
}


@pytest.mark.parametrize("text, expected", ANSWERS.items(), ids=ANSWERS)
def test_a_condition_answers_yes_no_or_unknown(text: str, expected: bool | None) -> None:
    assert answer(text) is expected


NOT_ONE = "is niet te lezen als een uitdrukking"
TYPES = "passen niet bij elkaar"
MORE_ROWS = "kijkt naar meer dan een rij"
SENTENCES = {
    **dict.fromkeys(
        ["", "  ", "*", "(vrijwillig", "vrijwillig)", "vrijwillig vrijwillig vrijwillig", "= 3", "'los"], NOT_ONE
    ),
    **dict.fromkeys(["vrijwillig; begeleiding", "vrijwillig, begeleiding", "vrijwillig; DROP TABLE self"], NOT_ONE),
    **dict.fromkeys(
        ["SELECT vrijwillig", "select * from self", "vrijwillig FROM self", "vrijwillig WHERE begeleiding"], NOT_ONE
    ),
    **dict.fromkeys(
        ["vrijwillig LIMIT 1", "vrijwillig ORDER BY startdatum", "bestaat_niet(functie)", "random() > 0.5"], NOT_ONE
    ),
    **dict.fromkeys(["read_csv('/etc/passwd') = 'x'", "vrijwillig UNION SELECT true"], NOT_ONE),
    "exists (SELECT 1)": "een SELECT binnen een voorwaarde mag niet",
    **dict.fromkeys(["functie > 3", "leeftijd = 'x'", "startdatum > '2025-01-01'", "vrijwillig > startdatum"], TYPES),
    **dict.fromkeys(
        ["vrijwillig = 'ja'", "NOT vrijwillig = 'ja'", "begeleiding IN ('nee')", "uurtarief > '12,30'"], TYPES
    ),
    **dict.fromkeys(["fase AND vrijwillig", "uren_per_week + functie > 3", "uren_per_week > 28 OR reden"], TYPES),
    **dict.fromkeys(
        ["uren_per_week", "1", "'ja'", "null", "startdatum", "uurtarief * 2", "werkaard"], "is geen voorwaarde"
    ),
    "vrij_willig": "onbekende kolom 'vrij_willig'. Bedoelde u 'vrijwillig'?",
    "uren > 3": "onbekende kolom 'uren'.",
    "nationaliteit = 'x'": "onbekende kolom 'nationaliteit'.",
    "vrijwillig AND werk_aard = 'tijdelijk'": "onbekende kolom 'werk_aard'. Bedoelde u 'werkaard'?",
    'reden = "ziek"': "onbekende kolom 'ziek'.",
    "self.vrijwillig": "onbekende kolom 'self'.",
    "fase = 'lopnd'": "'lopnd' komt niet voor in de kolom 'fase'. Bedoelde u 'lopend'?",
    "instrument <> 'Flextensie'": "'Flextensie' komt niet voor in de kolom 'instrument'. Bedoelde u 'flextensie'?",
    "instrument IN ('stage', 'wep')": "'wep' komt niet voor in de kolom 'instrument'.",
    "werkaard not in ('structureel', 'tijdelyk')": "'tijdelyk' komt niet voor in de kolom 'werkaard'. Bedoelde u",
    "uitstroom = 'ja'": "'ja' komt niet voor in de kolom 'uitstroom'.",
    **dict.fromkeys(
        ["count(*) > 1", "max(uurtarief) > 10", "uurtarief > avg(uurtarief)", "first(vrijwillig)"], MORE_ROWS
    ),
    **dict.fromkeys(["sum(premie) OVER (PARTITION BY kandidaat_id) > 10", "row_number() OVER () = 1"], MORE_ROWS),
    **dict.fromkeys(
        ["rank() OVER (ORDER BY startdatum) > 1", "lag(functie) OVER (ORDER BY startdatum) = functie"], MORE_ROWS
    ),
    **dict.fromkeys(
        ["startdatum < current_date", "now() > startdatum", "CURRENT_TIMESTAMP > startdatum"], "gebruik peildatum"
    ),
    **dict.fromkeys(
        ["inleentarief / uurtarief > 1.2", "uurtarief / 0 > 1"], "Deel bijvoorbeeld door nullif(kolom, 0)."
    ),
    **dict.fromkeys(
        ["cast(functie AS int) > 1", "NOT functie", "functie::date > startdatum"], "is niet op elke rij uit te rekenen"
    ),
    "vrijwillig AND " * 200 + "vrijwillig": "een voorwaarde heeft hoogstens 2000 tekens",
}


@pytest.mark.parametrize("text, sentence", SENTENCES.items(), ids=lambda text: text[:40])
def test_anything_but_a_condition_on_one_row_is_refused(text: str, sentence: str) -> None:
    assert sentence in refused(text)


@pytest.mark.parametrize("text", [None, True, 3, ["vrijwillig"], {"a": 1}], ids=repr)
def test_a_condition_is_text(text: object) -> None:
    assert refused(text) == refused(text, day) == "een voorwaarde is tekst"


def test_words_in_a_text_are_no_columns_and_no_clock() -> None:
    assert answer("reden = 'now()' OR functie = 'fase = ''x'''") is False


@pytest.mark.parametrize("name", schema())
def test_every_column_of_a_placement_can_be_named(name: str) -> None:
    assert answer(f"{name} IS NULL OR {name} IS NOT NULL") is True


def test_a_condition_that_was_read_stays_itself() -> None:
    read = condition("vrijwillig")
    assert condition(read) is read


@pytest.mark.parametrize(
    "text, expected",
    {
        "startdatum": date(2026, 8, 1),
        "startdatum + INTERVAL '3 months'": date(2026, 11, 1),
        "peildatum": date(2026, 9, 30),
    }.items(),
)
def test_a_day_is_an_expression_that_gives_a_date(text: str, expected: date) -> None:
    read = day(text)
    assert isinstance(read, Condition)
    assert placement().select(read.expr.alias("day"))["day"].item() == expected


@pytest.mark.parametrize("text", ["vrijwillig", "uren_per_week", "'2026-01-01'", "2026"])
def test_what_gives_no_date_is_no_day(text: str) -> None:
    assert refused(text, day) == f"'{text}' geeft geen datum"


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
    read = condition(text)
    assert isinstance(read, Condition)
    assert placement().select("nr", words=read.values())["words"].item() == words
