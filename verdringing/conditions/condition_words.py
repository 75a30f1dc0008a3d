"""The words of a condition: what may stand in it, and what to write instead of what may not.

Polars SQL knows far more than this. What stands here looks at one placement and cannot fail on a value that a column
can hold; every word that is not here, and is no column, is refused. Each function has an example with its answer for
the placement of docs/conditions.md, which a test proves.
"""

from __future__ import annotations

from typing import NamedTuple

from verdringing.words import _


class Function(NamedTuple):
    """What a function gives (Dutch), an example of it in a condition, and the answer: ja, nee or leeg."""

    meaning: str
    example: str
    answer: str


FUNCTIONS = {
    "coalesce": Function("de eerste waarde die niet leeg is", "coalesce(premie, 0) = 0", "ja"),
    "nullif": Function("leeg als beide gelijk zijn", "inleentarief / nullif(uurtarief, 0) = 1.2", "ja"),
    "greatest": Function("de grootste; lege waarden tellen niet mee", "greatest(uurtarief, 13) = 13", "ja"),
    "least": Function("de kleinste; lege waarden tellen niet mee", "least(uurtarief, inleentarief) = 12.30", "ja"),
    "abs": Function("zonder minteken", "abs(uurtarief - inleentarief) > 2.50", "nee"),
    "round": Function("afgerond, met zo veel cijfers achter de komma", "round(uurtarief * 1.15, 2) = 14.15", "ja"),
    "floor": Function("naar beneden afgerond", "floor(uren_per_week) = 28", "ja"),
    "ceil": Function("naar boven afgerond", "ceil(uren_per_week) = 28", "nee"),
    "mod": Function("de rest na deling", "mod(leeftijd, 2) = 0", "ja"),
    "lower": Function("in kleine letters", "lower(functie) = 'inpakker'", "ja"),
    "upper": Function("in hoofdletters", "upper(reden) = 'ZIEK'", "ja"),
    "trim": Function("zonder spaties eromheen", "trim(reden) = 'ziek'", "ja"),
    "length": Function("aantal tekens", "length(reden) > 4", "nee"),
    "left": Function("de eerste tekens", "left(functie, 2) = 'In'", "ja"),
    "right": Function("de laatste tekens", "right(functie, 2) = 'er'", "ja"),
    "substr": Function("een deel: vanaf welk teken, en hoeveel", "substr(functie, 3, 3) = 'pak'", "ja"),
    "replace": Function("een stuk tekst vervangen", "replace(reden, 'zie', 'zoe') = 'zoek'", "ja"),
    "starts_with": Function("begint met", "starts_with(functie, 'Inpak')", "ja"),
    "ends_with": Function("eindigt op", "ends_with(functie, 'medewerker')", "nee"),
    "year": Function("het jaar van een datum", "year(startdatum) = 2026", "ja"),
    "quarter": Function("het kwartaal van een datum", "quarter(startdatum) = 3", "ja"),
    "month": Function("de maand van een datum", "month(startdatum) IN (7, 8)", "ja"),
    "week": Function("het weeknummer van een datum", "week(startdatum) = 31", "ja"),
    "day": Function("de dag van de maand", "day(startdatum) = 1", "ja"),
    "extract": Function("jaar, kwartaal, maand, week of dag", "extract(year FROM startdatum) > 2026", "nee"),
}
PARTS = ("year", "quarter", "month", "week", "day")
"""What extract can take from a date; each is a function too."""
COUNTED = ("length", "extract", *PARTS)
"""Functions that give a small whole number, with which polars cannot calculate safely."""

SIGNS = ("=", "<>", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "(", ")", ",")
BETWEEN_VALUES = ("and", "or", "is", "in", "like", "ilike", "between", "when", "then", "else", "from")
VALUES = {"true": "TRUE", "false": "FALSE", "ja": "TRUE", "nee": "FALSE", "null": "NULL"}
BEFORE_VALUES = ("not", "case", "date", "interval")
KEYWORDS = (*BETWEEN_VALUES, *VALUES, *BEFORE_VALUES, "end")
"""Words with a meaning of their own, in any case; a column that is called so stands between double quotes."""

UNITS = {
    **dict.fromkeys(("dag", "dagen", "day", "days"), "days"),
    **dict.fromkeys(("week", "weken", "weeks"), "weeks"),
    **dict.fromkeys(("maand", "maanden", "month", "months"), "months"),
    **dict.fromkeys(("jaar", "jaren", "year", "years"), "years"),
}
MOST = {"days": 36_500, "weeks": 5_200, "months": 1_200, "years": 100}
"""A length of time after a number: `startdatum + 3 maanden`; a century at most."""

_AND = {
    "en": "AND",
    "of": "OR",
    "niet": "NOT",
    "tussen": "BETWEEN",
    "als": "CASE WHEN",
    "dan": "THEN",
    "anders": "ELSE",
}
_DUTCH = {**_AND, "leeg": "NULL", "waar": "TRUE", "onwaar": "FALSE"}
_SIGNS = {"==": "=", "=>": ">=", "=<": "<=", "≤": "<=", "≥": ">=", "≠": "<>", "×": "*", "÷": "/", "–": "-", "−": "-"}
_SIGNS |= {"&&": "AND", "&": "AND", "|": "OR", "!": "NOT"} | dict.fromkeys("‘’“”`´", "'")
_CLOCK = ("now", "today", "vandaag", "current_date", "current_time", "current_timestamp", "localtime", "localtimestamp")
_ROWS = {
    *("count", "sum", "avg", "mean", "min", "max", "first", "last", "median", "stddev", "variance"),
    *("row_number", "rank", "dense_rank", "lag", "lead", "over"),
    *("select", "exists", "where", "group", "order", "union", "limit", "any"),
}
ENDING = (";", "--", "/*", "#", *"'\"‘’“”`´")
"""Signs after which nothing can be read as it was meant."""
_CASTS = ("::", "cast", "try_cast", "strptime", "to_date", "strftime", "timestamp")


def instead_of_word(word: str) -> str:
    """A sentence on what to write instead of a word that is not allowed; empty when nothing can be said."""
    if word in _DUTCH:
        return _("Schrijf {woord}.", woord=_DUTCH[word])
    if word in _CLOCK:
        return _("Een voorwaarde kijkt niet op de klok; gebruik peildatum.")
    if word in _ROWS:
        return _("Een voorwaarde kijkt naar één plaatsing, niet naar andere rijen.")
    if word in _CASTS:
        return _("Omzetten kan niet; schrijf een datum als 2026-01-01 en een bedrag als 12.30.")
    return ""


def instead_of_sign(sign: str) -> str:
    """A sentence on what to write instead of a sign that is not allowed; empty when nothing can be said."""
    if sign in _SIGNS:
        return _("Schrijf {woord}.", woord=_SIGNS[sign])
    if sign == "::":
        return instead_of_word(sign)
    if sign == "%":
        return _("Schrijf 0.20 in plaats van 20%, en mod(a, b) voor de rest na deling.")
    if sign == "€":
        return _("Laat het euroteken weg: 12.30.")
    if sign in ("--", "/*", "#"):
        return _("Een opmerking hoort in het bestand, na een # buiten de voorwaarde.")
    return _("Een voorwaarde is één uitdrukking.") if sign == ";" else ""
