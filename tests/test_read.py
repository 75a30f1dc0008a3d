"""Reading files: every row and every sign of a CSV file as it is written, with the row number of a spreadsheet."""

from __future__ import annotations

import csv
import gzip
import io
from hashlib import sha256
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from verdringing.errors import UserError
from verdringing.read import Source, read_files, read_given
from verdringing.reading import paths
from verdringing.record import BY_NAME, header_name

HEADER = "kandidaat_id;werkgever;instrument;startdatum"
ROW = ";flextensie;06-01-2025"
QUOTE = "een aanhalingsteken staat verkeerd of wordt niet gesloten"
here = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)


def read(folder: Path, content: str | bytes, name: str = "plaatsingen.csv") -> Source:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return read_given(paths.given(path), name)


def refused(folder: Path, content: str | bytes) -> list[str]:
    with pytest.raises(UserError) as caught:
        read(folder, content)
    assert all(mistake.where == str(folder / "plaatsingen.csv") for mistake in caught.value.mistakes)
    return [f"{mistake.what}. {mistake.hint}".strip() for mistake in caught.value.mistakes]


def seen(source: Source, *columns: str) -> list[tuple[object, ...]]:
    return source.rows.select("rij", *(columns or ("kandidaat_id",))).rows()


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CRLF", "CR"])
@pytest.mark.parametrize("separator", [";", ",", "\t"], ids=["semicolon", "comma", "tab"])
@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "utf-16-le", "utf-16-be", "cp1252"])
def test_every_form_of_csv_gives_the_same_rows(tmp_path: Path, coding: str, separator: str, end: str) -> None:
    lines = [HEADER, "001;Café De Eén;flextensie;06-01-2025", "002;€-markt;stage;07-01-2025"]
    text = ("\ufeff" if coding.startswith("utf-16") else "") + "".join(
        line.replace(";", separator) + end for line in lines
    )
    source = read(tmp_path, text.encode(coding))
    assert seen(source, "kandidaat_id", "werkgever", "startdatum") == [
        (2, "001", "Café De Eén", "06-01-2025"),
        (3, "002", "€-markt", "07-01-2025"),
    ]
    assert source.rows["bestand"].to_list() == ["plaatsingen.csv"] * 2
    assert source.sha256 == sha256((tmp_path / "plaatsingen.csv").read_bytes()).hexdigest()


@pytest.mark.parametrize("quoted", [False, True], ids=["bare", "quoted"])
@pytest.mark.parametrize(
    "text",
    [
        *(
            "null",
            "NULL",
            "None",
            "NA",
            "N/A",
            "nan",
            "inf",
            "true",
            "-",
            "#N/B",
            "#",
            "=1+1",
            "'t Hoekje",
            "\\N",
            "\\",
        ),
        *(
            "0012",
            "00000000",
            "12345678901234567890123",
            "1e5",
            "1.0",
            "12,30",
            "06-01-2025 00:00:00",
            " x ",
            "x\xa0",
            "ﬁ",
        ),
    ],
)
def test_no_text_is_changed(tmp_path: Path, text: str, quoted: bool) -> None:
    written = f'"{text}"' if quoted else text
    source = read(tmp_path, f"{HEADER}\nK1;{written}{ROW}\n{written};x{ROW}\n")
    assert source.rows["werkgever"].to_list() == [text, "x"]
    assert source.rows["kandidaat_id"].to_list() == ["K1", text]


@pytest.mark.parametrize(
    ("written", "text"),
    [
        ('"Smit; Jansen"', "Smit; Jansen"),
        ('"Café ""De Kroon"""', 'Café "De Kroon"'),
        ('"regel 1\nregel 2"', "regel 1\nregel 2"),
        ('"regel 1\r\nregel 2\n\n"', "regel 1\r\nregel 2\n\n"),
        ('"a\n;;;\nK9;""x"""', 'a\n;;;\nK9;"x"'),
        ('5" buis', '5" buis'),
        ('Bar "De" Hoek', 'Bar "De" Hoek'),
        ('x"', 'x"'),
        ('""', ""),
    ],
)
def test_quotes_are_read_as_a_spreadsheet_does(tmp_path: Path, written: str, text: str) -> None:
    source = read(tmp_path, f"{HEADER}\nK1;{written}{ROW}\nK2;x{ROW}\n")
    assert seen(source, "kandidaat_id", "werkgever") == [(2, "K1", text), (3, "K2", "x")]
    assert source.broken.is_empty()


