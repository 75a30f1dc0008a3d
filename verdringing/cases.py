"""Findings to cases: all findings on one job at one place of work, with a stable id and a fixed order."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

import polars as pl

from verdringing.judge import rule_key

PLACE = ("gemeente_sleutel", "werkplek_sleutel", "functie_sleutel")
FINDING_COLUMNS = (
    "zaak", "plaatsing_id", "regel", "norm", "gemeente", "werkgever", "werkgever_sleutel", "functie", "functie_sleutel",
    "kandidaat_id", "instrument", "startdatum", "einddatum", "fase", "ontstaan_op", "waarde", "grens", "toelichting",
    "vraag", "grondslag", "bestand", "rij", "beoordeling",
)  # fmt: skip
"""What bevindingen.csv says of a finding."""
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def cases(findings: pl.DataFrame, placements: pl.DataFrame, norms: Mapping[str, str]) -> pl.DataFrame:
    """One row per case, in the order of the report; `norms` maps the key of a rule to what it rests on.

    Columns: zaak (stable id), PLACE, wet (any finding rests on statute), regels, bevindingen (counts), lopend (a
    placement with a finding runs or is planned), volgorde (0 is first). Order: statute first, more different rules,
    more findings, running before ended, key.
    """
    facts = placements.select("nr", *PLACE, "fase")
    law = [rule for rule, norm in norms.items() if norm == "wet"]
    told = findings.select("nr", "regel", wet=rule_key(norms).is_in(law))
    found = told.join(facts, on="nr", how="left", maintain_order="left")
    grouped = found.group_by(PLACE).agg(
        wet=pl.col("wet").any(),
        regels=pl.col("regel").n_unique(),
        bevindingen=pl.len(),
        lopend=(pl.col("fase") != "beeindigd").any(),
    )
    ordered = grouped.sort(
        "wet",
        "regels",
        "bevindingen",
        "lopend",
        *PLACE,
        descending=[True] * 4 + [False] * 3,
        nulls_last=[False] * 4 + [True] * 3,
    )
    ids = pl.Series("zaak", [case_id(place) for place in ordered.select(PLACE).rows()], dtype=pl.String)
    return ordered.insert_column(0, ids).with_row_index("volgorde")


def case_id(place: tuple[str | None, ...]) -> str:
    """Stable id of a place of work and job (gemeente, werkplek, functie), in the form 7F3A2-1K9QD (50 bits)."""
    number = int.from_bytes(sha256("\x1f".join(part or "" for part in place).encode()).digest()[:8]) >> 14
    letters = "".join(_ALPHABET[number >> 5 * position & 31] for position in range(9, -1, -1))
    return f"{letters[:5]}-{letters[5:]}"


def with_cases(findings: pl.DataFrame, placements: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Findings with their placement and case (FINDING_COLUMNS, nr, aliassen, volgorde, PLACE), in report order."""
    wanted = {"nr", "aliassen", *PLACE, *FINDING_COLUMNS} - {"regel", "ontstaan_op", "waarde", "grens", "toelichting"}
    facts = placements.lazy().select(name for name in placements.columns if name in wanted)
    case = found.lazy().select("zaak", "volgorde", *PLACE)
    whole = findings.lazy().join(facts, on="nr", how="left").join(case, on=list(PLACE), how="left", nulls_equal=True)
    return whole.sort("volgorde", "startdatum", "nr", "regel").collect()
