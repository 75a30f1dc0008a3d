"""A condition on one row, written as Polars SQL in the rule.

Why: many safeguards say something about one placement alone, and a policy must be able to say them without Python. An
empty column makes the condition unknown, never true or false by itself. Exclusions and assumptions: those of the rule.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

import polars as pl
from pydantic import BeforeValidator, Field, ValidationInfo

from verdringing.check import Outcome
from verdringing.check import Params as Common
from verdringing.conditions.condition import Condition, condition, day

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
    applies = pl.lit(value=True) if params.geldt_voor is None else params.geldt_voor.expr
    arose = pl.col("startdatum") if params.ontstaan_op is None else _known_day(params.ontstaan_op.expr)
    return Outcome(
        applies=applies,
        flagged=params.signaal_als.expr,
        arose=arose,
        value=params.signaal_als.values(),
        limit=pl.lit(params.signaal_als.text),
        missing=_without_answer([applies, params.signaal_als.expr]),
    )


def _without_answer(exprs: Sequence[pl.Expr]) -> dict[str, pl.Expr]:
    """What lacks beside empty columns: an end that is not there yet; or the outcome, as of a division by nothing."""
    named = dict.fromkeys(name for expr in exprs for name in expr.meta.root_names())
    all_known = pl.all_horizontal(pl.lit(value=True), *(pl.col(name).is_not_null() for name in named))
    open_end = {"einddatum": pl.col("einddatum").is_null()} if "einddatum" in named else {}
    return open_end | {"uitkomst": all_known}
