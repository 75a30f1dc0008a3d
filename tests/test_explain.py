"""A case in full: every rule's verdict with values and reasons, from the same files as the report or not at all."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner, Result
from conftest import judged, placed, rows_of_text, shipped

from verdringing import rulebook
from verdringing.cli import main
from verdringing.documents import case_files
from verdringing.judge import explain
from verdringing.rule import RuleBook

SAMPLES = Path(__file__).parent.parent / "samples"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    room = tmp_path_factory.mktemp("uitleg")
    shutil.copy(SAMPLES / "voorbeeldstad.csv", room)
    result = run("audit", room / "voorbeeldstad.csv", "--periode", "2026K3", "--uit", room / "rapport", "--stil")
    assert result.exit_code == 0, result.output
    return room / "rapport"


def test_every_rule_that_is_on_has_one_verdict_with_its_reasons() -> None:
    # 6 January to 1 September 2025 is past six months (5 July); without hours three months may be the limit too
    rows = [{"plaatsing_id": "P1", "einddatum": "2025-09-01"}, {"plaatsing_id": "P2", "kandidaat_id": "K2"}]
    placements = placed(rows_of_text(rows))
    told = explain(placements, shipped().rules, placements["plaatsing_id"] == "P1")
    assert sorted(told["regel"]) == sorted(rule.name for rule in shipped().rules if rule.on)
    assert told["nr"].unique().to_list() == placements.filter(plaatsing_id="P1")["nr"].to_list()
    one = {row["regel"]: row for row in told.to_dicts()}
    assert one["duur_te_lang"]["oordeel"] == "signaal"
    assert (one["duur_te_lang"]["waarde"], one["duur_te_lang"]["grens"]) == ("01-09-2025", "05-07-2025")
    assert one["niet_vrijwillig"]["ontbreekt"] == "vrijwillig"
    assert one["opvolging_zelfde_functie"]["ontbreekt"] is None


def test_the_explanation_and_the_verdict_are_the_same() -> None:
    rows = [
        {"plaatsing_id": f"P{n}", "kandidaat_id": f"K{n % 7}", "startdatum": f"2025-{n:02}-03"} for n in range(1, 13)
    ]
    placements = placed(rows_of_text(rows))
    told = explain(placements, shipped().rules, pl.repeat(value=True, n=placements.height, eager=True))
    named = told.join(placements.select("nr", "plaatsing_id"), on="nr")
    for rule in ("opvolging_zelfde_functie", "duur_te_lang", "instrumenten_gestapeld", "geen_begeleiding"):
        assert dict(named.filter(regel=rule).select("plaatsing_id", "oordeel").rows()) == judged(rows, rule)


WHY = {
    "a job title of which no key is left": ("opvolging_zelfde_functie", "", {"functie": "32 uur"}, "functie"),
    "an age that decides": (
        "tarief_onder_wml",
        "leeftijd_onbekend: niet_toetsbaar",
        {"startdatum": "2025-02-01", "einddatum": "2025-03-01", "uurtarief": "9,00"},
        "geboortejaar",
    ),
    "an inlener that has to be empty": ("inlener_onbekend", "", {}, "uitzendbureau"),
    "a rate, and a norm that nobody knows either": (
        "tarief_onder_ondergrens",
        "",
        {"uurtarief": None},
        "uurtarief, norm",
    ),
    "a rate where the norm is known": (
        "tarief_onder_ondergrens",
        "",
        {"startdatum": "2017-12-31", "einddatum": "2018-02-01", "uurtarief": None},
        "uurtarief",
    ),
    "a rate over days that all have a norm": (
        "tarief_onder_wml",
        "",
        {"startdatum": "2026-02-01", "einddatum": "2026-12-31", "uurtarief": None},
        "uurtarief",
    ),
    "a rate over days of which the last has no norm": (
        "tarief_onder_wml",
        "",
        {"startdatum": "2026-02-01", "einddatum": "2027-01-01", "uurtarief": None},
        "uurtarief, norm",
    ),
    "a rate and an age that nobody knows": (
        "tarief_onder_wml",
        "leeftijd_onbekend: niet_toetsbaar",
        {"startdatum": "2026-02-01", "einddatum": "2026-03-01", "uurtarief": None},
        "uurtarief",
    ),
    "an extension that does not matter": (
        "proefplaatsing_te_lang",
        "",
        {"instrument": "proefplaatsing", "startdatum": "2024-12-01", "einddatum": "2024-12-15", "functie": None},
        "functie",
    ),
}


@pytest.mark.parametrize("name, parameters, row, lacks", WHY.values(), ids=WHY)
def test_what_is_missing_is_named_and_nothing_else(
    name: str, parameters: str, row: Mapping[str, str | None], lacks: str
) -> None:
    found = reasons(name, parameters, row)
    assert (found["oordeel"], found["ontbreekt"]) == ("niet_toetsbaar", lacks)


LISTED = {"startdatum": "2026-02-02", "einddatum": "2026-04-30"}
INK = LISTED | {"werkgever": "Drukkerij Inktvlek B.V."}
KNOWN_BY = {
    "its own number": ([INK | {"kvk_nummer": "00000301"}], "de werkgever", "het KvK-nummer"),
    "a number of its name": (
        [INK, INK | {"kvk_nummer": "00000301"}],
        "de werkgever",
        "het KvK-nummer, dat in een andere rij bij dezelfde naam staat",
    ),
    "its name": ([INK], "de werkgever", "de naam"),
    "the one that lends": (
        [INK | {"kvk_nummer": "00000301", "inlener": "Wasserij Wolkenwit"}],
        "de werkgever die uitleent",
        "het KvK-nummer",
    ),
    "the inlener": (
        [LISTED | {"werkgever": "Uitzendbureau Slakkengang", "inlener_kvk": "00000301"}],
        "de inlener",
        "het KvK-nummer",
    ),
}


@pytest.mark.parametrize("rows, who, by", KNOWN_BY.values(), ids=KNOWN_BY)
def test_a_signal_of_the_list_says_who_is_on_it_and_how_that_is_known(
    rows: list[dict[str, str | None]], who: str, by: str
) -> None:
    found = reasons("zwarte_lijst", "", *(row | {"plaatsing_id": f"P{n}"} for n, row in enumerate(rows)))
    assert found["oordeel"] == "signaal"
    assert f"wie: {who}; herkend_aan: {by}; " in found["gegevens"]


def reasons(name: str, parameters: str, *rows: Mapping[str, str | None]) -> dict[str, Any]:
    """What a rule with these parameters says of the first of the rows, and why."""
    book = case_book()
    rule = next(one for one in book.rules if one.name == name)
    placements = placed(rows_of_text(rows))
    return explain(placements, (case_files.changed(rule, parameters, book),), placements["in_bereik"]).to_dicts()[0]


@cache
def case_book() -> RuleBook:
    return rulebook.load(lists=case_files.lists_in(Path(__file__).parent / "rules" / "lijsten"))


INNOCENT = {
    "an employer on no list": ("zwarte_lijst", {"werkgever": "Kringloop Rondje"}),
    "a short placement": ("duur_te_lang", {"einddatum": "2025-02-01"}),
    "a good rate": (
        "tarief_onder_ondergrens",
        {"startdatum": "2017-03-01", "einddatum": "2017-03-31", "uurtarief": "30", "gewerkte_uren": "8"},
    ),
}


@pytest.mark.parametrize("name, row", INNOCENT.values(), ids=INNOCENT)
def test_without_a_signal_nothing_is_said_that_only_holds_with_one(name: str, row: Mapping[str, str]) -> None:
    found = reasons(name, "", row)
    assert found["oordeel"] == "geen_signaal"
    told = {part.split(": ")[0] for part in (found["gegevens"] or "").split("; ")}
    assert not {"wie", "herkend_aan", "afwijking", "verschil", "tekort"} & told


@pytest.mark.parametrize(
    "rate, hours, short",
    [("11,60", "8,5", "1,28"), ("10,74", "2,5", "2,53"), ("11,60", "0,1", "0,02"), ("11,695", "1.000,0", "55,00")],
)
def test_what_is_short_over_all_hours_is_exact(rate: str, hours: str, short: str) -> None:
    """11,75 - 11,60 = 0,15; × 8,5 = 1,275, half up 1,28. 1,01 × 2,5 = 2,525 → 2,53. 0,15 × 0,1 = 0,015 → 0,02.

    And parts of a cent count: 11,75 - 11,695 = 0,055; × 1000 = 55,00.
    """
    row = {"startdatum": "2017-03-01", "einddatum": "2017-03-31", "uurtarief": rate, "gewerkte_uren": hours}
    told = reasons("tarief_onder_cao", "opslag_pct: []", row | {"cao_uurloon": "11,75"})["gegevens"]
    assert told.endswith(f"; tekort: {short}")
    assert "normrij" not in told


def test_a_surcharge_stands_beside_the_amount_it_is_on() -> None:
    """14,06 from 1 January 2025 (facts.md); × 1,235 = 17,3641, so the floor is 17,36."""
    row = {"startdatum": "2025-02-03", "einddatum": "2025-02-28", "uurtarief": "12"}
    told = reasons("tarief_onder_wml_met_lasten", "", row)["gegevens"]
    assert "ondergrens: 17,36; verschil: 5,36;" in told
    assert "normrij: € 14,06 vanaf 01-01-2025 (" in told
    assert told.endswith(") plus 23,5% opslag")


def test_the_row_of_the_norm_is_named_also_without_a_signal() -> None:
    # 12,30 on 1 March 2017 is the floor of that year itself: still allowed
    rows = [{"plaatsing_id": "P1", "startdatum": "2017-03-01", "einddatum": "2017-03-31", "uurtarief": "12,30"}]
    placements = placed(rows_of_text(rows))
    told = (
        explain(placements, shipped().rules, placements["nr"] == 0)
        .filter(regel="tarief_onder_ondergrens")
        .to_dicts()[0]
    )
    assert told["oordeel"] == "geen_signaal"
    assert "Onderzoek Flextensie 2017" in told["gegevens"]
    assert told["grens"] == "12,30"


def test_a_case_is_printed_with_signals_gaps_and_grounds(report: Path) -> None:
    found = json.loads((report / "bevindingen.json").read_text(encoding="utf-8"))["bevindingen"][0]
    result = run("uitleg", report, found["zaak"].lower())
    assert result.exit_code == 0, result.output
    assert f"Zaak {found['zaak']}" in result.output
    assert f"rij {found['rij']}" in result.output
    assert found["toelichting"] in result.output
    assert f"Gemeten: {found['waarde']}; grens: {found['grens']}." in result.output


def test_an_unknown_case_is_one_sentence(report: Path) -> None:
    result = run("uitleg", report, "00000-00000")
    assert result.exit_code == 2
    assert "er is geen zaak '00000-00000'" in result.output


def test_other_files_are_refused(report: Path) -> None:
    file = report.parent / "voorbeeldstad.csv"
    before = file.read_bytes()
    file.write_bytes(before + b"\n")
    result = run("uitleg", report, "00000-00000")
    file.write_bytes(before)
    assert result.exit_code == 2
    assert "het bestand voorbeeldstad.csv is niet meer hetzelfde" in result.output


def test_a_rule_under_several_versions_is_named_with_its_policy(tmp_path: Path) -> None:
    rows = "kandidaat_id;werkgever;instrument;functie;startdatum;einddatum\nK1;A;flextensie;kok;2025-01-06;2025-12-31\n"
    (tmp_path / "p.csv").write_text(rows, "utf-8")
    for year, months in (("2024", 4), ("2025", 5)):
        (tmp_path / f"beleid-{year}.yaml").write_text(
            f"naam: Beleid {year}\ngeldig: {{van: {year}-01-01, tot: {year}-12-31}}\n"
            f"regels: {{duur_te_lang: {{parameters: {{grenzen: [{{maanden: {months}}}]}}}}}}\n",
            "utf-8",
        )
    policies = [word for year in ("2024", "2025") for word in ("--beleid", tmp_path / f"beleid-{year}.yaml")]
    result = run("audit", tmp_path / "p.csv", *policies, "--peildatum", "2026-09-30", "--uit", tmp_path / "r", "--stil")
    assert result.exit_code == 0, result.output
    case = json.loads((tmp_path / "r" / "bevindingen.json").read_text(encoding="utf-8"))["bevindingen"][0]["zaak"]
    told = run("uitleg", tmp_path / "r", case).output
    assert "Flextensie duurt te lang (duur_te_lang, Beleid 2025" in told
    assert "duur_te_lang/" not in told
