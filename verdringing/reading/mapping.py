"""What a person says about an export: kolommen.yaml, read and held against the record before any file is opened.

kolommen: column → header as written. waarden: per column, their code → our value. vast: columns with one value for all
rows. gewoonten: how dates and numbers are written. kop_op_rij: row of the header. overslaan: how rows begin that are no
placements. A column is one of the record, or of a policy's own. What a mapping does to a file is in mapped.py.
"""

from __future__ import annotations

import collections.abc as abc
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Annotated, Any, Literal, TypeAlias

import polars as pl
from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from verdringing.complaints import complaints
from verdringing.errors import Mistake, UserError, meant
from verdringing.record import INSTRUMENTS, Column, by_name, header_name
from verdringing.strict_yaml import Document, load, read
from verdringing.values import typed
from verdringing.words import _

Day = Literal["dag-maand-jaar", "maand-dag-jaar", "jaar-maand-dag"]
Number = Literal["komma", "punt"]
IDS = ("plaatsing_id", "kandidaat_id")
Known: TypeAlias = abc.Mapping[str, Column]
Word = Annotated[str, Field(min_length=1, pattern=r"\S")]


class Habits(BaseModel):
    """How a file writes what can be read in two ways."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    datum: Day | None = None
    getal: Number | None = None


class MappingFile(BaseModel):
    """kolommen.yaml as written."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    kolommen: dict[str, Word] = {}
    waarden: dict[str, dict[str, Any]] = {}
    vast: dict[str, Any] = {}
    gewoonten: Habits = Habits()
    kop_op_rij: int | None = Field(default=None, ge=1)
    overslaan: tuple[Word, ...] = ()

    @model_validator(mode="before")
    @classmethod
    def _blocks_may_be_empty(cls, given: Any) -> Any:
        """A block of which every line is commented out says nothing, and so does a file without a line."""
        if not isinstance(given, dict):
            return given
        said = {key: value for key, value in given.items() if value is not None}
        if isinstance(said.get("waarden"), dict):
            said["waarden"] = {name: {} if codes is None else codes for name, codes in said["waarden"].items()}
        return said


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping that holds: column → header, column → code (lower case) → text, column → text, and the habits."""

    columns: abc.Mapping[str, str] = field(default_factory=dict)
    values: abc.Mapping[str, abc.Mapping[str, str]] = field(default_factory=dict)
    fixed: abc.Mapping[str, str] = field(default_factory=dict)
    habits: Habits = field(default_factory=Habits)
    header_row: int | None = None
    skip: tuple[str, ...] = ()
    document: Document = field(default_factory=lambda: load("", ""))

    def where(self, *route: str) -> str:
        """File and line of an entry."""
        return self.document.where(route)


def read_mapping(path: Path, own: abc.Iterable[Column] = ()) -> Mapping:
    """Read kolommen.yaml; UserError with every mistake in it, each with its line. `own` are a policy's own columns."""
    known = by_name(own)
    document = read(path)
    try:
        file = MappingFile.model_validate({} if document.data is None else document.data)
    except ValidationError as error:
        raise UserError(*complaints(error, document, (), {*MappingFile.model_fields, *Habits.model_fields})) from None
    mistakes = [*_columns(file, document, known), *_constants(file, document, known), *_codes(file, document, known)]
    if mistakes:
        raise UserError(*sorted(mistakes, key=attrgetter("line")))
    return Mapping(
        columns=file.kolommen,
        values={name: {_code(c): _text(v) for c, v in codes.items()} for name, codes in file.waarden.items()},
        fixed={name: _text(value) for name, value in file.vast.items()},
        habits=file.gewoonten,
        header_row=file.kop_op_rij,
        skip=file.overslaan,
        document=document,
    )


def _columns(file: MappingFile, document: Document, known: Known) -> abc.Iterator[Mistake]:
    """Only known columns, in every block; one header is one column."""
    blocks: dict[str, abc.Iterable[str]] = {"kolommen": file.kolommen, "waarden": file.waarden, "vast": file.vast}
    for block, names in blocks.items():
        for name in names:
            if name not in known:
                what = _("onbekende kolom '{naam}'", naam=name)
                yield Mistake(document.where((block, name)), what, meant(name, known))
    first: dict[str, str] = {}
    for name, header in file.kolommen.items():
        other = first.setdefault(header_name(header), name)
        if other != name:
            what = _("kop '{kop}' is ook al de kolom '{naam}'", kop=header, naam=other)
            yield Mistake(document.where(("kolommen", name)), what, _("Een kop hoort bij één kolom."))


def _constants(file: MappingFile, document: Document, known: Known) -> abc.Iterator[Mistake]:
    for name, value in file.vast.items():
        where = document.where(("vast", name))
        if name in file.kolommen:
            what = _("kolom '{naam}' heeft al de kop '{kop}'", naam=name, kop=file.kolommen[name])
            yield Mistake(where, what, _("Kies: een kop onder 'kolommen', of één waarde onder 'vast'."))
        elif name in IDS:
            yield Mistake(where, _("'{naam}' kan niet op elke rij hetzelfde zijn", naam=name))
        elif name in known:
            yield from _readable(known[name], value, where, empty=False)


def _codes(file: MappingFile, document: Document, known: Known) -> abc.Iterator[Mistake]:
    for name, codes in file.waarden.items():
        if name in IDS:
            yield Mistake(document.where(("waarden", name)), _("'{naam}' heeft geen codes", naam=name))
        first: dict[str, str] = {}
        for code, value in codes.items():
            where = document.where(("waarden", name, code))
            if not _code(code):
                yield Mistake(where, _("een lege waarde blijft leeg"), _("Verwijder deze regel."))
            elif first.setdefault(_code(code), code) != code:
                yield Mistake(
                    where, _("'{code}' en '{ander}' zijn dezelfde waarde", code=code, ander=first[_code(code)])
                )
            if name in known:
                yield from _readable(known[name], value, where, empty=True)


def _readable(column: Column, value: object, where: str, *, empty: bool) -> abc.Iterator[Mistake]:
    """Nothing when a value is one of the column; `empty` says whether it may also be nothing."""
    text = _text(value)
    if isinstance(value, dict | list) or (text == "" and not empty):
        yield Mistake(where, _("hier hoort één waarde"))
    elif text and column.kind in ("instrument", "choice", "yes_no"):
        choices = {"instrument": INSTRUMENTS, "yes_no": ("ja", "nee")}.get(column.kind, column.choices)
        if text not in choices:
            what = _("'{waarde}' kan niet; kies uit: {keuzes}", waarde=text, keuzes=", ".join(choices))
            yield Mistake(where, what, meant(text, choices))
    elif text and pl.select(pl.lit(text).alias(column.name)).select(typed(column, {}, few=True)).item() is None:
        yield Mistake(where, _("'{waarde}' kan niet in de kolom '{naam}'", waarde=text, naam=column.name))


def _code(written: str) -> str:
    return written.strip().lower()


def _text(value: object) -> str:
    """A value of YAML as it would stand in a file."""
    match value:
        case None:
            return ""
        case bool():
            return "ja" if value else "nee"
        case date() | Decimal() | int():
            return str(value)
    return str(value).strip()
