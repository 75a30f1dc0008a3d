"""What was asked of an audit and what it found: the facts that the report and the exports are made of."""

from __future__ import annotations

from dataclasses import dataclass, field, fields
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from verdringing.doubts import doubts
from verdringing.judge import Judgement
from verdringing.naming.aliases import Aliases
from verdringing.naming.lists import EmployerList
from verdringing.normalise import Normalised
from verdringing.period import Period
from verdringing.privacy.pseudonyms import Key, key_from
from verdringing.progress import Say, silent
from verdringing.read import Source
from verdringing.rule import RuleBook
from verdringing.sums import Sums, sums_of

if TYPE_CHECKING:
    from verdringing.deciding.decided import Decisions
    from verdringing.deciding.sampled import Sampled


@dataclass(frozen=True, slots=True)
class Order:
    """What a user asked for; `now` is the only clock, and `say` hears which stage begins.

    `most_rejected` is the share of rows (percent, inclusive) that may be rejected; with more there is no report.
    `decisions` is a list that came back; `without_decisions` leaves all decisions out of the report, and keeps them.
    `sample` verdicts without a signal are drawn for a person to check; one `seed` gives one sample.
    `aside` is where a list of rejected rows goes beside, where `out` does not stay.
    `previous` is the folder of an earlier report to compare with.
    """

    files: tuple[Path, ...]
    out: Path
    day: date
    now: datetime
    period: Period | None = None
    policies: tuple[Path, ...] = ()
    blacklist: Path | None = None
    reports: Path | None = None
    aliases: Path | None = None
    columns: Path | None = None
    house_style: Path | None = None
    gemeente: str | None = None
    previous: Path | None = None
    decisions: Path | None = None
    without_decisions: bool = False
    worklist: bool = True
    sample: int = 0
    seed: int = 1
    overwrite: bool = False
    aside: Path | None = None
    most_rejected: float = 10
    command: str = ""
    key: Key = field(default_factory=lambda: key_from({}, None))
    say: Say = silent


@dataclass(frozen=True, slots=True)
class TakenIn:
    """What was read, before any rule is held against it; `read` counts the rows of every source."""

    order: Order
    book: RuleBook
    lists: dict[str, EmployerList]
    aliases: Aliases
    pseudonymised: bool
    sources: list[Source]
    read: dict[str, int]
    intake: Normalised
    placements: pl.DataFrame

    def seen(self) -> pl.DataFrame:
        """Values that were emptied, and values that contradict each other (PROBLEMS)."""
        return pl.concat([self.intake.warnings, doubts(self.placements)])

    def audited(
        self,
        judgement: Judgement,
        found: pl.DataFrame,
        findings: pl.DataFrame,
        decisions: Decisions | None = None,
        sampled: Sampled | None = None,
    ) -> Audited:
        """The same, with what the rules say of it, what people decided on that, and what they found of a sample."""
        taken = {one.name: getattr(self, one.name) for one in fields(self)}
        return Audited(
            **taken, judgement=judgement, cases=found, findings=findings, decisions=decisions, sampled=sampled
        )


@dataclass(frozen=True)
class Audited(TakenIn):
    """Everything an audit found, for the report and the exports.

    `findings` are as `cases.by_case` gives them, with what was decided on them (`decided.ON_FINDING`).
    """

    judgement: Judgement
    cases: pl.DataFrame
    findings: pl.DataFrame
    decisions: Decisions | None = None
    sampled: Sampled | None = None

    @cached_property
    def sums(self) -> Sums:
        """What is counted of it."""
        return sums_of(self)

    @cached_property
    def warnings(self) -> pl.DataFrame:
        """What was seen in the rows (PROBLEMS), worked out once; of an audit in parts the first that the page lists."""
        return self.seen()

    @cached_property
    def doubted(self) -> pl.DataFrame:
        """The warnings about placements that are here; of an audit in parts these are the placements of its page."""
        return self.warnings

    @cached_property
    def warned(self) -> int:
        """How many warnings there are."""
        return self.warnings.height
