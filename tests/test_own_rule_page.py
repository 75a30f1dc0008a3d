"""The pages on making a rule of your own: every file in them is written, every command run, every output looked for.

A block of code under a line that ends in the name of a file is that file, or, as `text`, stands in that file. `sh` is a
command; `text` without a file is what the last command says, whatever the white space between words.
"""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner

from verdringing import words
from verdringing.cli import main

DOCS = Path(__file__).parent.parent / "docs"
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
FILE = re.compile(r"`([\w./-]+\.\w+)`(?: staat| stands)?:$")


@pytest.fixture(autouse=True)
def _dutch_again() -> Iterator[None]:
    yield
    words.choose_language("nl")


def blocks(page: str) -> list[tuple[str | None, str, str]]:
    """File named above the block (or None), kind of block, text; in the order of the page."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = []
    for match in BLOCK.finditer(text):
        named = FILE.search(text[: match.start()].rstrip())
        found.append((named and named[1], match[1], match[2]))
    assert len(found) == text.count("\n```\n"), "every block is looked at"
    return found


def spaced(text: str) -> list[str]:
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]


def in_order(wanted: list[str], lines: list[str]) -> bool:
    """Whether each wanted line begins a line of the output, in this order."""
    left = iter(lines)
    return all(any(line.startswith(one) for line in left) for one in wanted)


@pytest.mark.parametrize("page", ["eigen-regel.md", "your-own-rule.md"])
def test_the_page_does_what_it_says(page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    output = ""
    kinds = []
    for file, kind, text in blocks(page):
        kinds.append(kind)
        if kind == "sh":
            arguments = shlex.split(text)
            assert arguments[0] == "verdringing"
            result = CliRunner().invoke(main, arguments[1:])
            output = result.output
            assert result.exit_code == (2 if "fout.yaml" in arguments else 0), output
        elif kind != "text":
            assert file is not None, text
            path = tmp_path / file
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
        elif file:
            assert text.strip() in (tmp_path / file).read_text(encoding="utf-8")
        else:
            assert in_order(spaced(text), spaced(output)), output
    assert kinds == ["csv", "yaml", "yaml", "sh", "text", "sh", "text", "text", "yaml", "sh", "text"]


def test_both_pages_have_the_same_files() -> None:
    pages = [[file for file, _kind, _text in blocks(page)] for page in ("eigen-regel.md", "your-own-rule.md")]
    assert pages[0] == pages[1]


def test_links_lead_somewhere() -> None:
    for page in ("eigen-regel.md", "your-own-rule.md"):
        for link in re.findall(r"\]\(([^)]+)\)", (DOCS / page).read_text(encoding="utf-8")):
            assert (DOCS / link).is_file(), link
