"""One instrument after another for the same candidate and the same work.

Why: when one temporary instrument ends and the next one begins, the work has become permanent (study, note 18: WEP →
Flextensie → WEP is refused). Exclusions: pairs that the policy allows. Assumes that the order of start is the order of
decision.
"""

from __future__ import annotations

import polars as pl
from pydantic import Field

from verdringing import history
from verdringing.check import Count, Days, Level, Outcome
from verdringing.check import Params as Common
from verdringing.record import INSTRUMENTS, Instrument

EVIDENCE = {"inzet": "hoeveelste instrument op rij", "vorig_instrument": "instrument van de plaatsing ervoor"}


class Params(Common):
    """How many instruments in a row are allowed, and which pairs do not count."""

    max_inzetten: Count = Field(1, description="zoveel instrumenten na elkaar mag")
    max_tussenruimte_dagen: Days = Field(183, description="langere tussenruimte (dagen) begint een nieuwe rij")
    zelfde_functie: bool = Field(True, strict=True, description="tel alleen plaatsingen in dezelfde functie")
    toegestaan: tuple[tuple[Instrument, Instrument], ...] = Field((), description="paren [van, naar] die niet tellen")
    niveau: Level = Field("werkgever", description="waar een werkplek op telt")


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add inzet (place in the row of instruments) and vorig_instrument."""
    before = pl.col("instrument").shift()
    allowed = [(before == a) & (pl.col("instrument") == b) for a, b in params.toegestaan]
    other = (pl.col("instrument") != before) & ~pl.any_horizontal(pl.lit(value=False), *allowed)
    row = history.in_groups(
        groups={
            "candidate": pl.col("kandidaat_nr"),
            "place": pl.col(history.place(params.niveau, job=params.zelfde_functie)),
        },
        columns={"start": history.START, "end": history.END_SEEN, "instrument": pl.col("instrument")},
        passes=[
            {"new": history.breaks(params.max_tussenruimte_dagen)},
            {"steps": (other & ~pl.col("new")).cum_sum(), "vorig_instrument": pl.when(~pl.col("new")).then(before)},
            {"inzet": pl.col("steps") - history.since_break(pl.col("steps")) + 1},
        ],
        gives={"inzet": pl.UInt32, "vorig_instrument": pl.Enum(INSTRUMENTS)},
    )
    return placements.with_columns(_stapeling=row).unnest("_stapeling")


def check(params: Params) -> Outcome:
    """Flag a placement that is more than the max_inzetten-th instrument in a row."""
    row = pl.col("inzet")
    if params.zelfde_functie:
        row = pl.when(pl.col("functie_sleutel").is_not_null()).then(row)
    return Outcome(
        flagged=row > params.max_inzetten,
        arose=pl.col("startdatum"),
        value=row,
        limit=pl.lit(params.max_inzetten),
        evidence={"inzet": row, "vorig_instrument": pl.col("vorig_instrument")},
    )
