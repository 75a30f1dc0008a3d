"""An employer that is on a list, such as the black list.

Why: an employer is listed for a reason, and for as long as the list says. Exclusions: a name that is only similar, or
the same name with another KvK number: a person must look. Assumes that a placement that overlaps the listed period
should have been stopped.
"""

from __future__ import annotations

from typing import Annotated

import polars as pl
from pydantic import BeforeValidator, Field

from verdringing.check import Outcome, silent
from verdringing.check import Params as Common
from verdringing.naming.lists import EmployerList, named
from verdringing.naming.matching import matches, perhaps_same
from verdringing.words import _

EVIDENCE = {
    "sinds": "eerste dag van de plaatsing waarop de werkgever op de lijst staat",
    "reden": "reden op de lijst",
    "besluit": "besluit op de lijst",
}


class Params(Common):
    """Which list, and from which similarity (0-100) a name is perhaps the same."""

    lijst: Annotated[EmployerList | None, BeforeValidator(named)] = Field(
        "zwarte_lijst", description="naam van de lijst", validate_default=True
    )
    min_gelijkenis: Annotated[int, Field(ge=50, le=100)] = Field(
        90, description="vanaf deze gelijkenis kan het dezelfde zijn"
    )


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add lijst_sinds, lijst_rij, mogelijk_rij and gelijkenis; all null without a list."""
    if params.lijst is None:
        return placements
    return placements.with_columns(_lijst=matches(params.lijst, params.min_gelijkenis)).unnest("_lijst")


def check(params: Params) -> Outcome:
    """Flag a placement that overlaps a certain match; a possible match cannot be judged."""
    if params.lijst is None:
        return silent(EVIDENCE)
    entries = params.lijst.entries
    first_days = entries.select(pl.col("van").dt.strftime("%d-%m-%Y").fill_null(_("zonder begindatum"))).to_series()
    since = pl.col("lijst_sinds")
    certain, perhaps = since.is_not_null(), pl.col("mogelijk_rij").is_not_null()
    return Outcome(
        flagged=pl.when(certain).then(statement=True).when(~perhaps).then(statement=False),
        arose=since,
        value=pl.col("einde"),
        limit=pl.lit(first_days).gather(pl.col("lijst_rij")),
        evidence={
            "sinds": since,
            "reden": pl.lit(entries["reden"]).gather(pl.col("lijst_rij")),
            "besluit": pl.lit(entries["besluit"]).gather(pl.col("lijst_rij")),
        },
        missing={"werkgever": pl.when(perhaps & ~certain).then(perhaps_same(params.lijst))},
    )
