"""Names that look alike but are kept apart: candidates for "same employer" and "same job", never merged here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace

import polars as pl

from verdringing.distinct import per_distinct
from verdringing.names import firm, job
from verdringing.naming.alike import LEAST, Alike, look

CANDIDATES: dict[str, pl.DataType | type[pl.DataType]] = {
    "gemeente": pl.String,
    "naam": pl.String,
    "andere_naam": pl.String,
    "gelijkenis": pl.Float64,
    "verschillend_kvk": pl.Boolean,
    "spelling": pl.String,
    "andere_spelling": pl.String,
    "kvk_nummers": pl.List(pl.String),
    "andere_kvk_nummers": pl.List(pl.String),
    "plaatsingen": pl.UInt32,
    "andere_plaatsingen": pl.UInt32,
    "deelt_kandidaat": pl.Boolean,
    "deelt_functie": pl.Boolean,
    "deelt_werkplek": pl.Boolean,
}
_NAME = ["gemeente", "naam"]


def similar_employers(
    placements: pl.DataFrame, rejected: Iterable[tuple[str, str]] = (), least: float = LEAST
) -> Alike:
    """Pairs of employers (also inleners) of placements with keys that are perhaps one (CANDIDATES, best first).

    Where not all names were compared stands beside them, as gemeente_sleutel ("" for placements without a gemeente).

    gemeente, naam, andere_naam: normalised, the names in alphabetical order; gelijkenis: rapidfuzz token_sort_ratio,
    `least` to 100 (the same words in another order); spelling: as most often written; kvk_nummers: all it has;
    verschillend_kvk: both sides have numbers and none in common, these come last; plaatsingen: with that name;
    deelt_kandidaat, deelt_functie: one candidate, or one functie_sleutel, occurs on both sides; deelt_werkplek: null.
    `rejected`: pairs of names as in Aliases.rejected_firms; they are left out, and so is what is one key already.
    """
    sides = (
        ("werkgever", "werkgever_naam", "werkgever_sleutel", "kvk_nummer"),
        ("inlener", "inlener_naam", "werkplek_sleutel", "inlener_kvk"),
    )
    mentions = [_mentions(placements, spelling, firm, key, own, kvk) for spelling, key, own, kvk in sides]
    found = _candidates(pl.concat(mentions), rejected, least)
    return replace(found, pairs=found.pairs.with_columns(deelt_werkplek=pl.lit(None, pl.Boolean)))


def similar_jobs(placements: pl.DataFrame, rejected: Iterable[tuple[str, str]] = (), least: float = LEAST) -> Alike:
    """Pairs of job titles that are perhaps one job; CANDIDATES as in `similar_employers`, numbers always empty.

    deelt_werkplek: both titles occur at one place of work; deelt_functie: null. `rejected`: Aliases.rejected_jobs.
    """
    mentions = _mentions(placements, "functie", job, "functie_sleutel", "functie_sleutel", None)
    found = _candidates(mentions, rejected, least)
    return replace(found, pairs=found.pairs.with_columns(deelt_functie=pl.lit(None, pl.Boolean)))


def _mentions(
    placements: pl.DataFrame, spelling: str, change: Callable[[pl.Expr], pl.Expr], name: str, key: str, kvk: str | None
) -> pl.DataFrame:
    """One row per placement with this name: naam is what was written, normalised; sleutelnaam is that after aliases."""
    return placements.select(
        gemeente=pl.col("gemeente_sleutel").fill_null(""),
        spelling=pl.col(spelling).str.strip_chars(),
        naam=per_distinct(pl.col(spelling), change, pl.String),
        sleutelnaam=name,
        sleutel=key,
        kvk=pl.col(kvk) if kvk else pl.lit(None, pl.String),
        plaatsing=pl.int_range(pl.len(), dtype=pl.UInt32),
        kandidaat="kandidaat_id",
        functie="functie_sleutel",
        werkplek="werkplek_sleutel",
    ).drop_nulls("naam")


def _candidates(mentions: pl.DataFrame, rejected: Iterable[tuple[str, str]], least: float) -> Alike:
    """Pairs of names that are two keys and were not rejected, with what is known of both sides."""
    seen = look(mentions.select(_NAME).unique(maintain_order=True), least)
    found = seen.pairs
    named = pl.concat([found.select(_NAME), found.select("gemeente", naam="andere_naam")]).unique()
    mentions = mentions.join(named, on=_NAME, how="semi")
    facts = _facts(mentions)
    found = found.join(facts, on=_NAME).join(
        facts.rename({"naam": "andere_naam"} | {name: f"andere_{name}" for name in facts.columns[2:]}),
        on=["gemeente", "andere_naam"],
    )
    found = _undecided(found, rejected)
    for what in ("kandidaat", "functie", "werkplek"):
        found = found.with_columns(_shared(found, mentions, what).alias(f"deelt_{what}"))
    numbers, others = pl.col("kvk_nummers"), pl.col("andere_kvk_nummers")
    both = (numbers.list.len() > 0) & (others.list.len() > 0)
    found = found.with_columns(verschillend_kvk=both & (numbers.list.set_intersection(others).list.len() == 0))
    order = ["verschillend_kvk", "gelijkenis", "naam", "andere_naam", "gemeente"]
    found = found.sort(order, descending=[False, True, False, False, False])
    return replace(seen, pairs=found.select(pl.col(name).cast(dtype) for name, dtype in CANDIDATES.items()))


def _facts(mentions: pl.DataFrame) -> pl.DataFrame:
    """Per name (gemeente, naam): its usual spelling, numbers, keys and number of placements."""
    written = mentions.group_by(*_NAME, "spelling").len().sort("len", "spelling", descending=[True, False])
    facts = mentions.group_by(_NAME).agg(
        sleutelnaam=pl.col("sleutelnaam").min(),
        sleutels=pl.col("sleutel").drop_nulls().unique().sort(),
        kvk_nummers=pl.col("kvk").drop_nulls().unique().sort(),
        plaatsingen=pl.col("plaatsing").n_unique(),
    )
    return facts.join(written.group_by(_NAME).agg(pl.col("spelling").first()), on=_NAME)


def _undecided(found: pl.DataFrame, rejected: Iterable[tuple[str, str]]) -> pl.DataFrame:
    """Without pairs that are one key already (by alias, synonym group or number) and pairs a person keeps apart."""
    one_key = (pl.col("sleutels") == pl.col("andere_sleutels")) & (pl.col("sleutels").list.len() == 1)
    found = found.filter((pl.col("sleutelnaam") != pl.col("andere_sleutelnaam")) & ~one_key)
    apart = pl.DataFrame(list(rejected), {"een": pl.String, "ander": pl.String}, orient="row")
    found = found.with_columns(
        een=pl.min_horizontal("sleutelnaam", "andere_sleutelnaam"),
        ander=pl.max_horizontal("sleutelnaam", "andere_sleutelnaam"),
    )
    return found.join(apart, on=["een", "ander"], how="anti")


def _shared(found: pl.DataFrame, mentions: pl.DataFrame, what: str) -> pl.Series:
    """Whether some `what` (kandidaat, functie, werkplek) occurs with both names of a pair."""
    links = mentions.select(*_NAME, what).drop_nulls(what).unique()
    sides = found.select(*_NAME, "andere_naam").with_row_index("paar")
    left = sides.join(links, on=_NAME)
    both = left.join(links, left_on=["gemeente", "andere_naam", what], right_on=[*_NAME, what], how="semi")
    return sides["paar"].is_in(both["paar"].unique().implode())
