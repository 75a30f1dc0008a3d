"""The codes in a column that a person must say the meaning of; only short codes are shown, never a name or a number."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

import polars as pl

from verdringing.inspection.clues import FEW_CODES, Guess
from verdringing.inspection.lines import line, quoted
from verdringing.names import plain
from verdringing.record import INSTRUMENTS, Column
from verdringing.words import _

CODED = ("instrument", "choice", "yes_no")
_YES_NO = {"y": "ja", "yes": "ja", "no": "nee"}
_SHORT = re.compile(r"(?![A-Z][a-z])[A-Za-z]{1,4}|[A-Za-z]?[0-9]{1,2}")


def values(found: Sequence[Guess]) -> Iterator[str]:
    """Codes that cannot be read as they stand, for the columns that are not doubtful."""
    blocks = {one.column.name: list(_codes(one)) for one in found if one.column.kind in CODED and one.sure != "twijfel"}
    blocks = {name: lines for name, lines in blocks.items() if lines}
    if blocks:
        yield "waarden:"
    for name, lines in blocks.items():
        yield f"  {name}:"
        yield from lines


def _codes(guess: Guess) -> Iterator[str]:
    """The codes of a column with few values; what is no short code could be about a person and is only counted."""
    codes = [code for code in guess.seen.codes if not _readable(guess.column, code, guess.seen.instruments)]
    if len(guess.seen.codes) > FEW_CODES:
        return
    hidden = 0
    for code in codes:
        meaning = _meaning(guess.column, code)
        if meaning:
            why = _("Engels") if guess.column.kind == "yes_no" else _("begin van de naam")
            yield line(2, quoted(code), meaning, "waarschijnlijk", why)
        elif _SHORT.fullmatch(code):
            yield line(2, quoted(code), "", "twijfel", _("onbekende code"))
        else:
            hidden += 1
    if hidden:
        yield "    # " + _("niet getoond, want geen korte code: {n}", n=hidden)


def _readable(column: Column, code: str, instruments: Mapping[str, str]) -> bool:
    word = pl.select(plain(pl.lit(code))).item()
    if column.kind == "instrument":
        return word in instruments
    return word in column.choices or (column.kind == "yes_no" and word in _READ)


_READ = ("ja", "nee", "j", "n", "true", "false", "waar", "onwaar", "1", "0")


def _meaning(column: Column, code: str) -> str | None:
    """The only choice that a code begins; for yes/no what it says in English."""
    word = code.lower()
    if column.kind == "yes_no":
        return _YES_NO.get(word)
    choices = INSTRUMENTS if column.kind == "instrument" else column.choices
    fitting = [choice for choice in choices if choice.startswith(word)]
    return fitting[0] if len(fitting) == 1 else None
