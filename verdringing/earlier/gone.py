"""Why the placement of an earlier finding is not in the new report: over or out of reach, or gone from the file."""

from __future__ import annotations

from collections.abc import Callable

import polars as pl

from verdringing.reported import Reported
from verdringing.words import plural

_DAY = "%d-%m-%Y"
_NUMBERED = (
    pl.col("plaatsing_id").str.starts_with(pl.concat_str("bestand", pl.lit("-")))
    & pl.col("plaatsing_id").str.ends_with(pl.concat_str(pl.lit("-"), "rij"))
).fill_null(value=False)
"""Whether a placement is called by its file and row, which another export shares out otherwise."""


def why(old: Reported, new: Reported) -> pl.Expr:
    """The cause (`compare.CAUSES`) for a finding of the old report, of which the new one does not have the placement.

    Reads plaatsing_id, and startdatum_toen and einddatum_toen as they stand in bevindingen.csv. What ended before the
    new period, or begins after it, is out of reach; everything else should have been there. With a period, an earlier
    end can have been recorded since: a report does not hold what lies outside its period.
    """
    lost = "niet_meer_in_bestand" if new.account["periode"] is None else "niet_meer_gevonden"
    return (
        pl.when(_out_of_reach(old, new)).then(pl.lit("niet_meer_in_bereik"))
        .when(_without_fixed_number(old, new)).then(pl.lit("niet_terug_te_vinden"))
        .otherwise(pl.lit(lost))
    )  # fmt: skip


def _out_of_reach(old: Reported, new: Reported) -> pl.Expr:
    if old.account.get("gemeente") != new.account.get("gemeente"):
        return pl.lit(value=True)
    if new.account["periode"] is None:
        return pl.lit(value=False)
    first, last = (pl.lit(day).str.to_date() for day in new.account["periode"])
    begins, ends = (pl.col(f"{name}_toen").str.to_date(_DAY) for name in ("startdatum", "einddatum"))
    return (ends < first).fill_null(value=False) | (begins > last).fill_null(value=False)


def _without_fixed_number(old: Reported, new: Reported) -> pl.Expr:
    """Whether a placement cannot be found back by its number: made of file and row, or a pseudonym of one run."""
    keys = {report.account.get("pseudoniemen") for report in (old, new)}
    shared = old.verdicts["plaatsing_id"].is_in(new.verdicts["plaatsing_id"].implode()).any()
    if new.findings.select(_NUMBERED.any()).item() or ("sleutel van deze keer" in keys and not shared):
        return pl.lit(value=True)
    made = old.findings.filter(_NUMBERED)["plaatsing_id"].unique()
    return pl.col("plaatsing_id").is_in(made.implode())


def sentences(caused: Callable[[str], int]) -> list[str]:
    """What is said of placements that are not in the new report; `caused` counts the findings that a cause has."""
    said = []
    if lost := caused("niet_meer_in_bestand"):
        said.append(
            plural(
                lost,
                "Bij {n} verdwenen signaal staat de plaatsing niet meer in het bestand, of is de rij afgekeurd. "
                "Dat is geen verbetering; kijk in afgekeurd.csv.",
                "Bij {n} verdwenen signalen staan de plaatsingen niet meer in het bestand, of zijn de rijen afgekeurd. "
                "Dat is geen verbetering; kijk in afgekeurd.csv.",
            )
        )
    if lost := caused("niet_meer_gevonden"):
        said.append(
            plural(
                lost,
                "Bij {n} verdwenen signaal staat de plaatsing niet meer in het bestand, is de rij afgekeurd, of is "
                "er nu een eerdere einddatum. Alleen dat laatste kan een verbetering zijn; kijk in afgekeurd.csv.",
                "Bij {n} verdwenen signalen staat de plaatsing niet meer in het bestand, is de rij afgekeurd, of is "
                "er nu een eerdere einddatum. Alleen dat laatste kan een verbetering zijn; kijk in afgekeurd.csv.",
            )
        )
    if lost := caused("niet_terug_te_vinden"):
        said.append(
            plural(
                lost,
                "Bij {n} verdwenen signaal is niet te zeggen waarom: de plaatsing heeft geen vast nummer.",
                "Bij {n} verdwenen signalen is niet te zeggen waarom: de plaatsingen hebben geen vast nummer.",
            )
        )
    if lost := caused("niet_meer_in_bereik"):
        said.append(
            plural(
                lost,
                "{n} verdwenen signaal hoort bij een plaatsing die nu buiten het rapport valt.",
                "{n} verdwenen signalen horen bij plaatsingen die nu buiten het rapport vallen.",
            )
        )
    return said
