"""verdringing begin: a starter folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verdringing import spoken
from verdringing.spoken import FilePath

if TYPE_CHECKING:
    from pathlib import Path


@spoken.command("begin")
@click.argument("map_", metavar="MAP", type=FilePath())
@spoken.spoken(expose_value=False, help="Taal van de bestanden.")
@spoken.speaks
def command(map_: Path) -> None:
    r"""Maak een map om mee te beginnen: beleid met elke keuze uitgelegd, en een voorbeeld.

    \b
    Voorbeeld:
      verdringing begin mijn-gemeente
    """
    from verdringing.documents.begin import begin, next_step

    for path in begin(map_):
        click.echo(str(path))
    click.echo(next_step(map_))
