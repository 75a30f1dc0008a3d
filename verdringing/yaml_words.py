"""What an unquoted word of YAML means here: a number, a day, yes or no, nothing, and otherwise the word itself."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

_EXACT = {"": None, "~": None, "null": None, "true": True, "false": False}
_ANY_CASE = {"ja": True, "nee": False}
WHOLE = re.compile("-?(0|[1-9][0-9]*)")
_BROKEN = re.compile("-?(0|[1-9][0-9]*)[.,][0-9]+")
DAY = re.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STARTS_NUMBERS = frozenset("-0123456789")


def meaning(text: str) -> object:
    """Return what an unquoted word means; ValueError for an impossible date or more digits than Python reads."""
    if text[:1] in _STARTS_NUMBERS:
        if WHOLE.fullmatch(text):
            return int(text)
        if _BROKEN.fullmatch(text):
            return Decimal(text.replace(",", "."))
        if DAY.fullmatch(text):
            return date.fromisoformat(text)
    return _EXACT[text] if text in _EXACT else _ANY_CASE.get(text.lower(), text)
