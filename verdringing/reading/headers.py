"""Which column of the record a header spells: its own name, or a well-known synonym from rules/kolomnamen.yaml."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cache

from verdringing import resources, strict_yaml
from verdringing.errors import Mistake, UserError, meant
from verdringing.record import BY_NAME, header_name
from verdringing.strict_yaml import Document
from verdringing.words import _

HEADER_WITHIN = 30
"""How many rows from the top the header is sought: titles of a report may stand above it."""


def column(written: str) -> str:
    """Name of the column that a header spells; a header that is no column of the record gives itself as a name."""
    name = header_name(written)
    return name if name in BY_NAME else synonyms().get(bare(written), name)


def bare(written: str) -> str:
    """Header in the form of kolomnamen.yaml: lower case, without accents, every other sign one space."""
    letters = unicodedata.normalize("NFKD", written.casefold())
    return " ".join(re.findall("[a-z0-9]+", "".join(one for one in letters if not unicodedata.combining(one))))


def known(columns: Collection[str]) -> list[str]:
    """Names to look for in a row that may be the header: the columns and, where they are the record, the synonyms."""
    return [*columns, *map(header_name, synonyms())] if set(columns) >= set(BY_NAME) else [*columns]


@cache
def synonyms() -> Mapping[str, str]:
    """Spelling → column of the record; UserError with every mistake in the file."""
    path = resources.folder("rules") / "kolomnamen.yaml"
    return read(strict_yaml.read(path, f"rules/{path.name}"))


def read(document: Document) -> dict[str, str]:
    """Spelling → column; a spelling that can never fit or that means two columns is a mistake."""
    found: dict[str, str] = {}
    mistakes = list(_mistakes(document, found))
    if mistakes:
        raise UserError(*mistakes)
    return found


def _mistakes(document: Document, found: dict[str, str]) -> Iterator[Mistake]:
    data = document.data if isinstance(document.data, dict) else {}
    for name, spellings in data.items():
        if name not in BY_NAME:
            yield Mistake(document.where((name,)), _("onbekende kolom '{naam}'", naam=name), meant(name, BY_NAME))
        if not isinstance(spellings, list) or not all(isinstance(spelling, str) for spelling in spellings):
            yield Mistake(document.where((name,)), _("'{naam}' vraagt een lijst met woorden", naam=name))
            continue
        for place, spelling in enumerate(spellings):
            where = document.where((name, place))
            if bare(spelling) != spelling or header_name(spelling) in BY_NAME:
                yield Mistake(where, _("'{woord}' is geen andere schrijfwijze van een kolom", woord=spelling))
            if found.setdefault(spelling, name) != name:
                yield Mistake(where, _("'{woord}' staat ook bij '{naam}'", woord=spelling, naam=found[spelling]))


def spelled(header: Sequence[str], columns: Collection[str], named: Mapping[str, int], where: str) -> dict[str, int]:
    """Column → place of the header that spells it; two headers that spell one column are refused.

    `named` columns are settled already; then a column's own name goes before its synonyms, which count only where
    `columns` is the record.
    """
    found = dict(named)
    taken = set(named.values())
    ways: list[Callable[[str], str]] = [header_name, lambda written: synonyms().get(bare(written), "")]
    for way in ways if set(columns) >= set(BY_NAME) else ways[:1]:
        settled = set(found)
        for place, written in enumerate(header):
            name = way(written)
            if place in taken or name not in columns or name in settled:
                continue
            if name in found:
                raise UserError(_twice(header[found[name]], written, where))
            found[name] = place
            taken.add(place)
    return found


def _twice(one: str, other: str, where: str) -> Mistake:
    if header_name(one) == header_name(other):
        return Mistake(where, _("de kolommen '{a}' en '{b}' heten hetzelfde", a=one, b=other))
    what = _("de kolommen '{a}' en '{b}' kunnen allebei '{naam}' zijn", a=one, b=other, naam=column(one))
    return Mistake(where, what, _("Zeg in kolommen.yaml welke het is."))
