"""What was asked of an audit and what it found: the facts that the report and the exports are made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import polars as pl

from verdringing.aliases import Aliases
from verdringing.judge import Judgement
from verdringing.lists import EmployerList
from verdringing.normalise import Normalised
from verdringing.period import Period
from verdringing.read import Source
from verdringing.rulebook import RuleBook


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked for; `now` is the only clock, and `say` hears which stage begins."""

    files: tuple[Path, ...]
    out: Path
    day: date
    now: datetime
    period: Period | None = None
    policy: Path | None = None
    blacklist: Path | None = None
    reports: Path | None = None
    aliases: Path | None = None
    gemeente: str | None = None
    overwrite: bool = False
    command: str = ""
    say: Callable[[str], None] = lambda _stage: None


@dataclass(frozen=True, slots=True)
class Audited:
    """Everything an audit found, for the report and the exports; `read` counts the rows of every source."""

    order: Order
    book: RuleBook
    lists: dict[str, EmployerList]
    aliases: Aliases
    sources: list[Source]
    read: dict[str, int]
    intake: Normalised
    placements: pl.DataFrame
    judgement: Judgement
    cases: pl.DataFrame
    findings: pl.DataFrame
