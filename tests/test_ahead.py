"""What a case asks for first: a signal that can still be prevented or stopped."""

from __future__ import annotations

from datetime import date
from types import SimpleNamespace

import polars as pl

from verdringing.page.ahead import first_ahead

LAW = SimpleNamespace(name="wettelijk", variant=0, key="wettelijk", file=SimpleNamespace(norm="wet"))
SIGN = SimpleNamespace(name="aanwijzing", variant=0, key="aanwijzing", file=SimpleNamespace(norm="signaal"))
RULES = {(rule.name, rule.variant): rule for rule in (SIGN, LAW)}
DAY = date(2026, 9, 30)
PLACEMENTS = pl.DataFrame({"nr": [1, 2, 3]})


def finding(nr: int, rule: str, phase: str, arose: date | None, **decided: str | None) -> dict[str, object]:
    given = {"volgorde": 0, "nr": nr, "regel": rule, "variant": 0, "fase": phase, "ontstaan_op": arose}
    return given | decided


def first(*findings: dict[str, object]) -> tuple[str, int] | None:
    """Rule and placement of what the case asks for first."""
    found = first_ahead(pl.DataFrame(findings, schema_overrides={"ontstaan_op": pl.Date}), PLACEMENTS, RULES, DAY)
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


def test_a_signal_on_which_a_decision_stands_asks_nothing_until_it_is_reopened() -> None:
    open_ = finding(2, "aanwijzing", "lopend", date(2026, 6, 1), beoordeling=None, heropend_omdat=None)
    settled = finding(1, "wettelijk", "lopend", date(2026, 2, 1), beoordeling="verklaard", heropend_omdat=None)
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
