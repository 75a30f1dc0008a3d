"""Reports about an employer at the reporting point.

Why: candidates and colleagues are the first to see that something goes wrong. Exclusions: a name that is only similar,
or the same name with another KvK number: a person must look. Assumes that a report is about the whole employer or place
of work, for as long as the window says; a report is a reason to look and no proof.
"""

from __future__ import annotations

from typing import Annotated

import polars as pl
from pydantic import BeforeValidator, Field

from verdringing.check import Months, Outcome, silent
from verdringing.check import Params as Common
from verdringing.naming.lists import EmployerList, named
from verdringing.naming.matching import perhaps_same, reports

EVIDENCE = {"aantal": "aantal meldingen", "laatste": "dag van de laatste melding"}


class Params(Common):
    """Which list, how many reports are allowed, how far back, and from which similarity a name is perhaps the same."""

    lijst: Annotated[EmployerList | None, BeforeValidator(named)] = Field(
        "meldingen", description="naam van de lijst", validate_default=True
    )
    max_meldingen: Annotated[int, Field(strict=True, ge=0, le=1_000_000)] = Field(
        0, description="zoveel meldingen mogen er zijn"
    )
    venster_maanden: Months = Field(12, description="zoveel maanden voor de start telt een melding mee")
    min_gelijkenis: Annotated[int, Field(ge=50, le=100)] = Field(
        90, description="vanaf deze gelijkenis kan het dezelfde zijn"
    )


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add aantal, laatste, te_veel_sinds, mogelijk, mogelijk_rij and gelijkenis; nothing without a list."""
    if params.lijst is None:
        return placements
    found = reports(params.lijst, params.min_gelijkenis, params.venster_maanden, params.max_meldingen)
    return placements.with_columns(_melding=found).unnest("_melding")


def check(params: Params) -> Outcome:
    """Flag a placement with more than max_meldingen certain reports; with possible ones beside, nobody can tell."""
    if params.lijst is None:
        return silent(EVIDENCE)
    certain = pl.col("aantal").fill_null(0)
    possible = certain + pl.col("mogelijk").fill_null(0)
    too_many = certain > params.max_meldingen
    perhaps = ~too_many & (possible > params.max_meldingen)
    return Outcome(
        flagged=pl.when(too_many).then(statement=True).when(~perhaps).then(statement=False),
        arose=pl.max_horizontal("te_veel_sinds", "startdatum"),
        value=certain,
        limit=pl.lit(params.max_meldingen),
        evidence={"aantal": certain, "laatste": pl.col("laatste")},
        missing={"werkgever": pl.when(perhaps).then(perhaps_same(params.lijst))},
    )
