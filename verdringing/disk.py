"""What the system refuses: a file that cannot be read or written, as a sentence with the path and the reason."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from verdringing.errors import Mistake, UserError, shown
from verdringing.words import _

_IN_USE = (32, 33)
"""Numbers by which Windows says that another program holds a file open."""


def real(path: Path) -> Path:
    """The path in full, where links lead; one that leads to itself stays what it is, where `Path.resolve` gives up."""
    return Path(os.path.realpath(path))


def unreadable(error: OSError, path: Path | str) -> UserError:
    """A file or folder that cannot be read."""
    return UserError(Mistake(str(path), _("hier is niet te lezen ({reden})", reden=reason(error))))


def unwritable(error: OSError, path: Path | str, hint: str = "") -> UserError:
    """A file or folder that cannot be written."""
    return UserError(Mistake(str(path), _("hier is niet te schrijven ({reden})", reden=reason(error)), hint))


def leads_nowhere(link: Path | str) -> UserError:
    """A link to a file that is not there."""
    hint = _("Herstel de verwijzing, of noem het bestand zelf.")
    return UserError(Mistake(str(link), _("deze verwijzing leidt naar een bestand dat er niet is"), hint))


def unusable(error: OSError) -> UserError:
    """A mistake of the system of which nobody said yet what was being done."""
    where = "verdringing" if error.filename is None else os.fsdecode(error.filename)
    return UserError(Mistake(where, _("lezen of schrijven lukt niet ({reden})", reden=reason(error))))


def reason(error: OSError) -> str:
    """Why, in the language of the run; in the words of the system where it is something rare."""
    if getattr(error, "winerror", None) in _IN_USE:
        return _("een ander programma heeft het open")
    return _reasons().get(error.errno or 0) or error.strerror or shown(error)


def _reasons() -> dict[int, str]:
    full, no_right = _("de schijf is vol"), _("u hebt er geen rechten voor")
    return {
        errno.ENOSPC: full,
        errno.EDQUOT: full,
        errno.EACCES: no_right,
        errno.EPERM: no_right,
        errno.EROFS: _("op deze schijf kan niets geschreven worden"),
        errno.ENAMETOOLONG: _("de naam is te lang"),
        errno.ENOENT: _("het bestaat niet"),
        errno.ENOTDIR: _("een deel van het pad is een bestand, geen map"),
        errno.EISDIR: _("het is een map, geen bestand"),
        errno.EEXIST: _("er staat al iets"),
        errno.ENOTEMPTY: _("er staat al iets"),
        errno.EBUSY: _("een ander programma gebruikt het"),
        errno.ELOOP: _("de verwijzing wijst naar zichzelf"),
        errno.EIO: _("de schijf geeft een fout"),
    }
