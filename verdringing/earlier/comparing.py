"""What `vergelijk` does: reports read, or made under two policies, held beside each other, and the page written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from verdringing import tables
from verdringing.audit import audit
from verdringing.audited import Order
from verdringing.earlier import compare_page
from verdringing.earlier.compare import Comparison, compare
from verdringing.earlier.in_time import refuse_reversed
from verdringing.errors import Mistake, UserError
from verdringing.reported import Reported, read_report
from verdringing.whole_file import refuse_no_page, refuse_taken, whole_files
from verdringing.words import _


def compare_reports(folders: Sequence[Path], out: Path, *, overwrite: bool) -> Comparison:
    """Compare the last two of the reports, oldest first, and show the line over all; write `out` and the CSV beside it.

    UserError when there are fewer than two, one cannot be read, or `out` cannot be written.
    """
    _refuse(out, overwrite=overwrite)
    if len(folders) < 2:
        hint = _("Noem twee mappen, het oudste rapport eerst; of een bestand met twee keer --beleid.")
        raise UserError(Mistake("vergelijk", _("er is maar een rapport om te vergelijken"), hint))
    reports = [read_report(folder) for folder in folders]
    refuse_reversed(reports)
    return _written(compare(*reports[-2:]), reports, out, what_if=False, overwrite=overwrite)


def compare_policies(order: Order) -> Comparison:
    """Judge the same files under the two policies of `order` and compare; UserError unless there are exactly two."""
    _refuse(order.out, overwrite=order.overwrite)
    if len(order.policies) != 2:
        hint = _("Geef --beleid precies twee keer: eerst zoals het is, dan zoals het zou worden.")
        raise UserError(Mistake("--beleid", _("{n} keer beleid gegeven", n=len(order.policies)), hint))
    with TemporaryDirectory() as room:
        reports = [_judged(order, policy, Path(room) / str(place)) for place, policy in enumerate(order.policies)]
        found = compare(*reports, what_if=True)
        return _written(found, reports, order.out, what_if=True, overwrite=order.overwrite)


def _judged(order: Order, policy: Path, folder: Path) -> Reported:
    audit(replace(order, policies=(policy,), out=folder, aside=order.out.with_suffix("")))
    return replace(read_report(folder), called=policy.name)


def _refuse(out: Path, *, overwrite: bool) -> None:
    refuse_no_page(out, _("de vergelijking wordt een HTML-bestand"), "vergelijking.html")
    refuse_taken(_files(out), _taken(), overwrite=overwrite)


def _files(out: Path) -> list[Path]:
    return [out, out.with_suffix(".csv")]


def _taken() -> str:
    return _("Kies een ander bestand met --uit, of gebruik --overschrijf.")


def _written(
    found: Comparison, reports: Sequence[Reported], out: Path, *, what_if: bool, overwrite: bool
) -> Comparison:
    with whole_files(_files(out), _taken(), overwrite=overwrite) as (page, table):
        page.write_text(compare_page.page(found, reports, what_if=what_if), encoding="utf-8")
        tables.write_csv(found.findings, table)
    return found


def print_comparison(found: Comparison, out: Path) -> None:
    """Print what changed in a few lines, and where the whole of it stands."""
    for line in compare_page.summary(found, what_if=not found.odd):
        click.echo(line)
    click.echo(_("Alles staat in {pad}", pad=out))
