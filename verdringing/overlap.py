"""Placements of one candidate that overlap in time with, together, more hours than a working week has.

Hours come and go on days: a placement brings its hours on its first day and takes them away on the day after its last.
Summed per candidate in order of days, that gives the hours of every stretch between two such days. An open placement
never takes them away: seen from what starts later, it is still running (rules.md 1.4). Unknown hours count as none
and are counted apart, so that nothing is claimed that is not known.
"""

from __future__ import annotations

import polars as pl

from verdringing import history
from verdringing.ordered import in_order, one_key

WEEK = 40
"""Hours a week that one person can work; that many is still allowed."""

_FINE = 10_000  # hours are whole ten-thousandths while they are summed, so that 40 is 40
_HOURS = (pl.col("uren_per_week").fill_null(0) * _FINE).round().cast(pl.Int64)
_STRETCH = ("kandidaat_nr", "van", "tot", "uren", "onbekend", "tegelijk")


def overlaps(placements: pl.DataFrame, most: float = WEEK) -> pl.DataFrame:
    """Per candidate the periods with more than `most` known hours a week from two placements or more.

    kandidaat_nr, van and tot (inclusive; null is open), uren and tegelijk (the highest on some day), onbekend (how many
    placements with unknown hours ran besides, at most). Stretches that touch are one period.
    """
    stretches = _stretches(_crowded(placements, round(most * _FINE)))
    stretches = stretches.filter((pl.col("tegelijk") > 1) & (pl.col("uren") > round(most * _FINE)))
    touches = pl.col("van").to_physical() == pl.col("tot").to_physical().shift() + 1
    follows = touches & (pl.col("kandidaat_nr") == pl.col("kandidaat_nr").shift())
    period = (~follows.fill_null(value=False)).cum_sum()
    return (
        stretches.group_by("kandidaat_nr", period=period, maintain_order=True)
        .agg(
            pl.col("van").first(),
            pl.col("tot").last(),
            pl.col("uren").max() / _FINE,
            pl.col("onbekend", "tegelijk").max(),
        )
        .select(_STRETCH)
    )


def overlapping_rows(placements: pl.DataFrame, periods: pl.DataFrame) -> pl.DataFrame:
    """The placements that run in each period: `periode` (its row number) and every column of the placement."""
    numbered = periods.select(pl.int_range(pl.len()).alias("periode"), "kandidaat_nr", "van", "tot")
    some = placements.filter(pl.col("kandidaat_nr").is_in(periods["kandidaat_nr"].unique().implode()))
    met = numbered.join(some, on="kandidaat_nr")
    begun = pl.col("tot").is_null() | (pl.col("startdatum") <= pl.col("tot"))
    running = pl.col("einddatum").is_null() | (pl.col("einddatum") >= pl.col("van"))
    return met.filter(begun & running).drop("van", "tot").sort("periode", "startdatum", "plaatsing_id")


def seen(placements: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """The periods (`overlaps`, numbered by `periode`) in which a placement in scope runs, and `overlapping_rows`."""
    periods = overlaps(placements)
    rows = overlapping_rows(placements, periods)
    kept = rows.filter(pl.col("in_bereik").any().over("periode"))
    return periods.with_row_index("periode").filter(pl.col("periode").is_in(kept["periode"].implode())), kept


def undecided(placements: pl.DataFrame, most: float = WEEK) -> int:
    """How many candidates have placements that overlap, at most `most` known hours, and hours that are not known."""
    level = (pl.col("uren") <= round(most * _FINE)) & (pl.col("onbekend") > 0)
    return _stretches(placements).filter(level & (pl.col("tegelijk") > 1))["kandidaat_nr"].n_unique()


def _crowded(placements: pl.DataFrame, most: int) -> pl.DataFrame:
    """The placements that run one into another, with more known hours than `most` (ten-thousandths) in such a row.

    The rest changes nothing of a stretch in which two placements run: so only few are counted day by day.
    """
    facts = placements.select("kandidaat_nr", "startdatum", "einddatum", "uren_per_week")
    rows, _keys = in_order(one_key([facts["kandidaat_nr"], facts["startdatum"]]))
    end = pl.col("einddatum").to_physical().fill_null(history.FAR).cast(pl.Int64)
    ordered = facts.select("kandidaat_nr", start=history.START, end=end)[rows]
    first = (ordered["kandidaat_nr"] != ordered["kandidaat_nr"].shift()).fill_null(value=True)
    ordered = ordered.with_columns(first=first, group=first.cum_sum().cast(pl.Int64))
    new = ordered.select(history.breaks(-1)).to_series()
    beside = ~new | ~new.shift(-1, fill_value=True)
    met = facts[rows.filter(beside)].with_columns(run=new.cum_sum().filter(beside))
    return met.filter(_HOURS.sum().over("run") > most)


def _stretches(placements: pl.DataFrame) -> pl.DataFrame:
    """Per candidate the stretches between days on which a placement begins or has ended, in order of days.

    kandidaat_nr, van, tot (inclusive; null for the last), uren (whole ten-thousandths), onbekend, tegelijk.
    """
    summed = ("uren", "onbekend", "tegelijk")
    events = _events(placements)
    days = events[in_order(one_key([events["kandidaat_nr"], events["van"]]))[0]]
    candidate, van = pl.col("kandidaat_nr"), pl.col("van")
    another = (candidate != candidate.shift()).fill_null(value=True)
    # the sums run on from candidate to candidate; what they were before the first day of each is taken off
    before = {name: pl.when(another).then(pl.col(name).cum_sum() - pl.col(name)).forward_fill() for name in summed}
    last = (candidate != candidate.shift(-1)).fill_null(value=True)
    summed_up = days.select(
        candidate,
        van,
        **{name: pl.col(name).cum_sum() - before[name] for name in summed},
        last_event=last | (van != van.shift(-1)).fill_null(value=True),
    ).filter("last_event")
    until = pl.when(candidate == candidate.shift(-1)).then(van.shift(-1).to_physical() - 1).cast(pl.Date)
    return summed_up.select(candidate, van, tot=until, **{name: pl.col(name) for name in summed})


def _events(placements: pl.DataFrame) -> pl.DataFrame:
    """Two rows for a placement: its hours come on the first day, and go on the day after the last; one when open."""
    facts = {
        "uren": _HOURS,
        "onbekend": pl.col("uren_per_week").is_null().cast(pl.Int64),
        "tegelijk": pl.lit(1, pl.Int64),
    }
    come = placements.select("kandidaat_nr", van="startdatum", **facts)
    ended = placements.filter(pl.col("einddatum").is_not_null())
    go = ended.select(
        "kandidaat_nr",
        van=(pl.col("einddatum").to_physical() + 1).cast(pl.Date),
        **{name: -fact for name, fact in facts.items()},
    )
    return pl.concat([come, go])
