"""What a finding rests on: its facts in words, and a mark that stays the same for as long as they do."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from hashlib import sha256

import polars as pl

from verdringing.distinct import per_distinct
from verdringing.names import firm, job
from verdringing.privacy.shield import shielded
from verdringing.record import BY_NAME
from verdringing.rule import Rule, RuleBook

EMPLOYER, PLACE = "werkgever", "plaats van het werk"
"""Who employs, and where the work is where that is another; no column can have the name of the second."""

ALWAYS = ("functie", "instrument", "startdatum", EMPLOYER, PLACE)
"""Facts of every finding: a placement with another job, instrument, first day, employer or place is another one."""

EMPTY = "leeg"
HIDDEN = "(afgeschermd)"
AT_ONCE = 25_000
"""Findings whose facts are written at once, for they take more memory than the findings."""

_BEHIND = {"einde": "einddatum", "duur_dagen": "einddatum", "fase": None, "peildatum": None}
"""What moves with the reference date, and the fact of the record behind it."""
_MEASURED = ("waarde", "grens")
_LONGEST = 80


def with_marks(findings: pl.DataFrame, placements: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Add feiten ("einddatum: 31-03-2026; functie: inpakker; …") and kenmerk (k and 12 hexadecimal digits).

    The facts of a finding are ALWAYS, the columns of the record that the rule's verdict, value and limit read, waarde
    where it counts something, and grens. They are written in one way in every language and hold no reference date: an
    open placement has the end date "leeg" in every quarter. Who the candidate is, is no fact.
    """
    reads = _reads_by_rule(findings["regel"].unique().to_list(), book)
    read = findings.select("nr", "plaatsing_id", "regel", *_MEASURED)
    pieces = [read.slice(first, AT_ONCE) for first in range(0, max(read.height, 1), AT_ONCE)]
    return findings.hstack(pl.concat([_marked(piece, placements, reads) for piece in pieces]))


def _marked(findings: pl.DataFrame, placements: pl.DataFrame, reads: Mapping[str, Collection[str]]) -> pl.DataFrame:
    """The facts and the mark of some findings: feiten, kenmerk."""
    every = sorted(set(ALWAYS).union(*reads.values()))
    rows = _with_record(findings, placements, [name for name in every if name not in _MEASURED])
    facts = [_fact(name, rows.schema[name], _readers(name, reads)) for name in every]
    told = rows.select(pl.concat_str(facts, separator="; ", ignore_nulls=True).alias("feiten")).to_series()
    return pl.DataFrame([told, _marks(findings, told)])


def _reads_by_rule(named: Collection[str], book: RuleBook) -> dict[str, set[str]]:
    """Facts of the findings of each named rule, besides ALWAYS; of all its variants together."""
    record = {*BY_NAME, "leeftijd", *(column.name for column in book.own_columns)} - {"kandidaat_id", "plaatsing_id"}
    reads = {name: set[str]() for name in named}
    for rule in book.rules:
        if rule.on and rule.name in reads:
            reads[rule.name] |= _reads(rule, record)
    return reads


def _reads(rule: Rule, record: set[str]) -> set[str]:
    """Facts that a rule reads; waarde where its value comes from the history and stands still."""
    outcome = rule.outcome
    parts = (outcome.applies, outcome.flagged, outcome.value, outcome.limit)
    columns = {_BEHIND.get(name, name) for part in parts for name in part.meta.root_names()}
    measured = set(outcome.value.meta.root_names())
    counted = {"waarde"} if measured - record and not measured & set(_BEHIND) else set[str]()
    return {name for name in columns if name in record} | counted | {"grens"}


def _readers(name: str, reads: Mapping[str, Collection[str]]) -> list[str] | None:
    """Rules that have this fact; None is all of them."""
    return None if name in ALWAYS else [rule for rule, columns in reads.items() if name in columns]


