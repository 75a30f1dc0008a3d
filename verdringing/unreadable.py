"""Why a value cannot be read, told of the value itself: what a person has to change in it."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from verdringing.figures import count
from verdringing.record import NUMBERS, Column
from verdringing.values import MIDNIGHT, number
from verdringing.words import _

_YEAR_FIRST, _DAY_FIRST = r"[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}", r"[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}"
_DAY = rf"(?:{_YEAR_FIRST}|{_DAY_FIRST}|[0-9]{{8}})"
_ALLOWED = r"[0-9]{4}-[0-9]{1,2}-[0-9]{1,2}|[0-9]{1,2}(?:-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{4}"
_ORDERS = ("%Y{0}%m{0}%d", "%d{0}%m{0}%Y")
_SIGNS = ("-", "/", ".", "")
_EURO = r"(?i)^(?:€|eur)?\s*"
Form = tuple[pl.Expr, str]
"""When a value has a form that cannot be read, and the words for it."""


def reason(column: Column) -> pl.Expr:
    """Expression for the reason: why the text in `column`, that was not read and is not empty, cannot be read."""
    text = pl.col(column.name).str.strip_chars()
    told: pl.Expr = pl.lit(_otherwise(column))
    for when, words in reversed([*_forms(column, text)]):
        told = pl.when(when).then(pl.lit(words)).otherwise(told)
    return told


def _forms(column: Column, text: pl.Expr) -> Iterator[Form]:
    """Forms of a text, the first that fits tells the reason."""
    if column.kind == "date":
        yield from _days(text)
    elif column.kind in NUMBERS and column.name != "geboortejaar":
        yield from _numbers(column, text)


def _days(written: pl.Expr) -> Iterator[Form]:
    text = written.str.replace(MIDNIGHT, "")
    yield text.str.contains(rf"^{_DAY}[ T][0-9]{{1,2}}[:.][0-9]{{2}}"), _("heeft een tijd; schrijf alleen de dag")
    two = text.str.contains(r"^[0-9]{1,2}[-/. ][0-9]{1,2}[-/. ][0-9]{2}$")
    yield two, _("heeft een jaar van twee cijfers; schrijf dd-mm-jjjj")
    letters = text.str.contains(r"^[0-9]{1,2}[-/. ]+\p{L}{3,}[-/. ]+[0-9]{2,4}$")
    yield letters, _("heeft de maand in letters; schrijf dd-mm-jjjj")
    whole = text.str.contains(rf"^{_DAY}$")
    yield whole & _before_1900(text), _("ligt voor 1900")
    signs = text.str.contains(r"[-/.]") & ~text.str.contains(rf"^(?:{_ALLOWED})$")
    yield whole & signs, _("heeft andere tekens tussen dag, maand en jaar; schrijf dd-mm-jjjj")
    yield whole, _("is geen bestaande dag (de maand staat in het midden)")


def _before_1900(text: pl.Expr) -> pl.Expr:
    """Whether a text with one kind of sign, or none, is a day that existed before 1900."""
    days = [text.str.to_date(order.format(sign), strict=False) for sign in _SIGNS for order in _ORDERS]
    return pl.any_horizontal(day.dt.year() < 1900 for day in days)


def _numbers(column: Column, text: pl.Expr) -> Iterator[Form]:
    bare = text.str.replace(r"\s*%$", "") if column.kind == "percentage" else text
    whole = column.kind == "whole"
    plain = number(bare.str.replace_all(".", "", literal=True) if whole else bare)
    high = _("is te hoog voor deze kolom: hoogstens {n}", n=count(column.most))
    yield (plain.cast(pl.Float64, strict=False) > column.most).fill_null(value=False), high
    if column.kind in ("euro", "percentage"):
        small = plain.str.contains(r"\.[0-9]{4}[0-9]*[1-9]").fill_null(value=False)
        yield small, _("heeft meer dan vier cijfers achter de komma")
    if column.kind == "percentage":
        share = plain.str.contains(r"^0+\.").fill_null(value=False)
        yield share, _("kan twee percentages betekenen; zet er een procentteken achter")
    if not whole:
        two = _("kan twee getallen betekenen: met duizenden of met cijfers achter de komma")
        yield bare.str.contains(_EURO + r"[0-9]{1,3}\.[0-9]{3}$"), two
    yield bare.str.contains(_EURO + r"-\s*(?:€|eur)?\s*[0-9][0-9.,]*$"), _("is lager dan nul")
    dash = bare.str.contains(_EURO + r"[0-9.]+,\s*[-–—=]+$")
    yield dash, _("eindigt op een streepje; schrijf 16,00 en niet 16,-")
    if not whole:
        misplaced = _("heeft punten of komma's op een andere plaats dan 1.234,56")
        yield bare.str.contains(_EURO + r"[0-9.,]*[0-9][0-9.,]*$"), misplaced
    beside = bare.str.contains(r"[0-9]") & bare.str.contains(r"\p{L}")
    yield beside, _("heeft tekst bij het getal; schrijf alleen het getal")


def _otherwise(column: Column) -> str:
    if column.name == "geboortejaar":
        return _("is geen jaartal van vier cijfers")
    return {
        "text": _("telt als leeg"),
        "date": _("is geen datum"),
        "decimal": _("is geen getal"),
        "euro": _("is geen bedrag"),
        "percentage": _("is geen percentage"),
        "whole": _("is geen heel getal"),
        "yes_no": _("is geen ja of nee"),
        "choice": _("is niet een van: {keuzes}", keuzes=", ".join(column.choices)),
        "kvk": _("is geen KvK-nummer van 8 cijfers"),
        "vestiging": _("is geen vestigingsnummer van 12 cijfers"),
        "instrument": _("is geen bekend instrument"),
    }[column.kind]
