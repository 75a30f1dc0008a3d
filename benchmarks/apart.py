"""Every part judged in a process of its own: is the report the same as that of one process?

Usage: python -m benchmarks.apart PLACEMENTS BLACKLIST (a file that is large enough to be judged in parts).
"""

from __future__ import annotations

import pickle
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.measure import Failure

if TYPE_CHECKING:
    from verdringing.parts.taken import Taken
    from verdringing.sums import Sums

AT_ONCE = 2
"""Processes side by side."""

_TAKEN = "gedeeld.pickle"


def judged(taken: Taken) -> Sums:
    """In the place of `together.judged`: the same, with every part in another process."""
    from verdringing.parts.together import rule_names
    from verdringing.sums import added

    folder = taken.shelf.folder
    (folder / _TAKEN).write_bytes(pickle.dumps(replace(taken, beside=None)))
    for step in ("people", "places"):
        parts = range(taken.count)
        for first in parts[::AT_ONCE]:
            _all([_worker(folder, step, part) for part in parts[first : first + AT_ONCE]])
    sums = [pickle.loads((folder / f"{part}.pickle").read_bytes()) for part in range(taken.count)]
    return added(sums, rule_names(taken))


def _worker(folder: Path, step: str, part: int) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "benchmarks.apart", step, str(folder), str(part)])


def _all(workers: Sequence[subprocess.Popen[bytes]]) -> None:
    if any([worker.wait() for worker in workers]):  # noqa: C419 — every one must have ended
        raise Failure("a part was not judged")


def work(step: str, folder: str, part: str) -> None:
    """One part, in a process that knows nothing but what lies on the shelf and in the files of rules."""
    from verdringing.parts import judging, people
    from verdringing.taking_in import asked

    bare = pickle.loads((Path(folder) / _TAKEN).read_bytes())
    taken = replace(bare, beside=asked(bare.order))
    if step == "people":
        people.prepare(taken, int(part))
    else:
        sums, _first = judging.judge_part(taken, int(part))
        (Path(folder) / f"{part}.pickle").write_bytes(pickle.dumps(sums))


def compare(path: str, blacklist: str) -> list[str]:
    """The files of the report that differ, but for the account, which holds a clock."""
    from verdringing.cli import main
    from verdringing.parts import plan, together

    with TemporaryDirectory() as room:
        words = [
            "audit",
            path,
            "--peildatum",
            "2026-09-30",
            "--zwarte-lijst",
            blacklist,
            "--stil",
        ]
        out = Path(room) / "r"
        found = []
        plan.ROOM = 0  # what lies in the memory of this process no other can see
        for way in (together.judged, judged):
            together.judged = way
            main([*words, "--zonder-werklijst", "--uit", str(out), "--overschrijf"], standalone_mode=False)
            names = [one for one in out.iterdir() if one.name != "verantwoording.json"]
            found.append({one.name: one.read_bytes() for one in names})
        return [name for name, content in found[0].items() if found[1].get(name) != content]


if __name__ == "__main__":
    if len(sys.argv) == 4:
        work(*sys.argv[1:])
    else:
        other = compare(*sys.argv[1:])
        print("the same report" if not other else f"another: {', '.join(other)}")
        sys.exit(bool(other))
