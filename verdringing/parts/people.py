"""What belongs to a person at any place of work: worked out in parts by person, and given to the parts by place.

A check that counts per person names, with `of_person`, what its `prepare` reads beside BESIDES; the columns that it
prepares then wait on the shelf for the part in which the placement is judged.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import polars as pl

from verdringing import check, doubts
from verdringing.names import candidates, gemeenten
from verdringing.normalise import start_order
from verdringing.parts.taken import DOUBTS, PERSON, READY, Taken, times
from verdringing.plans import Plan, plan
from verdringing.record import ORIGIN
from verdringing.rule import Rule

BESIDES = (
    "_row", "gemeente", "gemeente_sleutel", "kandidaat_id", "plaatsing_id", "startdatum", "einddatum", "geboortejaar",
    "uren_per_week", *ORIGIN,
)  # fmt: skip
"""Columns of every placement in a part by person."""

ELSEWHERE = 2**32 - 1
"""Stands for the row number of a placement in another part."""


def rules_on_persons(rules: Sequence[Rule]) -> dict[Plan, Rule]:
    """The rules that are on and count per person at any place, once per plan."""
    return {plan(rule): rule for rule in rules if rule.on and _reads(rule) is not None}


def _reads(rule: Rule) -> Sequence[str] | None:
    reads = getattr(rule.check, "of_person", None)
    return None if reads is None else cast(Sequence[str] | None, reads(rule.params))


def columns(taken: Taken) -> list[str]:
    """Every column that a part by person has."""
    reads = (_reads(rule) or () for rule in rules_on_persons(taken.beside.book.rules).values())
    return list(dict.fromkeys([*BESIDES, *(name for some in reads for name in some)]))


def prepare(taken: Taken, part: int) -> None:
    """Work out one part by person: too many hours together, and the columns of every rule on persons."""
    shelf = taken.shelf
    laid = shelf.take(f"{PERSON}-{part}")
    whole = laid[start_order(laid)]
    numbered = whole.with_columns(kandidaat_nr=candidates(gemeenten()))
    placements = numbered.hstack(times(whole, taken)).with_row_index("nr")
    shelf.put(DOUBTS, part, doubts.together(placements))
    found = [placements.select("_row")]
    for place, rule in enumerate(rules_on_persons(taken.beside.book.rules).values()):
        prepared = check.prepare(rule.check, placements.lazy(), rule.params)
        added = prepared.select(pl.exclude(placements.columns)).collect()
        rows = [pl.lit(placements["_row"]).gather(name).alias(name) for name in _row_numbers(rule)]
        found.append(added.with_columns(rows).select(pl.all().name.prefix(f"{place}:")))
    shelf.scatter(READY, part, pl.concat(found, how="horizontal"), placements["_deel"], taken.count)


def _row_numbers(rule: Rule) -> list[str]:
    """Prepared columns that hold the row number of another placement."""
    return [] if rule.outcome.because is None else rule.outcome.because.meta.root_names()


def ready(taken: Taken, part: int, placements: pl.DataFrame) -> dict[Plan, pl.DataFrame]:
    """The prepared columns for the placements of one part by place (with _row and nr), per plan, in their order."""
    whole = placements.select("_row").join(taken.fetch(f"{READY}-{part}"), on="_row", how="left", maintain_order="left")
    here = placements.select("_row", "nr")
    found = {}
    for place, (key, rule) in enumerate(rules_on_persons(taken.beside.book.rules).items()):
        front = f"{place}:"
        names = [name for name in whole.columns if name.startswith(front)]
        mine = whole.select(pl.col(name).alias(name.removeprefix(front)) for name in names)
        for name in _row_numbers(rule):
            rows = mine.select(_row=name).join(here, on="_row", how="left", maintain_order="left")
            known = pl.when(pl.col("_row").is_not_null()).then(pl.col("nr").fill_null(ELSEWHERE))
            mine = mine.with_columns(rows.select(known.alias(name)).to_series())
        found[key] = mine
    return found
