"""Which findings decisions can be about at all: few, of many."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from verdringing.deciding.settled import KEY

if TYPE_CHECKING:
    from verdringing.deciding.decisions import Given


def concerned(findings: pl.DataFrame, given: Given) -> pl.DataFrame:
    """The findings (with zaak and marks) that a decision can be about: by name, by case or by mark.

    On all others nobody decided, and nothing that was decided depends on them.
    """
    named = pl.concat([given.fresh.select(KEY), given.earlier.select(KEY)]).drop_nulls().unique()
    here = findings.select(KEY).join(named.with_columns(here=True), on=KEY, how="left", maintain_order="left")["here"]
    cases = given.fresh.filter(pl.col("regel").is_null())["zaak"]
    others = pl.col("zaak").is_in(cases.implode()) | pl.col("kenmerk").is_in(given.fresh["kenmerk"].implode())
    return findings.filter(here.fill_null(value=False) | findings.select(others.fill_null(value=False)).to_series())
