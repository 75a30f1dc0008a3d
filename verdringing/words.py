"""The words a user sees: Dutch in the source, English from locale/en.po, chosen once per run."""

from __future__ import annotations

import gettext
from functools import cache

LANGUAGES = ("nl", "en")
_language = "nl"


def choose_language(code: str) -> None:
    """Set the language of every text made from here on; `code` is one of LANGUAGES."""
    global _language
    _language = code


def language() -> str:
    """Return the language in force: nl or en."""
    return _language


def _(text: str, **values: object) -> str:
    """Translate a Dutch source text and fill its {holes}; a hole without a value is a KeyError, never a blank."""
    said = text if _language == "nl" else _catalogue(_language).gettext(text)
    return said.format(**values) if values else said


def plural(count: int, one: str, many: str, **values: object) -> str:
    """Translate the form that fits `count`, which is available to the text as {n}."""
    mark = "." if _language == "nl" else ","
    return _(one if count == 1 else many, n=f"{count:,}".replace(",", mark), **values)


@cache
def _catalogue(code: str) -> gettext.NullTranslations:
    """Read locale/<code>.po; the file itself is the source, so there is nothing to compile or to forget."""
    from io import BytesIO
    from pathlib import Path

    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with (Path(__file__).parent / "locale" / f"{code}.po").open("rb") as source:
        write_mo(compiled, read_po(source))
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
