"""A folder that appears whole, in the place of an older report, or not at all."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

from verdringing.errors import Mistake, UserError
from verdringing.words import _

MARKER = "verantwoording.json"
"""The file by which a folder is known to hold a report."""


@contextmanager
def whole_folder(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a folder beside `target` to write in; it takes the place of `target` at the end, or nothing changes.

    UserError when `target` cannot be written, holds a report and `overwrite` is off, or holds anything else.
    """
    _refuse(target, overwrite=overwrite)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise UserError(Mistake(str(target), _("hier is niet te schrijven ({reden})", reden=error.strerror))) from None
    try:
        yield beside
        beside.chmod(0o755)
        _put_in_place(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put_in_place(beside: Path, target: Path) -> None:
    """Move the old report aside, the new one in, and only then throw the old one away."""
    old = beside.with_name(beside.name + ".oud")
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
