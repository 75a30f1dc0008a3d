"""Strict YAML: nothing is guessed, everything doubtful is refused with its line, all of it at once."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from time import perf_counter
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from verdringing import yaml_walk
from verdringing.errors import UserError
from verdringing.strict_yaml import load, read


@pytest.fixture(params=["CSafeLoader", "SafeLoader"], autouse=True)
def parser(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both parsers word and place their problems differently; a user must not notice which one is installed."""
    if not hasattr(yaml, request.param):
        pytest.skip("PyYAML without libyaml")
    monkeypatch.setattr(yaml_walk, "LOADER", getattr(yaml, request.param))


def refused(text: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        load(text, "x.yaml")
    return [str(mistake) for mistake in caught.value.mistakes]


TYPED: list[tuple[str, object]] = [
    *((word, True) for word in ("ja", "Ja", "JA", "true")),
    *((word, False) for word in ("nee", "Nee", "NEE", "false")),
    *((word, None) for word in ("", "~", "null")),
    ("0", 0),
    ("-12", -12),
    ("1200", 1200),
    ("12,30", Decimal("12.30")),
    ("12.30", Decimal("12.30")),
    ("-0,5", Decimal("-0.5")),
    ("2026-02-28", date(2026, 2, 28)),
    ("2028-02-29", date(2028, 2, 29)),
]
TEXT = [
    *("NO", "no", "yes", "on", "off", "y", "n", "True", "FALSE", "Null", "jaa"),
    *("12:30", "0123", "0012345678", "1e3", "0x1F", "0o17", "1_000", "+5", ".inf", ".nan", "--1", "1.000,50"),
    *(".5", "5,", "05,5", "1,2,3", "2026-2-3", "2026-02-03 10:00", "20260203x", "=", "٣", "12,30 euro", "a#b"),
]


@pytest.mark.parametrize(("written", "value"), TYPED)
def test_plain_words_with_one_meaning_are_typed(written: str, value: object) -> None:
    for text, found in ((f"a: {written}", {"a": value}), (f"- {written}", [value])):
        data = load(text, "x").data
        assert data == found
        assert repr(data) == repr(found)


@pytest.mark.parametrize("written", TEXT)
def test_everything_else_is_text(written: str) -> None:
    assert load(f"a: {written}", "x").data == {"a": written}


@pytest.mark.parametrize("written", [*(word for word, _ in TYPED), *TEXT, "2026-02-31", "<<", "&a", "*a", "!!int 5"])
def test_quoted_and_block_text_is_never_typed(written: str) -> None:
    for text in (f"a: '{written}'", f'a: "{written}"', f"a: |-\n  {written}\n", f"a: >-\n  {written}\n"):
        assert load(text, "x").data == {"a": written}


@pytest.mark.parametrize("text", ["", "\n\n", "# alleen commentaar\n", "\ufeff", "---\n", "~"])
def test_an_empty_document_is_none_and_still_has_a_place(text: str) -> None:
    assert load(text, "x").data is None
    assert load(text, "x").where(("a",)).startswith("x:")


@pytest.mark.parametrize(
    ("text", "data"),
    [
        ("[12,30]", [12, 30]),
        ("{a: [1, {b: ja}], c: {}}", {"a": [1, {"b": True}], "c": {}}),
        ("a:\n- 1\n-\n  b: x\n", {"a": [1, {"b": "x"}]}),
        ("a: een\n  twee\r\nb: |\n  een\n  twee\n", {"a": "een twee", "b": "een\ntwee\n"}),
        ("---\na: 1\n...\n", {"a": 1}),
        ("{kvk: 23, 0123: x, a5: 1,b: 2}", {"kvk": 23, "0123": "x", "a5": 1, "b": 2}),
        ("{a, b}", {"a": None, "b": None}),
        ('"<<": 1\n\'5\': 2\n"ja": 3\n', {"<<": 1, "5": 2, "ja": 3}),
        ("NO: 1\n0123: 2\n12:30: 3\n", {"NO": 1, "0123": 2, "12:30": 3}),
        ("a: |\n  x\n  \ty\n", {"a": "x\n\ty\n"}),
        ("a: 'O''Neill & zn * !'\nb: R&D\n", {"a": "O'Neill & zn * !", "b": "R&D"}),
        ("{a: " + "[" * 19 + "]" * 19 + "}", {"a": json.loads("[" * 19 + "]" * 19)}),
    ],
)
def test_innocent_files_load(text: str, data: object) -> None:
    assert load(text, "x").data == data


def test_lines_are_known_by_path() -> None:
    document = load("# boven\na: 1\nb:\n  c:\n    - x\n    - d: |\n        y\n      e: 2\n", "rules/x.yaml")
    assert document.lines == {
        (): 2,
        ("a",): 2,
        ("b",): 3,
        ("b", "c"): 4,
        ("b", "c", 0): 5,
        ("b", "c", 1): 6,
        ("b", "c", 1, "d"): 6,
        ("b", "c", 1, "e"): 8,
    }
    assert document.where(("b", "c", 1, "e")) == "rules/x.yaml:8"
    assert document.where(("b", "c", 7, "e")) == "rules/x.yaml:4"
    assert document.where(("onbekend",)) == "rules/x.yaml:2"


LETTERS = "abcdefghi"
BOMB = "a: &a [x, x]\n" + "".join(f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in pairwise(LETTERS))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: 1\nb: 2\n\na: 3\n", [(4, "sleutel 'a' staat ook al op regel 1")]),
        (
            "a: {b: 1}\na: {b: 2, b: 3}\n",
            [(2, "sleutel 'a' staat ook al op regel 1"), (2, "sleutel 'b' staat ook al op regel 2")],
        ),
        ("a: 1\n'a': 2\n", [(2, "regel 1")]),
        ("a: &x 1\nb: *x\n", [(1, "'&x'"), (2, "'*x'"), (2, "Schrijf de waarde voluit")]),
        ("a: &x\n  b: 1\n", [(1, "'&x'")]),
        ("a: 1\n<<: {b: 2}\n", [(2, "'<<'")]),
        ("a: !!python/object/apply:os.system ['ls']\n", [(1, "'!!python/object/apply:os.system'")]),
        ("a:\n  - !!int '5'\n  - !x y\n  - ! 12\n", [(2, "'!!int'"), (3, "'!x'"), (4, "'!'")]),
        ("{pct: 23,5}", [(1, "binnen accolades scheidt een komma; schrijf 23.5 of zet het getal op een eigen regel")]),
        ("a:\n  {pct: 23,05, x: 1}", [(2, "schrijf 23.05")]),
        ("5: x", [(1, "sleutel '5' is geen tekst"), (1, "aanhalingstekens: '5'")]),
        ("{pct: 23, 5: x}", [(1, "aanhalingstekens: '5'")]),
        ("{pct: 23,5%}", [(1, "schrijf 23.5%")]),
        ("ja: 1\n2026-01-01: 2\n~: 3\n1,5: 4\n", [(1, ": 'ja'"), (2, ": '2026-01-01'"), (3, ": '~'"), (4, ": '1,5'")]),
        ("? [a, b]\n: 1\n", [(1, "sleutel")]),
        ("titel: {{evidence}}\n", [(1, "aanhalingstekens")]),
        ("a: 2026-02-31\nb: 0000-01-01\n", [(1, "'2026-02-31' bestaat niet als datum"), (2, "'0000-01-01'")]),
        ("2026-02-31: 1\n", [(1, "'2026-02-31'")]),
        ("a: 1\n---\nb: 2\n", [(2, "tweede document; een bestand bevat er één")]),
        ("\n" * 4 + "a: " + "[" * 20, [(5, "20")]),
        ("a: 1\nb: \x07\n", [(2, "U+0007")]),
        ("a: " + "9" * 5000, [(1, "5000 cijfers")]),
    ],
)
def test_refused_with_line_and_meaning(text: str, expected: list[tuple[int, str]]) -> None:
    said = refused(text)
    for line, words in expected:
        assert any(sentence.startswith(f"x.yaml:{line}: ") and words in sentence for sentence in said), said
    assert all(sentence.count(": ") and sentence.endswith(".") for sentence in said)


