"""A folder that appears whole, in the place of an older report, or not at all."""

from __future__ import annotations

import errno
import os
import re
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

from verdringing import disk
from verdringing.errors import Mistake, UserError
from verdringing.words import _

MARKER = "verantwoording.json"
"""The file by which a folder is known to hold a report."""

_OLD = ".oud"
_DAY = 24 * 60 * 60


@contextmanager
def whole_folder(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a folder beside `target` to write in; it takes the place of `target` at the end, or nothing changes.

    Of a `target` that is a link it is the folder to which that leads. UserError when that cannot be written, is where
    the user stands, holds a report and `overwrite` is off, or holds anything else; and when the disk gets full.
    """
    try:
        real = disk.real(target)
        if real.is_symlink():
            raise OSError(errno.ELOOP, os.strerror(errno.ELOOP))
        _refuse_where_one_stands(real, target)
        tidy(real)
        _refuse(real, target, overwrite=overwrite)
        real.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=hidden(real), dir=real.parent))
    except OSError as error:
        raise disk.unwritable(error, target) from None
    with _asked_to_stop():
        try:
            yield beside
            beside.chmod(0o755)
            _refuse(real, target, overwrite=overwrite)
            _put_in_place(beside, real, target, overwrite=overwrite)
        except OSError as error:
            raise _stopped(error, beside, target) from None
        finally:
            shutil.rmtree(beside, ignore_errors=True)


def hidden(real: Path) -> str:
    """How the names of folders begin in which a report for the folder `real` is made."""
    return f".{real.name}-verdringing-"


def tidy(real: Path) -> None:
    """Mend what a run left that was cut off (the power, a killed process): put the old report back where there is none.

    Folders in which nothing changed for a day are no longer being made, and are thrown away.
    """
    made = re.compile(f"{re.escape(hidden(real))}[a-z0-9_]+({re.escape(_OLD)})?")  # as tempfile ends its names
    for left in sorted(one for one in real.parent.glob(f"{escape(hidden(real))}*") if made.fullmatch(one.name)):
        if left.name.endswith(_OLD) and not real.exists():
            left.rename(real)
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


def _put_in_place(beside: Path, real: Path, target: Path, *, overwrite: bool) -> None:
    """Move the old report aside, the new one in, and only then throw the old one away.

    Without `overwrite` only an empty folder gives way: a report that another run put there this very moment does not.
    """
    old = beside.with_name(beside.name + _OLD)
    try:
        if real.exists():
            real.rename(old) if overwrite else real.rmdir()
        beside.rename(real)
    except OSError as error:
        if old.exists():
            old.rename(real)
        hint = _("Sluit wat uit deze map openstaat, en probeer het opnieuw.")
        raise disk.unwritable(error, target, hint if real.exists() else "") from None
    shutil.rmtree(old, ignore_errors=True)


def _stopped(error: OSError, beside: Path, target: Path) -> UserError:
    """The mistake of the system that ended a run, at the report unless it names a file elsewhere."""
    elsewhere = error.filename is not None and not Path(os.fsdecode(error.filename)).is_relative_to(beside)
    return disk.unusable(error) if elsewhere else disk.unwritable(error, target)


def _refuse_where_one_stands(real: Path, target: Path) -> None:
    here = disk.real(Path.cwd())
    if real in (here, *here.parents):
        what = _("een rapport kan niet in de plaats komen van de map waarin u staat, of van een map daarboven")
        raise UserError(Mistake(str(target), what, _("Noem een map die er nog niet is, zoals --uit rapport.")))


def _refuse(real: Path, target: Path, *, overwrite: bool) -> None:
    if real.is_dir() and any(real.iterdir()):
        if not (real / MARKER).exists():
            raise UserError(
                Mistake(
                    str(target), _("deze map is niet leeg en bevat geen rapport"), _("Kies een andere map met --uit.")
                )
            )
        if not overwrite:
            hint = _("Kies een andere map met --uit, of gebruik --overschrijf.")
            raise UserError(Mistake(str(target), _("hier staat al een rapport"), hint))
    elif real.exists() and not real.is_dir():
        raise UserError(Mistake(str(target), _("dit is een bestand, geen map"), _("Kies een map met --uit.")))
