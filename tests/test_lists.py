"""Lists of employers: taken whole or not at all, and which placements they touch, for certain or perhaps."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import polars as pl
import pytest
import xlsxwriter
from click.testing import CliRunner
from conftest import DAY, placed, rows_of_text

from verdringing import rulebook
from verdringing.cli import main
from verdringing.errors import UserError
from verdringing.judge import judge
from verdringing.naming.lists import BLACKLIST, REPORTS, EmployerList, read_list
from verdringing.naming.matching import matches, reports

KVK, OTHER = "12345678", "87654321"
HEADER = "werkgever;kvk_nummer;van;tot;reden;besluit"
REPORT_HEADER = "werkgever;kvk_nummer;datum;kenmerk"
NUMBER = "Een KvK-nummer heeft 8 cijfers; een vestigingsnummer heeft er 12."
AS_DATE = "Schrijf een datum als 31-12-2026 of 2026-12-31."


def listed(folder: Path, content: str, coding: str = "utf-8") -> EmployerList:
    path = folder / "lijst.csv"
    path.write_bytes(content.encode(coding))
    return read_list(path)


def refused(folder: Path, content: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        listed(folder, content)
    return [str(mistake).removeprefix(str(folder / "lijst.csv")) for mistake in caught.value.mistakes]


def test_a_list_is_read_as_it_stands(tmp_path: Path) -> None:
    header = "Werkgever;KvK-nummer;Van;Tot;Reden;Besluit"
    row = "Café De Zon B.V.;1234567;01-02-2025;2025-12-31;nooit in dienst;B&W 12"
    content = f"{header}\n{row}\n\n;{KVK}\n"
    found = listed(tmp_path, content, "cp1252")
    assert found.entries.drop("naam").rows() == [
        (2, "Café De Zon B.V.", "01234567", date(2025, 2, 1), date(2025, 12, 31), "nooit in dienst", "B&W 12"),
        (4, None, KVK, None, None, None, None),
    ]
    assert found.entries["naam"].to_list() == ["cafe de zon", None]
    assert (found.source, found.sha256) == ("lijst.csv", sha256(content.encode("cp1252")).hexdigest())


@pytest.mark.parametrize("header, row", [("werkgever", "Visser"), ("kvk_nummer", KVK), ("tot,werkgever", ",Visser")])
def test_a_list_needs_a_name_or_a_number_alone(tmp_path: Path, header: str, row: str) -> None:
    assert listed(tmp_path, f"{header}\n{row}\n").entries.height == 1


@pytest.mark.parametrize("content", [HEADER, f"{HEADER}\n;;;;;\n\n"])
def test_a_list_can_be_empty(tmp_path: Path, content: str) -> None:
    assert listed(tmp_path, content).entries.is_empty()
    assert matched(listed(tmp_path, content), {"werkgever": "Visser"}) == [NOBODY]


@pytest.mark.parametrize("day", ["31-12-9999", "31-12-2099", "2100-01-01", "01-01-1900", ""])
def test_an_open_end_is_written_as_in_a_placement(tmp_path: Path, day: str) -> None:
    assert listed(tmp_path, f"{HEADER}\nVisser;;01-01-2025;{day};;\n").entries["tot"].item() is None


@pytest.mark.parametrize("day", ["01-01-1900", "", " "])
def test_a_list_without_a_first_day_holds_from_the_beginning(tmp_path: Path, day: str) -> None:
    assert listed(tmp_path, f"{HEADER}\nVisser;;{day};;;\n").entries["van"].item() is None


def test_every_mistake_in_a_list_is_named_with_its_row(tmp_path: Path) -> None:
    rows = [
        "Visser;123456789;;;;",
        ";;;;x;",
        "Visser;;31-02-2025;;;",
        "",
        "Visser;;;31-02-2099;;",
        "Visser;;02-01-2025;01-01-2025;;",
        f"Visser;{KVK};01-01-2025;31-12-9999;;",
        "Visser;;01-01-25;morgen;;",
        "Visser;;;;;;te veel",
        'Visser;;;;"x;',
    ]
    assert sorted(refused(tmp_path, "\n".join([HEADER, *rows]))) == sorted(
        [
            f", rij 2: het KvK-nummer is geen nummer van 8 cijfers. {NUMBER}",
            ", rij 3: er staat geen werkgever en geen KvK-nummer.",
            f", rij 4: 'van' is geen datum. {AS_DATE}",
            f", rij 6: 'tot' is geen datum. {AS_DATE}",
            ", rij 7: 'tot' ligt voor 'van'. Zijn 'van' en 'tot' verwisseld?",
            f", rij 9: 'van' is geen datum. {AS_DATE}",
            f", rij 9: 'tot' is geen datum. {AS_DATE}",
            ", rij 10: 7 velden, maar 6 kolommen.",
            ", rij 11: een aanhalingsteken staat verkeerd of wordt niet gesloten.",
        ]
    )


KNOWN = "Bekend zijn: werkgever, kvk_nummer, van, tot, reden, besluit."
UNKNOWN = {
    "werkgevr;kvk_nummer": [": onbekende kolom 'werkgevr'. Bedoelde u 'werkgever'?"],
    "werkgever;KvK nr": [": onbekende kolom 'KvK nr'. Bedoelde u 'kvk_nummer'?"],
    "werkgever;tott": [": onbekende kolom 'tott'. Bedoelde u 'tot'?"],
    "werkgever;rij": [f": onbekende kolom 'rij'. {KNOWN}"],
    "naam;bsn": [
        f": onbekende kolom 'naam'. {KNOWN}",
        f": onbekende kolom 'bsn'. {KNOWN}",
        ": er is geen kolom 'werkgever' of 'kvk_nummer'.",
    ],
    "werkgever;Werkgever": [": de kolommen 'werkgever' en 'Werkgever' heten hetzelfde."],
}


@pytest.mark.parametrize("header, said", UNKNOWN.items(), ids=UNKNOWN)
def test_a_column_that_a_list_does_not_know_is_refused(tmp_path: Path, header: str, said: list[str]) -> None:
    found = refused(tmp_path, f"{header}\nVisser;{KVK}\n")
    assert [sentence for sentence in found if "rij 2" not in sentence] == said


@pytest.mark.parametrize("name", ["", "lijst.csv"])
def test_a_list_that_is_no_file_is_one_sentence(tmp_path: Path, name: str) -> None:
    with pytest.raises(UserError, match=r"(dit is een map, geen bestand|dit bestand bestaat niet)\.$"):
        read_list(tmp_path / name)


ROWS = [
    ["Visser", "1234", "", "", "", ""],
    ["", "", "", "", "x", ""],
    ["Visser", "", "31-02-2025", "", "", ""],
    ["Visser", "", "", "31-02-2099", "", ""],
    ["Visser", "", "02-01-2025", "01-01-2025", "", ""],
    ["Visser", KVK, date(2025, 1, 1), date(2025, 12, 31), "", ""],
    ["Visser", "", "01-01-25", "morgen", "", ""],
]


def book(folder: Path, header: str, rows: list[list[Any]]) -> Path:
    """A workbook with one sheet, in which a date is a date."""
    path = folder / "lijst.xlsx"
    with xlsxwriter.Workbook(path) as workbook:
        sheet = workbook.add_worksheet()
        day = workbook.add_format({"num_format": "dd-mm-yyyy"})
        sheet.write_row(0, 0, header.split(";"))
        for number, row in enumerate(rows, start=1):
            for column, value in enumerate(row):
                write = sheet.write_datetime if isinstance(value, date) else sheet.write_string
                write(number, column, value, *([day] if isinstance(value, date) else []))
    return path


def refused_file(path: Path, columns: tuple[str, ...] = BLACKLIST) -> list[str]:
    with pytest.raises(UserError) as caught:
        read_list(path, columns)
    return [str(mistake).removeprefix(str(path)) for mistake in caught.value.mistakes]


def test_a_workbook_is_read_as_it_stands(tmp_path: Path) -> None:
    rows = [["Café De Zon B.V.", "01234567", date(2025, 2, 1), date(2025, 12, 31), "nooit in dienst", "B&W 12"]]
    found = read_list(book(tmp_path, HEADER, rows))
    assert found.entries.drop("naam").rows() == [
        (2, "Café De Zon B.V.", "01234567", date(2025, 2, 1), date(2025, 12, 31), "nooit in dienst", "B&W 12")
    ]


def test_every_mistake_in_a_workbook_is_named_with_its_row(tmp_path: Path) -> None:
    assert sorted(refused_file(book(tmp_path, HEADER, [*ROWS[:3], [""], *ROWS[3:]]))) == sorted(
        [
            f", rij 2: het KvK-nummer is geen nummer van 8 cijfers. {NUMBER}",
            f", rij 4: 'van' is geen datum. {AS_DATE}",
            ", rij 3: er staat geen werkgever en geen KvK-nummer.",
            f", rij 6: 'tot' is geen datum. {AS_DATE}",
            ", rij 7: 'tot' ligt voor 'van'. Zijn 'van' en 'tot' verwisseld?",
            f", rij 9: 'van' is geen datum. {AS_DATE}",
            f", rij 9: 'tot' is geen datum. {AS_DATE}",
        ]
    )


@pytest.mark.parametrize("header, said", UNKNOWN.items(), ids=UNKNOWN)
def test_a_column_that_a_workbook_does_not_know_is_refused(tmp_path: Path, header: str, said: list[str]) -> None:
    found = refused_file(book(tmp_path, header, [["Visser", KVK][: header.count(";") + 1]]))
    assert [sentence for sentence in found if "rij 2" not in sentence] == said


def test_reports_in_a_workbook_need_a_day(tmp_path: Path) -> None:
    rows = [["Visser", "", "", "x"], ["Visser", "", date(2026, 2, 1), "x"], ["Visser", "", "31-02-2026", ""]]
    assert refused_file(book(tmp_path, REPORT_HEADER, rows), REPORTS) == [
        f", rij 4: 'datum' is geen datum. {AS_DATE}",
        ", rij 2: er staat geen datum.",
    ]


def in_yaml(folder: Path, content: str, name: str = "lijst.yaml") -> Path:
    path = folder / name
    path.write_text(content, encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["lijst.yaml", "lijst.yml", "LIJST.YAML"])
def test_a_list_in_yaml_is_read_as_it_stands(tmp_path: Path, name: str) -> None:
    content = """# de zwarte lijst
