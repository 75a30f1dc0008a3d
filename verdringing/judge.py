"""Rules × placements → verdicts, findings, what was missing, deadlines. The four verdicts are decided here alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from verdringing import check
from verdringing.record import BY_NAME, DERIVED, VERDICTS
from verdringing.rule import Rule
from verdringing.sentences import in_cell, literal, sentence

NVT, CLEAR, UNKNOWN, SIGNAL = range(len(VERDICTS))
FINDINGS = {
    "regel": pl.String,
    "nr": pl.UInt32,
    "ontstaan_op": pl.Date,
    "waarde": pl.String,
    "grens": pl.String,
    "toelichting": pl.String,
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the rules say of the placements in scope; `nr` is the row number of a placement.

    verdicts: nr and a column per rule with its verdict (UInt8, the place in VERDICTS).
    findings: FINDINGS, one row per signal. missing: regel, ontbreekt (names, comma separated), aantal.
    deadlines: regel, nr, limiet_op, of running placements without a signal.
    links: regel, nr, voorganger, the earlier placement that a verdict builds on, also outside the period.
    """

    verdicts: pl.DataFrame
    findings: pl.DataFrame
    missing: pl.DataFrame
    deadlines: pl.DataFrame
    links: pl.DataFrame


def judge(placements: pl.DataFrame, rules: tuple[Rule, ...]) -> Judgement:
    """Hold every placement in scope against every rule: one lazy plan per rule over the placements in memory."""
    in_scope = placements.filter("in_bereik").select("nr")
    off = pl.Series([NVT], dtype=pl.UInt8).new_from_index(0, in_scope.height)
    verdicts, parts = [], [_EMPTY]
    single = _single_row_verdicts(placements, rules)
    for rule in rules:
        judged = _Judged(rule, placements, single) if rule.on else None
        verdicts.append((judged.verdicts() if judged else off).alias(rule.name))
        parts += [judged.parts()] if judged else []
    return Judgement(in_scope.hstack(verdicts), *(pl.concat(frames) for frames in zip(*parts, strict=True)))


_MISSING = pl.DataFrame(schema={"regel": pl.String, "ontbreekt": pl.String, "aantal": pl.UInt32})
_DEADLINES = pl.DataFrame(schema={"regel": pl.String, "nr": pl.UInt32, "limiet_op": pl.Date})
_LINKS = pl.DataFrame(schema={"regel": pl.String, "nr": pl.UInt32, "voorganger": pl.UInt32})
_EMPTY = (pl.DataFrame(schema=FINDINGS), _MISSING, _DEADLINES, _LINKS)


def _single_row_verdicts(placements: pl.DataFrame, rules: tuple[Rule, ...]) -> pl.DataFrame:
    """Verdicts of all rules that look at one row only, in one plan."""
    simple = [rule for rule in rules if rule.on and not hasattr(rule.check, "prepare")]
    return (
        placements.lazy()
        .select(**{rule.name: _verdict(rule, rule.check.check(rule.params)) for rule in simple})
        .collect()
    )


def _verdict(rule: Rule, outcome: check.Outcome) -> pl.Expr:
    """The four verdicts: the only place where they are decided."""
    meant = pl.col("instrument").is_in(list(rule.params.instrumenten))
    applies = meant & outcome.applies
    unknown = applies.is_null() | outcome.flagged.is_null()
    steps = pl.when(applies.not_()).then(NVT).when(unknown).then(UNKNOWN).when(outcome.flagged).then(SIGNAL)
    return steps.otherwise(CLEAR).cast(pl.UInt8)


