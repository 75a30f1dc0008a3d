"""The tokens that a house style may set, what each holds, and which colours must stand out from each other.

The names are those of NL Design System (`--utrecht-…`) where it has one for the purpose, and `--verdringing-…` where it
has not. Contrast: WCAG 2.2, 1.4.3 (text 4.5 : 1) and 1.4.11 (graphics 3 : 1).
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

Kind = Literal["kleur", "maat", "getal", "lettertype"]
TOKENS: Mapping[str, tuple[Kind, str]] = {
    "--utrecht-document-color": ("kleur", "#1b2330"),
    "--utrecht-document-background-color": ("kleur", "#fff"),
    "--utrecht-document-font-family": ("lettertype", ""),
    "--utrecht-document-font-size": ("maat", ""),
    "--utrecht-document-line-height": ("getal", ""),
    "--utrecht-heading-color": ("kleur", "#1b2330"),
    "--utrecht-heading-font-family": ("lettertype", ""),
    "--utrecht-link-color": ("kleur", "#0c647f"),
    "--utrecht-link-hover-color": ("kleur", "#0c647f"),
    "--utrecht-focus-outline-color": ("kleur", "#0c647f"),
    "--utrecht-focus-outline-width": ("maat", ""),
    "--utrecht-table-header-color": ("kleur", "#4a5563"),
    "--utrecht-table-header-border-block-end-color": ("kleur", "#77828e"),
    "--utrecht-table-row-border-block-end-color": ("kleur", "#d3dae0"),
    "--utrecht-form-control-color": ("kleur", "#1b2330"),
    "--utrecht-form-control-background-color": ("kleur", "#fff"),
    "--utrecht-form-control-border-color": ("kleur", "#77828e"),
    "--verdringing-accent-color": ("kleur", "#0c647f"),
    "--verdringing-muted-color": ("kleur", "#4a5563"),
    "--verdringing-wash-color": ("kleur", "#eef3f6"),
    "--verdringing-signal-color": ("kleur", "#1b2330"),
    "--verdringing-unknown-color": ("kleur", "#a87314"),
}
"""Every token with the kind of its value and, for a colour, the value it has when a style leaves it out."""

_GROUND = "--utrecht-document-background-color"
PAIRS: tuple[tuple[str, str, float], ...] = (
    ("--utrecht-document-color", _GROUND, 4.5),
    ("--utrecht-document-color", "--verdringing-wash-color", 4.5),
    ("--utrecht-heading-color", _GROUND, 4.5),
    ("--utrecht-link-color", _GROUND, 4.5),
    ("--utrecht-link-color", "--verdringing-wash-color", 4.5),
    ("--utrecht-link-hover-color", _GROUND, 4.5),
    ("--utrecht-table-header-color", _GROUND, 4.5),
    ("--verdringing-muted-color", _GROUND, 4.5),
    ("--verdringing-muted-color", "--verdringing-wash-color", 4.5),
    ("--utrecht-form-control-color", "--utrecht-form-control-background-color", 4.5),
    ("--utrecht-form-control-border-color", _GROUND, 3),
    ("--utrecht-focus-outline-color", _GROUND, 3),
    ("--verdringing-accent-color", _GROUND, 3),
    ("--verdringing-signal-color", _GROUND, 3),
    ("--verdringing-unknown-color", _GROUND, 3),
)
"""Colours that stand on each other in the report, and the contrast that they need."""

SIZES: Mapping[str, tuple[float, float]] = {
    "--utrecht-document-font-size": (14, 24),
    "--utrecht-focus-outline-width": (2, 6),
    "--utrecht-document-line-height": (1.4, 2.2),
}
"""Smallest and largest value, in px where it is a size: outside of these a page is not readable or does not fit."""
