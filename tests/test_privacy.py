"""Privacy: what is recognised as sensitive, what stays innocent, and that a BSN or a key never gets out."""

from __future__ import annotations

import re
from datetime import date, timedelta
from pathlib import Path
from random import Random

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdringing.errors import UserError
from verdringing.privacy import sensitive
from verdringing.privacy.bsn import MOST_VALUES, eleven, looks_like_bsn
from verdringing.privacy.pseudonyms import KEY_VARIABLE, Key, key_from, pseudonyms
from verdringing.privacy.sensitive import recognise
from verdringing.privacy.shield import shielded
from verdringing.record import BY_NAME, COLUMNS

TEST_NUMBER = "111" + "222333"  # assembled, because no tracked file may hold a number that passes
KEY = b"een sleutel voor de proef"


def passes(number: str) -> bool:
    """The eleven test as the definition has it."""
    total = 0
    for place in range(8):
        total += (9 - place) * int(number[place])
    return (total - int(number[8])) % 11 == 0 and int(number) > 0


def numbers(count: int, width: int, seed: int = 1) -> list[str]:
    random = Random(seed)
    return [str(random.randrange(10 ** (width - 1), 10**width)) for _ in range(count)]


def bsns(count: int, zeros: int = 0) -> list[str]:
    """Numbers that pass, beginning with so many zeros."""
    found = (f"{number:09d}" for number in range(10 ** (8 - zeros) + 7, 10**9, 13))
    return [number for number, _ in zip((one for one in found if passes(one)), range(count), strict=False)]


def on(texts: list[str | None], change: pl.Expr) -> list[object]:
    return pl.DataFrame({"x": pl.Series(texts, dtype=pl.String)}).select(change).to_series().to_list()


def kind(header: str, *values: str | None) -> tuple[str, str] | None:
    found = recognise(header, pl.Series(values, dtype=pl.String))
    return (found.kind, found.by) if found else None


# the eleven test


@given(st.lists(st.from_regex(r"[0-9]{9}", fullmatch=True), min_size=1))
def test_the_eleven_test_is_the_naive_one(texts: list[str]) -> None:
    assert on(texts, eleven(pl.col("x"))) == [passes(text) for text in texts]


@given(st.from_regex(r"[0-9]{8}", fullmatch=True))
def test_every_last_digit_is_tried(first: str) -> None:
    texts = [f"{first}{last}" for last in range(10)]
    found = on(texts, eleven(pl.col("x")))
    assert found == [passes(text) for text in texts]
    assert found.count(True) <= 1


def test_only_nine_digits_pass() -> None:
    others = [None, "", "0" * 9, TEST_NUMBER[1:], TEST_NUMBER + "0", f"{TEST_NUMBER}\n", "abcdefghi", "-11222333"]
    assert on([TEST_NUMBER, *others], eleven(pl.col("x"))) == [True, *[False] * len(others)]


# recognised by header


@pytest.mark.parametrize(
    "header, expected",
    [
        ("BSN", "bsn"), ("bsn-nummer", "bsn"), ("Klant BSN", "bsn"), ("Burgerservicenummer", "bsn"), ("Burger Service Nr", "bsn"),
        ("Sofinummer", "bsn"), ("sofi-nr", "bsn"), ("Naam", "naam"), ("Voornaam", "naam"), ("Achternaam", "naam"), ("VOORLETTERS", "naam"),
        ("Naam kandidaat", "naam"), ("Cliëntnaam", "naam"), ("Naam contactpersoon werkgever", "naam"), ("geslachtsnaam", "naam"),
        ("Geboortedatum", "geboortedatum"), ("Geb. datum", "geboortedatum"), ("Naam (klant)", "naam"), ("Nationaliteit", "nationaliteit"),
        ("Geboorteland", "geboorteland"), ("Etniciteit", "etniciteit"), ("Religie", "religie"), ("Geslacht", "geslacht"),
        ("Gezondheid", "gezondheid"), ("Diagnose", "gezondheid"), ("Arbeidsbeperking", "gezondheid"), ("medische gegevens", "gezondheid"),
        ("Adres", "adres"), ("Postcode", "adres"), ("Huisnummer", "adres"), ("E-mail", "e_mail"), ("Emailadres", "e_mail"),
        ("e-mail werkgever", "e_mail"), ("Telefoon", "telefoon"), ("Tel", "telefoon"), ("telnr", "telefoon"), ("IBAN", "iban"),
        ("Rekeningnummer", "iban"),
    ],
)  # fmt: skip
def test_a_header_tells(header: str, expected: str) -> None:
    assert kind(header) == (expected, "kop")


