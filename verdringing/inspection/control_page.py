"""The page of a check before the audit: its facts gathered for templates/control.html.j2."""

from __future__ import annotations

import json
from typing import Any

import polars as pl

from verdringing import __version__, account, intake, overlap, report
from verdringing.inspection.controlled import Control
from verdringing.privacy.shield import shielded
from verdringing.reaching import doubt
from verdringing.record import by_name
from verdringing.sums import per_file, reach_of
from verdringing.words import _, language

MOST_PAIRS = 30
MOST_ROWS = 200


def page(found: Control) -> str:
    """The whole page as one HTML document, without any request to elsewhere."""
    return report.rendered("control.html.j2", facts(found))


def facts(found: Control) -> dict[str, Any]:
    """Everything that templates/control.html.j2 shows."""
    taken, order = found.taken, found.taken.order
    return {
        "language": language(),
        "version": __version__,
        "gemeente": order.gemeente or taken.book.gemeente,
        "order": order,
        "totals": totals(found),
        "read_and_kept": intake.read_and_kept(taken.intake.read, taken.placements.height),
        "files": report.files(taken, per_file(taken.placements)),
        "pseudonyms": order.key.words() if taken.pseudonymised else None,
        "rejected": intake.reasons(taken.intake.rejected).to_dicts(),
        "warnings": intake.reasons(taken.intake.warnings).to_dicts(),
        "gaps": found.gaps.to_dicts(),
        "study": intake.STUDY,
        "may_be_empty": intake.MAY_BE_EMPTY,
        "columns": by_name(taken.book.own_columns),
        "rules": {rule.name: rule for rule in taken.book.rules},
        "able": found.able.to_dicts(),
        "unlock": report.unlock(found.judgement.missing, taken.book.own_columns),
        "early": early(found),
        "first": taken.placements["startdatum"].min(),
        "history": found.history.to_dicts(),
        "employers": _pairs(found.employers),
        "jobs": _pairs(found.jobs),
        "partly_compared": partly(found),
        "one_number": _numbers(found.one_number),
        "unmet": found.unmet.to_dicts(),
        "snippet": snippet(found.employers, found.jobs),
        "open": _rows(found.open),
        "periods": _periods(found),
        "undecided": found.undecided,
        "week": overlap.WEEK,
        "odd": _rows(found.odd),
        "contradictions": intake.contradiction_words(),
    }


def totals(found: Control) -> dict[str, int]:
    """Counts that the page and the terminal name; read = placements + rejected."""
    taken = found.taken
    stuck = found.able.filter((pl.col("toetsbaar") == 0) & (pl.col("niet_toetsbaar") > 0))
    return {
        "read": taken.intake.read,
        "placements": taken.placements.height,
        "rejected": account.rejected_rows(taken.intake.rejected),
        "warnings": taken.intake.warnings.height,
        "in_scope": found.judgement.verdicts.height,
        "rules": found.able.height,
        "running": found.able.filter(pl.col("toetsbaar") > 0).height,
        "stuck": stuck.height,
        "employers": found.employers.height,
        "jobs": found.jobs.height,
        "one_number": found.one_number.height,
        "unmet": found.unmet.height,
        "open": found.open.height,
        "periods": found.periods.height,
        "odd": found.odd.height,
    }


def early(found: Control) -> str | None:
    """That no placement ends, or that the files seem to end too early, if so."""
    placements = found.taken.placements
    ended = placements["einddatum"].count()
    return doubt(placements.height, ended, **reach_of(placements), order=found.taken.order)


def partly(found: Control) -> str:
    """That not all names were compared with each other, and where; nothing where they were."""
    if not found.partly:
        return ""
    unknown = _("de plaatsingen zonder gemeente")
    return _(
        "Niet alle namen zijn met elkaar vergeleken in: {gemeenten}. Daar zijn het er te veel. "
        "Er kunnen dus namen ontbreken die op elkaar lijken.",
        gemeenten=", ".join(name or unknown for name in found.partly),
    )


def _rows(frame: pl.DataFrame) -> list[dict[str, Any]]:
    """The first rows, without a BSN in a text that a person wrote."""
    free = [
        name for name in ("werkgever", "functie", "inlener", "spelling", "andere_spelling") if name in frame.columns
    ]
    return frame.head(MOST_ROWS).with_columns(shielded(pl.col(name)) for name in free).to_dicts()


def _numbers(frame: pl.DataFrame) -> list[dict[str, Any]]:
    names = pl.col("namen").list.eval(shielded(pl.element())).list.join(" · ")
    return frame.head(MOST_ROWS).with_columns(namen=names, gemeente=shielded(pl.col("gemeente"))).to_dicts()


def _pairs(frame: pl.DataFrame) -> list[dict[str, Any]]:
    return _rows(frame.head(MOST_PAIRS))


def _periods(found: Control) -> list[dict[str, Any]]:
    """Periods of too many hours, most hours first, each with its rows."""
    first = found.periods.sort("uren", "van", descending=[True, False]).head(MOST_ROWS)
    asked = found.together.filter(pl.col("periode").is_in(first["periode"].implode()))
    rows = asked.with_columns(shielded(pl.col("werkgever"))).partition_by("periode", as_dict=True)
    return [period | {"rows": rows[period["periode"],].to_dicts()} for period in first.to_dicts()]


def snippet(employers: pl.DataFrame, jobs: pl.DataFrame) -> str:
    """The pairs on the page as aliassen.yaml, with every decision left open; nothing when there are no pairs."""
    parts = []
    for kind, pairs in (("werkgevers", _pairs(employers)), ("functies", _pairs(jobs))):
        if pairs:
            parts += [f"{kind}:", *(_entry(pair["spelling"], pair["andere_spelling"]) for pair in pairs)]
    return "\n".join(parts)


def _entry(one: str, other: str) -> str:
    names = json.dumps([one, other], ensure_ascii=False)
    choice, day = _("zelfde of anders"), _("dag van het besluit, jjjj-mm-dd")
    return f"  - namen: {names}\n    besluit:  # {choice}\n    door:\n    op:  # {day}"
