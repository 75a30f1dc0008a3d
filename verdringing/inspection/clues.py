"""What an unknown column probably is: clues from its header and from its values, and how sure they make us."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from verdringing.inspection.seen import Seen
from verdringing.reading import headers
from verdringing.record import BY_NAME, COLUMNS, Column
from verdringing.words import _

Sure = Literal["zeker", "waarschijnlijk", "twijfel"]
LEVELS: tuple[Sure, ...] = ("zeker", "waarschijnlijk", "twijfel")
FEW_CODES = 20
ALIKE = 86
"""Similarity of two headers (token_sort_ratio) from which one is probably the other."""

_NUMBER = r"(?:nr|nummer|id|code)"
_DAY, _DAY_OF = r"(?:dat(?:um)? )?", r"(?:s? ?dat(?:um)?)?(?: (?:plaatsing|traject))?"
_HOW = r"(?:(?:gepland|verwacht|werkelijk)e? ?)?"
HINTS: Mapping[str, str] = {
    "plaatsing_id": rf"^(?:traject|plaatsing|match|inzet)s?(?:en)? ?{_NUMBER}$",
    "kandidaat_id": rf"^(?:client|klant|kandidaat|kand|deelnemer)(?:en)? ?{_NUMBER}?$",
    "werkgever": r"^(?:werkgever|wg|bedrijf|organisatie|firma|onderneming|opdrachtgever)(?: ?naam)?$",
    "instrument": r"^(?:voorziening|regeling|instrument)|^(?:soort|type) (?:plaatsing|traject)$",
    "startdatum": rf"^{_DAY}(?:start|begin|aanvang|ingang){_DAY_OF}$|^van(?:af)?$",
    "einddatum": rf"^{_HOW}{_DAY}(?:einde?|beeindiging|afloop|stop|uit ?dienst(?:treding)?){_DAY_OF}(?: {_HOW})?$"
    r"|^laatste (?:werk)?dag$|^t ?m$|^tot(?: en met)?$",
    "functie": r"^(?:functie|beroep|werkzaamheden|taken)(?: ?naam)?$",
    "uren_per_week": r"^(?:contract ?)?uren? (?:p ?w|wk|p ?wk|per wk)$",
    "uurtarief": r"^(?:uur ?)?tarief(?: p ?u)?$",
    "gemeente": r"^gem(?:eente)?$",
    "kvk_nummer": rf"^kvk(?: ?{_NUMBER})?(?: (?:werkgever|bedrijf))?$",
    "vestigingsnummer": rf"^vest(?:igings?)? ?{_NUMBER}$",
    "inlener": r"^inlen(?:er|ende? (?:bedrijf|organisatie|werkgever))$",
    "inlener_kvk": r"^kvk.* inlen|^inlen.* kvk",
    "uitzendbureau": r"^(?:is )?uitzend(?:bureau|organisatie)?$",
    "sector": r"^(?:branche|sector)$",
    "gewerkte_uren": r"^(?:totaal|gewerkte?)(?: aantal)? uren$",
    "cao_uurloon": r"^(?:uur)?loon cao$|^cao (?:uur)?loon$",
    "werkaard": r"^(?:aard|soort)(?: van)?(?: het)? werk$",
    "reden": r"^reden (?:inzet|plaatsing)$",
    "vrijwillig": r"^(?:is )?vrijwillig(?:heid)?$",
    "intentie_dienstverband": r"^intentie",
    "begeleiding": r"^begeleid(?:ing)?$",
    "laatste_contact": r"^(?:datum )?(?:laatste )?contact(?:datum)?$",
    "geboortejaar": r"^geb ?jaar$",
    "uitkering_sinds": r"^uitkering (?:sinds|vanaf|per)$",
    "verlenging_datum": r"^verlengd op$",
    "verlenging_reden": r"^reden verlenging$",
    "werkzame_personen": r"^(?:aantal )?(?:personeel|personeelsleden)$",
    "uitstroom": r"^resultaat$",
    "uitstroom_naar": r"^uitstroom bij$",
}
"""Headers, in the form of kolomnamen.yaml, that suggest a column; the values must agree."""


@dataclass(frozen=True, slots=True)
class Guess:
    """That a column of the file is a column of the record: how sure, why, and the similarity of the headers (0-100)."""

    seen: Seen
    column: Column
    sure: Sure
    why: str
    alike: float

    @property
    def order(self) -> tuple[int, float]:
        """Surest first."""
        return LEVELS.index(self.sure), -self.alike


def guesses(columns: Sequence[Seen]) -> list[Guess]:
    """At most one guess per column of the file and of the record, surest first; two equal claims are both doubtful."""
    every = sorted((one for column in columns for one in _about(column)), key=lambda one: one.order)
    kept: list[Guess] = []
    for one in every:
        rivals = [other for other in every if other.column == one.column and other.order == one.order]
        rivals += [other for other in every if other.seen == one.seen and other.order == one.order]
        if any(one.seen.place == other.seen.place or one.column == other.column for other in kept):
            continue
        equal = len(rivals) > 2
        kept.append(Guess(one.seen, one.column, "twijfel", _("meer dan één mogelijkheid"), 0) if equal else one)
    return kept


def _about(column: Seen) -> Iterator[Guess]:
    name = headers.column(column.header)
    for record in COLUMNS:
        fits, why = fit(record, column)
        if name == record.name:
            sure: Sure = "twijfel" if fits is False else "zeker"
            yield Guess(column, record, sure, why if fits is False else _("kopnaam"), 100)
        elif name not in BY_NAME and (one := _by_clues(record, column, fits=fits, why=why)):
            yield one


def _by_clues(record: Column, column: Seen, *, fits: bool | None, why: str) -> Guess | None:
    alike = likeness(record.name, column.header)
    if alike >= ALIKE:
        told = _("de kop lijkt erop; {inhoud}", inhoud=why)
        return Guess(column, record, "waarschijnlijk" if fits else "twijfel", told, alike)
    if record.kind == "instrument" and column.shares.get("instrument", 0) >= 0.5:
        return Guess(column, record, "waarschijnlijk", why, alike)
    telling = record.kind not in ("text", "choice", "yes_no", "instrument")
    return Guess(column, record, "twijfel", why, alike) if fits and telling and alike >= 60 else None


def likeness(name: str, header: str) -> float:
    """How much a header is like the names of a column (0-100): 95 for a hint, else the best token_sort_ratio."""
    from rapidfuzz import fuzz

    written = headers.bare(header)
    if name in HINTS and re.search(HINTS[name], written):
        return 95.0
    names = [name.replace("_", " "), *(spelling for spelling, column in headers.synonyms().items() if column == name)]
    return max(fuzz.token_sort_ratio(written, known) for known in names)


def fit(record: Column, column: Seen) -> tuple[bool | None, str]:
    """Whether the values can be those of a column of the record (None: there are none), and what they look like."""
    shares = column.shares
    if not shares:
        return None, _("de kolom is leeg")
    few = len(column.codes) <= FEW_CODES
    form, least = {
        "date": ("date", 0.8), "decimal": ("number", 0.6), "euro": ("number", 0.8), "percentage": ("number", 0.8),
        "whole": ("whole", 0.8), "kvk": ("kvk", 0.8), "vestiging": ("vestiging", 0.8), "yes_no": ("yes_no", 0.8),
    }.get(record.kind, ("", 0.0))  # fmt: skip
    if record.name == "geboortejaar":
        form = "year"
    elif record.name.endswith("_id"):
        form, least = "code", 0.8
    if form:
        return shares[form] >= least, _share(form, shares[form])
    if record.kind == "instrument":
        known = shares["instrument"]
        return few and shares["number"] < 0.5, _share("instrument", known) if known else _codes(column)
    if record.kind == "choice":
        return few and shares["number"] < 0.5, _codes(column)
    return shares["date"] < 0.5 and shares["number"] < 0.5, _("tekst")


def _codes(column: Seen) -> str:
    return _("{n} verschillende waarden", n=len(column.codes))


def _share(form: str, share: float) -> str:
    what = {
        "date": _("datums"),
        "number": _("getallen"),
        "whole": _("hele getallen"),
        "year": _("jaartallen"),
        "kvk": _("nummers van 8 cijfers"),
        "vestiging": _("nummers van 12 cijfers"),
        "yes_no": _("ja of nee"),
        "code": _("nummers of codes"),
        "instrument": _("bekende instrumenten"),
    }[form]
    return _("{pct} % {wat}", pct=round(100 * share), wat=what)
