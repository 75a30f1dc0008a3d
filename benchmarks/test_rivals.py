"""The other tools give the same signals as the audit: `make bench` runs this first, for it needs duckdb and pandas."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.commands import Bench
from benchmarks.measure import run
from benchmarks.same import differences, signals
from benchmarks.tables import FIVE

ROWS = 2_000


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Bench:
    bench = Bench(folder=tmp_path_factory.mktemp("bench"))
    run(bench.five(bench.placements(ROWS)))
    return bench


@pytest.mark.parametrize("name", ["sql", "pandas"])
def test_same_signals(bench: Bench, name: str) -> None:
    run(bench.rival(name, bench.placements(ROWS)))
    missed, extra = differences(bench.folder / "rapport", bench.folder / f"{name}.csv")
    assert missed.is_empty(), missed
    assert extra.is_empty(), extra


def test_every_rule_has_signals(bench: Bench) -> None:
    found = signals(bench.folder / "rapport" / "bevindingen.csv")
    assert set(found["regel"]) == set(FIVE)


def test_a_difference_shows(bench: Bench, tmp_path: Path) -> None:
    written = (bench.folder / "rapport" / "bevindingen.csv").read_text(encoding="utf-8-sig").splitlines(keepends=True)
    other = tmp_path / "other.csv"
    other.write_text("".join([written[0], *written[2:]]), encoding="utf-8")
    missed, extra = differences(bench.folder / "rapport", other)
    assert (missed.height, extra.height) == (1, 0)
