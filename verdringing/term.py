"""Lengths of time as a policy writes them, and limits that hold for some hours or ages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator

from verdringing.words import _

FINE = 10_000
"""Hours are whole ten-thousandths where they are compared, so that 28 is 28."""

_UNITS = {"dagen": "d", "weken": "w", "maanden": "mo", "jaren": "y"}
_DAYS = {"dagen": 1.0, "weken": 7.0, "maanden": 30.4375, "jaren": 365.25}


def moved(day: pl.Expr, by: str) -> pl.Expr:
    """Move a date by a length of time ("3mo") as dt.offset_by does: per day, not per row, where there are more rows."""

    def run(series: pl.Series) -> pl.Series:
        days = series.to_physical()
        low, high = days.min(), days.max()
        if not isinstance(low, int) or not isinstance(high, int) or high - low >= len(series):
            return series.dt.offset_by(by)
        every = pl.int_range(low, high + 1, dtype=pl.Int32, eager=True).cast(pl.Date)
        return every.dt.offset_by(by)[(days - low).cast(pl.UInt32)]

    return day.map_batches(run, return_dtype=pl.Date, is_elementwise=True)


class Term(BaseModel):
    """A length of time in exactly one unit: dagen, weken, maanden or jaren."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    dagen: Annotated[int, Field(strict=True, ge=1, le=36_500)] | None = None
    weken: Annotated[int, Field(strict=True, ge=1, le=5_200)] | None = None
    maanden: Annotated[int, Field(strict=True, ge=1, le=1_200)] | None = None
    jaren: Annotated[int, Field(strict=True, ge=1, le=100)] | None = None

    @model_validator(mode="after")
    def _one_unit(self) -> Term:
        if sum(getattr(self, unit) is not None for unit in _UNITS) != 1:
            raise ValueError(_("geef precies een van dagen, weken, maanden of jaren"))
        return self

    @property
    def written(self) -> tuple[int, str]:
        """Number and unit as the policy writes them."""
        return next((getattr(self, unit), unit) for unit in _UNITS if getattr(self, unit) is not None)

    @property
    def about(self) -> float:
        """Days, about: a month counts as 30.4, only to put lengths of time in order."""
        count, unit = self.written
        return count * _DAYS[unit]

    def column(self, more: Term | None = None) -> str:
        """Name of the column (`days_after`) with the first day past this length of time and `more`."""
        return "_".join(
            ["_na", *(f"{count}{_UNITS[unit]}" for count, unit in (one.written for one in (self, more) if one))]
        )

    def after(self, start: pl.Expr, more: Term | None = None) -> pl.Expr:
        """Calendar addition to a date, clipped to the last day of the month; `more` is added in the same step."""
        count, unit = self.written
        if more is None:
            return moved(start, f"{count}{_UNITS[unit]}")
        extra, other = more.written
        if other == unit:
            return moved(start, f"{count + extra}{_UNITS[unit]}")
        return more.after(self.after(start))

    def __str__(self) -> str:
        count, unit = self.written
        if count == 1:
            return {"dagen": _("1 dag"), "weken": _("1 week"), "maanden": _("1 maand"), "jaren": _("1 jaar")}[unit]
        said = {"dagen": _("{n} dagen"), "weken": _("{n} weken"), "maanden": _("{n} maanden"), "jaren": _("{n} jaar")}
        return said[unit].format(n=count)