def test_an_innocent_neighbour_is_not_refused_with_the_guilty() -> None:
    text = "a: 1\na: 2\nb: &x 3\nc: !!int 4\nd: 2026-13-01\ne: {f: 1,5}\ng: ja\nh: [1, *x]\n"
    assert [sentence.split(": ")[0] for sentence in refused(text)] == [f"x.yaml:{line}" for line in (2, 3, 4, 5, 6, 8)]


def test_a_syntax_error_comes_after_the_mistakes_before_it() -> None:
    assert [sentence.split(": ")[0] for sentence in refused("a: 1\na: 2\nb: c: d\n&e: 1\n")] == ["x.yaml:2", "x.yaml:3"]


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("a: 1\ntitel: Te lang: dossier\n", 2, "dubbele punt"),
        ("a: 1\n  b: 2\n", 2, "dubbele punt"),
        ("a: 1\nb\nc: 2\n", 2, "mist een dubbele punt"),
        ("a: 1\n b\n- c\n", 3, "inspringing"),
        ("a: 'x' y\n", 1, "inspringing"),
        ("- a\nb: 1\n", 2, "inspringing"),
        ("  a: 1\nb: 2\n", 2, "inspringing"),
        ("a: - b\n", 1, "streepje"),
        ("a: [1, 2\nb: 3\n", 2, "regel 1"),
        ("a: 0\nb: {c: 1\nd: 2\n", 3, "regel 2"),
        ("a: ]\n", 1, "aanhalingstekens"),
        ('a: 1\nb: "x\nc: 1\nd: 2\n', 2, "aanhalingsteken"),
        ("b: 'x\n---\n", 1, "aanhalingsteken"),
        ("a: @x\n", 1, "aanhalingstekens"),
        ("a: *belangrijk*\n", 1, "aanhalingstekens"),
        ("a: !x!y z\n", 1, "aanhalingstekens"),
        ('a: "C:\\qmap"\n', 1, "backslash"),
        ("a: > tekst\n", 1, "aanhalingstekens"),
        ("a: {b} is te lang\n", 1, "haken om de hele waarde"),
        ("a: &\n", 1, "aanhalingstekens"),
        ("a:\n\tb: 1\n", 2, "tab"),
        ("\ta: 1\n", 1, "tab"),
        ("a: x\n\tb: 1\n", 2, "tab"),
        ("a: |\n\tx\n", 2, "tab"),
        ("a: {\n\tb: 1}\n", 2, "tab"),
        ("a: b\n... x\n", 2, "past niet"),
        ("%YAML 2.0\n---\na: 1\n", 1, "YAML"),
    ],
)
def test_syntax_errors_are_told_in_dutch(text: str, line: int, words: str) -> None:
    (said,) = refused(text)
    assert said.startswith(f"x.yaml:{line}: ")
    assert words in said
    assert not any(english in said for english in ("expected", "found", "scanning", "allowed", "while", "token"))


