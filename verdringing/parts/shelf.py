"""Frames laid aside for as long as an audit runs: in memory while there is room, and on disk for this user alone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.ordered import in_order
from verdringing.words import _


@dataclass(slots=True)
class Shelf:
    """Frames by name, in pieces that follow one another in the order of their numbers.

    `room` is how many bytes more are held in memory; what does not fit is laid in `folder`.
    """

    folder: Path
    room: int
    _held: dict[str, dict[int, pl.DataFrame]] = field(default_factory=dict)
    _sizes: dict[tuple[str, int], int] = field(default_factory=dict)

    def put(self, name: str, piece: int, frame: pl.DataFrame) -> None:
        """Lay aside one piece. UserError when the disk is full."""
        self._put(name, piece, frame, _size(frame))

    def scatter(self, name: str, piece: int, frame: pl.DataFrame, parts: pl.Series, count: int) -> None:
        """Lay aside the rows of a frame by part (`parts`, 0 to `count` - 1): each under the name and that number."""
        order, _parts = in_order(parts)  # rows of one part stay in the order in which they stood
        rows = dict(parts.value_counts(name="rows").rows())
        whole, first = _size(frame), 0  # texts are shared by the parts
        for part in range(count):
            mine = order.slice(first, rows.get(part, 0))
            self._put(f"{name}-{part}", piece, frame[mine], whole * len(mine) // max(frame.height, 1))
            first += len(mine)

    def pieces(self, name: str) -> list[int]:
        """The numbers of the pieces of a name, in order."""
        on_disk = (int(path.stem) for path in (self.folder / name).glob("*.arrow"))
        return sorted([*on_disk, *self._held.get(name, ())])

    def scan(self, name: str) -> pl.LazyFrame:
        """All pieces of a name, one after the other."""
        held = self._held.get(name, {})
        return pl.concat(
            held[piece].lazy() if piece in held else pl.scan_ipc(self._path(name, piece)) for piece in self.pieces(name)
        )

    def through(self, name: str) -> Iterator[pl.DataFrame]:
        """The pieces of a name, one by one; they stay."""
        held = self._held.get(name, {})
        for piece in self.pieces(name):
            yield held[piece] if piece in held else pl.read_ipc(self._path(name, piece))

    def each(self, name: str) -> Iterator[pl.DataFrame]:
        """The pieces of a name, one by one; each is thrown away after it."""
        held = self._held.get(name, {})
        for piece in self.pieces(name):
            if piece in held:
                self.room += self._sizes.pop((name, piece))
                yield held.pop(piece)
            else:
                path = self._path(name, piece)
                yield pl.read_ipc(path)
                path.unlink()

    def take(self, name: str) -> pl.DataFrame:
        """All pieces of a name as one frame, and thrown away."""
        return pl.concat(list(self.each(name)), rechunk=True)

    def _put(self, name: str, piece: int, frame: pl.DataFrame, size: int) -> None:
        if size <= self.room:
            self.room -= size
            self._sizes[name, piece] = size
            self._held.setdefault(name, {})[piece] = frame
            return
        path = self._path(name, piece)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            frame.write_ipc(path, compression="lz4")  # a fifth of the room, for hardly any time
        except OSError as error:
            reason = _("op deze schijf is te weinig ruimte, of hier is niet te schrijven ({reden})", reden=error)
            raise UserError(Mistake(str(self.folder.parent), reason)) from None

    def _path(self, name: str, piece: int) -> Path:
        return self.folder / name / f"{piece:07}.arrow"


def _size(frame: pl.DataFrame) -> int:
    """Bytes in memory, at most: beside its letters every text takes sixteen bytes."""
    return int(frame.estimated_size()) + 16 * frame.height * frame.schema.dtypes().count(pl.String())


def by_key(frame: pl.DataFrame, *keys: str, count: int) -> pl.Series:
    """The part (UInt16, 0 to `count` - 1) of every row, the same for rows with equal keys (text)."""
    text = pl.concat_str(pl.col(keys).fill_null("\x00"), separator="\x1f")
    return frame.select((text.hash(0) % count).cast(pl.UInt16)).to_series()
