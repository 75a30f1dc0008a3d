"""Two reports beside each other: every difference has a status and a cause, and nothing is called a trend that is none."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner

from verdringing.cases import FINDING_COLUMNS
from verdringing.cli import main
from verdringing.earlier.compare import STATUSES, Comparison, compare
from verdringing.earlier.compare_page import summary
from verdringing.errors import UserError
from verdringing.reported import Reported, read_report

Verdicts = Mapping[str, Mapping[str, str]]
RULE: dict[str, Any] = {"aan": True, "vingerafdruk": "a", "leest": ["einddatum"], "parameters": {}}


def report(
    verdicts: Verdicts,
    rules: Mapping[str, Mapping[str, Any]] | None = None,
    facts: Mapping[str, str] | None = None,
    **account: Any,
) -> Reported:
    """A report by hand: plaatsing_id → rule → verdict; a signal has the facts given, where none are the same ones."""
    names = sorted({rule for said in verdicts.values() for rule in said})
    frame = pl.DataFrame(
        {"plaatsing_id": list(verdicts), **{n: [v.get(n, "nvt") for v in verdicts.values()] for n in names}}
    )
    signals = [(p, rule) for p, said in verdicts.items() for rule, verdict in said.items() if verdict == "signaal"]
    rows = [
        {
            "plaatsing_id": p,
            "regel": rule,
            "zaak": f"Z-{p}",
            "werkgever": "Zon",
            "waarde": "7",
            "grens": "6",
            "norm": "beleid",
        }
        | dict(facts or {})
        for p, rule in signals
    ]
    counted = {
        n: {v: int((frame[n] == v).sum()) for v in ("signaal", "geen_signaal", "niet_toetsbaar", "nvt")} for n in names
    }
    told = {
        "regels": {name: _variants(RULE | dict((rules or {}).get(name, {}))) for name in names},
        "tellingen": {"oordelen": counted},
        "oordeelversie": 1,
        "regelbestanden": {"rules/functiegroepen.yaml": "f", "rules/instrumenten.yaml": "i"},
        "gevuld": {"einddatum": 5},
        "periode": None,
        "peildatum": "2026-09-30",
    }
    return Reported(Path("r"), told | account, frame, pl.DataFrame(rows, dict.fromkeys(FINDING_COLUMNS, pl.String)))


def _variants(rule: dict[str, Any]) -> list[dict[str, Any]]:
    return rule.get("varianten", [rule])


def statuses(found: Comparison) -> dict[str, tuple[str, str | None]]:
    return {
        p: (status, cause) for p, status, cause in found.findings.select("plaatsing_id", "status", "oorzaak").rows()
    }


def test_every_difference_has_a_cause() -> None:
    old = report({
        "P1": {"r": "signaal"}, "P2": {"r": "signaal"}, "P3": {"r": "signaal"}, "P4": {"r": "signaal"}, "P5": {"r": "signaal"},
        "P6": {"r": "geen_signaal"}, "P7": {"r": "niet_toetsbaar"}, "P8": {"r": "nvt"},
    })  # fmt: skip
    new = report({
        "P1": {"r": "signaal"}, "P2": {"r": "geen_signaal"}, "P3": {"r": "niet_toetsbaar"}, "P4": {"r": "nvt"},
        "P6": {"r": "signaal"}, "P7": {"r": "signaal"}, "P8": {"r": "signaal"}, "P9": {"r": "signaal"},
    })  # fmt: skip
    found = compare(old, new)
    assert statuses(found) == {
        "P1": ("gebleven", None),
        "P2": ("verdwenen", "nu_geen_signaal"),
        "P3": ("verdwenen", "niet_meer_toetsbaar"),
        "P4": ("verdwenen", "nu_nvt"),
        "P5": ("verdwenen", "niet_meer_in_bestand"),
        "P6": ("nieuw", "eerst_geen_signaal"),
        "P7": ("nieuw", "eerst_niet_toetsbaar"),
        "P8": ("nieuw", "eerst_nvt"),
        "P9": ("nieuw", "nieuwe_plaatsing"),
    }
    assert found.counts == dict(zip(STATUSES, (4, 0, 1, 4, 0), strict=True))
    assert found.new_cases == {"Z-P6", "Z-P7", "Z-P8", "Z-P9"}


QUARTER = ["2026-07-01", "2026-09-30"]
GONE = {
    "ended on the day before": (QUARTER, {"einddatum": "30-06-2026"}, {}, "niet_meer_in_bereik"),
    "ended on the first day": (QUARTER, {"einddatum": "01-07-2026"}, {}, "niet_meer_gevonden"),
    "open": (QUARTER, {"startdatum": "01-02-2026"}, {}, "niet_meer_gevonden"),
    "begins on the last day": (QUARTER, {"startdatum": "30-09-2026"}, {}, "niet_meer_gevonden"),
    "begins after it": (QUARTER, {"startdatum": "01-10-2026"}, {}, "niet_meer_in_bereik"),
    "ended, and all is reported": (None, {"einddatum": "30-06-2026"}, {}, "niet_meer_in_bestand"),
    "of another gemeente": (None, {}, {"gemeente": "Utrecht"}, "niet_meer_in_bereik"),
    "a number made of file and row": (None, {"bestand": "Q1.csv", "rij": "2"}, {}, "niet_terug_te_vinden"),
    "the same, and ended": (
        QUARTER, {"bestand": "Q1.csv", "rij": "2", "einddatum": "30-06-2026"}, {}, "niet_meer_in_bereik",
    ),
}  # fmt: skip


@pytest.mark.parametrize("period, facts, account, cause", GONE.values(), ids=GONE)
def test_a_placement_that_should_have_been_there_is_told_from_one_that_ended(
    period: list[str] | None, facts: Mapping[str, str], account: Mapping[str, str], cause: str
) -> None:
    old = report({"Q1.csv-2": {"r": "signaal"}}, facts=facts)
    assert statuses(compare(old, report({"P9": {"r": "nvt"}}, periode=period, **account))) == {
        "Q1.csv-2": ("verdwenen", cause)
    }


@pytest.mark.parametrize(
    "period, said",
    [
        (
            None,
            "Bij 1 verdwenen signaal staat de plaatsing niet meer in het bestand, of is de rij afgekeurd. "
            "Dat is geen verbetering; kijk in afgekeurd.csv.",
        ),
        (
            QUARTER,  # an end before the period can have been recorded since: the placement would not be in the report
            "Bij 1 verdwenen signaal staat de plaatsing niet meer in het bestand, is de rij afgekeurd, of is er nu een "
            "eerdere einddatum. Alleen dat laatste kan een verbetering zijn; kijk in afgekeurd.csv.",
        ),
    ],
)
def test_a_signal_that_went_with_its_row_is_no_improvement(period: list[str] | None, said: str) -> None:
    old = report({"P1": {"r": "signaal"}, "P2": {"r": "signaal"}}, facts={"einddatum": "31-12-2026"})
    assert summary(compare(old, report({"P2": {"r": "signaal"}}, periode=period)), what_if=False)[1:] == [said]


def test_counts_have_denominators() -> None:
    old = report({"P1": {"r": "signaal"}, "P2": {"r": "geen_signaal"}, "P3": {"r": "niet_toetsbaar"}})
    new = report({"P1": {"r": "niet_toetsbaar"}, "P2": {"r": "niet_toetsbaar"}, "P3": {"r": "niet_toetsbaar"}})
    (line,) = compare(old, new).rules.to_dicts()
    # one signal of two that could be judged; then none of none: a drop that comes from missing data
    assert (line["signalen_toen"], line["getoetst_toen"], line["niet_toetsbaar_toen"]) == (1, 2, 1)
    assert (line["signalen_nu"], line["getoetst_nu"], line["niet_toetsbaar_nu"]) == (0, 0, 3)
    assert compare(old, new).caused("niet_meer_toetsbaar") == 1


@pytest.mark.parametrize(
    "fact, was, is_", [("waarde", "7", "8"), ("einddatum", "31-03-2026", "30-06-2026"), ("norm", "beleid", "wet")]
)
def test_a_finding_with_other_facts_is_changed_and_says_which(fact: str, was: str, is_: str) -> None:
    found = compare(
        report({"P1": {"r": "signaal"}}, facts={fact: was}), report({"P1": {"r": "signaal"}}, facts={fact: is_})
    )
    assert statuses(found) == {"P1": ("gewijzigd", fact)}


def test_that_the_reference_date_moved_on_is_no_change_while_a_placement_runs() -> None:
    old = report({"P1": {"r": "signaal"}}, facts={"waarde": "30-06-2026"}, peildatum="2026-06-30")
    new = report({"P1": {"r": "signaal"}}, facts={"waarde": "30-09-2026"}, peildatum="2026-09-30")
    assert statuses(compare(old, new)) == {"P1": ("gebleven", None)}
    ended = {"waarde": "30-09-2026", "einddatum": "30-09-2026"}
    closed = report({"P1": {"r": "signaal"}}, facts=ended, peildatum="2026-09-30")
    assert statuses(compare(old, closed)) == {"P1": ("gewijzigd", "einddatum, waarde")}


@pytest.mark.parametrize("contact, status", [("20-05-2026", "gebleven"), ("21-05-2026", "gewijzigd")])
def test_that_the_reference_date_moved_on_is_no_change_where_a_condition_names_it(contact: str, status: str) -> None:
    told = "laatste_contact {}, peildatum {}"
    old = report(
        {"P1": {"r": "signaal"}}, facts={"waarde": told.format("20-05-2026", "30-06-2026")}, peildatum="2026-06-30"
    )
    new = report({"P1": {"r": "signaal"}}, facts={"waarde": told.format(contact, "30-09-2026")}, peildatum="2026-09-30")
    assert statuses(compare(old, new))["P1"][0] == status


def test_words_in_another_language_are_no_change_and_a_number_is() -> None:
    verdicts = {"P1": {"duur": "signaal"}}
    dutch = report(verdicts, facts={"waarde": "begeleiding nee; 7,5 uur"}, taal="nl")
    english = report(verdicts, facts={"waarde": "guidance no; 7.5 hours"}, taal="en")
    longer = report(verdicts, facts={"waarde": "guidance no; 8 hours"}, taal="en")
    other = report(verdicts, facts={"waarde": "begeleiding ja; 7,5 uur"}, taal="nl")
    assert statuses(compare(dutch, english)) == {"P1": ("gebleven", None)}
    assert statuses(compare(dutch, longer)) == {"P1": ("gewijzigd", "waarde")}
    assert statuses(compare(dutch, other)) == {"P1": ("gewijzigd", "waarde")}


def test_the_language_of_a_report_is_no_change() -> None:
    dutch, english = ({"waarde": one, "toelichting": one} for one in ("12,30", "12.30"))
    old, new = report({"P1": {"r": "signaal"}}, facts=dutch), report({"P1": {"r": "signaal"}}, facts=english)
    assert statuses(compare(old, new)) == {"P1": ("gebleven", None)}


LIMIT = {"vingerafdruk": "b", "parameters": {"grenzen": {"waarde": [{"maanden": 3}]}}}


@pytest.mark.parametrize(
    "then, now, account, said",
    [
        (
            {"parameters": {"grenzen": {"waarde": [{"maanden": 6}]}}}, LIMIT, {},
            "De regel is veranderd: grenzen was maanden: 6 en is maanden: 3.",
        ),
        ({}, {"vingerafdruk": "b"}, {}, "De bedragen of datums in de norm zijn veranderd."),
        ({}, {}, {"gevuld": {"einddatum": 0}}, "De kolom einddatum is er nu niet."),
        ({}, {}, {"oordeelversie": 2}, "De versie van het programma oordeelt anders; zie het logboek van wijzigingen."),
        (
            {}, {}, {"regelbestanden": {"rules/functiegroepen.yaml": "f2", "rules/instrumenten.yaml": "i"}},
            "De lijst van namen die dezelfde functie of hetzelfde instrument zijn, is veranderd.",
        ),
        ({}, {"varianten": [RULE, RULE | LIMIT]}, {}, "Er gelden nu andere versies van het beleid voor deze regel."),
    ],
)  # fmt: skip
def test_what_cannot_be_compared_says_why(
    then: dict[str, Any], now: dict[str, Any], account: dict[str, Any], said: str
) -> None:
    old = report({"P1": {"r": "signaal"}, "P2": {"r": "signaal"}}, {"r": then})
    new = report({"P2": {"r": "signaal"}, "P3": {"r": "signaal"}}, {"r": now}, **account)
    found = compare(old, new)
    assert found.odd == {"r": [said]}
    assert {p: status for p, (status, _cause) in statuses(found).items()} == {
        "P1": "niet_vergelijkbaar",
        "P2": "gebleven",
        "P3": "niet_vergelijkbaar",
    }


def test_rules_that_came_and_went_are_kept_apart() -> None:
    old = report({"P1": {"weg": "signaal", "r": "signaal"}})
    new = report({"P1": {"bij": "signaal", "r": "signaal"}})
    found = compare(old, new)
    assert (found.added, found.removed) == (["bij"], ["weg"])
    assert found.counts == dict(zip(STATUSES, (0, 0, 1, 0, 2), strict=True))
    rules = {row["regel"]: row for row in found.rules.to_dicts()}
    assert rules["bij"]["signalen_toen"] is None
    assert rules["weg"]["signalen_nu"] is None


def test_under_two_policies_a_difference_is_the_answer() -> None:
    old = report({"P1": {"r": "signaal"}, "P2": {"r": "geen_signaal"}})
    new = report({"P1": {"r": "geen_signaal"}, "P2": {"r": "signaal"}}, {"r": LIMIT})
    assert statuses(compare(old, new, what_if=True)) == {
        "P1": ("verdwenen", "nu_geen_signaal"),
        "P2": ("nieuw", "eerst_geen_signaal"),
    }


@pytest.mark.parametrize(
    "content, said",
    [
        (None, "hier staat geen rapport. Noem de map van een rapport, zoals rapport-2026K2."),
        (
            "{",
            "dit rapport is niet heel: verantwoording.json ontbreekt of is niet te lezen. Maak het rapport opnieuw met verdringing audit.",
        ),
        (
            '{"schema": 99, "versie": "9.1"}',
            "dit rapport heeft vorm 99; deze versie leest vorm 1. Gebruik versie 9.1 van verdringing.",
        ),
        (
            '{"schema": "1"}',
            "dit rapport is niet heel: verantwoording.json ontbreekt of is niet te lezen. Maak het rapport opnieuw met verdringing audit.",
        ),
        (
            '{"schema": 1}',
            "dit rapport is niet heel: verantwoording.json ontbreekt of is niet te lezen. Maak het rapport opnieuw met verdringing audit.",
        ),
    ],
)
def test_what_is_no_report_is_one_sentence(tmp_path: Path, content: str | None, said: str) -> None:
    if content:
        (tmp_path / "verantwoording.json").write_text(content)
    with pytest.raises(UserError) as caught:
        read_report(tmp_path)
    assert str(caught.value).partition(": ")[2] == said


FLEXTENSIE = "kandidaat_id;werkgever;instrument;startdatum\nK1;Zon;flextensie;05-01-2026\n"
JUNE, SEPTEMBER = "2026-06-30", "2026-09-30"


def refusal(*words: str) -> str:
    result = CliRunner().invoke(main, list(words), catch_exceptions=False)
    assert result.exit_code == 2, result.output
    return result.stderr


@pytest.fixture
def reports(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reports of two quarters, juni and september, of the file a.csv; all beside each other."""
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(FLEXTENSIE, encoding="utf-8")
    for name, day in {"juni": JUNE, "september": SEPTEMBER}.items():
        words = ["audit", "a.csv", "--peildatum", day, "--uit", name, "--stil"]
        assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0