@pytest.mark.parametrize("rows_between", [0, 1, 3000])
def test_two_loose_quotes_never_join_the_rows_between_them(tmp_path: Path, rows_between: int) -> None:
    between = "".join(f'"K{n}";"x;y"{ROW}\n' for n in range(rows_between))
    source = read(tmp_path, f'{HEADER}\n"A";5" buis{ROW}\n{between};6" buis{ROW}\n')
    assert source.rows.height == rows_between + 2
    assert seen(source, "werkgever")[0] == (2, '5" buis')
    assert seen(source, "werkgever")[-1] == (rows_between + 3, '6" buis')


@pytest.mark.parametrize(
    ("body", "rows", "broken"),
    [
        (f'K1;"x{ROW}\nK2;y{ROW}\nK3;z{ROW}\n', [3, 4], [2]),
        (f'"K1;x{ROW}\nK2;y{ROW}\n', [3], [2]),
        (f'K1;x{ROW}\nK2;y;flextensie;"06-01-2025\n', [2], [3]),
        (f'K1;x{ROW}\nK2;"\n', [2], [3]),
        (f'K1;"x{ROW}\nK2;"y"{ROW}\n', [3], [2]),
        (f'K1;"De "Kroon" BV"{ROW}\nK2;y{ROW}\n', [3], [2]),
        (f'K1;"x{ROW}\n\nK2;"y{ROW}\n;;;\nK3;"a ""b"""{ROW}\n', [6], [2, 4]),
    ],
    ids=["opened", "first field", "last row", "lone", "closed later", "inside", "several"],
)
def test_a_quote_in_the_wrong_place_costs_one_row(
    tmp_path: Path, body: str, rows: list[int], broken: list[int]
) -> None:
    source = read(tmp_path, f"{HEADER}\n{body}")
    assert source.rows["rij"].to_list() == rows
    assert source.broken.select("bestand", "rij", "kolom", "waarde", "reden").rows() == [
        ("plaatsingen.csv", row, None, None, QUOTE) for row in broken
    ]


@pytest.mark.parametrize(
    ("content", "rows", "empty"),
    [
        (f"{HEADER}\nK1;x{ROW}\n\nK2;x{ROW}\n", [2, 4], 1),
        (f"{HEADER}\n;;;\nK1;x{ROW}\n ; \t;;\n;;\nK2;x{ROW}\n", [3, 6], 3),
        (f"{HEADER}\nK1;x{ROW}\n\n\n\n", [2], 3),
        (f'{HEADER}\n"";;"  ";\nK1;x{ROW}\n', [3], 1),
        (f"\n\n;;;\n{HEADER}\nK1;x{ROW}\n\nK2;x{ROW}", [5, 7], 4),
        (f"{HEADER}\r\n\r\nK1;x{ROW}\r\n   \r\nK2;x{ROW}", [3, 5], 2),
        (f"{HEADER}\n\nK1;x{ROW};te veel\n\nK2;x{ROW}\n", [5], 2),
        (f"\n;;;\n{HEADER}\nK1;x{ROW};te veel\n\nK2;x{ROW}\n", [6], 3),
    ],
    ids=[
        "blank",
        "separators",
        "at the end",
        "quoted",
        "above the header",
        "CRLF",
        "beside a broken row",
        "above a broken row",
    ],
)
def test_empty_lines_are_no_rows_but_keep_their_number(
    tmp_path: Path, content: str, rows: list[int], empty: int
) -> None:
    source = read(tmp_path, content)
    assert (source.rows["rij"].to_list(), source.empty_lines) == (rows, empty)


def test_a_row_may_begin_with_an_empty_cell(tmp_path: Path) -> None:
    source = read(tmp_path, f"{HEADER}\n;x{ROW}\n \u00a0;\t;;\n;;;06-01-2025\n")
    assert (source.rows["rij"].to_list(), source.empty_lines) == ([2, 4], 1)


def test_a_row_with_only_an_unknown_column_is_a_row(tmp_path: Path) -> None:
    source = read(tmp_path, f"{HEADER};opmerking\n;;;;let op\n")
    assert (source.rows["rij"].to_list(), source.empty_lines) == ([2], 0)


def test_a_row_with_too_few_fields_ends_in_empty_ones(tmp_path: Path) -> None:
    source = read(tmp_path, f"{HEADER}\nK1;x\nK2;x{ROW}\n")
    assert seen(source, "kandidaat_id", "werkgever", "instrument", "startdatum")[0] == (2, "K1", "x", None, None)
    assert source.rows.height == 2


