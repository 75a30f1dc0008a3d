"""The command line: parse, call, print. Polars and the rest are imported only when a command needs them."""

from __future__ import annotations

import gc
import os
import shlex
import sys
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import partial, wraps
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from verdringing import __version__
from verdringing.errors import Mistake, UserError
from verdringing.period import Period, parse_day, parse_period
from verdringing.words import LANGUAGES, _, choose_language

if TYPE_CHECKING:
    from verdringing.audited import Order

HELP = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


def speaks(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a UserError into sentences on stderr and exit code 2."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except UserError as error:
            for mistake in error.mistakes:
                click.echo(str(mistake), err=True)
            sys.exit(2)

    return run


class _Spoken:
    r"""Help in the language of the run, not of the import; \b stands before lines to keep, as click wants it."""

    @property
    def help(self) -> str | None:
        return _(cleandoc(self._help)).replace(r"\b", "\b") if self._help else None

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text


class _Option(_Spoken, click.Option): ...


class _Command(_Spoken, click.Command): ...


class _Group(_Spoken, click.Group):
    command_class = _Command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        asked = os.environ.get("VERDRINGING_TAAL")  # before --help, which click handles before what was not written
        choose_language(asked if asked in LANGUAGES else "nl")
        return super().parse_args(ctx, args)


def _speak(_context: click.Context, _parameter: click.Parameter, code: str | None) -> str | None:
    if code:
        choose_language(code)
    return code


option = partial(click.option, cls=_Option)
spoken = partial(option, "--taal", type=click.Choice(LANGUAGES), is_eager=True, callback=_speak)


@click.group(cls=_Group, context_settings=HELP)
@click.version_option(__version__, "--versie", prog_name="verdringing", message="%(prog)s %(version)s")
@spoken(default="nl", envvar="VERDRINGING_TAAL", expose_value=False, help="Taal van alle tekst.")
def main() -> None:
    r"""Toetst plaatsingen vanuit de bijstand op risico van verdringing.

    \b
    Voorbeeld:
      verdringing audit plaatsingen.csv --periode 2026K3
    """


_READS = (
    click.argument("bestanden", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="BESTAND..."),
    option("--beleid", type=click.Path(path_type=Path), help="Beleidsbestand (YAML) met regels die u wijzigt."),
    option("--zwarte-lijst", type=click.Path(path_type=Path), help="Zwarte lijst van werkgevers."),
    option("--meldingen", type=click.Path(path_type=Path), help="Meldingen bij het meldpunt over werkgevers."),
    option("--kolommen", type=click.Path(path_type=Path), help="Welke kop in uw export welke kolom is (YAML)."),
    option("--aliassen", type=click.Path(path_type=Path), help="Besluiten over namen die op elkaar lijken (YAML)."),
    option("--peildatum", help="Dag van waaruit u kijkt, zoals 2026-09-30."),
    option("--periode", help="Periode die u toetst: 2026K3, 2026 of 2026-07-01..2026-09-30."),
    option("--gemeente", help="Naam van de gemeente."),
    option("--sleutelbestand", type=click.Path(path_type=Path), help="Sleutel voor pseudoniemen, als er BSN in staan."),
)
"""What every command takes that reads placements."""


def reads(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the files to read and the options that say how."""
    for one in reversed(_READS):
        command = one(command)
    return command


@main.command()
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
@spoken(help="Taal van het rapport.")
@option("--stil", is_flag=True, help="Toon geen tabel en geen voortgang.")
@speaks
def audit(bestanden: tuple[Path, ...], uit: Path, *, stil: bool, **options: Any) -> None:
    r"""Lees plaatsingen, toets ze aan de regels en schrijf het rapport.

    \b
    Voorbeeld:
      verdringing audit plaatsingen.csv --beleid beleid.yaml --periode 2026K3 --uit rapport
    """
    from verdringing.audit import audit as work
    from verdringing.progress import progress
    from verdringing.summary import print_summary

    order = _order(bestanden, uit, options)
    with progress(quiet=stil) as say:
        audited = work(replace(order, most_rejected=options["max_afgekeurd"], say=say))
    if not stil:
        print_summary(audited)


@main.command()
@reads
@option(
    "--uit",
    type=click.Path(path_type=Path),
    default=Path("controle.html"),
    show_default=True,
    help="Bestand voor de controle.",
)
@option("--overschrijf", is_flag=True, help="Vervang een controle die er al staat.")
@spoken(help="Taal van de controle.")
@option("--stil", is_flag=True, help="Toon geen antwoord en geen voortgang.")
@speaks
def controleer(bestanden: tuple[Path, ...], uit: Path, *, stil: bool, **options: Any) -> None:
    r"""Bekijk voor de audit wat er is gelezen, wat er ontbreekt en welke regels kunnen draaien.

    \b
    Voorbeeld:
      verdringing controleer plaatsingen.csv --beleid beleid.yaml --uit controle.html
    """
    from verdringing.control import control, print_control
    from verdringing.progress import progress

    order = _order(bestanden, uit, options)
    with progress(quiet=stil) as say:
        found = control(replace(order, say=say))
    if not stil:
        print_control(found)


@main.command()
@click.argument("naam", required=False)
@option("--beleid", type=click.Path(path_type=Path), help="Beleidsbestand (YAML) met regels die u wijzigt.")
@speaks
def regels(naam: str | None, beleid: Path | None) -> None:
    r"""Toon de regels die gelden, met hun waarden; of leg een regel helemaal uit.

    \b
    Voorbeeld:
      verdringing regels duur_te_lang --beleid beleid.yaml
    """
    from verdringing import rulebook
    from verdringing.summary import print_rule, print_rules

    book = rulebook.load(beleid)
    if naam is None:
        print_rules(book)
    else:
        print_rule(book, naam)


@main.command()
@click.argument("bestand", type=click.Path(path_type=Path))
@option("--uit", type=click.Path(path_type=Path), help="Bestand voor het voorstel, zoals kolommen.yaml.")
@speaks
def kolommen(bestand: Path, uit: Path | None) -> None:
    r"""Stel voor welke kop in een export welke kolom is, om zelf te controleren.

    \b
    Voorbeeld:
      verdringing kolommen export.csv --uit kolommen.yaml
    """
    from verdringing import propose, rulebook

    proposal = propose.propose(bestand, rulebook.load().instruments)
    if uit is None:
        click.echo(proposal, nl=False)
    else:
        propose.save(proposal, uit)


def run() -> None:
    """Run as a program: one short run makes no cycles worth looking for, and looking costs a tenth of it."""
    gc.disable()
    main()


def _order(files: tuple[Path, ...], out: Path, options: Mapping[str, Any]) -> Order:
    """What the options say, as an order; the first thing a command does, so that its mistakes come first."""
    period, day, now = _times(options["periode"], options["peildatum"])
    from verdringing.audited import Order
    from verdringing.privacy import key_from

    return Order(
        files=files,
        out=out,
        day=day,
        now=now,
        period=period,
        policy=options["beleid"],
        blacklist=options["zwarte_lijst"],
        reports=options["meldingen"],
        aliases=options["aliassen"],
        columns=options["kolommen"],
        key=key_from(os.environ, options["sleutelbestand"]),
        gemeente=options["gemeente"],
        overwrite=options["overschrijf"],
        command=_command(),
    )


def _command() -> str:
    """The command as given, with every option that is not the default."""
    context = click.get_current_context()
    words = [context.command_path.split()[-1]]
    for parameter in context.command.params:
        value = context.params[parameter.name or ""]
        if isinstance(parameter, click.Argument):
            words += map(str, value)
        elif value not in (None, parameter.default):
            words += [parameter.opts[-1]] if value is True else [parameter.opts[-1], str(value)]
    return shlex.join(["verdringing", *words])


def _times(period: str | None, day: str | None) -> tuple[Period | None, date, datetime]:
    """Period, reference date and the moment of the run (SOURCE_DATE_EPOCH stands in for the clock where it is set)."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    now = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC).astimezone()
    asked: Period | None = None
    mistakes: list[Mistake] = []
    try:
        asked = parse_period(period) if period else None
    except UserError as error:
        mistakes += error.mistakes
    seen = asked.last if asked else now.date()
    try:
        seen = parse_day("--peildatum", day) if day else seen
    except UserError as error:
        mistakes += error.mistakes
    if mistakes:
        raise UserError(*mistakes)
    return asked, seen, now
