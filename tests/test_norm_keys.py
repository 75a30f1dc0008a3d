"""Norms with a key: other amounts per cao, job, sector or municipality, each by its own dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from time import perf_counter
from typing import Any

import polars as pl
import pytest
from conftest import DAY, placed, rows_of_text, shipped, verdicts_of
from pydantic import ValidationError

from verdringing import check
from verdringing.complaints import complaints
from verdringing.judge import Judgement, judge
from verdringing.norms import Norm
from verdringing.record import Column
from verdringing.rule import Rule
from verdringing.strict_yaml import load

HORECA = """
titel: {nl: Lonen volgens de cao, en: Wages of the collective agreement}
eenheid: euro per uur
sleutel: [cao, functie]
rijen:
  - {voor: {cao: Horeca, functie: afwasser}, van: 2025-01-01, tot: 2025-06-30, bedrag: 14.00, bron: Loontabel, status: bevestigd}
  - {voor: {cao: Horeca, functie: kok}, van: 2025-01-01, bedrag: 16.10, bron: Loontabel, status: bevestigd}
  - {voor: {cao: HORECA., functie: Afwasser (m/v)}, van: 2025-07-01, bedrag: 14.50, bron: Loontabel, status: bevestigd}
  - {voor: {cao: Metaal, functie: verpakker}, van: 2024-07-01, tot: 2025-12-31, bedrag: 15.00, bron: Loontabel, status: bevestigd}
