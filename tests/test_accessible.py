"""The report for everyone: axe finds nothing in any state and language, and it fits, zooms, forces colours and holds still."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from on_screen import MUNICIPALITY, SAMPLES, Seen, audited, opened
from playwright.sync_api import Browser

from verdringing.cli import main


@pytest.fixture(scope="module")
def addresses(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Reports by what is in them, and language."""
    top = tmp_path_factory.mktemp("toegankelijk")
    clean = (SAMPLES / "schoon.csv", "--periode", "2026K3")
    given = {"gemeente": MUNICIPALITY, "schoon": clean}
    return {
        f"{name} {code}": audited(top / name / code, *arguments, language=code)
        for name, arguments in given.items()
        for code in ("nl", "en")
    }


def folded(seen: Seen) -> None:
    """As it opens."""


def filtered(seen: Seen) -> None:
    seen.choose(regel="meldpunt", volgorde="functie")


def nothing_found(seen: Seen) -> None:
    seen.choose(zoek="bestaat niet")


def one_open(seen: Seen) -> None:
    seen.find("#lijst > details > summary").nth(2).click()


def unfolded(seen: Seen) -> None:
    """Every part of the page open, with two dossiers in the list: axe needs seconds for all forty."""
    seen.choose(zoek="fietsfabriek")
    seen.unfold()


def all_open(seen: Seen) -> None:
    seen.unfold()


STATES = [folded, filtered, nothing_found, one_open, unfolded]


@pytest.fixture
def look(browser: Browser) -> Iterator[Callable[..., Seen]]:
    pages: list[Seen] = []

    def view(address: str, **options: object) -> Seen:
        pages.append(opened(browser, address, **options))
        return pages[-1]

    yield view
    for page in pages:
        page.close()


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.__name__)
@pytest.mark.parametrize("language", ["nl", "en"])
def test_nothing_is_inaccessible_in_any_state(look: Callable, addresses: dict, language: str, state: Callable) -> None:
    seen = look(addresses[f"gemeente {language}"])
    state(seen)
    broken = seen.violations()
    assert not broken, broken


def test_nothing_is_inaccessible_in_forty_open_dossiers(look: Callable, addresses: dict) -> None:
    seen = look(addresses["gemeente nl"])
    all_open(seen)
    broken = seen.violations()
    assert not broken, broken


