"""A BSN inside a text is hidden where the text goes out."""

from __future__ import annotations

import polars as pl

from verdringing.privacy.bsn import eleven
from verdringing.words import _

_MAYBE = r"[0-9](?:[. \u00a0\u202f-]?[0-9]){8}"
_EDGES = r"(?:^|[^0-9])(?:{})(?:[^0-9]|$)"
_SPACED = r"[0-9]{{2}}(?:(?:{0}{0})?[0-9]){{6}}[0-9]"
# Written for a text in which every other character stands twice, so that two numbers never share an edge. With hyphens
# only the two ways to write a BSN: 2025-12345 is a case number and 31-2-2025 10 is a moment.
_WRITTEN = tuple(
    _EDGES.format(form)
    for form in (
        "[0-9]{9}",
        _SPACED.format(r"\."),
        _SPACED.format(r"[ \u00a0\u202f]"),
        "[0-9]{4}--[0-9]{2}--[0-9]{3}|[0-9]{3}--[0-9]{3}--[0-9]{3}",
    )
)


def shielded(text: pl.Expr) -> pl.Expr:
    """Text (String) for an output: a cell with a number of nine digits that passes the eleven test is hidden whole.

    Also 1234.56.782 and the like. Use it at the very end: hidden cells are equal, so no key may be made of them.
    """
    return text.map_batches(_shielded, return_dtype=pl.String, is_elementwise=True)


def _shielded(texts: pl.Series) -> pl.Series:
    """Hardly any text has nine digits near each other: where none has, nothing is copied or looked at again."""
    maybe = texts.str.contains(_MAYBE)
    if not maybe.any():
        return texts
    doubtful = texts.filter(maybe).unique()
    hidden = doubtful.filter(doubtful.to_frame("value").select(_holds_bsn(pl.col("value"))).to_series())
    return texts.set(texts.is_in(hidden.implode()), _("(afgeschermd)")) if hidden.len() else texts


def _holds_bsn(text: pl.Expr) -> pl.Expr:
    apart = text.str.replace_all("([^0-9])", "$1$1")
    found = pl.concat_list(apart.str.extract_all(written) for written in _WRITTEN)
    return found.list.eval(eleven(pl.element().str.replace_all("[^0-9]", ""))).list.any()
