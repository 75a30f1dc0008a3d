"""Who is placed where and when: candidate, job, firm, gemeente, first and last day, all as numbers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import polars as pl

from benchmarks.dice import BITS, Dice, u64

SEED = 2026
DAY_ONE = date(2016, 10, 1)
DAY = date(2026, 9, 30)
"""The reference date of every run: ten years of starts lie before it."""
DAYS = 3_680  # starts fall on the first so many days: the last few weeks are planned
GIANT = 100_000
GIANT_FROM = 1_000_000
_BLOCK = [1] * 80 + [2] * 14 + [3] * 4 + [5] * 2  # placements of a hundred candidates: 130 rows
_CANDIDATE = pl.Series([one for one, times in enumerate(_BLOCK) for _ in range(times)], dtype=pl.UInt64)
_TIME = pl.Series([time for times in _BLOCK for time in range(times)], dtype=pl.UInt64)


@dataclass(frozen=True, slots=True)
class Size:
    """How many rows, and what follows from that."""

    rows: int
    seed: int = SEED

    @property
    def gemeenten(self) -> int:
        """A municipality has about three thousand placements; there are at most 342 of them."""
        return min(max(self.rows // 3_000, 1), 342)

    @property
    def jobs(self) -> int:
        """Jobs to draw from; not every one is drawn, and about 3.2 placements fall on one that is."""
        return max(self.rows * 19 // 50, 10)


def who(numbers: pl.LazyFrame) -> pl.LazyFrame:
    """The candidate, and how many placements this one had before."""
    place = pl.col("row") % len(_CANDIDATE)
    return numbers.with_columns(
        candidate=pl.col("row") // len(_CANDIDATE) * len(_BLOCK) + pl.lit(_CANDIDATE).gather(place),
        time=pl.lit(_TIME).gather(place),
    )


def where(rows: pl.LazyFrame, size: Size, dice: Dice) -> pl.LazyFrame:
    """The job, its firm and gemeente; `turn` is equal for placements of one candidate that go on in the same job."""
    each = pl.col("candidate") * 8 + pl.col("time")
    stays = dice.chance(each, "zelfde werk", 600)
    rows = rows.with_columns(each=each, turn=pl.when(stays).then(pl.col("candidate") * 8).otherwise(each))
    home, drawn = _job(dice, pl.col("candidate") * 8, size), _job(dice, pl.col("turn"), size)
    local = drawn // size.gemeenten
    rows = rows.with_columns(gem=home % size.gemeenten).with_columns(job=local * size.gemeenten + pl.col("gem"))
    if size.rows >= GIANT_FROM:
        giant = pl.col("row") % (size.rows // GIANT) == 0
        rows = rows.with_columns(
            gem=pl.when(giant).then(u64(0)).otherwise("gem"),
            job=pl.when(giant).then(u64((size.jobs // size.gemeenten + 2) * size.gemeenten)).otherwise("job"),
        )
    return rows.with_columns(nth_firm=pl.col("job") // size.gemeenten // 2).with_columns(
        firm=pl.col("nth_firm") * size.gemeenten + pl.col("gem"),
        agency=dice.chance(pl.col("turn"), "uitzendbureau", 150),
        bureau=pl.col("gem") * 5 + dice.below(pl.col("turn"), "welk bureau", 5),
    )


def _job(dice: Dice, whom: pl.Expr, size: Size) -> pl.Expr:
    """Half of the placements fall on any job, the other half mostly on the first: its share falls as a cube root."""
    even = dice.roll(whom, "functie")
    steep = even * even // BITS * even // BITS
    return pl.when(dice.chance(whom, "staart", 500)).then(steep).otherwise(even) * u64(size.jobs) // BITS


def when(rows: pl.LazyFrame, dice: Dice) -> pl.LazyFrame:
    """First and last day as days since DAY_ONE; a next placement begins some months after the one before."""
    later = pl.col("time") * (dice.below(pl.col("candidate"), "daarna", 150) + 60)
    lengths = [13, 27, 29, 41, 55, 59, 83, 89, 90, 90, 91, 91, 119, 119, 150, 180, 181, 182, 183, 210, 365]
    length = pl.lit(pl.Series(lengths, dtype=pl.UInt64)).gather(dice.below(pl.col("each"), "duur", len(lengths)))
    start = (dice.below(pl.col("candidate"), "dag", DAYS) + later) % DAYS
    recent = start > (DAY - DAY_ONE).days - 180
    still = pl.when(recent).then(dice.chance(pl.col("each"), "open", 400))
    return rows.with_columns(start=start, length=length).with_columns(
        end=pl.col("start") + pl.col("length"),
        open=still.otherwise(dice.chance(pl.col("each"), "vergeten", 4)),
    )
