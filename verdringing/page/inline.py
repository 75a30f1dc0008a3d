"""The style and the script that stand inside the page, and the policy that lets a browser run exactly those two."""

from __future__ import annotations

from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from typing import Any

from verdringing import resources

_SCRIPTS = ("picture.js", "case.js", "report.js")
"""The script of the page, each file after those that it leans on."""


def inlined(style_file: Path | None = None) -> dict[str, Any]:
    """`style` and `script` as safe markup, and `guard`: a Content-Security-Policy with their hashes.

    `style_file` is a house style that is added to ours; UserError where it is refused.
    """
    from markupsafe import Markup

    style, script = _text("style.css"), "".join(map(_text, _SCRIPTS))
    if style_file:
        from verdringing.page.house_style import sheet  # few runs have one

        style += sheet(style_file)
    guard = (
        f"default-src 'none'; script-src '{_hash(script)}'; style-src '{_hash(style)}'; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )
    return {"style": Markup(style), "script": Markup(script), "guard": Markup(guard)}  # noqa: S704 — our own files


def _text(name: str) -> str:
    """A file of ours with line ends as a browser sees them, so that the hash is that of what it reads."""
    return (resources.folder("templates") / name).read_text(encoding="utf-8")


def _hash(text: str) -> str:
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode()
