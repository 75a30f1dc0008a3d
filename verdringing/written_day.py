"""Days as a policy or a list writes them: jjjj-mm-dd, and what to write instead of anything else."""

from __future__ import annotations

import re
from datetime import date

from verdringing.words import _


def hint(text: str) -> str:
    """How a day is written, with the day that was probably meant."""
    parts = re.split("[-/]", text)
    if len(parts) == 3 and all(part.isdecimal() for part in parts):
        year, month, day = parts if len(parts[0]) == 4 else reversed(parts)
        if meant := read(f"{year}-{month:0>2}-{day:0>2}"):
            return _("Schrijf {woord}.", woord=meant.isoformat())
    return _("Schrijf jaar, maand en dag, zoals 2026-01-01.")


def read(text: str) -> date | None:
    """The day that jjjj-mm-dd says; None for anything else, also for a day that does not exist."""
    try:
        return date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        return None
