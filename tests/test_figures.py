"""Numbers, dates and amounts as a person reads them: Babel says the same, in Dutch and in English."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

import polars as pl
import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from verdringing import figures, sentences, words

MONEY = pl.Decimal(14, 4)
DAYS = [date(2025, month, 17) for month in range(1, 13)] + [
    date(2024, 2, 29),
    date(2026, 12, 31),
    date(2015, 1, 1),
    date(1999, 9, 9),
]
COUNTS = [0, 1, 12, 999, 1000, 1234, 12345, 999_999, 1_000_000, 1_234_567_890]
CENTS = [0, 1, 5, 10, 99, 100, 1230, 123_000, 100_000, 123_456_789, 99_999_999]
HOURS = [0.0, 0.5, 24.5, 32.0, 28.25, 16.75, 100.0, 1040.0, 0.1, 0.01, 12.3, 99.99, 36.07]


@pytest.fixture(params=words.LANGUAGES)
def spoken(request: pytest.FixtureRequest) -> Iterator[str]:
    """The language of the run, as Babel knows it; Dutch again afterwards."""
    before = words.language()
    words.choose_language(request.param)
    yield request.param
    words.choose_language(before)


def column(change, values: list[object], dtype: pl.DataType) -> list[object]:
    frame = pl.DataFrame({"value": pl.Series(values, dtype=dtype)})
    return frame.select(change(pl.col("value"), frame.schema["value"]).alias("text"))["text"].to_list()


@pytest.mark.parametrize("number", COUNTS)
def test_a_count_has_its_thousands_apart(spoken: str, number: int) -> None:
    assert figures.count(number) == format_decimal(number, locale=spoken)


@pytest.mark.parametrize("cents", CENTS)
def test_an_amount_has_two_decimals_and_its_thousands_apart(spoken: str, cents: int) -> None:
    expected = "€ " + format_decimal(Decimal(cents) / 100, format="#,##0.00", locale=spoken)
    assert figures.amount(Decimal(cents) / 100) == figures.amount(cents / 100) == expected


@pytest.mark.parametrize("text", ["14.3450", "14.3455", "0.0001", "1234.5670", "14.30"])
def test_an_amount_with_more_decimals_is_not_rounded(spoken: str, text: str) -> None:
    assert figures.amount(Decimal(text)) == "€ " + format_decimal(Decimal(text), format="#,##0.00##", locale=spoken)


@pytest.mark.parametrize("hours", HOURS)
def test_a_decimal_has_as_many_decimals_as_it_needs(spoken: str, hours: float) -> None:
    expected = format_decimal(hours, format="0.##", locale=spoken)
    assert figures.decimal(hours) == expected
    assert (
        column(sentences.in_words, [hours], pl.Float64())
        == column(sentences.in_cell, [hours], pl.Float64())
        == [expected]
    )


@pytest.mark.parametrize("value", DAYS, ids=str)
def test_a_date_in_words_has_its_month_by_name(spoken: str, value: date) -> None:
    expected = format_date(value, "d MMMM yyyy", locale=spoken)
    assert figures.day_in_words(value) == expected
    assert column(sentences.in_words, [value], pl.Date()) == [expected]


@pytest.mark.parametrize("value", DAYS, ids=str)
def test_a_date_in_a_table_is_digits(spoken: str, value: date) -> None:
    expected = format_date(value, "dd-MM-yyyy", locale=spoken)
    assert figures.day(value) == expected
    assert column(sentences.in_cell, [value], pl.Date()) == [expected]


TEN_THOUSANDTHS = st.integers(0, 10**10)


@settings(max_examples=100)
@given(values=st.lists(TEN_THOUSANDTHS, min_size=1, max_size=20), language=st.sampled_from(words.LANGUAGES))
def test_an_amount_in_a_sentence_is_never_rounded(values: list[int], language: str) -> None:
    euros = [Decimal(value) / 10_000 for value in values]
    expected = [format_decimal(euro, format="0.00##", locale=language) for euro in euros]
    before = words.language()
    words.choose_language(language)
    try:
        assert column(sentences.in_cell, euros, MONEY) == expected
        grouped = [format_decimal(euro, format="#,##0.00##", locale=language) for euro in euros]
        assert column(sentences.in_words, euros, MONEY) == [f"€ {text}" for text in grouped]
    finally:
        words.choose_language(before)


@pytest.mark.parametrize("say", [figures.amount, figures.decimal, figures.day])
def test_what_is_missing_is_an_empty_cell(say) -> None:
    assert say(None) == ""


@pytest.mark.parametrize("dtype", [pl.Date(), MONEY, pl.Float64(), pl.Boolean(), pl.String(), pl.Int32()], ids=str)
def test_what_is_missing_stays_missing_in_a_column_and_is_unknown_in_a_sentence(dtype: pl.DataType) -> None:
    assert column(sentences.in_words, [None], dtype) == column(sentences.in_cell, [None], dtype) == [None]
    assert column(lambda value, kind: sentences.sentence("Het is {x}.", {"x": value}, {"x": kind}), [None], dtype) == [
        "Het is onbekend."
    ]


@pytest.mark.parametrize(
    "values, dtype, expected",
    [
        ([True, False], pl.Boolean(), ["ja", "nee"]),
        (["beschut_werk"], pl.Enum(["beschut_werk"]), ["beschut werk"]),
        (["beschut_werk {x}"], pl.String(), ["beschut_werk {x}"]),
        ([12, -3], pl.Int32(), ["12", "-3"]),
    ],
)
def test_yes_names_texts_and_whole_numbers_in_words(
    values: list[object], dtype: pl.DataType, expected: list[str]
) -> None:
    assert column(sentences.in_words, values, dtype) == expected


def test_a_sentence_fills_its_holes_row_by_row() -> None:
    frame = pl.DataFrame(
        {
            "wie": ["A {dag}", None],
            "dag": [date(2025, 8, 17), date(2025, 1, 1)],
            "tarief": [Decimal("12.3"), Decimal("7.125")],
        },
        schema={"wie": pl.String, "dag": pl.Date, "tarief": MONEY},
    )
    holes = {name: pl.col(name) for name in frame.columns}
    text = "{wie} betaalt {tarief} per uur vanaf {dag} ({{niet}} {dag})."
    assert frame.select(sentences.sentence(text, holes, frame.schema).alias("zin"))["zin"].to_list() == [
        "A {dag} betaalt € 12,30 per uur vanaf 17 augustus 2025 ({niet} 17 augustus 2025).",
        "onbekend betaalt € 7,125 per uur vanaf 1 januari 2025 ({niet} 1 januari 2025).",
    ]


@pytest.mark.parametrize("text, expected", {"Geen gat.": "Geen gat.", "": ""}.items(), ids=["no hole", "empty"])
def test_a_sentence_without_holes_is_itself(text: str, expected: str) -> None:
    assert pl.select(sentences.sentence(text, {}, {})).item() == expected


@pytest.mark.parametrize(
    "value, text",
    [
        (Decimal("12.3"), "€ 12,30"),
        (24.5, "24,5"),
        (True, "ja"),
        (3, "3"),
        ("x", "x"),
        (date(2025, 8, 17), "17 augustus 2025"),
    ],
)
def test_a_parameter_is_written_like_a_value(value: object, text: str) -> None:
    hole = sentences.literal(value)
    assert hole is not None
    frame = pl.select(hole.alias("hole"))
    assert frame.select(sentences.in_words(pl.col("hole"), frame.schema["hole"])).item() == text


@pytest.mark.parametrize("value", [None, [1, 2], {"a": 1}, ()], ids=repr)
def test_a_list_or_a_table_is_no_hole(value: object) -> None:
    assert sentences.literal(value) is None
