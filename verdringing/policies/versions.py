"""Versions of a policy: for which placements each holds, and what a rule is under each of them.

A placement is judged by the version that is in force on its startdatum for its gemeente.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import polars as pl

from verdringing.check import Params
from verdringing.conditions.condition import Condition
from verdringing.norms import Norm
from verdringing.policies.spellings import normal
from verdringing.policies.version import Version
from verdringing.rule import Rule
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.policies.policy import Chain


def version(chain: Chain) -> Version:
    """The version that a chain makes: what its last file says of itself; municipalities can come from its basis."""
    policy = chain[-1].policy
    gemeenten = next((one for step in reversed(chain) if (one := step.policy.municipalities)), ())
    return Version(
        file=chain[-1].path,
        gemeenten=gemeenten,
        van=policy.geldig.van,
        tot=policy.geldig.tot,
        vastgesteld_op=policy.geldig.vastgesteld_op,
        naam=policy.naam,
        publicatie=policy.publicatie,
        link=policy.link,
        toelichting=policy.toelichting,
        keys=frozenset(normal(gemeenten)),
    )


@dataclass(slots=True)
class Calendar:
    """For which placements the versions hold, as expressions over gemeente_sleutel and startdatum.

    One set of versions always gives the same expression, so that it is evaluated once for all rules.
    """

    versions: Sequence[Version]
    _made: dict[frozenset[int], pl.Expr] = field(default_factory=dict)

    @property
    def everywhere(self) -> bool:
        """Whether one version holds for every municipality and day."""
        return any(not one.keys and one.van is None and one.tot is None for one in self.versions)

    def scope(self, places: Iterable[int]) -> pl.Expr:
        """Placements judged by one of these versions; -1 stands for no version at all."""
        wanted = frozenset(places)
        if wanted not in self._made:
            parts = [_holds(self.versions[place]) for place in wanted - {-1}]
            parts += [self.scope(range(len(self.versions))).not_()] if -1 in wanted else []
            self._made[wanted] = pl.any_horizontal(parts)
        return self._made[wanted]

    @property
    def nowhere(self) -> pl.Expr:
        """Placements for which no version is in force."""
        return self.scope([-1])

    def rules(self, standard: Rule | None, found: Sequence[Rule | None]) -> list[Rule]:
        """The rules of one name: what is the same under several versions once, numbered; see `Rule`.

        `standard` is the shipped rule, `found` what it is under every version (None: it does not have the rule).
        """
        if self.everywhere:
            return [rule for rule in found if rule]
        under: dict[int, Rule] = {place: rule for place, rule in enumerate(found) if rule}
        policy = any(rule.file.norm == "beleid" for rule in ([standard] if standard else under.values()))
        if standard and not policy:
            under[-1] = standard
        groups = _alike(under)
        whole = len(groups) == 1 and len(under) == len(self.versions) + 1
        return [
            replace(
                under[places[0]],
                params=_first_same(under, places[0]).params,
                scope=None if whole else self.scope(places),
                unjudged=self.nowhere if policy else None,
                changed_on=self._changed_on(under[places[0]], found),
                variant=variant,
                label="" if len(groups) == 1 else self._label(places),
            )
            for variant, places in enumerate(groups)
        ]

    def _changed_on(self, rule: Rule, found: Sequence[Rule | None]) -> pl.Expr | None:
        """First day on which a version with another rule takes effect while the placement runs; None if none can."""
        others = [
            (one, one.van)
            for one, other in zip(self.versions, found, strict=True)
            if one.van and rule.on and not (other and judges_alike(rule, other))
        ]
        runs = (
            pl.when(_here(one) & (pl.col("startdatum") < day) & (pl.col("einde") >= day)).then(pl.lit(day))
            for one, day in others
        )
        return pl.min_horizontal(runs) if others else None

    def _label(self, places: Sequence[int]) -> str:
        names = [self.versions[place].label if place >= 0 else _("waar geen beleid geldt") for place in places]
        return "; ".join(names)


def _here(one: Version) -> pl.Expr:
    """Placements in the municipalities of a version."""
    if not one.keys:
        return pl.lit(value=True)
    return pl.col("gemeente_sleutel").is_in(sorted(one.keys)).fill_null(value=False)


def _holds(one: Version) -> pl.Expr:
    """Placements for which a version is in force: those in its municipalities that start on one of its days."""
    start = pl.col("startdatum")
    parts = [_here(one), *([start >= one.van] if one.van else []), *([start <= one.tot] if one.tot else [])]
    return pl.all_horizontal(parts)


def _alike(under: Mapping[int, Rule]) -> list[list[int]]:
    """Versions by rule: together where everything about it is the same, also where its values stand."""
    groups: list[list[int]] = []
    for place, rule in under.items():
        group = next((one for one in groups if _same(under[one[0]], rule)), None)
        if group is None:
            groups.append([place])
        else:
            group.append(place)
    return groups


def _same(one: Rule, other: Rule) -> bool:
    alike = (one.file, one.origins, one.sources) == (other.file, other.origins, other.sources)
    return one is other or (alike and judges_alike(one, other))


def _first_same(under: Mapping[int, Rule], place: int) -> Rule:
    """The first rule that judges as this one does: with its parameters they are evaluated together."""
    return next(rule for rule in under.values() if judges_alike(rule, under[place]))


def judges_alike(one: Rule, other: Rule) -> bool:
    """Whether two rules give every placement the same verdict: the same check, switch and parameters."""
    same_check = (one.file.toets, one.on) == (other.file.toets, other.on)
    return same_check and (one.params is other.params or _values(one.params) == _values(other.params))


def _values(params: Params) -> dict[str, Any]:
    """Parameters by name, in a form that can be compared: a condition as it was written, a norm by its rows."""
    return {name: _comparable(getattr(params, name)) for name in type(params).model_fields}


def _comparable(value: Any) -> Any:
    match value:
        case Condition():
            return value.text
        case Norm():
            return value.model_dump()
    return value
