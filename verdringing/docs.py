"""Generated pages: rules/README.md; in docs/ record, conditions, a page per rule. A test says when they are stale.

Made in a checkout: the examples on the pages of the rules come from tests/rules, which is not installed.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from verdringing import rulebook
from verdringing.documents import condition_page, rule_pages
from verdringing.record import COLUMNS, KIND_NAMES, Column
from verdringing.resources import folder
from verdringing.rule import RuleBook

_NEEDED = {"plaatsing_id": "ja, of gemaakt uit bestand en rij", "werkgever": "ja, of kvk_nummer"}
"""Columns that a file can do without all the same, or that another stands in for."""
_MADE = "<!-- Made by `make docs`; change the rules or the record instead. -->"


def pages() -> dict[Path, str]:
    """Every generated page with its text, by path in the checkout."""
    top = folder("rules").parent
    return {
        top / "rules" / "README.md": rules_page(rulebook.load()),
        top / "docs" / "record.md": record_page(),
        top / "docs" / "conditions.md": _text(["# Voorwaarden", "", _MADE, "", condition_page.page()]),
        **rule_pages.pages(top),
    }


def rules_page(book: RuleBook) -> str:
    """All rules in one table, with a link to the page of each."""
    head = ["# Regels", "", _MADE, "", "| regel | rust op | toets | titel | |", "|---|---|---|---|---|"]
    rows = [
        f"| [{r.name}](../docs/regels/{r.name}.md) | {r.file.norm} | {r.file.toets} "
        f"| {r.say('titel')}{'' if r.on else ' (uit)'} | [in English](../docs/rules/{r.name}.md) |"
        for r in book.rules
    ]
    return _text([*head, *rows])


def record_page() -> str:
    """The columns of a placement."""
    head = ["# De plaatsing", "", _MADE, "", "| kolom | soort | verplicht | betekenis |", "|---|---|---|---|"]
    return _text(
        [
            *head,
            *(f"| {c.name} | {_kind(c.kind, c.choices)} | {_needed(c)} | {c.meaning} |" for c in COLUMNS),
        ]
    )


def _needed(column: Column) -> str:
    return _NEEDED.get(column.name, "ja" if column.required else "")


def _kind(kind: str, choices: tuple[str, ...]) -> str:
    return ", ".join(choices) if choices else KIND_NAMES[kind]


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write every page again."""
    for path, text in pages().items():
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
        sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()
