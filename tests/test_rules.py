"""Every rule against its own cases: tests/rules/<regel>.csv, in the form that `verdringing.case_files` reads."""

from __future__ import annotations

from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from conftest import placed, rows_of_text, shipped, verdicts_of

from verdringing import rulebook
from verdringing.documents import case_files
from verdringing.judge import judge
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


def test_history_that_a_rule_needs_is_that_of_the_gemeente_in_any_spelling() -> None:
    """rules.md 1.3: a placement's history is that of its own municipality; the records of Stein begin too late."""
    rows = [
        {"plaatsing_id": "A", "instrument": "stage", "startdatum": "2024-06-02", "gemeente": "Aalten"},
        *(
            {"plaatsing_id": gemeente, "kandidaat_id": gemeente, "instrument": "proefplaatsing"}
            | {"startdatum": "2025-06-02", "gemeente": gemeente}
            for gemeente in ("Aalten", "AALTEN", "Stein")
        ),
    ]
    rule = next(one for one in shipped().rules if one.name == "proefplaatsing_na_eerder_werk")
    asked = case_files.changed(rule, "{ooit: nee, binnen_maanden: 12, historie_vereist: ja}", shipped())
    placements = placed(rows_of_text(rows))
    assert verdicts_of(placements, judge(placements, (asked,)), rule.name) == {
        "A": "nvt", "Aalten": "geen_signaal", "AALTEN": "geen_signaal", "Stein": "niet_toetsbaar",
    }  # fmt: skip


HOW_MANY = {
    "max_gelijktijdig: 1": "Op 6 januari 2025 lopen er voor dit werk 2 plaatsingen tegelijk; 1 is de grens.",
    "{max_gelijktijdig: 1, per: werkplek}": (
        "Op 6 januari 2025 lopen er op deze werkplek 3 plaatsingen tegelijk; 1 is de grens."
    ),
    "{max_gelijktijdig: null, max_per_jaar: 1}": (
        "Op 6 januari 2025 begint voor dit werk plaatsing 2 van het kalenderjaar; 1 is de grens."
    ),
    "{max_gelijktijdig: null, max_per_jaar: 1, per: werkplek}": (
        "Op 6 januari 2025 begint op deze werkplek plaatsing 3 van het kalenderjaar; 1 is de grens."
    ),
}


@pytest.mark.parametrize("parameters, told", HOW_MANY.items(), ids=HOW_MANY)
def test_too_many_says_where_and_when_they_were_counted(parameters: str, told: str) -> None:
    rows = [{"plaatsing_id": f"P{n}", "kandidaat_id": f"K{n}", "functie": "kok" if n else None} for n in range(2)]
    rows += [{"plaatsing_id": "P2", "kandidaat_id": "K2", "functie": "kok"}]
    rule = next(one for one in shipped().rules if one.name == "te_veel_tegelijk")
    judgement = judge(placed(rows_of_text(rows)), (case_files.changed(rule, parameters, shipped()),))
    assert told in judgement.findings["toelichting"].to_list()
