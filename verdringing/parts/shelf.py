"""Frames laid aside on disk for as long as an audit runs, in a folder that only this user can read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.ordered import in_order
from verdringing.words import _


@dataclass(frozen=True, slots=True)
class Shelf:
    """Frames by name, in pieces that follow one another in the order of their numbers."""

    folder: Path

    def put(self, name: str, piece: int, frame: pl.DataFrame) -> None:
        """Lay aside one piece; packed it takes a fifth of the room, for hardly any time.

        UserError when the disk is full.
        """
        room = self.folder / name
        room.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            frame.write_ipc(self._path(name, piece), compression="lz4")
        except OSError as error:
            reason = _("op deze schijf is te weinig ruimte, of hier is niet te schrijven ({reden})", reden=error)
            raise UserError(Mistake(str(self.folder.parent), reason)) from None

    def scatter(self, name: str, piece: int, frame: pl.DataFrame, parts: pl.Series, count: int) -> None:
        """Lay aside the rows of a frame by part (`parts`, 0 to `count` - 1): each under the name and that number."""
        order, _parts = in_order(parts)  # rows of one part stay in the order in which they stood
        sizes = dict(parts.value_counts(name="rows").rows())
        ordered, first = frame[order], 0
        for part in range(count):
            rows = sizes.get(part, 0)
            self.put(f"{name}-{part}", piece, ordered.slice(first, rows))
            first += rows

    def pieces(self, name: str) -> list[Path]:
        """The files of a name, in order."""
        return sorted((self.folder / name).glob("*.arrow"))

    def scan(self, name: str) -> pl.LazyFrame:
        """All pieces of a name, one after the other."""
        return pl.scan_ipc(self.pieces(name))

    def through(self, name: str) -> Iterator[pl.DataFrame]:
        """The pieces of a name, one by one; they stay."""
        yield from map(pl.read_ipc, self.pieces(name))

    def each(self, name: str) -> Iterator[pl.DataFrame]:
        """The pieces of a name, one by one; each is thrown away after it."""
        for path in self.pieces(name):
            yield pl.read_ipc(path)
            path.unlink()

    def take(self, name: str) -> pl.DataFrame:
        """All pieces of a name as one frame, and thrown away."""
        return pl.concat(list(self.each(name)), rechunk=True)

    def _path(self, name: str, piece: int) -> Path:
        return self.folder / name / f"{piece:07}.arrow"


def by_key(frame: pl.DataFrame, *keys: str, count: int) -> pl.Series:
    """The part (UInt16, 0 to `count` - 1) of every row, the same for rows with equal keys (text)."""
    text = pl.concat_str(pl.col(keys).fill_null("\x00"), separator="\x1f")
    return frame.select((text.hash(0) % count).cast(pl.UInt16)).to_series()
