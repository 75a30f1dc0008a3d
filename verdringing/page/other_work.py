"""Other work of a candidate at the same place of work: a rule that counts per employer counts it too."""

from __future__ import annotations

from collections.abc import Mapping
from typing import cast

import polars as pl

from verdringing import history
from verdringing.cases import PLACE
from verdringing.checks.duur import Params
from verdringing.page.chains import Key, Row
from verdringing.privacy.shield import shielded
from verdringing.rule import Rule

CANDIDATE = ("gemeente_sleutel", "werkplek_sleutel", "kandidaat_id")
"""What a candidate at a place of work is known by."""
_SPELL = ("wie", "begin")
_SHOWN = (
    "nr", "kandidaat_id", "functie", "instrument", "startdatum", "einddatum", "einde", "bestand", "blad", "rij", *PLACE,
    "vestigingsnummer",
)  # fmt: skip


def other_work(
    found: pl.DataFrame, here: pl.DataFrame, placements: pl.DataFrame, rules: Mapping[Key, Rule], most: int
) -> dict[tuple[Key, int], list[Row]]:
    """The rows on another job that a finding counts, by rule and placement (nr); of `most` findings per rule and case.

    `found` are findings by case (volgorde), `here` the placements on the jobs of those cases, and `placements` those to
    look in.
    """
    told: dict[tuple[Key, int], list[Row]] = {}
    for key, rule in rules.items():
        if rule.file.toets == "duur" and cast(Params, rule.params).per == "werkgever":
            mine = found.filter(pl.col("regel") == key[0], pl.col("variant") == key[1])
            first = mine.group_by("volgorde").head(most)["nr"]
            rows = _counted(here.filter(pl.col("nr").is_in(first.implode())), placements, cast(Params, rule.params))
            for row in rows.to_dicts():
                told.setdefault((key, row["bij"]), []).append(row)
    return told


def _counted(asked: pl.DataFrame, placements: pl.DataFrame, params: Params) -> pl.DataFrame:
    """The `placements` that belong to the same spell as one that is `asked` (bij, its nr), before it on another job."""
    one_place = [*CANDIDATE, *(["vestigingsnummer"] if params.niveau == "vestiging" else [])]
    who = asked.filter(pl.col("werkplek_sleutel").is_not_null()).select(one_place).unique().with_row_index("wie")
    some = placements.filter(
        pl.col("kandidaat_id").is_in(who["kandidaat_id"].implode()),
        pl.col("instrument").is_in(list(params.instrumenten)),
    )
    counting = some.select(_SHOWN).join(who, on=one_place, nulls_equal=True)
    spell = [{"new": history.breaks(params.samenvoegen_dagen)}, {"begin": history.since_break(pl.col("start"))}]
    days = {"start": history.START, "end": history.END_SEEN}
    begun = history.in_groups({"wie": pl.col("wie")}, days, spell, {"begin": pl.Date}).struct.field("begin")
    spells = counting.with_columns(begin=begun)
    one = spells.join(asked, on="nr", how="semi").select(*_SPELL, bij="nr", hier="functie_sleutel")
    same = spells.join(one, on=_SPELL).filter(pl.col("nr") < pl.col("bij"))
    other = same.filter(pl.col("functie_sleutel").ne_missing(pl.col("hier"))).sort("bij", "nr")
    return other.with_columns(shielded(pl.col("functie")))
