"""How long is too long, and how short too short: a rule of our own with a minimum, on cases by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from conftest import placed, rows_of_text, shipped

from verdringing import rulebook, words
from verdringing.checks import duur
from verdringing.documents import case_files
from verdringing.errors import UserError
from verdringing.judge import Judgement, judge
from verdringing.rule import Rule
from verdringing.rule_file import RuleFile
from verdringing.strict_yaml import read
from verdringing.term import Term

FOLDER = Path(__file__).parent / "checks"


def rule(**changed: Any) -> Rule:
    """The rule of tests/checks/te_kort.yaml, with what a policy would change."""
    file = RuleFile.model_validate(read(FOLDER / "te_kort.yaml").data)
    return Rule("te_kort", file, duur.Params.model_validate(file.parameters | changed))


def test_a_minimum_on_its_cases() -> None:
    cases = case_files.read(FOLDER / "te_kort.csv")
    found = case_files.answers(rule(), cases, shipped())
    said = {
        row.line: (found[row.line].verdict, str(found[row.line].arose or "")) for case in cases for row in case.rows
    }
    wanted = {row.line: (row.expected, row.arose or "") for case in cases for row in case.rows}
    wrong = {line: (said[line], wanted[line]) for line in wanted if said[line] != wanted[line]}
    assert not wrong


SHORT = {"plaatsing_id": "a", "startdatum": "2025-01-01", "einddatum": "2025-01-31", "uitstroom": "nee"}
LONG = {"plaatsing_id": "b", "kandidaat_id": "K2", "startdatum": "2025-01-01", "einddatum": "2025-07-01"}
OVERLAP = {**SHORT, "plaatsing_id": "c", "startdatum": "2025-01-10", "einddatum": "2025-01-20"}


def judged(given: Rule, *rows: dict[str, str]) -> Judgement:
    return judge(placed(rows_of_text(rows)), (given,))


def test_the_sentence_says_which_of_the_two_it_is() -> None:
    findings = judged(rule(), SHORT, LONG).findings.sort("waarde", descending=True)
    assert findings.select("waarde", "grens", "toelichting").rows() == [
        ("31-01-2025", "01-04-2025", "Van 1 januari 2025 tot en met 31 januari 2025 is korter dan 13 weken."),
        ("01-07-2025", "30-06-2025", "Van 1 januari 2025 tot en met 1 juli 2025 is langer dan 6 maanden."),
    ]


AHEAD = "Als er niets verandert, begint dit signaal op 30 september 2026. "


def test_what_has_not_come_true_yet_is_told_as_what_will_be() -> None:
    too_long = {"startdatum": "2026-03-30", "einddatum": "2026-10-31"}  # six months are full on 29 September
    told = "Van 30 maart 2026 tot en met 31 oktober 2026 is langer dan 6 maanden."
    for day, before in ((date(2026, 9, 29), AHEAD), (date(2026, 9, 30), "")):
        findings = judge(placed(rows_of_text([too_long]), day), (rule(),)).findings
        assert findings["toelichting"].to_list() == [before + told]


def test_a_placement_that_is_already_too_long_stands_beside_one_that_will_be() -> None:
    will_be = {"plaatsing_id": "d", "kandidaat_id": "K3", "startdatum": "2026-08-01", "einddatum": "2027-02-28"}
    findings = judged(rule(), LONG, will_be).findings.sort("nr")
    assert findings["toelichting"].str.starts_with("Als er niets verandert").to_list() == [False, True]


@pytest.mark.parametrize(
    ("term", "dutch", "english"),
    [
        (Term(jaren=1), "1 jaar", "1 year"),
        (Term(jaren=2), "2 jaar", "2 years"),
        (Term(maanden=1), "1 maand", "1 month"),
        (Term(weken=13), "13 weken", "13 weeks"),
    ],
)
def test_a_term_in_words(term: Term, dutch: str, english: str) -> None:
    assert str(term) == dutch
    words.choose_language("en")
    try:
        assert str(term) == english
    finally:
        words.choose_language("nl")


def test_the_sentence_in_english() -> None:
    words.choose_language("en")
    try:
        (found,) = judged(rule(), SHORT).findings["toelichting"]
    finally:
        words.choose_language("nl")
    assert found.startswith("From 1 January 2025 up to and including 31 January 2025 is ")


def test_what_counts_is_the_whole_spell() -> None:
    """The second placement lies within the first, which ended later: the spell ended on 31 January."""
    rows = judged(rule(), {**SHORT, "uitstroom": ""}, OVERLAP)
    assert rows.findings["toelichting"].to_list() == [
        "Van 1 januari 2025 tot en met 31 januari 2025 is korter dan 13 weken."
    ]


def test_only_the_outcome_is_missing() -> None:
    """Not the extension, which is empty where there is none."""
    assert judged(rule(), {**SHORT, "uitstroom": ""}).missing.rows() == [("te_kort", "uitstroom", 1)]


BANDS = [{"leeftijd_van": 27, "maanden": 12}, {"maanden": 6}]


@pytest.mark.parametrize("year, end, said", [
    ("", "2026-01-01", "langer dan 12 maanden"),
    ("1998", "2026-01-01", "langer dan 12 maanden"),
    ("1999", "2026-01-01", "langer dan 6 maanden"),
])  # fmt: skip
def test_the_limit_that_was_passed_is_the_one_that_is_named(year: str, end: str, said: str) -> None:
    """Of an unknown age the longest limit decides, whichever stands last."""
    row = {**LONG, "einddatum": end, "geboortejaar": year}
    (found,) = judged(rule(grenzen=BANDS, minimaal=None), row).findings["toelichting"]
    assert found.endswith(f"{said}.")


def test_a_minimum_past_a_limit_can_never_be_right() -> None:
    rule(minimaal={"weken": 26}, grenzen=[{"maanden": 6}])
    for minimum in ({"weken": 27}, {"maanden": 7}, {"jaren": 1}):
        with pytest.raises(ValueError, match="dan kan geen plaatsing goed zijn"):
            rule(minimaal=minimum)
    with pytest.raises(ValueError, match="dan kan geen plaatsing goed zijn"):
        rule(minimaal={"weken": 14}, grenzen=[{"uren_boven": 28, "maanden": 3}, {"maanden": 6}])


def policy(folder: Path, text: str) -> Path:
    path = folder / "beleid.yaml"
    path.write_text(f"regels:\n  duur_te_lang:\n    parameters: {{minimaal: {{weken: 4}}}}\n{text}", encoding="utf-8")
    return path


def test_a_rule_with_a_minimum_needs_words_of_its_own(tmp_path: Path) -> None:
    with pytest.raises(UserError) as caught:
        rulebook.load(policy(tmp_path, ""))
    assert [str(one).split(": ", 1)[1] for one in caught.value.mistakes] == [
        "in deze zin ontbreekt {afwijking}. Met deze parameters zijn er meer soorten signalen: geef de regel een eigen bevinding."
    ] * 2


def test_a_policy_gives_them(tmp_path: Path) -> None:
    book = rulebook.load(policy(tmp_path, "    bevinding: Dat is {afwijking} dan {termijn}.\n"))
    (found,) = [one for one in book.rules if one.name == "duur_te_lang"]
    rows = judged(replace(found, scope=None), {**SHORT, "einddatum": "2025-01-20"})
    assert rows.findings["toelichting"].to_list() == ["Dat is korter dan 4 weken."]
