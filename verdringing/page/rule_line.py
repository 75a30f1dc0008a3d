"""One rule on the page: what it counted, what it lacked, and its effective values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from verdringing import account
from verdringing.rule import Rule
from verdringing.sums import Sums


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with its four counts, what was missing where it could not judge, and its effective values.

    `variants` has them for every policy under which the rule differs; `rule` is the first that is `on` for a placement
    in scope, where there is one. `listless` rules ask for a list that was not given.
    """

    rule: Rule
    counts: Mapping[str, int]
    missing: Sequence[tuple[str, int]]
    variants: Sequence[tuple[Rule, dict[str, dict[str, str]]]]
    on: bool

    @property
    def listless(self) -> bool:
        """Whether the rule could not be held against anything, because no list was given."""
        return getattr(self.rule.params, "lijst", self) is None


def rule_line(named: Sequence[Rule], sums: Sums) -> RuleLine:
    """The line of one rule; `named` are its versions under the policies that are in use."""
    on = [one for one in named if one.on and (one.key in sums.in_use or not sums.in_scope)]
    rule = next(iter(on), named[0])
    missing = sums.missing.filter(pl.col("regel") == rule.name).select("ontbreekt", "aantal").rows()
    return RuleLine(rule, sums.verdicts[rule.name], missing, [(one, account.in_words(one)) for one in named], bool(on))
