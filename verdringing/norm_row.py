"""One amount of a norm with the days it holds for, and what can be wrong between two of them."""

from __future__ import annotations

import re
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator

from verdringing.errors import shown
from verdringing.rule_file import Texts
from verdringing.words import _
from verdringing.youth import Status

MOST = 1_000_000
"""The highest amount, in euro: with every surcharge on it, it still is a whole number of ten-thousandths."""

_PLAIN = re.compile(r"-?[0-9]+(\.[0-9]+)?")
_WITH_COMMA = re.compile("[0-9]+,[0-9]+")


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

    @field_validator("bedrag", mode="before")
    @classmethod
    def _amounts(cls, given: Any) -> Any:
        """One amount, or one per kind; said here, for pydantic names the types of a union and not the key."""
        if isinstance(given, dict):
            return {name: _amount(value) for name, value in given.items()}
        return _amount(given)

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
        return self

    def amount(self, variant: str | None) -> Decimal:
        """Amount in euro; where a row has several amounts, the one named `variant`."""
        found = self.bedrag[variant or ""] if isinstance(self.bedrag, dict) else self.bedrag
        return Decimal(found)


def _amount(given: object) -> Decimal | int:
    """An amount in euro; ValueError for anything else, and for what no wage or premium can be."""
    if isinstance(given, str) and _PLAIN.fullmatch(given):
        given = Decimal(given)
    elif isinstance(given, str) and _WITH_COMMA.fullmatch(given):
        raise ValueError(_("schrijf het bedrag zonder aanhalingstekens: {bedrag}", bedrag=given))
    if isinstance(given, bool) or not isinstance(given, Decimal | int):
        raise ValueError(_("'{waarde}' is geen bedrag; schrijf een getal, zoals 15,50", waarde=shown(given)))
    if given < 0:
        raise ValueError(_("een bedrag is niet lager dan nul"))
    if given > MOST:
        raise ValueError(_("{waarde} is te groot; hoogstens {grens}", waarde=shown(given), grens=MOST))
    if given != round(given, 4):
        raise ValueError(_("een bedrag heeft hoogstens vier cijfers achter de komma"))
    return given


def between(before: Row, after: Row) -> str | None:
    """What is wrong between two rows that follow each other; None when nothing is."""
    if after.van <= (before.tot or before.van):
        return _("de rij van {dag} overlapt met de rij ervoor", dag=after.van.isoformat())
    if before.tot is not None and after.van > before.tot + timedelta(days=1):
        return _("tussen {a} en {b} is er geen rij", a=before.tot.isoformat(), b=after.van.isoformat())
    return None
