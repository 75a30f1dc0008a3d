"""A large file of text as a stream: unpacked, and as UTF-8, while it is read; and how large it then is."""

from __future__ import annotations

import codecs
import gzip
import io
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hashlib import _Hash as Hash

UNREADABLE = (EOFError, UnicodeDecodeError, gzip.BadGzipFile, zlib.error)
"""What a stream raises where a file is damaged."""

GZIP = b"\x1f\x8b"
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_USUAL = 6
"""How much larger a list of placements is than its packed form, where the file does not say."""


@contextmanager
def opened(path: Path, hashed: Hash | None = None) -> Iterator[io.BufferedReader]:
    """The bytes of a file: unpacked where it is a .gz, and UTF-8 without a mark where it was UTF-16.

    `hashed` hears the bytes of the file itself as they are read.
    """
    with path.open("rb", buffering=0) as file:
        whole: io.BufferedReader = io.BufferedReader(file if hashed is None else _Heard(file, hashed))
        if whole.peek(2).startswith(GZIP):
            whole = io.BufferedReader(gzip.GzipFile(fileobj=whole))
        if whole.peek(2).startswith(_UTF_16):
            whole = io.BufferedReader(_AsUtf8(whole), _AsUtf8.PIECE)
        yield whole


def starts(path: Path) -> bytes:
    """The first two bytes of a file."""
    with path.open("rb") as file:
        return file.read(2)


def is_changed(path: Path) -> bool:
    """Whether `opened` gives other bytes than the file has."""
    return starts(path) in (GZIP, *_UTF_16)


def first_bytes(path: Path, count: int) -> bytes:
    """The first bytes of what `opened` gives; nothing where it cannot be read."""
    try:
        with opened(path) as file:
            return file.read(count)
    except UNREADABLE:
        return b""


def size(path: Path) -> int:
    """About as many bytes as `opened` gives.

    A .gz says at its end how large its last member is, but for the times that 4 GB fit in it; where that cannot be all,
    it is guessed.
    """
    there = path.stat().st_size
    begin = starts(path)
    if begin in _UTF_16:
        return there // 2
    if begin != GZIP:
        return there
    with path.open("rb") as file:
        file.seek(max(there - 4, 0))
        told = int.from_bytes(file.read(4), "little")
    usual = _USUAL * there
    told = min((told + times * 2**32 for times in range(usual // 2**32 + 2)), key=lambda size: abs(size - usual))
    return told if 2 * there < told < _USUAL * usual else usual


class _Heard(io.RawIOBase):
    """A file of which a hash hears every byte."""

    def __init__(self, file: io.RawIOBase, hashed: Hash) -> None:
        self._file, self._hashed = file, hashed

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # that of RawIOBase is wider
        count = self._file.readinto(buffer) or 0
        self._hashed.update(buffer[:count])
        return count


class _AsUtf8(io.RawIOBase):
    """UTF-16 with a byte order mark, read as UTF-8 without one."""

    PIECE = 1 << 20

    def __init__(self, file: io.BufferedIOBase) -> None:
        self._file, self._left = file, b""
        self._begins = True
        self._decoder = codecs.getincrementaldecoder("utf-16")()

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # that of RawIOBase is wider
        while not self._left:
            piece = self._file.read(self.PIECE)
            text = self._decoder.decode(piece, final=not piece)
            if self._begins and text.startswith("\ufeff"):  # text that is read at once keeps a second mark
                raise UnicodeDecodeError("utf-16", piece, 2, 4, "two marks")
            self._begins, self._left = self._begins and not text, text.encode()
            if not piece:
                break
        some, self._left = self._left[: len(buffer)], self._left[len(buffer) :]
        buffer[: len(some)] = some
        return len(some)
