"""A report as it was written, read back: its account, its verdicts and its findings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from verdringing import figures
from verdringing.cases import FINDING_COLUMNS
from verdringing.errors import Mistake, UserError
from verdringing.form import fits
from verdringing.words import _

ACCOUNT, VERDICTS, FINDINGS = "verantwoording.json", "oordelen.parquet", "bevindingen.csv"
SCHEMA = 1
"""Number of the form of verantwoording.json and bevindingen.json; docs/schemas.md says when it changes."""


@dataclass(frozen=True, slots=True)
class Reported:
    """One report folder.

    account: what verantwoording.json holds. verdicts: plaatsing_id and a column per rule (text, a name of VERDICTS).
    findings: FINDING_COLUMNS as text, as they stand in bevindingen.csv.
    """

    folder: Path
    account: Mapping[str, Any]
    verdicts: pl.DataFrame
    findings: pl.DataFrame
    called: str = ""

    @property
    def rules(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """The rules that were on for some placement, by name: the facts of each of its variants."""
        return {name: several for name, several in self.account["regels"].items() if any(one["aan"] for one in several)}

    @property
    def name(self) -> str:
        """What a person calls this report: as it was called, else its period, else its reference date."""
        if self.called:
            return self.called
        period = self.account["periode"] or [self.account["peildatum"]]
        days = [figures.day(date.fromisoformat(day)) for day in period]
        return _("{a} tot en met {b}", a=days[0], b=days[1]) if len(days) > 1 else _("peildatum {dag}", dag=days[0])


def read_report(folder: Path) -> Reported:
    """Read a report folder; UserError when it is no report, is damaged, or has a form that is not known here."""
    account = read_account(folder)
    verdicts = _whole(folder, VERDICTS, pl.read_parquet)
    if "plaatsing_id" not in verdicts.columns:
        raise UserError(_damaged(folder, VERDICTS))
    return Reported(folder, account, verdicts.cast(pl.String), read_findings(folder))


def read_findings(folder: Path) -> pl.DataFrame:
    """Read bevindingen.csv of a report folder as text; UserError as in `read_report`."""
    findings = _whole(folder, FINDINGS, partial(pl.read_csv, separator=";", infer_schema=False))
    if findings.columns != list(FINDING_COLUMNS):
        raise UserError(_damaged(folder, FINDINGS))
    return findings


def _whole(folder: Path, name: str, read: Callable[[Path], pl.DataFrame]) -> pl.DataFrame:
    try:
        return read(folder / name)
    except (OSError, pl.exceptions.PolarsError):
        raise UserError(_damaged(folder, name)) from None


def read_account(folder: Path) -> Mapping[str, Any]:
    """Read verantwoording.json of a report folder; UserError as in `read_report`."""
    path = folder / ACCOUNT
    if not path.exists():
        hint = _("Noem de map van een rapport, zoals rapport-2026K2.")
        raise UserError(Mistake(str(folder), _("hier staat geen rapport"), hint))
    try:
        account = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        raise UserError(_damaged(folder, ACCOUNT)) from None
    schema = account.get("schema") if isinstance(account, dict) else None
    if type(schema) is int and schema != SCHEMA:
        what = _("dit rapport heeft vorm {een}; deze versie leest vorm {ander}", een=schema, ander=SCHEMA)
        hint = _("Gebruik versie {versie} van verdringing.", versie=account.get("versie", "?"))
        raise UserError(Mistake(str(path), what, hint))
    if not fits(account, ACCOUNT):
        raise UserError(_damaged(folder, ACCOUNT))
    return dict(account)


def _damaged(folder: Path, name: str) -> Mistake:
    what = _("dit rapport is niet heel: {bestand} ontbreekt of is niet te lezen", bestand=name)
    return Mistake(str(folder), what, _("Maak het rapport opnieuw met verdringing audit."))
