"""Templates of plain text (Markdown, YAML): no HTML comes out of them, so nothing is escaped."""

from __future__ import annotations

import json
import re
from textwrap import wrap

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from verdringing import resources
from verdringing.documents.as_yaml import flow
from verdringing.words import _

WIDTH = 100


def form(**functions: object) -> Environment:
    """Templates with the words of the run, the given functions, and the filters cell, flow, quoted and remark."""
    environment = Environment(  # noqa: S701 — no HTML comes out of it
        loader=FileSystemLoader(resources.folder("templates")),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {"cell": cell, "flow": flow, "quoted": quoted, "remark": remark}
    environment.globals |= {"_": _, **functions}
    return environment


def cell(text: str) -> str:
    """Text in a table of Markdown: what would end the cell is escaped."""
    return re.sub(r"\s+", " ", text).replace("|", r"\|")


def quoted(text: str) -> str:
    """Text between double quotes, as YAML reads it back."""
    return json.dumps(text, ensure_ascii=False)


def remark(text: str, indent: int = 0) -> str:
    """Text as lines of comment: a hash and a space, indented."""
    start = " " * indent + "# "
    lines = wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=start, break_long_words=False, break_on_hyphens=False
    )
    return "\n".join(lines)
