"""Days to mark on a bar of the picture: where a limit was passed, and from when an employer was on a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import date

from verdringing.page.dossier import Dossier
from verdringing.page.drawn import BAR, CHARACTER, LEFT, Anchor, Bar, Mark, Scale
from verdringing.words import _


def past_limits(dossier: Dossier) -> dict[int, dict[date, str]]:
    """Per placement the days on which it came past a limit of a duration rule, each with its label."""
    return _arisen(dossier, "duur", lambda limit: _("grens: t/m {dag}", dag=limit) if limit else "")


def listed_days(dossier: Dossier) -> dict[int, dict[date, str]]:
    """Per placement the day from which its employer was on a list while it ran, with the day the listing began."""
    return _arisen(
        dossier, "lijst", lambda since: _("op de lijst sinds {dag}", dag=since) if since else _("op de lijst")
    )


def _arisen(dossier: Dossier, check: str, label: Callable[[str | None], str]) -> dict[int, dict[date, str]]:
    """Per placement the days on which findings of one check arose while it ran; `label` makes words of their limit."""
    days: dict[int, dict[date, str]] = {}
    for ruled in dossier.ruled:
        for said in (*ruled.found, *ruled.rest) if ruled.rule.file.toets == check else ():
            if said.arose is not None and said.arose <= said.row["einde"]:
                days.setdefault(said.row["nr"], {}).setdefault(said.arose, label(said.limit))
    return days


def marked_days(*given: Mapping[int, Mapping[date, str]]) -> dict[int, dict[date, str]]:
    """Every date to mark, by placement; the first label for a day stays."""
    marked: dict[int, dict[date, str]] = {}
    for marks in given:
        for number, days in marks.items():
            marked[number] = {**days, **marked.get(number, {})}
    return marked


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
