"""Decisions on the findings of all parts: what they can be about is laid aside, and held against them at the end."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

import polars as pl

from verdringing.parts import ordering
from verdringing.parts.shelf import Shelf, detached
from verdringing.parts.taken import Taken
from verdringing.sums import Sums

if TYPE_CHECKING:
    from verdringing.deciding.decided import Decisions

CONCERNED = "besloten"
_SIGNAL = ["plaatsing_id", "regel"]


@dataclass(frozen=True, eq=False, slots=True)
class Said:
    """What was decided, and the few findings (_SIGNAL) of which something is said; neither where nobody decided."""

    shelf: Shelf
    decisions: Decisions | None = None
    few: pl.DataFrame | None = None

    def columns(self) -> list[str]:
        """What is said of findings, beside what they say themselves."""
        return [] if self.few is None else [name for name in self.few.columns if name not in _SIGNAL]

    def findings(self) -> Iterator[pl.DataFrame]:
        """All findings in the order of the report (`ordering.findings`), with what was decided on them."""
        for some in ordering.findings(self.shelf):
            yield some if self.few is None else some.join(self.few, on=_SIGNAL, how="left", maintain_order="left")


def lay_aside(taken: Taken, part: int, findings: pl.DataFrame, found: pl.DataFrame) -> None:
    """Lay aside the findings of a part (in order, with marks, of the cases `found`) that a decision can be about."""
    if taken.given is None:
        return
    from verdringing.deciding.concerned import concerned

    named = findings.select(
        *_SIGNAL, "variant", "ontstaan_op", "kenmerk", "feiten",
        zaak=pl.lit(found["zaak"]).gather("volgorde"),
        in_zaak=pl.lit(found["bevindingen"]).gather("volgorde"),
        lokaal="volgorde",
        deel=pl.lit(part, pl.UInt16),
    ).with_row_index("plaats")  # fmt: skip
    taken.shelf.put(CONCERNED, part, detached(concerned(named, taken.given)))


def decide(taken: Taken, sums: Sums) -> Said:
    """Hold decisions against the findings of all parts, in the order of the report; UserError where two contradict."""
    if taken.given is None:
        return Said(taken.shelf)
    from verdringing.deciding.decided import ON_FINDING, weigh_few

    few = taken.shelf.take(CONCERNED)
    places = (some.select("deel", "lokaal", "volgorde") for some in ordering.cases(taken.shelf))
    ordered = pl.concat([few.join(some, on=["deel", "lokaal"]) for some in places]).sort("volgorde", "plaats")
    applied, decisions = weigh_few(ordered, sums.findings, taken.order.day, taken.beside.book, taken.given)
    return Said(taken.shelf, decisions, applied.select(*_SIGNAL, *ON_FINDING))
