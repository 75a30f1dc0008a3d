"""Fresh decisions brought down to one signal each: whole cases spread out, contradictions refused, repeats left out."""

from __future__ import annotations

import polars as pl

from verdringing.deciding.decision_rows import SAID
from verdringing.deciding.decisions import Given
from verdringing.errors import Mistake, UserError
from verdringing.words import _

KEY = ["plaatsing_id", "regel"]
"""What a decision on one signal is about."""

SAME = [*KEY, *SAID]
"""Columns in which two records of one decision are equal."""


def settle(findings: pl.DataFrame, given: Given) -> pl.DataFrame:
    """Fresh decisions (SCHEMA and waar) by signal, without those that are kept already.

    A decision on a case is one on each signal that its list has of that case. Where the list has none, it is one on
    each signal that arose before it; without any, it stays a decision on the case and touches nothing. A decision on a
    signal goes before one on its case. UserError where two contradict: one signal, one day.
    """
    fresh = _by_mark(given.fresh, findings)
    single, whole = fresh.filter(pl.col("regel").is_not_null()), fresh.filter(pl.col("regel").is_null())
    spread = _spread(whole, findings, given.listed)
    _refuse_contradictions(single, whole, spread)
    apart = spread.join(single, on=[*KEY, "datum"], how="anti")
    left = whole.join(spread, on="waar", how="anti")
    every = pl.concat([single, apart, left]).unique(["zaak", *SAME, "kenmerk"], keep="first", maintain_order=True)
    marked, bare = every.filter(pl.col("kenmerk").is_not_null()), every.filter(pl.col("kenmerk").is_null())
    earlier = given.earlier
    return pl.concat(
        [
            marked.join(earlier, on=[*SAME, "kenmerk"], how="anti", nulls_equal=True),
            bare.join(earlier, on=SAME, how="anti", nulls_equal=True),
        ]
    )


def _by_mark(fresh: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
    """A number that a spreadsheet spoiled (0012 is 12) is found back by the mark of the signal."""
    here = findings.select("kenmerk", *(pl.col(name).alias(f"_{name}") for name in KEY)).unique("kenmerk")
    known = fresh.join(findings, on=KEY, how="semi")
    lost = fresh.join(findings, on=KEY, how="anti").join(here, on="kenmerk", how="left")
    found = pl.col("regel").is_not_null()
    mended = [pl.when(found).then(pl.coalesce(f"_{name}", name)).otherwise(name).alias(name) for name in KEY]
    return pl.concat([known, lost.with_columns(mended).select(fresh.columns)])


def _spread(whole: pl.DataFrame, findings: pl.DataFrame, listed: pl.DataFrame) -> pl.DataFrame:
    """Decisions on cases as decisions on the signals that they are about."""
    signals = findings.select("zaak", *KEY, "ontstaan_op", _kenmerk="kenmerk", _feiten="feiten")
    seen = listed.select(*KEY, kenmerk="kenmerk", feiten="feiten", seen=pl.lit(value=True)).unique(KEY)
    pairs = whole.drop("plaatsing_id", "regel", "feiten").rename({"kenmerk": "own"}).join(signals, on="zaak")
    pairs = pairs.join(seen, on=KEY, how="left")
    has_list = pl.col("zaak").is_in(listed["zaak"].drop_nulls().unique().implode())
    meant = pl.col("seen") | (pl.col("own") == pl.col("_kenmerk"))
    before = ~has_list & (pl.col("ontstaan_op") <= pl.col("datum"))
    chosen = pairs.filter(meant.fill_null(value=False) | before)
    basis = [pl.coalesce(name, f"_{name}").alias(name) for name in ("kenmerk", "feiten")]
    return chosen.with_columns(*basis, over=pl.lit("zaak")).select(whole.columns)


def _refuse_contradictions(single: pl.DataFrame, whole: pl.DataFrame, spread: pl.DataFrame) -> None:
    """UserError with every two rows that decide otherwise on one signal, or one case, on one day."""
    signal, case = [*KEY, "datum"], ["zaak", "datum"]
    pairs = [*_contradicting(single, signal), *_contradicting(whole, case)]
    both = spread.join(single, on=signal, suffix="_single")
    other = (pl.col("door") != pl.col("door_single")) & (pl.col("besluit") != pl.col("besluit_single"))
    pairs += both.filter(other).select("waar", "waar_single").unique(maintain_order=True).rows()
    if pairs:
        what = _("op dezelfde dag staat een ander besluit over hetzelfde in: {rij}")
        hint = _("Laat een van de twee staan, of geef ze een andere datum.")
        raise UserError(*(Mistake(one, what.format(rij=other), hint) for one, other in pairs))


def _contradicting(rows: pl.DataFrame, key: list[str]) -> list[tuple[str, str]]:
    """The first row of every group that does not say one thing, with the first row that says another."""
    distinct = rows.unique([*key, *SAID], keep="first", maintain_order=True)
    groups = distinct.group_by(key, maintain_order=True).agg(
        pl.col("waar").first(), other=pl.col("waar").get(1, null_on_oob=True)
    )
    return groups.drop_nulls("other").select("waar", "other").rows()
