"""The report in a real browser: no request leaves the file, nothing is inaccessible, nothing sticks out, it prints."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, sync_playwright

from verdringing.cli import main

SAMPLES = Path(__file__).parent.parent / "samples"
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
QUIET = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "no Chromium on this machine: make test installs it, or install the package chromium"
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="module", params=["voorbeeldstad.csv", "schoon.csv"])
def report(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    """Address of a report with many cases, and of one without any."""
    out = tmp_path_factory.mktemp("browser") / "rapport"
    arguments = ["audit", str(SAMPLES / request.param), "--periode", "2026K3", "--uit", str(out)]
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return (out / "index.html").as_uri()


def opened(browser: Browser, address: str, **context: object) -> tuple[Page, list[str]]:
    """The page with everything unfolded, and what it asked for or complained of."""
    page = browser.new_context(**context).new_page()
    heard: list[str] = []
    page.on("request", lambda request: heard.append(request.url) if request.url != address else None)
    page.on("console", lambda message: heard.append(message.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")
    return page, heard


@pytest.mark.parametrize("width", [1280, 320])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_is_inaccessible_and_nothing_is_asked_of_the_network(
    browser: Browser, report: str, width: int, scheme: str
) -> None:
    page, heard = opened(browser, report, viewport={"width": width, "height": 900}, color_scheme=scheme)
    found = Axe().run(page)
    page.context.close()
    assert found.violations_count == 0, found.generate_report()
    assert heard == []


def test_a_narrow_screen_does_not_scroll_sideways(browser: Browser, report: str) -> None:
    page, _heard = opened(browser, report, viewport={"width": 320, "height": 900})
    wide, screen = page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
    page.context.close()
    assert wide <= screen


def test_the_main_facts_need_no_script(browser: Browser, report: str) -> None:
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(report)
    headings = page.locator("h1, h2").all_inner_texts()
    counts = page.locator("table").first.inner_text()
    page.context.close()
    assert {"In het kort", "Nu te doen", "Uitkomst per regel", "Regels die gelden"} <= set(headings)
    assert "Niet" in counts


def test_every_link_inside_the_page_leads_somewhere(browser: Browser, report: str) -> None:
    page, _heard = opened(browser, report)
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => a.getAttribute('href').slice(1))"
        ".filter(id => id && !document.getElementById(id))"
    )
    page.context.close()
    assert lost == []


def test_it_prints(browser: Browser, report: str) -> None:
    page, _heard = opened(browser, report)
    printed = page.pdf(format="A4")
    page.context.close()
    assert printed.startswith(b"%PDF")
    assert printed.count(b"/Type /Page") > 1
