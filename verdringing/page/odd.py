"""What is odd in the row of a placement, where a finding is about it: a person first looks whether the row is right."""

from __future__ import annotations

import polars as pl

from verdringing.distinct import ranked, steps
from verdringing.reading.raw import PROBLEMS
from verdringing.record import ORIGIN
from verdringing.sentences import sentence
from verdringing.words import _

_BETWEEN = "\x1f"
_A_YEAR = r"\d{4}"
"""A reason that names days is of one row only: too much to carry for every case of a large report."""


def with_doubts(placements: pl.DataFrame, doubted: pl.DataFrame) -> pl.DataFrame:
    """Placements with `vreemd`: [column, reason] of every warning about the row, or null."""
    per_row = doubted.group_by(ORIGIN, maintain_order=True).agg(pl.concat_list("kolom", "reden").alias("vreemd"))
    return placements.join(per_row, on=ORIGIN, how="left", nulls_equal=True, maintain_order="left")


def packed_doubts(rows: pl.DataFrame, doubted: pl.DataFrame) -> dict[str, pl.Series]:
    """The same of `rows`, packed, but for reasons that name days: those stand in waarschuwingen.csv.

    opgemerkt are the places (plek) of rows with a doubt, in steps, and opmerking the place of what is said in
    opmerkingen: sentences, put together with _BETWEEN where a row has several.
    """
    holes = {"kolom": pl.col("kolom"), "reden": pl.col("reden")}
    said = sentence(_("Let op bij {kolom} in deze rij: {reden}."), holes, PROBLEMS).str.join(_BETWEEN)
    carried = doubted.filter(~pl.col("reden").str.contains(_A_YEAR))
    per_row = carried.group_by(ORIGIN, maintain_order=True).agg(said=said)
    found = rows.select("plek", *ORIGIN).join(per_row, on=ORIGIN, nulls_equal=True, maintain_order="left")
    texts, text = ranked(found["said"])
    return {"opmerkingen": texts, "opgemerkt": found.select(steps("plek")).to_series(), "opmerking": text}
