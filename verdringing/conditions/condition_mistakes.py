"""What is wrong with one word of a condition, where it stands (its first character), and what to write instead."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from verdringing import written_day
from verdringing.conditions.condition_words import (
    FUNCTIONS,
    MOST,
    PARTS,
    SIGNS,
    UNITS,
    instead_of_sign,
    instead_of_word,
)
from verdringing.errors import Mistake, meant
from verdringing.record import Column
from verdringing.words import _


class Token(NamedTuple):
    """A word, number, text, day or sign of a condition, and the character (from 1) at which it stands."""

    kind: str
    text: str
    at: int

    @property
    def lower(self) -> str:
        """The word as keywords and functions are known."""
        return self.text.lower()

    def mistake(self, what: str, hint: str = "") -> Mistake:
        """Something wrong with this word, named with the place where it stands."""
        return Mistake("", _("{wat} (teken {n})", wat=what, n=self.at), hint)


def mistakes(found: Sequence[Token], place: int, columns: Mapping[str, Column]) -> Iterator[Mistake]:
    """What is wrong with one word, looking no further than the words beside it."""
    token, before = found[place], found[place - 1] if place else Token("sign", "", 0)
    if token.kind in ("word", "quoted", "call", "part"):
        yield from _unknown(token, columns, compared=before.text in _COMPARE)
    elif token.kind == "sign" and token.text not in SIGNS:
        yield from _not_closed(token)
    elif token.kind == "number":
        yield from _number(token)
    elif token.kind == "day" or (token.kind == "text" and before.lower == "date"):
        yield from _day(token)
    elif token.kind == "unit" or (token.kind == "text" and before.lower == "interval"):
        yield from _length(token, f"{before.text} {token.text}" if token.kind == "unit" else token.text[1:-1])
    elif token.kind == "keyword":
        yield from _misplaced(token, before, found[place + 1 : place + 2])


_COMPARE = ("=", "<>", "!=")


def _unknown(token: Token, columns: Mapping[str, Column], *, compared: bool) -> Iterator[Mistake]:
    """A word that is no column, function or keyword, with the nearest that is; `compared` with what stands before."""
    word = token.text.strip('"')
    instead = "" if token.kind == "quoted" else instead_of_word(token.lower)
    if instead:
        yield token.mistake(_("'{woord}' kan hier niet staan", woord=word), instead)
    elif token.kind == "part":
        if token.lower not in PARTS:
            near = meant(token.lower, PARTS, _("Mogelijk zijn: {namen}.", namen=", ".join(PARTS)))
            yield token.mistake(_("'{woord}' is geen deel van een datum", woord=word), near)
    elif token.kind == "call":
        hint = meant(word, FUNCTIONS, _("Mogelijk zijn: {namen}.", namen=", ".join(FUNCTIONS)))
        yield token.mistake(_("onbekende functie '{naam}'", naam=word), hint)
    else:
        hint = meant(word, columns) if len(word) > 2 else ""
        if token.kind == "quoted" or compared:
            hint = hint or _("Tekst staat tussen enkele aanhalingstekens: '{woord}'.", woord=word)
        yield token.mistake(_("onbekende kolom '{naam}'", naam=word), hint)


def _not_closed(token: Token) -> Iterator[Mistake]:
    if token.text in "'\"":
        yield token.mistake(_("het aanhalingsteken wordt niet gesloten"))
    else:
        yield token.mistake(_("'{teken}' kan hier niet staan", teken=token.text), instead_of_sign(token.text))


def _number(token: Token) -> Iterator[Mistake]:
    """Refuse what SQL would read as another number, or as two: 12,30 · 1.234,56 · 1.234 · 007 · .5 · 1e3."""
    text = token.text
    if re.fullmatch(r"0|[1-9]\d{0,11}|(0|[1-9]\d{0,11})\.\d{1,4}", text) and not re.fullmatch(
        r"[1-9]\d{0,2}\.\d{3}", text
    ):
        return
    if pair := re.fullmatch(r"(\d+),(\d+)", text):
        hint = _(
            "Schrijf {een}.{twee}; of, voor twee getallen, {een}, {twee} met een spatie.", een=pair[1], twee=pair[2]
        )
        yield token.mistake(_("in '{tekst}' staat een komma", tekst=text), hint)
    elif thousands := re.fullmatch(r"(\d{1,3}(?:\.\d{3})+)(?:,(\d+))?", text):
        whole = thousands[1].replace(".", "")
        hint = _("Schrijf {woord}.", woord=f"{whole}.{thousands[2]}" if thousands[2] else whole)
        if text.count(".") == 1 and not thousands[2]:
            hint = _("Schrijf {heel}, of {deel} met vier cijfers achter de punt.", heel=whole, deel=f"{text}0")
        yield token.mistake(_("in '{tekst}' kan de punt duizendtallen scheiden", tekst=text), hint)
    else:
        hint = _("Schrijf een getal als 12 of 12.30, met hoogstens vier cijfers achter de punt.")
        yield token.mistake(_("'{tekst}' is geen getal", tekst=text), hint)


def _day(token: Token) -> Iterator[Mistake]:
    """Refuse a day that does not exist, or is not written as year, month, day."""
    text = token.text.strip("'")
    if not re.fullmatch(r"\d{4}-\d\d-\d\d", text):
        yield token.mistake(_("'{dag}' is geen datum", dag=text), written_day.hint(text))
    elif written_day.read(text) is None:
        yield token.mistake(_("'{dag}' bestaat niet als datum", dag=text))


def length(text: str) -> tuple[int, str] | None:
    """Read a length of time, such as 3 maanden, as a number and a unit of SQL; None when it is none."""
    found = re.fullmatch(r"(\d{1,9}) *(\w+)", text.strip())
    unit = UNITS.get(found[2].lower()) if found else None
    return (int(found[1]), unit) if found and unit else None


def _length(token: Token, text: str) -> Iterator[Mistake]:
    """Refuse a length of time that is not a whole number of days, weeks, months or years; a century at most."""
    read = length(text)
    if read is None:
        yield token.mistake(
            _("'{tekst}' is geen tijdsduur", tekst=text), _("Schrijf bijvoorbeeld 42 dagen of 3 maanden.")
        )
    elif read[0] > MOST[read[1]]:
        yield token.mistake(_("'{tekst}' is te lang; hoogstens honderd jaar", tekst=text))


def _misplaced(token: Token, before: Token, after: Sequence[Token]) -> Iterator[Mistake]:
    """Keywords that polars would take for something else, or that make an answer always empty."""
    following = after[0].lower if after else ""
    if token.lower == "null" and before.lower not in ("is", "not", "then", "else"):
        hint = _("Schrijf IS NULL of IS NOT NULL.")
        yield token.mistake(_("een vergelijking met NULL heeft nooit een antwoord"), hint)
    elif token.lower == "from" and before.kind != "part":
        yield token.mistake(_("'{woord}' kan hier niet staan", woord=token.text))
    elif token.lower == "case" and following != "when":
        yield token.mistake(_("na CASE hoort WHEN"), _("Schrijf CASE WHEN fase = 'lopend' THEN … ELSE … END."))
    elif token.lower in ("date", "interval") and (not after or after[0].kind != "text"):
        hint = _("Schrijf 2026-01-01.") if token.lower == "date" else _("Schrijf bijvoorbeeld 42 dagen of 3 maanden.")
        yield token.mistake(_("na {woord} hoort tekst tussen enkele aanhalingstekens", woord=token.text), hint)