class Limit(Term):
    """A limit, for some hours per week or ages (all bounds inclusive, but `uren_boven`)."""

    uren_boven: float | None = Field(None, ge=0, le=168)
    uren_tot_en_met: float | None = Field(None, ge=0, le=168)
    leeftijd_van: int | None = Field(None, ge=0, le=120)
    leeftijd_tot: int | None = Field(None, ge=0, le=120)

    def fits(self, hours: pl.Expr, age: pl.Expr) -> pl.Expr:
        """Whether this limit is meant for these hours and this age."""
        wanted = [
            None if self.uren_boven is None else hours > round(self.uren_boven * FINE),
            None if self.uren_tot_en_met is None else hours <= round(self.uren_tot_en_met * FINE),
            None if self.leeftijd_van is None else age >= self.leeftijd_van,
            None if self.leeftijd_tot is None else age <= self.leeftijd_tot,
        ]
        return pl.all_horizontal(pl.lit(value=True), *(part for part in wanted if part is not None))

    @property
    def hours(self) -> set[int]:
        """Hours (ten-thousandths) at which this limit begins or stops to fit, and just above them."""
        edges = [round(edge * FINE) for edge in (self.uren_boven, self.uren_tot_en_met) if edge is not None]
        return {edge + step for edge in edges for step in (0, 1)}

    @property
    def for_all(self) -> bool:
        """Whether this limit holds whatever the hours and the age."""
        bounds = (self.uren_boven, self.uren_tot_en_met, self.leeftijd_van, self.leeftijd_tot)
        return all(bound is None for bound in bounds)

    @property
    def ages(self) -> set[int]:
        """Age at which this limit begins to fit, and the first at which it stops."""
        bounds = ((self.leeftijd_van, 0), (self.leeftijd_tot, 1))
        return {age + step for age, step in bounds if age is not None}


def days_after(limits: Sequence[Limit], begin: pl.Expr, more: Term | None = None) -> dict[str, pl.Expr]:
    """Per limit the first day past it (and `more`), as columns: each is asked many times and counted once."""
    return {limit.column(more): limit.after(begin, more) for limit in limits}


def possible_ends(limits: Sequence[Limit], more: Term | None = None) -> tuple[pl.Expr, pl.Expr]:
    """Earliest and latest first day past the limit (and `more`), over all hours and ages that are still possible.

    The first limit that fits counts; the last fits all. Reads uren (ten-thousandths), uren_onbekend, leeftijd and the
    columns of `days_after`.
    """
    candidates = [
        pl.when(hours_possible & age_possible).then(_chosen(limits, hours, age, more))
        for hours, hours_possible in _possible_hours(limits)
        for age, age_possible in _possible_ages(limits)
    ]
    return pl.min_horizontal(candidates), pl.max_horizontal(candidates)


def in_words(limits: Sequence[Limit], passed: pl.Expr) -> pl.Expr:
    """The limit that ends on the day `passed`, as the policy writes it; the one for the known hours and age first."""
    known, day = pl.lit(str(limits[-1])), _chosen(limits, pl.col("uren"), pl.col("leeftijd"), None)
    other = known
    for limit in reversed(limits[:-1]):
        known = pl.when(limit.fits(pl.col("uren"), pl.col("leeftijd"))).then(pl.lit(str(limit))).otherwise(known)
        other = pl.when(pl.col(limit.column()) == passed).then(pl.lit(str(limit))).otherwise(other)
    return pl.when(day == passed).then(known).otherwise(other)


def _chosen(limits: Sequence[Limit], hours: pl.Expr, age: pl.Expr, more: Term | None) -> pl.Expr:
    """First day that is past the limit for these hours and this age."""
    result = pl.col(limits[-1].column(more))
    for limit in reversed(limits[:-1]):
        result = pl.when(limit.fits(hours, age)).then(pl.col(limit.column(more))).otherwise(result)
    return result


def _possible_hours(limits: Sequence[Limit]) -> list[tuple[pl.Expr, pl.Expr]]:
    """Values for the hours, each with whether it is possible: the known hours; where some are unknown, any above."""
    edges = {edge for limit in limits for edge in limit.hours}
    if not edges:
        return [(pl.lit(0), pl.lit(value=True))]
    known = pl.col("uren")
    above = [(pl.lit(edge), pl.col("uren_onbekend") & (edge >= known.fill_null(0))) for edge in sorted({0} | edges)]
    return [(known, known.is_not_null()), *above]


def _possible_ages(limits: Sequence[Limit]) -> list[tuple[pl.Expr, pl.Expr]]:
    """Values for the age, each with whether it is possible: the known age, or any."""
    edges = {edge for limit in limits for edge in limit.ages}
    if not edges:
        return [(pl.lit(0), pl.lit(value=True))]
    known = pl.col("leeftijd")
    return [(known, known.is_not_null()), *((pl.lit(edge), known.is_null()) for edge in sorted({0} | edges))]
