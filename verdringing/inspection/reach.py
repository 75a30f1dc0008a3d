"""How far a rule looks back, and how long is long: terms of the rules in force against the days of the file."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import polars as pl

from verdringing.record import INSTRUMENTS
from verdringing.rule import Rule
from verdringing.term import Term

LONG_WITHOUT_LIMIT = Term(maanden=24)
"""Open for longer than this is suspicious where no rule limits the instrument; else longer than twice the limit."""

_DAYS = {"dagen": 1.0, "weken": 7.0, "maanden": 30.4375, "jaren": 365.25}
_CENTURY = {"dagen": 36_500, "weken": 5_200, "maanden": 1_200, "jaren": 100}


def short_history(placements: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """Placements in scope that start so soon after the first of their gemeente that a rule may miss what came before.

    Per rule that is on and looks back: regel, terug (the term in words, null for all there was), aantal (of these), van
    (all placements in scope that the rule is meant for); most first.
    """
    looking = [rule for rule in rules if rule.on and rule.file.toets in _REACH]
    first = pl.col("startdatum").min().over("gemeente_sleutel")
    known = ("startdatum", "instrument", "in_bereik", "gemeente_sleutel")
    dated = placements.select(*known, first=first).filter("in_bereik")
    counted = {"regel": pl.String, "terug": pl.String, "aantal": pl.Int64, "van": pl.Int64}
    rows = [(rule.name, *_soon(dated, rule)) for rule in looking]
    return pl.DataFrame(rows, counted, orient="row").sort("aantal", "regel", descending=[True, False])


def _soon(dated: pl.DataFrame, rule: Rule) -> tuple[str | None, int, int]:
    """The term in words, the placements within it from the first, and all that the rule is meant for."""
    term = reach(rule)
    judged = dated if rule.scope is None else dated.filter(rule.scope)
    meant = judged.filter(pl.col("instrument").is_in(list(rule.params.instrumenten)))
    if term is None:
        return None, meant.height, meant.height
    return str(term), meant.filter(pl.col("startdatum") < term.after(pl.col("first"))).height, meant.height


def reach(rule: Rule) -> Term | None:
    """How long before its start a rule looks back; None for a rule that takes any earlier placement.

    For duur the longest limit: who started within it from the first row may have begun before the file does.
    """
    return _REACH[rule.file.toets](rule.params)


_REACH: Mapping[str, Callable[[Any], Term | None]] = {
    "opvolging": lambda params: _term("dagen", params.max_tussenruimte_dagen),
    "stapeling": lambda params: _term("dagen", params.max_tussenruimte_dagen),
    "bezetting": lambda params: _term("maanden", params.max_maanden),
    "terugkeer": lambda params: _term("jaren", params.max_jaren),
    "doorstroom": lambda params: _term("maanden", params.venster_maanden),
    "herhaling": lambda params: None if params.ooit else _term("maanden", params.binnen_maanden),
    "duur": lambda params: _longest(params.grenzen),
}


def _term(unit: str, count: int) -> Term:
    """A length of time, a century at most; a gap of no days still asks for the day before."""
    return Term(**{unit: min(max(count, 1), _CENTURY[unit])})


def _longest(terms: Sequence[Term], times: int = 1) -> Term:
    """The longest term, `times` over, in its own unit; a month counts as 30.4 days, only to put them in order."""
    count, unit = max((term.written for term in terms), key=lambda written: written[0] * _DAYS[written[1]])
    return _term(unit, count * times)


def open_for_long(placements: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """Open placements in scope that run for longer than twice the longest limit of a duur rule for their instrument.

    Without such a rule: longer than LONG_WITHOUT_LIMIT. Every column of the placement, and langer_dan, that term in
    words; longest first.
    """
    terms = {name: _suspicious(name, rules) for name in INSTRUMENTS}
    start, instrument = pl.col("startdatum"), pl.col("instrument")
    since = pl.coalesce(pl.when(instrument == name).then(term.after(start)) for name, term in terms.items())
    words = {name: str(term) for name, term in terms.items()}
    running = pl.col("einddatum").is_null() & pl.col("in_bereik") & (pl.col("peildatum") >= since)
    found = placements.filter(running).sort("startdatum", "plaatsing_id")
    named = instrument.cast(pl.String).replace_strict(words, return_dtype=pl.String)
    return found.with_columns(langer_dan=named)


def _suspicious(instrument: str, rules: Sequence[Rule]) -> Term:
    limiting = [rule.params for rule in rules if rule.on and rule.file.toets == "duur"]
    limits = [limit for params in limiting if instrument in params.instrumenten for limit in _limits(params)]
    return _longest(limits, 2) if limits else LONG_WITHOUT_LIMIT


def _limits(params: Any) -> Sequence[Term]:
    given: Sequence[Term] = params.grenzen
    return given