@pytest.mark.parametrize(
    "header",
    [
        *BY_NAME, "Naam werkgever", "werkgevernaam", "Werkgever naam", "Naam functie", "Functienaam", "Naam inlener", "Inlener",
        "Bedrijfsnaam", "Adres werkgever", "Postcode werkplek", "Vestigingsadres", "Gemeentenaam", "Naam regeling", "Bestandsnaam",
        "Instelling", "Doel", "Titel", "Opmerking", "Grasmaaien", "Automobiel", "kolom 7", "", "RSIN",
    ],
)  # fmt: skip
def test_a_header_about_a_firm_or_a_thing_is_innocent(header: str) -> None:
    assert kind(header) is None


# recognised by content


@pytest.mark.parametrize(
    "header, values, expected",
    [
        ("klant", [TEST_NUMBER], "bsn"),
        ("klant", [None, "", "onbekend", "-", TEST_NUMBER], "bsn"),
        ("klant", [f" {TEST_NUMBER} "], "bsn"),
        ("klant", ["1112.22.333"], "bsn"),
        ("contact", ["jan@voorbeeld.nl", "p.de.vries@mail.voorbeeld.nl"], "e_mail"),
        ("rek", ["NL00 BANK 0123 4567 89", "NL00BANK0123456789"], "iban"),
        ("bereikbaar", ["06-12345678", "0612345678", "+31 6 12345678", "020-1234567", "0031201234567"], "telefoon"),
        ("geboortejaar", ["03-04-1981", "1990-12-31", "20011231", "1/2/1975", "05-06-1969 00:00:00"], "geboortedatum"),
        ("woont", ["1234 AB", "1234AB"], "adres"),
        ("reden", ["06-12345678", "06 12 34 56 78", "0687654321", "piek", "ziek"], "telefoon"),
    ],
)  # fmt: skip
def test_the_content_tells(header: str, values: list[str | None], expected: str) -> None:
    assert kind(header, *values) == (expected, "inhoud")


@pytest.mark.parametrize(
    "header, values",
    [
        ("klant", []),
        ("klant", [None, "", " ", "onbekend"]),
        ("klant", [TEST_NUMBER, "K12"]),  # of fewer than five values all must pass
        ("klant", [TEST_NUMBER, *bsns(1), "1", "2", "3"]),  # two of five is less than half
        ("rsin", [TEST_NUMBER]),
        ("klant", ["0123456789", "0123456790"]),  # a client number with leading zeros
        ("startdatum", ["03-04-1981", "1990-12-31"]),  # a date says nothing where the header does not
        ("geboortejaar", ["1981", "1990"]),
        ("geboortejaar", ["03-04-2013", "31-12-1929"]),
        ("vestiging_pc", ["1234 AB"]),
        ("jaar", ["2024", "2025"]),
        ("code", ["1234 SS", "0123 AB", "1234 ABC"]),
        ("uren", ["12,30", "1.234,56"]),
        ("werkgever", ["Bakkerij De Korenaar", "Jansen @ Werk", "NL Werkt"]),
    ],
)  # fmt: skip
def test_innocent_content_stays_innocent(header: str, values: list[str | None]) -> None:
    assert kind(header, *values) is None


def test_half_of_five_values_is_enough() -> None:
    passing = bsns(3)
    assert looks_like_bsn(pl.Series([*passing, "A", "B"]))
    assert looks_like_bsn(pl.Series([*passing, "A", "B", "C"]))
    assert not looks_like_bsn(pl.Series([*passing, "A", "B", "C", "D"]))


def test_a_value_that_stands_often_counts_once() -> None:
    assert not looks_like_bsn(pl.Series([TEST_NUMBER] * 100 + ["A", "B", "C", "D"]))


def test_numbers_whose_leading_zero_is_lost() -> None:
    short = [number[1:] for number in bsns(30, zeros=1)]
    assert {len(number) for number in short} == {8}
    assert looks_like_bsn(pl.Series(short))
    assert looks_like_bsn(pl.Series([*short[:2], TEST_NUMBER]))
    assert not looks_like_bsn(pl.Series(short[:6])), "six KvK numbers can pass by chance"


