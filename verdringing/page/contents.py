"""What the script of the page draws: placements and findings of its cases, as columns of small numbers, packed."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from io import BytesIO

import polars as pl

from verdringing.audited import Audited
from verdringing.distinct import ranked
from verdringing.page.page_data import Columns, carried, drawn, placed, rule_place
from verdringing.postscripts import ahead
from verdringing.privacy.shield import shielded
from verdringing.record import INSTRUMENTS
from verdringing.rule import Rule

_GZIP = 16 + zlib.MAX_WBITS


def packed(given: Columns, *, numbers: bool = False) -> str:
    """Columns as JSON, compressed (gzip) and in base64; the same columns give the same text."""
    # `numbers` hardly ever repeat: looking for short repeats alone takes less time, and gives a smaller text
    level, strategy = (5, zlib.Z_FILTERED) if numbers else (6, zlib.Z_DEFAULT_STRATEGY)
    press = zlib.compressobj(level, zlib.DEFLATED, _GZIP, zlib.DEF_MEM_LEVEL, strategy)
    return b64encode(b"".join(map(press.compress, _json(given))) + press.flush()).decode()


def _json(given: Columns) -> Iterator[bytes | memoryview]:
    """One object with a list for each column, whatever their lengths; piece by piece, for it is megabytes of text."""
    for place, (name, values) in enumerate(given.items()):
        text = BytesIO()
        pl.DataFrame([values.implode().alias(name)]).write_ndjson(text)
        yield b"," if place else b"{"
        yield text.getbuffer()[1:-2]  # without the braces and the line end around it, and without a copy
    yield b"}"


def columns(audited: Audited, rules: Sequence[Rule]) -> Columns:
    """Placements and findings of the cases in `large_index`, as columns.

    Per case `aantal` placements, none where there are more than MOST_IN_CASE or as many findings; per placement id,
    kandidaat, instrument (place in INSTRUMENTS), begin (days since the begin of the placement before; the first since
    1970), duur (days from begin to the last day; null is open), bestand (place in bestanden), rij. Per finding
    plaatsing (steps from the placement of the finding before), soort, ontstaan (days from begin), zin (in zinnen, from
    the first sentence of its rule on: eerste, per rule). What a sentence says of a day after the reference date is left
    to the script, for the day stands in ontstaan. Small numbers take less time to pack, and less room.
    """
    cases = audited.cases.head(carried(audited.cases))
    here = cases.filter(drawn())
    rows = placed(audited, here).with_row_index("plek").select(_row_columns()).collect()
    found = audited.findings.lazy().join(here.lazy(), on="volgorde", how="semi", maintain_order="left")
    begun = rows.lazy().select("plek", "nr", "startdatum")  # findings stand in this order already
    told = found.join(begun, on="nr", how="left", maintain_order="left").select(
        plaatsing="plek",
        soort=rule_place(rules),
        ontstaan=(pl.col("ontstaan_op") - pl.col("startdatum")).dt.total_days(),
        toelichting=shielded(pl.col("toelichting").str.strip_prefix(ahead(pl.col("ontstaan_op"), audited.order.day))),
    ).collect()  # fmt: skip
    (files, file), (sentences, sentence) = (ranked(text) for text in (rows["bron"], told["toelichting"]))
    aantal = cases.select(pl.when(drawn()).then("plaatsingen").otherwise(0)).to_series()
    first = _first_of(told["soort"], sentence, len(rules))
    return (
        {"aantal": aantal, "bestanden": files, "zinnen": sentences, "eerste": first}
        | rows.select("id", "kandidaat", "instrument", _steps("begin"), "duur", "rij", bestand=file).to_dict()
        | told.select(_steps("plaatsing"), "soort", "ontstaan", zin=sentence - first.gather(told["soort"])).to_dict()
    )


def _steps(name: str) -> pl.Expr:
    """A number as the difference with the one before it; the first as it is."""
    number = pl.col(name).cast(pl.Int32)
    return number.diff().fill_null(number.first())


def _first_of(kind: pl.Series, place: pl.Series, many: int) -> pl.Series:
    """The lowest place of every kind (0 to `many` - 1); of a kind that is absent 0."""
    lowest = pl.DataFrame({"kind": kind, "place": place}).group_by("kind").agg(pl.col("place").min())
    return pl.zeros(many, pl.UInt32, eager=True).scatter(lowest["kind"], lowest["place"])


def _row_columns() -> list[pl.Expr]:
    start = pl.col("startdatum")
    sheet = pl.when(pl.col("blad").is_not_null()).then(pl.concat_str(pl.lit(", "), "blad")).otherwise(pl.lit(""))
    return [
        pl.col("plek", "nr", "volgorde", "startdatum", "rij"),
        pl.col("plaatsing_id").alias("id"),
        pl.col("kandidaat_id").alias("kandidaat"),
        pl.col("instrument").cast(pl.Enum(INSTRUMENTS)).to_physical(),
        start.to_physical().alias("begin"),
        (pl.col("einddatum") - start).dt.total_days().alias("duur"),
        pl.concat_str("bestand", sheet).alias("bron"),
    ]
