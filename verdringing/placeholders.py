"""Texts that fill a cell and say nothing: what people and spreadsheets write where a value is not there."""

from __future__ import annotations

from typing import TypeVar

import polars as pl

PLACEHOLDERS = (
    "-",
    "?",
    "onbekend",
    "n.v.t.",
    "nvt",
    "n.b.",
    "null",
    "n/a",
    "#n/b",
    "#n/a",
    "#verw!",
    "#ref!",
    "#waarde!",
    "#value!",
    "#naam?",
    "#name?",
    "#deel/0!",
    "#div/0!",
    "#getal!",
    "#num!",
    "#leeg!",
    "#null!",
)

_Text = TypeVar("_Text", pl.Expr, pl.Series)


def says_nothing(text: _Text) -> _Text:
    """Which texts (without spaces around them) are empty or a placeholder; null for null."""
    return text.str.to_lowercase().is_in(["", *PLACEHOLDERS])
