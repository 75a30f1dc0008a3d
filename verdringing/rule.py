"""What a rule is: its file, what a policy changes in it, and the rule in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StrictBool

from verdringing import check
from verdringing.norms import Norm
from verdringing.words import language

Texts = dict[Literal["nl", "en"], str]


class Ground(BaseModel):
    """What a rule rests on: a source, its article or section, and a link."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bron: str = Field(min_length=1)
    artikel: str | None = None
    link: str | None = Field(None, pattern=r"^https://")

    def __str__(self) -> str:
        return f"{self.bron}, {self.artikel}" if self.artikel else self.bron


class RuleFile(BaseModel):
    """One file in rules/: the check it uses, its parameters, its words in nl and en, and its grounds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    toets: str
    norm: Literal["wet", "beleid", "signaal"]
    aan: StrictBool = True
    parameters: dict[str, Any] = {}
    titel: Texts
    bevinding: Texts
    vraag: Texts
    opheffen: Texts
    waarom: Texts
    uitzonderingen: Texts
    aannames: Texts
    grondslag: tuple[Ground, ...] = Field(min_length=1)


class Change(BaseModel):
    """What a policy changes in one rule."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    aan: StrictBool | None = None
    parameters: dict[str, Any] = {}
    grondslag: tuple[Ground | str, ...] | None = None


class Policy(BaseModel):
    """A policy file: the municipality, what it builds on, and the rules it changes."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    gemeente: str | None = None
    basis: Literal["standaard"] = "standaard"
    regels: dict[str, Change] = {}


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule in force: its file, its validated parameters, and where each effective value comes from."""

    name: str
    file: RuleFile
    params: check.Params
    origins: Mapping[str, str] = field(default_factory=dict)
    on: bool = True

    @property
    def check(self) -> check.Check:
        """The module that tests this rule."""
        return check.find(self.file.toets)

    def say(
        self, what: Literal["titel", "bevinding", "vraag", "opheffen", "waarom", "uitzonderingen", "aannames"]
    ) -> str:
        """One of the rule's texts, in the language of this run."""
        texts: Texts = getattr(self.file, what)
        return texts["en" if language() == "en" else "nl"]


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules by name, norms by name, spellings of instruments and job titles, and the files they came from."""

    rules: tuple[Rule, ...]
    norms: Mapping[str, Norm]
    instruments: Mapping[str, str]
    job_groups: Mapping[str, str]
    gemeente: str | None
    files: tuple[Path, ...]
