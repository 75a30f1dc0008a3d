"""The words in English: every text has them, none is left over, and a whole run speaks one language.

`make words` adds what is new to locale/en.po and drops what is gone; fill in each empty msgstr, then run this file.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import get_args

import click
import polars as pl
import pytest
from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from click.testing import CliRunner, Result
from jinja2.ext import babel_extract

from verdringing import check, cli, click_words, record, spoken, words
from verdringing.norms import Norm

TOP = Path(__file__).parent.parent
SAMPLES = TOP / "samples"
CATALOGUE = TOP / "verdringing" / "locale" / "en.po"
KEYWORDS = {"_": None, "plural": (2, 3)}
UNWRITTEN = {
    "verdringing/documents/as_yaml.py": {"meant"},
    "verdringing/documents/begin.py": {"one.meaning"},
    "verdringing/spoken.py": {"cleandoc(self._help)"},
    "verdringing/earlier/compare_page.py": {"BY_NAME[name].meaning"},
    "verdringing/policies/declared.py": {"one", "other"},
    "verdringing/page/missing.py": {"column.meaning"},
    "verdringing/deciding/sheet_rows.py": {"x[0-9A-Fa-f]{4}_"},  # no call: how a workbook writes a sign
    "verdringing/words.py": {"one if count == 1 else many"},
    "templates/account.html.j2": {"meaning", "norm.eenheid"},
}
"""Calls of `_` without a written text; `elsewhere` below says which texts they get."""


def sources() -> list[Path]:
    return sorted([*(TOP / "verdringing").rglob("*.py"), *(TOP / "templates").glob("*.j2")])


def written(path: Path) -> Iterator[str]:
    """Texts in calls of `_` and `plural`; the two forms of `plural` are two texts."""
    with path.open("rb") as source:
        method = babel_extract if path.suffix == ".j2" else "python"
        for _line, text, _comments, _context in extract(method, source, keywords=KEYWORDS):
            yield from [text] if isinstance(text, str) else text


def elsewhere() -> Iterator[tuple[str, str]]:
    """Texts that reach `_` as a value: meanings of columns and parameters, units of norms, help of the command."""
    yield from (("verdringing/record.py", column.meaning) for column in record.COLUMNS)
    for name in check.names():
        fields = check.find(name).Params.model_fields.values()
        yield from ((f"verdringing/checks/{name}.py", field.description or "") for field in fields)
    yield from (("verdringing/record.py", name) for name in record.KIND_NAMES.values())
    yield from (("verdringing/norms.py", unit) for unit in get_args(Norm.model_fields["eenheid"].annotation))
    yield from (("verdringing/cli.py", text) for text in helps(cli.main))


def helps(command: click.Command) -> Iterator[str]:
    """Help of a command, its options and its subcommands, in Dutch; --help and --versie are click's own."""
    options = [one for one in command.params if isinstance(one, spoken.Option)]
    yield from (one.help.replace("\b", r"\b") for one in (command, *options) if one.help)
    if isinstance(command, spoken.Group):
        context = click.Context(command)
        for name in command.list_commands(context):
            yield from helps(command.get_command(context, name))


def said() -> dict[str, list[tuple[str, None]]]:
    """Every Dutch text a user can see, with the files it stands in."""
    found: dict[str, dict[tuple[str, None], None]] = {}
    for path in sources():
        for text in written(path):
            found.setdefault(text, {})[path.relative_to(TOP).as_posix(), None] = None
    for place, text in elsewhere():
        found.setdefault(text, {})[place, None] = None
    return {text: list(places) for text, places in found.items()}


def english() -> Catalog:
    with CATALOGUE.open("rb") as file:
        return read_po(file, locale="en")


def rewrite() -> None:
    """Give the catalogue exactly the texts there are, with the translations it had; its head stays as it is."""
    head, _rest = CATALOGUE.read_text(encoding="utf-8").split("\n\n", 1)
    old, new = english(), Catalog()
    for text, places in said().items():
        known = old.get(text)
        new.add(text, known.string if known else "", locations=places)
    body = BytesIO()
    write_po(body, new, width=120, omit_header=True, include_lineno=False)
    CATALOGUE.write_text(f"{head}\n\n{body.getvalue().decode().strip()}\n", encoding="utf-8", newline="\n")


