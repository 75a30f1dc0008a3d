"""verdringing verifieer: proof that a report follows from its files and rules."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import click

from verdringing import spoken
from verdringing.spoken import FilePath, option
from verdringing.words import _

if TYPE_CHECKING:
    from pathlib import Path


@spoken.command("verifieer")
@click.argument("rapport", type=FilePath())
@option(
    "--map",
    "base",
    type=FilePath(file_okay=False, exists=True),
    default=".",
    help="Map van waaruit het rapport is gemaakt, als dat een andere is.",
)
@option("--sleutelbestand", type=FilePath(), help="Sleutel voor pseudoniemen, als er BSN in staan.")
@spoken.speaks
def command(rapport: Path, base: Path, sleutelbestand: Path | None) -> None:
    r"""Maak een rapport opnieuw en bewijs dat er hetzelfde uitkomt.

    \b
    Voorbeeld:
      verdringing verifieer rapport-2026K3
    """
    from verdringing.earlier.verify import verify
    from verdringing.privacy.pseudonyms import key_from

    proof = verify(rapport, base, key_from(os.environ, sleutelbestand) if sleutelbestand else None)
    for note in proof.notes:
        click.echo(_("Andere versie van {wat}.", wat=note))
    for difference in proof.differences:
        click.echo(_("Verschil: {wat}.", wat=difference))
    if proof.differences:
        sys.exit(1)
    click.echo(_("Gelijk: {bestanden}.", bestanden=", ".join(proof.same)))
    click.echo(_("Dezelfde bestanden en regels geven hetzelfde rapport."))
