"""Limits that are near: only of placements that reach them, as far as the files tell."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from verdringing import near
from verdringing.audit import audit
from verdringing.audited import Order

HEADER = "plaatsing_id;kandidaat_id;werkgever;functie;instrument;startdatum;einddatum;uren_per_week\n"
# flextensie with 32 hours may take three months: from 15 January up to and including 14 April 2026
ROWS = {
    "open": "K1;Bakkerij De Korenaar;inpakker;flextensie;15-01-2026;;32",
    "in-time": "K2;Bakkerij De Korenaar;inpakker;flextensie;15-01-2026;13-04-2026;32",
    "last-day": "K3;Bakkerij De Korenaar;inpakker;flextensie;15-01-2026;14-04-2026;32",
    "hours-unknown": "K4;Bakkerij De Korenaar;inpakker;flextensie;15-01-2026;30-04-2026;",
    "goes-over": "K7;Bakkerij De Korenaar;inpakker;flextensie;15-01-2026;30-06-2026;32",
    "is-over": "K8;Bakkerij De Korenaar;inpakker;flextensie;15-10-2025;30-06-2026;32",
    "far": "K5;Bakkerij De Korenaar;inpakker;flextensie;15-03-2026;;32",
    "ended": "K6;Bakkerij De Korenaar;inpakker;flextensie;15-01-2026;20-03-2026;32",
}


def test_only_what_reaches_its_limit_is_named(tmp_path: Path) -> None:
    file = tmp_path / "plaatsingen.csv"
    file.write_text(HEADER + "".join(f"{name};{row}\n" for name, row in ROWS.items()), encoding="utf-8")
    order = Order((file,), tmp_path / "rapport", date(2026, 3, 31), datetime(2026, 4, 1, tzinfo=UTC))
    counted = audit(order).sums
    near = counted.deadlines.filter(regel="duur_te_lang").sort("plaatsing_id")
    assert counted.near == counted.deadlines.height
    assert near.select("plaatsing_id", "limiet_op").rows() == [
        ("goes-over", date(2026, 4, 14)),
        ("hours-unknown", date(2026, 4, 14)),
        ("open", date(2026, 4, 14)),
    ]


def test_a_list_that_is_cut_says_how_many_there_are(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(near, "MOST_DEADLINES", 2)
    file = tmp_path / "plaatsingen.csv"
    file.write_text(HEADER + "".join(f"{name};{row}\n" for name, row in ROWS.items()), encoding="utf-8")
    found = audit(Order((file,), tmp_path / "rapport", date(2026, 3, 31), datetime(2026, 4, 1, tzinfo=UTC)))
    assert found.sums.deadlines.height == 2 < found.sums.near
    assert f"2 van {found.sums.near} getoond." in (tmp_path / "rapport" / "index.html").read_text(encoding="utf-8")
