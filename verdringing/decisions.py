"""Decisions on signals as people give them: a returned work list, a CSV of that form, or the file they are kept in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from verdringing import decision_rows, paths
from verdringing.decision_rows import KNOWN, LISTED, SCHEMA
from verdringing.errors import Mistake, UserError
from verdringing.read import Table, read_table
from verdringing.record import header_name
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.audited import Order

LEDGER = "beoordelingen.csv"
"""All decisions, a row each, newest last: the next run reads it, adds to it and takes nothing away."""


@dataclass(frozen=True, eq=False, slots=True)
class Given:
    """What was given: `fresh` decisions, every signal on their list, and `earlier` decisions in the order of LEDGER.

    fresh: SCHEMA and waar (file and row). listed: LISTED. earlier: SCHEMA.
    """

    fresh: pl.DataFrame
    listed: pl.DataFrame
    earlier: pl.DataFrame
    files: tuple[Path, ...] = ()


def read(path: Path | None, out: Path, *, today: date, second_person: bool = False) -> Given | None:
    """Read the decisions in `path` and those kept in LEDGER, in folder `out` and beside `path`; None without any.

    UserError with every row that cannot be read: decisions are taken whole or not at all. `today` is the last day on
    which a decision can have been made; `second_person` says that each new one needs two people.
    """
    if path == paths.STANDARD_INPUT:
        raise UserError(Mistake("--beoordelingen", _("geef een bestand; besluiten komen niet van standaardinvoer")))
    kept = _kept(path, out)
    tables = {str(file): read_table(file, file.name, KNOWN) for file in kept}
    if path is not None and path.resolve() not in {file.resolve() for file in kept}:
        tables |= _tables(path)
    if not tables:
        return None
    lists = {where: table for where, table in tables.items() if not _is_ledger(table)}
    checked = {where: decision_rows.checked(table, where) for where, table in tables.items() if where not in lists}
    new = {where: decision_rows.checked(table, where, today, second_person) for where, table in lists.items()}
    mistakes = [mistake for _rows, wrong in (*checked.values(), *new.values()) for mistake in wrong]
    earlier = _in_order([rows for rows, _wrong in checked.values()])
    listed = _joined([decision_rows.listed(table) for table in lists.values()], LISTED)
    if earlier.is_empty() and listed["beoordeling"].count():
        mistakes.append(_history_lost(path))
    if mistakes:
        raise UserError(*mistakes)
    files = [paths.given(path).path] if path else []
    fresh = _joined([rows for rows, _wrong in new.values()], {**SCHEMA, "waar": pl.String()})
    return Given(fresh, listed, earlier, tuple({file.resolve(): file for file in (*kept, *files)}.values()))


def asked(order: Order, *, second_person: bool = False) -> Given | None:
    """The decisions that an order gives, and those of the report that it replaces; None where it wants none."""
    if order.without_decisions:
        return None
    return read(order.decisions, order.out, today=order.now.date(), second_person=second_person)


def _kept(path: Path | None, out: Path) -> list[Path]:
    """Files of earlier decisions: of the report that will be replaced, and beside the list that came back."""
    folders = [out, *([path.parent] if path else [])]
    files = {(folder / LEDGER).resolve(): folder / LEDGER for folder in reversed(folders)}
    return [file for file in reversed(files.values()) if file.is_file()]


def _tables(path: Path) -> dict[str, Table]:
    """Every sheet with a column besluit, by where it is; or the one table of a file of another kind."""
    given = paths.given(path)
    names = [] if given.sheet is not None else _sheets(given)
    if len(names) < 2:
        only = f"{path}#{names[0]}" if names else str(path)
        return {str(path): read_table(Path(only), given.name, KNOWN)}
    places = {_("{bestand}, blad {blad}", bestand=path, blad=name): Path(f"{path}#{name}") for name in names}
    return {where: read_table(one, given.name, KNOWN) for where, one in places.items()}


def _sheets(given: paths.Given) -> list[str]:
    """Sheets on which decisions can stand; none for a file that is no workbook, or that cannot be read."""
    content = paths.unpacked(paths.content(given.path), str(given))
    if paths.kind(content, str(given)) != "workbook":
        return []
    import fastexcel

    try:
        reader = fastexcel.read_excel(content)
        tops = {
            name: reader.load_sheet(name, header_row=None, n_rows=30, dtypes="string") for name in reader.sheet_names
        }
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # also a panic of the reader: what is wrong is told by the reader of all workbooks
        return []
    return [name for name, top in tops.items() if _has_decisions(top.to_polars())]


def _has_decisions(top: pl.DataFrame) -> bool:
    """Whether a row is the header of a list: besluit with at least two other columns that are known."""
    headers = [{header_name(text) for text in row if text} & set(KNOWN) for row in top.rows()]
    return any("besluit" in header and len(header) > 2 for header in headers)


def _is_ledger(table: Table) -> bool:
    """Whether this is a LEDGER: only that says what a decision was about, and has no earlier decisions beside it."""
    return "over" in table.frame.columns and "beoordeling" not in table.frame.columns


def _in_order(ledgers: Sequence[pl.DataFrame]) -> pl.DataFrame:
    """Earlier decisions of all files: those of the first, then what the others have besides."""
    whole = pl.DataFrame(schema=SCHEMA)
    for rows in ledgers:
        more = rows.select(SCHEMA.names())
        whole = pl.concat([whole, more.join(whole, on=SCHEMA.names(), how="anti", nulls_equal=True)])
    return whole


def _joined(frames: Sequence[pl.DataFrame], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=schema), *frames])


def _history_lost(path: Path | None) -> Mistake:
    what = _("op deze lijst staan eerdere besluiten, maar het bestand {naam} is er niet bij", naam=LEDGER)
    hint = _("Leg {naam} uit de map van dat rapport naast de lijst.", naam=LEDGER)
    return Mistake(str(path or ""), what, hint)
