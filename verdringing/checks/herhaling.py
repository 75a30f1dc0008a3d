"""Again, where once was the rule.

Why: a short instrument that comes back for the same person is no longer short, and what was once tried needs no trial.
Exclusions: an earlier placement that still runs on the day of the start (that is for stapeling and duur). Assumes that
the records go back far enough, unless the policy asks for proof of that (historie_vereist).
"""

from __future__ import annotations

from typing import Annotated, Literal

import polars as pl
from pydantic import Field, model_validator

from verdringing import history
from verdringing.check import SOME, Level, Months, Outcome
from verdringing.check import Params as Common
from verdringing.record import Instrument
from verdringing.term import moved
from verdringing.words import _

EVIDENCE = {
    "eerder_einde": "laatste dag van de eerdere plaatsing",
    "eerder_instrument": "instrument van de eerdere plaatsing",
}


class Params(Common):
    """Per whom or what, how far back, and which earlier instruments count."""

    per: Literal["persoon", "werkgever", "functie"] = Field(description="tel per persoon, werkgever of functie")
    binnen_maanden: Months | None = Field(None, description="zoveel maanden terug telt een eerdere plaatsing mee")
    ooit: bool = Field(False, strict=True, description="een eerdere plaatsing telt hoe lang geleden ook")
    eerdere_instrumenten: Annotated[tuple[Instrument, ...], SOME] | None = Field(
        None, description="eerdere instrumenten die meetellen; zonder deze die van de regel"
    )
    historie_vereist: bool = Field(
        False, strict=True, description="niet te toetsen als de gegevens later beginnen dan het venster"
    )
    niveau: Level = Field("werkgever", description="waar een werkplek op telt")

    @model_validator(mode="after")
    def _one_reach(self) -> Params:
        if self.ooit == (self.binnen_maanden is not None):
            raise ValueError(_("geef binnen_maanden of ooit: ja, een van beide"))
        return self

    def earliest(self) -> pl.Expr:
        """Day on or after which an earlier placement must have ended; null when any day will do."""
        return pl.lit(None, pl.Date) if self.ooit else moved(pl.col("startdatum"), f"-{self.binnen_maanden}mo")


def of_person(params: Params) -> tuple[str, ...] | None:
    """What `prepare` reads of the placements of one person, where it looks at any place of work; else None."""
    return ("instrument",) if params.per == "persoon" else None


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add eerder (row number of the last that ended before the start, in reach), its end and instrument, begin.

    Without a job title, eerder is the last at that place of work in any job. begin, where historie_vereist asks for it,
    is the first start of the records.
    """
    begin = {"begin": _begin(placements)} if params.historie_vereist else {}
    last = pl.when(pl.col("einde").gather(pl.col("eerder")) < params.earliest()).then(None).otherwise("eerder")
    found = placements.with_columns(eerder=_last_before(params), **begin).with_columns(eerder=last)
    return found.with_columns(
        eerder_einde=pl.col("einde").gather(pl.col("eerder")),
        eerder_instrument=pl.col("instrument").gather(pl.col("eerder")),
    )


def _begin(placements: pl.LazyFrame) -> pl.Expr:
    """First start of the records of the gemeente; of a part of them the whole says it, in historie_begin."""
    if "historie_begin" in placements.collect_schema():
        return pl.col("historie_begin")
    return pl.col("startdatum").min().over("gemeente_sleutel")


def _last_before(params: Params) -> pl.Expr:
    counted = pl.col("instrument").is_in(list(params.eerdere_instrumenten or params.instrumenten))
    if params.per == "persoon":
        return history.last_ended([pl.col("kandidaat_nr")], counted)
    candidate, work, job = (
        pl.col(name) for name in ("kandidaat_nr", *(history.place(params.niveau, job=job) for job in (False, True)))
    )
    anywhere = history.last_ended([candidate, work], counted)
    if params.per == "werkgever":
        return anywhere
    known = pl.col("functie_sleutel").is_not_null()
    return pl.when(known).then(history.last_ended([candidate, job], counted)).otherwise(anywhere)


def check(params: Params) -> Outcome:
    """Flag a placement after an earlier one that ended in reach."""
    found = pl.col("eerder").is_not_null()
    same = pl.col("functie_sleutel").is_not_null() if params.per == "functie" else pl.lit(value=True)
    too_short = pl.lit(value=params.historie_vereist and params.ooit)
    if params.historie_vereist and not params.ooit:
        too_short = pl.col("begin") > params.earliest()
    return Outcome(
        flagged=pl.when(found & same).then(statement=True).when(~found & ~too_short).then(statement=False),
        arose=pl.col("startdatum"),
        value=pl.col("eerder_einde"),
        limit=params.earliest(),
        evidence={name: pl.col(name) for name in EVIDENCE},
        missing={"historie": too_short & ~found},
        because=pl.col("eerder"),
    )
