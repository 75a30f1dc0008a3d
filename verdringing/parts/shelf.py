"""Frames laid aside for as long as an audit runs: in memory while there is room, and on disk for this user alone."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.ordered import in_order
from verdringing.words import _

_TOGETHER = 5_000
"""Rows that are packed together on disk: to have some of them, these must be unpacked."""


class Shelf:
    """Frames by name, in pieces that follow one another in the order of their numbers.

    At most `room` bytes wait in memory, the others in `folder`. What is scattered comes in pieces so small that a file
    for each would cost more than what is in it: a quarter of the room is theirs, and they go to disk many together.
    """

    def __init__(self, folder: Path, room: int) -> None:
        self.folder, self.room = folder, room
        self._least = room // 4
        self._held: dict[str, dict[int, pl.DataFrame]] = {}
        self._sizes: dict[str, dict[int, int]] = {}
        self._scattered: dict[str, int] = {}

    def put(self, name: str, piece: int, frame: pl.DataFrame) -> None:
        """Lay aside one piece. UserError when the disk is full."""
        size = _size(frame)
        if size + self._least <= self.room:
            self._hold(name, piece, frame, size)
        else:
            self._write(name, piece, frame)

    def scatter(self, name: str, piece: int, frame: pl.DataFrame, parts: pl.Series, count: int) -> None:
        """Lay aside the rows of a frame by part (`parts`, 0 to `count` - 1): each under the name and that number.

        UserError when the disk is full.
        """
        order, _parts = in_order(parts)  # rows of one part stay in the order in which they stood
        rows = dict(parts.value_counts(name="rows").rows())
        whole, first = _size(frame), 0  # texts are shared by the parts
        for part in range(count):
            mine = order.slice(first, rows.get(part, 0))
            first += len(mine)
            if len(mine) or not piece:
                size = whole * len(mine) // max(frame.height, 1)
                self._hold(f"{name}-{part}", piece, frame[mine], size)
                self._scattered[f"{name}-{part}"] = self._scattered.get(f"{name}-{part}", 0) + size
        while self.room < 0 and self._scattered:
            self._write_together(max(self._scattered, key=self._scattered.__getitem__))

    def pieces(self, name: str) -> list[int]:
        """The numbers of the pieces of a name, in order; of what was scattered those that begin a file."""
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

    def rows(self, name: str, piece: int, first: int, many: int) -> pl.DataFrame:
        """Some rows of a piece that was put there; it stays. On disk, only what lies about them is unpacked."""
        if piece in self._held.get(name, ()):
            return self._held[name][piece].slice(first, many)
        return pl.scan_ipc(self._path(name, piece)).slice(first, many).collect(engine="in-memory")

    def each(self, name: str) -> Iterator[pl.DataFrame]:
        """The pieces of a name, one by one; each is thrown away after it."""
        self._scattered.pop(name, None)
        for piece in self.pieces(name):
            if piece in self._held.get(name, ()):
                yield self._let_go(name, piece)
            else:
                path = self._path(name, piece)
                yield pl.read_ipc(path)
                path.unlink()

    def take(self, name: str) -> pl.DataFrame:
        """All pieces of a name as one frame, and thrown away."""
        return pl.concat(list(self.each(name)), rechunk=True)

    def _hold(self, name: str, piece: int, frame: pl.DataFrame, size: int) -> None:
        self._held.setdefault(name, {})[piece] = frame
        self._sizes.setdefault(name, {})[piece] = size
        self.room -= size

    def _let_go(self, name: str, piece: int) -> pl.DataFrame:
        self.room += self._sizes[name].pop(piece)
        return self._held[name].pop(piece)

    def _write_together(self, name: str) -> None:
        """Write what waits in memory under a name as one piece; later ones come after it."""
        del self._scattered[name]
        pieces = sorted(self._held[name])
        self._write(name, pieces[0], pl.concat([self._let_go(name, piece) for piece in pieces], rechunk=True))

    def _write(self, name: str, piece: int, frame: pl.DataFrame) -> None:
        path = self._path(name, piece)
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        try:
            frame.write_ipc(path, compression="lz4", record_batch_size=_TOGETHER)  # a fifth of the room
        except OSError as error:
            reason = _("op deze schijf is te weinig ruimte, of hier is niet te schrijven ({reden})", reden=error)
            raise UserError(Mistake(str(self.folder.parent), reason)) from None

    def _path(self, name: str, piece: int) -> Path:
        return self.folder / name / f"{piece:07}.arrow"


def detached(frame: pl.DataFrame) -> pl.DataFrame:
    """The same frame with texts of its own: a few rows of a frame hold on to the texts of all of it."""
    copy = BytesIO()
    frame.write_ipc(copy)
    copy.seek(0)
    return pl.read_ipc(copy)


def _size(frame: pl.DataFrame) -> int:
    """Bytes in memory, at most: beside its letters every text takes sixteen bytes."""
    return int(frame.estimated_size()) + 16 * frame.height * frame.schema.dtypes().count(pl.String())


def by_key(frame: pl.DataFrame, *keys: str, count: int) -> pl.Series:
    """The part (UInt16, 0 to `count` - 1) of every row, the same for rows with equal keys (text)."""
    text = pl.concat_str(pl.col(keys).fill_null("\x00"), separator="\x1f")
    return frame.select((text.hash(0) % count).cast(pl.UInt16)).to_series()
