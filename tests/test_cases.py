"""Findings to cases: stable ids, a fixed order, and every finding in exactly one case."""

from __future__ import annotations

from hashlib import sha256

import polars as pl
import pytest
from conftest import DAY, placed, rows_of_text, shipped

from verdringing.cases import PLACE, REPORT_ORDER, by_case, case_id, cases, in_full, in_report_order
from verdringing.judge import judge

WAGE = {"startdatum": "2026-01-05", "einddatum": "2026-02-27", "uurtarief": "5,00", "uren_per_week": "20"}
LONG = {"startdatum": "2026-01-05", "einddatum": "2026-12-31", "uren_per_week": "36"}
TRIAL = {"instrument": "proefplaatsing", "startdatum": "2025-01-06", "einddatum": "2025-12-31"}


def found(rows: list[dict[str, str]]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Cases and findings of rows of text under the shipped rules."""
    placements = placed(rows_of_text(rows), DAY)
    findings = judge(placements, shipped().rules).findings
    per_case = cases(findings, placements, {rule.name: rule.file.norm for rule in shipped().rules})
    return per_case, in_full(by_case(findings, placements, per_case), placements, per_case)


def test_an_id_comes_from_the_keys_alone() -> None:
    digest = sha256(b"utrecht\x1f12345678\x1finpakker").digest()
    number = int.from_bytes(digest[:8], "big") >> 14  # fifty bits, written in ten letters of five bits
    letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
    written = "".join(letters[(number >> shift) & 31] for shift in range(45, -1, -5))
    assert case_id(("utrecht", "12345678", "inpakker")) == f"{written[:5]}-{written[5:]}"
    assert case_id((None, "x", None)) != case_id(("x", None, None))


def test_all_findings_on_one_job_are_one_case_however_it_is_spelled() -> None:
    rows = [
        {"plaatsing_id": "a", "kandidaat_id": "1", "werkgever": "Kas en Kluit B.V.", "functie": "tuinman", **WAGE},
        {"plaatsing_id": "b", "kandidaat_id": "2", "werkgever": "KAS & KLUIT", "functie": "Tuinman (m/v)", **LONG},
        {"plaatsing_id": "c", "kandidaat_id": "3", "werkgever": "Kas en Kluit", "functie": "chauffeur", **LONG},
    ]
    per_case, findings = found(rows)
    zaak = dict(findings.select("plaatsing_id", "zaak").rows())
    assert zaak["a"] == zaak["b"] != zaak["c"]
    assert per_case.height == 2
    assert per_case["bevindingen"].sum() == findings.height


def test_statute_comes_first_then_more_rules_then_more_findings_then_running() -> None:
    rows = [
        {"plaatsing_id": "ended", "kandidaat_id": "1", "werkgever": "A", **WAGE},  # two rules on the rate, ended
        {"plaatsing_id": "law", "kandidaat_id": "2", "werkgever": "Z", **TRIAL},
        {"plaatsing_id": "running", "kandidaat_id": "3", "werkgever": "B", **WAGE, "einddatum": ""},
    ]
    rows[2]["startdatum"] = "2026-08-03"
    per_case, findings = found(rows)
    order = findings.unique("zaak", keep="first", maintain_order=True)["plaatsing_id"].to_list()
    assert order == ["law", "running", "ended"]
    assert per_case["volgorde"].to_list() == [0, 1, 2]
    assert per_case["wet"].to_list() == [True, False, False]
    assert per_case["lopend"].to_list() == [False, True, False]
    assert per_case["regels"].to_list()[1] == per_case["regels"].to_list()[2]


def test_of_equals_what_comes_next_decides_and_at_last_the_key() -> None:
    # wet, regels, bevindingen, lopend, and the key; each case is ahead of the next in one thing and behind in the others
    order = [
        (True, 1, 1, False, "z"),
        (False, 3, 3, False, "y"),
        (False, 2, 5, False, "x"),
        (False, 2, 4, True, "w"),
        (False, 2, 4, False, "a"),
        (False, 2, 4, False, "b"),
        (False, 2, 4, False, None),
    ]
    rows = [(*case[:4], "gemeente", "werkplek", case[4]) for case in order]
    frame = pl.DataFrame(rows[::-1], schema=list(REPORT_ORDER), orient="row")
    assert in_report_order(frame).rows() == rows


@pytest.mark.parametrize("turn", range(3))
def test_ids_and_order_do_not_depend_on_the_order_of_rows(turn: int) -> None:
    rows = [
        {"plaatsing_id": name, "kandidaat_id": name, "werkgever": f"Firma {name}", **WAGE} for name in ("a", "b", "c")
    ]
    straight = found(rows)[0].select("zaak", *PLACE)
    assert found(rows[turn:] + rows[:turn])[0].select("zaak", *PLACE).equals(straight)


def test_without_findings_there_is_no_case() -> None:
    per_case, findings = found([{"plaatsing_id": "a", "startdatum": "2026-09-01", "einddatum": "2026-09-25"}])
    assert per_case.is_empty()
    assert findings.is_empty()
