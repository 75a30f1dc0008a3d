"""A norm over time: runs of days with one amount and one surcharge, for every key in one row that can be searched."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from functools import cached_property
from itertools import accumulate
from typing import Annotated

import polars as pl
from pydantic import BaseModel, ConfigDict, Field

from verdringing.norm_keys import Key, place_in
from verdringing.norm_row import Row
from verdringing.norms import BEGINNING, Norm
from verdringing.youth import ADULT, YOUNGEST, Youth

SCALE = 10_000
"""Money is in ten-thousandths of a euro, so that every product is a whole number."""
_ADULT = ADULT - YOUNGEST
_LOWEST, _HIGHEST = _ADULT + 1, _ADULT + 2
AMOUNTS = _HIGHEST + 1
"""Places in the amounts of a stretch: one for every age from YOUNGEST to ADULT, the lowest of all ages, the highest."""
_EPOCH = date(1970, 1, 1).toordinal()
_EVERY_DAY = date.max.toordinal() + 1


class Surcharge(BaseModel):
    """Percentage on top of the amount, for the days it holds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    pct: Annotated[Decimal, Field(ge=0, le=500, decimal_places=2)]
    van: date = BEGINNING
    tot: date = date.max


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of days with one amount: first day, adult amount (euro, None without norm), its row, and the surcharge."""

    first: date
    amount: Decimal | None = None
    row: Row | None = None
    youth: Youth | None = None
    surcharge: Decimal = Decimal(0)

    def amounts(self) -> list[int | None]:
        """AMOUNTS amounts in ten-thousandths; what is less for the young is rounded to the cent, as it is published."""
        if self.amount is None:
            return [None] * AMOUNTS
        found = [self._at(age) for age in range(YOUNGEST, ADULT + 1)]
        return [*found, min(found), max(found)]

    def _at(self, age: int) -> int:
        adult = self.amount or Decimal(0)
        percentage = self.youth.percentage(age) if self.youth else Decimal(100)
        return int(adult * SCALE) if percentage == 100 else cents(adult * percentage / 100) * 100


@dataclass(frozen=True)
class Course:
    """The stretches of every key of a norm, key after key, each key from before every date on.

    The last block, one stretch without an amount, is that of a key that has no row.
    """

    columns: tuple[str, ...]
    keys: tuple[Key, ...]
    blocks: Sequence[Sequence[Stretch]] = field(repr=False)

    @cached_property
    def stretches(self) -> list[Stretch]:
        """All stretches in one row."""
        return [stretch for block in self.blocks for stretch in block]

    @cached_property
    def firsts(self) -> pl.Series:
        """First day of every stretch."""
        return pl.Series([stretch.first for stretch in self.stretches], dtype=pl.Date)

    @cached_property
    def amounts(self) -> pl.Series:
        """The AMOUNTS amounts of every stretch, in one row."""
        found: dict[tuple[int, int], list[int | None]] = {}  # where ages count, a year is a stretch with the same ones
        for one in self.stretches:
            if (same := (id(one.row), id(one.youth))) not in found:
                found[same] = one.amounts()
        every = (found[id(one.row), id(one.youth)] for one in self.stretches)
        return pl.Series([amount for amounts in every for amount in amounts], dtype=pl.Int64)

    @cached_property
    def factors(self) -> pl.Series:
        """One and the surcharge of every stretch, in ten-thousandths."""
        return pl.Series([int(SCALE + stretch.surcharge * 100) for stretch in self.stretches], dtype=pl.Int64)

    @cached_property
    def _marks(self) -> pl.Series:
        """Day on which each stretch begins; the days of the second key come after all days of the first, and so on."""
        marks = [n * _EVERY_DAY + one.first.toordinal() for n, block in enumerate(self.blocks) for one in block]
        return pl.Series(marks, dtype=pl.Int64)

    @cached_property
    def _without_amount(self) -> pl.Series:
        """Number of stretches without an amount before each place, and in all."""
        return pl.Series([0, *accumulate(one.amount is None for one in self.stretches)], dtype=pl.Int64)

    def key(self) -> pl.Expr:
        """Block of a placement (Int64); null where its key is missing."""
        return place_in(self.columns, self.keys)

    def at(self, key: pl.Expr, day: pl.Expr) -> pl.Expr:
        """Place in `stretches` of the stretch in which a day lies (Int64)."""
        mark = key * _EVERY_DAY + (day.to_physical().cast(pl.Int64) + _EPOCH)
        return pl.lit(self._marks).search_sorted(mark, side="right").cast(pl.Int64) - 1

    def lacks(self, first: pl.Expr, last: pl.Expr) -> pl.Expr:
        """Whether a stretch has no amount, of those between two places, both included."""
        before = pl.lit(self._without_amount)
        return before.gather(last + 1) > before.gather(first)


def course(norm: Norm | None, surcharges: Sequence[Surcharge], variant: str, *, each_year: bool) -> Course:
    """How a norm and its surcharges run; without a norm the amounts are None. `each_year`: where ages count per day."""
    tables = {(): None} if norm is None else norm.by_key
    blocks = [list(_stretches(table, surcharges, variant, each_year=each_year)) for table in tables.values()]
    return Course(norm.sleutel if norm else (), tuple(tables), [*blocks, [Stretch(BEGINNING)]])


def _stretches(
    norm: Norm | None, surcharges: Sequence[Surcharge], variant: str, *, each_year: bool
) -> Iterator[Stretch]:
    """Days with one amount and surcharge, in order; the first begins before every date."""
    days = {BEGINNING} | {s.van for s in surcharges} | (norm.changes() if norm else set())
    days |= {date.fromordinal(s.tot.toordinal() + 1) for s in surcharges if s.tot < date.max}
    if norm and norm.jeugd and each_year:
        days |= {date(year, 1, 1) for year in range(norm.first_year(), norm.last_year() + 1)}
    for day in sorted(days):
        row = norm.on(day) if norm else None
        surcharge = next((s.pct for s in surcharges if s.van <= day <= s.tot), Decimal(0))
        yield Stretch(day, row.amount(variant) if row else None, row, norm.youth_on(day) if norm else None, surcharge)


def places(born: pl.Expr, day: pl.Expr, *, unknown_is_adult: bool) -> tuple[pl.Expr, pl.Expr]:
    """Places in the amounts of the lowest and of the highest that can hold for someone born in a year, on a day.

    The birthday is not known: the age is the one reached that year, minus one.
    """
    age = (day.dt.year() - born - 1).clip(YOUNGEST, ADULT) - YOUNGEST
    low, high = (_ADULT, _ADULT) if unknown_is_adult else (_LOWEST, _HIGHEST)
    return age.fill_null(low), age.fill_null(high)


def cents(amount: Decimal) -> int:
    """Euro to whole cents, rounded half up."""
    return int((amount * 100 + Decimal("0.5")) // 1)
