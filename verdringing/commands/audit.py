"""verdringing audit: the main job."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from verdringing import spoken
from verdringing.asked import order_of, reads
from verdringing.spoken import option


@spoken.command("audit")
@reads
@option(
    "--uit", type=click.Path(path_type=Path), default=Path("rapport"), show_default=True, help="Map voor het rapport."
)
@option("--overschrijf", is_flag=True, help="Vervang een rapport dat er al staat.")
@option(
    "--max-afgekeurd",
    type=click.FloatRange(0, 100),
    default=10,
    show_default=True,
    metavar="PCT",
    help="Zoveel procent van de rijen mag afgekeurd zijn; bij meer komt er geen rapport.",
)
@spoken.spoken(help="Taal van het rapport.")
@option("--stil", is_flag=True, help="Toon geen tabel en geen voortgang.")
@spoken.speaks
def command(bestanden: tuple[Path, ...], uit: Path, *, stil: bool, **options: Any) -> None:
    r"""Toets plaatsingen aan de regels en schrijf het rapport.

    \b
    Voorbeeld:
      verdringing audit plaatsingen.csv --beleid beleid.yaml --periode 2026K3 --uit rapport
    """
    order = order_of(bestanden, uit, options)
    from verdringing.audit import audit
    from verdringing.progress import progress
    from verdringing.summary import print_summary

    with progress(quiet=stil) as say:
        audited = audit(replace(order, most_rejected=options["max_afgekeurd"], say=say))
    if not stil:
        print_summary(audited)
