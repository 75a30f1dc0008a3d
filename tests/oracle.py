"""The checks once more, slow and plain, written from the contract alone: what the product must agree with.

One function per check. Each takes placements, the reference date and the parameters of a rule as its file spells them,
and gives an Answer per plaatsing_id. Nothing here is shared with the product, and nothing is clever. At the end stand
made-up placements, dense and full of gaps that fall exactly on a limit.
"""

from __future__ import annotations

from calendar import monthrange
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction
from functools import cache
from itertools import product
from pathlib import Path
from random import Random
from typing import Any

import yaml

NEVER = date.max
MAXIMA = {
    2015: 2340, 2016: 2366, 2017: 2392, 2018: 2416, 2019: 2500, 2020: 2570,
    2021: 2629, 2022: 2672, 2023: 2934, 2024: 3151, 2025: 3263, 2026: 3398,
}  # fmt: skip
"""Most premium that one person may get in a calendar year (Participatiewet 31.2.j), whole euros."""
LIMITS = ({"uren_boven": 28, "maanden": 3}, {"maanden": 6})
UNITS = ("dagen", "weken", "maanden", "jaren")


@dataclass(frozen=True)
class Placement:
    """One placement with its keys already known: `werkplek` and `functie` are keys, not names."""

    plaatsing_id: str
    kandidaat: str
    werkplek: str
    instrument: str
    start: date
    einddatum: date | None = None
    functie: str | None = None
    gemeente: str | None = None
    vestiging: str | None = None
    uren: Fraction | None = None
    gewerkte_uren: Fraction | None = None
    verlengd: bool = False
    geboortejaar: int | None = None
    premie: Fraction | None = None
    uitstroom: str | None = None
    uitstroom_naar: str | None = None
    werkzame_personen: int | None = None
    uurtarief: Fraction | None = None
    cao: str | None = None
    cao_uurloon: Fraction | None = None
    loonwaarde: Fraction | None = None

    def last_day(self, peildatum: date) -> date:
        """Give e: einddatum, or for an open placement max(s, peildatum)."""
        return self.einddatum or max(self.start, peildatum)

    @property
    def seen_later(self) -> date:
        """Seen from a placement that starts later, an open placement is still running."""
        return self.einddatum or NEVER


@dataclass(frozen=True)
class Answer:
    """A verdict, the first day on which a signal's condition holds, and what was measured where that can be told."""

    oordeel: str
    ontstaan_op: date | None = None
    gemeten: tuple[object, ...] = ()


Answers = dict[str, Answer]


