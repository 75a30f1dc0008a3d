"""A list of employers in YAML: mappings with the same keys as the columns of a table, as text with what is wrong."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from verdringing.errors import Mistake, meant
from verdringing.strict_yaml import Document
from verdringing.words import _


def entries(document: Document, columns: Sequence[str], mistakes: list[Mistake]) -> dict[int, dict[str, str | None]]:
    """Entries by their place, as text per column (null: nothing said); what cannot be an entry goes to `mistakes`.

    A document without anything but comments is a list without entries.
    """
    data = [] if document.data is None else document.data
    if not isinstance(data, list):
        hint = _("Begin elke werkgever met een streepje: '- werkgever: …'.")
        mistakes.append(Mistake(document.where(()), _("dit is geen lijst"), hint))
        return {}
    found = {}
    for place, entry in enumerate(data):
        if isinstance(entry, dict):
            found[place] = _entry(document, place, entry, columns, mistakes)
        else:
            hint = _("Schrijf bijvoorbeeld '- werkgever: …'; bekend zijn: {namen}.", namen=", ".join(columns))
            mistakes.append(Mistake(document.where((place,)), _("hier ontbreken de sleutels"), hint))
    return found


def _entry(
    document: Document, place: int, entry: dict[str, object], columns: Sequence[str], mistakes: list[Mistake]
) -> dict[str, str | None]:
    for key in entry:
        if key not in columns:
            what = _("onbekende sleutel '{naam}'", naam=key)
            mistakes.append(Mistake(document.where((place, key)), what, meant_or_all(key, columns)))
        elif isinstance(entry[key], list | dict):
            mistakes.append(Mistake(document.where((place, key)), _("'{naam}' is geen tekst", naam=key)))
    return {name: _as_text(entry.get(name)) for name in columns}


def meant_or_all(name: str, known: Sequence[str]) -> str:
    """The known name that was probably meant, or all of them."""
    return meant(name, known, _("Bekend zijn: {namen}.", namen=", ".join(known)))


def _as_text(value: object) -> str | None:
    """A value as a cell of a table would hold it."""
    match value:
        case bool():
            return "ja" if value else "nee"
        case str():
            return value.strip() or None
        case date():
            return value.isoformat()
        case int() | Decimal():
            return str(value)
    return None
