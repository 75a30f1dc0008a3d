"""The picture of a case as geometry: lanes, bars, ticks and limits in the units of one viewBox. No HTML here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from verdringing.audited import Order
from verdringing.page.axis import ticks
from verdringing.page.chains import Row
from verdringing.page.dossier import Dossier
from verdringing.page.drawn import (
    AXIS,
    BAR,
    CHARACTER,
    LEFT,
    LIMIT_LINE,
    NARROW,
    RIGHT,
    STEP,
    STRIP,
    TOP,
    Band,
    Bar,
    Lane,
    Mark,
    Scale,
    Span,
    Timeline,
)
from verdringing.page.marks import limits, marked, past_limits
from verdringing.words import _

_LABEL_CHARACTERS = 18
_OPEN = 26.0
_SHORTEST_DAYS = 28


def timeline(dossier: Dossier, order: Order) -> Timeline:
    """Lay out the placements of a case: a lane per candidate in order of first start, a bar per placement."""
    rows = dossier.placements
    low, high = _range(rows, order.day)
    scale = _scale(low, high)
    past = past_limits(dossier)
    marks = marked(dossier, low, high)
    lanes, tops, bottom = _lanes(rows, marks)
    numbers = _numbers(dossier)
    bars = [_bar(row, tops[row["nr"]], scale, numbers, past, dossier.signals) for row in rows]
    occupied = _occupied(rows, scale) if len(rows) > 1 else []
    return Timeline(
        height=bottom + AXIS + (STRIP if occupied else 0),
        bottom=bottom,
        lanes=lanes,
        bars=bars,
        ticks=ticks(low, high, scale),
        limits=list(limits(bars, marks, scale)),
        period=_band(order, low, high, scale),
        day=_day(order.day, low, high, scale),
        occupied=occupied,
        instruments=list(dict.fromkeys(row["instrument"] for row in rows)),
        first=min(row["startdatum"] for row in rows),
        last=max(row["einde"] for row in rows),
    )


def _range(rows: Sequence[Row], day: date) -> tuple[int, int]:
    """First and last day (ordinals) of the picture, with the reference date where it lies near enough to be drawn."""
    low = min(row["startdatum"] for row in rows).toordinal()
    high = max(row["einde"] for row in rows).toordinal() + 1
    span = max(high - low, _SHORTEST_DAYS)
    seen = day.toordinal()
    if low - span // 2 <= seen <= high + span // 2:
        low, high = min(low, seen), max(high, seen + 1)
    span = max(high - low, _SHORTEST_DAYS)
    room = max(span * 3 // 100, 1)
    tail = span * 5 // 100 + 1 if any(row["einddatum"] is None for row in rows) else room
    return max(low - room, 1), min(low + span + tail, date.max.toordinal())


def _scale(low: int, high: int) -> Scale:
    """Day (ordinal) to x; days before `low` or after `high` end up on the edge."""

    def place(day: int) -> float:
        return round(LEFT + (min(max(day, low), high) - low) * (RIGHT - LEFT) / (high - low), 1)

    return place


def _numbers(dossier: Dossier) -> dict[int, int]:
    """Place in the row of successors of every placement that a finding names, the finding's own included."""
    numbers: dict[int, int] = {}
    for ruled in dossier.ruled:
        numbers = {**ruled.places, **numbers}
    return numbers


def _occupied(rows: Sequence[Row], scale: Scale) -> list[Span]:
    """Days on which anybody was placed, as runs without a gap."""
    runs: list[list[int]] = []
    for row in sorted(rows, key=lambda row: (row["startdatum"], row["einde"])):
        first, end = row["startdatum"].toordinal(), row["einde"].toordinal() + 1
        if runs and first <= runs[-1][1]:
            runs[-1][1] = max(runs[-1][1], end)
        else:
            runs.append([first, end])
    return [Span(scale(first), round(max(scale(end) - scale(first), 1.0), 1)) for first, end in runs]


def _lanes(rows: Sequence[Row], marked: Mapping[int, Any]) -> tuple[list[Lane], dict[int, float], float]:
    """Lanes, the top of every bar by row number, and the bottom of the last lane."""
    tracks: dict[str, list[list[Row]]] = {}
    for row in rows:
        _first_free(tracks.setdefault(row["kandidaat_id"], []), row).append(row)
    lanes, tops, y = [], {}, TOP
    for name, lane_tracks in tracks.items():
        start = y
        for track in lane_tracks:
            tops.update({row["nr"]: y + (STEP - BAR) / 2 for row in track})
            y += STEP + (LIMIT_LINE if any(row["nr"] in marked for row in track) else 0)
        label = name if len(name) <= _LABEL_CHARACTERS else name[: _LABEL_CHARACTERS - 1] + "…"
        lanes.append(Lane(name, label, start, y - start))
    return lanes, tops, y


def _first_free(tracks: list[list[Row]], row: Row) -> list[Row]:
    """The first track of a lane that is free from this start on, for one candidate can be placed twice at once."""
    for track in tracks:
        if track[-1]["einddatum"] is not None and track[-1]["einde"] < row["startdatum"]:
            return track
    tracks.append([])
    return tracks[-1]


def _bar(
    row: Row,
    y: float,
    scale: Scale,
    numbers: Mapping[int, int],
    past: Mapping[int, date],
    signals: Mapping[int, int],
) -> Bar:
    x, end = scale(row["startdatum"].toordinal()), scale(row["einde"].toordinal() + 1)
    after = past.get(row["nr"])
    width = round(max(end - x, NARROW), 1)
    return Bar(
        row=row,
        x=x,
        y=y,
        width=width,
        open_to=round(min(x + width + _OPEN, RIGHT), 1) if row["einddatum"] is None else None,
        planned=row["fase"] == "voorgenomen",
        number=numbers.get(row["nr"]),
        past=max(x, scale(after.toordinal())) if after else None,
        signals=signals.get(row["nr"], 0),
    )


def _band(order: Order, low: int, high: int, scale: Scale) -> Band | None:
    if order.period is None:
        return None
    first, last = order.period.first.toordinal(), order.period.last.toordinal() + 1
    if last <= low or first >= high:
        return None
    x, end = scale(first), scale(last)
    return Band(x, round(end - x, 1), _centred((x + end) / 2, len(_("getoetste periode"))))


def _day(day: date, low: int, high: int, scale: Scale) -> Mark | None:
    seen = day.toordinal()
    if not low <= seen < high:
        return None
    x = scale(seen + 1)
    label = _("peildatum {dag}", dag=f"{day:%d-%m-%Y}")
    return Mark(x, TOP, label, _centred(x, len(label)), "middle")


def _centred(x: float, characters: int) -> float:
    """The place nearest to `x` where a label of this length, centred, stays inside the picture."""
    half = characters * CHARACTER / 2
    return round(min(max(x, LEFT + half), RIGHT - half), 1)
