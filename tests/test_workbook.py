"""Workbooks: every cell as the text a person sees, on the row that the spreadsheet shows."""

from __future__ import annotations

import csv
import io
import re
import time
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
import xlsxwriter
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from tests.conftest import shipped
from verdringing.errors import UserError
from verdringing.naming.lists import read_list
from verdringing.normalise import normalise
from verdringing.read import Source, read_files, read_table
from verdringing.record import BY_NAME
from verdringing.values import READERS

TOP = Path(__file__).parent.parent
HEADER = ["kandidaat_id", "werkgever", "instrument", "startdatum"]
ROW = ["K1", "x", "stage", "06-01-2025"]


def book(path: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    """Write cells (a value, or a value and a number format) to a workbook; None is a cell that is not there."""
    with xlsxwriter.Workbook(path) as made:
        for name, rows in sheets:
            sheet = made.add_worksheet(name)
            for number, row in enumerate(rows):
                for place, cell in enumerate(row):
                    value, form = cell if isinstance(cell, tuple) else (cell, None)
                    if isinstance(value, date) and form is None:
                        form = "dd-mm-yyyy"
                    style = made.add_format({"num_format": form}) if form else None
                    if isinstance(value, str) and not value.startswith("="):
                        sheet.write_string(number, place, value, style)
                    elif value is not None:
                        sheet.write(number, place, value, style)
    return path


def read(path: Path | str) -> Source:
    (source,) = read_files([Path(path)])
    return source


def refused(path: Path | str) -> str:
    with pytest.raises(UserError) as caught:
        read_files([Path(path)])
    assert len(caught.value.mistakes) == 1
    return str(caught.value)


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (date(2025, 1, 6), "2025-01-06"),
        (datetime.fromisoformat("2025-01-06"), "2025-01-06"),
        ((datetime.fromisoformat("2025-01-06 13:30"), "dd-mm-yyyy hh:mm"), "2025-01-06 13:30:00"),
        ((0.354166667, "hh:mm"), "08:30:00"),
        ("31-02-2025", "31-02-2025"),
        ("012345678", "012345678"),
        (12345678, "12345678"),
        (123456789012, "123456789012"),
        ((1234567, "00000000"), "01234567"),
        (24, "24"),
        (24.0, "24"),
        (12.5, "12.5"),
        ((12.5, "€ #,##0.00"), "12.5"),
        (0.1 + 0.2, "0.3"),
        (-3, "-3"),
        ((0.45, "0%"), "45%"),
        ((0.455, "0.0%"), "45.5%"),
        ((1, "0%"), "100%"),
        (("0.45", "0%"), "0.45"),
        (True, "true"),
        (False, "false"),
        (" x ", " x "),
        ("null", "null"),
        ("regel 1\nregel 2", "regel 1\nregel 2"),
    ],
    ids=repr,
)
@pytest.mark.parametrize("others", [[], [date(2025, 1, 1)] * 1200, [1.5] * 1200], ids=["alone", "dates", "numbers"])
def test_a_cell_is_its_text_whatever_stands_above_it(tmp_path: Path, cell: Any, text: str, others: list[Any]) -> None:
    rows = [[*ROW, other] for other in others]
    path = book(tmp_path / "a.xlsx", ("Blad1", [[*HEADER, "functie"], *rows, [*ROW, cell]]))
    assert read(path).rows["functie"][-1] == text


def test_what_typed_reading_would_lose(tmp_path: Path) -> None:
    """The reason to read text: fastexcel's own guess drops a late text cell in a column of dates."""
    import fastexcel

    path = book(tmp_path / "a.xlsx", ("B", [["d"], *[[date(2025, 1, 1)]] * 1200, ["31-02-2025"]]))
    assert fastexcel.read_excel(path).load_sheet(0).to_polars()["d"][-1] is None


def test_an_error_cell_is_not_empty(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, [*HEADER, "einddatum"])
        sheet.write_row(1, 0, ROW)
        sheet.write_formula(1, 4, "=NA()", None, "#N/A")
    source = read(path)
    assert source.rows["einddatum"].to_list() == ["#N/B"]
    assert normalise(source.rows, shipped().instruments).rejected["kolom"].to_list() == ["einddatum"]


