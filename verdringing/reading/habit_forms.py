"""Days and numbers as a mapping says they are written, in a form that can be read in one way."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.reading.raw import Raw, veld
from verdringing.record import Column
from verdringing.words import _

_WITH_DECIMALS = ("decimal", "euro", "percentage")
_UNITS = r"(?i)^(?:€|eur)\s*|\s*%$"
_DOT, _COMMA = r"^\d{1,3}\.\d{3}$", r"^[1-9]\d{0,2},\d{3}$"
_COMMA_DECIMALS, _DOT_DECIMALS = r",\d+$", r"^\d+\.(?:\d\d?|\d{4,})$|^\d{1,3}(?:,\d{3})+\.\d+$"
_GROUPED = {"komma": r"^[1-9]\d{0,2}\.\d{3}$", "punt": r"^[1-9]\d{0,2}(?:,\d{3})+(?:\.\d+)?$"}
_NOT_ISO = r"^(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[/.]\d{1,2}[/.]\d{1,2})"
_ISO = {r"^\d{4}-\d{1,2}-\d{1,2}$": "%Y-%m-%d"}
_SHORT = r"^\d{1,2}-\d{1,2}-\d{4}$"
_ORDERS = {
    "dag-maand-jaar": _ISO | {_SHORT: "%d-%m-%Y"},
    "maand-dag-jaar": _ISO | {_SHORT: "%m-%d-%Y"},
    "jaar-maand-dag": _ISO,
}


def day(text: pl.Expr, order: str) -> pl.Expr:
    """A day in the order that was said as jjjj-mm-dd; a day in another order gets a sign that makes it unreadable."""
    bare = text.str.strip_chars().str.replace(r"[ T]0?0:00(?::00(?:\.0+)?)?$", "")
    dashed = bare.str.replace_all("[/.]", "-")
    read = [
        pl.when(dashed.str.contains(pattern)).then(dashed).str.to_date(form, strict=False)
        for pattern, form in _ORDERS[order].items()
    ]
    day = pl.coalesce(read).dt.strftime("%Y-%m-%d")
    unclear = bare.str.contains(_NOT_ISO)
    return pl.coalesce(day, pl.when(unclear).then(pl.lit("? ") + text).otherwise(text))


def number(text: pl.Expr, sign: str) -> pl.Expr:
    """A number that the habit makes clear, with a decimal point and no thousands; 1.234 as 1.2340 where it is small."""
    units = text.str.strip_chars()
    bare = units.str.replace_all(_UNITS, "")
    plain = bare.str.replace_all("." if sign == "komma" else ",", "", literal=True)
    clear: pl.Expr = pl.when(bare.str.contains(_GROUPED[sign])).then(plain)
    if sign == "punt":
        clear = pl.when(bare.str.contains(_DOT)).then(bare + "0").otherwise(clear)
    percent = pl.when(units.str.ends_with("%")).then(pl.lit("%")).otherwise(pl.lit(""))
    return pl.coalesce(clear + percent, text)


def refuse_doubt(raw: Raw, frame: pl.DataFrame, spelled: Mapping[Column, int], where: str) -> None:
    """UserError when a column of numbers can be read in two ways and nobody said which; a row of each is named."""
    mistakes = []
    for column, place in spelled.items():
        if column.kind not in _WITH_DECIMALS:
            continue
        bare = frame.select("rij", text=pl.col(veld(place)).str.strip_chars().str.replace_all(_UNITS, ""))
        seen = [_first(bare, pattern) for pattern in (_DOT, _COMMA_DECIMALS, _COMMA, _DOT_DECIMALS)]
        both = next((pair for pair in (seen[:2], seen[2:]) if all(pair)), None)
        if both:
            (row, one), (other_row, other) = (pair for pair in both if pair)
            what = _(
                "kolom '{kop}': '{een}' (rij {rij}) kan twee getallen zijn naast '{ander}' (rij {rij2})",
                kop=raw.header[place].strip(), een=one, rij=row, ander=other, rij2=other_row,
            )  # fmt: skip
            hint = _("Zet in kolommen.yaml onder 'gewoonten' of getal 'komma' of 'punt' is.")
            mistakes.append(Mistake(where, what, hint))
    if mistakes:
        raise UserError(*mistakes)


def _first(texts: pl.DataFrame, pattern: str) -> tuple[int, str] | None:
    """Row and text of the first value with this form."""
    found = texts.filter(pl.col("text").str.contains(pattern)).head(1).rows()
    return found[0] if found else None
