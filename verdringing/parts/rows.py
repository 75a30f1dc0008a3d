"""Rows of all files, block by block, typed and laid aside by place of work and by person."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import polars as pl

from verdringing.audited import Order
from verdringing.errors import UserError
from verdringing.names import add_names, add_places
from verdringing.normalise import doubled, problems, table, typed_rows
from verdringing.parts import kvk, people, plan
from verdringing.parts.blocks import NotInBlocks, blocks
from verdringing.parts.shelf import Shelf, by_key, detached
from verdringing.parts.taken import BLOCK, PART, PERSON, WARNINGS, Taken
from verdringing.privacy.bsn import MOST_VALUES
from verdringing.read import Source, given_files, read_given
from verdringing.reading import paths
from verdringing.reading.raw import PROBLEMS
from verdringing.record import by_name
from verdringing.taking_in import Asked, has_bsn, no_placement_of, of_gemeente, pseudonymous, with_gemeente
from verdringing.words import _

_MARKS = "merken"
_WRITTEN = ("werkgever", "inlener", "functie", "gemeente")

_ASIDE = ("_weg", "_gemaakt", "_stond")
"""Of a row on the shelf: it is rejected, its plaatsing_id was made, and how that stood where reading changed it."""


def lay_aside(order: Order, beside: Asked, shelf: Shelf, count: int) -> Taken:
    """Read every file and lay its placements aside in `count` parts.

    NotInBlocks when a file cannot be read in blocks, also when it cannot be read at all: read at once, every mistake is
    told. UserError when no placement is of the gemeente that was asked for.
    """
    named, mistakes = given_files(order.files)
    if mistakes:
        raise NotInBlocks
    first = _First(order, beside, shelf, count)
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


def _sources(named: Sequence[tuple[paths.Given, str]], first: _First) -> Iterator[Source]:
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


@dataclass
class _First:
    """What is gathered while every row is read for the first time."""

    order: Order
    beside: Asked
    shelf: Shelf
    count: int
    rows: int = 0
    blocks: int = 0
    pseudonymised: bool = False
    few: bool = True
    sources: dict[str, Source] = field(default_factory=dict)
    read: dict[str, int] = field(default_factory=dict)
    rejected: list[pl.DataFrame] = field(default_factory=list)

    def look_for_bsn(self, source: Source, *, begins: bool) -> None:
        """Whether candidates get pseudonyms, by as much of a file as is looked at when it is read at once.

        NotInBlocks when that is seen after rows went by without.
        """
        if not (begins or self.few):
            return
        self.few = source.rows["kandidaat_id"].n_unique() < MOST_VALUES
        found = has_bsn(source)
        if found and self.blocks and not self.pseudonymised:
            raise NotInBlocks
        self.pseudonymised |= found

    def add(self, source: Source) -> None:
        """Type the rows of one block and lay them aside with their names; rejected rows stay, until all are known."""
        book, aliases = self.beside.book, self.beside.aliases
        piece, before = self.blocks, self.rows
        self._count(source)
        block = typed_rows(source.rows, book.instruments, book.own_columns)
        rejected = problems(block, required=True)
        refused = pl.col("_row").is_in(rejected["_row"].unique().implode())
        warnings = problems(block, required=False).filter(~refused)
        stood = _stood(block.text["plaatsing_id"], block.read["plaatsing_id"])
        marked = block.read.with_columns(refused.alias("_weg"), _gemaakt=block.text["id_gemaakt"], _stond=stood)
        written = with_gemeente(marked.lazy().select(_WRITTEN), self.order.gemeente or book.gemeente)
        named = add_names(written, aliases.job_groups(book.job_groups), aliases.firm).collect()
        whole = _numbered(marked.hstack(named.drop(_WRITTEN)), before)
        self.rejected.append(detached(rejected.drop("_row")))
        kvk.lay_aside(self.shelf, self.count, piece, whole)
        self.shelf.put(WARNINGS, piece, detached(_numbered(warnings, before)))
        self.shelf.put(BLOCK, piece, whole)
        marks = _marks(whole)
        self.shelf.scatter(_MARKS, piece, marks, marks["mark"] % self.count, self.count)

    def _count(self, source: Source) -> None:
        name = source.name
        self.blocks += 1
        self.rows += source.rows.height
        self.read[name] = self.read.get(name, 0) + source.rows.height + source.broken.height
        bare = replace(source, rows=source.rows.clear())
        if name in self.sources and self.sources[name].rows.columns != bare.rows.columns:
            raise NotInBlocks  # a column of the policy's own that looks personal in some blocks only
        self.sources[name] = _joined(self.sources[name], bare) if name in self.sources else bare


def _joined(one: Source, more: Source) -> Source:
    """What is said of a file, with what its next block says."""
    broken = [source.broken for source in (one, more) if source.broken.height]
    return replace(
        one,
        sha256=more.sha256,
        left_out=tuple(dict.fromkeys([*one.left_out, *more.left_out])),
        broken=pl.concat(broken) if broken else one.broken,
        empty_lines=one.empty_lines + more.empty_lines,
        sensitive=tuple(dict.fromkeys([*one.sensitive, *more.sensitive])),
    )


def _stood(written: pl.Series, read: pl.Series) -> pl.Series:
    """A text as it was written where reading changed it."""
    return written.set(written.eq_missing(read), None)


def _numbered(frame: pl.DataFrame, before: int) -> pl.DataFrame:
    return frame.with_columns((pl.col("_row") + before).cast(pl.UInt32))


def _marks(placements: pl.DataFrame) -> pl.DataFrame:
    """A hash of every plaatsing_id, and of the content where that was made: equal rows have equal marks."""
    by_id = placements.drop_nulls("plaatsing_id").select("_row", mark=pl.col("plaatsing_id").hash(0))
    made = placements.filter("_gemaakt")
    content = pl.struct("kandidaat_id", "werkgever", "kvk_nummer", "startdatum").hash(1)
    return pl.concat([by_id, made.select("_row", mark=content)])


def _again(first: _First) -> tuple[pl.DataFrame, pl.Series]:
    """Rows that stand there twice, in whatever block: PROBLEMS, and their numbers."""
    marks = (first.shelf.take(f"{_MARKS}-{part}") for part in range(first.count))
    likely = pl.concat([some.filter(pl.col("mark").is_duplicated())["_row"] for some in marks]).unique()
    # one by one: a scan of all blocks would hold as many of them as it can read ahead
    again = pl.col("_row").is_in(likely.implode())
    held = pl.concat(detached(block.filter(again)) for block in first.shelf.through(BLOCK))
    rows = held["_row"]
    near = held.drop("_row").with_row_index("_row")
    found = doubled(near, list(by_name(first.beside.book.own_columns)), near["_gemaakt"])
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
        placed = whole.filter(~whole["_weg"] & ~whole["_row"].is_in(taken.doubled.implode())).drop(_ASIDE)
        placed = placed.with_columns(with_gemeente(placed.lazy().select("gemeente"), taken.gemeente).collect())
        placed = placed.hstack(add_places(placed.lazy().select(_KEYED)).collect().drop(_KEYED))
        parts = by_key(placed, "gemeente_sleutel", "werkplek_sleutel", count=count)
        persons = by_key(placed, "gemeente_sleutel", "kandidaat_id", count=count)
        taken.order.say(_("Plaatsingen verdelen"), 0.3 + 0.15 * piece / count)
        begun.append(placed.group_by("gemeente", "gemeente_sleutel").agg(pl.col("startdatum").min()))
        shelf.scatter(PART, piece, placed, parts, count)
        shelf.scatter(PERSON, piece, placed.select(read).with_columns(parts.alias("_deel")), persons, count)
    whole = pl.concat(begun).group_by("gemeente", "gemeente_sleutel").agg(pl.col("startdatum").min())
    if taken.gemeente is not None and not whole.select(of_gemeente(taken.gemeente).any()).item():
        raise no_placement_of(taken.gemeente, whole["gemeente"].drop_nulls().to_list())
    return dict(whole.select("gemeente", "startdatum").rows())


_KEYED = ("werkgever_naam", "werkgever_nummer", "inlener_naam", "inlener_nummer")
