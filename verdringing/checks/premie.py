"""More premium in a calendar year than the law leaves out of account.

Why: what comes above the yearly maximum counts as income and can cost the candidate benefit. Exclusions: exactly the
maximum; a year whose maximum is not known; a missing premium of another placement counts for nothing. Assumes that a
premium is paid in the year in which the placement ends, or begins while it is open.
"""

from __future__ import annotations

from datetime import date
from typing import Annotated

import polars as pl
from pydantic import BeforeValidator, Field, field_validator

from verdringing import history
from verdringing.check import Outcome
from verdringing.check import Params as Common
from verdringing.norms import BEGINNING, Norm, named
from verdringing.words import _

EVIDENCE = {
    "jaar": "kalenderjaar waarin de premie telt",
    "som": "premies van deze kandidaat in dat jaar, tot en met deze",
    "maximum": "hoogste bedrag voor dat jaar",
}
_SCALE = 10_000  # money is in ten-thousandths of a euro, so that a sum is a whole number
_EURO = pl.Decimal(18, 4)
_DAY = pl.coalesce("einddatum", "startdatum")


class Params(Common):
    """Which norm holds the maximum of each year."""

    norm: Annotated[Norm, BeforeValidator(named)] = Field(
        "premie_maximum", description="tabel met het maximum per jaar", validate_default=True
    )

    @field_validator("norm")
    @classmethod
    def _per_year(cls, given: Norm) -> Norm:
        if given.eenheid != "euro per jaar" or given.variants():
            raise ValueError(_("deze norm is geen bedrag per jaar"))
        return given

    def maxima(self) -> dict[date, int | None]:
        """Day from which a maximum (ten-thousandths of a euro) holds, in order; the first is before every date."""
        rows = {day: self.norm.on(day) for day in sorted({BEGINNING, *self.norm.changes()})}
        return {day: None if row is None else int(row.amount(None) * _SCALE) for day, row in rows.items()}


def of_person(_params: Params) -> tuple[str, ...]:
    """What `prepare` reads of the placements of one person, at any place of work."""
    return ("premie",)


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add som (premiums of the candidate in the year so far, ten-thousandths of a euro) and maximum (the same)."""
    so_far = history.in_groups(
        groups={"candidate": pl.col("kandidaat_nr"), "year": _DAY.dt.year()},
        columns={
            "day": _DAY,
            "name": pl.col("plaatsing_id"),
            "paid": (pl.col("premie") * _SCALE).cast(pl.Int64).fill_null(0),
        },
        passes=[
            {"new": pl.col("first"), "all": pl.col("paid").cum_sum()},
            {"som": pl.col("all") - history.since_break(pl.col("all") - pl.col("paid"))},
        ],
        gives={"som": pl.Int64},
        order=("day", "name"),
    )
    maxima = params.maxima()
    row = pl.lit(pl.Series(list(maxima))).search_sorted(_DAY, side="right").cast(pl.Int64) - 1
    amounts = pl.lit(pl.Series(list(maxima.values()), dtype=pl.Int64))
    return placements.with_columns(_premie=so_far, maximum=amounts.gather(row)).unnest("_premie")


def check(params: Params) -> Outcome:
    """Flag a placement with which the candidate's premiums of the year exceed the maximum."""
    total, most = pl.col("som"), pl.col("maximum")
    euro = {name: (pl.col(name).cast(_EURO) / _SCALE).cast(_EURO) for name in ("som", "maximum")}
    return Outcome(
        flagged=pl.when(pl.col("premie").is_not_null()).then(total > most),
        arose=_DAY,
        value=euro["som"],
        limit=euro["maximum"],
        evidence={"jaar": _DAY.dt.year(), **euro},
        missing={"norm": most.is_null()},
    )
