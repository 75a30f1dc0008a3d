"""Dated amounts: tables without gaps or overlaps, the row of a day, and the shipped amounts against their sources."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import ROUND_CEILING, Decimal
from pathlib import Path
from typing import Any

import pytest
from conftest import shipped
from pydantic import ValidationError

from verdringing import rulebook
from verdringing.norms import Norm
from verdringing.rule_print import fingerprint
from verdringing.stretches import Stretch, cents
from verdringing.youth import Youth


def norm(*rows: dict[str, Any], **more: Any) -> Norm:
    filled = [
        {"bedrag": Decimal(n), "bron": "Wet", "status": "bevestigd", **row} for n, row in enumerate(rows, start=1)
    ]
    return Norm.model_validate({"titel": {"nl": "x", "en": "x"}, "eenheid": "euro per uur", "rijen": filled, **more})


def days(first: str, last: str | None = None) -> dict[str, Any]:
    return {"van": date.fromisoformat(first)} | ({"tot": date.fromisoformat(last)} if last else {})


REFUSED = {
    "overlap of a day": (
        [days("2025-01-01", "2025-06-30"), days("2025-06-30")],
        "de rij van 2025-06-30 overlapt met de rij ervoor",
    ),
    "twice the same day": (
        [days("2025-01-01"), days("2025-01-01")],
        "de rij van 2025-01-01 overlapt met de rij ervoor",
    ),
    "out of order": ([days("2025-07-01"), days("2025-01-01")], "de rij van 2025-01-01 overlapt met de rij ervoor"),
    "gap of a day": (
        [days("2025-01-01", "2025-06-29"), days("2025-07-01")],
        "tussen 2025-06-29 en 2025-07-01 is er geen rij",
    ),
    "ends before it begins": ([days("2025-07-01", "2025-06-30")], "'tot' ligt voor 'van'"),
    "negative": ([{**days("2025-01-01"), "bedrag": Decimal(-1)}], "een bedrag is niet lager dan nul"),
    "unknown status": ([{**days("2025-01-01"), "status": "zeker"}], "'bevestigd', 'afgeleid' or 'te_bevestigen'"),
    "no source": ([{**days("2025-01-01"), "bron": ""}], "at least 1 character"),
    "unknown key": ([{**days("2025-01-01"), "bedragen": 1}], "Extra inputs are not permitted"),
    "an empty list": ([], "mag niet leeg zijn"),
    "more than any wage": ([{**days("2025-01-01"), "bedrag": 99_999_999_999_999}], "hoogstens 1000000"),
    "more than any number": ([{**days("2025-01-01"), "bedrag": Decimal("1e400")}], "hoogstens 1000000"),
    "no number": ([{**days("2025-01-01"), "bedrag": "NaN"}], "'NaN' is geen bedrag; schrijf een getal"),
    "a power": ([{**days("2025-01-01"), "bedrag": {"uren_36": "1e400"}}], "'1e400' is geen bedrag"),
    "yes": ([{**days("2025-01-01"), "bedrag": True}], "'ja' is geen bedrag"),
    "a comma in quotes": ([{**days("2025-01-01"), "bedrag": "15,50"}], "zonder aanhalingstekens: 15,50"),
    "other kinds of amounts": (
        [{**days("2025-01-01"), "bedrag": {"uren_36": 1}}, {**days("2026-01-01"), "bedrag": {"uren_40": 1}}],
        "de rijen hebben niet dezelfde soorten bedragen",
    ),
}


@pytest.mark.parametrize("rows, sentence", REFUSED.values(), ids=REFUSED)
def test_a_table_that_cannot_be_right_is_refused(rows: list[dict[str, Any]], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        norm(*rows)
    assert sentence in str(caught.value)


YOUTH = {"percentages": {"leeftijd_20": Decimal("61.5"), "leeftijd_15": 30}, "bron": "Besluit", "status": "bevestigd"}


@pytest.mark.parametrize(
    "jeugd, sentence",
    [
        ([{**YOUTH, **days("2025-07-01")}, {**YOUTH, **days("2025-01-01")}], "staan niet op volgorde van datum"),
        ([{**YOUTH, **days("2025-01-01"), "percentages": {"leeftijd_23": 100}}], "'leeftijd_23' is geen leeftijd"),
        ([{**YOUTH, **days("2025-01-01"), "percentages": {"20": 80}}], "'20' is geen leeftijd"),
        (
            [{**YOUTH, **days("2025-01-01"), "percentages": {"leeftijd_20": 10**20}}],
            "geen percentage; schrijf een getal",
        ),
        ([{**YOUTH, **days("2025-01-01"), "percentages": {"leeftijd_20": -1}}], "'-1' is geen percentage"),
        ([{**YOUTH, **days("2025-01-01"), "percentages": {"leeftijd_20": "80,5"}}], "'80,5' is geen percentage"),
    ],
)
def test_youth_percentages_that_cannot_be_right_are_refused(jeugd: list[dict[str, Any]], sentence: str) -> None:
    with pytest.raises(ValidationError) as caught:
        norm(days("2025-01-01"), jeugd=jeugd)
    assert sentence in str(caught.value)


TABLE = norm(days("2025-01-01", "2025-06-30"), days("2025-07-01"), days("2026-01-01", "2026-12-31"))
ON = {
    "2024-12-31": None,
    "2025-01-01": 1,
    "2025-06-30": 1,
    "2025-07-01": 2,
    "2025-12-31": 2,
    "2026-01-01": 3,
    "2026-12-31": 3,
    "2027-01-01": None,
}


@pytest.mark.parametrize("day, amount", ON.items())
def test_a_row_holds_from_its_first_to_its_last_day_and_no_other(day: str, amount: int | None) -> None:
    row = TABLE.on(date.fromisoformat(day))
    assert (row and row.amount(None)) == amount


@pytest.mark.parametrize("titel", ["Lonen", {"nl": "Lonen"}, {"en": "Lonen"}, {"nl": "Lonen", "en": "Lonen"}])
def test_a_title_in_one_language_counts_for_both(titel: Any) -> None:
    assert norm(days("2025-01-01"), titel=titel).titel == {"nl": "Lonen", "en": "Lonen"}


@pytest.mark.parametrize("titel", [{}, None, 3, {"nl": "x", "de": "y"}, {"nl": 3}])
def test_a_title_is_text(titel: Any) -> None:
    with pytest.raises(ValidationError):
        norm(days("2025-01-01"), titel=titel)


def test_a_last_row_without_an_end_holds_for_ever() -> None:
    row = norm(days("2025-01-01")).on(date.max)
    assert row is not None


def test_amounts_change_on_the_first_days_of_rows_and_on_the_day_after_the_last() -> None:
    table = norm(
        days("2025-01-01", "2025-06-30"), days("2025-07-01", "2025-12-31"), jeugd=[{**YOUTH, **days("2025-03-01")}]
    )
    assert table.changes() == {date(2025, 1, 1), date(2025, 3, 1), date(2025, 7, 1), date(2026, 1, 1)}
    assert norm(days("2025-01-01", "9999-12-31")).changes() == {date(2025, 1, 1)}


@pytest.mark.parametrize(
    "age, percentage", {15: "30", 14: "30", 3: "30", 20: "61.5", 21: "100", 16: "100", 23: "100", 60: "100"}.items()
)
def test_a_youth_percentage_is_that_of_the_age_and_whole_where_none_stands(age: int, percentage: str) -> None:
    youth = norm(days("2025-01-01"), jeugd=[{**YOUTH, **days("2025-02-01")}]).youth_on(date(2025, 2, 1))
    assert youth is not None
    assert youth.percentage(age) == Decimal(percentage)


@pytest.mark.parametrize("percentages", [None, {"leeftijd_20": 100}, {"leeftijd_20": 80}])
def test_only_what_is_less_for_the_young_is_rounded_to_the_cent(percentages: dict[str, int] | None) -> None:
    """An amount of three decimals is the same at every age without youth percentages: 13,005, not 13,01.

    80 % of it is 10,404, and that is published as 10,40.
    """
    youth = percentages and Youth.model_validate({**YOUTH, **days("2025-01-01"), "percentages": percentages})
    amounts = Stretch(date(2025, 1, 1), Decimal("13.005"), youth=youth or None).amounts()
    lower = 104_000 if percentages == {"leeftijd_20": 80} else 130_050
    assert amounts == [*[130_050] * 5, lower, *[130_050] * 3, lower, 130_050]


def test_youth_percentages_hold_from_their_first_day() -> None:
    later = {**YOUTH, **days("2025-07-01"), "percentages": {"leeftijd_20": 80}}
    table = norm(days("2025-01-01"), jeugd=[{**YOUTH, **days("2025-02-01")}, later])
    assert table.youth_on(date(2025, 1, 31)) is None
    found = [table.youth_on(date(2025, month, day)) for month, day in ((2, 1), (6, 30), (7, 1))]
    assert [youth and youth.percentage(20) for youth in found] == [Decimal("61.5"), Decimal("61.5"), 80]


@pytest.mark.parametrize(
    "euro, whole",
    {
        "12.30": 1230,
        "0.005": 1,
        "0.0049": 0,
        "2.675": 268,
        "10.125": 1013,
        "10.1249999": 1012,
        "10.135": 1014,
        "0": 0,
    }.items(),
)
def test_cents_are_rounded_half_up(euro: str, whole: int) -> None:
    assert cents(Decimal(euro)) == whole


# rules.md 4: 11,75 in 2015 and 2016, 12,30 in 2017, and nothing before or after
FLOOR = {
    "2014-12-31": None,
    "2015-01-01": "11.75",
    "2016-12-31": "11.75",
    "2017-01-01": "12.30",
    "2017-12-31": "12.30",
    "2018-01-01": None,
}
# the law pays per week until 2023: week amounts of facts.md 1.1
WEEK = {
    "2015-01-01": "346.55",
    "2015-07-01": "347.95",
    "2016-01-01": "351.85",
    "2016-07-01": "354.75",
    "2017-01-01": "358.05",
    "2017-07-01": "361.25",
    "2018-01-01": "364.15",
    "2018-07-01": "367.90",
    "2019-01-01": "372.90",
    "2019-07-01": "377.45",
    "2020-01-01": "381.60",
    "2020-07-01": "387.70",
    "2021-01-01": "388.80",
    "2021-07-01": "392.55",
    "2022-01-01": "398.10",
    "2022-07-01": "405.30",
    "2023-01-01": "446.40",
    "2023-07-01": "460.40",
}
HOUR = {
    "2024-01-01": "13.27",
    "2024-07-01": "13.68",
    "2025-01-01": "14.06",
    "2025-07-01": "14.40",
    "2026-01-01": "14.71",
    "2026-07-01": "14.99",
    "2026-12-31": "14.99",
}


@pytest.mark.parametrize("day, amount", FLOOR.items())
def test_the_floor_of_the_study_holds_in_2015_to_2017(day: str, amount: str | None) -> None:
    row = shipped().norms["ondergrens_flextensie"].on(date.fromisoformat(day))
    assert (row and row.amount(None)) == (amount and Decimal(amount))


@pytest.mark.parametrize("hours", [36, 38, 40])
@pytest.mark.parametrize("day, week", WEEK.items())
def test_the_minimum_wage_until_2023_is_the_week_amount_by_hours_rounded_up(day: str, week: str, hours: int) -> None:
    table = shipped().norms["wml"]
    per_hour = (Decimal(week) / hours).quantize(Decimal("0.01"), ROUND_CEILING)
    first = date.fromisoformat(day)
    row = table.on(first)
    assert row is not None
    assert row.van == first
    assert row.amount(f"uren_{hours}") == per_hour
    before = table.on(first - timedelta(days=1))
    assert (before is None) == (day == "2015-01-01")


@pytest.mark.parametrize("day, amount", HOUR.items())
def test_the_minimum_wage_from_2024_is_one_amount_per_hour(day: str, amount: str) -> None:
    row = shipped().norms["wml"].on(date.fromisoformat(day))
    assert row is not None
    assert {row.amount(f"uren_{hours}") for hours in (36, 38, 40)} == {Decimal(amount)}


def test_the_minimum_wage_is_not_guessed_beyond_what_is_known() -> None:
    assert shipped().norms["wml"].on(date(2014, 12, 31)) is None
    assert shipped().norms["wml"].on(date(2027, 1, 1)) is None


@pytest.mark.parametrize("name", ["ondergrens_flextensie", "premie_maximum", "wml"])
def test_every_shipped_amount_has_a_source_and_no_gap(name: str) -> None:
    table = shipped().norms[name]
    assert all(row.bron and row.tot for row in table.rijen)
    assert all(
        after.van == (before.tot or date.max) + timedelta(days=1)
        for before, after in zip(table.rijen, table.rijen[1:], strict=False)
    )


# printed amounts for ages 20 to 15 (facts.md 1.3), on days of which the adult amount is known
PRINTED = {
    "2024-01-01": "10.62 7.96 6.64 5.24 4.58 3.98",
    "2024-07-01": "10.94 8.21 6.84 5.40 4.72 4.10",
    "2025-01-01": "11.25 8.44 7.03 5.55 4.85 4.22",
    "2025-07-01": "11.52 8.64 7.20 5.69 4.97 4.32",
    "2026-01-01": "11.77 8.83 7.36 5.81 5.07 4.41",
    "2026-07-01": "11.99 8.99 7.50 5.92 5.17 4.50",
}


@pytest.mark.parametrize("day, amounts", PRINTED.items())
def test_youth_amounts_rounded_to_the_cent_are_those_that_are_printed(day: str, amounts: str) -> None:
    table, first = shipped().norms["wml"], date.fromisoformat(day)
    row, youth = table.on(first), table.youth_on(first)
    assert row is not None
    assert youth is not None
    found = [cents(row.amount(None) * youth.percentage(age) / 100) for age in range(20, 14, -1)]
    assert found == [int(Decimal(amount) * 100) for amount in amounts.split()]


# facts.md 1.3: ages 22 to 15
SHARES = {
    "2015-01-01": "85 72.5 61.5 52.5 45.5 39.5 34.5 30",
    "2017-06-30": "85 72.5 61.5 52.5 45.5 39.5 34.5 30",
    "2017-07-01": "100 85 70 55 47.5 39.5 34.5 30",
    "2019-06-30": "100 85 70 55 47.5 39.5 34.5 30",
    "2019-07-01": "100 100 80 60 50 39.5 34.5 30",
    "2026-12-31": "100 100 80 60 50 39.5 34.5 30",
}


@pytest.mark.parametrize("day, shares", SHARES.items())
def test_youth_percentages_change_on_their_days(day: str, shares: str) -> None:
    youth = shipped().norms["wml"].youth_on(date.fromisoformat(day))
    assert youth is not None
    assert [youth.percentage(age) for age in range(22, 14, -1)] == [Decimal(share) for share in shares.split()]


@pytest.mark.parametrize("name", ["wml", "ondergrens_flextensie", "premie_maximum"])
def test_every_remark_at_a_shipped_amount_has_its_english(name: str) -> None:
    remarks = [row.opmerking for row in shipped().norms[name].rijen if row.opmerking]
    assert remarks
    assert all(remark["nl"] != remark["en"] for remark in remarks)


def test_a_remark_in_one_language_counts_for_both() -> None:
    assert norm({**days("2025-01-01"), "opmerking": "Nagerekend."}).rijen[0].opmerking == dict.fromkeys(
        ("nl", "en"), "Nagerekend."
    )


def test_what_is_said_of_amounts_does_not_make_another_norm(tmp_path: Path) -> None:
    """A report says that the amounts of a rule changed, and then they did."""
    table = "titel: {titel}\neenheid: euro per uur\nrijen:\n  - {{van: 2025-01-01, bedrag: {bedrag}, bron: {bron}, status: bevestigd{more}}}\n"
    (tmp_path / "normen").mkdir()
    (tmp_path / "beleid.yaml").write_text("normen: normen/\n", encoding="utf-8")

    def printed(**said: str) -> str:
        given = {"titel": "Ondergrens", "bedrag": "13", "bron": "besluit", "more": ""} | said
        (tmp_path / "normen" / "ondergrens_flextensie.yaml").write_text(table.format(**given), encoding="utf-8")
        rules = rulebook.load((tmp_path / "beleid.yaml",)).rules
        return next(fingerprint(rule) for rule in rules if rule.name == "tarief_onder_ondergrens")

    first = printed()
    assert printed(titel="Ons bedrag", bron="ander besluit", more=", opmerking: nagerekend") == first
    assert printed(more=", opmerking: {nl: nagerekend, en: checked}") == first
    assert printed(more=", opmerking: ''") == first
    assert printed(bedrag="14") != first