@pytest.mark.parametrize("extra", ["7", "", '"a;b"'], ids=["value", "empty", "quoted"])
def test_a_row_with_too_many_fields_is_set_apart(tmp_path: Path, extra: str) -> None:
    source = read(tmp_path, f"{HEADER}\nK1;x{ROW}\nK2;x{ROW};{extra}\nK3;x;y{ROW};z\nK4;x{ROW}\n")
    assert source.rows["rij"].to_list() == [2, 5]
    assert source.broken.select("rij", "reden").rows() == [
        (3, "5 velden, maar 4 kolommen"),
        (4, "6 velden, maar 4 kolommen"),
    ]


TEXT = st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from(';,"\n'), max_size=6)


@here
@given(rows=st.lists(st.tuples(TEXT, TEXT, TEXT, TEXT), min_size=1, max_size=6), separator=st.sampled_from(";,\t"))
def test_what_a_csv_writer_writes_is_what_is_read(tmp_path: Path, rows: list[tuple[str, ...]], separator: str) -> None:
    rows = [("K1", "x", "stage", "06-01-2025"), *rows]
    out = io.StringIO()
    csv.writer(out, delimiter=separator).writerows([HEADER.split(";"), *rows])
    source = read(tmp_path, out.getvalue())
    filled = [(number, *row) for number, row in enumerate(rows, start=2) if any(field.strip() for field in row)]
    found = source.rows.select("rij", pl.col(HEADER.split(";")).fill_null("")).rows()
    assert found == filled
    assert source.rows.height + source.empty_lines == len(rows)


LONG = 'b"' * 70_000
RIGHT = {"return": ("a\rb", "a\rb"), "quoted return": ('"a\rb"', "a\rb"), "long": ("a" * 140_000, "a" * 140_000)}
RIGHT["long and quoted"] = ('"' + LONG.replace('"', '""') + '"', LONG)


@pytest.mark.parametrize(
    "spoiled, reason", [('K2;x"y"z;"stage;06', QUOTE), (f"K2;x{ROW};een;te veel", "6 velden, maar 5 kolommen")]
)
@pytest.mark.parametrize("written, text", RIGHT.values(), ids=RIGHT)
def test_a_right_row_stays_right_beside_a_broken_one(
    tmp_path: Path, written: str, text: str, spoiled: str, reason: str
) -> None:
    header, row = f"{HEADER};functie", f"K1;x{ROW};{written}"
    alone = read(tmp_path, f"{header}\n{row}\n")
    both = read(tmp_path, f"{header}\n{row}\n{spoiled}\n")
    assert both.rows.equals(alone.rows)
    assert both.rows["functie"].to_list() == [text]
    assert both.broken.select("rij", "reden").rows() == [(3, reason)]


@here
@given(body=st.text(st.sampled_from('ab;"\n '), max_size=60))
def test_every_line_of_any_text_is_a_row_or_broken_or_empty(tmp_path: Path, body: str) -> None:
    source = read(tmp_path, f"{HEADER}\nK1;x{ROW}\n{body}")
    numbers = [*source.rows["rij"], *(source.broken["rij"] if source.broken.height else [])]
    assert len(set(numbers)) == len(numbers)
    assert max(numbers) <= len(numbers) + source.empty_lines + 1
    if source.broken.is_empty():
        kept = "".join(text or "" for row in source.rows.select(HEADER.split(";"))[1:].rows() for text in row)
        assert [kept.count(sign) for sign in "ab"] == [body.count(sign) for sign in "ab"]


@pytest.mark.parametrize("name", BY_NAME)
def test_a_header_spells_its_column_in_any_case_with_spaces_or_hyphens(name: str) -> None:
    words = name.split("_")
    spellings = [name.upper(), f"  {' '.join(words).title()}\t", "-".join(words), "__".join(words), "\xa0".join(words)]
    assert {header_name(written) for written in spellings} == {name}


def test_headers_in_another_spelling_are_read(tmp_path: Path) -> None:
    header = 'Kandidaat ID; WERKGEVER ;Instrument;"start-datum";"startdatum";KvK-nummer'
    source = read(tmp_path, f"{header}\nK1;x;stage;niet deze;06-01-2025;01234567\n")
    assert seen(source, "kandidaat_id", "werkgever", "startdatum", "kvk_nummer") == [
        (2, "K1", "x", "06-01-2025", "01234567")
    ]
    assert source.left_out == ("start-datum",)


