"""A report folder appears whole or not at all, whatever stops the run that makes it."""

from __future__ import annotations

import errno
import os
import signal
import subprocess
import sys
from collections.abc import Callable
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
from collections.abc import Callable
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


def reported(folder: Path, text: str = "oud") -> Path:
    """A folder that holds a report."""
    folder.mkdir()
    (folder / MARKER).write_text(text, encoding="utf-8")
    return folder


def a_move_that_fails(monkeypatch: pytest.MonkeyPatch, fails: Callable[[Path, Path], bool]) -> None:
    """Let the system refuse to rename, as Windows does while a file in the folder is open."""
    rename = Path.rename

    def refused(path: Path, to: Path) -> Path:
        if fails(path, Path(to)):
            raise PermissionError(errno.EACCES, "in use", str(path))
        return rename(path, to)

    monkeypatch.setattr(Path, "rename", refused)


@pytest.mark.parametrize("step", ["the old one aside", "the new one in"])
def test_an_old_report_that_is_open_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str) -> None:
    old = reported(tmp_path / "rapport")
    aside = step == "the old one aside"
    a_move_that_fails(monkeypatch, lambda path, _to: (path == old) if aside else (path.suffix == "" and path != old))
    said = r"rapport: hier is niet te schrijven \(u hebt er geen rechten voor\). Sluit wat uit deze map openstaat, en probeer"
    with pytest.raises(UserError, match=said), whole_folder(old, overwrite=True) as folder:
        (folder / MARKER).write_text("nieuw", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["rapport"]
    assert (old / MARKER).read_text(encoding="utf-8") == "oud"


def test_a_full_disk_is_a_sentence_and_leaves_the_old_report(tmp_path: Path) -> None:
    old = reported(tmp_path / "rapport")
    with (
        pytest.raises(UserError, match=r"rapport: hier is niet te schrijven \(de schijf is vol\)"),
        whole_folder(old, overwrite=True),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert [path.name for path in tmp_path.iterdir()] == ["rapport"]
    assert (old / MARKER).read_text(encoding="utf-8") == "oud"


def test_a_file_elsewhere_that_goes_wrong_is_named_itself(tmp_path: Path) -> None:
    with (
        pytest.raises(UserError, match=r"^invoer.csv: lezen of schrijven lukt niet \(het bestaat niet\)"),
        whole_folder(tmp_path / "rapport", overwrite=False),
    ):
        raise FileNotFoundError(errno.ENOENT, "No such file or directory", "invoer.csv")


@pytest.mark.parametrize("named", [".", "..", "/", "../hier", "../../.."])
def test_the_folder_where_one_stands_is_no_place_for_a_report(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    (tmp_path / "hier").mkdir()
    monkeypatch.chdir(tmp_path / "hier")
    with pytest.raises(UserError, match="waarin u staat"), whole_folder(Path(named), overwrite=True):
        pytest.fail("it must not come this far")
    assert [path.name for path in tmp_path.iterdir()] == ["hier"]


def test_a_link_to_a_folder_stays_and_the_report_lands_where_it_leads(tmp_path: Path) -> None:
    reported(tmp_path / "echt")
    (tmp_path / "elders").mkdir()
    link = tmp_path / "elders" / "rapport"
    link.symlink_to(tmp_path / "echt")
    with whole_folder(link, overwrite=True) as folder:
        (folder / MARKER).write_text("nieuw", encoding="utf-8")
    assert link.is_symlink()
    assert (tmp_path / "echt" / MARKER).read_text(encoding="utf-8") == "nieuw"
    assert [path.name for path in link.parent.iterdir()] == ["rapport"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["echt", "elders"]


def test_a_report_that_came_meanwhile_is_not_replaced_unasked(tmp_path: Path) -> None:
    new = tmp_path / "rapport"
    with pytest.raises(UserError, match="hier staat al een rapport"), whole_folder(new, overwrite=False) as folder:  # noqa: PT012 — the other comes while this is made
        (folder / MARKER).write_text("van de tweede", encoding="utf-8")
        reported(new, "van de eerste")
    assert (new / MARKER).read_text(encoding="utf-8") == "van de eerste"
    assert [path.name for path in tmp_path.iterdir()] == ["rapport"]


def test_a_report_that_came_at_the_very_last_moment_stays(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    new = tmp_path / "rapport"
    chmod = Path.chmod

    def meanwhile(path: Path, mode: int) -> None:
        chmod(path, mode)
        reported(new, "van de eerste")

    monkeypatch.setattr(Path, "chmod", meanwhile)
    monkeypatch.setattr("verdringing.whole_folder._refuse", lambda *_, **__: None)  # it looked just before
    with pytest.raises(UserError, match=r"\(er staat al iets\)"), whole_folder(new, overwrite=False) as folder:
        (folder / MARKER).write_text("van de tweede", encoding="utf-8")
    assert (new / MARKER).read_text(encoding="utf-8") == "van de eerste"


def test_what_another_report_left_is_not_taken_for_ours(tmp_path: Path) -> None:
    others = [
        left_behind(tmp_path, ".rapport-verdringing-K3-verdringing-abcdefgh.oud", old=False),
        left_behind(tmp_path, ".rapport-verdringing-K3-verdringing-ijklmnop", old=True),
    ]
    with whole_folder(tmp_path / "rapport", overwrite=False) as folder:
        (folder / MARKER).write_text("x", encoding="utf-8")
    assert all(path.exists() for path in others)
    assert (tmp_path / "rapport" / MARKER).read_text(encoding="utf-8") == "x"


def test_after_a_run_signals_are_heard_as_before(tmp_path: Path) -> None:
    def ours(_number: int, _frame: object) -> None:
        """What was set before the run."""

    before = signal.signal(signal.SIGTERM, ours)
    try:
        with whole_folder(tmp_path / "rapport", overwrite=False):
            assert signal.getsignal(signal.SIGTERM) is not ours
        assert signal.getsignal(signal.SIGTERM) is ours
    finally:
        signal.signal(signal.SIGTERM, before)
