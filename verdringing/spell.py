"""Spells: placements of one candidate at one place of work that follow one another without a real break."""

from __future__ import annotations

import polars as pl
from polars._typing import PolarsDataType as PolarsType

from verdringing import history
from verdringing.term import FINE

_WEEK = 168
_SPAN = 1 << 24  # more than any day number, and than the hours of any week in ten-thousandths


def add_spell(placements: pl.LazyFrame, place: pl.Expr, gap: int, *, ends: bool) -> pl.LazyFrame:
    """Add what is known of the spell up to and including each placement; one without a place stands alone.

    begin: its first day. uren: the highest known hours (ten-thousandths), null when none are known; uren_onbekend:
    whether some are not. With `ends` also _tot: its last day, 31-12-9999 when a placement in it is open; _uitgestroomd:
    whether the candidate left one of them for work. A gap of more than `gap` days begins a new spell.
    """
    hours = pl.col("_uren")
    alone = {"begin": pl.col("startdatum"), "uren": hours, "uren_onbekend": hours.is_null()}
    columns = {"start": history.START, "end": history.END_SEEN, "hours": hours}
    gives: dict[str, PolarsType] = {"begin": pl.Date, "uren": pl.Int64, "uren_onbekend": pl.Boolean}
    known = {"uren": _known(_highest("hours")), "uren_onbekend": _any(pl.col("hours").is_null())}
    if ends:
        alone |= {"_tot": history.END_SEEN.cast(pl.Date), "_uitgestroomd": _left()}
        gives |= {"_tot": pl.Date, "_uitgestroomd": pl.Boolean}
        columns |= {"left": _left()}
        known |= {"_tot": _highest("end"), "_uitgestroomd": _any(pl.col("left"))}
    first = {"spell": pl.col("new").cum_sum().cast(pl.Int64), "begin": history.since_break(pl.col("start"))}
    passes = [{"new": history.breaks(gap)}, first, known]
    found = history.in_groups({"candidate": pl.col("kandidaat_nr"), "place": place}, columns, passes, gives)
    return (
        placements.with_columns(_uren=_hours())
        .with_columns(_spell=found)
        .unnest("_spell")
        .with_columns(
            pl.when(pl.col("begin").is_null()).then(one).otherwise(name).alias(name) for name, one in alone.items()
        )
        .drop("_uren")
    )


def _hours() -> pl.Expr:
    """Contract hours in ten-thousandths; where they are missing, hours worked ÷ weeks of an ended placement."""
    worked = pl.when(pl.col("fase") == "beeindigd").then(pl.col("gewerkte_uren") * 7 / pl.col("duur_dagen"))
    return (pl.col("uren_per_week").fill_null(worked).clip(upper_bound=_WEEK) * FINE).round().cast(pl.Int64)


def _left() -> pl.Expr:
    """Whether the candidate left this placement for work, wholly or in part."""
    return pl.col("uitstroom").is_in(["deels", "volledig"]).fill_null(value=False)


def _highest(column: str) -> pl.Expr:
    """Highest of a column in the spell up to and including this row: one cumulative maximum over spell and column."""
    so_far = (pl.col("spell") * _SPAN + pl.col(column)).cum_max().forward_fill()
    return so_far - pl.col("spell") * _SPAN


def _known(value: pl.Expr) -> pl.Expr:
    """Nothing where the highest so far is still that of the spell before."""
    return pl.when(value >= 0).then(value)


def _any(value: pl.Expr) -> pl.Expr:
    """Whether it is so in any row of the spell up to and including this one."""
    count = value.cast(pl.Int64).cum_sum()
    return count - history.since_break(count - value.cast(pl.Int64)) > 0
