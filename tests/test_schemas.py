"""The published schemas: strict enough to refuse a wrong report, and met by every report that the tests make."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from conftest import schema
from jsonschema import Draft202012Validator

from verdringing.cli import main
from verdringing.reported import SCHEMA

TOP = Path(__file__).parent.parent
FILES = ("bevindingen.json", "verantwoording.json")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("schema") / "rapport"
    sample = str(TOP / "samples" / "voorbeeldstad.csv")
    arguments = ["audit", sample, "--periode", "2026K3", "--uit", str(out), "--zonder-werklijst"]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    return out


def content(report: Path, name: str) -> dict[str, Any]:
    return json.loads((report / name).read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", FILES)
def test_the_schema_itself_is_valid_and_has_the_number_of_the_form(name: str) -> None:
    Draft202012Validator.check_schema(schema(name))
    assert schema(name)["properties"]["schema"] == {"const": SCHEMA}


@pytest.mark.parametrize(
    "name, break_it",
    [
        ("bevindingen.json", lambda told: told.pop("zaken")),
        ("bevindingen.json", lambda told: told["bevindingen"][0].update(fase="klaar")),
        ("bevindingen.json", lambda told: told["bevindingen"][0].update(startdatum="01-02-2026")),
        ("bevindingen.json", lambda told: told["bevindingen"][0].update(naam="J. Jansen")),
        ("bevindingen.json", lambda told: told["zaken"][0].update(zaak="1")),
        ("bevindingen.json", lambda told: told["tellingen"].update(zaken=-1)),
        ("verantwoording.json", lambda told: told["invoer"].update({"a.csv": "abc"})),
        ("verantwoording.json", lambda told: told["regels"]["duur_te_lang"][0].pop("vingerafdruk")),
        ("verantwoording.json", lambda told: told.update(schema=2)),
        ("verantwoording.json", lambda told: told["tellingen"]["oordelen"]["duur_te_lang"].pop("nvt")),
    ],
)
def test_a_wrong_report_is_refused(report: Path, name: str, break_it: Any) -> None:
    told = content(report, name)
    check = Draft202012Validator(schema(name))
    assert check.is_valid(told)
    break_it(told)
    assert not check.is_valid(told)


def test_the_counts_of_both_files_are_the_same_and_add_up(report: Path) -> None:
    found, account = (content(report, name) for name in FILES)
    counts = account["tellingen"]
    assert found["tellingen"] == counts
    assert counts["gelezen"] == counts["plaatsingen"] + counts["afgekeurd"]
    assert all(sum(four.values()) == counts["in_bereik"] for four in counts["oordelen"].values())
    assert (len(found["bevindingen"]), len(found["zaken"])) == (counts["bevindingen"], counts["zaken"])
    assert {one["zaak"] for one in found["bevindingen"]} == {one["zaak"] for one in found["zaken"]}
