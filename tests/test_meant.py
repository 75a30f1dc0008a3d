"""A mistake says what was probably meant, by the words that stand in the file or on the line."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from verdringing.cli import main

HEADER = "plaatsing_id;kandidaat_id;werkgever;functie;instrument;startdatum;einddatum\n"
ROW = "P1;K1;Zon;kok;flextensie;05-01-2026;30-01-2026\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(HEADER + ROW, encoding="utf-8")


RULE = "b.yaml:1: "
POLICIES = {
    "a number in quotes": (
        'regels: {duur_te_lang: {parameters: {grenzen: [{maanden: "6"}]}}}',
        ["maanden: schrijf 6 zonder aanhalingstekens."],
    ),
    "a unit that is nearly one": (
        "regels: {duur_te_lang: {parameters: {grenzen: [{maand: 3}]}}}",
        ["onbekende sleutel 'maand'. Bedoelde u 'maanden'?"],
    ),
    "a limit beside the limits": (
        "regels: {duur_te_lang: {parameters: {maanden: 3, dagen: 5, uren_boven: 3}}}",
        [f"onbekende sleutel '{name}'. Zet '{name}' in 'grenzen'." for name in ("maanden", "dagen", "uren_boven")],
    ),
    "a key of a limit in a length of time": (
        "regels: {duur_te_lang: {parameters: {verlenging: {maand: 3, uren_boven: 3}}}}",
        ["onbekende sleutel 'maand'. Bedoelde u 'maanden'?", "onbekende sleutel 'uren_boven'."],
    ),
    "a parameter in a limit": (
        "regels: {duur_te_lang: {parameters: {grenzen: [{maanden: 3, verlenging: 2}]}}}",
        ["onbekende sleutel 'verlenging'."],
    ),
    "a key of a surcharge": (
        "regels: {tarief_onder_cao: {parameters: {opslag_pct: [{pct: 3, vann: 2026-01-01}], vann: 3}}}",
        ["onbekende sleutel 'vann'. Bedoelde u 'van'?", "onbekende sleutel 'vann'."],
    ),
    "an empty list": (
        "regels: {duur_te_lang: {parameters: {grenzen: []}}}",
        ["grenzen: mag niet leeg zijn."],
    ),
    "an empty list of instruments": (
        "regels: {proefplaatsing_na_eerder_werk: {parameters: {eerdere_instrumenten: []}}}",
        ["eerdere_instrumenten: mag niet leeg zijn."],
    ),
    "a parameter beside the parameters": (
        "regels: {duur_te_lang: {grenzen: [{maanden: 3}]}}",
        ["onbekende sleutel 'grenzen'. Zet 'grenzen' onder 'parameters'."],
    ),
    "a parameter where no parameters are": (
        "kolom: cao_uurloon",
        ["onbekende sleutel 'kolom'."],
    ),
}


@pytest.mark.parametrize("policy, said", POLICIES.values(), ids=POLICIES)
def test_a_policy(policy: str, said: list[str]) -> None:
    Path("b.yaml").write_text(policy + "\n", encoding="utf-8")
    result = run("regels", "--beleid", "b.yaml")
    assert result.exit_code == 2
    assert result.stderr.splitlines() == [RULE + one for one in said]


def test_an_unknown_instrument_is_told_with_its_key() -> None:
    Path("b.yaml").write_text("regels: {duur_te_lang: {parameters: {instrumenten: [leerwerkplek]}}}\n")
    said = run("regels", "--beleid", "b.yaml").stderr
    assert said.startswith("b.yaml:1: instrumenten: 'leerwerkplek' kan niet; kies uit: flextensie, ")


@pytest.mark.parametrize(
    "condition, said",
    [
        ("werkaard = structureel", "onbekende kolom 'structureel' (teken 12). Tekst staat tussen enkele"),
        ("werkaard <> additioneel", "onbekende kolom 'additioneel' (teken 13). Tekst staat tussen enkele"),
        ("structureel", "onbekende kolom 'structureel' (teken 1).\n"),
        ("werkaard = instrumen", "onbekende kolom 'instrumen' (teken 12). Bedoelde u 'instrument'?"),
    ],
)
def test_a_word_in_a_condition_that_should_stand_in_quotes(condition: str, said: str) -> None:
    Path("b.yaml").write_text(
        f"regels: {{structureel_werk: {{parameters: {{signaal_als: {json.dumps(condition)}}}}}}}\n"
    )
    assert said in run("regels", "--beleid", "b.yaml").stderr


@pytest.mark.parametrize("typed, meant", {"adit": "audit", "vergelik": "vergelijk", "Regels": "regels"}.items())
def test_a_command(typed: str, meant: str) -> None:
    result = run(typed)
    assert result.exit_code == 2
    assert f"De opdracht '{typed}' bestaat niet. Bedoelde u '{meant}'?" in result.stderr


def test_a_command_that_is_like_nothing_is_no_guess() -> None:
    result = run("xyz")
    assert result.exit_code == 2
    assert "De opdracht 'xyz' bestaat niet." in result.stderr
    assert "Bedoelde" not in result.stderr


def test_a_file_without_rights_is_told_in_dutch(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    result = run("audit", "a.csv")
    assert result.exit_code == 2
    assert "'a.csv' is niet te lezen: u hebt er geen rechten voor." in result.stderr


def test_a_file_that_is_called_like_an_option_is_read_back_as_a_file() -> None:
    Path("-x.csv").write_text(HEADER + ROW, encoding="utf-8")
    result = run("audit", "--uit", "r", "--stil", "--peildatum", "2026-09-30", "--", "-x.csv", "a.csv")
    assert result.exit_code == 2, "two rows with one name"
    Path("a.csv").write_text((HEADER + ROW).replace("P1", "P2"), encoding="utf-8")
    result = run("audit", "--uit", "r", "--stil", "--peildatum", "2026-09-30", "--", "-x.csv", "a.csv")
    assert result.exit_code == 0, result.output
    told = json.loads(Path("r/verantwoording.json").read_text(encoding="utf-8"))["opdracht"]
    assert told.endswith(" -- -x.csv a.csv")
    assert run("verifieer", "r").exit_code == 0
