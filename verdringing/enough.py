"""Whether enough rows are left to trust a report."""

from __future__ import annotations

from verdringing import account, export, figures
from verdringing.audited import Order
from verdringing.errors import Mistake, UserError
from verdringing.intake import reasons
from verdringing.normalise import Normalised
from verdringing.words import _, plural


def refuse_too_few(intake: Normalised, totals: int, order: Order) -> None:
    """UserError when too few rows are left to trust a report, with the list written beside it (or `order.aside`).

    `totals` are total rows below a sheet: rejected too, but nobody's placement, so they do not count here.
    """
    rejected, rows = account.rejected_rows(intake.rejected) - totals, intake.read - totals
    if rejected * 100 <= order.most_rejected * rows:
        return
    path = export.write_rejected(intake.rejected, order.aside or order.out)
    what = _(
        "{n} van de {m} rijen afgekeurd, en dat is meer dan {pct} procent",
        n=figures.count(rejected),
        m=figures.count(rows),
        pct=figures.decimal(order.most_rejected),
    )
    column, reason, many = reasons(intake.rejected).row(0)
    most = plural(
        many, "Wat het vaakst mis is ({n} rij): {reden}.", "Wat het vaakst mis is ({n} rijen): {reden}.",
        reden=" ".join(filter(None, (column, reason))),
    )  # fmt: skip
    kept = _("Er is geen rapport; alle afgekeurde rijen staan in {pad}.", pad=path)
    raise UserError(Mistake("--max-afgekeurd", what, f"{most} {kept}"))
