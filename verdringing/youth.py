"""What a young person must be paid of the adult amount, by age and from a day on."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from verdringing.words import _

Status = Literal["bevestigd", "afgeleid", "te_bevestigen"]
"""How sure an amount or a percentage is."""
ADULT = 23
YOUNGEST = 15


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
