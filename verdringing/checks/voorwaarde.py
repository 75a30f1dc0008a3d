"""A condition on one row, written as Polars SQL in the rule.

Why: many safeguards say something about one placement alone, and a policy must be able to say them without Python. An
empty column makes the condition unknown, never true or false by itself. Exclusions and assumptions: those of the rule.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated

import polars as pl
from pydantic import BeforeValidator, Field, ValidationInfo

from verdringing.check import Outcome
from verdringing.check import Params as Common
from verdringing.conditions.condition import Condition, condition, day
from verdringing.conditions.condition_waits import waits

EVIDENCE: dict[str, str] = {}
_LAST = date(9999, 12, 31)


def _condition_or_none(text: object, info: ValidationInfo) -> object:
    """A policy takes a condition of a rule away by leaving it empty."""
    return None if text is None else condition(text, info)


def _day_or_none(text: object, info: ValidationInfo) -> object:
    return None if text is None else day(text, info)


class Params(Common):
    """Two conditions over the columns of a placement, and optionally the day on which the second came true."""

    geldt_voor: Annotated[Condition | None, BeforeValidator(_condition_or_none)] = Field(
        None, description="waarvoor de regel geldt"
    )
    signaal_als: Annotated[Condition, BeforeValidator(condition)] = Field(description="wanneer het een signaal is")
    ontstaan_op: Annotated[Condition | None, BeforeValidator(_day_or_none)] = Field(
        None, description="eerste dag waarop dat zo is"
    )


def _known_day(day: pl.Expr) -> pl.Expr:
    """Every signal has a day on which it arose, also where the policy's own expression is empty for it."""
    return pl.coalesce(day.clip(upper_bound=_LAST), "startdatum")


def check(params: Params) -> Outcome:
    """Flag a placement for which signaal_als holds."""
    given = [one for one in (params.geldt_voor, params.signaal_als) if one is not None]
    applies = pl.lit(value=True) if params.geldt_voor is None else params.geldt_voor.expr
    waiting = waits(given)
    arose = pl.col("startdatum") if params.ontstaan_op is None else _known_day(params.ontstaan_op.expr)
    return Outcome(
        applies=applies,
        flagged=params.signaal_als.expr,
        arose=arose,
        value=params.signaal_als.values(),
        limit=pl.lit(params.signaal_als.text),
        waits=waiting,
        missing=_without_answer(waiting),
    )


def _without_answer(waiting: Mapping[str, pl.Expr]) -> dict[str, pl.Expr]:
    """What lacks beside empty columns: an end that is not there yet; or the outcome, as of a division by nothing."""
    nothing_lacks = ~pl.any_horizontal(pl.lit(value=False), *waiting.values())
    return {name: waiting[name] for name in ("einddatum",) if name in waiting} | {"uitkomst": nothing_lacks}
