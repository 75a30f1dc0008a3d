"""A candidate who stays longer than the instrument allows.

Why: working while on benefit is meant to be short; what lasts is ordinary work. Exclusions: a new spell after a real
break. Assumptions: contract hours are right; where they are missing, the hours worked per week stand in; a limit of
three months that starts on 1 January allows 31 March and ends on 1 April.
"""

from __future__ import annotations

from typing import Annotated, Literal

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, model_validator

from verdringing import history
from verdringing.check import Days, Level, Outcome
from verdringing.check import Params as Common
from verdringing.words import _

EVIDENCE = {
    "begin": "eerste dag van de aaneengesloten plaatsingen",
    "uren": "hoogste aantal uren per week in die tijd",
    "grensdatum": "dag waarop de plaatsing te lang wordt",
    "toegestaan_tot_en_met": "laatste toegestane dag",
    "termijn": "de grens in woorden",
}
_UNITS = {"dagen": "d", "weken": "w", "maanden": "mo", "jaren": "y"}
_WEEK = 168
_FINE = 10_000  # hours are whole ten-thousandths here, so that 28 is 28


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

    def after(self, start: pl.Expr, more: Term | None = None) -> pl.Expr:
        """Calendar addition to a date, clipped to the last day of the month; `more` is added in the same step."""
        count, unit = self.written
        if more is None:
            return start.dt.offset_by(f"{count}{_UNITS[unit]}")
        extra, other = more.written
        if other == unit:
            return start.dt.offset_by(f"{count + extra}{_UNITS[unit]}")
        return more.after(self.after(start))

    def __str__(self) -> str:
        count, unit = self.written
        singular = {"dagen": _("dag"), "weken": _("week"), "maanden": _("maand"), "jaren": _("jaar")}
        several = {"dagen": _("dagen"), "weken": _("weken"), "maanden": _("maanden"), "jaren": _("jaren")}
        return f"{count} {(singular if count == 1 else several)[unit]}"


class Limit(Term):
    """A limit, for some hours per week or ages (all bounds inclusive, but `uren_boven`)."""

    uren_boven: float | None = Field(None, ge=0, le=168)
    uren_tot_en_met: float | None = Field(None, ge=0, le=168)
    leeftijd_van: int | None = Field(None, ge=0, le=120)
    leeftijd_tot: int | None = Field(None, ge=0, le=120)

    def fits(self, hours: pl.Expr, age: pl.Expr) -> pl.Expr:
        """Whether this limit is meant for these hours and this age."""
        wanted = [
            None if self.uren_boven is None else hours > round(self.uren_boven * _FINE),
            None if self.uren_tot_en_met is None else hours <= round(self.uren_tot_en_met * _FINE),
            None if self.leeftijd_van is None else age >= self.leeftijd_van,
            None if self.leeftijd_tot is None else age <= self.leeftijd_tot,
        ]
        return pl.all_horizontal(pl.lit(value=True), *(part for part in wanted if part is not None))

    @property
    def hours(self) -> set[int]:
        """Hours (ten-thousandths) at which this limit begins or stops to fit, and just above them."""
        edges = [round(edge * _FINE) for edge in (self.uren_boven, self.uren_tot_en_met) if edge is not None]
        return {edge + step for edge in edges for step in (0, 1)}

    @property
    def ages(self) -> set[int]:
        """Age at which this limit begins to fit, and the first at which it stops."""
        bounds = ((self.leeftijd_van, 0), (self.leeftijd_tot, 1))
        return {age + step for age, step in bounds if age is not None}


