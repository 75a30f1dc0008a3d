"""One case of a report in full: what every rule says of every placement, why, and what another verdict would need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import chdir
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click
import polars as pl

from verdringing.audited import TakenIn
from verdringing.cases import PLACE, case_id
from verdringing.disk import real
from verdringing.earlier import again
from verdringing.errors import Mistake, UserError, meant
from verdringing.figures import day
from verdringing.judge import explain, rule_key
from verdringing.page.missing import lacking
from verdringing.page.odd import with_doubts
from verdringing.privacy.shield import shielded
from verdringing.reported import read_account
from verdringing.rule import Rule
from verdringing.taking_in import take_in
from verdringing.words import _, plural

_TEXTS = ("werkgever", "inlener", "functie", "waarde", "gegevens", "toelichting")


@dataclass(frozen=True, slots=True)
class Explained:
    """A case: its id, its placements in order of start, and per placement every verdict with its rule and reasons."""

    zaak: str
    placements: Sequence[dict[str, Any]]
    verdicts: dict[int, list[tuple[Rule, dict[str, Any]]]]


def explain_case(folder: Path, zaak: str, base: Path) -> Explained:
    """Read and judge the files of a report again and explain one case; `base` is the folder it was made in.

    UserError when the report or its files cannot be read, the files changed, or no placement belongs to the case.
    """
    folder = real(folder)
    account = read_account(folder)
    with chdir(base):
        taken = take_in(again.same_order(account, folder, folder))
    _refuse_other_files(taken, account["invoer"], folder)
    placements = taken.placements
    keys = placements.filter("in_bereik").select(PLACE).unique()
    known = {case_id(place): place for place in keys.rows()}
    if zaak.strip().upper() not in known:
        hint = meant(zaak, known, _("De zaken staan in bevindingen.csv."))
        raise UserError(Mistake(str(folder), _("er is geen zaak '{naam}'", naam=zaak), hint))
    place = known[zaak.strip().upper()]
    here = pl.all_horizontal(pl.col(name).eq_missing(pl.lit(key)) for name, key in zip(PLACE, place, strict=True))
    wanted = placements.select(here).to_series()
    told = explain(placements, taken.book.rules, wanted)
    return _explained(zaak.strip().upper(), placements.filter(wanted), told, taken)


def _refuse_other_files(taken: TakenIn, then: dict[str, str], folder: Path) -> None:
    """A case is explained from the same files or not at all."""
    changed = [source.name for source in taken.sources if then.get(source.name) != source.sha256]
    hint = _("Kijk met verdringing verifieer wat er anders is.")
    if changed:
        what = _("het bestand {naam} is niet meer hetzelfde", naam=changed[0])
        raise UserError(Mistake(str(folder), what, hint))


def _explained(zaak: str, placements: pl.DataFrame, told: pl.DataFrame, taken: TakenIn) -> Explained:
    rules = taken.book.by_key()
    hidden = [shielded(pl.col(name)) for name in _TEXTS if name in told.columns]
    rows = told.with_columns(*hidden, key=rule_key(rules)).to_dicts()
    verdicts: dict[int, list[tuple[Rule, dict[str, Any]]]] = {}
    for row in rows:
        verdicts.setdefault(row["nr"], []).append((rules[row["key"]], row))
    doubted = with_doubts(placements, taken.seen())
    shown = doubted.with_columns(shielded(pl.col(name)) for name in _TEXTS if name in placements.columns)
    return Explained(zaak, shown.sort("startdatum", "plaatsing_id").to_dicts(), verdicts)


def print_case(found: Explained) -> None:
    """Print the case: per placement first the signals, then what cannot be judged, then what is fine."""
    rows = len(found.placements)
    click.echo(plural(rows, "Zaak {zaak}, {n} plaatsing", "Zaak {zaak}, {n} plaatsingen", zaak=found.zaak))
    for placement in found.placements:
        click.echo("\n" + "\n".join(_placement(placement)))
        verdicts = found.verdicts.get(placement["nr"], [])
        for kind in ("signaal", "niet_toetsbaar", "geen_signaal"):
            for rule, row in verdicts:
                if row["oordeel"] == kind:
                    click.echo("\n".join(_verdict(rule, row)))
        silent = [rule.say("titel") for rule, row in verdicts if row["oordeel"] == "nvt"]
        if silent:
            click.echo("  " + _("Niet van toepassing: {regels}.", regels=", ".join(silent)))


def _placement(row: dict[str, Any]) -> Iterator[str]:
    end = day(row["einddatum"]) if row["einddatum"] else _("open")
    work = _(
        "{functie} bij {werkgever}", functie=row["functie"] or "–", werkgever=row["inlener"] or row["werkgever"] or "–"
    )
    yield f"{row['plaatsing_id']} · {row['instrument']} · {day(row['startdatum'])} – {end} · {work}"
    place = _("{bestand}, rij {rij}", bestand=row["bestand"], rij=row["rij"])
    yield "  " + (place if row["in_bereik"] else _("{plek}; buiten de periode, dus niet beoordeeld", plek=place))
    for column, reason in row["vreemd"] or ():
        yield "  " + _("Let op bij {kolom} in deze rij: {reden}.", kolom=column, reden=reason)


def _verdict(rule: Rule, row: dict[str, Any]) -> Iterator[str]:
    """The verdict with its reasons, and what would have to differ."""
    word = {"signaal": _("signaal"), "niet_toetsbaar": _("niet toetsbaar"), "geen_signaal": _("geen signaal")}
    named = f"{rule.name}, {rule.label}" if rule.label else rule.name
    yield f"  {word[row['oordeel']].upper()}: {rule.say('titel')} ({named})"
    if row["toelichting"]:
        yield "    " + row["toelichting"]
    if row["oordeel"] == "niet_toetsbaar":
        if row["ontbreekt"]:
            yield "    " + _("Er ontbreekt: {wat}. Met dat gegeven is er een oordeel.", wat=lacking(row["ontbreekt"]))
        return
    if row["waarde"] is not None and rule.file.toets == "voorwaarde":
        yield "    " + _("Vastgelegd: {waarde}; signaal als: {grens}.", waarde=row["waarde"], grens=row["grens"])
    elif row["waarde"] is not None:
        yield "    " + _("Gemeten: {waarde}; grens: {grens}.", waarde=row["waarde"], grens=row["grens"] or "–")
    if row["gegevens"]:
        yield "    " + _("Gegevens: {gegevens}.", gegevens=row["gegevens"].rstrip("."))
    if row["oordeel"] == "signaal":
        yield "    " + _("Anders als: {opheffen}", opheffen=rule.say("opheffen"))
        yield "    " + _("Rust op: {grondslag}.", grondslag="; ".join(map(str, rule.file.grondslag)))
