"""Text from outside that wants to be more than text: it is shown, and nothing runs, breaks the page or leaks."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from on_screen import Seen, audited, opened
from playwright.sync_api import Browser

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closing": "</script></style></template></title><script>alert(2)</script>",
    "attribute": '" onmouseover="alert(3)" x=\'y',
    "image": "<img src=x onerror=alert(4)>",
    "template": "{{7*7}}{% for x in y %}{{ x }}{% endfor %}",
    "hole": "{zaak}{0}{__class__}%s",
    "formula": '=HYPERLINK("http://example.org/x")',
    "command": "@SUM(1+1)*cmd|' /C calc'!A0",
    "plus": "+31 alert",
    "right to left": "\u202ebakkerij\u202c \u200fwinkel \u2067naam\u2069",
    "invisible": "bak\u200bker\u00adij\ufeff \u2028regel",
    "comment": "<!-- <script> --> ]]> &lt;b&gt; &#60;",
    "address": "javascript:alert(5)",
    "long": "Langenaamzonderspaties" * 455,
}
HEADER = "plaatsing_id;kandidaat_id;werkgever;functie;instrument;startdatum;einddatum;uren_per_week;gemeente\n"


def cell(text: str) -> str:
    return '"' + text.replace('"', '""') + '"'


def rows(texts: list[str], copies: int = 1) -> Iterator[str]:
    """Per text a placement that lasts too long, under that name for everything that a user can name."""
    for number, text in enumerate(texts * copies):
        name = cell(text)
        yield f"{cell(f'{text[:60]}{number}')};{cell(f'{text[:60]}K{number}')};{name};{name};flextensie;01-01-2026;31-12-2026;36;{cell(text[:300])}\n"


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("vijandig")
    path = folder / "{{7*7}}<script>alert(6)<‮script>=1+1 ' .csv"
    path.write_text(HEADER + "".join(rows(list(HOSTILE.values()))), encoding="utf-8")
    audited(folder / "rapport", path, "--peildatum", "2026-09-30")
    return folder / "rapport"


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same names in a report of which the script draws the cases."""
    folder = tmp_path_factory.mktemp("vijandig-groot")
    many = "".join(f"Z{n};C{n};Firma {n};hulp;flextensie;01-01-2025;31-12-2026;36;G\n" for n in range(400))
    path = folder / "<img src=x onerror=alert(7)>.csv"
    path.write_text(HEADER + many + "".join(rows(list(HOSTILE.values()))), encoding="utf-8")
    audited(folder / "rapport", path, "--peildatum", "2026-09-30")
    return folder / "rapport"


def shown(browser: Browser, folder: Path, **context: object) -> Seen:
    return opened(browser, (folder / "index.html").as_uri(), **context)


def test_every_name_has_a_case(report: Path) -> None:
    with (report / "bevindingen.csv").open(encoding="utf-8-sig", newline="") as file:
        assert len({row["zaak"] for row in csv.DictReader(file, delimiter=";")}) >= len(HOSTILE) - 1


@pytest.mark.parametrize("width", [320, 1280])
def test_nothing_runs_and_nothing_sticks_out(browser: Browser, report: Path, width: int) -> None:
    seen = shown(browser, report, viewport={"width": width, "height": 800})
    seen.unfold()
    seen.choose(zoek="script")
    seen.choose(zoek="", werkgever="bakkerij", volgorde="werkgever")
    seen.choose(werkgever="")
    seen.unfold()
    stray = seen.run(
        "document.querySelectorAll('main img, main script, [onerror], [onmouseover], a[href^=javascript]').length"
    )
    heard, wide = seen.heard, seen.overflow()
    seen.close()
    assert heard == []
    assert stray == 0
    assert wide == []


def test_names_are_shown_as_they_are(browser: Browser, report: Path) -> None:
    seen = shown(browser, report)
    titles = " ".join(seen.find("#lijst h3").all_text_contents())
    broken = seen.violations()
    seen.close()
    for name in ("script", "image", "template", "hole", "formula", "comment", "address"):
        assert HOSTILE[name] in titles, name
    assert "49" not in titles
    assert not broken, broken


def test_the_script_draws_names_as_text(browser: Browser, large: Path) -> None:
    seen = shown(browser, large, viewport={"width": 320, "height": 800})
    assert seen.find("#zaken-inhoud").count() == 1
    for name in ("script", "closing", "image", "template", "formula", "right to left", "long"):
        seen.choose(zoek=HOSTILE[name][:40].split()[0])
        first = seen.find("#lijst > details").first
        first.locator("> summary").click()
        first.locator(".hearing").wait_for(state="attached")
        assert HOSTILE[name][:30].lower() in first.locator("h3").text_content().lower()
        assert seen.overflow() == []
    stray = seen.run("document.querySelectorAll('main img, main script').length")
    heard = seen.heard
    seen.close()
    assert stray == 0
    assert heard == []


def test_no_cell_of_any_csv_is_a_formula(report: Path) -> None:
    for path in report.glob("*.csv"):
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.reader(file, delimiter=";"):
                assert not [
                    text for text in row if text.lstrip("\u200b\u00ad\ufeff").startswith(("=", "+", "-", "@"))
                ], path.name


def test_the_long_name_is_whole_in_the_findings(report: Path) -> None:
    text = (report / "bevindingen.csv").read_text(encoding="utf-8-sig")
    assert HOSTILE["long"] in text
