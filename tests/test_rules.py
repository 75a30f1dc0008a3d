"""Every rule against its own cases: tests/rules/<regel>.csv.

First column a sentence (empty: the same case goes on), then only the columns that matter, then `verwacht` (a verdict;
empty: not looked at) and optionally `ontstaan_op`. Every case is a gemeente of its own, so all are judged in one run.
A column `peildatum` sets the reference date of a case, a column `parameters` (YAML) what a policy would change.
"""

from __future__ import annotations

import csv
from collections import Counter
from dataclasses import replace
from datetime import date
from functools import cache
from itertools import groupby
from pathlib import Path

import polars as pl
import pytest
from conftest import DAY, placed, rows_of_text, shipped, verdicts_of

from verdringing import lists, rulebook
from verdringing.judge import judge
from verdringing.rule import Rule, RuleBook
from verdringing.strict_yaml import load

FOLDER = Path(__file__).parent / "rules"
NAMES = [rule.name for rule in shipped().rules]
ASIDE = ("geval", "verwacht", "ontstaan_op", "peildatum", "parameters", "zin")
NEVER_EMPTY = ("kandidaat_id", "werkgever", "instrument", "startdatum")


@cache
def lists_of_cases() -> dict[str, lists.EmployerList]:
    """The lists in tests/rules/lijsten, by the name that rules know them by."""
    folder = FOLDER / "lijsten"
    return {
        "zwarte_lijst": lists.read_list(folder / "zwarte-lijst.csv"),
        "meldingen": lists.read_list(folder / "meldingen.csv", lists.REPORTS),
    }


@cache
def with_lists() -> RuleBook:
    """The shipped rules, with the lists of these cases."""
    return rulebook.load(lists=lists_of_cases())


@cache
def cases_of(rule: str) -> list[dict[str, str]]:
    """Rows of the case file; gemeente is the number of the case, zin its sentence."""
    with (FOLDER / f"{rule}.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    case, sentence = 0, ""
    for number, row in enumerate(rows, start=2):
        case += bool(row["geval"])
        sentence = row["geval"] or sentence
        row |= {
            "zin": sentence,
            "gemeente": f"Geval {case}",
            "plaatsing_id": row.get("plaatsing_id") or f"rij {number}",
        }
    return rows


def changed(rule: Rule, parameters: str) -> Rule:
    """The rule, switched on, with what a policy would change."""
    values = rule.file.parameters | (load(parameters, rule.name).data or {})
    book = with_lists()
    context = {"norms": book.norms, "lists": lists_of_cases()}
    return replace(rule, on=True, params=rule.check.Params.model_validate(values, context=context))


def text_of(row: dict[str, str], rule: Rule) -> dict[str, str | None]:
    """A case row as a reader gives it: empty is missing, but what every placement needs is filled in."""
    filled = {name: value or None for name, value in row.items() if name not in ASIDE}
    filled = {name: value for name, value in filled.items() if value is not None or name not in NEVER_EMPTY}
    return {"instrument": rule.params.instrumenten[0], **filled}


def answers(name: str) -> tuple[dict[str, str], dict[str, str]]:
    """Verdict, and the day a signal arose, of every row with cases for a rule."""
    book = with_lists()
    shipped_rule = next(rule for rule in book.rules if rule.name == name)
    found: dict[str, str] = {}
    arose: dict[str, str] = {}

    def how(row: dict[str, str]) -> tuple[str, str]:
        return row.get("peildatum") or DAY.isoformat(), row.get("parameters") or ""

    for (day, parameters), rows in groupby(sorted(cases_of(name), key=how), key=how):
        rule = changed(shipped_rule, parameters)
        text = rows_of_text([text_of(row, shipped_rule) for row in rows])
        placements = placed(text, date.fromisoformat(day), book=book)
        judgement = judge(placements, (rule,))
        found |= verdicts_of(placements, judgement, name)
        named = judgement.findings.join(placements.select("nr", "plaatsing_id"), on="nr")
        arose |= dict(named.select("plaatsing_id", pl.col("ontstaan_op").cast(pl.String)).rows())
    return found, arose


@pytest.mark.parametrize("name", NAMES)
def test_rule_on_its_cases(name: str) -> None:
    found, arose = answers(name)
    wrong = [
        f"{row['zin']} ({row['plaatsing_id']}): {found[row['plaatsing_id']]}, not {row['verwacht']}"
        for row in cases_of(name)
        if row["verwacht"] and found[row["plaatsing_id"]] != row["verwacht"]
    ]
    wrong += [
        f"{row['zin']} ({row['plaatsing_id']}): arose {arose.get(row['plaatsing_id'])}, not {row['ontstaan_op']}"
        for row in cases_of(name)
        if row.get("ontstaan_op") and arose.get(row["plaatsing_id"]) != row["ontstaan_op"]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", NAMES)
def test_cases_cover_all_verdicts_and_lean_to_innocence(name: str) -> None:
    counted = Counter(row["verwacht"] for row in cases_of(name) if row["verwacht"])
    assert set(counted) == {"signaal", "geen_signaal", "niet_toetsbaar", "nvt"}
    assert counted["geen_signaal"] + counted["nvt"] > counted["signaal"], counted


def test_every_case_file_is_of_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(NAMES)
