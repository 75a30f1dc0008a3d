"""A job that is never empty, filled by several candidates.

Why: work that is always there is structural, and structural work is a vacancy. Exclusions: one candidate alone in the
run (that is for duur). Assumes that a short gap does not end a need for work.
"""

from __future__ import annotations

import polars as pl
from pydantic import Field

from verdringing import history
from verdringing.check import Count, Days, Level, Months, Outcome
from verdringing.check import Params as Common
from verdringing.term import moved

EVIDENCE = {
    "sinds": "begin van de onafgebroken bezetting",
    "kandidaten": "aantal kandidaten in die periode",
    "grensdatum": "dag waarop de bezetting te lang wordt",
}


class Params(Common):
    """How long a job may be filled without a break, and by how many candidates at least."""

    max_maanden: Months = Field(12, description="zoveel maanden mag de functie zonder onderbreking bezet zijn")
    max_tussenruimte_dagen: Days = Field(31, description="een kortere of even lange tussenruimte (dagen) telt niet")
    min_kandidaten: Count = Field(2, description="vanaf zoveel kandidaten telt de bezetting")
    niveau: Level = Field("vestiging", description="waar een werkplek op telt")


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add sinds (start of the run) and kandidaten (candidates in the run so far); null where the job is unknown."""
    run = history.in_groups(
        groups={"place": pl.col(history.place(params.niveau, job=True))},
        columns={"start": history.START, "end": history.END_SEEN, "candidate": pl.col("kandidaat_nr")},
        passes=[
            {"new": history.breaks(params.max_tussenruimte_dagen)},
            {"sinds": history.since_break(pl.col("start")), "run": pl.col("new").cum_sum()},
            {"seen": (pl.col("run").cast(pl.UInt64) * (1 << 32) + pl.col("candidate")).is_first_distinct().cum_sum()},
            {"kandidaten": pl.col("seen") - history.since_break(pl.col("seen")) + 1},
        ],
        gives={"sinds": pl.Int32, "kandidaten": pl.UInt32},
    )
    return placements.with_columns(_bezetting=run).unnest("_bezetting")


def check(params: Params) -> Outcome:
    """Flag a placement that ends on or after the run's start plus max_maanden, with min_kandidaten in the run."""
    since = pl.when(pl.col("functie_sleutel").is_not_null()).then(pl.col("sinds").cast(pl.Date))
    limit = moved(since, f"{params.max_maanden}mo")
    full = (pl.col("einde") >= limit) & (pl.col("kandidaten") >= params.min_kandidaten)
    return Outcome(
        flagged=pl.when(since.is_not_null()).then(full),
        arose=pl.max_horizontal(limit, "startdatum"),
        value=pl.col("einde"),
        limit=limit,
        evidence={"sinds": since, "kandidaten": pl.col("kandidaten"), "grensdatum": limit},
    )
