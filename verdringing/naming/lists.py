"""Lists of employers (black list, reports): CSV, a workbook or YAML, taken whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from operator import attrgetter
from pathlib import Path

import polars as pl
from pydantic import ValidationInfo

from verdringing import strict_yaml, written_day
from verdringing.errors import Mistake, UserError
from verdringing.names import firm
from verdringing.naming import list_yaml
from verdringing.read import read_table
from verdringing.record import BY_NAME, header_name
from verdringing.values import READERS, means_empty
from verdringing.words import _

BLACKLIST = ("werkgever", "kvk_nummer", "van", "tot", "reden", "besluit")
REPORTS = ("werkgever", "kvk_nummer", "datum", "kenmerk")
"""Columns of a black list (an employer, the days for which it is listed) and of reports (an employer, one day)."""

DATES = {"van": "date", "tot": "einddatum", "datum": "date"}
"""Columns that are days, and how each is read."""

_ISO = r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
_Place = Callable[[int, str], str]
"""Row number and column → where that stands, for a sentence."""
Pairs = frozenset[tuple[str, str]]


@dataclass(frozen=True, eq=False, slots=True)
class EmployerList:
    """A list of employers: its columns and naam (normalised name), one row per entry, and the file it came from.

    `apart` are pairs of names, each in alphabetical order, that a person decided are not one employer.
    """

    entries: pl.DataFrame
    source: str
    sha256: str = ""
    apart: Pairs = frozenset()


def named(value: object, info: ValidationInfo) -> object:
    """Look a list up by its name in the lists that the rule book holds; a list that is not given is None."""
    return (info.context or {}).get("lists", {}).get(value) if isinstance(value, str) else value


def read_list(path: Path, columns: Sequence[str] = BLACKLIST) -> EmployerList:
    """Read a list from CSV, a workbook or YAML; UserError with all that cannot be read: it is taken whole or not."""
    in_yaml = path.suffix.lower() in (".yaml", ".yml")
    text, fingerprint, place, mistakes = (_yaml if in_yaml else _table)(path, columns)
    days = [READERS[DATES[name]](pl.col(name)) for name in columns if name in DATES]
    typed = text.with_columns(READERS["kvk"](pl.col("kvk_nummer")), *days)
    mistakes += _bad_cells(text, typed, place, iso=in_yaml)
    if mistakes:
        raise UserError(*sorted(mistakes, key=attrgetter("line")) if in_yaml else mistakes)
    return EmployerList(typed.with_columns(naam=firm(pl.col("werkgever"))), path.name, fingerprint)


_Text = tuple[pl.DataFrame, str, _Place, list[Mistake]]
"""A list as text (rij and its columns), SHA-256, where things stand, and what was wrong already."""


def _table(path: Path, columns: Sequence[str]) -> _Text:
    table = read_table(path, path.name, columns)
    has = table.frame.columns
    absent = [pl.lit(None, pl.String).alias(name) for name in columns if name not in has]
    stripped = [pl.col(name).str.strip_chars().replace("", None) for name in columns if name in has]
    text = table.frame.with_columns(absent).with_columns(stripped).select("rij", *columns)
    mistakes = [Mistake(_in_row(path, row["rij"]), row["reden"]) for row in table.broken.to_dicts()]
    mistakes += _unknown_columns(has, table.left_out, path, columns)
    filled = text.filter(pl.any_horizontal(pl.col(*columns).is_not_null()))
    return filled, table.sha256, lambda row, _column: _in_row(path, row), mistakes


def _in_row(path: Path, row: int) -> str:
    return _("{bestand}, rij {rij}", bestand=path, rij=row)


def _unknown_columns(has: Sequence[str], left_out: Sequence[str], path: Path, known: Sequence[str]) -> list[Mistake]:
    """A list needs werkgever or kvk_nummer; a misspelt column must not leave an employer out."""
    mistakes = [
        Mistake(str(path), _("onbekende kolom '{naam}'", naam=name), list_yaml.meant_or_all(header_name(name), known))
        for name in left_out
    ]
    if not {"werkgever", "kvk_nummer"} & set(has):
        mistakes.append(Mistake(str(path), _("er is geen kolom 'werkgever' of 'kvk_nummer'")))
    if "datum" in known and "datum" not in has:
        mistakes.append(Mistake(str(path), _("er is geen kolom 'datum'")))
    return mistakes


def _yaml(path: Path, columns: Sequence[str]) -> _Text:
    document = strict_yaml.read(path)
    mistakes: list[Mistake] = []
    found = list_yaml.entries(document, columns, mistakes)
    rows = [{"rij": place + 1, **one} for place, one in found.items()]
    text = pl.DataFrame(rows, {"rij": pl.UInt32, **dict.fromkeys(columns, pl.String)})
    fingerprint = sha256(path.read_bytes()).hexdigest()
    return text, fingerprint, lambda row, column: document.where((row - 1, column)), mistakes


def _bad_cells(text: pl.DataFrame, typed: pl.DataFrame, place: _Place, *, iso: bool) -> Iterator[Mistake]:
    """Cells that cannot be read, rows without an employer or a day, and periods that end before they begin."""
    number, name = pl.col("kvk_nummer").is_not_null(), pl.col("werkgever").is_not_null()
    no_number = pl.lit(typed["kvk_nummer"].is_null())
    hint = _("Een KvK-nummer heeft 8 cijfers; een vestigingsnummer heeft er 12.")
    bad: list[tuple[str, pl.Expr, str, str | None]] = [
        ("kvk_nummer", no_number & number, _("het KvK-nummer is geen nummer van 8 cijfers"), hint),
        ("werkgever", ~number & ~name, _("er staat geen werkgever en geen KvK-nummer"), ""),
    ]
    for column in (column for column in text.columns if column in DATES):
        silent = means_empty(BY_NAME["einddatum" if column == "tot" else "startdatum"], pl.col(column))
        unread = pl.lit(typed[column].is_null()) & ~silent.fill_null(value=True)
        other = ~pl.col(column).str.contains(_ISO) if iso else pl.lit(value=False)
        bad.append((column, unread | other.fill_null(value=False), _("'{naam}' is geen datum", naam=column), None))
        if column == "datum":
            bad.append((column, silent.fill_null(value=True), _("er staat geen datum"), ""))
    if "tot" in text.columns:
        before = pl.lit((typed["tot"] < typed["van"]).fill_null(value=False))
        bad.append(("tot", before, _("'tot' ligt voor 'van'"), _("Zijn 'van' en 'tot' verwisseld?")))
    for column, wrong, what, meant in bad:
        for row, value in text.filter(wrong).select("rij", column).rows():
            yield Mistake(place(row, column), what, _day_hint(value, iso=iso) if meant is None else meant)


def _day_hint(value: str, *, iso: bool) -> str:
    return written_day.hint(value) if iso else _("Schrijf een datum als 31-12-2026 of 2026-12-31.")
