"""What a picture of a case is made of: lanes, bars, marks and ticks, in the units of one viewBox."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import Literal, NamedTuple

from verdringing.page.chains import Row

WIDTH = 920.0
LEFT, RIGHT = 150.0, 896.0
TOP = 54.0
BAR, STEP = 22.0, 36.0
LIMIT_LINE = 16.0
AXIS = 44.0
STRIP = 16.0
"""Room for the strip that shows when anybody was placed, between the lanes and the axis."""

CHARACTER = 8.0
"""Width of one character of a label, rounded up: labels keep their distance without measuring a font."""
NARROW = 4.0
"""Width of the narrowest thing that can be seen."""

Scale = Callable[[int], float]
Anchor = Literal["start", "middle", "end"]


class Tick(NamedTuple):
    """A line on the axis with its label; `year` stands below it where a year begins."""

    x: float
    label: str
    year: str


class Mark(NamedTuple):
    """A date with a label: the line stands at `x`, the label at `label_x`, both at or below `y`."""

    x: float
    y: float
    label: str
    label_x: float
    anchor: Anchor


class Band(NamedTuple):
    """The audited period as far as it falls inside the picture."""

    x: float
    width: float
    label_x: float


class Span(NamedTuple):
    """Days without a gap in which anybody was placed."""

    x: float
    width: float


class Lane(NamedTuple):
    """One candidate: the whole name, a label that fits, and where the lane lies."""

    name: str
    label: str
    y: float
    height: float


class Bar(NamedTuple):
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
        return 0.0 if self.past is None else round(max(self.end - self.past, NARROW), 1)

    @property
    def number_x(self) -> float:
        """Middle of the number: near the start of a wide bar, in the middle of a narrow one."""
        return round(self.x + min(13.0, self.width / 2), 1)


class Timeline(NamedTuple):
    """Everything a template needs to draw the placements of one case; all lengths in viewBox units."""

    height: float
    bottom: float
    lanes: Sequence[Lane]
    bars: Sequence[Bar]
    ticks: Sequence[Tick]
    limits: Sequence[Mark]
    period: Band | None
    day: Mark | None
    occupied: Sequence[Span]
    instruments: Sequence[str]
    first: date
    last: date
    width: float = WIDTH
    left: float = LEFT
    right: float = RIGHT
    top: float = TOP
    bar: float = BAR

    @property
    def axis(self) -> float:
        """Where the labels of the axis begin: below the strip, where there is one."""
        return self.bottom + (STRIP if self.occupied else 0)

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
