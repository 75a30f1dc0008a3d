"""Sentences of the page that count something: they are true as a reader takes them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from verdringing.audit import audit
from verdringing.audited import Order
from verdringing.cli import main
from verdringing.parts import plan
from verdringing.period import parse_period

HEADER = "plaatsing_id;kandidaat_id;werkgever;inlener;instrument;startdatum;einddatum;functie;begeleiding"


def page_of(folder: Path, rows: Sequence[str], **asked: Any) -> str:
    """The text of the report, without tags."""
    (folder / "p.csv").write_text("\n".join([HEADER, *rows]), encoding="utf-8")
    now, out = datetime(2026, 10, 31, tzinfo=UTC), folder / "rapport"
    found = audit(Order((folder / "p.csv",), out, date(2026, 9, 30), now, overwrite=True, **asked))
    assert found.findings.height
    text = (out / "index.html").read_text(encoding="utf-8")
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", text))


def placement(nr: int, begin: str, end: str = "", employer: str = "Zon", guided: str = "nee") -> str:
    return f"P{nr};K{nr};{employer};Fabriek;stage;{begin};{end};inpakker;{guided}"


AROUND = [  # before the period, in it, after it and running on the reference date, after both
    placement(1, "2025-01-01", "2025-02-01"),
    placement(2, "2026-04-01", "2026-06-30"),
    placement(3, "2026-08-01"),
    placement(4, "2026-11-01"),
]


def test_what_begins_after_the_period_is_no_history(tmp_path: Path) -> None:
    said = page_of(tmp_path, AROUND, period=parse_period("2026K2"))
    assert re.findall(r"(beëindigd|loopt|begint nog)(?:, )(voorgeschiedenis|buiten de periode)", said) == [
        ("beëindigd", "voorgeschiedenis"),
        ("loopt", "buiten de periode"),
        ("begint nog", "buiten de periode"),
    ]
    assert (
        "4 plaatsingen = 1 beoordeeld + 3 niet beoordeeld (buiten de periode of van een andere gemeente). "
        "Wat daarvan in dezelfde gemeente eerder begon, telt mee als voorgeschiedenis." in said
    )


def test_the_explanation_of_a_case_says_which_rows_were_not_judged(tmp_path: Path) -> None:
    page_of(tmp_path, AROUND)
    out = tmp_path / "rapport"
    asked = ["audit", tmp_path / "p.csv", "--uit", out, "--overschrijf", "--periode", "2026K2", "--stil"]
    assert CliRunner().invoke(main, [*map(str, asked)]).exit_code == 0
    zaak = re.search(r"#zaak-(\S{11})", (out / "index.html").read_text(encoding="utf-8"))
    assert zaak
    said = CliRunner().invoke(main, ["uitleg", str(out), zaak[1]]).stdout
    assert said.count("; buiten de periode, dus niet beoordeeld") == 3


def test_the_first_sentence_names_employers_as_whose_signals_they_are(tmp_path: Path) -> None:
    rows = [placement(1, "2026-04-01", employer="Bureau A"), placement(2, "2026-04-01", employer="Bureau B")]
    assert "1 zaak met signalen over 2 werkgevers vraagt om een blik; 1 daarvan loopt" in page_of(tmp_path, rows)


def running(count: int) -> list[str]:
    """Placements that run, each a case of its own."""
    return [f"P{n};K{n};Firma {n};;stage;2026-04-01;;inpakker;nee" for n in range(count)]


LOOKED_AT = "Hiervoor is alleen naar de eerste 200 zaken gekeken. Bij de andere zaken ziet u aan de fase wat nog loopt."


@pytest.mark.parametrize("large", [240_000_000, 1])
def test_what_to_do_says_which_cases_were_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, large: int
) -> None:
    monkeypatch.setattr(plan, "LARGE", large)
    monkeypatch.setattr(plan, "PART_BYTES", 5_000)
    some, whole = page_of(tmp_path, running(206)), page_of(tmp_path, running(200))
    assert f"6 van 200 getoond. {LOOKED_AT}" in some
    assert "6 van 200 getoond. Bij de zaken ziet u aan de fase wat nog loopt." in whole
    assert "Hiervoor is alleen" not in whole


def test_what_to_do_says_so_where_little_of_it_runs_too(tmp_path: Path) -> None:
    ended = [one.replace(";2026-04-01;;", ";2026-04-01;2026-05-01;") for one in running(206)]
    law = "P0;K0;Firma 0;;participatieplaats;2022-01-03;;inpakker;nee"  # a case that rests on statute comes first
    said = page_of(tmp_path, [law, *ended[1:]])
    assert LOOKED_AT in said
    assert "getoond. Hiervoor" not in said
