"""Text to typed placements. Nothing is lost: a row is a placement or it is rejected, an emptied value is a warning."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verdringing.distinct import FEW
from verdringing.problems import IN_ORDER, Block, doubled, problems, table, unread
from verdringing.reading.raw import as_stood
from verdringing.record import COLUMNS, ORIGIN, Column
from verdringing.values import typed


@dataclass(frozen=True, slots=True)
class Normalised:
    """Typed placements (ORIGIN, record, a policy's own columns), rejected rows and warnings (PROBLEMS), rows read."""

    placements: pl.DataFrame
    rejected: pl.DataFrame
    warnings: pl.DataFrame
    read: int


def normalise(rows: pl.DataFrame, instruments: Mapping[str, str], own: Sequence[Column] = ()) -> Normalised:
    """Type every value of `rows` (text columns of the record plus ORIGIN) and set apart what cannot be placed.

    A boolean column `id_gemaakt` says which rows come from a file without plaatsing_id (absent: all or none).
    `own` are columns of a policy's own: read, warned about and compared like the optional columns of the record.
    `instruments` maps normalised spellings to canonical instruments. rows read = placements + rejected rows holds,
    or an AssertionError says that the tool itself is wrong. `rows` is used up (see `typed_rows`).
    """
    count = rows.height
    block = typed_rows(rows, instruments, own)
    again = doubled(block.read, [column.name for column in block.columns], block.text["id_gemaakt"], unread(block))
    found = pl.concat([problems(block, required=True), table(block.text, again)])
    rejected, warnings = found.sort(IN_ORDER, maintain_order=True), problems(block, required=False)
    read = block.read
    del block  # its text goes before every row is made once more, in order
    refused = rejected["_row"].unique()
    order = start_order(read)
    kept = read[order.filter(~order.is_in(refused.implode()))]
    assert count == kept.height + len(refused), "rows read = placements + rejected rows"
    return Normalised(
        kept.drop("_row"),
        rejected.drop("_row"),
        warnings.filter(~warnings["_row"].is_in(refused.implode())).drop("_row"),
        count,
    )


def typed_rows(rows: pl.DataFrame, instruments: Mapping[str, str], own: Sequence[Column] = ()) -> Block:
    """Type every value of `rows`, as in `normalise`; nothing is rejected yet.

    `rows` is used up, no column is left in it: only the Block holds the text, and whoever lets go of that frees it.
    """
    columns = (*COLUMNS, *own)
    text = _complete(rows, [column.name for column in columns]).with_row_index("_row")
    for name in rows.columns:
        rows.drop_in_place(name)
    few = text.height < FEW
    values = [typed(column, instruments, few=few).alias(column.name) for column in columns]
    # not the streaming engine: it gives every column back in pieces, and all that follows takes longer with these
    read = text.lazy().select("_row", *ORIGIN, *values).collect(engine="in-memory").rechunk()
    return Block(text, read, columns)


def start_order(placements: pl.DataFrame) -> pl.Series:
    """Rows by startdatum and plaatsing_id, the order in which a history is read."""
    return placements.select(pl.arg_sort_by("startdatum", "plaatsing_id")).to_series()


def _complete(rows: pl.DataFrame, names: Sequence[str]) -> pl.DataFrame:
    """Every column that is asked, absent ones empty; ids made from file, sheet and row where the file has none."""
    absent = [pl.lit(None, pl.String).alias(name) for name in names if name not in rows.columns]
    if "id_gemaakt" not in rows.columns:
        absent.append(pl.lit("plaatsing_id" not in rows.columns).alias("id_gemaakt"))
    text = rows.with_columns(absent)
    if text["id_gemaakt"].any():
        made = pl.concat_str("bestand", "blad", "rij", separator="-", ignore_nulls=True)
        text = text.with_columns(plaatsing_id=pl.when("id_gemaakt").then(made).otherwise("plaatsing_id"))
    stood = [as_stood(name) for name in names if as_stood(name) in text.columns]
    return text.select(*ORIGIN, "id_gemaakt", *names, *stood)
