"""Whole processes, in turns (A B A B …): user + system CPU, wall time, peak memory; the ratio is taken within a pair.

Polars is not imported here: a child starts from the memory of this process, and its peak must be its own.
"""

from __future__ import annotations

import os
import platform
import signal
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.metadata import distributions
from math import inf
from pathlib import Path
from statistics import median
from tempfile import TemporaryFile
from time import perf_counter, sleep

Command = Sequence[str]
RIVALS = str(Path(os.environ["RIVALS"]).absolute()) if "RIVALS" in os.environ else ""


class Failure(Exception):  # noqa: N818 — it is what is said of a run, and of two answers that differ
    """A measured program ended with an unexpected exit code."""


@dataclass(frozen=True, slots=True)
class Run:
    """One process: CPU and wall time in seconds, peak memory in MB (10^6 bytes), and what it printed."""

    cpu: float
    wall: float
    peak: float
    said: str = ""


@dataclass(frozen=True, slots=True)
class Pairs:
    """Several runs of A and of B, in turns."""

    a: Sequence[Run]
    b: Sequence[Run]

    def ratio(self, what: str = "cpu") -> float:
        """Median over the pairs of A divided by B."""
        return median(getattr(a, what) / getattr(b, what) for a, b in zip(self.a, self.b, strict=True))


def middle(runs: Sequence[Run], what: str = "cpu") -> float:
    """Median of one figure over runs."""
    return median(getattr(run, what) for run in runs)


def run(command: Command, code: int = 0, most: float = inf) -> Run:
    """Run one process to its end; Failure, with what it said, when its exit code is not `code`.

    A process that needs more than `most` MB is ended: then Failure says so.
    """
    began = perf_counter()
    with TemporaryFile() as said:
        child = subprocess.Popen(command, stdout=said, stderr=subprocess.STDOUT, env=as_users_have_it())
        stopped = _watch(child.pid, most) if most < inf else False
        _pid, status, used = os.wait4(child.pid, 0)
        wall = perf_counter() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        said.seek(0)
        text = said.read().decode(errors="replace")
    if stopped:
        raise Failure(f"stopped at {most / 1_000:.0f} GB after {wall:.0f} s")
    if child.returncode != code:
        raise Failure(f"{' '.join(command)}\n{text[-2_000:]}\nended with {child.returncode}, not {code}")
    unit = 1 if sys.platform == "darwin" else 1_024
    return Run(used.ru_utime + used.ru_stime, wall, used.ru_maxrss * unit / 1e6, text)


def as_users_have_it() -> dict[str, str]:
    """The environment without what makes Python compile every module again on every run: users have compiled ones."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


def _watch(pid: int, most: float) -> bool:
    """Look at the memory of a process until it ends, and end it when that passes `most` MB; Linux only."""
    while (mb := _resident(pid)) is not None:
        if mb > most:
            os.kill(pid, signal.SIGKILL)
            return True
        sleep(0.1)
    return False


def _resident(pid: int) -> float | None:
    """MB that a process holds; None when it has ended."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return None
    return next((int(line.split()[1]) * 1_024 / 1e6 for line in lines if line.startswith("VmRSS")), None)


def pairs(a: Command, b: Command, times: int, code: int = 0) -> Pairs:
    """Run A and B in turns, `times` each; `code` is the exit code expected of A."""
    both = [(run(a, code), run(b)) for _ in range(times)]
    return Pairs([first for first, _ in both], [second for _, second in both])


def python(*words: str | Path) -> list[str]:
    """A command for the Python that runs now."""
    return [sys.executable, *map(str, words)]


def rival(*words: str | Path) -> list[str]:
    """A command that also sees the tools to compare with, where those stand apart (RIVALS): the audit never does."""
    apart = os.pathsep.join(filter(None, [RIVALS, os.environ.get("PYTHONPATH")]))
    return ["env", f"PYTHONPATH={apart}", *python("-m", *words)] if RIVALS else python("-m", *words)


def machine() -> str:
    """Processor, cores, memory, system and versions, in one line."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    system = f"{platform.system()}, Python {platform.python_version()}"
    return f"{_processor()}, {cores} cores, {_memory()}, {system}, {_versions()}"


def _versions() -> str:
    names = ("polars", "duckdb", "pandas", "pandera", "pointblank")
    where = {"path": [*filter(None, [RIVALS]), *sys.path]}
    found = {name: next(iter(distributions(name=name, **where)), None) for name in names}
    return ", ".join(f"{name} {one.version}" for name, one in found.items() if one)


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    named = (line.split(":", 1)[1].strip() for line in lines if line.startswith("model name"))
    return next(named, platform.processor() or platform.machine())


def _memory() -> str:
    return f"{_bytes() / (1 << 30):.0f} GiB" if _bytes() else "memory unknown"


def half_the_memory() -> float:
    """MB; without end where the system does not say how much there is."""
    return _bytes() / 2e6 or inf


def _bytes() -> int:
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (ValueError, OSError, AttributeError):
        return 0
