"""A whole year of one municipality: four files, decisions in Excel, a limit that changes; every count derived by hand.

Three rules are on: duur_te_lang (flextensie; six months in the first half of the year, four in the second),
niet_vrijwillig (flextensie) and geen_begeleiding (every instrument). Every placement has its own employer and job.
The tables beside QUARTERS say what each file has, and why each verdict is what it is.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import openpyxl
import polars as pl
import pytest
from click.testing import CliRunner

from verdringing import rulebook
from verdringing.cli import main
from verdringing.earlier.compare import compare
from verdringing.reported import read_report

ON = ("duur_te_lang", "niet_vrijwillig", "geen_begeleiding")
COLUMNS = ("startdatum", "einddatum", "vrijwillig", "begeleiding", "instrument")
FINE = {"einddatum": "", "vrijwillig": "ja", "begeleiding": "ja", "instrument": "flextensie"}
Rows = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class Quarter:
    """A file, the months that a placement may last, what a person decides afterwards, and what the report must say."""

    name: str
    day: date
    months: int
    rows: Rows
    findings: set[tuple[str, str]]
    since: Mapping[str, int] | None = None
    decided: Mapping[str, int] | None = None
    decisions: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


QUARTERS = (
    Quarter(
        "K1",
        date(2026, 3, 31),
        6,
        {
            "P1": {"startdatum": "2025-09-01", "einddatum": "2026-02-27"},  # 28 February is the last allowed day
            "P2": {"startdatum": "2025-08-01"},  # open; 1 February is too long
            "P3": {"startdatum": "2026-01-05", "einddatum": "2026-03-31", "vrijwillig": "nee"},
            "P4": {"startdatum": "2026-02-02", "einddatum": "2026-05-29", "begeleiding": "nee"},
            "P5": {"startdatum": "2026-03-02"},
        },
        {("P2", "duur_te_lang"), ("P3", "niet_vrijwillig"), ("P4", "geen_begeleiding")},
        decisions={
            "P2": {"besluit": "verklaard", "reden": "wacht op contract", "geldig_tot": date(2026, 6, 30)},
            "P3": {"besluit": "terecht", "reden": "gesprek gevoerd"},
            "P4": {"besluit": "niet terecht", "reden": "begeleider was er wel"},
        },
    ),
    Quarter(
        "K2",
        date(2026, 6, 30),
        6,
        {
            "P2": {"startdatum": "2025-08-01"},  # the same; its decision holds up to and including 30 June
            "P3": {"startdatum": "2026-01-05", "einddatum": "2026-06-12", "vrijwillig": "nee"},  # extended
            "P4": {"startdatum": "2026-02-02", "einddatum": "2026-05-29"},  # corrected: no signal any more
            "P5": {"startdatum": "2025-12-01"},  # backdated: 1 June is too long now
            "P6": {"startdatum": "2026-04-01", "einddatum": "2026-06-30", "vrijwillig": "nee"},  # new
        },
        {("P2", "duur_te_lang"), ("P3", "niet_vrijwillig"), ("P5", "duur_te_lang"), ("P6", "niet_vrijwillig")},
        # new: P5, P6; the same: P2 (only the reference date moved); changed: P3 (last day); gone: P4
        since={"nieuw": 2, "gewijzigd": 1, "gebleven": 1, "verdwenen": 1, "niet_vergelijkbaar": 0},
        # consent does not depend on the last day of P3: the decision on it stands
        decided={"open": 2, "verklaard": 1, "terecht": 1},
        decisions={
            "P5": {"besluit": "in onderzoek", "reden": "startdatum nagevraagd"},
            "P6": {"besluit": "terecht", "reden": "gesprek gevoerd"},
        },
    ),
    Quarter(
        "K3",
        date(2026, 9, 30),
        4,  # the limit changes
        {
            "P2": {"startdatum": "2025-08-01"},
            "P3": {"startdatum": "2026-01-05", "einddatum": "2026-06-12", "vrijwillig": "nee"},  # outside the quarter
            "P5": {"startdatum": "2025-12-01", "einddatum": "2026-07-15"},  # ended
            # P6 was removed from the administration
            "P7": {"startdatum": "2026-04-20", "einddatum": "2026-08-31"},  # 20 August is too long now
            "P8": {"startdatum": "2026-07-06", "einddatum": "2026-09-25", "begeleiding": "nee", "instrument": "WEP"},
        },
        {("P2", "duur_te_lang"), ("P5", "duur_te_lang"), ("P7", "duur_te_lang"), ("P8", "geen_begeleiding")},
        # new: P8; gone: P3, P6 (not in the report any more); the rule on duration changed: P2, P5, P7 cannot be compared
        since={"nieuw": 1, "gewijzigd": 0, "gebleven": 0, "verdwenen": 2, "niet_vergelijkbaar": 3},
        # P7, P8 are new; the decision on P2 ran out on 30 June; the facts of P5 changed
        decided={"open": 2, "verlopen": 1, "veranderd": 1},
        decisions={
            "P2": {"besluit": "terecht", "reden": "contract kwam niet"},
            "P5": {"besluit": "verklaard", "reden": "kreeg een baan"},
            "P7": {"besluit": "niet terecht", "reden": "ziek geweest"},
        },
    ),
    Quarter(
        "K4",
        date(2026, 12, 31),
        4,
        {
            "P2": {"startdatum": "2025-08-01", "einddatum": "2026-10-31"},  # ended
            "P5": {"startdatum": "2025-12-01", "einddatum": "2026-07-15"},  # outside the quarter
            "P7": {"startdatum": "2026-04-20", "einddatum": "2026-10-15"},  # extended
            "P8": {"startdatum": "2026-07-06", "einddatum": "2026-12-18", "begeleiding": "nee", "instrument": "WEP"},
            "P9": {"startdatum": "2026-10-05", "vrijwillig": ""},  # nobody can tell
            "P10": {"startdatum": "2026-11-02", "einddatum": "2026-12-31", "vrijwillig": "nee"},
        },
        {("P2", "duur_te_lang"), ("P7", "duur_te_lang"), ("P8", "geen_begeleiding"), ("P10", "niet_vrijwillig")},
        # new: P10; changed: P2, P7, P8 (last day); gone: P5 (not in the report any more)
        since={"nieuw": 1, "gewijzigd": 3, "gebleven": 0, "verdwenen": 1, "niet_vergelijkbaar": 0},
        # P8 was never decided on and P10 is new; P2 and P7 reopen, because their last day changed
        decided={"open": 2, "veranderd": 2},
    ),
)
FOUR = {
    # P2, P7 too long; P9 until 4 February and P10 are not; P8 is no flextensie
    "duur_te_lang": {"signaal": 2, "geen_signaal": 2, "niet_toetsbaar": 0, "nvt": 1},
    "niet_vrijwillig": {"signaal": 1, "geen_signaal": 2, "niet_toetsbaar": 1, "nvt": 1},
    "geen_begeleiding": {"signaal": 1, "geen_signaal": 4, "niet_toetsbaar": 0, "nvt": 0},
}


def written(room: Path, quarter: Quarter) -> list[str]:
    """The file and the policy of a quarter, and the command to audit it with what came before."""
    lines = [";".join(("plaatsing_id", "kandidaat_id", "werkgever", "functie", *COLUMNS))]
    for name, row in quarter.rows.items():
        cells = FINE | row
        lines.append(";".join((name, f"K{name}", f"Werkgever {name}", f"functie {name}", *map(cells.get, COLUMNS))))
    (room / f"{quarter.name}.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    rules = [f"  {rule.name}: {{aan: nee}}" for rule in rulebook.load().rules if rule.name not in ON]
    limit = f"  duur_te_lang: {{parameters: {{grenzen: [{{maanden: {quarter.months}}}]}}}}"
    (room / f"{quarter.name}.yaml").write_text("\n".join(["regels:", limit, *rules]) + "\n", encoding="utf-8")
    period = ["--periode", f"2026{quarter.name}", "--uit", str(room / quarter.name), "--stil"]
    command = ["audit", str(room / f"{quarter.name}.csv"), "--beleid", str(room / f"{quarter.name}.yaml"), *period]
    before = room / f"K{int(quarter.name[1]) - 1}"
    if before.exists():
        command += ["--vorige", str(before), "--beoordelingen", str(before / "werklijst.xlsx")]
    return command


def clock(quarter: Quarter) -> dict[str, str]:
    """The day after the quarter, as the moment of the run."""
    return {
        "SOURCE_DATE_EPOCH": str(
            int(datetime(quarter.day.year, quarter.day.month, quarter.day.day, 12, tzinfo=UTC).timestamp())
        )
    }


def decide(report: Path, quarter: Quarter) -> None:
    """Fill in the work list as a person would, on the last day of the quarter."""
    book = openpyxl.load_workbook(report / "werklijst.xlsx")
    sheet = book["Werklijst"]
    head = {cell.value: cell.column for cell in sheet[1]}
    for row in range(2, sheet.max_row + 1):
        said = quarter.decisions.get(sheet.cell(row, head["plaatsing_id"]).value)
        for name, value in ({"door": "CO", "datum": quarter.day} | dict(said) if said else {}).items():
            sheet.cell(row, head[name]).value = value
    book.save(report / "werklijst.xlsx")


@pytest.fixture(scope="module")
def year(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Four reports, each with the decisions of the quarter before."""
    room = tmp_path_factory.mktemp("jaar")
    for quarter in QUARTERS:
        result = CliRunner().invoke(main, written(room, quarter), env=clock(quarter), catch_exceptions=False)
        assert result.exit_code == 0, result.output
        decide(room / quarter.name, quarter)
    return room


