"""Files for people: CSV that Excel opens well, and a folder that appears whole or not at all."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from verdringing.errors import UserError
from verdringing.tables import write_csv
from verdringing.whole_folder import MARKER, whole_folder


def written(tmp_path: Path, **columns: list[object]) -> str:
    write_csv(pl.DataFrame(columns, strict=False), tmp_path / "uit.csv")
    return (tmp_path / "uit.csv").read_bytes().decode("utf-8")


def test_a_csv_is_what_dutch_excel_expects(tmp_path: Path) -> None:
    text = written(tmp_path, dag=[date(2026, 9, 1)], bedrag=[Decimal("12.3000")], uren=[24.5], rij=[7], tekst=["a;b"])
    assert text == '\ufeffdag;bedrag;uren;rij;tekst\r\n01-09-2026;12,30;24,5;7;"a;b"\r\n'


@pytest.mark.parametrize("formula", ["=1+1", "+1", "-1", "@x", "\t=1", " =1", "=HYPERLINK(1)", "\r=1"])
def test_a_formula_is_defused(tmp_path: Path, formula: str) -> None:
    text = written(tmp_path, tekst=[formula])
    assert f"'{formula}" in text


@pytest.mark.parametrize("text", ["1-2", "a=b", "Jansen & Zn", "0012", "n.v.t."])
def test_ordinary_text_stays_as_it_is(tmp_path: Path, text: str) -> None:
    assert written(tmp_path, tekst=[text]).splitlines()[1] == text


def test_amounts_are_never_rounded(tmp_path: Path) -> None:
    values = [Decimal(value) for value in ("12.3000", "12.3456", "1234.5000", "0.0500")]
    frame = pl.DataFrame({"b": values}, schema={"b": pl.Decimal(14, 4)})
    write_csv(frame, tmp_path / "uit.csv")
    assert (tmp_path / "uit.csv").read_text("utf-8-sig").split() == ["b", "12,30", "12,3456", "1234,50", "0,05"]


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "rapport", overwrite=False) as folder:
        (folder / "een.txt").write_text("1", encoding="utf-8")
        assert not (tmp_path / "rapport").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["rapport"]
    assert (tmp_path / "rapport" / "een.txt").read_text(encoding="utf-8") == "1"


class StoppedError(Exception):
    """Something went wrong half-way."""


def test_a_run_that_fails_leaves_the_old_report_and_no_trace(tmp_path: Path) -> None:
    old = tmp_path / "rapport"
    old.mkdir()
    (old / MARKER).write_text("oud", encoding="utf-8")
    with pytest.raises(StoppedError), whole_folder(old, overwrite=True) as folder:  # noqa: PT012 — the block is what fails
        (folder / MARKER).write_text("half", encoding="utf-8")
        raise StoppedError
    assert [path.name for path in tmp_path.iterdir()] == ["rapport"]
    assert (old / MARKER).read_text(encoding="utf-8") == "oud"


def test_an_old_report_is_replaced_whole(tmp_path: Path) -> None:
    old = tmp_path / "rapport"
    old.mkdir()
    (old / MARKER).write_text("oud", encoding="utf-8")
    (old / "weg.txt").write_text("oud", encoding="utf-8")
    with whole_folder(old, overwrite=True) as folder:
        (folder / MARKER).write_text("nieuw", encoding="utf-8")
    assert [path.name for path in old.iterdir()] == [MARKER]


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_file_in_the_way_is_refused(tmp_path: Path, overwrite: bool) -> None:
    (tmp_path / "rapport").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="geen map"), whole_folder(tmp_path / "rapport", overwrite=overwrite):
        pytest.fail("it must not come this far")


def test_an_empty_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "rapport").mkdir()
    with whole_folder(tmp_path / "rapport", overwrite=False) as folder:
        (folder / MARKER).write_text("x", encoding="utf-8")
    assert (tmp_path / "rapport" / MARKER).exists()
