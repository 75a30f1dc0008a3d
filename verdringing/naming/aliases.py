"""What a person decided about names that look alike: aliassen.yaml, in which two names are one or stay apart.

How keys change. Each name of a group takes the first name of that group (names in normalised form, rules.md 1.3) and
then 1.3 holds for the merged name: rows without a KvK number take the number that the merged name has, if that is
exactly one. With several numbers under one alias the person knew better than the register only where the register says
nothing: rows without a number go by the merged name, rows with a number keep it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeAlias

import polars as pl

from verdringing.names import firm

if TYPE_CHECKING:
    from verdringing.naming.alias_file import Decision

Kind: TypeAlias = Literal["werkgevers", "functies"]
KINDS: tuple[Kind, ...] = ("werkgevers", "functies")


@dataclass(frozen=True, slots=True)
class Merged:
    """What was decided on one kind of name: name → key name, pairs of key names kept apart, decisions by key name."""

    names: Mapping[str, str] = field(default_factory=dict)
    rejected: frozenset[tuple[str, str]] = frozenset()
    decisions: Mapping[str, Sequence[Decision]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Aliases:
    """All decisions of one file; without a file nothing is merged and nothing is kept off the list of candidates."""

    werkgevers: Merged = Merged()
    functies: Merged = Merged()
    source: Path | None = None

    @property
    def firms(self) -> Mapping[str, str]:
        """Normalised name → the name it goes by, for every name of a merged group, that name itself included."""
        return self.werkgevers.names

    @property
    def jobs(self) -> Mapping[str, str]:
        """Functie_sleutel (after synonym groups) → the one it goes by; see `job_groups`."""
        return self.functies.names

    @property
    def rejected_firms(self) -> frozenset[tuple[str, str]]:
        """Pairs of key names that are no candidates any more, each pair in alphabetical order."""
        return self.werkgevers.rejected

    @property
    def rejected_jobs(self) -> frozenset[tuple[str, str]]:
        """Pairs of functie_sleutels that are no candidates any more, each pair in alphabetical order."""
        return self.functies.rejected

    def firm(self, text: pl.Expr) -> pl.Expr:
        """Name that a firm goes by: names.firm and then its group; takes the place of names.firm in names.add_keys."""
        return firm(text).replace(self.firms) if self.firms else firm(text)

    def job_groups(self, groups: Mapping[str, str]) -> dict[str, str]:
        """Synonym groups with the merged jobs in them: title → functie_sleutel, as names.add_keys takes it."""
        return {**self.jobs, **{title: self.jobs.get(name, name) for title, name in groups.items()}}


def add_touched(placements: pl.LazyFrame, aliases: Aliases) -> pl.LazyFrame:
    """Add aliassen (text): the decisions that touch a placement's werkgever, inlener or functie; null where none does.

    Takes placements from names.add_keys, with the key names in werkgever_naam, inlener_naam and functie_sleutel.
    """
    columns = {"werkgever_naam": aliases.werkgevers, "inlener_naam": aliases.werkgevers}
    columns["functie_sleutel"] = aliases.functies
    said = [_said(column, merged) for column, merged in columns.items() if merged.names]
    if not said:
        return placements.with_columns(aliassen=pl.lit(None, pl.String))
    text = pl.concat_str(said, separator="; ", ignore_nulls=True)
    return placements.with_columns(aliassen=pl.when(text != "").then(text))


def _said(column: str, merged: Merged) -> pl.Expr:
    sentences = {name: "; ".join(map(str, decisions)) for name, decisions in merged.decisions.items()}
    return pl.col(column).replace_strict(sentences, default=None, return_dtype=pl.String)