def opvolging(
    placements: Sequence[Placement],
    peildatum: date,
    max_op_rij: int = 2,
    max_tussenruimte_dagen: int = 183,
    niveau: str = "vestiging",
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """plaats(p) = 1 + max plaats(q) over earlier placements q of another candidate that ended shortly before p."""
    answers: Answers = {}
    for group in _places(placements, niveau):
        plaats: dict[str, int] = {}
        for p in sorted(group, key=_order):
            earlier = [q for q in group if q.kandidaat != p.kandidaat and q.seen_later < p.start]
            near = [q for q in earlier if _gap(q.seen_later, p.start) <= max_tussenruimte_dagen]
            plaats[p.plaatsing_id] = 1 + max((plaats[q.plaatsing_id] for q in near), default=0)
            if p.functie is None:
                answers[p.plaatsing_id] = Answer("niet_toetsbaar")
            else:
                signal = plaats[p.plaatsing_id] > max_op_rij
                answers[p.plaatsing_id] = _answer(signal, p.start, (plaats[p.plaatsing_id],))
    return _meant(answers, placements, instrumenten)


def bezetting(
    placements: Sequence[Placement],
    peildatum: date,
    max_maanden: int = 12,
    max_tussenruimte_dagen: int = 31,
    min_kandidaten: int = 2,
    niveau: str = "vestiging",
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """A run of placements on one job without a break: how long, and by how many candidates."""
    answers: Answers = {}
    for group in _places(placements, niveau):
        for p in group:
            if p.functie is None:
                answers[p.plaatsing_id] = Answer("niet_toetsbaar")
                continue
            run = _unbroken(p, group, max_tussenruimte_dagen)
            sinds = run[0].start
            limit = plus(sinds, "maanden", max_maanden)
            kandidaten = len({q.kandidaat for q in run})
            flagged = p.last_day(peildatum) >= limit and kandidaten >= min_kandidaten
            answers[p.plaatsing_id] = _answer(flagged, max(limit, p.start), (sinds, kandidaten))
    return _meant(answers, placements, instrumenten)


def terugkeer(
    placements: Sequence[Placement],
    peildatum: date,
    max_jaren: int = 2,
    niveau: str = "vestiging",
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """Consecutive calendar years, ending with that of p, with a start in the same quarter on the same job."""
    answers: Answers = {}
    for group in _places(placements, niveau):
        for p in group:
            if p.functie is None:
                answers[p.plaatsing_id] = Answer("niet_toetsbaar")
                continue
            starts = {(q.start.year, _quarter(q.start)) for q in group if q.start <= p.start}
            jaren = 0
            while (p.start.year - jaren, _quarter(p.start)) in starts:
                jaren += 1
            answers[p.plaatsing_id] = _answer(jaren > max_jaren, p.start, (jaren,))
    return _meant(answers, placements, instrumenten)


def stapeling(
    placements: Sequence[Placement],
    peildatum: date,
    max_inzetten: int = 1,
    max_tussenruimte_dagen: int = 183,
    zelfde_functie: bool = True,
    toegestaan: Iterable[Sequence[str]] = (),
    niveau: str = "werkgever",
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """Instruments of one candidate at one place of work, one after another."""
    answers: Answers = {}
    allowed = {tuple(pair) for pair in toegestaan}
    for group in _groups(placements, lambda p: (p.kandidaat, *_place(p, niveau), p.functie if zelfde_functie else "")):
        inzet = 0
        previous: Placement | None = None
        latest = date.min
        for p in sorted(group, key=_order):
            if previous is None or _gap(latest, p.start) > max_tussenruimte_dagen:
                inzet = 1
            elif p.instrument != previous.instrument and (previous.instrument, p.instrument) not in allowed:
                inzet += 1
            previous, latest = p, max(latest, p.seen_later)
            unknown = zelfde_functie and p.functie is None
            answer = Answer("niet_toetsbaar") if unknown else _answer(inzet > max_inzetten, p.start, (inzet,))
            answers[p.plaatsing_id] = answer
    return _meant(answers, placements, instrumenten)


def duur(
    placements: Sequence[Placement],
    peildatum: date,
    grenzen: Sequence[Mapping[str, Any]] = LIMITS,
    verlenging: Mapping[str, int] | None = None,
    minimaal: Mapping[str, int] | None = None,
    samenvoegen_dagen: int = 31,
    per: str = "functie",
    niveau: str = "werkgever",
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """A spell of placements of one candidate, held against the limits that are possible for its hours and age."""
    answers: Answers = {}
    among = [p for p in placements if instrumenten is None or p.instrument in instrumenten]
    for group in _groups(among, lambda p: (p.kandidaat, *_place(p, niveau), p.functie if per == "functie" else "")):
        for p in group:
            alone = per == "functie" and p.functie is None
            spell = [p] if alone else _unbroken(p, group, samenvoegen_dagen)
            answer = _held_against_limits(p, spell, peildatum, grenzen, verlenging)
            if minimaal is not None:
                answer = _held_against_minimum(p, spell, peildatum, minimaal, answer, alone=alone)
            if alone and answer.oordeel != "signaal":
                answer = Answer("niet_toetsbaar")
            answers[p.plaatsing_id] = answer
    return _meant(answers, placements, instrumenten)


def doorstroom(
    placements: Sequence[Placement],
    peildatum: date,
    venster_maanden: int = 24,
    min_afgerond: int = 5,
    niveau: str = "werkgever",
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """Placements that ended at this place of work shortly before p, and what became of them."""
    answers: Answers = {}
    for group in _groups(placements, lambda p: _place(p, niveau)):
        for p in group:
            first = plus(p.start, "maanden", -venster_maanden)
            ended = [q for q in group if q.einddatum is not None and first <= q.einddatum < p.start]
            outcomes = [_hired(q) for q in ended]
            measured = (len(ended), outcomes.count(True), outcomes.count(None))
            if len(ended) < min_afgerond or True in outcomes:
                answers[p.plaatsing_id] = Answer("geen_signaal", None, measured)
            elif None in outcomes:
                answers[p.plaatsing_id] = Answer("niet_toetsbaar", None, measured)
            else:
                answers[p.plaatsing_id] = Answer("signaal", p.start, measured)
    return _meant(answers, placements, instrumenten)


def _hired(q: Placement) -> bool | None:
    """Whether the same employer hired; None when the outcome is missing."""
    if q.uitstroom == "nee":
        return False
    if q.uitstroom is None or q.uitstroom_naar is None:
        return None
    return q.uitstroom_naar == "zelfde"


def premie(
    placements: Sequence[Placement],
    peildatum: date,
    norm: str = "premie_maximum",
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """Premiums of one candidate whose day falls in one calendar year, ordered by (that day, plaatsing_id)."""
    answers: Answers = {}
    for group in _groups(placements, lambda p: (p.gemeente, p.kandidaat, _paid_on(p).year)):
        total = Fraction(0)
        for p in sorted(group, key=lambda p: (_paid_on(p), p.plaatsing_id)):
            day = _paid_on(p)
            total += p.premie or 0
            if p.premie is None or day.year not in MAXIMA:
                answers[p.plaatsing_id] = Answer("niet_toetsbaar", None, ())
            else:
                answers[p.plaatsing_id] = _answer(total > MAXIMA[day.year], day, (total, MAXIMA[day.year]))
    return _meant(answers, placements, instrumenten)


def _paid_on(p: Placement) -> date:
    return p.einddatum or p.start


def herhaling(
    placements: Sequence[Placement],
    peildatum: date,
    per: str,
    binnen_maanden: int | None = None,
    ooit: bool = False,
    eerdere_instrumenten: Iterable[str] | None = None,
    historie_vereist: bool = False,
    niveau: str = "werkgever",
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """The same candidate had an earlier placement that ended before p began, and not too long ago."""
    answers: Answers = {}
    counting = eerdere_instrumenten or instrumenten
    for p in placements:
        first = date.min if ooit else plus(p.start, "maanden", -(binnen_maanden or 0))
        own = [q for q in placements if (q.gemeente, q.kandidaat) == (p.gemeente, p.kandidaat)]
        own = [q for q in own if q.einddatum is not None and first <= q.einddatum < p.start]
        own = [q for q in own if counting is None or q.instrument in counting]
        if per != "persoon":
            own = [q for q in own if _place(q, niveau) == _place(p, niveau)]
        if per == "functie" and p.functie is not None:
            own = [q for q in own if q.functie == p.functie]
        begins = min(q.start for q in placements if q.gemeente == p.gemeente)
        if own and per == "functie" and p.functie is None:
            answers[p.plaatsing_id] = Answer("niet_toetsbaar")
        elif own:
            last = max(q.einddatum for q in own if q.einddatum is not None)
            answers[p.plaatsing_id] = Answer("signaal", p.start, (last,))
        elif historie_vereist and begins > first:
            answers[p.plaatsing_id] = Answer("niet_toetsbaar")
        else:
            answers[p.plaatsing_id] = Answer("geen_signaal", None, (None,))
    return _meant(answers, placements, instrumenten)


def aantal(
    placements: Sequence[Placement],
    peildatum: date,
    per: str,
    max_gelijktijdig: int | None = None,
    max_per_jaar: int | None = None,
    max_aandeel_pct: float | None = None,
    niveau: str = "vestiging",
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """Placements that run on the day p starts, or began in the calendar year up to and including p."""
    answers: Answers = {}
    for group in _groups(placements, lambda p: (*_place(p, niveau), p.functie if per == "plek" else "")):
        for p in group:
            if max_per_jaar is None:
                count = len([q for q in group if q.start <= p.start <= q.seen_later])
            else:
                count = len([q for q in group if q.start.year == p.start.year and _order(q) <= _order(p)])
            if per == "plek" and p.functie is None:
                answers[p.plaatsing_id] = Answer("niet_toetsbaar")
            elif max_aandeel_pct is None:
                most = max_per_jaar if max_gelijktijdig is None else max_gelijktijdig
                assert most is not None
                answers[p.plaatsing_id] = _answer(count > most, p.start, (count,))
            elif p.werkzame_personen is None:
                answers[p.plaatsing_id] = Answer("niet_toetsbaar")
            else:
                too_many = Fraction(count) > p.werkzame_personen * _exact(max_aandeel_pct) / 100
                answers[p.plaatsing_id] = _answer(too_many, p.start, (count,))
    return _meant(answers, placements, instrumenten)


LOONTABEL = {
    "sleutel": ["cao", "functie"],
    "rijen": [
        {"voor": {"cao": "horeca", "functie": "inpakker"}, "van": date(2023, 1, 1), "tot": date(2024, 3, 30), "bedrag": "13.2750"},
        {"voor": {"cao": "horeca", "functie": "tuinman"}, "van": date(2024, 2, 1), "tot": None, "bedrag": "16.10"},
        {"voor": {"cao": "horeca", "functie": "inpakker"}, "van": date(2024, 3, 31), "tot": date(2025, 2, 28), "bedrag": "14"},
        {"voor": {"cao": "groen", "functie": "tuinman"}, "van": date(2020, 1, 1), "tot": date(2026, 12, 31), "bedrag": "15.55"},
        {"voor": {"cao": "horeca", "functie": "inpakker"}, "van": date(2025, 3, 1), "tot": date(2025, 12, 31), "bedrag": "14.50"},
    ],
    "jeugd": [{"van": date(2024, 7, 1), "percentages": {"leeftijd_19": 60, "leeftijd_20": "80.5"}}],
}  # fmt: skip
"""Wages per collective agreement and job, as keys; groen has no row for an inpakker."""
STREEKTABEL = {
    "sleutel": ["gemeente"],
    "rijen": [{"voor": {"gemeente": "Aalten"}, "van": date(2024, 1, 1), "tot": date(2025, 6, 30), "bedrag": "13.99"}],
}


def tarief(
    placements: Sequence[Placement],
    peildatum: date,
    norm: str | None = None,
    kolom: str | None = None,
    opslag_pct: Sequence[Mapping[str, Any]] = (),
    tolerantie: object = 0,
    peilmoment: str = "start",
    loonwaarde_meewegen: bool = False,
    leeftijd_onbekend: str = "volwassen",
    basis_uren: int | None = None,
    instrumenten: Iterable[str] | None = None,
) -> Answers:
    """Floor = amount × (1 + surcharge) × productivity, rounded half up to the cent, on every day that is tested."""
    answers: Answers = {}
    table = None if norm is None else _table(norm)
    changes = {date(year, 1, 1) for year in range(1950, 2101)} | _edges(opslag_pct)
    changes |= set() if table is None else _edges(table["rijen"]) | _edges(table.get("jeugd", ()))
    for p in placements:
        last = p.start if peilmoment == "start" else p.last_day(peildatum)
        days = [p.start, *sorted(day for day in changes if p.start < day <= last)]
        # only on these days can the floor be another one than the day before
        found = []
        for day in days:
            amounts = _amounts(p, day, table, kolom, basis_uren, leeftijd_onbekend)
            surcharge = next((_fraction(one["pct"]) for one in opslag_pct if _holds(one, day)), Fraction(0))
            floors = [None if amount is None else amount * (1 + surcharge / 100) for amount in amounts]
            if loonwaarde_meewegen and p.loonwaarde is not None:
                floors = [None if floor is None else floor * p.loonwaarde / 100 for floor in floors]
            found.append((day, [None if floor is None else _half_up(floor) for floor in floors]))
        answers[p.plaatsing_id] = _against_floors(p.uurtarief, found, _fraction(tolerantie))
    return _meant(answers, placements, instrumenten)


def _against_floors(
    rate: Fraction | None, found: Sequence[tuple[date, Sequence[Fraction | None]]], tolerance: Fraction
) -> Answer:
    """A day counts when the rate is too low for every age that the candidate can have."""
    if rate is None:
        return Answer("niet_toetsbaar")
    unsure = False
    for day, floors in found:
        low = {None if floor is None else rate < floor - tolerance for floor in floors}
        if low == {True}:
            return Answer("signaal", day, (min(floor for floor in floors if floor is not None), day))
        unsure = unsure or low != {False}
    return Answer("niet_toetsbaar" if unsure else "geen_signaal")


def _amounts(
    p: Placement, day: date, table: Mapping[str, Any] | None, kolom: str | None, basis_uren: int | None, unknown: str
) -> list[Fraction | None]:
    """Amount on a day, for every age that the candidate can have; None where there is none."""
    if table is None:
        assert kolom == "cao_uurloon"
        return [p.cao_uurloon]
    key = {name: getattr(p, name) for name in table.get("sleutel", ())}
    rows = [row for row in table["rijen"] if row.get("voor", {}) == key and _holds(row, day)]
    if not rows:
        return [None]
    amount = rows[0]["bedrag"]
    adult = _fraction(amount[f"uren_{basis_uren}"] if isinstance(amount, dict) else amount)
    youth = [one["percentages"] for one in table.get("jeugd", ()) if one["van"] <= day]
    if p.geboortejaar is not None:
        ages = [day.year - p.geboortejaar - 1]
    else:
        ages = [99] if unknown == "volwassen" else list(range(15, 24))
    return [adult if age > 22 else _youth(adult, max(age, 15), youth) for age in ages]


def _youth(adult: Fraction, age: int, youth: Sequence[Mapping[str, Any]]) -> Fraction:
    percentage = youth[-1].get(f"leeftijd_{age}", 100) if youth else 100
    return adult if percentage == 100 else _half_up(adult * _fraction(percentage) / 100)


@cache
def _table(norm: str) -> Mapping[str, Any]:
    """A table of this page, or one that ships, as its file has it."""
    own = {"loontabel": LOONTABEL, "streektabel": STREEKTABEL}
    path = Path(__file__).parent.parent / "rules" / "normen" / f"{norm}.yaml"
    table: Mapping[str, Any] = own[norm] if norm in own else yaml.safe_load(path.read_text(encoding="utf-8"))
    return table


def _holds(one: Mapping[str, Any], day: date) -> bool:
    return (one.get("van") or date.min) <= day <= (one.get("tot") or date.max)


def _edges(rows: Iterable[Mapping[str, Any]]) -> set[date]:
    """Days on which a row begins, and on which it holds no more."""
    begins = {row["van"] for row in rows if row.get("van")}
    return begins | {row["tot"] + timedelta(days=1) for row in rows if row.get("tot")}


def _fraction(written: object) -> Fraction:
    return Fraction(str(written).replace(",", "."))


def _half_up(amount: Fraction) -> Fraction:
    """Rounded to the cent, half a cent up."""
    return Fraction((amount * 100 + Fraction(1, 2)).__floor__(), 100)


def _held_against_limits(
    p: Placement,
    spell: Sequence[Placement],
    peildatum: date,
    grenzen: Sequence[Mapping[str, Any]],
    verlenging: Mapping[str, int] | None,
) -> Answer:
    begin = spell[0].start
    last = p.last_day(peildatum)
    verdicts, days = set(), {p.start}
    for limit in _possible_limits(p, spell, peildatum, grenzen):
        end = plus(begin, *_length(limit))
        extended = end if verlenging is None else _extended(begin, _length(limit), _length(verlenging))
        days.add(extended)
        if last >= extended:
            verdicts.add("signaal")
        elif last < end or p.verlengd:
            verdicts.add("geen_signaal")
        else:
            verdicts.add("niet_toetsbaar")
    verdict = verdicts.pop() if len(verdicts) == 1 else "niet_toetsbaar"
    return Answer(verdict, max(days) if verdict == "signaal" else None, (begin,))


def _held_against_minimum(
    p: Placement,
    spell: Sequence[Placement],
    peildatum: date,
    minimaal: Mapping[str, int],
    answer: Answer,
    *,
    alone: bool,
) -> Answer:
    """An ended spell, as it is up to and including p, that was too short and had no outcome in work."""
    begin = spell[0].start
    end = max(q.seen_later for q in spell)
    least = plus(begin, *_length(minimaal)) - timedelta(days=1)
    work = any(q.uitstroom in ("deels", "volledig") for q in spell)
    if answer.oordeel == "signaal" or end >= peildatum or end >= least or work or p.verlengd:
        return answer
    if p.uitstroom is None or alone:
        return replace(answer, oordeel="niet_toetsbaar")
    return replace(answer, oordeel="signaal", ontstaan_op=max(end + timedelta(days=1), p.start))


def _possible_limits(
    p: Placement, spell: Sequence[Placement], peildatum: date, grenzen: Sequence[Mapping[str, Any]]
) -> Iterator[Mapping[str, Any]]:
    """The first limit that fits, for every number of hours and every age that the placement can have."""
    known = [_hours(q, peildatum) for q in spell]
    hours = [max((h for h in known if h is not None), default=Fraction(0))]
    if None in known:
        hours += [h for h in _around(grenzen, "uren_boven", "uren_tot_en_met") if h > hours[0]]
    ages = _around(grenzen, "leeftijd_van", "leeftijd_tot")
    if p.geboortejaar is not None:
        ages = [Fraction(p.start.year - p.geboortejaar)]
    for h, age in product(hours, ages):
        yield next(limit for limit in grenzen if _fits(limit, h, age))


def _around(grenzen: Sequence[Mapping[str, Any]], *bounds: str) -> list[Fraction]:
    """Numbers on both sides of every bound, and the bounds: what is unknown can be any of them."""
    found = [_exact(limit[bound]) for limit in grenzen for bound in bounds if bound in limit]
    return [number + step for number in found for step in (-1, 0, Fraction(1, 1000), 1)] or [Fraction(0)]


def _fits(limit: Mapping[str, Any], hours: Fraction, age: Fraction) -> bool:
    return (
        ("uren_boven" not in limit or hours > _exact(limit["uren_boven"]))
        and ("uren_tot_en_met" not in limit or hours <= _exact(limit["uren_tot_en_met"]))
        and ("leeftijd_van" not in limit or age >= limit["leeftijd_van"])
        and ("leeftijd_tot" not in limit or age <= limit["leeftijd_tot"])
    )


@cache
def _exact(number: float) -> Fraction:
    return Fraction(str(number))


def _hours(p: Placement, peildatum: date) -> Fraction | None:
    """uren_per_week; where that is missing, gewerkte_uren ÷ weeks (days ÷ 7) of an ended placement stands in."""
    if p.uren is not None:
        return p.uren
    if p.gewerkte_uren is None or p.einddatum is None or p.einddatum >= peildatum:
        return None
    days = (p.einddatum - p.start).days + 1
    return p.gewerkte_uren * 7 / days


def _extended(begin: date, limit: tuple[str, int], extension: tuple[str, int]) -> date:
    """Limit + extension from the start: three months and three months are six months."""
    if limit[0] == extension[0]:
        return plus(begin, limit[0], limit[1] + extension[1])
    return plus(plus(begin, *limit), *extension)


def _length(limit: Mapping[str, Any]) -> tuple[str, int]:
    return next((unit, limit[unit]) for unit in UNITS if unit in limit)


def plus(day: date, unit: str, count: int) -> date:
    """Calendar addition, clipped to the last day of the month."""
    if unit in ("dagen", "weken"):
        return day + timedelta(days=count * (7 if unit == "weken" else 1))
    months = day.year * 12 + day.month - 1 + count * (12 if unit == "jaren" else 1)
    year, month = divmod(months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _unbroken(p: Placement, group: Sequence[Placement], gap: int) -> list[Placement]:
    """The run or spell up to and including p: what was never interrupted for more than `gap` days."""
    row: list[Placement] = []
    latest = date.min
    for q in sorted(group, key=_order):
        if row and _gap(latest, q.start) > gap:
            row = []
        row.append(q)
        latest = max(latest, q.seen_later)
        if q == p:
            return row
    raise AssertionError


def _gap(end: date, start: date) -> int:
    """Days between the last day of one and the first day of another."""
    return (start - end).days - 1


def _order(p: Placement) -> tuple[date, str]:
    return p.start, p.plaatsing_id


def _quarter(day: date) -> int:
    return (day.month + 2) // 3


def _place(p: Placement, niveau: str) -> tuple[object, ...]:
    return p.gemeente, p.werkplek, p.vestiging if niveau == "vestiging" else None


def _places(placements: Iterable[Placement], niveau: str) -> list[list[Placement]]:
    """Placements per plek."""
    return _groups(placements, lambda p: (*_place(p, niveau), p.functie))


def _groups(placements: Iterable[Placement], key: Callable[[Placement], object]) -> list[list[Placement]]:
    found = defaultdict(list)
    for p in placements:
        found[key(p)].append(p)
    return list(found.values())


def _answer(flagged: bool, arose: date, measured: tuple[object, ...]) -> Answer:
    return Answer("signaal", arose, measured) if flagged else Answer("geen_signaal", None, measured)


def _meant(answers: Answers, placements: Sequence[Placement], instrumenten: Iterable[str] | None) -> Answers:
    """What the rule says nothing about is nvt; it may still be the history of another placement."""
    if instrumenten is None:
        return answers
    other = {p.plaatsing_id for p in placements if p.instrument not in instrumenten}
    return answers | {name: Answer("nvt") for name in other}


EMPLOYERS = {
    "korenaar": ({"werkgever": "Bakkerij De Korenaar B.V."}, {"werkgever": "bakkerij de korenaar bv"}),
    "zon": (
        {"werkgever": "Kwekerij Zon", "kvk_nummer": "01234567"},
        {"werkgever": "Zon Flora V.O.F.", "kvk_nummer": "1234567"},
    ),
    "was": (
        {"werkgever": "Wasserij Vliet"},
        {"werkgever": "Uitzendbureau Snel", "inlener": "Wasserij Vliet"},
        {"werkgever": "Uitzendbureau Vlug", "inlener": "Stichting wasserij vliet"},
    ),
}
"""Spellings of one place of work each; the cluster's number is added to every name."""
JOBS = {"inpakker": ("inpakker", "Inpakker (m/v)", "INPAKKER 32 uur"), "tuinman": ("tuinman", " Tuinman.")}
CAOS = {"horeca": ("Horeca", "HORECA", " horéca."), "groen": ("Groen", "groen"), "bouw": ("Bouw & Infra",)}
USUAL = ("flextensie", "flextensie", "proefplaatsing", "werkervaringsplaats", "participatieplaats", "stage")
GAPS = (-40, -2, -1, 0, 0, 1, 30, 31, 31, 32, 100, 182, 183, 183, 184, 400)
MONTHS = (1, 3, 3, 6, 6, 9, 12, 12, 24)
ENDS_OF_MONTHS = tuple(
    date(*day) for day in ((2023, 8, 31), (2023, 11, 30), (2024, 1, 31), (2024, 2, 29), (2025, 3, 31))
)

CROWDED_DAYS = [date(1950, 1, 1), date(1950, 1, 2), date(2024, 2, 29), date(2025, 2, 28), date(2025, 3, 31)]
CROWDED_DAYS += [date(2025, 4, 1), date(2025, 8, 31), date(2025, 10, 1), date(2026, 4, 1), date(2098, 12, 31)]


def made_up(seed: int, count: int, cluster: int = 40) -> list[Placement]:
    """Placements in clusters with a place of work, a few candidates and dates that build on one another."""
    rng = Random(seed)
    names = [f"P{number:05d}" for number in range(count)]
    rng.shuffle(names)
    placements: list[Placement] = []
    for number, name in enumerate(names):
        near = placements[number - number % cluster :]
        placements.append(_made_up_one(rng, name, number // cluster, near))
    return _with_results(seed, placements)


def _with_results(seed: int, placements: Iterable[Placement]) -> list[Placement]:
    """Add what became of the placements: their own dice, so that the dates of a seed stay what they were."""
    rng = Random(f"{seed} uitkomst")
    amounts = (None, *map(Fraction, ("0", "700", "1000.0001", "1131.5", "1699", "3398", "3398.01")))
    results = (("nee", None),) * 8 + ((None, None), (None, "zelfde"), ("nee", "zelfde"), ("deels", None))
    results += (("volledig", "zelfde"), ("deels", "zelfde"), ("volledig", "andere"), ("deels", "andere"))
    finished = [
        replace(
            p,
            premie=rng.choice(amounts),
            uitstroom=result[0],
            uitstroom_naar=result[1],
            werkzame_personen=rng.choice((None, 0, 4, 8, 11, 40)),
        )
        for p in placements
        for result in [rng.choice(results)]
    ]
    return _with_rates(seed, finished)


def _with_rates(seed: int, placements: Iterable[Placement]) -> list[Placement]:
    """Add what is paid, close to the amounts of LOONTABEL and their surcharges, and the young: again their own dice."""
    rng = Random(f"{seed} tarief")
    rates = "8.40 8.7 11.27 11.75 12.30 13.27 13.275 13.28 13.99 14 14.4999 14.50 15.55 16.09 16.10 16.39 16.40 17.29 17.9 19.88"
    paid = (None, *map(Fraction, rates.split()))
    return [
        replace(
            p,
            uurtarief=rng.choice(paid),
            cao=rng.choice((None, "horeca", "horeca", "horeca", "groen", "bouw")),
            cao_uurloon=rng.choice((None, *map(Fraction, ("11.5", "13", "14")))),
            loonwaarde=rng.choice((None, *map(Fraction, ("60", "80.5", "100")))),
            geboortejaar=rng.choice((2003, 2004, 2005, 2007)) if rng.random() < 0.3 else p.geboortejaar,
        )
        for p in placements
    ]


def crowded(seed: int, count: int) -> list[Placement]:
    """Make groups of five in one job that share their few dates."""
    rng = Random(seed)
    placements = []
    for number in rng.sample(range(count), count):
        start = rng.choice(CROWDED_DAYS)
        end = rng.choice((None, start, *(day for day in CROWDED_DAYS if day >= start)))
        placements.append(
            Placement(
                plaatsing_id=f"P{number:05d}",
                kandidaat=rng.choice(("K1", "K2", "K3")),
                werkplek=f"korenaar {len(placements) // 5}",
                instrument=rng.choice(("flextensie", "proefplaatsing", "participatieplaats")),
                start=start,
                einddatum=end,
                functie=rng.choice(("inpakker", "inpakker", "inpakker", "inpakker", None)),
                uren=rng.choice((None, Fraction(28), Fraction("28.01"))),
            )
        )
    return _with_results(seed, placements)


def _made_up_one(rng: Random, name: str, cluster: int, near: Sequence[Placement]) -> Placement:
    """A new placement that resembles an earlier one of its cluster in most things, and follows or overlaps it."""
    q = rng.choice(near) if near else None
    start = _made_up_start(rng, q)
    fresh = Placement(
        plaatsing_id=name,
        kandidaat=rng.choice(("K1", "K1", "K2", "K3", "0K4")),
        werkplek=f"{rng.choice(tuple(EMPLOYERS))} {cluster}",
        instrument=rng.choice(USUAL),
        start=start,
        einddatum=_made_up_end(rng, start, q),
        functie=rng.choice((*JOBS, None)),
        gemeente=rng.choice(("Aalten", "Borne", None)),
        vestiging=rng.choice((None, None, "000012345678", "000087654321")),
        uren=rng.choice((None, None, *map(Fraction, ("0", "16", "28", "28.01", "28.8", "32", "40")))),
        verlengd=rng.random() < 0.3,
        geboortejaar=rng.choice((None, 1998, 1999, 2000, 1970)),
    )
    days = (fresh.einddatum - start).days + 1 if fresh.einddatum else 28
    exactly_28, absurd = days * Fraction(4), Fraction(2500)
    worked = rng.choice((None, None, exactly_28, exactly_28 + Fraction("0.1"), days * Fraction(5), Fraction(8), absurd))
    fresh = replace(fresh, gewerkte_uren=worked)
    if q is not None:
        for same in ("werkplek", "functie", "gemeente", "vestiging"):
            if rng.random() < 0.85:
                fresh = replace(fresh, **{same: getattr(q, same)})
    return fresh


def _made_up_start(rng: Random, q: Placement | None) -> date:
    if q is None or rng.random() < 0.1:
        return rng.choice(ENDS_OF_MONTHS)
    if rng.random() < 0.25:
        return rng.choice((q.start, q.start, plus(q.start, "maanden", rng.choice(MONTHS)), plus(q.start, "jaren", 1)))
    return (q.einddatum or q.start) + timedelta(days=rng.choice(GAPS) + 1)


def _made_up_end(rng: Random, start: date, q: Placement | None) -> date | None:
    """Open, one day, or around a number of months after its own start or that of the placement it builds on."""
    kind = rng.random()
    if kind < 0.08:
        return None
    if kind < 0.2:
        return start
    if kind < 0.5:
        return start + timedelta(days=rng.choice((6, 27, 30, rng.randrange(120))))
    begin = q.start if q is not None and rng.random() < 0.5 else start
    return max(start, plus(begin, "maanden", rng.choice(MONTHS)) + timedelta(days=rng.choice((-1, -1, 0, 0, 1))))


def row_of(p: Placement) -> dict[str, str | None]:
    """Spell a placement as a row of text: one of the spellings of its employer and its job, picked by its number."""
    number = int(p.plaatsing_id.strip("P"))
    place, cluster = p.werkplek.split()
    spelled = EMPLOYERS[place][number % len(EMPLOYERS[place])]
    names = {key: f"{value} {cluster}" for key, value in spelled.items() if key != "kvk_nummer"}
    kvk = {"kvk_nummer": spelled["kvk_nummer"][:-2] + f"{int(cluster):02d}"} if "kvk_nummer" in spelled else {}
    return {
        **names,
        **kvk,
        "plaatsing_id": p.plaatsing_id,
        "kandidaat_id": p.kandidaat,
        "instrument": p.instrument,
        "startdatum": p.start.isoformat(),
        "einddatum": p.einddatum and p.einddatum.isoformat(),
        "functie": p.functie and JOBS[p.functie][number % len(JOBS[p.functie])],
        "gemeente": p.gemeente,
        "vestigingsnummer": p.vestiging,
        "uren_per_week": "variabel" if p.uren is None else _in_dutch(p.uren),
        "gewerkte_uren": p.gewerkte_uren and _in_dutch(p.gewerkte_uren),
        "verlenging_reden": "werk liep uit" if p.verlengd and number % 2 else None,
        "verlenging_datum": "2024-05-01" if p.verlengd and not number % 2 else None,
        "geboortejaar": p.geboortejaar and str(p.geboortejaar),
        "premie": None if p.premie is None else _in_dutch(p.premie),
        "uitstroom": p.uitstroom,
        "uitstroom_naar": p.uitstroom_naar,
        "uurtarief": None if p.uurtarief is None else _in_dutch(p.uurtarief),
        "cao": p.cao and CAOS[p.cao][number % len(CAOS[p.cao])],
        "cao_uurloon": None if p.cao_uurloon is None else _in_dutch(p.cao_uurloon),
        "loonwaarde": None if p.loonwaarde is None else _in_dutch(p.loonwaarde),
        "werkzame_personen": None if p.werkzame_personen is None else str(p.werkzame_personen),
    }


def _in_dutch(number: Fraction) -> str:
    return str(float(number)).replace(".", ",")
