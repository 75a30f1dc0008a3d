"""What goes before or after the sentence of a finding: that it lies ahead, that the rule changed meanwhile."""

from __future__ import annotations

from datetime import date

import polars as pl

from verdringing.sentences import in_cell, in_words
from verdringing.words import _


def ahead(arose: pl.Expr, day: date) -> pl.Expr:
    """What goes before a sentence about something that has not come true yet on the reference date; else nothing."""
    before, after = as_yet().split("{dag}")
    threat = pl.concat_str(pl.lit(before), in_words(arose, pl.Date()), pl.lit(f"{after} "))
    return pl.when(arose > day).then(threat).otherwise(pl.lit(""))


def as_yet() -> str:
    """That a signal begins on {dag}, after the reference date."""
    return _("Als er niets verandert, begint dit signaal op {dag}.")


def changed(day: pl.Expr) -> pl.Expr:
    """What comes after a sentence where the rule changed on a day while the placement ran; else nothing."""
    before, after = _("Op {dag} veranderde deze regel; hier telt de regel van de startdatum.").split("{dag}")
    return pl.concat_str(pl.lit(f" {before}"), in_cell(day, pl.Date()), pl.lit(after)).fill_null("")
