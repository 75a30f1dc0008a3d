"""Names to look at before an audit: in a decision but in no row or list, and unlike names of one KvK number."""

from __future__ import annotations

import polars as pl

from verdringing.audited import TakenIn
from verdringing.distinct import per_distinct
from verdringing.errors import nearest
from verdringing.names import SIDES, firm, job

UNMET = {"soort": pl.String, "naam": pl.String, "lijkt_op": pl.String}
_PLACE = ["gemeente_sleutel", "kvk_nummer"]
_SMALL = ("de", "het", "een", "en", "van", "der", "den", "t", "and", "bij", "voor", "te")
"""Words that names of other firms have too; a name of nothing else keeps them."""


def unmet(taken: TakenIn) -> pl.DataFrame:
    """UNMET: names (normalised) that aliassen.yaml makes one with others and no row or list has, and the nearest there.

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
            known |= _listed(taken) if kind == "werkgevers" else set()
            rows += [(kind, name, nearest(name, known - merged.keys())) for name in merged if name not in known]
    return pl.DataFrame(rows, UNMET, orient="row")


def _listed(taken: TakenIn) -> set[str]:
    """Names (normalised) on the lists that were given, as they stood before decisions."""
    return {name for one in taken.lists.values() for name in one.entries.select(firm(pl.col("werkgever"))).to_series()}


def one_number(placements: pl.DataFrame) -> pl.DataFrame:
    """KvK numbers of which a name shares no word (_SMALL apart) with the most used name of that number in the gemeente.

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
        .agg(
            pl.col("gemeente", "written").first(),
            plaatsingen=pl.len(),
            words=_telling(pl.col("name").first()),
        )
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


def _telling(name: pl.Expr) -> pl.Expr:
    """The words of a name without _SMALL, or all where there are no others."""
    words = name.str.split(" ")
    telling = words.list.eval(pl.element().filter(~pl.element().is_in(_SMALL)))
    return pl.when(telling.list.len() > 0).then(telling).otherwise(words)
