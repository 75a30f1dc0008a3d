"""What a rule says of the placements in its scope, beside the verdict: sentences, what is missing, deadlines, links."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from string import Formatter
from typing import TypeAlias

import polars as pl

from verdringing import check
from verdringing.postscripts import ahead, changed
from verdringing.record import BY_NAME, COLUMNS, DERIVED, VERDICTS
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
    "variant": pl.UInt16,
}
EXPLAINED = {
    "regel": pl.String,
    "variant": pl.UInt16,
    "nr": pl.UInt32,
    "oordeel": pl.String,
    "waarde": pl.String,
    "grens": pl.String,
    "gegevens": pl.String,
    "ontbreekt": pl.String,
    "ontstaan_op": pl.Date,
    "toelichting": pl.String,
}
"""One verdict with its reasons: gegevens is what the check found (a row of a norm too), ontbreekt why nobody can tell.

ontstaan_op and toelichting are those of a signal."""
MISSING = pl.DataFrame(schema={"regel": pl.String, "ontbreekt": pl.String, "aantal": pl.UInt32})
DEADLINES = pl.DataFrame(schema={"regel": pl.String, "nr": pl.UInt32, "limiet_op": pl.Date})
LINKS = pl.DataFrame(schema={"regel": pl.String, "nr": pl.UInt32, "voorganger": pl.UInt32, "variant": pl.UInt16})
_SHARES = {column.name for column in COLUMNS if column.kind == "percentage"}
EMPTY = (pl.DataFrame(schema=FINDINGS), MISSING, DEADLINES, LINKS)
Parts: TypeAlias = tuple[pl.DataFrame, pl.DataFrame, pl.DataFrame, pl.DataFrame]
"""Findings, missing, deadlines, links, as in `judge.Judgement`."""


@dataclass(frozen=True, eq=False, slots=True)
class Judged:
    """One rule held against all placements: its verdicts, and on the few rows that need words, the words.

    `found` has `_oordeel` and the columns that the check prepared, for every placement; `mask` says which of them are
    in the scope of the audit and of the rule.
    """

    rule: Rule
    outcome: check.Outcome
    placements: pl.DataFrame
    found: pl.DataFrame
    mask: pl.Series

    @property
    def verdicts(self) -> pl.Series:
        """Verdict of every placement (UInt8, the place in VERDICTS)."""
        return self.found["_oordeel"]

    def parts(self) -> Parts:
        """Findings, missing, deadlines, links."""
        return self._findings(), self._missing(), self._deadlines(), self._links()

    def _where(self, wanted: pl.Series, exprs: Mapping[str, pl.Expr]) -> pl.DataFrame:
        """Evaluate expressions, one of them on nr, on the wanted rows only, with no other columns than they read."""
        roots = {name for expr in exprs.values() for name in expr.meta.root_names()}
        read = [part[name] for part in (self.placements, self.found) for name in part.columns if name in roots]
        # by number and not by filter: a filter is a plan, which costs more than the work on a small file
        return pl.DataFrame(read)[self.placements["nr"].filter(wanted)].select(**exprs)

    def _findings(self) -> pl.DataFrame:
        outcome, text = self.outcome, self.rule.say("bevinding")
        facts = {"nr": pl.col("nr"), "arose": outcome.arose, "value": outcome.value, "limit": outcome.limit}
        if self.rule.changed_on is not None:
            facts |= {"changed": self.rule.changed_on}
        wanted = (self.verdicts == SIGNAL) & self.mask
        if not wanted.any():
            return EMPTY[0]
        holes = {f"_{name}": expr for name, expr in self._holes(text).items()}
        signals = self._where(wanted, facts | holes)
        types = signals.schema
        named = {name[1:]: pl.col(name) for name in holes}
        told = sentence(text, named, {name: types[f"_{name}"] for name in named})
        day = self.placements["peildatum"][0]
        if (signals["arose"] > day).any():
            told = ahead(pl.col("arose").cast(pl.Date), day) + told
        return signals.select(
            regel=pl.lit(self.rule.name),
            nr="nr",
            ontstaan_op=pl.col("arose").cast(pl.Date),
            waarde=in_cell(pl.col("value"), types["value"]),
            grens=in_cell(pl.col("limit"), types["limit"]),
            toelichting=told if "changed" not in types else told + changed(pl.col("changed")),
            variant=pl.lit(self.rule.variant, pl.UInt16),
        )

    def _holes(self, text: str) -> dict[str, pl.Expr]:
        """What a sentence of the rule names: evidence, parameters, columns."""
        asked = {name for _text, name, _form, _kind in Formatter().parse(text) if name is not None}
        columns = {name: pl.col(name) for name in self.placements.columns if name in asked}
        columns |= {name: pl.col(name).cast(pl.Float64) for name in _SHARES & asked}  # decimals are money in a sentence
        params = self.rule.params
        fixed = {name: literal(getattr(params, name)) for name in type(params).model_fields if name in asked}
        shown = {name: expr for name, expr in self.outcome.evidence.items() if name in asked}
        return columns | {name: value for name, value in fixed.items() if value is not None} | shown

    def _missing(self) -> pl.DataFrame:
        """Name what is empty, or lacking otherwise, where a verdict cannot be given; in no order."""
        unknown = (self.verdicts == UNKNOWN) & self.mask
        if not unknown.any():
            return MISSING
        counted = self._lacking(unknown).alias("ontbreekt").value_counts(name="aantal")
        return counted.select(pl.lit(self.rule.name).alias("regel"), "ontbreekt", pl.col("aantal").cast(pl.UInt32))

    def _lacking(self, wanted: pl.Series) -> pl.Series:
        """What is empty or lacking otherwise for each of the wanted placements: names, comma separated."""
        empty = self._empty()
        reasons = {
            f"reason {place}": expr for place, expr in enumerate([*empty.values(), *self.outcome.missing.values()])
        }
        if not reasons or not wanted.any():
            return pl.Series([""], dtype=pl.String).new_from_index(0, int(wanted.sum()))
        found = self._where(wanted, reasons | {"nr": pl.col("nr")})
        names = dict(zip(reasons, [*empty, *self.outcome.missing], strict=True))
        words = [
            pl.col(key) if found.schema[key] == pl.String else pl.when(key).then(pl.lit(name))
            for key, name in names.items()
        ]
        return found.select(pl.concat_str(words, separator=", ", ignore_nulls=True)).to_series()

    def explained(self, wanted: pl.Series) -> pl.DataFrame:
        """EXPLAINED of the wanted placements in scope: what was measured against what, whatever the verdict is."""
        seen = wanted & self.mask
        if not seen.any():
            return pl.DataFrame(schema=EXPLAINED)
        outcome = self.outcome
        facts = {"nr": pl.col("nr"), "verdict": pl.col("_oordeel"), "value": outcome.value, "limit": outcome.limit}
        proof = {f"_{name}": expr for name, expr in outcome.evidence.items()}
        rows = self._where(seen, facts | proof).with_columns(lacking=self._lacking(seen))
        named = [pl.lit(f"{name[1:]}: ") + in_cell(pl.col(name), rows.schema[name]).cast(pl.String) for name in proof]
        used = pl.concat_str(named, separator="; ", ignore_nulls=True) if named else pl.lit("")
        told = replace(self, mask=seen)._findings().select("nr", "ontstaan_op", "toelichting")
        return (
            rows.join(told, on="nr", how="left", maintain_order="left")
            .select(
                regel=pl.lit(self.rule.name),
                variant=pl.lit(self.rule.variant),
                nr="nr",
                oordeel=pl.col("verdict").cat.to(pl.Enum(VERDICTS)).cast(pl.String),
                waarde=in_cell(pl.col("value"), rows.schema["value"]),
                grens=in_cell(pl.col("limit"), rows.schema["limit"]),
                gegevens=pl.when(used != "").then(used),
                ontbreekt=pl.when((pl.col("verdict") == UNKNOWN) & (pl.col("lacking") != "")).then("lacking"),
                ontstaan_op="ontstaan_op",
                toelichting="toelichting",
            )
            .cast(pl.Schema(EXPLAINED))
        )

    def _empty(self) -> dict[str, pl.Expr]:
        """Whether a column of the record or the policy for which the verdict waits says nothing; an open end is no gap.

        A key of one column can be null where that column is filled: a job title of nothing but "32 uur".
        """
        roots = [*self.outcome.applies.meta.root_names(), *self.outcome.flagged.meta.root_names()]
        known = {*BY_NAME, *self.rule.own} - {"einddatum"}
        found: dict[str, pl.Expr] = {}
        for name, waits in (self.outcome.waits or {root: pl.col(root).is_null() for root in roots}).items():
            columns = (name,) if name in known else DERIVED.get(name, ())
            for column in columns:
                empty = waits if len(columns) == 1 else waits & pl.col(column).is_null()
                found[column] = found[column] | empty if column in found else empty
        return found

    def _deadlines(self) -> pl.DataFrame:
        if self.outcome.deadline is None:
            return DEADLINES
        unsignalled = (self.verdicts == CLEAR) | (self.verdicts == UNKNOWN)
        running = (self.placements["fase"] == "lopend") & unsignalled & self.mask
        limit = self.outcome.deadline.cast(pl.Date)
        return self._where(running, {"regel": pl.lit(self.rule.name), "nr": pl.col("nr"), "limiet_op": limit})

    def _links(self) -> pl.DataFrame:
        if self.outcome.because is None:
            return LINKS
        known = self.found.select(nr=self.placements["nr"], voorganger=self.outcome.because).drop_nulls("voorganger")
        name, variant = pl.lit(self.rule.name).alias("regel"), pl.lit(self.rule.variant, pl.UInt16).alias("variant")
        return known.select(name, "nr", "voorganger", variant)
