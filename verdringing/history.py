"""What came before a placement: passes over groups in start order.

Every function here is an expression over the placements and keeps their order. The placements are sorted by
(startdatum, plaatsing_id), so a stable sort on integer group numbers is all the ordering a history needs.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Literal

import polars as pl
from polars._typing import PolarsDataType as PolarsType

from verdringing.ordered import in_order, last_at_most, one_key, put_back

Passes = Sequence[Mapping[str, pl.Expr]]

FAR = 2_932_896
"""Day number of 31-12-9999: the end of an open placement, seen from one that starts later."""

EVER = -500_000
"""Day number before every date, also before one minus the longest window."""

SPAN = 1 << 22
"""More days than any date has, so that group * SPAN + day keeps groups apart."""

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
        whole = series.struct.unnest()
        some = any(whole[name].null_count() for name in groups)
        frame = whole.drop_nulls(list(groups)) if some else whole
        rows, group = in_order(one_key([frame[name] for name in groups]))
        new = group != group.shift(fill_value=-1)
        if order:
            rows = _reordered(frame, rows, new, order)
        # step by step and not as a lazy plan: planning would cost more than the work on a small file
        given = {name: frame[name][rows] for name in columns}
        ordered = pl.DataFrame({**given, "first": new, "group": new.cum_sum().cast(pl.Int64)})
        for step in passes:
            ordered = ordered.with_columns(**step)
        found = ordered.select(pl.col(name).cast(kind) for name, kind in gives.items())
        if some:
            known = whole.select(pl.all_horizontal(pl.col(list(groups)).is_not_null())).to_series()
            rows = known.arg_true()[rows]
        return put_back(rows, found, whole.height).to_struct()

    inputs = [*(expr.alias(name) for name, expr in {**groups, **columns}.items())]
    return pl.struct(*inputs).map_batches(run, return_dtype=pl.Struct(dict(gives)))


def _reordered(frame: pl.DataFrame, rows: pl.Series, new: pl.Series, order: Sequence[str]) -> pl.Series:
    """Rows of each group by the columns `order`: only groups of several rows are looked at, for most have one."""
    several = ~new | ~new.shift(-1, fill_value=True)
    some = rows.filter(several)
    sorted_rows = pl.DataFrame({"_group": new.cum_sum().filter(several), "_row": some})
    sorted_rows = sorted_rows.with_columns(frame[name][some] for name in order)
    by = sorted_rows.sort("_group", *order, maintain_order=True)["_row"]
    return rows.scatter(several.arg_true(), by)


def latest_end_before() -> pl.Expr:
    """Latest `end` so far in the group, before this row (day number; null at the first row). For use in a pass."""
    composite = (pl.col("group") * SPAN + pl.col("end")).cum_max().shift() - pl.col("group") * SPAN
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
        frame = series.struct.unnest()
        group = frame["_group"].cast(pl.Int64) * SPAN
        placed, moments = in_order(group + frame["_moment"])
        zero = pl.Series([0], dtype=pl.Int64)
        sums = {name: frame[name][placed].cast(pl.Int64).cum_sum() for name in counts}
        totals = pl.DataFrame({name: pl.concat([zero, one], rechunk=True) for name, one in sums.items()})
        rows, until = in_order(group + frame["_last"])
        upto, before = (
            totals[last_at_most(moments, day).fill_null(-1) + 1] for day in (until, (group + frame["_first"] - 1)[rows])
        )
        found = pl.DataFrame([one - other for one, other in zip(upto, before, strict=True)])
        return put_back(rows, found, frame.height).to_struct()

    days = {"_moment": moment, "_first": first, "_last": last}
    inputs = [group.alias("_group"), *(_day(day).alias(name) for name, day in days.items())]
    inputs += [one.fill_null(value=False).alias(name) for name, one in counts.items()]
    return pl.struct(*inputs).map_batches(run, return_dtype=pl.Struct(dict.fromkeys(counts, pl.Int64)))


def _day(day: pl.Expr | int) -> pl.Expr:
    return (pl.lit(day) if isinstance(day, int) else day.to_physical()).cast(pl.Int64)


def last_ended(groups: Sequence[pl.Expr], counted: pl.Expr) -> pl.Expr:
    """Row number of the `counted` placement of the group that ended last before this one starts (u32).

    Rows are of one group when they are equal in all `groups`. Null without one, and where one of the groups is null.
    Of equal ends the last in start order; an open one has not ended.
    """
    names = [f"group {n}" for n in range(len(groups))]

    def run(series: pl.Series) -> pl.Series:
        frame = series.struct.unnest()
        rows, key = in_order(one_key([frame[name] for name in names]))
        new = key != key.shift(fill_value=-1)
        several = ~new | ~new.shift(-1, fill_value=True)  # one that is alone in its group has none before it
        rows, group = rows.filter(several), new.cum_sum().filter(several).cast(pl.Int64)
        counts = frame["counted"][rows].fill_null(value=False)
        ended, of = rows.filter(counts), group.filter(counts)
        places, ends = in_order(of * SPAN + frame["end"][ended])
        last = last_at_most(ends, group * SPAN + frame["start"][rows] - 1)
        same = of[places][last] == group
        found = pl.DataFrame({"row": ended[places][last], "same": same})
        return put_back(rows, found.select(pl.when("same").then("row")), frame.height).to_series()

    inputs = (counted.alias("counted"), START.alias("start"), END_SEEN.alias("end"))
    named = [group.alias(name) for name, group in zip(names, groups, strict=True)]
    return pl.struct(*named, *inputs).map_batches(run, return_dtype=pl.UInt32)
