"""Cases that the script draws: the same picture, with the same explanation, as a case that stands in the page."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from on_screen import SAMPLES, Seen, audited, opened
from playwright.sync_api import Browser

from verdringing import report
from verdringing.page import dossier, page_data

_TOLD = r"""() => Object.fromEntries([...document.querySelectorAll('#lijst > .dossier')].map(one => {
  const all = (what) => [...one.querySelectorAll(what)];
  return [one.dataset.zaak, {
    said: all('.found > li > p:first-child').map(item => item.textContent.trim()).sort(),
    keys: all('details .aside > div').map(item => item.textContent.replace(/\s+/g, ' ').trim()),
    code: all('code').map(item => item.textContent),
    heads: all('.ruled .head').map(item => item.textContent.replace(/\s+/g, ' ').trim()),
    rules: all('.case-rules span').map(item => item.textContent),
    before: all('.found > li').map(item => [...item.querySelectorAll('.before-head, .before > li')].filter(told => !(told.matches('p') ? told : told.parentNode.previousElementSibling).textContent.match(/^(Telt mee|Counts too)/)).map(told => told.textContent.trim())),
    numbers: all('.drawing .number').map(item => [item.textContent, Math.round(item.getAttribute('y'))]),
    phases: all('.dense tbody tr').map(row => row.cells[row.cells.length - 4].textContent.trim()),
    facts: all('.facts li').map(item => item.textContent.trim()),
    size: one.querySelector('.drawing').getAttribute('viewBox').split(' ').map(Number),
    texts: all('.drawing > text').map(item => [item.textContent, Math.round(item.getAttribute('y'))]),
    bars: all('.drawing .bar > .body').map(item => ['x', 'y', 'width'].map(name => Math.round(item.getAttribute(name)))),
    source: all('.found > li > p:nth-child(2)').map(item => item.textContent.replace(/\s+/g, ' ').trim()).sort(),
    decided: all('.found > li > p.small:has(strong)').map(item => item.textContent.trim()).sort(),
    odd: all('.found > li > p.small:not(.quiet, :has(strong))').map(item => item.textContent.trim()).sort(),
    limits: all('.drawing .limit').map(item => [Math.round(item.getAttribute('x1')), Math.round(item.getAttribute('y1'))]).sort(),
    past: all('.drawing .past').map(item => Math.round(item.getAttribute('x'))),
    open: all('.drawing .open').length,
    planned: all('.drawing .planned').length,
    legend: all('.legend li').map(item => item.textContent.trim()),
  }];
}))"""
ASKED = ("--meldingen", SAMPLES / "meldingen.csv", "--periode", "2026K3", "--peildatum", "2026-07-15")
"""On this day some placements have yet to begin."""
HARD = """\
plaatsing_id;kandidaat_id;werkgever;functie;instrument;startdatum;einddatum;uren_per_week
H1;A1;Eerste Zaak;hulp;flextensie;01-03-2026;10-09-2026;20
H2;A2;Tweede Zaak;hulp;flextensie;01-01-2025;10-07-2025;20
H3;A2;Tweede Zaak;hulp;flextensie;15-08-2025;28-02-2026;20
H4;A2;Tweede Zaak;hulp;flextensie;01-04-2026;;20
H5;A3;Derde Zaak;hulp;flextensie;01-01-2025;31-08-2025;20
H6;A3;Derde Zaak;hulp;flextensie;05-09-2025;30-12-2025;20
H7;A3;Derde Zaak;hulp;flextensie;03-01-2026;28-08-2026;20
H8;A4;Vierde Zaak;hulp;stage;25-11-2025;10-05-2027;20
H9;A5;Vierde Zaak;hulp;flextensie;25-11-2025;10-05-2027;20
H10;A6;Vijfde Zaak;hulp;flextensie;01-01-2026;01-12-2026;20
H11;A6;Vijfde Zaak;hulp;flextensie;01-02-2026;01-12-2026;20
H12;A7;Vijfde Zaak;hulp;flextensie;15-11-2026;01-12-2026;20
"""
"""Marks that would touch, to the right and in one lane; two placements at once; a year that begins in the margin."""
LISTED = "Eerste Zaak;;05-09-2026;;afspraak;besluit 1\nVijfde Zaak;;20-03-2026;;afspraak;besluit 2\n"
DECIDED = """\
zaak;plaatsing_id;regel;besluit;reden;door;datum
;H4;duur_te_lang;terecht;te lang;CO;01-07-2026
;H7;duur_te_lang;verklaard;afspraak;CO;02-07-2026
"""
_LONG = ("Zesde Zaak", "Zesde  Zaak", "ZESDE ZAAK", "Nieuwe Zesde Zaak", "Zesde Zaak B.V.")
ALIASES = """\
werkgevers:
  - {namen: [Zesde Zaak, Nieuwe Zesde Zaak], besluit: zelfde, door: teamleider, op: 2026-06-01}
