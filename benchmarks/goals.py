"""The goals, and the table of what was seen that stands in docs/performance.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

BEGIN, END = "<!-- bench: begin -->", "<!-- bench: end -->"
NOT_YET = "not measured"


@dataclass(frozen=True, slots=True)
class Goal:
    """What is measured, and what it should be ("–" for a figure without a goal)."""

    what: str
    aim: str


GOALS = {
    "1k": Goal("1,000 rows, all rules, all outputs but Excel, beside `import polars`", "≤ 1.6 × CPU"),
    "help": Goal("`--help`, beside `import polars`", "≤ 0.25 × CPU"),
    "wrong": Goal("wrong use, beside `import polars`", "≤ 0.25 × CPU"),
    "100k": Goal("100,000 rows, all rules, all outputs but Excel, beside the floor", "≤ 5 × CPU"),
    "1m": Goal("1,000,000 rows, all rules, all outputs but Excel, beside the floor", "≤ 8 × CPU"),
    "1m memory": Goal("1,000,000 rows, all rules: peak memory", "≤ 1.5 GB"),
    "five floor": Goal("1,000,000 rows, five rules, beside the floor", "≤ 5 × CPU"),
    "five duckdb": Goal("1,000,000 rows, five rules: DuckDB beside the tool", "≥ 1.5 × CPU"),
    "five short": Goal("the same, DuckDB looking no further than the third successor", "–"),
    "five pandas": Goal("1,000,000 rows, five rules: pandas beside the tool", "≥ 4 × CPU"),
    "five 100k": Goal("100,000 rows, five rules: DuckDB and pandas beside the tool", "–"),
    "10m": Goal("10,000,000 rows, all rules, beside the floor", "≤ 10 × CPU"),
    "10m memory": Goal("10,000,000 rows, all rules: peak memory", "≤ 4 GB"),
    "10m growth": Goal("CPU of ten million rows beside one million", "≤ 11 ×"),
    "100m": Goal("100,000,000 rows of Parquet, five rules with few signals: peak memory", "≤ 8 GB"),
    "one row": Goal("one rule on one row: pandera and pointblank beside the tool", "≥ 1 × CPU"),
    "names": Goal("names that look alike: pairs found of those of the full comparison; CPU beside it", "–"),
    "names together": Goal("the same names as if all stood in one gemeente", "–"),
    "page": Goal("the page of 100,000 findings: CPU per finding", "≤ 30 µs"),
    "page size": Goal("the page of 100,000 findings: size", "≤ 4 MB"),
    "excel": Goal("werklijst.xlsx of 100,000 findings: time it adds", "≤ 6 s wall"),
    "excel memory": Goal("werklijst.xlsx of 100,000 findings: peak memory of the run", "≤ 400 MB"),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """A figure in words, and whether the goal holds (None where there is no goal, or no answer)."""

    words: str
    holds: bool | None = None


def lines(seen: Mapping[str, Seen], day: str, before: Mapping[str, str]) -> list[str]:
    """The table: what was seen now, else the line of an earlier run, else that nothing was measured."""
    table = ["| what | aim | seen | holds | date |", "|---|---|---|---|---|"]
    for name, goal in GOALS.items():
        if name in seen:
            holds = {True: "yes", False: "**no**", None: "–"}[seen[name].holds]
            table.append(f"| {goal.what} | {goal.aim} | {seen[name].words} | {holds} | {day} |")
        else:
            table.append(before.get(goal.what, f"| {goal.what} | {goal.aim} | {NOT_YET} | – | – |"))
    return table


def write(path: Path, seen: Mapping[str, Seen], day: str, machine: str) -> list[str]:
    """Put the table between the marks in the page; lines of an earlier run stay when the machine is the same."""
    page = path.read_text(encoding="utf-8")
    above, rest = page.split(BEGIN)
    old, below = rest.split(END)
    written = f"Machine: {machine}."
    before = {line.split(" | ")[0].removeprefix("| "): line for line in old.splitlines() if line.startswith("| ")}
    table = lines(seen, day, before if written in old else {})
    path.write_text("\n".join([above + BEGIN, written, "", *table, END + below]), encoding="utf-8")
    return table
