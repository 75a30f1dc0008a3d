"""What a case asks for first: a signal that can still be prevented or stopped."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import polars as pl

from verdringing.page.ahead import Ahead, first_ahead
from verdringing.page.to_do import nothing_to_do, to_do

LAW = SimpleNamespace(name="wettelijk", variant=0, key="wettelijk", file=SimpleNamespace(norm="wet"))
SIGN = SimpleNamespace(name="aanwijzing", variant=0, key="aanwijzing", file=SimpleNamespace(norm="signaal"))
RULES = {(rule.name, rule.variant): rule for rule in (SIGN, LAW)}
DAY = date(2026, 9, 30)
PLACEMENTS = pl.DataFrame({"nr": [1, 2, 3]})


def finding(nr: int, rule: str, phase: str, arose: date | None, **decided: str | None) -> dict[str, object]:
    given = {"volgorde": 0, "nr": nr, "regel": rule, "variant": 0, "fase": phase, "ontstaan_op": arose}
    return given | decided


def ahead_of(*findings: dict[str, object]) -> dict[int, Ahead]:
    return first_ahead(pl.DataFrame(findings, schema_overrides={"ontstaan_op": pl.Date}), PLACEMENTS, RULES, DAY)


def first(*findings: dict[str, object]) -> tuple[str, int] | None:
    """Rule and placement of what the case asks for first."""
    found = ahead_of(*findings)
    return (found[0].rule.name, found[0].row["nr"]) if found else None


def test_what_is_planned_goes_before_what_runs_and_what_ended_asks_nothing() -> None:
    ended = finding(1, "wettelijk", "beeindigd", date(2026, 1, 1))
    runs = finding(2, "wettelijk", "lopend", date(2026, 2, 1))
    planned = finding(3, "aanwijzing", "voorgenomen", date(2026, 12, 1))
    assert first(ended, runs, planned) == ("aanwijzing", 3)
    assert first(ended, runs) == ("wettelijk", 2)
    assert first(ended) is None


def test_the_earliest_comes_first_and_on_one_day_the_statute() -> None:
    late = finding(1, "wettelijk", "lopend", date(2026, 3, 1))
    early = finding(2, "aanwijzing", "lopend", date(2026, 2, 1))
    same_day = finding(3, "wettelijk", "lopend", date(2026, 2, 1))
    never = finding(1, "wettelijk", "lopend", None)
    assert first(late, early) == ("aanwijzing", 2)
    assert first(early, same_day) == ("wettelijk", 3)
    assert first(never, late) == ("wettelijk", 1)
    assert first(never, early) == ("aanwijzing", 2)


def test_a_signal_that_was_decided_to_be_innocent_asks_nothing_until_it_is_reopened() -> None:
    open_ = finding(2, "aanwijzing", "lopend", date(2026, 6, 1), besluit=None, beoordeling=None, heropend_omdat=None)
    given = {"besluit": "verklaard", "beoordeling": "verklaard", "heropend_omdat": None}
    settled = finding(1, "wettelijk", "lopend", date(2026, 2, 1), **given)
    again = settled | {"heropend_omdat": "einddatum veranderde"}
    assert first(settled, open_) == ("aanwijzing", 2)
    assert first(settled) is None
    assert first(again, open_) == ("wettelijk", 1)


def test_what_can_still_be_prevented_goes_before_what_is_there_already() -> None:
    there = finding(1, "wettelijk", "lopend", date(2026, 2, 1))
    planned = finding(2, "wettelijk", "voorgenomen", date(2026, 9, 30))
    tomorrow = finding(3, "aanwijzing", "lopend", date(2026, 10, 1))
    later = finding(2, "wettelijk", "lopend", date(2026, 11, 1))
    assert first(there, planned, tomorrow, later) == ("aanwijzing", 3)
    assert first(there, planned) == ("wettelijk", 2)


def test_a_decision_that_it_is_right_or_looked_into_leaves_it_on_the_list() -> None:
    for status in ("terecht", "in onderzoek"):
        decided = {"besluit": status, "beoordeling": f"{status} (01-10-2026)", "heropend_omdat": None}
        runs = finding(1, "wettelijk", "lopend", date(2026, 2, 1), **decided)
        assert first(runs) == ("wettelijk", 1)
        assert ahead_of(runs)[0].decision == f"{status} (01-10-2026)"
    for status in ("verklaard", "niet terecht"):
        assert first(runs | {"besluit": status}) is None


def dossier(volgorde: int, phase: str, start: date, end: date | None, arose: date) -> SimpleNamespace:
    row = {"fase": phase, "startdatum": start, "einddatum": end}
    return SimpleNamespace(volgorde=volgorde, ahead=Ahead(LAW, arose, row, None))


def test_what_can_be_prevented_comes_first_and_in_each_part_the_soonest() -> None:
    long_ago = date(2025, 1, 1)
    shown = [
        dossier(0, "lopend", long_ago, None, long_ago),
        dossier(1, "lopend", long_ago, date(2026, 12, 1), long_ago),
        dossier(2, "lopend", long_ago, date(2026, 11, 1), long_ago),
        dossier(3, "voorgenomen", date(2026, 10, 20), None, date(2026, 9, 1)),
        dossier(4, "lopend", long_ago, None, date(2026, 11, 5)),
        dossier(5, "lopend", long_ago, None, date(2026, 10, 5)),
        SimpleNamespace(volgorde=6, ahead=None),
    ]
    entries = to_do(SimpleNamespace(order=SimpleNamespace(day=DAY)), shown)
    assert [entry["dossier"].volgorde for entry in entries] == [5, 3, 4, 2, 1, 0]


def test_why_there_is_nothing_to_do_is_said_as_it_is() -> None:
    def said(running: int, cases: int) -> str:
        return nothing_to_do(SimpleNamespace(sums=SimpleNamespace(running=running, cases=cases)), [None] * 2)

    assert "geen plaatsing met een signaal die nog loopt" in said(0, 2)
    assert "staat een besluit waarmee het is afgedaan" in said(2, 2)
    assert "In de eerste 2 zaken" in said(2, 3)
