"""The picture of a case as geometry: lanes, bars, ticks and limits in the units of one viewBox. No HTML here."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal

from verdringing.audited import Order
from verdringing.dossier import Dossier, Row
from verdringing.sentences import MONTHS
from verdringing.words import _, language

WIDTH = 920.0
LEFT, RIGHT = 150.0, 896.0
TOP = 54.0
BAR, STEP = 22.0, 36.0
LIMIT_LINE = 16.0
AXIS = 44.0
CHARACTER = 8.0
"""Width of one character of a label, rounded up: labels keep their distance without measuring a font."""

_LABEL_CHARACTERS = 18
_OPEN = 26.0
_NARROW = 4.0
_SHORTEST_DAYS = 28
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

Scale = Callable[[int], float]
Anchor = Literal["start", "middle", "end"]


@dataclass(frozen=True, slots=True)
class Tick:
    """A line on the axis with its label; `year` stands below it where a year begins."""

    x: float
    label: str
    year: str


@dataclass(frozen=True, slots=True)
class Mark:
    """A date with a label: the line stands at `x`, the label at `label_x`, both at or below `y`."""

    x: float
    y: float
    label: str
    label_x: float
    anchor: Anchor


@dataclass(frozen=True, slots=True)
class Band:
    """The audited period as far as it falls inside the picture."""

    x: float
    width: float
    label_x: float


@dataclass(frozen=True, slots=True)
class Lane:
    """One candidate: the whole name, a label that fits, and where the lane lies."""

    name: str
    label: str
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class Bar:
    """One placement; `number` is its place in the row of successors, `past` where the part past a limit begins."""

    row: Row
    x: float
    y: float
    width: float
    open_to: float | None
    planned: bool
    number: int | None
    past: float | None
    signals: int

    @property
    def end(self) -> float:
        """Where the known part ends."""
        return round(self.x + self.width, 1)

    @property
    def past_width(self) -> float:
        """Width of the part past a limit."""
        return 0.0 if self.past is None else round(max(self.end - self.past, _NARROW), 1)

    @property
    def number_x(self) -> float:
        """Middle of the number: near the start of a wide bar, in the middle of a narrow one."""
        return round(self.x + min(13.0, self.width / 2), 1)


@dataclass(frozen=True, slots=True)
class Timeline:
    """Everything a template needs to draw the placements of one case; all lengths in viewBox units."""

    height: float
    bottom: float
    lanes: Sequence[Lane]
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    limits: Sequence[Mark]
    period: Band | None
    day: Mark | None
    instruments: Sequence[str]
    first: date
    last: date
    width: float = WIDTH
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bar: float = BAR

    @property
    def numbered(self) -> bool:
        """Whether any bar has a place in the row of successors."""
        return any(bar.number for bar in self.bars)

    @property
    def past(self) -> bool:
        """Whether any bar goes past a limit."""
        return any(bar.past is not None for bar in self.bars)

    @property
    def planned(self) -> bool:
        """Whether any placement has yet to begin."""
        return any(bar.planned for bar in self.bars)

    @property
    def open(self) -> bool:
        """Whether any placement has no last day."""
        return any(bar.open_to is not None for bar in self.bars)

    @property
    def signalled(self) -> bool:
        """Whether any bar has a signal."""
        return any(bar.signals for bar in self.bars)


def timeline(dossier: Dossier, order: Order) -> Timeline:
    """Lay out the placements of a case: a lane per candidate in order of first start, a bar per placement."""
    rows = dossier.placements
    low, high = _range(rows, order.day)
    scale = _scale(low, high)
    past = _past_limits(dossier)
    lanes, tops, bottom = _lanes(rows, past)
    numbers = _numbers(dossier)
    bars = [_bar(row, tops[row["nr"]], scale, numbers, past, dossier.signals) for row in rows]
    return Timeline(
        height=bottom + AXIS,
        bottom=bottom,
        lanes=lanes,
        bars=bars,
        ticks=_ticks(low, high, scale),
        limits=list(_limits(bars, past, scale)),
        period=_band(order, low, high, scale),
        day=_day(order.day, low, high, scale),
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
        for said in ruled.found:
            chain = [*said.before, said.row] if said.before else []
            for place, row in enumerate(chain, 1):
                numbers.setdefault(row["nr"], place)
    return numbers


def _past_limits(dossier: Dossier) -> dict[int, dict[date, str]]:
    """Per placement the days on which it came past a limit of a duration rule, each with the limit as written."""
    past: dict[int, dict[date, str]] = {}
    for ruled in dossier.ruled:
        for said in ruled.found if ruled.rule.file.toets == "duur" else ():
            if said.arose is not None and said.arose <= said.row["einde"]:
                past.setdefault(said.row["nr"], {}).setdefault(said.arose, said.limit or "")
    return past


def _lanes(rows: Sequence[Row], past: Mapping[int, Any]) -> tuple[list[Lane], dict[int, float], float]:
    """Lanes, the top of every bar by row number, and the bottom of the last lane."""
    tracks: dict[str, list[list[Row]]] = {}
    for row in rows:
        _first_free(tracks.setdefault(row["kandidaat_id"], []), row).append(row)
    lanes, tops, y = [], {}, TOP
    for name, lane_tracks in tracks.items():
        start = y
        for track in lane_tracks:
            tops.update({row["nr"]: y + (STEP - BAR) / 2 for row in track})
            y += STEP + (LIMIT_LINE if any(row["nr"] in past for row in track) else 0)
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
    past: Mapping[int, Mapping[date, str]],
    signals: Mapping[int, int],
) -> Bar:
    x, end = scale(row["startdatum"].toordinal()), scale(row["einde"].toordinal() + 1)
    limits = past.get(row["nr"])
    width = round(max(end - x, _NARROW), 1)
    return Bar(
        row=row,
        x=x,
        y=y,
        width=width,
        open_to=round(min(x + width + _OPEN, RIGHT), 1) if row["einddatum"] is None else None,
        planned=row["fase"] == "voorgenomen",
        number=numbers.get(row["nr"]),
        past=max(x, scale(min(limits).toordinal())) if limits else None,
        signals=signals.get(row["nr"], 0),
    )


def _limits(bars: Sequence[Bar], past: Mapping[int, Mapping[date, str]], scale: Scale) -> Iterator[Mark]:
    """A mark per limit that was passed; where labels on one height would touch, the later mark is left out."""
    taken: dict[float, list[tuple[float, float]]] = {}
    for bar in bars:
        for day, limit in sorted(past.get(bar.row["nr"], {}).items()):
            x, y = scale(day.toordinal()), bar.y + BAR
            label = _("grens: t/m {dag}", dag=limit) if limit else ""
            from_x, to_x, anchor = _beside(x, label)
            if any(from_x < end and start < to_x for start, end in taken.setdefault(y, [])):
                continue
            taken[y].append((from_x, to_x))
            yield Mark(x, y, label, x + (4 if anchor == "start" else -4), anchor)


def _beside(x: float, label: str) -> tuple[float, float, Anchor]:
    """Where a label beside `x` begins and ends: to the left of it, or to the right where the left has no room."""
    width = len(label) * CHARACTER + 8
    return (x - width, x, "end") if x - width >= LEFT else (x, x + width, "start")


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


def _ticks(low: int, high: int, scale: Scale) -> list[Tick]:
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
    month = MONTHS[language()][day.month - 1]
    short = "mrt" if month == "maart" else month[:3].lower() if language() == "nl" else month[:3]
    return f"{day.day} {short}" if weekly else short
