"""Files that end before what is asked about: said on the terminal and on both pages, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from verdringing.cli import main
from verdringing.parts import plan

HEADER = "kandidaat_id;werkgever;instrument;startdatum;einddatum\n"
OPEN = "K1;Bakkerij De Korenaar;flextensie;01-02-2026;\n"
ENDED = "K2;Bakkerij De Korenaar;flextensie;01-01-2026;15-01-2026\n"
EARLY = "De laatste plaatsing begint op 1 februari 2026. Misschien lopen de bestanden niet tot en met de peildatum"
ONE_OPEN = "1 plaatsing zonder einddatum telt als lopend tot en met de peildatum."


def told(folder: Path, rows: str, *asked: str) -> list[str]:
    """What the terminal and the page of an audit say, then those of a check before it."""
    file = folder / "plaatsingen.csv"
    file.write_text(HEADER + rows, encoding="utf-8")
    said = []
    for command, out, page in (("audit", "rapport", "rapport/index.html"), ("controleer", "c.html", "c.html")):
        made = CliRunner().invoke(main, [command, str(file), "--uit", str(folder / out), "--overschrijf", *asked])
        assert made.exit_code == 0, made.output
        said += [made.output, (folder / page).read_text(encoding="utf-8")]
    return said


# a quarter is 92 days here: 1 February and 92 days is 4 May
@pytest.mark.parametrize(
    ("rows", "asked", "early"),
    [
        (OPEN, ["--peildatum", "2026-05-04"], False),
        (OPEN, ["--peildatum", "2026-05-05"], True),
        (ENDED, ["--peildatum", "2026-05-05"], False),
        (OPEN, ["--periode", "2026K1"], False),
        (OPEN, ["--periode", "2031K1"], True),
        (OPEN, ["--periode", "2026K2", "--peildatum", "2026-02-03"], False),  # asked about what has yet to come
        (OPEN + ENDED, ["--periode", "2026-02-02..2026-02-03"], True),
    ],
)
def test_files_that_end_early_are_named(tmp_path: Path, rows: str, asked: list[str], early: bool) -> None:
    for text in told(tmp_path, rows, *asked):
        assert (EARLY in text, ONE_OPEN in text) == (early, early)


def test_who_asks_about_a_time_after_all_placements_hears_so(tmp_path: Path) -> None:
    for text in told(tmp_path, ENDED, "--periode", "2026K3"):
        assert "De laatste plaatsing begint op 1 januari 2026." in text
        assert "zonder einddatum" not in text.split("De laatste plaatsing")[1][:300]


def test_parts_reach_as_far_as_the_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plan, "parts_of", lambda _order: 3)
    for text in told(tmp_path, OPEN + ENDED, "--periode", "2031K1")[:2]:
        assert (EARLY in text, ONE_OPEN in text) == (True, True)


def test_the_first_day_there_is_can_be_asked_about(tmp_path: Path) -> None:
    file = tmp_path / "plaatsingen.csv"
    file.write_text(HEADER + OPEN, encoding="utf-8")
    asked = ["controleer", str(file), "--uit", str(tmp_path / "c.html"), "--peildatum", "1900-01-01"]
    assert CliRunner().invoke(main, asked, catch_exceptions=False).exit_code == 0


ENDLESS = "Geen enkele plaatsing heeft een einddatum, dus alle plaatsingen tellen als lopend."


@pytest.mark.parametrize(("rows", "endless"), [(OPEN * 9, False), (OPEN * 10, True), (OPEN * 10 + ENDED, False)])
def test_many_placements_of_which_none_ends_are_named(tmp_path: Path, rows: str, endless: bool) -> None:
    apart = "\n".join(f"{n}{row}" for n, row in enumerate(rows.splitlines()))
    for text in told(tmp_path, f"{apart}\n", "--peildatum", "2026-02-03"):
        assert (ENDLESS in text) is endless
