"""A small audit whose every output is kept beside the tests: a change in what users see is a change in these files.

Write them again with `GOLDEN=write pytest tests/test_golden.py`, and read the difference before you commit it.
By hand, over tests/golden/plaatsingen.csv: G-6 is rejected (31 February), the rate of G-7 is a warning, G-3 is the third
candidate in a row for packing at De Korenaar (two are allowed), G-5 works 36 hours from 1 June, so 31 August was the
last allowed day of three months; G-4 ends on 31 July, one day before six months are over.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from verdringing.cli import main

FOLDER = Path(__file__).parent / "golden"
NAMES = ("index.html", "bevindingen.csv", "afgekeurd.csv", "waarschuwingen.csv")


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    out = tmp_path_factory.mktemp("golden") / "rapport"
    given = str(FOLDER / "plaatsingen.csv")
    arguments = ["audit", given, "--periode", "2026K3", "--gemeente", "Voorbeeldstad", "--max-afgekeurd", "20"]
    result = CliRunner().invoke(main, [*arguments, "--uit", str(out)], catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return out


def steady(text: str) -> str:
    """The text without what differs from machine to machine: the command as given, and hashes of the rule files."""
    text = re.sub(r"[0-9a-f]{64}", "(sha256)", text)
    text = re.sub(r"sha256-[0-9A-Za-z+/]{43}=", "(sha256)", text)
    return re.sub(r"verdringing [^<]*--uit [^<]*", "(opdracht)", text)


@pytest.mark.parametrize("name", NAMES)
def test_output_is_what_it_was(report: Path, name: str) -> None:
    made = steady((report / name).read_bytes().decode())
    kept = FOLDER / name
    if os.environ.get("GOLDEN") == "write":
        kept.write_bytes(made.encode())
    assert made == kept.read_bytes().decode(), f"{name} changed; see the docstring of this file"


def test_signals_are_those_found_by_hand(report: Path) -> None:
    found = pl.read_csv(report / "bevindingen.csv", separator=";", infer_schema=False)
    assert set(found.select("plaatsing_id", "regel").rows()) == {
        ("G-3", "opvolging_zelfde_functie"),
        ("G-5", "duur_te_lang"),
    }
    assert found.filter(plaatsing_id="G-3")["waarde"].item() == "3"
    assert found.filter(plaatsing_id="G-5")["grens"].item() == "31-08-2026"
    assert found.filter(plaatsing_id="G-5")["ontstaan_op"].item() == "01-09-2026"


def test_what_was_refused_is_what_was_seen_by_hand(report: Path) -> None:
    refused = pl.read_csv(report / "afgekeurd.csv", separator=";", infer_schema=False)
    assert refused.select("rij", "kolom", "waarde").rows() == [("7", "startdatum", "31-02-2026")]
    warned = pl.read_csv(report / "waarschuwingen.csv", separator=";", infer_schema=False)
    assert warned.select("rij", "kolom", "waarde").rows() == [("8", "uurtarief", "n.v.t.")]
