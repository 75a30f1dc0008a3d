"""Conditions in a policy: Polars SQL over the columns of a placement, checked before any data is read."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

import polars as pl

from verdringing.errors import nearest
from verdringing.record import BY_NAME, COLUMNS, PHASES
from verdringing.sentences import in_cell
from verdringing.values import DTYPES
from verdringing.words import _

_DERIVED: dict[str, pl.DataType] = {
    "werkgever_sleutel": pl.String(),
    "werkplek_sleutel": pl.String(),
    "functie_sleutel": pl.String(),
    "leeftijd": pl.Int32(),
    "duur_dagen": pl.Int32(),
    "fase": pl.Enum(PHASES),
    "peildatum": pl.Date(),
}
_LONGEST = 2_000  # characters; a chain of thousands of ANDs overflows the stack of the SQL reader
_WORD = r"'(?:[^']|'')*'"
_COMPARED = re.compile(
    rf"(\w+)\"?\s*(?:=|<>|!=|[<>]=?|(?:\bnot\s+)?\bin\s*\()\s*({_WORD}(?:\s*,\s*{_WORD})*)(?!\s*::)", re.IGNORECASE
)
_CLOCK = re.compile(r"\b(?:now\s*\(|current_(?:date|time)|localtime)", re.IGNORECASE)


@dataclass(frozen=True, eq=False, slots=True)
class Condition:
    """An expression over one placement, with the text it was written in."""

    text: str
    expr: pl.Expr

    def values(self) -> pl.Expr:
        """What the columns of the condition hold, in words: "begeleiding nee, fase lopend"."""
        names = dict.fromkeys(self.expr.meta.root_names())
        parts = [pl.lit(f"{name} ") + self._cell(name) for name in names]
        return pl.concat_str(parts, separator=", ") if parts else pl.lit(self.text)

    @staticmethod
    def _cell(name: str) -> pl.Expr:
        return in_cell(pl.col(name), schema()[name]).cast(pl.String).fill_null(_("leeg"))


@cache
def schema() -> dict[str, pl.DataType]:
    """Columns a condition may name, with their types."""
    record = pl.Schema([(column.name, DTYPES[column.kind]) for column in COLUMNS])
    return dict(record) | _DERIVED


def condition(text: object) -> object:
    """Read a condition that is one boolean expression; ValueError (a sentence) when it is not."""
    return _read(text, pl.Boolean, _("is geen voorwaarde die waar of niet waar is"))


def day(text: object) -> object:
    """Read an expression that gives a date; ValueError (a sentence) when it does not."""
    return _read(text, pl.Date, _("geeft geen datum"))


def _read(text: object, wanted: type[pl.DataType], otherwise: str) -> object:
    if isinstance(text, Condition):
        return text
    if not isinstance(text, str):
        raise ValueError(_("een voorwaarde is tekst"))
    if len(text) > _LONGEST:
        raise ValueError(_("een voorwaarde heeft hoogstens {n} tekens", n=_LONGEST))
    try:
        expr = pl.sql_expr(text)
    except pl.exceptions.PolarsError:
        raise ValueError(_("'{tekst}' is niet te lezen als een uitdrukking", tekst=text)) from None
    _known_columns(expr)
    if "subplan" in str(expr):
        raise ValueError(_("een SELECT binnen een voorwaarde mag niet"))
    try:
        result = _no_rows().select(expr.alias("result")).schema["result"]
    except pl.exceptions.PolarsError:
        raise ValueError(_("de typen in '{tekst}' passen niet bij elkaar", tekst=text)) from None
    if result != wanted:
        raise ValueError(f"'{text}' {otherwise}")
    _known_values(text)
    _one_row_one_answer(text, expr)
    return Condition(text, expr)


def _known_columns(expr: pl.Expr) -> None:
    for name in expr.meta.root_names():
        if name not in schema():
            near = nearest(name, schema())
            hint = _(" Bedoelde u '{naam}'?", naam=near) if near else ""
            raise ValueError(_("onbekende kolom '{naam}'.", naam=name) + hint)


def _known_values(text: str) -> None:
    """Refuse a comparison that never holds, such as fase = 'lopnd' or vrijwillig = 'ja': polars calls it false."""
    for name, words in _COMPARED.findall(text):
        kind = schema().get(name)
        known = (
            kind.categories.to_list() if isinstance(kind, pl.Enum) else BY_NAME[name].choices if name in BY_NAME else ()
        )
        if kind is None or (kind in (pl.String, pl.Date) and not known):
            continue
        if not known:
            raise ValueError(_("de typen in '{tekst}' passen niet bij elkaar", tekst=text))
        for word in re.findall(_WORD, words):
            if (bare := word[1:-1]) not in known:
                near = nearest(bare, known)
                hint = _(" Bedoelde u '{naam}'?", naam=near) if near else ""
                raise ValueError(_("'{woord}' komt niet voor in de kolom '{naam}'.", woord=bare, naam=name) + hint)


def _one_row_one_answer(text: str, expr: pl.Expr) -> None:
    """Refuse what looks at other rows or at the clock, and what fails on a value that a column can hold."""
    if _CLOCK.search(re.sub(_WORD, "", text)):
        raise ValueError(_("een voorwaarde kijkt niet op de klok; gebruik peildatum"))
    if not all(map(_by_row, _nodes(expr))):
        raise ValueError(_("'{tekst}' kijkt naar meer dan een rij", tekst=text))
    try:
        _two_rows().select(expr)
    except pl.exceptions.PolarsError:
        hint = _("Deel bijvoorbeeld door nullif(kolom, 0).")
        raise ValueError(_("'{tekst}' is niet op elke rij uit te rekenen.", tekst=text) + " " + hint) from None


@cache
def _two_rows() -> pl.DataFrame:
    """Two rows of values that columns can hold."""
    return pl.DataFrame({name: _samples(kind) for name, kind in schema().items()}, schema=schema())


@cache
def _no_rows() -> pl.DataFrame:
    return _two_rows().clear()


def _nodes(expr: pl.Expr) -> Iterator[pl.Expr]:
    yield expr
    for part in expr.meta.pop(schema=schema()):
        yield from _nodes(part)


def _by_row(expr: pl.Expr) -> bool:
    """Whether each row has its own answer; an expression of which polars cannot tell is one of a single row."""
    try:
        return expr.meta.is_literal() or expr.meta.is_row_separable()
    except pl.exceptions.PolarsError:
        return True


def _samples(kind: pl.DataType) -> list[object]:
    """Two values that a column of this type can hold; zero is one of them."""
    if isinstance(kind, pl.Enum):
        return kind.categories.to_list()[:2]
    if kind == pl.Boolean:
        return [True, False]
    if kind == pl.Date:
        return [date(2025, 1, 1), date(2025, 12, 31)]
    return ["x", "y"] if kind == pl.String else [0, 1]