def test_a_formula_that_never_ran_is_not_empty(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.active.append([*HEADER, "einddatum"])
    made.active.append([*ROW, "=DATE(2025,1,1)+30"])
    made.save(tmp_path / "a.xlsx")
    assert refused(tmp_path / "a.xlsx") == (
        f"{tmp_path / 'a.xlsx'}, blad Sheet: cel E2 is een formule zonder uitkomst. "
        "Open het bestand in Excel en sla het opnieuw op."
    )


WRITTEN = {
    "by Excel": [],
    "with a prefix": [(r"<(/?)(?=[a-z])", r"<\1x:"), ("xmlns=", "xmlns:x=")],
    "style first": [(r'<c r="(\w+)" s="(\d+)"', r'<c s="\2" r="\1"')],
    "single quotes": [('"', "'")],
    "without places": [(r'<(row|c) r="\w+"', r"<\1")],
    "without some places": [(r'<row r="\w+"', "<row"), (r'<c r="[^D]\d+"', "<c")],
}
"""Ways in which other programs write the same sheet: what to replace in that of xlsxwriter."""


def rewritten(path: Path, changes: Sequence[tuple[str, str]]) -> Path:
    """The workbook with its one sheet written in another way."""
    out = path.with_name("anders.xlsx")
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(out, "w") as new:
        for one in old.namelist():
            text = old.read(one).decode()
            for pattern, instead in changes if one == "xl/worksheets/sheet1.xml" else []:
                text = re.sub(pattern, instead, text)
            new.writestr(one, text)
    return out


@pytest.mark.parametrize("changes", WRITTEN.values(), ids=WRITTEN)
def test_a_sheet_is_read_alike_however_its_xml_is_written(tmp_path: Path, changes: list[tuple[str, str]]) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        sheet = made.add_worksheet()
        zeros, percent = made.add_format({"num_format": "0000000"}), made.add_format({"num_format": "0.0%"})
        sheet.write_row(0, 0, [*HEADER, "loonwaarde", "functie"])
        for number, share in ((1, 0.455), (2, 0.5)):
            sheet.write(number, 0, 4171 + number - 1, zeros)
            sheet.write_row(number, 1, ROW[1:])
            sheet.write(number, 4, share, percent)
        sheet.write_formula(1, 5, "=NA()", None, "#N/A")
        sheet.write_formula(2, 5, '=""', None, "@")
    source = read(rewritten(tmp_path / "a.xlsx", [("<v>@</v>", "<v></v>"), *changes]))
    assert source.rows.select("rij", "kandidaat_id", "loonwaarde", "functie").rows() == [
        (2, "0004171", "45.5%", "#N/B"),
        (3, "0004172", "50%", ""),
    ]


@pytest.mark.parametrize("changes", WRITTEN.values(), ids=WRITTEN)
def test_a_formula_that_never_ran_is_refused_however_it_is_written(
    tmp_path: Path, changes: list[tuple[str, str]]
) -> None:
    with xlsxwriter.Workbook(tmp_path / "a.xlsx") as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, [*HEADER, "einddatum"])
        sheet.write_row(1, 0, ROW)
        sheet.write_formula(1, 4, "=DATE(2025,1,1)+30", None, "@")
    path = rewritten(tmp_path / "a.xlsx", [("<v>@</v>", "<v></v>"), (' t="str"', ""), *changes])
    assert refused(path) == (
        f"{path}, blad Sheet1: cel E2 is een formule zonder uitkomst. Open het bestand in Excel en sla het opnieuw op."
    )


def test_a_formula_behind_the_rows_is_no_cell(tmp_path: Path) -> None:
    more = '</sheetData><extLst><ext xmlns:xm="x"><xm:f>Lijst!A1</xm:f></ext></extLst>'
    path = rewritten(book(tmp_path / "a.xlsx", ("B", [HEADER, ROW])), [("</sheetData>", more)])
    assert read(path).rows["startdatum"].to_list() == ["06-01-2025"]