- werkgever: Café De Zon B.V.
  kvk_nummer: 1234567
  van: 2025-02-01
  tot: '2025-12-31'
  reden: "nooit: in dienst"
  besluit: 12
- {kvk_nummer: '01234567', tot: 9999-12-31, reden: nee, besluit: 2026-01-02}
- werkgever: 24
  van:
"""
    path = in_yaml(tmp_path, content, name)
    found = read_list(path)
    assert found.entries.drop("naam").rows() == [
        (1, "Café De Zon B.V.", "01234567", date(2025, 2, 1), date(2025, 12, 31), "nooit: in dienst", "12"),
        (2, None, "01234567", None, None, "nee", "2026-01-02"),
        (3, "24", None, None, None, None, None),
    ]
    assert found.entries["naam"].to_list() == ["cafe de zon", None, "24"]
    assert (found.source, found.sha256) == (name, sha256(content.encode()).hexdigest())


def test_a_list_says_the_same_in_csv_in_a_workbook_and_in_yaml(tmp_path: Path) -> None:
    csv = listed(tmp_path, f"{HEADER}\nVisser;{KVK};2025-01-01;2025-12-31;x;1\n;{OTHER};;;;\n").entries
    rows = [["Visser", KVK, date(2025, 1, 1), date(2025, 12, 31), "x", "1"], ["", OTHER, "", "", "", ""]]
    workbook = read_list(book(tmp_path, HEADER, rows)).entries
    one = f"- {{werkgever: Visser, kvk_nummer: {KVK}, van: 2025-01-01, tot: 2025-12-31, reden: x, besluit: 1}}"
    yaml = read_list(in_yaml(tmp_path, f"{one}\n- kvk_nummer: {OTHER}\n")).entries
    assert csv.drop("rij").equals(workbook.drop("rij"))
    assert csv.drop("rij").equals(yaml.drop("rij"))


@pytest.mark.parametrize("content", ["", "# nog niemand\n", "[]\n", "---\n"])
def test_a_list_in_yaml_can_be_empty(tmp_path: Path, content: str) -> None:
    found = read_list(in_yaml(tmp_path, content))
    assert found.entries.is_empty()
    assert matched(found, {"werkgever": "Visser"}) == [NOBODY]


def test_every_mistake_in_yaml_is_named_with_its_line(tmp_path: Path) -> None:
    content = """- kvk_nummer: 1234
  reden: y