class Params(Common):
    """The limits (the first that fits counts), what one spell is, and whether a decision can extend it."""

    grenzen: tuple[Limit, ...] = Field(
        (Limit(uren_boven=28, maanden=3), Limit(maanden=6)),
        min_length=1,
        description="grenzen; de eerste die past telt",
    )
    verlenging: Term | None = Field(None, description="zoveel langer mag het met een besluit tot verlenging")
    minimaal: Term | None = Field(None, description="korter mag het niet duren, behalve bij uitstroom")
    samenvoegen_dagen: Days = Field(
        31, description="plaatsingen met een kortere of even lange tussenruimte (dagen) zijn een geheel"
    )
    per: Literal["functie", "werkgever"] = Field("functie", description="tel per functie of per werkgever")
    niveau: Level = Field("werkgever", description="waar een werkplek op telt")

    @model_validator(mode="after")
    def _last_fits_all(self) -> Params:
        last = self.grenzen[-1]
        if any(
            bound is not None for bound in (last.uren_boven, last.uren_tot_en_met, last.leeftijd_van, last.leeftijd_tot)
        ):
            raise ValueError(_("de laatste grens moet voor iedereen gelden: laat uren en leeftijd daar weg"))
        return self


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add begin (start of the spell), uren (highest known, ten-thousandths), uren_onbekend (some are not known)."""
    hours = _hours()
    place = pl.col(history.place(params.niveau, job=params.per == "functie"))
    spell = history.in_groups(
        groups={
            "candidate": pl.col("kandidaat_nr"),
            "place": pl.when(pl.col("instrument").is_in(list(params.instrumenten))).then(place),
        },
        columns={"start": history.START, "end": history.END_SEEN, "hours": hours},
        passes=[
            {"new": history.breaks(params.samenvoegen_dagen)},
            {"spell": pl.col("new").cum_sum().cast(pl.Int64), "begin": history.since_break(pl.col("start"))},
            {"uren": _highest_so_far(), "unknown": pl.col("hours").is_null().cum_sum()},
            {
                "uren_onbekend": pl.col("unknown") - history.since_break(pl.col("unknown") - pl.col("hours").is_null())
                > 0
            },
        ],
        gives={"begin": pl.Int32, "uren": pl.Int64, "uren_onbekend": pl.Boolean},
    )
    return (
        placements.with_columns(_duur=spell)
        .unnest("_duur")
        .with_columns(
            begin=pl.coalesce(pl.col("begin").cast(pl.Date), "startdatum"),
            uren=pl.when(pl.col("uren_onbekend").is_null()).then(hours).otherwise("uren"),
            uren_onbekend=pl.coalesce("uren_onbekend", hours.is_null()),
        )
    )


def _hours() -> pl.Expr:
    """Contract hours in ten-thousandths; where they are missing, hours worked ÷ weeks of an ended placement."""
    worked = pl.when(pl.col("fase") == "beeindigd").then(pl.col("gewerkte_uren") * 7 / pl.col("duur_dagen"))
    return (pl.col("uren_per_week").fill_null(worked).clip(upper_bound=_WEEK) * _FINE).round().cast(pl.Int64)


def _highest_so_far() -> pl.Expr:
    """Highest known hours in the spell up to and including this row: one cumulative maximum over spell and hours."""
    step = 2 * _WEEK * _FINE  # more than the hours of any week
    known = pl.when(pl.col("hours").is_not_null()).then(pl.col("spell") * step + pl.col("hours"))
    highest = known.cum_max().forward_fill() - pl.col("spell") * step
    return pl.when(highest >= 0).then(highest)


def check(params: Params) -> Outcome:
    """Flag a placement that goes on until the spell's start plus the limit, or past it."""
    shortest, longest = _possible_limits(params)
    known = pl.col("functie_sleutel").is_not_null() if params.per == "functie" else pl.lit(value=True)
    end = pl.col("einde")
    too_long = _past(end, shortest, longest, known)
    missing: dict[str, pl.Expr] = {"uren_per_week": pl.col("uren_onbekend") & (shortest < longest)}
    limit = pl.when(end >= longest).then(longest).otherwise(shortest)
    last = shortest
    if params.verlenging is not None:
        extended_shortest, extended = _possible_limits(params, params.verlenging)
        decided = pl.col("verlenging_datum").is_not_null() | pl.col("verlenging_reden").is_not_null()
        missing["verlengingsbesluit"] = (end >= shortest) & ~decided
        innocent = (end < extended_shortest) & decided & known
        too_long = pl.when(end >= extended).then(statement=True).when(innocent | ~too_long).then(statement=False)
        limit = pl.when(end >= extended).then(extended).otherwise(limit)
        last = pl.when(decided).then(extended_shortest).otherwise(shortest)
    flagged = too_long if params.minimaal is None else too_long | _too_short(params.minimaal)
    return Outcome(
        flagged=flagged,
        arose=pl.max_horizontal(limit, "startdatum"),
        value=end,
        limit=limit - pl.duration(days=1),
        evidence={
            "begin": pl.col("begin"),
            "uren": pl.col("uren") / _FINE,
            "grensdatum": limit,
            "toegestaan_tot_en_met": limit - pl.duration(days=1),
            "termijn": _limit_words(params),
        },
        missing=missing,
        deadline=last - pl.duration(days=1),
    )


