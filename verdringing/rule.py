"""What a rule is: its file, what a policy changes in it, and the rule in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal, TypeVar, get_args

import polars as pl
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, field_validator

from verdringing import check
from verdringing.check import Outcome
from verdringing.norms import Norm
from verdringing.record import Column
from verdringing.words import _, language

if TYPE_CHECKING:
    from verdringing.policies.version import Question, Version

Code = Literal["nl", "en"]
Part = Literal["titel", "bevinding", "vraag", "opheffen", "waarom", "uitzonderingen", "aannames"]
PARTS: tuple[Part, ...] = get_args(Part)
Item = TypeVar("Item")
RestsOn = Literal["wet", "beleid", "signaal"]


def _in_languages(given: object) -> object:
    """A plain text counts for both languages."""
    if isinstance(given, str):
        return dict.fromkeys(get_args(Code), given)
    if not isinstance(given, dict):
        raise ValueError(_("'{waarde}' is geen {soort}", waarde=given, soort=_("tekst")))
    if unknown := [code for code in given if code not in get_args(Code)]:
        raise ValueError(_("'{waarde}' kan niet; kies uit: {keuzes}", waarde=unknown[0], keuzes="nl, en"))
    return given


def _complete(given: dict[Code, str]) -> dict[Code, str]:
    """A language that is left out takes the text of the other; without any text there is nothing to say."""
    if not given or not all(text.strip() for text in given.values()):
        raise ValueError(_("mag niet leeg zijn"))
    first = next(iter(given.values()))
    return {code: given.get(code, first) for code in get_args(Code)}


Texts = Annotated[dict[Code, str], BeforeValidator(_in_languages), AfterValidator(_complete)]
"""A text in nl and en."""


def in_language(texts: Mapping[Code, str]) -> str:
    """The text in the language of this run."""
    return texts["en" if language() == "en" else "nl"]


class Ground(BaseModel):
    """What a rule rests on: a source, its article or section, the number of its publication, and a link."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bron: str = Field(min_length=1)
    artikel: str | None = None
    publicatie: str | None = None
    link: str | None = Field(None, pattern=r"^https://")

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.bron, self.artikel, self.publicatie)))


def _named(given: object) -> object:
    return {"bron": given} if isinstance(given, str) else given


def not_empty(given: tuple[Item, ...]) -> tuple[Item, ...]:
    """Refuse a list with nothing in it; pydantic's own limit also counts the entries that have mistakes."""
    if not given:
        raise ValueError(_("mag niet leeg zijn"))
    return given


Grounds = Annotated[tuple[Annotated[Ground, BeforeValidator(_named)], ...], AfterValidator(not_empty)]
"""At least one ground; a plain text names the source."""


class RuleFile(BaseModel):
    """One file in rules/: the check it uses, its parameters, its words in nl and en, and its grounds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    toets: str
    norm: RestsOn
    aan: StrictBool = True
    parameters: dict[str, Any] = {}
    titel: Texts
    bevinding: Texts
    vraag: Texts
    opheffen: Texts
    waarom: Texts
    uitzonderingen: Texts
    aannames: Texts
    grondslag: Grounds


class Change(BaseModel):
    """What a policy changes in one rule; None is what it does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    aan: StrictBool | None = None
    norm: RestsOn | None = None
    parameters: dict[str, Any] = {}
    grondslag: Grounds | None = None
    titel: Texts | None = None
    bevinding: Texts | None = None
    vraag: Texts | None = None
    opheffen: Texts | None = None
    waarom: Texts | None = None
    uitzonderingen: Texts | None = None
    aannames: Texts | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _filled(cls, given: object) -> object:
        return filled(given)


def filled(given: object) -> object:
    """Refuse a key with nothing behind it: nobody can tell what was meant."""
    if given is None:
        raise ValueError(_("hier staat niets"))
    return given


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