DAYS = [f"{date(1950, 1, 1) + timedelta(days=97 * n):%Y%m%d}" for n in range(250)]
INNOCENT = {"kvk": numbers(500, 8), "vestiging": numbers(500, 12), "klant": numbers(500, 7), "dagen": DAYS}
SIZES = [(name, size) for name in INNOCENT for size in (1, 3, 5, 8, 19, 20, 50, 250)]


@pytest.mark.parametrize("name, size", SIZES)
def test_other_numbers_are_not_taken_for_bsn_by_chance(name: str, size: int) -> None:
    values = INNOCENT[name][:250]
    parts = [pl.Series(values[place : place + size]) for place in range(0, 50 if size < 50 else 250, size)]
    assert not [part for part in parts if looks_like_bsn(part) or recognise("kolom 3", part)]


def test_many_client_numbers_of_nine_digits_are_no_bsn() -> None:
    assert not looks_like_bsn(pl.Series(numbers(500, 9)))


def test_only_the_first_distinct_values_are_looked_at() -> None:
    others = [f"K{n}" for n in range(MOST_VALUES)]
    many = bsns(MOST_VALUES)
    assert not looks_like_bsn(pl.Series(others + many))
    assert looks_like_bsn(pl.Series(many + others))
    assert looks_like_bsn(pl.Series([None] * 50_000 + many[:3])), "also where a column begins empty"


def test_a_column_that_is_no_text_is_judged_by_its_digits() -> None:
    assert recognise("klant", pl.Series([int(TEST_NUMBER)])) == sensitive.Sensitive("klant", "bsn", "inhoud")


def test_the_words_name_the_column_and_no_value() -> None:
    for header, value in (("klant", TEST_NUMBER), ("BSN", TEST_NUMBER), ("Contact", "jan@voorbeeld.nl")):
        found = recognise(header, pl.Series([value]))
        assert found is not None
        assert header in found.words()
        assert value not in found.words() + repr(found)
    assert "burgerservicenummer" in sensitive.Sensitive("BSN", "bsn", "kop").words()


def test_every_kind_has_words() -> None:
    for name in {*sensitive._HEADERS, *sensitive._CONTENT}:
        assert sensitive.Sensitive("x", name, "kop").words() != sensitive.Sensitive("x", name, "inhoud").words()


# pseudonyms


def test_pseudonyms_have_one_form() -> None:
    made = on([TEST_NUMBER, "K1", "é€"], pseudonyms(pl.col("x"), KEY))
    assert all(re.fullmatch("p-[A-Z2-7]{12}", str(one)) for one in made)
    assert len(set(made)) == 3


def test_a_pseudonym_is_the_known_hmac() -> None:
    import base64
    import hashlib
    import hmac

    expected = base64.b32encode(hmac.new(KEY, b"K1", hashlib.sha256).digest()).decode()[:12]
    assert on(["K1"], pseudonyms(pl.col("x"), KEY)) == [f"p-{expected}"]


@given(st.lists(st.one_of(st.none(), st.text(max_size=4))))
def test_equal_values_have_equal_pseudonyms_and_others_do_not(texts: list[str | None]) -> None:
    texts = [None if text is None else f"K{text}K" for text in texts]
    made = on([*texts, "K1"], pseudonyms(pl.col("x"), KEY))[:-1]
    assert [one is None for one in made] == [text is None for text in texts]
    assert len(set(zip(texts, made, strict=True))) == len(set(texts)) == len(set(made))


def test_the_spellings_of_one_bsn_are_one_person() -> None:
    (number,) = bsns(1, zeros=1)
    texts: list[str | None] = [number, number[1:], f" {number} ", f"{number[:4]}.{number[4:6]}.{number[6:]}"]
    assert len(set(on(texts, pseudonyms(pl.col("x"), KEY)))) == 1


def test_leading_zeros_of_a_client_number_count() -> None:
    assert len(set(on(["0012", "12"], pseudonyms(pl.col("x"), KEY)))) == 2


def test_what_is_empty_stays_empty() -> None:
    empty = [None, "", "onbekend", "-"]
    assert on([*empty, "K1"], pseudonyms(pl.col("x"), KEY))[:-1] == empty
    assert on([None, None], pseudonyms(pl.col("x"), KEY)) == [None, None]


def test_another_key_gives_other_pseudonyms() -> None:
    assert on(["K1"], pseudonyms(pl.col("x"), KEY)) != on(["K1"], pseudonyms(pl.col("x"), KEY + b"!"))


# the key


