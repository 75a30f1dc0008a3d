"""verdringing vergelijk: two or more reports, or one file under two policies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from verdringing import spoken
from verdringing.asked import order_of, reads
from verdringing.spoken import FilePath, option

if TYPE_CHECKING:
    from pathlib import Path


@spoken.command("vergelijk")
@reads
@option(
    "--uit",
    type=FilePath(),
    default="vergelijking.html",
    show_default=True,
    help="Bestand voor de vergelijking; de hele lijst komt ernaast als .csv.",
)
@option("--overschrijf", is_flag=True, help="Vervang een vergelijking die er al staat.")
@spoken.spoken(help="Taal van de vergelijking.")
@option("--stil", is_flag=True, help="Toon geen antwoord en geen voortgang.")
@spoken.speaks
def command(bestanden: tuple[Path, ...], uit: Path, *, stil: bool, **options: Any) -> None:
    r"""Vergelijk rapporten, of bestanden onder twee keer beleid.

    Zonder --beleid noemt u twee of meer mappen met een rapport, het oudste eerst. Met twee keer --beleid noemt u
    bestanden met plaatsingen: die worden aan het ene en aan het andere beleid getoetst.

    \b
    Voorbeeld:
      verdringing vergelijk rapport-2026K2 rapport-2026K3
      verdringing vergelijk plaatsingen.csv --beleid nu.yaml --beleid voorstel.yaml
    """
    order = order_of(bestanden, uit, options) if options["beleid"] else None
    from verdringing.earlier.comparing import compare_policies, compare_reports, print_comparison

    if order is None:
        found = compare_reports(bestanden, uit, overwrite=options["overschrijf"])
    else:
        found = compare_policies(order)
    if not stil:
        print_comparison(found, uit)
