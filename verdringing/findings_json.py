"""bevindingen.json: every finding, every case and the counts, for a program to read; schemas/ says its form."""

from __future__ import annotations

import json
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from verdringing import __version__, account
from verdringing.audited import Audited
from verdringing.cases import FINDING_COLUMNS, PLACE
from verdringing.privacy import shielded
from verdringing.reported import SCHEMA
from verdringing.rule import Rule
from verdringing.words import language

_PIECE = 50_000
_SAFE = ("zaak", "plaatsing_id", "kandidaat_id", "bestand", "regel", "norm", "beoordeling")
"""Texts that are known to hold no BSN; every other text is looked through."""


def write(audited: Audited, findings: pl.LazyFrame, path: Path) -> None:
    """Write the file; `findings` has FINDING_COLUMNS. Dates as jjjj-mm-dd, no clock, the order of the report."""
    told = findings.select(_shown(name, dtype) for name, dtype in _columns(findings).items()).collect()
    cases = audited.cases.lazy().select("zaak", *PLACE, "wet", "regels", "bevindingen", "lopend")
    cases = cases.with_columns(shielded(pl.col(PLACE)))
    with path.open("wb") as file:
        head = json.dumps(_head(audited), ensure_ascii=False, indent=1).encode()
        file.write(head.removesuffix(b"\n}"))
        _list(file, "zaken", cases.collect())
        _list(file, "bevindingen", told)
        file.write(b"\n}\n")


def _columns(findings: pl.LazyFrame) -> dict[str, pl.DataType]:
    schema = findings.collect_schema()
    return {name: schema[name] for name in (*FINDING_COLUMNS, "variant") if name not in ("vraag", "grondslag")}


def _shown(name: str, dtype: pl.DataType) -> pl.Expr:
    return pl.col(name) if name in _SAFE or dtype != pl.String else shielded(pl.col(name)).alias(name)


def _head(audited: Audited) -> dict[str, Any]:
    """All but the lists; questions and grounds stand once, with their rule."""
    order = audited.order
    return {
        "schema": SCHEMA,
        "versie": __version__,
        "taal": language(),
        "gemeente": order.gemeente or audited.book.gemeente,
        "peildatum": order.day.isoformat(),
        "periode": None if order.period is None else [order.period.first.isoformat(), order.period.last.isoformat()],
        "tellingen": account.totals(audited),
        "regels": {name: [_said(rule) for rule in named] for name, named in audited.book.by_name().items()},
    }


def _said(rule: Rule) -> dict[str, Any]:
    return {
        "beleid": rule.label or None,
        "aan": rule.on,
        "norm": rule.file.norm,
        "titel": rule.say("titel"),
        "vraag": rule.say("vraag"),
        "opheffen": rule.say("opheffen"),
        "grondslag": [str(ground) for ground in rule.file.grondslag],
    }


def _list(file: BinaryIO, name: str, frame: pl.DataFrame) -> None:
    """A list of objects, one on a line, piece by piece."""
    file.write(f',\n "{name}": ['.encode())
    for place, part in enumerate(frame.iter_slices(_PIECE)):
        lines = BytesIO()
        part.write_ndjson(lines)
        file.write((b",\n" if place else b"\n") + lines.getvalue().rstrip().replace(b"\n", b",\n"))
    file.write(b"\n ]")
