"""The order of an earlier report, made again from its account: same files, same rules, same day."""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import click

from verdringing.audited import Order
from verdringing.commands import audit
from verdringing.deciding.kept import LEDGER, SAMPLES
from verdringing.errors import Mistake, UserError
from verdringing.words import LANGUAGES, _, choose_language


def same_order(account: Mapping[str, Any], folder: Path, out: Path) -> Order:
    """The order that made the report in `folder`, to be written to `out`; paths are as they were given then.

    The decisions are those kept in the report. The language becomes that of the report. UserError when its account
    cannot be followed: it is not of an audit, or a file was read from standard input.
    """
    where = str(folder)
    if account.get("taal") in LANGUAGES:
        choose_language(account["taal"])
    try:
        words = shlex.split(str(account["opdracht"]))
    except ValueError:
        hint = _("Maak het rapport opnieuw met verdringing audit.")
        raise UserError(Mistake(where, _("de opdracht in verantwoording.json is beschadigd"), hint)) from None
    if words[:2] != ["verdringing", "audit"]:
        raise UserError(Mistake(where, _("dit rapport is niet gemaakt met verdringing audit")))
    if "-" in words:
        what = _("dit rapport is gemaakt van gegevens die niet in een bestand stonden")
        raise UserError(Mistake(where, what, _("Sla die gegevens op en maak het rapport opnieuw.")))
    try:
        context = audit.command.make_context("audit", words[2:])
    except click.UsageError as error:
        what = _("de opdracht van dit rapport is niet meer geldig ({reden})", reden=error.format_message())
        raise UserError(Mistake(where, what)) from None
    with context:
        options = dict(context.params)
        order = audit.order_from(options.pop("bestanden"), out, options)
    kept = [folder / name for name in (LEDGER, SAMPLES) if (folder / name).is_file()]
    return replace(
        order,
        day=date.fromisoformat(account["peildatum"]),
        decisions=kept[0] if kept else order.decisions,
        overwrite=True,
        command=str(account["opdracht"]),
    )
