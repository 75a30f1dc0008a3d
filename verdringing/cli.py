"""The command line: one file per command in commands/; polars and the rest are imported only where they are needed."""

from __future__ import annotations

import click

from verdringing import __version__
from verdringing.spoken import Group, Option, spoken


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    __version__, "--versie", cls=Option, prog_name="verdringing", message="%(prog)s %(version)s", help="Toon de versie."
)
@spoken(default="nl", envvar="VERDRINGING_TAAL", expose_value=False, help="Taal van alle tekst.")
def main() -> None:
    r"""Toetst plaatsingen vanuit de bijstand op risico van verdringing.

    \b
    Voorbeeld:
      verdringing audit plaatsingen.csv --periode 2026K3
    """
