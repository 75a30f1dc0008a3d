"""The text of a condition: its words, what is wrong with them, and the SQL that they stand for.

This is no parser: words, numbers, texts and signs are told apart, each must be known, and values and signs must take
turns. The rest is for the SQL reader of polars. What is written as in a Dutch policy is spelled for it here: days
without quotes, `ja` and `nee`, `3 maanden`. Numbers become decimals, so that a comparison of amounts is exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from verdringing.conditions.condition_mistakes import Token, length, mistakes
from verdringing.conditions.condition_words import BEFORE_VALUES, COUNTED, ENDING, FUNCTIONS, KEYWORDS, UNITS, VALUES
from verdringing.errors import Mistake, UnfitError
from verdringing.record import NUMBERS, Column
from verdringing.words import _

_TOKEN = re.compile(
    r"""(?P<text>'(?:[^']|'')*')
    |(?P<quoted>"[^"]*")
    |(?P<day>\d{4}[-/]\d{1,2}[-/]\d{1,2}(?![\w.-])|\d{1,2}[-/]\d{1,2}[-/]\d{4}(?![\w.-]))
    |(?P<number>\d[\w]*(?:[.,]\d\w*)*|\.\d+)
    |(?P<word>[^\W\d]\w*)
    |(?P<sign><>|!=|<=|>=|=<|=>|==|--|/\*|\|\||&&|::|\S)""",
    re.VERBOSE,
)
_EXACT = "decimal(12,4)"
_TOGETHER = (("case", "when"), ("not", "in"), ("not", "like"), ("not", "ilike"), ("not", "between"))


def tokens(text: str, columns: Mapping[str, Column]) -> list[Token]:
    """The words of a condition, all known; UnfitError with every one that is not, or that stands where it cannot."""
    found: list[Token] = []
    for match in _TOKEN.finditer(text):
        found.append(Token(str(match.lastgroup), match[0], match.start() + 1))
        if match[0] in ENDING:
            break
    if not found:
        raise UnfitError(Mistake("", _("er staat geen voorwaarde")))
    known = list(_named(found, columns))
    wrong = [mistake for place in range(len(known)) for mistake in mistakes(known, place, columns)]
    wrong = wrong or [*_brackets(known), *_in_turns(known)]
    if wrong:
        raise UnfitError(*wrong)
    return known


def _named(found: Sequence[Token], columns: Mapping[str, Column]) -> Iterator[Token]:
    """Give words their kind: column, function, keyword, part (of extract), unit; or word, for one that is unknown."""
    for place, token in enumerate(found):
        before = found[place - 1] if place else None
        called = place + 1 < len(found) and found[place + 1].text == "("
        kind = token.kind
        if kind == "quoted":
            kind = "column" if token.text[1:-1] in columns else kind
        elif kind == "word":
            if token.lower in KEYWORDS:
                kind = "keyword"
            elif called:
                kind = "function" if token.lower in FUNCTIONS else "call"
            elif before and before.kind == "number" and token.lower in UNITS:
                kind = "unit"
            elif before and place > 1 and before.text == "(" and found[place - 2].lower == "extract":
                kind = "part"
            elif token.text in columns:
                kind = "column"
        yield token._replace(kind=kind)


def _brackets(found: Sequence[Token]) -> Iterator[Mistake]:
    """Brackets that are not closed, or close nothing."""
    open_ones: list[Token] = []
    for token in found:
        if token.text == "(":
            open_ones.append(token)
        elif token.text == ")" and not open_ones:
            yield token.mistake(_("dit haakje sluit niets"))
        elif token.text == ")":
            open_ones.pop()
    for token in open_ones:
        yield token.mistake(_("dit haakje wordt niet gesloten"))


def _in_turns(found: Sequence[Token]) -> Iterator[Mistake]:
    """Two values without a word between them, or two words without a value: SQL calls the first a new name."""
    for one, two in zip([None, *found], [*found, None], strict=True):
        ends = one is not None and _ends_value(one)
        starts = two is not None and _starts_value(two, found)
        if two is not None and two.text in ("+", "-") and not (one and one.text in ("+", "-")):
            continue
        if one and two and (one.lower, two.lower) in _TOGETHER:
            continue
        if ends and starts and one and two:
            hint = _("Denk aan AND, OR, een komma of een teken zoals =.")
            yield two.mistake(_("tussen '{een}' en '{twee}' ontbreekt iets", een=one.text, twee=two.text), hint)
        elif not ends and not starts:
            yield _value_missing(one, two)


def _value_missing(one: Token | None, two: Token | None) -> Mistake:
    if two is not None:
        return two.mistake(_("voor '{woord}' ontbreekt een waarde", woord=two.text))
    assert one is not None
    return one.mistake(_("na '{woord}' ontbreekt een waarde", woord=one.text))


def _ends_value(token: Token) -> bool:
    if token.kind == "keyword":
        return token.lower in VALUES or token.lower == "end"
    return token.text == ")" if token.kind == "sign" else token.kind != "function"


def _starts_value(token: Token, found: Sequence[Token]) -> bool:
    if token.lower == "not":
        after = found[found.index(token) + 1 :][:1]
        return not (after and ("not", after[0].lower) in _TOGETHER)
    if token.kind == "keyword":
        return token.lower in VALUES or token.lower in BEFORE_VALUES
    return token.text == "(" if token.kind == "sign" else token.kind != "unit"


def sql(found: Sequence[Token], columns: Mapping[str, Column], *, loose: bool = False) -> str:
    """The SQL that the words stand for; `loose` also reads quoted days and quoted ja and nee as what they say."""
    written = [_in_sql(found, place, columns, loose=loose) for place in range(len(found))]
    for place, token in enumerate(found):
        if token.kind == "function" and token.lower in COUNTED:
            written[place] = f"cast({written[place]}"
            written[_closing(found, place)] += f" as {_EXACT})"
    return " ".join(written)


def is_loose(token: Token) -> bool:
    """Whether this is a quoted day, ja or nee, which may stand for a date or a yes or no."""
    bare = token.text[1:-1]
    return token.kind == "text" and (
        bare.lower() in ("ja", "nee") or re.fullmatch(r"\d{4}-\d\d-\d\d", bare) is not None
    )


def _closing(found: Sequence[Token], place: int) -> int:
    depth = 0
    for end in range(place + 1, len(found)):
        depth += {"(": 1, ")": -1}.get(found[end].text, 0)
        if depth == 0:
            return end
    raise AssertionError("brackets match")


def _in_sql(found: Sequence[Token], place: int, columns: Mapping[str, Column], *, loose: bool) -> str:
    token, before = found[place], found[place - 1].lower if place else ""
    bare = token.text[1:-1]
    if token.kind == "column":
        name = token.text.strip('"')
        return f'try_cast("{name}" as {_EXACT})' if columns[name].kind in NUMBERS else f'"{name}"'
    if token.kind == "number":
        return _number_in_sql(token, before, found[place + 1] if place + 1 < len(found) else None)
    if token.kind == "unit" or before == "interval":
        return "'{} {}'".format(*length(f"{before} {token.text}" if token.kind == "unit" else bare) or ())
    if token.kind == "day":
        return f"date '{token.text}'"
    if loose and is_loose(token) and before != "date":
        return VALUES.get(bare.lower()) or f"date {token.text}"
    return VALUES.get(token.lower, token.text)


def _number_in_sql(token: Token, before: str, after: Token | None) -> str:
    """A whole number that is calculated with becomes a decimal, for polars makes 6 / 5 a binary floating point."""
    if after and after.kind == "unit":
        return "interval"
    calculated = {before, after.text if after else ""} & {"+", "-", "*", "/"}
    return f"{token.text}.0" if calculated and "." not in token.text else token.text
