"""What came before a placement: passes over groups in start order, and rounds of successors.

Every function here is an expression over the placements and keeps their order. The placements are sorted by
(startdatum, plaatsing_id), so a stable sort on integer group numbers is all the ordering a history needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import polars as pl
from polars._typing import PolarsDataType as PolarsType

from verdringing.distinct import pair

Passes = Sequence[Mapping[str, pl.Expr]]

FAR = 2_932_896
"""Day number of 31-12-9999: the end of an open placement, seen from one that starts later."""

EVER = -500_000
"""Day number before every date, also before one minus the longest window."""

_SPAN = 1 << 22  # more days than any date has, so that group * _SPAN + day keeps groups apart

START = pl.col("startdatum").to_physical().cast(pl.Int64)
END_SEEN = pl.when(pl.col("einddatum").is_null()).then(FAR).otherwise(pl.col("einde").to_physical()).cast(pl.Int64)


def place(level: Literal["vestiging", "werkgever"], *, job: bool) -> str:
    """Name the column that numbers places of work at this level, per job or for all jobs together."""
    return {
        ("vestiging", True): "plek_vestiging_nr",
        ("werkgever", True): "plek_nr",
        ("vestiging", False): "vestiging_nr",
        ("werkgever", False): "werkplek_nr",
    }[level, job]


def of_candidate(place_column: str) -> pl.Expr:
    """Number the candidates at a place of work, each apart; null where the place is."""
    return pair(pl.col("kandidaat_nr"), pl.col(place_column))


def in_groups(
    groups: Mapping[str, pl.Expr],
    columns: Mapping[str, pl.Expr],
    passes: Passes,
    gives: Mapping[str, PolarsType],
    order: Sequence[str] = (),
) -> pl.Expr:
    """Run `passes` of named expressions over the rows of each group in start order; return `gives` as a struct.

    Rows with a null group belong to no group and get null. The expressions see `columns` and what earlier passes
    named, `group` (dense integer) and `first` (the first row of its group). `gives` maps result names to types.
    `order` names the columns that put the rows of a group in another order than that of start.
    """

    def run(series: pl.Series) -> pl.Series:
        frame = series.struct.unnest().with_row_index("_row")
        # step by step and not as a lazy plan: planning would cost more than the work on a small file
        ordered = frame.drop_nulls(list(groups)).sort(*groups, *order, maintain_order=True)
        changed = pl.any_horizontal(pl.col(name) != pl.col(name).shift() for name in groups).fill_null(value=True)
        ordered = ordered.with_columns(first=changed, group=changed.cum_sum().cast(pl.Int64))
        for step in passes:
            ordered = ordered.with_columns(**step)
        result = ordered.select("_row", *(pl.col(name).cast(kind) for name, kind in gives.items()))
        if result.height == frame.height:
            return result.sort("_row").drop("_row").to_struct()
        return frame.select("_row").join(result, on="_row", how="left", maintain_order="left").drop("_row").to_struct()

    inputs = [*(expr.alias(name) for name, expr in {**groups, **columns}.items())]
    return pl.struct(*inputs).map_batches(run, return_dtype=pl.Struct(dict(gives)))


def latest_end_before() -> pl.Expr:
    """Latest `end` so far in the group, before this row (day number; null at the first row). For use in a pass."""
    composite = (pl.col("group") * _SPAN + pl.col("end")).cum_max().shift() - pl.col("group") * _SPAN
    return pl.when(~pl.col("first")).then(composite)


def breaks(gap: int) -> pl.Expr:
    """Whether a row starts anew: first of its group, or more than `gap` days after the latest end so far."""
    return (pl.col("start") - latest_end_before() - 1 > gap).fill_null(value=True)


def since_break(value: pl.Expr) -> pl.Expr:
    """Carry the value of the last row that `new` marks to the rows after it. For use in a pass after `breaks`."""
    return pl.when(pl.col("new")).then(value).forward_fill()


def within(
    group: pl.Expr, moment: pl.Expr, first: pl.Expr | int, last: pl.Expr | int, counts: Mapping[str, pl.Expr]
) -> pl.Expr:
    """Count the placements of the group whose `moment` is from `first` to `last` (day numbers, inclusive).

    `counts` names booleans; the result is a struct with, per name, for how many of them it is true (i64). Null where
    the group is null.
    """

    def run(series: pl.Series) -> pl.Series:
        rows = series.struct.unnest().with_columns(pl.col("_group").cast(pl.Int64) * _SPAN)
        rows = rows.with_columns(pl.col("_moment", "_first", "_last") + pl.col("_group"))
        known = rows.filter(pl.col("_group").is_not_null()).sort("_moment")
        low = known["_moment"].search_sorted(rows["_first"], side="left")
        high = known["_moment"].search_sorted(rows["_last"], side="right")
        zero = pl.Series([0], dtype=pl.Int64)
        totals = {name: pl.concat([zero, known[name].cast(pl.Int64).cum_sum()]) for name in counts}
        found = pl.DataFrame({name: total.gather(high) - total.gather(low) for name, total in totals.items()})
        return found.select(pl.when(rows["_group"].is_not_null()).then(pl.all())).to_struct()

    days = {"_moment": moment, "_first": first, "_last": last}
    inputs = [group.alias("_group"), *(_day(day).alias(name) for name, day in days.items())]
    inputs += [one.fill_null(value=False).alias(name) for name, one in counts.items()]
    return pl.struct(*inputs).map_batches(run, return_dtype=pl.Struct(dict.fromkeys(counts, pl.Int64)))


def _day(day: pl.Expr | int) -> pl.Expr:
    return (pl.lit(day) if isinstance(day, int) else day.to_physical()).cast(pl.Int64)


def last_ended(group: pl.Expr, counted: pl.Expr) -> pl.Expr:
    """Row number of the `counted` placement of the group that ended last before this one starts (u32).

    Null without one, and where the group is null. Of equal ends the last in start order; an open one has not ended.
    """

    def run(series: pl.Series) -> pl.Series:
        rows = series.struct.unnest().with_row_index("row").with_columns(pl.col("group").cast(pl.Int64) * _SPAN)
        ends = rows.filter(pl.col("counted") & pl.col("group").is_not_null())
        ends = ends.select("row", "group", at=pl.col("group") + pl.col("end")).sort("at", "row")
        place = ends["at"].search_sorted(rows["group"] + rows["start"], side="left").cast(pl.Int64) - 1
        place = place.to_frame("place").select(pl.when(pl.col("place") >= 0).then("place")).to_series()
        same = ends["group"].gather(place) == rows["group"]
        return ends["row"].gather(place).to_frame("row").select(pl.when(same).then("row")).to_series()

    inputs = (group.alias("group"), counted.alias("counted"), START.alias("start"), END_SEEN.alias("end"))
    return pl.struct(*inputs).map_batches(run, return_dtype=pl.UInt32)


def rounds(place_column: str, gap: int) -> pl.Expr:
    """Place of a placement in the row of successors on one job, with the row that came before it.

    plaats = 1 + the highest plaats among placements on the same place, of another candidate, that ended at most
    `gap` days before this start. Returns a struct: plaats (u32), voorganger (u32 row number or null); null where the
    place is null. Found level by level: only rows that reached level k can reach k + 1.
    """

    def run(series: pl.Series) -> pl.Series:
        return _rounds(series.struct.unnest(), gap).to_struct()

    return pl.struct(
        pl.col(place_column).alias("place"),
        pl.col("kandidaat_nr").alias("candidate"),
        START.alias("start"),
        END_SEEN.alias("end"),
    ).map_batches(run, return_dtype=pl.Struct({"plaats": pl.UInt32, "voorganger": pl.UInt32}))


def _rounds(frame: pl.DataFrame, gap: int) -> pl.DataFrame:
    """Level by level: `starts` look back for the latest end of another candidate that reached the level."""
    known = frame.with_row_index("row").drop_nulls("place").with_columns(pl.col("place").cast(pl.Int64) * _SPAN)
    starts = known.select("row", "candidate", at=pl.col("place") + pl.col("start") - 1).sort("at")
    ends = known.select("row", "candidate", "place", at=pl.col("place") + pl.col("end")).sort("at")
    reached = pl.Series("plaats", [1], dtype=pl.UInt32).new_from_index(0, frame.height)
    before = pl.Series("voorganger", [None], dtype=pl.UInt32).new_from_index(0, frame.height)
    level = 1
    while starts.height:
        found = _predecessors(starts, ends, gap)
        level += 1
        reached = reached.scatter(found["row"], level)
        before = before.scatter(found["row"], found["voorganger"])
        member = pl.Series([False]).new_from_index(0, frame.height).scatter(found["row"], values=True)
        starts = starts.filter(member.gather(starts["row"]))
        ends = ends.filter(member.gather(ends["row"]))
    result = pl.DataFrame([reached, before])
    return result.with_columns(plaats=pl.when(frame["place"].is_not_null()).then(pl.col("plaats")))


def _predecessors(starts: pl.DataFrame, ends: pl.DataFrame, gap: int) -> pl.DataFrame:
    """Of `starts` (row, candidate, at) keep those with an end in reach; add `voorganger`, the row that ended."""
    other = pl.when((pl.col("candidate") != pl.col("candidate").shift()) & (pl.col("place") == pl.col("place").shift()))
    ends = ends.with_columns(
        other_row=other.then(pl.col("row").shift()).forward_fill(),
        other_at=other.then(pl.col("at").shift()).forward_fill(),
    )
    looked = starts.set_sorted("at").join_asof(
        ends.set_sorted("at").with_columns(ended=pl.col("at")), on="at", strategy="backward", suffix="_q"
    )
    same = pl.col("candidate") == pl.col("candidate_q")
    looked = looked.with_columns(
        ended=pl.when(same).then("other_at").otherwise("ended"),
        voorganger=pl.when(same).then("other_row").otherwise("row_q"),
    )
    # a place is _SPAN days wide and no gap is: an end of another place is always out of reach
    return looked.filter(pl.col("at") - pl.col("ended") <= gap).select("row", "voorganger")
