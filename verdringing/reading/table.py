"""Text as it is written to a table: columns with the names of the record, and what is left out of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verdringing.privacy.sensitive import Sensitive, recognise
from verdringing.reading import headers, paths
from verdringing.reading.raw import Raw, as_stood, veld
from verdringing.record import BY_NAME, COLUMNS, Column
from verdringing.words import _


@dataclass(frozen=True, slots=True)
class Table:
    """A file as text: `rij` and the known columns that it has, headers left out, broken rows, empty lines, SHA-256."""

    frame: pl.DataFrame
    left_out: tuple[str, ...]
    broken: pl.DataFrame
    empty_lines: int
    sha256: str
    sheet: str | None = None
    titles: int = 0
    totals: int = 0
    sensitive: tuple[Sensitive, ...] = ()


def named(raw: Raw, fingerprint: str, given: paths.Given, known: Collection[str], own: Sequence[Column] = ()) -> Table:
    """What a reader gave, with the `known` columns named and all others left out; UserError where two are one."""
    spelled = headers.spelled(raw.header, known, raw.named, str(given))
    filled = _filled(raw.frame) if raw.header else raw.frame
    left_out = [
        written.strip() or _("kolom {n}", n=place + 1)
        for place, written in enumerate(raw.header)
        if place not in spelled.values() and (written.strip() or filled[veld(place)].count())
    ]
    sensitive = _sensitive(raw.header, spelled, filled, own)
    private = {column for column, place in spelled.items() if column not in BY_NAME and place in sensitive}
    frame = filled.select(
        "rij",
        *(pl.col(veld(place)).alias(column) for column, place in spelled.items() if column not in private),
        *(pl.lit(value).alias(column) for column, value in raw.fixed.items()),
        *(pl.col(kept).alias(as_stood(column)) for column, kept in raw.stood.items() if column not in private),
    )
    empty_lines = raw.empty_lines + raw.frame.height - filled.height
    counted = (raw.broken, empty_lines, fingerprint, raw.sheet, raw.titles, raw.totals)
    return Table(frame, tuple(left_out), *counted, tuple(sensitive.values()))


def _filled(frame: pl.DataFrame) -> pl.DataFrame:
    """Rows in which something stands; a row is looked at as a whole only where its first column is empty."""
    doubtful = frame.filter(_blank(pl.col(veld(0))))
    empty = doubtful.filter(pl.all_horizontal(_blank(pl.exclude("rij"))))["rij"]
    return frame if empty.is_empty() else frame.filter(~pl.col("rij").is_in(empty.implode()))


def _blank(column: pl.Expr) -> pl.Expr:
    return column.fill_null("").str.strip_chars() == ""


def _sensitive(
    header: Sequence[str], spelled: Mapping[str, int], filled: pl.DataFrame, own: Iterable[Column]
) -> dict[int, Sensitive]:
    """Columns that say too much about a person, by place: those left out or of a policy's own, and text by content."""
    record = {place: column for column, place in spelled.items() if column not in {one.name for one in own}}
    text = {column.name for column in COLUMNS if column.kind == "text" or column.name == "geboortejaar"}
    asked = [place for place in range(len(header)) if place not in record or record[place] in text]
    found = {place: recognise(record.get(place, header[place]), filled[veld(place)]) for place in asked}
    return {place: one for place, one in found.items() if one}
