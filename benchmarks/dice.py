"""Numbers that look random, as whole-number arithmetic on columns: equal on every machine and in every piece."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

import polars as pl

BITS = 1 << 32


def u64(number: int) -> pl.Expr:
    return pl.lit(number % (1 << 64), dtype=pl.UInt64)


class Dice:
    """Numbers that look random and depend on the seed, what is drawn and for whom (splitmix64)."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def roll(self, whom: pl.Expr, what: str) -> pl.Expr:
        """32 random bits, in a UInt64."""
        salt = crc32(f"{self.seed} {what}".encode()) * 0x9E3779B97F4A7C15
        mixed = (whom + u64(1)) * u64(0x9E3779B97F4A7C15) + u64(salt)
        for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
            mixed = (mixed ^ (mixed // (1 << shift))) * u64(factor)
        return (mixed ^ (mixed // (1 << 31))) // BITS

    def below(self, whom: pl.Expr, what: str, most: int | pl.Expr) -> pl.Expr:
        """A number from 0 up to but not including `most`."""
        return self.roll(whom, what) * (u64(most) if isinstance(most, int) else most) // BITS

    def chance(self, whom: pl.Expr, what: str, permille: int) -> pl.Expr:
        """True in so many of a thousand."""
        return self.below(whom, what, 1_000) < permille

    def pick(self, whom: pl.Expr, what: str, choices: Sequence[str | None] | Mapping[str | None, int]) -> pl.Expr:
        """One of the choices; a mapping says how often each occurs."""
        if isinstance(choices, Mapping):
            choices = [choice for choice, weight in choices.items() for _ in range(weight)]
        return of(choices, self.below(whom, what, len(choices)))


def of(choices: Sequence[str | None], place: pl.Expr) -> pl.Expr:
    return pl.lit(pl.Series(choices, dtype=pl.String)).gather(place)
