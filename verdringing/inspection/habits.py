"""How days and numbers are written in a file, seen from its values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

import polars as pl

from verdringing.inspection.clues import Guess
from verdringing.inspection.lines import line
from verdringing.words import _


def habits(found: Sequence[Guess]) -> Iterator[str]:
    """How days and numbers are written, where the values tell; where they could be two things, the choice."""
    lines = [*_day_habit(_texts(found, ("date",))), *_number_habit(_texts(found, ("decimal", "euro", "percentage")))]
    if lines:
        yield "gewoonten:"
    yield from lines


def _texts(found: Sequence[Guess], kinds: Iterable[str]) -> pl.Series:
    parts = [one.seen.values for one in found if one.column.kind in kinds and one.sure != "twijfel"]
    return pl.concat([pl.Series("tekst", [], pl.String), *(part.alias("tekst") for part in parts)])


def _day_habit(days: pl.Series) -> Iterator[str]:
    parts = days.str.extract_groups(r"^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}").struct.unnest()
    first, second = (parts[name].cast(pl.Int32) for name in parts.columns)
    if first.drop_nulls().is_empty():
        return
    day, month = (first > 12).sum(), (second > 12).sum()
    if day and not month:
        yield line(1, "datum", "dag-maand-jaar", "zeker", _("{n} keer kan het niet anders", n=day))
    elif month and not day:
        yield line(1, "datum", "maand-dag-jaar", "waarschijnlijk", _("{n} keer kan het niet anders", n=month))
    else:
        why = _("dag-maand-jaar of maand-dag-jaar")
        yield line(1, "datum", "dag-maand-jaar", "twijfel", why)


def _number_habit(numbers: pl.Series) -> Iterator[str]:
    if not numbers.str.contains(r"^\D*\d{1,3}[.,]\d{3}\D*$").any():
        return
    comma = numbers.str.contains(r",(?:\d\d?|\d{4,})\D*$|\.\d{3},").any()
    point = numbers.str.contains(r"^\D*\d+\.(?:\d\d?|\d{4,})\D*$|,\d{3}\.").any()
    if comma != point:
        sign, why = (
            ("komma", _("zo staan de cijfers achter de komma")) if comma else ("punt", _("zo staan de decimalen"))
        )
        yield line(1, "getal", sign, "waarschijnlijk", why)
    else:
        yield line(1, "getal", "komma", "twijfel", _("komma of punt"))