def test_an_alias_bomb_is_refused_at_once() -> None:
    begun = perf_counter()
    assert len(refused(BOMB)) == 9 + 8 * 9
    assert perf_counter() - begun < 0.5


@pytest.mark.parametrize("opening", ["[", "{a: ", "- ", "? "])
def test_deep_nesting_is_refused_at_once(opening: str) -> None:
    begun = perf_counter()
    (said,) = refused(opening * (1_000_000 // len(opening)))
    assert "20" in said
    assert perf_counter() - begun < 2


def test_over_one_mebibyte_is_refused(tmp_path: Path) -> None:
    (said,) = refused("a: " + "é" * 2**19)
    assert "1 MiB" in said
    assert len(str(load("a: " + "x" * (2**20 - 3), "x").data)) > 2**20 - 3
    large = tmp_path / "groot.yaml"
    large.write_bytes(b"\xff" * (2**20 + 1))
    with pytest.raises(UserError, match="1 MiB"):
        read(large)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_read_takes_utf8_with_or_without_mark(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes("één: €\r\nb: 2\r\n".encode(encoding))
    assert read(path, "rules/x.yaml") == load("één: €\nb: 2\n", "rules/x.yaml")
    assert read(path).name == str(path)


def test_unreadable_files_are_told_in_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "beleid.yaml").write_bytes("a: \N{EURO SIGN}".encode("cp1252"))
    for path, words in (
        (tmp_path / "beleit.yaml", "bestaat niet. Bedoelde u 'beleid.yaml'?"),
        (tmp_path / "weg" / "x.yaml", "bestaat niet"),
        (tmp_path, "map"),
        (tmp_path / "beleid.yaml" / "x.yaml", "bestaat niet"),
        (tmp_path / "beleid.yaml", "UTF-8"),
    ):
        with pytest.raises(UserError, match=words) as caught:
            read(path, "beleid")
        assert [mistake.where for mistake in caught.value.mistakes] == ["beleid"]


class Quoted(yaml.SafeDumper):
    """Writes text in quotes and repeats shared values in full."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


Quoted.add_representer(str, lambda dumper, text: dumper.represent_scalar("tag:yaml.org,2002:str", text, style='"'))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.dates() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)
FRAGMENTS = st.text(st.sampled_from("ab1,:-[]{}'\"&*!|>?%@#~<. \n\t\x07\x85\ufeff\ud800é"), max_size=40)


@given(VALUES, st.sampled_from([True, False, None]))
def test_what_is_dumped_with_quotes_loads_back_equal(data: object, flow: bool | None) -> None:
    assert load(yaml.dump(data, Dumper=Quoted, default_flow_style=flow), "x").data == data


@given(FRAGMENTS)
def test_any_text_gives_a_document_or_a_sentence(text: str) -> None:
    try:
        places = [load(text, "x.yaml").where(())]
    except UserError as refusal:
        places = [mistake.where for mistake in refusal.mistakes]
    last = len(text.splitlines()) or 1
    assert places
    assert all(1 <= int(place.removeprefix("x.yaml:")) <= last for place in places)
