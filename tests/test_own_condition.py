"""A policy that changes a shipped rule: no sentence or day may still be about the shipped condition or values."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from conftest import only, placed, rows_of_text, shipped

from verdringing import rulebook
from verdringing.errors import UserError
from verdringing.judge import judge
from verdringing.rule import Rule

SENTENCE = "bevinding: De kandidaat is jonger dan 30 jaar."
CONDITION_RULES = [rule for rule in shipped().rules if rule.file.toets == "voorwaarde"]


def written(folder: Path, rules: str, name: str = "beleid.yaml", basis: str = "standaard") -> Path:
    path = folder / name
    path.write_text(f"basis: {basis}\nregels:\n{rules}", encoding="utf-8")
    return path


def refused(path: Path) -> list[str]:
    with pytest.raises(UserError) as caught:
        rulebook.load(path)
    return [str(mistake).replace(f"{path.parent}/", "") for mistake in caught.value.mistakes]


def rule_of(path: Path, name: str) -> Rule:
    return rulebook.load(path).by_name()[name][0]


def test_another_condition_without_its_own_sentence_is_refused_everywhere_at_once(tmp_path: Path) -> None:
    path = written(
        tmp_path,
        "  te_jong: {aan: ja, parameters: {signaal_als: leeftijd < 30}}\n"
        "  uitzendmarge:\n    parameters:\n      signaal_als: inleentarief > uurtarief\n"
        "  inlener_onbekend: {parameters: {geldt_voor: }}\n"
        "  geen_contact: {parameters: {signaal_als: laatste_contact < peildatum - 14 dagen}}\n",
    )
    said = refused(path)
    assert [(one.split(":")[1], one.split(":")[2].strip()) for one in said] == [
        ("8", "signaal_als"),
        ("8", "ontstaan_op"),
        ("7", "geldt_voor"),
        ("3", "signaal_als"),
        ("6", "signaal_als"),
    ]
    assert all("'bevinding'" in one for one in said if "ontstaan_op" not in one), said


def test_with_its_own_sentence_it_holds(tmp_path: Path) -> None:
    path = written(tmp_path, f"  te_jong:\n    parameters: {{signaal_als: leeftijd < 30}}\n    {SENTENCE}\n")
    assert rule_of(path, "te_jong").say("bevinding") == "De kandidaat is jonger dan 30 jaar."


@pytest.mark.parametrize("day", ["", "laatste_contact + 15 dagen"])
def test_the_day_may_be_given_anew_or_be_the_first_day_of_the_placement(tmp_path: Path, day: str) -> None:
    path = written(
        tmp_path,
        "  geen_contact:\n    bevinding: Het laatste contact was op {laatste_contact}.\n    parameters:\n"
        f"      signaal_als: laatste_contact < peildatum - 14 dagen\n      ontstaan_op: {day}\n",
    )
    found = rule_of(path, "geen_contact").params.ontstaan_op
    assert (found and found.text) == (day or None)


@pytest.mark.parametrize(
    "parameters",
    [
        pytest.param("signaal_als: 'leeftijd < 27'", id="as shipped"),
        pytest.param("signaal_als: ' leeftijd  <  27 '", id="the same, written otherwise"),
        pytest.param("geldt_voor: uren_per_week > 20", id="narrower"),
        pytest.param("instrumenten: [flextensie, stage]", id="another parameter"),
    ],
)
def test_a_condition_that_still_says_what_the_sentence_says_needs_nothing(tmp_path: Path, parameters: str) -> None:
    path = written(tmp_path, f"  te_jong: {{parameters: {{{parameters}}}}}\n")
    assert rule_of(path, "te_jong").say("bevinding") == shipped().by_name()["te_jong"][0].say("bevinding")


def test_a_sentence_of_the_basis_is_about_the_condition_of_the_basis(tmp_path: Path) -> None:
    written(tmp_path, f"  te_jong:\n    parameters: {{signaal_als: leeftijd < 30}}\n    {SENTENCE}\n", "regio.yaml")
    again = "  te_jong: {{parameters: {{signaal_als: leeftijd < {}}}}}\n"
    assert rule_of(written(tmp_path, again.format(30), basis="regio.yaml"), "te_jong").label == ""
    (said,) = refused(written(tmp_path, again.format(25), basis="regio.yaml"))
    assert said.startswith("beleid.yaml:3: signaal_als")


def test_a_later_file_may_give_the_sentence_that_its_basis_lacks(tmp_path: Path) -> None:
    written(tmp_path, "  te_jong: {parameters: {signaal_als: leeftijd < 30}}\n", "regio.yaml")
    path = written(tmp_path, f"  te_jong:\n    {SENTENCE}\n", basis="regio.yaml")
    assert rule_of(path, "te_jong").params.signaal_als.text == "leeftijd < 30"


@pytest.mark.parametrize("part", ["titel", "bevinding", "vraag", "opheffen"])
@pytest.mark.parametrize(
    "rule",  # what the law says of a participatieplaats holds for nothing else, so that rule may name it
    [rule for rule in CONDITION_RULES if rule.file.norm != "wet"],
    ids=lambda rule: rule.name,
)
def test_what_is_said_of_a_finding_holds_for_any_instrument(rule: Rule, part: str) -> None:
    for text in getattr(rule.file, part).values():
        assert not re.search(r"flextensie|proefplaats|trial placement|werkervaring", text, re.IGNORECASE), text


@pytest.mark.parametrize("extension, last", [("{maanden: 3}", "30 juni 2025"), ("", "31 maart 2025")])
def test_a_trial_is_told_with_the_last_day_that_is_allowed(tmp_path: Path, extension: str, last: str) -> None:
    path = written(tmp_path, f"  proefplaatsing_te_lang:\n    parameters:\n      verlenging: {extension}\n")
    row = {"instrument": "proefplaatsing", "startdatum": "2025-01-01", "einddatum": "2025-07-01"}
    book = only(rulebook.load(path), ["proefplaatsing_te_lang"])
    (said,) = judge(placed(rows_of_text([row])), book.rules).findings["toelichting"]
    assert said == (
        "Gerekend van 1 januari 2025 tot en met 1 juli 2025 duurt de proefplaatsing te lang: bij een grens van 3 maanden "
        f"is {last} de laatste dag, een toegestane verlenging meegeteld."
    )
