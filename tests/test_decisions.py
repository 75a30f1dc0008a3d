"""Decisions that come back: read whole or not at all, kept for ever, and reopened when the facts change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest

from verdringing.deciding import worklist
from verdringing.deciding.decided import Decisions, apply, decide
from verdringing.deciding.decision_rows import SCHEMA, label
from verdringing.deciding.decisions import Given, read
from verdringing.deciding.kept import LEDGER
from verdringing.errors import UserError
from verdringing.tables import write_csv
from verdringing.words import choose_language

TODAY = date(2026, 10, 31)
DAY = date(2026, 9, 30)
MARKS = {"P1": "k00000000000a", "P2": "k00000000000b", "P3": "k00000000000c"}
FACTS = "einddatum: 31-03-2026; startdatum: 01-01-2026; werkgever: visser"
SAID = {"besluit": "terecht", "reden": "geen vacature", "door": "JB", "datum": "12-10-2026"}


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    yield
    choose_language("nl")


def findings(*changes: Mapping[str, Any]) -> pl.DataFrame:
    """Three findings: P1 and P2 of case A, P3 of case B; `changes` by place."""
    rows = []
    for place, (name, mark) in enumerate(MARKS.items()):
        row = {"zaak": "B" if name == "P3" else "A", "plaatsing_id": name, "regel": "duur_te_lang"}
        row |= {"ontstaan_op": date(2026, 4, 1), "kenmerk": mark, "feiten": FACTS}
        rows.append(row | dict(changes[place] if place < len(changes) else {}))
    return pl.DataFrame(rows)


def _quoted(text: str) -> str:
    return f'"{text}"' if ";" in text else text


def csv(folder: Path, *rows: Mapping[str, str], header: Sequence[str] = (), name: str = "lijst.csv") -> Path:
    columns = header or list(dict.fromkeys(key for row in rows for key in row))
    lines = [";".join(columns), *(";".join(_quoted(row.get(column, "")) for column in columns) for row in rows)]
    (folder / name).write_text("\n".join(lines), encoding="utf-8-sig")
    return folder / name


def row(name: str = "P1", **said: str) -> dict[str, str]:
    return {"zaak": "A", "plaatsing_id": name, "regel": "duur_te_lang", "kenmerk": MARKS.get(name, "")} | SAID | said


def given(path: Path, out: str = "rapport", **asked: Any) -> Given:
    found = read(path, path.parent / out, today=TODAY, **asked)
    assert found is not None
    return found


def refused(path: Path, **asked: Any) -> list[str]:
    with pytest.raises(UserError) as caught:
        given(path, **asked)
    return [str(mistake).removeprefix(str(path)) for mistake in caught.value.mistakes]


def decided(path: Path, *changes: Mapping[str, Any], day: date = DAY) -> tuple[dict[str, str | None], Decisions]:
    found, decisions = decide(findings(*changes), given(path), day)
    return dict(found.select("plaatsing_id", "beoordeling").rows()), decisions


# reading


def test_a_column_that_is_not_there_is_missed_once_and_not_in_every_row(tmp_path: Path) -> None:
    path = tmp_path / "verkeerd.csv"
    path.write_text("zaak;reden\n" + "A;omdat\n" * 300, encoding="utf-8")
    said = refused(path)
    assert 1 <= len(said) <= 6
    assert not [sentence for sentence in said if "is niet ingevuld" in sentence]


def test_a_row_in_which_nothing_was_filled_in_is_no_decision(tmp_path: Path) -> None:
    blank = {"zaak": "A", "plaatsing_id": "P2", "regel": "duur_te_lang", "kenmerk": MARKS["P2"], "reden": "  "}
    found = given(csv(tmp_path, row(), blank))
    assert found.fresh.select("plaatsing_id", "besluit", "datum", "over").rows() == [
        ("P1", "terecht", date(2026, 10, 12), "signaal")
    ]
    assert found.listed["plaatsing_id"].to_list() == ["P1", "P2"]
    untouched = given(csv(tmp_path, blank, header=list(row())))
    assert untouched.fresh.is_empty()


@pytest.mark.parametrize(
    "word, status",
    [("TERECHT", "terecht"), (" niet  terecht ", "niet terecht"), ("In_onderzoek", "in onderzoek"), ("Unfounded", "niet terecht"),
     ("under review", "in onderzoek"), ("explained", "verklaard"), ("confirmed", "terecht")],
)  # fmt: skip
def test_a_status_is_read_in_both_languages_and_any_case(tmp_path: Path, word: str, status: str) -> None:
    assert given(csv(tmp_path, row(besluit=word))).fresh["besluit"].item() == status


@pytest.mark.parametrize("day", ["12-10-2026", "2026-10-12", "12/10/2026", "2026-10-12 00:00:00", " 12-10-2026 "])
def test_a_day_is_read_as_in_a_placement(tmp_path: Path, day: str) -> None:
    assert given(csv(tmp_path, row(datum=day))).fresh["datum"].item() == date(2026, 10, 12)


def test_every_mistake_is_named_with_its_row_and_nothing_is_taken(tmp_path: Path) -> None:
    bsn = "-".join(("1234", "56", "782"))
    rows = [
        row(),
        row(besluit="", reden="x"),
        row(besluit="terrecht"),
        row(besluit="fraude"),
        row(reden="", door=""),
        row(datum=""),
        row(datum="31-02-2026"),
        row(datum="01-11-2026"),
        row(geldig_tot="morgen"),
        row(geldig_tot="11-10-2026"),
        row(tweede_persoon="jb"),
        row(plaatsing_id=""),
        row(zaak="", regel="", plaatsing_id=""),
        row(kenmerk="k12"),
        row(reden=f"zie {bsn}"),
    ]
    empty = ", rij {}: '{}' is niet ingevuld."
    assert refused(csv(tmp_path, *rows)) == [
        empty.format(3, "besluit"),
        ", rij 4: onbekend besluit. Kies uit: in onderzoek, terecht, verklaard, niet terecht.",
        ", rij 5: onbekend besluit. Kies uit: in onderzoek, terecht, verklaard, niet terecht.",
        empty.format(6, "reden"),
        empty.format(6, "door"),
        empty.format(7, "datum"),
        ", rij 8: 'datum' is geen datum; schrijf 31-12-2026 of 2026-12-31.",
        ", rij 9: 'datum' ligt in de toekomst.",
        ", rij 10: 'geldig_tot' is geen datum; schrijf 31-12-2026 of 2026-12-31.",
        ", rij 11: 'geldig_tot' ligt voor 'datum'.",
        ", rij 12: 'door' en 'tweede_persoon' zijn dezelfde.",
        ", rij 13: vul 'zaak' in, of 'plaatsing_id' en 'regel' samen.",
        ", rij 14: vul 'zaak' in, of 'plaatsing_id' en 'regel' samen.",
        ", rij 15: 'kenmerk' is beschadigd; neem het over van de werklijst.",
        ", rij 16: in 'reden' staat een getal dat een burgerservicenummer kan zijn; haal het weg.",
    ]


def test_a_second_person_is_asked_for_where_the_policy_wants_one(tmp_path: Path) -> None:
    path = csv(tmp_path, row(), row("P2", tweede_persoon="KL"), header=[*row(), "tweede_persoon"])
    assert given(path).fresh.height == 2
    assert refused(path, second_person=True) == [", rij 2: 'tweede_persoon' is niet ingevuld."]


def test_a_list_needs_its_columns_and_may_have_others(tmp_path: Path) -> None:
    found = given(csv(tmp_path, {"opmerking": "eigen", **dict(reversed(row(geldig_tot="31-12-2026").items()))}))
    assert found.fresh["geldig_tot"].item() == date(2026, 12, 31)
    renamed = {("geldig tm" if name == "geldig_tot" else name): value for name, value in row(geldig_tot="x").items()}
    assert refused(csv(tmp_path, renamed)) == [": de kolom 'geldig_tot' ontbreekt. De kolom 'geldig tm' lijkt erop."]
    bare = csv(tmp_path, {name: SAID[name] for name in ("besluit", "door", "datum")})
    assert refused(bare)[:2] == [
        ": de kolom 'reden' ontbreekt.",
        ": er is geen kolom 'zaak', en ook niet 'plaatsing_id' en 'regel' samen.",
    ]


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    assert refused(tmp_path / "weg.csv") == [": dit bestand bestaat niet."]


def test_a_damaged_workbook_is_one_sentence(tmp_path: Path) -> None:
    path, _book = returned(tmp_path)
    path.write_bytes(path.read_bytes()[:3_000])
    assert refused(path)[0].startswith(": deze werkmap is beschadigd of niet te lezen.")
    assert refused(Path("-"))[0].endswith("geef een bestand; besluiten komen niet van standaardinvoer.")


# a work list that went through a spreadsheet


def returned(folder: Path, *changes: Mapping[str, Any]) -> tuple[Path, openpyxl.Workbook]:
    facts = {
        "gemeente": "G",
        "werkgever": "Visser",
        "werkgever_sleutel": "01234567",
        "functie": "x",
        "kandidaat_id": "0001",
    }
    facts |= {
        "instrument": "flextensie",
        "startdatum": date(2026, 1, 1),
        "einddatum": date(2026, 3, 31),
        "fase": "lopend",
    }
    facts |= {"waarde": "3", "grens": "2", "toelichting": "t", "bestand": "b.csv"}
    columns = [pl.lit(value).alias(name) for name, value in facts.items()]
    words = [pl.lit("x").alias(name) for name in ("norm", "titel", "vraag")]
    frame = findings(*changes).with_columns(*columns, rij=pl.lit(2, pl.UInt32))
    worklist.write([frame], frame.height, folder / "werklijst.xlsx", words)
    return folder / "werklijst.xlsx", openpyxl.load_workbook(folder / "werklijst.xlsx")


def fill(sheet: Any, name: str, said: Mapping[str, Any]) -> None:
    head = {cell.value: cell.column for cell in sheet[1]}
    place = next(row for row in range(2, sheet.max_row + 1) if sheet.cell(row, head["plaatsing_id"]).value == name)
    for column, value in said.items():
        sheet.cell(place, head[column]).value = value


def test_a_list_can_be_renamed_sorted_filtered_and_have_columns_moved(tmp_path: Path) -> None:
    path, book = returned(tmp_path)
    sheet = book["Werklijst"]
    fill(sheet, "P2", SAID | {"besluit": "Verklaard ", "datum": date(2026, 10, 12)})
    rows = [[cell.value for cell in line] for line in sheet.iter_rows()]
    sheet.delete_rows(1, 4)
    for number, line in enumerate([rows[0], *reversed(rows[1:])], start=1):
        for place, value in enumerate([*reversed(line), "eigen"], start=1):
            sheet.cell(number, place).value = value
    sheet.cell(1, len(rows[0]) + 1).value = "mijn opmerking"
    sheet.auto_filter.add_filter_column(0, ["x"])
    sheet.row_dimensions[3].hidden = True
    sheet.title = "af"
    book.create_sheet("Kladblok")["A1"] = "besluit"
    book.save(path)
    found = given(path).fresh
    assert found.select("plaatsing_id", "besluit", "datum", "kenmerk", "feiten", "waar").rows() == [
        ("P2", "verklaard", date(2026, 10, 12), MARKS["P2"], FACTS, f"{path}, rij 3")
    ]


def test_a_list_that_nobody_touched_gives_no_decision(tmp_path: Path) -> None:
    path, _book = returned(tmp_path)
    stand, decisions = decided(path)
    assert set(stand.values()) == {None}
    assert (decisions.kept.height, decisions.counts["open"]) == (0, 3)


def test_the_file_that_was_given_is_never_changed(tmp_path: Path) -> None:
    path, book = returned(tmp_path)
    fill(book["Werklijst"], "P1", SAID)
    book.save(path)
    before = path.read_bytes()
    decided(path)
    assert path.read_bytes() == before


def test_earlier_decisions_may_not_get_lost(tmp_path: Path) -> None:
    path, _book = returned(tmp_path, {"beoordeling": "terecht (01-07-2026)"})
    assert refused(path) == [
        f": op deze lijst staan eerdere besluiten, maar het bestand {LEDGER} is er niet bij. "
        f"Leg {LEDGER} uit de map van dat rapport naast de lijst."
    ]
    kept(tmp_path, row(datum="01-07-2026", over="signaal"))
    assert decided(path)[0]["P1"] == "terecht (01-07-2026)"


# what a decision means for a signal


def test_a_decision_is_shown_at_its_signal_and_counted(tmp_path: Path) -> None:
    stand, decisions = decided(csv(tmp_path, row(), row("P2", besluit="in onderzoek")))
    assert stand == {"P1": "terecht (12-10-2026)", "P2": "in onderzoek (12-10-2026)", "P3": None}
    assert decisions.counts == {
        "open": 1, "in onderzoek": 1, "terecht": 1, "verklaard": 0, "niet terecht": 0, "veranderd": 0, "verlopen": 0,
    }  # fmt: skip
    assert decisions.kept.select("plaatsing_id", "besluit", "kenmerk", "feiten").rows() == [
        ("P1", "terecht", MARKS["P1"], FACTS),  # a list without facts gets those of the same mark
        ("P2", "in onderzoek", MARKS["P2"], FACTS),
    ]


CHANGES = {
    "einddatum was 31-03-2026, nu 30-06-2026": FACTS.replace("31-03", "30-06"),
    "einddatum was 31-03-2026, nu leeg; werkgever was visser, nu de boer": FACTS.replace("31-03-2026", "leeg").replace(
        "visser", "de boer"
    ),
    None: FACTS + "; uren_per_week: 32",  # a fact that the rule did not look at before
}


@pytest.mark.parametrize("why, facts", CHANGES.items(), ids=map(str, CHANGES))
def test_a_signal_is_reopened_when_its_facts_change(tmp_path: Path, why: str | None, facts: str) -> None:
    path = csv(tmp_path, row(feiten=FACTS), row("P2"))
    stand, decisions = decided(path, {"kenmerk": "k00000000000f", "feiten": facts})
    assert stand == {
        "P1": f"heropend: {why}" if why else "terecht (12-10-2026)",
        "P2": "terecht (12-10-2026)",
        "P3": None,
    }
    assert decisions.counts["veranderd"] == (1 if why else 0)
    assert decisions.reopened["heropend_omdat"].to_list() == ([why] if why else [])


def hired(employer: str, place: str = "") -> str:
    """Facts of a placement with this employer, and this place of work where it is another."""
    return f"startdatum: 01-01-2026; werkgever: {employer}" + (f"; plaats van het werk: {place}" if place else "")


@pytest.mark.parametrize(
    "then, now, why",
    [
        (hired("een", "fabriek"), hired("anders", "fabriek"), "werkgever was een, nu anders"),
        (hired("een", "fabriek"), hired("een", "loods"), "plaats van het werk was fabriek, nu loods"),
        (hired("een"), hired("een", "fabriek"), "plaats van het werk was een, nu fabriek"),
        (hired("een", "fabriek"), hired("een"), "plaats van het werk was fabriek, nu een"),
        (hired("een"), hired("anders"), "werkgever was een, nu anders"),
        (hired("fabriek"), hired("een", "fabriek"), None),  # as builds before wrote it: the place of work alone
    ],
)
def test_an_agency_and_its_place_of_work_are_held_apart(tmp_path: Path, then: str, now: str, why: str | None) -> None:
    path = csv(tmp_path, row(feiten=then))
    stand, _decisions = decided(path, {"kenmerk": "k00000000000f", "feiten": now})
    assert stand["P1"] == (f"heropend: {why}" if why else "terecht (12-10-2026)")


def test_a_mark_without_facts_says_that_something_changed(tmp_path: Path) -> None:
    path = csv(tmp_path, row())
    assert decided(path, {"kenmerk": "k00000000000f"})[0]["P1"] == "heropend: de feiten veranderden"


@pytest.mark.parametrize(
    "until, again", [("29-09-2026", True), ("30-09-2026", False), ("31-12-9999", False), ("", False)]
)
def test_a_decision_holds_up_to_and_including_its_last_day(tmp_path: Path, until: str, again: bool) -> None:
    stand, decisions = decided(csv(tmp_path, row(datum="01-07-2026", geldig_tot=until)))
    said = "heropend: het besluit gold tot en met 29-09-2026" if again else "terecht (01-07-2026)"
    assert (stand["P1"], decisions.counts["verlopen"]) == (said, int(again))


def test_a_new_decision_on_the_new_facts_closes_the_signal(tmp_path: Path) -> None:
    now = {"kenmerk": "k00000000000f", "feiten": FACTS.replace("31-03", "30-06")}
    kept(tmp_path, row(over="signaal", feiten=FACTS))
    path = csv(tmp_path, row(**now))  # the same words on the same day, but about other facts
    stand, decisions = decided(path, now)
    assert stand["P1"] == "terecht (12-10-2026)"
    assert decisions.kept["kenmerk"].to_list() == [MARKS["P1"], "k00000000000f"]


def test_english_says_it_in_english_but_keeps_it_in_dutch(tmp_path: Path) -> None:
    choose_language("en")
    stand, decisions = decided(csv(tmp_path, row(besluit="unfounded")))
    assert stand["P1"] == "unfounded (12-10-2026)"
    assert decisions.kept["besluit"].item() == "niet terecht"
    assert label("niet terecht") == "unfounded"


# whole cases


def test_a_decision_on_a_case_is_one_on_each_signal_that_its_list_has(tmp_path: Path) -> None:
    other = {"zaak": "A", "plaatsing_id": "P2", "regel": "duur_te_lang", "kenmerk": MARKS["P2"]}
    whole = row("", regel="", kenmerk="")
    both = csv(tmp_path, whole, {**other, "plaatsing_id": "P1", "kenmerk": MARKS["P1"]}, other)
    assert decided(both)[0] == {"P1": "terecht (12-10-2026)", "P2": "terecht (12-10-2026)", "P3": None}
    seen, decisions = decided(csv(tmp_path, whole, other))  # P1 is new: nobody saw it
    assert seen == {"P1": None, "P2": "terecht (12-10-2026)", "P3": None}
    assert decisions.kept.select("plaatsing_id", "regel", "over").rows() == [("P2", "duur_te_lang", "zaak")]


def test_an_emptied_rule_means_the_whole_case(tmp_path: Path) -> None:
    path, book = returned(tmp_path)
    fill(book["Werklijst"], "P1", SAID | {"regel": None})
    book.save(path)
    assert decided(path)[0] == {"P1": "terecht (12-10-2026)", "P2": "terecht (12-10-2026)", "P3": None}


def test_without_a_list_a_case_is_what_arose_before_the_decision(tmp_path: Path) -> None:
    path = csv(tmp_path, {"zaak": "A", **SAID})
    late = {"ontstaan_op": date(2026, 10, 13)}
    assert decided(path, {}, late)[0] == {"P1": "terecht (12-10-2026)", "P2": None, "P3": None}


def test_a_decision_on_a_signal_goes_before_one_on_its_case(tmp_path: Path) -> None:
    path = csv(tmp_path, row(besluit="verklaard"), {"zaak": "A", **SAID}, header=list(row()))
    assert decided(path)[0]["P1"] == "verklaard (12-10-2026)"


# contradictions


@pytest.mark.parametrize(
    "rows, pair",
    [
        ([row(), row(besluit="verklaard", door="KL")], (2, 3)),
        ([row(), row("P2"), row(reden="iets anders")], (2, 4)),
        ([{"zaak": "A", **SAID}, {"zaak": "A", **SAID, "besluit": "verklaard"}], (2, 3)),
        ([{"zaak": "A", **SAID}, row(besluit="verklaard", door="KL")], (2, 3)),
    ],
)
def test_two_decisions_on_one_thing_on_one_day_are_refused(
    tmp_path: Path, rows: list[dict[str, str]], pair: tuple[int, int]
) -> None:
    path = csv(tmp_path, *rows, header=list(row()))
    with pytest.raises(UserError) as caught:
        decided(path)
    (mistake,) = caught.value.mistakes
    assert {f"{path}, rij {n}" for n in pair} == {mistake.where, mistake.what.split(": ")[1]}


def test_the_same_row_twice_is_one_decision_and_another_day_is_another(tmp_path: Path) -> None:
    path = csv(tmp_path, row(), row(), row(besluit="verklaard", datum="13-10-2026"))
    stand, decisions = decided(path)
    assert (stand["P1"], decisions.kept.height) == ("verklaard (13-10-2026)", 2)


# the file in which decisions are kept


def kept(folder: Path, *rows: Mapping[str, str]) -> Path:
    return csv(folder, *rows, header=SCHEMA.names(), name=LEDGER)


def test_the_file_grows_and_loses_nothing(tmp_path: Path) -> None:
    out = tmp_path / "rapport"
    out.mkdir()
    first, earlier = csv(tmp_path, row(verwijzing="=1+1", plaatsing_id="-7", kenmerk="")), None
    for path in (first, csv(tmp_path, row("P2", datum="20-10-2026"), name="tweede.csv")):
        found = read(path, out, today=TODAY)
        assert found is not None
        _applied, decisions = decide(findings(), found, DAY)
        write_csv(decisions.kept, out / LEDGER)
        lines = (out / LEDGER).read_text("utf-8-sig").splitlines()
        assert earlier is None or lines[: len(earlier)] == earlier
        earlier = lines
    assert earlier is not None
    assert earlier[0].split(";") == SCHEMA.names()
    assert [line.split(";")[1] for line in earlier[1:]] == ["'-7", "P2"]
    again = read(out / LEDGER, out, today=TODAY)
    assert again is not None
    assert again.fresh.is_empty()
    assert again.earlier.select("plaatsing_id", "verwijzing").rows() == [("-7", "=1+1"), ("P2", None)]


def test_the_same_list_again_adds_nothing(tmp_path: Path) -> None:
    path = csv(tmp_path, row(), {"zaak": "B", **SAID}, header=list(row()))
    _stand, once = decided(path)
    write_csv(once.kept, tmp_path / LEDGER)
    _stand, twice = decided(path)
    assert once.kept.height == 2
    assert twice.kept.equals(once.kept)


def test_decisions_of_an_older_report_and_of_the_list_come_together(tmp_path: Path) -> None:
    (tmp_path / "rapport").mkdir()
    kept(tmp_path / "rapport", row(datum="01-07-2026", over="signaal"))
    kept(tmp_path, row(datum="01-07-2026", over="signaal"), row("P2", datum="02-07-2026", over="signaal"))
    _stand, decisions = decided(csv(tmp_path, row("P3", zaak="B")))
    assert decisions.kept["plaatsing_id"].to_list() == ["P1", "P2", "P3"]


def test_without_a_list_the_decisions_of_the_old_report_still_hold(tmp_path: Path) -> None:
    assert read(None, tmp_path, today=TODAY) is None
    kept(tmp_path, row(over="signaal"))
    found = read(None, tmp_path, today=date(2020, 1, 1))  # what was kept is not asked when it was made
    assert found is not None
    assert decide(findings(), found, DAY)[1].counts["terecht"] == 1


def test_a_later_decision_counts_whatever_the_order_and_the_older_one_is_listed(tmp_path: Path) -> None:
    kept(tmp_path, row(besluit="verklaard", datum="20-10-2026", over="signaal"))
    stand, decisions = decided(csv(tmp_path, row()))
    assert stand["P1"] == "verklaard (20-10-2026)"
    assert decisions.outdated["plaatsing_id"].to_list() == ["P1"]
    assert decisions.kept["besluit"].to_list() == ["verklaard", "terecht"]


def test_decisions_on_what_this_run_does_not_have_are_listed_and_kept(tmp_path: Path) -> None:
    kept(tmp_path, row("P8", datum="01-07-2026", over="signaal"))
    path = csv(tmp_path, row("P9"), {"zaak": "Z", **SAID}, row(), header=list(row()))
    stand, decisions = decided(path)
    assert stand["P1"] == "terecht (12-10-2026)"
    assert decisions.unknown.select("zaak", "plaatsing_id").rows() == [("A", "P9"), ("Z", None)]
    assert decisions.absent["plaatsing_id"].to_list() == ["P8"]
    assert set(decisions.kept["plaatsing_id"].to_list()) == {"P8", "P9", None, "P1"}


def test_a_number_that_a_spreadsheet_spoiled_is_found_by_its_mark(tmp_path: Path) -> None:
    path = csv(tmp_path, row("12", kenmerk=MARKS["P1"]))
    stand, decisions = decided(path, {"plaatsing_id": "0012"})
    assert stand["0012"] == "terecht (12-10-2026)"
    assert decisions.kept["plaatsing_id"].item() == "0012"


def test_decisions_are_held_against_many_findings_in_columns() -> None:
    n = 50_000
    names = [f"P{k}" for k in range(n)]
    many = pl.DataFrame(
        {"zaak": ["A"] * n, "plaatsing_id": names, "regel": ["r"] * n, "kenmerk": ["k1"] * n, "feiten": ["a: 1"] * n}
    )
    said = {"besluit": "terecht", "reden": "x", "door": "JB", "datum": date(2026, 10, 12), "over": "signaal"}
    values = {name: pl.lit(said.get(name), SCHEMA[name]).alias(name) for name in SCHEMA if name not in many.columns}
    made = many.with_columns(*values.values(), feiten=pl.lit("a: 2"), kenmerk=pl.lit("k2")).select(SCHEMA.names())
    found = apply(many, made, DAY)
    assert found["heropend_omdat"].unique().to_list() == ["a was 2, nu 1"]
    assert found["plaatsing_id"].to_list() == names
