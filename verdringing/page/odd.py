"""What is odd in the row of a placement, where a finding is about it: a person first looks whether the row is right."""

from __future__ import annotations

import polars as pl

from verdringing.record import ORIGIN


def with_doubts(placements: pl.DataFrame, doubted: pl.DataFrame) -> pl.DataFrame:
    """Placements with `vreemd`: [column, reason] of every warning about the row, or null."""
    per_row = doubted.group_by(ORIGIN, maintain_order=True).agg(pl.concat_list("kolom", "reden").alias("vreemd"))
    return placements.join(per_row, on=ORIGIN, how="left", nulls_equal=True, maintain_order="left")
