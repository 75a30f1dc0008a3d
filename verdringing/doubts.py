"""What placements say that cannot all be right: rows for waarschuwingen.csv, beside the values that were emptied.

Nothing is changed by it and no verdict follows from it: a person looks whether the administration is right.
"""

from __future__ import annotations

import polars as pl

from verdringing import intake, overlap
from verdringing.reading.raw import PROBLEMS
from verdringing.record import ORIGIN
from verdringing.sentences import in_cell, sentence
from verdringing.words import _

_READ = (*ORIGIN, "plaatsing_id", "kandidaat_nr", "startdatum", "einddatum", "uren_per_week", "in_bereik")


def doubts(placements: pl.DataFrame) -> pl.DataFrame:
    """Placements with values that contradict each other, or with too many hours together: PROBLEMS, in that order."""
    return pl.concat([contradicting(placements), together(placements)]).sort(IN_ORDER)


IN_ORDER = ("bestand", "blad", "rij", "kolom", "reden")


def contradicting(placements: pl.DataFrame) -> pl.DataFrame:
    """Placements with values that contradict each other: PROBLEMS."""
    words = intake.contradiction_words()
    named = pl.col("soort").replace_strict(words, return_dtype=pl.String)
    return intake.contradictions(placements).select(*ORIGIN, "kolom", "waarde", reden=named).cast(PROBLEMS)


def together(placements: pl.DataFrame) -> pl.DataFrame:
    """The placements of every period in which a candidate has more hours than a working week."""
    periods, rows = overlap.seen(placements.select(*_READ))
    if rows.is_empty():
        return pl.DataFrame(schema=PROBLEMS)
    whole = rows.join(periods.select("periode", "van", "tot", "uren"), on="periode")
    holes = {name: pl.col(name) for name in ("van", "tot", "uren")}
    ended = _("met andere plaatsingen van deze kandidaat samen {uren} uur per week, van {van} tot en met {tot}")
    open_ = _("met andere plaatsingen van deze kandidaat samen {uren} uur per week, vanaf {van}")
    reason = pl.when(pl.col("tot").is_null()).then(sentence(open_, holes, whole.schema))
    return whole.select(
        *ORIGIN,
        kolom=pl.lit("uren_per_week"),
        waarde=in_cell(pl.col("uren_per_week"), whole.schema["uren_per_week"]),
        reden=reason.otherwise(sentence(ended, holes, whole.schema)),
    ).cast(PROBLEMS)
