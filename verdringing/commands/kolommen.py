"""verdringing kolommen: a proposal for the columns of an unknown export."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from verdringing import spoken
from verdringing.spoken import FilePath, option

if TYPE_CHECKING:
    from pathlib import Path


@spoken.command("kolommen")
@click.argument("bestand", type=FilePath())
@option("--uit", type=FilePath(), help="Bestand voor het voorstel, zoals kolommen.yaml.")
@spoken.spoken(expose_value=False, help="Taal van de uitleg.")
@spoken.speaks
def command(bestand: Path, uit: Path | None) -> None:
    r"""Stel voor welke kop welke kolom is; u kijkt het na.

    \b
    Voorbeeld:
      verdringing kolommen export.csv --uit kolommen.yaml
    """
    from verdringing import rulebook
    from verdringing.inspection import propose

    proposal = propose.propose(bestand, rulebook.load().instruments)
    if uit is None:
        click.echo(proposal, nl=False)
    else:
        propose.save(proposal, uit)
