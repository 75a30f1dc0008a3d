"""What the script of the page searches and draws: an index of the cases, and packed what does not stand in the HTML."""

from __future__ import annotations

import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO
from typing import Any

import polars as pl

from verdringing.audited import Audited
from verdringing.cases import place_numbers
from verdringing.distinct import ranked
from verdringing.judge import rule_key
from verdringing.page.dossier import MOST_CASES, Dossier
from verdringing.privacy.shield import shielded
from verdringing.record import INSTRUMENTS, PHASES
from verdringing.rule import Rule

MOST_EMBEDDED = 100_000
"""Findings, and placements, that a page carries at most; the cases after that stand in bevindingen.csv alone."""

MOST_IN_CASE = 2_000
"""Findings, and placements, of one case that a page carries; nobody reads more of them as a drawing."""

_GZIP = 16 + zlib.MAX_WBITS
_PLACE_OF_WORK = ("inlener", "inlener_kvk", "werkgever", "kvk_nummer")
_NUMBER = ("inlener_kvk", "kvk_nummer")
Lists = dict[str, list[Any]]
Columns = dict[str, pl.Series]


def packed(columns: Columns) -> str:
    """Columns as JSON, compressed (gzip) and in base64; the same columns give the same text."""
    # numbers hardly ever repeat: looking for short repeats alone takes less time, and gives a smaller text
    press = zlib.compressobj(5, zlib.DEFLATED, _GZIP, zlib.DEF_MEM_LEVEL, zlib.Z_FILTERED)
    return b64encode(b"".join(map(press.compress, _json(columns))) + press.flush()).decode()


def _json(columns: Columns) -> Iterator[bytes | memoryview]:
    """One object with a list for each column, whatever their lengths; piece by piece, for it is megabytes of text."""
    for place, (name, values) in enumerate(columns.items()):
        text = BytesIO()
        pl.DataFrame([values.implode().alias(name)]).write_ndjson(text)
        yield b"," if place else b"{"
        yield text.getbuffer()[1:-2]  # without the braces and the line end around it, and without a copy
    yield b"}"


def rules_with_words(rules: Sequence[Rule]) -> Lists:
    """Name, norm and title of every rule that is on; elsewhere a rule is its place in these lists."""
    return {
        "regels": [rule.name for rule in rules],
        "normen": [rule.file.norm for rule in rules],
        "titels": [rule.say("titel") for rule in rules],
    }


def small_index(dossiers: Sequence[Dossier], rules: Sequence[Rule]) -> Lists:
    """The index of cases that all stand in the page: one entry per case in every list, in the order of the report."""
    places = {rule.key: place for place, rule in enumerate(rules)}
    entries = [_entry(dossier, places) for dossier in dossiers]
    return rules_with_words(rules) | {name: [entry[name] for entry in entries] for name in _INDEX}


_INDEX = ("zaak", "werkgever", "functie", "gemeente", "soort", "fase", "signalen", "zoek")


def _entry(dossier: Dossier, places: Mapping[str, int]) -> dict[str, Any]:
    rows = dossier.placements
    numbers = [row[name] for row in rows for name in ("kandidaat_id", "plaatsing_id")]
    others = [*dossier.employers, *dossier.jobs, *dossier.kvk_numbers, *numbers]
    return {
        "zaak": dossier.case["zaak"],
        "werkgever": next(iter(dossier.employers), None),
        "functie": next(iter(dossier.jobs), None),
        "gemeente": next((row["gemeente"] for row in rows if row["gemeente"]), None),
        "soort": " ".join(map(str, sorted({places[one.rule.key] for one in dossier.ruled}))),
        "fase": sum(1 << PHASES.index(phase) for phase in dossier.phases),
        "signalen": dossier.case["bevindingen"],
        "zoek": " ".join(dict.fromkeys(others)),
    }


def carried(cases: pl.DataFrame) -> int:
    """How many cases, from the first on, stand in the page: as many as carry MOST_EMBEDDED findings together.

    Nor more placements than that; a case that is too large to draw carries none of either.
    """
    fits = pl.when(_drawn()).then(pl.col("bevindingen", "plaatsingen")).otherwise(0).cum_sum() <= MOST_EMBEDDED
    within = int(cases.select(fits).select(pl.all_horizontal(pl.all()).sum()).item())
    return min(max(within, MOST_CASES), cases.height)


def _drawn() -> pl.Expr:
    """Whether the page carries what is in a case."""
    return (pl.col("bevindingen") <= MOST_IN_CASE) & (pl.col("plaatsingen") <= MOST_IN_CASE)


def large_index(audited: Audited, rules: Sequence[Rule]) -> Columns:
    """The same index for more cases than stand in the page, made of whole columns.

    `zoek` leaves out the numbers of candidates and placements: those stand in `contents`.
    """
    cases = audited.cases.head(carried(audited.cases))
    named = _names(_placed(audited, cases))
    kinds = _kinds(audited.findings.lazy().filter(pl.col("volgorde") < cases.height), rules)
    whole = cases.lazy().select("volgorde", "zaak", signalen="bevindingen")
    index = whole.join(named, on="volgorde", how="left").join(kinds, on="volgorde", how="left").sort("volgorde")
    words = {name: pl.Series(said, dtype=pl.String) for name, said in rules_with_words(rules).items()}
    return words | index.select(_INDEX).collect().to_dict()


