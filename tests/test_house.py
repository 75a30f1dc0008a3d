"""The house: imports point left, checks have one form, generated pages are fresh, nothing private stands anywhere."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterable, Iterator
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from verdringing import check, docs
from verdringing.check import Params
from verdringing.record import BY_NAME

TOP = Path(__file__).parent.parent
PACKAGE = TOP / "verdringing"
WAY = [
    "names",
    "bsn",
    "sensitive",
    "pseudonyms",
    "shield",
    "read",
    "lists",
    "matching",
    "normalise",
    "similar",
    "aliases",
    "period",
    "history",
    "judge",
    "cases",
    "dossier",
    "report",
    "audit",
    "cli",
]
"""Data moves to the right; a room imports only from the left of itself."""


def room_of(name: str) -> Path:
    """Where a room stands: at the top of the package, or in one of its folders."""
    top = PACKAGE / f"{name}.py"
    return top if top.is_file() else next(PACKAGE.rglob(f"{name}.py"))


def imported(nodes: Iterable[ast.AST]) -> set[Path]:
    """Rooms of the package that are imported by these nodes themselves (each a path without .py)."""
    found = set()
    for node in nodes:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("verdringing"):
            place = TOP / (node.module or "").replace(".", "/")
            found |= {place / alias.name for alias in node.names} if place.is_dir() else {place}
    return {path for path in found if path.with_suffix(".py").is_file()}


def imports(room: Path) -> set[str]:
    """Rooms of the package that a room imports, also inside functions and for types alone."""
    return {path.stem for path in imported(ast.walk(ast.parse(room.read_text(encoding="utf-8"))))}


def when_loaded(tree: ast.AST) -> Iterator[ast.AST]:
    """What runs when a room is loaded: nothing inside functions, and nothing that is for types alone."""
    for node in ast.iter_child_nodes(tree):
        for_types = isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)
        if not for_types and not isinstance(node, ast.FunctionDef):
            yield node
            yield from when_loaded(node)


@pytest.mark.parametrize("room", WAY)
def test_imports_point_left(room: str) -> None:
    later = set(WAY[WAY.index(room) + 1 :])
    assert not imports(room_of(room)) & later


def test_no_folder_and_no_room_beside_it_need_each_other() -> None:
    """A folder counts as one: what it imports when it is loaded never leads back to it."""
    leads: dict[Path, set[Path]] = {}
    for room in PACKAGE.rglob("*.py"):
        tree = ast.parse(room.read_text(encoding="utf-8"))
        leads.setdefault(_whole(room), set()).update(map(_whole, imported(when_loaded(tree))))
    order = TopologicalSorter({one: others - {one} for one, others in leads.items()})
    assert list(order.static_order())  # CycleError names those that go round


def _whole(room: Path) -> Path:
    """The folder of a room, or the room itself where it stands beside the folders."""
    return room.with_suffix("") if room.parent == PACKAGE else room.parent


@pytest.mark.parametrize("name", check.names())
def test_a_check_touches_no_file_and_no_room_after_it(name: str) -> None:
    allowed = {
        "check",
        "history",
        "norms",
        "stretches",
        "lists",
        "condition",
        "condition_waits",
        "matching",
        "ordered",
        "record",
        "figures",
        "spell",
        "successors",
        "term",
        "tested_days",
        "words",
    }
    assert imports(PACKAGE / "checks" / f"{name}.py") <= allowed


def test_every_room_and_folder_stands_in_the_table_of_contributing() -> None:
    told = (TOP / "CONTRIBUTING.md").read_text(encoding="utf-8")
    named = set(re.findall(r"`(\w+\.py|\w+/)`", told))
    kinds = {match[0].replace("*", r"\w+") for match in re.finditer(r"\w+\*\.py", told)}
    rooms = {path.name for path in PACKAGE.glob("*.py") if not path.name.startswith("__")}
    folders = {f"{path.name}/" for path in PACKAGE.iterdir() if path.is_dir() and not path.name.startswith("__")}
    assert {one for one in rooms | folders if not any(re.fullmatch(kind, one) for kind in kinds)} <= named
    assert {one for one in named if one.endswith(".py")} - {path.name for path in PACKAGE.rglob("*.py")} == set()


@pytest.mark.parametrize("name", check.names())
def test_a_check_has_the_form_of_a_check(name: str) -> None:
    source = (PACKAGE / "checks" / f"{name}.py").read_text(encoding="utf-8")
    tree = ast.parse(source)
    text = ast.get_docstring(tree) or ""
    assert "Why:" in text
    assert "xclusions" in text
    assert "ssum" in text
    defined = [node.name for node in tree.body if isinstance(node, ast.ClassDef | ast.FunctionDef)]
    form = [one for one in defined if one in {"Params", "prepare", "check"}]
    assert form in (["Params", "prepare", "check"], ["Params", "check"])
    assert issubclass(check.find(name).Params, Params)


@pytest.mark.parametrize("name", check.names())
def test_every_parameter_says_what_it_is(name: str) -> None:
    fields = check.find(name).Params.model_fields
    assert not [parameter for parameter, field in fields.items() if not field.description]


def test_the_story_stays_short() -> None:
    tree = ast.parse((PACKAGE / "audit.py").read_text(encoding="utf-8"))
    (story,) = [node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == "audit"]
    assert (story.end_lineno or 0) - story.lineno < 40


def test_generated_pages_are_fresh() -> None:
    made = docs.pages()
    standing = {path: path.read_text(encoding="utf-8") for path in made if path.is_file()}
    assert not [str(path) for path, text in made.items() if standing.get(path) != text], "run: make docs"
    kept = {path for folder in ("regels", "rules") for path in (TOP / "docs" / folder).iterdir()}
    assert not kept - set(made), "a page of a rule that is gone"


def tracked() -> list[Path]:
    listed = subprocess.run(["git", "ls-files"], cwd=TOP, capture_output=True, text=True, check=True).stdout.split("\n")
    return [TOP / name for name in listed if name]


def test_no_number_in_the_project_is_a_bsn() -> None:
    weights = (9, 8, 7, 6, 5, 4, 3, 2, -1)
    found = []
    for path in tracked():
        if path.suffix in {".csv", ".py", ".yaml", ".md", ".j2"}:
            for number in re.findall(r"(?<![\d.,])\d{9}(?!\d)", path.read_text(encoding="utf-8", errors="replace")):
                if sum(int(digit) * weight for digit, weight in zip(number, weights, strict=True)) % 11 == 0:
                    found.append((path.name, number))
    assert not found


def test_no_room_has_a_name_that_says_nothing() -> None:
    assert not {path.stem for path in PACKAGE.rglob("*.py")} & {"utils", "helpers", "manager", "base", "common", "data"}


def test_no_column_about_the_person_that_no_rule_needs() -> None:
    assert not set(BY_NAME) & {
        "bsn",
        "naam",
        "nationaliteit",
        "geslacht",
        "geboorteland",
        "gezondheid",
        "geboortedatum",
    }
