"""The same peak every year.

Why: a peak that comes back each year is no surprise; seasonal staff used to do that work. Exclusions: a year without a
start in the quarter ends the series. Assumes that a peak falls in the same quarter of the calendar.
"""

from __future__ import annotations

import polars as pl
from pydantic import Field

from verdringing import history
from verdringing.check import Count, Level, Outcome
from verdringing.check import Params as Common

EVIDENCE = {
    "jaren": "aantal jaren op rij met een start in hetzelfde kwartaal",
    "eerste_jaar": "eerste jaar van die rij",
}


class Params(Common):
    """In how many consecutive years the same peak may occur."""

    max_jaren: Count = Field(2, description="zoveel jaren na elkaar mag dezelfde piek terugkomen")
    niveau: Level = Field("vestiging", description="waar een werkplek op telt")


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add eerste_jaar, the first of the consecutive years with a start in this quarter on this job."""
    skipped = pl.col("year") - pl.col("year").shift() > 1
    years = history.in_groups(
        groups={
            "place": pl.col(history.place(params.niveau, job=True)),
            "quarter": pl.col("startdatum").dt.quarter(),
        },
        columns={"year": pl.col("startdatum").dt.year()},
        passes=[{"new": pl.col("first") | skipped}, {"eerste_jaar": history.since_break(pl.col("year"))}],
        gives={"eerste_jaar": pl.Int32},
    )
    return placements.with_columns(_terugkeer=years).unnest("_terugkeer")


def check(params: Params) -> Outcome:
    """Flag a placement in more than max_jaren consecutive years with a start in the same quarter."""
    first = pl.when(pl.col("functie_sleutel").is_not_null()).then(pl.col("eerste_jaar"))
    years = pl.col("startdatum").dt.year() - first + 1
    return Outcome(
        flagged=years > params.max_jaren,
        arose=pl.col("startdatum"),
        value=years,
        limit=pl.lit(params.max_jaren),
        evidence={"jaren": years, "eerste_jaar": first},
    )
