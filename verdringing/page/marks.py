"""Days to mark on a bar of the picture: where a limit was passed, and from when an employer was on a list."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta

from verdringing.page.dossier import Dossier
from verdringing.page.drawn import BAR, CHARACTER, LEFT, Anchor, Bar, Mark, Scale
from verdringing.page.ruled import Said
from verdringing.words import _


def past_limits(dossier: Dossier) -> dict[int, date]:
    """Per placement the first day on which it came past a limit of a duration rule."""
    days: dict[int, date] = {}
    for said, arose in _arisen(dossier, "duur"):
        days[said.row["nr"]] = min(arose, days.get(said.row["nr"], arose))
    return days


def marked(dossier: Dossier, low: int, high: int) -> dict[int, dict[date, str]]:
    """Per placement the days to mark from `low` to `high` (ordinals): after the last allowed day, since it is listed.

    A day is marked where it lies, also before the placement; the first label for a day stays.
    """
    days: dict[int, dict[date, str]] = {}
    for check, label, later in (
        ("duur", _("grens: t/m {dag}"), timedelta(days=1)),
        ("lijst", _("op de lijst sinds {dag}"), timedelta()),
    ):
        for said, _arose in _arisen(dossier, check):
            day = _day(said.limit)
            if day is not None and low <= (day + later).toordinal() <= high:
                days.setdefault(said.row["nr"], {}).setdefault(day + later, label.format(dag=said.limit))
    return days


def _arisen(dossier: Dossier, check: str) -> Iterator[tuple[Said, date]]:
    """The findings of one check that arose while their placement ran, with that day."""
    for ruled in dossier.ruled:
        for said in (*ruled.found, *ruled.rest) if ruled.rule.file.toets == check else ():
            if said.arose is not None and said.arose <= said.row["einde"]:
                yield said, said.arose


def _day(limit: str | None) -> date | None:
    """The day that a limit names; None where it names none, as on a list without a begin."""
    return date.fromisoformat("-".join(reversed(limit.split("-")))) if limit and limit[0].isdigit() else None


def limits(bars: Sequence[Bar], marked: Mapping[int, Mapping[date, str]], scale: Scale) -> Iterator[Mark]:
    """A mark per day to mark on a bar; where labels on one height would touch, the later mark is left out."""
    taken: dict[float, list[tuple[float, float]]] = {}
    for bar in bars:
        for day, label in sorted(marked.get(bar.row["nr"], {}).items()):
            x, y = scale(day.toordinal()), bar.y + BAR
            from_x, to_x, anchor = _beside(x, label)
            if any(from_x < end and start < to_x for start, end in taken.setdefault(y, [])):
                continue
            taken[y].append((from_x, to_x))
            yield Mark(x, y, label, x + (4 if anchor == "start" else -4), anchor)


def _beside(x: float, label: str) -> tuple[float, float, Anchor]:
    """Where a label beside `x` begins and ends: to the left of it, or to the right where the left has no room."""
    width = len(label) * CHARACTER + 8
    return (x - width, x, "end") if x - width >= LEFT else (x, x + width, "start")
