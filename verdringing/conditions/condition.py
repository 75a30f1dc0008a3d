"""Conditions in a policy: Polars SQL over the columns of a placement, checked before any data is read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from functools import cache
from random import Random

import polars as pl
from pydantic import ValidationInfo

from verdringing.conditions import condition_text
from verdringing.conditions.condition_mistakes import Token
from verdringing.conditions.condition_types import Look
from verdringing.conditions.condition_words import FUNCTIONS
from verdringing.errors import Mistake, UnfitError
from verdringing.record import COLUMNS, INSTRUMENTS, MOST, PHASES, Column
from verdringing.sentences import in_cell
from verdringing.values import DTYPES
from verdringing.words import _

DERIVED = (
    Column("werkgever_sleutel", "text", "KvK-nummer of genormaliseerde naam van de werkgever"),
    Column("werkplek_sleutel", "text", "hetzelfde van de inlener, of anders van de werkgever"),
    Column("functie_sleutel", "text", "genormaliseerde naam van de functie"),
    Column("leeftijd", "whole", "leeftijd die de kandidaat bereikt in het jaar van de startdatum"),
    Column("duur_dagen", "whole", "dagen van de startdatum tot en met de einddatum, of tot en met de peildatum"),
    Column("fase", "choice", "of de plaatsing nog begint, loopt of voorbij is op de peildatum", choices=PHASES),
    Column("peildatum", "date", "dag waarop wordt gekeken"),
)
"""Columns that a condition may name beside those of the record and those of a policy."""

_LONGEST = 2_000  # characters
_DEEPEST = 100  # signs and joining words, commas apart: each can nest once more, and every level is looked at


@dataclass(frozen=True, eq=False, slots=True)
class Condition:
    """An expression over one placement, with the text it was written in and the types of the columns it names."""

    text: str
    expr: pl.Expr
    types: Mapping[str, pl.DataType]

    def values(self) -> pl.Expr:
        """What the columns of the condition hold, in words: "begeleiding nee, fase lopend"."""
        names = dict.fromkeys(self.expr.meta.root_names())
        parts = [pl.lit(f"{name} ") + self._cell(name) for name in names]
        return pl.concat_str(parts, separator=", ") if parts else pl.lit(self.text)

    def _cell(self, name: str) -> pl.Expr:
        return in_cell(pl.col(name), self.types[name]).cast(pl.String).fill_null(_("leeg"))


def condition(text: object, info: ValidationInfo) -> object:
    """Read a condition that is one boolean expression; UnfitError (a ValueError with every mistake) when it is not.

    Own columns of a policy stand under `columns` in the validation context: name → Column.
    """
    return _validated(text, info, pl.Boolean())


def day(text: object, info: ValidationInfo) -> object:
    """Read an expression that gives a date; UnfitError when it does not. Own columns as for `condition`."""
    return _validated(text, info, pl.Date())


def _validated(text: object, info: ValidationInfo, wanted: pl.DataType) -> object:
    own: Mapping[str, Column] = (info.context or {}).get("columns", {})
    return text if isinstance(text, Condition) else read(text, wanted, own.values())


def read(text: object, wanted: pl.DataType, own: Iterable[Column] = ()) -> Condition:
    """Read an expression that gives a value of the `wanted` type; UnfitError with everything that is wrong with it."""
    if not isinstance(text, str):
        raise UnfitError(Mistake("", _("een voorwaarde is tekst")))
    if len(text) > _LONGEST:
        raise UnfitError(Mistake("", _("een voorwaarde heeft hoogstens {n} tekens", n=_LONGEST)))
    extra = tuple(own)
    known = columns(extra)
    found = condition_text.tokens(text, known)
    if sum(token.kind in ("sign", "keyword") and token.text not in "(,)" for token in found) > _DEEPEST:
        raise UnfitError(Mistake("", _("een voorwaarde heeft hoogstens {n} tekens en verbindingswoorden", n=_DEEPEST)))
    types, samples = schema(extra), _samples(extra)
    expr = _understood(text, found, known, samples.clear(), wanted)
    try:
        samples.select(expr)
    except pl.exceptions.PolarsError:
        what = _("'{tekst}' is niet op elke rij uit te rekenen", tekst=text)
        divided = any(token.text == "/" or token.lower == "mod" for token in found)
        hint = _("Deel bijvoorbeeld door nullif(kolom, 0).") if divided else _("Het getal kan te groot worden.")
        raise UnfitError(Mistake("", what, hint)) from None
    return Condition(text, expr, {name: types[name] for name in expr.meta.root_names()})


@cache
def columns(own: tuple[Column, ...] = ()) -> dict[str, Column]:
    """Columns that a condition may name: those of the record, the derived ones, and the own columns of a policy."""
    found = {column.name: column for column in (*COLUMNS, *DERIVED, *own)}
    return found | {"instrument": replace(found["instrument"], choices=INSTRUMENTS)}


@cache
def schema(own: tuple[Column, ...] = ()) -> pl.Schema:
    """Types of the columns that a condition may name."""
    kinds = {name: DTYPES[column.kind] for name, column in columns(own).items()}
    return pl.Schema(kinds | {"fase": pl.Enum(PHASES)})


def _understood(
    text: str, found: Sequence[Token], known: Mapping[str, Column], frame: pl.DataFrame, wanted: pl.DataType
) -> pl.Expr:
    """The expression that fits best: as written, or else with quoted days, ja and nee read as what they say."""
    wrong: list[Mistake] = []
    for loose in (False, True)[: 1 + any(map(condition_text.is_loose, found))]:
        try:
            expr = pl.sql_expr(condition_text.sql(found, known, loose=loose))
        except pl.exceptions.PolarsError as error:
            mistakes = [_unreadable(text, found, str(error))]
        else:
            look = Look(frame, known, found)
            whole = look.at(expr)
            if whole is not None and whole.dtype == wanted:
                return expr
            mistakes = look.mistakes or [_other_kind(text, wanted)]
        wrong = mistakes if not wrong or len(mistakes) < len(wrong) else wrong
    raise UnfitError(*dict.fromkeys(wrong))


def _other_kind(text: str, wanted: pl.DataType) -> Mistake:
    otherwise = _("is geen voorwaarde die waar of niet waar is") if wanted == pl.Boolean else _("geeft geen datum")
    return Mistake("", f"'{text}' {otherwise}")


def _unreadable(text: str, found: Sequence[Token], error: str) -> Mistake:
    """What the SQL reader refuses: too few or too many values for a function, or an order of words it cannot read."""
    if "fixed-duration" in error:
        what = _("'{tekst}' telt maanden of jaren op bij iets anders dan een datum", tekst=text)
        return Mistake("", what, _("Schrijf bijvoorbeeld startdatum + 3 maanden < peildatum."))
    for token in found:
        if token.kind == "function" and token.lower in error.lower() and "unable to parse" not in error:
            hint = _("Schrijf bijvoorbeeld {voorbeeld}.", voorbeeld=FUNCTIONS[token.lower].example)
            return token.mistake(_("'{naam}' heeft te veel of te weinig waarden", naam=token.lower), hint)
    hint = _("Elke CASE eindigt met END.") if any(token.lower == "case" for token in found) else ""
    return Mistake("", _("'{tekst}' is niet te lezen als een uitdrukking", tekst=text), hint)


@cache
def _samples(own: tuple[Column, ...] = ()) -> pl.DataFrame:
    """Rows of values that columns can hold, the smallest, the largest and zero among them, in many combinations."""
    types = schema(own)
    given = {name: _values(column, types[name]) for name, column in columns(own).items()}
    dice = Random(1)
    rows = [{name: values[place % len(values)] for name, values in given.items()} for place in range(4)]
    rows += [{name: dice.choice(values) for name, values in given.items()} for _row in range(28)]
    return pl.DataFrame(rows, schema=types)


def _values(column: Column, kind: pl.DataType) -> list[object]:
    if column.choices:
        return [*column.choices, None]
    if kind == pl.Boolean:
        return [True, False, None]
    if kind == pl.Date:
        return [date(1900, 1, 2), date(2024, 2, 29), date(9999, 12, 31), None]
    if kind == pl.String:
        return ["", "x", "een langere tekst", None]
    numbers = [0, MOST, 1, None]
    return [*numbers, Decimal("0.0001"), Decimal("12.30")] if isinstance(kind, pl.Decimal) else [*numbers]
