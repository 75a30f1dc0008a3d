"""What can still be prevented or stopped, and which limits come near."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

import polars as pl

from verdringing.audited import Audited
from verdringing.figures import count
from verdringing.page.ahead import Ahead
from verdringing.page.dossier import Dossier
from verdringing.privacy.shield import shielded
from verdringing.words import _

MOST_TODO = 6


def to_do(audited: Audited, shown: Sequence[Dossier]) -> list[dict[str, Any]]:
    """What can still be prevented and then what runs already, each by the day that is named; without one it comes last.

    That day is when the signal or the placement begins, and of what runs the last one.
    """
    return sorted((_entry(one, one.ahead, audited.order.day) for one in shown if one.ahead is not None), key=_soonest)


def _entry(dossier: Dossier, first: Ahead, day: date) -> dict[str, Any]:
    ahead, planned = bool(first.arose and first.arose > day), first.row["fase"] == "voorgenomen"
    when = first.arose if ahead else first.row["startdatum" if planned else "einddatum"]
    return {"dossier": dossier, "first": first, "ahead": ahead, "planned": planned, "when": when}


def _soonest(entry: Mapping[str, Any]) -> tuple[bool, date]:
    return not (entry["ahead"] or entry["planned"]), entry["when"] or date.max


def nothing_to_do(audited: Audited, shown: Sequence[Dossier]) -> str:
    """Why nothing of the cases that are shown can be prevented or stopped now."""
    if not audited.sums.running:
        return _(
            "Er is geen plaatsing met een signaal die nog loopt of nog begint. "
            "U hoeft nu niets te stoppen of te voorkomen."
        )
    if audited.sums.cases > len(shown):
        return _(
            "In de eerste {n} zaken is nu niets te stoppen of te voorkomen. "
            "Bij de zaken ziet u aan de fase wat nog loopt.",
            n=count(len(shown)),
        )
    return _(
        "Op elk signaal dat nog loopt of nog begint staat een besluit waarmee het is afgedaan: "
        "verklaard of niet terecht. U hoeft nu niets te stoppen of te voorkomen."
    )


def deadlines(audited: Audited) -> list[dict[str, Any]]:
    """Running placements that reach a limit within NEAR_DAYS after the reference date, soonest first."""
    return audited.sums.deadlines.with_columns(shielded(pl.col("werkgever", "functie"))).to_dicts()
