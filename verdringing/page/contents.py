"""What the script of the page draws: placements and findings of its cases, as columns of small numbers, packed."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterator, Sequence
from io import BytesIO

import polars as pl

from verdringing.audited import Audited
from verdringing.distinct import ranked, steps
from verdringing.judge import rule_key
from verdringing.page.came_before import packed_links
from verdringing.page.named import packed_aliases
from verdringing.page.odd import packed_doubts
from verdringing.page.page_data import Columns, carried, drawn, placed, rule_place
from verdringing.postscripts import ahead
from verdringing.privacy.shield import shielded
from verdringing.record import INSTRUMENTS, ORIGIN
from verdringing.rule import Rule
from verdringing.sentences import in_words

_FIGURES = r"\d{1,2} \p{L}+ \d{4}|\d[\d.,]*\d|\d"
_SEEN = ("_0", "_1", "_2", "_3")
"""Days and figures in a sentence; that many of them are looked at."""
_BETWEEN, _KNOWN = "\x1f", "\x00"
_GZIP = 16 + zlib.MAX_WBITS
_LEVEL = 7
_MEMORY = 7
"""Below the default of 8 the columns, each with figures of its own, are cut into more blocks: a smaller text."""


def packed(given: Columns, *, numbers: bool = False) -> str:
    """Columns as JSON, compressed (gzip) and in base64; the same columns give the same text."""
    # `numbers` hardly ever repeat: looking for short repeats alone takes less time, and gives a smaller text
    strategy = zlib.Z_FILTERED if numbers else zlib.Z_DEFAULT_STRATEGY
    press = zlib.compressobj(_LEVEL, zlib.DEFLATED, _GZIP, _MEMORY, strategy)
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
    to the script, for the day stands in ontstaan. Small numbers take less time to pack, and less room. With every
    sentence stand gemeten and grens: a text, a number (the sentence has it: which of its figures and days that is), or
    null (the last day of the placement, or the day before the signal arose). Of the findings that were decided on
    besloten has the places (steps), and besluit what was decided (in besluiten). The other columns are as in
    `packed_doubts`, `packed_links` and `packed_aliases`.
    """
    cases = audited.cases.head(carried(audited.cases))
    here = cases.filter(drawn())
    rows = placed(audited, here).with_row_index("plek").select(_row_columns()).collect()
    found = audited.findings.lazy().join(here.lazy(), on="volgorde", how="semi", maintain_order="left")
    begun = rows.lazy().select("plek", "nr", "startdatum", "einddatum")  # findings stand in this order already
    told = found.join(begun, on="nr", how="left", maintain_order="left").select(
        plaatsing="plek",
        soort=rule_place(rules),
        ontstaan=(pl.col("ontstaan_op") - pl.col("startdatum")).dt.total_days(),
        gezegd=_said(audited, rules),
        beoordeling=pl.col("beoordeling") if audited.decisions else pl.lit(None, pl.String),
    ).collect()  # fmt: skip
    (files, file), (said, sentence) = (ranked(text) for text in (rows["bron"], told["gezegd"]))
    aantal = cases.select(pl.when(drawn()).then("plaatsingen").otherwise(0)).to_series()
    first = _first_of(told["soort"], sentence, len(rules))
    return (
        {"aantal": aantal, "bestanden": files, **_parts(said), "eerste": first, **_decided(told["beoordeling"])}
        | packed_doubts(rows, audited.doubted)
        | packed_links(audited.judgement.links, rows, rules)
        | packed_aliases(rows)
        | rows.select("id", "kandidaat", "instrument", steps("begin"), "duur", "rij", bestand=file).to_dict()
        | told.select(steps("plaatsing"), "soort", "ontstaan", zin=sentence - first.gather(told["soort"])).to_dict()
    )


def _said(audited: Audited, rules: Sequence[Rule]) -> pl.Expr:
    """Sentence, measured value and limit of a finding as one text; a day that the script knows is _KNOWN."""
    arose = pl.col("ontstaan_op")
    sentence = shielded(pl.col("toelichting").str.strip_prefix(ahead(arose, audited.order.day)))
    # a condition is written in SQL: its sentence says the same to a reader
    conditions = [rule.key for rule in rules if rule.file.toets == "voorwaarde"]
    limit = pl.when(rule_key([rule.key for rule in rules]).is_in(conditions).not_()).then("grens")
    parts = (_unless(shielded(pl.col("waarde")), pl.col("einddatum")), _unless(limit, arose - pl.duration(days=1)))
    return pl.concat_str(sentence, *parts, separator=_BETWEEN)


def _unless(text: pl.Expr, day: pl.Expr) -> pl.Expr:
    """A text, or _KNOWN where it is that day."""
    known = (text == day.dt.strftime("%d-%m-%Y")).fill_null(value=False)
    return pl.when(known).then(pl.lit(_KNOWN)).otherwise(text.fill_null(""))


def _parts(said: pl.Series) -> Columns:
    """What `_said` put together: zinnen, gemeten and grens."""
    parts = said.str.split_exact(_BETWEEN, 2).struct.rename_fields(["zinnen", "gemeten", "grens"]).struct.unnest()
    figures = pl.col("zinnen").str.extract_all(_FIGURES).list.to_struct(fields=_SEEN)
    seen = parts.with_columns(figures.struct.unnest())
    return seen.select("zinnen", _found("gemeten"), _found("grens")).to_dict()


def _found(name: str) -> pl.Expr:
    """A measure as the number of the first of the figures in its sentence (_SEEN) that it is; else as it is."""
    measure = pl.col(name)
    day = in_words(measure.str.to_date("%d-%m-%Y", strict=False), pl.Date())
    places = [
        pl.when((pl.col(seen) == measure) | (pl.col(seen) == day)).then(pl.lit(f"{_KNOWN}{place}"))
        for place, seen in enumerate(_SEEN)
    ]
    return pl.when(measure != _KNOWN).then(pl.coalesce(*places, measure)).alias(name)


def _decided(decided: pl.Series) -> Columns:
    """The findings that were decided on (besloten) and what was decided (besluit, in besluiten)."""
    words, word = ranked(decided.drop_nulls())
    places = decided.is_not_null().arg_true().rename("besloten")
    return {"besluiten": words, "besloten": places.to_frame().select(steps("besloten")).to_series(), "besluit": word}


def _first_of(kind: pl.Series, place: pl.Series, many: int) -> pl.Series:
    """The lowest place of every kind (0 to `many` - 1); of a kind that is absent 0."""
    lowest = pl.DataFrame({"kind": kind, "place": place}).group_by("kind").agg(pl.col("place").min())
    return pl.zeros(many, pl.UInt32, eager=True).scatter(lowest["kind"], lowest["place"])


def _row_columns() -> list[pl.Expr]:
    start = pl.col("startdatum")
    sheet = pl.when(pl.col("blad").is_not_null()).then(pl.concat_str(pl.lit(", "), "blad")).otherwise(pl.lit(""))
    return [
        pl.col("plek", "nr", "volgorde", "startdatum", "einddatum", "aliassen", *ORIGIN),
        pl.col("plaatsing_id").alias("id"),
        pl.col("kandidaat_id").alias("kandidaat"),
        pl.col("instrument").cast(pl.Enum(INSTRUMENTS)).to_physical(),
        start.to_physical().alias("begin"),
        (pl.col("einddatum") - start).dt.total_days().alias("duur"),
        pl.concat_str("bestand", sheet).alias("bron"),
    ]
