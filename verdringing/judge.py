"""Rules × placements → verdicts, findings, what was missing, deadlines."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from verdringing.judged import (
    CLEAR,
    DEADLINES,
    EMPTY,
    EXPLAINED,
    LINKS,
    MISSING,
    NVT,
    SIGNAL,
    UNKNOWN,
    Judged,
    Parts,
)
from verdringing.plans import Plan, Plans
from verdringing.record import VERDICTS
from verdringing.rule import Rule

__all__ = ["CLEAR", "NVT", "SIGNAL", "UNKNOWN", "Judgement", "explain", "judge", "rule_key"]


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of the placements in scope; `nr` is the row number of a placement.

    verdicts: nr and a column per name of a rule with its verdict (UInt8, the place in VERDICTS).
    findings: FINDINGS, one row per signal. missing: regel, ontbreekt (names, comma separated), aantal.
    deadlines: regel, nr, limiet_op, of running placements without a signal.
    links: regel, nr, voorganger, the earlier placement that a verdict builds on, also outside the period; variant.
    `variant` is which of the rules of one name it was.
    """

    verdicts: pl.DataFrame
    findings: pl.DataFrame
    missing: pl.DataFrame
    deadlines: pl.DataFrame
    links: pl.DataFrame

    def without_findings(self) -> Judgement:
        """The same with its findings let go: they stand with their cases from then on, and take much memory."""
        return replace(self, findings=self.findings.clear())


def rule_key(known: Iterable[str]) -> pl.Expr:
    """The key (`Rule.key`) of the rule of a finding; `known` are the keys in force."""
    if not any("/" in key for key in known):
        return pl.col("regel")
    numbered = pl.concat_str("regel", pl.lit("/"), "variant")
    return pl.when(pl.col("variant") == 0).then("regel").otherwise(numbered)


def judge(
    placements: pl.DataFrame, rules: tuple[Rule, ...], ready: Mapping[Plan, pl.DataFrame] | None = None
) -> Judgement:
    """Hold every placement in scope against every rule: one lazy plan per different rule over the placements in memory.

    Rules of one name are told apart by their scope; history is that of all placements, whatever judged them.
    `ready` are columns that a check prepared elsewhere, where not all of that history is among these placements.
    """
    in_scope = placements.filter("in_bereik").select("nr")
    masks = _masks(placements, rules)
    plans = Plans(placements, rules, ready or {})
    verdicts: list[pl.Series] = []
    parts: list[Parts] = [EMPTY]
    for name in dict.fromkeys(rule.name for rule in rules):
        named = [rule for rule in rules if rule.name == name]
        judged = [plans.judged(rule, masks[id(rule.scope)]) for rule in named if rule.on]
        unjudged = masks[id(named[0].unjudged)] if judged and named[0].unjudged is not None else None
        verdicts.append(_combined(judged, unjudged, placements).alias(name))
        parts += [one.parts() for one in judged]
        parts += [_without_policy(name, unjudged)] if unjudged is not None else []
    findings, missing, deadlines, links = (pl.concat(frames) for frames in zip(*parts, strict=True))
    return Judgement(in_scope.hstack(verdicts), findings, _summed(missing, rules), deadlines, links)


def explain(
    placements: pl.DataFrame,
    rules: tuple[Rule, ...],
    wanted: pl.Series,
    ready: Mapping[Plan, pl.DataFrame] | None = None,
) -> pl.DataFrame:
    """EXPLAINED: what every rule that is on says of the wanted placements in scope, and why; by placement, then rule.

    `wanted` is true for the placements that are asked about; the others count as history. `ready` as in `judge`.
    """
    masks = _masks(placements, rules)
    plans = Plans(placements, rules, ready or {})
    on = [rule for rule in rules if rule.on]
    parts = [plans.judged(rule, masks[id(rule.scope)]).explained(wanted) for rule in on]
    parts += [_policy_lacks(rule, placements["nr"].filter(masks[id(rule.unjudged)] & wanted)) for rule in _unjudged(on)]
    return pl.concat([pl.DataFrame(schema=EXPLAINED), *parts]).sort("nr", "regel", "variant")


def _unjudged(rules: Sequence[Rule]) -> list[Rule]:
    """The first rule of each name that says for which placements no policy is in force."""
    firsts = {rule.name: rule for rule in reversed(rules)}
    return [rule for rule in firsts.values() if rule.unjudged is not None]


def _policy_lacks(rule: Rule, numbers: pl.Series) -> pl.DataFrame:
    told = {"regel": rule.name, "variant": 0, "oordeel": VERDICTS[UNKNOWN], "ontbreekt": "beleid"}
    given = {name: pl.lit(told.get(name), dtype) for name, dtype in EXPLAINED.items() if name != "nr"}
    return numbers.to_frame("nr").with_columns(**given).select(list(EXPLAINED))


def _masks(placements: pl.DataFrame, rules: Sequence[Rule]) -> dict[int, pl.Series]:
    """Placements in scope that each scope of a rule holds for, by the identity of the scope; None is all of them."""
    scopes = {id(scope): scope for rule in rules for scope in (rule.scope, rule.unjudged) if scope is not None}
    found = {id(None): placements["in_bereik"]}
    if scopes:
        held = {str(key): pl.col("in_bereik") & scope for key, scope in scopes.items()}
        found |= dict(zip(scopes, placements.lazy().select(**held).collect().get_columns(), strict=True))
    return found


def _combined(judged: Sequence[Judged], unjudged: pl.Series | None, placements: pl.DataFrame) -> pl.Series:
    """One verdict per placement in scope: of the rule whose scope it is in, unknown where no policy is in force."""
    in_scope = placements["in_bereik"]
    if len(judged) == 1 and judged[0].rule.scope is None:
        return judged[0].verdicts.filter(in_scope)
    found = pl.Series([NVT], dtype=pl.UInt8).new_from_index(0, placements.height)
    for one in judged:
        found = one.verdicts.zip_with(one.mask, found)
    if unjudged is not None:
        found = pl.Series([UNKNOWN], dtype=pl.UInt8).new_from_index(0, placements.height).zip_with(unjudged, found)
    return found.filter(in_scope)


def _without_policy(name: str, unjudged: pl.Series) -> Parts:
    """What is missing where no policy is in force: the policy itself."""
    counted = pl.DataFrame({"regel": [name], "ontbreekt": ["beleid"], "aantal": [unjudged.sum()]}, MISSING.schema)
    return (EMPTY[0], counted.filter(pl.col("aantal") > 0), DEADLINES, LINKS)


def _summed(missing: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """One row per rule and missing thing, most first, also where several rules of one name miss the same."""
    order = pl.col("regel").cast(pl.Enum(list(dict.fromkeys(rule.name for rule in rules))))
    once = all(rule.variant == 0 and rule.unjudged is None for rule in rules)
    summed = missing if once else missing.group_by("regel", "ontbreekt").agg(pl.col("aantal").sum())
    return summed.sort(order, "aantal", "ontbreekt", descending=[False, True, False])