@pytest.mark.usefixtures("reports")
def test_reports_that_are_named_the_wrong_way_round_are_refused() -> None:
    # held so, what is gone would be called new
    assert refusal("vergelijk", "september", "juni") == (
        "juni: dit rapport (30-06-2026) is van voor het rapport dat u eerder noemt: september (30-09-2026). "
        "Noem het oudste rapport eerst.\n"
    )
    assert not Path("vergelijking.html").exists()
    assert refusal("audit", "a.csv", "--peildatum", JUNE, "--vorige", "september", "--uit", "r") == (
        "--vorige: het vorige rapport heeft een latere peildatum (30-09-2026) dan dit rapport (30-06-2026). "
        "Noem een rapport van eerder.\n"
    )
    assert not Path("r").exists()


@pytest.mark.usefixtures("reports")
@pytest.mark.parametrize(
    ("names", "title"),
    [
        (("juni", "september"), "Vergelijking van twee rapporten"),
        (("juni", "september", "september"), "Vergelijking van 3 rapporten"),
    ],
)
def test_the_page_says_how_many_reports_it_compares(names: tuple[str, ...], title: str) -> None:
    assert CliRunner().invoke(main, ["vergelijk", *names, "--stil"], catch_exceptions=False).exit_code == 0
    page = Path("vergelijking.html").read_text(encoding="utf-8")
    assert f"<title>{title}</title>" in page
    assert f"<h1>{title}</h1>" in page
    assert page.startswith("<!DOCTYPE html>")
