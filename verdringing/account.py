"""The account of a run: what was read, under which rules, and counts that add up."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import BaseModel

from verdringing import __version__, figures
from verdringing.audited import Audited
from verdringing.condition import Condition
from verdringing.lists import EmployerList
from verdringing.norms import Norm
from verdringing.record import VERDICTS
from verdringing.rule import Rule, RuleBook
from verdringing.words import _, language


def counts(verdicts: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Per rule how many placements got each verdict; they add up to the placements in scope, or the tool is wrong."""
    result = {}
    for rule in verdicts.columns[1:]:
        per_verdict = verdicts[rule].value_counts()
        found = dict(zip(per_verdict[rule].to_list(), per_verdict["count"].to_list(), strict=True))
        result[rule] = {verdict: found.get(place, 0) for place, verdict in enumerate(VERDICTS)}
        assert sum(result[rule].values()) == verdicts.height, f"verdicts of {rule} add up to the placements in scope"
    return result


def effective(rule: Rule) -> dict[str, dict[str, object]]:
    """Every parameter of a rule with its value (as JSON can hold it) and where that comes from."""
    return {
        name: {"waarde": plain_value(getattr(rule.params, name)), "herkomst": rule.origins[name]}
        for name in type(rule.params).model_fields
    }


def plain_value(value: Any) -> Any:
    """A parameter as JSON can hold it; tables by their name or their text."""
    match value:
        case Condition():
            return value.text
        case EmployerList():
            return value.source
        case Norm():
            return value.titel["nl"]
        case BaseModel():
            return {name: plain_value(item) for name, item in value if item is not None}
        case Decimal():
            return f"{value:f}"
        case date():
            return value.isoformat()
        case tuple() | list():
            return [plain_value(item) for item in value]
    return value


def in_words(rule: Rule) -> dict[str, dict[str, str]]:
    """Every parameter of a rule with its value as a person writes it, and where that comes from."""
    return {
        name: {"waarde": written(getattr(rule.params, name)), "herkomst": rule.origins[name]}
        for name in type(rule.params).model_fields
    }


def written(value: Any) -> str:
    """A parameter as a person writes it: no brackets, decimal comma, dates as dd-mm-jjjj, ja and nee."""
    match value:
        case None | [] | ():
            return "–"
        case bool():
            return _("ja") if value else _("nee")
        case Decimal() | float():
            return figures.decimal(float(value))
        case date():
            return figures.day(value) if date.min < value < date.max else "–"
        case Norm():
            return value.titel["en" if language() == "en" else "nl"]
        case BaseModel():
            return ", ".join(f"{name} {written(item)}" for name, item in value if name in value.model_fields_set)
        case tuple():
            return "; ".join(map(written, value))
    return str(plain_value(value)).replace("_", " ")


def rules_in_force(book: RuleBook) -> dict[str, object]:
    """Every rule with its check, norm, whether it is on, and its effective values."""
    return {
        rule.name: {
            "toets": rule.file.toets,
            "norm": rule.file.norm,
            "aan": rule.on,
            "parameters": effective(rule),
            "grondslag": [str(ground) for ground in rule.file.grondslag],
        }
        for rule in book.rules
    }


def hashes(paths: Sequence[Path]) -> dict[str, str]:
    """SHA-256 of every file, by its name and folder."""
    return {f"{path.parent.name}/{path.name}": sha256(path.read_bytes()).hexdigest() for path in paths}


def write(audited: Audited, path: Path) -> None:
    """Write the account as JSON; the only place in the output that holds a clock."""
    order, intake = audited.order, audited.intake
    facts = {
        "versie": __version__,
        "python": sys.version.split()[0],
        "polars": pl.__version__,
        "gemaakt_op": order.now.isoformat(timespec="seconds"),
        "opdracht": order.command,
        "gemeente": order.gemeente or audited.book.gemeente,
        "peildatum": order.day.isoformat(),
        "periode": None if order.period is None else [order.period.first.isoformat(), order.period.last.isoformat()],
        "invoer": {source.name: source.sha256 for source in audited.sources},
        "gevoelig": {
            source.name: [{"kolom": one.column, "soort": one.kind, "herkend_aan": one.by} for one in source.sensitive]
            for source in audited.sources
        },
        "pseudoniemen": ("eigen sleutel" if order.key.lasting else "sleutel van deze keer")
        if audited.pseudonymised
        else None,
        "lijsten": {name: {given.source: given.sha256} for name, given in audited.lists.items()},
        "beslisbestanden": hashes([path for path in (order.columns, order.aliases) if path]),
        "regelbestanden": hashes(audited.book.files),
        "regels": rules_in_force(audited.book),
        "tellingen": {
            "gelezen": intake.read,
            "plaatsingen": audited.placements.height,
            "afgekeurd": rejected_rows(intake.rejected),
            "waarschuwingen": audited.warnings.height,
            "in_bereik": audited.judgement.verdicts.height,
            "bevindingen": audited.findings.height,
            "zaken": audited.cases.height,
            "oordelen": counts(audited.judgement.verdicts),
        },
    }
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=1), encoding="utf-8")


def rejected_rows(rejected: pl.DataFrame) -> int:
    """Number of rejected rows; one row can have several reasons."""
    return rejected.select("bestand", "blad", "rij").n_unique()