@pytest.mark.parametrize("quarter", QUARTERS, ids=lambda quarter: quarter.name)
def test_the_signals_of_every_quarter_are_those_found_by_hand(year: Path, quarter: Quarter) -> None:
    found = pl.read_csv(year / quarter.name / "bevindingen.csv", separator=";", infer_schema=False)
    assert set(found.select("plaatsing_id", "regel").rows()) == quarter.findings


@pytest.mark.parametrize("quarter", QUARTERS[1:], ids=lambda quarter: quarter.name)
def test_every_difference_with_the_quarter_before_is_counted(year: Path, quarter: Quarter) -> None:
    before = year / f"K{int(quarter.name[1]) - 1}"
    assert compare(read_report(before), read_report(year / quarter.name)).counts == quarter.since
    page = (year / quarter.name / "index.html").read_text(encoding="utf-8")
    told = "{nieuw} nieuw, {gewijzigd} gewijzigd, {gebleven} hetzelfde, {verdwenen} verdwenen, {niet_vergelijkbaar} niet te vergelijken."
    assert told.format(**quarter.since or {}) in page


@pytest.mark.parametrize("quarter", QUARTERS[1:], ids=lambda quarter: quarter.name)
def test_decisions_stand_expire_and_reopen(year: Path, quarter: Quarter) -> None:
    found = pl.read_csv(year / quarter.name / "bevindingen.csv", separator=";", infer_schema=False)
    said = dict(found.select("plaatsing_id", "beoordeling").rows())
    stands = {"open": [], "veranderd": [], "verlopen": []} | {
        name: [] for name in ("in onderzoek", "terecht", "verklaard", "niet terecht")
    }
    for name, told in said.items():
        kind = "open" if not told else told.split(" (")[0]
        if told and told.startswith("heropend"):
            kind = "verlopen" if "het besluit gold tot en met" in told else "veranderd"
        stands[kind].append(name)
    assert {kind: len(names) for kind, names in stands.items() if names} == quarter.decided


