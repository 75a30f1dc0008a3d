"""What is known of a large audit when all of its rows lie on the shelf, before any rule is held against them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import polars as pl

from verdringing import account
from verdringing.audited import Order, TakenIn
from verdringing.cases import PLACE
from verdringing.normalise import Normalised
from verdringing.parts.shelf import Shelf
from verdringing.period import add_times
from verdringing.read import Source
from verdringing.taking_in import Asked, of_gemeente

if TYPE_CHECKING:
    from verdringing.deciding.decisions import Given

BLOCK, PART, PERSON, READY = "blok", "deel", "mens", "klaar"
WARNINGS, DOUBTS, VERDICTS = "waarschuwingen", "twijfel", "oordelen"
CASES, FINDINGS, PAGE, LINKS = "zaken", "bevindingen", "pagina", "verband"
"""Names on the shelf."""

OF_CASE = ("zaak", *PLACE)
"""Columns of findings that stand with their case on the shelf."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What all parts share.

    `rejected` are all rejected rows (PROBLEMS), `doubled` the numbers of those that stand there twice, `begun` the
    first start per gemeente, `gemeente` the one that was asked for, `given` the decisions that were taken up.
    """

    order: Order
    beside: Asked
    shelf: Shelf
    count: int
    sources: Sequence[Source]
    read: Mapping[str, int]
    rejected: pl.DataFrame
    doubled: pl.Series
    pseudonymised: bool
    begun: Mapping[str | None, date]
    gemeente: str | None
    given: Given | None = None

    def part(self, placements: pl.DataFrame) -> TakenIn:
        """The same as an audit in one piece has it, with the placements of one part."""
        beside = self.beside
        empty = placements.select("bestand", "blad", "rij").clear()
        nothing = self.rejected.clear()
        intake = Normalised(empty, self.rejected, nothing, sum(self.read.values()))
        return TakenIn(
            self.order, beside.book, beside.lists, beside.aliases, self.pseudonymised, list(self.sources),
            dict(self.read), intake, placements,
        )  # fmt: skip

    @property
    def sampling(self) -> bool:
        """Whether there is a sample to draw, or something to say of earlier ones."""
        return bool(self.order.sample) or (self.given is not None and self.given.sampled.height > 0)

    def fetch(self, name: str) -> pl.DataFrame:
        """What lies on the shelf under a name, as one frame; it stays there where a sample may ask for it again."""
        return pl.concat(list(self.shelf.through(name)), rechunk=True) if self.order.sample else self.shelf.take(name)

    def placements(self) -> int:
        """How many placements there are, of which some can be rejected yet."""
        return sum(self.read.values()) - account.rejected_rows(self.rejected)


def times(placements: pl.DataFrame, taken: Taken) -> pl.DataFrame:
    """What `period.add_times` adds, with in_bereik of the gemeente that was asked for; and historie_begin."""
    order = taken.order
    timed = add_times(placements.lazy().select(_DATED), order.day, order.period).collect()
    if taken.gemeente is not None:
        timed = timed.with_columns(in_bereik=pl.col("in_bereik") & of_gemeente(taken.gemeente))
    begun = pl.col("gemeente_sleutel").replace_strict(dict(taken.begun), return_dtype=pl.Date)
    return timed.with_columns(historie_begin=begun).drop(_DATED)


_DATED = ("startdatum", "einddatum", "geboortejaar", "gemeente_sleutel")
