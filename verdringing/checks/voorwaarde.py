"""A condition on one row, written as Polars SQL in the rule.

Why: many safeguards say something about one placement alone, and a policy must be able to say them without Python. An
empty column makes the condition unknown, never true or false by itself. Exclusions and assumptions: those of the rule.
"""

from __future__ import annotations

from typing import Annotated

import polars as pl
from pydantic import BeforeValidator, Field

from verdringing.check import Outcome
from verdringing.check import Params as Common
from verdringing.condition import Condition, condition, day

EVIDENCE: dict[str, str] = {}


class Params(Common):
    """Two conditions over the columns of a placement, and optionally the day on which the second came true."""

    geldt_voor: Annotated[Condition | None, BeforeValidator(condition)] = Field(
        None, description="waarvoor de regel geldt"
    )
    signaal_als: Annotated[Condition, BeforeValidator(condition)] = Field(description="wanneer het een signaal is")
    ontstaan_op: Annotated[Condition | None, BeforeValidator(day)] = Field(
        None, description="eerste dag waarop dat zo is"
    )


def check(params: Params) -> Outcome:
    """Flag a placement for which signaal_als holds."""
    applies = pl.lit(value=True) if params.geldt_voor is None else params.geldt_voor.expr
    arose = pl.col("startdatum") if params.ontstaan_op is None else params.ontstaan_op.expr
    return Outcome(
        applies=applies,
        flagged=params.signaal_als.expr,
        arose=arose,
        value=params.signaal_als.values(),
        limit=pl.lit(params.signaal_als.text),
    )
