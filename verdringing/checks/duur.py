"""A candidate who stays longer than the instrument allows, or left sooner than the policy asks.

Why: working while on benefit is meant to be short, and what lasts is ordinary work; what ends too soon without work is
more likely a vacancy that was filled for a while. Exclusions: a new spell after a real break; who left for work, or has
an extension on record, did not leave too soon. Assumptions: contract hours are right; where they are missing, the hours
worked per week stand in; a limit of three months that starts on 1 January allows 31 March and ends on 1 April.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated, Literal

import polars as pl
from pydantic import Field, model_validator

from verdringing import history
from verdringing.check import SOME, Days, Level, Outcome
from verdringing.check import Params as Common
from verdringing.spell import add_spell
from verdringing.term import FINE, Limit, Term, days_after, in_words, possible_ends
from verdringing.words import _

EVIDENCE = {
    "begin": "eerste dag van de aaneengesloten plaatsingen",
    "tot_en_met": "laatste dag die telt",
    "uren": "hoogste aantal uren per week in die tijd",
    "grensdatum": "dag waarop de plaatsing te lang wordt, of lang genoeg is",
    "toegestaan_tot_en_met": "laatste toegestane dag, of bij een te korte plaatsing de eerste",
    "afwijking": "langer of korter",
    "termijn": "de grens in woorden",
}
_DAY = pl.duration(days=1)
_EXTENDED = pl.col("_verlengd")


class Params(Common):
    """The limits (the first that fits counts), the minimum, what one spell is, and whether a decision can extend it."""

    grenzen: Annotated[tuple[Limit, ...], SOME] = Field(
        (Limit(uren_boven=28, maanden=3), Limit(maanden=6)), description="grenzen; de eerste die past telt"
    )
    verlenging: Term | None = Field(None, description="zoveel langer mag het met een besluit tot verlenging")
    minimaal: Term | None = Field(None, description="korter mag het niet duren, behalve bij uitstroom")
    samenvoegen_dagen: Days = Field(
        31, description="plaatsingen met een kortere of even lange tussenruimte (dagen) zijn een geheel"
    )
    per: Literal["functie", "werkgever"] = Field("functie", description="tel per functie of per werkgever")
    niveau: Level = Field("werkgever", description="waar een werkplek op telt")

    @model_validator(mode="after")
    def _possible(self) -> Params:
        if not self.grenzen[-1].for_all:
            raise ValueError(_("de laatste grens moet voor iedereen gelden: laat uren en leeftijd daar weg"))
        if self.minimaal is not None and self.minimaal.about > min(limit.about for limit in self.grenzen):
            raise ValueError(_("minimaal is langer dan een van de grenzen: dan kan geen plaatsing goed zijn"))
        return self


def needed(params: Params) -> tuple[str, ...]:
    """Holes without which the sentence of a rule with these parameters says the wrong thing."""
    return () if params.minimaal is None else ("afwijking",)


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add begin, uren (ten-thousandths) and uren_onbekend of the spell; with `minimaal` also _tot and _uitgestroomd.

    And the first day past each limit (`days_after`), also with the extension. Of the placement itself: _verlengd (an
    extension is on record) and, for the minimum, _gebleven (left without work).
    """
    place = pl.col(history.place(params.niveau, job=params.per == "functie"))
    meant = pl.when(pl.col("instrument").is_in(list(params.instrumenten))).then(place)
    added = add_spell(placements, meant, params.samenvoegen_dagen, ends=params.minimaal is not None)
    for more in dict.fromkeys((None, params.verlenging)):
        added = added.with_columns(**days_after(params.grenzen, pl.col("begin"), more))
    # columns of their own: an empty extension is nothing that is missing
    extended = pl.col("verlenging_datum").is_not_null() | pl.col("verlenging_reden").is_not_null()
    own = {"_verlengd": extended} if params.verlenging or params.minimaal else {}
    return added.with_columns(**own, **({"_gebleven": pl.col("uitstroom") == "nee"} if params.minimaal else {}))


