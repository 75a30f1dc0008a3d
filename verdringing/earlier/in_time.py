"""Reports in the order of time: held the wrong way round, what is gone would be called new."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from itertools import pairwise
from pathlib import Path

from verdringing.errors import Mistake, UserError
from verdringing.figures import day
from verdringing.reported import Reported, read_account
from verdringing.words import _


def refuse_later(previous: Path, now: date) -> None:
    """UserError when the previous report is no report, or has a reference date after `now`."""
    then = date.fromisoformat(read_account(previous)["peildatum"])
    if then > now:
        what = _(
            "het vorige rapport heeft een latere peildatum ({toen}) dan dit rapport ({nu})", toen=day(then), nu=day(now)
        )
        raise UserError(Mistake("--vorige", what, _("Noem een rapport van eerder.")))


def refuse_reversed(reports: Sequence[Reported]) -> None:
    """UserError when a report has a reference date before that of the one it follows."""
    mistakes = []
    for one, other in pairwise(reports):
        first, then = (date.fromisoformat(report.account["peildatum"]) for report in (one, other))
        if then < first:
            what = _(
                "dit rapport ({nu}) is van voor het rapport dat u eerder noemt: {map} ({toen})",
                nu=day(then),
                map=one.folder,
                toen=day(first),
            )
            mistakes.append(Mistake(str(other.folder), what, _("Noem het oudste rapport eerst.")))
    if mistakes:
        raise UserError(*mistakes)
