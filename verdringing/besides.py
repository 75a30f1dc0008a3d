"""What an audit does besides, where it is asked: decisions, a sample, a comparison. Few runs need the rooms for it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from verdringing.deciding.kept import LEDGER, SAMPLES, earlier
from verdringing.errors import Mistake, UserError
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.audited import Audited, Order, TakenIn
    from verdringing.deciding.decided import Decisions
    from verdringing.deciding.decisions import Given
    from verdringing.deciding.sampled import Sampled
    from verdringing.earlier.since import Since
    from verdringing.judge import Judgement
    from verdringing.rule import RuleBook


def wants_decisions(order: Order) -> bool:
    """Whether there are decisions or outcomes of a sample to take up."""
    there = any(earlier(name, order.decisions, order.out) for name in (LEDGER, SAMPLES))
    return not order.without_decisions and bool(order.decisions or there)


def given(order: Order, *, second_person: bool) -> Given | None:
    """The decisions that an order gives, and those of the report that it replaces; None where it wants none."""
    if not wants_decisions(order):
        return None
    from verdringing.deciding.decisions import asked

    return asked(order, second_person=second_person)


def weighed(
    findings: pl.DataFrame, taken: TakenIn, found: pl.DataFrame, given: Given | None
) -> tuple[pl.DataFrame, Decisions | None]:
    """Findings of the cases `found` with what was decided on them; as they are where no decisions were given."""
    if given is None:
        return findings, None
    from verdringing.deciding.decided import weigh

    return weigh(findings, taken, found, given)


def statuses() -> dict[str, str]:
    """What can be decided, with its word in the language of the run."""
    from verdringing.deciding.decision_rows import STATUSES, label

    return {status: label(status) for status in STATUSES}


def ending() -> tuple[str, ...]:
    """The decisions after which a signal asks for nothing."""
    from verdringing.deciding.decision_rows import ENDING

    return ENDING


def marked(findings: pl.DataFrame, placements: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """Findings with their marks (see `fingerprint.with_marks`), for a work list."""
    from verdringing.deciding.fingerprint import with_marks

    return with_marks(findings, placements, book)


def refuse_unfit(order: Order) -> None:
    """UserError when a sample has nowhere to stand, or the previous report is none that went before."""
    if order.previous is not None:
        from verdringing.earlier.in_time import refuse_later

        refuse_later(order.previous, order.day)
    if order.sample and not order.worklist:
        hint = _("Laat --zonder-werklijst weg.")
        raise UserError(Mistake("--steekproef", _("de steekproef staat op de werklijst, en die komt er niet"), hint))


def sampled(taken: TakenIn, judgement: Judgement, given: Given | None) -> Sampled | None:
    """Draw the sample that the order asks, and count what came of earlier ones; None without either."""
    if not taken.order.sample and (given is None or given.sampled.is_empty()):
        return None
    from verdringing.deciding.sampled import sampled as drawn

    return drawn(taken, judgement, given)


def since(audited: Audited, folder: Path) -> Since | None:
    """What changed since the previous report; None where there is none."""
    if audited.order.previous is None:
        return None
    from verdringing.earlier.since import since as compared

    return compared(audited, folder)