@pytest.mark.parametrize("ref", ['ref="A1:XFD1048576"', "ref='A1:XFD1048576'"])
@pytest.mark.parametrize("tag", ["dimension", "x:dimension xmlns:x='x'"])
def test_a_sheet_too_large_for_a_table_is_refused_however_it_says_so(tmp_path: Path, ref: str, tag: str) -> None:
    path = rewritten(book(tmp_path / "a.xlsx", ("B", [HEADER, ROW])), [("<dimension [^/]*/>", f"<{tag} {ref}/>")])
    assert "blad B is te groot" in refused(path)


def test_dates_of_a_mac_workbook_are_the_same_days(tmp_path: Path) -> None:
    made = openpyxl.Workbook()
    made.epoch = CALENDAR_MAC_1904
    made.active.append(HEADER)
    made.active.append([*ROW[:3], date(2025, 1, 6)])
    made.save(tmp_path / "a.xlsx")
    assert read(tmp_path / "a.xlsx").rows["startdatum"].to_list() == ["2025-01-06"]


def test_titles_above_totals_below_and_empty_rows_keep_the_numbers_of_the_sheet(tmp_path: Path) -> None:
    rows = [[], [None, "Plaatsingen 2025"], [None, "gemeente", "instrument"], [], [None, *HEADER, "uren_per_week"]]
    rows += [[None, *ROW, 24], [], [None, "K2", *ROW[1:], 32], [None, "Subtotaal", None, None, None, 56]]
    rows += [[None, "K3", "Totaal Techniek", *ROW[2:], 8], [None, None, None, "Eindtotaal:", None, 64]]
    source = read(book(tmp_path / "a.xlsx", ("Plaatsingen", rows)))
    assert source.rows.select("bestand", "blad", "rij", "kandidaat_id", "uren_per_week").rows() == [
        ("a.xlsx", "Plaatsingen", 6, "K1", "24"),
        ("a.xlsx", "Plaatsingen", 8, "K2", "32"),
        ("a.xlsx", "Plaatsingen", 10, "K3", "8"),
    ]
    assert source.broken.rows() == [("a.xlsx", "Plaatsingen", row, None, None, "totaalregel") for row in (9, 11)]
    assert (source.sheet, source.titles, source.totals, source.empty_lines) == ("Plaatsingen", 2, 2, 3)


@pytest.mark.parametrize(
    "word", ["Gemiddeld tarief", "Gemiddelde:", "gemiddelde", "Aantal plaatsingen", "SOM", "Sub-totaal", "Eindtotaal"]
)
def test_a_row_that_sums_up_the_rows_above_it_is_no_placement(tmp_path: Path, word: str) -> None:
    rows = [[*HEADER, "uurtarief"], [*ROW, 15.83], ["Totaal", None, None, None, 15.83], [word, None, None, None, 15.83]]
    source = read(book(tmp_path / "a.xlsx", ("B", [*rows, [None, word, None, None, 15.83]])))
    assert (source.rows.height, source.totals) == (1, 3)


@pytest.mark.parametrize("name", ["Som Bouw", "Gemiddeld Groen BV", "Aantal", "Sommer"])
def test_an_employer_with_such_a_name_has_a_placement(tmp_path: Path, name: str) -> None:
    rows = [["werkgever", "kandidaat_id", "instrument", "startdatum"], [name, "K1", *ROW[2:]], [name, None, *ROW[2:]]]
    source = read(book(tmp_path / "a.xlsx", ("B", rows)))
    assert (source.rows.height, source.totals) == (2, 0)


def test_a_row_whose_employer_is_called_total_is_a_row(tmp_path: Path) -> None:
    rows = [["werkgever", "kandidaat_id", "instrument", "startdatum"], ["Totaal Techniek", "K1", *ROW[2:]]]
    rows += [["Totaalbouw", None, *ROW[2:]]]
    source = read(book(tmp_path / "a.xlsx", ("B", rows)))
    assert (source.rows.height, source.totals) == (2, 0)


def test_the_one_sheet_that_fits_is_read(tmp_path: Path) -> None:
    sheets = [("Toelichting", [["Gemeente"], ["x"]]), ("Leeg", []), ("Data", [HEADER, ROW])]
    assert read(book(tmp_path / "a.xlsx", *sheets)).sheet == "Data"


