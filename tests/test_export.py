"""Files for people: CSV that Excel opens well."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from verdringing.tables import write_csv


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
