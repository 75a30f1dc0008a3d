"""Decisions on signals as people give them: a returned work list, a CSV of that form, or the file they are kept in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from verdringing.deciding import decision_rows, outcome_rows, outcomes, returned
from verdringing.deciding.decision_rows import KNOWN, LISTED, SCHEMA
from verdringing.deciding.kept import LEDGER, SAMPLES, earlier, put_together
from verdringing.disk import real
from verdringing.errors import Mistake, UserError
from verdringing.read import read_table
from verdringing.reading import paths
from verdringing.reading.table import Table
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.audited import Order


@dataclass(frozen=True, eq=False, slots=True)
class Given:
    """What was given: `fresh` decisions, every signal on their list, and `earlier` decisions in the order of LEDGER.

    fresh: SCHEMA and waar (file and row). listed: LISTED. earlier: SCHEMA. sampled: outcomes.SCHEMA, of samples, the
    earlier ones first.
    """

    fresh: pl.DataFrame
    listed: pl.DataFrame
    earlier: pl.DataFrame
    files: tuple[Path, ...] = ()
    sampled: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=outcomes.SCHEMA))


def read(path: Path | None, out: Path, *, today: date, second_person: bool = False) -> Given | None:
    """Read decisions and outcomes of samples: those in `path`, and those kept in folder `out` and beside `path`.

    None without any. UserError with every row that cannot be read: a list is taken whole or not at all. `today` is the
    last day on which a decision can have been made; `second_person` says that each new one needs two people.
    """
    if path == paths.STANDARD_INPUT:
        raise UserError(Mistake("--beoordelingen", _("geef een bestand; besluiten komen niet van standaardinvoer")))
    kept = earlier(LEDGER, path, out)
    drawn = earlier(SAMPLES, path, out)
    tables = {str(file): read_table(file, file.name, KNOWN) for file in kept}
    ledgers = {str(file): read_table(file, file.name, outcomes.KNOWN) for file in drawn}
    known = {real(file) for file in (*kept, *drawn)}
    came = {} if path is None or real(path) in known else returned.tables(path)
    if not (tables or ledgers or came):
        return None
    given, mistakes = _decisions(tables | came.get(returned.DECISIONS, {}), path, today, second_person)
    sampled, wrong = outcome_rows.gathered(came.get(returned.SAMPLE, {}), ledgers, today)
    if mistakes or wrong:
        raise UserError(*mistakes, *wrong)
    files = [*kept, *drawn, *([paths.given(path).path] if path else [])]
    return replace(given, files=tuple({real(file): file for file in files}.values()), sampled=sampled)


def _decisions(
    tables: Mapping[str, Table], path: Path | None, today: date, second_person: bool
) -> tuple[Given, list[Mistake]]:
    """The decisions in all tables, and every mistake in them."""
    lists = {where: table for where, table in tables.items() if not _is_ledger(table)}
    checked = {where: decision_rows.checked(table, where) for where, table in tables.items() if where not in lists}
    new = {where: decision_rows.checked(table, where, today, second_person) for where, table in lists.items()}
    mistakes = [mistake for _rows, wrong in (*checked.values(), *new.values()) for mistake in wrong]
    earlier = put_together(SCHEMA, [rows for rows, _wrong in checked.values()])
    listed = _joined([decision_rows.listed(table) for table in lists.values()], LISTED)
    if earlier.is_empty() and listed["beoordeling"].count():
        mistakes.append(_history_lost(path))
    fresh = _joined([rows for rows, _wrong in new.values()], {**SCHEMA, "waar": pl.String()})
    return Given(fresh, listed, earlier), mistakes


def asked(order: Order, *, second_person: bool = False) -> Given | None:
    """The decisions that an order gives, and those of the report that it replaces; None where it wants none."""
    if order.without_decisions:
        return None
    return read(order.decisions, order.out, today=order.now.date(), second_person=second_person)


def _is_ledger(table: Table) -> bool:
    """Whether this is a LEDGER: only that says what a decision was about, and has no earlier decisions beside it."""
    return "over" in table.frame.columns and "beoordeling" not in table.frame.columns


def _joined(frames: Sequence[pl.DataFrame], schema: Mapping[str, pl.DataType]) -> pl.DataFrame:
    return pl.concat([pl.DataFrame(schema=schema), *frames])


def _history_lost(path: Path | None) -> Mistake:
    what = _("op deze lijst staan eerdere besluiten, maar het bestand {naam} is er niet bij", naam=LEDGER)
    hint = _("Leg {naam} uit de map van dat rapport naast de lijst.", naam=LEDGER)
    return Mistake(str(path or ""), what, hint)
