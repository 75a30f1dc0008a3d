"""Dated amounts: which amount a norm asks on a day, and where that amount comes from."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator, model_validator

from verdringing.words import _

Status = Literal["bevestigd", "afgeleid", "te_bevestigen"]
ADULT = 23
YOUNGEST = 15
BEGINNING = date.min


class Row(BaseModel):
    """One amount (euro) and the days it holds for, both inclusive; `tot` empty is until the next row or for ever."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    van: date
    tot: date | None = None
    bedrag: Decimal | int | dict[str, Decimal | int]
    bron: str = Field(min_length=1)
    link: str | None = None
    status: Status
    opmerking: str | None = None

    @model_validator(mode="after")
    def _sensible(self) -> Row:
        if self.tot is not None and self.tot < self.van:
            raise ValueError(_("'tot' ligt voor 'van'"))
        amounts = self.bedrag.values() if isinstance(self.bedrag, dict) else [self.bedrag]
        if any(amount < 0 for amount in amounts):
            raise ValueError(_("een bedrag is niet lager dan nul"))
        return self

    def amount(self, variant: str | None) -> Decimal:
        """Amount in euro; where a row has several amounts, the one named `variant`."""
        found = self.bedrag[variant or ""] if isinstance(self.bedrag, dict) else self.bedrag
        return Decimal(found)


class Youth(BaseModel):
    """Percentages of the adult amount by age, from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    van: date
    percentages: dict[str, Decimal | int]
    bron: str = Field(min_length=1)
    status: Status

    @field_validator("percentages")
    @classmethod
    def _ages(cls, given: dict[str, Decimal | int]) -> dict[str, Decimal | int]:
        known = [f"leeftijd_{age}" for age in range(YOUNGEST, ADULT)]
        if unknown := [name for name in given if name not in known]:
            raise ValueError(
                _("'{naam}' is geen leeftijd; schrijf leeftijd_15 tot en met leeftijd_22", naam=unknown[0])
            )
        return given

    def percentage(self, age: int) -> Decimal:
        """Percentage of the adult amount at this age; ages below the youngest row count as the youngest."""
        found = self.percentages.get(f"leeftijd_{max(age, YOUNGEST)}", 100)
        return Decimal(found)


class Norm(BaseModel):
    """A dated table of amounts. Rows do not overlap; a day without a row has no norm, and none is ever guessed."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    titel: dict[Literal["nl", "en"], str]
    eenheid: Literal["euro per uur", "euro per jaar"]
    rijen: tuple[Row, ...] = Field(min_length=1)
    jeugd: tuple[Youth, ...] = ()

    @model_validator(mode="after")
    def _in_order(self) -> Norm:
        if [row.van for row in self.jeugd] != sorted(row.van for row in self.jeugd):
            raise ValueError(_("de percentages voor jongeren staan niet op volgorde van datum"))
        kinds = {tuple(row.bedrag) for row in self.rijen if isinstance(row.bedrag, dict)}
        if len(kinds) > 1:
            raise ValueError(_("de rijen hebben niet dezelfde soorten bedragen"))
        for before, after in zip(self.rijen, self.rijen[1:], strict=False):
            if after.van <= (before.tot or before.van):
                raise ValueError(_("de rij van {dag} overlapt met de rij ervoor", dag=after.van.isoformat()))
            if before.tot is not None and after.van > before.tot + timedelta(days=1):
                raise ValueError(
                    _("tussen {a} en {b} is er geen rij", a=before.tot.isoformat(), b=after.van.isoformat())
                )
        return self

    def variants(self) -> tuple[str, ...]:
        """Names of the amounts that rows with several amounts give."""
        return next((tuple(row.bedrag) for row in self.rijen if isinstance(row.bedrag, dict)), ())

    def on(self, day: date) -> Row | None:
        """Row in force on a day, or None."""
        place = bisect_right(self.rijen, day, key=lambda row: row.van) - 1
        row = self.rijen[place] if place >= 0 else None
        return None if row is None or (row.tot is not None and day > row.tot) else row

    def youth_on(self, day: date) -> Youth | None:
        """Youth percentages in force on a day, or None."""
        place = bisect_right(self.jeugd, day, key=lambda row: row.van) - 1
        return self.jeugd[place] if place >= 0 else None

    def changes(self) -> set[date]:
        """Days on which the amount, the youth percentages or their absence begins."""
        ends = {row.tot + timedelta(days=1) for row in self.rijen if row.tot is not None and row.tot < date.max}
        return {row.van for row in self.rijen} | {row.van for row in self.jeugd} | ends

    def first_year(self) -> int:
        """Calendar year of the first row."""
        return self.rijen[0].van.year

    def last_year(self) -> int:
        """Calendar year of the last day that any row names."""
        last = self.rijen[-1]
        return (last.tot or last.van).year


def named(value: object, info: ValidationInfo) -> object:
    """Look a norm up by its name in the norms that the rule book holds."""
    known = (info.context or {}).get("norms", {})
    if isinstance(value, str) and value in known:
        return known[value]
    if isinstance(value, str):
        raise ValueError(_("onbekende norm '{naam}'; bekend: {namen}", naam=value, namen=", ".join(known)))
    return value


@dataclass(frozen=True, slots=True)
class Stretch:
    """A run of days with one amount: first day, adult amount (euro, None without norm), its row, and the surcharge."""

    first: date
    amount: Decimal | None
    row: Row | None
    youth: Youth | None
    surcharge: Decimal


def cents(amount: Decimal) -> int:
    """Euro to whole cents, rounded half up."""
    return int((amount * 100 + Decimal("0.5")) // 1)
