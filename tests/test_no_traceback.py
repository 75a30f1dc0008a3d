"""Whatever a user can cause is one sentence and exit code 2: where, what, and what was probably meant."""

from __future__ import annotations

import errno
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from conftest import schema
from jsonschema import Draft202012Validator

from verdringing import form
from verdringing.cli import main

HEADER = "plaatsing_id;kandidaat_id;werkgever;functie;instrument;startdatum;einddatum\n"
ROW = "P1;K1;Zon;kok;flextensie;05-01-2026;30-01-2026\n"
LONG = "n" * 300
NO_RIGHT = "(u hebt er geen rechten voor)"


def run(*words: object, **more: Any) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False, **more)


def refused(*words: object, **more: Any) -> str:
    """What is said of a command that must be refused."""
    result = run(*words, **more)
    assert result.exit_code == 2, result.output
    return result.stderr


@pytest.fixture(autouse=True)
def room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a file of one placement."""
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(HEADER + ROW, encoding="utf-8")
    return tmp_path


@pytest.mark.parametrize(
    "words",
    [
        ["audit", "nd/a.csv"],
        ["audit", "nd/*.csv"],
        ["audit", "a.csv", "--beleid", "nd/x.yaml"],
        ["audit", "a.csv", "--beoordelingen", "nd/a.csv"],
        ["audit", "a.csv", "--zwarte-lijst", "nd/a.csv"],
        ["audit", "a.csv", "--kolommen", "nd/k.yaml"],
        ["audit", "a.csv", "--uit", "nd/r"],
        ["begin", "nd/x"],
        ["kolommen", "nd/a.csv"],
        ["verifieer", "nd/r"],
    ],
    ids=lambda words: " ".join(words),
)
def test_a_folder_without_rights_is_named(monkeypatch: pytest.MonkeyPatch, words: list[str]) -> None:
    stat = Path.stat

    def shut(path: Path, **how: bool) -> os.stat_result:
        if "nd" in path.parts[:-1]:
            raise PermissionError(errno.EACCES, "Permission denied", str(path))
        return stat(path, **how)

    monkeypatch.setattr(Path, "stat", shut)
    said = refused(*words)
    assert said.count("\n") == 1
    assert "nd/" in said
    assert NO_RIGHT in said


@pytest.mark.parametrize(
    "words",
    [["audit", f"{LONG}.csv"], ["audit", f"x.csv#{LONG}"], ["audit", "a.csv", "--beleid", f"{LONG}.yaml"]],
    ids=["file", "sheet", "policy"],
)
def test_a_name_that_is_too_long_is_one_sentence(words: list[str]) -> None:
    assert refused(*words).count("\n") == 1


@pytest.mark.parametrize("key", ["basis", "normen", "eigen_regels"])
def test_a_path_in_a_policy_that_is_too_long_is_told_with_its_line(key: str) -> None:
    Path("b.yaml").write_text(f"regels: {{}}\n{key}: {LONG}\n", encoding="utf-8")
    said = refused("audit", "a.csv", "--beleid", "b.yaml")
    assert said == f"b.yaml:2: {key}: dit pad is niet te lezen (de naam is te lang).\n"


def test_a_pattern_that_cannot_be_says_how() -> None:
    hint = "Schrijf '**' als een eigen stuk van het pad, zoals map/**/*.csv."
    assert refused("audit", "a**b*.csv") == f"a**b*.csv: dit patroon kan niet. {hint}\n"


@pytest.mark.parametrize("bedrag", ["99999999999999999999", "99999999999999", '"1e400"', '"NaN"', '"15,50"', "ja"])
def test_an_amount_that_cannot_be_is_told_with_its_key(bedrag: str) -> None:
    Path("normen").mkdir()
    Path("normen/ondergrens_flextensie.yaml").write_text(
        "titel: Ondergrens\neenheid: euro per uur\nrijen:\n"
        f"  - van: 2026-01-01\n    bedrag: {bedrag}\n    bron: besluit\n    status: bevestigd\n",
        encoding="utf-8",
    )
    Path("b.yaml").write_text("normen: normen\n", encoding="utf-8")
    said = refused("audit", "a.csv", "--beleid", "b.yaml")
    assert said.startswith("normen/ondergrens_flextensie.yaml:5: bedrag: ")
    assert said.count("\n") == 1


@pytest.mark.parametrize("epoch", ["abc", "1e9", "9" * 40])
def test_a_clock_that_cannot_be_is_named(epoch: str) -> None:
    said = refused("audit", "a.csv", env={"SOURCE_DATE_EPOCH": epoch})
    assert said.startswith(f"SOURCE_DATE_EPOCH: '{epoch}' is geen aantal seconden sinds 1970.")


def test_a_link_that_leads_nowhere_is_called_that() -> None:
    for name in ("weg.csv", "weg.yaml"):
        Path(name).symlink_to("er-niet")
    what = "deze verwijzing leidt naar een bestand dat er niet is. Herstel de verwijzing, of noem het bestand zelf."
    assert refused("audit", "weg.csv") == f"weg.csv: {what}\n"
    assert refused("audit", "a.csv", "--beleid", "weg.yaml") == f"weg.yaml: {what}\n"


@pytest.mark.parametrize(
    "words",
    [["audit", "lus"], ["audit", "a.csv", "--beleid", "lus"], ["audit", "a.csv", "--uit", "lus"], ["verifieer", "lus"]],
    ids=lambda words: " ".join(words),
)
def test_a_link_to_itself_is_one_sentence(words: list[str]) -> None:
    Path("lus").symlink_to("lus")
    said = refused(*words)
    assert said.startswith(("lus: ", str(Path.cwd() / "lus: ")))
    assert said.count("\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse to make a file with such a name")
def test_a_name_that_is_no_utf_8_is_refused() -> None:
    odd = os.fsdecode(b"na\xefm.csv")
    Path(odd).write_text(HEADER + ROW, encoding="utf-8")
    assert "Dit is geen UTF-8: na\ufffdm.csv." in refused("audit", odd)
    Path("map").mkdir()
    Path(odd).rename(Path("map") / odd)
    assert refused("audit", "map") == "map/na\ufffdm.csv: deze naam is geen UTF-8. Geef het bestand een andere naam.\n"


@pytest.mark.parametrize("encoding", ["cp1252", "cp850", "ascii"])
def test_a_terminal_that_does_not_know_a_character_shows_another(encoding: str) -> None:
    Path("a.csv").write_text(HEADER + ROW.replace("Zon", "Zon \U0001f33b"), encoding="utf-8")
    assert run("audit", "a.csv", "--uit", "r", "--stil", "--peildatum", "2026-09-30").exit_code == 0
    environment = os.environ | {"PYTHONIOENCODING": encoding}
    for words in (["regels"], ["audit", "a.csv", "--uit", "r2", "--peildatum", "2026-09-30"]):
        done = subprocess.run([sys.executable, "-m", "verdringing", *words], capture_output=True, env=environment)
        assert done.returncode == 0, done.stderr
        assert done.stdout


def test_what_nobody_foresaw_of_a_disk_is_a_sentence_too(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error", "a.csv")

    monkeypatch.setattr("verdringing.inspection.propose.propose", broken)
    assert refused("kolommen", "a.csv") == "a.csv: lezen of schrijven lukt niet (de schijf geeft een fout).\n"


# A report that was damaged


@pytest.fixture
def account() -> dict[str, Any]:
    assert run("audit", "a.csv", "--uit", "r", "--stil", "--peildatum", "2026-09-30").exit_code == 0
    told: dict[str, Any] = json.loads(Path("r/verantwoording.json").read_text(encoding="utf-8"))
    return told


def written(told: object) -> None:
    Path("r/verantwoording.json").write_text(json.dumps(told), encoding="utf-8")


READS: dict[str, list[str]] = {
    "vergelijk": ["vergelijk", "r", "r"],
    "verifieer": ["verifieer", "r"],
    "uitleg": ["uitleg", "r", "AAAAA-AAAAA"],
    "vorige": ["audit", "a.csv", "--vorige", "r", "--uit", "r2"],
}


@pytest.mark.parametrize("words", READS.values(), ids=READS)
def test_a_damaged_account_is_one_sentence(account: dict[str, Any], words: list[str]) -> None:
    said = "dit rapport is niet heel: verantwoording.json ontbreekt of is niet te lezen."
    for told in ({"schema": 1}, [], None, account | {"schema": "1"}, account | {"peildatum": "2026-99-99"}):
        written(told)
        assert said in refused(*words), told
    for key in account:
        written({name: value for name, value in account.items() if name != key})
        assert said in refused(*words), key


@pytest.mark.parametrize("words", [READS["verifieer"], READS["uitleg"]], ids=["verifieer", "uitleg"])
def test_a_command_with_an_open_quote_is_one_sentence(account: dict[str, Any], words: list[str]) -> None:
    written(account | {"opdracht": "verdringing audit 'a.csv"})
    assert "de opdracht in verantwoording.json is beschadigd" in refused(*words)


SPOILT: dict[str, Callable[[dict[str, Any]], object]] = {
    "as it was written": lambda told: told,
    "a number for a text": lambda told: told | {"taal": 1},
    "yes for a number": lambda told: told | {"oordeelversie": True},
    "a text for a block": lambda told: told | {"tellingen": "x"},
    "less than none": lambda told: told | {"tellingen": told["tellingen"] | {"gelezen": -1}},
    "no list": lambda told: told | {"periode": {}},
    "three days": lambda told: told | {"periode": ["2026-01-01"] * 3},
    "deeper": lambda told: told | {"regels": told["regels"] | {"duur_te_lang": [{"aan": True}]}},
    "another language": lambda told: told | {"taal": "fr"},
}


@pytest.mark.parametrize("spoil", SPOILT.values(), ids=SPOILT)
def test_the_form_is_read_as_json_schema_reads_it(
    account: dict[str, Any], spoil: Callable[[dict[str, Any]], object]
) -> None:
    told = spoil(account)
    right = Draft202012Validator(schema("verantwoording.json")).is_valid(told)
    assert form.fits(told, "verantwoording.json") is right
    assert right is (told is account)


def test_every_word_of_the_published_form_is_understood() -> None:
    known = {"type", "additionalProperties", "minimum", "pattern", "required", "properties", "$ref", "items", "enum",
             "minItems", "maxItems", "format", "const", "$defs"}  # fmt: skip
    silent = {"$schema", "title", "description"}

    def words(one: object) -> set[str]:
        if not isinstance(one, dict):
            return set()
        named = [*one.get("properties", {}).values(), *one.get("$defs", {}).values()]
        below = [one.get("items"), one.get("additionalProperties"), *named]
        return set(one) | {word for part in below for word in words(part)}

    assert words(schema("verantwoording.json")) <= known | silent
