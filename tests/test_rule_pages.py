"""Pages of rules: values as a policy writes them, and an example that is chosen by a fixed rule and really computed."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from itertools import count
from pathlib import Path

import pytest
from conftest import judged, shipped

from verdringing import words
from verdringing.documents import as_yaml, rule_pages
from verdringing.documents.case_files import Case, Row
from verdringing.documents.worked import example
from verdringing.rule import Rule
from verdringing.rule_file import PARTS
from verdringing.strict_yaml import load

TOP = Path(__file__).parent.parent
RULES = {rule.name: rule for rule in shipped().rules}


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    """Every page by its path in docs/."""
    return {path.relative_to(TOP / "docs").as_posix(): text for path, text in rule_pages.pages(TOP).items()}


# Values.


@pytest.mark.parametrize(
    "value, written",
    [
        (True, "ja"),
        (False, "nee"),
        (28, "28"),
        (Decimal("12.30"), "12.30"),
        (date(2026, 1, 1), "2026-01-01"),
        ("flextensie", "flextensie"),
        ("nee", '"nee"'),
        ("3 maanden: of meer", '"3 maanden: of meer"'),
        ('met "aanhaling"', r'"met \"aanhaling\""'),
        ([{"uren_boven": 28, "maanden": 3}, {"maanden": 6}], "[{uren_boven: 28, maanden: 3}, {maanden: 6}]"),
        ([], "[]"),
        (None, ""),
    ],
)
def test_a_value_as_a_policy_writes_it_is_read_back(value: object, written: str) -> None:
    assert as_yaml.flow(value) == written
    assert load(f"waarde: {written}", "test").data == {"waarde": value}
    if value is not None:
        assert load(f"lijst: [{written}, 1]", "test").data == {"lijst": [value, 1]}


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_the_shipped_values_as_written_give_the_shipped_parameters(rule: Rule) -> None:
    text = "\n".join(f"{name}: {as_yaml.flow(value)}" for name, value in as_yaml.parameters(rule).items())
    context = {"norms": shipped().norms, "lists": {}, "columns": {}}
    again = rule.check.Params.model_validate(load(text, rule.name).data, context=context)
    for name in type(again).model_fields:
        one, other = getattr(again, name), getattr(rule.params, name)
        assert getattr(one, "text", one) == getattr(other, "text", other), name


# Which cases are the example.


LINES = count(2)


def case(sentence: str, last_day: str, hours: str = "36", parameters: str = "") -> Case:
    """One placement of duur_te_lang from 1 January 2025."""
    written = {"startdatum": "2025-01-01", "einddatum": last_day, "uren_per_week": hours, "functie": "inpakker"}
    return Case(sentence, (Row(next(LINES), written, "", ""),), parameters=parameters)


def chosen(*cases: Case) -> tuple[str, str]:
    signal, clear = example(RULES["duur_te_lang"], cases, shipped())
    assert (signal.signal, clear.signal) == (True, False)
    return signal.case.sentence, clear.case.sentence


FAR = case("lang over de grens", "2025-08-01")
OVER = case("een dag over de grens", "2025-04-01")
ON = case("precies op de grens", "2025-03-31")
SHORT = case("ruim binnen de grens", "2025-02-01")
FEWER = case("minder uren", "2025-04-01", hours="20")
UNKNOWN = case("uren onbekend", "2025-04-01", hours="")


def test_the_pair_that_differs_in_the_fewest_cells_and_least_is_the_example() -> None:
    assert chosen(FAR, SHORT, OVER, ON) == ("een dag over de grens", "precies op de grens")
    assert chosen(FAR, SHORT, OVER) == ("een dag over de grens", "ruim binnen de grens")
    assert chosen(OVER, FEWER, UNKNOWN) == ("een dag over de grens", "minder uren")


def test_a_day_is_closer_than_a_word_and_the_first_of_equals_counts() -> None:
    other = case("ander uur", "2025-03-31")
    assert chosen(OVER, ON, other) == ("een dag over de grens", "precies op de grens")
    assert chosen(OVER, other, ON) == ("een dag over de grens", "ander uur")


def test_a_case_that_changes_parameters_is_no_example() -> None:
    changed = case("ander beleid", "2025-04-01", parameters="grenzen: [{maanden: 4}]")
    assert chosen(OVER, changed, SHORT) == ("een dag over de grens", "ruim binnen de grens")


# Pages.


def test_every_rule_has_a_page_in_both_languages_and_stands_in_the_index(pages: dict[str, str]) -> None:
    names = {f"{name}.md" for name in RULES} | {"README.md"}
    assert set(pages) == {f"{folder}/{name}" for folder in ("regels", "rules") for name in names}
    for folder in ("regels", "rules"):
        assert all(f"[{name}]({name}.md)" in pages[f"{folder}/README.md"] for name in RULES)


@pytest.mark.parametrize("folder, code", [("regels", "nl"), ("rules", "en")])
@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_a_page_says_everything_of_a_rule(pages: dict[str, str], rule: Rule, folder: str, code: str) -> None:
    page = pages[f"{folder}/{rule.name}.md"]
    told = {getattr(rule.file, part)[code] for part in PARTS if part != "bevinding"}
    assert not [text for text in told if text not in page]
    assert all(str(ground) in page and (ground.link or "") in page for ground in rule.file.grondslag)
    assert all(f"| `{name}` | " in page for name in type(rule.params).model_fields)
    order = {
        "nl": [
            "Waarom",
            "Waarop het rust",
            "Waarden",
            "Uitzonderingen",
            "Aannames",
            "Wat het signaal opheft",
            "Vraag",
            "Voorbeeld",
        ],
        "en": [
            "Why",
            "What it rests on",
            "Values",
            "Exceptions",
            "Assumptions",
            "What clears the signal",
            "Question",
            "Example",
        ],
    }
    assert re.findall(r"^## (.*)$", page, re.MULTILINE) == order[code]
    with_signal, without = re.split(r"^### .*$", page, flags=re.MULTILINE)[1:]
    signal = {"nl": "**signaal**", "en": "**signal**"}[code]
    assert with_signal.count(signal) == with_signal.count("\n> ") >= 1
    assert signal not in without
    assert "\n> " not in without


def test_the_sentence_and_the_verdict_are_those_of_the_tool(pages: dict[str, str]) -> None:
    # 36 hours: three months from 1 January 2025 are over on 1 April
    row = {"startdatum": "2025-01-01", "einddatum": "2025-04-01", "uren_per_week": "36", "plaatsing_id": "1"}
    assert judged([row], "duur_te_lang") == {"1": "signaal"}
    assert judged([row | {"einddatum": "2025-03-31"}], "duur_te_lang") == {"1": "geen_signaal"}
    dutch, english = pages["regels/duur_te_lang.md"], pages["rules/duur_te_lang.md"]
    assert "| 2025-01-01 | 2025-04-01 | inpakker | 36 | **signaal** |" in dutch
    assert "| 2025-01-01 | 2025-03-31 | inpakker | 36 | geen signaal |" in dutch
    assert "> Gerekend van 1 januari 2025 tot en met 1 april 2025" in dutch
    assert "bij een grens van 3 maanden is 31 maart 2025 de laatste dag." in dutch
    assert "> Counted from 1 January 2025 up to and including 1 April 2025" in english


def test_a_rule_that_uses_a_list_shows_the_entry(pages: dict[str, str]) -> None:
    assert "| Drukkerij Inktvlek B.V. | 00000301 | 2026-01-01 | 2026-06-30 |" in pages["regels/zwarte_lijst.md"]


def test_links_of_pages_lead_somewhere(pages: dict[str, str]) -> None:
    for name, page in pages.items():
        home = TOP / "docs" / Path(name).parent
        for link in re.findall(r"\]\((?!https)([^)]+)\)", page):
            assert (home / link).is_file(), f"{name}: {link}"


def test_making_pages_leaves_the_language_as_it_was(pages: dict[str, str]) -> None:
    assert pages
    assert words.language() == "nl"
