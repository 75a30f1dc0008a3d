"""What every command asks that reads placements: its options, and the order that they make."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

import click

from verdringing.errors import Mistake, UserError, shown
from verdringing.spoken import FilePath, option
from verdringing.words import _, language

if TYPE_CHECKING:
    from datetime import date, datetime
    from pathlib import Path

    from verdringing.audited import Order
    from verdringing.period import Period

POLICY = option(
    "--beleid",
    type=FilePath(),
    multiple=True,
    metavar="PAD",
    help="Beleidsbestand (YAML) of een map met versies; mag vaker.",
)
_READS = (
    click.argument("bestanden", nargs=-1, required=True, type=FilePath(), metavar="BESTAND..."),
    POLICY,
    option("--zwarte-lijst", type=FilePath(), help="Zwarte lijst van werkgevers."),
    option("--meldingen", type=FilePath(), help="Meldingen bij het meldpunt over werkgevers."),
    option("--kolommen", type=FilePath(), help="Welke kop in uw export welke kolom is (YAML)."),
    option("--aliassen", type=FilePath(), help="Besluiten over namen die op elkaar lijken (YAML)."),
    option("--peildatum", help="Dag van waaruit u kijkt, zoals 2026-09-30."),
    option("--periode", help="Periode die u toetst: 2026K3, 2026 of 2026-07-01..2026-09-30."),
    option("--gemeente", help="Naam van de gemeente."),
    option("--sleutelbestand", type=FilePath(), help="Sleutel voor pseudoniemen, als er BSN in staan."),
)


def reads(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the files to read and the options that say how."""
    for one in reversed(_READS):
        command = one(command)
    return command


def order_of(files: tuple[Path, ...], out: Path, options: Mapping[str, Any]) -> Order:
    """What the options say, as an order; the first thing a command does, so that its mistakes come first."""
    period, day, now = _times(options["periode"], options["peildatum"])
    from verdringing.audited import Order
    from verdringing.privacy.pseudonyms import key_from

    return Order(
        files=files,
        out=out,
        day=day,
        now=now,
        period=period,
        policies=options["beleid"],
        blacklist=options["zwarte_lijst"],
        reports=options["meldingen"],
        aliases=options["aliassen"],
        columns=options["kolommen"],
        key=key_from(os.environ, options["sleutelbestand"]),
        gemeente=options["gemeente"],
        overwrite=options["overschrijf"],
        command=command_line(),
    )


def command_line() -> str:
    """The command as given, with every option that is not the default."""
    import shlex

    context = click.get_current_context()
    words, last = [context.command_path.split()[-1]], list[str]()
    for parameter in context.command.params:
        value = context.params.get(parameter.name or "")
        if isinstance(parameter, click.Argument):
            given = [str(one) for one in (value if isinstance(value, tuple) else (value,))]
            if any(one.startswith("-") and one != "-" for one in given):
                last = ["--", *given]  # or it would be read back as an option
            else:
                words += given
        elif not (value is None or value is False or value in ((), _default(parameter, context))):
            words += _written(parameter.opts[-1], value)
    if language() != "nl" and "--taal" not in words:
        words += ["--taal", language()]
    return shlex.join(["verdringing", *words, *last])


def _default(parameter: click.Parameter, context: click.Context) -> object:
    """The value of an option that is not given; what is written as text has the type of the option here."""
    return parameter.process_value(context, parameter.get_default(context))


def _written(name: str, value: object) -> list[str]:
    if value is True:
        return [name]
    several = value if isinstance(value, tuple) else (value,)
    return [word for one in several for word in (name, f"{one:g}" if isinstance(one, float) else str(one))]


def _clock() -> datetime:
    """The moment of the run; SOURCE_DATE_EPOCH stands in for it where it is set."""
    from datetime import UTC, datetime

    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    try:
        return datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now(UTC).astimezone()
    except (ValueError, OverflowError, OSError):
        what = _("'{waarde}' is geen aantal seconden sinds 1970", waarde=shown(epoch))
        raise UserError(
            Mistake("SOURCE_DATE_EPOCH", what, _("Haal de variabele weg, of geef een heel getal."))
        ) from None


def _times(period: str | None, day: str | None) -> tuple[Period | None, date, datetime]:
    """Period, reference date and the moment of the run."""
    from verdringing.period import parse_day, parse_period

    now = _clock()
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