@pytest.mark.parametrize("pair", [("werkgever", "Werkgever"), ("werkgever", "werkgever"), ("kvk_nummer", "KvK-nummer")])
def test_two_headers_that_spell_one_column_are_refused(tmp_path: Path, pair: tuple[str, str]) -> None:
    said = refused(tmp_path, f"kandidaat_id;{pair[0]};instrument;startdatum;{pair[1]}\nK1;x{ROW};y\n")
    assert said == [f"de kolommen '{pair[0]}' en '{pair[1]}' heten hetzelfde."]


def test_unknown_columns_are_left_out_and_named(tmp_path: Path) -> None:
    source = read(
        tmp_path, f"BSN;{HEADER};rij;bestand;blad; Notitie ;notitie;veld_0\n123456789;K1;x{ROW};9;a;b;c;d;e\n"
    )
    assert source.left_out == ("BSN", "rij", "bestand", "blad", "Notitie", "notitie", "veld_0")
    assert set(source.rows.columns) - set(BY_NAME) == {"bestand", "blad", "rij", "id_gemaakt"}
    assert seen(source, "bestand", "kandidaat_id") == [(2, "plaatsingen.csv", "K1")]
    assert "123456789" not in str(source.rows.rows())


@pytest.mark.parametrize(
    ("header", "row", "left_out"),
    [
        (f"{HEADER};", f"K1;x{ROW};", ()),
        (f"{HEADER};;;", f"K1;x{ROW};;;", ()),
        (f"{HEADER}; ;", f"K1;x{ROW}", ()),
        (f"{HEADER};;opmerking", f"K1;x{ROW};iets;", ("kolom 5", "opmerking")),
        (f";{HEADER};", f"1;K1;x{ROW};2", ("kolom 1", "kolom 6")),
    ],
)
def test_a_column_without_a_name_counts_only_when_it_is_filled(
    tmp_path: Path, header: str, row: str, left_out: tuple[str, ...]
) -> None:
    source = read(tmp_path, f"{header}\n{row}\n")
    assert seen(source, "kandidaat_id", "startdatum") == [(2, "K1", "06-01-2025")]
    assert source.left_out == left_out


