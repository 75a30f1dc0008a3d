"""What asks for action first in a case: a signal that can still be prevented or stopped."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

import polars as pl

from verdringing.besides import ending
from verdringing.judge import rule_key
from verdringing.page.chains import Key, Row
from verdringing.page.ruled import rule_order
from verdringing.rule import Rule


class Ahead(NamedTuple):
    """The finding of a case that asks for action first: rule, when it arose, placement, and what was decided on it."""

    rule: Rule
    arose: date | None
    row: Row
    decision: str | None


def first_ahead(
    found: pl.DataFrame, placements: pl.DataFrame, rules: Mapping[Key, Rule], day: date
) -> dict[int, Ahead]:
    """Per case (volgorde) the finding that asks for action first.

    That is what arises after the reference date `day`, the soonest first; then what is planned, then what arose first.
    A decision that ends the matter takes a finding off; one that it is right, or being looked into, does not. `found`
    are the findings of the cases in their order, `placements` those on the jobs of the cases.
    """
    here = found.filter(pl.col("fase") != "beeindigd")
    decision = pl.lit(None, pl.String).alias("beoordeling")
    if "beoordeling" in found.columns:
        ended = pl.col("besluit").is_in(ending()).fill_null(value=False)
        here, decision = here.filter(~ended | pl.col("heropend_omdat").is_not_null()), pl.col("beoordeling")
    told = sorted(rules.values(), key=rule_order)
    place = {rule.key: place for place, rule in enumerate(told)}
    asks = here.select(
        "volgorde", "nr", "ontstaan_op", decision,
        is_there=(pl.col("ontstaan_op") <= day).fill_null(value=True), later=pl.col("fase") != "voorgenomen",
        place=rule_key(place).replace_strict(place, return_dtype=pl.UInt16),
    )  # fmt: skip
    first = asks.sort("volgorde", "is_there", "later", "ontstaan_op", "place", "nr", nulls_last=True)
    first = first.unique("volgorde", keep="first", maintain_order=True)
    near = placements.filter(pl.col("nr").is_in(first["nr"].implode()))
    rows = {row["nr"]: row for row in near.to_dicts()}
    return {
        volgorde: Ahead(told[place], arose, rows[nr], said)
        for volgorde, nr, arose, place, said in first.select(
            "volgorde", "nr", "ontstaan_op", "place", "beoordeling"
        ).rows()
    }
