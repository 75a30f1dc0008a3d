"""An employer that is on a list, such as the black list.

Why: an employer is listed for a reason, and for as long as the list says. Exclusions: a name that is only similar, or
the same name with another KvK number: a person must look. Assumes that a placement that overlaps the listed period
should have been stopped.
"""

from __future__ import annotations

from typing import Annotated

import polars as pl
from pydantic import BeforeValidator, Field, ValidationInfo

from verdringing.check import Outcome
from verdringing.check import Params as Common
from verdringing.lists import EmployerList, matches
from verdringing.words import _

EVIDENCE = {
    "sinds": "eerste dag van de plaatsing waarop de werkgever op de lijst staat",
    "reden": "reden op de lijst",
    "besluit": "besluit op de lijst",
}


def _named_list(value: object, info: ValidationInfo) -> object:
    """Look the list up by its name; a list that is not given is None."""
    return (info.context or {}).get("lists", {}).get(value) if isinstance(value, str) else value


class Params(Common):
    """Which list, and from which similarity (0-100) a name is perhaps the same."""

    lijst: Annotated[EmployerList | None, BeforeValidator(_named_list)] = Field(
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
        nothing = pl.lit(None, pl.String)
        return Outcome(
            applies=pl.lit(value=False),
            flagged=pl.lit(value=False),
            arose=pl.lit(None, pl.Date),
            value=nothing,
            limit=nothing,
            evidence=dict.fromkeys(EVIDENCE, nothing),
        )
    entries = params.lijst.entries
    first_days = entries.select(pl.col("van").dt.strftime("%d-%m-%Y").fill_null(_("zonder begindatum"))).to_series()
    since = pl.col("lijst_sinds")
    certain, perhaps = since.is_not_null(), pl.col("mogelijk_rij").is_not_null()
    name = pl.lit(entries["werkgever"].fill_null(entries["kvk_nummer"])).gather(pl.col("mogelijk_rij"))
    words = [pl.lit(part) for part in _("mogelijk dezelfde werkgever als {} (gelijkenis {})").split("{}")]
    score = pl.col("gelijkenis").floor().cast(pl.Int64).cast(pl.String)
    alike = pl.concat_str(words[0], name, words[1], score, words[2])
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
        missing={"werkgever": pl.when(perhaps & ~certain).then(alike)},
    )
