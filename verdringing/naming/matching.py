"""Which placements a list of employers touches, for certain or perhaps."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from math import ceil, floor

import polars as pl
from polars._typing import PolarsDataType as PolarsType

from verdringing.naming.lists import DATES, EmployerList, Pairs
from verdringing.ordered import put_back
from verdringing.words import _

_SIDES = ("werkgever", "inlener")
MATCH = {
    "lijst_sinds": pl.Date,
    "lijst_rij": pl.UInt32,
    "lijst_wie": pl.String,
    "lijst_nummer": pl.Boolean,
    "mogelijk_rij": pl.UInt32,
    "gelijkenis": pl.Float64,
}
REPORTED = {
    "aantal": pl.UInt32,
    "laatste": pl.Date,
    "te_veel_sinds": pl.Date,
    "mogelijk": pl.UInt32,
    "mogelijk_rij": pl.UInt32,
    "gelijkenis": pl.Float64,
}


def matches(listed: EmployerList, least: float) -> pl.Expr:
    """Match employer and inlener of every placement with a list; a struct (MATCH) per placement.

    lijst_sinds: first day of the placement that falls in a certain match, with its entry (lijst_rij), whose it is
    (lijst_wie: werkgever or inlener) and whether it is by KvK number (lijst_nummer) or by name. mogelijk_rij: an entry
    that is perhaps the same employer, with the similarity (0-100). Certain is the same KvK number, or the same
    normalised name when at least one side has no number.
    """
    since = pl.max_horizontal("startdatum", "van")
    end = pl.col("tot").fill_null(pl.lit("9999-12-31").str.to_date())

    def answer(touched: pl.DataFrame) -> pl.DataFrame:
        listed = touched.filter((since <= pl.col("einde")) & (since <= end)).with_columns(since=since)
        by_number = [False, False, False, True, True]  # of two ways to know it the number first, and the employer
        certain = listed.filter("certain").sort("row", "since", "entry", "nummer", "wie", descending=by_number)
        named = {"lijst_sinds": "since", "lijst_rij": "entry", "lijst_wie": "wie", "lijst_nummer": "nummer"}
        firsts = certain.group_by("row").agg(pl.col(name).first().alias(new) for new, name in named.items())
        return firsts.join(_most_similar(listed), on="row", how="full", coalesce=True)

    return _per_placement(listed, least, answer, MATCH)


def reports(listed: EmployerList, least: float, months: int, allowed: int) -> pl.Expr:
    """Reports about employer or inlener, from `months` before the start to the end; a struct (REPORTED) per placement.

    aantal: certain reports, with the day of the last and of the one that passes `allowed` (te_veel_sinds); mogelijk:
    reports that are perhaps about the same employer, with the most similar of them. Certain as in `matches`.
    """
    window = pl.col("datum").is_between(pl.col("startdatum").dt.offset_by(f"-{months}mo"), pl.col("einde"))

    def answer(touched: pl.DataFrame) -> pl.DataFrame:
        once = (pl.col("datum").first(), pl.col("certain").any(), pl.col("gelijkenis").max())
        counted = touched.filter(window).group_by("row", "entry").agg(*once)
        day = pl.col("datum").filter("certain").sort()
        counts = counted.group_by("row").agg(
            aantal=day.len(),
            laatste=day.last(),
            te_veel_sinds=day.get(allowed, null_on_oob=True),
            mogelijk=(~pl.col("certain")).sum(),
        )
        return counts.join(_most_similar(counted), on="row", how="left")

    return _per_placement(listed, least, answer, REPORTED)


def perhaps_same(listed: EmployerList) -> pl.Expr:
    """Say which entry (mogelijk_rij) is perhaps the same employer, and how similar its name is (gelijkenis)."""
    names = listed.entries["werkgever"].fill_null(listed.entries["kvk_nummer"])
    words = [pl.lit(part) for part in _("mogelijk dezelfde werkgever als {} (gelijkenis {})").split("{}")]
    score = pl.col("gelijkenis").floor().cast(pl.Int64).cast(pl.String)
    return pl.concat_str(words[0], pl.lit(names).gather(pl.col("mogelijk_rij")), words[1], score, words[2])


def _per_placement(
    listed: EmployerList, least: float, answer: Callable[[pl.DataFrame], pl.DataFrame], gives: Mapping[str, PolarsType]
) -> pl.Expr:
    """Answer per placement from the entries that touch it: at most one row per `row`; a struct `gives`, or nulls."""

    def run(series: pl.Series) -> pl.Series:
        frame = series.struct.unnest().with_row_index("row")
        met = frame.filter(_met(frame, listed.entries, least))
        found = answer(_touching(met, listed, least))
        given = found.select(pl.col(name).cast(kind) for name, kind in gives.items())
        return put_back(found["row"], given, frame.height).to_struct()

    return pl.struct(
        "werkgever_naam", "werkgever_nummer", "inlener_naam", "inlener_nummer", "startdatum", "einde"
    ).map_batches(run, return_dtype=pl.Struct(dict(gives)))


def _met(frame: pl.DataFrame, entries: pl.DataFrame, least: float) -> pl.Series:
    """Whether an entry has the number, or perhaps the name, of the employer or inlener: most placements meet none."""
    listed = entries["naam"].drop_nulls().unique()
    sizes = [_sizes(name, least) for name in listed]
    low, high = min((low for low, _ in sizes), default=0), max((high for _, high in sizes), default=0)
    fits = pl.col("naam").str.len_chars().is_between(low, high)
    names = [frame[f"{side}_naam"].to_frame("naam").filter(fits).to_series().unique() for side in _SIDES]
    alike = _similar(pl.concat(names).unique(), listed, least)["naam"].unique().implode()
    numbers = entries["kvk_nummer"].drop_nulls().unique().implode()
    known = [pl.col(f"{side}_naam").is_in(alike) for side in _SIDES]
    known += [pl.col(f"{side}_nummer").is_in(numbers) for side in _SIDES]
    return frame.select(pl.any_horizontal(known).fill_null(value=False)).to_series()


def _touching(frame: pl.DataFrame, listed: EmployerList, least: float) -> pl.DataFrame:
    """Placements (row, startdatum, einde) with every entry about their employer or inlener: certain, gelijkenis."""
    parties = pl.concat(
        [
            frame.select("row", "startdatum", "einde", naam=f"{side}_naam", kvk=f"{side}_nummer", wie=pl.lit(side))
            for side in _SIDES
        ]
    )
    entries = listed.entries.with_row_index("entry")
    pairs = _pairs(parties.select("naam", "kvk").unique(), entries, listed.apart, least)
    days = entries.select("entry", *(name for name in DATES if name in entries.columns))
    return parties.join(pairs, on=["naam", "kvk"], nulls_equal=True).join(days, on="entry")


def _most_similar(touched: pl.DataFrame) -> pl.DataFrame:
    """Per row the entry that is perhaps the same employer, the most similar first."""
    perhaps = touched.filter(~pl.col("certain")).sort("row", "gelijkenis", "entry", descending=[False, True, False])
    return perhaps.group_by("row").agg(mogelijk_rij=pl.col("entry").first(), gelijkenis=pl.col("gelijkenis").first())


def _pairs(parties: pl.DataFrame, entries: pl.DataFrame, apart: Pairs, least: float) -> pl.DataFrame:
    """Distinct parties (naam, kvk) with the entries they are, or may be: entry, certain, nummer (by it), gelijkenis."""
    listed = entries.select("entry", listed_naam="naam", listed_kvk="kvk_nummer")
    similar = _similar(parties["naam"].drop_nulls().unique(), entries["naam"].drop_nulls().unique(), least)
    both_ways = [pair for one, other in sorted(apart) for pair in ((one, other), (other, one))]
    names = ["naam", "listed_naam"]
    similar = similar.join(pl.DataFrame(both_ways, dict.fromkeys(names, pl.String), orient="row"), on=names, how="anti")
    by_number = parties.join(listed, left_on="kvk", right_on="listed_kvk", coalesce=False)
    by_name = parties.join(similar, on="naam").join(listed, on="listed_naam", coalesce=True)
    columns = ["naam", "kvk", "entry", "certain", "nummer", "gelijkenis"]
    one_number = pl.col("kvk").is_null() | pl.col("listed_kvk").is_null()
    known = {"certain": True, "nummer": True, "gelijkenis": 100.0}
    number = by_number.with_columns(**{name: pl.lit(value) for name, value in known.items()}).select(columns)
    name = by_name.filter((pl.col("kvk") != pl.col("listed_kvk")).fill_null(value=True))
    exact = (pl.col("gelijkenis") == 100) & one_number
    name = name.with_columns(certain=exact, nummer=pl.lit(value=False)).select(columns)
    return pl.concat([number, name])


def _similar(names: pl.Series, listed: pl.Series, least: float) -> pl.DataFrame:
    """Pairs of names at least `least` alike: naam, listed_naam, gelijkenis (100 exactly when they are equal)."""
    from rapidfuzz import fuzz, process

    found: dict[str, list[object]] = {"naam": [], "listed_naam": [], "gelijkenis": []}
    candidates = sorted(names.to_list(), key=len)
    lengths = [len(name) for name in candidates]
    for name in listed:
        low, high = _sizes(name, least)
        near = candidates[bisect_left(lengths, low) : bisect_right(lengths, high)]
        for candidate, score, _place in process.extract(
            name, near, scorer=fuzz.token_sort_ratio, score_cutoff=least, limit=None
        ):
            found["naam"].append(candidate)
            found["listed_naam"].append(name)
            found["gelijkenis"].append(100.0 if candidate == name else min(score, 99.0))
    return pl.DataFrame(found, schema={"naam": pl.String, "listed_naam": pl.String, "gelijkenis": pl.Float64})


def _sizes(name: str, least: float) -> tuple[int, int]:
    """Shortest and longest text that can be `least` alike (percent): what one has more than the other is not alike."""
    share = least / 100
    return floor(len(name) * share / (2 - share)), ceil(len(name) * (2 - share) / share)