@pytest.fixture(scope="module")
def others(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The page before an audit, a comparison of three reports, and a report with decisions and what changed since."""
    top = tmp_path_factory.mktemp("andere")
    file = str(SAMPLES / "voorbeeldstad.csv")
    policy = str(SAMPLES / "beleid" / "lokale-vormen.yaml")
    runs = [
        ["controleer", file, "--uit", str(top / "controle.html"), "--stil"],
        *(["audit", file, "--periode", f"2026K{n}", "--uit", str(top / f"K{n}"), "--stil"] for n in (1, 2)),
        ["audit", file, "--periode", "2026K3", "--uit", str(top / "K3"), "--stil", "--vorige", str(top / "K2")],
        ["vergelijk", *(str(top / f"K{n}") for n in (1, 2, 3)), "--uit", str(top / "vergelijking.html"), "--stil"],
    ]
    for arguments in runs:
        assert CliRunner().invoke(main, arguments, catch_exceptions=False).exit_code == 0
    decide(top / "K3" / "werklijst.xlsx")
    again = [
        "audit",
        file,
        "--beleid",
        policy,
        "--periode",
        "2026K3",
        "--uit",
        str(top / "K3"),
        "--stil",
        "--overschrijf",
    ]
    again += ["--vorige", str(top / "K2"), "--beoordelingen", str(top / "K3" / "werklijst.xlsx")]
    assert CliRunner().invoke(main, again, catch_exceptions=False).exit_code == 0
    pages = {"controle": "controle.html", "vergelijking": "vergelijking.html", "kwartaal": "K3/index.html"}
    return {name: (top / path).as_uri() for name, path in pages.items()}


def decide(path: Path) -> None:
    """Decide on the first signals of a work list."""
    book = openpyxl.load_workbook(path)
    sheet = book["Werklijst"]
    head = {cell.value: cell.column for cell in sheet[1]}
    said = {"besluit": "verklaard", "reden": "nagekeken", "door": "CO", "datum": "30-09-2026"}
    for row in (2, 3):
        for name, value in said.items():
            sheet.cell(row, head[name]).value = value
    book.save(path)


@pytest.mark.parametrize("name", ["controle", "vergelijking", "kwartaal"])
@pytest.mark.parametrize("width", [1280, 320])
def test_the_other_pages_are_accessible_and_fit(look: Callable, others: dict, name: str, width: int) -> None:
    seen = look(others[name], viewport={"width": width, "height": 800})
    seen.unfold()
    assert seen.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert seen.page.locator("h1").count() == 1
    assert not seen.heard
    broken = seen.violations()
    assert not broken, broken


@pytest.mark.parametrize("name", ["controle", "vergelijking", "kwartaal"])
def test_on_a_usual_screen_no_table_scrolls_sideways(look: Callable, others: dict, name: str) -> None:
    seen = look(others[name], viewport={"width": 1280, "height": 800})
    seen.unfold()
    assert seen.scrolled() == []


@pytest.mark.parametrize("language", ["nl", "en"])
def test_an_empty_report_is_accessible(look: Callable, addresses: dict, language: str) -> None:
    seen = look(addresses[f"schoon {language}"])
    seen.unfold()
    broken = seen.violations()
    assert not broken, broken


LOOKS = {
    "dark": {"color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 800}},
    "narrow dark": {"viewport": {"width": 320, "height": 800}, "color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "more contrast": {"contrast": "more"},
}


@pytest.mark.parametrize("name", LOOKS)
def test_it_is_accessible_however_it_is_looked_at(look: Callable, addresses: dict, name: str) -> None:
    seen = look(addresses["gemeente nl"], **LOOKS[name])
    unfolded(seen)
    broken = seen.violations()
    assert not broken, broken


def test_the_page_without_a_script_has_no_hidden_gaps(look: Callable, addresses: dict) -> None:
    """axe needs a script, so this page is the same one with the script taken away after it was read."""
    address = addresses["gemeente nl"]
    plain = Path(address.removeprefix("file://")).with_name("zonder.html")
    page = plain.with_name("index.html").read_text(encoding="utf-8")
    begin = page.rindex("<script>")
    plain.write_text(page[:begin] + page[page.index("</script>", begin) + 9 :], encoding="utf-8")
    seen = look(address, script=False)
    assert not seen.find("#filter").is_visible()
    broken = _without(look, plain)
    assert not broken, broken


def _without(look: Callable, path: Path) -> str:
    page = look("about:blank").page
    page.goto(path.as_uri())
    return Seen(page).violations()


@pytest.mark.parametrize("width", [320, 800, 1280])
@pytest.mark.parametrize("name", ["gemeente nl", "gemeente en", "schoon nl"])
def test_nothing_sticks_out(look: Callable, addresses: dict, name: str, width: int) -> None:
    seen = look(addresses[name], viewport={"width": width, "height": 800})
    all_open(seen)
    assert seen.overflow() == []


def test_at_two_hundred_percent_nothing_sticks_out_or_is_cut(look: Callable, addresses: dict) -> None:
    """200 % on a screen of 1280 wide is 640 wide with two dots a pixel; text alone twice as large must fit as well."""
    seen = look(addresses["gemeente nl"], viewport={"width": 640, "height": 400}, device_scale_factor=2)
    all_open(seen)
    assert seen.overflow() == []
    seen = look(addresses["gemeente nl"], viewport={"width": 1280, "height": 800})
    seen.run("() => { for (const sheet of document.styleSheets) sheet.insertRule('html { font-size: 200% }', 0) }")
    all_open(seen)
    assert seen.run("getComputedStyle(document.body).fontSize") == "32px"
    assert seen.overflow() == []
    cut = "[...document.querySelectorAll('button, label, h2, h3, summary')].filter(one => one.scrollWidth > one.clientWidth + 1 && one.clientWidth)"
    assert seen.run(f"{cut}.map(one => one.textContent)") == []


def test_forced_colours_keep_the_parts_of_a_bar_apart(look: Callable, addresses: dict) -> None:
    seen = look(addresses["gemeente nl"], forced_colors="active")
    fills = seen.run(
        "['v-signaal', 'v-geen_signaal', 'v-niet_toetsbaar', 'v-nvt']"
        ".map(name => getComputedStyle(document.querySelector('.legend .' + name)).fill)"
    )
    assert len(set(fills)) == 4
    edge = seen.run("getComputedStyle(document.querySelector('.bar .body')).stroke")
    assert edge not in ("none", "rgba(0, 0, 0, 0)")


def test_the_dark_scheme_is_dark(look: Callable, addresses: dict) -> None:
    ground = "getComputedStyle(document.body).backgroundColor"
    light = look(addresses["gemeente nl"]).run(ground)
    dark = look(addresses["gemeente nl"], color_scheme="dark").run(ground)
    assert light == "rgb(255, 255, 255)"
    assert dark == "rgb(18, 23, 29)"


def test_nothing_moves_for_who_asks_for_less(look: Callable, addresses: dict) -> None:
    seen = look(addresses["gemeente nl"], reduced_motion="reduce")
    assert seen.run("getComputedStyle(document.documentElement).scrollBehavior") == "auto"
    moving = "[...document.querySelectorAll('*')].filter(one => parseFloat(getComputedStyle(one).transitionDuration) > 0 || getComputedStyle(one).animationName !== 'none').length"
    assert seen.run(moving) == 0


def test_a_walk_by_keyboard_passes_everything_and_shows_where_it_is(look: Callable, addresses: dict) -> None:
    seen = look(addresses["gemeente nl"])
    stops = []
    for _step in range(120):
        seen.page.keyboard.press("Tab")
        stops.append(seen.run(_WHERE))
    assert stops[0]["what"] == "A.skip"
    names = [stop["what"] for stop in stops]
    for wanted in ("INPUT#f-zoek", "SELECT#f-regel", "SELECT#f-volgorde", "BUTTON#alles-open", "SUMMARY"):
        assert any(name.startswith(wanted) for name in names), wanted
    assert not [stop for stop in stops if not stop["seen"]]


_WHERE = """() => {
  const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
  return {
    what: one.tagName + (one.id ? '#' + one.id : one.className ? '.' + one.className : ''),
    seen: (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 && box.width > 0) || one === document.body,
  };
}"""


def test_a_target_is_large_enough_to_hit(look: Callable, addresses: dict) -> None:
    """WCAG 2.2, 2.5.8: 24 by 24 px, for everything that is not a link in a sentence or a table."""
    seen = look(addresses["gemeente nl"], viewport={"width": 320, "height": 800})
    small = "[...document.querySelectorAll('button, input, select, summary')].filter(one => one.checkVisibility())"
    assert seen.run(f"{small}.filter(one => one.getBoundingClientRect().height < 24).map(one => one.outerHTML)") == []
