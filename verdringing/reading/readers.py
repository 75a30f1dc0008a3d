"""The bytes of a file to text as it is written: which reader reads it."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING

from verdringing.errors import Mistake, UserError
from verdringing.reading import csv_text, headers, paths
from verdringing.record import Column, header_name
from verdringing.words import _

if TYPE_CHECKING:
    from collections.abc import Sequence

    from verdringing.reading.mapping import Mapping
    from verdringing.reading.raw import Raw


def read_raw(
    given: paths.Given,
    name: str,
    known: Collection[str],
    mapping: Mapping | None = None,
    own: Sequence[Column] = (),
) -> tuple[Raw, str]:
    """Read one file with the header as written, before its columns are named; and its SHA-256.

    The reader is chosen by what the bytes are, not by what the file is called; but the two must not disagree. UserError
    when they do, or the file cannot be read.
    """
    where = str(given)
    packed = paths.content(given.path)
    content = paths.unpacked(packed, where)
    kind = paths.kind(content, where)
    same_as_called(kind, given, where)
    if given.sheet is not None and kind != "workbook":
        raise UserError(Mistake(where, _("alleen een Excel- of ODS-bestand heeft bladen")))
    row = mapping.header_row if mapping else None
    if mapping:
        from verdringing.reading import mapped  # of these rooms most runs need none
    if kind == "workbook":
        from verdringing.reading import workbook

        written = [header_name(header) for header in mapping.columns.values()] if mapping else []
        raw = workbook.read(content, where, name, given.sheet, [*headers.known(known), *written], row)
    elif kind == "parquet":
        from verdringing.reading import parquet_text

        raw = parquet_text.read(content, where, known)
    else:
        text, titles = mapped.below_header(content, row, where) if row else (content, 0)
        raw = csv_text.read(text, where, name)
        raw = replace(raw, titles=titles, empty_lines=raw.empty_lines - titles)
    return mapped.apply(mapping, raw, name, where, own) if mapping else raw, sha256(packed).hexdigest()


def same_as_called(kind: paths.Kind, given: paths.Given, where: str) -> None:
    """Refuse a workbook called .csv, a text called .xlsx and the like: something went wrong before us."""
    called = paths.called(given.path)
    if called is None or called == kind:
        return
    what = {
        "text": _("dit is een tekstbestand en geen {soort}", soort=paths.in_words(called)),
        "workbook": _("dit is een Excel- of ODS-werkmap en geen {soort}", soort=paths.in_words(called)),
        "parquet": _("dit is een Parquet-bestand en geen {soort}", soort=paths.in_words(called)),
    }[kind]
    hint = {
        "text": _("Geef het bestand de extensie .csv."),
        "workbook": _("Geef het bestand de extensie .xlsx, .xls of .ods."),
        "parquet": _("Geef het bestand de extensie .parquet."),
    }[kind]
    raise UserError(Mistake(where, what, hint))
