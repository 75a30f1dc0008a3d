"""One candidate after another on the same job.

Why: who needs one person after another for the same work has a vacancy. Ten people at once in the harvest are one
round, not ten. Exclusions: successors of the same candidate, and placements that are still open (nobody's predecessor).
Assumes that the job title says which work it is.
"""

from __future__ import annotations

import polars as pl
from pydantic import Field

from verdringing import history, successors
from verdringing.check import Count, Days, Level, Outcome
from verdringing.check import Params as Common

EVIDENCE = {"plaats": "nummer van deze kandidaat in de rij van opvolgers"}


class Params(Common):
    """Length of the row that is still allowed, and the gap that ends a row."""

    max_op_rij: Count = Field(2, description="zoveel kandidaten na elkaar mag")
    max_tussenruimte_dagen: Days = Field(183, description="langere tussenruimte (dagen) begint een nieuwe rij")
    niveau: Level = Field("vestiging", description="waar een werkplek op telt")


def prepare(placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add plaats (place in the row of successors) and voorganger (row number of the one before)."""
    place = history.place(params.niveau, job=True)
    return placements.with_columns(_ronde=successors.rounds(place, params.max_tussenruimte_dagen)).unnest("_ronde")


def check(params: Params) -> Outcome:
    """Flag a placement whose place in the row exceeds max_op_rij."""
    place = pl.when(pl.col("functie_sleutel").is_not_null()).then(pl.col("plaats"))
    return Outcome(
        flagged=place > params.max_op_rij,
        arose=pl.col("startdatum"),
        value=place,
        limit=pl.lit(params.max_op_rij),
        evidence={"plaats": place},
        because=pl.col("voorganger"),
    )
