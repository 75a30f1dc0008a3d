"""Rows of all files, block by block, typed and laid aside by place of work and by person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

import polars as pl

from verdringing.audited import Order
from verdringing.errors import UserError
from verdringing.names import add_places
from verdringing.parts import kvk, people, plan
from verdringing.parts.blocks import NotInBlocks, blocks
from verdringing.parts.first import ASIDE, MARKS, UNREAD, First
from verdringing.parts.shelf import Shelf, by_key, detached
from verdringing.parts.taken import BLOCK, PART, PERSON, Taken
from verdringing.problems import doubled, table
from verdringing.read import Source, given_files, read_given
from verdringing.reading import paths
from verdringing.reading.raw import PROBLEMS
from verdringing.record import by_name
from verdringing.taking_in import Asked, no_placement_of, of_gemeente, pseudonymous, with_gemeente
from verdringing.words import _


def lay_aside(order: Order, beside: Asked, shelf: Shelf, count: int) -> Taken:
    """Read every file and lay its placements aside in `count` parts.

    NotInBlocks when a file cannot be read in blocks, also when it cannot be read at all: read at once, every mistake is
    told. UserError when no placement is of the gemeente that was asked for.
    """
    named, mistakes = given_files(order.files)
    if mistakes:
        raise NotInBlocks
    first = First(order, beside, shelf, count)
    for source in _or_at_once(_sources(named, first)):
        first.add(source)
    again, rows = _again(first)
    sources = {name: first.sources[name] for _given, name in named}
    broken = [source.broken.cast(PROBLEMS) for source in sources.values() if source.broken.height]
    rejected = pl.concat([*first.rejected, again]).sort("bestand", "blad", "rij", "kolom", maintain_order=True)
    kvk.look_up(shelf, count, first.blocks)
    taken = Taken(
        order, beside, shelf, count, tuple(sources.values()), first.read, pl.concat([rejected, *broken]), rows,
        first.pseudonymised, {}, order.gemeente or beside.book.gemeente,
    )  # fmt: skip
    return replace(taken, begun=_divide(taken))


def _or_at_once(sources: Iterator[Source]) -> Iterator[Source]:
    """The same; NotInBlocks where one cannot be read, for then every mistake in every file must be told."""
    try:
        yield from sources
    except UserError:
        raise NotInBlocks from None


def _sources(named: Sequence[tuple[paths.Given, str]], first: First) -> Iterator[Source]:
    """All rows of all files, in the order of their names, in blocks where a file is large."""
    order, beside = first.order, first.beside
    for given, name in sorted(named, key=lambda one: one[1]):
        own = beside.book.own_columns
        whole = plan.weight(given) <= plan.block_bytes()
        read = [read_given(given, name, beside.mapping, own)] if whole else blocks(given, name, beside.mapping, own)
        for place, source in enumerate(read):
            first.look_for_bsn(source, begins=place == 0)
            yield pseudonymous(source, order) if first.pseudonymised else source
            order.say(_("Bestanden lezen"), 0.3 * first.blocks / first.count, first.rows)


def _again(first: First) -> tuple[pl.DataFrame, pl.Series]:
    """Rows that stand there twice, in whatever block: PROBLEMS, and their numbers."""
    marks = (first.shelf.take(f"{MARKS}-{part}") for part in range(first.count))
    likely = pl.concat([some.filter(pl.col("mark").is_duplicated())["_row"] for some in marks]).unique()
    # one by one: a scan of all blocks would hold as many of them as it can read ahead
    again = pl.col("_row").is_in(likely.implode())
    held = pl.concat(detached(block.filter(again)) for block in first.shelf.through(BLOCK))
    lost = pl.concat(detached(block.filter(again)) for block in first.shelf.each(UNREAD))
    rows = held["_row"]
    near = held.drop("_row").with_row_index("_row")
    lost = lost.with_columns(_row=rows.search_sorted(lost["_row"]).cast(pl.UInt32))
    found = doubled(near, list(by_name(first.beside.book.own_columns)), near["_gemaakt"], lost)
    told = table(near.with_columns(plaatsing_id=pl.coalesce("_stond", "plaatsing_id")), found)
    places = told["_row"].unique()
    gone = near[places].filter(~pl.col("_weg"))
    kvk.withdraw(first.shelf, first.count, gone)
    return told.drop("_row"), rows.gather(places)


def _divide(taken: Taken) -> dict[str | None, date]:
    """Lay placements aside by place of work, and what rules on persons read by person; the first start per gemeente."""
    shelf, count = taken.shelf, taken.count
    begun: list[pl.DataFrame] = []
    read = people.columns(taken)
    for piece, block in enumerate(shelf.each(BLOCK)):
        whole = kvk.add(shelf, piece, block)
        placed = whole.filter(~whole["_weg"] & ~whole["_row"].is_in(taken.doubled.implode())).drop(ASIDE)
        placed = placed.with_columns(with_gemeente(placed.lazy().select("gemeente"), taken.gemeente).collect())
        placed = placed.hstack(add_places(placed.lazy().select(_KEYED)).collect().drop(_KEYED))
        parts = by_key(placed, "gemeente_sleutel", "werkplek_sleutel", count=count)
        persons = by_key(placed, "gemeente_sleutel", "kandidaat_id", count=count)
        taken.order.say(_("Plaatsingen verdelen"), 0.3 + 0.15 * piece / count)
        begun.append(placed.group_by("gemeente", "gemeente_sleutel").agg(pl.col("startdatum").min()))
        shelf.scatter(PART, piece, placed, parts, count)
        shelf.scatter(PERSON, piece, placed.select(read).with_columns(parts.alias("_deel")), persons, count)
    whole = pl.concat(begun)
    if taken.gemeente is not None and not whole.select(of_gemeente(taken.gemeente).any()).item():
        raise no_placement_of(taken.gemeente, whole["gemeente"].drop_nulls().to_list(), taken.order, taken.beside.book)
    return dict(whole.group_by("gemeente_sleutel").agg(pl.col("startdatum").min()).rows())


_KEYED = ("werkgever_naam", "werkgever_nummer", "inlener_naam", "inlener_nummer")
