"""Numbers, dates and amounts as a person reads them, in the language of the run; checked against Babel in the tests."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from verdringing.sentences import MONTHS
from verdringing.words import language


def count(number: int) -> str:
    """1234 → 1.234 (nl) or 1,234 (en)."""
    return f"{number:,}".replace(",", "." if language() == "nl" else ",")


def amount(value: Decimal | float | None) -> str:
    """12.3 → € 12,30; 14.345 → € 14,345 (up to four decimals, where they are not zero); nothing for None."""
    if value is None:
        return ""
    text = f"{value:,.4f}"
    text = text[:-2] if text.endswith("00") else text.removesuffix("0")
    return "€ " + (text.translate(str.maketrans(",.", ".,")) if language() == "nl" else text)


def decimal(value: float | None) -> str:
    """24.5 → 24,5; 32.0 → 32; nothing for None."""
    if value is None:
        return ""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if language() == "nl" else text


def day(value: date | None) -> str:
    """17-08-2025, for tables; nothing for None."""
    return "" if value is None else f"{value:%d-%m-%Y}"


def day_in_words(value: date) -> str:
    """17 augustus 2025, for sentences."""
    return f"{value.day} {MONTHS[language()][value.month - 1]} {value.year}"
