"""Columns that say too much about a person, by their header or by what stands in them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import polars as pl

from verdringing.privacy.bsn import distinct_values, enough, mostly_bsn
from verdringing.record import header_name
from verdringing.words import _

_FIRM = re.compile(
    "werkgever|werkplek|werkadres|werklocatie|vestiging|bedrij[fv]|inlener|organisatie|bureau|functie|beroep|instrument"
    "|regeling|gemeente|project|traject|cao|sector|afdeling|locatie|opleiding|school|product|kvk"
)
"""Headers with such a word are about a firm or a thing: their name and address are nobody's own."""

_PERSON = "voor|achter|roep|familie|meisjes|geslachts|client(?:en)?|klant|kandidaat|deelnemer|persoons|partner"
_HEADERS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "bsn": r"(?:^|_)bsn|bsn(?:_|$)|burger_?service|(?:^|_)sofi",
        "geboortedatum": r"geboorte_?dat|(?:^|_)geb_?dat|(?:^|_)geboorte$|(?:^|_)geboren",
        "geboorteland": r"geboorte_?(?:land|plaats)",
        "nationaliteit": r"nationalit",
        "etniciteit": r"etni|afkomst|migratie_?achtergrond|(?:^|_)ras(?:_|$)",
        "religie": r"relig|godsdienst|levensbeschouw|(?:^|_)geloof",
        "geslacht": r"geslacht(?!s_?na)|sekse|gender",
        "gezondheid": r"gezondheid|diagnose|beperking|medisch|handicap|ziekte",
        "e_mail": r"e_?mail|(?:^|_)mail",
        "telefoon": r"telefoon|(?:^|_)tel(?:_|n|$)|(?:^|_)mobiel(?:_?n|$)|(?:^|_)gsm",
        "iban": r"iban|rekening_?n|bankrekening",
        "naam": rf"(?:{_PERSON})_?na(?:am|men)|voorletter|initialen|tussenvoegsel|contactpersoon",
        "adres": r"adres|post_?code|huis_?n(?:umme)?r|straat|woonplaats",
    }.items()
}

_DAY, _MONTH, _YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "(?:19[3-9][0-9]|200[0-9]|201[0-2])"
_MIDNIGHT = "(?:[ T][0-9:.]+)?"
_BORN = rf"^(?:{_DAY}[-/]{_MONTH}[-/]{_YEAR}|{_YEAR}-{_MONTH}-{_DAY}){_MIDNIGHT}$|^{_YEAR}[01][0-9][0-3][0-9]$"
_CONTENT: Mapping[str, str] = {
    "e_mail": r"^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$",
    "iban": r"(?i)^(?:NL[0-9]{2} ?[A-Z]{4} ?[0-9]{4} ?[0-9]{4} ?[0-9]{2}|BE[0-9]{2}(?: ?[0-9]{4}){3}"
    r"|DE[0-9]{2}(?: ?[0-9]{4}){4} ?[0-9]{2})$",
    # Ten digits with a leading zero can be a client number: without a separator only 06 is surely a telephone.
    "telefoon": r"^(?:\+|00)31[ -]?(?:\(0\))?(?:[ -]?[0-9]){9}$|^06(?:[ -]?[0-9]){8}$"
    r"|^(?:0[0-9]{2}[ -]+[0-9](?:[ -]?[0-9]){6}|0[0-9]{3}[ -]+[0-9](?:[ -]?[0-9]){5})$",
    "adres": r"^[1-9][0-9]{3} ?(?:[A-RT-Z][A-Z]|S[BCE-RT-Z])$",
    "geboortedatum": _BORN,
}


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A column that should not be supplied: its header, the kind, and whether its header or its content says so."""

    column: str
    kind: str
    by: Literal["kop", "inhoud"]

    def words(self) -> str:
        """The finding in a sentence with the advice; never a value."""
        kind = _kind_words(self.kind)
        if self.by == "kop":
            return _("Kolom '{kolom}' heet naar {soort}. Lever deze kolom niet aan.", kolom=self.column, soort=kind)
        return _("In kolom '{kolom}' staat zo te zien {soort}. Lever dat niet aan.", kolom=self.column, soort=kind)


def _kind_words(kind: str) -> str:
    return {
        "bsn": _("een burgerservicenummer"),
        "naam": _("de naam van een persoon"),
        "geboortedatum": _("een geboortedatum"),
        "nationaliteit": _("nationaliteit"),
        "geboorteland": _("geboorteland of geboorteplaats"),
        "etniciteit": _("etniciteit"),
        "religie": _("religie"),
        "geslacht": _("geslacht"),
        "gezondheid": _("gezondheid"),
        "adres": _("een adres of postcode"),
        "e_mail": _("een e-mailadres"),
        "telefoon": _("een telefoonnummer"),
        "iban": _("een bankrekening"),
    }[kind]


def recognise(header: str, values: pl.Series) -> Sensitive | None:
    """Recognise a column (header as written, text as it stood) that says too much about a person; None when it is fine.

    The header goes first; of the content at most MOST_VALUES distinct values are looked at.
    """
    name = _bare_header(header)
    kind = _kind_by_header(name)
    if kind:
        return Sensitive(header.strip(), kind, "kop")
    kind = _kind_by_content(name, distinct_values(values))
    return Sensitive(header.strip(), kind, "inhoud") if kind else None


def _bare_header(header: str) -> str:
    """Header without case and accents, its words joined by one underscore."""
    parts = unicodedata.normalize("NFKD", header_name(header))
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return re.sub("[^a-z0-9]+", "_", letters).strip("_")


def _kind_by_header(name: str) -> str | None:
    firm = _FIRM.search(name) is not None
    for kind, pattern in _HEADERS.items():
        if pattern.search(name) and not (kind == "adres" and firm):
            return kind
    return "naam" if "naam" in name.split("_") and not firm else None


def _kind_by_content(name: str, distinct: pl.Series) -> str | None:
    """The first kind that enough of the distinct values have; RSIN pass the eleven test too and are no person's."""
    if "rsin" not in name and mostly_bsn(distinct):
        return "bsn"
    hits = distinct.to_frame("value").select(
        pl.col("value").str.contains(pattern).sum().alias(kind) for kind, pattern in _CONTENT.items()
    )
    without = {"adres"} if _FIRM.search(name) else set()
    without |= set() if "geb" in name else {"geboortedatum"}
    found = (kind for kind, n in hits.row(0, named=True).items() if enough(n, len(distinct)))
    return next((kind for kind in found if kind not in without), None)
