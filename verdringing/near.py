"""Limits that come near: what a municipality can still look at before there is a signal."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

if TYPE_CHECKING:
    from verdringing.audited import Audited

MOST_DEADLINES = 50
NEAR_DAYS = 60
"""A limit that is reached within so many days of the reference date is near."""
_ABOUT = ("plaatsing_id", "werkgever", "functie", "instrument", "startdatum", "einddatum")


def near_limits(audited: Audited) -> pl.DataFrame:
    """Running placements that reach a limit within NEAR_DAYS of the reference date, in no order.

    Those without a signal, but for what ends in time as far as is known; and those that will pass a limit.
    """
    day, limit, end = audited.order.day, pl.col("limiet_op"), pl.col("einddatum")
    soon = limit.is_between(day, pl.lit(day) + pl.duration(days=NEAR_DAYS))
    limited = [rule.name for rule in audited.book.rules if rule.on and rule.outcome.deadline is not None]
    threats = audited.findings.filter(pl.col("regel").is_in(limited), pl.col("fase") == "lopend")
    passed = threats.select("regel", "nr", limiet_op=pl.col("ontstaan_op") - pl.duration(days=1))
    near = pl.concat([audited.judgement.deadlines.filter(soon), passed.filter(soon)])
    named = near.join(audited.placements.select("nr", *_ABOUT), on="nr", how="left", maintain_order="left")
    return named.filter(end.is_null() | (end > limit)).drop("nr")


def soonest(deadlines: pl.DataFrame) -> pl.DataFrame:
    """The first MOST_DEADLINES of near limits."""
    return deadlines.sort("limiet_op", "startdatum", "plaatsing_id", maintain_order=True).head(MOST_DEADLINES)
