"""Whether a file of a report has its published form (schemas/): as much of JSON Schema as those forms use.

A key that a form does not name is let through: a later build may add one. Source: https://json-schema.org/draft/2020-12
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

_KINDS: Mapping[str, type | tuple[type, ...]] = {
    "object": dict, "array": list, "string": str, "integer": int, "number": (int, float), "boolean": bool,
    "null": type(None),
}  # fmt: skip


@cache
def published(name: str) -> Mapping[str, Any]:
    """The form of a file of a report, such as verantwoording.json."""
    path = Path(__file__).parent / "schemas" / name.replace(".json", ".schema.json")
    form: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return form


def fits(value: object, name: str) -> bool:
    """Whether what was read of a file has the form that is published for it."""
    return _fits(value, published(name), published(name))


def _fits(value: object, form: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    if "$ref" in form:
        form = whole["$defs"][form["$ref"].removeprefix("#/$defs/")]
    return (
        _of_kind(value, form)
        and ("enum" not in form or value in form["enum"])
        and ("const" not in form or value == form["const"])
        and (not isinstance(value, int) or value >= form.get("minimum", value))
        and (not isinstance(value, str) or _written(value, form))
        and (not isinstance(value, list) or _listed(value, form, whole))
        and (not isinstance(value, dict) or _filled(value, form, whole))
    )


def _of_kind(value: object, form: Mapping[str, Any]) -> bool:
    kinds = form.get("type", [])
    named = [kinds] if isinstance(kinds, str) else kinds
    right = [kind for kind in named if isinstance(value, _KINDS[kind])]
    return not named or (bool(right) and (not isinstance(value, bool) or "boolean" in right))


def _written(value: str, form: Mapping[str, Any]) -> bool:
    if not re.search(form.get("pattern", ""), value):
        return False
    try:
        return form.get("format") != "date" or bool(date.fromisoformat(value))
    except ValueError:
        return False


def _listed(value: list[Any], form: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    count = form.get("minItems", 0) <= len(value) <= form.get("maxItems", len(value))
    return count and all(_fits(one, form.get("items", {}), whole) for one in value)


def _filled(value: dict[str, Any], form: Mapping[str, Any], whole: Mapping[str, Any]) -> bool:
    known, others = form.get("properties", {}), form.get("additionalProperties")
    other = others if isinstance(others, dict) else {}
    return all(name in value for name in form.get("required", ())) and all(
        _fits(one, known.get(name, other), whole) for name, one in value.items()
    )
