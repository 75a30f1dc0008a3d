"""The floor: read and type every column of the same file with polars, hold it in memory, stop. No checks, no keys.

Usage: python -m benchmarks.floor PLACEMENTS (CSV or Parquet with text).
"""

from __future__ import annotations

import sys

import polars as pl

TEXT = (
    "plaatsing_id", "kandidaat_id", "werkgever", "functie", "gemeente", "kvk_nummer", "vestigingsnummer", "inlener",
    "inlener_kvk", "beroepscode", "cao", "sector", "reden", "verlenging_reden", "team",
)  # fmt: skip
NAMES = ("instrument", "werkaard", "uitstroom", "uitstroom_naar")
DATES = ("startdatum", "einddatum", "laatste_contact", "uitkering_sinds", "verlenging_datum")
DECIMALS = ("uren_per_week", "gewerkte_uren")
EUROS = ("uurtarief", "cao_uurloon", "inleentarief", "loonwaarde", "premie")
WHOLE = ("geboortejaar", "werkzame_personen")
YES_NO = ("uitzendbureau", "vrijwillig", "intentie_dienstverband", "begeleiding")


def typed(rows: pl.LazyFrame) -> pl.DataFrame:
    """The columns with the types of the record: dates, exact decimals, numbers, yes or no, categories, text."""
    number = pl.col(*DECIMALS, *EUROS).str.strip_prefix("€ ").str.replace(",", ".", literal=True)
    rows = rows.with_columns(number)
    return rows.select(
        *TEXT,
        pl.col(*NAMES).cast(pl.Categorical),
        pl.col(*DATES).str.to_date("%d-%m-%Y", strict=False),
        pl.col(*DECIMALS).cast(pl.Float64, strict=False),
        pl.col(*EUROS).cast(pl.Decimal(14, 4), strict=False),
        pl.col(*WHOLE).cast(pl.Int32, strict=False),
        *((pl.col(name) == "ja").alias(name) for name in YES_NO),
    ).collect()


def read(path: str) -> pl.LazyFrame:
    """Every column as text, so that nothing is guessed."""
    if path.endswith(".parquet"):
        return pl.scan_parquet(path)
    return pl.scan_csv(path, separator=";", infer_schema=False)


if __name__ == "__main__":
    assert typed(read(sys.argv[1])).height
