"""The report in a real browser: searched, filtered and sorted by keyboard, sent on as a link, safe, and whole on paper."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from io import BytesIO
from itertools import pairwise
from pathlib import Path

import pytest
from on_screen import MUNICIPALITY, SAMPLES, Seen, audited, opened
from playwright.sync_api import Browser
from pypdf import PdfReader


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("browser")


@pytest.fixture(scope="module")
def municipality(folder: Path) -> str:
    """Address of a report with forty cases."""
    return audited(folder / "gemeente", *MUNICIPALITY)


@pytest.fixture(scope="module")
def clean(folder: Path) -> str:
    """Address of a report without a case."""
    return audited(folder / "schoon", SAMPLES / "schoon.csv", "--periode", "2026K3")


Open = Callable[..., Seen]


@pytest.fixture
def look(browser: Browser) -> Iterator[Open]:
    """Open pages that are closed after the test."""
    pages: list[Seen] = []

    def view(address: str, **options: object) -> Seen:
        pages.append(opened(browser, address, **options))
        return pages[-1]

    yield view
    for page in pages:
        page.close()


def titles(seen: Seen) -> list[str]:
    return seen.page.locator("#lijst > details:visible > summary h3").all_inner_texts()


# Safe: the policy holds, nothing is asked of the network.


def test_a_page_in_use_asks_for_nothing_and_its_policy_refuses_nothing(look: Open, municipality: str) -> None:
    seen = look(municipality)
    seen.unfold()
    seen.choose(zoek="fiets", volgorde="werkgever", regel="duur_te_lang")
    seen.find("#filter [type=reset]").click()
    seen.find("#alles-dicht").click()
    assert seen.heard == []


def test_the_policy_allows_one_script_and_one_style_and_nothing_else(folder: Path, municipality: str) -> None:
    page = (folder / "gemeente" / "index.html").read_text(encoding="utf-8")
    policy = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)[1]
    assert policy.startswith("default-src 'none'; script-src 'sha256-")
    assert "unsafe" not in policy
    assert policy.count("sha256-") == 2
    assert not re.search(r"<[^>]*\s(?:style|on[a-z]+)=", re.sub(r"<(script|style)[^>]*>.*?</\1>", "", page, flags=re.S))


def test_the_policy_stops_a_script_that_is_not_ours(look: Open, municipality: str) -> None:
    seen = look(municipality)
    seen.run("document.body.append(Object.assign(document.createElement('script'), { textContent: 'window.hit = 1' }))")
    seen.run("document.body.setAttribute('onclick', 'window.hit = 1'); document.body.click()")
    assert seen.run("window.hit") is None
    assert [one for one in seen.heard if one.startswith("CSP")]


# Without a script.


def test_the_main_facts_need_no_script_and_no_control_is_dead(look: Open, municipality: str) -> None:
    seen = look(municipality, script=False)
    headings = set(seen.find("h1, h2").all_inner_texts())
    assert {"In het kort", "Nu te doen", "Uitkomst per regel", "Zaken", "Regels die gelden"} <= headings
    assert not [one for one in seen.find("button, input, select").all() if one.is_visible()]
    assert len(titles(seen)) == 40


def test_a_dossier_opens_without_a_script_also_by_its_link(look: Open, municipality: str) -> None:
    seen = look(municipality, script=False)
    seen.find("#lijst > details > summary").first.click()
    assert seen.find("#lijst > details[open] .ruled").first.is_visible()
    zaak = seen.find("#lijst > details").nth(5).get_attribute("data-zaak")
    seen = look(f"{municipality}#zaak-{zaak}", script=False)
    assert seen.find(f"#zaak-{zaak} .ruled").first.is_visible()


def test_an_empty_result_is_a_result(look: Open, clean: str) -> None:
    seen = look(clean)
    assert "Geen signalen" in seen.find("h2").all_inner_texts()
    assert seen.find("#filter").count() == 0
    assert seen.heard == []


def test_every_link_inside_the_page_leads_somewhere(look: Open, municipality: str, clean: str) -> None:
    for address in (municipality, clean):
        lost = look(address).run(
            "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
            ".filter(id => id && !document.getElementById(id))"
        )
        assert lost == []


# Searching, filtering, sorting.


def test_all_cases_are_shown_at_first(look: Open, municipality: str) -> None:
    seen = look(municipality)
    assert seen.status() == "40 van 40 zaken getoond."
    assert len(titles(seen)) == 40


@pytest.mark.parametrize(
    "fields, expected",
    [  # counted by hand in bevindingen.csv of this sample: cases (zaak) with such a finding
        ({"regel": "zwarte_lijst"}, 3),
        ({"regel": "zwarte_lijst", "fase": "beeindigd"}, 2),
        ({"zoek": "postverwerking frankeerwijs"}, 7),
        ({"zoek": "POSTVERWERKING", "regel": "meldpunt"}, 7),
        ({"werkgever": "conservenfabriek"}, 3),  # once as the employer, twice as the hirer behind an agency
        ({"zoek": "voliere"}, 1),
        ({"zoek": "bestaat niet"}, 0),
    ],
)
def test_a_choice_shows_the_cases_that_fit(
    look: Open, municipality: str, fields: dict[str, str], expected: int
) -> None:
    seen = look(municipality)
    seen.choose(**fields)
    assert seen.status() == f"{expected} van 40 zaken getoond."
    assert len(titles(seen)) == expected
    assert seen.find("#geen").is_visible() == (expected == 0)


def test_candidates_placements_and_cases_are_found_by_number(look: Open, municipality: str) -> None:
    seen = look(municipality)
    zaak = seen.find("#lijst > details").nth(7).get_attribute("data-zaak")
    for number in (zaak, "0007122", "PRO-2"):
        seen.choose(zoek=number)
        assert seen.status() == "1 van 40 zaken getoond."


def test_the_norm_of_a_choice_is_that_of_the_rule(look: Open, municipality: str) -> None:
    seen = look(municipality)
    seen.choose(norm="wet")
    without = seen.run(
        "[...document.querySelectorAll('#lijst > details')].filter(one => !one.querySelector('.pill.wet')).length"
    )
    assert len(titles(seen)) > 0
    assert without == 0


def test_cases_are_sorted(look: Open, municipality: str) -> None:
    seen = look(municipality)
    fixed = seen.shown()
    seen.choose(volgorde="functie")
    names = [name.lower() for name in titles(seen)]
    assert names == sorted(names)
    seen.choose(volgorde="signalen")
    counts = [int(text.split()[0]) for text in seen.find(".case-facts > :first-child").all_inner_texts()]
    assert counts == sorted(counts, reverse=True)
    seen.find("#filter [type=reset]").click()
    assert seen.shown() == fixed


def test_a_filtered_view_can_be_sent_on(look: Open, municipality: str) -> None:
    seen = look(municipality)
    seen.choose(regel="meldpunt", zoek="postverwerking", volgorde="functie")
    address, shown = seen.page.url, seen.shown()
    assert address.endswith("#zoek=postverwerking&regel=meldpunt&volgorde=functie")
    again = look(address)
    assert again.shown() == shown
    assert again.find("#f-regel").input_value() == "meldpunt"
    again.find("#filter [type=reset]").click()
    assert again.status() == "40 van 40 zaken getoond."
    assert "#" not in again.page.url


def test_an_address_that_means_nothing_shows_everything(look: Open, municipality: str) -> None:
    for tail in ("#regel=bestaat_niet", "#zaak-XXXXX-XXXXX", "#volgorde=%3Cscript%3E", "#=&=", "#zaak-%E0%A4%A"):
        seen = look(municipality + tail)
        assert seen.status() == "40 van 40 zaken getoond."
        assert seen.heard == []


def test_a_link_to_a_case_opens_it(look: Open, municipality: str) -> None:
    zaak = look(municipality).shown()[12]
    seen = look(f"{municipality}#zaak-{zaak}")
    assert seen.find("#lijst > details[open]").count() == 1
    assert seen.find(f"#zaak-{zaak}").is_visible()
    seen.choose(zoek="bestaat niet")
    seen.run("zaak => { location.hash = '#zaak-' + zaak }", zaak)
    seen.page.wait_for_selector(f"#zaak-{zaak}", state="visible")
    assert seen.run("document.activeElement.parentElement.dataset.zaak") == zaak


def test_a_link_to_a_rule_leaves_the_choice_alone(look: Open, municipality: str) -> None:
    seen = look(municipality)
    seen.choose(regel="meldpunt")
    before = seen.shown()
    seen.run("location.hash = '#regels'")
    assert seen.shown() == before
    seen.page.go_back()
    assert seen.shown() == before


def test_everything_works_from_the_keyboard(look: Open, municipality: str) -> None:
    seen = look(municipality)
    keys = seen.page.keyboard
    seen.find("#f-zoek").focus()
    keys.type("postverwerking")
    keys.press("Tab")
    assert seen.run("document.activeElement.id") == "f-werkgever"
    keys.press("Tab")
    keys.type("Melding")
    assert seen.status() == "7 van 40 zaken getoond."
    for _step in range(4):  # norm, fase, volgorde, wis
        keys.press("Tab")
    assert seen.run("document.activeElement.type") == "reset"
    for _step in range(3):  # open, sluit, the first case
        keys.press("Tab")
    assert seen.run("document.activeElement.tagName") == "SUMMARY"
    keys.press("Enter")
    assert seen.find("#lijst > details[open]").count() == 1
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    keys.press("Shift+Tab")
    keys.press("Enter")
    assert seen.status() == "40 van 40 zaken getoond."


def test_the_count_is_told_to_a_screen_reader(look: Open, municipality: str) -> None:
    assert look(municipality).find("#stand").get_attribute("role") == "status"


# On paper.


def printed(seen: Seen) -> list[str]:
    pages = PdfReader(BytesIO(seen.page.pdf(prefer_css_page_size=True))).pages
    assert abs(float(pages[0].mediabox.width) - 595) < 2, "A4 is 595 points wide"
    return [page.extract_text() for page in pages]


@pytest.fixture(scope="module")
def paper(browser: Browser, municipality: str) -> list[str]:
    """Text of every page of the report on paper."""
    seen = opened(browser, municipality)
    pages = printed(seen)
    seen.close()
    return pages


def test_paper_has_every_dossier_unfolded_and_numbered_pages(paper: list[str]) -> None:
    text = "\n".join(paper)
    assert text.count("Reactie van de werkgever") == 40
    assert text.count("Zo staat de functie in de bestanden") == 40
    assert "Aannames" in text
    assert "Open alle dossiers" not in text
    assert "Wis keuze" not in text
    for number, page in enumerate(paper, 1):
        assert f"{number} / {len(paper)}" in page


def test_a_table_that_goes_on_repeats_its_head(paper: list[str]) -> None:
    assert sum("Rust" in page and "toetsbaar" in page and "Verdeling" in page for page in paper) >= 2


def test_a_filtered_view_prints_what_it_shows(look: Open, municipality: str) -> None:
    text = "\n".join(printed(look(municipality + "#regel=zwarte_lijst")))
    assert text.count("Reactie van de werkgever") == 3
    assert "3 van 40 zaken getoond." in text


def test_paper_without_a_script(look: Open, municipality: str) -> None:
    assert "\n".join(printed(look(municipality, script=False))).count("Reactie van de werkgever") == 40


def test_paper_needs_no_colour(look: Open, municipality: str) -> None:
    """In grey, the four verdicts differ in lightness by a tenth at least, or are hatched."""
    seen = look(municipality)
    seen.page.emulate_media(media="print")
    fills = seen.run(
        "['v-signaal', 'v-niet_toetsbaar', 'v-geen_signaal', 'v-nvt']"
        ".map(name => getComputedStyle(document.querySelector('.legend .' + name)).fill.match(/\\d+/g).map(Number))"
    )
    grey = [(0.299 * red + 0.587 * green + 0.114 * blue) / 255 for red, green, blue in fills]
    assert all(after - before > 0.1 for before, after in pairwise(grey))
    assert seen.find(".legend [fill='url(#t-unknown)']").count() == 1