- reden: x
- werkgever: Visser
  van: 01-02-2025
- werkgever: Visser
  tot: '2025-02-30'
- werkgever: Visser
  van: 2025-01-02
  tot: 2025-01-01
- werkgver: Visser
  kvk_nummer: 12345678
- Visser
-
- werkgever: [Visser]
  sector: zorg
- {werkgever: Visser, van: morgen}
"""
    assert sorted(refused_file(in_yaml(tmp_path, content))) == sorted(
        [
            f":1: het KvK-nummer is geen nummer van 8 cijfers. {NUMBER}",
            ":3: er staat geen werkgever en geen KvK-nummer.",
            ":5: 'van' is geen datum. Schrijf 2025-02-01.",
            ":7: 'tot' is geen datum. Schrijf jaar, maand en dag, zoals 2026-01-01.",
            ":10: 'tot' ligt voor 'van'. Zijn 'van' en 'tot' verwisseld?",
            ":11: onbekende sleutel 'werkgver'. Bedoelde u 'werkgever'?",
            f":13: hier ontbreken de sleutels. Schrijf bijvoorbeeld '- werkgever: …'; {KNOWN[0].lower()}{KNOWN[1:]}",
            f":14: hier ontbreken de sleutels. Schrijf bijvoorbeeld '- werkgever: …'; {KNOWN[0].lower()}{KNOWN[1:]}",
            ":15: 'werkgever' is geen tekst.",
            ":15: er staat geen werkgever en geen KvK-nummer.",
            f":16: onbekende sleutel 'sector'. {KNOWN}",
            ":17: 'van' is geen datum. Schrijf jaar, maand en dag, zoals 2026-01-01.",
        ]
    )


NO_LIST = {
    "werkgever: Visser\n": ":1: dit is geen lijst. Begin elke werkgever met een streepje: '- werkgever: …'.",
    "Visser\n": ":1: dit is geen lijst. Begin elke werkgever met een streepje: '- werkgever: …'.",
    "- werkgever: A\n  werkgever: B\n": ":2: sleutel 'werkgever' staat ook al op regel 1. Verwijder of hernoem er een.",
    "- van: 2025-02-30\n  werkgever: A\n": ":1: '2025-02-30' bestaat niet als datum. Een datum is jjjj-mm-dd.",
    "- werkgever: 'A\n": ":1: de tekst die hier met een aanhalingsteken begint, eindigt nergens. Zet het sluitende aanhalingsteken.",
}


@pytest.mark.parametrize("content, said", NO_LIST.items(), ids=lambda text: text[:20])
def test_yaml_that_is_no_list_is_refused_with_its_line(tmp_path: Path, content: str, said: str) -> None:
    assert refused_file(in_yaml(tmp_path, content)) == [said]


def test_a_list_in_yaml_that_does_not_exist_is_one_sentence(tmp_path: Path) -> None:
    in_yaml(tmp_path, "[]")
    assert refused_file(tmp_path / "lijst1.yaml") == [": dit bestand bestaat niet. Bedoelde u 'lijst.yaml'?"]


def test_reports_in_yaml_need_a_day(tmp_path: Path) -> None:
    content = "- {werkgever: A, datum: 2026-02-01}\n- werkgever: B\n- {werkgever: C, datum: 1900-01-01}\n"
    content += "- {werkgever: D, datum: 1-2-2026, kenmerk: x}\n- {werkgever: E, dag: 2026-02-01}\n"
    assert sorted(refused_file(in_yaml(tmp_path, content), REPORTS)) == [
        ":2: er staat geen datum.",
        ":3: er staat geen datum.",
        ":4: 'datum' is geen datum. Schrijf 2026-02-01.",
        ":5: er staat geen datum.",
        ":5: onbekende sleutel 'dag'. Bekend zijn: werkgever, kvk_nummer, datum, kenmerk.",
    ]
    found = read_list(in_yaml(tmp_path, content.splitlines()[0]), REPORTS)
    assert counted(found, {"werkgever": "A"})[:2] == (1, date(2026, 2, 1))


NOBODY = (None, None, None, None)


def matched(found: EmployerList, *rows: dict[str, str | None], least: float = 90) -> list[tuple[Any, ...]]:
    """Per placement: lijst_sinds, lijst_rij, mogelijk_rij, gelijkenis (rounded)."""
    return [
        (since, entry, perhaps, alike)
        for since, entry, _who, _how, perhaps, alike in known_by(found, *rows, least=least)
    ]


def known_by(found: EmployerList, *rows: dict[str, str | None], least: float = 90) -> list[tuple[Any, ...]]:
    """Per placement all columns of MATCH, gelijkenis rounded."""
    given = [
        {"plaatsing_id": f"P{n}", "kandidaat_id": f"K{n}", "startdatum": "01-07-2026", **row}
        for n, row in enumerate(rows)
    ]
    frame = placed(rows_of_text(given), DAY).sort("plaatsing_id")
    answer = frame.select(matches(found, least).alias("m")).unnest("m").with_columns(pl.col("gelijkenis").round(1))
    return answer.rows()


def certain(day: str, entry: int = 0) -> tuple[Any, ...]:
    return (date.fromisoformat(day), entry, None, None)


def perhaps(likeness: float, entry: int = 0) -> tuple[Any, ...]:
    return (None, None, entry, likeness)


# one placement from 1 July 2026, running on 30 September, against a list of one line
SURE = certain("2026-07-01")
BAKER = "Bakkerij De Korenaar"
NUMBERED = {"werkgever": BAKER, "kvk_nummer": KVK}
WHO = {
    "the same number": ("Visser", KVK, {"werkgever": "Iets anders", "kvk_nummer": KVK}, SURE),
    "a number without a name": ("", KVK, {"werkgever": "Visser", "kvk_nummer": KVK}, SURE),
    "the same name, no numbers": ("Visser B.V.", "", {"werkgever": "VISSER"}, SURE),
    "the same name, a number on the list": ("Visser", KVK, {"werkgever": "visser bv"}, SURE),
    "the same name, a number of the placement": ("Visser", "", {"werkgever": "Visser", "kvk_nummer": KVK}, SURE),
    "the same name, two numbers": ("Visser", OTHER, {"werkgever": "Visser", "kvk_nummer": KVK}, perhaps(100)),
    "another name, another number": ("Visser", OTHER, {"werkgever": "De Boer", "kvk_nummer": KVK}, NOBODY),
    "another name": ("Visser", "", {"werkgever": "De Boer"}, NOBODY),
    "a part of a name": ("Smit", "", {"werkgever": "Smit Groep Detachering"}, NOBODY),
    # 20 and 19 signs of which 19 agree in order: 2 × 19 / 39
    "a similar name": ("Bakkerij De Korenar", "", {"werkgever": BAKER}, perhaps(97.4)),
    "a similar name with two numbers": ("Bakkerij De Korenar", OTHER, NUMBERED, perhaps(97.4)),
    "a similar name with one number": ("Bakkerij De Korenar", KVK, NUMBERED, SURE),
    "the words in another order": ("De Korenaar Bakkerij", "", {"werkgever": BAKER}, perhaps(99)),
    "the inlener by number": ("", KVK, {"werkgever": "Bureau", "inlener_kvk": KVK}, SURE),
    "the inlener by name": ("De Kas", "", {"werkgever": "Bureau", "inlener": "De Kas B.V."}, SURE),
    "the agency of an inlener": ("Bureau", "", {"werkgever": "Bureau", "inlener": "De Kas"}, SURE),
    "an employer without a name": ("Visser", "", {"werkgever": None, "kvk_nummer": KVK}, NOBODY),
}


@pytest.mark.parametrize("name, kvk, row, found", WHO.values(), ids=WHO)
def test_who_is_on_a_list(
    tmp_path: Path, name: str, kvk: str, row: dict[str, str | None], found: tuple[Any, ...]
) -> None:
    assert matched(listed(tmp_path, f"{HEADER}\n{name};{kvk};;;;\n"), row) == [found]


def test_how_somebody_is_known_to_be_on_a_list_is_said(tmp_path: Path) -> None:
    found = listed(tmp_path, f"{HEADER}\n{BAKER};{KVK};01-01-2026;;r;b")
    temp = {"werkgever": "Flex", "kvk_nummer": OTHER}
    seen = known_by(
        found,
        {"werkgever": BAKER},  # the name, for the placement has no number
        {"werkgever": "Iets anders", "kvk_nummer": KVK},
        {**temp, "inlener": BAKER},
        {**temp, "inlener": "Iets anders", "inlener_kvk": KVK},
        {"werkgever": BAKER, "inlener": "Iets anders", "inlener_kvk": KVK},  # both: the number first
        {"werkgever": "Flex", "kvk_nummer": OTHER},
    )
    assert [(who, by_number) for _since, _entry, who, by_number, _perhaps, _alike in seen] == [
        ("werkgever", False),
        ("werkgever", True),
        ("inlener", False),
        ("inlener", True),
        ("inlener", True),
        (None, None),
    ]


@pytest.mark.parametrize(
    ("days", "told"),
    [
        ("01-01-2026;31-08-2026", "vanaf 01-01-2026 tot en met 31-08-2026"),
        ("01-01-2026;", "vanaf 01-01-2026"),
        (";31-08-2026", "zonder begindatum tot en met 31-08-2026"),
        (";", "zonder begindatum"),
    ],
)
def test_the_sentence_says_since_when_and_until_when_and_how_it_is_known(tmp_path: Path, days: str, told: str) -> None:
    lists = {"zwarte_lijst": listed(tmp_path, f"{HEADER}\n{BAKER};{KVK};{days};misbruik;besluit 7")}
    book = rulebook.load((), lists)
    row = {"kandidaat_id": "K1", "startdatum": "01-07-2026", "werkgever": BAKER, "kvk_nummer": KVK}
    placements = placed(rows_of_text([row]), DAY, book=book)
    found = judge(placements, book.rules).findings.filter(regel="zwarte_lijst")["toelichting"].to_list()
    assert found == [
        "Op 1 juli 2026 staat de werkgever op de zwarte lijst, herkend aan het KvK-nummer "
        f"(op de lijst {told}; reden: misbruik; besluit: besluit 7)."
    ]


@pytest.mark.parametrize("least, found", [(97, perhaps(97.4)), (97.5, NOBODY), (100, NOBODY)])
def test_a_name_is_perhaps_the_same_from_the_likeness_that_is_asked(
    tmp_path: Path, least: float, found: tuple[Any, ...]
) -> None:
    one = listed(tmp_path, f"{HEADER}\nBakkerij De Korenar;;;;;\n")
    assert matched(one, {"werkgever": "Bakkerij De Korenaar"}, least=least) == [found]


# days on the list, days of the placement (open: until 30 September 2026) → the first day that both share
WHEN = {
    (("01-07-2026", "31-07-2026"), ("01-06-2026", "30-06-2026")): None,
    (("01-07-2026", "31-07-2026"), ("01-06-2026", "01-07-2026")): "2026-07-01",
    (("01-07-2026", "31-07-2026"), ("31-07-2026", "31-08-2026")): "2026-07-31",
    (("01-07-2026", "31-07-2026"), ("01-08-2026", "31-08-2026")): None,
    (("01-07-2026", "31-07-2026"), ("10-07-2026", "12-07-2026")): "2026-07-10",
    (("10-07-2026", "10-07-2026"), ("01-07-2026", "31-07-2026")): "2026-07-10",
    (("", "31-07-2026"), ("31-07-2026", "")): "2026-07-31",
    (("", "31-07-2026"), ("01-08-2026", "")): None,
    (("30-09-2026", ""), ("01-08-2026", "")): "2026-09-30",
    (("01-10-2026", ""), ("01-08-2026", "")): None,
    (("01-10-2026", ""), ("01-08-2026", "01-10-2026")): "2026-10-01",
    (("01-10-2026", ""), ("15-10-2026", "")): "2026-10-15",
    (("", ""), ("01-08-2026", "")): "2026-08-01",
}


@pytest.mark.parametrize("on_list, of_placement, shared", [(*days, shared) for days, shared in WHEN.items()])
def test_a_listed_employer_counts_on_the_days_that_the_list_says(
    tmp_path: Path, on_list: tuple[str, str], of_placement: tuple[str, str], shared: str | None
) -> None:
    rows = [
        {"startdatum": of_placement[0], "einddatum": of_placement[1], "werkgever": name}
        for name in ("Bakkerij", "Bakkerijj")
    ]
    found = matched(listed(tmp_path, f"{HEADER}\nBakkerij;;{';'.join(on_list)};;\n"), *rows)
    assert found == ([certain(shared), perhaps(94.1)] if shared else [NOBODY, NOBODY])  # 2 × 8 / 17


def test_the_first_day_on_any_line_counts_and_a_certain_line_beside_a_similar_one(tmp_path: Path) -> None:
    lines = [
        "Bakkerij De Korenaar;;01-09-2026;;;",
        f";{KVK};01-08-2026;;;",
        "Bakkerij De Korenar;;;;;",
        ";;;;;",
        f"De Kas;{OTHER};;;;",
    ]
    row = {"werkgever": "Bakkerij De Korenaar", "kvk_nummer": KVK}
    found = matched(listed(tmp_path, "\n".join([HEADER, *lines])), row, {**row, "inlener": "De Kas"})
    assert [answer[:2] for answer in found] == [(date(2026, 8, 1), 1), (date(2026, 7, 1), 3)]
    assert found[0][2:] == (2, 97.4)


def test_the_most_similar_line_is_named(tmp_path: Path) -> None:
    content = f"{HEADER}\nBakkerij De Korenars;;;;;\nBakkerij De Korenar;;;;;\n"
    assert matched(listed(tmp_path, content), {"werkgever": "Bakkerij De Korenaar"}) == [perhaps(97.4, entry=1)]


def reported(folder: Path, *lines: str) -> EmployerList:
    path = folder / "meldingen.csv"
    path.write_text("\n".join([REPORT_HEADER, *lines]), encoding="utf-8")
    return read_list(path, REPORTS)


def counted(found: EmployerList, row: dict[str, str | None], allowed: int = 0) -> tuple[Any, ...]:
    """aantal, laatste, te_veel_sinds, mogelijk, mogelijk_rij, gelijkenis of one placement from 1 July 2026."""
    frame = placed(rows_of_text([{"startdatum": "01-07-2026", **row}]), DAY)
    return frame.select(reports(found, 90, 12, allowed).alias("m")).unnest("m").row(0)


def test_every_mistake_in_reports_is_named_with_its_row(tmp_path: Path) -> None:
    rows = ["Visser;;;x", "Visser;;31-02-2026;", ";;01-02-2026;", "Visser;;01-01-1900;", "Visser;;1-2-2026;"]
    with pytest.raises(UserError) as caught:
        reported(tmp_path, *rows)
    assert sorted(str(mistake).split(", ", 1)[1] for mistake in caught.value.mistakes) == [
        "rij 2: er staat geen datum.",
        f"rij 3: 'datum' is geen datum. {AS_DATE}",
        "rij 4: er staat geen werkgever en geen KvK-nummer.",
        "rij 5: er staat geen datum.",
    ]


def test_reports_need_a_column_with_the_day_and_know_no_other(tmp_path: Path) -> None:
    path = tmp_path / "meldingen.csv"
    path.write_text("werkgever;dag\nVisser;1-2-2026\n", encoding="utf-8")
    with pytest.raises(UserError) as caught:
        read_list(path, REPORTS)
    said = [str(mistake).removeprefix(str(path)) for mistake in caught.value.mistakes]
    assert ": er is geen kolom 'datum'." in said
    assert any("onbekende kolom 'dag'" in sentence for sentence in said)


def test_reports_are_counted_once_each_in_the_window(tmp_path: Path) -> None:
    lines = ["Visser;;30-06-2025;", "Visser;;01-07-2025;", "Visser;;30-09-2026;", "Visser;;01-10-2026;"]
    found = reported(tmp_path, *lines, "De Kas;;02-07-2026;", "Vissers Hal;;02-07-2026;")
    both = {"werkgever": "Visser", "inlener": "De Kas"}
    assert counted(found, both)[:4] == (3, date(2026, 9, 30), date(2025, 7, 1), 0)
    assert counted(found, both, allowed=2)[2] == date(2026, 9, 30)
    assert counted(found, both, allowed=3)[2] is None
    assert counted(found, {"werkgever": "Visser", "inlener": "Visser B.V."})[0] == 2
    assert counted(found, {"werkgever": "Ander"}) == (None,) * 6


def test_a_report_that_may_be_about_the_employer_is_counted_apart(tmp_path: Path) -> None:
    found = reported(tmp_path, f"Visser;{OTHER};02-07-2026;", "Visser;;03-07-2026;")
    assert counted(found, {"werkgever": "Visser", "kvk_nummer": KVK}) == (
        1, date(2026, 7, 3), date(2026, 7, 3), 1, 0, 100.0,
    )  # fmt: skip
    assert counted(reported(tmp_path), {"werkgever": "Visser"}) == (None,) * 6


def test_a_person_settles_that_a_name_on_the_list_is_another_employer(tmp_path: Path) -> None:
    """rules.md 1.3: who looks alike is offered, and a person decides; a name that was kept apart is no longer perhaps."""
    rows = "kandidaat_id;werkgever;instrument;startdatum\nK1;Bakkerij De Korenaar;flextensie;2026-01-05\n"
    (tmp_path / "p.csv").write_text(rows, "utf-8")
    (tmp_path / "lijst.csv").write_text("werkgever\nBakkerij De Korenaars\n", "utf-8")
    decided = "werkgevers:\n  - {namen: [Bakkerij De Korenaar, Bakkerij De Korenaars], besluit: anders, door: x, op: 2026-07-08}\n"
    (tmp_path / "aliassen.yaml").write_text(decided, "utf-8")
    verdicts = []
    for more in ([], ["--aliassen", str(tmp_path / "aliassen.yaml")]):
        words = ["audit", str(tmp_path / "p.csv"), "--zwarte-lijst", str(tmp_path / "lijst.csv"), *more]
        out = tmp_path / f"r{len(more)}"
        result = CliRunner().invoke(
            main, [*words, "--peildatum", "2026-09-30", "--uit", str(out)], catch_exceptions=False
        )
        assert result.exit_code == 0, result.output
        verdicts += pl.read_parquet(out / "oordelen.parquet")["zwarte_lijst"].to_list()
    assert verdicts == ["niet_toetsbaar", "geen_signaal"]


def test_a_page_is_no_list_and_is_refused_in_one_sentence(tmp_path: Path) -> None:
    page = tmp_path / "index.html"
    page.write_text("<!doctype html>\n<html>\n" + "<style>a { b: c; d: e; }</style>\n" * 1_000)
    with pytest.raises(UserError) as caught:
        read_list(page)
    assert str(caught.value) == f"{page}: dit is geen tabel met kolommen als werkgever, kvk_nummer, van, tot, reden."
