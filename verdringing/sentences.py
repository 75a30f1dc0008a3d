"""Sentences about placements, made for whole columns at once: values in words, holes of a text filled."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from string import Formatter

import polars as pl

from verdringing.words import _, language

MONTHS = {
    "nl": (
        "januari", "februari", "maart", "april", "mei", "juni",
        "juli", "augustus", "september", "oktober", "november", "december",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
}  # fmt: skip


def sentence(text: str, holes: Mapping[str, pl.Expr], types: Mapping[str, pl.DataType]) -> pl.Expr:
    """Fill the {holes} of `text` row by row; `types` has the type of every hole, which decides how it is written."""
    parts: list[pl.Expr] = []
    for literal, name, _spec, _kind in Formatter().parse(text):
        if literal:
            parts.append(pl.lit(literal))
        if name is not None:
            parts.append(in_words(holes[name], types[name]).fill_null(_("onbekend")))
    return pl.concat_str(parts) if parts else pl.lit("")


def in_words(value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Write a value for a sentence: 17 augustus 2025 · € 12,30 · 24,5 · ja."""
    if dtype == pl.Date:
        months = pl.lit(pl.Series(MONTHS[language()]))
        month = months.gather(value.dt.month().cast(pl.UInt32) - 1)
        return pl.concat_str(value.dt.day().cast(pl.String), month, value.dt.year().cast(pl.String), separator=" ")
    if isinstance(dtype, pl.Decimal):
        return pl.lit("€ ") + _grouped(_amount(value))
    if dtype == pl.Boolean:
        return pl.when(value).then(pl.lit(_("ja"))).when(~value).then(pl.lit(_("nee")))
    if dtype.is_float():
        return _comma(value.round(2).cast(pl.String).str.replace(r"\.0$", ""))
    if isinstance(dtype, pl.Enum):
        return value.cast(pl.String).str.replace_all("_", " ", literal=True)
    return value.cast(pl.String)


def in_cell(value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """Write a value for a table or CSV file: 17-08-2025 · 12,30 · 24,5."""
    if dtype == pl.Date:
        return value.dt.strftime("%d-%m-%Y")
    if isinstance(dtype, pl.Decimal):
        return _amount(value)
    return in_words(value, dtype)


def literal(value: object) -> pl.Expr | None:
    """A parameter as a hole; None for a parameter that is a list or a table."""
    if isinstance(value, Decimal):
        return pl.lit(value).cast(pl.Decimal(14, 4))
    return pl.lit(value) if isinstance(value, bool | int | float | str | date) else None


def _amount(value: pl.Expr) -> pl.Expr:
    """Euro with two decimals, or as many as the amount has; never rounded to another amount."""
    text = value.cast(pl.Decimal(18, 4)).cast(pl.String)
    whole_cents = pl.when(text.str.ends_with("00")).then(text.str.strip_suffix("00"))
    return _comma(whole_cents.otherwise(text.str.strip_suffix("0")))


def _grouped(amount: pl.Expr) -> pl.Expr:
    """Figures of an amount (below a billion) in groups of three."""
    mark = "." if language() == "nl" else ","
    millions = amount.str.replace(r"^(\d{1,3})(\d{3})(\d{3}[.,])", f"${{1}}{mark}${{2}}{mark}${{3}}")
    return millions.str.replace(r"^(\d{1,3})(\d{3}[.,])", f"${{1}}{mark}${{2}}")


def _comma(text: pl.Expr) -> pl.Expr:
    return text.str.replace(".", ",", literal=True) if language() == "nl" else text
