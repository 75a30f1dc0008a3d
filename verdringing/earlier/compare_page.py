"""The page of a comparison: two reports in full, and the line of signals over all reports that were given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import polars as pl

from verdringing import __version__, figures, report
from verdringing.earlier import gone
from verdringing.earlier.compare import CAUSES, STATUSES, Comparison, compare
from verdringing.page.inline import inlined
from verdringing.privacy.shield import shielded
from verdringing.record import BY_NAME
from verdringing.reported import Reported
from verdringing.words import _, language, plural

MOST_ROWS = 200


@dataclass(frozen=True, slots=True)
class Point:
    """One report on the line of a rule: its name, signals of judged placements (None: off), not judged, and a break.

    `broken` says that this point cannot be compared with the one before it.
    """

    name: str
    signals: int | None
    judged: int | None
    unknown: int | None
    broken: bool

    @property
    def share(self) -> float | None:
        """Signals as a percentage of what could be judged; None where nothing could."""
        return 100 * self.signals / self.judged if self.judged and self.signals is not None else None


def page(found: Comparison, reports: Sequence[Reported], *, what_if: bool = False) -> str:
    """The whole page as one HTML document, without any request to elsewhere."""
    return report.rendered("compare.html.j2", facts(found, reports, what_if=what_if) | inlined())


def facts(found: Comparison, reports: Sequence[Reported], *, what_if: bool) -> dict[str, Any]:
    """Everything that templates/compare.html.j2 shows."""
    titles = rule_titles(found.old, found.new)
    return {
        "language": language(),
        "version": __version__,
        "what_if": what_if,
        "reports": len(reports),
        "old": found.old,
        "new": found.new,
        "counts": found.counts,
        "summary": summary(found, what_if=what_if),
        "titles": titles,
        "rules": [
            row for row in found.rules.to_dicts() if any(row[status] for status in STATUSES) or row["getoetst_nu"]
        ],
        "odd": found.odd,
        "added": found.added,
        "removed": found.removed,
        "lists": {status: rows(found, status) for status in ("nieuw", "gewijzigd", "verdwenen", "niet_vergelijkbaar")},
        "cause_words": cause_words(),
        "trend": trend(reports) if len(reports) > 2 else {},
    }


def rule_titles(old: Reported, new: Reported) -> dict[str, str]:
    """Title of every rule of either report; that of the new report where both have it."""
    told = {**old.account["regels"], **new.account["regels"]}
    return {name: several[-1].get("titel", name) for name, several in told.items()}


def rows(found: Comparison, status: str) -> list[dict[str, Any]]:
    """The first findings with a status, without a BSN in what a person wrote."""
    shown = found.findings.filter(status=status).head(MOST_ROWS)
    return shown.with_columns(shielded(pl.col("werkgever", "functie"))).to_dicts()


def summary(found: Comparison, *, what_if: bool) -> list[str]:
    """What changed in a few sentences, with the reason where that is missing data and no improvement."""
    told = dict(zip("abcde", (figures.count(found.counts[status]) for status in STATUSES), strict=True))
    said = [_("{a} nieuw, {b} gewijzigd, {c} hetzelfde, {d} verdwenen, {e} niet te vergelijken.", **told)]
    if lost := found.caused("niet_meer_toetsbaar"):
        said.append(
            plural(
                lost,
                "Van de verdwenen signalen is er {n} weg omdat nu gegevens ontbreken. Dat is geen verbetering.",
                "Van de verdwenen signalen zijn er {n} weg omdat nu gegevens ontbreken. Dat is geen verbetering.",
            )
        )
    said += gone.sentences(found.caused)
    if found.odd and not what_if:
        said.append(
            plural(
                len(found.odd),
                "Bij {n} regel zegt een verschil niets over plaatsingen: de regel of de gegevens veranderden.",
                "Bij {n} regels zegt een verschil niets over plaatsingen: de regels of de gegevens veranderden.",
            )
        )
    return said


def cause_words() -> dict[str, str]:
    """Every cause in words, and every changed fact by the meaning of its column."""
    words = {
        "nieuwe_plaatsing": _("niet in het vorige rapport"),
        "eerst_niet_toetsbaar": _("was niet te toetsen"),
        "eerst_geen_signaal": _("was geen signaal"),
        "eerst_nvt": _("de regel gold niet"),
        "niet_meer_in_bereik": _("niet meer in het rapport"),
        "niet_meer_in_bestand": _("staat niet meer in het bestand, of de rij is afgekeurd"),
        "niet_meer_gevonden": _("niet meer in het bestand, afgekeurd, of nu een eerdere einddatum"),
        "niet_terug_te_vinden": _("niet terug te vinden: geen vast nummer"),
        "niet_meer_toetsbaar": _("er ontbreken nu gegevens"),
        "nu_geen_signaal": _("nu geen signaal"),
        "nu_nvt": _("de regel geldt niet meer"),
    }
    assert words.keys() == CAUSES.keys(), "every cause has words"
    facts = {"waarde": _("gemeten waarde"), "grens": _("grens"), "norm": _("waar de regel op rust")}
    facts |= {name: _(BY_NAME[name].meaning) for name in ("instrument", "startdatum", "einddatum")}
    return words | facts | {"werkgever_sleutel": _("werkgever"), "functie_sleutel": _("functie")}


def trend(reports: Sequence[Reported]) -> dict[str, list[Point]]:
    """Rule → a point per report, in the order given, for every rule that gave a signal in any of them."""
    breaks = [compare(one, other) for one, other in pairwise(reports)]
    names = dict.fromkeys(name for one in reports for name in one.rules)
    lines = {name: [_point(one, name, breaks, place) for place, one in enumerate(reports)] for name in names}
    return {name: line for name, line in lines.items() if any(point.signals for point in line)}


def _point(one: Reported, rule: str, breaks: Sequence[Comparison], place: int) -> Point:
    four = one.account["tellingen"]["oordelen"].get(rule) if rule in one.rules else None
    before = breaks[place - 1] if place else None
    broken = before is not None and (rule in before.odd or rule in before.added or rule in before.removed)
    if four is None:
        return Point(one.name, None, None, None, broken)
    return Point(one.name, four["signaal"], four["signaal"] + four["geen_signaal"], four["niet_toetsbaar"], broken)
