"""What is gathered while every row is read for the first time: typed, named, and laid aside block by block."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import polars as pl

from verdringing.audited import Order
from verdringing.names import add_names
from verdringing.normalise import typed_rows
from verdringing.parts import kvk
from verdringing.parts.blocks import NotInBlocks
from verdringing.parts.shelf import Shelf, detached
from verdringing.parts.taken import BLOCK, WARNINGS
from verdringing.privacy.bsn import MOST_VALUES
from verdringing.problems import problems, unread
from verdringing.read import Source
from verdringing.taking_in import Asked, has_bsn, with_gemeente

MARKS, UNREAD = "merken", "ongelezen"
_WRITTEN = ("werkgever", "inlener", "functie", "gemeente")

ASIDE = ("_weg", "_gemaakt", "_stond")
"""Of a row on the shelf: it is rejected, its plaatsing_id was made, and how that stood where reading changed it."""


@dataclass
class First:
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
        self.shelf.put(UNREAD, piece, detached(_numbered(unread(block), before)))
        self.shelf.put(BLOCK, piece, whole)
        marks = _marks(whole)
        self.shelf.scatter(MARKS, piece, marks, marks["mark"] % self.count, self.count)

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
