"""What a person found of each verdict in a sample: what is said, how it is kept, and which outcome counts."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256
from re import sub

import polars as pl

from verdringing.words import language

OUTCOMES: Mapping[str, str] = {"klopt": "correct", "klopt niet": "not correct", "niet te zeggen": "cannot say"}
VERDICTS: Mapping[str, str] = {"geen_signaal": "no signal", "niet_toetsbaar": "cannot be judged"}
"""In Dutch (as it is kept) and in English; a list may use either."""

SAID = ("uitkomst", "toelichting", "door", "datum")
"""What a person fills in."""

SCHEMA = pl.Schema(
    {
        "peildatum": pl.Date,
        "zaad": pl.String,
        "getrokken": pl.String,
        "populatie": pl.String,
        "nummer": pl.String,
        "oordeel": pl.String,
        "plaatsing_id": pl.String,
        "regel": pl.String,
        "uitkomst": pl.String,
        "toelichting": pl.String,
        "door": pl.String,
        "datum": pl.Date,
        "kenmerk": pl.String,
    }
)
"""An outcome as it is kept.

peildatum: of the report for which it was drawn. populatie: SHA-256 of what it was drawn from (sample.fingerprint).
getrokken: how many of each kind, of how many. kenmerk: a check on what the machine wrote (see `with_marks`).
"""

KNOWN = (*SCHEMA, "eerder")
DRAW = ("populatie", "zaad", "getrokken")
"""What makes two draws one."""

_BY_MACHINE = (*DRAW, "nummer", "oordeel", "plaatsing_id", "regel")


def in_words(word: str) -> str:
    """An outcome or a kind of verdict in the language of the run."""
    return {**OUTCOMES, **VERDICTS}[word] if language() == "en" else word.replace("_", " ")


def with_marks(rows: pl.DataFrame) -> pl.DataFrame:
    """Add kenmerk, s and 12 hexadecimal digits of what the machine wrote: a spoiled row is not taken for another.

    Letters and digits alone count, because a spreadsheet cannot hold every other sign.
    """
    told = rows.select(pl.concat_str([pl.col(name).cast(pl.String) for name in _BY_MACHINE], separator="\x1f"))
    marks = [None if text is None else f"s{sha256(_bare(text)).hexdigest()[:12]}" for text in told.to_series()]
    return rows.with_columns(pl.Series("kenmerk", marks, dtype=pl.String))


def _bare(text: str) -> bytes:
    return sub(r"[^\w\x1f]", "", text).encode()


def last(kept: pl.DataFrame) -> pl.DataFrame:
    """The outcome that counts of every verdict: the last by datum, and of one day the last in the file."""
    return kept.sort("datum", maintain_order=True).unique("kenmerk", keep="last", maintain_order=True)
