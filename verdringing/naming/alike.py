"""Which names look alike, and how much: pairs of names of one gemeente.

In a gemeente with at most `EVERY` names each meets all others: nothing is missed. With more names, or with more than
`EACH` pairs per name (names that differ in a number alone), names meet their neighbours only: near-linear. Per gemeente
and per word, the names with that word are put in order of their other words, read forwards and backwards, and each
meets the `WINDOW` names after it. A rare word has fewer names than that, so there all pairs meet; the empty word has
all names (the sorted neighbourhood), which are also put in order of their consonants. docs/performance.md says what
share of all similar pairs this finds.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from verdringing.distinct import number, pair

LEAST = 85.0
WINDOW = 10
EVERY = 5_000
"""Names of one gemeente up to which all of them are compared, in about half a second; above it time runs away."""
EACH = 10
"""Pairs per name up to which they are looked for: nobody decides on more, and they would fill the memory."""


@dataclass(frozen=True, slots=True)
class Alike:
    """Pairs (gemeente, naam < andere_naam, gelijkenis) in no order; gemeenten where not all names were compared."""

    pairs: pl.DataFrame
    partly: list[str]


def look(names: pl.DataFrame, least: float = LEAST) -> Alike:
    """Look for similar pairs of distinct names (gemeente, naam)."""
    words = pl.col("naam").str.split(" ").list.sort()
    numbered = names.select("gemeente", "naam", ordered=words.list.join(" ")).sort("gemeente", "naam")
    numbered = numbered.with_row_index("id")
    found, partly = _all_alike(numbered, least)
    left_over = numbered.filter(pl.col("gemeente").is_in(partly)).with_columns(number(pl.col("gemeente")))
    near = _neighbours(left_over, least)
    left, right = (numbered["ordered"].gather(near[side]) for side in ("left", "right"))
    scores = pl.Series(_scores(left, right, least), dtype=pl.Float64)
    near = pl.concat([found, near.with_columns(gelijkenis=scores).filter(pl.col("gelijkenis") >= least)])
    one, other = numbered[near["left"]], numbered["naam"].gather(near["right"])  # sorted by name: left is the first
    return Alike(one.select("gemeente", "naam").with_columns(other.alias("andere_naam"), near["gelijkenis"]), partly)


def _scores(left: pl.Series, right: pl.Series, least: float) -> list[float]:
    """token_sort_ratio of aligned names whose words are sorted already: then it is the plain ratio; 0 below `least`."""
    from rapidfuzz.fuzz import ratio  # not process.cpdist: that asks for numpy

    return [ratio(one, other, score_cutoff=least) for one, other in zip(left.to_list(), right.to_list(), strict=True)]


def _all_alike(names: pl.DataFrame, least: float) -> tuple[pl.DataFrame, list[str]]:
    """Every pair of ids (left, right) with gelijkenis in gemeenten where all names can be compared; the others."""
    found, partly = [], []
    grouped = names.group_by("gemeente", maintain_order=True).agg(pl.col("id").min(), "ordered")
    for gemeente, first, ordered in grouped.iter_rows():
        alike = _each_with_all(ordered, first, least) if len(ordered) <= EVERY else None
        if alike is None:
            partly.append(gemeente)
        else:
            found.append(pl.DataFrame(alike, _PAIR, orient="row"))
    return pl.concat([pl.DataFrame(schema=_PAIR), *found]), partly


_PAIR = {"left": pl.UInt64, "right": pl.UInt64, "gelijkenis": pl.Float64}


def _each_with_all(ordered: list[str], first: int, least: float) -> list[tuple[int, int, float]] | None:
    """Every similar pair of names, whose words are sorted, numbered from `first`; None where there are too many."""
    from rapidfuzz import fuzz, process

    found: list[tuple[int, int, float]] = []
    for place, name in enumerate(ordered):
        alike = process.extract(name, ordered[place + 1 :], scorer=fuzz.ratio, score_cutoff=least, limit=None)
        found += [(first + place, first + place + 1 + step, score) for _name, score, step in alike]
        if len(found) > EACH * len(ordered):
            return None
    return found


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
