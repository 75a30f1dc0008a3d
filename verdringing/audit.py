"""The story: read → normalise → judge → cases → report."""

from __future__ import annotations

from pathlib import Path

from verdringing import account, besides, export, figures, report
from verdringing.audited import Audited, Order
from verdringing.cases import by_case, cases
from verdringing.errors import Mistake, UserError
from verdringing.judge import judge
from verdringing.normalise import Normalised
from verdringing.parts import plan
from verdringing.taking_in import take_in
from verdringing.words import _


def audit(order: Order) -> Audited:
    """Do the whole audit and write the report folder; UserError, and no folder, when the user must mend something."""
    with export.whole_folder(order.out, overwrite=order.overwrite) as folder:
        besides.refuse_without_list(order)
        if (count := plan.parts_of(order)) > 1 and (audited := _in_parts(order, folder, count)):
            return audited
        taken = take_in(order)
        given = besides.given(order, second_person=taken.book.second_person)
        refuse_too_many_rejected(taken.intake, sum(source.totals for source in taken.sources), order)
        placements, book = taken.placements, taken.book
        order.say(_("Plaatsingen toetsen"), share=0.4, rows=placements.height)
        judgement = judge(placements, book.rules)
        found = cases(judgement.findings, placements, {rule.key: rule.file.norm for rule in book.rules})
        told, judgement = by_case(judgement.findings, placements, found), judgement.without_findings()
        findings, weighed = besides.weighed(told, taken, found, given)
        order.say(_("Rapport schrijven"), share=0.6, rows=findings.height)
        audited = taken.audited(judgement, found, findings, weighed, besides.sampled(taken, judgement, given))
        export.write_all(audited, folder)
        report.write(audited, folder, besides.since(audited, folder))
        account.write(audited, folder / export.MARKER)
        return audited


def _in_parts(order: Order, folder: Path, count: int) -> Audited | None:
    """The audit of large files; None when they must be read at once after all."""
    from verdringing.parts.blocks import NotInBlocks
    from verdringing.parts.together import audit_in_parts

    try:
        return audit_in_parts(order, folder, count)
    except NotInBlocks:
        return None


def refuse_too_many_rejected(intake: Normalised, totals: int, order: Order) -> None:
    """UserError, with the list written beside the folder of the report, when too few rows are left to trust a report.

    `totals` are total rows below a sheet: rejected too, but nobody's placement, so they do not count here.
    """
    rejected, rows = account.rejected_rows(intake.rejected) - totals, intake.read - totals
    if rejected * 100 <= order.most_rejected * rows:
        return
    path = export.write_rejected(intake.rejected, order.out)
    what = _(
        "{n} van de {m} rijen afgekeurd, en dat is meer dan {pct} procent",
        n=figures.count(rejected),
        m=figures.count(rows),
        pct=figures.decimal(order.most_rejected),
    )
    raise UserError(
        Mistake("--max-afgekeurd", what, _("Er is geen rapport; alle afgekeurde rijen staan in {pad}.", pad=path))
    )
