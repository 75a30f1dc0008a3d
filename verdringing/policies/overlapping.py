"""Two versions of a policy for one municipality and day: a mistake, for nobody could tell which one holds."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import combinations
from typing import TYPE_CHECKING

from verdringing.errors import Mistake
from verdringing.policies.spellings import normal
from verdringing.policies.version import Version, in_days
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.policies.policy import Chain


def overlaps(chains: Sequence[Chain], versions: Sequence[Version]) -> Iterator[Mistake]:
    """Two versions for one municipality and day: nobody could tell which one holds."""
    for (one, before), (other, after) in combinations(zip(chains, versions, strict=True), 2):
        shared = _shared(before, after)
        first, last = _latest(before.van, after.van), _earliest(before.tot, after.tot)
        if shared is not None and (first is None or last is None or first <= last):
            step, names = other[-1], {"pad": one[-1].path, "wie": shared, "dagen": in_days(first, last)}
            what = _("voor {wie} geldt {dagen} ook het beleid in {pad}", **names)
            hint = _("Geef elke versie eigen dagen onder 'geldig', en zet wat alleen basis is in een andere map.")
            yield Mistake(step.where("geldig"), what, hint)


def _shared(one: Version, other: Version) -> str | None:
    """Municipalities that two versions both name, in words; None when there are none."""
    if not one.keys or not other.keys:
        return (one if one.keys else other).where()
    both = one.keys & other.keys
    names = dict(zip(normal(other.gemeenten), other.gemeenten, strict=True))
    return ", ".join(names[key] for key in sorted(both)) if both else None


def _latest(*days: date | None) -> date | None:
    return max((day for day in days if day), default=None)


def _earliest(*days: date | None) -> date | None:
    return min((day for day in days if day), default=None)
