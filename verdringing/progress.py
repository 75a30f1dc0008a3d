"""Progress on stderr, only on a terminal and only for what takes long: the stage, the rows, the time that is left."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import monotonic
from typing import TYPE_CHECKING, Protocol

from verdringing.words import _, plural

if TYPE_CHECKING:
    from rich.live import Live

AFTER = 2.0
"""Seconds before anything is shown; what is done by then shows nothing and imports nothing for it."""

_SURE = 0.1
"""Share of the work that must be done before it says how long the rest takes."""


class Say(Protocol):
    """Hears which stage begins, how far the whole is (a share from 0 to 1), and how many rows are done of how many."""

    def __call__(self, stage: str, share: float = 0.0, rows: int = 0, of: int = 0) -> None:
        """Hear it."""


def silent(stage: str, share: float = 0.0, rows: int = 0, of: int = 0) -> None:
    """Hear it and show nothing."""


@dataclass
class Told:
    """What was said last, and when."""

    clock: Callable[[], float] = monotonic
    began: float = field(init=False)
    stage: str = ""
    share: float = 0.0
    rows: int = 0
    of: int = 0
    at: float = 0.0

    def __post_init__(self) -> None:
        self.began = self.clock()

    def __call__(self, stage: str, share: float = 0.0, rows: int = 0, of: int = 0) -> None:
        """Hear it."""
        self.stage, self.share, self.rows, self.of, self.at = stage, share, rows, of, self.clock()

    def line(self) -> str:
        """Stage, rows and time left in one line."""
        return " · ".join(filter(None, [self.stage, self._rows(), self._left()]))

    def _rows(self) -> str:
        from verdringing.figures import count

        if not self.rows:
            return ""
        if self.of:
            return _("{n} van {m} rijen", n=count(self.rows), m=count(self.of))
        return _("{n} rijen", n=count(self.rows))

    def _left(self) -> str:
        """How long the rest takes when it goes on as it went until the last word; nothing when that is past."""
        if self.share < _SURE:
            return ""
        left = round((self.at - self.began) / self.share - (self.clock() - self.began))
        if left < 1:
            return ""
        if left < 90:
            return plural(left, "nog ongeveer {n} seconde", "nog ongeveer {n} seconden")
        return plural(round(left / 60), "nog ongeveer {n} minuut", "nog ongeveer {n} minuten")


@contextmanager
def progress(*, quiet: bool) -> Iterator[Say]:
    """Give a function that hears how far the work is; nothing is shown when quiet or when stderr is no terminal."""
    if quiet or not sys.stderr.isatty():
        yield silent
        return
    told, shown = Told(), _Shown()
    timer = threading.Timer(AFTER, shown.start, [told])
    timer.daemon = True
    timer.start()
    try:
        yield told
    finally:
        timer.cancel()
        shown.stop()


class _Shown:
    """One line that is kept up to date, once it was started."""

    def __init__(self) -> None:
        self.live: Live | None = None
        self.over = False
        self.lock = threading.Lock()

    def start(self, told: Told) -> None:
        """Show the line; in a thread of its own."""
        from rich.console import Console
        from rich.live import Live
        from rich.spinner import Spinner

        spinner = Spinner("dots")

        def line() -> Spinner:
            spinner.update(text=told.line())
            return spinner

        with self.lock:
            if not self.over:
                console = Console(stderr=True)
                self.live = Live(get_renderable=line, console=console, transient=True, refresh_per_second=4)
                self.live.start()

    def stop(self) -> None:
        """Take the line away, also when it is about to be shown."""
        with self.lock:
            self.over = True
            if self.live is not None:
                self.live.stop()
