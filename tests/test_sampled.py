"""The sample of verdicts without a signal: on the work list, back with outcomes, kept, and the bound that follows."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import jinja2
import openpyxl
import polars as pl
import pytest

from verdringing import figures, resources
from verdringing.audit import audit
from verdringing.audited import Audited, Order
from verdringing.deciding import outcomes, sample
from verdringing.deciding.bound import Kind
from verdringing.deciding.kept import LEDGER, SAMPLES
from verdringing.deciding.outcomes import SCHEMA
from verdringing.deciding.sampled import Sampled
from verdringing.errors import UserError
from verdringing.tables import write_csv
from verdringing.words import _, choose_language, plural

HEADER = "plaatsing_id;kandidaat_id;werkgever;instrument;startdatum;einddatum;functie;uren_per_week;begeleiding"
ROWS = [f"00{n};{n:04};=Firma {n % 7};flextensie;01-0{n % 6 + 1}-2026;;inpakker;20;ja" for n in range(1, 31)]
SHEET = [
    "nummer",
    "plaatsing_id",
    "regel",
    "titel",
    "oordeel",
    "werkgever",
    "functie",
    "kandidaat_id",
    "instrument",
    "startdatum",
    "einddatum",
    "waarde",
    "grens",
    "ontbreekt",
    "bestand",
    "rij",
    "kenmerk",
    "eerder",
    "uitkomst",
    "toelichting",
    "door",
    "datum",
    "peildatum",
    "zaad",
    "getrokken",
    "populatie",
]
Row = dict[str, Any]
GOOD = {"uitkomst": "klopt", "door": "CO", "datum": date(2026, 10, 12)}


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    yield
    choose_language("nl")


def ordered(folder: Path, *, rows: list[str] = ROWS, out: str = "k3", **asked: Any) -> Order:
    (folder / "plaatsingen.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    now = datetime(2026, 10, 31, tzinfo=UTC)
    given: dict[str, Any] = {"day": date(2026, 9, 30), "sample": 20} | asked
    return Order((folder / "plaatsingen.csv",), folder / out, now=now, overwrite=True, **given)


def sampled(found: Audited) -> Sampled:
    assert found.sampled is not None
    return found.sampled


def filled(report: Path, answer: Callable[[Row], Mapping[str, Any]]) -> Path:
    """Fill in the sheet Steekproef of a report, as a person would: `answer` gives the cells of each row."""
    path = report / "werklijst.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Steekproef"]
    for cells in sheet.iter_rows(min_row=2):
        row = {name: cell.value for name, cell in zip(SHEET, cells, strict=True)}
        for name, value in answer(row).items():
            cells[SHEET.index(name)].value = value
    book.save(path)
    return path


def one_wrong(row: Row) -> Row:
    """Everything is right but the second verdict without a signal."""
    return GOOD | ({"uitkomst": "klopt niet", "toelichting": "toch te lang"} if row["nummer"] == 2 else {})


def kinds(found: Audited, place: int = 0) -> dict[str, Kind]:
    return {kind.kind: kind for kind in sampled(found).draws[place].kinds}


def sheet_rows(report: Path) -> list[Row]:
    sheet = openpyxl.load_workbook(report / "werklijst.xlsx")["Steekproef"]
    return [dict(zip(SHEET, row, strict=True)) for row in sheet.iter_rows(min_row=2, values_only=True)]


def refused(order: Order) -> list[str]:
    with pytest.raises(UserError) as caught:
        audit(order)
    return [str(mistake) for mistake in caught.value.mistakes]


# the walk


def test_from_the_draw_to_the_bound_and_to_the_next_quarter(tmp_path: Path) -> None:
    first = audit(ordered(tmp_path))
    assert [(kind.drawn, kind.returned, kind.bound) for kind in kinds(first).values()] == [(10, 0, None)] * 2
    assert not (tmp_path / "k3" / SAMPLES).exists()

    again = audit(ordered(tmp_path, decisions=filled(tmp_path / "k3", one_wrong)))
    clear, unknown = kinds(again).values()
    # by hand, n = 10: none wrong (1 − p)^10 = 0.05, p = 1 − 0.05^0.1 = 0.2589; one wrong (1 − p)^10 + 10 p (1 − p)^9 = 0.05
    # at p = 0.3942: 0.6058^10 = 0.00666, 10 × 0.3942 × 0.6058^9 = 0.04332, together 0.0500
    assert (clear.right, clear.wrong, clear.unsure, clear.percentage) == (9, 1, 0, "39,5")
    assert (unknown.right, unknown.wrong, unknown.unsure, unknown.percentage) == (10, 0, 0, "25,9")
    assert sampled(again).draws[0].here
    assert sampled(again).draws[0].sentences()[1:] == [
        "Van de 10 nagekeken oordelen 'geen signaal' klopten er 9.",
        "Met 95 % zekerheid klopt hoogstens 39,5 % niet.",
        "Van de 10 nagekeken oordelen 'niet toetsbaar' klopten er 10.",
        "Met 95 % zekerheid klopt hoogstens 25,9 % niet.",
    ]
    kept = (tmp_path / "k3" / SAMPLES).read_text("utf-8-sig").splitlines()
    assert kept[0].split(";") == SCHEMA.names()
    assert len(kept) == 1 + 20
    assert (tmp_path / "k3" / "ingeleverd-werklijst.xlsx").is_file()
    assert [row["eerder"] for row in sheet_rows(tmp_path / "k3")][:2] == [
        "klopt (12-10-2026)",
        "klopt niet (12-10-2026)",
    ]

    later = ordered(
        tmp_path, rows=ROWS[5:], out="k4", day=date(2026, 12, 31), seed=2, decisions=tmp_path / "k3" / SAMPLES
    )
    fourth = audit(later)
    assert [(draw.here, draw.seed) for draw in sampled(fourth).draws] == [(True, "2"), (False, "1")]
    assert kinds(fourth, 1)["geen_signaal"].percentage == "39,5"
    assert "peildatum 30 september 2026, zaad 1" in sampled(fourth).draws[1].sentences()[0]
    assert "niet voor die van dit rapport" in sampled(fourth).draws[1].sentences()[0]
    audit(
        ordered(
            tmp_path,
            rows=ROWS[5:],
            out="k4",
            day=date(2026, 12, 31),
            seed=2,
            decisions=filled(tmp_path / "k4", one_wrong),
        )
    )
    grown = (tmp_path / "k4" / SAMPLES).read_text("utf-8-sig").splitlines()
    assert grown[: len(kept)] == kept
    assert len(grown) == 1 + 20 + 20


def test_nothing_is_said_before_all_of_a_kind_is_back(tmp_path: Path) -> None:
    audit(ordered(tmp_path))
    returned = filled(
        tmp_path / "k3", lambda row: GOOD if row["oordeel"] == "geen signaal" or row["nummer"] < 14 else {}
    )
    found = audit(ordered(tmp_path, decisions=returned))
    assert [kind.percentage for kind in kinds(found).values()] == ["25,9", ""]
    assert sampled(found).draws[0].sentences()[-1] == "Over 'niet toetsbaar' is nog niets te zeggen: 3 van 10 terug."
    rest = audit(ordered(tmp_path, decisions=filled(tmp_path / "k3", lambda row: {} if row["eerder"] else GOOD)))
    assert [kind.percentage for kind in kinds(rest).values()] == ["25,9", "25,9"]


def test_the_account_records_the_draw(tmp_path: Path) -> None:
    found = audit(ordered(tmp_path, seed=5))
    told = json.loads((tmp_path / "k3" / "verantwoording.json").read_text("utf-8"))["steekproef"]
    counted = [verdict for rule in found.judgement.verdicts.columns[1:] for verdict in found.judgement.verdicts[rule]]
    assert told == {
        "gevraagd": 20,
        "zaad": 5,
        "populatie": sample.fingerprint(found.judgement.verdicts, found.placements),
        "oordelen": {"geen_signaal": counted.count(1), "niet_toetsbaar": counted.count(2)},
        "getrokken": {"geen_signaal": 10, "niet_toetsbaar": 10},
    }
    audit(ordered(tmp_path, sample=0))
    assert json.loads((tmp_path / "k3" / "verantwoording.json").read_text("utf-8"))["steekproef"] is None


def test_equal_seeds_give_equal_lists_to_the_byte(tmp_path: Path) -> None:
    for out, seed in (("a", 3), ("b", 3), ("c", 4)):
        audit(ordered(tmp_path, out=out, seed=seed))
    one, same, other = ((tmp_path / out / "werklijst.xlsx").read_bytes() for out in "abc")
    assert one == same
    assert one != other


def test_without_a_sample_there_is_no_sheet_and_nothing_to_say(tmp_path: Path) -> None:
    found = audit(ordered(tmp_path, sample=0))
    assert found.sampled is None
    assert openpyxl.load_workbook(tmp_path / "k3" / "werklijst.xlsx").sheetnames == ["Werklijst", "Uitleg"]


def test_a_sample_needs_a_work_list(tmp_path: Path) -> None:
    assert refused(ordered(tmp_path, worklist=False)) == [
        "--steekproef: de steekproef staat op de werklijst, en die komt er niet. Laat --zonder-werklijst weg."
    ]


# the sheet


def test_a_row_says_what_was_drawn_and_why(tmp_path: Path) -> None:
    found = audit(ordered(tmp_path))
    book = openpyxl.load_workbook(tmp_path / "k3" / "werklijst.xlsx")
    assert book.sheetnames == ["Werklijst", "Steekproef", "Uitleg"]
    assert [cell.value for cell in book["Steekproef"][1]] == SHEET
    rows = sheet_rows(tmp_path / "k3")
    assert [row["nummer"] for row in rows] == list(range(1, 21))
    assert [row["oordeel"] for row in rows] == ["geen signaal"] * 10 + ["niet toetsbaar"] * 10
    about = found.placements.select("plaatsing_id", "kandidaat_id", "startdatum", "bestand", "rij").to_dicts()
    names = {one["plaatsing_id"]: one for one in about}
    for row in rows:
        placed = names[row["plaatsing_id"]]
        assert row["kandidaat_id"] == placed["kandidaat_id"]
        assert row["startdatum"].date() == placed["startdatum"]
        assert (row["bestand"], row["rij"]) == (placed["bestand"], placed["rij"])
        assert row["titel"]
        assert row["ontbreekt"] if row["oordeel"] == "niet toetsbaar" else not row["ontbreekt"]
    long = next(row for row in rows if row["regel"] == "dienstbetrekking_risico")  # from 1 June, six months at most
    assert (long["startdatum"].date(), long["waarde"].date()) == (date(2026, 6, 1), date(2026, 9, 30))
    assert long["grens"].date() == date(2026, 11, 30)


def test_the_sheet_is_made_for_work(tmp_path: Path) -> None:
    audit(ordered(tmp_path))
    sheet = openpyxl.load_workbook(tmp_path / "k3" / "werklijst.xlsx")["Steekproef"]
    assert (sheet.freeze_panes, sheet.auto_filter.ref, sheet.dimensions) == ("D2", "A1:Z21", "A1:Z21")
    (choice,) = sheet.data_validations.dataValidation
    assert (choice.formula1, str(choice.sqref)) == ('"klopt,klopt niet,niet te zeggen"', "S2:S21")
    assert sheet["F2"].value.startswith("=Firma")
    assert sheet["F2"].data_type == "s"  # text, never a formula
    assert sheet["B2"].number_format == "@"
    assert sheet["S2"].fill.start_color.rgb == "FFFFF8DC"
    assert [sheet.column_dimensions[name].hidden for name in "PVWY"] == [False, False, True, True]
    explained = openpyxl.load_workbook(tmp_path / "k3" / "werklijst.xlsx")["Uitleg"]
    assert {"klopt", "klopt niet", "niet te zeggen"} <= {row[0].value for row in explained.iter_rows(max_col=2)}


# what comes back


def test_every_mistake_is_named_with_its_row_and_nothing_is_taken(tmp_path: Path) -> None:
    audit(ordered(tmp_path))
    bsn = "-".join(("1234", "56", "782"))
    wrong: dict[int, Row] = {
        1: {"door": "CO"},
        2: GOOD | {"uitkomst": "klopt neit", "toelichting": "x"},
        3: GOOD | {"uitkomst": "klopt niet"},
        4: GOOD | {"datum": "31-02-2026"},
        5: GOOD | {"datum": date(2026, 11, 1)},
        6: GOOD | {"toelichting": f"zie {bsn}"},
        7: GOOD | {"plaatsing_id": "99"},
        8: GOOD | {"getrokken": "geen_signaal 5 van 5; niet_toetsbaar 10 van 100"},
        9: {"kenmerk": None} | GOOD,
        10: GOOD,
    }
    returned = filled(tmp_path / "k3", lambda row: wrong.get(row["nummer"], {}))
    before = {path.name: path.read_bytes() for path in (tmp_path / "k3").iterdir()}
    where = f"{returned}, blad Steekproef, rij"
    spoiled = "deze rij is niet meer zoals hij is getrokken; neem de witte kolommen over van de lijst."
    assert refused(ordered(tmp_path, decisions=returned)) == [
        f"{where} 2: 'uitkomst' is niet ingevuld.",
        f"{where} 2: 'datum' is niet ingevuld.",
        f"{where} 3: onbekende uitkomst. Bedoelde u 'klopt niet'?",
        f"{where} 4: schrijf in 'toelichting' waarom.",
        f"{where} 5: 'datum' is geen datum; schrijf 31-12-2026 of 2026-12-31.",
        f"{where} 6: 'datum' ligt in de toekomst.",
        f"{where} 7: in 'toelichting' staat een getal dat een burgerservicenummer kan zijn; haal het weg.",
        f"{where} 8: {spoiled}",
        f"{where} 9: {spoiled}",
        f"{where} 10: {spoiled}",
    ]
    assert {path.name: path.read_bytes() for path in (tmp_path / "k3").iterdir()} == before


def test_mistakes_on_both_sheets_are_told_at_once(tmp_path: Path) -> None:
    long = "X1;9001;Visser;flextensie;01-01-2026;;inpakker;32;ja"
    audit(ordered(tmp_path, rows=[*ROWS, long]))
    returned = filled(tmp_path / "k3", lambda row: {"door": "CO"} if row["nummer"] == 1 else {})
    book = openpyxl.load_workbook(returned)
    head = {cell.value: cell.column for cell in book["Werklijst"][1]}
    book["Werklijst"].cell(2, head["besluit"]).value = "terecht"
    book.save(returned)
    said = refused(ordered(tmp_path, rows=[*ROWS, long], decisions=returned))
    assert [one.split(", ")[1].split(":")[0] for one in said] == ["blad Werklijst"] * 3 + ["blad Steekproef"] * 2


def as_csv(folder: Path, rows: list[Row]) -> Path:
    def text(value: object) -> str:
        return f"{value:%d-%m-%Y}" if isinstance(value, date) else "" if value is None else str(value)

    lines = [";".join(SHEET), *(";".join(f'"{text(row[name])}"' for name in SHEET) for row in rows)]
    (folder / "terug.csv").write_text("\n".join(lines), encoding="utf-8-sig")
    return folder / "terug.csv"


def test_a_csv_of_the_same_form_is_read_in_any_order_of_rows_and_words_of_both_languages(tmp_path: Path) -> None:
    audit(ordered(tmp_path))
    rows = [
        row | GOOD | {"uitkomst": " Correct ", "oordeel": row["oordeel"].upper()} for row in sheet_rows(tmp_path / "k3")
    ]
    found = audit(ordered(tmp_path, decisions=as_csv(tmp_path, rows[::-1])))
    assert [kind.percentage for kind in kinds(found).values()] == ["25,9", "25,9"]
    assert sampled(found).kept["uitkomst"].unique().to_list() == ["klopt"]
    assert sampled(found).kept["plaatsing_id"].str.starts_with("00").all()  # leading zeros kept
    lost = [row | {"plaatsing_id": row["plaatsing_id"].lstrip("0")} for row in rows]
    assert len(refused(ordered(tmp_path, decisions=as_csv(tmp_path, lost)))) == 20
    (tmp_path / "terug.csv").write_text("uitkomst;plaatsing_id;regel\nklopt;1;x", encoding="utf-8")
    assert f"{tmp_path / 'terug.csv'}: de kolom 'populatie' ontbreekt." in refused(
        ordered(tmp_path, decisions=tmp_path / "terug.csv")
    )


def test_one_verdict_has_one_outcome_a_day_and_the_later_day_counts(tmp_path: Path) -> None:
    audit(ordered(tmp_path))
    (row, *_rest) = sheet_rows(tmp_path / "k3")
    right, wrong = row | GOOD, row | GOOD | {"uitkomst": "klopt niet", "toelichting": "x"}
    both = as_csv(tmp_path, [right, right, wrong])
    assert refused(ordered(tmp_path, decisions=both)) == [
        f"{both}, rij 2: op dezelfde dag staat een andere uitkomst in: {both}, rij 4. Laat een van de twee staan."
    ]
    found = audit(ordered(tmp_path, decisions=as_csv(tmp_path, [right | {"datum": date(2026, 10, 13)}, wrong])))
    assert (kinds(found)["geen_signaal"].right, kinds(found)["geen_signaal"].wrong) == (1, 0)
    assert sampled(found).kept.height == 2


def test_outcomes_go_along_without_a_list_and_without_a_new_sample(tmp_path: Path) -> None:
    audit(ordered(tmp_path))
    audit(ordered(tmp_path, decisions=filled(tmp_path / "k3", one_wrong)))
    kept = (tmp_path / "k3" / SAMPLES).read_bytes()
    plain = audit(ordered(tmp_path, sample=0))
    assert (kinds(plain)["geen_signaal"].percentage, sampled(plain).rows) == ("39,5", None)
    assert audit(ordered(tmp_path, sample=0, without_decisions=True)).sampled is None
    assert (tmp_path / "k3" / SAMPLES).read_bytes() == kept
    assert not (tmp_path / "k3" / LEDGER).exists()


def test_earlier_outcomes_may_not_get_lost(tmp_path: Path) -> None:
    audit(ordered(tmp_path))
    audit(ordered(tmp_path, decisions=filled(tmp_path / "k3", one_wrong)))
    alone = tmp_path / "los"
    alone.mkdir()
    (tmp_path / "k3" / "werklijst.xlsx").rename(alone / "werklijst.xlsx")
    (said,) = refused(ordered(tmp_path, out="k4", decisions=alone / "werklijst.xlsx"))
    assert said.endswith(
        f"het bestand {SAMPLES} is er niet bij. Leg {SAMPLES} uit de map van dat rapport naast de lijst."
    )


def test_a_mark_that_looks_like_a_number_of_a_person_is_kept_as_it_is(tmp_path: Path) -> None:
    digits = "1234" + "56782"  # written apart, so that the house finds no number that passes the test
    rows = pl.DataFrame({"kenmerk": [f"k{digits}abc"], "populatie": [f"a{digits}b"], "toelichting": [digits]})
    write_csv(rows, tmp_path / "x.csv")
    assert (tmp_path / "x.csv").read_text("utf-8-sig").splitlines()[1] == f"k{digits}abc;a{digits}b;(afgeschermd)"


def test_english_asks_in_english_and_keeps_dutch(tmp_path: Path) -> None:
    choose_language("en")
    audit(ordered(tmp_path))
    returned = filled(tmp_path / "k3", lambda _row: GOOD | {"uitkomst": "cannot say", "toelichting": "no file"})
    found = audit(ordered(tmp_path, decisions=returned))
    assert {row["oordeel"] for row in sheet_rows(tmp_path / "k3")} == {"no signal", "cannot be judged"}
    assert sampled(found).kept["uitkomst"].unique().to_list() == ["niet te zeggen"]
    assert sampled(found).kept["oordeel"].unique(maintain_order=True).to_list() == ["geen_signaal", "niet_toetsbaar"]


# the bound


@pytest.mark.parametrize(
    "kind, percentage",
    [
        (Kind("geen_signaal", 900, 50, 49, 1), "9,2"),  # 0.09140 of the tables for 1 of 50, rounded up
        (Kind("geen_signaal", 900, 50, 49, 0, 1), "9,2"),  # what nobody can tell counts as wrong
        (Kind("geen_signaal", 900, 60, 60), "4,9"),  # 1 − 0.05^(1/60) = 0.04870
        (Kind("geen_signaal", 900, 60, 59), ""),
        (Kind("geen_signaal", 4, 4, 4), "0"),  # all of them: nothing is left to chance
        (Kind("geen_signaal", 4, 4, 3, 1), "25"),
        (Kind("geen_signaal", 900, 2, 0, 2), "100"),
        (Kind("geen_signaal", 0, 0), ""),
    ],
)
def test_the_bound_never_says_less_than_was_proved(kind: Kind, percentage: str) -> None:
    assert kind.percentage == percentage
    assert kind.bound is None or kind.bound * 100 <= float(percentage.replace(",", "."))


def test_sentences_of_a_kind() -> None:
    assert Kind("geen_signaal", 900, 50, 48, 1, 1).sentences() == [
        "Van de 50 nagekeken oordelen 'geen signaal' klopten er 48.",
        "Bij 1 was het niet te zeggen; dat telt hier als niet goed.",
        "Met 95 % zekerheid klopt hoogstens 12,1 % niet.",  # 2 of 50: 0.1206
    ]
    assert Kind("niet_toetsbaar", 1, 1, 0, 1).sentences() == [
        "Er is één oordeel 'niet toetsbaar' nagekeken, en dat klopte niet.",
        "Dat zijn ze allemaal: hoogstens 100 % klopt niet.",
    ]
    assert Kind("niet_toetsbaar", 0, 0).sentences() == ["Er is geen oordeel 'niet toetsbaar' gekozen."]


def test_a_mark_holds_on_to_what_was_drawn() -> None:
    row = {
        "populatie": "ab" * 32,
        "zaad": "1",
        "getrokken": "geen_signaal 1 van 2; niet_toetsbaar 0 van 0",
        "nummer": 1,
        "oordeel": "geen_signaal",
        "plaatsing_id": "0012",
        "regel": "te_jong",
    }
    changes = [{}, *({name: 9 if name == "nummer" else f"{value}x"} for name, value in row.items())]
    marks = outcomes.with_marks(pl.DataFrame([row | change for change in changes]))["kenmerk"]
    assert marks.n_unique() == len(changes)
    assert marks.str.contains("^s[0-9a-f]{12}$").all()


# the page


def page(found: Sampled | None) -> str:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.folder("templates")), autoescape=True, undefined=jinja2.StrictUndefined
    )
    environment.filters["count"] = figures.count
    environment.globals.update(_=_, plural=plural)
    return str(environment.get_template("sample.html.j2").module.sample_section(found))  # type: ignore[attr-defined]


def test_the_page_shows_the_counts_the_bound_and_what_it_does_not_cover(tmp_path: Path) -> None:
    audit(ordered(tmp_path))
    found = audit(ordered(tmp_path, decisions=filled(tmp_path / "k3", one_wrong)))
    shown = page(found.sampled)
    assert "Met 95 % zekerheid klopt hoogstens 39,5 % niet." in shown
    assert "Rijen die zijn afgekeurd." in shown
    assert '<td class="n">39,5 %</td>' in shown
    assert not page(None).strip()
