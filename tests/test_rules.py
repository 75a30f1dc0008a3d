"""Every rule against its own cases: tests/rules/<regel>.csv, in the form that `verdringing.case_files` reads."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from conftest import shipped

from verdringing import rulebook
from verdringing.documents import case_files
from verdringing.rule import RuleBook

FOLDER = Path(__file__).parent / "rules"
NAMES = [rule.name for rule in shipped().rules]


@cache
def with_lists() -> RuleBook:
    """The shipped rules, with the lists of these cases."""
    return rulebook.load(lists=case_files.lists_in(FOLDER / "lijsten"))


@pytest.mark.parametrize("name", NAMES)
def test_rule_on_its_cases(name: str) -> None:
    book = with_lists()
    rule = next(rule for rule in book.rules if rule.name == name)
    cases = case_files.read(FOLDER / f"{name}.csv")
    found = case_files.answers(rule, cases, book)
    rows = [(case, row, found[row.line]) for case in cases for row in case.rows]
    wrong = [
        f"{case.sentence} (line {row.line}): {answer.verdict}, not {row.expected}"
        for case, row, answer in rows
        if row.expected and answer.verdict != row.expected
    ]
    wrong += [
        f"{case.sentence} (line {row.line}): arose {answer.arose}, not {row.arose}"
        for case, row, answer in rows
        if row.arose and str(answer.arose) != row.arose
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", NAMES)
def test_cases_cover_all_verdicts_and_lean_to_innocence(name: str) -> None:
    rows = [row for case in case_files.read(FOLDER / f"{name}.csv") for row in case.rows]
    counted = Counter(row.expected for row in rows if row.expected)
    assert set(counted) == {"signaal", "geen_signaal", "niet_toetsbaar", "nvt"}
    assert counted["geen_signaal"] + counted["nvt"] > counted["signaal"], counted


def test_every_case_file_is_of_a_rule() -> None:
    assert {path.stem for path in FOLDER.glob("*.csv")} == set(NAMES)
