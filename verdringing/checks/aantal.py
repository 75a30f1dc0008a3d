"""Too many placements at once, or in one year, at one place of work.

Why: where placements stand in for a whole team, they stand in for jobs. Exclusions: the limit itself is allowed, and
those who came before the limit was passed keep their verdict. Assumes that every placement there counts, whatever its
instrument and also of one candidate, and that werkzame_personen is right for the day of the start.
"""

from __future__ import annotations

from decimal import Decimal
from typing import Annotated, Literal

import polars as pl
from pydantic import Field, model_validator

from verdringing import history
from verdringing.check import Count, Level, Outcome
from verdringing.check import Params as Common
from verdringing.words import _

EVIDENCE = {
    "aantal": "aantal plaatsingen, deze meegeteld",
    "toegestaan": "zoveel mogen er zijn",
    "telling": "het aantal in woorden: voor dit werk of op deze werkplek, tegelijk of dit jaar",
}
_MAXIMA = ("max_gelijktijdig", "max_per_jaar", "max_aandeel_pct")


class Params(Common):
    """Exactly one maximum, and whether placements count per place of work or per job there."""

    max_gelijktijdig: Count | None = Field(None, description="zoveel plaatsingen mogen er tegelijk lopen")
    max_per_jaar: Count | None = Field(None, description="zoveel plaatsingen mogen er in een kalenderjaar beginnen")
    max_aandeel_pct: Annotated[Decimal, Field(ge=0, le=100, decimal_places=2)] | None = Field(
        None, description="zoveel procent van de werkzame personen mag tegelijk geplaatst zijn"
    )
    per: Literal["werkplek", "plek"] = Field(description="tel per werkplek of per functie op die werkplek")
    niveau: Level = Field("vestiging", description="waar een werkplek op telt")

    @model_validator(mode="after")
    def _one_maximum(self) -> Params:
        if sum(getattr(self, name) is not None for name in _MAXIMA) != 1:
            raise ValueError(_("geef precies een van {namen}", namen=", ".join(_MAXIMA)))
        return self


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add aantal: placements that run on the day of the start, or began that year so far; null in an unknown job."""
    place = pl.col(history.place(params.niveau, job=params.per == "plek"))
    if params.max_per_jaar is None:
        return placements.with_columns(aantal=_running(place))
    row = pl.int_range(pl.len(), dtype=pl.Int64)
    nth = history.in_groups(
        groups={"place": place, "year": pl.col("startdatum").dt.year()},
        columns={},
        passes=[{"new": pl.col("first")}, {"aantal": row - history.since_break(row) + 1}],
        gives={"aantal": pl.Int64},
    )
    return placements.with_columns(_aantal=nth).unnest("_aantal")


def _running(place: pl.Expr) -> pl.Expr:
    """Begun up to this start, less those that ended before it."""
    every = {"n": pl.lit(value=True)}
    begun = history.within(place, history.START, history.EVER, history.START, every)
    ended = history.within(place, history.END_SEEN, history.EVER, history.START - 1, every)
    return begun.struct.field("n") - ended.struct.field("n")


def check(params: Params) -> Outcome:
    """Flag a placement with which there are more than the maximum."""
    count = pl.col("aantal")
    if params.per == "plek":
        count = pl.when(pl.col("functie_sleutel").is_not_null()).then(count)
    allowed = pl.lit(params.max_gelijktijdig or params.max_per_jaar, pl.Int64)
    if params.max_aandeel_pct is not None:
        allowed = pl.col("werkzame_personen").cast(pl.Int64) * int(params.max_aandeel_pct * 100) // 10_000
    before, after = _counted(params).split("{n}")
    return Outcome(
        flagged=count > allowed,
        arose=pl.col("startdatum"),
        value=count,
        limit=allowed,
        evidence={
            "aantal": count,
            "toegestaan": allowed,
            "telling": pl.concat_str(pl.lit(before), count.cast(pl.String), pl.lit(after)),
        },
    )


def _counted(params: Params) -> str:
    """What is counted where, with a hole for the number."""
    if params.max_per_jaar is None:
        return {
            "plek": _("lopen er voor dit werk {n} plaatsingen tegelijk"),
            "werkplek": _("lopen er op deze werkplek {n} plaatsingen tegelijk"),
        }[params.per]
    return {
        "plek": _("begint voor dit werk plaatsing {n} van het kalenderjaar"),
        "werkplek": _("begint op deze werkplek plaatsing {n} van het kalenderjaar"),
    }[params.per]
