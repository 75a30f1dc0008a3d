"""Lists of employers (black list, reports): which placements they touch, for certain or perhaps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from verdringing.errors import Mistake, UserError, nearest
from verdringing.names import firm
from verdringing.read import read_table
from verdringing.record import BY_NAME, header_name
from verdringing.values import READERS, means_empty
from verdringing.words import _

COLUMNS = {
    "werkgever": pl.String,
    "kvk_nummer": pl.String,
    "van": pl.Date,
    "tot": pl.Date,
    "reden": pl.String,
    "besluit": pl.String,
}


@dataclass(frozen=True, eq=False, slots=True)
class EmployerList:
    """A list of employers: COLUMNS and naam (normalised name), one row per entry, and the file it came from."""

    entries: pl.DataFrame
    source: str
    sha256: str = ""


def read_list(path: Path) -> EmployerList:
    """Read a list from CSV; UserError with every row that cannot be read: a list is taken whole or not at all."""
    table = read_table(path, path.name, COLUMNS)
    has = table.frame.columns
    text = table.frame.select(
        "rij",
        *(pl.col(name).str.strip_chars() if name in has else pl.lit(None, pl.String).alias(name) for name in COLUMNS),
    )
    text = text.filter(pl.any_horizontal(pl.col(*COLUMNS).fill_null("") != ""))
    typed = text.with_columns(
        READERS["kvk"](pl.col("kvk_nummer")), READERS["date"](pl.col("van")), READERS["einddatum"](pl.col("tot"))
    )
    mistakes = [
        Mistake(_("{bestand}, rij {rij}", bestand=path, rij=row["rij"]), row["reden"])
        for row in table.broken.to_dicts()
    ]
    mistakes += _unknown_columns(has, table.left_out, path) + _bad_cells(text, typed, path)
    if mistakes:
        raise UserError(*mistakes)
    return EmployerList(typed.with_columns(naam=firm(pl.col("werkgever"))), path.name, table.sha256)


def _unknown_columns(columns: Sequence[str], left_out: Sequence[str], path: Path) -> list[Mistake]:
    """A list needs werkgever or kvk_nummer; a misspelt column must not leave an employer out."""
    mistakes = []
    for name in left_out:
        near = nearest(header_name(name), COLUMNS)
        hint = _("Bedoelde u '{naam}'?", naam=near) if near else _("Bekend zijn: {namen}.", namen=", ".join(COLUMNS))
        mistakes.append(Mistake(str(path), _("onbekende kolom '{naam}'", naam=name), hint))
    if not {"werkgever", "kvk_nummer"} & set(columns):
        mistakes.append(Mistake(str(path), _("er is geen kolom 'werkgever' of 'kvk_nummer'")))
    return mistakes


def _bad_cells(text: pl.DataFrame, typed: pl.DataFrame, path: Path) -> list[Mistake]:
    """Cells that cannot be read, rows without an employer, and periods that end before they begin."""
    found = text.select(
        "rij",
        kvk=typed["kvk_nummer"].is_null() & (pl.col("kvk_nummer").fill_null("") != ""),
        van=typed["van"].is_null() & ~means_empty(BY_NAME["startdatum"], pl.col("van")).fill_null(value=True),
        tot=typed["tot"].is_null() & ~means_empty(BY_NAME["einddatum"], pl.col("tot")).fill_null(value=True),
        werkgever=typed["kvk_nummer"].is_null() & (pl.col("werkgever").fill_null("") == ""),
        volgorde=(typed["tot"] < typed["van"]).fill_null(value=False),
    )
    sentences = {
        "kvk": _("het KvK-nummer is geen nummer van 8 cijfers"),
        "van": _("'van' is geen datum"),
        "tot": _("'tot' is geen datum"),
        "werkgever": _("er staat geen werkgever en geen KvK-nummer"),
        "volgorde": _("'tot' ligt voor 'van'"),
    }
    return [
        Mistake(_("{bestand}, rij {rij}", bestand=path, rij=row), sentence)
        for name, sentence in sentences.items()
        for row in found.filter(pl.col(name))["rij"]
    ]


MATCH = {"lijst_sinds": pl.Date, "lijst_rij": pl.UInt32, "mogelijk_rij": pl.UInt32, "gelijkenis": pl.Float64}


def matches(listed: EmployerList, least: float) -> pl.Expr:
    """Match employer and inlener of every placement with a list; a struct (MATCH) per placement.

    lijst_sinds: first day of the placement that falls in a certain match, with its entry (lijst_rij); mogelijk_rij: an
    entry that is perhaps the same employer, with the similarity (0-100). Certain is the same KvK number, or the same
    normalised name when at least one side has no number.
    """

    def run(series: pl.Series) -> pl.Series:
        return _matched(series.struct.unnest().with_row_index("row"), listed.entries, least).to_struct()

    return pl.struct("werkgever_naam", "kvk_nummer", "inlener_naam", "inlener_kvk", "startdatum", "einde").map_batches(
        run, return_dtype=pl.Struct(MATCH)
    )


def _matched(frame: pl.DataFrame, entries: pl.DataFrame, least: float) -> pl.DataFrame:
    parties = pl.concat(
        [
            frame.select("row", "startdatum", "einde", naam=pl.col(name), kvk=pl.col(number))
            for name, number in (("werkgever_naam", "kvk_nummer"), ("inlener_naam", "inlener_kvk"))
        ]
    )
    pairs = _pairs(parties.select("naam", "kvk").unique(), entries.with_row_index("entry"), least)
    touched = parties.join(pairs, on=["naam", "kvk"], nulls_equal=True)
    since = pl.max_horizontal("startdatum", "van")
    touched = touched.filter(
        (since <= pl.col("einde")) & (since <= pl.col("tot").fill_null(pl.lit("9999-12-31").str.to_date()))
    )
    touched = touched.with_columns(since=since).sort("row", "since", "entry")
    certain = (
        touched.filter("certain")
        .group_by("row")
        .agg(lijst_sinds=pl.col("since").first(), lijst_rij=pl.col("entry").first())
    )
    perhaps = touched.filter(~pl.col("certain")).sort("row", "gelijkenis", "entry", descending=[False, True, False])
    perhaps = perhaps.group_by("row").agg(mogelijk_rij=pl.col("entry").first(), gelijkenis=pl.col("gelijkenis").first())
    result = frame.select("row").join(certain, on="row", how="left").join(perhaps, on="row", how="left")
    return result.sort("row").select(*MATCH)


def _pairs(parties: pl.DataFrame, entries: pl.DataFrame, least: float) -> pl.DataFrame:
    """Distinct parties (naam, kvk) with the entries they are, or may be: entry, van, tot, certain, gelijkenis."""
    listed = entries.select("entry", "van", "tot", listed_naam="naam", listed_kvk="kvk_nummer")
    similar = _similar(parties["naam"].drop_nulls().unique(), entries["naam"].drop_nulls().unique(), least)
    by_number = parties.join(listed, left_on="kvk", right_on="listed_kvk", coalesce=False)
    by_name = parties.join(similar, on="naam").join(listed, on="listed_naam", coalesce=True)
    columns = ["naam", "kvk", "entry", "van", "tot", "certain", "gelijkenis"]
    one_number = pl.col("kvk").is_null() | pl.col("listed_kvk").is_null()
    number = by_number.with_columns(certain=pl.lit(value=True), gelijkenis=pl.lit(100.0)).select(columns)
    name = by_name.filter((pl.col("kvk") != pl.col("listed_kvk")).fill_null(value=True))
    name = name.with_columns(certain=(pl.col("gelijkenis") == 100) & one_number).select(columns)
    return pl.concat([number, name])


def _similar(names: pl.Series, listed: pl.Series, least: float) -> pl.DataFrame:
    """Pairs of names at least `least` alike: naam, listed_naam, gelijkenis (100 exactly when they are equal)."""
    from rapidfuzz import fuzz, process

    found: dict[str, list[object]] = {"naam": [], "listed_naam": [], "gelijkenis": []}
    candidates = names.to_list()
    for name in listed:
        for candidate, score, _place in process.extract(
            name, candidates, scorer=fuzz.token_sort_ratio, score_cutoff=least, limit=None
        ):
            found["naam"].append(candidate)
            found["listed_naam"].append(name)
            found["gelijkenis"].append(100.0 if candidate == name else min(score, 99.0))
    return pl.DataFrame(found, schema={"naam": pl.String, "listed_naam": pl.String, "gelijkenis": pl.Float64})
