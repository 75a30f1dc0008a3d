"""A rule in force, and all of them together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from verdringing import check
from verdringing.check import Outcome
from verdringing.norms import Norm
from verdringing.record import Column
from verdringing.rule_file import Code, Part, RuleFile, in_language

if TYPE_CHECKING:
    from verdringing.policies.version import Question, Version


@dataclass(frozen=True)
class Rule:
    """A rule in force: its file, its validated parameters, and where each effective value comes from.

    `origins` has the place of every parameter, `sources` that of aan, norm, grondslag and every text. Where policies
    hold for some municipalities or days only, one name can have several rules, numbered by `variant`, with scopes
    that do not overlap; `label` names the policies.

    Expressions over placements (gemeente_sleutel, startdatum, einde): `scope` is which ones it judges (None: all),
    `unjudged` those of which nobody can tell because no policy is in force, `changed_on` the first day on which
    another version changed this rule while the placement ran (null: none).
    """

    name: str
    file: RuleFile
    params: check.Params
    origins: Mapping[str, str] = field(default_factory=dict)
    on: bool = True
    sources: Mapping[str, str] = field(default_factory=dict)
    scope: pl.Expr | None = field(default=None, compare=False)
    unjudged: pl.Expr | None = field(default=None, compare=False)
    changed_on: pl.Expr | None = field(default=None, compare=False)
    variant: int = 0
    label: str = ""
    own: tuple[str, ...] = ()
    """Names of the columns of its policy's own that it may read."""

    @property
    def key(self) -> str:
        """Its name, with the number of the variant behind it from the second on."""
        return f"{self.name}/{self.variant}" if self.variant else self.name

    @property
    def check(self) -> check.Check:
        """The module that tests this rule."""
        return check.find(self.file.toets)

    @cached_property
    def outcome(self) -> Outcome:
        """What its check says of every placement."""
        return self.check.check(self.params)

    def say(self, what: Part) -> str:
        """One of the rule's texts, in the language of this run."""
        texts: Mapping[Code, str] = getattr(self.file, what)
        return in_language(texts)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules in order of name, norms by name, spellings of instruments and job titles, and the files they came from.

    `gemeente` is the municipality of every policy, where that is one; `own_columns` are those of all policies,
    `questions` their open norms, `policies` the versions that were given.
    """

    rules: tuple[Rule, ...]
    norms: Mapping[str, Norm]
    instruments: Mapping[str, str]
    job_groups: Mapping[str, str]
    gemeente: str | None
    files: tuple[Path, ...]
    own_columns: tuple[Column, ...] = ()
    questions: tuple[Question, ...] = ()
    policies: tuple[Version, ...] = ()
    second_person: bool = False
    """Whether a policy asks for two people to decide on a signal."""

    def by_name(self) -> dict[str, list[Rule]]:
        """Rules by name; more than one where policies differ."""
        found: dict[str, list[Rule]] = {}
        for rule in self.rules:
            found.setdefault(rule.name, []).append(rule)
        return found

    def by_key(self) -> dict[str, Rule]:
        """Every rule by its key, as `judge.rule_key` writes it for a finding."""
        return {rule.key: rule for rule in self.rules}
