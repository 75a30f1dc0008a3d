"""Validation errors as sentences for the person who wrote the file: where, what, what was probably meant."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any, TypeAlias, get_args

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, InitErrorDetails, PydanticCustomError

from verdringing.errors import Mistake, UnfitError, meant, shown
from verdringing.strict_yaml import Document, Route
from verdringing.term import Limit
from verdringing.words import _

Wrong: TypeAlias = tuple[Route, str]
"""Where in a model (as its YAML nests) something is wrong, and what."""
Keys: TypeAlias = Callable[[Route], Iterable[str]]


def refuse(found: Iterable[Wrong]) -> None:
    """Raise a ValidationError with everything that was found, each at its own place; for validators of a model."""
    mistakes = [
        InitErrorDetails(type=PydanticCustomError("value_error", "{error}", {"error": what}), loc=where, input=None)
        for where, what in found
    ]
    if mistakes:
        raise ValidationError.from_exception_data("verdringing", mistakes)


def keys_of(form: type[BaseModel]) -> Keys:
    """Say for a location which keys can stand there, in the form itself or in what its fields hold."""

    def known(location: Route) -> list[str]:
        forms = [form]
        for step in location[:-1]:
            if isinstance(step, str):
                fields = [one.model_fields[step] for one in forms if step in one.model_fields]
                forms = [inner for field in fields for inner in _forms(field.annotation)]
        return [key for one in forms for key in one.model_fields]

    return known


def _forms(kind: object) -> Iterator[type[BaseModel]]:
    """Every model that a type names, as Limit in tuple[Limit, ...]."""
    if isinstance(kind, type) and issubclass(kind, BaseModel):
        yield kind
    for inside in get_args(kind):
        yield from _forms(inside)


def complaints(
    error: ValidationError, document: Document, route: Route = (), known: Iterable[str] | Keys = ()
) -> Iterator[Mistake]:
    """One Mistake per error of a model, placed at the line in `document` where `route` + its location stands.

    `known` are the keys that could have been meant where an unknown key was written, or a function that says which
    those are at its location.
    """
    names = known if callable(known) else set(known)
    seen = set()
    for detail in error.errors(include_url=False):
        for mistake in _all(detail, document, route, names):
            if mistake not in seen:
                seen.add(mistake)
                yield mistake


def _all(detail: ErrorDetails, document: Document, route: Route, known: set[str] | Keys) -> Iterator[Mistake]:
    """One Mistake, or those of a value that says itself all that is wrong with it."""
    mistake = _one(detail, document, route, known)
    error = detail.get("ctx", {}).get("error")
    if not isinstance(error, UnfitError):
        yield mistake
        return
    key = f"{detail['loc'][-1]}: " if detail["loc"] else ""
    yield from (Mistake(mistake.where, f"{key}{one.what}", one.hint) for one in error.mistakes)


def _one(detail: ErrorDetails, document: Document, route: Route, known: set[str] | Keys) -> Mistake:
    location = detail["loc"]
    where = document.where((*route, *location))
    key = _key(location)
    if detail["type"] == "extra_forbidden":
        names = set(known(location) if callable(known) else known)
        return Mistake(where, _("onbekende sleutel '{naam}'", naam=key), _meant(key, names))
    if not (route or location) and detail["type"] in ("model_type", "dict_type"):
        # it can be a file of another kind: without the name of the key
        return Mistake(where, _("hier hoort een {soort}", soort=_kind(detail["type"])))
    what = _what(detail)
    return Mistake(where, f"{key}: {what}" if key else what)


def _key(location: Route) -> str:
    """The key that a person wrote: a place in a list has none of its own."""
    return next((str(step) for step in reversed(location) if isinstance(step, str)), "")


def _meant(key: str, known: set[str]) -> str:
    """What was probably meant by an unknown key: one that stands beside its place, or a key like it."""
    if "parameters" in known and key in _parameters():
        return _("Zet '{naam}' onder 'parameters'.", naam=key)
    if "grenzen" in known and key in Limit.model_fields:
        return _("Zet '{naam}' in 'grenzen'.", naam=key)
    return meant(key, known)


def _parameters() -> set[str]:
    """The parameters of all checks."""
    from verdringing import check

    return {name for one in check.names() for name in check.find(one).Params.model_fields}


def _what(detail: ErrorDetails) -> str:
    context: dict[str, Any] = detail.get("ctx", {})
    given = shown(detail["input"])
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
    if _quoted_number(detail):
        return _("schrijf {waarde} zonder aanhalingstekens", waarde=given)
    return _("'{waarde}' is geen {soort}", waarde=given, soort=_kind(detail["type"]))


def _quoted_number(detail: ErrorDetails) -> bool:
    """Whether a number was asked, and one stands there as text."""
    number = detail["type"].startswith(("int", "float", "decimal"))
    return number and isinstance(detail["input"], str) and bool(re.fullmatch(r"-?\d+([.,]\d+)?", detail["input"]))


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