def _with_record(findings: pl.DataFrame, placements: pl.DataFrame, names: list[str]) -> pl.DataFrame:
    """The findings with the columns of their placement: employer, place of work and job as spelled."""
    employer = pl.coalesce(_once("werkgever", firm), "kvk_nummer")
    place = pl.coalesce(_once("inlener", firm), "inlener_kvk")
    spelled = {EMPLOYER: employer, PLACE: pl.when(place != employer).then(place), "functie": _once("functie", job)}
    columns = [spelled.get(name, pl.col(name)).alias(name) for name in names]
    # `nr` is the place of a placement in its frame
    roots = {root for column in columns for root in column.meta.root_names()}
    record = placements.select(name for name in placements.columns if name in roots)[findings["nr"]]
    return record.select(columns).with_columns(findings.select("regel", *_MEASURED))


def _once(name: str, change: Callable[[pl.Expr], pl.Expr]) -> pl.Expr:
    return per_distinct(pl.col(name), change, pl.String)


def _fact(name: str, dtype: pl.DataType, rules: list[str] | None) -> pl.Expr:
    """Name and value, as in "einddatum: 31-03-2026", where there is such a fact for the rule; else null."""
    value = _measured(pl.col(name)) if name in _MEASURED else _written(pl.col(name), dtype)
    text = pl.concat_str(pl.lit(f"{name}: "), value if name == PLACE else value.fill_null(EMPTY))
    return text if rules is None else pl.when(pl.col("regel").is_in(rules)).then(text)


def _written(value: pl.Expr, dtype: pl.DataType) -> pl.Expr:
    """A value in one form whatever the language: 31-03-2026, 12,30, ja; text without the signs between facts."""
    if dtype == pl.Date:
        return value.dt.strftime("%d-%m-%Y")
    if isinstance(dtype, pl.Decimal):
        amount = value.cast(pl.Decimal(18, 4)).cast(pl.String)
        return _comma(amount.str.replace(r"(\.\d\d)(\d*?)0+$", "${1}${2}"))
    if dtype == pl.Boolean:
        return pl.when(value).then(pl.lit("ja")).when(~value).then(pl.lit("nee"))
    if dtype == pl.String:
        return pl.when(shielded(value) == value).then(_in_line(value)).when(value.is_not_null()).then(pl.lit(HIDDEN))
    return _comma(value.cast(pl.String).str.strip_suffix(".0")) if dtype.is_float() else value.cast(pl.String)


def _measured(text: pl.Expr) -> pl.Expr:
    """A value or limit as the judge wrote it, with a decimal comma in both languages; words alone are no measure."""
    number = text.str.contains(r"^-?\d+\.\d+$")
    return pl.when(number).then(_comma(text)).when(text.str.contains(r"[\dA-Z_=<>]")).then(_in_line(text))


def _comma(number: pl.Expr) -> pl.Expr:
    return number.str.replace(".", ",", literal=True)


def _in_line(text: pl.Expr) -> pl.Expr:
    """Text without the sign that stands between facts."""
    return text.str.replace_all(r"[;\s]+", " ").str.strip_chars().str.slice(0, _LONGEST)


def _marks(findings: pl.DataFrame, told: pl.Series) -> pl.Series:
    """The mark of every finding: a hash that no version of a library changes; the k keeps it text in a spreadsheet."""
    whole = findings.select(pl.concat_str("regel", "plaatsing_id", told, separator="\x1f")).to_series()
    return pl.Series("kenmerk", [f"k{sha256(text.encode()).hexdigest()[:12]}" for text in whole], dtype=pl.String)


def alike(name: str, other: str) -> pl.Expr:
    """Facts in which the employer is called the place of work where only the `other` facts have a place of work.

    He is that place himself; or an earlier build wrote them, which knew the place of work alone, as the employer.
    """
    here, there = (pl.col(one).str.contains(f"(^|; ){PLACE}: ") for one in (name, other))
    renamed = pl.col(name).str.replace(f"(^|; ){EMPLOYER}: ", f"${{1}}{PLACE}: ")
    return pl.when(there & ~here).then(renamed).otherwise(name).alias(name)
