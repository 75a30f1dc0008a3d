"""Five rules in pandas and numpy: the same work as sql_rules.py, on whole columns, never a loop over placements.

Usage: python -m benchmarks.pandas_rules PLACEMENTS BLACKLIST TABLES OUT. Texts become integers once, what is asked of a
text is asked of its distinct values, and every history is one stable sort and a running maximum.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv

from benchmarks.pandas_frame import DAY, FAR, SPAN, Array, days, firm, padded, pair, placements


def spells(group: Array, start: Array, seen: Array, gap: int) -> tuple[Array, Array, Array]:
    """Order rows by group (start order inside), number the spells, and say where each begins; group -1 is left out."""
    rows = np.argsort(group, kind="stable")[np.count_nonzero(group < 0) :]
    sorted_group = group[rows]
    first = np.append(True, sorted_group[1:] != sorted_group[:-1])
    dense = np.cumsum(first) * SPAN
    latest = np.append(0, np.maximum.accumulate(dense + seen[rows])[:-1])
    new = first | (start[rows] + dense - latest - 1 > gap)
    number = np.cumsum(new) - 1
    return rows, number, np.flatnonzero(new)[number]


def months_after(day: Array, months: int) -> Array:
    moved = pd.DatetimeIndex(day.astype("datetime64[D]").astype("datetime64[s]")) + pd.DateOffset(months=months)
    return moved.to_numpy().astype("datetime64[D]").astype("int64")


def occupied(p: pd.DataFrame) -> Array:
    group, start, who = p["job_site"].to_numpy(), p["start"].to_numpy(), p["who"].to_numpy()
    rows, run, begin = spells(group, start, p["seen"].to_numpy(), 31)
    fresh = np.cumsum(~pd.Series(run * (1 << 31) + who[rows]).duplicated().to_numpy())
    candidates = fresh - fresh[begin] + 1
    return rows[(candidates >= 2) & (p["end"].to_numpy()[rows] >= months_after(start[rows[begin]], 12))]


def stacked(p: pd.DataFrame) -> tuple[Array, Array]:
    kind = p["kind"].to_numpy()
    group = pair(p["who"].to_numpy(), p["job"].to_numpy())
    rows, _, begin = spells(group, p["start"].to_numpy(), p["seen"].to_numpy(), 183)
    other = np.append(False, kind[rows][1:] != kind[rows][:-1]) & (begin != np.arange(len(rows)))
    steps = np.cumsum(other)
    place = steps - steps[begin] + 1
    return rows[place > 1], place[place > 1]


def too_long(p: pd.DataFrame, flextensie: int) -> Array:
    flex = p[p["kind"] == flextensie]
    group = pair(flex["who"].to_numpy(), flex["job"].to_numpy())
    group = np.where(group < 0, group.max() + 1 + np.arange(len(group)), group)
    start, end, seen = flex["start"].to_numpy(), flex["end"].to_numpy(), flex["seen"].to_numpy()
    worked = np.where(seen < DAY, flex["worked"] * 7 / (end - start + 1), np.nan)
    hours = np.round(np.minimum(flex["hours"].fillna(pd.Series(worked, index=flex.index)), 168) * 10_000).fillna(0)
    rows, spell, begin = spells(group, start, seen, 31)
    step = 10_000_000
    highest = np.maximum.accumulate(spell * step + hours.to_numpy("int64")[rows]) - spell * step
    first = start[rows[begin]]
    limit = np.where(highest > 280_000, months_after(first, 3), months_after(first, 6))
    return flex.index.to_numpy()[rows[end[rows] >= limit]]


def too_low(p: pd.DataFrame, kinds: list[int], runs: list[dict[str, object]]) -> Array:
    """One pass per run of days with one norm, over the placements that it touches."""
    most = max(max(run["cent"]) for run in runs)
    paid = p[p["kind"].isin(kinds) & (p["cents"] < most)]
    start, end, cents, born = (paid[name].to_numpy() for name in ("start", "end", "cents", "born"))
    low = np.zeros(len(paid), dtype=bool)
    for run in runs:
        first, last = np.array([run["van"], run["tot"]], dtype="datetime64[D]").astype("int64")
        touched = np.flatnonzero((start <= last) & (end >= first))
        year = np.maximum(start[touched], first).astype("datetime64[D]").astype("datetime64[Y]").astype("int64") + 1970
        age = np.clip(np.nan_to_num(year - born[touched] - 1, nan=23), 15, 23).astype("int64")
        low[touched] |= cents[touched] < np.array(run["cent"])[age - 15]
    return paid.index.to_numpy()[low]


def blacklisted(p: pd.DataFrame, path: str) -> Array:
    entries = pd.read_csv(path, sep=";", dtype="str")
    entries["naam"], entries["kvk"] = firm(entries["werkgever"]), padded(entries["kvk_nummer"].astype("str"), 8)
    entries["van"], entries["tot"] = days(entries["van"]), np.where(entries["tot"].isna(), FAR, days(entries["tot"]))
    sides = pd.concat([
        p[["start", "end"]].assign(naam=p[f"{side}_naam"], kvk=p[f"{side}_kvk"]) for side in ("werkgever", "inlener")
    ])  # fmt: skip
    some = sides[sides["naam"].isin(entries["naam"]) | sides["kvk"].isin(entries["kvk"].dropna())].reset_index(
        names="row"
    )
    by_number = some.dropna(subset="kvk").merge(entries.dropna(subset="kvk")[["kvk", "van", "tot"]], on="kvk")
    by_name = some.merge(entries[["naam", "kvk", "van", "tot"]], on="naam", suffixes=("", "_l"))
    both = pd.concat([by_number, by_name[by_name["kvk"].isna() | by_name["kvk_l"].isna()]])
    hit = np.maximum(both["start"], both["van"]) <= np.minimum(both["end"], both["tot"])
    return both["row"][hit].unique()


def succession(p: pd.DataFrame) -> tuple[Array, Array]:
    """plaats = 1 + the highest plaats among those before: level by level, only who reached a level can go on."""
    group, start, seen, who = (p[name].to_numpy() for name in ("job_site", "start", "seen", "who"))
    reached = np.ones(len(p), dtype="int64")
    sizes = np.bincount(group[group >= 0])
    rows = np.flatnonzero((group >= 0) & (sizes[group] > 1))
    wide = group.astype("int64") * SPAN
    starts = rows[np.argsort(wide[rows] + start[rows], kind="stable")]
    ends = rows[np.argsort(wide[rows] + seen[rows], kind="stable")]
    level, member = 1, np.zeros(len(p), dtype=bool)
    while len(starts):
        on = _after_another(starts, ends, wide + start, wide + seen, who)
        level += 1
        reached[on] = level
        member[:] = False
        member[on] = True
        starts, ends = starts[member[starts]], ends[member[ends]]
    return np.flatnonzero(reached > 2), reached[reached > 2]


def _after_another(starts: Array, ends: Array, at_start: Array, at_end: Array, who: Array) -> Array:
    """Of `starts` those that another candidate's end comes before, at most 183 days; all in order of day."""
    day, person = at_end[ends], who[ends]
    changed = np.append(False, person[1:] != person[:-1])
    before = np.maximum.accumulate(np.where(changed, np.arange(len(ends)), 0)) - 1
    other = np.where(before >= 0, day[before], -SPAN)
    last = np.searchsorted(day, at_start[starts], side="left") - 1
    found = np.where(person[last] == who[starts], other[last], day[last])
    near = (last >= 0) & (at_start[starts] - found - 1 <= 183)
    return starts[near]


