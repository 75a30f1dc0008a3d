"""The axis of a picture of a case: ticks of the finest step whose labels fit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from verdringing.page.drawn import LEFT, RIGHT, Scale, Tick
from verdringing.sentences import MONTHS
from verdringing.words import language

_TICKS = (
    (7, 0, 52.0),
    (0, 1, 36.0),
    (0, 3, 36.0),
    (0, 6, 36.0),
    (0, 12, 44.0),
    (0, 24, 44.0),
    (0, 60, 44.0),
    (0, 120, 44.0),
)
_YEAR_WIDTH = 44.0


def ticks(low: int, high: int, scale: Scale) -> list[Tick]:
    """Ticks of the finest step (week, month, quarter … ten years) whose labels fit; years below where they fit."""
    per_day = (RIGHT - LEFT) / (high - low)
    fits = (step for step in _TICKS if (step[0] or step[1] * 30.4) * per_day >= step[2])
    days, months, _width = next(fits, _TICKS[-1])
    dates = _mondays(low, high) if days else _months(low, high, months)
    marks = [(scale(day.toordinal()), day) for day in dates]
    if months >= 12:
        return [Tick(x, str(day.year), "") for x, day in marks]
    years = _years(marks)
    return [Tick(x, _short(day, weekly=bool(days)), years.get(day, "")) for x, day in marks]


def _years(marks: Sequence[tuple[float, date]]) -> dict[date, str]:
    """The first tick of every year; a year that leaves no room for the next one is dropped."""
    firsts: list[tuple[float, date]] = []
    for x, day in marks:
        if firsts and firsts[-1][1].year == day.year:
            continue
        if firsts and x - firsts[-1][0] < _YEAR_WIDTH:
            firsts.pop()
        firsts.append((x, day))
    return {day: str(day.year) for _x, day in firsts}


def _mondays(low: int, high: int) -> list[date]:
    first = low + (1 - low) % 7
    return [date.fromordinal(day) for day in range(first, high + 1, 7)]


def _months(low: int, high: int, step: int) -> list[date]:
    """First days of every `step`-th month between two days, counted from January (of a round year)."""
    first, last = date.fromordinal(low), date.fromordinal(high)
    months = range(first.year * 12 + first.month - 1, last.year * 12 + last.month)
    days = (date(month // 12, month % 12 + 1, 1) for month in months if month % step == 0)
    return [day for day in days if low <= day.toordinal() <= high]


def _short(day: date, *, weekly: bool) -> str:
    """The label of a month (aug) or of a Monday (17 aug)."""
    month = short_months()[day.month - 1]
    return f"{day.day} {month}" if weekly else month


def short_months() -> list[str]:
    """The months as an axis names them, in the language of the run."""
    months = MONTHS[language()]
    return ["mrt" if month == "maart" else month[:3].lower() if language() == "nl" else month[:3] for month in months]
