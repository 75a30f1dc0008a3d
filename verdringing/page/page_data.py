"""What the script of the page searches: which cases the page carries, and an index of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from verdringing.audited import Audited
from verdringing.cases import place_numbers
from verdringing.judge import rule_key
from verdringing.page.dossier import MOST_CASES, Dossier
from verdringing.page.named import NAMING, employers, names
from verdringing.privacy.shield import shielded
from verdringing.record import PHASES
from verdringing.rule import Rule

MOST_EMBEDDED = 100_000
"""Findings, and placements, that a page carries at most; the cases after that stand in bevindingen.csv alone."""

MOST_IN_CASE = 2_000
"""Findings, and placements, of one case that a page carries; nobody reads more of them as a drawing."""

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
    spelled = {key: name for (key, name), _many in reversed(written.most_common()) if name}
    entries = [_entry(dossier, places, spelled) for dossier in dossiers]
    index = {name: [entry[name] for entry in entries] for name in (*_INDEX, "nummers")}
    zaken = ["".join(_bare(one.case["zaak"]) for one in dossiers)]
    return rules_with_words(rules) | {"zaken": zaken} | _agencies(dossiers) | index


_INDEX = (
    "werkgever", "werkplekken", "functie", "functies", "gemeente", "kvk", "plek", "werk", "soort", "fase", "signalen",
)  # fmt: skip


def _agencies(dossiers: Sequence[Dossier]) -> Lists:
    """As `employers`: the agencies of all cases, and which of them each case has."""
    known = sorted({(name, key) for one in dossiers for key, name in one.agencies.items()})
    return {
        "bureaus": [name for name, _key in known],
        "bureau_sleutels": [key for _name, key in known],
        "via": [_via(one, {agency: place for place, agency in enumerate(known)}) for one in dossiers],
    }


def _via(dossier: Dossier, places: Mapping[tuple[str, str], int]) -> list[int | None]:
    keys = dict.fromkeys(row["werkgever_sleutel"] for row in dossier.placements) if dossier.agencies else ()
    return [places[dossier.agencies[key], key] if key in dossier.agencies else None for key in keys]


def _entry(dossier: Dossier, places: Mapping[str, int], municipalities: Mapping[str, str]) -> dict[str, Any]:
    """One case; a municipality goes by the spelling that is used most, for the filter lists each once."""
    rows, case, kvk = dossier.placements, dossier.case, " ".join(dossier.kvk_numbers)
    name, job = next(iter(dossier.employers), None), next(iter(dossier.jobs), None)
    numbers = [row[name] for row in rows for name in ("kandidaat_id", "plaatsing_id")]
    return {
        "werkgever": name,
        "werkplekken": _others(dossier.employers),
        "functie": job,
        "functies": _others(dossier.jobs),
        "gemeente": next((municipalities.get(row["gemeente_sleutel"]) for row in rows), None),
        "kvk": kvk,
        "plek": None if case["werkplek_sleutel"] == (kvk or (name and name.lower())) else case["werkplek_sleutel"],
        "werk": None if job and case["functie_sleutel"] == job.lower() else case["functie_sleutel"],
        "soort": " ".join(map(str, sorted({places[one.rule.key] for one in dossier.ruled}))),
        "fase": sum(1 << PHASES.index(phase) for phase in dossier.phases),
        "signalen": case["bevindingen"],
        "nummers": " ".join(dict.fromkeys(numbers)),
    }


def _others(spelled: Sequence[str]) -> list[str | None]:
    """Every spelling but the first; null is the first one in capitals."""
    return [None if other == spelled[0].upper() else other for other in spelled[1:]]


def _bare(zaak: str) -> str:
    """A case id without its dash: ten signs, so that many of them need nothing between."""
    return zaak.replace("-", "")


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

    It leaves out the numbers of candidates and placements: those stand in `contents`. It adds the keys of gemeenten, by
    their names. The keys of a case (plek and werk) are left out where they are its KvK number or its name in small
    letters, and its job in small letters.
    """
    cases = audited.cases.head(carried(audited.cases))
    near = placed(audited, cases).select("volgorde", *NAMING).collect()
    kinds = _kinds(audited.findings.lazy().filter(pl.col("volgorde") < cases.height), rules)
    keys = shielded(pl.col("werkplek_sleutel", "functie_sleutel"))
    agencies, via = employers(near)
    index = cases.lazy().select("volgorde", keys, signalen="bevindingen")
    for part in (names(near), via.lazy(), kinds):
        index = index.join(part, on="volgorde", how="left")
    found = index.sort("volgorde").with_columns(
        *_unlike_names(), pl.col("werkplekken", "functies", "via").fill_null([])
    )
    whole = found.collect()
    gemeenten = whole.select(gemeenten="gemeente", gemeente_sleutels="gemeente_sleutel").drop_nulls().unique()
    zaken = pl.Series([_bare(cases["zaak"].str.join("").item())])
    words = {name: pl.Series(said, dtype=pl.String) for name, said in rules_with_words(rules).items()}
    parts = (agencies, gemeenten.sort("gemeenten"), whole.select(*_INDEX, "via"))
    return words | {"zaken": zaken} | {name: values for part in parts for name, values in part.to_dict().items()}


def _unlike_names() -> list[pl.Expr]:
    """The keys of a case (plek and werk), where they are not what a name or number in the index leads to."""
    place, job = pl.col("werkplek_sleutel"), pl.col("functie_sleutel")
    name = pl.when(pl.col("kvk") == "").then(pl.col("werkgever").str.to_lowercase()).otherwise("kvk")
    return [
        pl.when(place.ne_missing(name)).then(place).alias("plek"),
        pl.when(job.ne_missing(pl.col("functie").str.to_lowercase())).then(job).alias("werk"),
    ]


def placed(audited: Audited, cases: pl.DataFrame) -> pl.LazyFrame:
    """Every placement on the jobs of `cases` (the first ones), by case (volgorde), then start."""
    case = pl.DataFrame(place_numbers(audited.placements)).join(
        cases.select("plek", "volgorde"), on="plek", how="left", maintain_order="left"
    )
    placed = audited.placements.lazy().with_columns(case["volgorde"]).filter(pl.col("volgorde").is_not_null())
    return placed.sort("volgorde", "startdatum", "nr")


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
