"""Facts of an intake: reasons, gaps, what can be judged, how far a rule looks back, what is long and what contradicts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from conftest import placed, rows_of_text, shipped

from verdringing import rulebook
from verdringing.inspection.reach import open_for_long, reach, short_history
from verdringing.intake import able, contradictions, gaps, reasons
from verdringing.judge import judge
from verdringing.period import Period
from verdringing.reading.raw import PROBLEMS


def placements(*rows: Mapping[str, str | None], period: Period | None = None) -> pl.DataFrame:
    given = [{"plaatsing_id": f"P{n}", "kandidaat_id": f"K{n}", **row} for n, row in enumerate(rows, 1)]
    return placed(rows_of_text(given), period=period)


def policy(folder: Path, text: str) -> rulebook.RuleBook:
    path = folder / "beleid.yaml"
    path.write_text(text, encoding="utf-8")
    return rulebook.load(path)


def test_reasons_count_rows_and_not_problems() -> None:
    problem = {"bestand": "a.csv", "blad": None, "kolom": "startdatum", "waarde": "x", "reden": "is geen datum"}
    other = problem | {"kolom": "instrument", "reden": "ontbreekt"}
    table = pl.DataFrame([problem | {"rij": 2}, problem | {"rij": 3}, other | {"rij": 3}], schema=PROBLEMS)
    assert reasons(table).rows() == [("startdatum", "is geen datum", 2), ("instrument", "ontbreekt", 1)]


def test_gaps_tell_empty_from_absent() -> None:
    given = placements({"uren_per_week": "24"}, {"uren_per_week": "variabel"}, {"uren_per_week": None})
    found = {row["kolom"]: row for row in gaps(given, {"uren_per_week", "functie"}).to_dicts()}
    assert found["uren_per_week"] == {
        "kolom": "uren_per_week",
        "leeg": 2,
        "procent": pytest.approx(200 / 3),
        "aanwezig": True,
    }
    assert found["functie"]["leeg"] == 0
    assert not found["uurtarief"]["aanwezig"]
    assert "startdatum" not in found


def test_gaps_of_nothing_divide_by_nothing() -> None:
    assert set(gaps(placements({}).clear(), {"functie"})["procent"]) == {0.0}


def test_able_adds_up_to_the_placements_in_scope() -> None:
    given = placements({"uurtarief": "20"}, {"uurtarief": None}, {"instrument": "stage"})
    rules = shipped().rules
    found = able(judge(given, rules).verdicts, rules)
    assert set(found["regel"]) == {rule.name for rule in rules if rule.on}
    assert set(found.select(pl.sum_horizontal("toetsbaar", "niet_toetsbaar", "nvt")).to_series()) == {3}
    wml = found.row(by_predicate=pl.col("regel") == "tarief_onder_wml", named=True)
    assert (wml["toetsbaar"], wml["niet_toetsbaar"], wml["nvt"]) == (1, 1, 1)


def test_able_without_a_placement() -> None:
    rules = shipped().rules
    found = able(judge(placements({}).clear(), rules).verdicts, rules)
    assert found.height == sum(rule.on for rule in rules)
    assert found["toetsbaar"].sum() == 0


@pytest.mark.parametrize(
    "rule, term",
    [
        ("opvolging_zelfde_functie", (183, "dagen")),
        ("instrumenten_gestapeld", (183, "dagen")),
        ("doorlopende_bezetting", (12, "maanden")),
        ("terugkerende_piek", (2, "jaren")),
        ("geen_doorstroom", (24, "maanden")),
        ("participatieplaats_te_lang", (24, "maanden")),
        ("duur_te_lang", (6, "maanden")),
        ("proefplaatsing_na_eerder_werk", None),
    ],
)
def test_how_far_the_shipped_rules_look_back(rule: str, term: tuple[int, str] | None) -> None:
    (one,) = [one for one in shipped().rules if one.name == rule]
    found = reach(one)
    assert (found and found.written) == term


def test_the_reach_is_that_of_the_policy(tmp_path: Path) -> None:
    text = "regels:\n  opvolging_zelfde_functie:\n    parameters: {max_tussenruimte_dagen: 0}\n"
    text += "  proefplaatsing_na_eerder_werk:\n    parameters: {ooit: nee, binnen_maanden: 18}\n"
    text += "  terugkerende_piek:\n    parameters: {max_jaren: 1000}\n  geen_doorstroom: {aan: nee}\n"
    book = policy(tmp_path, text)
    found = {row["regel"]: row for row in short_history(placements({}), book.rules).to_dicts()}
    assert found["opvolging_zelfde_functie"]["terug"] == "1 dag"
    assert found["proefplaatsing_na_eerder_werk"]["terug"] == "18 maanden"
    assert found["terugkerende_piek"]["terug"].startswith("100 ")
    assert "geen_doorstroom" not in found


def soon(given: pl.DataFrame, rule: str = "doorlopende_bezetting") -> tuple[int, int]:
    row = short_history(given, shipped().rules).row(by_predicate=pl.col("regel") == rule, named=True)
    return row["aantal"], row["van"]


def test_a_start_within_the_reach_of_the_first_row_counts() -> None:
    given = placements({"startdatum": "2024-01-01"}, {"startdatum": "2024-12-31"}, {"startdatum": "2025-01-01"})
    assert soon(given) == (2, 3)


def test_history_begins_in_each_gemeente_of_its_own() -> None:
    rows = (("2020-01-01", "Noord"), ("2024-01-01", "Noord"), ("2024-01-01", "Zuid"))
    assert soon(placements(*({"startdatum": day, "gemeente": town} for day, town in rows))) == (2, 3)


def test_only_what_is_in_scope_counts_but_history_reaches_back_to_all() -> None:
    period = Period(date(2026, 7, 1), date(2026, 9, 30), "2026K3")
    given = placements(
        {"startdatum": "2026-05-01", "einddatum": "2026-05-31"}, {"startdatum": "2026-08-01"}, period=period
    )
    assert soon(given) == (1, 1)


def test_a_rule_counts_its_own_instruments_only() -> None:
    assert soon(placements({}, {"instrument": "participatieplaats"}), "participatieplaats_te_lang") == (1, 1)


@pytest.mark.parametrize(
    "instrument, start, words",
    [
        ("flextensie", "2025-09-30", "12 maanden"),
        ("participatieplaats", "2022-09-30", "48 maanden"),
        ("loonkostensubsidie", "2024-09-30", "24 maanden"),
    ],
)
def test_long_open_is_longer_than_the_term_and_not_as_long(instrument: str, start: str, words: str) -> None:
    long, just = {"instrument": instrument, "startdatum": start}, {"instrument": instrument}
    just["startdatum"] = date.fromisoformat(start).replace(month=10, day=1).isoformat()
    found = open_for_long(placements(long, just, long | {"einddatum": "2026-12-31"}), shipped().rules)
    assert found.select("plaatsing_id", "langer_dan").rows() == [("P1", words)]


def test_a_rule_that_is_off_limits_nothing() -> None:
    rules = [replace(rule, on=False) for rule in shipped().rules]
    found = open_for_long(placements({"startdatum": "2024-09-30"}), rules)
    assert found["langer_dan"].to_list() == ["24 maanden"]


@pytest.mark.parametrize(
    "row, kind",
    [
        ({"laatste_contact": "2026-10-01"}, "contact_na_peildatum"),
        ({"laatste_contact": "2025-01-31", "startdatum": "2026-02-01"}, "contact_lang_voor_start"),
        ({"uitstroom": "volledig"}, "uitstroom_voor_einde"),
        ({"uitstroom": "nee", "einddatum": "2026-09-30"}, "uitstroom_voor_einde"),
        ({"uitstroom": "nee", "uitstroom_naar": "zelfde", "einddatum": "2025-03-31"}, "uitstroom_naar_na_nee"),
        ({"verlenging_datum": "2025-01-05"}, "verlenging_erbuiten"),
        ({"verlenging_datum": "2025-04-01", "einddatum": "2025-03-31"}, "verlenging_erbuiten"),
    ],
)
def test_a_contradiction_is_named(row: dict[str, str], kind: str) -> None:
    assert contradictions(placements(row))["soort"].to_list() == [kind]


@pytest.mark.parametrize(
    "row",
    [
        {"laatste_contact": "2026-09-30"},
        {"laatste_contact": "2025-02-01", "startdatum": "2026-02-01"},
        {"uitstroom": "volledig", "uitstroom_naar": "zelfde", "einddatum": "2026-09-29"},
        {"uitstroom_naar": "andere", "uitstroom": "deels", "einddatum": "2025-03-31"},
        {"verlenging_datum": "2025-01-06"},
        {"verlenging_datum": "2025-03-31", "einddatum": "2025-03-31"},
        {},
    ],
)
def test_what_does_not_contradict(row: dict[str, str]) -> None:
    assert contradictions(placements(row)).is_empty()
