"""Text to values: how a date, an amount, a yes or a number of fixed width is written, and what is never guessed."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

import polars as pl

from verdringing.distinct import per_distinct
from verdringing.names import plain
from verdringing.placeholders import says_nothing
from verdringing.record import INSTRUMENTS, NUMBERS, Column

OPEN_ENDS = ("9999-12-31", "2099-12-31", "2100-01-01")
MISSING_DATE = "1900-01-01"
_YEAR = "(?:19|[2-9][0-9])[0-9]{2}"
MIDNIGHT = r"(?:[ T]0?0:00(?::00(?:\.0+)?)?)?$"
_DATES = {
    f"^([0-9]{{1,2}}-[0-9]{{1,2}}-{_YEAR})": "%d-%m-%Y",
    f"^([0-9]{{1,2}}/[0-9]{{1,2}}/{_YEAR})": "%d/%m/%Y",
    f"^({_YEAR}-[0-9]{{1,2}}-[0-9]{{1,2}})": "%Y-%m-%d",
    f"^({_YEAR}[0-9]{{4}})": "%Y%m%d",
}
# [0-9] and not \d: the digits of every script take ten times as long to prepare, and are no number afterwards
_CURRENCY = r"^(?:(?i:€|eur)\s*)?"
_PLAIN = _CURRENCY + r"([0-9]+(?:,[0-9]+)?|[0-9]+\.(?:[0-9]{1,2}|[0-9]{4,})|[0-9]{4,}\.[0-9]{3})$"
_THOUSANDS = _CURRENCY + r"([0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+|[0-9]{1,3}(?:\.[0-9]{3}){2,})$"
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
    if column.kind == "instrument":
        change = partial(_instrument, spellings=instruments)
    elif column.kind == "choice":
        change = partial(_choice, choices=column.choices)
    else:
        change = HABITS.get(column.name) or READERS[column.kind]
    if column.kind in NUMBERS:
        change = partial(_at_most, read=change, most=column.most)
    if few:
        return change(pl.col(column.name).str.strip_chars()).cast(DTYPES[column.kind])
    cheap = column.kind == "text"
    return per_distinct(
        pl.col(column.name), lambda text: change(text.str.strip_chars()), DTYPES[column.kind], cheap=cheap
    )


def _text(text: pl.Expr) -> pl.Expr:
    """Text as it stands; null for a placeholder."""
    return pl.when(~says_nothing(text)).then(text)


def _name(text: pl.Expr) -> pl.Expr:
    """Text that can name something; null for a placeholder and where no letter or digit stands."""
    return pl.when(text.str.contains(r"[\p{L}\p{N}]")).then(_text(text))


def _any_date(text: pl.Expr) -> pl.Expr:
    """dd-mm-jjjj, d-m-jjjj, dd/mm/jjjj, jjjj-mm-dd, jjjjmmdd; a time part of 00:00:00 is dropped; never month first."""
    return pl.coalesce(
        text.str.extract(form + MIDNIGHT).str.to_date(order, strict=False) for form, order in _DATES.items()
    )


def _date(text: pl.Expr) -> pl.Expr:
    return _without(_any_date(text), MISSING_DATE)


def _end_date(text: pl.Expr) -> pl.Expr:
    return _without(_any_date(text), MISSING_DATE, *OPEN_ENDS)


def _without(found: pl.Expr, *days: str) -> pl.Expr:
    """A date, or null for one of `days`; not with when and then, for these would read the text once more."""
    return found.replace(pl.Series(days).str.to_date(), pl.Series([None], dtype=pl.Date))


def number(text: pl.Expr) -> pl.Expr:
    """12,30 · 12.30 · € 12,30 · 1.234,56 to text with a decimal point; 1.234 can be two numbers, so it is none."""
    thousands = text.str.extract(_THOUSANDS).str.replace_all(".", "", literal=True)
    return pl.coalesce(text.str.extract(_PLAIN), thousands).str.replace(",", ".", literal=True)


def _decimal(text: pl.Expr) -> pl.Expr:
    return number(text).cast(pl.Float64, strict=False).replace(float("inf"), None)


def _at_most(text: pl.Expr, read: Callable[[pl.Expr], pl.Expr], most: int) -> pl.Expr:
    value = read(text)
    return pl.when(value <= most).then(value)


def _money(text: pl.Expr) -> pl.Expr:
    """An amount of at most four decimals, zeros behind them aside."""
    return number(text).str.extract(r"^([0-9]+(?:\.[0-9]{1,4}0*)?)$").cast(MONEY, strict=False)


def _percentage(text: pl.Expr) -> pl.Expr:
    """80, 80,5 %, 100; a bare number below one can be a share (0,45 is 45 %), so it is none."""
    value = _money(text.str.replace(r"\s*%$", ""))
    return pl.when(~value.is_between(0, 1, closed="none") | text.str.ends_with("%")).then(value)


def _whole(text: pl.Expr) -> pl.Expr:
    whole = text.str.extract(r"^([0-9]+|[0-9]{1,3}(?:\.[0-9]{3})+)$")
    return whole.str.replace_all(".", "", literal=True).cast(pl.Int32, strict=False)


def _birth_year(text: pl.Expr) -> pl.Expr:
    return text.str.extract(r"^((?:19|20)[0-9]{2})$").cast(pl.Int32, strict=False)


def _yes_no(text: pl.Expr) -> pl.Expr:
    word = text.str.to_lowercase()
    yes, no = ["ja", "j", "true", "waar", "1"], ["nee", "n", "false", "onwaar", "0"]
    return pl.when(word.is_in(yes)).then(statement=True).when(word.is_in(no)).then(statement=False)


def _padded(text: pl.Expr, width: int) -> pl.Expr:
    """A number of fixed width whose leading zeros a spreadsheet may have dropped; dots only between groups."""
    grouped = text.str.contains(r"^[0-9]{2}(?:\.[0-9]{2})+$|^[0-9]{1,3}(?:\.[0-9]{3})+$")
    digits = pl.when(grouped).then(text.str.replace_all(".", "", literal=True)).otherwise(text)
    real = digits.str.replace_all(" ", "", literal=True).str.extract(rf"^([0-9]{{5,{width}}})$")
    return real.str.zfill(width).replace("0" * width, None)


def _choice(text: pl.Expr, choices: tuple[str, ...]) -> pl.Expr:
    return plain(text).replace_strict(list(choices), list(choices), default=None)


def _instrument(text: pl.Expr, spellings: Mapping[str, str]) -> pl.Expr:
    return plain(text).replace_strict(list(spellings), list(spellings.values()), default=None)


HABITS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "einddatum": _end_date,
    "geboortejaar": _birth_year,
    **dict.fromkeys(("werkgever", "inlener", "functie", "gemeente"), _name),
}
"""How a column of the record with a habit of its own is read, by name."""
READERS: Mapping[str, Callable[[pl.Expr], pl.Expr]] = {
    "text": _text,
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
