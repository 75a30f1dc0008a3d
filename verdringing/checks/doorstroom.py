"""Placed often, hired never.

Why: a placement should lead to a job; an employer that hires nobody after many has no jobs to give. Exclusions: one
hire, also for part of the week, clears the employer; a signal proposes an employer for the black list and never puts
one on it. Assumes that the result of every placement is recorded: where one is missing, nobody can tell.
"""

from __future__ import annotations

import polars as pl
from pydantic import Field

from verdringing import history
from verdringing.check import Count, Level, Months, Outcome
from verdringing.check import Params as Common
from verdringing.term import moved

EVIDENCE = {
    "geplaatst": "aantal plaatsingen dat hier in het venster afliep",
    "aangenomen": "aantal daarvan dat hier in dienst kwam",
    "onbekend": "aantal daarvan zonder bekende uitkomst",
}


class Params(Common):
    """How far back to look, and from how many ended placements the absence of a hire says something."""

    venster_maanden: Months = Field(24, description="zoveel maanden voor de start telt een afgelopen plaatsing mee")
    min_afgerond: Count = Field(5, description="vanaf zoveel afgelopen plaatsingen telt dat niemand in dienst kwam")
    niveau: Level = Field("werkgever", description="waar een werkplek op telt")


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add geplaatst (ended in the window), aangenomen (hired) and onbekend (result unknown), counts of placements."""
    left, to = pl.col("uitstroom").is_in(["deels", "volledig"]), pl.col("uitstroom_naar")
    ended = history.within(
        group=pl.col(history.place(params.niveau, job=False)),
        moment=history.END_SEEN,
        first=moved(pl.col("startdatum"), f"-{params.venster_maanden}mo"),
        last=history.START - 1,
        counts={
            "geplaatst": pl.lit(value=True),
            "aangenomen": left & (to == "zelfde"),
            "onbekend": pl.col("uitstroom").is_null() | (left & to.is_null()),
        },
    )
    return placements.with_columns(_doorstroom=ended).unnest("_doorstroom")


def check(params: Params) -> Outcome:
    """Flag a placement after min_afgerond ended ones or more of which nobody was hired."""
    few, unknown = pl.col("geplaatst") < params.min_afgerond, pl.col("onbekend") > 0
    innocent = few | (pl.col("aangenomen") > 0)
    return Outcome(
        flagged=pl.when(innocent).then(statement=False).when(~unknown).then(statement=True),
        arose=pl.col("startdatum"),
        value=pl.col("geplaatst"),
        limit=pl.lit(params.min_afgerond),
        evidence={name: pl.col(name) for name in EVIDENCE},
        missing={"uitstroom van eerdere plaatsingen": unknown & ~innocent},
    )
