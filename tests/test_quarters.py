"""Audits one after another: decisions go along, nothing of them is lost, and what changed asks for attention again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from verdringing.audit import audit
from verdringing.audited import Audited, Order
from verdringing.deciding.decided import open_signals
from verdringing.deciding.kept import LEDGER
from verdringing.errors import UserError

HEADER = "plaatsing_id;kandidaat_id;werkgever;instrument;startdatum;einddatum;functie;uren_per_week;begeleiding"
OPEN = "P1;0001;Visser;flextensie;20-06-2026;;inpakker;32;ja"  # three months: 19 September is the last day
ENDED = OPEN.replace(";;inpakker", ";15-10-2026;inpakker")
OTHER = "P2;0002;De Boer;stage;01-03-2026;30-04-2026;plukker;20;nee"  # begeleiding is nee


def ordered(folder: Path, *rows: str, out: str = "rapport", day: date = date(2026, 9, 30), **asked: Any) -> Order:
    (folder / "plaatsingen.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    now = datetime(2026, 10, 31, tzinfo=UTC)
    return Order((folder / "plaatsingen.csv",), folder / out, day, now, overwrite=True, **asked)


def decided(report: Path, **said: object) -> Path:
    """Fill in the row of P1 on the work list of a report, as a person would; give the list."""
    path = report / "werklijst.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Werklijst"]
    head = {cell.value: cell.column for cell in sheet[1]}
    row = next(cells[0].row for cells in sheet.iter_rows() if cells[1].value == "P1")
    values = {"besluit": "verklaard", "reden": "afspraak", "door": "CO", "datum": date(2026, 10, 12)} | said
    for name, value in values.items():
        sheet.cell(row, head[name]).value = value
    book.save(path)
    return path


def stands(found: Audited, report: Path) -> dict[tuple[str, str], str | None]:
    """beoordeling per signal, as bevindingen.csv says."""
    table = pl.read_csv(report / "bevindingen.csv", separator=";", infer_schema=False)
    assert table.height == found.findings.height
    return {(name, rule): said for name, rule, said in table.select("plaatsing_id", "regel", "beoordeling").rows()}


LONG, UNGUIDED = ("P1", "duur_te_lang"), ("P2", "geen_begeleiding")


def test_a_year_of_decisions(tmp_path: Path) -> None:
    first = audit(ordered(tmp_path, OPEN, OTHER, out="k3"))
    assert stands(first, tmp_path / "k3") == {LONG: None, UNGUIDED: None}
    assert (open_signals(first), first.decisions) == (2, None)
    returned = decided(tmp_path / "k3")

    again = audit(ordered(tmp_path, OPEN, OTHER, out="k3", decisions=returned))
    said = "verklaard (12-10-2026)"
    assert stands(again, tmp_path / "k3") == {LONG: said, UNGUIDED: None}
    assert open_signals(again) == 1
    assert again.decisions is not None
    assert again.decisions.settled_cases == 1 < again.cases.height
    told = (tmp_path / "k3" / "index.html").read_text(encoding="utf-8")
    assert "Bij 1 van deze zaken staat op elk signaal al een besluit." in told
    assert (tmp_path / "k3" / "ingeleverd-werklijst.xlsx").is_file()  # what a person made is never thrown away

    later = ordered(tmp_path, OPEN, OTHER, out="k4", day=date(2026, 12, 15), decisions=tmp_path / "k3" / LEDGER)
    assert stands(audit(later), tmp_path / "k4") == {LONG: said, UNGUIDED: None}  # only the reference date moved

    ended = ordered(tmp_path, ENDED, OTHER, out="k4", day=date(2026, 12, 15))  # the decisions of k4 are found there
    changed = audit(ended)
    why = "heropend: einddatum was leeg, nu 15-10-2026"
    assert stands(changed, tmp_path / "k4") == {LONG: why, UNGUIDED: None}
    assert open_signals(changed) == 2
    shown = openpyxl.load_workbook(tmp_path / "k4" / "werklijst.xlsx")["Werklijst"].values
    assert [row[23:25] for row in shown if row[1] == "P1"] == [(why, None)]

    closed = audit(ordered(tmp_path, ENDED, OTHER, out="k4", decisions=decided(tmp_path / "k4", besluit="terecht")))
    assert stands(closed, tmp_path / "k4")[LONG] == "terecht (12-10-2026)"
    kept = pl.read_csv(tmp_path / "k4" / LEDGER, separator=";", infer_schema=False)
    assert kept["besluit"].to_list() == ["verklaard", "terecht"]


def test_a_report_that_is_replaced_keeps_its_decisions_also_where_they_are_left_out(tmp_path: Path) -> None:
    audit(ordered(tmp_path, OPEN))
    audit(ordered(tmp_path, OPEN, decisions=decided(tmp_path / "rapport")))
    before = (tmp_path / "rapport" / LEDGER).read_bytes()
    without = audit(ordered(tmp_path, OPEN, without_decisions=True))
    assert stands(without, tmp_path / "rapport") == {LONG: None}
    assert (tmp_path / "rapport" / LEDGER).read_bytes() == before
    assert stands(audit(ordered(tmp_path, OPEN)), tmp_path / "rapport") == {LONG: "verklaard (12-10-2026)"}
    assert (tmp_path / "rapport" / LEDGER).read_bytes() == before


def test_a_mistake_in_a_list_leaves_everything_as_it_was(tmp_path: Path) -> None:
    audit(ordered(tmp_path, OPEN))
    returned = decided(tmp_path / "rapport", reden=None)
    before = {path.name: path.read_bytes() for path in (tmp_path / "rapport").iterdir()}
    with pytest.raises(UserError, match="rij 2: 'reden' is niet ingevuld"):
        audit(ordered(tmp_path, OPEN, decisions=returned))
    assert {path.name: path.read_bytes() for path in (tmp_path / "rapport").iterdir()} == before


def test_the_work_list_can_be_left_out(tmp_path: Path) -> None:
    audit(ordered(tmp_path, OPEN, worklist=False))
    assert not (tmp_path / "rapport" / "werklijst.xlsx").exists()


def test_two_runs_with_decisions_are_equal(tmp_path: Path) -> None:
    audit(ordered(tmp_path, OPEN, OTHER, out="eerst"))
    returned = decided(tmp_path / "eerst")
    for out in ("a", "b"):
        audit(ordered(tmp_path, OPEN, OTHER, out=out, decisions=returned))
    for name in ("werklijst.xlsx", "bevindingen.csv", LEDGER, "verantwoording.json"):
        assert (tmp_path / "a" / name).read_bytes() == (tmp_path / "b" / name).read_bytes()
