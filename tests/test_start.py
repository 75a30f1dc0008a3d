"""The start of a run: what is imported costs more than the work on a small file, so only what is needed may be."""

from __future__ import annotations

import os
import subprocess
import sys
import tomllib
from importlib.util import find_spec
from pathlib import Path

import pytest

from verdringing import resources

SMALL = resources.folder("templates").parent / "samples" / "schoon.csv"
ENGINES = {"polars", "pydantic", "jinja2", "yaml"}
FOR_OTHER_RUNS = {"babel", "fastexcel", "rich", "xlsxwriter", "xml.etree.ElementTree"} | {
    f"verdringing.{room}"
    for room in (
        "deciding.bound", "deciding.decided", "deciding.decision_rows", "deciding.decisions", "deciding.fingerprint",
        "deciding.outcomes", "deciding.returned", "deciding.sample", "deciding.sampled", "deciding.settled",
        "deciding.worklist", "documents", "earlier", "inspection", "naming.alias_file", "naming.alike",
        "naming.similar", "page.house_style", "parts.together", "policies.overlapping", "policies.own_columns",
        "policies.policy", "policies.versions", "reading.habit_forms", "reading.mapped", "reading.mapping",
        "reading.parquet_text", "reading.workbook", "summary",
    )
}  # fmt: skip
"""Rooms and libraries that a plain audit of a CSV file has no use for."""


def imported(tmp_path: Path, *words: str | Path, code: int = 0) -> set[str]:
    """Modules in a process of its own that did what the words ask."""
    told = tmp_path / "modules.txt"
    said = (
        "import sys, atexit; "
        f"atexit.register(lambda: open({str(told)!r}, 'w').write(' '.join(sys.modules))); "
        "from verdringing.start import run; sys.argv = ['verdringing', *sys.argv[1:]]; run()"
    )
    done = subprocess.run([sys.executable, "-c", said, *map(str, words)], capture_output=True, env=os.environ)
    assert done.returncode == code, done.stderr
    return set(told.read_text().split())


@pytest.mark.parametrize("words, code", [(["--help"], 0), (["audit", "--help"], 0), (["audit", "--fout"], 2)])
def test_help_and_wrong_use_import_no_engine_and_no_room_of_the_audit(
    tmp_path: Path, words: list[str], code: int
) -> None:
    seen = imported(tmp_path, *words, code=code)
    assert not (ENGINES | {"dataclasses", "locale", "pathlib", "shutil"}) & seen
    rooms = {name.split(".")[1] for name in seen if name.startswith("verdringing.")}
    assert rooms <= {"start", "cli", "spoken", "click_words", "errors", "words", "asked", "commands"}


@pytest.mark.parametrize("columns", ["", "0", "30", "60", "99", "200", "breed"])
def test_help_is_as_wide_as_click_would_make_it(columns: str) -> None:
    """At most 100 characters, as wide as the terminal or as COLUMNS says; here there is no terminal."""
    says = (
        "import click; from verdringing.spoken import _width; print(_width(), click.HelpFormatter(max_width=100).width)"
    )
    command, known = [sys.executable, "-c", says], os.environ | {"COLUMNS": columns}
    ours, theirs = subprocess.run(command, capture_output=True, env=known, text=True, check=True).stdout.split()
    assert ours == theirs


def test_a_plain_audit_imports_no_room_that_it_has_no_use_for(tmp_path: Path) -> None:
    words = ["audit", SMALL, "--peildatum", "2026-09-30", "--zonder-werklijst", "--stil", "--uit", tmp_path / "uit"]
    assert not FOR_OTHER_RUNS & imported(tmp_path, *words)
    assert not [name for name in FOR_OTHER_RUNS if find_spec(name) is None], "a name here that is no room"


def test_the_command_begins_where_python_stops_looking_for_cycles() -> None:
    project = tomllib.loads((SMALL.parent.parent / "pyproject.toml").read_text(encoding="utf-8"))
    assert project["project"]["scripts"]["verdringing"] == "verdringing.start:run"
    code = "import sys, gc, verdringing.start; assert gc.isenabled(); assert 'click' not in sys.modules"
    subprocess.run([sys.executable, "-c", code], check=True, env=os.environ)
