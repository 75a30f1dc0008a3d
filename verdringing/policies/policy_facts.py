"""What the account says of policies, as JSON can hold it: versions, open norms, and what they say of a rule."""

from __future__ import annotations

from datetime import date
from typing import Any

from verdringing.record import KIND_NAMES
from verdringing.rule import Rule, RuleBook
from verdringing.rule_file import PARTS


def policies(book: RuleBook) -> list[dict[str, Any]]:
    """Every version: its file, for whom and when it holds, and what it calls itself."""
    return [
        {
            "bestand": one.file.as_posix(),
            "naam": one.naam,
            "gemeenten": list(one.gemeenten) or None,
            "van": _iso(one.van),
            "tot": _iso(one.tot),
            "vastgesteld_op": _iso(one.vastgesteld_op),
            "met_terugwerkende_kracht": one.retroactive,
            "publicatie": one.publicatie,
            "link": one.link,
            "toelichting": one.toelichting and dict(one.toelichting),
        }
        for one in book.policies
    ]


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None


def questions(book: RuleBook) -> list[dict[str, Any]]:
    """Every open norm with its grounds, and the versions that ask it."""
    return [
        {
            "vraag": dict(one.vraag),
            "grondslag": [str(ground) for ground in one.grondslag],
            "instrumenten": list(one.instrumenten),
            "beleid": [version.file.as_posix() for version in one.versions],
        }
        for one in book.questions
    ]


def own_columns(book: RuleBook) -> dict[str, dict[str, str]]:
    """Columns of the policies' own, with kind and meaning."""
    return {one.name: {"type": KIND_NAMES[one.kind], "betekenis": one.meaning} for one in book.own_columns}


def stated(rule: Rule) -> dict[str, Any]:
    """Where it stands what a rule is beside its parameters, and the texts that are not the shipped ones."""
    shipped = f"rules/{rule.name}.yaml:"
    changed = [part for part in PARTS if not rule.sources[part].startswith(shipped)]
    facts: dict[str, Any] = {"herkomst": dict(rule.sources)}
    if changed:
        facts["teksten"] = {part: dict(getattr(rule.file, part)) for part in changed}
    return facts | ({"beleid": rule.label} if rule.label else {})
