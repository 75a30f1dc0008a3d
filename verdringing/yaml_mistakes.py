"""What a parser of YAML stumbled over, in our own words and at the line where the writer should look."""

from __future__ import annotations

import re
from typing import Any

from verdringing.errors import Mistake
from verdringing.words import _

DEEPEST = 20
"""Levels that a file may have."""

TABBED = re.compile(r"[ ?-]*\t")


def about_tabs() -> tuple[str, str]:
    """What is wrong with a tab as indentation, and what to do."""
    return _("deze regel springt in met een tab"), _("Gebruik spaties om in te springen.")


def syntax_mistake(error: Any, name: str, rows: list[str]) -> Mistake:
    """Say in our own words what the parser stumbled over, at the line where the writer should look."""
    stuck = min(error.problem_mark.line, len(rows) - 1)
    begun = error.context_mark.line if error.context_mark else stuck
    if TABBED.match(rows[stuck]):
        return Mistake(f"{name}:{stuck + 1}", *about_tabs())
    problem = f"{error.context} {error.problem}"
    what, hint = next((what, hint) for fits, what, hint in _phrases(begun + 1) if re.search(fits, problem))
    # What is left unfinished is noticed only where the next thing starts, often at the end of the file.
    unfinished = re.search("simple key|end of stream|unexpected document", problem)
    return Mistake(f"{name}:{(begun if unfinished else stuck) + 1}", what, hint)


def _phrases(begun: int) -> tuple[tuple[str, str, str], ...]:
    """Return (problem as libyaml or PyYAML words it, what, hint); the first that fits holds, the last always fits."""
    return (
        (
            "mapping values",
            _("hier kan geen dubbele punt staan"),
            _("Zet tekst met een dubbele punt tussen aanhalingstekens, of spring in zoals de regel erboven."),
        ),
        (
            "simple key",
            _("hier mist een dubbele punt na de sleutel"),
            _("Schrijf 'sleutel: waarde'; tekst die doorloopt springt verder in dan de sleutel."),
        ),
        (
            "end of stream|unexpected document",
            _("de tekst die hier met een aanhalingsteken begint, eindigt nergens"),
            _("Zet het sluitende aanhalingsteken."),
        ),
        (
            "expected ',' or",
            _("de haak of accolade van regel {regel} is niet gesloten", regel=begun),
            _("Zet het sluitteken erbij, of een komma tussen de waarden."),
        ),
        (
            "sequence entries",
            _("hier kan geen streepje staan"),
            _("Begin een lijst op een nieuwe regel, of zet de tekst tussen aanhalingstekens."),
        ),
        (
            "escape|hexdecimal",
            _("na de backslash staat een teken dat daar niet kan"),
            _("Gebruik enkele aanhalingstekens: daarbinnen is een backslash een gewoon teken."),
        ),
        (
            r"start any token|node content|alphabetic|block scalar|\btag\b",
            _("een waarde kan niet zo beginnen"),
            _("Zet tekst die met een leesteken begint tussen aanhalingstekens."),
        ),
        (
            "expected key|block end|'-' indicator|document start",
            _("deze regel past niet bij wat erboven staat"),
            _("Controleer de inspringing, en of aanhalingstekens en haken om de hele waarde staan."),
        ),
        (
            "too deep",
            _("dit is meer dan {n} lagen diep", n=DEEPEST),
            _("Sluit een haak, of spring minder in."),
        ),
        ("", _("dit is geen geldige YAML"), _("Controleer de inspringing, de aanhalingstekens en de haken.")),
    )
