"""Employer and job keys: when two spellings are one name, and when two placements are at one place."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import polars as pl

from verdringing.distinct import joined, number, pair, per_distinct

_LEGAL_FORMS = (
    "besloten vennootschap",
    "naamloze vennootschap",
    "vennootschap onder firma",
    "commanditaire vennootschap",
    "bv",
    "nv",
    "vof",
    "cv",
    "stichting",
    "stg",
    "vereniging",
    "cooperatie",
    "ua",
    "ba",
    "maatschap",
    "eenmanszaak",
    "io",
)
_FORM = rf"(?:{'|'.join(_LEGAL_FORMS)})"
_FORMS = rf"^({_FORM}(?: {_FORM})*)$|\b{_FORM}\b"
"""A name of nothing but legal forms, which is kept, or else every legal form in it."""
_SPACED_FORMS = r" (?:b v|n v|v o f)$"
"""B. V. written with a space, only where a legal form stands: at the end."""
_DROPPED_FROM_JOBS = (
    r"\(?\b(?:m\s*/\s*v|v\s*/\s*m)(?:\s*/\s*[xd])?\b\)?",
    r"\b\d+(?:[.,]\d+)?\s*(?:(?:[-–/]|tot)\s*\d+(?:[.,]\d+)?\s*)?-?(?:uur|uren|u)\b"
    r"(?:\s*(?:per|p\s*[./]?|/)\s*(?:week|w)\b\.?)?",
)


def plain(text: pl.Expr) -> pl.Expr:
    """Drop case, accents, dots and apostrophes; `&` is "en"; other punctuation is a space."""
    text = text.str.replace_all("´", "'", literal=True)  # NFKD makes a space of it
    text = text.str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_lowercase()
    text = text.str.replace_all("&", " en ", literal=True).str.replace_all(r"[.'’‘`ʼʻ′‛]", "")
    return text.str.replace_all(r"[^\p{L}\p{N}]+", " ").str.strip_chars()


def firm(text: pl.Expr) -> pl.Expr:
    """Normalised name of a firm: `plain` without legal forms (Holding, h/o, t/h/o/d/n stay: they can name another)."""
    name = plain(text).str.replace(_SPACED_FORMS, "")
    # in one chain: what stands twice in an expression is worked out twice
    return _or_null(name.str.replace_all(_FORMS, "$1 ").str.replace_all(" {2,}", " ").str.strip_chars())


def job(text: pl.Expr) -> pl.Expr:
    """Normalised job title: `plain` without "(m/v)", "m/v/x", "m/v/d" and "32 uur"."""
    title = text.str.to_lowercase()
    for pattern in _DROPPED_FROM_JOBS:
        title = title.str.replace_all(pattern, " ")
    return _or_null(plain(title))


def add_keys(
    placements: pl.LazyFrame, job_groups: Mapping[str, str], firm_name: Callable[[pl.Expr], pl.Expr] = firm
) -> pl.LazyFrame:
    """Add the keys of rules.md 1.3 and the integers that stand for them within one gemeente.

    Adds gemeente_sleutel, werkgever_naam, inlener_naam (normalised), werkgever_nummer, inlener_nummer (KvK number, also
    one that the same name has elsewhere), werkgever_sleutel, werkplek_sleutel, functie_sleutel (text);
    kandidaat_nr, werkplek_nr, vestiging_nr, plek_nr, plek_vestiging_nr (integers, equal exactly where the keys are).
    `job_groups` maps a normalised title to its group, `firm_name` normalises a name (and follows aliases).
    """
    named = add_names(placements, job_groups, firm_name)
    parties = pl.struct("gemeente_sleutel", "werkgever_naam", "kvk_nummer", "inlener_naam", "inlener_kvk")
    gives = pl.Struct({"werkgever_nummer": pl.String, "inlener_nummer": pl.String})
    numbers = parties.map_batches(lambda series: _numbers(series.struct.unnest()).to_struct(), return_dtype=gives)
    return add_numbers(add_places(named.with_columns(_numbers=numbers).unnest("_numbers")))


def add_names(
    placements: pl.LazyFrame, job_groups: Mapping[str, str], firm_name: Callable[[pl.Expr], pl.Expr] = firm
) -> pl.LazyFrame:
    """Add what every row says by itself: werkgever_naam, inlener_naam, functie_sleutel, gemeente_sleutel."""

    def grouped(text: pl.Expr) -> pl.Expr:
        title = job(text)
        return title.replace(job_groups) if job_groups else title

    return placements.with_columns(
        werkgever_naam=per_distinct(pl.col("werkgever"), firm_name, pl.String),
        inlener_naam=per_distinct(pl.col("inlener"), firm_name, pl.String),
        functie_sleutel=per_distinct(pl.col("functie"), grouped, pl.String),
        gemeente_sleutel=per_distinct(pl.col("gemeente"), lambda text: _or_null(plain(text)), pl.String),
    )


SIDES = {"werkgever_nummer": ("werkgever_naam", "kvk_nummer"), "inlener_nummer": ("inlener_naam", "inlener_kvk")}
"""The number of a side, and the name and the KvK number that were given for it."""


def add_places(placements: pl.LazyFrame) -> pl.LazyFrame:
    """Add werkgever_sleutel and werkplek_sleutel to placements with names and numbers."""
    placements = placements.with_columns(werkgever_sleutel=pl.coalesce("werkgever_nummer", "werkgever_naam"))
    keys = ("inlener_nummer", "inlener_naam", "werkgever_sleutel")
    return placements.with_columns(werkplek_sleutel=pl.coalesce(keys))


def _numbers(frame: pl.DataFrame) -> pl.DataFrame:
    """The KvK number of employer and inlener; without it the one number that the same name has in the gemeente."""
    frame = frame.with_columns(place=gemeenten())
    parties = pl.concat([frame.select("place", name=name, kvk=kvk) for name, kvk in SIDES.values()])
    parties = parties.select("kvk", party=joined(pl.col("place"), number(pl.col("name"))))
    given = parties.select("party", found="kvk").drop_nulls().unique()
    known = given.filter(pl.col("party").is_unique())
    found = parties.join(known, on="party", how="left", maintain_order="left").select(pl.coalesce("kvk", "found"))
    numbers = found.to_series()
    return pl.DataFrame({side: numbers.slice(place * frame.height, frame.height) for place, side in enumerate(SIDES)})


def add_numbers(placements: pl.LazyFrame) -> pl.LazyFrame:
    """Give every key an integer; equal integers mean equal keys within one gemeente, null where a key is unknown."""
    gemeente = gemeenten()
    place = pair(gemeente, number(pl.col("werkplek_sleutel")))
    placements = placements.with_columns(
        kandidaat_nr=candidates(gemeente),
        werkplek_nr=place,
        vestiging_nr=pair(place, number(pl.col("vestigingsnummer").fill_null(""))),
        _job=number(pl.col("functie_sleutel")),
    )
    return placements.with_columns(
        plek_nr=pair(pl.col("werkplek_nr"), pl.col("_job")),
        plek_vestiging_nr=pair(pl.col("vestiging_nr"), pl.col("_job")),
    ).drop("_job")


def candidates(gemeente: pl.Expr) -> pl.Expr:
    """An integer for every candidate of a gemeente, which has its own (`gemeenten`)."""
    return pair(gemeente, number(pl.col("kandidaat_id")))


def gemeenten() -> pl.Expr:
    """An integer for every gemeente, and one for those that are not known."""
    return number(pl.col("gemeente_sleutel").fill_null(""))


def _or_null(text: pl.Expr) -> pl.Expr:
    """Text, or null where nothing is left of it."""
    return text.replace("", None)
