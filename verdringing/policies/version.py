"""A policy as it was given: for whom and when it holds, what it calls itself, and what it asks a person."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from verdringing import figures
from verdringing.rule_file import Code, Ground, in_language
from verdringing.words import _


@dataclass(frozen=True, slots=True)
class Version:
    """One policy file as it was given: for which municipalities (none: every one) and days (inclusive) it holds."""

    file: Path
    gemeenten: tuple[str, ...] = ()
    van: date | None = None
    tot: date | None = None
    vastgesteld_op: date | None = None
    naam: str | None = None
    publicatie: str | None = None
    link: str | None = None
    toelichting: Mapping[Code, str] | None = None
    keys: frozenset[str] = frozenset()
    """The municipalities as `names.plain` writes them, to compare with gemeente_sleutel."""

    @property
    def title(self) -> str:
        """Its name; the name of the file where it has none."""
        return self.naam or self.file.name

    @property
    def retroactive(self) -> bool:
        """Whether it was adopted after the day from which it holds."""
        return bool(self.vastgesteld_op and (self.van is None or self.vastgesteld_op > self.van))

    def where(self) -> str:
        """For which municipalities it holds, in words."""
        return ", ".join(self.gemeenten) or _("elke gemeente")

    def when(self) -> str:
        """On which days it holds, in words."""
        return in_days(self.van, self.tot)

    @property
    def label(self) -> str:
        """Title, municipalities and days in one line."""
        return f"{self.title} ({self.where()}, {self.when()})"


def in_days(first: date | None, last: date | None) -> str:
    """A run of days, both inclusive, in words; None is open."""
    if first and last:
        return _("van {a} tot en met {b}", a=figures.day(first), b=figures.day(last))
    if first:
        return _("vanaf {a}", a=figures.day(first))
    return _("tot en met {b}", b=figures.day(last)) if last else _("op elke dag")


@dataclass(frozen=True, slots=True)
class Question:
    """A norm of a policy that cannot be computed: a question for a person, and the versions that ask it."""

    vraag: Mapping[Code, str]
    grondslag: tuple[Ground, ...]
    instrumenten: tuple[str, ...]
    versions: tuple[Version, ...] = ()

    def say(self) -> str:
        """The question, in the language of this run."""
        return in_language(self.vraag)
