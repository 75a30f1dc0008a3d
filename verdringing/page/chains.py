"""Rows of successors inside a case: which placement came before which, and the place of each in its row."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

import polars as pl

Key = tuple[str, int]
"""Name of a rule, and which of the rules of that name."""
Row = dict[str, Any]
"""A placement, a finding or a case as the page has it."""


def links(known: pl.DataFrame, placements: pl.Series) -> dict[Key, dict[int, int]]:
    """Per rule the placement that comes before a placement (nr); `known` is Judgement.links."""
    near = known.join(placements.to_frame(), on="nr", how="semi")
    by_rule = near.partition_by("regel", "variant", as_dict=True)
    return {
        (rule, variant): dict(zip(part["nr"].to_list(), part["voorganger"].to_list(), strict=True))
        for (rule, variant), part in by_rule.items()
    }


def chained(numbers: Iterable[int], before: Mapping[int, int], own: Container[int]) -> dict[int, tuple[int, int]]:
    """Place in its row and the first of that row, for numbers and for all in `own` that came before them."""
    found: dict[int, tuple[int, int]] = {}
    for number in numbers:
        walked, at = [], number
        while at in own and at not in found:
            walked.append(at)
            at = before.get(at, -1)
        before_it, first = found.get(at, (0, walked[-1] if walked else at))
        found |= {one: (before_it + step, first) for step, one in enumerate(reversed(walked), 1)}
    return found


def places(chain: Mapping[int, tuple[int, int]]) -> dict[int, int]:
    """The place of every number in a row of two or more."""
    rows = {first for place, first in chain.values() if place > 1}
    return {number: place for number, (place, first) in chain.items() if first in rows}


def last_before(number: int, before: Mapping[int, int], chain: Mapping[int, tuple[int, int]], most: int) -> list[int]:
    """The last placements (nr), `most` of them, that lead to a placement; the first one first."""
    near: list[int] = []
    for _step in range(min(chain[number][0] - 1, most)):
        number = before[number]
        near.append(number)
    return near[::-1]
