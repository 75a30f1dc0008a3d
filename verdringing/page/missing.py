"""What was missing for a verdict, in words."""

from __future__ import annotations

from verdringing.record import COLUMNS
from verdringing.words import _


def lacking(names: str) -> str:
    """What was missing, in words: columns by what they mean, a norm or a decision as such."""
    known = {column.name: _(column.meaning) for column in COLUMNS} | _no_columns() | _asked()
    return _(" en ").join(known.get(name, name) for name in names.split(", "))


def lacking_in_short(names: str) -> str:
    """The same with columns by their name, for a narrow table: who mends the file looks for the column."""
    known = _no_columns()
    return ", ".join(known.get(name, name.replace("_", " ")) for name in names.split(", "))


def _no_columns() -> dict[str, str]:
    """What can be missing that is no column."""
    return {
        "norm": _("een bedrag voor die datum in de norm"),
        "verlengingsbesluit": _("een besluit tot verlenging"),
        "beleid": _("een beleid dat voor deze gemeente geldt op de startdatum"),
        "historie": _("genoeg plaatsingen van eerder"),
        "uitstroom van eerdere plaatsingen": _("de uitstroom van eerdere plaatsingen"),
    }


def _asked() -> dict[str, str]:
    """Columns with yes or no as a question: what they mean would read as if it were so."""
    return {
        "uitzendbureau": _("of de werkgever een uitzendbureau is"),
        "vrijwillig": _("of de kandidaat vrijwillig meedoet"),
        "intentie_dienstverband": _("of de werkgever de kandidaat daarna in dienst wil nemen"),
        "begeleiding": _("of er begeleiding is"),
    }
