"""Whether an audit is done in parts, in how many, and that it is then done so."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from verdringing.audited import Audited, Order
from verdringing.errors import UserError
from verdringing.reading import paths, streams

LARGE = 240_000_000
"""Bytes of CSV, about 1,050,000 placements: up to here all of it is judged in one piece, within 1.5 GB of memory."""

PART_BYTES = 112_000_000
"""Bytes of CSV in one part, about 500,000 placements."""

ROOM = 450_000_000
"""Bytes of placements and findings that wait in memory; others are packed and wait on disk."""

MOST_PARTS = 400
"""Above this, two hundred million placements, parts grow instead: every block is divided over all of them."""

ROW_BYTES = 225
"""What a row of a Parquet file counts for: about what it takes as CSV."""


def in_parts(order: Order, folder: Path) -> Audited | None:
    """The audit of files that are large, in parts; None where all is done in one piece.

    That is also so where a file turns out, on the way, to be one that must be read at once.
    """
    if (count := parts_of(order)) == 1:
        return None
    from verdringing.parts.blocks import NotInBlocks
    from verdringing.parts.together import audit_in_parts

    try:
        return audit_in_parts(order, folder, count)
    except NotInBlocks:
        return None


def parts_of(order: Order) -> int:
    """How many parts this order asks for; 1 is in one piece."""
    total = sum(weights(order.files))
    return 1 if total <= LARGE else min(-(-total // PART_BYTES), MOST_PARTS)


def block_bytes() -> int:
    """Bytes of CSV that are read at once: half a part, for text takes more memory than what is read of it."""
    return PART_BYTES // 2


def weights(files: Iterable[Path]) -> list[int]:
    """Bytes of every file that can be read in blocks; 0 for others, and for what is not there."""
    try:
        return [weight(given) for argument in files for given in paths.all_given(argument)]
    except UserError:  # it is told where the file is read
        return [0]


def weight(given: paths.Given) -> int:
    """Bytes of a file of text (unpacked, as UTF-8) or Parquet; 0 for any other."""
    if given.sheet is not None or given.path == paths.STANDARD_INPUT or not given.path.is_file():
        return 0
    try:
        start, changed = streams.first_bytes(given.path, 4), streams.is_changed(given.path)
        if start.startswith(b"PAR1"):
            return 0 if changed else _records(given.path) * ROW_BYTES
        workbook = start.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0"))
        return 0 if workbook else streams.size(given.path)
    except OSError:  # it is told where the file is read
        return 0


def _records(path: Path) -> int:
    try:
        return int(pl.scan_parquet(path).select(pl.len()).collect().item())
    except (pl.exceptions.PolarsError, OSError):  # it is told where the file is read
        return 0