"""
"""inpakker and verpakker are one job in rules/functiegroepen.yaml."""


def norm(text: str = HORECA, **context: Any) -> Norm:
    return Norm.model_validate(load(text, "lonen.yaml").data, context={"job_groups": shipped().job_groups, **context})


def refused(text: str, **context: Any) -> list[str]:
    document = load(text, "lonen.yaml")
    with pytest.raises(ValidationError) as caught:
        Norm.model_validate(document.data, context={"job_groups": shipped().job_groups, **context})
    return [f"{one.where}: {one.what}" for one in complaints(caught.value, document)]


def rule(table: Norm, **parameters: Any) -> Rule:
    """tarief_onder_wml with another norm, and none of its own parameters."""
    given = next(one for one in shipped().rules if one.name == "tarief_onder_wml")
    params = check.find("tarief").Params.model_validate(
        {"norm": "lonen", **parameters}, context={"norms": {"lonen": table}}
    )
    return replace(given, params=params)


def judged(rows: Sequence[Mapping[str, str | None]], one: Rule, day: date = DAY) -> tuple[pl.DataFrame, Judgement]:
    placements = placed(rows_of_text([{"plaatsing_id": f"rij {n}", **row} for n, row in enumerate(rows)]), day)
    return placements, judge(placements, (one,))


def verdicts(rows: Sequence[Mapping[str, str | None]], one: Rule, day: date = DAY) -> list[str]:
    placements, judgement = judged(rows, one, day)
    found = verdicts_of(placements, judgement, one.name)
    return [found[f"rij {n}"] for n in range(len(rows))]


def row(
    cao: str | None, functie: str | None, uurtarief: str | None, start: str = "2025-03-03", **more: str
) -> dict[str, str | None]:
    return {"cao": cao, "functie": functie, "uurtarief": uurtarief, "startdatum": start, **more}


ON_THE_FIRST_DAY = [
    ("afwasser 14,00 tot en met juni", row("Horeca", "afwasser", "14,00", "2025-06-30"), "geen_signaal"),
    ("een cent eronder", row("Horeca", "afwasser", "13,99", "2025-06-30"), "signaal"),
    ("afwasser 14,50 vanaf juli", row("Horeca", "afwasser", "14,49", "2025-07-01"), "signaal"),
    ("afwasser precies 14,50", row("Horeca", "afwasser", "14,50", "2025-07-01"), "geen_signaal"),
    ("laatste rij zonder einde", row("Horeca", "afwasser", "14,49", "2026-06-01"), "signaal"),
    ("kok 16,10, ook waar 14,50 genoeg is voor de afwasser", row("Horeca", "kok", "14,50"), "signaal"),
    ("kok precies 16,10", row("Horeca", "kok", "16,10"), "geen_signaal"),
    ("andere schrijfwijze van de cao", row(" HORÉCA. ", "Afwasser (m/v) 32 uur", "13,99"), "signaal"),
    ("andere schrijfwijze, genoeg", row(" HORÉCA. ", "Afwasser (m/v) 32 uur", "14,00"), "geen_signaal"),
    ("inpakker is dezelfde functie als verpakker", row("Metaal", "inpakker", "14,99"), "signaal"),
    ("medewerker inpak ook, 15,00 mag", row("metaal", "Medewerker inpak", "15,00"), "geen_signaal"),
    ("de rij van de metaal eindigt op 31 december 2025", row("Metaal", "inpakker", "20,00", "2026-01-01"), "niet_toetsbaar"),
    ("en begint op 1 juli 2024", row("Metaal", "inpakker", "20,00", "2024-06-30"), "niet_toetsbaar"),
    ("op 1 juli 2024 al wel", row("Metaal", "inpakker", "20,00", "2024-07-01"), "geen_signaal"),
    ("horeca begint in 2025, de metaal helpt daar niet bij", row("Horeca", "kok", "5,00", "2024-12-31"), "niet_toetsbaar"),
    ("geen rij voor een kok in de metaal", row("Metaal", "kok", "5,00"), "niet_toetsbaar"),
    ("geen rij voor deze cao", row("Bouw", "kok", "5,00"), "niet_toetsbaar"),
    ("geen rij voor deze functie", row("Horeca", "ober", "5,00"), "niet_toetsbaar"),
    ("Horeca en Catering is een andere cao", row("Horeca en Catering", "kok", "5,00"), "niet_toetsbaar"),
    ("zonder cao", row(None, "kok", "5,00"), "niet_toetsbaar"),
    ("zonder functie", row("Horeca", None, "50,00"), "niet_toetsbaar"),
    ("zonder tarief", row("Horeca", "kok", None), "niet_toetsbaar"),
    ("ander instrument", {**row("Horeca", "kok", "5,00"), "instrument": "stage"}, "nvt"),
]  # fmt: skip


def test_each_key_has_its_own_amounts_and_days() -> None:
    one = rule(norm(), instrumenten=["flextensie"])
    found = verdicts([given for _words, given, _verdict in ON_THE_FIRST_DAY], one)
    told = zip(ON_THE_FIRST_DAY, found, strict=True)
    assert not [(words, got) for (words, _given, verdict), got in told if got != verdict]


def test_a_key_in_another_order_of_columns_is_the_same_key() -> None:
    text = HORECA.replace("{cao: Horeca, functie: kok}", "{functie: kok, cao: Horeca}")
    assert verdicts([row("Horeca", "kok", "16,09"), row("Horeca", "kok", "16,10")], rule(norm(text))) == [
        "signaal",
        "geen_signaal",
    ]


def missing(rows: Sequence[Mapping[str, str | None]], one: Rule) -> dict[str, int]:
    _placements, judgement = judged(rows, one)
    return dict(judgement.missing.select("ontbreekt", "aantal").rows())


@pytest.mark.parametrize(
    "given, lacking",
    [
        (row(None, "kok", "20,00"), "cao"),
        (row("Horeca", None, "20,00"), "functie"),
        (row(None, None, "20,00"), "cao, functie"),
        (row("Horeca", "kok", None), "uurtarief"),
        (row(None, "kok", None), "uurtarief, cao"),
        (row("Bouw", "kok", "20,00"), "norm"),
        (row("Horeca", "(m/v)", "20,00"), "norm"),
        (row("--", "kok", "20,00"), "norm"),
        (row("Metaal", "inpakker", "20,00", "2026-01-01"), "norm"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(given: Mapping[str, str | None], lacking: str) -> None:
    given = {**given, "cao": "\u2026" if given["cao"] == "--" else given["cao"]}
    assert missing([given], rule(norm())) == {lacking: 1}


# 23,5 procent: 14,00 → 17,29; 14,50 → 17,9075 → 17,91; 16,10 → 19,8835 → 19,88; 15,00 → 18,525 → 18,53
SURCHARGED = [
    (row("Horeca", "afwasser", "17,19", einddatum="2025-06-30"), "geen_signaal", None),  # tolerance 0,10
    (row("Horeca", "afwasser", "17,18", einddatum="2025-06-30"), "signaal", "2025-03-03"),
    (row("Horeca", "afwasser", "17,80", einddatum="2025-07-01"), "signaal", "2025-07-01"),  # 17,91 - 0,10 = 17,81
    (row("Horeca", "afwasser", "17,81", einddatum="2025-07-01"), "geen_signaal", None),
    (row("Horeca", "kok", "19,78", einddatum="2025-12-31"), "geen_signaal", None),
    (row("Horeca", "kok", "19,77", einddatum="2025-12-31"), "signaal", "2025-03-03"),
    (row("Metaal", "verpakker", "18,43", einddatum="2025-12-31"), "geen_signaal", None),
    (row("Metaal", "verpakker", "18,43", einddatum="2026-01-01"), "niet_toetsbaar", None),
    (row("Metaal", "verpakker", "18,42", einddatum="2026-01-01"), "signaal", "2025-03-03"),
    (row("Metaal", "verpakker", "18,42", "2024-06-30", einddatum="2024-07-01"), "signaal", "2024-07-01"),
]


def test_surcharge_tolerance_and_the_whole_placement_count_per_key() -> None:
    one = rule(norm(), opslag_pct=[{"pct": Decimal("23.5")}], tolerantie=Decimal("0.10"), peilmoment="looptijd")
    placements, judgement = judged([given for given, _verdict, _day in SURCHARGED], one)
    found = verdicts_of(placements, judgement, one.name)
    days = judgement.findings.join(placements.select("nr", "plaatsing_id"), on="nr")
    arose = dict(days.select("plaatsing_id", pl.col("ontstaan_op").cast(pl.String)).rows())
    got = [(found[name], arose.get(name)) for name in (f"rij {n}" for n in range(len(SURCHARGED)))]
    assert got == [(verdict, day) for _given, verdict, day in SURCHARGED]


def test_productivity_and_young_people_count_per_key() -> None:
    youth = "jeugd:\n  - {van: 2025-01-01, percentages: {leeftijd_18: 50}, bron: Besluit, status: bevestigd}\n"
    one = rule(norm(HORECA + youth), loonwaarde_meewegen=True)
    # born in 2006: 18 in 2025; half of 16,10 is 8,05; 60 % of that is 4,83
    rows = [
        row("Horeca", "kok", "8,05", geboortejaar="2006"),
        row("Horeca", "kok", "8,04", geboortejaar="2006"),
        row("Horeca", "kok", "4,83", geboortejaar="2006", loonwaarde="60"),
        row("Horeca", "kok", "4,82", geboortejaar="2006", loonwaarde="60"),
        row("Horeca", "kok", "9,66", loonwaarde="60"),
        row("Horeca", "kok", "9,65", loonwaarde="60"),
    ]
    assert verdicts(rows, one) == ["geen_signaal", "signaal"] * 3


def test_someone_gets_older_under_an_amount_without_an_end() -> None:
    youth = "jeugd:\n  - {van: 2025-01-01, percentages: {leeftijd_20: 80}, bron: Besluit, status: bevestigd}\n"
    one = rule(norm(HORECA + youth), peilmoment="looptijd", instrumenten=["flextensie"])
    # 80 % of 16,10 is 12,88; born in 2004 is 20 in 2025 and 21 in 2026, born in 2008 is 20 in 2029
    rows = [
        row("Horeca", "kok", "12,88", "2025-11-03", geboortejaar="2004", einddatum="2025-12-31"),
        row("Horeca", "kok", "12,88", "2025-11-03", geboortejaar="2004", einddatum="2026-01-01"),
        row("Horeca", "kok", "12,88", "2029-11-01", geboortejaar="2008", einddatum="2029-12-31"),
        row("Horeca", "kok", "12,88", "2029-11-01", geboortejaar="2008", einddatum="2030-01-01"),
    ]
    assert verdicts(rows, one) == ["geen_signaal", "signaal"] * 2


def test_a_finding_says_for_whom_the_amount_holds() -> None:
    one = rule(norm())
    placements, judgement = judged([row("Horeca", "Kok", "12,00")], one)
    evidence = check.find("tarief").check(one.params).evidence
    prepared = check.prepare(one.check, placements.lazy(), one.params)
    found = prepared.select(evidence["normrij"].alias("rij"), evidence["verschil"].alias("verschil")).collect()
    assert found.rows() == [("Horeca, kok: € 16,10 vanaf 01-01-2025 (Loontabel)", Decimal("4.10"))]
    assert judgement.findings["grens"].to_list() == ["16,10"]


def table(sleutel: str, *rows: str) -> str:
    lines = [f"  - {{{one}, bron: Tabel, status: bevestigd}}" for one in rows]
    return "\n".join(["titel: {nl: x, en: x}", "eenheid: euro per uur", f"sleutel: {sleutel}", "rijen:", *lines])


def test_other_columns_can_be_a_key() -> None:
    by_town = norm(table("[gemeente]", "voor: {gemeente: '''s-Hertogenbosch'}, van: 2025-01-01, bedrag: 15"))
    rows = [{"gemeente": "S HERTOGENBOSCH", "uurtarief": "14,99"}, {"gemeente": "Borne", "uurtarief": "14,99"}]
    assert verdicts(rows, rule(by_town)) == ["signaal", "niet_toetsbaar"]
    by_code = norm(
        table("[beroepscode, sector]", "voor: {beroepscode: 9412, sector: Zorg & welzijn}, van: 2025-01-01, bedrag: 15")
    )
    rows = [
        {"beroepscode": "9412", "sector": "zorg en welzijn", "uurtarief": uurtarief} for uurtarief in ("14,99", "15")
    ]
    assert verdicts(rows, rule(by_code)) == ["signaal", "geen_signaal"]


REFUSED = {
    "overlap within a key": (
        table("[cao]", "voor: {cao: A}, van: 2025-01-01, tot: 2025-06-30, bedrag: 1", "voor: {cao: B}, van: 2020-01-01, bedrag: 1", "voor: {cao: a}, van: 2025-06-30, bedrag: 1"),
        ["lonen.yaml:7: van: de rij van 2025-06-30 overlapt met de rij ervoor"],
    ),
    "gap within a key": (
        table("[cao]", "voor: {cao: A}, van: 2025-01-01, tot: 2025-06-29, bedrag: 1", "voor: {cao: B}, van: 2025-06-30, bedrag: 1", "voor: {cao: A}, van: 2025-07-01, bedrag: 1"),
        ["lonen.yaml:7: van: tussen 2025-06-29 en 2025-07-01 is er geen rij"],
    ),
    "one job under two titles": (
        table("[functie]", "voor: {functie: inpakker}, van: 2025-01-01, bedrag: 1", "voor: {functie: verpakker}, van: 2025-01-01, bedrag: 2"),
        ["lonen.yaml:6: van: de rij van 2025-01-01 overlapt met de rij ervoor"],
    ),
    "all mistakes at once": (
        table("[cao, functie]", "voor: {cao: A}, van: 2025-01-01, bedrag: 1", "van: 2025-01-01, bedrag: 1", "voor: {cao: A, functie: kok, sector: x}, van: 2025-01-01, bedrag: 1"),
        [f"lonen.yaml:{line}: voor: noem precies de kolommen van de sleutel: cao, functie" for line in (5, 6, 7)],
    ),
    "an empty value": (
        table("[cao, functie]", "voor: {cao: '-', functie: (m/v)}, van: 2025-01-01, bedrag: 1"),
        ["lonen.yaml:5: voor: een waarde van de sleutel is leeg"],
    ),
    "yes is no name": (
        table("[cao]", "voor: {cao: ja}, van: 2025-01-01, bedrag: 1", "voor: {cao: B}, van: 2025-01-01, bedrag: 1"),
        ["lonen.yaml:5: cao: 'ja' is geen tekst"],
    ),
    "an unknown column": (
        table("[cao, werkgever]", "voor: {cao: A, werkgever: B}, van: 2025-01-01, bedrag: 1"),
        ["lonen.yaml:3: sleutel: een norm kan niet per 'werkgever'; kies uit: cao, functie, sector, beroepscode, gemeente"],
    ),
    "twice the same column": (
        table("[cao, cao]", "voor: {cao: A}, van: 2025-01-01, bedrag: 1"),
        ["lonen.yaml:3: sleutel: een kolom staat er twee keer"],
    ),
    "for whom without a key": (
        table("[]", "voor: {cao: A}, van: 2025-01-01, bedrag: 1"),
        ["lonen.yaml:5: voor: deze norm heeft geen sleutel"],
    ),
    "more decimals than money has": (
        table("[cao]", "voor: {cao: A}, van: 2025-01-01, bedrag: 1.00001", "voor: {cao: B}, van: 2025-01-01, bedrag: 1"),
        ["lonen.yaml:5: bedrag: een bedrag heeft hoogstens vier cijfers achter de komma"],
    ),
}  # fmt: skip


@pytest.mark.parametrize("text, sentences", REFUSED.values(), ids=REFUSED)
def test_a_keyed_table_that_cannot_be_right_is_refused_with_its_line(text: str, sentences: list[str]) -> None:
    assert refused(text) == sentences


def test_text_columns_of_the_policy_can_be_a_key_and_other_ones_cannot() -> None:
    own = {
        "loonschaal": Column("loonschaal", "text", "schaal"),
        "ploegendienst": Column("ploegendienst", "yes_no", "x"),
    }
    text = table("[loonschaal]", "voor: {loonschaal: 3}, van: 2025-01-01, bedrag: 15")
    assert list(norm(text, columns=own).by_key) == [("3",)]
    said = refused(table("[ploegendienst]", "voor: {ploegendienst: x}, van: 2025-01-01, bedrag: 15"), columns=own)
    assert said == [
        "lonen.yaml:3: sleutel: een norm kan niet per 'ploegendienst'; kies uit: "
        "cao, functie, sector, beroepscode, gemeente, loonschaal"
    ]


def test_a_check_that_knows_no_keys_refuses_a_norm_with_one() -> None:
    per_year = norm(HORECA.replace("per uur", "per jaar"))
    with pytest.raises(ValidationError, match="deze norm heeft een sleutel"):
        check.find("premie").Params.model_validate({"norm": "lonen"}, context={"norms": {"lonen": per_year}})


def test_five_hundred_rows_cost_little_more_than_one() -> None:
    """A nested choice per row would take half a minute here."""
    rows = [f"voor: {{cao: Cao {n % 25}, functie: taak {n}}}, van: 2020-01-01, bedrag: 15" for n in range(500)]
    one = rule(norm(table("[cao, functie]", *rows)), peilmoment="looptijd")
    given = [row(f"CAO {n % 25}", f"Taak {n % 500}", "14,99" if n % 2 else "15,00") for n in range(500)]
    base = placed(
        rows_of_text([{"plaatsing_id": f"P{n}", "kandidaat_id": f"K{n}", **each} for n, each in enumerate(given)])
    )
    many = pl.concat([base] * 200)
    start = perf_counter()
    found = (
        check.prepare(one.check, many.lazy(), one.params).select(pl.col("_laag").sum(), low=pl.len()).collect().row(0)
    )
    assert found == (50_000, 100_000)
    assert perf_counter() - start < 5
