"""How long the page takes: a whole audit in which only the making of index.html is timed.

Usage: python -m benchmarks.report_page PLACEMENTS BLACKLIST OUT. Prints JSON: findings, cpu and wall (seconds), bytes.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from time import perf_counter, process_time
from typing import Any
from unittest import mock

from verdringing import audit as story
from verdringing.audited import Order


def main(placements: str, blacklist: str, out: str) -> None:
    used: dict[str, float] = {}
    order = Order(
        files=(Path(placements),),
        out=Path(out),
        day=date(2026, 9, 30),
        now=datetime.now(UTC),
        blacklist=Path(blacklist),
        overwrite=True,
    )
    with mock.patch.object(story.report, "write", _timed(story.report.write, used)):
        audited = story.audit(order)
    size = (Path(out) / "index.html").stat().st_size
    print(json.dumps({"findings": audited.findings.height, "bytes": size, **used}))


def _timed(write: Callable[..., Any], used: dict[str, float]) -> Callable[..., Any]:
    def work(*args: Any) -> Any:
        cpu, wall = process_time(), perf_counter()
        result = write(*args)
        used.update(cpu=process_time() - cpu, wall=perf_counter() - wall)
        return result

    return work


if __name__ == "__main__":
    main(*sys.argv[1:])
