"""How a line of a proposal is written: the entry, how sure it is, and why."""

from __future__ import annotations

import json
import re

from verdringing.words import _

_PLAIN = re.compile(r"[^\W\d_](?:[\w./()-]| (?=\S))*")
_WORDS = ("ja", "nee", "true", "false", "null")


def line(depth: int, key: str, value: str, sure: str, why: str) -> str:
    """One entry with how sure it is and why; commented out where a person has to choose."""
    said = {"zeker": _("zeker"), "waarschijnlijk": _("waarschijnlijk"), "twijfel": _("twijfel: kies zelf")}[sure]
    remark = f"{said} ({why})" if sure == "twijfel" else f"{said}: {why}"
    return f"{'  ' * depth}{'# ' if sure == 'twijfel' else ''}{key}: {value}  # {remark}"


def one_line(text: str) -> str:
    """Text without line ends, for a remark."""
    return " ".join(text.split())


def quoted(text: str) -> str:
    """Text as YAML reads it back; quoted unless it is a plain word."""
    safe = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if safe else json.dumps(text, ensure_ascii=False)
