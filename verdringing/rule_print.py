"""What a rule is made of, for reports that are compared later: its fingerprint, and the columns that it reads."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any

from verdringing.conditions.condition import Condition
from verdringing.naming.lists import EmployerList
from verdringing.record import BY_NAME, DERIVED
from verdringing.rule import Rule


def fingerprint(rule: Rule) -> str:
    """16 hexadecimal digits of all that makes a rule judge as it does: check, on or off, values, tables of norms."""
    told = [rule.file.toets, rule.on, _judging(rule.params.model_dump(mode="json", fallback=_as_text))]
    return sha256(json.dumps(told, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:16]


_WORDS = {"titel", "bron", "link", "opmerking", "status"}
"""What a table of norms says of its amounts: other words do not make another norm."""


def _judging(value: Any) -> Any:
    """Values without what is only said of them."""
    if isinstance(value, dict):
        return {name: _judging(one) for name, one in value.items() if name not in _WORDS}
    return [_judging(one) for one in value] if isinstance(value, list) else value


def _as_text(value: Any) -> str:
    """Conditions by their text; of a list only that there is one: its hash stands in the account already."""
    if isinstance(value, Condition):
        return value.text
    return "lijst" if isinstance(value, EmployerList) else str(value)


def columns_read(rule: Rule) -> list[str]:
    """Columns of the record or of the policy that the verdict of a rule is made of, in alphabetical order."""
    outcome = rule.outcome
    roots = {*outcome.applies.meta.root_names(), *outcome.flagged.meta.root_names(), *outcome.missing}
    known, made = {*BY_NAME, *rule.own}, DERIVED | _PREPARED
    return sorted({column for name in roots for column in ((name,) if name in known else made.get(name, ()))})


_PREPARED = {"_verlengd": ("verlenging_datum", "verlenging_reden")}
"""Columns that a check makes of others that are no gap where they are empty."""