def _placed(audited: Audited, cases: pl.DataFrame) -> pl.LazyFrame:
    """Every placement on the jobs of `cases` (the first ones), by case (volgorde), then start."""
    case = pl.DataFrame(place_numbers(audited.placements)).join(
        cases.select("plek", "volgorde"), on="plek", how="left", maintain_order="left"
    )
    placed = audited.placements.lazy().with_columns(case["volgorde"]).filter(pl.col("volgorde").is_not_null())
    return placed.sort("volgorde", "startdatum", "nr")


def _names(placed: pl.LazyFrame) -> pl.LazyFrame:
    """Per case (volgorde) its most used names of employer and job, gemeente, and every other name to search by."""
    hired = pl.col("inlener").is_not_null() | pl.col("inlener_kvk").is_not_null()
    number = pl.when(hired).then("inlener_kvk").otherwise("kvk_nummer")
    named = placed.select("volgorde", "functie", "gemeente", nummer=number, werkgever=pl.coalesce(_PLACE_OF_WORK))
    named = named.with_columns(shielded(pl.col("werkgever", "functie")))
    others = pl.concat_list(pl.col(f"_{name}").drop_nulls().implode() for name in _SEARCHED)
    most_used = (_most_used("werkgever"), _most_used("functie"), pl.col("gemeente").drop_nulls().first())
    whole = named.with_columns(_new(name) for name in _SEARCHED).group_by("volgorde")
    per_case = whole.agg(*most_used, zoek=others.first())
    seen = pl.concat_list("werkgever", "functie").list.drop_nulls()
    return per_case.with_columns(pl.col("zoek").list.set_difference(seen).list.sort().list.join(" "))


def _new(name: str) -> pl.Expr:
    """A value where a case has it first, in capitals or not: the search does not tell those apart."""
    first = pl.struct("volgorde", pl.col(name).str.to_lowercase()).is_first_distinct()
    return pl.when(first).then(name).alias(f"_{name}")


_SEARCHED = ("werkgever", "functie", "nummer")


def _most_used(name: str) -> pl.Expr:
    """The value that stands there most often, of equals the first."""
    known = pl.col(name).drop_nulls()
    return known.mode(maintain_order=True).first().alias(name)


def _kinds(findings: pl.LazyFrame, rules: Sequence[Rule]) -> pl.LazyFrame:
    """Per case the rules (places, as text) and the phases (a bit each) of its findings."""
    per_case = findings.select("volgorde", _rule_place(rules), pl.col("fase").to_physical()).group_by("volgorde")
    phases = [(pl.col("fase") == place).any().cast(pl.UInt8) * (1 << place) for place in range(len(PHASES))]
    kinds = pl.col("soort").unique().sort().cast(pl.String).str.join(" ")
    return per_case.agg(soort=kinds, fase=pl.sum_horizontal(phases))


def _rule_place(rules: Sequence[Rule]) -> pl.Expr:
    places = {rule.key: place for place, rule in enumerate(rules)}
    return rule_key(places).replace_strict(places, return_dtype=pl.UInt16).alias("soort")


def contents(audited: Audited, rules: Sequence[Rule]) -> Columns:
    """Placements and findings of the cases in `large_index`, as columns.

    Per case `aantal` placements, none where there are more than MOST_IN_CASE or as many findings; per placement id,
    kandidaat, instrument (place in INSTRUMENTS), begin (days since the begin of the placement before; the first since
    1970), duur (days from begin to the last day; null is open), bestand (place in bestanden), rij. Per finding
    plaatsing (steps from the placement of the finding before), soort, ontstaan (days from begin), zin (in zinnen, from
    the first sentence of its rule on: eerste, per rule). Small numbers take less time to pack, and less room.
    """
    cases = audited.cases.head(carried(audited.cases))
    drawn = cases.filter(_drawn())
    rows = _placed(audited, drawn).with_row_index("plek").select(_row_columns()).collect()
    found = audited.findings.lazy().join(drawn.lazy(), on="volgorde", how="semi", maintain_order="left")
    begun = rows.lazy().select("plek", "nr", "startdatum")  # findings stand in this order already
    told = found.join(begun, on="nr", how="left", maintain_order="left").select(
        plaatsing="plek",
        soort=_rule_place(rules),
        ontstaan=(pl.col("ontstaan_op") - pl.col("startdatum")).dt.total_days(),
        toelichting=shielded(pl.col("toelichting")),
    ).collect()  # fmt: skip
    (files, file), (sentences, sentence) = (ranked(text) for text in (rows["bron"], told["toelichting"]))
    aantal = cases.select(pl.when(_drawn()).then("plaatsingen").otherwise(0)).to_series()
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
