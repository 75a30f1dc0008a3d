"""A rate below a norm.

Why: who pays less for a placement than ordinary work costs has a reason to replace ordinary work. Exclusions: a rate
that is not known is never guessed, nor is a norm of a day without a row. Assumes that the rate is what the employer
pays the municipality for an hour, not a wage.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

import polars as pl
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from verdringing.check import Outcome
from verdringing.check import Params as Common
from verdringing.figures import amount, day
from verdringing.norms import ADULT, BEGINNING, YOUNGEST, Norm, Stretch, cents, named
from verdringing.words import _

EVIDENCE = {
    "tarief": "wat de werkgever per uur betaalt",
    "ondergrens": "bedrag waar het tarief niet onder mag",
    "verschil": "zoveel is het tarief te laag",
    "dag": "eerste dag waarop het tarief te laag is",
    "normrij": "rij van de norm, met bron",
    "tekort": "verschil over alle gewerkte uren",
}
_SCALE = 10_000  # money is in ten-thousandths of a euro, so that every product below is a whole number


class Surcharge(BaseModel):
    """Percentage on top of the amount, for the days it holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pct: Annotated[Decimal, Field(ge=0, le=500, decimal_places=2)]
    van: date = BEGINNING
    tot: date = date.max


class Params(Common):
    """Which norm, on which days, with which surcharge and tolerance (euro)."""

    norm: Annotated[Norm | None, BeforeValidator(named)] = Field(None, description="tabel met bedragen per datum")
    kolom: Literal["cao_uurloon", "inleentarief"] | None = Field(None, description="kolom met het bedrag")
    opslag_pct: tuple[Surcharge, ...] = Field((), description="opslag in procenten, met van en tot")
    tolerantie: Annotated[Decimal, Field(ge=0, le=100, decimal_places=4)] = Field(
        Decimal(0), description="zoveel euro lager mag"
    )
    peilmoment: Literal["start", "looptijd"] = Field("start", description="toets op de eerste dag of op elke dag")
    loonwaarde_meewegen: bool = Field(
        False, strict=True, description="reken de norm naar de loonwaarde om als die bekend is"
    )
    leeftijd_onbekend: Literal["volwassen", "niet_toetsbaar"] = Field(
        "volwassen", description="wat geldt zonder geboortejaar"
    )
    basis_uren: Literal[36, 38, 40] | None = Field(None, description="uren van de werkweek voor de norm van voor 2024")

    @model_validator(mode="after")
    def _one_source(self) -> Params:
        if (self.norm is None) == (self.kolom is None):
            raise ValueError(_("geef een norm of een kolom, niet allebei"))
        if self.norm and self.norm.eenheid != "euro per uur":
            raise ValueError(_("deze norm is geen bedrag per uur"))
        if self.norm and self.norm.variants() and self._variant() not in self.norm.variants():
            raise ValueError(
                _("kies basis_uren: deze norm heeft bedragen voor {namen}", namen=", ".join(self.norm.variants()))
            )
        return self

    def _variant(self) -> str:
        return f"uren_{self.basis_uren}"

    def stretches(self) -> list[Stretch]:
        """Days with one amount and surcharge, in order; the first begins before every date."""
        days = {BEGINNING} | {s.van for s in self.opslag_pct} | (self.norm.changes() if self.norm else set())
        days |= {date.fromordinal(s.tot.toordinal() + 1) for s in self.opslag_pct if s.tot < date.max}
        if self.norm and self.norm.jeugd and self.peilmoment == "looptijd":
            days |= {date(year, 1, 1) for year in range(self.norm.first_year(), self.norm.last_year() + 1)}
        return [self._stretch(day) for day in sorted(days)]

    def _stretch(self, day: date) -> Stretch:
        row = self.norm.on(day) if self.norm else None
        surcharge = next((s.pct for s in self.opslag_pct if s.van <= day <= s.tot), Decimal(0))
        youth = self.norm.youth_on(day) if self.norm else None
        return Stretch(day, row.amount(self._variant()) if row else None, row, youth, surcharge)


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add per placement whether a day is too low (_laag) or could be (_misschien), that day, its floor and stretch."""
    stretches = params.stretches()
    source = pl.lit(None, pl.Int64) if params.kolom is None else (pl.col(params.kolom) * _SCALE).cast(pl.Int64)
    inputs = pl.struct(
        pl.when(pl.col("instrument").is_in(list(params.instrumenten))).then("uurtarief").alias("rate"),
        source.alias("amount"),
        pl.col("startdatum").alias("start"),
        pl.col("einde" if params.peilmoment == "looptijd" else "startdatum").alias("end"),
        pl.col("geboortejaar").alias("born"),
        (pl.col("loonwaarde") if params.loonwaarde_meewegen else pl.lit(None, pl.Decimal(14, 4))).alias("worth"),
    )
    gives = pl.Struct(
        {"_laag": pl.Boolean, "_dag": pl.Date, "_ondergrens": pl.Int64, "_rij": pl.Int32, "_norm_ontbreekt": pl.Boolean}
    )
    tested = inputs.map_batches(lambda series: _tested(series.struct.unnest(), stretches, params), return_dtype=gives)
    return placements.with_columns(_tarief=tested).unnest("_tarief")


def _amounts(stretch: Stretch) -> list[int | None]:
    """Amount for every age from YOUNGEST to ADULT; youth amounts are rounded to the cent, as they are published."""
    adult = stretch.amount
    if adult is None:
        return [None] * (ADULT - YOUNGEST + 1)
    youth = [stretch.youth.percentage(age) if stretch.youth else Decimal(100) for age in range(YOUNGEST, ADULT)]
    return [*(cents(adult * pct / 100) * 100 for pct in youth), int(adult * _SCALE)]


def _tested(frame: pl.DataFrame, stretches: Sequence[Stretch], params: Params) -> pl.Series:
    """Test every stretch of days of every placement that has a rate; one answer per placement."""
    firsts = pl.Series([stretch.first for stretch in stretches])
    rows = frame.with_row_index("row").filter(pl.col("rate").is_not_null())
    at = [pl.lit(firsts).search_sorted(pl.col(side), side="right").cast(pl.Int64) - 1 for side in ("start", "end")]
    days = rows.with_columns(stretch=pl.int_ranges(at[0], at[1] + 1)).explode("stretch")
    days = days.with_columns(day=pl.max_horizontal("start", pl.lit(firsts).gather(pl.col("stretch"))))
    low, high = (_floor(age, stretches, params) for age in _ages(params))
    tolerance = int(params.tolerantie * _SCALE)
    rate = (pl.col("rate") * _SCALE).cast(pl.Int64)
    too_low = pl.when(rate < pl.col("low") * 100 - tolerance).then(statement=True)
    days = days.with_columns(low=low, high=high).with_columns(
        laag=too_low.when(rate >= pl.col("high") * 100 - tolerance).then(statement=False)
    )
    first_low = pl.col("laag").fill_null(value=False).arg_max()
    answers = days.group_by("row").agg(
        _laag=pl.when(pl.col("laag").any())
        .then(statement=True)
        .when(~pl.col("laag").is_null().any())
        .then(statement=False),
        _dag=pl.col("day").get(first_low),
        _ondergrens=pl.col("low").get(first_low),
        _rij=pl.col("stretch").get(first_low).cast(pl.Int32),
        _norm_ontbreekt=pl.col("high").is_null().any(),
    )
    whole = frame.select(pl.int_range(pl.len(), dtype=pl.UInt32).alias("row"))
    return whole.join(answers, on="row", how="left", maintain_order="left").drop("row").to_struct()


def _ages(params: Params) -> tuple[pl.Expr, pl.Expr]:
    """Youngest and oldest age (index into the amounts) that a candidate can have on a day."""
    known = (pl.col("day").dt.year() - pl.col("born") - 1).clip(YOUNGEST, ADULT) - YOUNGEST
    oldest = known.fill_null(ADULT - YOUNGEST)
    return (oldest if params.leeftijd_onbekend == "volwassen" else known.fill_null(0)), oldest


def _floor(age: pl.Expr, stretches: Sequence[Stretch], params: Params) -> pl.Expr:
    """Floor in cents: amount × (1 + surcharge) × loonwaarde, rounded half up; whole numbers all the way."""
    ages = ADULT - YOUNGEST + 1
    table = pl.Series([amount for stretch in stretches for amount in _amounts(stretch)], dtype=pl.Int64)
    amount = pl.col("amount") if params.kolom else pl.lit(table).gather(pl.col("stretch") * ages + age)
    factors = pl.Series([int(_SCALE + stretch.surcharge * 100) for stretch in stretches])
    exact = amount * pl.lit(factors).gather(pl.col("stretch"))
    divisor = _SCALE * _SCALE // 100
    if params.loonwaarde_meewegen:
        exact = exact * (pl.col("worth") * _SCALE).cast(pl.Int64).fill_null(100 * _SCALE)
        divisor *= 100 * _SCALE
    return (exact + divisor // 2) // divisor


def check(params: Params) -> Outcome:
    """Flag a rate below the floor minus the tolerance on a day that is tested."""
    floor = (pl.col("_ondergrens").cast(pl.Decimal(14, 2)) / 100).cast(pl.Decimal(14, 2))
    needed = [pl.col("uurtarief").is_not_null(), *([pl.col(params.kolom).is_not_null()] if params.kolom else [])]
    rows = pl.Series([_row_words(s) for s in params.stretches()], dtype=pl.String)
    short = floor - pl.col("uurtarief")
    all_along = pl.col("_dag") == pl.col("startdatum")  # a norm that rose later was not missed in every hour worked
    missing = {} if params.kolom else {"norm": pl.col("_norm_ontbreekt").fill_null(value=False)}
    return Outcome(
        flagged=pl.when(pl.all_horizontal(needed)).then(pl.col("_laag")),
        arose=pl.col("_dag"),
        value=pl.col("uurtarief"),
        limit=floor,
        evidence={
            "tarief": pl.col("uurtarief"),
            "ondergrens": floor,
            "verschil": short,
            "dag": pl.col("_dag"),
            "normrij": pl.lit(rows).gather(pl.col("_rij")),
            "tekort": (pl.when(all_along).then(short).cast(pl.Float64) * pl.col("gewerkte_uren"))
            .round(2)
            .cast(pl.Decimal(14, 2)),
        },
        missing=missing,
    )


def _row_words(stretch: Stretch) -> str:
    """The norm row of a stretch in words, with its source; empty where the amount is a column."""
    if stretch.row is None:
        return ""
    row: Any = stretch.row
    return _("{bedrag} vanaf {dag} ({bron})", bedrag=amount(stretch.amount), dag=day(row.van), bron=row.bron)
