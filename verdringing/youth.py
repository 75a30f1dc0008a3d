"""What a young person must be paid of the adult amount, by age and from a day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, field_validator

from verdringing.errors import shown
from verdringing.words import _

Status = Literal["bevestigd", "afgeleid", "te_bevestigen"]
"""How sure an amount or a percentage is."""
ADULT = 23
YOUNGEST = 15


def _percentage(given: object) -> object:
    if isinstance(given, bool) or not isinstance(given, Decimal | int) or not 0 <= given <= 100:
        what = _("'{waarde}' is geen percentage; schrijf een getal van 0 tot en met 100", waarde=shown(given))
        raise ValueError(what)
    return given


class Youth(BaseModel):
    """Percentages of the adult amount by age, from a day on."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    van: date
    percentages: dict[str, Annotated[Decimal | int, BeforeValidator(_percentage)]]
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
