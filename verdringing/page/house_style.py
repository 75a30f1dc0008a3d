"""A house style: a CSS file with known tokens and nothing else, checked for contrast before a page takes it over."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from verdringing.errors import Mistake, UserError, meant
from verdringing.page.contrast import contrast, rgb
from verdringing.page.style_tokens import PAIRS, SIZES, TOKENS, Kind
from verdringing.words import _

_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_BLOCK = re.compile(r"\s*(?::root|\.[a-z][a-z0-9-]*-theme)\s*\{([^{}]*)\}\s*", re.IGNORECASE)
_SIZE = re.compile(r"(\d*\.?\d+)(px|rem)")
_FACE = r"(?:\"[\w .-]+\"|'[\w .-]+'|[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)*)"
_FONT = re.compile(rf"{_FACE}(?:\s*,\s*{_FACE})*")


@dataclass(frozen=True, slots=True)
class Given:
    """One token in a file, with the line it stands on."""

    name: str
    value: str
    line: int


def sheet(path: Path) -> str:
    """The house style in `path` as CSS to put after ours; UserError with every mistake, or with the pairs that fail."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        hint = _("Geef een CSS-bestand (UTF-8) met tokens van NL Design System.")
        raise UserError(Mistake(str(path), _("dit bestand is niet te lezen"), hint)) from None
    return css(tokens(text, str(path)))


def tokens(text: str, where: str) -> dict[str, str]:
    """Name and value of every token in a style; UserError for anything that is no known token with a fit value."""
    mistakes: list[Mistake] = []
    given: list[Given] = []
    for one in _parts(_COMMENT.sub(lambda found: "\n" * found[0].count("\n"), text)):
        if isinstance(one, int):
            what = _("hier staat iets anders dan tokens in een blok :root")
            mistakes.append(Mistake(f"{where}:{one}", what, _("Schrijf :root { --utrecht-link-color: #0c647f; }.")))
        elif refusal := _refusal(one, where):
            mistakes.append(refusal)
        else:
            given.append(one)
    found = {one.name: one.value for one in given}
    mistakes += [] if mistakes else _too_faint(given, where)
    if mistakes:
        raise UserError(*mistakes)
    return found


def _parts(text: str) -> Iterator[Given | int]:
    """Every declaration in every block, or the line where something else stands."""
    at = 0
    while text[at:].strip():
        block = _BLOCK.match(text, at)
        if block is None:
            yield _line(text, at + len(text[at:]) - len(text[at:].lstrip()))
            return
        yield from _declarations(text, block.start(1), block[1])
        at = block.end()


def _declarations(text: str, at: int, inside: str) -> Iterator[Given | int]:
    for part in inside.split(";"):
        line = _line(text, at + len(part) - len(part.lstrip()))
        name, colon, value = part.partition(":")
        if part.strip():
            yield Given(name.strip(), value.strip(), line) if colon else line
        at += len(part) + 1


def _line(text: str, at: int) -> int:
    return text.count("\n", 0, at) + 1


def _refusal(one: Given, where: str) -> Mistake | None:
    """What is wrong with one declaration, if anything."""
    place = f"{where}:{one.line}"
    if one.name not in TOKENS:
        hint = meant(one.name, TOKENS, _("Bekend zijn: {namen}.", namen=", ".join(TOKENS)))
        return Mistake(place, _("onbekend token '{naam}'", naam=one.name), hint)
    kind = TOKENS[one.name][0]
    if not _fits(one, kind):
        return Mistake(
            place, _("'{waarde}' past niet bij {naam}", waarde=one.value, naam=one.name), _hint(one.name, kind)
        )
    return None


def _fits(one: Given, kind: Kind) -> bool:
    if kind == "kleur":
        return rgb(one.value) is not None
    if kind == "lettertype":
        return bool(_FONT.fullmatch(one.value))
    least, most = SIZES[one.name]
    if kind == "getal":
        return bool(re.fullmatch(r"\d(\.\d+)?", one.value)) and least <= float(one.value) <= most
    size = _SIZE.fullmatch(one.value)
    return size is not None and least <= float(size[1]) * (16 if size[2] == "rem" else 1) <= most


def _hint(name: str, kind: Kind) -> str:
    if kind == "kleur":
        return _("Schrijf een kleur zonder doorzicht, zoals #0c647f of rgb(12 100 127).")
    if kind == "lettertype":
        return _('Schrijf namen van lettertypen, zoals "Fira Sans", Arial, sans-serif.')
    least, most = SIZES[name]
    unit = "" if kind == "getal" else " px"
    return _("Schrijf een maat van {a} tot en met {b}.", a=f"{least:g}{unit}", b=f"{most:g}{unit}")


def _too_faint(given: list[Given], where: str) -> list[Mistake]:
    """Every pair of colours that has too little contrast; a token that is left out has our value."""
    known = {name: value for name, (kind, value) in TOKENS.items() if kind == "kleur"}
    lines = {one.name: one.line for one in given}
    known |= {one.name: one.value for one in given if one.name in known}
    return [
        _faint(f"{where}:{max(lines.get(text, 1), lines.get(ground, 1))}", text, ground, ratio, least)
        for text, ground, least in PAIRS
        if (ratio := contrast(known[text], known[ground])) < least and (text in lines or ground in lines)
    ]


def _faint(where: str, text: str, ground: str, ratio: float, least: float) -> Mistake:
    what = _(
        "{a} op {b} heeft een contrast van {c} : 1",
        a=text,
        b=ground,
        c=f"{int(ratio * 100) / 100:.2f}".replace(".", ","),
    )
    return Mistake(where, what, _("Nodig is minstens {n} : 1 (WCAG AA).", n=f"{least:g}".replace(".", ",")))


def css(given: Mapping[str, str]) -> str:
    """Tokens as CSS: fonts and sizes always, colours on a light screen; dark, paper and forced colours have theirs."""
    colours = [f"{name}:{value}" for name, value in given.items() if TOKENS[name][0] == "kleur"]
    others = [f"{name}:{value}" for name, value in given.items() if TOKENS[name][0] != "kleur"]
    light = "@media screen and (prefers-color-scheme:light) and (forced-colors:none)"
    return f":root{{{';'.join(others)}}}\n{light}{{:root{{{';'.join(colours)}}}}}\n"
