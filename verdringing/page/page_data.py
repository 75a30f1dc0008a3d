"""What the script of the page searches: which cases the page carries, and an index of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from verdringing.audited import Audited
from verdringing.cases import place_numbers
from verdringing.distinct import per_distinct
from verdringing.judge import rule_key
from verdringing.page.dossier import MOST_CASES, Dossier
from verdringing.privacy.shield import shielded
from verdringing.record import PHASES
from verdringing.rule import Rule

MOST_EMBEDDED = 100_000
"""Findings, and placements, that a page carries at most; the cases after that stand in bevindingen.csv alone."""

MOST_IN_CASE = 2_000
"""Findings, and placements, of one case that a page carries; nobody reads more of them as a drawing."""

_PLACE_OF_WORK = ("inlener", "inlener_kvk", "werkgever", "kvk_nummer")
Lists = dict[str, list[Any]]
Columns = dict[str, pl.Series]


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
    written = Counter((row["gemeente_sleutel"], row["gemeente"]) for one in dossiers for row in one.placements)
    names = {key: name for (key, name), _many in reversed(written.most_common()) if name}
    entries = [_entry(dossier, places, names) for dossier in dossiers]
    return rules_with_words(rules) | {name: [entry[name] for entry in entries] for name in _INDEX}


_INDEX = ("zaak", "werkgever", "functie", "gemeente", "kvk", "plek", "werk", "soort", "fase", "signalen", "zoek")


def _entry(dossier: Dossier, places: Mapping[str, int], municipalities: Mapping[str, str]) -> dict[str, Any]:
    """One case; a municipality goes by the spelling that is used most, for the filter lists each once."""
    rows, case, kvk = dossier.placements, dossier.case, " ".join(dossier.kvk_numbers)
    job = next(iter(dossier.jobs), None)
    numbers = [row[name] for row in rows for name in ("kandidaat_id", "plaatsing_id")]
    others = [*dossier.employers, *dossier.agencies.values(), *dossier.jobs, *numbers]
    return {
        "zaak": case["zaak"],
        "werkgever": next(iter(dossier.employers), None),
        "functie": job,
        "gemeente": next((municipalities.get(row["gemeente_sleutel"]) for row in rows), None),
        "kvk": kvk,
        "plek": None if case["werkplek_sleutel"] == kvk else case["werkplek_sleutel"],
        "werk": None if job and case["functie_sleutel"] == job.lower() else case["functie_sleutel"],
        "soort": " ".join(map(str, sorted({places[one.rule.key] for one in dossier.ruled}))),
        "fase": sum(1 << PHASES.index(phase) for phase in dossier.phases),
        "signalen": case["bevindingen"],
        "zoek": " ".join(dict.fromkeys(others)),
    }


def carried(cases: pl.DataFrame) -> int:
    """How many cases, from the first on, stand in the page: as many as carry MOST_EMBEDDED findings together.

    Nor more placements than that; a case that is too large to draw carries none of either.
    """
    fits = pl.when(drawn()).then(pl.col("bevindingen", "plaatsingen")).otherwise(0).cum_sum() <= MOST_EMBEDDED
    within = int(cases.select(fits).select(pl.all_horizontal(pl.all()).sum()).item())
    return min(max(within, MOST_CASES), cases.height)


def drawn() -> pl.Expr:
    """Whether the page carries what is in a case."""
    return (pl.col("bevindingen") <= MOST_IN_CASE) & (pl.col("plaatsingen") <= MOST_IN_CASE)


def large_index(audited: Audited, rules: Sequence[Rule]) -> Columns:
    """The same index for more cases than stand in the page, made of whole columns.

    `zoek` leaves out the numbers of candidates and placements: those stand in `contents`. The keys of a case (plek and
    werk) are left out where they are its KvK number, and its job in small letters.
    """
    cases = audited.cases.head(carried(audited.cases))
    named = _names(placed(audited, cases))
    kinds = _kinds(audited.findings.lazy().filter(pl.col("volgorde") < cases.height), rules)
    keys = shielded(pl.col("werkplek_sleutel", "functie_sleutel"))
    whole = cases.lazy().select("volgorde", "zaak", keys, signalen="bevindingen")
    index = whole.join(named, on="volgorde", how="left").join(kinds, on="volgorde", how="left").sort("volgorde")
    words = {name: pl.Series(said, dtype=pl.String) for name, said in rules_with_words(rules).items()}
    place, job = pl.col("werkplek_sleutel"), pl.col("functie_sleutel")
    index = index.with_columns(
        plek=pl.when(place.ne_missing(pl.col("kvk"))).then(place),
        werk=pl.when(job.ne_missing(pl.col("functie").str.to_lowercase())).then(job),
    )
    return words | index.select(_INDEX).collect().to_dict()


def placed(audited: Audited, cases: pl.DataFrame) -> pl.LazyFrame:
    """Every placement on the jobs of `cases` (the first ones), by case (volgorde), then start."""
    case = pl.DataFrame(place_numbers(audited.placements)).join(
        cases.select("plek", "volgorde"), on="plek", how="left", maintain_order="left"
    )
    placed = audited.placements.lazy().with_columns(case["volgorde"]).filter(pl.col("volgorde").is_not_null())
    return placed.sort("volgorde", "startdatum", "nr")


def _names(placed: pl.LazyFrame) -> pl.LazyFrame:
    """Per case (volgorde) its most used names of employer and job, gemeente, KvK numbers, and every other name."""
    hired = pl.col("inlener").is_not_null() | pl.col("inlener_kvk").is_not_null()
    number = pl.when(hired).then("inlener_kvk").otherwise("kvk_nummer")
    named = placed.select(
        "volgorde", "functie", "gemeente", "gemeente_sleutel", kvk=number, werkgever=pl.coalesce(_PLACE_OF_WORK)
    )
    municipalities = named.group_by("gemeente_sleutel").agg(_most_used("gemeente"))
    named = named.with_columns(shielded(pl.col("werkgever", "functie")))
    others = pl.concat_list(pl.col(f"_{name}").drop_nulls().implode() for name in _NAMES)
    numbers = pl.col("_kvk").drop_nulls().implode()
    most_used = (_most_used("werkgever"), _most_used("functie"), pl.col("gemeente_sleutel").first())
    words = {f"_{name}": per_distinct(pl.col(name), folded, pl.String) for name in _NAMES}
    whole = named.with_columns(**words, _kvk="kvk").with_columns(map(_new, [*words, "_kvk"])).group_by("volgorde")
    per_case = whole.agg(*most_used, zoek=others.first(), kvk=numbers)
    seen = pl.concat_list(folded(pl.col(name)) for name in _NAMES).list.drop_nulls()
    unseen = pl.col("zoek").list.set_difference(seen).list.sort()
    told = per_case.with_columns(unseen.list.join(" "), pl.col("kvk").list.join(" "))
    return told.join(municipalities, on="gemeente_sleutel", how="left")


def _new(name: str) -> pl.Expr:
    """A value where a case has it first."""
    return pl.when(pl.struct("volgorde", name).is_first_distinct()).then(name).alias(name)


def folded(name: pl.Expr) -> pl.Expr:
    """A name as the search sees it (`fold` in report.js), but for accents: no capitals, dots, commas, apostrophes.

    Nor more than one space: it looks for words.
    """
    return name.str.to_lowercase().str.replace_all(r"[.,'’]", "").str.replace_all(r"\s+", " ")


_NAMES = ("werkgever", "functie")


def _most_used(name: str) -> pl.Expr:
    """The value that stands there most often, of equals the first."""
    known = pl.col(name).drop_nulls()
    return known.mode(maintain_order=True).first().alias(name)


def _kinds(findings: pl.LazyFrame, rules: Sequence[Rule]) -> pl.LazyFrame:
    """Per case the rules (places, as text) and the phases (a bit each) of its findings."""
    per_case = findings.select("volgorde", rule_place(rules), pl.col("fase").to_physical()).group_by("volgorde")
    phases = [(pl.col("fase") == place).any().cast(pl.UInt8) * (1 << place) for place in range(len(PHASES))]
    kinds = pl.col("soort").unique().sort().cast(pl.String).str.join(" ")
    return per_case.agg(soort=kinds, fase=pl.sum_horizontal(phases))


def rule_place(rules: Sequence[Rule]) -> pl.Expr:
    """The place of a finding's rule in the lists of `rules_with_words` (soort)."""
    places = {rule.key: place for place, rule in enumerate(rules)}
    return rule_key(places).replace_strict(places, return_dtype=pl.UInt16).alias("soort")
