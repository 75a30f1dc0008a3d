"""Why rows are rejected and values emptied: where each stands, how it stood, and the reason."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from verdringing.reading.raw import PROBLEMS, as_stood
from verdringing.record import ORIGIN, Column
from verdringing.unreadable import reason
from verdringing.values import means_empty
from verdringing.words import _

Problem = tuple[pl.Series, str, str | pl.Series]
"""Row numbers, the column, the reason (of all, or of each)."""
IN_ORDER = ("bestand", "blad", "rij", "kolom")
_NUMBERED = pl.Schema([("_row", pl.UInt32), *PROBLEMS.items()])


@dataclass(frozen=True, slots=True)
class Block:
    """Rows as text and typed, side by side: both have _row (0, 1, …) and ORIGIN; `columns` are those of the record."""

    text: pl.DataFrame
    read: pl.DataFrame
    columns: tuple[Column, ...]


def problems(block: Block, *, required: bool) -> pl.DataFrame:
    """Why rows are rejected (`required`), or values that were emptied: _row and PROBLEMS, in the order of the input.

    Rows that stand there twice are not among them: for that all rows are needed (see `doubled`).
    """
    found = _unreadable(block.text, block.read, block.columns, required=required)
    return table(block.text, [*found, *(_impossible(block.read) if required else ())])


def doubled(read: pl.DataFrame, names: Sequence[str], made: pl.Series, lost: pl.DataFrame) -> list[Problem]:
    """Rows that stand there twice; `made` says whose plaatsing_id was made from the row, `lost` is of `unread`."""
    return [*_same_id(read, names, lost), *_same_content(read, names, made, lost)]


def unread(block: Block) -> pl.DataFrame:
    """What stood in a row and could not be read: _row and _ongelezen (one text), for rows where something did.

    Of a text nothing is lost: what is emptied there counts as empty by agreement.
    """
    texts = [
        lost.select("_row", _ongelezen=pl.lit(f"{column.name}=") + pl.col(column.name).str.strip_chars())
        for column in block.columns
        if column.kind != "text" and (lost := _lost(block.text, block.read, column)).height
    ]
    if not texts:
        return pl.DataFrame(schema={"_row": pl.UInt32, "_ongelezen": pl.String})
    return pl.concat(texts).group_by("_row").agg(pl.col("_ongelezen").str.join("\x1f")).sort("_row")


def _unreadable(
    text: pl.DataFrame, read: pl.DataFrame, columns: Iterable[Column], *, required: bool
) -> Iterator[Problem]:
    """Values that stand there but cannot be read; for required columns also values that do not stand there."""
    for column in columns:
        if (column.required or column.name == "einddatum") is not required:
            continue
        lost = _lost(text, read, column)
        yield lost["_row"], column.name, lost.with_columns(reden=reason(column))["reden"]
        if column.required and read[column.name].null_count():
            absent = text.select("_row", column.name).filter(read[column.name].is_null())
            empty = means_empty(column, pl.col(column.name)).fill_null(value=True)
            yield _problem(absent.filter(empty), column.name, _("ontbreekt"))
    if required:
        nameless = read.select("_row").filter(read["werkgever"].is_null() & read["kvk_nummer"].is_null())
        yield _problem(nameless, "werkgever", _("ontbreekt, en er is geen KvK-nummer"))


def _lost(text: pl.DataFrame, read: pl.DataFrame, column: Column) -> pl.DataFrame:
    """Rows (_row and the text) in which a value stands that cannot be read."""
    asked = text.select("_row", column.name)
    if read[column.name].null_count() == text[column.name].null_count():
        return asked.clear()
    lost = asked.filter(read[column.name].is_null() & text[column.name].is_not_null())
    return lost.filter(~means_empty(column, pl.col(column.name)))


def _impossible(read: pl.DataFrame) -> Iterator[Problem]:
    backwards = read.select("_row").filter((read["einddatum"] < read["startdatum"]).fill_null(value=False))
    yield _problem(backwards, "einddatum", _("ligt voor de startdatum"))


def _same_id(read: pl.DataFrame, names: Sequence[str], lost: pl.DataFrame) -> Iterator[Problem]:
    """The same row twice: the first stays. One plaatsing_id on rows that differ: none stays."""
    ids = read["plaatsing_id"]
    if ids.n_unique() == len(ids) - max(ids.null_count() - 1, 0):
        return  # in a fifth of the time that it takes to say which ones come back
    likely = _in_order(read.filter(ids.is_duplicated() & ids.is_not_null()), lost)
    likely = likely.with_columns(_content=pl.struct(*names, "_ongelezen").rank("dense"))
    one_kind = pl.col("_content").n_unique().over("plaatsing_id") == 1
    again = likely.filter(one_kind & ~pl.col("plaatsing_id").is_first_distinct())
    yield _problem(again, "plaatsing_id", _twice())
    yield _problem(likely.filter(~one_kind), "plaatsing_id", _("staat op rijen die verschillen"))


def _same_content(read: pl.DataFrame, names: Sequence[str], made: pl.Series, lost: pl.DataFrame) -> Iterator[Problem]:
    """Where the ids were made from the row, the same row twice shows only in the other columns."""
    if not made.any():
        return
    likely = read.filter(read.select("kandidaat_id", "werkgever", "kvk_nummer", "startdatum").is_duplicated() & made)
    contents = pl.struct(*(name for name in names if name != "plaatsing_id"), "_ongelezen")
    yield _problem(_in_order(likely, lost).filter(~contents.is_first_distinct()), "plaatsing_id", _twice())


def _in_order(likely: pl.DataFrame, lost: pl.DataFrame) -> pl.DataFrame:
    """Rows that may be the same, as they follow one another, with what could not be read in them."""
    return likely.sort("bestand", "blad", "rij").join(lost, on="_row", how="left", maintain_order="left")


def _twice() -> str:
    return _("dezelfde rij staat er twee keer (gelijk in alles wat wordt gelezen); de eerste telt")


def _problem(rows: pl.DataFrame, column: str, why: str) -> Problem:
    return rows["_row"], column, why


def table(text: pl.DataFrame, found: Iterable[Problem]) -> pl.DataFrame:
    """Problems with where they stand and the value as it stood: _row and PROBLEMS, in the order of the input.

    `text` has _row (0, 1, …), ORIGIN and the columns that the problems name.
    """
    parts = [
        pl.DataFrame([rows, _as_written(text, column).gather(rows).alias("waarde")]).with_columns(
            kolom=pl.lit(column), reden=pl.lit(why)
        )
        for rows, column, why in found
        if len(rows)
    ]
    if not parts:
        return pl.DataFrame(schema=_NUMBERED)
    whole = pl.concat(parts)
    stood = whole.hstack(text.select(pl.col(ORIGIN).gather(whole["_row"])).get_columns())
    return stood.select("_row", *PROBLEMS).cast(_NUMBERED).sort(IN_ORDER, maintain_order=True)


def _as_written(text: pl.DataFrame, column: str) -> pl.Series:
    """Values of a column as they stood in the file, also where a mapping changed them."""
    kept = as_stood(column)
    return text.select(pl.coalesce(kept, column)).to_series() if kept in text.columns else text[column]
