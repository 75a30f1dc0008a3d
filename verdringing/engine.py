"""How polars does the work: its streaming engine and its threads pay for large files, and cost small ones more."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from math import inf
from pathlib import Path

SMALL = 4_000_000
"""Bytes of all files together, about 25,000 placements as CSV."""

TINY = 1_000_000
"""About 6,000 placements as CSV: threads would wait for each other longer than they work."""


def prepare(files: Iterable[Path]) -> None:
    """Let one thread do tiny files; for others keep memory a moment: what is given back is soon asked for again.

    Polars and its allocator look at this once, when they are loaded; what a user set goes first.
    """
    if "polars" in sys.modules:
        return
    if _bytes(files) <= TINY:
        os.environ.setdefault("POLARS_MAX_THREADS", "1")
    else:
        kept = f"narenas:{os.cpu_count() or 2},oversize_threshold:0,dirty_decay_ms:250,muzzy_decay_ms:0"
        os.environ.setdefault("_RJEM_MALLOC_CONF", kept)


def fitting(files: Iterable[Path]) -> AbstractContextManager[object]:
    """The engine for these files, for as long as the context lasts; what comes out is the same with either."""
    if _bytes(files) > SMALL:
        return nullcontext()
    import polars as pl

    return pl.Config(engine_affinity="in-memory")


def _bytes(files: Iterable[Path]) -> float:
    """Size of all files together; without end where one is a folder, a pattern or not there."""
    return sum(file.stat().st_size if file.is_file() else inf for file in files)
