"""What changed since the previous report: its page and list beside this one, and the sentences for the first screen."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from verdringing import account, reported, tables
from verdringing.audited import Audited
from verdringing.reported import Reported, read_findings, read_report
from verdringing.words import plural

PAGE = "vergelijking.html"
MOST_CASES = 10


@dataclass(frozen=True, slots=True)
class Since:
    """What the first screen says of it: sentences, and the first of the cases that were not in the previous report."""

    sentences: list[str]
    new_cases: list[str]


def since(audited: Audited, folder: Path) -> Since | None:
    """Compare the report being written in `folder` with the previous one; None where there is none.

    Writes PAGE and its list into the folder. UserError when the previous report cannot be read.
    """
    if audited.order.previous is None:
        return None
    from verdringing.earlier import compare_page  # only where there is something to compare
    from verdringing.earlier.compare import compare

    old, new = read_report(audited.order.previous), _being_written(audited, folder)
    found = compare(old, new)
    (folder / PAGE).write_text(compare_page.page(found, [old, new]), encoding="utf-8")
    tables.write_csv(found.findings, folder / "vergelijking.csv")
    sentences = [_fresh(len(found.new_cases)), *compare_page.summary(found, what_if=False)]
    return Since(sentences, [one for one in audited.cases["zaak"] if one in found.new_cases][:MOST_CASES])


def _being_written(audited: Audited, folder: Path) -> Reported:
    """This report as it will be read back, before its account stands in the folder."""
    verdicts = pl.read_parquet(folder / reported.VERDICTS).cast(pl.String)
    return Reported(folder, account.facts(audited), verdicts, read_findings(folder))


def _fresh(cases: int) -> str:
    return plural(
        cases, "{n} zaak is nieuw sinds het vorige rapport.", "{n} zaken zijn nieuw sinds het vorige rapport."
    )