class _Judged:
    """One rule held against all placements: its verdicts, and on the few rows that need words, the words."""

    def __init__(self, rule: Rule, placements: pl.DataFrame, single: pl.DataFrame) -> None:
        self.rule = rule
        self.outcome = rule.check.check(rule.params)
        self.placements = placements
        self.found = self._found(single)
        self.in_scope = placements["in_bereik"]

    def _found(self, single: pl.DataFrame) -> pl.DataFrame:
        """Verdict of every placement, with the columns that the check prepared."""
        if self.rule.name in single.columns:
            return single.select(pl.col(self.rule.name).alias("_oordeel"))
        prepared = check.prepare(self.rule.check, self.placements.lazy(), self.rule.params)
        added = [name for name in prepared.collect_schema().names() if name not in self.placements.columns]
        return prepared.select(_verdict(self.rule, self.outcome).alias("_oordeel"), *added).collect()

    def verdicts(self) -> pl.Series:
        """Verdict of every placement in scope (UInt8, the place in VERDICTS)."""
        return self.found["_oordeel"].filter(self.in_scope)

    def parts(self) -> tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]:
        """Findings, missing, deadlines, links."""
        return self._findings(), self._missing(), self._deadlines(), self._links()

    def _where(self, wanted: pl.Series, exprs: Mapping[str, pl.Expr]) -> pl.DataFrame:
        """Evaluate expressions on the wanted rows only, with the columns they read and nothing else."""
        roots = {name for expr in exprs.values() for name in expr.meta.root_names()}
        parts = (self.placements.select(c for c in self.placements.columns if c in roots), self.found)
        rows = parts[0].filter(wanted).hstack(parts[1].filter(wanted).get_columns())
        return rows.select(**exprs)

    def _findings(self) -> pl.DataFrame:
        outcome, text = self.outcome, self.rule.say("bevinding")
        holes = {f"_{name}": expr for name, expr in self._holes().items() if f"{{{name}}}" in text}
        facts = {"nr": pl.col("nr"), "arose": outcome.arose, "value": outcome.value, "limit": outcome.limit}
        wanted = (self.found["_oordeel"] == SIGNAL) & self.in_scope
        if not wanted.any():
            return _EMPTY[0]
        signals = self._where(wanted, facts | holes)
        types = signals.schema
        named = {name[1:]: pl.col(name) for name in holes}
        return signals.select(
            regel=pl.lit(self.rule.name),
            nr="nr",
            ontstaan_op=pl.col("arose").cast(pl.Date),
            waarde=in_cell(pl.col("value"), types["value"]),
            grens=in_cell(pl.col("limit"), types["limit"]),
            toelichting=sentence(text, named, {name: types[f"_{name}"] for name in named}),
        ).cast(pl.Schema(FINDINGS))

    def _holes(self) -> dict[str, pl.Expr]:
        """What the sentence of a rule may name: columns, parameters, evidence."""
        fixed = {name: literal(getattr(self.rule.params, name)) for name in type(self.rule.params).model_fields}
        columns = {name: pl.col(name) for name in self.placements.columns}
        return (
            columns | {name: value for name, value in fixed.items() if value is not None} | dict(self.outcome.evidence)
        )

    def _missing(self) -> pl.DataFrame:
        """Name what is empty, or lacking otherwise, where a verdict cannot be given."""
        wanted = (self.found["_oordeel"] == UNKNOWN) & self.in_scope
        empty = {name: pl.col(name).is_null() for name in self._columns_read()}
        reasons = {
            f"reason {place}": expr for place, expr in enumerate([*empty.values(), *self.outcome.missing.values()])
        }
        if not reasons or not wanted.any():
            return _MISSING
        unknown = self._where(wanted, reasons | {"nr": pl.col("nr")})
        names = dict(zip(reasons, [*empty, *self.outcome.missing], strict=True))
        words = [
            pl.col(key) if unknown.schema[key] == pl.String else pl.when(key).then(pl.lit(name))
            for key, name in names.items()
        ]
        named = unknown.select(ontbreekt=pl.concat_str(words, separator=", ", ignore_nulls=True))
        counted = named["ontbreekt"].value_counts(name="aantal").sort("aantal", "ontbreekt", descending=[True, False])
        return counted.select(pl.lit(self.rule.name).alias("regel"), "ontbreekt", pl.col("aantal").cast(pl.UInt32))

    def _columns_read(self) -> list[str]:
        """Columns of the record that the verdict reads; an empty end date is no gap."""
        roots = [*self.outcome.applies.meta.root_names(), *self.outcome.flagged.meta.root_names()]
        columns = [column for name in roots for column in ((name,) if name in BY_NAME else DERIVED.get(name, ()))]
        return [name for name in dict.fromkeys(columns) if name != "einddatum"]

    def _deadlines(self) -> pl.DataFrame:
        if self.outcome.deadline is None:
            return _DEADLINES
        verdict = self.found["_oordeel"]
        running = (self.placements["fase"] == "lopend") & verdict.is_in([CLEAR, UNKNOWN]) & self.in_scope
        found = self._where(running, {"nr": pl.col("nr"), "limiet_op": self.outcome.deadline.cast(pl.Date)})
        return found.select(pl.lit(self.rule.name).alias("regel"), "nr", "limiet_op")

    def _links(self) -> pl.DataFrame:
        if self.outcome.because is None:
            return _LINKS
        known = self.found.select(nr=self.placements["nr"], voorganger=self.outcome.because).drop_nulls("voorganger")
        return known.select(pl.lit(self.rule.name).alias("regel"), "nr", "voorganger")
