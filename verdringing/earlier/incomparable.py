"""Rules that do not mean the same in two reports, and why: their findings cannot be compared."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from verdringing.reported import Reported
from verdringing.words import _


def odd(old: Reported, new: Reported) -> dict[str, list[str]]:
    """Rules that both reports have and that do not mean the same in both, with the reasons."""
    shared = [name for name in new.rules if name in old.rules]
    reasons = {name: _changes(old, new, name) for name in shared}
    return {name: why for name, why in reasons.items() if why}


def _changes(old: Reported, new: Reported, name: str) -> list[str]:
    before, after = old.rules[name], new.rules[name]
    why = []
    if old.account["oordeelversie"] != new.account["oordeelversie"]:
        why.append(_("De versie van het programma oordeelt anders; zie het logboek van wijzigingen."))
    if _words(old) != _words(new):
        why.append(_("De lijst van namen die dezelfde functie of hetzelfde instrument zijn, is veranderd."))
    if {one["vingerafdruk"] for one in before} != {one["vingerafdruk"] for one in after}:
        why.append(_what_changed(before, after))
    for column in sorted({column for one in after for column in one["leest"]}):
        was, is_ = (one.account["gevuld"].get(column, 0) > 0 for one in (old, new))
        if was != is_:
            said = _("De kolom {kolom} was er toen niet.", kolom=column)
            why.append(_("De kolom {kolom} is er nu niet.", kolom=column) if was else said)
    return why


def _words(report: Reported) -> list[str | None]:
    """Fingerprints of the lists that decide which job and which instrument a placement has."""
    return [report.account["regelbestanden"].get(f"rules/{name}.yaml") for name in ("functiegroepen", "instrumenten")]


def _what_changed(before: Sequence[Mapping[str, Any]], after: Sequence[Mapping[str, Any]]) -> str:
    """Which values of a rule differ, with both; where none does, an amount in a table of norms changed."""
    if len(before) != len(after):
        return _("Er gelden nu andere versies van het beleid voor deze regel.")
    parts = []
    for was, is_ in zip(before, after, strict=True):
        for name, value in is_["parameters"].items():
            then, now = was["parameters"].get(name, {}).get("waarde"), value["waarde"]
            if then != now:
                parts.append(_("{naam} was {toen} en is {nu}", naam=name, toen=_short(then), nu=_short(now)))
    if not parts:
        return _("De bedragen of datums in de norm zijn veranderd.")
    return _("De regel is veranderd: {wat}.", wat="; ".join(parts))


def _short(value: object) -> str:
    """A value of a parameter, as JSON has it, on one line."""
    return "–" if value is None else re.sub(r"[{}'\[\]\"]", "", str(value))
