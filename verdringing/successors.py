"""One candidate after another on the same job: the row of successors, found level by level."""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from verdringing.history import END_SEEN, SPAN, START
from verdringing.ordered import in_order, last_at_most


def rounds(place_column: str, gap: int) -> pl.Expr:
    """Place of a placement in the row of successors on one job, with the row that came before it.

    plaats = 1 + the highest plaats among placements on the same place, of another candidate, that ended at most
    `gap` days before this start. Returns a struct: plaats (u32), voorganger (u32 row number or null); null where the
    place is null. Found level by level: only rows that reached level k can reach k + 1.
    """

    def run(series: pl.Series) -> pl.Series:
        frame = series.struct.unnest()
        reached = pl.Series("plaats", [1], dtype=pl.UInt32).new_from_index(0, frame.height)
        before = pl.Series("voorganger", [None], dtype=pl.UInt32).new_from_index(0, frame.height)
        for level, (rows, predecessors) in enumerate(_levels(frame, gap), 2):
            reached, before = reached.scatter(rows, level), before.scatter(rows, predecessors)
        known = pl.when(frame["place"].is_not_null()).then(pl.col("plaats"))
        return pl.DataFrame([reached, before]).with_columns(plaats=known).to_struct()

    return pl.struct(
        pl.col(place_column).alias("place"),
        pl.col("kandidaat_nr").alias("candidate"),
        START.alias("start"),
        END_SEEN.alias("end"),
    ).map_batches(run, return_dtype=pl.Struct({"plaats": pl.UInt32, "voorganger": pl.UInt32}))


def _levels(frame: pl.DataFrame, gap: int) -> Iterator[tuple[pl.Series, pl.Series]]:
    """From the second level up: the rows that get no further, each with the row that came before it.

    A start looks back for the latest end of another candidate that reached the level before. A place is SPAN days wide
    and no gap is: an end of another place is always out of reach. First of all comes a row that is no placement, in a
    place of its own, which always reaches itself: so every start has an end to look at, and none is null.
    """
    frame, rows = _with_companions(frame)
    at = frame["place"] * SPAN + frame["start"] - 1
    of, end = in_order(frame["place"] * SPAN + frame["end"])
    who, last = frame["candidate"], last_at_most(end, at)
    ended_by, came, came_from = who[of], last.clear(), rows.clear()
    while len(rows) > 1:
        before = _other(ended_by)[last].zip_with(ended_by[last] == who, last)
        near = at - end[before] <= gap
        if len(came):
            yield rows.filter(~near), came_from[came.filter(~near)]
        came, came_from = before.filter(near), rows[of]
        ended, number = near[of], near.cum_sum() - 1
        last = (ended.cum_sum() - 1)[last.filter(near)]
        rows, who, at = (part.filter(near) for part in (rows, who, at))
        of, end, ended_by = (part.filter(ended) for part in (of, end, ended_by))
        of = number[of]


def _with_companions(frame: pl.DataFrame) -> tuple[pl.DataFrame, pl.Series]:
    """Placements with others in the same place, by place and start, after the row that is none; and their rows."""
    rows, place = in_order(frame["place"])
    changed = (place != place.shift()).fill_null(value=True)
    several = ~changed | ~changed.shift(-1, fill_value=True)
    rows = rows.filter(several)
    kept = pl.DataFrame({name: frame[name][rows].cast(pl.Int64) for name in ("place", "candidate", "start", "end")})
    none = pl.DataFrame({"place": [-1], "candidate": [-1], "start": [0], "end": [-1]})
    return pl.concat([none, kept], rechunk=True), pl.concat([pl.Series([0], dtype=pl.UInt32), rows], rechunk=True)


def _other(who: pl.Series) -> pl.Series:
    """Place of the last row before each that is not of the same candidate; the first row has itself."""
    before = pl.int_range(pl.len(), dtype=pl.UInt32).shift(fill_value=0)
    changed = (who != who.shift(fill_value=-1)).to_frame("changed")
    return changed.select(pl.when("changed").then(before).otherwise(0).cum_max()).to_series()
