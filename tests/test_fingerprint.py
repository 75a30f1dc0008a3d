"""What a finding rests on: the same mark for as long as the facts are the same, and words for what changed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date

import polars as pl
import pytest
from conftest import DAY, only, placed, rows_of_text, shipped

from verdringing.deciding.fingerprint import with_marks
from verdringing.judge import judge
from verdringing.words import choose_language

LONG = {"plaatsing_id": "P1", "startdatum": "01-01-2026", "uren_per_week": "32", "uurtarief": "9,75"}


@pytest.fixture(autouse=True)
def _dutch() -> Iterator[None]:
    yield
    choose_language("nl")


def marked(rule: str, *rows: Mapping[str, str | None], day: date = DAY) -> tuple[str, str]:
    """The mark and the facts of the finding of a rule on placement P1."""
    book = only(shipped(), [rule])
    placements = placed(rows_of_text(rows), day, book=book)
    names = placements.select("nr", "plaatsing_id")
    findings = judge(placements, book.rules).findings.join(names, on="nr", how="left", maintain_order="left")
    found = with_marks(findings, placements, book).filter(pl.col("plaatsing_id") == "P1")
    return found.select("kenmerk", "feiten").row(0)


def test_the_facts_are_those_that_the_verdict_reads() -> None:
    # 1 January with 32 hours: three months, so 31 March is the last day
    mark, facts = marked("duur_te_lang", LONG)
    assert facts == (
        "einddatum: leeg; functie: inpakker; grens: 31-03-2026; instrument: flextensie; startdatum: 01-01-2026; "
        "werkgever: bakkerij de korenaar"
    )
    assert len(mark) == 13
    assert mark.startswith("k")


def test_the_mark_is_the_same_in_every_version_of_the_tool() -> None:
    # printf 'duur_te_lang\037P1\037<the facts above>' | sha256sum | cut -c-12
    assert marked("duur_te_lang", LONG)[0] == "k1a380fc5cb91"


@pytest.mark.parametrize("rule", ["duur_te_lang", "dienstbetrekking_risico", "geen_contact", "tarief_onder_wml"])
def test_a_later_reference_date_changes_nothing(rule: str) -> None:
    row = {**LONG, "laatste_contact": "01-02-2026"}
    assert marked(rule, row) == marked(rule, row, day=date(2026, 12, 31))


def test_an_open_placement_that_ends_is_another_fact_only_where_the_end_counts() -> None:
    ended = {**LONG, "einddatum": "15-08-2026"}
    assert "einddatum: 15-08-2026" in marked("duur_te_lang", ended)[1]
    assert marked("duur_te_lang", LONG)[0] != marked("duur_te_lang", ended)[0]
    assert marked("tarief_onder_ondergrens", {**LONG, "startdatum": "01-02-2017"}) == marked(
        "tarief_onder_ondergrens", {**LONG, "startdatum": "01-02-2017", "einddatum": "15-08-2026"}
    )


@pytest.mark.parametrize(
    "change",
    [
        {"werkgever": "BAKKERIJ  De Korenaar B.V."},
        {"functie": "Inpakker (m/v)"},
        {"kvk_nummer": "12345678"},
        {"kandidaat_id": "p-1"},
    ],
)
def test_another_spelling_or_number_of_the_same_changes_nothing(change: Mapping[str, str]) -> None:
    assert marked("duur_te_lang", {**LONG, **change}) == marked("duur_te_lang", LONG)


@pytest.mark.parametrize(
    "change, fact",
    [
        ({"werkgever": "Visser"}, "werkgever: visser"),
        ({"functie": "plukker"}, "functie: plukker"),
        ({"uren_per_week": "24", "startdatum": "02-01-2026"}, "grens: 01-07-2026"),
    ],
)
def test_another_employer_job_or_limit_is_another_fact(change: Mapping[str, str], fact: str) -> None:
    mark, facts = marked("duur_te_lang", {**LONG, **change})
    assert fact in facts.split("; ")
    assert mark != marked("duur_te_lang", LONG)[0]


HIRED = {**LONG, "werkgever": "Bureau Een", "kvk_nummer": "11112222", "inlener": "Fabriek Oost B.V."}


def test_who_employs_is_a_fact_and_the_place_of_work_another_where_they_differ() -> None:
    facts = marked("duur_te_lang", HIRED)[1].split("; ")
    assert {"werkgever: bureau een", "plaats van het werk: fabriek oost"} < {*facts}
    number = marked("duur_te_lang", {**HIRED, "inlener": None, "inlener_kvk": "55443322"})[1].split("; ")
    assert {"werkgever: bureau een", "plaats van het werk: 55443322"} < {*number}
    same = marked("duur_te_lang", {**HIRED, "inlener": "BUREAU EEN"})
    assert same == marked("duur_te_lang", {**HIRED, "inlener": None})
    assert "plaats van het werk" not in same[1]


def test_a_place_in_a_row_is_a_fact_and_the_end_of_the_placement_is_not() -> None:
    before = [
        {"plaatsing_id": f"Q{n}", "kandidaat_id": f"K{n}", "startdatum": f"0{n}-01-2026", "einddatum": f"0{n}-01-2026"}
        for n in (1, 2, 3)
    ]
    third, fourth = before[1:], before
    row = {"plaatsing_id": "P1", "kandidaat_id": "K9", "startdatum": "01-02-2026"}
    mark, facts = marked("opvolging_zelfde_functie", *third, row)
    assert "waarde: 3" in facts.split("; ")
    assert marked("opvolging_zelfde_functie", *third, {**row, "einddatum": "01-03-2026"})[0] == mark
    assert "waarde: 4" in marked("opvolging_zelfde_functie", *fourth, row)[1].split("; ")


def test_the_language_of_a_run_is_no_fact() -> None:
    rows = {"tarief_onder_wml": LONG, "niet_vrijwillig": {**LONG, "vrijwillig": "nee"}}
    dutch = {rule: marked(rule, row) for rule, row in rows.items()}
    choose_language("en")
    assert {rule: marked(rule, row) for rule, row in rows.items()} == dutch
    assert "uurtarief: 9,75" in dutch["tarief_onder_wml"][1]


def test_a_bsn_in_a_name_is_no_fact() -> None:
    bsn = "".join(("1234", "56", "782"))
    assert "werkgever: (afgeschermd)" in marked("duur_te_lang", {**LONG, "werkgever": f"Jan {bsn}"})[1]
