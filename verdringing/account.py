"""The account of a run: what was read, under which rules, and counts that add up."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from hashlib import file_digest
from pathlib import Path
from typing import Any

import polars as pl
from pydantic import BaseModel

from verdringing import VERDICTS_VERSION, __version__, figures, rule_print
from verdringing.audited import Audited, Order
from verdringing.conditions.condition import Condition
from verdringing.naming.lists import EmployerList
from verdringing.norms import Norm
from verdringing.policies import policy_facts
from verdringing.reported import SCHEMA
from verdringing.rule import Rule, RuleBook
from verdringing.words import _, language


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
        case Condition():
            return value.text
        case Norm():
            return value.titel["en" if language() == "en" else "nl"]
        case BaseModel():
            return ", ".join(f"{name} {written(item)}" for name, item in value if name in value.model_fields_set)
        case tuple():
            return "; ".join(map(written, value))
    return str(plain_value(value)).replace("_", " ")


def rules_in_force(book: RuleBook) -> dict[str, object]:
    """Every rule with its check, norm, values and grounds: a list, with more than one where policies differ."""
    return {name: [_facts(rule) for rule in named] for name, named in book.by_name().items()}


def _facts(rule: Rule) -> dict[str, object]:
    return {
        "titel": rule.say("titel"),
        "toets": rule.file.toets,
        "norm": rule.file.norm,
        "aan": rule.on,
        "parameters": effective(rule),
        "grondslag": [str(ground) for ground in rule.file.grondslag],
        "vingerafdruk": rule_print.fingerprint(rule),
        "leest": rule_print.columns_read(rule),
        **policy_facts.stated(rule),
    }


def hashes(paths: Sequence[Path]) -> dict[str, str]:
    """SHA-256 of every file, by its name and folder; by its whole path where another has that name already."""
    found: dict[str, str] = {}
    for path in paths:
        short = f"{path.parent.name}/{path.name}"
        found[path.as_posix() if short in found else short] = fingerprint(path)
    return found


def fingerprint(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as file:
        return file_digest(file, "sha256").hexdigest()


def write(audited: Audited, path: Path) -> None:
    """Write the account as JSON, with the hashes of the files beside it; the only output that holds a clock."""
    outputs = {one.name: fingerprint(one) for one in sorted(path.parent.iterdir()) if one != path}
    told = facts(audited) | {"uitvoer": outputs}
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1), encoding="utf-8")


def facts(audited: Audited) -> dict[str, Any]:
    """What the account says, but for the files that came out."""
    order = audited.order
    return {
        "schema": SCHEMA,
        "oordeelversie": VERDICTS_VERSION,
        "taal": language(),
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
        "beslisbestanden": hashes(_decisive(order)),
        "besluitbestanden": hashes(_given(audited)),
        "regelbestanden": hashes(audited.book.files),
        "beleid": policy_facts.policies(audited.book),
        "vragen": policy_facts.questions(audited.book),
        "eigen_kolommen": policy_facts.own_columns(audited.book),
        "regels": rules_in_force(audited.book),
        "gevuld": audited.sums.filled,
        "steekproef": audited.sampled.account() if audited.sampled else None,
        "tellingen": totals(audited),
    }


def totals(audited: Audited) -> dict[str, Any]:
    """Counts that add up: gelezen = plaatsingen + afgekeurd, and per rule four verdicts = in_bereik."""
    intake, sums = audited.intake, audited.sums
    return {
        "gelezen": intake.read,
        "plaatsingen": sums.placements,
        "afgekeurd": rejected_rows(intake.rejected),
        "waarschuwingen": audited.warned,
        "in_bereik": sums.in_scope,
        "bevindingen": sums.findings,
        "zaken": sums.cases,
        "oordelen": sums.verdicts,
    }


def _decisive(order: Order) -> list[Path]:
    """Files beside the policies that decide how the report comes out."""
    account = order.previous / "verantwoording.json" if order.previous else None
    return [path for path in (order.columns, order.aliases, order.house_style, account) if path]


def _given(audited: Audited) -> tuple[Path, ...]:
    return audited.decisions.files if audited.decisions else ()


def rejected_rows(rejected: pl.DataFrame) -> int:
    """Number of rejected rows; one row can have several reasons."""
    return rejected.select("bestand", "blad", "rij").n_unique()
