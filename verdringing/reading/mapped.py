"""A mapping held against one file: which header is which column, codes to values, dates and numbers as they are meant.

Only text that the mapping makes clear is rewritten, in a form that can be read in one way; the text as it stood is kept
beside it for the lists of rejected rows and warnings.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from collections.abc import Mapping as Names
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from verdringing.distinct import per_distinct
from verdringing.errors import Mistake, UserError, meant
from verdringing.reading import habit_forms, headers
from verdringing.reading.raw import Raw, set_apart, veld
from verdringing.record import NUMBERS, Column, by_name, header_name
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.reading.mapping import Mapping


def below_header(content: bytes, row: int, where: str) -> tuple[bytes, int]:
    """Text with the lines above the header made empty, so that rows keep their number; and how many were filled.

    A first line `sep=;` stays: it is no title. UserError when the text has no such row.
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        content = content.decode("utf-16", errors="replace").encode()
    lines = content.splitlines(keepends=True)
    if row > len(lines) or not lines[row - 1].strip(b"\r\n;,\t "):
        raise UserError(Mistake(where, _("op rij {rij} staan geen kolomnamen", rij=row), _about_row()))
    above = [line for line in lines[: row - 1] if not line.lower().lstrip(b'\xef\xbb\xbf"').startswith(b"sep=")]
    ends = [line if line not in above else line[len(line.rstrip(b"\r\n")) :] for line in lines[: row - 1]]
    return b"".join([*ends, *lines[row - 1 :]]), sum(bool(line.strip(b"\xef\xbb\xbf\r\n;,\t ")) for line in above)


def _about_row() -> str:
    return _("Zeg bij 'kop_op_rij' op welke rij van het bestand de kolomnamen staan.")


def apply(mapping: Mapping, raw: Raw, name: str, where: str, own: Iterable[Column] = ()) -> Raw:
    """Name the columns, set apart what is skipped, and rewrite the values; UserError when file and mapping disagree.

    `own` are columns of a policy's own, beside those of the record.
    """
    named, known = _named(mapping, raw, where), by_name(own)
    spelled = headers.spelled(raw.header, known, named, where)
    mistakes = list(_misplaced(mapping, raw, spelled, where))
    if mistakes:
        raise UserError(*mistakes)
    kept = _without_skipped(mapping, replace(raw, named=named, fixed=mapping.fixed), name)
    return _rewritten(mapping, kept, {known[column]: place for column, place in spelled.items()}, where)


def _named(mapping: Mapping, raw: Raw, where: str) -> dict[str, int]:
    """Column → place of its header; every header that is not there, or there twice, is a mistake."""
    bare = [header_name(written) for written in raw.header]
    named: dict[str, int] = {}
    mistakes = []
    for column, header in mapping.columns.items():
        times = bare.count(header_name(header))
        if times == 1:
            named[column] = bare.index(header_name(header))
            continue
        what = _("kop '{kop}' staat niet in {bestand}", kop=header, bestand=where)
        if times:
            what = _("kop '{kop}' staat {n} keer in {bestand}", kop=header, n=times, bestand=where)
        hint = "" if times else meant(header, map(str.strip, raw.header))
        mistakes.append(Mistake(mapping.where("kolommen", column), what, hint))
    if mistakes:
        raise UserError(*mistakes)
    return named


def _misplaced(mapping: Mapping, raw: Raw, spelled: Names[str, int], where: str) -> Iterator[Mistake]:
    """Constants for columns that the file has, and codes for columns that it does not have."""
    for column in mapping.fixed:
        if column in spelled:
            what = _("{bestand} heeft zelf een kolom '{kop}'", bestand=where, kop=raw.header[spelled[column]])
            yield Mistake(mapping.where("vast", column), what, _("Verwijder deze regel, of hernoem die kolom."))
    for column in mapping.values:
        if column not in spelled:
            what = _("{bestand} heeft geen kolom '{naam}'", bestand=where, naam=column)
            yield Mistake(mapping.where("waarden", column), what, _("Noem de kop onder 'kolommen'."))


def _without_skipped(mapping: Mapping, raw: Raw, name: str) -> Raw:
    """Set apart the rows whose first filled cell starts with a word of `overslaan`."""
    if not mapping.skip:
        return raw
    cells = [pl.col(veld(place)).str.strip_chars() for place in range(len(raw.header))]
    first = pl.coalesce(pl.when(cell != "").then(cell) for cell in cells).str.to_lowercase()
    hits = [pl.when(first.str.starts_with(word.strip().lower())).then(pl.lit(word)) for word in mapping.skip]
    words = raw.frame.select("rij", word=pl.coalesce(hits))
    found = words.drop_nulls("word").rows()
    apart = set_apart(
        name, raw.sheet, [(row, _("overgeslagen: begint met '{woord}'", woord=word)) for row, word in found]
    )
    broken = pl.concat(part for part in (raw.broken, apart) if part.height) if len(found) else raw.broken
    return replace(raw, frame=raw.frame.filter(words["word"].is_null()), broken=broken, totals=raw.totals + len(found))


def _rewritten(mapping: Mapping, raw: Raw, spelled: Names[Column, int], where: str) -> Raw:
    """The frame with changed values in place, and the values as they stood in columns of their own."""
    changed, copies, stood = [], [], {}
    for column, place in spelled.items():
        change = _change(mapping, column, pl.col(veld(place)))
        if change is not None:
            changed.append(change.alias(veld(place)))
            stood[column.name] = f"stond_{place}"
            copies.append(pl.col(veld(place)).alias(stood[column.name]))
    frame = raw.frame.with_columns(copies).with_columns(changed)
    if mapping.habits.getal is None:
        habit_forms.refuse_doubt(raw, frame, spelled, where)
    return replace(raw, frame=frame, stood=stood)


def _change(mapping: Mapping, column: Column, text: pl.Expr) -> pl.Expr | None:
    """What the mapping makes of the values of a column; None when it leaves them alone."""
    kind, codes, habits = column.kind, mapping.values.get(column.name), mapping.habits
    change = None
    if codes:
        change = (
            text.str.strip_chars().str.to_lowercase().replace_strict(list(codes), list(codes.values()), default=text)
        )
    if kind == "date" and habits.datum:
        order = habits.datum
        change = per_distinct(text if change is None else change, lambda one: habit_forms.day(one, order), pl.String)
    elif kind in NUMBERS and habits.getal:
        sign = habits.getal
        change = per_distinct(text if change is None else change, lambda one: habit_forms.number(one, sign), pl.String)
    return change
