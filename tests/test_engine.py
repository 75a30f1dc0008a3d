"""The engine of polars that fits the size of the files: in memory for small ones, as polars chooses for the others."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from verdringing import engine


def _affinity() -> str | None:
    return pl.Config.state(if_set=True).get("POLARS_ENGINE_AFFINITY")


def test_small_files_are_done_in_memory_and_only_for_as_long_as_the_run_takes(tmp_path: Path) -> None:
    file = tmp_path / "plaatsingen.csv"
    file.write_bytes(b"x")
    before = _affinity()
    with engine.fitting([file, file]):
        assert _affinity() == "in-memory"
    assert _affinity() == before


@pytest.mark.parametrize("name", ["groot.csv", "map", "bestaat-niet.csv", "-"])
def test_large_files_and_what_has_no_size_are_left_to_polars(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setattr(engine, "SMALL", 10)
    (tmp_path / "groot.csv").write_bytes(b"x" * 11)
    (tmp_path / "map").mkdir()
    before = _affinity()
    with engine.fitting([tmp_path / name]):
        assert _affinity() == before
