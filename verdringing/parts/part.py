"""The placements of one part by place of work, ready to be judged like any others."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from verdringing.names import add_numbers
from verdringing.naming.aliases import add_touched
from verdringing.normalise import start_order
from verdringing.parts import people
from verdringing.parts.taken import PART, Taken, times
from verdringing.plans import Plan

_KEYED = (
    "gemeente_sleutel", "werkplek_sleutel", "kandidaat_id", "vestigingsnummer", "functie_sleutel", "werkgever_naam",
    "inlener_naam",
)  # fmt: skip


def of_part(taken: Taken, part: int) -> tuple[pl.DataFrame, Mapping[Plan, pl.DataFrame]]:
    """The placements of a part with keys, times and row number, and what was prepared of them by person."""
    laid = taken.fetch(f"{PART}-{part}")
    whole = laid[start_order(laid)]
    keyed = add_touched(add_numbers(whole.lazy().select(_KEYED)), taken.beside.aliases).collect()
    placements = whole.hstack(keyed.drop(_KEYED)).hstack(times(whole, taken)).with_row_index("nr")
    ready = people.ready(taken, part, placements)
    return placements.drop("_row"), ready
