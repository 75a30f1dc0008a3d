"""The story: read → normalise → judge → cases → report."""

from __future__ import annotations

from verdringing import account, besides, export, report
from verdringing.audited import Audited, Order
from verdringing.cases import by_case, cases
from verdringing.enough import refuse_too_few
from verdringing.judge import judge
from verdringing.parts import plan
from verdringing.taking_in import take_in
from verdringing.whole_folder import MARKER, whole_folder
from verdringing.words import _


def audit(order: Order) -> Audited:
    """Do the whole audit and write the report folder; UserError, and no folder, when the user must mend something."""
    with whole_folder(order.out, overwrite=order.overwrite) as folder:
        besides.refuse_unfit(order)
        if audited := plan.in_parts(order, folder):
            return audited
        taken = take_in(order)
        given = besides.given(order, second_person=taken.book.second_person)
        refuse_too_few(taken.intake, sum(source.totals for source in taken.sources), order)
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
        account.write(audited, folder / MARKER)
        return audited
