"""Names to look at before an audit: those that a decision names and no row has, and unlike names of one KvK number."""

from __future__ import annotations

import polars as pl

from verdringing.audited import TakenIn
from verdringing.distinct import per_distinct
from verdringing.errors import nearest
from verdringing.names import SIDES, firm, job

UNMET = {"soort": pl.String, "naam": pl.String, "lijkt_op": pl.String}
_PLACE = ["gemeente_sleutel", "kvk_nummer"]


def unmet(taken: TakenIn) -> pl.DataFrame:
    """UNMET: names (normalised) that aliassen.yaml makes one with others and no row has, and the nearest that one has.

    Such a decision does nothing: a typing error in it would leave two names apart in silence.
    """
    aliases, groups = taken.aliases, taken.book.job_groups
    rows = []
    for kind, columns, merged in (
        ("werkgevers", {"werkgever": firm, "inlener": firm}, aliases.firms),
        ("functies", {"functie": lambda text: job(text).replace(groups)}, aliases.jobs),
    ):
        if merged:
            met = taken.placements.select(
                per_distinct(pl.col(name), normal, pl.String) for name, normal in columns.items()
            )
            known = {name for column in met for name in column.unique().drop_nulls()}
            rows += [(kind, name, nearest(name, known - merged.keys())) for name in merged if name not in known]
    return pl.DataFrame(rows, UNMET, orient="row")


def one_number(placements: pl.DataFrame) -> pl.DataFrame:
    """KvK numbers of which a name shares no word with the most used name of that number in the gemeente.

    gemeente, kvk_nummer, namen (as written, most used first), plaatsingen; most placements first. One of them can be a
    typing error, and two firms would then be one employer. Names that a decision made one are one name here.
    """
    sides = [
        placements.select("gemeente_sleutel", "gemeente", kvk_nummer=kvk, name=name, written=name.removesuffix("_naam"))
        for name, kvk in SIDES.values()
    ]
    names = (
        pl.concat(sides)
        .drop_nulls(["kvk_nummer", "name"])
        .group_by(*_PLACE, "name")
        .agg(pl.col("gemeente", "written").first(), plaatsingen=pl.len(), words=pl.col("name").first().str.split(" "))
        .sort(*_PLACE, "plaatsingen", "name", descending=[False, False, True, False])
    )
    shared = pl.col("words").list.set_intersection(pl.col("words").first().over(_PLACE)).list.len()
    return (
        names.filter((shared == 0).any().over(_PLACE))
        .group_by(_PLACE, maintain_order=True)
        .agg(pl.col("gemeente").first(), namen=pl.col("written"), plaatsingen=pl.col("plaatsingen").sum())
        .sort("plaatsingen", *_PLACE, descending=[True, False, False], nulls_last=True)
        .select("gemeente", "kvk_nummer", "namen", "plaatsingen")
    )
