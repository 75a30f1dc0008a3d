"""verdringing audit: the main job."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

from verdringing import spoken
from verdringing.asked import order_of, reads
from verdringing.spoken import FilePath, option
from verdringing.words import plural

if TYPE_CHECKING:
    from pathlib import Path

    from verdringing.audited import Audited, Order


@spoken.command("audit")
@reads
@option("--uit", type=FilePath(), default="rapport", show_default=True, help="Map voor het rapport.")
@option("--overschrijf", is_flag=True, help="Vervang een rapport dat er al staat.")
@option("--vorige", type=FilePath(), help="Map van het vorige rapport, om mee te vergelijken.")
@option("--beoordelingen", type=FilePath(), help="Werklijst die terugkwam, of bewaarde besluiten.")
@option("--zonder-beoordelingen", is_flag=True, help="Laat zien hoe het rapport is zonder besluiten.")
@option("--zonder-werklijst", is_flag=True, help="Schrijf geen werklijst voor Excel; dat scheelt tijd.")
@option(
    "--steekproef",
    type=click.IntRange(0, 10_000),
    default=0,
    metavar="N",
    help="Kies zoveel oordelen zonder signaal om na te kijken; ze komen op de werklijst.",
)
@option("--zaad", type=int, default=1, metavar="N", help="Hetzelfde zaad geeft dezelfde steekproef.")
@option("--huisstijl", type=FilePath(), help="Kleuren en letters van uw gemeente (CSS).")
@option(
    "--max-afgekeurd",
    type=click.FloatRange(0, 100),
    default=10,
    show_default=True,
    metavar="PCT",
    help="Zoveel procent van de rijen mag afgekeurd zijn; bij meer komt er geen rapport.",
)
@option("--streng", is_flag=True, help="Stop met code 1 als er signalen zijn waarover nog niemand besloot.")
@spoken.spoken(help="Taal van het rapport.")
@option("--stil", is_flag=True, help="Toon geen tabel en geen voortgang.")
@spoken.speaks
def command(bestanden: tuple[Path, ...], uit: Path, *, stil: bool, streng: bool, **options: Any) -> None:
    r"""Toets plaatsingen aan de regels en schrijf het rapport.

    \b
    Voorbeeld:
      verdringing audit plaatsingen.csv --beleid beleid.yaml --periode 2026K3 --uit rapport
    """
    from dataclasses import replace

    from verdringing.engine import fitting, prepare

    prepare(bestanden)
    order = order_from(bestanden, uit, options)
    from verdringing.audit import audit
    from verdringing.progress import progress

    with fitting(order.files), progress(quiet=stil) as say:
        audited = audit(replace(order, say=say))
    if not stil:
        from verdringing.summary import print_summary

        print_summary(audited)
    if streng and (waiting := _open_signals(audited)):
        said = plural(
            waiting,
            "{n} signaal dat op de wet of op beleid rust, wacht op een besluit.",
            "{n} signalen die op de wet of op beleid rusten, wachten op een besluit.",
        )
        click.echo(said, err=True)
        sys.exit(1)


def _open_signals(audited: Audited) -> int:
    from verdringing.deciding.decided import open_signals

    return open_signals(audited)


def order_from(files: tuple[Path, ...], out: Path, options: Mapping[str, Any]) -> Order:
    """What the options of this command say, as an order."""
    from dataclasses import replace

    return replace(
        order_of(files, out, options),
        previous=options["vorige"],
        decisions=options["beoordelingen"],
        without_decisions=options["zonder_beoordelingen"],
        worklist=not options["zonder_werklijst"],
        sample=options["steekproef"],
        seed=options["zaad"],
        house_style=options["huisstijl"],
        most_rejected=options["max_afgekeurd"],
    )
