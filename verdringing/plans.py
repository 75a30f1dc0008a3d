"""One plan per different check and parameters, and the four verdicts, which are decided here alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeAlias

import polars as pl

from verdringing import check
from verdringing.judged import CLEAR, NVT, SIGNAL, UNKNOWN, Judged
from verdringing.rule import Rule

Plan: TypeAlias = tuple[str, int]
"""What decides the verdict of a rule: rules that judge alike share their parameters (see versions)."""


class Plans:
    """Verdicts of every placement with the columns that the check prepared, once per different check and parameters."""

    def __init__(self, placements: pl.DataFrame, rules: Sequence[Rule], ready: Mapping[Plan, pl.DataFrame]) -> None:
        self.placements, self.ready = placements, ready
        on = [rule for rule in rules if rule.on]
        self.asked = Counter(map(plan, on))
        self.outcomes = {plan(rule): rule.outcome for rule in on}
        self.found = self._single_rows(on)

    def judged(self, rule: Rule, mask: pl.Series) -> Judged:
        """A rule held against all placements; what no later rule asks for is let go, for it can be large."""
        key = plan(rule)
        found = self.found.pop(key) if key in self.found else self._with_history(rule)
        self.asked[key] -= 1
        if self.asked[key]:
            self.found[key] = found
        return Judged(rule, self.outcomes[key], self.placements, found, mask)

    def _with_history(self, rule: Rule) -> pl.DataFrame:
        known = self.ready.get(plan(rule))
        if known is None:
            prepared = check.prepare(rule.check, self.placements.lazy(), rule.params)
        else:
            prepared = self.placements.hstack(known).lazy()
        verdict = _verdict(rule, self.outcomes[plan(rule)]).alias("_oordeel")
        # passes over whole columns: the streaming engine would cut them up and join them again
        return prepared.select(verdict, pl.exclude(self.placements.columns)).collect(engine="in-memory")

    def _single_rows(self, rules: Sequence[Rule]) -> dict[Plan, pl.DataFrame]:
        """Verdicts of all rules that look at one row only, in one plan."""
        simple = {plan(rule): rule for rule in rules if not hasattr(rule.check, "prepare")}
        verdicts = {str(key): _verdict(rule, self.outcomes[key]) for key, rule in simple.items()}
        found = self.placements.lazy().select(**verdicts).collect()
        return {key: found.select(_oordeel=str(key)) for key in simple}


def plan(rule: Rule) -> Plan:
    """The plan of a rule."""
    return rule.file.toets, id(rule.params)


def _verdict(rule: Rule, outcome: check.Outcome) -> pl.Expr:
    """The four verdicts: the only place where they are decided."""
    meant = pl.col("instrument").is_in(list(rule.params.instrumenten))
    applies = meant & outcome.applies
    unknown = applies.is_null() | outcome.flagged.is_null()
    steps = pl.when(applies.not_()).then(NVT).when(unknown).then(UNKNOWN).when(outcome.flagged).then(SIGNAL)
    return steps.otherwise(CLEAR).cast(pl.UInt8)
