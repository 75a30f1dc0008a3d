"""bevindingen.json: every finding, every case and the counts, for a program to read; schemas/ says its form."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from verdringing import __version__, account
from verdringing.audited import Audited
from verdringing.cases import PLACE
from verdringing.distinct import days_as_text
from verdringing.privacy.shield import shielded
from verdringing.reported import SCHEMA
from verdringing.rule import Rule
from verdringing.tables import AT_ONCE
from verdringing.words import language

NAME = "bevindingen.json"
_OF_CASE = ("zaak", *PLACE, "wet", "regels", "bevindingen", "lopend")
_LEFT_OUT = ("vraag", "grondslag")
"""Words that stand once, with their rule."""


@contextmanager
def writing(audited: Audited, path: Path, cases: Iterable[pl.DataFrame]) -> Iterator[Callable[[pl.DataFrame], None]]:
    """Write the file around a list of findings; what is given adds some of them (FINDING_COLUMNS, variant; no BSN).

    `cases` are all cases, in any number of frames. Dates as jjjj-mm-dd, no clock, the order of the report.
    """
    with path.open("wb") as file:
        head = json.dumps(_head(audited), ensure_ascii=False, indent=1).encode()
        file.write(head.removesuffix(b"\n}"))
        file.write(b',\n "zaken": [')
        begun = file.tell()
        for frame in cases:
            told = frame.lazy().select(_OF_CASE).with_columns(shielded(pl.col(PLACE)))
            _add(file, told.collect(), more=file.tell() > begun)
        file.write(b'\n ],\n "bevindingen": [')
        begun = file.tell()
        yield lambda findings: _add(file, findings.drop(_LEFT_OUT), more=file.tell() > begun)
        file.write(b"\n ]\n}\n")


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


def _add(file: BinaryIO, frame: pl.DataFrame, *, more: bool = False) -> None:
    """Add objects to a list, one on a line; `more` says that others stand before them."""
    for part in days_as_text(frame, "%Y-%m-%d").iter_slices(AT_ONCE):
        lines = BytesIO()
        part.write_ndjson(lines)
        file.write(b",\n" if more else b"\n")
        file.write(memoryview(lines.getvalue().replace(b"\n", b",\n"))[:-2])
        more = True
