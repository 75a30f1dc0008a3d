"""The files in which the next run finds back what people decided and found: their names, and where earlier ones are."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import polars as pl

from verdringing.disk import real

LEDGER = "beoordelingen.csv"
"""All decisions, a row each, newest last: the next run reads it, adds to it and takes nothing away."""

SAMPLES = "steekproef.csv"
"""All outcomes of samples, kept in the same way."""


def earlier(name: str, path: Path | None, out: Path) -> list[Path]:
    """Files with this name of the report that will be replaced, and beside the list that came back."""
    folders = [out, *([path.parent] if path else [])]
    files = {real(folder / name): folder / name for folder in reversed(folders)}
    return [file for file in reversed(files.values()) if file.is_file()]


def put_together(schema: pl.Schema, files: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """The rows (`schema`) of all files: those of the first, then what the others have besides."""
    whole = pl.DataFrame(schema=schema)
    for rows in files:
        more = rows.select(schema.names())
        whole = pl.concat([whole, more.join(whole, on=schema.names(), how="anti", nulls_equal=True)])
    return whole
