"""What cases go by: their names as mostly written, every other spelling, and who employs for them."""

from __future__ import annotations

import polars as pl

from verdringing.distinct import ranked, steps
from verdringing.privacy.shield import shielded

_PLACE_OF_WORK = ("inlener", "inlener_kvk", "werkgever", "kvk_nummer")

NAMING = ("functie", "gemeente", "gemeente_sleutel", "werkgever_sleutel", "werkplek_sleutel", *_PLACE_OF_WORK)
"""Columns of placements that are looked at, beside volgorde."""
Via = tuple[pl.DataFrame, pl.DataFrame]
"""The agencies (bureaus, bureau_sleutels), and per case (volgorde) its employers (via)."""


def names(placed: pl.DataFrame) -> pl.LazyFrame:
    """Per case (volgorde) of placements in order: its names, KvK numbers (text), gemeente and gemeente_sleutel.

    werkgever and functie are as written most often, werkplekken and functies as in `_spellings`.
    """
    hired = pl.col("inlener").is_not_null() | pl.col("inlener_kvk").is_not_null()
    number = pl.when(hired).then("inlener_kvk").otherwise("kvk_nummer")
    named = placed.lazy().select(
        "volgorde", "functie", "gemeente", "gemeente_sleutel", kvk=number, werkgever=pl.coalesce(_PLACE_OF_WORK)
    )
    municipalities = named.group_by("gemeente_sleutel").agg(_most_used("gemeente"))
    firsts = pl.when(pl.struct("volgorde", "kvk").is_first_distinct()).then("kvk").alias("kvk")
    numbers = pl.col("kvk").drop_nulls().implode().list.join(" ").first()
    per_case = named.with_columns(firsts).group_by("volgorde").agg(pl.col("gemeente_sleutel").first(), numbers)
    for name, others in (("werkgever", "werkplekken"), ("functie", "functies")):
        per_case = per_case.join(_spellings(named, name, others), on="volgorde", how="left")
    told = per_case.join(municipalities, on="gemeente_sleutel", how="left")
    return told.with_columns(shielded(pl.col("gemeente_sleutel")))


def _most_used(name: str) -> pl.Expr:
    """The value that stands there most often, of equals the first."""
    known = pl.col(name).drop_nulls()
    return known.mode(maintain_order=True).first().alias(name)


def _spellings(named: pl.LazyFrame, name: str, others: str) -> pl.LazyFrame:
    """Per case the spelling that stands there most often, and the others; of equals the first comes first.

    Of those others null is the first one in capitals, which is written so often that it is worth the room.
    """
    known = named.select("volgorde", shielded(pl.col(name))).drop_nulls()
    counted = known.group_by("volgorde", name, maintain_order=True).len()
    spelled = counted.sort("volgorde", "len", descending=[False, True], maintain_order=True).select("volgorde", name)
    first = pl.col(name).first()
    other = pl.col(name).slice(1)
    return spelled.group_by("volgorde").agg(first, pl.when(other != first.str.to_uppercase()).then(other).alias(others))


def employers(placed: pl.DataFrame) -> Via:
    """Who employs where the work is done at another: the name as first written in a case, and the key.

    via has the places of its employers in order, null for the place of work itself; of a case without one elsewhere
    there is nothing.
    """
    elsewhere = pl.col("werkgever_sleutel") != pl.col("werkplek_sleutel")
    told = (
        placed.lazy()
        .filter(elsewhere.any().over("volgorde"))
        .select(
            "volgorde",
            bureau_sleutels=pl.when(elsewhere).then("werkgever_sleutel"),
            bureaus=pl.when(elsewhere).then(pl.coalesce("werkgever", "kvk_nummer")),
        )
    )
    firsts = told.unique(["volgorde", "bureau_sleutels"], keep="first", maintain_order=True)
    named = firsts.with_columns(shielded(pl.col("bureau_sleutels", "bureaus"))).collect()
    agencies = named.select(_AGENCY).drop_nulls().unique().sort(_AGENCY)
    placed_in = named.join(agencies.with_row_index("via"), on=_AGENCY, how="left", maintain_order="left")
    return agencies, placed_in.group_by("volgorde").agg("via")


_AGENCY = ("bureaus", "bureau_sleutels")


def packed_aliases(rows: pl.DataFrame) -> dict[str, pl.Series]:
    """The decisions on names that touch a case: aliassen are their texts, alias the place of each, by case (steps)."""
    touched = rows.lazy().select("volgorde", said=shielded(pl.col("aliassen"))).drop_nulls()
    found = touched.unique(maintain_order=True).collect()
    texts, text = ranked(found["said"])
    return {"aliassen": texts, "samengevoegd": found.select(steps("volgorde")).to_series(), "alias": text}