def _past(end: pl.Expr, shortest: pl.Expr, longest: pl.Expr, known: pl.Expr) -> pl.Expr:
    """Past every limit that is possible: yes. Before every one, in a known job: no. Otherwise nobody can tell."""
    return pl.when(end >= longest).then(statement=True).when((end < shortest) & known).then(statement=False)


def _chosen(params: Params, hours: pl.Expr, age: pl.Expr, more: Term | None) -> pl.Expr:
    """First day that is past the limit for these hours and this age."""
    result = params.grenzen[-1].after(pl.col("begin"), more)
    for limit in reversed(params.grenzen[:-1]):
        result = pl.when(limit.fits(hours, age)).then(limit.after(pl.col("begin"), more)).otherwise(result)
    return result


def _possible_limits(params: Params, more: Term | None = None) -> tuple[pl.Expr, pl.Expr]:
    """Earliest and latest first day past the limit (and `more`), over all hours and ages that are still possible."""
    candidates = [
        pl.when(hours_possible & age_possible).then(_chosen(params, hours, age, more))
        for hours, hours_possible in _possible_hours(params)
        for age, age_possible in _possible_ages(params)
    ]
    return pl.min_horizontal(candidates), pl.max_horizontal(candidates)


def _possible_hours(params: Params) -> list[tuple[pl.Expr, pl.Expr]]:
    """Values for the hours, each with whether it is possible: the known hours; where some are unknown, any above."""
    edges = {edge for limit in params.grenzen for edge in limit.hours}
    if not edges:
        return [(pl.lit(0), pl.lit(value=True))]
    known = pl.col("uren")
    above = [(pl.lit(edge), pl.col("uren_onbekend") & (edge >= known.fill_null(0))) for edge in sorted({0} | edges)]
    return [(known, known.is_not_null()), *above]


def _possible_ages(params: Params) -> list[tuple[pl.Expr, pl.Expr]]:
    """Values for the age, each with whether it is possible: the known age, or any."""
    edges = {edge for limit in params.grenzen for edge in limit.ages}
    if not edges:
        return [(pl.lit(0), pl.lit(value=True))]
    known = pl.col("leeftijd")
    return [(known, known.is_not_null()), *((pl.lit(edge), known.is_null()) for edge in sorted({0} | edges))]


def _too_short(term: Term) -> pl.Expr:
    """Whether an ended spell was shorter than the minimum without leaving for work; null when the result is unknown."""
    short = (pl.col("fase") == "beeindigd") & (pl.col("einde") < term.after(pl.col("begin")) - pl.duration(days=1))
    stayed = pl.col("uitstroom") == "nee"
    return pl.when(~short).then(statement=False).otherwise(stayed)


def _limit_words(params: Params) -> pl.Expr:
    words = pl.lit(str(params.grenzen[-1]))
    for limit in reversed(params.grenzen[:-1]):
        words = pl.when(limit.fits(pl.col("uren"), pl.col("leeftijd"))).then(pl.lit(str(limit))).otherwise(words)
    return words
