"""Files that a user asked for by name: refused where something stands, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from verdringing.disk import real, unwritable
from verdringing.errors import Mistake, UserError
from verdringing.words import _


def refuse_taken(paths: Sequence[Path], hint: str, *, overwrite: bool = False) -> None:
    """UserError, with `hint`, for every path at which a folder stands, or a file that must not be overwritten."""
    mistakes = []
    for path in paths:
        if path.is_dir():
            mistakes.append(Mistake(str(path), _("dit is een map, geen bestand"), hint))
        elif not overwrite and (path.exists() or path.is_symlink()):
            mistakes.append(Mistake(str(path), _("dit bestand bestaat al"), hint))
    if mistakes:
        raise UserError(*mistakes)


def refuse_no_page(path: Path, what: str, example: str) -> None:
    """UserError, which says `what` comes here, unless a path has the name of a page."""
    if path.suffix.lower() not in (".html", ".htm"):
        raise UserError(Mistake(str(path), what, _("Noem een bestand, zoals {naam}.", naam=example)))


@contextmanager
def whole_files(paths: Sequence[Path], hint: str, *, overwrite: bool = False) -> Iterator[list[Path]]:
    """Give a file beside each of the paths to write in; at the end they take their places, or nothing changes.

    UserError as in `refuse_taken`, also for what came meanwhile, and when one of them cannot be written.
    """
    there = [real(path) for path in paths]
    beside = [path.with_name(f".{path.name}.nieuw") for path in there]
    try:
        for path in there:
            path.parent.mkdir(parents=True, exist_ok=True)
        yield beside
        refuse_taken(paths, hint, overwrite=overwrite)
        _swap(beside, there)
    except OSError as error:
        named = dict(zip(map(str, beside), paths, strict=True))
        raise unwritable(error, named.get(str(error.filename), paths[0])) from None
    finally:
        for new in beside:
            with suppress(OSError):
                new.unlink(missing_ok=True)


def _swap(new: Sequence[Path], paths: Sequence[Path]) -> None:
    """Let every new file take its place, or none: what stood there comes back when one cannot."""
    aside = [path.with_name(f".{path.name}.oud") for path in paths]
    done: list[tuple[Path, Path]] = []
    try:
        for one, path, old in zip(new, paths, aside, strict=True):
            if path.exists():
                path.replace(old)
            done.append((path, old))
            one.replace(path)
    except OSError:
        for path, old in reversed(done):
            old.replace(path) if old.exists() else path.unlink(missing_ok=True)
        raise
    for old in aside:
        with suppress(OSError):
            old.unlink(missing_ok=True)
