"""Generated pages: rules/README.md from the rules, docs/record.md from the record. A test says when they are stale."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path

from verdringing import account, rulebook
from verdringing.record import COLUMNS, KIND_NAMES
from verdringing.resources import folder
from verdringing.rule import Rule, RuleBook

_MADE = "<!-- Made by `make docs`; change the rules or the record instead. -->"


def pages() -> dict[Path, str]:
    """Every generated page with its text, by path in the checkout."""
    top = folder("rules").parent
    return {top / "rules" / "README.md": rules_page(rulebook.load()), top / "docs" / "record.md": record_page()}


def rules_page(book: RuleBook) -> str:
    """All rules: a table, then a section per rule."""
    head = ["# Regels", "", _MADE, "", "| regel | rust op | toets | titel |", "|---|---|---|---|"]
    rows = [
        f"| [{r.name}](#{r.name}) | {r.file.norm} | {r.file.toets} | {r.say('titel')}{'' if r.on else ' (uit)'} |"
        for r in book.rules
    ]
    return _text([*head, *rows, *(line for rule in book.rules for line in _section(rule))])


def _section(rule: Rule) -> Iterable[str]:
    yield from (
        "",
        f"## {rule.name}",
        "",
        f"**{rule.say('titel')}** ({rule.file.norm}, toets `{rule.file.toets}`).",
        "",
    )
    parts = {
        "Waarom": "waarom",
        "Vraag": "vraag",
        "Opheffen": "opheffen",
        "Uitzonderingen": "uitzonderingen",
        "Aannames": "aannames",
    }
    for head, part in parts.items():
        yield f"- **{head}**: {rule.say(part)}"  # type: ignore[arg-type]  # the names are those of Rule.say
    yield f"- **Grondslag**: {'; '.join(f'[{g}]({g.link})' if g.link else str(g) for g in rule.file.grondslag)}"
    yield from ("", "| parameter | waarde | herkomst |", "|---|---|---|")
    for name, value in account.in_words(rule).items():
        yield f"| {name} | {value['waarde']} | {value['herkomst']} |"


def record_page() -> str:
    """The columns of a placement."""
    head = ["# De plaatsing", "", _MADE, "", "| kolom | soort | verplicht | betekenis |", "|---|---|---|---|"]
    return _text(
        [
            *head,
            *(
                f"| {c.name} | {_kind(c.kind, c.choices)} | {'ja' if c.required else ''} | {c.meaning} |"
                for c in COLUMNS
            ),
        ]
    )


def _kind(kind: str, choices: tuple[str, ...]) -> str:
    return ", ".join(choices) if choices else KIND_NAMES[kind]


def _text(lines: Iterable[str]) -> str:
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write every page again."""
    for path, text in pages().items():
        path.write_text(text, encoding="utf-8")
        sys.stdout.write(f"{path.name}\n")


if __name__ == "__main__":
    main()
