"""A folder that appears whole, in the place of an older report, or not at all."""

from __future__ import annotations

import shutil
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from glob import escape
from pathlib import Path
from tempfile import mkdtemp
from time import time
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from types import FrameType

from verdringing.errors import Mistake, UserError
from verdringing.words import _

MARKER = "verantwoording.json"
"""The file by which a folder is known to hold a report."""

_OLD = ".oud"
_DAY = 24 * 60 * 60


@contextmanager
def whole_folder(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a folder beside `target` to write in; it takes the place of `target` at the end, or nothing changes.

    UserError when `target` cannot be written, holds a report and `overwrite` is off, or holds anything else.
    """
    try:
        tidy(target)
        _refuse(target, overwrite=overwrite)
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=hidden(target), dir=target.parent))
    except OSError as error:
        raise UserError(Mistake(str(target), _("hier is niet te schrijven ({reden})", reden=error.strerror))) from None
    with _asked_to_stop():
        try:
            yield beside
            beside.chmod(0o755)
            _put_in_place(beside, target)
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def hidden(target: Path) -> str:
    """How the names of folders begin in which a report for `target` is made."""
    return f".{target.name}-verdringing-"


def tidy(target: Path) -> None:
    """Mend what a run left that was cut off (the power, a killed process): put the old report back where there is none.

    Folders in which nothing changed for a day are no longer being made, and are thrown away.
    """
    for left in sorted(target.parent.glob(f"{escape(hidden(target))}*")):
        if left.name.endswith(_OLD) and not target.exists():
            left.rename(target)
        elif time() - left.stat().st_mtime > _DAY:
            shutil.rmtree(left, ignore_errors=True)


@contextmanager
def _asked_to_stop() -> Iterator[None]:
    """A run that is told to stop ends like any other that goes wrong: nothing stays behind."""
    before = {}
    try:
        for name in ("SIGTERM", "SIGHUP"):
            if number := getattr(signal, name, None):
                before[number] = signal.signal(number, _stop)
    except ValueError:  # only the main thread hears signals
        pass
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, signal.SIG_DFL if handler is None else handler)


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    raise SystemExit(128 + number)


def _put_in_place(beside: Path, target: Path) -> None:
    """Move the old report aside, the new one in, and only then throw the old one away."""
    old = beside.with_name(beside.name + _OLD)
    if target.exists():
        target.rename(old)
    try:
        beside.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _refuse(target: Path, *, overwrite: bool) -> None:
    if target.is_dir() and any(target.iterdir()):
        if not (target / MARKER).exists():
            raise UserError(
                Mistake(
                    str(target), _("deze map is niet leeg en bevat geen rapport"), _("Kies een andere map met --uit.")
                )
            )
        if not overwrite:
            hint = _("Kies een andere map met --uit, of gebruik --overschrijf.")
            raise UserError(Mistake(str(target), _("hier staat al een rapport"), hint))
    elif target.exists() and not target.is_dir():
        raise UserError(Mistake(str(target), _("dit is een bestand, geen map"), _("Kies een map met --uit.")))
