"""A column of an unknown file, and what its values look like."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

import polars as pl

from verdringing.names import plain
from verdringing.placeholders import says_nothing

MOST_VALUES = 5_000
_DATE = r"^(?:\d{1,2}[-/.]\d{1,2}[-/.]\d{4}|\d{4}[-/.]\d{1,2}[-/.]\d{1,2}|(?:19|20)\d{6})(?:[ T][\d:.]+)?$"
_AMOUNT = r"(?i)^(?:€|eur)?\s*\d{1,3}(?:[.,]?\d{3})*(?:[.,]\d+)?\s*%?$"
_FORMS: Mapping[str, str] = {
    "date": _DATE,
    "number": _AMOUNT,
    "whole": r"^\d{1,3}(?:\.?\d{3})*$",
    "year": r"^(?:19|20)\d\d$",
    "kvk": r"^\d{7,8}$",
    "vestiging": r"^\d{9,12}$",
    "code": r"^[\p{L}\d._/-]*\d[\p{L}\d._/-]*$",
    "yes_no": r"(?i)^(?:ja|nee|j|n|y|yes|no|true|false|waar|onwaar|1|0)$",
}


@dataclass(frozen=True)
class Seen:
    """A column of an unknown file: its place, header, and (at most MOST_VALUES) filled values."""

    place: int
    header: str
    values: pl.Series
    instruments: Mapping[str, str]

    @cached_property
    def shares(self) -> dict[str, float]:
        """Share of the filled values that have a form, by form; empty when the column is."""
        if self.values.is_empty():
            return {}
        value = pl.col("value")
        forms = {form: value.str.contains(pattern).mean() for form, pattern in _FORMS.items()}
        forms["instrument"] = plain(value).is_in(list(self.instruments)).mean()
        return self.values.to_frame("value").select(**forms).row(0, named=True)

    @cached_property
    def codes(self) -> list[str]:
        """The distinct values, case aside; only asked of columns of codes."""
        first: dict[str, str] = {}
        for value in self.values:
            first.setdefault(value.lower(), value)
        return list(first.values())


def seen(place: int, header: str, values: pl.Series, instruments: Mapping[str, str]) -> Seen:
    """A column without its empty values and placeholders."""
    text = values.str.strip_chars()
    filled = text.filter((~says_nothing(text)).fill_null(value=False))
    return Seen(place, header, filled.head(MOST_VALUES), instruments)
