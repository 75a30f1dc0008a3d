"""Five rules in DuckDB: read the CSV, type what the rules need, make the keys, judge, write the signals.

Usage: python -m benchmarks.sql_rules PLACEMENTS BLACKLIST TABLES OUT [LEVELS]. The SQL is five_rules.sql. OUT gets what
a person needs to look a signal up; the sentences, the other verdicts and the page of the tool are not made here. With
LEVELS the row of successors is followed no further: 3 is enough to say that it is longer than two, not how long it is.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Any

import duckdb


def parts() -> dict[str, str]:
    """The SQL by the name of its part or rule."""
    text = Path(__file__).with_name("five_rules.sql").read_text(encoding="utf-8")
    _, *pieces = re.split(r"^-- ((?:part|rule): .+)$", text, flags=re.MULTILINE)
    return dict(zip(pieces[::2], (piece.strip() for piece in pieces[1::2]), strict=True))


def main(placements: str, blacklist: str, tables: str, out: str, levels: str = "0") -> None:
    """Do the whole work in one connection that lives in memory."""
    base, sql = duckdb.connect(), parts()
    _tables(base, json.loads(Path(tables).read_text(encoding="utf-8")))
    base.execute(sql["part: functions"])
    base.execute(sql["part: read"], {"placements": placements})
    base.execute(sql["part: listed"], {"blacklist": blacklist})
    base.execute(sql["part: texts"])
    base.execute(sql["part: placements"])
    _succession(base, sql, int(levels))
    _write(base, {name.removeprefix("rule: "): query for name, query in sql.items() if name.startswith("rule: ")}, out)


def _tables(base: duckdb.DuckDBPyConnection, given: dict[str, Any]) -> None:
    for name, columns, key in (
        ("spellingen", "spelling, instrument", "instrumenten"),
        ("functies", "titel, groep", "functies"),
    ):
        pairs = [list(given[key]), list(given[key].values())]
        base.execute(f"CREATE TABLE {name} ({columns}) AS SELECT unnest(?), unnest(?)", pairs)
    base.execute("CREATE TABLE minimumloon (van DATE, tot DATE, cent INTEGER[])")
    for run in given["minimumloon"]:
        base.execute("INSERT INTO minimumloon VALUES (?, ?, ?)", [run["van"], run["tot"], run["cent"]])


def _succession(base: duckdb.DuckDBPyConnection, sql: dict[str, str], most: int) -> None:
    """plaats = 1 + the highest plaats among those before: level by level, only who reached a level can go on."""
    base.execute(sql["part: successors"])
    level = 1
    while level != most and base.execute("SELECT count(*) FROM bereikt").fetchone() != (0,):
        level += 1
        base.execute(sql["part: next level"])
        base.execute(sql["part: keep level"], {"level": level})


def _write(base: duckdb.DuckDBPyConnection, rules: dict[str, str], out: str) -> None:
    found = [f"SELECT '{name}' AS regel, nr, waarde FROM ({query.rstrip(';')})" for name, query in rules.items()]
    base.execute(
        "COPY (SELECT regel, plaatsing_id, kandidaat_id, gemeente, werkgever, functie, instrument, van, tot, waarde"
        f" FROM ({' UNION ALL '.join(found)}) JOIN p USING (nr) ORDER BY regel, nr) TO '{out}' (HEADER, DELIMITER ';')"
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
