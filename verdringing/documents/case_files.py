"""Case files: made-up placements and what a rule should say of each, as tests/rules/<regel>.csv of a checkout.

First column a sentence (empty: the same case goes on), then only the columns that matter, then `verwacht` (a verdict;
empty: not looked at) and optionally `ontstaan_op`. A column `peildatum` sets the reference date of a case, a column
`parameters` (YAML) what a policy would change. Every case is a gemeente of its own, so that all are judged in one run.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby
from pathlib import Path

import polars as pl

from verdringing.judge import judge
from verdringing.names import add_keys
from verdringing.naming import lists
from verdringing.normalise import normalise
from verdringing.period import add_times
from verdringing.record import BY_NAME, VERDICTS
from verdringing.rule import Rule, RuleBook
from verdringing.strict_yaml import load

DAY = date(2026, 9, 30)
"""Reference date of a case that names none."""
FILLED = {"kandidaat_id": "K1", "werkgever": "Bakkerij De Korenaar", "startdatum": "2025-01-06"}
"""What every placement needs, for a row that leaves it out; the instrument is the first of the rule."""
JOB = "inpakker"
"""The job in a file without a column functie."""


@dataclass(frozen=True, slots=True)
class Row:
    """One placement of a case as written (column → text), and the verdict and first day that are expected."""

    line: int
    written: Mapping[str, str]
    expected: str
    arose: str


@dataclass(frozen=True, slots=True)
class Case:
    """Placements that belong together; `parameters` is what a policy would change, in YAML."""

    sentence: str
    rows: tuple[Row, ...]
    day: date = DAY
    parameters: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the rule says of one row: verdict, and of a signal the day it arose and the sentence."""

    verdict: str
    arose: date | None = None
    sentence: str | None = None


def read(path: Path) -> list[Case]:
    """The cases of a file, in order."""
    with path.open(encoding="utf-8", newline="") as source:
        lines = list(enumerate(csv.DictReader(source, delimiter=";"), start=2))
    cases: list[list[tuple[int, dict[str, str]]]] = []
    for number, line in lines:
        if line["geval"]:
            cases.append([])
        cases[-1].append((number, line))
    return [_case(case) for case in cases]


def _case(lines: Sequence[tuple[int, dict[str, str]]]) -> Case:
    first = lines[0][1]
    rows = [
        Row(number, {name: text for name, text in line.items() if name in BY_NAME}, line["verwacht"], arose)
        for number, line in lines
        for arose in [line.get("ontstaan_op") or ""]
    ]
    day = date.fromisoformat(first["peildatum"]) if first.get("peildatum") else DAY
    return Case(first["geval"], tuple(rows), day, first.get("parameters") or "")


def lists_in(folder: Path) -> dict[str, lists.EmployerList]:
    """The lists that cases are matched with, by the name that rules know them by."""
    return {
        "zwarte_lijst": lists.read_list(folder / "zwarte-lijst.csv"),
        "meldingen": lists.read_list(folder / "meldingen.csv", lists.REPORTS),
    }


def answers(rule: Rule, cases: Iterable[Case], book: RuleBook) -> dict[int, Answer]:
    """What a rule says of every row of these cases, by the line of the row; a rule that is off is switched on."""

    def how(numbered: tuple[int, Case]) -> tuple[date, str]:
        return numbered[1].day, numbered[1].parameters

    found: dict[int, Answer] = {}
    for (day, parameters), group in groupby(sorted(enumerate(cases), key=how), key=how):
        placements = _placed(rule, list(group), day, book)
        found |= _answers(placements, changed(rule, parameters, book))
    return found


def changed(rule: Rule, parameters: str, book: RuleBook) -> Rule:
    """The rule, switched on, with what a policy would change; the lists are those that the rule has."""
    if not parameters:
        return replace(rule, on=True)
    values = rule.file.parameters | dict(load(parameters, rule.name).data or {})  # type: ignore[call-overload]  # a mapping
    params = rule.check.Params.model_validate(values, context={"norms": book.norms, "columns": {}, "lists": {}})
    listed = {"lijst": rule.params.lijst} if hasattr(rule.params, "lijst") else {}
    return replace(rule, on=True, params=params.model_copy(update=listed))


def text_of(row: Row, rule: Rule) -> dict[str, str | None]:
    """The row as a reader gives it: empty is missing, but what every placement needs is filled in."""
    needed = {**FILLED, "instrument": rule.params.instrumenten[0]}
    given = {name: text or needed.get(name) for name, text in row.written.items()}
    return needed | {"functie": JOB} | given


def _placed(rule: Rule, cases: Sequence[tuple[int, Case]], day: date, book: RuleBook) -> pl.DataFrame:
    """Placements ready to be judged; rij is the line in the file, and every row must be readable."""
    rows = [
        text_of(row, rule)
        | {"gemeente": f"Geval {place}", "plaatsing_id": row.written.get("plaatsing_id") or f"rij {row.line}"}
        for place, case in cases
        for row in case.rows
    ]
    columns = [name for name in BY_NAME if name in rows[0]]
    frame = pl.DataFrame(rows, schema=dict.fromkeys(columns, pl.String)).with_columns(
        bestand=pl.lit("gevallen"),
        blad=pl.lit(None, pl.String),
        rij=pl.Series([row.line for _place, case in cases for row in case.rows], dtype=pl.UInt32),
    )
    intake = normalise(frame, book.instruments)
    assert intake.rejected.is_empty(), intake.rejected
    return add_times(add_keys(intake.placements.lazy(), book.job_groups), day, None).with_row_index("nr").collect()


def _answers(placements: pl.DataFrame, rule: Rule) -> dict[int, Answer]:
    judgement = judge(placements, (rule,))
    told = judgement.verdicts.join(judgement.findings, on="nr", how="left").join(placements, on="nr")
    rows = told.select("rij", rule.name, "ontstaan_op", "toelichting").rows()
    return {line: Answer(VERDICTS[verdict], arose, sentence) for line, verdict, arose, sentence in rows}
