"""A report is proven by making it again: the same files and rules, or exactly what differs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from verdringing.cli import main

HEADER = "plaatsing_id;kandidaat_id;werkgever;functie;instrument;startdatum;einddatum;vrijwillig\n"
ROWS = ["P1;K1;Zon;kok;flextensie;05-01-2026;30-01-2026;nee", "P2;K2;Zon;kok;flextensie;02-02-2026;27-02-2026;ja"]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file, a policy and the report made of them by relative paths."""
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(HEADER + "\n".join(ROWS) + "\n")
    Path("beleid.yaml").write_text("regels:\n  duur_te_lang: {aan: nee}\n")
    result = run("audit", "a.csv", "--beleid", "beleid.yaml", "--peildatum", "2026-09-30", "--uit", "r", "--stil")
    assert result.exit_code == 0, result.output
    return tmp_path


def test_the_same_files_give_the_same_report(room: Path) -> None:
    result = run("verifieer", "r")
    assert result.exit_code == 0, result.output
    assert result.output.endswith("Dezelfde bestanden en regels geven hetzelfde rapport.\n")
    assert "bevindingen.csv" in result.output
    assert "werklijst.xlsx" in result.output


@pytest.mark.parametrize(
    "asked",
    [
        "",
        "--steekproef 1 --zaad 0",
        "--steekproef 1 --zaad 3",
        "--max-afgekeurd 0",
        "--max-afgekeurd 12.5",
        "--streng --beleid beleid.yaml --beleid later.yaml",
    ],
)
def test_a_report_says_the_command_as_it_was_given_and_is_proven_by_it(room: Path, asked: str) -> None:
    old = Path("beleid.yaml").read_text()
    Path("beleid.yaml").write_text(old + "geldig: {tot: 2026-01-31}\n")
    Path("later.yaml").write_text(old + "geldig: {van: 2026-02-01}\n")
    run("audit", "a.csv", "--peildatum", "2026-09-30", "--uit", "s", *asked.split())
    told = json.loads(Path("s/verantwoording.json").read_text(encoding="utf-8"))["opdracht"]
    words = told.removeprefix("verdringing audit a.csv ").split()
    given = f"--peildatum 2026-09-30 --uit s {asked}".split()
    assert sorted(words) == sorted(given), "no more, no less"
    result = run("verifieer", "s")
    assert result.exit_code == 0, result.output


def test_from_elsewhere_the_folder_is_named(
    room: Path, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path_factory.mktemp("elders"))
    assert run("verifieer", room / "r").exit_code == 2
    assert run("verifieer", room / "r", "--map", room).exit_code == 0


def test_a_changed_input_is_named_with_the_findings_that_differ(room: Path) -> None:
    Path("a.csv").write_text(HEADER + ROWS[0] + "\n" + ROWS[1].replace(";ja", ";nee") + "\n")
    result = run("verifieer", "r")
    assert result.exit_code == 1
    lines = result.output.splitlines()
    assert "Verschil: het bestand a.csv is niet meer hetzelfde." in lines
    assert "Verschil: bevindingen: toen 1, nu 2." in lines
    assert "Verschil: bevinding nieuw: niet_vrijwillig, plaatsing P2." in lines


def test_a_changed_policy_is_named_with_the_rule(room: Path) -> None:
    Path("beleid.yaml").write_text("regels:\n  duur_te_lang: {aan: ja}\n")
    lines = run("verifieer", "r").output.splitlines()
    assert "Verschil: de regel duur_te_lang heeft andere waarden." in lines
    assert any(line.endswith("beleid.yaml is niet meer hetzelfde.") for line in lines)


def test_a_report_that_was_tampered_with_is_named(room: Path) -> None:
    found = Path("r/bevindingen.csv")
    found.write_bytes(found.read_bytes().replace(b"Zon", b"Maan"))
    Path("r/afgekeurd.csv").unlink()
    result = run("verifieer", "r")
    assert result.exit_code == 1
    assert "Verschil: bevindingen.csv is veranderd nadat het rapport is gemaakt." in result.output
    assert "Verschil: afgekeurd.csv staat niet meer in het rapport." in result.output


def test_another_version_is_told_and_is_no_difference_by_itself(room: Path) -> None:
    path = Path("r/verantwoording.json")
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"polars": "1.0.0"}), encoding="utf-8")
    result = run("verifieer", "r")
    assert result.exit_code == 0, result.output
    assert "Andere versie van polars: toen 1.0.0, nu " in result.output


def test_what_cannot_be_followed_says_why(room: Path) -> None:
    path = Path("r/verantwoording.json")
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps(told | {"opdracht": "verdringing audit - --uit r"}), encoding="utf-8")
    assert "die niet in een bestand stonden" in run("verifieer", "r").output
    path.write_text(json.dumps(told | {"opdracht": "verdringing audit a.csv --bestaat-niet"}), encoding="utf-8")
    assert "de opdracht van dit rapport is niet meer geldig" in run("verifieer", "r").output


def test_a_report_with_passing_pseudonyms_says_why_it_differs(room: Path) -> None:
    bsn = "".join(map(str, (1, 1, 1, 2, 2, 2, 3, 3, 3)))  # invented; passes the eleven test
    Path("b.csv").write_text(HEADER + "\n".join(row.replace("K1", bsn) for row in ROWS[:1]) + "\n")
    assert run("audit", "b.csv", "--peildatum", "2026-09-30", "--uit", "rb", "--stil").exit_code == 0
    result = run("verifieer", "rb")
    assert result.exit_code == 1
    assert "de pseudoniemen van dat rapport golden maar een keer" in result.output.splitlines()[0]
