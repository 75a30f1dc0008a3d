"""A condition that a policy puts in a shipped rule: the sentence and the day of that rule were about another one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from verdringing.check import Params
from verdringing.conditions.condition import Condition
from verdringing.errors import Mistake
from verdringing.rule_file import Change
from verdringing.strict_yaml import Document, Route
from verdringing.words import _

_CONDITIONS = ("geldt_voor", "signaal_als")


def untold(
    before: Params, after: Params, changes: Sequence[Change], document: Document, route: Route
) -> Iterator[Mistake]:
    """What a new condition asks for and the changes, its own and later ones, do not give; `route` leads to it."""
    replaced = [name for name in _CONDITIONS if _another(getattr(before, name, None), getattr(after, name, None))]
    if replaced and not any(change.bevinding for change in changes):
        hint = _(
            "Zet bij deze regel, naast 'parameters', een eigen 'bevinding' die bij de nieuwe voorwaarde past. "
            "Kijk ook of de titel en de andere teksten nog kloppen."
        )
        for name in replaced:
            what = _("{naam}: de bevinding van deze regel hoort bij een andere voorwaarde", naam=name)
            yield Mistake(document.where((*route, name)), what, hint)
    if replaced and _day_stays(before, changes):
        hint = _("Geef ook 'ontstaan_op'. Staat er niets achter, dan telt de startdatum.")
        what = _("{naam}: de dag van deze regel hoort bij een andere voorwaarde", naam="ontstaan_op")
        yield Mistake(document.where((*route, replaced[0])), what, hint)


def _another(before: Condition | None, after: Condition | None) -> bool:
    """Whether a condition says something else. One where none was only narrows the rule: every sentence stays true."""
    if before is None:
        return False
    return after is None or not before.expr.meta.eq(after.expr)


def _day_stays(before: Params, changes: Sequence[Change]) -> bool:
    day = "ontstaan_op"
    return getattr(before, day, None) is not None and not any(day in change.parameters for change in changes)
