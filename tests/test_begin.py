"""The starter folder: it changes nothing as it is, every option in it is real, and its example runs."""

from __future__ import annotations

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from conftest import shipped

from verdringing import account, rulebook, words
from verdringing.cli import main
from verdringing.policies.own_columns import KINDS
from verdringing.policies.policy import OpenNorm, Policy, Validity
from verdringing.reading.mapping import MappingFile, read_mapping
from verdringing.record import COLUMNS
from verdringing.rule import Rule
from verdringing.rule_file import Change

OPTION = re.compile(r"^( *)#(?=[^ #\n])", re.MULTILINE)
"""A hash with a word right behind it; with a blank behind it a line is explanation."""


@pytest.fixture(autouse=True)
def _dutch_again() -> Iterator[None]:
    yield
    words.choose_language("nl")


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


@pytest.fixture(params=["nl", "en"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """A starter folder in each language."""
    home = tmp_path / "nieuw" / "gemeente"
    result = run("begin", home, "--taal", request.param)
    assert result.exit_code == 0, result.output
    words.choose_language("nl")
    return home


def uncommented(path: Path, without: str) -> Path:
    """The file with every option switched on but one, which cannot go with the others."""
    full = path.with_name(f"vol-{path.name}")
    text = "\n".join(
        line for line in path.read_text(encoding="utf-8").splitlines() if not line.startswith(f"#{without}:")
    )
    full.write_text(OPTION.sub(r"\1", text), encoding="utf-8")
    return full


def values(rule: Rule) -> dict[str, object]:
    return {name: one["waarde"] for name, one in account.effective(rule).items()}


def keys(path: Path) -> set[str]:
    """Every key that stands in the file, as an option or not."""
    return set(re.findall(r"^ *#?(?:- )?([a-z_]+):", path.read_text(encoding="utf-8"), re.MULTILINE))


def test_the_policy_as_written_changes_nothing(folder: Path) -> None:
    book = rulebook.load(folder / "beleid.yaml")
    for rule, as_shipped in zip(book.rules, shipped().rules, strict=True):
        assert (rule.name, rule.on, rule.file) == (as_shipped.name, as_shipped.on, as_shipped.file)
        assert account.effective(rule) == account.effective(as_shipped)
        assert rule.scope is rule.unjudged is None
    assert (book.instruments, book.job_groups, book.norms) == (
        shipped().instruments,
        shipped().job_groups,
        shipped().norms,
    )
    assert book.own_columns == book.questions == ()


@pytest.mark.parametrize("without", ["gemeente", "gemeenten"])
def test_every_option_is_real(folder: Path, without: str) -> None:
    book = rulebook.load(uncommented(folder / "beleid.yaml", without))
    (version,) = book.policies
    assert (version.naam, version.retroactive) == ("Beleidsregels re-integratie 2026", False)
    assert len(version.gemeenten) == (2 if without == "gemeente" else 1)
    assert [column.name for column in book.own_columns] == ["leerdoelen"]
    assert len(book.questions) == 1
    assert "leerdoelen_ontbreken" in book.by_name()
    assert book.instruments["leerwerkplek"] == "werkervaringsplaats"
    assert book.job_groups["pakhulp"] == "inpakker"


def test_every_value_that_stands_there_is_the_shipped_one(folder: Path) -> None:
    rules = rulebook.load(uncommented(folder / "beleid.yaml", "gemeenten")).by_name()
    for as_shipped in shipped().rules:
        rule = rules[as_shipped.name][0]
        assert values(rule) == values(as_shipped)
        assert all("vol-beleid.yaml:" in origin for origin in rule.origins.values()), "every parameter stands there"
        assert (rule.on, rule.file.norm) == (as_shipped.on, as_shipped.file.norm)
        assert "vol-beleid.yaml:" in rule.sources["aan"] + rule.sources["norm"]
    first = rules[shipped().rules[0].name][0]
    assert first.file.model_dump(exclude={"parameters"}) == shipped().rules[0].file.model_dump(exclude={"parameters"})
    assert all("vol-beleid.yaml:" in place for place in first.sources.values()), "also the words of the first rule"


def test_no_key_that_a_policy_can_have_is_left_out(folder: Path) -> None:
    forms = (Policy, Validity, OpenNorm, Change)
    assert {name for form in forms for name in form.model_fields} <= keys(folder / "beleid.yaml")
    text = (folder / "beleid.yaml").read_text(encoding="utf-8")
    assert all(kind in text for kind in KINDS)
    for rule in shipped().rules:
        assert f"# {rule.say('titel')} (" in text or f"# {rule.file.titel['en']} (" in text
        assert f"\n  #{rule.name}:\n" in text


def test_the_mapping_says_nothing_and_every_option_of_it_is_real(folder: Path) -> None:
    path = folder / "kolommen.yaml"
    as_written = read_mapping(path)
    assert [*as_written.columns, *as_written.values, *as_written.fixed, *as_written.skip] == []
    full = read_mapping(uncommented(path, "-"))
    assert {*full.columns, *full.fixed} == {column.name for column in COLUMNS}
    assert full.habits.datum == "dag-maand-jaar"
    assert full.header_row == 1
    assert set(MappingFile.model_fields) <= keys(path)


def test_the_commands_that_it_names_run(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    shutil.copy("voorbeeld.csv", "export.csv")
    (read_me,) = folder.glob("*.md")
    commands = re.findall(r"^verdringing .*$", read_me.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) == 5
    for command in commands:
        result = run(*shlex.split(command)[1:])
        assert result.exit_code == 0, f"{command}\n{result.output}"


def test_the_example_gives_what_a_hand_calculation_gives(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    lists = ["--zwarte-lijst", "zwarte-lijst.csv", "--meldingen", "meldingen.csv", "--kolommen", "kolommen.yaml"]
    result = run("audit", "voorbeeld.csv", "--beleid", "beleid.yaml", "--peildatum", "2026-09-30", *lists)
    assert result.exit_code == 0, result.output
    found = pl.read_csv("rapport/bevindingen.csv", separator=";", infer_schema=False)
    assert set(found.select("plaatsing_id", "regel").rows()) == {
        ("V-03", "opvolging_zelfde_functie"),  # third inpakker in a row, 3 and 4 days in between
        ("V-04", "duur_te_lang"),  # 32 hours: three months from 2 February is 1 May; it ran to 29 May
        ("V-05", "tarief_onder_wml"),  # 13,75 is less than 14,71 on 1 June 2026
        ("V-05", "tarief_onder_wml_met_lasten"),  # and so than 14,71 with charges
        ("V-08", "intentie_ontbreekt"),  # proefplaatsing, and the employer does not intend to hire
    }
    verdicts = pl.read_parquet("rapport/oordelen.parquet")
    assert verdicts.height == 10
    assert set(verdicts["zwarte_lijst"]) == set(verdicts["meldpunt"]) == {"geen_signaal"}
    unknown = verdicts.filter(plaatsing_id="V-10")["structureel_werk"].item()
    assert unknown == "geen_signaal", "temporary work is fine, whatever the employer intends"


def test_its_own_rule_judges_once_it_is_switched_on(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    text = Path("beleid.yaml").read_text(encoding="utf-8")
    Path("eigen.yaml").write_text(re.sub(r"#(leerdoelen|eigen_regels):", r"\1:", text), encoding="utf-8")
    head, *rows = Path("voorbeeld.csv").read_text(encoding="utf-8-sig").splitlines()
    Path("eigen.csv").write_text("\n".join([f"{head};leerdoelen", *(f"{row};nee" for row in rows)]), encoding="utf-8")
    result = run("audit", "eigen.csv", "--beleid", "eigen.yaml", "--peildatum", "2026-09-30")
    assert result.exit_code == 0, result.output
    verdicts = pl.read_parquet("rapport/oordelen.parquet").select("plaatsing_id", "leerdoelen_ontbreken")
    assert dict(verdicts.rows()) == {f"V-{n:02}": "signaal" if n == 7 else "nvt" for n in range(1, 11)}


def test_nothing_is_overwritten(tmp_path: Path) -> None:
    for name in ("beleid.yaml", "voorbeeld.csv"):
        (tmp_path / name).write_text("van mij\n", encoding="utf-8")
    result = run("begin", tmp_path)
    assert result.exit_code == 2
    lines = result.output.splitlines()
    assert lines == [
        f"{tmp_path / name}: dit bestand bestaat al. Kies een andere map; er is niets geschreven."
        for name in ("beleid.yaml", "voorbeeld.csv")
    ]
    assert {path.name for path in tmp_path.iterdir()} == {"beleid.yaml", "voorbeeld.csv"}
    assert (tmp_path / "beleid.yaml").read_text(encoding="utf-8") == "van mij\n"


def test_a_file_is_no_folder_to_begin_in(tmp_path: Path) -> None:
    (tmp_path / "map").write_text("", encoding="utf-8")
    result = run("begin", tmp_path / "map")
    assert result.exit_code == 2
    assert (
        result.output == f"{tmp_path / 'map'}: dit bestand bestaat al. Kies een andere map; er is niets geschreven.\n"
    )


def test_a_folder_that_is_there_already_is_fine(tmp_path: Path) -> None:
    (tmp_path / "notities.txt").write_text("", encoding="utf-8")
    assert run("begin", tmp_path).exit_code == 0
    assert (tmp_path / "LEESMIJ.md").is_file()
