"""Values as a person writes them in a policy file: what `strict_yaml` reads back as the same value."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel
from pydantic_core import PydanticUndefined

from verdringing.norms import Norm
from verdringing.record import INSTRUMENTS
from verdringing.rule import Rule
from verdringing.words import _

_PLAIN = re.compile("[a-z][a-z0-9_]*")
_MEANS_MORE = {"ja", "nee", "true", "false", "null"}


def flow(value: Any) -> str:
    """A value on one line; nothing for None. A decimal has a point, because a comma ends a value in a list."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case Decimal():
            return f"{value:f}"
        case float():
            return f"{value:g}"
        case date():
            return value.isoformat()
        case BaseModel():
            return flow(value.model_dump(exclude_unset=True))
        case dict():
            return "{" + ", ".join(f"{flow(name)}: {flow(item)}" for name, item in value.items()) + "}"
        case list() | tuple():
            return "[" + ", ".join(map(flow, value)) + "]"
        case str() if not _PLAIN.fullmatch(value) or value in _MEANS_MORE:
            return json.dumps(value, ensure_ascii=False)
    return str(value)


def parameters(rule: Rule) -> dict[str, Any]:
    """Every parameter as it is written in the rule's file; what the file leaves out as the check has it."""
    fields = type(rule.params).model_fields.items()
    defaults = {name: field.get_default(call_default_factory=True) for name, field in fields}
    written = {name: None if value is PydanticUndefined else value for name, value in defaults.items()}
    return written | rule.file.parameters


def meaning(rule: Rule, parameter: str) -> str:
    """What a parameter means, in the language of the run, and behind it the words or keys that it can have."""
    field = type(rule.params).model_fields[parameter]
    words = tuple(dict.fromkeys(_choices(field.annotation)))
    meant = field.description or parameter
    return f"{_(meant)} ({', '.join(words)})" if words and words != INSTRUMENTS else _(meant)


def _choices(annotation: Any) -> Iterator[str]:
    """Words that a Literal allows, and keys of a model, however deep; a norm is given by its name."""
    if get_origin(annotation) is Literal:
        yield from map(str, get_args(annotation))
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel) and not issubclass(annotation, Norm):
        yield from annotation.model_fields
    for part in get_args(annotation) if get_origin(annotation) is not Literal else ():
        yield from _choices(part)
