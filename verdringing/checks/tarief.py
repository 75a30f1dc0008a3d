"""A rate below a norm.

Why: who pays less for a placement than ordinary work costs has a reason to replace ordinary work. Exclusions: a rate
that is not known is never guessed, nor is a norm of a day without a row. Assumes that the rate is what the employer
pays the municipality for an hour, not a wage.
"""

from __future__ import annotations

from decimal import Decimal
from functools import cached_property
from typing import Annotated, Literal

import polars as pl
from pydantic import BeforeValidator, Field, model_validator

from verdringing.check import Outcome
from verdringing.check import Params as Common
from verdringing.figures import amount, day, decimal
from verdringing.norms import Norm, named_by_key
from verdringing.ordered import put_back
from verdringing.stretches import AMOUNTS, SCALE, Course, Stretch, Surcharge, course, places
from verdringing.tested_days import answers
from verdringing.words import _

EVIDENCE = {
    "tarief": "wat de werkgever per uur betaalt",
    "ondergrens": "bedrag waar het tarief niet onder mag",
    "verschil": "zoveel is het tarief te laag",
    "dag": "eerste dag waarop het tarief te laag is",
    "normrij": "rij van de norm, met bron",
    "tekort": "verschil over alle gewerkte uren",
}


class Params(Common):
    """Which norm, on which days, with which surcharge and tolerance (euro)."""

    norm: Annotated[Norm | None, BeforeValidator(named_by_key)] = Field(
        None, description="tabel met bedragen per datum"
    )
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

    @cached_property
    def course(self) -> Course:
        """The norm over time, per key."""
        return course(self.norm, self.opslag_pct, self._variant(), each_year=self.peilmoment == "looptijd")


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add per placement whether a day is too low (_laag), that day, its floor and stretch, and whether a norm lacks."""
    source = pl.lit(None, pl.Int64) if params.kolom is None else (pl.col(params.kolom) * SCALE).cast(pl.Int64)
    meant = pl.col("instrument").is_in(list(params.instrumenten))
    inputs = pl.struct(
        pl.col("uurtarief").alias("rate"),
        pl.when(meant).then(params.course.key()).alias("key"),
        source.alias("amount"),
        pl.col("startdatum").alias("start"),
        pl.col("einde" if params.peilmoment == "looptijd" else "startdatum").alias("end"),
        pl.col("geboortejaar").alias("born"),
        (pl.col("loonwaarde") if params.loonwaarde_meewegen else pl.lit(None, pl.Decimal(14, 4))).alias("worth"),
    )
    gives = pl.Struct(
        {"_laag": pl.Boolean, "_dag": pl.Date, "_ondergrens": pl.Int64, "_rij": pl.Int32, "_norm_ontbreekt": pl.Boolean}
    )
    tested = inputs.map_batches(lambda series: _tested(series.struct.unnest(), params), return_dtype=gives)
    return placements.with_columns(_tarief=tested).unnest("_tarief")


def _tested(frame: pl.DataFrame, params: Params) -> pl.Series:
    """Test every stretch of days of every placement that has a rate and a key; one answer per placement."""
    known = (frame["rate"].is_not_null() & frame["key"].is_not_null()).arg_true()
    at = [params.course.at(pl.col("key"), pl.col(side)) for side in ("start", "end")]
    days = frame[known].with_row_index("of").with_columns(stretch=at[0], last=at[1])
    if (days["stretch"] < days["last"]).any():
        days = days.with_columns(stretch=pl.int_ranges("stretch", pl.col("last") + 1)).explode("stretch")
    days = days.with_columns(day=pl.max_horizontal("start", pl.lit(params.course.firsts).gather(pl.col("stretch"))))
    adult = params.leeftijd_onbekend == "volwassen"
    low, high = (_floor(one, params) for one in places(pl.col("born"), pl.col("day"), unknown_is_adult=adult))
    tolerance = int(params.tolerantie * SCALE)
    rate = (pl.col("rate") * SCALE).cast(pl.Int64)
    too_low = pl.when(rate < pl.col("low") - tolerance).then(statement=True)
    days = days.with_columns(low=low, high=high).with_columns(
        laag=too_low.when(rate >= pl.col("high") - tolerance).then(statement=False)
    )
    told = put_back(known, answers(days), frame.height)
    return told.with_columns(told["_norm_ontbreekt"].scatter(_without_norm(frame, params), values=True)).to_struct()


def _without_norm(frame: pl.DataFrame, params: Params) -> pl.Series:
    """Rows that have a key but no rate, and a day to be tested without a norm: the rate alone gives no verdict."""
    rows = (frame["rate"].is_null() & frame["key"].is_not_null()).arg_true()
    first, last = (params.course.at(pl.col("key"), pl.col(side)) for side in ("start", "end"))
    return rows.filter(frame[rows].select(params.course.lacks(first, last)).to_series())


def _floor(place: pl.Expr, params: Params) -> pl.Expr:
    """Floor in ten-thousandths: amount × (1 + surcharge) × loonwaarde, rounded half up to the cent; whole numbers only.

    Of an amount of the record with which nothing is calculated the floor is never above what stands there.
    """
    norm = pl.lit(params.course.amounts).gather(pl.col("stretch") * AMOUNTS + place)
    amount = pl.col("amount") if params.kolom else norm
    exact = amount * pl.lit(params.course.factors).gather(pl.col("stretch"))
    unit = SCALE
    if params.loonwaarde_meewegen:
        exact = exact * (pl.col("worth") * SCALE).cast(pl.Int64).fill_null(100 * SCALE)
        unit *= 100 * SCALE
    cent = unit * (SCALE // 100)
    rounded = (exact + cent // 2) // cent * (SCALE // 100)
    if params.kolom is None:
        return rounded
    return pl.when((exact == amount * unit) & (amount < rounded)).then(amount).otherwise(rounded)


def check(params: Params) -> Outcome:
    """Flag a rate below the floor minus the tolerance on a day that is tested."""
    floor = (pl.col("_ondergrens").cast(pl.Decimal(14, 4)) / SCALE).cast(pl.Decimal(14, 4))
    needed = ["uurtarief", *params.course.columns, *([params.kolom] if params.kolom else [])]
    stretches = params.course.stretches
    different = {(id(one.row), one.surcharge): one for one in stretches}
    words = {key: _row_words(one) for key, one in different.items()}
    rows = pl.Series([words[id(one.row), one.surcharge] for one in stretches], dtype=pl.String)
    short = floor - pl.col("uurtarief")
    all_along = pl.col("_dag") == pl.col("startdatum")  # a norm that rose later was not missed in every hour worked
    missing = {}
    if params.norm:
        lacks = pl.col("_norm_ontbreekt")
        ageless = pl.col("geboortejaar").is_null() & ~lacks & pl.col("_laag").is_null()
        missing = {"norm": lacks.fill_null(value=False), "geboortejaar": ageless.fill_null(value=False)}
    return Outcome(
        flagged=pl.when(pl.all_horizontal(pl.col(name).is_not_null() for name in needed)).then(pl.col("_laag")),
        arose=pl.col("_dag"),
        value=pl.col("uurtarief"),
        limit=floor,
        evidence={
            "tarief": pl.col("uurtarief"),
            "ondergrens": floor,
            "verschil": pl.when(short > 0).then(short),
            "dag": pl.col("_dag"),
            "normrij": pl.lit(rows).gather(pl.col("_rij")),
            "tekort": pl.when(all_along & (short > 0)).then(_in_all(short)),
        },
        missing=missing,
    )


def _in_all(short: pl.Expr) -> pl.Expr:
    """What is short per hour over all hours worked (to a ten-thousandth), in whole cents, rounded half up."""
    hours = (pl.col("gewerkte_uren") * SCALE).round().cast(pl.Int64)
    cent = SCALE * SCALE // 100
    cents = ((short * SCALE).cast(pl.Int64) * hours + cent // 2) // cent
    return (cents.cast(pl.Decimal(18, 2)) / 100).cast(pl.Decimal(18, 2))


def _row_words(stretch: Stretch) -> str | None:
    """The norm row of a stretch in words, with its source and the surcharge; None where the amount is a column."""
    if stretch.row is None:
        return None
    row = stretch.row
    said = _("{bedrag} vanaf {dag} ({bron})", bedrag=amount(stretch.amount), dag=day(row.van), bron=row.bron)
    if stretch.surcharge:
        said = _("{norm} plus {pct}% opslag", norm=said, pct=decimal(float(stretch.surcharge)))
    return f"{', '.join(row.voor.values())}: {said}" if row.voor else said
