"""Findings to cases: all findings on one job at one place of work, with a stable id and a fixed order."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

import polars as pl

from verdringing.distinct import number
from verdringing.judge import rule_key

PLACE = ("gemeente_sleutel", "werkplek_sleutel", "functie_sleutel")
FINDING_COLUMNS = (
    "zaak", "plaatsing_id", "regel", "norm", "gemeente", "werkgever", "werkgever_sleutel", "functie", "functie_sleutel",
    "kandidaat_id", "instrument", "startdatum", "einddatum", "fase", "ontstaan_op", "waarde", "grens", "toelichting",
    "vraag", "grondslag", "bestand", "rij", "beoordeling",
)  # fmt: skip
"""What bevindingen.csv says of a finding."""

REPORT_ORDER = ("wet", "regels", "bevindingen", "lopend", *PLACE)
"""Columns that put cases in the order of the report (see `in_report_order`)."""

_OF_FINDING = {"regel", "fase", "ontstaan_op", "waarde", "grens", "toelichting"}
_OF_PLACEMENT = {"aliassen", *FINDING_COLUMNS} - {*PLACE, *_OF_FINDING}
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"


def cases(findings: pl.DataFrame, placements: pl.DataFrame, norms: Mapping[str, str]) -> pl.DataFrame:
    """One row per case, in the order of the report; `norms` maps the key of a rule to what it rests on.

    Columns: volgorde (0 is first), zaak (stable id), PLACE, wet (any finding rests on statute), regels, bevindingen
    (counts), lopend (a placement with a finding runs or is planned), plek (see `place_numbers`), plaatsingen (all those
    on the job). Order: statute first, more different rules, more findings, running before ended, key. The nr of a
    placement is its place in `placements`.
    """
    law = [rule for rule, norm in norms.items() if norm == "wet"]
    numbers = findings["nr"]
    facts = placements.select(plek=place_numbers(placements), lopend=pl.col("fase") != "beeindigd")
    told = findings.select("nr", _in_order("regel", norms), wet=rule_key(norms).is_in(law))
    grouped = (
        told.hstack(facts.select(pl.all().gather(numbers)))
        .group_by("plek")
        .agg(
            pl.col("nr").first(),
            wet=pl.col("wet").any(),
            regels=pl.col("regel").n_unique(),
            bevindingen=pl.len(),
            lopend=pl.col("lopend").any(),
        )
    )
    keys = placements.select(PLACE).rechunk()[grouped["nr"]]  # looking up in one piece is faster than in many
    placed = facts["plek"].value_counts(name="plaatsingen")
    counted = grouped.join(placed, on="plek", how="left", maintain_order="left")
    whole = keys.hstack(counted.select("wet", "regels", "bevindingen", "lopend", "plek", "plaatsingen"))
    ordered = in_report_order(whole)
    return ordered.insert_column(0, _case_ids(ordered)).with_row_index("volgorde")


def in_report_order(cases: pl.DataFrame) -> pl.DataFrame:
    """Put cases in the order of the report (see `cases`)."""
    most_first, by_name = [True] * 4 + [False] * 3, [False] * 4 + [True] * 3
    return cases.sort(REPORT_ORDER, descending=most_first, nulls_last=by_name)


def place_numbers(placements: pl.DataFrame) -> pl.Series:
    """Number of every placement's job at its place of work (UInt32): equal where PLACE is equal, nulls included."""
    known = placements["plek_nr"].alias("plek")
    lacking = known.is_null().arg_true()
    if lacking.is_empty():
        return known
    text = pl.concat_str(pl.col(PLACE).fill_null("\x00"), separator="\x1f")
    others = placements.select(PLACE)[lacking].select(number(text) + pl.lit(known).max().fill_null(0) + 1)
    return known.scatter(lacking, others.to_series())


def _in_order(name: str, keys: Iterable[str]) -> pl.Expr:
    """A column of rule names as numbers that sort as the names do; `keys` are those of the rules (`Rule.key`)."""
    return pl.col(name).cast(pl.Enum(sorted({key.partition("/")[0] for key in keys}))).to_physical()


def case_id(place: tuple[str | None, ...]) -> str:
    """Stable id of a place of work and job (gemeente, werkplek, functie), in the form 7F3A2-1K9QD (50 bits)."""
    return str(_case_ids(pl.DataFrame([place], schema=dict.fromkeys(PLACE, pl.String), orient="row"))[0])


def _case_ids(places: pl.DataFrame) -> pl.Series:
    """The ids of many places (PLACE) at once: ten letters of five bits from the front of a hash."""
    texts = places.select(pl.concat_str(pl.col(PLACE).fill_null(""), separator="\x1f")).to_series().to_list()
    digests = pl.Series("zaak", [sha256(text.encode()).digest()[:8] for text in texts], dtype=pl.Binary)
    bits = pl.col("zaak").bin.reinterpret(dtype=pl.UInt64, endianness="big")
    alphabet = pl.lit(pl.Series([*_ALPHABET]))
    letters = [alphabet.gather(bits // 2**shift % 32) for shift in range(59, 13, -5)]
    return digests.to_frame().select(zaak=pl.concat_str(*letters[:5], pl.lit("-"), *letters[5:])).to_series()


def by_case(findings: pl.DataFrame, placements: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """Findings in the order of the report, with their case (volgorde) and the fase of their placement.

    Ordered by numbers alone, after which every column is made once, in that order, and one by one: together they would
    take their memory twice more.
    """
    keys = placements.select("startdatum", place_numbers(placements))
    keys = keys.join(found.select("plek", "volgorde"), on="plek", how="left", maintain_order="left").drop("plek")
    order = _in_report(findings, keys)
    told = pl.DataFrame([column.rechunk().gather(order) for column in findings.get_columns()])
    return told.with_columns(keys["volgorde"].gather(told["nr"]), placements["fase"].gather(told["nr"]))


def in_full(findings: pl.DataFrame, placements: pl.DataFrame, found: pl.DataFrame) -> pl.DataFrame:
    """The same findings, or some of them, with all that they say: FINDING_COLUMNS of placement and case, aliassen."""
    facts = placements.select(name for name in placements.columns if name in _OF_PLACEMENT)
    case = found.select("zaak", *PLACE).rechunk()[findings["volgorde"]]
    return findings.hstack(facts.rechunk()[findings["nr"]]).hstack(case)


def _in_report(findings: pl.DataFrame, keys: pl.DataFrame) -> pl.Series:
    """The rows of findings by case (volgorde), startdatum, nr and rule; `keys` has the first two of every placement."""
    by_case = keys.select(pl.arg_sort_by("volgorde", "startdatum", maintain_order=True)).to_series()
    places = pl.int_range(len(by_case), dtype=pl.UInt64, eager=True)
    place = pl.repeat(0, len(by_case), dtype=pl.UInt64, eager=True).scatter(by_case, places)
    rule = findings.select(_in_order("regel", findings["regel"].unique())).to_series()
    return (place.gather(findings["nr"]) * (1 << 32) + rule).arg_sort()
