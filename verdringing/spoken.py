"""Commands and options whose help speaks the language of the run, and mistakes as sentences instead of tracebacks."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from functools import cache, partial, wraps
from importlib import import_module
from inspect import cleandoc
from typing import TYPE_CHECKING, Any, NoReturn

import click
from click import formatting

from verdringing.click_words import teach_click
from verdringing.errors import UserError, decoded, meant
from verdringing.words import LANGUAGES, _, choose_language, language

if TYPE_CHECKING:
    from pathlib import Path

teach_click()  # before the first option is made: the texts that come with it would be looked up on the disk


def speaks(command: Callable[..., Any]) -> Callable[..., Any]:
    """Turn a UserError, and what the system refuses, into sentences on stderr and exit code 2."""

    @wraps(command)
    def run(*args: Any, **options: Any) -> Any:
        try:
            return command(*args, **options)
        except UserError as error:
            _say(error)
        except OSError as error:
            if error.errno == errno.EPIPE:  # who reads along stopped reading: click ends the run without a word
                raise
            from verdringing.disk import unusable

            _say(unusable(error))

    return run


def _say(error: UserError) -> NoReturn:
    for mistake in error.mistakes:
        click.echo(str(mistake), err=True)
    sys.exit(2)


_PIECES = {"[OPTIONS]": "[OPTIES]", "COMMAND [ARGS]...": "OPDRACHT ...", "PATH": "PAD", "TEXT": "TEKST"}
_ENGLISH = {"PAD": "PATH", "BESTAND...": "FILE...", "MAP": "FOLDER", "RAPPORT": "REPORT", "REGEL": "RULE"}
"""What our own commands call their arguments and values."""


class Spoken:
    r"""Help in the language of the run, not of the import; \b stands before lines to keep, as click wants it."""

    @property
    def help(self) -> str | None:
        """The help text, translated when it is asked for."""
        return _(cleandoc(self._help)).replace(r"\b", "\b") if self._help else None

    @help.setter
    def help(self, text: str | None) -> None:
        self._help = text

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """What may follow the name of a command, in words."""
        pieces: list[str] = super().collect_usage_pieces(ctx)  # type: ignore[misc]  # click's commands have it
        words = _PIECES if language() == "nl" else _ENGLISH
        return [words.get(piece, piece) for piece in pieces]


class Option(Spoken, click.Option):
    """An option with spoken help."""

    def make_metavar(self, ctx: click.Context) -> str:
        """What stands for its value."""
        made = super().make_metavar(ctx)
        return _PIECES.get(made, made) if language() == "nl" else _ENGLISH.get(made, made)


class FilePath(click.Path):
    """A file or folder; what knows paths is loaded where one is given, for help would be a twelfth slower with it."""

    def coerce_path_result(self, value: str | os.PathLike[str]) -> Path:
        """The path that was written."""
        from pathlib import Path

        return Path(value)


class Command(Spoken, click.Command):
    """A command with spoken help."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Refuse an option that is given twice where one can count: click would forget the first without a word."""
        _speak_as_asked(args)
        rest = super().parse_args(ctx, [*args])
        _given, _others, order = self.make_parser(ctx).parse_args(args=[*args])
        once = [one for one in order if isinstance(one, click.Option) and not (one.multiple or one.is_flag)]
        if twice := [one.opts[0] for one in dict.fromkeys(once) if once.count(one) > 1]:
            names = ", ".join(twice)
            raise click.UsageError(_("Deze optie kan maar een keer, en staat er vaker: {namen}.", namen=names), ctx)
        return rest


class Group(Spoken, click.Group):
    """The commands in commands/: the file name is the name of the command, and a file is read only when it is asked."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 — the name is click's
        """Names of all commands, the main job first."""
        return list(_names())

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command with this name, or None."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = import_module(f"verdringing.commands.{cmd_name}").command
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """The command that is asked; of a word that is none the command that was probably meant."""
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as error:
            hint = meant(args[0], self.list_commands(ctx))
            if not hint or args[0].startswith("-"):
                raise
            raise click.UsageError(f"{error.message} {hint}", ctx) from None

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """The context of a run, for help as wide as the terminal."""
        extra.setdefault("terminal_width", formatting.FORCED_WIDTH or _width())
        return super().make_context(info_name, args, parent, **extra)

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Choose the language before anything is said."""
        asked = os.environ.get("VERDRINGING_TAAL")
        choose_language(asked if asked in LANGUAGES else "nl")
        _speak_as_asked(args)
        if odd := [decoded(word) for word in args if word != decoded(word)]:
            raise click.UsageError(_("Dit is geen UTF-8: {tekst}. Geef het een andere naam.", tekst=odd[0]), ctx)
        return super().parse_args(ctx, args)


def _speak_as_asked(args: list[str]) -> None:
    """Choose the language that stands anywhere on the line: --help comes before what is not written in front of it."""
    for place, word in enumerate(args):
        code = word.removeprefix("--taal=") if word != "--taal" else "".join(args[place + 1 : place + 2])
        if word.startswith("--taal") and code in LANGUAGES:
            choose_language(code)


_WIDEST = 100


def _width() -> int:
    """Characters in a line of help, as click counts them; it would load shutil for that, a twentieth of --help."""
    try:
        columns = int(os.environ.get("COLUMNS") or 0) or os.get_terminal_size(1).columns
    except (OSError, ValueError):  # no terminal, or no number
        columns = 0
    return max(min(columns or 80, _WIDEST) - 2, 50)


@cache
def _names() -> tuple[str, ...]:
    folder = f"{__file__.removesuffix('spoken.py')}commands"  # without pathlib: see FilePath
    names = {name.removesuffix(".py") for name in os.listdir(folder) if name.endswith(".py")} - {"__init__"}  # noqa: PTH208
    return tuple(sorted(names, key=lambda name: (name != "audit", name)))


def _speak(_context: click.Context, _parameter: click.Parameter, code: str | None) -> str | None:
    if code:
        choose_language(code)
    return code


option = partial(click.option, cls=Option)
spoken = partial(option, "--taal", type=click.Choice(LANGUAGES), is_eager=True, callback=_speak)
command = partial(click.command, cls=Command)
