"""What searching the cases needs: the index, the packed contents, the choices, and every word that the script says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from verdringing.audited import Audited, Order
from verdringing.page import contents, page_data
from verdringing.page.axis import short_months
from verdringing.page.dossier import Dossier
from verdringing.page.ruled import rule_order
from verdringing.postscripts import as_yet
from verdringing.record import INSTRUMENTS
from verdringing.rule import Rule
from verdringing.sentences import MONTHS
from verdringing.words import _, language, plural

FEW = 3
"""With so few cases or fewer there is nothing to search: they all stand open on the page."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A rule that signals can be of, with its place in the lists of the index."""

    place: int
    rule: Rule

    @property
    def name(self) -> str:
        """The rule's name."""
        return self.rule.name

    @property
    def title(self) -> str:
        """The rule's title in the language of the run."""
        return self.rule.say("titel")


@dataclass(frozen=True, slots=True)
class Finder:
    """Facts for finder.html.j2 and the scripts; `index` is packed text where there are `contents`."""

    words: dict[str, Any]
    index: dict[str, list[Any]] | str
    contents: str | None
    kinds: Sequence[Kind]
    municipalities: Sequence[str]


def finder(audited: Audited, shown: Sequence[Dossier]) -> Finder | None:
    """What the page needs to search its cases; None where there are few. Nothing is packed when all are written out."""
    total = audited.sums.cases
    if total <= FEW:
        return None
    rules = _signalling(audited)
    said, kinds = words(total, audited.order, rules), [Kind(place, rule) for place, rule in enumerate(rules)]
    if total <= len(shown) and all(dossier.written for dossier in shown):
        small = page_data.small_index(shown, rules)
        return Finder(said | {"grote": ""}, small, None, kinds, _named(small["gemeente"]))
    large = page_data.large_index(audited, rules)
    index, municipalities = contents.packed(large), _named(large["gemeente"].unique())
    inside = contents.columns(audited, rules)
    return Finder(
        said | {"grote": _too_large(inside["aantal"])},
        index,
        contents.packed(inside, numbers=True),
        kinds,
        municipalities,
    )


def _named(municipalities: Iterable[str | None]) -> list[str]:
    return sorted({name for name in municipalities if name})


def _too_large(placements: pl.Series) -> str:
    """What is said of cases that carry no placements; nothing where all do."""
    many = int((placements == 0).sum())
    if not many:
        return ""
    said = plural(many, "{n} heel grote zaak", "{n} heel grote zaken")
    return _("Op nummers in {zaken} zoekt dit rapport niet; die staan in bevindingen.csv.", zaken=said)


def _signalling(audited: Audited) -> list[Rule]:
    """The rules with a signal, in the order in which a case tells them: so the script need not sort them."""
    return sorted((rule for rule in audited.book.rules if rule.key in audited.sums.signalling), key=rule_order)


def words(total: int, order: Order, rules: Sequence[Rule]) -> dict[str, Any]:
    """Every text that the script shows, holes open, and the days and names that its pictures need."""
    return _counted() | {
        "zaken": total,
        "dag": _number(order.day),
        "periode": order.period and [_number(order.period.first), _number(order.period.last) + 1],
        "instrumenten": INSTRUMENTS,
        "grensregels": _with_check(rules, "duur"),
        "lijstregels": _with_check(rules, "lijst"),
        "rijregels": _with_check(rules, "opvolging"),
        "getoond": _("{x} van {y} zaken getoond."),
        "passen": _("{m} zaken passen bij uw keuze."),
        "begrensd": _("Dit rapport doorzoekt de eerste {n} zaken – alles staat in bevindingen.csv."),
        "meer": _("Toon nog {n} zaken"),
        "titel": {
            "beide": _("{functie} bij {werkgever}"),
            "functie": _("{functie} bij een onbekende werkgever"),
            "werkgever": _("werk zonder functienaam bij {werkgever}"),
            "geen": _("werk zonder functienaam bij een onbekende werkgever"),
        },
        "zaak": _("zaak {zaak}"),
        "teGroot": _("De bevindingen van deze zaak staan in bevindingen.csv, bij zaak {zaak}."),
        "loopt": _("loopt nog of begint nog"),
        "beeindigd": _("beëindigd"),
        "herkomst": _("{bestand}, rij {rij}"),
        "plaatsing": _("plaatsing {nummer}"),
        "kvk": _("KvK {nummer}"),
        "via": _("via {werkgever}"),
        "eerder": [_("{begin} tot en met {einde}"), _("vanaf {begin}, zonder einddatum")],
        "eerderInRij": _("Eerder in deze rij:"),
        "komtNa": _("Komt na:"),
        "deelGetoond": _("{x} van {y} getoond"),
        "opRij": _("nummer {n} op rij"),
        "voorgeschiedenis": _("voorgeschiedenis"),
        "buitenPeriode": _("buiten de periode"),
        "gemeten": _("gemeten {waarde}"),
        "grensVan": _("grens {grens}"),
        "fasen": [_("begint nog"), _("loopt"), _("beëindigd")],
        "alleBeeindigd": _("alle plaatsingen met een signaal zijn beëindigd"),
        "ontstaan": _("ontstaan op {dag}"),
        "alsNog": as_yet(),
        "maanden": MONTHS[language()],
        "kort": short_months(),
        "begint": _("begint op {dag}"),
        "open": _("open"),
        "bezet": _("bezet"),
        "getoetst": _("getoetste periode"),
        "grens": _("grens: t/m {dag}"),
        "lijstSinds": _("op de lijst sinds {dag}"),
        "peildatum": _("peildatum {dag}"),
        "tijdlijn": _("Tijdlijn: {zaak}"),
        "bronrijenVan": _("Bronrijen van zaak {zaak}"),
    }


def _with_check(rules: Sequence[Rule], check: str) -> list[int]:
    """Places of the rules that use a check."""
    return [place for place, rule in enumerate(rules) if rule.file.toets == check]


def _counted() -> dict[str, list[str]]:
    """Texts that count, each for one and for more."""
    return {
        "signalen": [_("{n} signaal"), _("{n} signalen")],
        "vanRegels": [_("van {n} regel"), _("van {n} regels")],
        "plaatsingen": [_("{n} plaatsing"), _("{n} plaatsingen")],
        "kandidaten": [_("{n} kandidaat"), _("{n} kandidaten")],
        "bronrijen": [_("{n} bronrij"), _("{n} bronrijen")],
    }


def _number(day: date) -> int:
    """Days since 1970, as the script counts."""
    return (day - date(1970, 1, 1)).days
