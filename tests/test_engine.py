"""The engine of polars that fits the size of the files: in memory for small ones, as polars chooses for the others."""

from __future__ import annotations

import os
import subprocess
import sys
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


def prepared(tmp_path: Path, size: int, setting: str, asked: str | None, says: str) -> subprocess.CompletedProcess[str]:
    """A process of its own that prepares for a file of this size, where the user asked for a setting, and says more."""
    with (tmp_path / "plaatsingen.csv").open("wb") as file:
        file.truncate(size)
    code = "import os, pathlib, sys; from verdringing.engine import prepare; prepare([pathlib.Path(sys.argv[1])]); "
    env = {name: value for name, value in os.environ.items() if name != setting}
    env |= {setting: asked} if asked else {}
    command = [sys.executable, "-c", code + says, tmp_path / "plaatsingen.csv"]
    return subprocess.run(command, capture_output=True, text=True, check=True, env=env)


@pytest.mark.parametrize(
    "size, asked, threads",
    [(1_000_000, None, "1"), (1_000_001, None, None), (1, "2", "2")],
)
def test_one_thread_does_tiny_files_unless_the_user_asked_for_more(
    tmp_path: Path, size: int, asked: str | None, threads: str | None
) -> None:
    says = "print(os.environ.get('POLARS_MAX_THREADS')); import polars; print(polars.thread_pool_size())"
    told = prepared(tmp_path, size, "POLARS_MAX_THREADS", asked, says).stdout.split()
    assert told[0] == str(threads)
    assert threads is None or told[1] == threads


def test_threads_of_a_polars_that_is_already_there_are_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("POLARS_MAX_THREADS", raising=False)
    (tmp_path / "plaatsingen.csv").write_bytes(b"x")
    engine.prepare([tmp_path / "plaatsingen.csv"])
    assert "POLARS_MAX_THREADS" not in os.environ


@pytest.mark.parametrize(
    ("size", "asked", "kept"),
    [
        (1_000_000, None, ""),
        (1_000_001, None, ",dirty_decay_ms:250,muzzy_decay_ms:0"),
        (1_000_001, "narenas:3", "narenas:3"),
    ],
)
def test_memory_is_kept_at_hand_for_larger_files_unless_the_user_asked_otherwise(
    tmp_path: Path, size: int, asked: str | None, kept: str
) -> None:
    """Polars must not complain of it either: a setting that its allocator does not know is told on stderr."""
    says = "import polars; polars.Series([1, 2]).sort(); print(os.environ.get('_RJEM_MALLOC_CONF'))"
    told = prepared(tmp_path, size, "_RJEM_MALLOC_CONF", asked, says)
    assert told.stderr == ""
    setting = told.stdout.strip()  # polars puts its own before it; of two values the last counts
    assert setting.endswith(kept)
    assert bool(kept) is ("narenas" in setting)
