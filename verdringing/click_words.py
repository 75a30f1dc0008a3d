"""What click itself says, in the language of the run: usage, options, and the mistakes of a command line."""

from __future__ import annotations

import click.core
import click.decorators
import click.exceptions
import click.formatting
import click.parser
import click.types

from verdringing.words import language

_DUTCH = {
    "Usage:": "Gebruik:",
    "Options": "Opties",
    "Commands": "Opdrachten",
    "Show this message and exit.": "Toon deze uitleg.",
    "default: {default}": "standaard: {default}",
    "env var: {var}": "variabele: {var}",
    "required": "verplicht",
    "Aborted!": "Afgebroken.",
    "Error: {message}": "Fout: {message}",
    "Try '{command} {option}' for help.": "Uitleg staat in '{command} {option}'.",
    "Missing command.": "Er ontbreekt een opdracht.",
    "Missing argument": "Er ontbreekt",
    "Missing option": "Er ontbreekt een optie:",
    "Invalid value: {message}": "Ongeldige waarde: {message}",
    "Invalid value for {param_hint}: {message}": "Ongeldige waarde bij {param_hint}: {message}",
    "No such option {name!r}.": "De optie {name!r} bestaat niet.",
    "No such command {name!r}.": "De opdracht {name!r} bestaat niet.",
    "Did you mean {possibility}?": "Bedoelde u {possibility}?",
    "(Did you mean one of: {possibilities}?)": "(Bedoelde u een van: {possibilities}?)",
    "Option {name!r} does not take a value.": "Bij de optie {name!r} hoort geen waarde.",
    "Option {name!r} requires an argument.": "Bij de optie {name!r} hoort een waarde.",
    "Option {name!r} requires {nargs} arguments.": "Bij de optie {name!r} horen {nargs} waarden.",
    "Got unexpected extra argument ({args})": "Dit argument is er een te veel: {args}",
    "Got unexpected extra arguments ({args})": "Deze argumenten zijn er te veel: {args}",
    "{name} {filename!r} does not exist.": "De map {filename!r} bestaat niet.",
    "{name} {filename!r} is a file.": "{filename!r} is een bestand, geen map.",
    "{name} {filename!r} is not readable.": "{filename!r} is niet te lezen: u hebt er geen rechten voor.",
    "{value!r} is not {choice}.": "{value!r} is niet {choice}.",
    "{value!r} is not one of {choices}.": "{value!r} kan niet; kies uit: {choices}.",
    "{value!r} is not a valid {number_type}.": "{value!r} is geen getal.",
    "{value} is not in the range {range}.": "{value} valt buiten {range}.",
}
_SPEAKING = (click.core, click.decorators, click.exceptions, click.formatting, click.parser, click.types)


def teach_click() -> None:
    """Let click look its words up here: it takes them from gettext, whose catalogues follow the machine, not us."""
    for room in _SPEAKING:
        for name, said in {"_": _said, "ngettext": _counted}.items():
            if hasattr(room, name):
                setattr(room, name, said)


def _said(text: str) -> str:
    return text if language() == "en" else _DUTCH.get(text, text)


def _counted(one: str, many: str, count: int) -> str:
    return _said(one if count == 1 else many)
