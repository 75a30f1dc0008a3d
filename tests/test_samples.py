"""The sample municipality says in the docstrings of its scenarios which verdict each placement must get.

Those were written with the scenarios, by hand, from the contract; `rule: verdict id, id; verdict id`.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from conftest import shipped

from verdringing.cli import main
from verdringing.record import VERDICTS

SAMPLES = Path(__file__).parent.parent / "samples"
PROMISE = re.compile(rf"({'|'.join(VERDICTS)}) ([A-Z0-9, -]+)")
SWITCHED_ON = "regels:\n  te_jong: {aan: ja}\n  uitkering_te_kort: {aan: ja}\n  te_veel_tegelijk: {aan: ja}\n"


@cache
def promises() -> dict[str, dict[str, str]]:
    """Rule → plaatsing_id → verdict, from the docstrings of the scenarios."""
    spec = importlib.util.spec_from_file_location("maak", SAMPLES / "maak.py")
    assert spec is not None
    assert spec.loader is not None
    maak = importlib.util.module_from_spec(spec)
    sys.modules["maak"] = maak
    spec.loader.exec_module(maak)
    found: dict[str, dict[str, str]] = {}
    for scenario in maak.SCENARIOS:
        for line in re.sub(r"\n\s{8,}", " ", scenario.__doc__ or "").splitlines():
            name, colon, said = line.strip().partition(":")
            if colon and name in {rule.name for rule in shipped().rules}:
                for verdict, ids in PROMISE.findall(said):
                    found.setdefault(name, {}).update(dict.fromkeys(re.findall(r"[A-Z]{2,}-\d+", ids), verdict))
    return found


@pytest.fixture(scope="module")
def verdicts(tmp_path_factory: pytest.TempPathFactory) -> pl.DataFrame:
    """One row per placement with every verdict, all placements in scope, every rule switched on."""
    folder = tmp_path_factory.mktemp("voorbeeld")
    (folder / "beleid.yaml").write_text(SWITCHED_ON, encoding="utf-8")
    lists = ["--zwarte-lijst", SAMPLES / "zwarte-lijst.csv", "--meldingen", SAMPLES / "meldingen.csv"]
    arguments = ["audit", SAMPLES / "voorbeeldstad.csv", *lists, "--beleid", folder / "beleid.yaml"]
    arguments += ["--peildatum", "2026-09-30", "--uit", folder / "rapport"]
    result = CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return pl.read_parquet(folder / "rapport" / "oordelen.parquet")


def test_there_are_promises_enough() -> None:
    assert len(promises()) >= 25
    assert sum(len(promised) for promised in promises().values()) >= 150


@pytest.mark.parametrize("rule", sorted(promises()))
def test_every_placement_gets_the_verdict_that_its_scenario_promises(verdicts: pl.DataFrame, rule: str) -> None:
    given = dict(verdicts.select("plaatsing_id", pl.col(rule).cast(pl.String)).rows())
    wrong = {name: (given[name], said) for name, said in promises()[rule].items() if given[name] != said}
    assert not wrong


@pytest.mark.parametrize("rule", [rule.name for rule in shipped().rules])
def test_every_shipped_rule_is_hit(verdicts: pl.DataFrame, rule: str) -> None:
    assert (verdicts[rule] == "signaal").any()


@pytest.mark.parametrize("rule", sorted(promises()))
def test_nothing_else_is_a_signal(verdicts: pl.DataFrame, rule: str) -> None:
    signalled = set(verdicts.filter(pl.col(rule) == "signaal")["plaatsing_id"].to_list())
    assert signalled == {name for name, said in promises()[rule].items() if said == "signaal"}


def test_the_samples_are_what_the_script_makes(tmp_path: Path) -> None:
    copy = tmp_path / "maak.py"
    copy.write_bytes((SAMPLES / "maak.py").read_bytes())
    subprocess.run([sys.executable, str(copy)], check=True, cwd=tmp_path)
    made = {path.name: path.read_bytes() for path in tmp_path.iterdir() if path.suffix not in {".py", ".parquet"}}
    assert len(made) >= 3
    assert not [name for name, content in made.items() if (SAMPLES / name).read_bytes() != content]