def test_several_sheets_that_fit_are_named_with_how_to_choose(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", *((name, [HEADER, [name, *ROW[1:]]]) for name in ("jan", "feb #2")))
    assert refused(path) == (
        f"{path}: meer dan één blad past: jan, feb #2. "
        f"Kies een blad met '{path}#jan', of geef er meer op: '{path}#jan' '{path}#feb #2'."
    )
    sources = read_files([Path(f"{path}#{name}") for name in ("jan", "feb #2")])
    assert [(one.name, one.sheet, one.rows["kandidaat_id"][0]) for one in sources] == [
        ("a.xlsx#jan", "jan", "jan"),
        ("a.xlsx#feb #2", "feb #2", "feb #2"),
    ]
    assert read(f"{path}#jan").name == "a.xlsx"


def test_of_sheets_with_a_list_one_is_chosen(tmp_path: Path) -> None:
    path = book(tmp_path / "lijst.xlsx", *((name, [["werkgever", "van"], ["x", None]]) for name in ("a", "b")))
    with pytest.raises(UserError) as caught:
        read_list(path)
    assert str(caught.value) == f"{path}: meer dan één blad past: a, b. Kies een blad met '{path}#a'."


def test_where_no_sheet_fits_is_told_what_is_sought(tmp_path: Path) -> None:
    path = book(tmp_path / "x.xlsx", ("Toelichting", [["Uitleg"], ["x"]]), ("Blad2", [["iets"], ["y"]]))
    otherwise = f"Staan ze er onder andere namen? Kies dan zelf een blad met '{path}#naam van het blad'."
    assert refused(path) == (
        f"{path}: geen enkel blad past: Toelichting, Blad2. "
        f"Gezocht zijn kolommen als plaatsing_id, kandidaat_id, werkgever, instrument, startdatum. {otherwise}"
    )
    with pytest.raises(UserError) as caught:
        read_list(path)
    assert f"Gezocht zijn kolommen als werkgever, kvk_nummer, van, tot, reden. {otherwise}" in str(caught.value)


def test_an_unknown_sheet_is_one_sentence(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ("Plaatsingen", [HEADER, ROW]), ("Lijst", []))
    assert refused(f"{path}#plaatsing") == (
        f"{path}: er is geen blad 'plaatsing'; er zijn: Plaatsingen, Lijst. Bedoelde u 'Plaatsingen'?"
    )


def test_a_list_of_employers_may_be_a_sheet(tmp_path: Path) -> None:
    rows = [
        ["Zwarte lijst"],
        [],
        ["werkgever", "kvk_nummer", "van"],
        ["Totaal Bouw", (1234567, "00000000"), date(2025, 1, 1)],
    ]
    entries = read_list(book(tmp_path / "lijst.xlsx", ("Lijst", rows))).entries
    assert entries.select("werkgever", "kvk_nummer", "van", "rij").rows() == [
        ("Totaal Bouw", "01234567", date(2025, 1, 1), 4)
    ]


def ods(path: Path, rows: Sequence[Sequence[str]]) -> Path:
    """A small OpenDocument sheet; a cell is the inside of its tag, so that a test can give it any type."""
    table = "".join(f"<table:table-row>{''.join(row)}</table:table-row>" for row in rows)
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    body = f'<table:table table:name="Blad1">{table}</table:table>'
    with zipfile.ZipFile(path, "w") as made:
        made.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        made.writestr("META-INF/manifest.xml", "<x/>")
        made.writestr(
            "content.xml",
            f"<office:document-content{spaces}><office:body><office:spreadsheet>{body}</office:spreadsheet></office:body></office:document-content>",
        )
    return path


def said(text: str) -> str:
    return f'<table:table-cell office:value-type="string"><text:p>{text}</text:p></table:table-cell>'


def test_an_open_document_sheet_keeps_rows_dates_numbers_and_zeros(tmp_path: Path) -> None:
    day = '<table:table-cell office:value-type="date" office:date-value="2025-01-06"><text:p>6-1-25</text:p></table:table-cell>'
    hours = '<table:table-cell office:value-type="float" office:value="24"><text:p>24,0</text:p></table:table-cell>'
    rows = [[], [said("Titel")], [said(name) for name in (*HEADER, "uren_per_week", "kvk_nummer")]]
    rows += [[said("007"), said("x"), said("stage"), day, hours, said("01234567")], [], [said("Totaal")]]
    source = read(ods(tmp_path / "a.ods", rows))
    assert source.rows.select("blad", "rij", *HEADER, "uren_per_week", "kvk_nummer").rows() == [
        ("Blad1", 4, "007", "x", "stage", "2025-01-06", "24", "01234567")
    ]
    assert (source.titles, source.broken["rij"].to_list()) == (1, [6])


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DAMAGED = "deze werkmap is beschadigd of niet te lezen. Open het bestand in Excel en sla het opnieuw op als .xlsx of als CSV (UTF-8)."


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "a.xlsx",
            OLE + "EncryptedPackage".encode("utf-16-le"),
            "deze werkmap is beveiligd met een wachtwoord. Sla een kopie op zonder wachtwoord.",
        ),
        ("a.xls", OLE + bytes(2000), DAMAGED),
        ("a.xlsx", b"PK\x03\x04[Content_Types].xml", DAMAGED),
        ("a.ods", b"PK\x03\x04mimetypeapplication/vnd.oasis.opendocument.spreadsheet", DAMAGED),
        ("a.xlsx", b"kandidaat_id;x", "dit is een tekstbestand en geen werkmap. Geef het bestand de extensie .csv."),
        (
            "a.parquet",
            b"kandidaat_id;x",
            "dit is een tekstbestand en geen Parquet-bestand. Geef het bestand de extensie .csv.",
        ),
        ("a.xlsx", b"PAR1", "dit is een Parquet-bestand en geen werkmap. Geef het bestand de extensie .parquet."),
    ],
)
def test_a_workbook_that_cannot_be_read_is_one_sentence(
    tmp_path: Path, name: str, content: bytes, sentence: str
) -> None:
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == f"{tmp_path / name}: {sentence}"


