"""Cases that the script draws: the same picture, with the same explanation, as a case that stands in the page."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from on_screen import MUNICIPALITY, Seen, audited, opened
from playwright.sync_api import Browser

from verdringing import report
from verdringing.page import dossier, page_data

_TOLD = """() => Object.fromEntries([...document.querySelectorAll('#lijst > .dossier')].map(one => {
  const all = (what) => [...one.querySelectorAll(what)];
  return [one.dataset.zaak, {
    said: all('.found > li > p:first-child').map(item => item.textContent.trim()).sort(),
    facts: all('.facts li').map(item => item.textContent.trim()),
    size: one.querySelector('.drawing').getAttribute('viewBox').split(' ').map(Number),
    texts: all('.drawing > text').map(item => [item.textContent, Math.round(item.getAttribute('y'))]),
    bars: all('.drawing .bar > .body').map(item => ['x', 'y', 'width'].map(name => Math.round(item.getAttribute(name)))),
    past: all('.drawing .past').map(item => Math.round(item.getAttribute('x'))),
    open: all('.drawing .open').length,
    planned: all('.drawing .planned').length,
    legend: all('.legend li').map(item => item.textContent.trim()),
  }];
}))"""
QUARTER = (*MUNICIPALITY, "--peildatum", "2026-07-15")
"""On this day some placements have yet to begin."""
ONLY_WRITTEN = "1plaats in de rij van opvolgers"
"""The row of successors does not stand in the packed cases; the sentence of the signal names the place in it."""


@pytest.fixture(scope="module")
def drawn(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Seen, Seen]]:
    """The sample municipality twice: with every case in the page, and with every case but the first drawn by the script."""
    folder = tmp_path_factory.mktemp("getekend")
    whole = opened(browser, audited(folder / "heel", *QUARTER))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dossier, "MOST_WRITTEN", 1)
        for room in (dossier, page_data, report):
            patch.setattr(room, "MOST_CASES", 1)
        script = opened(browser, audited(folder / "script", *QUARTER))
    script.find("#alles-open").click()
    script.page.wait_for_function("() => !document.querySelector('#lijst .unwritten')")
    yield whole, script
    whole.close()
    script.close()


@pytest.fixture(scope="module")
def told(drawn: tuple[Seen, Seen]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What both say of every case."""
    whole, script = (seen.run(_TOLD) for seen in drawn)
    assert len(whole) == len(script) > 30
    return whole, script


@pytest.mark.parametrize("part", ["size", "bars", "past", "open", "planned"])
def test_the_script_draws_what_stands_in_the_page(told: tuple[dict[str, Any], dict[str, Any]], part: str) -> None:
    whole, script = (_flat([one[part] for one in seen.values()]) for seen in told)
    assert any(whole)
    assert script == pytest.approx(whole, abs=1)  # lengths in the page are rounded to a tenth


def _flat(given: Any) -> list[float]:
    """The numbers of lists in lists."""
    return [number for one in given for number in _flat(one)] if isinstance(given, list) else [given]


def test_the_same_cases_have_as_many_of_each(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    whole, script = (
        {zaak: [len(one[part]) for part in ("bars", "past", "texts")] for zaak, one in seen.items()} for seen in told
    )
    assert script == whole


def test_it_writes_the_same_words_in_the_picture(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    whole, script = (
        {zaak: sorted([_without_day(text), y] for text, y in one["texts"]) for zaak, one in seen.items()}
        for seen in told
    )
    assert {text.split()[0] for texts in whole.values() for text, _y in texts} >= {"peildatum", "grens", "bezet"}
    assert script == whole


def _without_day(text: str) -> str:
    """A mark of a limit or a list without its day: the script does not know a day before the placement."""
    return "grens" if text.startswith("grens") else text.split(" sinds ")[0]


def test_every_day_that_it_names_at_a_mark_is_that_of_the_page(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    whole, script = (
        {(zaak, text) for zaak, one in seen.items() for text, _y in one["texts"] if "t/m" in text or "sinds" in text}
        for seen in told
    )
    assert len(script) > 5
    assert script <= whole


def test_it_explains_every_mark(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    whole, script = ({zaak: one["legend"] for zaak, one in seen.items()} for seen in told)
    assert len({text for texts in whole.values() for text in texts}) > 8
    for zaak, texts in whole.items():
        assert script[zaak] == [text for text in texts if text != ONLY_WRITTEN]


def test_it_says_what_the_page_says(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    whole, script = ({zaak: one["said"] for zaak, one in seen.items()} for seen in told)
    assert any(text.startswith("Als er niets verandert") for texts in whole.values() for text in texts)
    assert script == whole


def test_it_names_the_kvk_numbers(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    whole, script = (
        {zaak: [text for text in one["facts"] if text.startswith("KvK")] for zaak, one in seen.items()} for seen in told
    )
    assert any(whole.values())
    assert script == whole


def test_the_browser_has_nothing_to_complain_of(drawn: tuple[Seen, Seen]) -> None:
    _whole, script = drawn
    assert script.heard == []
    assert not script.violations()


def test_a_kvk_number_is_found(drawn: tuple[Seen, Seen], told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    number = next(text for one in told[0].values() for text in one["facts"] if text.startswith("KvK")).split()[1]
    for seen in drawn:
        seen.choose(zoek=number)
        assert seen.shown() == [zaak for zaak, one in told[0].items() if f"KvK {number}" in one["facts"]]
