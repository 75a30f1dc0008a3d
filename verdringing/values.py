"""Text to values: how a date, an amount, a yes or a number of fixed width is written, and what is never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import polars as pl

from verdringing.distinct import per_distinct
from verdringing.names import plain
from verdringing.record import INSTRUMENTS, Column

OPEN_ENDS = ("9999-12-31", "2099-12-31", "2100-01-01")
MISSING_DATE = "1900-01-01"
PLACEHOLDERS = (
    "-",
    "?",
    "onbekend",
    "n.v.t.",
    "nvt",
    "n.b.",
    "null",
    "n/a",
    "#n/b",
    "#n/a",
    "#verw!",
    "#ref!",
    "#waarde!",
    "#value!",
    "#naam?",
    "#name?",
    "#deel/0!",
    "#div/0!",
    "#getal!",
    "#num!",
    "#leeg!",
    "#null!",
)
MONEY = pl.Decimal(14, 4)
DTYPES: Mapping[str, pl.DataType | type[pl.DataType]] = {
    "text": pl.String,
    "date": pl.Date,
    "decimal": pl.Float64,
    "euro": MONEY,
    "percentage": MONEY,
    "whole": pl.Int32,
    "yes_no": pl.Boolean,
    "choice": pl.String,
    "kvk": pl.String,
    "vestiging": pl.String,
    "instrument": pl.Enum(INSTRUMENTS),
}


def typed(column: Column, instruments: Mapping[str, str], *, few: bool = False) -> pl.Expr:
    """Expression that reads a column of text; null is empty or unreadable. `instruments` maps spellings to names."""
    change: Callable[[pl.Expr], pl.Expr]
    if column.kind == "text":
        value = pl.col(column.name).str.strip_chars()
        return pl.when(~value.str.to_lowercase().is_in(["", *PLACEHOLDERS])).then(value)
    if column.kind == "instrument":
        change = partial(_instrument, spellings=instruments)
    elif column.kind == "choice":
        change = partial(_choice, choices=column.choices)
    else:
        change = HABITS.get(column.name) or READERS[column.kind]
    if few:
        return change(pl.col(column.name).str.strip_chars()).cast(DTYPES[column.kind])
    return per_distinct(pl.col(column.name), lambda text: change(text.str.strip_chars()), DTYPES[column.kind])


def _any_date(text: pl.Expr) -> pl.Expr:
    """dd-mm-jjjj, d-m-jjjj, dd/mm/jjjj, jjjj-mm-dd, jjjjmmdd; a time part of 00:00:00 is dropped; never month first."""
    day = text.str.replace(r"[ T]0?0:00(?::00(?:\.0+)?)?$", "")
    forms = {r"^\d{1,2}-\d{1,2}-\d{4}$": "%d-%m-%Y", r"^\d{1,2}/\d{1,2}/\d{4}$": "%d/%m/%Y"}
    forms |= {r"^\d{4}-\d{1,2}-\d{1,2}$": "%Y-%m-%d", r"^\d{8}$": "%Y%m%d"}
    read = [pl.when(day.str.contains(p)).then(day).str.to_date(form, strict=False) for p, form in forms.items()]
    found = pl.coalesce(read)
    return pl.when(found.dt.year() >= 1900).then(found)


def _date(text: pl.Expr) -> pl.Expr:
    found = _any_date(text)
    return pl.when(found != pl.lit(MISSING_DATE).str.to_date()).then(found)


def _end_date(text: pl.Expr) -> pl.Expr:
    found = _date(text)
    return pl.when(~found.is_in(pl.Series(OPEN_ENDS).str.to_date().implode())).then(found)


def _number(text: pl.Expr) -> pl.Expr:
    """12,30 · 12.30 · € 12,30 · 1.234,56 to text with a decimal point; 1.234 can be two numbers, so it is none."""
    bare = text.str.replace(r"(?i)^(?:€|eur)\s*", "")
    plain_form = bare.str.contains(r"^\d+(?:[.,]\d+)?$") & ~bare.str.contains(r"^\d{1,3}\.\d{3}$")
    thousands = bare.str.contains(r"^\d{1,3}(?:\.\d{3})+,\d+$|^\d{1,3}(?:\.\d{3}){2,}$")
    without = bare.str.replace_all(".", "", literal=True)
    return pl.when(plain_form).then(bare).when(thousands).then(without).str.replace(",", ".", literal=True)


def _decimal(text: pl.Expr) -> pl.Expr:
    number = _number(text).cast(pl.Float64, strict=False)
    return pl.when(number.is_finite()).then(number)


def _week_hours(text: pl.Expr) -> pl.Expr:
    hours = _decimal(text)
    return pl.when(hours <= 168).then(hours)


def _money(text: pl.Expr) -> pl.Expr:
    number = _number(text)
    return pl.when(~number.str.contains(r"\.\d{4}\d*[1-9]")).then(number).cast(MONEY, strict=False)


def _percentage(text: pl.Expr) -> pl.Expr:
    """80, 80,5 %, 100; a bare number below one can be a share (0,45 is 45 %), so it is none."""
    value = _money(text.str.replace(r"\s*%$", ""))
    return pl.when((value == 0) | (value >= 1) | text.str.ends_with("%")).then(value)


def _whole(text: pl.Expr) -> pl.Expr:
    whole = pl.when(text.str.contains(r"^(?:\d+|\d{1,3}(?:\.\d{3})+)$")).then(text)
    return whole.str.replace_all(".", "", literal=True).cast(pl.Int32, strict=False)


def _birth_year(text: pl.Expr) -> pl.Expr:
    return pl.when(text.str.contains(r"^(?:19|20)\d\d$")).then(text).cast(pl.Int32, strict=False)


def _yes_no(text: pl.Expr) -> pl.Expr:
    word = text.str.to_lowercase()
    yes, no = ["ja", "j", "true", "waar", "1"], ["nee", "n", "false", "onwaar", "0"]
    return pl.when(word.is_in(yes)).then(statement=True).when(word.is_in(no)).then(statement=False)


def _padded(text: pl.Expr, width: int) -> pl.Expr:
    """A number of fixed width whose leading zeros a spreadsheet may have dropped; dots only between groups."""
    grouped = text.str.contains(r"^\d{2}(?:\.\d{2})+$|^\d{1,3}(?:\.\d{3})+$")
    digits = pl.when(grouped).then(text.str.replace_all(".", "", literal=True)).otherwise(text).str.replace_all(" ", "")
    real = digits.str.contains(rf"^[0-9]{{5,{width}}}$") & digits.str.contains("[1-9]")
    return pl.when(real).then(digits.str.zfill(width))


def _choice(text: pl.Expr, choices: tuple[str, ...]) -> pl.Expr:
    word = plain(text)
    return pl.when(word.is_in(list(choices))).then(word)


def _instrument(text: pl.Expr, spellings: Mapping[str, str]) -> pl.Expr:
    return plain(text).replace_strict(list(spellings), list(spellings.values()), default=None)


HABITS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "einddatum": _end_date,
    "uren_per_week": _week_hours,
    "geboortejaar": _birth_year,
}
"""How a column of the record with a habit of its own is read, by name."""
READERS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "date": _date,
    "decimal": _decimal,
    "euro": _money,
    "percentage": _percentage,
    "whole": _whole,
    "yes_no": _yes_no,
    "kvk": partial(_padded, width=8),
    "vestiging": partial(_padded, width=12),
    **HABITS,
}
"""How a kind of column is read; a column with a habit of its own stands here by name."""


def means_empty(column: Column, text: pl.Expr) -> pl.Expr:
    """Whether a text says "nothing" by agreement: empty, variabel, 01-01-1900, or an end date that means open."""
    bare = text.str.strip_chars()
    nothing = bare == ""
    if column.name == "uren_per_week":
        return nothing | (bare.str.to_lowercase() == "variabel")
    if column.kind == "date":
        agreed = pl.Series([MISSING_DATE, *(OPEN_ENDS if column.name == "einddatum" else [])]).str.to_date()
        return nothing | _any_date(bare).is_in(agreed.implode()).fill_null(value=False)
    return nothing
