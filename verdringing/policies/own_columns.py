"""Columns that a policy declares for its own conditions and norms: their kinds, and the names that they cannot have."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator

from verdringing.complaints import complaints
from verdringing.errors import Mistake
from verdringing.privacy.sensitive import recognise
from verdringing.reading import headers
from verdringing.record import BY_NAME, DERIVED, ORIGIN, Column, Kind
from verdringing.strict_yaml import Document, Route
from verdringing.words import _

KINDS: dict[str, Kind] = {
    "tekst": "text",
    "datum": "date",
    "getal": "decimal",
    "euro": "euro",
    "heel getal": "whole",
    "ja/nee": "yes_no",
}
"""What a policy can call a column of its own."""
ENGLISH: dict[str, Kind] = {"text": "text", "date": "date", "decimal": "decimal", "whole number": "whole"}

CALCULATED = frozenset(
    (
        "nr", "einde", "in_bereik", "gemeente_sleutel", "werkgever_naam", "inlener_naam", "werkgever_nummer",
        "inlener_nummer", "kandidaat_nr", "werkplek_nr", "vestiging_nr", "plek_nr", "plek_vestiging_nr", "aliassen",
        "id_gemaakt",
        "aangenomen", "aantal", "begin", "eerder", "eerder_einde", "eerder_instrument", "eerste_jaar", "geplaatst",
        "inzet", "kandidaten", "maximum", "onbekend", "plaats", "sinds", "som", "uren", "uren_onbekend", "voorganger",
        "vorig_instrument",
        "regel", "norm", "zaak", "waarde", "grens", "toelichting", "ontstaan_op", "beoordeling",
    )
)  # fmt: skip
"""Columns that the rooms after this one add to a placement or say of a finding; a column cannot mean two things."""
_NAME = re.compile("[a-z][a-z0-9]*(?:_[a-z0-9]+)*")
_LONGEST = 60
_AS_STOOD = "_stond"


class OwnColumn(BaseModel):
    """A column of a policy's own as written: what kind of value it holds, and what it means (Dutch)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    type: str
    betekenis: str = Field(min_length=1, pattern=r"\S")

    @field_validator("type")
    @classmethod
    def _known(cls, given: str) -> str:
        if given not in KINDS | ENGLISH:
            raise ValueError(_("'{waarde}' kan niet; kies uit: {keuzes}", waarde=given, keuzes=", ".join(KINDS)))
        return given

    def column(self, name: str) -> Column:
        """The column, in the form of those of the record."""
        return Column(name, (KINDS | ENGLISH)[self.type], self.betekenis)


def own_columns(given: Mapping[str, Any], document: Document, route: Route, mistakes: list[Mistake]) -> list[Column]:
    """The columns that stand at `route` of a policy file: name → type and betekenis; `mistakes` gets what is wrong."""
    found = []
    for name, written in given.items():
        wrong = [*_refused(name, document.where((*route, name)))]
        try:
            column = OwnColumn.model_validate(written).column(name)
        except ValidationError as error:
            wrong += complaints(error, document, (*route, name), OwnColumn.model_fields)
        mistakes += wrong
        if not wrong:
            found.append(column)
    return found


def _refused(name: str, where: str) -> Iterator[Mistake]:
    """Nothing for a name that a column of a policy's own can have."""
    if not _NAME.fullmatch(name) or len(name) > _LONGEST:
        hint = _("Schrijf kleine letters, cijfers en _, zoals or_instemming.")
        yield Mistake(where, _("'{naam}' is geen naam voor een kolom", naam=name), hint)
    elif name in BY_NAME:
        yield Mistake(where, _("'{naam}' is al een kolom van een plaatsing", naam=name), _("Verwijder deze kolom."))
    elif (same := headers.column(name)) in BY_NAME:
        what = _("'{naam}' is een andere schrijfwijze van de kolom '{kolom}'", naam=name, kolom=same)
        yield Mistake(where, what, _("Gebruik die kolom, of kies een andere naam."))
    elif name in {*DERIVED, *ORIGIN, *CALCULATED} or name.endswith(_AS_STOOD):
        what = _("'{naam}' is de naam van een kolom die het programma zelf maakt", naam=name)
        yield Mistake(where, what, _("Kies een andere naam."))
    elif private := recognise(name, pl.Series([], dtype=pl.String)):
        yield Mistake(where, _("'{naam}' kan geen eigen kolom zijn", naam=name), private.words())