def test_a_real_xls_of_1997_is_read_like_an_xlsx() -> None:
    source = read(TOP / "tests" / "workbooks" / "plaatsingen.xls")
    wanted = ("rij", "kandidaat_id", "startdatum", "einddatum", "uurtarief", "functie")
    assert source.rows.select(wanted).rows() == [
        (4, "0001234", "2026-02-01", "2026-04-30", "12.5", "inpakker"),
        (5, "0001235", "2026-03-01", None, None, "inpakker"),
        (6, "1236", "2026-05-01", None, None, "plukker"),  # shown as 0001236 there; .xls tells no formats
    ]
    assert (source.titles, source.totals) == (1, 1)


def test_a_real_workbook_with_a_password_is_one_sentence() -> None:
    path = TOP / "tests" / "workbooks" / "wachtwoord.xlsx"
    assert refused(path) == f"{path}: deze werkmap is beveiligd met een wachtwoord. Sla een kopie op zonder wachtwoord."


@pytest.mark.parametrize(
    "part", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/_rels/workbook.xml.rels"]
)
@pytest.mark.parametrize(
    "damage", [b"", b"<", b"<a/>", b"\0\xff", b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>'], ids=repr
)
def test_a_workbook_with_a_damaged_part_is_a_sentence_or_rows(tmp_path: Path, part: str, damage: bytes) -> None:
    whole = book(tmp_path / "a.xlsx", ("B", [HEADER, ROW]))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "b.xlsx", "w") as new:
        for one in old.namelist():
            new.writestr(one, damage if one == part else old.read(one))
    try:
        said = str(read(tmp_path / "b.xlsx").rows["kandidaat_id"].to_list())
    except UserError as error:
        said = str(error)
    assert said == "['K1']" or said.startswith(str(tmp_path / "b.xlsx"))


def test_a_workbook_cut_short_is_one_sentence(tmp_path: Path) -> None:
    whole = book(tmp_path / "a.xlsx", ("B", [HEADER, ROW])).read_bytes()
    for length in range(40, len(whole), 97):
        (tmp_path / "b.xlsx").write_bytes(whole[:length])
        assert refused(tmp_path / "b.xlsx").startswith(str(tmp_path))


