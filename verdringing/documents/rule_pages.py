"""A page per rule, in Dutch and in English: its words, values and grounds, and an example from its cases.

Made in a checkout only: the cases stand in tests/rules, which is not installed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from verdringing import figures, rulebook
from verdringing.documents import as_yaml, case_files, text_form
from verdringing.documents.worked import Part, example
from verdringing.naming.lists import BLACKLIST, REPORTS, EmployerList
from verdringing.norms import Norm
from verdringing.record import BY_NAME
from verdringing.rule import Rule, RuleBook
from verdringing.rule_file import Code, in_language
from verdringing.summary import norm_word
from verdringing.words import _, choose_language, language

FOLDERS: Mapping[Code, str] = {"nl": "regels", "en": "rules"}
"""Where the pages of a language stand in docs/."""


def pages(top: Path) -> dict[Path, str]:
    """Every page with its text, by path; `top` is the checkout. Afterwards the language of the run is what it was."""
    before = language()
    found: dict[Path, str] = {}
    for code, name in FOLDERS.items():
        choose_language(code)
        found |= dict(_in_one_language(top, top / "docs" / name, code))
    choose_language(before)
    return found


def _in_one_language(top: Path, home: Path, code: Code) -> Iterator[tuple[Path, str]]:
    other = next(name for one, name in FOLDERS.items() if one != code)
    cases = top / "tests" / "rules"
    book = rulebook.load(lists=case_files.lists_in(cases / "lijsten"))
    form = text_form.form(code=code, other=other, say=lambda nl, en: in_language({"nl": nl, "en": en}))
    yield home / "README.md", form.get_template("rules.md.j2").render(rules=map(_indexed, book.rules))
    for rule in book.rules:
        facts = _facts(rule, cases / f"{rule.name}.csv", book)
        yield home / f"{rule.name}.md", form.get_template("rule.md.j2").render(facts)


def _indexed(rule: Rule) -> dict[str, object]:
    """What an index says of a rule."""
    return {
        "name": rule.name,
        "title": rule.say("titel"),
        "on": rule.on,
        "rests_on": norm_word(rule.file.norm),
        "check": rule.file.toets,
    }


def _facts(rule: Rule, cases: Path, book: RuleBook) -> dict[str, object]:
    parts = example(rule, case_files.read(cases), book)
    return {
        "rule": rule,
        "rests_on": norm_word(rule.file.norm),
        "values": list(_values(rule)),
        "parts": [_part(part, rule, _columns(parts)) for part in parts],
        "listed": _listed(getattr(rule.params, "lijst", None), parts),
    }


def _values(rule: Rule) -> Iterator[dict[str, str]]:
    """Every parameter with its effective value as a policy writes it, and what it means."""
    for name, value in as_yaml.parameters(rule).items():
        written = "–" if value in (None, (), []) else f"`{as_yaml.flow(value)}`"
        if isinstance(getattr(rule.params, name), Norm):
            written = f"[{written}](../../rules/normen/{value}.yaml)"
        yield {"name": name, "written": written, "meaning": as_yaml.meaning(rule, name)}


def _columns(parts: Iterable[Part]) -> list[str]:
    """Columns that a row of the example fills, and those that every placement needs."""
    rows = [row.written for part in parts for row, _answer in part.rows]
    needed = {*case_files.FILLED, "instrument"}
    return [name for name in BY_NAME if name in needed or any(row.get(name) for row in rows)]


def _part(part: Part, rule: Rule, columns: list[str]) -> dict[str, object]:
    texts = [case_files.text_of(row, rule) for row, _answer in part.rows]
    return {
        "signal": part.signal,
        "sentence": part.case.sentence,
        "day": figures.day_in_words(part.case.day),
        "columns": columns,
        "rows": [
            {
                "cells": [text.get(name) or "" for name in columns],
                "verdict": f"**{_('signaal')}**" if answer.verdict == "signaal" else _("geen signaal"),
                "sentence": answer.sentence,
            }
            for text, (_row, answer) in zip(texts, part.rows, strict=True)
        ],
    }


def _listed(listed: EmployerList | None, parts: Iterable[Part]) -> dict[str, list[Any]] | None:
    """The entries of the rule's list that have the name or number of an employer in the example."""
    if listed is None:
        return None
    texts = {text for part in parts for row, _answer in part.rows for text in row.written.values() if text}
    columns = [name for name in dict.fromkeys((*BLACKLIST, *REPORTS)) if name in listed.entries.columns]
    rows = [row for row in listed.entries.to_dicts() if texts & {row["werkgever"], row["kvk_nummer"]}]
    return {"columns": columns, "rows": [[str(row[name] or "") for name in columns] for row in rows]}
