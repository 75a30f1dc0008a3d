"""verdringing uitleg: one case of a report in full."""

from __future__ import annotations

from pathlib import Path

import click

from verdringing import spoken
from verdringing.spoken import option


@spoken.command("uitleg")
@click.argument("rapport", type=click.Path(path_type=Path))
@click.argument("zaak")
@option(
    "--map",
    "base",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    default=Path(),
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
