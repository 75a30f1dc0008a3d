"""verdringing uitleg: one case of a report in full."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verdringing import spoken
from verdringing.spoken import FilePath, option

if TYPE_CHECKING:
    from pathlib import Path


@spoken.command("uitleg")
@click.argument("rapport", type=FilePath())
@click.argument("zaak")
@option(
    "--map",
    "base",
    type=FilePath(file_okay=False, exists=True),
    default=".",
    help="Map van waaruit het rapport is gemaakt, als dat een andere is.",
)
@spoken.speaks
def command(rapport: Path, zaak: str, base: Path) -> None:
    r"""Leg een zaak uit: wat elke regel zegt van elke plaatsing.

    \b
    Voorbeeld:
      verdringing uitleg rapport-2026K3 7F3A2-1K9QD
    """
    from verdringing.explain import explain_case, print_case

    print_case(explain_case(rapport, zaak, base))
