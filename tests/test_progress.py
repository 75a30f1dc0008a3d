"""What the terminal says while a long audit runs: the stage, the rows, the time left; and nothing for a short one."""

from __future__ import annotations

import io
import sys
import time

import pytest

from verdringing import progress
from verdringing.progress import Told


class Clock:
    """A clock that stands still until it is set."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.fixture
def told() -> tuple[Told, Clock]:
    clock = Clock()
    return Told(clock), clock


def test_only_the_stage_where_nothing_is_counted(told):
    say, clock = told
    say("Regels lezen")
    clock.now += 60
    assert say.line() == "Regels lezen"


def test_rows_and_the_time_that_is_left(told):
    """A quarter is done in 10 seconds: 30 more; 5 seconds later 25 more."""
    say, clock = told
    clock.now += 10
    say("Bestanden lezen", share=0.25, rows=1_250_000, of=5_000_000)
    assert say.line() == "Bestanden lezen · 1.250.000 van 5.000.000 rijen · nog ongeveer 30 seconden"
    clock.now += 5
    assert say.line() == "Bestanden lezen · 1.250.000 van 5.000.000 rijen · nog ongeveer 25 seconden"


def test_minutes_where_it_takes_long(told):
    """A fifth is done in 100 seconds: 400 more, which is nearly seven minutes."""
    say, clock = told
    clock.now += 100
    say("Bestanden lezen", share=0.2, rows=7)
    assert say.line() == "Bestanden lezen · 7 rijen · nog ongeveer 7 minuten"


def test_no_time_is_named_too_early_or_when_it_is_past(told):
    say, clock = told
    clock.now += 10
    say("Bestanden lezen", share=0.05)
    assert say.line() == "Bestanden lezen"
    say("Rapport schrijven", share=0.5)
    clock.now += 11
    assert say.line() == "Rapport schrijven"


def test_what_is_done_soon_shows_nothing(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    with progress.progress(quiet=False) as say:
        say("Regels lezen")
    assert screen.getvalue() == ""


def test_what_takes_longer_is_shown_and_taken_away(monkeypatch):
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.setattr(progress, "AFTER", 0.01)
    monkeypatch.setenv("TERM", "xterm")
    with progress.progress(quiet=False) as say:
        say("Bestanden lezen", share=0.25, rows=12)
        until = time.monotonic() + 5
        while "12 rijen" not in screen.getvalue() and time.monotonic() < until:
            time.sleep(0.02)
    assert "Bestanden lezen · 12 rijen" in screen.getvalue()
    assert screen.getvalue().endswith("\x1b[2K"), "the line is wiped at the end"


@pytest.mark.parametrize(("quiet", "terminal"), [(True, Terminal()), (False, io.StringIO())])
def test_nothing_where_nobody_looks(monkeypatch, quiet, terminal):
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(progress, "AFTER", 0.0)
    with progress.progress(quiet=quiet) as say:
        say("Regels lezen")
        time.sleep(0.05)
    assert terminal.getvalue() == ""