def main(path: str, blacklist: str, tables: str, out: str) -> None:
    given = json.loads(Path(tables).read_text())
    kinds = list(dict.fromkeys(given["instrumenten"].values()))
    p = placements(path, given)
    flextensie, detachering = kinds.index("flextensie"), kinds.index("detachering")
    found = {
        "doorlopende_bezetting": (occupied(p), None),
        "duur_te_lang": (too_long(p, flextensie), None),
        "instrumenten_gestapeld": stacked(p),
        "opvolging_zelfde_functie": succession(p),
        "tarief_onder_wml": (too_low(p, [flextensie, detachering], given["minimumloon"]), None),
        "zwarte_lijst": (blacklisted(p, blacklist), None),
    }
    parts = [signals(p, rule, rows, value) for rule, (rows, value) in found.items()]
    options = pa.csv.WriteOptions(delimiter=";")
    pa.csv.write_csv(pa.Table.from_pandas(pd.concat(parts), preserve_index=False), out, options)


def signals(p: pd.DataFrame, rule: str, rows: Array, value: Array | None) -> pd.DataFrame:
    """What a person needs to look the signals up."""
    columns = ["plaatsing_id", "kandidaat_id", "gemeente", "werkgever_naam", "functie", "kind"]
    frame = p[columns].iloc[rows]
    frame.insert(0, "regel", rule)
    frame["waarde"] = pd.Series(value, index=frame.index, dtype="Int64")
    for name, source in (("van", "start"), ("tot", "seen")):
        frame[name] = p[source].to_numpy()[rows].astype("datetime64[D]").astype("datetime64[s]")
    return frame


if __name__ == "__main__":
    main(*sys.argv[1:])