def test_why_a_decision_reopened_is_told(year: Path) -> None:
    third, fourth = (
        dict(
            pl.read_csv(year / name / "bevindingen.csv", separator=";", infer_schema=False)
            .select("plaatsing_id", "beoordeling")
            .rows()
        )
        for name in ("K3", "K4")
    )
    assert third["P2"].startswith("heropend: het besluit gold tot en met 30-06-2026")
    assert "einddatum was leeg, nu 15-07-2026" in third["P5"]
    assert fourth["P2"] == "heropend: einddatum was leeg, nu 31-10-2026"
    assert fourth["P7"] == "heropend: einddatum was 31-08-2026, nu 15-10-2026"


def test_the_counts_of_the_fourth_report(year: Path) -> None:
    counts = json.loads((year / "K4" / "verantwoording.json").read_text(encoding="utf-8"))["tellingen"]
    # six rows; P5 ended before the quarter
    assert (counts["gelezen"], counts["plaatsingen"], counts["afgekeurd"], counts["in_bereik"]) == (6, 6, 0, 5)
    assert (counts["bevindingen"], counts["zaken"]) == (4, 4)
    assert {rule: counts["oordelen"][rule] for rule in ON} == FOUR


def test_what_is_settled_asks_for_nothing_and_stays_visible(year: Path) -> None:
    # in the second quarter P2 still runs, but its decision stands; P5 runs and nobody decided yet
    page = (year / "K2" / "index.html").read_text(encoding="utf-8")
    to_do = page.split('id="doen"')[1].split("</section>")[0]
    assert "KP5" in to_do
    assert "KP2" not in to_do
    assert "verklaard (31-03-2026)" in page


