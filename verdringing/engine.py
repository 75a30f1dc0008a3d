"""Which engine of polars does the work: streaming pays for large files, and costs more than the work on small ones."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

SMALL = 4_000_000
"""Bytes of all files together, about 25,000 placements as CSV."""


def fitting(files: Iterable[Path]) -> AbstractContextManager[object]:
    """The engine for these files, for as long as the context lasts; what comes out is the same with either."""
    given = list(files)
    if not all(file.is_file() for file in given) or sum(file.stat().st_size for file in given) > SMALL:
        return nullcontext()
    import polars as pl

    return pl.Config(engine_affinity="in-memory")
