"""What kinds of values meet in a condition: a comparison that never holds, or that cannot be made, is refused.

Polars compares a ja/nee column with 'ja', a date with a number or a choice with a word that does not exist, and calls
that false. Here every part of an expression is looked at, from the inside out, and the smallest that is wrong is named.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

import polars as pl

from verdringing import written_day
from verdringing.conditions.condition_mistakes import Token
from verdringing.errors import Mistake, meant
from verdringing.record import Column
from verdringing.words import _

_KINDS: Mapping[object, str] = {
    pl.String: "text",
    pl.Enum: "text",
    pl.Boolean: "yes_no",
    pl.Date: "date",
    pl.Datetime: "date",
    pl.Duration: "duration",
    pl.Null: "nothing",
}


class _Part(NamedTuple):
    """A part of an expression: the type of its values (None when polars refuses it), and its own parts in order."""

    expr: pl.Expr
    dtype: pl.DataType | None
    parts: tuple[_Part, ...]

    @property
    def kind(self) -> str:
        """Text, date, number, yes_no or duration; nothing for NULL."""
        return _KINDS.get(self.dtype.base_type(), "number") if self.dtype is not None else ""

    @property
    def does(self) -> str:
        """What is done with the first part, as polars writes it: .str.slice(…); empty for a sign between two parts."""
        first, whole = str(self.parts[0].expr) if self.parts else "", str(self.expr)
        return whole[len(first) :] if first and whole.startswith(first) else ""

    @property
    def column(self) -> str:
        """Name of the column that this is, also where its numbers were made exact; empty for anything else."""
        if self.expr.meta.is_column():
            return self.expr.meta.output_name()
        return self.parts[0].column if self.does.startswith(".cast(Decimal") else ""

    @property
    def never_zero(self) -> bool:
        """Whether this is no column, or says that it is empty where it is zero."""
        or_nothing = (f".when([({one.expr}) == (dyn int: 0)]).then(null).otherwise({one.expr})" for one in self.parts)
        return not self.expr.meta.root_names() or str(self.expr) in or_nothing

    @property
    def words(self) -> list[str]:
        """The texts that are written here; none for anything else."""
        if self.kind != "text" or not self.expr.meta.is_literal():
            return []
        values = pl.select(self.expr).to_series()
        return (values.explode() if isinstance(values.dtype, pl.List) else values).to_list()

    def __str__(self) -> str:
        kinds = {"text": _("tekst"), "yes_no": _("ja/nee"), "date": _("datum"), "duration": _("tijdsduur")}
        kind = kinds.get(self.kind, _("getal"))
        return f"'{self.column}' ({kind})" if self.column else kind


class Look:
    """One look at an expression: `mistakes` has every part in which kinds do not fit, or a word that cannot be."""

    def __init__(self, frame: pl.DataFrame, columns: Mapping[str, Column], found: Sequence[Token]) -> None:
        self.frame = frame
        self.schema = frame.schema
        self.columns = columns
        self.found = found
        self.types: dict[str, pl.DataType | None] = {}
        self.mistakes: list[Mistake] = []

    def at(self, expr: pl.Expr) -> _Part | None:
        """The part that this expression is; None when it, or something inside it, is wrong."""
        self.types = self.types or self._types(expr)
        inner = [self.at(one) for one in self._inside(expr)]
        parts = tuple(part for part in inner if part is not None)
        if len(parts) < len(inner):
            return None
        part = _Part(expr, self.types[str(expr)], parts)
        wrong = [*self._unfit(part), *self._never(part)]
        self.mistakes += wrong
        return None if wrong else part

    def _inside(self, expr: pl.Expr) -> list[pl.Expr]:
        return expr.meta.pop(schema=self.schema)[::-1]

    def _types(self, whole: pl.Expr) -> dict[str, pl.DataType | None]:
        """Types of an expression and of all its parts, by how polars writes them: in one go where nothing is wrong."""
        literals: dict[str, pl.Expr] = {}
        others: dict[str, pl.Expr] = {}
        waiting = [whole]
        while waiting:
            expr = waiting.pop()
            (literals if expr.meta.is_literal() else others)[str(expr)] = expr
            waiting += self._inside(expr)
        found = dict(zip(literals, _dtypes(pl.select, list(literals.values())), strict=True))
        return found | dict(zip(others, _dtypes(self.frame.select, list(others.values())), strict=True))

    def _unfit(self, part: _Part) -> Iterator[Mistake]:
        """Kinds that do not go together, and numbers that are not exact."""
        chosen = str(part.expr).startswith(".when(") and not part.does
        told = part.parts[:-1] if chosen else part.parts
        kinds = {one.kind for one in told} - {"nothing"}
        mixed = len(kinds) > 1 and kinds != {"date", "duration"}
        mixed = mixed and not part.does.startswith((".str.slice(", ".dt.offset_by("))
        denied = part.does.startswith(".strict_cast(Boolean") and kinds != {"yes_no"}
        if part.dtype is None or mixed or denied:
            hint = _("Na NOT hoort iets dat waar of niet waar is.") if denied else _hint(kinds, told)
            yield self._mistake(part, self._sentence(told), hint)
        elif part.dtype.is_float() and part.parts:
            hint = _("Schrijf een getal met een punt, zoals 6.0 / 5.")
            yield self._mistake(part, _("deze deling is niet precies uit te rekenen"), hint)
        elif part.does.startswith((".sql_div(", ".sql_rem(")) and not part.parts[1].never_zero:
            hint = _("Deel bijvoorbeeld door nullif(kolom, 0).")
            yield self._mistake(part.parts[1], _("hier kan door 0 worden gedeeld"), hint)

    def _sentence(self, parts: Sequence[_Part]) -> str:
        names = list(dict.fromkeys(map(str, parts)))
        if len(names) == 1:
            return _("{een} past hier niet", een=names[0])
        return _("{een} en {twee} passen niet bij elkaar", een=", ".join(names[:-1]), twee=names[-1])

    def _never(self, part: _Part) -> Iterator[Mistake]:
        """Words that the column they meet cannot hold."""
        if part.does.startswith(".str."):
            return
        known = {word: one.column for one in part.parts if one.column for word in self.columns[one.column].choices}
        for word in (word for one in part.parts if known for word in one.words if word not in known):
            name = next(iter(known.values()))
            hint = meant(word, known, _("Mogelijk zijn: {namen}.", namen=", ".join(known)))
            yield self._said(word, _("'{woord}' komt niet voor in de kolom '{naam}'", woord=word, naam=name), hint)

    def _said(self, word: str, what: str, hint: str) -> Mistake:
        written = (token for token in self.found if token.text == "'{}'".format(word.replace("'", "''")))
        return next((token.mistake(what, hint) for token in written), Mistake("", what, hint))

    def _mistake(self, part: _Part, what: str, hint: str) -> Mistake:
        """Point at the column; of several with one name the one before the text it meets."""
        roots = part.expr.meta.root_names()
        named = [token for token in self.found if token.kind == "column" and token.text.strip('"') in roots]
        texts = {f"'{word}'" for one in part.parts for word in one.words}
        until = [token.at for token in self.found if token.text in texts]
        near = [token for token in named if until and token.at < until[0]][-1:] or named[:1]
        return near[0].mistake(what, hint) if near else Mistake("", what, hint)


def _dtypes(select: Callable[[list[pl.Expr]], pl.DataFrame], exprs: Sequence[pl.Expr]) -> list[pl.DataType | None]:
    """Types of expressions, None for those that polars refuses."""
    try:
        found = select([expr.alias(str(place)) for place, expr in enumerate(exprs)]).dtypes
        return [pl.Schema({"_": one.inner})["_"] if isinstance(one, pl.List) else one for one in found]
    except pl.exceptions.PolarsError:
        return [None] if len(exprs) == 1 else [_dtypes(select, [expr])[0] for expr in exprs]


def _hint(kinds: Iterable[str], parts: Sequence[_Part]) -> str:
    """What was probably meant where these kinds meet."""
    match sorted(set(kinds) - {"nothing"}):
        case ["number"] if len(parts) > 1:
            return _("Deel niet door 0.")
        case ["date", "text"]:
            texts = [word for part in parts for word in part.words]
            return written_day.hint(texts[0] if texts else "")
        case ["date", "number"]:
            return _("Schrijf een datum als 2026-01-01, en een tijdsduur als 3 maanden.")
        case ["duration", "number"]:
            return _("Schrijf bijvoorbeeld 42 dagen.")
        case ["number", "yes_no"] if not any(part.column and part.kind == "yes_no" for part in parts):
            return _("Schrijf twee vergelijkingen met AND ertussen.")
        case [*several] if "yes_no" in several:
            return _("Schrijf ja of nee, zonder aanhalingstekens.")
        case ["number", "text"] if any(re.fullmatch(r"\d+,\d+", word) for part in parts for word in part.words):
            return _("Schrijf een bedrag zonder aanhalingstekens en met een punt, zoals 12.30.")
    return ""