"""


def long_row() -> str:
    """Fifteen successors in one job, whose names are spelled in every way, the last two also in the period."""
    lines = []
    for number in range(15):
        first = date(2025, 1, 1) + timedelta(days=40 * number)
        job = "HULP" if number % 7 == 3 else "hulp"
        days = f"{first:%d-%m-%Y};{first + timedelta(days=38):%d-%m-%Y}"
        lines.append(f"N{number:02};B{number % 4};{_LONG[number % 5]};{job};flextensie;{days};20\n")
    return "".join(lines)


def both(browser: Browser, folder: Path, language: str = "nl") -> tuple[Seen, Seen]:
    """The sample municipality twice: with every case in the page, and with every case but the first drawn by the script."""
    (folder / "moeilijk.csv").write_text(HARD + long_row(), encoding="utf-8")
    known = (SAMPLES / "zwarte-lijst.csv").read_text(encoding="utf-8").rstrip("\n")
    (folder / "lijst.csv").write_text(f"{known}\n{LISTED}", encoding="utf-8")
    (folder / "besluiten.csv").write_text(DECIDED, encoding="utf-8")
    (folder / "aliassen.yaml").write_text(ALIASES, encoding="utf-8")
    lists = ("--zwarte-lijst", folder / "lijst.csv", "--beoordelingen", folder / "besluiten.csv")
    files = (SAMPLES / "voorbeeldstad.csv", folder / "moeilijk.csv", *lists, "--aliassen", folder / "aliassen.yaml")
    whole = opened(browser, audited(folder / "heel", *files, *ASKED, language=language))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(dossier, "MOST_WRITTEN", 1)
        for room in (dossier, page_data, report):
            patch.setattr(room, "MOST_CASES", 1)
        script = opened(browser, audited(folder / "script", *files, *ASKED, language=language))
    script.find("#alles-open").click()
    script.page.wait_for_function("() => !document.querySelector('#lijst .unwritten')")
    return whole, script


@pytest.fixture(scope="module")
def drawn(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Seen, Seen]]:
    whole, script = both(browser, tmp_path_factory.mktemp("getekend"))
    yield whole, script
    whole.close()
    script.close()


@pytest.fixture(scope="module")
def told(drawn: tuple[Seen, Seen]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What both say of every case."""
    whole, script = (seen.run(_TOLD) for seen in drawn)
    assert len(whole) == len(script) > 30
    return whole, script


@pytest.mark.parametrize("part", ["size", "bars", "past", "limits", "open", "planned"])
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
        {zaak: sorted([text, y] for text, y in one["texts"]) for zaak, one in seen.items()} for seen in told
    )
    assert {text.split()[0] for texts in whole.values() for text, _y in texts} >= {"peildatum", "grens:", "op", "bezet"}
    assert script == whole