if os.environ.get("WORDS") == "write":
    rewrite()

DUTCH = said()
ENGLISH = {message.id: message.string for message in english() if message.id}
PAIRS = sorted((dutch, text) for dutch, text in ENGLISH.items() if text)


@pytest.fixture(autouse=True)
def _dutch_again() -> Iterator[None]:
    yield
    words.choose_language("nl")


def holes(text: str) -> list[tuple[str, str | None]]:
    return sorted((name, spec) for _text, name, spec, _kind in Formatter().parse(text) if name is not None)


def test_every_text_has_its_english() -> None:
    assert not [text for text in DUTCH if not ENGLISH.get(text)], "run: make words, and fill in the empty msgstr"


def called(path: Path) -> Iterator[str]:
    """The same texts as `written` finds in Python, found by walking the program: also in calls within calls."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in KEYWORDS:
            places = KEYWORDS[node.func.id] or (1,)
            texts = (node.args[place - 1] for place in places)
            yield from (text.value for text in texts if isinstance(text, ast.Constant))


def test_no_text_hides_in_a_call_within_a_call() -> None:
    hidden = [
        (path.name, text) for path in sources() if path.suffix == ".py" for text in {*called(path)} - DUTCH.keys()
    ]
    assert not hidden, "babel does not see these: take them out of the call that is around them"


def test_nothing_is_left_over_in_the_catalogue() -> None:
    assert not ENGLISH.keys() - DUTCH.keys(), "run: make words"


def test_nothing_in_the_catalogue_is_only_a_guess() -> None:
    catalogue = english()
    assert not [message.id for message in catalogue if message.id and message.fuzzy]
    assert not catalogue.obsolete


def test_both_languages_have_the_same_holes() -> None:
    assert not [text for dutch, text in PAIRS if holes(text) != holes(dutch)]


def alike(dutch: str, text: str) -> bool:
    """Blank at an end or not, full stop or not, capital or not: texts are put together, and a sentence stays one."""
    blanks = dutch[0].isspace() == text[0].isspace() and dutch[-1].isspace() == text[-1].isspace()
    stops = " " not in dutch or (dutch[-1] in ".:?") == (text[-1] in ".:?")
    worded = dutch[0].isalpha() and text[0].isalpha() and not dutch.startswith("Parquet")
    return blanks and stops and (not worded or dutch[0].isupper() == text[0].isupper())


def test_english_begins_and_ends_as_dutch_does() -> None:
    assert not [text for dutch, text in PAIRS if not alike(dutch, text)]


def test_english_accuses_nobody() -> None:
    words_of_blame = re.compile(r"fraud|suspect|guilt|violat|offen[cs]e|culprit", re.IGNORECASE)
    assert not [text for _dutch, text in PAIRS if words_of_blame.search(text)]


@pytest.mark.parametrize("path", sources(), ids=lambda path: path.name)
def test_every_text_that_is_not_written_in_the_call_is_known(path: Path) -> None:
    """A call of `_` with a value instead of a text: say in `elsewhere` which texts it gets, and name it in UNWRITTEN."""
    source = path.read_text(encoding="utf-8")
    calls = re.findall(r"""(?<![\w.])_\(\s*([^\s"'()*](?:[^(),]|\([^()]*\))*)""", source)
    found = {call.strip() for call in calls} - {"text: str"}
    assert found == UNWRITTEN.get(path.relative_to(TOP).as_posix(), set())


# A whole run.


class Texts(HTMLParser):
    """The texts of a page, and what its labels say; without style."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.inside = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = tag
        self.found += [value or "" for name, value in attrs if name == "aria-label"]

    def handle_data(self, data: str) -> None:
        if self.inside not in {"style", "code"} and data.strip():
            self.found.append(" ".join(data.split()))


def audit(out: Path, *language: str) -> Result:
    lists = ["--zwarte-lijst", str(SAMPLES / "zwarte-lijst.csv"), "--peildatum", "2026-09-30", "--uit", str(out)]
    arguments = [*language, "audit", str(SAMPLES / "voorbeeldstad.csv"), *lists]
    result = CliRunner().invoke(cli.main, arguments, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    words.choose_language("nl")
    return result


@pytest.fixture(scope="module")
def reports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, str]]:
    """Folder and terminal output of three runs in one process: Dutch, English, Dutch again."""
    top = tmp_path_factory.mktemp("talen")
    asked = {"before": (), "en": ("--taal", "en"), "after": ()}
    made = {name: (top / name / "rapport", audit(top / name / "rapport", *option)) for name, option in asked.items()}
    return {name: (folder, result.output) for name, (folder, result) in made.items()}


@pytest.fixture(scope="module")
def page(reports: dict[str, tuple[Path, str]]) -> str:
    return (reports["en"][0] / "index.html").read_text(encoding="utf-8")


def tellings() -> Iterator[str]:
    """Pieces of Dutch between holes that are long enough to be nothing else, and differ from the English."""
    for dutch, text in PAIRS:
        if dutch != text:
            yield from (part for part, *_hole in Formatter().parse(dutch) if len(part) > 20)


def test_an_english_page_says_so_and_has_no_dutch_in_it(page: str) -> None:
    assert '<html lang="en">' in page
    plain = "\n".join(Texts(page).found)
    assert not [part for part in tellings() if part.strip() in plain]


def test_no_heading_label_or_cell_of_an_english_page_is_a_dutch_text(page: str) -> None:
    given = {"functie", "werkgever"}  # what rule files and exports say in Dutch stays as it is
    for name in ("voorbeeldstad.csv", "zwarte-lijst.csv"):
        given |= {*re.split(r"[;\n]", (SAMPLES / name).read_text(encoding="utf-8-sig"))}
    changed = {dutch for dutch, text in PAIRS if dutch != text} - {text for _dutch, text in PAIRS} - given
    assert not changed & {*Texts(page).found}


@pytest.fixture(scope="module")
def sentences(reports: dict[str, tuple[Path, str]]) -> dict[str, list[str]]:
    """Sentences of the findings by language, without what stands in parentheses: sources and reasons on a list."""
    files = {"nl": reports["before"][0], "en": reports["en"][0]}
    read = {
        code: pl.read_csv(path / "bevindingen.csv", separator=";", infer_schema=False) for code, path in files.items()
    }
    assert read["nl"].columns == read["en"].columns
    assert read["nl"].height == read["en"].height > 0
    return {code: [re.sub(r"\([^()]*\)", "", text) for text in found["toelichting"]] for code, found in read.items()}


def test_findings_are_sentences_in_the_language_of_the_run(sentences: dict[str, list[str]]) -> None:
    dutch = re.compile(r"\b(de|het|een|niet|dit|voor|werkgever|mag|kandidaat|plaatsing)\b", re.IGNORECASE)
    assert not [text for text in sentences["en"] if dutch.search(text)]
    assert not [text for text in sentences["nl"] if not dutch.search(text)]


def test_amounts_have_a_decimal_point_in_english(sentences: dict[str, list[str]]) -> None:
    # two to four figures after it, and none behind those: not the mark between thousands
    comma, point = re.compile(r"\d,\d\d(?!\d)"), re.compile(r"€ [\d,]*\d\.\d\d(?!\d)")
    for code, wanted, other in (("nl", comma, point), ("en", point, comma)):
        told = [text.split("; norm")[0] for text in sentences[code]]
        assert list(filter(wanted.search, told))
        assert not list(filter(other.search, told))


def test_the_amount_of_a_norm_has_a_decimal_point_in_english(sentences: dict[str, list[str]]) -> None:
    assert not [text for text in sentences["en"] if re.search(r"\d,\d(?!\d\d[,.])", text)]


def test_the_terminal_speaks_english_too(reports: dict[str, tuple[Path, str]]) -> None:
    _folder, output = reports["en"]
    assert "no signal" in output
    assert "rows read" in output
    assert not re.search(r"\b(rijen|zaken|regel|geen|aan)\b", output)


def test_dutch_is_the_same_after_an_english_run(reports: dict[str, tuple[Path, str]]) -> None:
    before, after = reports["before"], reports["after"]
    assert before[1].replace("before", "after") == after[1]
    for path in before[0].glob("*.csv"):
        assert path.read_bytes() == (after[0] / path.name).read_bytes()
    pages = [(folder / "index.html").read_text(encoding="utf-8") for folder, _output in (before, after)]
    assert pages[0].replace("/before/", "/after/") == pages[1]
    assert '<html lang="nl">' in pages[1]


# The language of the help and of mistakes.

HELP = [
    (["--taal", "en", "--help"], {}),
    (["--help"], {"VERDRINGING_TAAL": "en"}),
    ([], {"VERDRINGING_TAAL": "en"}),
    (["--taal", "en", "audit", "--help"], {}),
    (["audit", "--taal", "en", "--help"], {}),
    (["audit", "--help"], {"VERDRINGING_TAAL": "en"}),
    (["regels", "--help"], {"VERDRINGING_TAAL": "en"}),
]


def shown(arguments: list[str], variables: dict[str, str]) -> str:
    output = CliRunner().invoke(cli.main, arguments, env={"VERDRINGING_TAAL": None} | variables).output
    return " ".join(output.split())


@pytest.mark.parametrize("arguments, variables", HELP)
def test_help_in_english(arguments: list[str], variables: dict[str, str]) -> None:
    text = shown(arguments, variables)
    assert "Example: verdringing" in text
    assert not re.search(r"\b(de|het|van|een|Voorbeeld|rapport\.)\b", text)


@pytest.mark.parametrize("arguments", [["--help"], ["audit", "--help"], ["--taal", "nl", "regels", "--help"]])
def test_help_in_dutch_also_after_english(arguments: list[str]) -> None:
    shown(["--taal", "en", "--help"], {})
    text = shown(arguments, {})
    assert "Voorbeeld: verdringing" in text
    assert "Example" not in text


def test_an_option_is_stronger_than_the_variable() -> None:
    assert "Voorbeeld:" in shown(["--taal", "nl", "--help"], {"VERDRINGING_TAAL": "en"})


def test_a_mistake_in_english() -> None:
    text = shown(["--taal", "en", "audit", "x.csv", "--periode", "gisteren"], {})
    assert text == "--periode: 'gisteren' is not a period. Write for instance 2026K3, 2026 or 2026-07-01..2026-09-30."


def test_an_unknown_language_is_refused() -> None:
    result = CliRunner().invoke(cli.main, ["regels"], env={"VERDRINGING_TAAL": "xx"})
    assert result.exit_code == 2
    assert "xx" in result.output


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["audit", "--foo"], "Fout: De optie '--foo' bestaat niet."),
        (["audt"], "Fout: De opdracht 'audt' bestaat niet."),
        (["audit"], "Fout: Er ontbreekt 'BESTAND...'."),
        (["audit", "x.csv", "--uit"], "Fout: Bij de optie '--uit' hoort een waarde."),
        (
            ["audit", "x.csv", "--max-afgekeurd", "veel"],
            "Ongeldige waarde bij '--max-afgekeurd': 'veel' is geen getal.",
        ),
        (["verifieer", "r", "--map", "nergens"], "Ongeldige waarde bij '--map': De map 'nergens' bestaat niet."),
        (["verifieer", "r", "--map", __file__], "is een bestand, geen map."),
        (["kolommen", "x.csv", "y.csv"], "Fout: Dit argument is er een te veel: y.csv"),
        (["--help"], "Gebruik: main [OPTIES] OPDRACHT ..."),
        (["--taal", "en", "audit", "--foo"], "Error: No such option '--foo'."),
        (["--help", "--taal", "en"], "Usage: main [OPTIONS] COMMAND [ARGS]..."),
    ],
)
def test_mistakes_on_the_command_line_speak_the_language_too(arguments: list[str], said: str) -> None:
    assert said in shown(arguments, {})


def test_every_sentence_of_click_that_is_translated_is_one_that_click_says() -> None:
    folder = Path(click.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in folder.glob("*.py"))
    assert not [sentence for sentence in click_words._DUTCH if f'"{sentence}"' not in source]
