"""A worked example of a rule: of its cases one with a signal, and the one without that comes closest to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product, zip_longest
from math import inf
from typing import TypeAlias

from verdringing.documents.case_files import Answer, Case, Row, answers
from verdringing.record import BY_NAME
from verdringing.rule import Rule, RuleBook

Answered: TypeAlias = Sequence[tuple[Row, Answer]]
Closeness: TypeAlias = tuple[int, int, float]

_AT_MOST = {"signaal": {"signaal", "geen_signaal"}, "geen_signaal": {"geen_signaal"}}


@dataclass(frozen=True, slots=True)
class Part:
    """One of the two cases, with what the rule says of every row."""

    case: Case
    rows: Answered

    @property
    def signal(self) -> bool:
        """Whether any of its rows is a signal."""
        return any(answer.verdict == "signaal" for _row, answer in self.rows)

    def ends_in(self, verdict: str) -> bool:
        """Whether its last row has this verdict, and no row one that says more, or that nothing can be said."""
        found = [answer.verdict for _row, answer in self.rows]
        return found[-1] == verdict and set(found) <= _AT_MOST[verdict]


def example(rule: Rule, cases: Sequence[Case], book: RuleBook) -> tuple[Part, Part]:
    """A case that ends in a signal and one that ends without: of all pairs the closest, and of those the first.

    Close is: the fewest cells that differ, then the fewest rows, then the least difference in days or numbers, which is
    less than any in words. Cases
    that change parameters are left out, because a page shows what ships.
    """
    plain = [case for case in cases if not case.parameters]
    said = answers(rule, plain, book)
    parts = [Part(case, [(row, said[row.line]) for row in case.rows]) for case in plain]
    signals = [part for part in parts if part.ends_in("signaal")]
    clear = [part for part in parts if part.ends_in("geen_signaal")]
    return min(product(signals, clear), key=lambda pair: _closeness(pair[0].case, pair[1].case))


def _closeness(one: Case, other: Case) -> Closeness:
    cells = list(_differences(one, other))
    days = abs((one.day - other.day).days)
    return len(cells) + bool(days), len(one.rows) + len(other.rows), sum(cells) + days


def _differences(one: Case, other: Case) -> Iterator[float]:
    """How much each cell that differs does: days, a number; other text is as far as can be."""
    nothing: Mapping[str, str] = {}
    before_after = ([row.written for row in case.rows] for case in (one, other))
    for row, twin in zip_longest(*before_after, fillvalue=nothing):
        for name in BY_NAME:
            before, after = row.get(name, ""), twin.get(name, "")
            if before != after:
                yield _distance(before, after)


def _distance(before: str, after: str) -> float:
    for read in (lambda text: date.fromisoformat(text).toordinal(), lambda text: float(text.replace(",", "."))):
        try:
            return abs(read(after) - read(before))
        except ValueError:
            continue
    return inf
