"""A sample of the verdicts of all parts: they are laid aside, and parts in which one was drawn are looked at again."""

from __future__ import annotations

from typing import TYPE_CHECKING

import polars as pl

from verdringing.judge import Judgement, explain
from verdringing.parts.part import of_part
from verdringing.parts.shelf import detached
from verdringing.parts.taken import Taken

if TYPE_CHECKING:
    from verdringing.deciding.sampled import Sampled

_VERDICTS, _PLACES = "populatie", "werkplekken"
_PLACE = ["gemeente_sleutel", "werkplek_sleutel"]


def lay_aside(taken: Taken, part: int, judgement: Judgement, placements: pl.DataFrame) -> None:
    """Lay aside the verdicts of a part with the names of its placements, and its places of work, each once.

    Only where something is drawn from them, or was.
    """
    if not taken.sampling:
        return
    keys = placements.select("plaatsing_id", *_PLACE)[judgement.verdicts["nr"]]
    places = keys.select(_PLACE).unique(maintain_order=True).with_row_index("plaats")
    at = keys.join(places, on=_PLACE, how="left", nulls_equal=True, maintain_order="left").drop(_PLACE)
    taken.shelf.put(_VERDICTS, part, detached(judgement.verdicts.hstack(at)))
    taken.shelf.put(_PLACES, part, detached(places.with_columns(deel=pl.lit(part, pl.UInt16))))


def sampled(taken: Taken) -> Sampled | None:
    """Draw the sample that the order asks, and count what came of earlier ones; None without either."""
    if not taken.sampling:
        return None
    from verdringing.deciding.sampled import drawn_from

    order = taken.shelf.take(_PLACES).sort(_PLACE).with_row_index("plek")
    laid = list(taken.shelf.each(_VERDICTS))
    for part, some in enumerate(laid):
        place = order.filter(deel=part).sort("plaats")["plek"]
        laid[part] = some.with_columns(place.gather(some["plaats"]), deel=pl.lit(part, pl.UInt16)).drop("plaats")
    whole = pl.concat(laid, rechunk=True).rename({"nr": "lokaal"}).with_row_index("nr")
    del laid
    keys = whole.select("nr", "plaatsing_id", gemeente_sleutel="plek", werkplek_sleutel=pl.lit(0, pl.UInt8))
    where, verdicts = whole.select("deel", "lokaal"), whole.drop("plaatsing_id", "plek", "deel", "lokaal")

    def look(drawn: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        return _look(taken, drawn, where[drawn["nr"]])

    return drawn_from(verdicts, keys, taken.order, taken.beside.book, taken.given, look)


def _look(taken: Taken, drawn: pl.DataFrame, where: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Placements and reasons of the verdicts that were drawn, part by part; `where` has the deel and nr of each."""
    from verdringing.deciding.sampled import ABOUT, rules_of

    rules = rules_of(taken.beside.book, drawn)
    numbered = drawn.select("nr").hstack(where).with_row_index("plaats")
    about, why = [], []
    for mine in numbered.partition_by("deel", maintain_order=True):
        placements, ready = of_part(taken, int(mine["deel"][0]))
        here = placements["nr"].is_in(mine["lokaal"].implode())
        about.append(placements.select(ABOUT)[mine["lokaal"]].with_columns(mine["plaats"]))
        told = explain(placements, rules, here, ready).rename({"nr": "lokaal"})
        numbers = mine.select("lokaal", "nr").unique()
        why.append(detached(told.join(numbers, on="lokaal").drop("lokaal")))
    return pl.concat(about).sort("plaats").drop("plaats"), pl.concat(why)
