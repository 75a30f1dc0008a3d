"""What came of a sample: how many verdicts were right, and how many of all can be wrong at most."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from math import ceil

import polars as pl

from verdringing import figures
from verdringing.deciding import outcomes, sample
from verdringing.deciding.outcomes import in_words
from verdringing.words import _, plural


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of verdict (`kind`, a key of sample.KINDS) in one draw.

    How many there were, how many were drawn, and how many came back as klopt, klopt niet and niet te zeggen.
    """

    kind: str
    population: int
    drawn: int
    right: int = 0
    wrong: int = 0
    unsure: int = 0

    @property
    def returned(self) -> int:
        """Number of verdicts of which the outcome is known."""
        return self.right + self.wrong + self.unsure

    @property
    def bound(self) -> float | None:
        """The share (0 to 1) of all verdicts of this kind that is wrong at most; None until every outcome is known.

        niet te zeggen counts as wrong. Where all were drawn, it is no estimate.
        """
        if not self.drawn or self.returned < self.drawn:
            return None
        wrong = self.wrong + self.unsure
        return wrong / self.drawn if self.drawn == self.population else sample.most_wrong(self.drawn, wrong)

    @property
    def percentage(self) -> str:
        """The bound in percent, rounded up to a tenth: never less than was proved. Empty where there is none."""
        return "" if self.bound is None else figures.decimal(ceil(self.bound * 1000 - 1e-9) / 10)

    @property
    def name(self) -> str:
        """The kind of verdict as a person says it."""
        return in_words(self.kind)

    def sentences(self) -> list[str]:
        """What is known, in words."""
        if not self.drawn:
            return [_("Er is geen oordeel '{oordeel}' gekozen.", oordeel=self.name)]
        if self.bound is None:
            back = {"x": figures.count(self.returned), "y": figures.count(self.drawn)}
            return [_("Over '{oordeel}' is nog niets te zeggen: {x} van {y} terug.", oordeel=self.name, **back)]
        return [self._counted(), *self._unsure(), self._bounded()]

    def _counted(self) -> str:
        if self.drawn == 1:
            one = _("Er is één oordeel '{oordeel}' nagekeken, en dat klopte.", oordeel=self.name)
            other = _("Er is één oordeel '{oordeel}' nagekeken, en dat klopte niet.", oordeel=self.name)
            return one if self.right else other
        return plural(
            self.right,
            "Van de {m} nagekeken oordelen '{oordeel}' klopte er {n}.",
            "Van de {m} nagekeken oordelen '{oordeel}' klopten er {n}.",
            m=figures.count(self.drawn),
            oordeel=self.name,
        )

    def _unsure(self) -> Iterator[str]:
        if self.unsure:
            yield plural(
                self.unsure,
                "Bij {n} was het niet te zeggen; dat telt hier als niet goed.",
                "Bij {n} was het niet te zeggen; die tellen hier als niet goed.",
            )

    def _bounded(self) -> str:
        if self.drawn == self.population:
            return _("Dat zijn ze allemaal: hoogstens {pct} % klopt niet.", pct=self.percentage)
        return _("Met 95 % zekerheid klopt hoogstens {pct} % niet.", pct=self.percentage)


@dataclass(frozen=True, slots=True)
class Draw:
    """One draw: the report's day it was made for, its seed, SHA-256 of what it was drawn from, and its kinds.

    `here` says whether the verdicts of this report are the same ones.
    """

    day: date
    seed: str
    population: str
    here: bool
    kinds: tuple[Kind, ...]

    def title(self) -> str:
        """What tells this draw from another."""
        day = figures.day_in_words(self.day)
        return _("Steekproef, peildatum {dag}, zaad {zaad}", dag=day, zaad=self.seed)

    def sentences(self) -> list[str]:
        """From what it was drawn, and what is known of each kind."""
        facts = {"dag": figures.day_in_words(self.day), "zaad": self.seed, "hash": self.population[:12]}
        if self.here:
            first = _("Gekozen uit de oordelen van dit rapport (zaad {zaad}, controlegetal {hash}).", **facts)
        else:
            first = _(
                "Gekozen uit de oordelen van een ander rapport (peildatum {dag}, zaad {zaad}, controlegetal {hash}). "
                "De uitkomst geldt voor die oordelen en niet voor die van dit rapport.",
                **facts,
            )
        return [first, *(said for kind in self.kinds for said in kind.sentences())]


def draws(told: pl.DataFrame, population: str) -> tuple[Draw, ...]:
    """Every draw with what came of it: those from the verdicts of this report (`population`) first, then the newest.

    `told` holds rows of outcomes.SCHEMA, one for each verdict; one without uitkomst is a draw of which none came back.
    """
    found = []
    for (drawn_from, seed, size), rows in told.group_by(outcomes.DRAW, maintain_order=True):
        said = Counter(rows.drop_nulls("uitkomst").select("oordeel", "uitkomst").rows())
        sizes = re.findall(r"(\w+) (\d+) van (\d+)", str(size))
        kinds = tuple(
            Kind(kind, int(of), int(some), *(said[kind, outcome] for outcome in outcomes.OUTCOMES))
            for kind, some, of in sizes
        )
        day = max(rows["peildatum"].to_list())
        found.append(Draw(day, str(seed), str(drawn_from), drawn_from == population, kinds))
    return tuple(sorted(found, key=lambda draw: (not draw.here, -draw.day.toordinal(), draw.seed)))