def test_the_key_comes_from_the_file_then_from_the_environment(tmp_path: Path) -> None:
    path = tmp_path / "sleutel.txt"
    path.write_bytes(b"\xef\xbb\xbf" + KEY + b"\r\n")
    other = {KEY_VARIABLE: " een heel andere sleutel "}
    assert key_from({}, path) == key_from(other, path) == key_from({KEY_VARIABLE: KEY.decode()}, None) == Key(KEY, True)
    assert key_from(other, None) == Key(b"een heel andere sleutel", True)


def test_without_a_key_each_run_has_its_own() -> None:
    first, second = key_from({}, None), key_from({KEY_VARIABLE: " "}, None)
    assert (first.lasting, second.lasting) == (False, False)
    assert first.secret != second.secret
    assert len(first.secret) == 32
    assert KEY_VARIABLE in first.words()
    assert first.words() != Key(KEY, True).words()


def test_a_key_is_never_shown() -> None:
    key = Key(KEY, True)
    assert KEY.decode() not in f"{key!r} {key} {key.words()}"


def test_a_key_that_can_be_guessed_is_refused_and_not_repeated(tmp_path: Path) -> None:
    path = tmp_path / "sleutel.txt"
    path.write_text("welkom01", encoding="utf-8")
    for environment, where in (({}, path), ({KEY_VARIABLE: "welkom01"}, None)):
        with pytest.raises(UserError, match="te kort") as refused:
            key_from(environment, where)
        assert "welkom01" not in str(refused.value)


def test_a_key_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="niet te lezen"):
        key_from({KEY_VARIABLE: KEY.decode()}, tmp_path / "weg.txt")


# texts that reach an output

HIDDEN = "(afgeschermd)"


@pytest.mark.parametrize(
    "text",
    [
        TEST_NUMBER, f"BSN{TEST_NUMBER}", f"Jansen ({TEST_NUMBER})", f"{TEST_NUMBER};K1", "1112.22.333", "111.222.333", "111 222 333",
        "1112 22 333", "111\u00a0222\u00a0333", "1112-22-333", "111-222-333", "11 12 22 333", "Plein 40 1112 22 333", f"Plein 40 {TEST_NUMBER}",
        f"2.{TEST_NUMBER}", f"a {TEST_NUMBER[:-1]}4,{TEST_NUMBER}", f"{TEST_NUMBER[:-1]}4 {TEST_NUMBER}", f"k\n{TEST_NUMBER}\n",
    ],
)  # fmt: skip
def test_a_text_with_a_bsn_is_hidden(text: str) -> None:
    assert on(["Bakkerij", text], shielded(pl.col("x"))) == ["Bakkerij", HIDDEN]


@pytest.mark.parametrize(
    "text",
    [
        None, "", "Bakkerij De Korenaar", f"{TEST_NUMBER[:-1]}4", f"1{TEST_NUMBER}", f"{TEST_NUMBER}1", TEST_NUMBER[1:], "0" * 9,
        *(f"{day}-2-2025 10:15:00" for day in range(1, 10)), *(f"20250106 {hour}:00" for hour in range(10)),
        *(f"2025-{number}" for number in range(10_000, 10_040)), "1.234.567,89", "06-12345678", "+31 6 12345678", "31-02-2025",
        *(f"hal {hall} {kvk}" for hall in range(10) for kvk in numbers(4, 8)), *numbers(40, 12),
    ],
)  # fmt: skip
def test_other_texts_are_left_as_they_are(text: str | None) -> None:
    assert on([text], shielded(pl.col("x"))) == [text]


@given(st.lists(st.from_regex(r"[a-z]{0,2}[0-9]{7,11}[a-z ]{0,2}", fullmatch=True)))
def test_hidden_is_exactly_what_holds_a_number_that_passes(texts: list[str]) -> None:
    def holds(text: str) -> bool:
        return any(len(run) == 9 and passes(run) for run in re.findall("[0-9]+", text))

    assert on([*texts], shielded(pl.col("x"))) == [HIDDEN if holds(text) else text for text in texts]


def test_the_record_has_text_columns_to_shield() -> None:
    names = [column.name for column in COLUMNS if column.kind == "text"]
    frame = pl.DataFrame({name: [f"x {TEST_NUMBER}", "x"] for name in names})
    assert frame.lazy().with_columns(shielded(pl.col(name)) for name in names).collect().row(0) == (HIDDEN,) * len(
        names
    )
    assert frame.select(shielded(pl.col(name)) for name in names).row(1) == ("x",) * len(names)
