"""Validation errors as sentences for the person who wrote the file: where, what, what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from verdringing.errors import Mistake, nearest
from verdringing.strict_yaml import Document, Route
from verdringing.words import _


def complaints(
    error: ValidationError, document: Document, route: Route = (), known: Iterable[str] = ()
) -> Iterator[Mistake]:
    """One Mistake per error of a model, placed at the line in `document` where `route` + its location stands.

    `known` are the keys that could have been meant where an unknown key was written.
    """
    names = set(known)
    seen = set()
    for detail in error.errors(include_url=False):
        mistake = _one(detail, document, route, names)
        if mistake not in seen:
            seen.add(mistake)
            yield mistake


def _one(detail: ErrorDetails, document: Document, route: Route, known: set[str]) -> Mistake:
    location = detail["loc"]
    where = document.where((*route, *location))
    key = str(location[-1]) if location else ""
    if detail["type"] == "extra_forbidden":
        near = nearest(key, known)
        return Mistake(
            where, _("onbekende sleutel '{naam}'", naam=key), _("Bedoelde u '{naam}'?", naam=near) if near else ""
        )
    what = _what(detail)
    return Mistake(where, f"{key}: {what}" if key else what)


def _what(detail: ErrorDetails) -> str:
    context: dict[str, Any] = detail.get("ctx", {})
    given = detail["input"]
    match detail["type"]:
        case "missing":
            return _("ontbreekt")
        case "value_error":
            return str(context["error"])
        case "literal_error":
            choices = str(context["expected"]).replace(" or ", ", ").replace("'", "")
            return _("'{waarde}' kan niet; kies uit: {keuzes}", waarde=given, keuzes=choices)
        case "greater_than_equal" | "greater_than":
            return _("{waarde} is te klein; minstens {grens}", waarde=given, grens=context.get("ge", context.get("gt")))
        case "less_than_equal" | "less_than":
            return _(
                "{waarde} is te groot; hoogstens {grens}", waarde=given, grens=context.get("le", context.get("lt"))
            )
        case "decimal_max_places":
            return _("{waarde} heeft te veel cijfers achter de komma", waarde=given)
        case "too_short" | "string_too_short":
            return _("mag niet leeg zijn")
        case "string_pattern_mismatch":
            return _("'{waarde}' is geen link die met https:// begint", waarde=given)
    return _("'{waarde}' is geen {soort}", waarde=given, soort=_kind(detail["type"]))


def _kind(kind: str) -> str:
    kinds = {
        "int": _("heel getal"),
        "float": _("getal"),
        "decimal": _("getal"),
        "bool": _("ja of nee"),
        "date": _("datum (2026-01-01)"),
        "tuple": _("lijst"),
        "list": _("lijst"),
        "dict": _("blok met sleutels"),
        "model": _("blok met sleutels"),
        "string": _("tekst"),
        "is": _("bekende naam"),
    }
    return kinds.get(kind.split("_")[0], _("geldige waarde"))
