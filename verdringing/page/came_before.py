"""Which placement of its case a placement follows on, as columns for the script."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from verdringing.distinct import steps
from verdringing.judge import rule_key
from verdringing.page.page_data import Columns, rule_place
from verdringing.rule import Rule


def packed_links(known: pl.DataFrame, rows: pl.DataFrame, rules: Sequence[Rule]) -> Columns:
    """What comes before a placement in the same case; `known` is Judgement.links, `rows` have plek, nr and volgorde.

    volgers counts per rule the placements that follow on another; volger are their places (steps), rule after rule, and
    terug how many places back the other one stands.
    """
    told = known.lazy().filter(rule_key([rule.key for rule in rules]).is_in([rule.key for rule in rules]))
    places = rows.lazy().select("plek", "nr", "volgorde")
    earlier = places.select(voorganger="nr", eerder="plek", zaak="volgorde")
    near = told.select(rule_place(rules), "nr", "voorganger").join(places, on="nr").join(earlier, on="voorganger")
    links = near.filter(pl.col("zaak") == pl.col("volgorde")).sort("soort", "plek").collect()
    many = pl.DataFrame({"soort": range(len(rules))}, schema={"soort": pl.UInt16}).join(
        links.group_by("soort").agg(volgers=pl.len()), on="soort", how="left", maintain_order="left"
    )
    back = links["plek"].cast(pl.Int32) - links["eerder"].cast(pl.Int32)
    return {
        "volgers": many["volgers"].fill_null(0),
        "volger": links.select(steps("plek")).to_series(),
        "terug": back,
    }
