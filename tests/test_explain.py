"""A case in full: every rule's verdict with values and reasons, from the same files as the report or not at all."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from conftest import judged, placed, rows_of_text, shipped

from verdringing.cli import main
from verdringing.judge import explain

SAMPLES = Path(__file__).parent.parent / "samples"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("uitleg")
    shutil.copy(SAMPLES / "voorbeeldstad.csv", room)
    result = run("audit", room / "voorbeeldstad.csv", "--periode", "2026K3", "--uit", room / "rapport", "--stil")
    assert result.exit_code == 0, result.output
    return room / "rapport"


def test_every_rule_that_is_on_has_one_verdict_with_its_reasons() -> None:
    # 6 January to 1 September 2025 is past six months (5 July); without hours three months may be the limit too
    rows = [{"plaatsing_id": "P1", "einddatum": "2025-09-01"}, {"plaatsing_id": "P2", "kandidaat_id": "K2"}]
    placements = placed(rows_of_text(rows))
    told = explain(placements, shipped().rules, placements["plaatsing_id"] == "P1")
    assert sorted(told["regel"]) == sorted(rule.name for rule in shipped().rules if rule.on)
    assert told["nr"].unique().to_list() == placements.filter(plaatsing_id="P1")["nr"].to_list()
    one = {row["regel"]: row for row in told.to_dicts()}
    assert one["duur_te_lang"]["oordeel"] == "signaal"
    assert (one["duur_te_lang"]["waarde"], one["duur_te_lang"]["grens"]) == ("01-09-2025", "05-07-2025")
    assert one["niet_vrijwillig"]["ontbreekt"] == "vrijwillig"
    assert one["opvolging_zelfde_functie"]["ontbreekt"] is None


def test_the_explanation_and_the_verdict_are_the_same() -> None:
    rows = [
        {"plaatsing_id": f"P{n}", "kandidaat_id": f"K{n % 7}", "startdatum": f"2025-{n:02}-03"} for n in range(1, 13)
    ]
    placements = placed(rows_of_text(rows))
    told = explain(placements, shipped().rules, pl.repeat(value=True, n=placements.height, eager=True))
    named = told.join(placements.select("nr", "plaatsing_id"), on="nr")
    for rule in ("opvolging_zelfde_functie", "duur_te_lang", "instrumenten_gestapeld", "geen_begeleiding"):
        assert dict(named.filter(regel=rule).select("plaatsing_id", "oordeel").rows()) == judged(rows, rule)


def test_the_row_of_the_norm_is_named_also_without_a_signal() -> None:
    # 12,30 on 1 March 2017 is the floor of that year itself: still allowed
    rows = [{"plaatsing_id": "P1", "startdatum": "2017-03-01", "einddatum": "2017-03-31", "uurtarief": "12,30"}]
    placements = placed(rows_of_text(rows))
    told = (
        explain(placements, shipped().rules, placements["nr"] == 0)
        .filter(regel="tarief_onder_ondergrens")
        .to_dicts()[0]
    )
    assert told["oordeel"] == "geen_signaal"
    assert "Onderzoek Flextensie 2017" in told["gegevens"]
    assert told["grens"] == "12,30"


def test_a_case_is_printed_with_signals_gaps_and_grounds(report: Path) -> None:
    found = json.loads((report / "bevindingen.json").read_text(encoding="utf-8"))["bevindingen"][0]
    result = run("uitleg", report, found["zaak"].lower())
    assert result.exit_code == 0, result.output
    assert f"Zaak {found['zaak']}" in result.output
    assert f"rij {found['rij']}" in result.output
    assert found["toelichting"] in result.output
    assert f"Gemeten: {found['waarde']}; grens: {found['grens']}." in result.output


def test_an_unknown_case_is_one_sentence(report: Path) -> None:
    result = run("uitleg", report, "00000-00000")
    assert result.exit_code == 2
    assert "er is geen zaak '00000-00000'" in result.output


def test_other_files_are_refused(report: Path) -> None:
    file = report.parent / "voorbeeldstad.csv"
    before = file.read_bytes()
    file.write_bytes(before + b"\n")
    result = run("uitleg", report, "00000-00000")
    file.write_bytes(before)
    assert result.exit_code == 2
    assert "het bestand voorbeeldstad.csv is niet meer hetzelfde" in result.output
