"""What a check is: its parameters, what it says about every placement, and how checks are found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Annotated, Any, Literal, Protocol, cast

import polars as pl
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from verdringing.record import INSTRUMENTS, Instrument
from verdringing.rule_file import not_empty

Level = Literal["vestiging", "werkgever"]
Count = Annotated[int, Field(strict=True, ge=1, le=1_000_000)]
Days = Annotated[int, Field(strict=True, ge=0, le=36_500)]
Months = Annotated[int, Field(strict=True, ge=1, le=1_200)]

SOME = AfterValidator(not_empty)
"""For a list that holds something."""


class Params(BaseModel):
    """Parameters of a check: unknown keys are refused, limits are inclusive."""

    model_config = ConfigDict(extra="forbid", frozen=True, arbitrary_types_allowed=True)

    instrumenten: tuple[Instrument, ...] = Field(INSTRUMENTS, description="instrumenten waarvoor de regel geldt")


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a check says of every placement, as polars expressions over the prepared placements.

    `applies` and `flagged` are boolean; null is "cannot tell". `arose` is the first day on which the condition
    holds. `value` and `limit` are what was measured against what. `evidence` fills the holes of the rule's sentence.
    `waits` says of columns whether one is empty and the answer waits for it; without it that is each empty column that
    the answer reads. `missing` names what is lacking besides an empty column. `deadline` is the last allowed day of a
    running placement.
    `because` is the row number of the earlier placement that this one builds on.
    """

    flagged: pl.Expr
    arose: pl.Expr
    value: pl.Expr
    limit: pl.Expr
    applies: pl.Expr = field(default_factory=lambda: pl.lit(value=True))
    evidence: Mapping[str, pl.Expr] = field(default_factory=dict)
    missing: Mapping[str, pl.Expr] = field(default_factory=dict)
    waits: Mapping[str, pl.Expr] | None = None
    deadline: pl.Expr | None = None
    because: pl.Expr | None = None


def silent(evidence: Mapping[str, str]) -> Outcome:
    """Outcome of a check that has nothing to go on, such as a list that is not given: nvt for every placement."""
    never, nothing = pl.lit(value=False), pl.lit(None, pl.String)
    return Outcome(
        applies=never,
        flagged=never,
        arose=pl.lit(None, pl.Date),
        value=nothing,
        limit=nothing,
        evidence=dict.fromkeys(evidence, nothing),
    )


class Check(Protocol):
    """A module in checks/: `EVIDENCE` (name → meaning), `Params`, `check`, and `prepare` where it needs history."""

    @property
    def EVIDENCE(self) -> Mapping[str, str]:  # noqa: N802 — the name of a constant in a module
        """What fills the holes of a sentence, and what it means."""

    @property
    def Params(self) -> type[Params]:  # noqa: N802 — the name of a class in a module
        """The parameters of the check."""

    def check(self, params: Any) -> Outcome:
        """What the check says of every placement."""


@cache
def names() -> tuple[str, ...]:
    """Return the names of all checks: the file names in checks/."""
    folder = Path(__file__).parent / "checks"
    return tuple(sorted(path.stem for path in folder.glob("*.py") if path.stem != "__init__"))


@cache
def find(name: str) -> Check:
    """Return the check with this name; `name` is one of `names()`."""
    return cast(Check, import_module(f"verdringing.checks.{name}"))


def needed(check: Check, params: Params) -> tuple[str, ...]:
    """Holes without which the sentence of a rule says the wrong thing, with these parameters; most checks need none."""
    names = getattr(check, "needed", None)
    return () if names is None else cast(tuple[str, ...], names(params))


def prepare(check: Check, placements: pl.LazyFrame, params: Params) -> pl.LazyFrame:
    """Add the columns a check needs; a check without history needs none."""
    added = getattr(check, "prepare", None)
    return placements if added is None else cast(pl.LazyFrame, added(placements, params))
