"""Names that look alike but are kept apart: candidates for "same employer" and "same job", never merged here.

Near-linear: names are compared with their neighbours only. Per gemeente and per word, the names with that word are
put in order of their other words, read forwards and backwards, and each meets the `WINDOW` names after it. A rare word
has fewer names than that, so there all pairs meet; the empty word has all names (the sorted neighbourhood), which are
also put in order of their consonants.
tests/test_similar.py holds the share of all similar pairs that this finds.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import polars as pl

from verdringing.distinct import number, pair, per_distinct
from verdringing.names import firm, job

LEAST = 85.0
WINDOW = 10
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
) -> pl.DataFrame:
    """Pairs of employers (also inleners) of placements with keys that are perhaps one; CANDIDATES, best first.

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
    return found.with_columns(deelt_werkplek=pl.lit(None, pl.Boolean))


def similar_jobs(
    placements: pl.DataFrame, rejected: Iterable[tuple[str, str]] = (), least: float = LEAST
) -> pl.DataFrame:
    """Pairs of job titles that are perhaps one job; CANDIDATES as in `similar_employers`, numbers always empty.

    deelt_werkplek: both titles occur at one place of work; deelt_functie: null. `rejected`: Aliases.rejected_jobs.
    """
    mentions = _mentions(placements, "functie", job, "functie_sleutel", "functie_sleutel", None)
    return _candidates(mentions, rejected, least).with_columns(deelt_functie=pl.lit(None, pl.Boolean))


def pairs(names: pl.DataFrame, least: float = LEAST) -> pl.DataFrame:
    """Similar pairs of distinct names (gemeente, naam): gemeente, naam < andere_naam, gelijkenis; in no order."""
    words = pl.col("naam").str.split(" ").list.sort()
    numbered = names.select(*_NAME, ordered=words.list.join(" ")).sort(_NAME).with_row_index("id")
    near = _neighbours(numbered.with_columns(number(pl.col("gemeente"))), least)
    left, right = (numbered["ordered"].gather(near[side]) for side in ("left", "right"))
    near = near.with_columns(gelijkenis=pl.Series(_scores(left, right, least), dtype=pl.Float64))
    near = near.filter(pl.col("gelijkenis") >= least)
    one, other = numbered[near["left"]], numbered["naam"].gather(near["right"])  # sorted by name: left is the first
    return one.select(_NAME).with_columns(other.alias("andere_naam"), near["gelijkenis"])


def _scores(left: pl.Series, right: pl.Series, least: float) -> list[float]:
    """token_sort_ratio of aligned names whose words are sorted already: then it is the plain ratio; 0 below `least`."""
    from rapidfuzz.fuzz import ratio  # not process.cpdist: that asks for numpy

    return [ratio(one, other, score_cutoff=least) for one, other in zip(left.to_list(), right.to_list(), strict=True)]


def _neighbours(names: pl.DataFrame, least: float) -> pl.DataFrame:
    """Pairs of ids (left, right) that stand within WINDOW of each other in some order of some block."""
    word = pl.concat_list(pl.lit(""), pl.col("ordered").str.split(" ").list.unique())
    members = names.select("id", "gemeente", "ordered", word=word, size=pl.col("ordered").str.len_chars())
    members = members.explode("word")
    # Without the word itself: "bakkerij de jansen" stands beside "de jansen slagerij" only by what else they share.
    padded = pl.concat_str(pl.lit(" "), "ordered", pl.lit(" "))
    rest = padded.str.split(pl.concat_str(pl.lit(" "), "word", pl.lit(" "))).list.join(" ").str.strip_chars()
    members = members.with_columns(block=pair(pl.col("gemeente"), number(pl.col("word"))), rest=rest)
    part = members.select("id", "block", "size", order="rest", back=pl.col("rest").str.reverse())
    whole = members.filter(pl.col("word") == "").select("id", "block", "size", order=_skeleton(pl.col("ordered")))
    found = []
    for order in (part.drop("back"), part.drop("order").rename({"back": "order"}), whole):
        ranked = order.sort("block", "order", "id")
        found.append(pl.concat([_shifted(ranked, step, least) for step in range(1, WINDOW + 1)]).unique())
    return pl.concat(found).unique().select(left=pl.col("both") // 2**32, right=pl.col("both") % 2**32)


def _skeleton(name: pl.Expr) -> pl.Expr:
    """Consonants of a name, those of its longest word first: what typing errors and small words leave alone."""
    longest_first = pl.element().sort_by(pl.element().str.len_chars(), descending=True, maintain_order=True)
    return name.str.split(" ").list.eval(longest_first).list.join("").str.replace_all("[aeiouy]", "")


def _shifted(ranked: pl.DataFrame, step: int, least: float) -> pl.DataFrame:
    """Pairs (both: id × 2³² + id) `step` apart in one block, where the lengths allow a similarity of `least`."""
    here, there = pl.col("id", "size", "block"), pl.col("id", "size", "block").shift(-step)
    near = ranked.select(here, there.name.suffix("_2")).filter(pl.col("block") == pl.col("block_2"))
    shortest = pl.min_horizontal("size", "size_2").cast(pl.Float64)
    near = near.filter(200 * shortest / (pl.col("size") + pl.col("size_2")) >= least)
    low, high = pl.min_horizontal("id", "id_2"), pl.max_horizontal("id", "id_2")
    return near.select(both=low.cast(pl.UInt64) * 2**32 + high)


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


def _candidates(mentions: pl.DataFrame, rejected: Iterable[tuple[str, str]], least: float) -> pl.DataFrame:
    """Pairs of names that are two keys and were not rejected, with what is known of both sides."""
    found = pairs(mentions.select(_NAME).unique(maintain_order=True), least)
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
    return found.sort(order, descending=[False, True, False, False, False]).select(
        pl.col(name).cast(dtype) for name, dtype in CANDIDATES.items()
    )


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
