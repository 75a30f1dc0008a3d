"""A seeded sample of verdicts that are no signal, for a person to check, and what its outcomes prove.

Design: the verdicts of one kind (geen_signaal, or niet_toetsbaar) are put in order of rule, employer and plaatsing_id
and cut into as many blocks as verdicts are wanted, equal in size but for one; in each block one verdict is drawn. So
every rule and every employer is met in proportion, and every verdict has the same chance.

The bound is that of Clopper and Pearson (Biometrika 26, 1934), one-sided. It is exact for independent draws; for one
draw from each block it is on the safe side (Hoeffding, Annals of Mathematical Statistics 27, 1956, theorem 4).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from hashlib import sha256
from itertools import pairwise
from math import comb
from random import Random

import polars as pl

from verdringing.judge import CLEAR, UNKNOWN

KINDS = {"geen_signaal": CLEAR, "niet_toetsbaar": UNKNOWN}
LEAST = 10
"""Of each kind at least this many are drawn, as far as there are."""
CONFIDENCE = 0.95
DRAWN = {"oordeel": pl.String, "regel": pl.String, "nr": pl.UInt32}


def draw(verdicts: pl.DataFrame, placements: pl.DataFrame, size: int, seed: int) -> pl.DataFrame:
    """Draw `size` verdicts (DRAWN) of both kinds in proportion, in the order of the design; all where there are fewer.

    `verdicts` as in Judgement; the same verdicts, placements, size and seed give the same sample, whatever the order
    of the rows was.
    """
    keys = placements.select("nr", "plaatsing_id", "gemeente_sleutel", "werkplek_sleutel")
    placed = verdicts.select("nr").join(keys, on="nr", how="left", maintain_order="left")
    order = placed.select(pl.arg_sort_by("gemeente_sleutel", "werkplek_sleutel", "plaatsing_id")).to_series()
    rules = sorted(verdicts.columns[1:])
    found = {kind: [int((verdicts[rule] == place).sum()) for rule in rules] for kind, place in KINDS.items()}
    sizes = shares({kind: sum(counts) for kind, counts in found.items()}, size)
    chance, parts = Random(seed), [pl.DataFrame(schema=DRAWN)]
    for kind, counts in found.items():
        first = 0
        wanted = _one_per_block(sum(counts), sizes[kind], chance)
        for rule, count in zip(rules, counts, strict=True):
            mine = [place - first for place in wanted if first <= place < first + count]
            first += count
            if mine:
                here = (verdicts[rule].gather(order) == KINDS[kind]).arg_true().gather(mine)
                told = {"oordeel": kind, "regel": rule, "nr": verdicts["nr"].gather(order.gather(here))}
                parts.append(pl.DataFrame(told, schema=DRAWN))
    return pl.concat(parts)


def shares(found: dict[str, int], size: int) -> dict[str, int]:
    """How many to draw of each kind: in proportion, at least LEAST, and never more than there are."""
    total = sum(found.values())
    if total <= size:
        return dict(found)
    least = {kind: min(count, LEAST, size // len(found)) for kind, count in found.items()}
    drawn = {kind: max(least[kind], min(count, size * count // total)) for kind, count in found.items()}
    most = max(found, key=lambda kind: found[kind])
    drawn[most] += size - sum(drawn.values())
    return drawn


def _one_per_block(count: int, size: int, chance: Random) -> Sequence[int]:
    """Places of the drawn rows: block k runs from k × count / size up to (k + 1) × count / size."""
    edges = [block * count // size for block in range(size + 1)] if size else [0]
    return [chance.randrange(first, last) for first, last in pairwise(edges)]


def fingerprint(verdicts: pl.DataFrame, placements: pl.DataFrame) -> str:
    """SHA-256 of the population: every plaatsing_id in scope with its verdicts, in order of plaatsing_id."""
    names = verdicts.select("nr").join(
        placements.select("nr", "plaatsing_id"), on="nr", how="left", maintain_order="left"
    )
    order = names.select(pl.arg_sort_by("plaatsing_id")).to_series()
    hashed = sha256()
    for place, some in enumerate(_pieces(names["plaatsing_id"].gather(order))):
        hashed.update(("\n" if place else "").encode() + "\n".join(some).encode())
    for rule in sorted(verdicts.columns[1:]):
        hashed.update(f"\n{rule}\n".encode())
        for some in _pieces(verdicts[rule].gather(order)):
            hashed.update(bytes(some.to_list()))
    return hashed.hexdigest()


def _pieces(values: pl.Series) -> Iterator[pl.Series]:
    """The values, a million at a time."""
    for first in range(0, len(values), 1_000_000):
        yield values.slice(first, 1_000_000)


def most_wrong(drawn: int, wrong: int) -> float:
    """Upper bound (share, 0 to 1) on what is wrong in the population, with CONFIDENCE, when `wrong` of `drawn` are."""
    if wrong >= drawn:
        return 1.0
    low, high = wrong / drawn, 1.0
    for _step in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _at_most(wrong, drawn, middle) > 1 - CONFIDENCE else (low, middle)
    return high


def _at_most(wrong: int, drawn: int, share: float) -> float:
    """Chance of at most `wrong` in `drawn` independent draws, when this share is wrong."""
    return sum(comb(drawn, k) * share**k * (1 - share) ** (drawn - k) for k in range(wrong + 1))