@pytest.mark.parametrize(
    "rows", [[], [HEADER], [["Titel"], HEADER], [HEADER, ["Totaal"]]], ids=["empty", "header", "title", "total"]
)
def test_a_sheet_without_placements_is_one_sentence(tmp_path: Path, rows: list[list[str]]) -> None:
    path = book(tmp_path / "a.xlsx", ("B", rows))
    assert refused(path).removeprefix(f"{path}: ") in {
        "er staan geen rijen onder de kolomnamen.",
        "dit bestand is leeg.",
    }


def sample() -> list[list[str]]:
    text = (TOP / "samples" / "voorbeeldstad.csv").read_text(encoding="utf-8-sig")
    return list(csv.reader(io.StringIO(text), delimiter=";"))


def typed(header: str, text: str) -> Any:
    """A text of the sample as a spreadsheet would hold it: a date, a number, or the text where it is neither."""
    column = BY_NAME.get(header.strip().lower().replace(" ", "_").replace("-", "_"))
    kind = column.kind if column else "text"
    if kind not in {"date", "decimal", "euro", "percentage", "whole"} or not text:
        return text or None
    value = pl.select(READERS[kind](pl.lit(text).str.strip_chars())).item()
    if value is None or (kind == "date" and value.year < 1900):
        return text
    return value if kind == "date" else float(value)


def as_placements(source: Source) -> pl.DataFrame:
    frame = normalise(source.rows.clone(), shipped().instruments).placements
    return frame.drop("bestand", "blad", "rij").sort("plaatsing_id")


def test_the_same_data_gives_the_same_placements_in_every_form(tmp_path: Path) -> None:
    header, *rows = sample()
    cells = [[typed(name, text) for name, text in zip(header, row, strict=True)] for row in rows]
    sheet = [["Export plaatsingen"], ["Voorbeeldstad"], header, *cells, ["Totaal", None, len(rows)]]
    book(tmp_path / "a.xlsx", ("Plaatsingen", sheet))
    columns = {
        name: ([row[place] for row in cells], [row[place] or None for row in rows]) for place, name in enumerate(header)
    }
    parquet = {name: _one_type(*both) for name, both in columns.items()}
    pl.DataFrame(parquet).write_parquet(tmp_path / "a.parquet")
    from_csv = read(TOP / "samples" / "voorbeeldstad.csv")
    from_sheet, from_parquet = read(tmp_path / "a.xlsx"), read(tmp_path / "a.parquet")
    assert (from_sheet.titles, from_sheet.totals) == (2, 1)
    assert from_sheet.rows.height == from_csv.rows.height == from_parquet.rows.height
    assert as_placements(from_sheet).equals(as_placements(from_csv))
    assert as_placements(from_parquet).equals(as_placements(from_csv))


def _one_type(values: list[Any], texts: list[str | None]) -> pl.Series:
    """A typed column where all values are of one type, otherwise the texts."""
    return pl.Series(values if len({type(value) for value in values if value is not None}) == 1 else texts)


@pytest.mark.soak
def test_a_hundred_thousand_rows_take_seconds(tmp_path: Path) -> None:
    rows = [
        [f"K{n}", f"W{n % 500}", "stage", date(2025, 1, 6), (n, "0000000"), 24, 12.5, "inpakker"]
        for n in range(100_000)
    ]
    with xlsxwriter.Workbook(tmp_path / "a.xlsx", {"constant_memory": True}) as made:
        sheet, day, zeros = (
            made.add_worksheet(),
            made.add_format({"num_format": "dd-mm-yyyy"}),
            made.add_format({"num_format": "0000000"}),
        )
        sheet.write_row(0, 0, [*HEADER, "kvk_nummer", "uren_per_week", "uurtarief", "functie"])
        for number, row in enumerate(rows, 1):
            for place, value in enumerate(row):
                match value:
                    case date():
                        sheet.write_datetime(number, place, value, day)
                    case (amount, _):
                        sheet.write(number, place, amount, zeros)
                    case _:
                        sheet.write(number, place, value)
    began = time.perf_counter()
    assert read(tmp_path / "a.xlsx").rows.height == 100_000
    assert time.perf_counter() - began < 5
    assert read_table(tmp_path / "a.xlsx", "a.xlsx", BY_NAME).frame["kvk_nummer"][7] == "0000007"
