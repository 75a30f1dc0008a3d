"""A large file block by block: the same rows, with the same row numbers, as when it is read at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, BinaryIO

import polars as pl

from verdringing.account import fingerprint
from verdringing.parts import plan
from verdringing.read import Source, source_of
from verdringing.reading import csv_text, mapped, parquet_text, paths, streams
from verdringing.reading.raw import Raw
from verdringing.reading.readers import same_as_called
from verdringing.record import Column, by_name

if TYPE_CHECKING:
    from hashlib import _Hash as Hash
    from pathlib import Path

    from verdringing.reading.mapping import Mapping

_NEAR = 1_000_000
"""Bytes before the end of a block within which a row must end."""


class NotInBlocks(Exception):  # noqa: N818 — it is no error: the file is then read at once
    """A file whose rows cannot be told apart without reading all of it."""


def blocks(given: paths.Given, name: str, mapping: Mapping | None, own: Sequence[Column]) -> Iterator[Source]:
    """The rows of a CSV or Parquet file in blocks (`plan.block_bytes`); the last has the SHA-256 of the file.

    NotInBlocks, at any block, when the whole must be read at once; UserError as in `read.read_given`.
    """
    where = str(given)
    kind = paths.kind(streams.first_bytes(given.path, 4), where)
    same_as_called(kind, given, where)
    reader = _parquet if kind == "parquet" else _text
    for raw, fingerprinted in reader(given, name, mapping, own, plan.block_bytes()):
        named = mapped.apply(mapping, raw, name, where, own) if mapping else raw
        yield source_of(named, fingerprinted, given, name, own)


_Blocks = Iterator[tuple[Raw, str]]


def _parquet(given: paths.Given, _name: str, _mapping: Mapping | None, own: Sequence[Column], size: int) -> _Blocks:
    scan, rows = pl.scan_parquet(given.path), max(size // plan.ROW_BYTES, 1)
    first, hashed = 0, fingerprint(given.path)
    for frame in scan.collect_batches(chunk_size=rows, maintain_order=True):
        raw = parquet_text.written(frame.rechunk(), str(given), by_name(own))
        yield _further(raw, first), hashed
        first += frame.height


def _text(given: paths.Given, name: str, mapping: Mapping | None, _own: Sequence[Column], size: int) -> _Blocks:
    if mapping is not None and mapping.header_row:
        raise NotInBlocks
    hashed, rows, codings = sha256(), 0, set[str]()
    for head, chunk, end in _whole_rows(given.path, size, hashed):
        codings |= _coding(chunk, end)
        if len(codings) > 1 or (codings == {"cp1252"} and head.startswith(b"\xef\xbb\xbf")):
            raise NotInBlocks
        # every copy of a block is tens of megabytes of fresh memory
        raw = csv_text.read(b"".join((head, memoryview(chunk)[:end])), str(given), name)
        yield _further(raw, rows), hashed.hexdigest()
        rows += raw.frame.height + raw.broken.height


def _whole_rows(path: Path, size: int, hashed: Hash) -> Iterator[tuple[bytes, bytes, int]]:
    """The row with the column names, a chunk of the file, and the length of the whole rows in it, for every chunk."""
    try:
        with streams.opened(path, hashed) as file:
            (head, rest), more = _head(file, size), True
            while more:
                chunk = rest + file.read(size)
                more = len(chunk) == len(rest) + size
                end = _end_of_row(chunk) if more else len(chunk)
                yield head, chunk, end
                rest = chunk[end:]
    except streams.UNREADABLE:
        raise NotInBlocks from None


def _head(file: BinaryIO, size: int) -> tuple[bytes, bytes]:
    """All bytes up to and including the row with the column names, and those after them that were read."""
    start = file.read(min(size, _NEAR))
    length = csv_text.head_length(start)
    if length is None:
        raise NotInBlocks
    return start[:length], start[length:]


def _end_of_row(chunk: bytes) -> int:
    """Length of the whole rows in a chunk: up to a line end outside quotes."""
    end = chunk.rfind(b"\n") + 1
    inside = chunk.count(b'"', 0, end) % 2
    while inside and end > len(chunk) - _NEAR:
        before = chunk.rfind(b"\n", 0, end - 1) + 1
        inside = (inside + chunk.count(b'"', before, end)) % 2
        end = before
    if inside or end <= 0:
        raise NotInBlocks
    return end


def _coding(chunk: bytes, end: int) -> set[str]:
    """How a chunk is written up to `end`; nothing where every sign means the same in both ways."""
    if chunk.isascii() or (rows := chunk[:end]).isascii():
        return set()
    return {"utf-8" if csv_text.is_utf8(rows) else "cp1252"}


def _further(raw: Raw, rows: int) -> Raw:
    """The same rows, with `rows` rows before them."""
    if not rows:
        return raw
    moved = [
        frame.with_columns(rij=(pl.col("rij") + rows).cast(pl.UInt32)) if frame.width else frame
        for frame in (raw.frame, raw.broken)
    ]
    return replace(raw, frame=moved[0], broken=moved[1], empty_lines=0)
