"""What contradicts itself in placements: it becomes a warning with its row, and never a verdict."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from conftest import placed, rows_of_text

from verdringing.cli import main
from verdringing.doubts import doubts
from verdringing.page.odd import packed_doubts

START = {"kandidaat_id": "K1", "startdatum": "2026-01-05"}
SHORT = {"startdatum": "2026-03-01", "einddatum": "2026-03-31"}


def said(*rows: dict[str, str]) -> list[tuple[int, str, str, str]]:
    """Row, column, value and reason of every doubt; the first row of a file is row 2."""
    given = [{"plaatsing_id": f"P{n}", "werkgever": "x", **START, **row} for n, row in enumerate(rows, 1)]
    return doubts(placed(rows_of_text(given))).select("rij", "kolom", "waarde", "reden").rows()


def test_too_many_hours_together_are_named_at_every_row_with_the_period() -> None:
    # 24 + 20 = 44 hours a week in March; the third placement is of another candidate
    together = (
        "met andere plaatsingen van deze kandidaat samen 44 uur per week, van 1 maart 2026 tot en met 31 maart 2026"
    )
    found = said(
        {"uren_per_week": "24"}, SHORT | {"uren_per_week": "20"}, {"kandidaat_id": "K2", "uren_per_week": "36"}
    )
    assert found == [(2, "uren_per_week", "24", together), (3, "uren_per_week", "20", together)]


def test_open_placements_have_no_last_day() -> None:
    (first, _other) = said({"uren_per_week": "36"}, {"startdatum": "2026-03-01", "uren_per_week": "8,5"})
    assert first[3] == "met andere plaatsingen van deze kandidaat samen 44,5 uur per week, vanaf 1 maart 2026"


def test_a_contradiction_is_named_with_its_column_and_value() -> None:
    assert said({"uitstroom": "nee", "einddatum": "2026-03-31", "uitstroom_naar": "zelfde"}) == [
        (2, "uitstroom_naar", "zelfde", "er is ingevuld waarheen, maar er was geen uitstroom")
    ]


@pytest.mark.parametrize("hours", [("20", "20"), ("36", None), ("40", None)])
def test_what_can_be_right_stays_unsaid(hours: tuple[str, str | None]) -> None:
    assert not said(*({"uren_per_week": count} if count else {} for count in hours))


def test_what_names_days_is_not_carried_for_every_case_of_a_large_report() -> None:
    # row 2 has 44 hours with row 3 in March, and says where somebody went who did not leave; so does row 4
    went = {"uitstroom": "nee", "uitstroom_naar": "zelfde", "einddatum": "2026-03-31"}
    rows = [{"uren_per_week": "24"} | went, SHORT | {"uren_per_week": "20"}, {"kandidaat_id": "K2"} | went]
    given = [{"plaatsing_id": f"P{n}", "werkgever": "x", **START, **row} for n, row in enumerate(rows, 1)]
    placements = placed(rows_of_text(given)).sort("rij").with_row_index("plek")
    assert doubts(placements)["rij"].to_list() == [2, 2, 3, 4]
    packed = {name: values.to_list() for name, values in packed_doubts(placements, doubts(placements)).items()}
    said = "Let op bij uitstroom_naar in deze rij: er is ingevuld waarheen, maar er was geen uitstroom."
    assert packed == {"opmerkingen": [said], "opgemerkt": [0, 2], "opmerking": [0, 0]}


def test_the_audit_writes_doubts_beside_emptied_values(tmp_path: Path) -> None:
    file = tmp_path / "a.csv"
    rows = ["K1;Zon;flextensie;05-01-2026;36;12,x", "K1;Maan;flextensie;06-01-2026;36;13,00"]
    file.write_text("kandidaat_id;werkgever;instrument;startdatum;uren_per_week;uurtarief\n" + "\n".join(rows) + "\n")
    arguments = ["audit", str(file), "--uit", str(tmp_path / "r"), "--peildatum", "2026-03-01"]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    written = pl.read_csv(tmp_path / "r" / "waarschuwingen.csv", separator=";", infer_schema=False)
    assert written.select("rij", "kolom").rows() == [("2", "uurtarief"), ("2", "uren_per_week"), ("3", "uren_per_week")]


def test_a_finding_says_what_is_odd_in_its_row(tmp_path: Path) -> None:
    # row 2 runs nine months at 36 hours (three is the most) and was last seen after the reference date; row 3 is alone
    file = tmp_path / "a.csv"
    rows = [
        "K1;Zon;flextensie;05-01-2026;30-09-2026;36;12,x;31-12-2026",
        "K2;Maan;flextensie;05-01-2026;30-09-2026;36;;",
    ]
    head = "kandidaat_id;werkgever;instrument;startdatum;einddatum;uren_per_week;uurtarief;laatste_contact\n"
    file.write_text(head + "\n".join(rows) + "\n")
    arguments = ["audit", str(file), "--uit", str(tmp_path / "r"), "--peildatum", "2026-09-30", "--zonder-werklijst"]
    assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    page = (tmp_path / "r" / "index.html").read_text(encoding="utf-8")
    second, first = page.split('class="inside"')[1:]
    said = [
        "Let op bij uurtarief in deze rij: heeft tekst bij het getal; schrijf alleen het getal.",
        "Let op bij laatste_contact in deze rij: laatste contact ligt na de peildatum.",
    ]
    assert [first.count(one) for one in said] == 2 * [first.count("a.csv, rij 2 ·")]
    assert "a.csv, rij 2 ·" in first
    assert "a.csv, rij 3 ·" in second
    assert "Let op bij" not in second
    case = first.partition('id="zaak-')[2][:11]
    told = CliRunner().invoke(main, ["uitleg", str(tmp_path / "r"), case], catch_exceptions=False).output
    assert [told.count(f"  {one}\n") for one in said] == [1, 1]