WORKBOOK = "dit is een Excel- of ODS-werkmap en geen CSV. Geef het bestand de extensie .xlsx, .xls of .ods."
NO_TEXT = "dit is geen tekstbestand. Sla het op als CSV (UTF-8) en probeer het opnieuw."


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "dit bestand is leeg."),
        (b" \r\n\n", "dit bestand is leeg."),
        (b"\xef\xbb\xbf", "dit bestand is leeg."),
        ("\ufeff\n".encode("utf-16-le"), "dit bestand is leeg."),
        (b";;;\n;;;\n", "dit bestand is leeg."),
        (f"{HEADER}".encode(), "er staan geen rijen onder de kolomnamen."),
        (f"{HEADER}\n;;;\n\n".encode(), "er staan geen rijen onder de kolomnamen."),
        (b"PK\x03\x04\x14\x00\x06\x00xl/workbook.xml", WORKBOOK),
        (b"%PDF-1.7\n\x01\x02", NO_TEXT),
        (f"{HEADER}\n{f'K1;x{ROW}' * 9000}\n\0".encode(), NO_TEXT),
        (f"{HEADER}\nK1;x{ROW}".encode("utf-16-le"), NO_TEXT),
        (f"{HEADER}\nK1;".encode() + b"\x81\x8d" + ROW.encode(), NO_TEXT),
        (b"\xff\xfe\0", NO_TEXT),
        (
            f'kandidaat_id;"werkgever;instrument;startdatum\nK1;x{ROW}\n'.encode(),
            "een aanhalingsteken in de kolomnamen wordt niet gesloten.",
        ),
    ],
    ids=[
        *(
            "empty",
            "blank",
            "mark only",
            "utf-16 mark only",
            "separators",
            "header only",
            "empty lines only",
            "zip",
            "pdf",
        ),
        *("late NUL", "utf-16 without mark", "no coding", "half a character", "quote in header"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes, sentence: str) -> None:
    assert refused(tmp_path, content) == [sentence]


OTHERWISE = "Heten kolommen bij u anders? 'verdringing kolommen' stelt voor welke kop welke kolom is."


def test_all_missing_columns_are_named_with_the_header_that_is_nearest(tmp_path: Path) -> None:
    assert refused(tmp_path, "Kandidaat;Werkgevers;Begin\n1;x;06-01-2025\n") == [
        "de kolom 'kandidaat_id' ontbreekt. De kolom 'Kandidaat' lijkt erop.",
        "de kolom 'instrument' ontbreekt.",
        f"de kolom 'startdatum' ontbreekt. {OTHERWISE}",
        "de kolom 'werkgever' ontbreekt. De kolom 'Werkgevers' lijkt erop.",
    ]


def test_a_file_of_one_column_lacks_the_others(tmp_path: Path) -> None:
    said = refused(tmp_path, "instrument\nflextensie\nstage\n")
    assert said == [f"de kolom '{name}' ontbreekt." for name in ("kandidaat_id", "startdatum", "werkgever")]


def test_a_kvk_number_stands_in_for_the_name_of_the_employer(tmp_path: Path) -> None:
    source = read(tmp_path, "kandidaat_id;kvk_nummer;instrument;startdatum\nK1;12345678;stage;06-01-2025\n")
    assert seen(source, "kvk_nummer") == [(2, "12345678")]


@pytest.mark.parametrize(
    ("name", "sentence"),
    [
        ("plaatsing.csv", "dit bestand bestaat niet. Bedoelde u 'plaatsingen.csv'?"),
        ("heel-iets-anders.xlsx", "dit bestand bestaat niet."),
        ("geen/map/x.csv", "dit bestand bestaat niet."),
        ("map", "dit is een map, geen bestand."),
        ("n" * 300, "dit bestand is niet te lezen (de naam is te lang)."),
    ],
)
def test_a_path_that_is_no_file_is_one_sentence(tmp_path: Path, name: str, sentence: str) -> None:
    (tmp_path / "plaatsingen.csv").touch()
    (tmp_path / "map").mkdir()
    with pytest.raises(UserError) as caught:
        read_given(paths.given(tmp_path / name), name)
    assert str(caught.value) == f"{tmp_path / name}: {sentence}"


def test_all_files_that_cannot_be_read_are_named_at_once(tmp_path: Path) -> None:
    (tmp_path / "goed.csv").write_text(f"{HEADER}\nK1;x{ROW}\n")
    (tmp_path / "leeg.csv").touch()
    with pytest.raises(UserError) as caught:
        read_files([tmp_path / "leeg.csv", tmp_path / "goed.csv", tmp_path / "weg.csv"])
    assert [Path(mistake.where).name for mistake in caught.value.mistakes] == ["leeg.csv", "weg.csv"]


def test_a_file_that_is_given_twice_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_text(f"{HEADER}\nK1;x{ROW}\n")
    with pytest.raises(UserError, match=r"a\.csv: dit bestand is twee keer opgegeven\.$"):
        read_files([path, path])


def test_files_with_one_name_are_told_apart_by_their_folder(tmp_path: Path) -> None:
    paths = [tmp_path / "2025" / "p.csv", tmp_path / "2026" / "p.csv", tmp_path / "q.csv"]
    for path in paths:
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{HEADER}\nK1;x{ROW}\n")
    assert [source.name for source in read_files(paths)] == [paths[0].as_posix(), paths[1].as_posix(), "q.csv"]


GOOD = f"{HEADER}\nK1;Café De Eén{ROW}\n"


@pytest.mark.parametrize("name", ["p.csv.gz", "p.gz", "P.CSV.GZ"])
def test_a_packed_file_is_read_and_its_hash_is_of_the_file_itself(tmp_path: Path, name: str) -> None:
    packed = gzip.compress(GOOD.encode())
    source = read(tmp_path, packed, name)
    assert seen(source, "werkgever") == [(2, "Café De Eén")]
    assert (source.name, source.sha256) == (name, sha256(packed).hexdigest())


def test_half_a_packed_file_is_one_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path, gzip.compress(GOOD.encode())[:-12]) == [
        "dit .gz-bestand is beschadigd of niet compleet. Maak het opnieuw."
    ]


def test_a_folder_is_all_readable_files_in_it_in_order(tmp_path: Path) -> None:
    for name in ("b.csv", "a.CSV", "c.csv.gz"):
        (tmp_path / name).write_bytes(gzip.compress(GOOD.encode()) if name.endswith("gz") else GOOD.encode())
    for name in ("leesmij.txt", ".verborgen.csv", "~$slot.xlsx"):
        (tmp_path / name).write_text("niet lezen")
    (tmp_path / "sub.csv").mkdir()
    assert [source.name for source in read_files([tmp_path])] == ["a.CSV", "b.csv", "c.csv.gz"]


