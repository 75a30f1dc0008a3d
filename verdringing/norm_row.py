"""One amount of a norm with the days it holds for, and what can be wrong between two of them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from verdringing.rule_file import Texts
from verdringing.words import _
from verdringing.youth import Status


class Row(BaseModel):
    """One amount (euro) and the days it holds for, both inclusive; `tot` empty is until the next row or for ever.

    `voor` says for whom in a table with a key: column → value as written.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    voor: dict[str, str] = {}
    van: date
    tot: date | None = None
    bedrag: Decimal | int | dict[str, Decimal | int]
    bron: str = Field(min_length=1)
    link: str | None = None
    status: Status
    opmerking: Texts | None = None

    @field_validator("opmerking", mode="before")
    @classmethod
    def _nothing_to_say(cls, given: Any) -> Any:
        return None if given == "" else given

    @field_validator("voor", mode="before")
    @classmethod
    def _codes_are_text(cls, given: Any) -> Any:
        if not isinstance(given, dict):
            return given
        return {name: str(value) if type(value) is int else value for name, value in given.items()}

    @model_validator(mode="after")
    def _sensible(self) -> Row:
        if self.tot is not None and self.tot < self.van:
            raise ValueError(_("'tot' ligt voor 'van'"))
        amounts = self.bedrag.values() if isinstance(self.bedrag, dict) else [self.bedrag]
        if any(amount < 0 for amount in amounts):
            raise ValueError(_("een bedrag is niet lager dan nul"))
        if any(amount != round(amount, 4) for amount in amounts):
            raise ValueError(_("een bedrag heeft hoogstens vier cijfers achter de komma"))
        return self

    def amount(self, variant: str | None) -> Decimal:
        """Amount in euro; where a row has several amounts, the one named `variant`."""
        found = self.bedrag[variant or ""] if isinstance(self.bedrag, dict) else self.bedrag
        return Decimal(found)


def between(before: Row, after: Row) -> str | None:
    """What is wrong between two rows that follow each other; None when nothing is."""
    if after.van <= (before.tot or before.van):
        return _("de rij van {dag} overlapt met de rij ervoor", dag=after.van.isoformat())
    if before.tot is not None and after.van > before.tot + timedelta(days=1):
        return _("tussen {a} en {b} is er geen rij", a=before.tot.isoformat(), b=after.van.isoformat())
    return None
