"""Counts of a whole audit: of parts that hold whole work places they can be added up."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from verdringing.judge import rule_key
from verdringing.near import near_limits, soonest
from verdringing.record import VERDICTS, by_name

if TYPE_CHECKING:
    from verdringing.audited import Audited
    from verdringing.rule import Rule

_EMPLOYER = ("gemeente_sleutel", "werkgever_sleutel")


@dataclass(frozen=True, slots=True)
class Sums:
    """What is counted, and what little is kept of every part.

    verdicts: per rule the placements in scope with each verdict. filled: per column the placements with a value. kept:
    placements per file. quarters: findings per quarter (year × 4 + quarter − 1). missing: as in Judgement. signalling:
    keys of rules with a finding. in_use: keys of rules that judge any placement in scope.
    serious: findings that rest on statute or policy. near: limits that are near;
    deadlines: the first MOST_DEADLINES of them, with their placement. last_start: the last first day of a placement.
    unended: placements in scope without an end date. signalled_at: the different gemeente_sleutel and werkgever_sleutel
    of findings, as in bevindingen.csv: who employs, also where the work is done elsewhere. One employer can be in more
    than one part, so these are put together and not added up.
    """

    placements: int
    in_scope: int
    cases: int
    running: int
    findings: int
    signalled: int
    unended: int
    serious: int
    near: int
    last_start: date | None
    verdicts: Mapping[str, Mapping[str, int]]
    filled: Mapping[str, int]
    kept: Mapping[str, int]
    quarters: Mapping[int, int]
    signalling: frozenset[str]
    in_use: frozenset[str]
    missing: pl.DataFrame
    deadlines: pl.DataFrame
    signalled_at: pl.DataFrame

    @property
    def employers(self) -> int:
        """How many employers have a finding."""
        return self.signalled_at.height


def sums_of(audited: Audited) -> Sums:
    """The sums of an audit, or of one part of it."""
    findings, cases, verdicts = audited.findings, audited.cases, audited.judgement.verdicts
    keys, near = rule_key([rule.key for rule in audited.book.rules]), near_limits(audited)
    return Sums(
        placements=audited.placements.height,
        in_scope=verdicts.height,
        cases=cases.height,
        running=int(cases["lopend"].sum()),
        findings=findings.height,
        serious=int(findings.select(serious(audited.book.rules).sum()).item()),
        signalled=findings["nr"].n_unique(),
        **reach_of(audited.placements),
        verdicts=counts(verdicts),
        filled=_filled(audited),
        kept=per_file(audited.placements),
        quarters=per_quarter(findings["ontstaan_op"]),
        signalling=frozenset(findings.select("regel", "variant").unique().select(keys).to_series()),
        in_use=_in_use(audited.placements, audited.book.rules),
        missing=audited.judgement.missing,
        near=near.height,
        deadlines=soonest(near),
        signalled_at=audited.placements.select(_EMPLOYER)[findings["nr"].unique()].unique(),
    )


def added(parts: Iterable[Sums], rules: Iterable[str]) -> Sums:
    """The sums of all parts together; `rules` are the names of all rules, in the order of the report."""
    given = list(parts)
    whole: dict[str, Any] = {name: sum(getattr(one, name) for one in given) for name in _NUMBERS}
    whole |= {name: _together(getattr(one, name) for one in given) for name in _TALLIES}
    order = pl.col("regel").cast(pl.Enum(list(rules)))
    missing = pl.concat([one.missing for one in given]).group_by("regel", "ontbreekt").agg(pl.col("aantal").sum())
    return Sums(
        **whole,
        last_start=max((one.last_start for one in given if one.last_start), default=None),
        verdicts={name: _together(one.verdicts[name] for one in given) for name in given[0].verdicts},
        signalling=frozenset().union(*(one.signalling for one in given)),
        in_use=frozenset().union(*(one.in_use for one in given)),
        missing=missing.sort(order, "aantal", "ontbreekt", descending=[False, True, False]),
        deadlines=soonest(pl.concat([one.deadlines for one in given])),
        signalled_at=pl.concat([one.signalled_at for one in given]).unique(),
    )


_NUMBERS = (
    "placements",
    "in_scope",
    "cases",
    "running",
    "findings",
    "signalled",
    "unended",
    "serious",
    "near",
)
_TALLIES = ("filled", "kept", "quarters")


def reach_of(placements: pl.DataFrame) -> dict[str, Any]:
    """last_start and unended of placements (see Sums)."""
    unended = pl.col("einddatum").is_null() & pl.col("in_bereik")
    return placements.select(last_start=pl.col("startdatum").max(), unended=unended.sum()).row(0, named=True)


def _in_use(placements: pl.DataFrame, rules: Iterable[Rule]) -> frozenset[str]:
    """Keys of the rules that judge any placement in scope, or would if a policy were in force for it."""
    seen = placements.lazy().filter("in_bereik").select("gemeente_sleutel", "startdatum").unique()
    held = {rule.key: _all_of(rule) for rule in rules}
    used = seen.select(holds.any().alias(key) for key, holds in held.items()).collect()
    return frozenset(key for key, some in used.row(0, named=True).items() if some)


def _all_of(rule: Rule) -> pl.Expr:
    """Placements that a rule of several with one name is for; all, where it is the only one."""
    if rule.scope is None:
        return pl.col("startdatum").is_not_null()
    return rule.scope if rule.unjudged is None else rule.scope | rule.unjudged


def serious(rules: Iterable[Rule]) -> pl.Expr:
    """Whether a finding (regel, variant) rests on statute or policy."""
    norms = {rule.key: rule.file.norm for rule in rules}
    return rule_key(norms).is_in([key for key, norm in norms.items() if norm != "signaal"])


def counts(verdicts: pl.DataFrame) -> dict[str, dict[str, int]]:
    """Per rule how many placements got each verdict; they add up to the placements in scope, or the tool is wrong."""
    result = {}
    for rule in verdicts.columns[1:]:
        given = verdicts[rule]
        result[rule] = {verdict: int((given == place).sum()) for place, verdict in enumerate(VERDICTS)}
        assert sum(result[rule].values()) == verdicts.height, f"verdicts of {rule} add up to the placements in scope"
    return result


def per_file(placements: pl.DataFrame) -> dict[str, int]:
    """How many placements are from each file."""
    return _counted(placements["bestand"])


def _counted(values: pl.Series) -> dict[Any, int]:
    return dict(values.alias("value").value_counts().rows())


def _filled(audited: Audited) -> dict[str, int]:
    counted = audited.placements.select(pl.col(list(by_name(audited.book.own_columns))).count())
    return {name: count for name, count in counted.row(0, named=True).items() if count}


def per_quarter(arose: pl.Series) -> dict[int, int]:
    """Days counted per quarter (year × 4 + quarter − 1); null counts for nothing."""
    known = arose.drop_nulls()
    return _counted(known.dt.year().cast(pl.Int32) * 4 + known.dt.quarter() - 1)


def _together(tallies: Iterable[Mapping[Any, int]]) -> dict[Any, int]:
    whole: Counter[Any] = Counter()
    for one in tallies:
        whole.update(one)
    return dict(whole)
