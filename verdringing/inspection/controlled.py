"""What a check before the audit finds: the frames of intake, reach, overlap and similar, put together."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from verdringing import intake, overlap
from verdringing.audited import TakenIn
from verdringing.inspection import named, reach
from verdringing.judge import Judgement, judge
from verdringing.naming.similar import similar_employers, similar_jobs
from verdringing.privacy.shield import shielded
from verdringing.words import _


@dataclass(frozen=True, slots=True)
class Control:
    """What was taken in and judged, and what the rooms intake, reach, overlap, named and similar made of it."""

    taken: TakenIn
    judgement: Judgement
    gaps: pl.DataFrame
    able: pl.DataFrame
    history: pl.DataFrame
    open: pl.DataFrame
    periods: pl.DataFrame
    together: pl.DataFrame
    undecided: int
    odd: pl.DataFrame
    employers: pl.DataFrame
    jobs: pl.DataFrame
    one_number: pl.DataFrame
    unmet: pl.DataFrame
    partly: list[str | None]
    """Gemeenten in which not all names were compared; None for placements without."""


def gather(taken: TakenIn) -> Control:
    """Everything that can be said of placements before an audit; those outside the scope count as history only."""
    placements, rules, aliases = taken.placements, taken.book.rules, taken.aliases
    taken.order.say(_("Plaatsingen toetsen"), rows=placements.height)
    judgement = judge(placements, rules)
    taken.order.say(_("Namen vergelijken"))
    given = {name for source in taken.sources for name in source.rows.columns}
    periods, together = overlap.seen(placements)
    employers = similar_employers(placements, aliases.rejected_firms)
    jobs = similar_jobs(placements, aliases.rejected_jobs)
    return Control(
        taken,
        judgement,
        gaps=intake.gaps(placements, given, taken.book.own_columns),
        able=intake.able(judgement.verdicts, rules),
        history=reach.short_history(placements, rules),
        open=reach.open_for_long(placements, rules),
        periods=periods,
        together=together,
        undecided=overlap.undecided(placements),
        odd=intake.contradictions(placements),
        employers=employers.pairs,
        jobs=jobs.pairs,
        one_number=named.one_number(placements),
        unmet=named.unmet(taken),
        partly=_as_written(placements, {*employers.partly, *jobs.partly}),
    )


def _as_written(placements: pl.DataFrame, keys: set[str]) -> list[str | None]:
    """Gemeenten by their keys, as they are written first; None for placements without."""
    here = placements.filter(pl.col("gemeente_sleutel").is_in(sorted(keys - {""})))
    names = here.group_by("gemeente_sleutel").agg(shielded(pl.col("gemeente").first())).sort("gemeente_sleutel")
    return [*names["gemeente"], *([None] if "" in keys else [])]
