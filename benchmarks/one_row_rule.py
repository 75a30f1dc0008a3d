"""One rule that looks at one row (niet_vrijwillig), by the tool, pandera and pointblank, on the same typed frame.

Usage: python -m benchmarks.one_row_rule PLACEMENTS FRAME writes the typed placements; python -m benchmarks.one_row_rule
WHO FRAME judges them and prints, as JSON, the counts and the CPU and wall time of judging alone (median of five),
without imports and reading. What all three can say is how many of the placements that the rule speaks of are a signal
and how many are not; a missing answer is neither for the tool, and is set apart before the other two look.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from statistics import median
from time import perf_counter, process_time

import polars as pl

RULE = "niet_vrijwillig"
TIMES = 5
Counts = tuple[int, int]
"""Signals, and placements that are certainly none."""


def save(placements: str, frame: str) -> None:
    """Read and type the placements as the tool does, and keep them."""
    from verdringing.audited import Order
    from verdringing.taking_in import take_in

    order = Order(files=(Path(placements),), out=Path(frame), day=date(2026, 9, 30), now=datetime.now(UTC))
    take_in(order).placements.write_ipc(frame)


def tool(frame: pl.DataFrame) -> Callable[[], Counts]:
    """Verdicts, findings with their sentence and what was missing: `judge` gives them all, so they are in the time."""
    from verdringing import rulebook
    from verdringing.judge import CLEAR, SIGNAL, judge

    rules = tuple(rule for rule in rulebook.load().rules if rule.name == RULE)

    def work() -> Counts:
        verdicts = judge(frame, rules).verdicts[RULE]
        return int((verdicts == SIGNAL).sum()), int((verdicts == CLEAR).sum())

    return work


def pandera(frame: pl.DataFrame) -> Callable[[], Counts]:
    """A schema with one check; its failure cases are the signals."""
    import pandera.polars as pa

    schema = pa.DataFrameSchema({"vrijwillig": pa.Column(pl.Boolean, pa.Check.eq(True))})

    def work() -> Counts:
        meant = _meant(frame)
        try:
            schema.validate(meant, lazy=True)
        except pa.errors.SchemaErrors as error:
            return error.failure_cases.height, meant.height - error.failure_cases.height
        return 0, meant.height

    return work


def pointblank(frame: pl.DataFrame) -> Callable[[], Counts]:
    """A validation of one step, without keeping extracts of the rows that fail."""
    import pointblank as pb

    def work() -> Counts:
        done = pb.Validate(_meant(frame)).col_vals_expr(pl.col("vrijwillig")).interrogate(collect_extracts=False)
        return int(done.n_failed(1, scalar=True)), int(done.n_passed(1, scalar=True))

    return work


def _meant(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.filter((pl.col("instrument") == "flextensie") & pl.col("vrijwillig").is_not_null())


def timed(who: str, path: str) -> dict[str, object]:
    """Counts, and the median time of one judgement."""
    work = {"tool": tool, "pandera": pandera, "pointblank": pointblank}[who](pl.read_ipc(path))
    counts = work()
    times = []
    for _ in range(TIMES):
        cpu, wall = process_time(), perf_counter()
        assert work() == counts
        times.append((process_time() - cpu, perf_counter() - wall))
    return {"counts": counts, "cpu": median(cpu for cpu, _ in times), "wall": median(wall for _, wall in times)}


if __name__ == "__main__":
    if sys.argv[1] in ("tool", "pandera", "pointblank"):
        print(json.dumps(timed(*sys.argv[1:])))
    else:
        save(*sys.argv[1:])
