"""What the tests share: rows of text to judged placements, without disk and without a clock."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest
from hypothesis import settings
from jsonschema import Draft202012Validator

import verdringing
from verdringing import account, rulebook
from verdringing.audited import Audited
from verdringing.judge import Judgement, judge
from verdringing.names import add_keys
from verdringing.normalise import normalise
from verdringing.period import Period, add_times
from verdringing.record import BY_NAME, VERDICTS
from verdringing.rule import Rule, RuleBook

if TYPE_CHECKING:
    from playwright.sync_api import Browser

settings.register_profile("untimed", deadline=None)  # a busy machine is no fault of the code
settings.load_profile("untimed")

DAY = date(2026, 9, 30)
FILLED = {
    "kandidaat_id": "K1",
    "werkgever": "Bakkerij De Korenaar",
    "instrument": "flextensie",
    "startdatum": "2025-01-06",
    "functie": "inpakker",
}


@cache
def shipped() -> RuleBook:
    """The shipped rules, without a policy or lists."""
    return rulebook.load()


def rows_of_text(rows: Sequence[Mapping[str, str | None]]) -> pl.DataFrame:
    """Rows as a reader gives them; what every placement needs and a row leaves out is filled in."""
    columns = [name for name in BY_NAME if name in FILLED or any(name in row for row in rows)]
    data = {name: [row[name] if name in row else FILLED.get(name) for row in rows] for name in columns}
    frame = pl.DataFrame(data, schema=dict.fromkeys(columns, pl.String))
    origin = (pl.lit("test.csv").alias("bestand"), pl.lit(None, pl.String).alias("blad"))
    return frame.with_columns(*origin, rij=pl.int_range(pl.len(), dtype=pl.UInt32) + 2)


def placed(
    rows: pl.DataFrame, day: date = DAY, period: Period | None = None, book: RuleBook | None = None
) -> pl.DataFrame:
    """Text rows to placements ready to be judged; every row must be readable."""
    book = book or shipped()
    intake = normalise(rows, book.instruments)
    assert intake.rejected.is_empty(), intake.rejected
    return add_times(add_keys(intake.placements.lazy(), book.job_groups), day, period).with_row_index("nr").collect()


def verdicts_of(placements: pl.DataFrame, judgement: Judgement, rule: str) -> dict[str, str]:
    """plaatsing_id → verdict in words."""
    named = judgement.verdicts.join(placements.select("nr", "plaatsing_id"), on="nr")
    return {name: VERDICTS[verdict] for name, verdict in named.select("plaatsing_id", rule).rows()}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, started once."""
    from on_screen import started

    yield from started()


@cache
def schema(name: str) -> dict[str, Any]:
    """The published schema of a file of the report."""
    path = Path(verdringing.__file__).parent / "schemas" / name.replace(".json", ".schema.json")
    return json.loads(path.read_text(encoding="utf-8"))


@pytest.fixture(autouse=True, scope="session")
def every_report_meets_its_schema() -> Iterator[None]:
    """Hold every report that a test makes against both schemas, as soon as it is written."""
    write = account.write

    def checked(audited: Audited, path: Path) -> None:
        write(audited, path)
        for name in ("bevindingen.json", path.name):
            told = json.loads((path.parent / name).read_text(encoding="utf-8"))
            first = {key: told[key][:1_000] for key in ("zaken", "bevindingen") if key in told}  # one is like another
            Draft202012Validator(schema(name)).validate(told | first)

    account.write = checked
    yield
    account.write = write


@pytest.fixture
def book() -> RuleBook:
    return shipped()


def only(book: RuleBook, names: Sequence[str]) -> RuleBook:
    """The same book with only these rules switched on."""
    return replace(book, rules=tuple(replace(rule, on=rule.on and rule.name in names) for rule in book.rules))


def switched_on(rule: Rule) -> Rule:
    """The same rule, on."""
    return replace(rule, on=True)


def judged(
    rows: Sequence[Mapping[str, str | None]], rule: str, day: date = DAY, book: RuleBook | None = None
) -> dict[str, str]:
    """Verdicts of one rule on rows of text, by plaatsing_id."""
    book = only(book or shipped(), [rule])
    placements = placed(rows_of_text(rows), day, book=book)
    return verdicts_of(placements, judge(placements, book.rules), rule)