def test_every_decision_of_the_year_is_kept_in_order(year: Path) -> None:
    kept = pl.read_csv(year / "K4" / "beoordelingen.csv", separator=";", infer_schema=False)
    expected = [(name, said["besluit"]) for quarter in QUARTERS for name, said in quarter.decisions.items()]
    assert len(expected) == 8
    assert sorted(kept.select("plaatsing_id", "besluit").rows()) == sorted(expected)
    days = [day[6:] + day[3:5] + day[:2] for day in kept["datum"]]
    assert days == sorted(days)


def test_every_report_of_the_year_can_be_proven(year: Path) -> None:
    result = CliRunner().invoke(main, ["verifieer", str(year / "K4")], env=clock(QUARTERS[3]), catch_exceptions=False)
    assert (
        "Verschil: werklijst.xlsx is veranderd nadat het rapport is gemaakt." in result.output
    )  # a person filled it in
    assert "bevinding" not in result.output.replace("bevindingen.csv", "").replace("bevindingen.json", "")


def test_without_decisions_the_report_is_as_if_nobody_decided(year: Path, tmp_path: Path) -> None:
    command = written(year, QUARTERS[3])
    command[command.index("--uit") + 1] = str(tmp_path / "zonder")
    result = CliRunner().invoke(main, [*command, "--zonder-beoordelingen", "--streng"], env=clock(QUARTERS[3]))
    assert result.exit_code == 1  # four signals on policy, and nobody decided
    assert "4 signalen die op de wet of op beleid rusten, wachten op een besluit." in result.output
    found = pl.read_csv(tmp_path / "zonder" / "bevindingen.csv", separator=";", infer_schema=False)
    assert found["beoordeling"].null_count() == found.height == 4


@pytest.mark.parametrize("after", [0.1, 0.3, 0.45, 0.6, 0.75, 0.9])
def test_killing_the_process_loses_no_decision(year: Path, tmp_path: Path, after: float) -> None:
    """The report that is replaced holds the decisions; whenever the process dies, a whole folder stands there."""
    out = tmp_path / "rapport"
    command = written(year, QUARTERS[3])
    command[command.index("--uit") + 1] = str(out)
    again = [*command, "--overschrijf"]
    assert CliRunner().invoke(main, again, env=clock(QUARTERS[3])).exit_code == 0
    process = subprocess.Popen([sys.executable, "-m", "verdringing", *again], env=os.environ | clock(QUARTERS[3]))
    time.sleep(after)
    process.send_signal(signal.SIGKILL)
    process.wait()
    kept = [
        path
        for path in tmp_path.rglob("beoordelingen.csv")
        if pl.read_csv(path, separator=";", infer_schema=False).height == 8
    ]
    assert kept, "no folder has all eight decisions"
    assert CliRunner().invoke(main, again, env=clock(QUARTERS[3])).exit_code == 0
    assert pl.read_csv(out / "beoordelingen.csv", separator=";", infer_schema=False).height == 8


def test_a_report_with_decisions_that_came_back_can_be_proven(tmp_path: Path) -> None:
    first, second = QUARTERS[:2]
    assert CliRunner().invoke(main, written(tmp_path, first), env=clock(first)).exit_code == 0
    decide(tmp_path / "K1", first)
    assert CliRunner().invoke(main, written(tmp_path, second), env=clock(second)).exit_code == 0
    result = CliRunner().invoke(main, ["verifieer", str(tmp_path / "K2")], env=clock(second), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    assert "beoordelingen.csv" in result.output
