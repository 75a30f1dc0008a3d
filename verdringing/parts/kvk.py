"""The one KvK number that a name has elsewhere (rules.md 1.3), over all blocks: looked up by name, in parts by name."""

from __future__ import annotations

import polars as pl

from verdringing.names import SIDES
from verdringing.parts.shelf import Shelf, by_key, detached

_GIVEN, _ASKED, _FOUND = "nummers", "zonder-nummer", "gevonden"
_NAME = ("gemeente_sleutel", "naam")
_PARTY = (*_NAME, "kvk")
_WITHDRAWN = 10**6
"""Piece of names that stood on rows which are left out after all: behind those of all blocks."""


def lay_aside(shelf: Shelf, count: int, block: int, rows: pl.DataFrame) -> None:
    """Lay aside what the rows of a block say, and which of them ask: `rows` has _row, _weg, the names and numbers."""
    _give(shelf, count, block, rows.filter(~pl.col("_weg")), sign=1)
    asked = _sides(rows).filter(pl.col("kvk").is_null() & pl.col("naam").is_not_null()).drop("kvk")
    parts = by_key(asked, *_NAME, count=count)
    shelf.scatter(_ASKED, block, detached(asked.with_columns(blok=pl.lit(block, pl.UInt32))), parts, count)


def withdraw(shelf: Shelf, count: int, rows: pl.DataFrame) -> None:
    """Take back what rows said that are left out after all."""
    _give(shelf, count, _WITHDRAWN, rows, sign=-1)


def _give(shelf: Shelf, count: int, piece: int, rows: pl.DataFrame, *, sign: int) -> None:
    parties = _sides(rows).drop_nulls(["naam", "kvk"]).group_by(_PARTY).agg(n=pl.len().cast(pl.Int64) * sign)
    shelf.scatter(_GIVEN, piece, detached(parties), by_key(parties, *_NAME, count=count), count)


def look_up(shelf: Shelf, count: int, blocks: int) -> None:
    """Find for every row that asks the number of its name, where that has exactly one in its gemeente."""
    for part in range(count):
        given = shelf.take(f"{_GIVEN}-{part}").group_by(_PARTY).agg(pl.col("n").sum()).filter(pl.col("n") > 0)
        known = given.filter(pl.struct(_NAME).is_unique()).drop("n")
        found = shelf.take(f"{_ASKED}-{part}").join(known, on=list(_NAME)).select("_row", "kant", "blok", "kvk")
        shelf.scatter(_FOUND, part, found.drop("blok"), found["blok"], blocks)


def add(shelf: Shelf, block: int, rows: pl.DataFrame) -> pl.DataFrame:
    """Add werkgever_nummer and inlener_nummer to the rows of a block, in the order in which it was laid aside."""
    found = shelf.take(f"{_FOUND}-{block}")
    first = rows["_row"].min()
    for place, (side, (_name, kvk)) in enumerate(SIDES.items()):
        mine = found.filter(kant=place)
        number = rows[kvk].clone().scatter(mine["_row"] - first, mine["kvk"]) if mine.height else rows[kvk]
        rows = rows.with_columns(number.alias(side))
    return rows


def _sides(rows: pl.DataFrame) -> pl.DataFrame:
    """Employer and inlener one below the other: _row, kant, gemeente_sleutel, naam, kvk."""
    place = pl.col("gemeente_sleutel").fill_null("")
    return pl.concat(
        rows.select("_row", place, kant=pl.lit(side, pl.UInt8), naam=name, kvk=kvk)
        for side, (name, kvk) in enumerate(SIDES.values())
    )
