"""One YAML file → plain Python with the line of every value: what YAML guesses at stays text, doubt is refused.

These unquoted words have a meaning; all others are text, such as NO, yes, on, True, 12:30, 0123, 1e3, 0x1F and .inf:

    ja, nee (any case), true, false → bool      12, -3, 0        → int       2026-07-01 → date
    nothing, ~, null                → None      12,30 and 12.30  → Decimal

Quoted text and blocks under | or > are always text, and so is every key. Refused: a key twice, anchors, aliases, merge
keys, tags, keys that are not text, a second document, tabs as indentation, more than 20 levels, more than 1 MiB.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple

from verdringing.disk import leads_nowhere, unreadable
from verdringing.errors import Mistake, UserError, meant
from verdringing.words import _
from verdringing.yaml_walk import Route, Walk

__all__ = ["Document", "Route", "load", "read"]

LARGEST = 2**20
UNPRINTABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Document(NamedTuple):
    """What a file says (`data`) and where: `lines` has the 1-based line of each value, for an entry that of its key."""

    name: str
    data: object
    lines: dict[Route, int]

    def where(self, path: Route) -> str:
        """Return name:line of the longest known start of `path`."""
        known = next(path[:size] for size in range(len(path), -1, -1) if path[:size] in self.lines)
        return f"{self.name}:{self.lines[known]}"


def read(path: Path, name: str | None = None) -> Document:
    """Load a UTF-8 file, with or without byte order mark; UserError when it cannot be read or `load` refuses it."""
    label = name or str(path)
    try:
        if path.is_dir():
            raise UserError(Mistake(label, _("dit is een map, geen bestand")))
        with path.open("rb") as source:
            content = source.read(LARGEST + 1)
    except (FileNotFoundError, NotADirectoryError):
        if path.is_symlink():
            raise leads_nowhere(label) from None
        hint = meant(path.name, (other.name for other in path.parent.glob("*.y*ml")))
        raise UserError(Mistake(label, _("dit bestand bestaat niet"), hint)) from None
    except OSError as error:
        raise unreadable(error, label) from None
    return load(_decoded(content, label), label)


def load(text: str, name: str) -> Document:
    """Return what a YAML text says; UserError with all its mistakes, up to a syntax error or too deep a level."""
    text = text.removeprefix("\ufeff")
    if len(text.encode(errors="replace")) > LARGEST:
        raise _too_large(name)
    if strange := UNPRINTABLE.search(text):
        line = len(f"{text[: strange.start()]}.".splitlines())
        what = _("hier staat een onzichtbaar teken (U+{code:04X})", code=ord(strange[0]))
        raise UserError(Mistake(f"{name}:{line}", what, _("Verwijder het, of typ de regel opnieuw.")))
    walk = Walk(text, name)
    data = walk.document()
    if walk.mistakes:
        raise UserError(*walk.mistakes)
    return Document(name, data, walk.lines)


def _decoded(content: bytes, name: str) -> str:
    # Before decoding: cut off at the limit, the last character may be half.
    if len(content) > LARGEST:
        raise _too_large(name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        hint = _("Sla het op als platte tekst met codering UTF-8.")
        raise UserError(Mistake(name, _("dit bestand is geen tekst in UTF-8"), hint)) from None


def _too_large(name: str) -> UserError:
    return UserError(Mistake(name, _("dit bestand is groter dan 1 MiB"), _("Is het wel het bedoelde bestand?")))
