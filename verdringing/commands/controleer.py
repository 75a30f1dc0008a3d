"""verdringing controleer: what a file allows, before any audit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verdringing import spoken
from verdringing.asked import order_of, reads
from verdringing.spoken import FilePath, option

if TYPE_CHECKING:
    from pathlib import Path


@spoken.command("controleer")
@reads
@option(
    "--uit",
    type=FilePath(),
    default="controle.html",
    show_default=True,
    help="Bestand voor de controle.",
)
@option("--overschrijf", is_flag=True, help="Vervang een controle die er al staat.")
@spoken.spoken(help="Taal van de controle.")
@option("--stil", is_flag=True, help="Toon geen antwoord en geen voortgang.")
@spoken.speaks
def command(bestanden: tuple[Path, ...], uit: Path, *, stil: bool, **options: Any) -> None:
    r"""Bekijk voor de audit wat een bestand mogelijk maakt.

    \b
    Voorbeeld:
      verdringing controleer plaatsingen.csv --beleid beleid.yaml --uit controle.html
    """
    order = order_of(bestanden, uit, options)
    from dataclasses import replace

    from verdringing.inspection.control import control, print_control
    from verdringing.progress import progress

    with progress(quiet=stil) as say:
        found = control(replace(order, say=say))
    if not stil:
        print_control(found)
