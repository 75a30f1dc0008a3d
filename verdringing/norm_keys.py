"""For whom an amount holds: the key of a row in a norm and the key of a placement, normalised in one way."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

import polars as pl

from verdringing.distinct import per_distinct
from verdringing.names import job, plain

Key: TypeAlias = tuple[str, ...]
"""Normalised values of the columns of a key, in their order; empty for a table without a key."""
KEY_COLUMNS = ("cao", "functie", "sector", "beroepscode", "gemeente")
_KEYED_ALREADY = {"functie": "functie_sleutel", "gemeente": "gemeente_sleutel"}
_BETWEEN = "\x1f"  # no value holds it: plain text is letters, digits and spaces


def keys(columns: Sequence[str], given: Sequence[Mapping[str, str]], job_groups: Mapping[str, str]) -> Iterator[Key]:
    """Normalised key of every row of a norm: job titles by their group, all else as plain text; "" where none is left.

    `given` maps every column to its value as written.
    """
    if not columns:
        return iter([()] * len(given))
    text = pl.DataFrame({name: [row[name] for row in given] for name in columns})
    parts = {name: _job(job_groups) if name == "functie" else plain(pl.col(name)) for name in columns}
    return text.select(**{name: part.fill_null("") for name, part in parts.items()}).iter_rows()


def _job(groups: Mapping[str, str]) -> pl.Expr:
    title = job(pl.col("functie"))
    return title.replace(groups) if groups else title


def place_in(columns: Sequence[str], known: Sequence[Key]) -> pl.Expr:
    """Place of a placement's key among `known` (Int64): len(known) where it is not there, null where a part is missing.

    Takes placements with the keys of names.add_keys.
    """
    if not columns:
        return pl.lit(0, pl.Int64)
    parts = [
        pl.col(_KEYED_ALREADY[name]) if name in _KEYED_ALREADY else per_distinct(pl.col(name), plain, pl.String)
        for name in columns
    ]
    key = pl.concat_str(parts, separator=_BETWEEN)
    places = key.replace_strict(
        [_BETWEEN.join(one) for one in known], list(range(len(known))), default=len(known), return_dtype=pl.Int64
    )
    return pl.when(pl.all_horizontal(pl.col(name).is_not_null() for name in columns)).then(places)
