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
    "wie": "werkgever of inlener",
    "herkend_aan": "KvK-nummer of naam",
    "vermeld": "van wanneer tot wanneer dit op de lijst staat",
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
    """Add the columns of `matching.MATCH`; none without a list."""
    if params.lijst is None:
        return placements
    return placements.with_columns(_lijst=matches(params.lijst, params.min_gelijkenis)).unnest("_lijst")


def check(params: Params) -> Outcome:
    """Flag a placement that overlaps a certain match; a possible match cannot be judged."""
    if params.lijst is None:
        return silent(EVIDENCE)
    entries, listed = params.lijst.entries, pl.col("lijst_rij")
    first_days = entries.select(pl.col("van").dt.strftime("%d-%m-%Y").fill_null(_("zonder begindatum"))).to_series()
    since = pl.col("lijst_sinds")
    certain, perhaps = since.is_not_null(), pl.col("mogelijk_rij").is_not_null()
    return Outcome(
        flagged=pl.when(certain).then(statement=True).when(~perhaps).then(statement=False),
        arose=since,
        value=pl.col("einde"),
        limit=pl.lit(first_days).gather(listed),
        evidence={
            "sinds": since,
            "wie": _who(certain),
            "herkend_aan": _known_by(certain),
            "vermeld": pl.lit(_periods(entries)).gather(listed),
            "reden": pl.lit(entries["reden"]).gather(listed),
            "besluit": pl.lit(entries["besluit"]).gather(listed),
        },
        missing={"werkgever": pl.when(perhaps & ~certain).then(perhaps_same(params.lijst))},
    )


def _who(certain: pl.Expr) -> pl.Expr:
    """Whether the inlener is listed or the employer, and of an employer whether it lends the candidate out."""
    lends = pl.col("werkplek_sleutel") != pl.col("werkgever_sleutel")
    return (
        pl.when(pl.col("lijst_wie") == "inlener").then(pl.lit(_("de inlener")))
        .when(certain & lends).then(pl.lit(_("de werkgever die uitleent")))
        .when(certain).then(pl.lit(_("de werkgever")))
    )  # fmt: skip


def _known_by(certain: pl.Expr) -> pl.Expr:
    """A KvK number that stands in the row itself, one that its name has in another row, or the name."""
    own = pl.when(pl.col("lijst_wie") == "inlener").then("inlener_kvk").otherwise("kvk_nummer").is_not_null()
    return (
        pl.when(pl.col("lijst_nummer") & own).then(pl.lit(_("het KvK-nummer")))
        .when("lijst_nummer").then(pl.lit(_("het KvK-nummer, dat in een andere rij bij dezelfde naam staat")))
        .when(certain).then(pl.lit(_("de naam")))
    )  # fmt: skip


def _periods(entries: pl.DataFrame) -> pl.Series:
    """Of every entry on the list its days in words."""
    first, last = (pl.col(name).dt.strftime("%d-%m-%Y") for name in ("van", "tot"))
    begin = pl.when(pl.col("van").is_null()).then(pl.lit(_("zonder begindatum"))).otherwise(_before(_("vanaf"), first))
    until = _before(" " + _("tot en met"), last).fill_null("")
    return entries.select(pl.concat_str(begin, until)).to_series()


def _before(words: str, day: pl.Expr) -> pl.Expr:
    return pl.concat_str(pl.lit(f"{words} "), day)