def test_a_folder_without_a_readable_file_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "leesmij.txt").touch()
    with pytest.raises(UserError, match=r"in deze map staat geen bestand dat te lezen is \(\.csv, "):
        read_files([tmp_path])


@pytest.mark.parametrize("absolute", [True, False])
def test_a_pattern_that_the_shell_left_alone_is_expanded(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, absolute: bool
) -> None:
    for name in ("2025-1.csv", "2025-2.csv", "2026-1.csv", "2025-[x].csv"):
        (tmp_path / name).write_text(GOOD)
    monkeypatch.chdir(tmp_path)
    top = tmp_path if absolute else Path()
    assert [source.name for source in read_files([top / "2025-?.csv"])] == ["2025-1.csv", "2025-2.csv"]
    assert [source.name for source in read_files([top / "2025-[x].csv"])] == ["2025-[x].csv"]
    with pytest.raises(UserError, match="geen enkel bestand past bij dit patroon"):
        read_files([top / "2027*.csv"])


def test_a_file_given_by_name_and_in_its_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD)
    with pytest.raises(UserError, match="twee keer opgegeven"):
        read_files([tmp_path, tmp_path / "a.csv"])


def test_standard_input_has_a_name(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(GOOD.encode())))
    (source,) = read_files([Path("-")])
    assert (source.name, source.rows["bestand"].to_list()) == ("standaardinvoer", ["standaardinvoer"])


@pytest.mark.parametrize("line", ["sep=;", "SEP=;", '"sep=;"', "sep=;\r"])
def test_a_line_that_tells_the_separator_is_no_row(tmp_path: Path, line: str) -> None:
    source = read(tmp_path, f"{line}\n{HEADER};a,b,c,d,e,f\nK1;x{ROW}\n")
    assert (seen(source), source.empty_lines, source.titles) == ([(3, "K1")], 0, 0)


def test_a_told_separator_wins_also_in_a_file_with_a_broken_row(tmp_path: Path) -> None:
    source = read(tmp_path, f'sep=|\n{HEADER}\nK1;"x{ROW}\nK2;y{ROW}\n'.replace(";", "|"))
    assert seen(source) == [(4, "K2")]
    assert source.broken["rij"].to_list() == [3]


def test_one_bad_byte_in_utf8_does_not_make_it_windows_1252(tmp_path: Path) -> None:
    content = f"{HEADER}\nK1;Café{ROW}\nK2;Eén{ROW}\n".encode() + b"K3;Caf\xe9" + ROW.encode()
    with pytest.raises(UserError) as caught:
        read(tmp_path, content)
    assert str(caught.value).startswith(
        f"{tmp_path / 'plaatsingen.csv'}, regel 4: hier staat een teken dat geen UTF-8 is, terwijl de rest"
    )


@pytest.mark.parametrize("place", range(65_530, 65_538))
def test_a_sign_of_more_bytes_may_stand_anywhere_in_a_large_file(tmp_path: Path, place: int) -> None:
    start = f"{HEADER}\nK1;".encode()
    name = "a" * (place - len(start)) + "€😀"
    assert read(tmp_path, start + name.encode() + ROW.encode()).rows["werkgever"].to_list() == [name]


@pytest.mark.parametrize("other", ["Café Eén", "Eén"], ids=["one pair and two signs", "as many pairs as signs"])
def test_windows_1252_with_one_pair_that_looks_like_utf8_stays_windows_1252(tmp_path: Path, other: str) -> None:
    source = read(tmp_path, f"{HEADER}\nK1;Ã©n{ROW}\nK2;{other}{ROW}\n".encode("cp1252"))
    assert source.rows["werkgever"].to_list() == ["Ã©n", other]


def test_a_zip_file_is_one_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path, b"PK\x03\x04\x14\x00\x06\x00plaatsingen.csv") == [
        "dit is een zip-bestand. Pak het uit en geef de bestanden die erin zitten."
    ]


def test_a_sheet_of_a_csv_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text(GOOD)
    with pytest.raises(UserError, match="alleen een Excel- of ODS-bestand heeft bladen"):
        read_files([tmp_path / "a.csv#Blad1"])


def test_a_file_with_a_hash_in_its_name_is_that_file(tmp_path: Path) -> None:
    (tmp_path / "a#b.csv").write_text(GOOD)
    assert read_files([tmp_path / "a#b.csv"])[0].name == "a#b.csv"
