"""Which names look alike, and how much: pairs of names of one gemeente.

In a gemeente with at most `EVERY` names each meets all others: nothing is missed. With more the search is near-linear,
for names meet their neighbours only. Per gemeente and per word, the names with that word are put
in order of their other words, read forwards and backwards, and each meets the `WINDOW` names after it. A rare word has
fewer names than that, so there all pairs meet; the empty word has all names (the sorted neighbourhood), which are also
put in order of their consonants. docs/performance.md says what share of all similar pairs this finds.
"""

from __future__ import annotations

import polars as pl

from verdringing.distinct import number, pair

LEAST = 85.0
WINDOW = 10
EVERY = 5_000
"""Names of one gemeente up to which all of them are compared, in half a second at most; above it time runs away."""


def pairs(names: pl.DataFrame, least: float = LEAST) -> pl.DataFrame:
    """Similar pairs of distinct names (gemeente, naam): gemeente, naam < andere_naam, gelijkenis; in no order."""
    words = pl.col("naam").str.split(" ").list.sort()
    numbered = (
        names.select("gemeente", "naam", ordered=words.list.join(" ")).sort("gemeente", "naam").with_row_index("id")
    )
    many = pl.len().over("gemeente") > EVERY
    near = _neighbours(numbered.filter(many).with_columns(number(pl.col("gemeente"))), least)
    left, right = (numbered["ordered"].gather(near[side]) for side in ("left", "right"))
    scores = pl.Series(_scores(left, right, least), dtype=pl.Float64)
    near = near.with_columns(gelijkenis=scores).filter(pl.col("gelijkenis") >= least)
    near = pl.concat([near, _all_alike(numbered.filter(~many), least)])
    one, other = numbered[near["left"]], numbered["naam"].gather(near["right"])  # sorted by name: left is the first
    return one.select("gemeente", "naam").with_columns(other.alias("andere_naam"), near["gelijkenis"])


def _scores(left: pl.Series, right: pl.Series, least: float) -> list[float]:
    """token_sort_ratio of aligned names whose words are sorted already: then it is the plain ratio; 0 below `least`."""
    from rapidfuzz.fuzz import ratio  # not process.cpdist: that asks for numpy

    return [ratio(one, other, score_cutoff=least) for one, other in zip(left.to_list(), right.to_list(), strict=True)]


def _all_alike(names: pl.DataFrame, least: float) -> pl.DataFrame:
    """Every pair of ids (left, right) of one gemeente with gelijkenis, by holding each name against all after it."""
    from rapidfuzz import fuzz, process

    found: list[tuple[int, int, float]] = []
    for first, ordered in names.group_by("gemeente").agg(pl.col("id").min(), "ordered").drop("gemeente").iter_rows():
        for place, name in enumerate(ordered, first):
            behind = ordered[place + 1 - first :]
            alike = process.extract(name, behind, scorer=fuzz.ratio, score_cutoff=least, limit=None)
            found += [(place, place + 1 + step, score) for _name, score, step in alike]
    return pl.DataFrame(found, {"left": pl.UInt64, "right": pl.UInt64, "gelijkenis": pl.Float64}, orient="row")


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
