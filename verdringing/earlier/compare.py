"""Two reports beside each other: what is new, still there, changed, gone, and what cannot be compared, with why.

A finding is the same finding when rule and plaatsing_id are the same. Where a rule, a limit, a column or the way
verdicts are made changed between the reports, a difference says nothing about the placements: not comparable.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import polars as pl

from verdringing.earlier import gone, incomparable
from verdringing.reported import Reported

STATUSES = ("nieuw", "gewijzigd", "gebleven", "verdwenen", "niet_vergelijkbaar")
CAUSES = {
    "nieuwe_plaatsing": "nieuw", "eerst_niet_toetsbaar": "nieuw", "eerst_geen_signaal": "nieuw", "eerst_nvt": "nieuw",
    "niet_meer_in_bereik": "verdwenen", "niet_meer_in_bestand": "verdwenen", "niet_meer_gevonden": "verdwenen",
    "niet_terug_te_vinden": "verdwenen", "niet_meer_toetsbaar": "verdwenen", "nu_geen_signaal": "verdwenen",
    "nu_nvt": "verdwenen",
}  # fmt: skip
"""Why a finding is new or gone: by the verdict on the same placement in the other report, or why it has none."""

_KEY = ["regel", "plaatsing_id"]
_FACTS = ("werkgever_sleutel", "functie_sleutel", "instrument", "startdatum", "einddatum", "waarde", "grens", "norm")
"""What makes a finding a changed finding; the phase and the sentence follow from it."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What two reports say together.

    findings: regel, plaatsing_id, zaak, werkgever, functie, status (STATUSES), oorzaak (CAUSES, the names of changed
    facts, or null). rules: regel, and for each side signalen, getoetst, niet_toetsbaar (null where the rule was off),
    and a count per status. odd: rule → why it cannot be compared, in sentences. added, removed: names of rules.
    """

    old: Reported
    new: Reported
    findings: pl.DataFrame
    rules: pl.DataFrame
    odd: Mapping[str, Sequence[str]]
    added: Sequence[str]
    removed: Sequence[str]

    @property
    def counts(self) -> dict[str, int]:
        """Findings per status, in the order of STATUSES."""
        found = dict(self.findings["status"].value_counts().rows())
        return {status: found.get(status, 0) for status in STATUSES}

    @property
    def new_cases(self) -> frozenset[str]:
        """Cases of the new report of which no finding stood in the old one."""
        return frozenset(self.new.findings["zaak"]) - frozenset(self.old.findings["zaak"])

    def caused(self, cause: str) -> int:
        """How many findings are new or gone for this reason."""
        return int((self.findings["oorzaak"] == cause).sum())


def compare(old: Reported, new: Reported, *, what_if: bool = False) -> Comparison:
    """Compare two reports; with `what_if` they are of the same file under two policies, and rules may differ."""
    odd = {} if what_if else incomparable.odd(old, new)
    both = [name for name in new.rules if name in old.rules]
    findings = _findings(old, new, [*odd, *(name for name in {**old.rules, **new.rules} if name not in both)], what_if)
    return Comparison(
        old,
        new,
        findings,
        _per_rule(old, new, findings),
        odd,
        added=[name for name in new.rules if name not in old.rules],
        removed=[name for name in old.rules if name not in new.rules],
    )


def _findings(old: Reported, new: Reported, odd: Sequence[str], what_if: bool) -> pl.DataFrame:
    """Every finding of either report with its status and cause."""
    bare = old.account.get("taal") != new.account.get("taal")
    before, after = _comparable(old, bare=bare), _comparable(new, bare=bare)
    joined = after.join(before, on=_KEY, how="full", coalesce=True, suffix="_toen")
    there, was = pl.col("zaak").is_not_null(), pl.col("zaak_toen").is_not_null()
    differs = {name: pl.col(name).ne_missing(pl.col(f"{name}_toen")) for name in _FACTS}
    changed = pl.concat_str(
        (pl.when(one).then(pl.lit(name)) for name, one in differs.items()), separator=", ", ignore_nulls=True
    )
    status = (
        pl.when(pl.col("regel").is_in([] if what_if else list(odd)) & ~(there & was & (changed == "")))
        .then(pl.lit("niet_vergelijkbaar"))
        .when(~was).then(pl.lit("nieuw"))
        .when(~there).then(pl.lit("verdwenen"))
        .when(changed != "").then(pl.lit("gewijzigd"))
        .otherwise(pl.lit("gebleven"))
    )  # fmt: skip
    told = joined.with_columns(status=status, changed=changed)
    told = _with_verdict(_with_verdict(told, old.verdicts, "toen"), new.verdicts, "nu")
    cause = (
        pl.when(status="nieuw").then(pl.col("toen").replace_strict(_WAS, default="nieuwe_plaatsing"))
        .when(status="verdwenen").then(pl.coalesce(pl.col("nu").replace_strict(_IS, default=None), gone.why(old, new)))
        .when(status="gewijzigd").then("changed")
    )  # fmt: skip
    shown = (pl.coalesce(name, f"{name}_toen").alias(name) for name in ("zaak", "werkgever", "functie"))
    return told.select(*_KEY, *shown, "status", oorzaak=cause).sort("regel", "zaak", "plaatsing_id")


_WAS = {"geen_signaal": "eerst_geen_signaal", "niet_toetsbaar": "eerst_niet_toetsbaar", "nvt": "eerst_nvt"}
_IS = {"geen_signaal": "nu_geen_signaal", "niet_toetsbaar": "niet_meer_toetsbaar", "nvt": "nu_nvt"}


def _comparable(report: Reported, *, bare: bool) -> pl.DataFrame:
    """Findings with a decimal point in what was measured; `bare` without the words, which differ between languages.

    That the reference date moved on is no change: where a condition names it, and where a placement still runs, of
    which it is what was measured.
    """
    day = date.fromisoformat(report.account["peildatum"]).strftime("%d-%m-%Y")
    written = {"waarde": pl.col("waarde").str.replace(f"peildatum {day}", "", literal=True), "grens": pl.col("grens")}
    points = {name: told.str.replace_all(",", ".", literal=True) for name, told in written.items()}
    if bare:
        points = {name: told.str.replace_all(r"\p{L}+", "").str.strip_chars() for name, told in points.items()}
    points["waarde"] = (
        pl.when(pl.col("einddatum").is_null() & (points["waarde"] == day)).then(None).otherwise(points["waarde"])
    )
    return report.findings.select(*_KEY, "zaak", "werkgever", "functie", *_FACTS).with_columns(**points)


def _with_verdict(findings: pl.DataFrame, verdicts: pl.DataFrame, name: str) -> pl.DataFrame:
    """The verdict that a report has for the rule and placement of a finding; null where it has none."""
    asked = verdicts.lazy().filter(pl.col("plaatsing_id").is_in(findings["plaatsing_id"].unique().implode()))
    long = asked.unpivot(index="plaatsing_id", variable_name="regel", value_name=name).collect()
    return findings.join(long, on=_KEY, how="left")


def _per_rule(old: Reported, new: Reported, findings: pl.DataFrame) -> pl.DataFrame:
    rows = []
    for name in sorted({**old.rules, **new.rules}):
        sides = {
            f"{key}_{side}": value
            for side, one in (("toen", old), ("nu", new))
            for key, value in _counted(one, name).items()
        }
        found = dict(findings.filter(regel=name)["status"].value_counts().rows())
        rows.append({"regel": name} | sides | {status: found.get(status, 0) for status in STATUSES})
    counted = [f"{key}_{side}" for side in ("toen", "nu") for key in ("signalen", "getoetst", "niet_toetsbaar")]
    schema: dict[str, Any] = {"regel": pl.String} | dict.fromkeys([*counted, *STATUSES], pl.Int64)
    return pl.DataFrame(rows, schema)


def _counted(report: Reported, rule: str) -> dict[str, int | None]:
    """Signals, placements that could be judged, and those that could not; None where the rule was off."""
    four = report.account["tellingen"]["oordelen"].get(rule) if rule in report.rules else None
    if four is None:
        return {"signalen": None, "getoetst": None, "niet_toetsbaar": None}
    return {
        "signalen": four["signaal"],
        "getoetst": four["signaal"] + four["geen_signaal"],
        "niet_toetsbaar": four["niet_toetsbaar"],
    }
