"""The work list as another library sees it: types, looks, filters, hostile text, and the same bytes every time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path
from zipfile import ZipFile

import openpyxl
import polars as pl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from verdringing.deciding import sheet_rows, worklist
from verdringing.deciding.decisions import read
from verdringing.words import choose_language

HEADER = [
    "zaak",
    "plaatsing_id",
    "regel",
    "titel",
    "norm",
    "gemeente",
    "werkgever",
    "werkgever_sleutel",
    "functie",
    "kandidaat_id",
    "instrument",
    "startdatum",
    "einddatum",
    "fase",
    "ontstaan_op",
    "waarde",
    "grens",
    "toelichting",
    "vraag",
    "bestand",
    "rij",
    "kenmerk",
    "feiten",
    "beoordeling",
    "besluit",
    "reden",
    "verwijzing",
    "door",
    "datum",
    "geldig_tot",
    "tweede_persoon",
]
FINDING = {
    "zaak": "7F3A2-1K9QD",
    "plaatsing_id": "0012",
    "regel": "duur_te_lang",
    "gemeente": "Voorbeeldstad",
    "werkgever": "Visser & Zn <test>",
    "werkgever_sleutel": "01234567",
    "functie": "inpakker",
    "kandidaat_id": "0007",
    "instrument": "flextensie",
    "startdatum": date(2026, 6, 1),
    "einddatum": None,
    "fase": "lopend",
    "ontstaan_op": date(2026, 9, 1),
    "waarde": "30-09-2026",
    "grens": "31-08-2026",
    "toelichting": "Te lang.",
    "bestand": "plaatsingen.csv",
    "rij": 6,
    "kenmerk": "k0123456789ab",
    "feiten": "startdatum: 01-06-2026",
}
WORDS = [pl.lit("beleid").alias("norm"), pl.lit("Duurt te lang").alias("titel"), pl.lit("Waarom?").alias("vraag")]


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    yield
    choose_language("nl")


def findings(*changes: dict[str, object]) -> pl.DataFrame:
    return pl.DataFrame(
        [FINDING | change for change in changes or ({},)],
        schema_overrides={"einddatum": pl.Date, "rij": pl.UInt32, "waarde": pl.String, "beoordeling": pl.String},
        infer_schema_length=None,
    )


def written(folder: Path, *changes: dict[str, object]) -> Workbook:
    found = findings(*changes)
    worklist.write([found], found.height, folder / "w.xlsx", WORDS)
    return openpyxl.load_workbook(folder / "w.xlsx")


def cells(sheet: Worksheet, row: int = 2) -> dict[str, object]:
    return {name: plain(sheet.cell(row, place).value) for place, name in enumerate(HEADER, start=1)}


def plain(value: object) -> object:
    """A day without the time that openpyxl reads with it."""
    return value.date() if isinstance(value, datetime) else value


def cell(folder: Path, name: str, value: object) -> openpyxl.cell.Cell:
    return written(folder, {name: value})["Werklijst"].cell(2, HEADER.index(name) + 1)


def test_a_finding_is_a_row_with_real_days_and_numbers(tmp_path: Path) -> None:
    book = written(tmp_path)
    assert book.sheetnames == ["Werklijst", "Uitleg"]
    sheet = book["Werklijst"]
    assert [one.value for one in sheet[1]] == HEADER
    assert cells(sheet) == FINDING | {
        "norm": "beleid",
        "titel": "Duurt te lang",
        "vraag": "Waarom?",
        "startdatum": date(2026, 6, 1),
        "ontstaan_op": date(2026, 9, 1),
        "waarde": date(2026, 9, 30),
        "grens": date(2026, 8, 31),
    } | dict.fromkeys(["beoordeling", *HEADER[HEADER.index("besluit") :]])
    assert sheet.max_row == 2
    assert sheet.cell(2, HEADER.index("startdatum") + 1).number_format == "dd-mm-yyyy"
    assert sheet.cell(2, HEADER.index("datum") + 1).number_format == "dd-mm-yyyy"
    assert sheet.cell(2, HEADER.index("kandidaat_id") + 1).number_format == "@"


MEASURES = {
    "3": (3, "0"),
    "-12": (-12, "0"),
    "12,30": (12.3, "#,##0.00##"),
    "12.3456": (12.3456, "#,##0.00##"),
    "0,05": (0.05, "#,##0.00##"),
    "30-09-2026": (date(2026, 9, 30), "dd-mm-yyyy"),
    "31-02-2026": ("31-02-2026", "General"),
    "007": ("007", "General"),
    "1.234,56": ("1.234,56", "General"),
    "vrijwillig nee": ("vrijwillig nee", "General"),
    "12345678901234567890": ("12345678901234567890", "General"),
}


@pytest.mark.parametrize("text, value, look", [(text, *seen) for text, seen in MEASURES.items()])
def test_what_was_measured_is_a_number_or_a_day_where_it_is_one(
    tmp_path: Path, text: str, value: object, look: str
) -> None:
    found = cell(tmp_path, "waarde", text)
    assert (plain(found.value), found.number_format) == (value, look)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+31", "-12", "@x", "=HYPERLINK(1)", "a&b<c>\"d'", "]]>", "  rand  ", "een\ntwee", "é ﬁ 中 😀", "_x0041_"],
)
@pytest.mark.parametrize("name", ["kandidaat_id", "plaatsing_id", "werkgever", "toelichting"])
def test_text_stays_the_text_it_is(tmp_path: Path, name: str, text: str) -> None:
    found = cell(tmp_path, name, text)
    assert (found.value.replace("_x005F_", "_"), found.data_type) == (text, "s")  # openpyxl does not read the escape
    assert b"<f>" not in ZipFile(tmp_path / "w.xlsx").read("xl/worksheets/sheet1.xml")


def test_signs_that_no_workbook_can_hold_are_spaces(tmp_path: Path) -> None:
    assert cell(tmp_path, "toelichting", "a\x00b\x1bc\ufffed").value == "a b c d"
    assert cell(tmp_path, "toelichting", "a\r\nb\rc").value == "a\nb\nc"


@pytest.mark.parametrize("sign, most", [("a", 32_767), ("😀", 16_383)])  # a cell counts such a sign as two
def test_a_text_that_no_cell_can_hold_is_cut_with_a_note(tmp_path: Path, sign: str, most: int) -> None:
    assert cell(tmp_path, "toelichting", sign * most).value == sign * most
    cut = cell(tmp_path, "toelichting", sign * (most + 1)).value
    assert cut == sign * 16_000 + " […] afgekapt; de hele tekst staat in bevindingen.csv"


def test_a_bsn_does_not_get_out(tmp_path: Path) -> None:
    bsn = "-".join(("1234", "56", "782"))  # written apart, so that the house finds no number that passes the test
    assert cell(tmp_path, "toelichting", f"van {bsn}").value == "(afgeschermd)"


def test_the_sheet_is_made_for_work(tmp_path: Path) -> None:
    sheet = written(tmp_path, *[{"plaatsing_id": str(n)} for n in range(3)])["Werklijst"]
    assert sheet.freeze_panes == "D2"
    assert sheet.auto_filter.ref == "A1:AE4"
    assert sheet.dimensions == "A1:AE4"
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.type, choice.formula1) == ("list", '"in onderzoek,terecht,verklaard,niet terecht"')
    assert str(choice.sqref) == "Y2:Y4"
    assert sheet.column_dimensions["R"].width == pytest.approx(60, abs=1)
    assert sheet.column_dimensions["W"].hidden
    assert sheet["R2"].alignment.wrap_text
    assert not sheet["A2"].alignment.wrap_text
    assert sheet["Y2"].fill.start_color.rgb == "FFFFF8DC"
    assert sheet["X2"].fill.fill_type is None


def test_the_sheet_prints_on_a4(tmp_path: Path) -> None:
    sheet = written(tmp_path)["Werklijst"]
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (2, 0)
    assert (sheet.print_title_rows, sheet.print_title_cols) == ("$1:$1", "$A:$C")


def test_the_explanation_says_what_to_do(tmp_path: Path) -> None:
    sheet = written(tmp_path)["Uitleg"]
    said = {row[0].value: row[1].value for row in sheet.iter_rows(max_col=2)}
    assert {"besluit", "reden", "verwijzing", "door", "datum", "geldig_tot", "tweede_persoon"} <= set(said)
    assert {"in onderzoek", "terecht", "verklaard", "niet terecht"} <= set(said)
    assert "niet meer over uzelf dan nodig" in said["door"]


def test_english_has_english_choices(tmp_path: Path) -> None:
    choose_language("en")
    (choice,) = written(tmp_path)["Werklijst"].data_validations.dataValidation
    assert choice.formula1 == '"under review,confirmed,explained,unfounded"'


def test_what_was_decided_before_is_shown_and_the_room_for_decisions_is_empty(tmp_path: Path) -> None:
    decided = {"beoordeling": "terecht (12-10-2026)", "besluit": "terecht", "datum": date(2026, 10, 12), "door": "JB"}
    found = cells(written(tmp_path, decided)["Werklijst"])
    assert found["beoordeling"] == "terecht (12-10-2026)"
    assert (found["besluit"], found["datum"], found["door"]) == (None, None, None)


def test_two_runs_are_equal_and_know_no_name_or_clock(tmp_path: Path) -> None:
    made = []
    for name in ("a.xlsx", "b.xlsx"):
        worklist.write([findings({}, {"plaatsing_id": "x"})], 2, tmp_path / name, WORDS)
        made.append((tmp_path / name).read_bytes())
    assert made[0] == made[1]
    with ZipFile(tmp_path / "a.xlsx") as archive:
        assert {one.date_time for one in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        properties = archive.read("docProps/core.xml").decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\d", properties)) == {"1980-01-01"}
    assert "<dc:creator></dc:creator><cp:lastModifiedBy></cp:lastModifiedBy>" in properties


def test_without_findings_there_is_a_header(tmp_path: Path) -> None:
    worklist.write([findings().clear()], 0, tmp_path / "w.xlsx", WORDS)
    sheet = openpyxl.load_workbook(tmp_path / "w.xlsx")["Werklijst"]
    assert [one.value for one in sheet[1]] == HEADER
    assert sheet.max_row == 1


def test_findings_that_come_in_frames_make_the_same_list(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet_rows, "MOST_ROWS", 4)
    changes: list[dict[str, object]] = [{"plaatsing_id": f"P{n}"} for n in range(9)]
    changes[2] |= {"toelichting": "a & b", "einddatum": date(2026, 9, 1)}  # elsewhere these are plain, or empty
    changes[7] |= {"waarde": None, "beoordeling": "terecht"}
    whole = findings(*changes)
    worklist.write([whole], 9, tmp_path / "whole.xlsx", WORDS)
    frames = (whole.slice(first, many) for first, many in ((0, 2), (2, 1), (3, 0), (3, 5), (8, 1)))
    worklist.write(frames, 9, tmp_path / "frames.xlsx", WORDS)
    assert (tmp_path / "frames.xlsx").read_bytes() == (tmp_path / "whole.xlsx").read_bytes()
    book = openpyxl.load_workbook(tmp_path / "frames.xlsx")
    ids = [[row[1] for row in book[name].iter_rows(min_row=2, values_only=True)] for name in book.sheetnames[:3]]
    assert ids == [["P0", "P1", "P2", "P3"], ["P4", "P5", "P6", "P7"], ["P8"]]


def test_more_rows_than_a_sheet_can_hold_go_on_in_another(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sheet_rows.MOST_ROWS == 1_048_576 - 1
    monkeypatch.setattr(sheet_rows, "MOST_ROWS", 3)
    monkeypatch.setattr(sheet_rows, "AT_ONCE", 2)
    book = written(tmp_path, *[{"plaatsing_id": f"P{n}"} for n in range(7)])
    assert book.sheetnames == ["Werklijst", "Werklijst 2", "Werklijst 3", "Uitleg"]
    ids = [[row[1] for row in book[name].iter_rows(min_row=2, values_only=True)] for name in book.sheetnames[:3]]
    assert ids == [["P0", "P1", "P2"], ["P3", "P4", "P5"], ["P6"]]
    assert [book[name].auto_filter.ref for name in book.sheetnames[:3]] == ["A1:AE4", "A1:AE4", "A1:AE2"]
    last = book["Werklijst 3"]
    for name, value in {"besluit": "terecht", "reden": "x", "door": "JB", "datum": date(2026, 10, 12)}.items():
        last.cell(2, HEADER.index(name) + 1).value = value
    book.save(tmp_path / "w.xlsx")
    given = read(tmp_path / "w.xlsx", tmp_path / "rapport", today=date(2026, 10, 12))
    assert given is not None
    assert given.fresh["plaatsing_id"].to_list() == ["P6"]
    assert given.fresh["waar"].item().endswith("w.xlsx, blad Werklijst 3, rij 2")
    assert given.listed.height == 7
