"""Text to placements: what is read, what is emptied with a warning, what is rejected, and that nothing gets lost."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from conftest import rows_of_text, shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from verdringing.names import plain
from verdringing.normalise import Normalised, normalise
from verdringing.read import read_files
from verdringing.record import BY_NAME, COLUMNS, INSTRUMENTS
from verdringing.record import NUMBERS as NUMBER_KINDS

Row = Mapping[str, str | None]
TWICE = "dezelfde rij staat er twee keer (gelijk in alles wat wordt gelezen); de eerste telt"
DIFFER = "staat op rijen die verschillen"


def intake(*rows: Row) -> Normalised:
    found = normalise(rows_of_text(rows), shipped().instruments)
    adds_up(found, len(rows))
    return found


def adds_up(found: Normalised, read: int) -> None:
    """rows read = placements + rejected rows, and no row is both."""
    kept = {tuple(row) for row in found.placements.select("bestand", "blad", "rij").rows()}
    lost = {tuple(row) for row in found.rejected.select("bestand", "blad", "rij").rows()}
    assert (len(kept), len(kept) + len(lost), found.read) == (found.placements.height, read, read)
    assert not kept & lost


def problems(frame: pl.DataFrame) -> list[tuple[object, ...]]:
    return frame.select("rij", "kolom", "waarde", "reden").rows()


@cache
def read_all(column: str, texts: tuple[str | None, ...]) -> dict[str | None, tuple[object, bool]]:
    """Per text the value that a row keeps, and whether there is a warning about it (with the value as it stood)."""
    found = intake(*({"kandidaat_id": f"K{n}", "sector": f"{n}", column: text} for n, text in enumerate(texts)))
    assert found.rejected.is_empty(), found.rejected
    warned = {rij: (kolom, waarde) for rij, kolom, waarde, _reason in problems(found.warnings)}
    values = dict(found.placements.select("rij", column).rows())
    assert all(warned[rij] == (column, texts[rij - 2]) for rij in warned)
    return {text: (values[rij], rij in warned) for rij, text in enumerate(texts, start=2)}


def kept(column: str, text: str | None, table: Iterable[str | None] = ()) -> tuple[object, bool]:
    """What becomes of one text of a table; the whole table is read at once."""
    return read_all(column, tuple(table) or (text,))[text]


@cache
def rejected(column: str, texts: tuple[str | None, ...]) -> dict[str | None, list[tuple[object, ...]]]:
    """Per text the reasons why its row is rejected; every row of the table must be."""
    found = intake(*({"kandidaat_id": f"K{n}", "sector": f"{n}", column: text} for n, text in enumerate(texts)))
    assert found.placements.is_empty(), found.placements
    reasons: dict[str | None, list[tuple[object, ...]]] = {text: [] for text in texts}
    for rij, *rest in problems(found.rejected):
        reasons[texts[int(str(rij)) - 2]].append(tuple(rest))
    return reasons


DATES: Sequence[tuple[str, date]] = [
    *(
        (text, date(2025, 1, 6))
        for text in ("06-01-2025", "6-1-2025", "06/01/2025", "6/1/2025", "2025-01-06", "20250106")
    ),
    *((f"{day} 00:00:00", date(2025, 1, 6)) for day in ("06-01-2025", "06/01/2025", "2025-01-06")),
    ("2025-01-06T00:00:00", date(2025, 1, 6)),
    ("  06-01-2025\t", date(2025, 1, 6)),
    ("02/03/2025", date(2025, 3, 2)),
    ("29-02-2024", date(2024, 2, 29)),
    ("31-12-2026", date(2026, 12, 31)),
]
NO_DATES = [
    *("12/31/2025", "12-31-2025", "2025/06/01", "2025-31-12", "20253112", "06-01-25", "6/1/25", "25-01-06"),
    *("31-02-2025", "29-02-2025", "2025-02-30", "20250230", "00-01-2025", "31-04-2025", "01-13-2025", "31-12-1899"),
    *(
        "06-01-2025 13:45:00",
        "06-01-2025 00:00:01",
        "2025-01-06T12:00:00",
        "06-01-2025 12:00",
        "2025-01-06 00:00:00 uur",
    ),
    *(
        "2025",
        "01-2025",
        "6 januari 2025",
        "morgen",
        "onbekend",
        "-",
        "06-01-2025 t/m 08-01-2025",
        "006-01-2025",
        "٠٦-٠١-٢٠٢٥",
    ),
]


@cache
def dates_read_in(column: str) -> dict[str, object]:
    rows = [{"kandidaat_id": f"K{n}", "startdatum": "01-01-2024", column: text} for n, (text, _day) in enumerate(DATES)]
    found = intake(*rows)
    assert found.warnings.is_empty()
    return {DATES[rij - 2][0]: day for rij, day in found.placements.select("rij", column).rows()}


@pytest.mark.parametrize("text, day", DATES)
@pytest.mark.parametrize("column", [column.name for column in COLUMNS if column.kind == "date"])
def test_a_date_is_read_in_every_form(column: str, text: str, day: date) -> None:
    assert dates_read_in(column)[text] == day


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date_is_never_guessed(text: str) -> None:
    assert kept("laatste_contact", text, NO_DATES) == (None, True)
    for column in ("startdatum", "einddatum"):
        ((where, stood, _reason),) = rejected(column, tuple(NO_DATES))[text]
        assert (where, stood) == (column, text)


@pytest.mark.parametrize("form", ["{:%d-%m-%Y}", "{:%Y-%m-%d}", "{:%d/%m/%Y}", "{:%Y%m%d}", "{:%Y-%m-%d} 00:00:00"])
@pytest.mark.parametrize("day", [date(9999, 12, 31), date(2099, 12, 31), date(2100, 1, 1), date(1900, 1, 1)])
def test_sentinel_end_dates_mean_open(day: date, form: str) -> None:
    assert kept("einddatum", form.format(day)) == (None, False)


@pytest.mark.parametrize(
    "text", ["01-01-1900", "1-1-1900", "1900-01-01", "01/01/1900", "19000101", "01-01-1900 00:00:00"]
)
def test_the_first_of_january_1900_is_a_missing_date(text: str) -> None:
    assert kept("laatste_contact", text) == (None, False)
    assert problems(intake({"startdatum": text}).rejected) == [(2, "startdatum", text, "ontbreekt")]


@pytest.mark.parametrize("day", [date(2099, 12, 30), date(2100, 1, 2), date(1900, 1, 2)])
def test_a_day_beside_a_sentinel_is_an_ordinary_date(day: date) -> None:
    assert kept("verlenging_datum", f"{day:%d-%m-%Y}") == (day, False)


NUMBERS = {
    "12,30": "12.3",
    "12.30": "12.3",
    "€ 12,30": "12.3",
    "€12.30": "12.3",
    "1.234,56": "1234.56",
    "12": "12",
    "1.234.567": "1234567",
    "1.234.567,8": "1234567.8",
    "0": "0",
    "0,5": "0.5",
    " 12,30 ": "12.3",
    "1,234": "1.234",
    "1234,5": "1234.5",
    "1234.5": "1234.5",
    "0012,5": "12.5",
    "€ 1.234,50": "1234.5",
    "12,300": "12.3",
}
NO_NUMBERS = [
    *("1.234", "12.345", "123.456", "€ 1.234", "1,234.56", "1.23,45", "1.2345,6", "12,30,40", "1 234,56", "12.34.56"),
    *(
        "-5",
        "-12,30",
        "€ -5",
        "+5",
        "1e5",
        "1E2",
        "inf",
        "nan",
        "NaN",
        "Infinity",
        "0x10",
        "1_000",
        "½",
        "٣",
        "9" * 400,
    ),
    *(
        "12,",
        ",5",
        ".5",
        "12.",
        "€",
        "twaalf",
        "12 uur",
        "12-13",
        "12/13",
        "ca. 12",
        "onbekend",
        "-",
        "?",
        "12,30 euro",
    ),
]


@pytest.mark.parametrize("text, number", NUMBERS.items())
def test_a_number_is_read_exactly_in_every_form(text: str, number: str) -> None:
    for column in ("uurtarief", "premie", "gewerkte_uren", "loonwaarde"):
        if column != "loonwaarde" or Decimal(number) == 0 or Decimal(number) >= 1:
            value = float(number) if column == "gewerkte_uren" else Decimal(number)
            fits = Decimal(number) <= BY_NAME[column].most
            assert kept(column, text, NUMBERS) == ((value, False) if fits else (None, True))


@pytest.mark.parametrize("text", NO_NUMBERS)
def test_what_is_no_number_is_never_guessed(text: str) -> None:
    for column in ("uurtarief", "loonwaarde", "gewerkte_uren", "uren_per_week"):
        assert kept(column, text, NO_NUMBERS) == (None, True)


@pytest.mark.parametrize("text, value", [("0,45", None), ("0,45%", "0.45"), ("0,99", None), ("1", "1"), ("0", "0")])
def test_a_bare_number_below_one_is_a_share_or_a_percentage_so_it_is_none(text: str, value: str | None) -> None:
    assert kept("loonwaarde", text) == (value and Decimal(value), value is None)


@pytest.mark.parametrize("column, value", [("loonwaarde", Decimal(50)), ("uren_per_week", None), ("uurtarief", None)])
@pytest.mark.parametrize("text", ["50%", "50 %"])
def test_a_percent_sign_belongs_to_a_percentage_alone(column: str, text: str, value: object) -> None:
    assert kept(column, text) == (value, value is None)


@pytest.mark.parametrize(
    "text, amount",
    [("12,3456", "12.3456"), ("12,34560", "12.3456"), ("12,34567", None), ("0,00001", None), ("1" * 11, None)],
)
def test_an_amount_has_at_most_four_decimals_and_is_never_rounded(text: str, amount: str | None) -> None:
    assert kept("premie", text) == (amount and Decimal(amount), amount is None)


@pytest.mark.parametrize(
    "column, most",
    [(column.name, column.most) for column in COLUMNS if column.kind in NUMBER_KINDS and column.name != "geboortejaar"],
)
def test_a_number_that_cannot_be_true_is_emptied(column: str, most: int) -> None:
    assert kept(column, str(most)) == (most, False)
    above = (str(most + 1), f"{most:,}".replace(",", ".") + ",01", "9" * 10, "9" * 400)
    for text in above if BY_NAME[column].kind != "whole" else (*above[:1], *above[2:]):
        assert kept(column, text) == (None, True)


@pytest.mark.parametrize("text, hours", [("168", (168.0, False)), ("168,5", (None, True)), ("0", (0.0, False))])
def test_a_week_has_no_more_than_seven_times_24_hours(text: str, hours: tuple[float | None, bool]) -> None:
    assert kept("uren_per_week", text) == hours


@pytest.mark.parametrize("text", ["variabel", "Variabel", " VARIABEL "])
def test_variable_hours_are_missing_hours(text: str) -> None:
    assert kept("uren_per_week", text) == (None, False)
    assert kept("gewerkte_uren", text) == (None, True)


WHOLE = {
    "25": 25,
    "0": 0,
    "1.040": 1040,
    "1.234.567": 1234567,
    " 7 ": 7,
    "007": 7,
    **dict.fromkeys(
        ["25,5", "25.5", "25,0", "1.04", "10.40", "-3", "+3", "1e3", "5-6", "ca. 5", "inf", "99999999999", "٣"]
    ),
}


@pytest.mark.parametrize("text, number", WHOLE.items())
def test_a_whole_number_is_whole(text: str, number: int | None) -> None:
    assert kept("werkzame_personen", text, WHOLE) == (number, number is None)


@pytest.mark.parametrize(
    "text, year", {"1985": 1985, "2008": 2008, "85": None, "885": None, "1.985": None, "19-05-1985": None}.items()
)
def test_a_birth_year_has_four_digits(text: str, year: int | None) -> None:
    assert kept("geboortejaar", text) == (year, year is None)


YES_NO = {
    **dict.fromkeys(["ja", "Ja", "JA", "j", "J", "true", "TRUE", "True", "waar", "WAAR", "1", " ja "], True),
    **dict.fromkeys(["nee", "Nee", "NEE", "n", "N", "false", "FALSE", "onwaar", "Onwaar", "0", " nee"], False),
    **dict.fromkeys(["yes", "no", "ja?", "misschien", "2", "-1", "10", "x", "nvt", "onbekend", "-", "ja/nee"]),
}


@pytest.mark.parametrize("text, value", YES_NO.items())
@pytest.mark.parametrize("column", ["uitzendbureau", "vrijwillig"])
def test_yes_and_no_have_their_words_and_no_others(column: str, text: str, value: bool | None) -> None:
    assert kept(column, text, YES_NO) == (value, value is None)


KVK = {
    "12345678": "12345678",
    "01234567": "01234567",
    "1234567": "01234567",
    "123456": "00123456",
    " 12345678 ": "12345678",
    "1234 5678": "12345678",
    "12.345.678": "12345678",
    "12.34.56.78": "12345678",
    "12345": "00012345",
    **dict.fromkeys(["123456789", "1234567a", "NL12345678", "00000000", "0", "onbekend", "-", "12345678,0", "1,2E+07"]),
    **dict.fromkeys(["12345678.0", "1234567.0", "123456.00", "1234567.", "12345-678", "１２３４５６７８", "٠١٢٣٤٥٦٧"]),
}


@pytest.mark.parametrize("text, number", KVK.items())
@pytest.mark.parametrize("column", ["kvk_nummer", "inlener_kvk"])
def test_a_kvk_number_has_eight_digits_and_gets_its_zeros_back(column: str, text: str, number: str | None) -> None:
    assert kept(column, text, KVK) == (number, number is None)


VESTIGING = {
    "000012345678": "000012345678",
    "12345678": "000012345678",
    "123456789012": "123456789012",
    "0000 1234 5678": "000012345678",
    **dict.fromkeys(["1234567890123", "000000000000", "12345678.0", "12345678.00", "hoofdvestiging", "1,23E+10"]),
}


@pytest.mark.parametrize("text, number", VESTIGING.items())
def test_a_branch_number_has_twelve_digits_and_gets_its_zeros_back(text: str, number: str | None) -> None:
    assert kept("vestigingsnummer", text, VESTIGING) == (number, number is None)


@pytest.mark.parametrize("column", [column for column in COLUMNS if column.choices], ids=lambda column: column.name)
def test_a_choice_is_one_of_its_words_in_any_case(column) -> None:
    words = {form.format(word): (word, False) for word in column.choices for form in ("{}", " {} ")}
    words |= {word.upper(): (word, False) for word in column.choices}
    others = ("vast", f"{column.choices[0]} werk", f"{column.choices[0]}/{column.choices[1]}", "1", "-")
    expected = words | dict.fromkeys(others, (None, True))
    assert read_all(column.name, tuple(expected)) == expected


SYNONYMS = {
    "WEP": "werkervaringsplaats",
    "W.E.P.": "werkervaringsplaats",
    "werkervaringsplek": "werkervaringsplaats",
    "Werkervaringsplek ": "werkervaringsplaats",
    "proefplek": "proefplaatsing",
    "Proefplaats": "proefplaatsing",
    "LKS": "loonkostensubsidie",
    "lks.": "loonkostensubsidie",
    "Flexwerken": "flextensie",
    "FLEXTENSIE": "flextensie",
    "Beschut werk": "beschut_werk",
    "beschut-werk": "beschut_werk",
    "  stage": "stage",
    "détachering": "detachering",
}


SYNONYMS |= {name: name for name in INSTRUMENTS}
UNKNOWN = ("flexwerk", "flextensie of stage", "re-integratie", "WEP2", "x", "onbekend", "-")


@pytest.mark.parametrize("text, instrument", SYNONYMS.items())
def test_an_instrument_is_known_by_its_name_and_its_synonyms(text: str, instrument: str) -> None:
    assert kept("instrument", text, SYNONYMS) == (instrument, False)


@pytest.mark.parametrize("text", UNKNOWN)
def test_an_unknown_instrument_rejects_the_row(text: str) -> None:
    assert rejected("instrument", UNKNOWN)[text] == [("instrument", text, "is geen bekend instrument")]


def test_every_spelling_of_an_instrument_can_be_met() -> None:
    spellings = pl.DataFrame({"written": list(shipped().instruments)}).with_columns(met=plain(pl.col("written")))
    assert spellings.filter(pl.col("written") != pl.col("met")).rows() == []


NOTHING = ("-", "?", "onbekend", "Onbekend", "N.V.T.", "nvt", "n.b.", "NULL", "n/a", "#N/B", " onbekend ")


@pytest.mark.parametrize("text", NOTHING)
def test_a_word_that_says_nothing_is_an_empty_text(text: str) -> None:
    assert kept("functie", text, NOTHING) == (None, True)
    for column in ("plaatsing_id", "kandidaat_id"):
        assert rejected(column, NOTHING)[text] == [(column, text, "telt als leeg")]
    assert rejected("werkgever", NOTHING)[text] == [("werkgever", text, "ontbreekt, en er is geen KvK-nummer")]


NAMELESS = ("--", "...", "/", "!!!", "( )")


@pytest.mark.parametrize("text", NAMELESS)
def test_signs_alone_name_no_job_no_gemeente_and_no_employer(text: str) -> None:
    for column in ("functie", "gemeente", "inlener"):
        assert kept(column, text, NAMELESS) == (None, True)
    assert rejected("werkgever", NAMELESS)[text] == [("werkgever", text, "ontbreekt, en er is geen KvK-nummer")]


def test_an_employer_of_whom_only_the_number_says_something_is_kept_with_a_warning() -> None:
    found = intake({"werkgever": "onbekend", "kvk_nummer": "12345678"})
    assert found.placements["werkgever"].item() is None
    assert problems(found.warnings) == [(2, "werkgever", "onbekend", "telt als leeg")]


@pytest.mark.parametrize("text", ["onbekende werkgever", "null en void", "nvt-bv", "-2-", "geen"])
def test_a_text_that_says_something_stays_as_it_is(text: str) -> None:
    assert kept("werkgever", text) == (text, False)


@pytest.mark.parametrize(
    "name", [name for name, column in BY_NAME.items() if not column.required and name != "werkgever"]
)
def test_an_empty_optional_value_is_missing_without_a_warning(name: str) -> None:
    empty = (None, "", "  ", "\t", "\xa0")
    assert read_all(name, empty) == dict.fromkeys(empty, (None, False))


@pytest.mark.parametrize("text", [None, "", "  "], ids=repr)
@pytest.mark.parametrize("name", ["plaatsing_id", "kandidaat_id", "instrument", "startdatum", "werkgever"])
def test_an_empty_required_value_rejects_the_row(name: str, text: str | None) -> None:
    reason = "ontbreekt, en er is geen KvK-nummer" if name == "werkgever" else "ontbreekt"
    found = intake({name: text}, {"plaatsing_id": "2"} if name == "plaatsing_id" else {"kandidaat_id": "K2"})
    assert problems(found.rejected) == [(2, name, text, reason)]
    assert found.placements["rij"].to_list() == [3]


def test_a_kvk_number_stands_in_for_the_name_of_the_employer_unless_it_cannot_be_read() -> None:
    found = intake({"werkgever": None, "kvk_nummer": "1234567"}, {"werkgever": None, "kvk_nummer": "x"})
    assert found.placements.select("rij", "werkgever", "kvk_nummer").rows() == [(2, None, "01234567")]
    assert problems(found.rejected) == [(3, "werkgever", None, "ontbreekt, en er is geen KvK-nummer")]


@pytest.mark.parametrize(
    "end, reasons", [("05-01-2025", ["ligt voor de startdatum"]), ("06-01-2025", []), ("07-01-2025", [])]
)
def test_an_end_before_the_start_rejects_the_row(end: str, reasons: list[str]) -> None:
    assert intake({"startdatum": "06-01-2025", "einddatum": end}).rejected["reden"].to_list() == reasons


def test_one_row_can_have_several_reasons_and_counts_once() -> None:
    found = intake({"kandidaat_id": "", "instrument": "x", "einddatum": " 31-02-2025", "uurtarief": "veel"}, {})
    assert problems(found.rejected) == [
        (2, "einddatum", " 31-02-2025", NO_SUCH_DAY),
        (2, "instrument", "x", "is geen bekend instrument"),
        (2, "kandidaat_id", "", "ontbreekt"),
    ]
    assert (found.read, found.placements.height, found.warnings.height) == (2, 1, 0)


def test_a_row_keeps_everything_but_the_value_that_cannot_be_read() -> None:
    found = intake({"kandidaat_id": "007", "uurtarief": " 1.234 ", "uren_per_week": "32", "vrijwillig": "weet niet"})
    assert found.placements.select("kandidaat_id", "uurtarief", "uren_per_week", "vrijwillig").rows() == [
        ("007", None, 32.0, None)
    ]
    assert problems(found.warnings) == [
        (2, "uurtarief", " 1.234 ", TWO),
        (2, "vrijwillig", "weet niet", "is geen ja of nee"),
    ]
    assert found.warnings["bestand"].to_list() == ["test.csv", "test.csv"]


NO_SUCH_DAY = "is geen bestaande dag (de maand staat in het midden)"
TWO_DIGITS = "heeft een jaar van twee cijfers; schrijf dd-mm-jjjj"
LETTERS = "heeft de maand in letters; schrijf dd-mm-jjjj"
SIGNS = "heeft andere tekens tussen dag, maand en jaar; schrijf dd-mm-jjjj"
TWO = "kan twee getallen betekenen: met duizenden of met cijfers achter de komma"
SHARE = "kan twee percentages betekenen; zet er een procentteken achter"
MISPLACED = "heeft punten of komma's op een andere plaats dan 1.234,56"
BESIDE = "heeft tekst bij het getal; schrijf alleen het getal"
DASH = "eindigt op een streepje; schrijf 16,00 en niet 16,-"
TIME = "heeft een tijd; schrijf alleen de dag"
DECIMALS = "heeft meer dan vier cijfers achter de komma"
WHY = {
    "laatste_contact": {
        **dict.fromkeys(["2026-05-04 09:30:00", "04-05-2026 9:30", "2026-05-04T23:59", "20260504 12.30"], TIME),
        **dict.fromkeys(["4-5-26", "04/05/26", "26-05-04", "4.5.26"], TWO_DIGITS),
        **dict.fromkeys(["1 mei 2026", "1-mei-26", "12 sept. 2026"], LETTERS),
        **dict.fromkeys(["4.5.2026", "2026/05/04", "2026.5.4", "31-12/2026", "31/12-2025", "2026-12/31"], SIGNS),
        **dict.fromkeys(["31-12/2026 00:00", "31/02-1850"], SIGNS),
        **dict.fromkeys(["31-02-2026", "12/31/2025", "2025-31-12", "20253112"], NO_SUCH_DAY),
        **dict.fromkeys(["30-02-2026 00:00:00", "2026-02-30T0:00", "20260230 00:00:00.000"], NO_SUCH_DAY),
        **dict.fromkeys(["00-00-0000", "0000-00-00", "00000000", "31-02-1850", "18500231", "31021850"], NO_SUCH_DAY),
        **dict.fromkeys(["31-12-1899", "1850-01-01", "01-01-0026", "18990101", "01011890"], "ligt voor 1900"),
        **dict.fromkeys(["01-01-1850 00:00:00", "31/12/1899"], "ligt voor 1900"),
        **dict.fromkeys(["morgen", "2026", "? 04/05/2026", "06-01-2025 t/m 08-01-2025"], "is geen datum"),
    },
    "uurtarief": {
        **dict.fromkeys(["€ 16,-", "16,--", "1.016,=", "EUR 16,–"], DASH),
        **dict.fromkeys(["zie contract", "n.v.t.", "€", "12 %"], "is geen bedrag"),
        **dict.fromkeys(["1.234", "€ 12.345"], TWO),
        **dict.fromkeys(["1,234.56", "1.23,45", "12,", ".5", "12.34.56"], MISPLACED),
        **dict.fromkeys(["-5", "€ -12,30", "- € 5"], "is lager dan nul"),
        **dict.fromkeys(["16 per uur", "12,30 euro", "ca. 12"], BESIDE),
        **dict.fromkeys(["12,34567", "0,00001"], DECIMALS),
        **dict.fromkeys(
            ["1000,01", "€ 1.234,56", "8500000000", "9" * 400], "is te hoog voor deze kolom: hoogstens 1.000"
        ),
    },
    "uren_per_week": {
        "360": "is te hoog voor deze kolom: hoogstens 168",
        "36 uur": BESIDE,
        "fulltime": "is geen getal",
    },
    "loonwaarde": {
        "0,45": SHARE,
        "1.234": TWO,
        "1.234 %": TWO,
        "veel": "is geen percentage",
        "200,5 %": "is te hoog voor deze kolom: hoogstens 200",
    },
    "werkzame_personen": {
        **dict.fromkeys(["100.000.000", "99999999999"], "is te hoog voor deze kolom: hoogstens 99.999.999"),
        **dict.fromkeys(["25,5", "1.04", "veel"], "is geen heel getal"),
        "12 fte": BESIDE,
        "-3": "is lager dan nul",
    },
    "geboortejaar": dict.fromkeys(["85", "19-05-1985", "99999999999", "onbekend"], "is geen jaartal van vier cijfers"),
}


@pytest.mark.parametrize("column", WHY)
def test_the_reason_says_what_is_wrong_with_the_value_itself(column: str) -> None:
    told = WHY[column]
    found = intake(*({"kandidaat_id": f"K{n}", column: text} for n, text in enumerate(told)))
    assert dict(found.warnings.select("waarde", "reden").rows()) == told


P1: Row = {"plaatsing_id": "P1"}
HIGH: Row = {"uurtarief": "13.456"}
LOW: Row = {"uurtarief": "12.345"}
OPEN: Row = {"einddatum": "31-12-9999", "functie": "onbekend", "uren_per_week": "variabel"}
SAME = {
    "the same row twice": ([P1, P1], [2], [(3, TWICE)]),
    "three times": ([P1, P1, {"plaatsing_id": "P2"}, P1], [2, 4], [(3, TWICE), (5, TWICE)]),
    "written otherwise": ([{**P1, "uurtarief": "12,30"}, {**P1, "uurtarief": "€ 12.30"}], [2], [(3, TWICE)]),
    "one column differs": ([P1, {**P1, "functie": "lasser"}], [], [(2, DIFFER), (3, DIFFER)]),
    "empty is another value": ([{**P1, "cao": "bouw"}, {**P1, "cao": None}], [], [(2, DIFFER), (3, DIFFER)]),
    "two of three are equal": ([P1, {**P1, "cao": "bouw"}, P1], [], [(2, DIFFER), (3, DIFFER), (4, DIFFER)]),
    "other ids stay": ([P1, {"plaatsing_id": "p1"}, {"plaatsing_id": "P01"}], [2, 3, 4], []),
    "no id, the same row": ([{}, {"functie": "lasser"}, {}], [2, 3], [(4, TWICE)]),
    "emptied values differ": ([{**P1, **HIGH}, {**P1, **LOW}], [], [(2, DIFFER), (3, DIFFER)]),
    "emptied or empty": ([{**P1, **HIGH}, P1], [], [(2, DIFFER), (3, DIFFER)]),
    "no id, emptied values differ": ([HIGH, LOW, {"uurtarief": " 13.456 "}], [2, 3], [(4, TWICE)]),
    "emptied in two columns": (
        [{**HIGH, "premie": "x"}, {**HIGH, "premie": "y"}, {**HIGH, "premie": "x"}],
        [2, 3],
        [(4, TWICE)],
    ),
    "nothing by agreement": (
        [{**P1, **OPEN}, {**P1, "einddatum": None, "functie": "-", "uren_per_week": ""}],
        [2],
        [(3, TWICE)],
    ),
    "no id, one column differs": ([{}, {"cao": "bouw"}, {"einddatum": "01-02-2025"}], [2, 3, 4], []),
}


@pytest.mark.parametrize("rows, stay, go", SAME.values(), ids=SAME)
def test_the_first_of_equal_rows_stays_and_rows_that_share_an_id_all_go(
    rows: list[Row], stay: list[int], go: list[tuple[int, str]]
) -> None:
    found = intake(*rows)
    assert sorted(found.placements["rij"]) == stay
    assert found.rejected.select("rij", "reden").rows() == go
    assert set(found.rejected["kolom"]) <= {"plaatsing_id"}


def test_missing_ids_are_missing_and_not_one_id_on_many_rows() -> None:
    found = intake({"plaatsing_id": None}, {"plaatsing_id": None}, {"plaatsing_id": "P1"})
    assert found.rejected.select("rij", "reden").rows() == [(2, "ontbreekt"), (3, "ontbreekt")]


def test_an_id_that_ends_like_a_made_one_is_an_ordinary_id() -> None:
    found = intake({"plaatsing_id": "2026-2"}, {"plaatsing_id": "2026-3"})
    assert found.placements["plaatsing_id"].to_list() == ["2026-2", "2026-3"]


def test_ids_are_made_from_file_sheet_and_row_where_a_file_has_none() -> None:
    rows = rows_of_text([{}, {}]).with_columns(blad=pl.Series(["Blad1", None]), cao=pl.Series(["a", "b"]))
    found = normalise(rows, shipped().instruments)
    assert found.placements["plaatsing_id"].to_list() == ["test.csv-3", "test.csv-Blad1-2"]


def test_files_with_and_without_ids_are_read_together(tmp_path: Path) -> None:
    body = "K{};x;stage;06-01-2025\n"
    (tmp_path / "met.csv").write_text(
        "plaatsing_id;kandidaat_id;werkgever;instrument;startdatum\nP1;" + body.format(1) + ";" + body.format(2)
    )
    for name in ("zonder", "nog-een"):
        (tmp_path / f"{name}.csv").write_text("kandidaat_id;werkgever;instrument;startdatum\n" + body.format(1))
    sources = read_files([tmp_path / name for name in ("met.csv", "zonder.csv", "nog-een.csv")])
    found = normalise(pl.concat([source.rows for source in sources], how="diagonal"), shipped().instruments)
    adds_up(found, 4)
    assert set(found.placements["plaatsing_id"]) == {"P1", "nog-een.csv-2"}
    assert found.rejected.select("bestand", "rij", "reden").rows() == [
        ("met.csv", 3, "ontbreekt"),
        ("zonder.csv", 2, TWICE),
    ]


def test_placements_stand_in_order_of_start_and_id() -> None:
    days = ["07-01-2025", "06-01-2025", "06-01-2025"]
    found = intake(*({"plaatsing_id": f"P{3 - n}", "startdatum": day} for n, day in enumerate(days)))
    assert found.placements["plaatsing_id"].to_list() == ["P1", "P2", "P3"]


def test_no_rows_give_no_placements() -> None:
    found = normalise(rows_of_text([{}])[:0], shipped().instruments)
    assert (found.read, found.placements.height, found.rejected.height, found.warnings.height) == (0, 0, 0, 0)
    assert set(BY_NAME) < set(found.placements.columns)


def some(*values: str | None) -> st.SearchStrategy[str | None]:
    return st.sampled_from(values)


ROWS = st.fixed_dictionaries(
    {
        "plaatsing_id": some("P1", "P2", "P3", None, "onbekend"),
        "kandidaat_id": some("K1", "K2", ""),
        "werkgever": some("A", "-", None),
        "kvk_nummer": some("12345678", None, "fout"),
        "instrument": some("WEP", "stage", "x"),
        "startdatum": some("01-01-2025", "01-01-1900", "31-02-2025", None),
        "einddatum": some(None, "31-12-9999", "31-12-2024", "morgen"),
        "uurtarief": some("12,30", "1.234", None),
    }
)


@settings(max_examples=60)
@given(rows=st.lists(ROWS, min_size=1, max_size=6), ids=st.booleans())
def test_rows_read_are_placements_plus_rejected_rows(rows: list[dict[str, str | None]], ids: bool) -> None:
    if not ids:
        rows = [{name: text for name, text in row.items() if name != "plaatsing_id"} for row in rows]
    found = intake(*rows)
    assert found.placements["plaatsing_id"].is_unique().all()
    filled = found.placements.select("plaatsing_id", "kandidaat_id", "instrument", "startdatum")
    assert sum(filled.null_count().row(0)) == 0
    dead = {
        rij for rij, row in enumerate(rows, start=2) if row["startdatum"] != "01-01-2025" or row["instrument"] == "x"
    }
    assert dead <= set(found.rejected["rij"])


@pytest.mark.parametrize("height", [10, 3_000])
def test_text_is_read_the_same_whether_values_come_back_or_not(height: int) -> None:
    rows = [
        {"kandidaat_id": f" K{n} ", "cao": ["NVT", " cao a ", None][n % 3], "reden": f"r{n}" if n % 5 else "Onbekend"}
        for n in range(height)
    ]
    found = intake(*rows).placements.sort("rij")
    assert found["kandidaat_id"].to_list() == [f"K{n}" for n in range(height)]
    assert found["cao"].to_list() == [[None, "cao a", None][n % 3] for n in range(height)]
    assert found["reden"].to_list() == [f"r{n}" if n % 5 else None for n in range(height)]