def check(params: Params) -> Outcome:
    """Flag a placement that goes on until the spell's start plus the limit, or whose spell ended before the minimum."""
    shortest, longest = possible_ends(params.grenzen)
    end = pl.col("einde")
    too_long = _past(end, shortest, longest, _known(params))
    missing: dict[str, pl.Expr] = {"uren_per_week": pl.col("uren_onbekend") & (shortest < longest)}
    base = limit = pl.when(end >= longest).then(longest).otherwise(shortest)
    last = shortest
    if params.verlenging is not None:
        extended_shortest, extended = possible_ends(params.grenzen, params.verlenging)
        missing["verlengingsbesluit"] = (end >= shortest) & ~_EXTENDED
        innocent = (end < extended_shortest) & _EXTENDED & _known(params)
        too_long = pl.when(end >= extended).then(statement=True).when(innocent | ~too_long).then(statement=False)
        limit = pl.when(end >= extended).then(extended).otherwise(limit)
        last = pl.when(_EXTENDED).then(extended_shortest).otherwise(shortest)
    outcome = Outcome(
        flagged=too_long,
        arose=pl.max_horizontal(limit, "startdatum"),
        value=end,
        limit=limit - _DAY,
        evidence={
            "begin": pl.col("begin"),
            "tot_en_met": end,
            "uren": pl.col("uren") / FINE,
            "grensdatum": limit,
            "toegestaan_tot_en_met": limit - _DAY,
            "afwijking": pl.when(too_long).then(pl.lit(_("langer"))),
            "termijn": in_words(params.grenzen, base),
        },
        missing=missing,
        deadline=last - _DAY,
    )
    return outcome if params.minimaal is None else _or_too_short(outcome, params, params.minimaal)


def _past(end: pl.Expr, shortest: pl.Expr, longest: pl.Expr, known: pl.Expr) -> pl.Expr:
    """Past every limit that is possible: yes. Before every one, in a known job: no. Otherwise nobody can tell."""
    return pl.when(end >= longest).then(statement=True).when((end < shortest) & known).then(statement=False)


def _known(params: Params) -> pl.Expr:
    """Whether the job is known, where that decides what belongs to one spell."""
    return pl.col("functie_sleutel").is_not_null() if params.per == "functie" else pl.lit(value=True)


def _or_too_short(outcome: Outcome, params: Params, minimum: Term) -> Outcome:
    """The same outcome, which also flags a spell that ended before the minimum without work.

    Only what is recorded of the spell up to and including this placement counts: a later placement that continues it
    has a verdict of its own, and never withdraws this one. So `uitstroom` must say nee here; an extension on record
    says that it went on.
    """
    enough = minimum.after(pl.col("begin"))
    end, stayed = pl.col("_tot"), pl.col("_gebleven")
    short = (end < pl.col("peildatum")) & (end < enough - _DAY) & ~pl.col("_uitgestroomd") & ~_EXTENDED
    too_short = pl.when(~short).then(statement=False).when(_known(params)).then(stayed)
    here = (too_short & ~outcome.flagged.fill_null(value=False)).fill_null(value=False)

    def either(of_short: pl.Expr, of_long: pl.Expr) -> pl.Expr:
        return pl.when(here).then(of_short).otherwise(of_long)

    said = {
        "tot_en_met": end,
        "grensdatum": enough,
        "toegestaan_tot_en_met": enough - _DAY,
        "afwijking": pl.lit(_("korter")),
        "termijn": pl.lit(str(minimum)),
    }
    evidence = outcome.evidence
    return replace(
        outcome,
        flagged=outcome.flagged | too_short,
        arose=either(pl.max_horizontal(end + _DAY, "startdatum"), outcome.arose),
        value=either(end, outcome.value),
        limit=either(enough - _DAY, outcome.limit),
        evidence={name: either(said[name], one) if name in said else one for name, one in evidence.items()},
        missing={**outcome.missing, "uitstroom": short & stayed.is_null()},
    )
