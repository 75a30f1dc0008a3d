"""Measure the goals, print them, and write them into docs/performance.md; needs the packages of constraints/bench.txt.

python -m benchmarks --small (1k and 100k), without an option up to a million rows, --large for ten million and --huge
for a hundred million rows of Parquet (20 GB of room on the disk).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from itertools import chain
from pathlib import Path

from benchmarks import goals, stages
from benchmarks.commands import HERE, Bench, say
from benchmarks.measure import Failure, machine

PAGE = HERE.parent / "docs" / "performance.md"


def wanted(asked: argparse.Namespace, bench: Bench) -> Iterator[stages.Measured]:
    """Every stage that was asked for."""
    named = {
        "start": stages.start(bench),
        "100k": stages.hundred_thousand(bench),
        "one-row": stages.one_row(bench, 100_000 if asked.small else 1_000_000),
        "names": stages.names(bench),
        "page": stages.page(bench),
        "excel": stages.excel(bench),
        "1m": stages.million(bench),
        "10m": stages.ten_million(bench),
        "100m": stages.hundred_million(bench),
    }
    left_out = {"1m"} if asked.small else set()
    left_out |= set() if asked.large or asked.huge else {"10m"}
    left_out |= set() if asked.huge else {"100m"}
    return (stage for name, stage in named.items() if (name in asked.only if asked.only else name not in left_out))


def main(words: Sequence[str] | None = None) -> int:
    """Measure, write after every figure, print; exit 1 when other tools find other signals or a program fails."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--small", action="store_true", help="only 1,000 and 100,000 rows")
    parser.add_argument("--large", action="store_true", help="also ten million rows")
    parser.add_argument("--huge", action="store_true", help="also ten and a hundred million rows")
    parser.add_argument("--only", action="append", metavar="STAGE", help="one stage: start, 100k, one-row, page, 1m, …")
    parser.add_argument("--runs", type=int, default=3, help="runs of each pair (default 3; the short ones more)")
    parser.add_argument("--page", type=Path, default=PAGE, help="the page that gets the table")
    asked = parser.parse_args(words)
    seen: dict[str, goals.Seen] = {}
    table: list[str] = []
    try:
        for name, found in chain.from_iterable(wanted(asked, Bench(runs=asked.runs))):
            seen[name] = found
            table = goals.write(asked.page, seen, f"{datetime.now(UTC):%Y-%m-%d}", machine())
    except Failure as error:
        say(str(error))
        return 1
    print("\n".join(table))
    return 0


if __name__ == "__main__":
    sys.exit(main())
