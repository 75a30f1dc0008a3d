"""Facts of an intake, before any audit: what was refused, what is empty, what can be judged, what contradicts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import polars as pl

from verdringing.figures import count
from verdringing.record import COLUMNS, ORIGIN, VERDICTS, Column
from verdringing.rule import Rule
from verdringing.sentences import in_cell
from verdringing.term import moved
from verdringing.words import _, plural

MAY_BE_EMPTY = (
    "einddatum",
    "inlener",
    "inlener_kvk",
    "verlenging_datum",
    "verlenging_reden",
    "uitstroom",
    "uitstroom_naar",
)
"""Columns in which nothing is an answer too: still open, no agency, not extended, not over yet, nobody left."""

STUDY = {
    "uren_per_week": {"onbekend": 13, "wisselend": 12},
    "uurtarief": {"onbekend": 2},
    "uitkering_sinds": {"onbekend": 53},
    "geboortejaar": {"onbekend": 2},
}
"""Percentages without a value in the study (Onderzoek Flextensie 2017, §5.1); wisselend: the hours change each week."""


def read_and_kept(read: int, kept: int) -> str:
    """How many rows were read, and what became of them: the figures add up."""
    return _(
        "{gelezen} = {plaatsingen} + {n} afgekeurd.",
        gelezen=plural(read, "{n} rij gelezen", "{n} rijen gelezen"),
        plaatsingen=plural(kept, "{n} plaatsing", "{n} plaatsingen"),
        n=count(read - kept),
    )


def reasons(problems: pl.DataFrame) -> pl.DataFrame:
    """Count rejected rows or warnings (PROBLEMS) per kolom and reden: rijen, most first."""
    rows = pl.struct(ORIGIN).n_unique().cast(pl.Int64).alias("rijen")
    return (
        problems.group_by("kolom", "reden").agg(rows).sort("rijen", "kolom", "reden", descending=[True, False, False])
    )


def gaps(placements: pl.DataFrame, given: Collection[str], own: Sequence[Column] = ()) -> pl.DataFrame:
    """Per column that a placement can do without: kolom, leeg (placements), procent, aanwezig (it is in some file).

    `given` are the columns of the files, `own` those of a policy's own. Columns that are there come first, then what is
    empty most.
    """
    asked = [column.name for column in (*COLUMNS, *own) if not column.required]
    counted = placements.select(pl.col(asked).null_count()).unpivot(variable_name="kolom", value_name="leeg")
    return counted.select(
        "kolom",
        pl.col("leeg").cast(pl.Int64),
        procent=100 * pl.col("leeg") / max(placements.height, 1),
        aanwezig=pl.col("kolom").is_in(list(given)),
    ).sort("aanwezig", "leeg", "kolom", descending=[True, True, False])


def able(verdicts: pl.DataFrame, rules: Sequence[Rule]) -> pl.DataFrame:
    """Per rule that is on: regel, and toetsbaar, niet_toetsbaar and nvt (placements in scope); least able first."""
    on = list(dict.fromkeys(rule.name for rule in rules if rule.on))
    counted = verdicts.select(on).unpivot(variable_name="regel", value_name="oordeel").group_by("regel")
    got = {name: (pl.col("oordeel") == place).sum().cast(pl.Int64) for place, name in enumerate(VERDICTS)}
    sums = counted.agg(
        toetsbaar=got["signaal"] + got["geen_signaal"], niet_toetsbaar=got["niet_toetsbaar"], nvt=got["nvt"]
    )
    every = pl.DataFrame({"regel": on}, {"regel": pl.String})
    return every.join(sums, on="regel", how="left").fill_null(0).sort("toetsbaar", "regel")


_AT_START, _UITSTROOM = pl.col("startdatum"), pl.col("uitstroom")
CONTRADICTIONS: Mapping[str, tuple[str, pl.Expr]] = {
    "contact_na_peildatum": ("laatste_contact", pl.col("laatste_contact") > pl.col("peildatum")),
    "contact_lang_voor_start": ("laatste_contact", pl.col("laatste_contact") < moved(_AT_START, "-1y")),
    "uitstroom_voor_einde": ("uitstroom", _UITSTROOM.is_not_null() & (pl.col("fase") != "beeindigd")),
    "uitstroom_naar_na_nee": ("uitstroom_naar", pl.col("uitstroom_naar").is_not_null() & (_UITSTROOM == "nee")),
    "verlenging_erbuiten": ("verlenging_datum", ~pl.col("verlenging_datum").is_between("startdatum", "einde")),
}
"""Kind of contradiction → the column it stands in, and when: by what rules.md 1 says that these columns mean."""


def contradiction_words() -> dict[str, str]:
    """Every kind of CONTRADICTIONS in words."""
    return {
        "contact_na_peildatum": _("laatste contact ligt na de peildatum"),
        "contact_lang_voor_start": _("laatste contact ligt meer dan een jaar voor de start"),
        "uitstroom_voor_einde": _("uitkomst is ingevuld, maar de plaatsing is nog niet voorbij"),
        "uitstroom_naar_na_nee": _("er is ingevuld waarheen, maar er was geen uitstroom"),
        "verlenging_erbuiten": _("besluit tot verlenging valt buiten de plaatsing"),
    }


def contradictions(placements: pl.DataFrame) -> pl.DataFrame:
    """Placements in scope with columns that cannot both be right: soort, kolom, waarde, and the placement.

    The placement is nr, plaatsing_id, ORIGIN, startdatum, einddatum. In the order of CONTRADICTIONS, then of the days.
    """
    placement = ("nr", "plaatsing_id", *ORIGIN, "startdatum", "einddatum")
    named = {kind: pl.col("in_bereik") & when for kind, (_column, when) in CONTRADICTIONS.items()}
    hits = placements.lazy().select(**named).collect()
    return pl.concat(
        placements.select(*dict.fromkeys((*placement, column)))
        .filter(hits[kind])
        .sort("startdatum", "plaatsing_id")
        .select(
            *placement,
            soort=pl.lit(kind),
            kolom=pl.lit(column),
            waarde=in_cell(pl.col(column), placements.schema[column]),
        )
        for kind, (column, _when) in CONTRADICTIONS.items()
    )
