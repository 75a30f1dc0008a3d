"""A report folder appears whole or not at all, whatever stops the run that makes it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from time import time

import pytest

import verdringing
from verdringing.errors import UserError
from verdringing.whole_folder import MARKER, whole_folder


def test_a_folder_appears_whole(tmp_path: Path) -> None:
    with whole_folder(tmp_path / "rapport", overwrite=False) as folder:
        (folder / "een.txt").write_text("1", encoding="utf-8")
        assert not (tmp_path / "rapport").exists()
    assert [path.name for path in tmp_path.iterdir()] == ["rapport"]
    assert (tmp_path / "rapport" / "een.txt").read_text(encoding="utf-8") == "1"


class StoppedError(Exception):
    """Something went wrong half-way."""


def test_a_run_that_fails_leaves_the_old_report_and_no_trace(tmp_path: Path) -> None:
    old = tmp_path / "rapport"
    old.mkdir()
    (old / MARKER).write_text("oud", encoding="utf-8")
    with pytest.raises(StoppedError), whole_folder(old, overwrite=True) as folder:  # noqa: PT012 — the block is what fails
        (folder / MARKER).write_text("half", encoding="utf-8")
        raise StoppedError
    assert [path.name for path in tmp_path.iterdir()] == ["rapport"]
    assert (old / MARKER).read_text(encoding="utf-8") == "oud"


def test_an_old_report_is_replaced_whole(tmp_path: Path) -> None:
    old = tmp_path / "rapport"
    old.mkdir()
    (old / MARKER).write_text("oud", encoding="utf-8")
    (old / "weg.txt").write_text("oud", encoding="utf-8")
    with whole_folder(old, overwrite=True) as folder:
        (folder / MARKER).write_text("nieuw", encoding="utf-8")
    assert [path.name for path in old.iterdir()] == [MARKER]


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_file_in_the_way_is_refused(tmp_path: Path, overwrite: bool) -> None:
    (tmp_path / "rapport").write_text("x", encoding="utf-8")
    with pytest.raises(UserError, match="geen map"), whole_folder(tmp_path / "rapport", overwrite=overwrite):
        pytest.fail("it must not come this far")


def test_an_empty_folder_is_fine(tmp_path: Path) -> None:
    (tmp_path / "rapport").mkdir()
    with whole_folder(tmp_path / "rapport", overwrite=False) as folder:
        (folder / MARKER).write_text("x", encoding="utf-8")
    assert (tmp_path / "rapport" / MARKER).exists()


def left_behind(folder: Path, name: str, *, old: bool) -> Path:
    """A folder as a run leaves it that was cut off; `old` is of more than a day ago."""
    left = folder / name
    left.mkdir()
    (left / MARKER).write_text("afgebroken", encoding="utf-8")
    then = time() - (2 if old else 0.5) * 24 * 60 * 60
    os.utime(left, (then, then))
    return left


def test_what_a_run_left_that_was_cut_off_goes_after_a_day(tmp_path: Path) -> None:
    old = left_behind(tmp_path, ".rapport-verdringing-abcdefgh", old=True)
    young = left_behind(tmp_path, ".rapport-verdringing-ijklmnop", old=False)
    others = [
        left_behind(tmp_path, name, old=True)
        for name in (".rapport-20260101", ".rapport2-verdringing-abcdefgh", "rapport-verdringing-abcdefgh")
    ]
    with whole_folder(tmp_path / "rapport", overwrite=False) as folder:
        (folder / MARKER).write_text("x", encoding="utf-8")
    assert not old.exists()
    assert all(path.exists() for path in (young, *others))


def test_a_report_that_was_moved_aside_when_the_power_went_comes_back(tmp_path: Path) -> None:
    left_behind(tmp_path, ".rapport-verdringing-abcdefgh.oud", old=False)
    half = left_behind(tmp_path, ".rapport-verdringing-abcdefgh", old=False)
    with (
        pytest.raises(UserError, match="hier staat al een rapport"),
        whole_folder(tmp_path / "rapport", overwrite=False),
    ):
        pytest.fail("it must not come this far")
    assert (tmp_path / "rapport" / MARKER).read_text(encoding="utf-8") == "afgebroken"
    assert half.exists()


STOPPED = """
import sys
from pathlib import Path
from time import sleep
from verdringing.whole_folder import whole_folder
with whole_folder(Path(sys.argv[1]), overwrite=False) as folder:
    (folder / "half.txt").write_text("x")
    print("bezig", flush=True)
    sleep(60)
"""


@pytest.mark.parametrize("told", ["SIGTERM", "SIGHUP", "SIGINT"])
def test_a_run_that_is_told_to_stop_leaves_nothing_behind(tmp_path: Path, told: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", STOPPED, str(tmp_path / "rapport")],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=os.environ | {"PYTHONPATH": str(Path(verdringing.__file__).parent.parent)},
    ) as running:
        assert running.stdout is not None
        assert running.stdout.readline() == b"bezig\n"
        assert [path.name.startswith(".rapport-verdringing-") for path in tmp_path.iterdir()] == [True]
        running.send_signal(getattr(signal, told))
        assert running.wait(20) != 0
    assert list(tmp_path.iterdir()) == []
