"""Lists that came back: which tables of a file hold decisions and which hold outcomes; and what was kept before."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from verdringing.deciding import decision_rows, outcomes
from verdringing.read import read_table
from verdringing.reading import paths
from verdringing.reading.headers import HEADER_WITHIN
from verdringing.reading.table import Table
from verdringing.record import header_name
from verdringing.words import _

DECISIONS, SAMPLE = "besluit", "uitkomst"
"""What a table can hold, by the column in which a person says it."""

_KNOWN = {DECISIONS: decision_rows.KNOWN, SAMPLE: outcomes.KNOWN}


def tables(path: Path) -> dict[str, dict[str, Table]]:
    """Every table in a file, by what it holds and where it is; one that is neither is held to be decisions."""
    given = paths.given(path)
    sheets = _sheets(given) if given.sheet is None else {}
    found: dict[str, dict[str, Table]] = {DECISIONS: {}, SAMPLE: {}}
    if not sheets:
        both = read_table(path, given.name, dict.fromkeys((*decision_rows.KNOWN, *outcomes.KNOWN)))
        held = _holds(both.frame.columns) or DECISIONS
        found[held][str(path)] = read_table(path, given.name, _KNOWN[held])
    for name, held in sheets.items():
        where = str(path) if len(sheets) == 1 else _("{bestand}, blad {blad}", bestand=path, blad=name)
        found[held][where] = read_table(Path(f"{path}#{name}"), given.name, _KNOWN[held])
    return found


def _sheets(given: paths.Given) -> dict[str, str]:
    """Sheets of a list, and what each holds; none for a file that is no workbook, or that cannot be read."""
    content = paths.unpacked(paths.content(given.path), str(given))
    if paths.kind(content, str(given)) != "workbook":
        return {}
    import fastexcel

    try:
        reader = fastexcel.read_excel(content)
        tops = {
            name: reader.load_sheet(name, header_row=None, n_rows=HEADER_WITHIN, dtypes="string").to_polars()
            for name in reader.sheet_names
        }
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException:  # also a panic of the reader: what is wrong is told by the reader of all workbooks
        return {}
    held = {name: [_holds(filter(None, row)) for row in top.rows()] for name, top in tops.items()}
    return {name: next(filter(None, several)) for name, several in held.items() if any(several)}


def _holds(header: Iterable[str]) -> str | None:
    """What a table with these columns holds; a user may have added columns of any name."""
    names = {header_name(text) for text in header}
    if len(names & set(outcomes.DRAW)) > 1:
        return SAMPLE
    for held, known in _KNOWN.items():
        if held in names and len(names & set(known)) > 2:
            return held
    return None
