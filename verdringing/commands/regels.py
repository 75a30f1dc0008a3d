"""verdringing regels: the rules in force, or one of them in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verdringing import spoken
from verdringing.asked import POLICY

if TYPE_CHECKING:
    from pathlib import Path


@spoken.command("regels")
@click.argument("naam", required=False)
@POLICY
@spoken.spoken(expose_value=False, help="Taal van de regels.")
@spoken.speaks
def command(naam: str | None, beleid: tuple[Path, ...]) -> None:
    r"""Toon de regels die gelden, of leg een regel uit.

    \b
    Voorbeeld:
      verdringing regels duur_te_lang --beleid beleid.yaml
    """
    from verdringing import rulebook
    from verdringing.summary import print_rule, print_rules

    book = rulebook.load(beleid)
    if naam is None:
        print_rules(book)
    else:
        print_rule(book, naam)