def test_it_says_what_was_measured_against_which_limit(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    whole, script = ({zaak: one["source"] for zaak, one in seen.items()} for seen in told)
    assert {"gemeten", "grens"} <= {word for texts in whole.values() for text in texts for word in text.split()}
    assert script == whole


def test_it_says_what_is_odd_in_a_row_at_every_finding(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    # on this day the last contact of some placements has yet to come, and others have an outcome before they end
    whole, script = ({zaak: one["odd"] for zaak, one in seen.items()} for seen in told)
    assert {text for texts in whole.values() for text in texts} == {
        "Let op bij laatste_contact in deze rij: laatste contact ligt na de peildatum.",
        "Let op bij uitstroom in deze rij: uitkomst is ingevuld, maar de plaatsing is nog niet voorbij.",
    }
    assert script == whole


def test_a_signal_that_was_decided_on_never_looks_undecided(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    whole, script = ({zaak: one["decided"] for zaak, one in seen.items()} for seen in told)
    said = {text for texts in whole.values() for text in texts}
    assert said == {"Besluit: terecht (01-07-2026)", "Besluit: verklaard (02-07-2026)"}
    assert script == whole


@pytest.mark.parametrize(
    "part", ["facts", "code", "keys", "heads", "rules", "before", "numbers", "phases", "legend", "said"]
)
def test_it_tells_what_the_page_tells(told: tuple[dict[str, Any], dict[str, Any]], part: str) -> None:
    whole, script = ({zaak: one[part] for zaak, one in seen.items()} for seen in told)
    assert any(map(bool, whole.values()))
    assert script == whole


def all_of(told: tuple[dict[str, Any], dict[str, Any]], part: str) -> set[str]:
    """Every text of a part that a drawn case has."""
    return {str(text) for one in told[1].values() for text in one[part]}


def test_what_is_held_beside_each_other_is_there(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    keys, facts = all_of(told, "keys"), all_of(told, "facts")
    assert "via Flexkrachten Lantaarnpaal B.V. (18998583)" in facts
    assert any(text.startswith("Aliassen, met wie en wanneer") and "teamleider" in text for text in keys)
    assert any("Zesde Zaak · " in text and " · ZESDE ZAAK" in text for text in keys)
    assert any(text.startswith("Zo staat de functie in de bestanden hulp · HULP") for text in keys)
    assert {"beëindigd, voorgeschiedenis", "begint nog, buiten de periode", "loopt"} <= all_of(told, "phases")
    assert any(text.endswith("signalen") for text in all_of(told, "heads"))
    before = [text for one in told[1].values() for texts in one["before"] for text in texts]
    assert "Eerder in deze rij: 12 van 13 getoond" in before
    assert any(text.startswith("Komt na: B1, flextensie, 05-06-2026 tot en met 13-07-2026 (") for text in before)
    assert "15" in [number for one in told[1].values() for number, _y in one["numbers"]]


def test_in_english_too_it_draws_and_tells_what_the_page_does(browser: Browser, tmp_path: Path) -> None:
    pages = both(browser, tmp_path, "en")
    whole, script = (seen.run(_TOLD) for seen in pages)
    for seen in pages:
        seen.close()
    assert any(text == "Sep" for one in whole.values() for text, _y in one["texts"])
    for zaak, one in whole.items():
        assert sorted(script[zaak]["texts"]) == sorted(one["texts"])
        for part in ("keys", "facts", "before", "phases", "heads", "legend"):
            assert script[zaak][part] == one[part]


def test_it_explains_every_mark(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert len(all_of(told, "legend")) > 9


def test_it_says_of_a_day_to_come_that_nothing_may_change(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    assert any(text.startswith("Als er niets verandert") for text in all_of(told, "said"))


def test_it_names_the_kvk_numbers(told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    whole, script = (
        {zaak: [text for text in one["facts"] if text.startswith("KvK")] for zaak, one in seen.items()} for seen in told
    )
    assert any(whole.values())
    assert script == whole


def test_an_agency_is_named_beside_the_place_of_work_and_found(
    drawn: tuple[Seen, Seen], told: tuple[dict[str, Any], dict[str, Any]]
) -> None:
    name = "via Flexkrachten Lantaarnpaal B.V."
    through = {zaak for zaak, one in told[0].items() if any(text.startswith(name) for text in one["facts"])}
    assert through
    offered = "[...document.querySelectorAll('#werkgevers option')].map(one => one.value)"
    for seen in drawn:
        for field in ("zoek", "werkgever"):
            seen.choose(**{field: "flexkrachten lantaarnpaal"})
            assert set(seen.shown()) >= through
            if field == "werkgever":
                assert {name.lower() for name in seen.run(offered)} == {"flexkrachten lantaarnpaal b.v."}
            seen.choose(**{field: ""})


def test_the_browser_has_nothing_to_complain_of(drawn: tuple[Seen, Seen]) -> None:
    _whole, script = drawn
    assert script.heard == []
    assert not script.violations()


def test_a_kvk_number_is_found(drawn: tuple[Seen, Seen], told: tuple[dict[str, Any], dict[str, Any]]) -> None:
    number = next(text for one in told[0].values() for text in one["facts"] if text.startswith("KvK")).split()[1]
    for seen in drawn:
        seen.choose(zoek=number)
        assert seen.shown() == [zaak for zaak, one in told[0].items() if f"KvK {number}" in one["facts"]]
