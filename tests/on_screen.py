"""What the tests in a real browser share: Chromium, a report made by a whole run, and a page with what it complains of."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from axe_playwright_python.sync_playwright import Axe
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, sync_playwright

from verdringing import words
from verdringing.cli import main

SAMPLES = Path(__file__).parent.parent / "samples"
MUNICIPALITY = (
    SAMPLES / "voorbeeldstad.csv",
    "--zwarte-lijst", SAMPLES / "zwarte-lijst.csv",
    "--meldingen", SAMPLES / "meldingen.csv",
    "--periode", "2026K3",
)  # fmt: skip
"""The sample municipality: 40 cases, touched by nearly every rule."""

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


def started() -> Iterator[Browser]:
    """The system's Chromium, until the tests are done."""
    found = next((path for name in NAMES if (path := shutil.which(name))), None)
    assert found, "no Chromium on this machine: make test installs it, or install the package chromium"
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=found, args=QUIET)
        yield running
        running.close()


def audited(out: Path, *arguments: object, language: str = "nl") -> str:
    """Address of the report that an audit with these arguments writes into `out`."""
    given = ["audit", *map(str, arguments), "--taal", language, "--uit", str(out), "--stil"]
    result = CliRunner().invoke(main, given, catch_exceptions=False)
    words.choose_language("nl")
    assert result.exit_code == 0, result.output
    return (out / "index.html").as_uri()


@dataclass
class Seen:
    """A page, and everything it asked for or complained of: requests, console, errors, refusals of its own policy."""

    page: Page
    heard: list[str] = field(default_factory=list)

    def run(self, script: str, argument: object = None) -> object:
        return self.page.evaluate(script, argument)

    def find(self, selector: str, **options: str) -> object:
        return self.page.locator(selector, **options)

    def status(self) -> str:
        return self.page.locator("#stand").inner_text()

    def shown(self) -> list[str]:
        """Ids of the cases in the list."""
        return self.page.evaluate("[...document.querySelectorAll('#lijst > details')].map(one => one.dataset.zaak)")

    def choose(self, **fields: str) -> None:
        """Fill fields of the form as a person does."""
        for name, value in fields.items():
            spot = self.page.locator(f"#filter [name={name}]")
            if spot.evaluate("one => one.tagName") == "SELECT":
                spot.select_option(value)
            else:
                spot.fill(value)

    def unfold(self) -> None:
        self.page.evaluate("document.querySelectorAll('details').forEach(one => { one.open = true })")

    def overflow(self) -> list[str]:
        """What sticks out of the page to the right."""
        wide, screen = self.page.evaluate("[document.documentElement.scrollWidth, window.innerWidth]")
        return [] if wide <= screen else [f"{wide} > {screen}"]

    def scrolled(self) -> list[str]:
        """What is wider than its place on the page, and scrolls sideways in it."""
        inside = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth)"
        return self.page.evaluate(f"{inside}.map(one => one.getAttribute('aria-label'))")

    def violations(self) -> str:
        """What axe finds, in words; empty when it finds nothing."""
        found = Axe().run(self.page)
        return found.generate_report() if found.violations_count else ""

    def close(self) -> None:
        self.page.context.close()


_LISTEN = "document.addEventListener('securitypolicyviolation', event => console.log('CSP ' + event.violatedDirective))"


def opened(browser: Browser, address: str, *, script: bool = True, **context: object) -> Seen:
    """The page at `address` in a window of its own, ready when its script is."""
    page = browser.new_context(java_script_enabled=script, **context).new_page()
    seen = Seen(page)
    plain = address.split("#")[0]
    page.on("request", lambda request: seen.heard.append(request.url) if request.url.split("#")[0] != plain else None)
    page.on("console", lambda message: seen.heard.append(message.text))
    page.on("pageerror", lambda error: seen.heard.append(str(error)))
    page.on("dialog", lambda dialog: (seen.heard.append(f"dialog {dialog.message}"), dialog.dismiss()))
    if script:
        page.add_init_script(_LISTEN)
    page.goto(address)
    if script and page.locator("#filter").count():
        page.wait_for_selector("html[data-klaar]")
    return seen
