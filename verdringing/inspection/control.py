"""Before the audit: what is read, what is missing, which rules can run, and what is odd enough to look at first."""

from __future__ import annotations

import click
import polars as pl

from verdringing import intake, report
from verdringing.audited import Order
from verdringing.figures import count, day
from verdringing.inspection import control_page
from verdringing.inspection.controlled import Control, gather
from verdringing.page.missing import lacking
from verdringing.record import by_name
from verdringing.taking_in import take_in
from verdringing.whole_file import refuse_no_page, refuse_taken, whole_files
from verdringing.words import _, plural

_MOST_REASONS = 3


def control(order: Order) -> Control:
    """Look at the files as an audit would and write the page `order.out`; UserError when it cannot be written."""
    refuse_no_page(order.out, _("de controle wordt een HTML-bestand"), "controle.html")
    hint = _("Kies een ander bestand met --uit, of gebruik --overschrijf.")
    refuse_taken([order.out], hint, overwrite=order.overwrite)
    found = gather(take_in(order))
    order.say(_("Pagina schrijven"))
    with whole_files([order.out], hint, overwrite=order.overwrite) as (beside,):
        beside.write_text(control_page.page(found), encoding="utf-8")
    return found


def print_control(found: Control) -> None:
    """Print the answer in some ten lines, and where the whole of it stands."""
    totals = control_page.totals(found)
    for line in [*_read(found, totals), *_can_run(found, totals), *_look_at(found, totals)]:
        click.echo(line)
    click.echo(_("Alles staat in {pad}", pad=found.taken.order.out))


def _read(found: Control, totals: dict[str, int]) -> list[str]:
    said = [intake.read_and_kept(totals["read"], totals["placements"])]
    reasons = intake.reasons(found.taken.intake.rejected)
    for column, reason, rows in reasons.head(_MOST_REASONS).rows():
        counted = plural(rows, "{n} rij", "{n} rijen")
        said.append(f"  {counted}: " + " ".join(filter(None, (column, reason))))
    if (more := reasons.height - _MOST_REASONS) > 0:
        said.append("  " + plural(more, "En nog {n} andere reden.", "En nog {n} andere redenen."))
    if totals["warnings"]:
        said.append(plural(totals["warnings"], "{n} waarde is leeg gemaakt.", "{n} waarden zijn leeg gemaakt."))
    return said


def _can_run(found: Control, totals: dict[str, int]) -> list[str]:
    """How many rules can run, and the three things that would help most."""
    said = [_("{n} van de {m} regels kunnen draaien.", n=totals["running"], m=totals["rules"])]
    own = found.taken.book.own_columns
    for one in report.unlock(found.judgement.missing, own)[:3]:
        verdicts = plural(one["aantal"], "{n} oordeel erbij", "{n} oordelen erbij")
        what = one["ontbreekt"] if one["ontbreekt"] in by_name(own) else lacking(one["ontbreekt"])
        said.append("  " + _("Vul aan: {wat} ({oordelen}).", wat=what, oordelen=verdicts))
    return said


def _look_at(found: Control, totals: dict[str, int]) -> list[str]:
    first = found.taken.placements.select(pl.col("startdatum").min()).item()
    said = (
        [_("De eerste plaatsing begint op {dag}; wat daarvoor was, is niet bekend.", dag=day(first))] if first else []
    )
    said += filter(None, [control_page.early(found)])
    pairs = {"employers": _("Werkgevers die op elkaar lijken"), "jobs": _("Functies die op elkaar lijken")}
    others = {
        "open": _("Plaatsingen die verdacht lang open staan"),
        "periods": _("Keren dat een kandidaat meer dan 40 uur per week is geplaatst"),
        "odd": _("Gegevens die elkaar tegenspreken"),
    }
    rare = {
        "one_number": _("KvK-nummers met namen die niet op elkaar lijken"),
        "unmet": _("Namen uit aliassen.yaml die in geen rij en op geen lijst staan"),
    }
    others = {name: words for name, words in rare.items() if totals[name]} | others
    counted = [f"{words}: {count(totals[name])}." for name, words in (pairs | others).items()]
    counted[len(pairs) : len(pairs)] = filter(None, [control_page.partly(found)])
    return said + counted
