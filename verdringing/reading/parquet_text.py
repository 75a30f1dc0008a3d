"""Parquet of any types to text as a person would write it; record n stands on row n + 1, as under a header."""

from __future__ import annotations

from collections.abc import Collection
from io import BytesIO

import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.reading.raw import Raw, veld
from verdringing.record import header_name
from verdringing.words import _


def read(content: bytes, where: str, known: Collection[str]) -> Raw:
    """Read Parquet; UserError when it is damaged or when a known column holds lists, records, bytes or durations."""
    try:
        frame = pl.read_parquet(BytesIO(content))
    except (pl.exceptions.PolarsError, pl.exceptions.PanicException, OSError, ValueError):
        raise UserError(Mistake(where, _("dit Parquet-bestand is beschadigd of niet te lezen"))) from None
    return written(frame, where, known)


def written(frame: pl.DataFrame, where: str, known: Collection[str]) -> Raw:
    """Records as text; UserError as in `read`."""
    odd = [name for name, kind in frame.schema.items() if _has_no_text(kind)]
    mistakes = [
        Mistake(where, _("de kolom '{naam}' bevat geen tekst, getal, datum of ja/nee", naam=name))
        for name in odd
        if header_name(name) in known
    ]
    if mistakes:
        raise UserError(*mistakes)
    texts = [
        (pl.lit(None, pl.String) if name in odd else _written(pl.col(name), kind)).alias(veld(place))
        for place, (name, kind) in enumerate(frame.schema.items())
    ]
    return Raw(frame.columns, frame.select((pl.int_range(pl.len(), dtype=pl.UInt32) + 2).alias("rij"), *texts))


def _has_no_text(kind: pl.DataType) -> bool:
    return kind.is_nested() or kind in (pl.Binary, pl.Object, pl.Duration)


def _written(value: pl.Expr, kind: pl.DataType) -> pl.Expr:
    if kind.is_decimal():
        return _plain_decimal(value.cast(pl.String))
    if kind.is_float():
        return _plain_float(value)
    if isinstance(kind, pl.Datetime):
        moment = value.dt.replace_time_zone(None).dt.strftime("%Y-%m-%d %H:%M:%S%.f")
        return moment.str.replace(r" 00:00:00$", "")
    if kind == pl.Boolean:
        return pl.when(value).then(pl.lit("ja")).when(~value).then(pl.lit("nee"))
    return value.cast(pl.String)


def _plain_float(value: pl.Expr) -> pl.Expr:
    """Whole numbers without point, others with at most nine decimals; "not a number" means empty."""
    number = value.fill_nan(None)
    whole = pl.when((number == number.round(0)) & (number.abs() < 10**15)).then(number)
    return pl.coalesce(whole.cast(pl.Int64).cast(pl.String), _plain_decimal(number.round(9).cast(pl.String)))


def _plain_decimal(text: pl.Expr) -> pl.Expr:
    """Without the zeros at the end; but 1.234 gets one, because as a text that could be 1234."""
    shorter = text.str.replace(r"(\.\d*?)0+$", "$1").str.strip_suffix(".")
    return shorter.str.replace(r"^(-?\d{1,3}\.\d{3})$", "${1}0")
