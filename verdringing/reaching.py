"""How far the files reach: whether their last placement begins long before what is asked about."""

from __future__ import annotations

from datetime import date

from verdringing.audited import Order
from verdringing.figures import day_in_words
from verdringing.words import _, plural

LONG_DAYS = 92
"""A quarter. Where no placement begins for longer, the files may have been made before the day that is asked about."""


def ends_early(last_start: date | None, unended: int, order: Order) -> str | None:
    """That the files seem to end before what is asked about, in words; None where they do not, or it changes nothing.

    `last_start` is the last first day of all placements, `unended` how many placements in scope have no end date.
    """
    if last_start is None:
        return None
    before_period = order.period is not None and last_start < order.period.first <= order.day
    if not before_period and not (unended and (order.day - last_start).days > LONG_DAYS):
        return None
    said = _(
        "De laatste plaatsing begint op {dag}. Misschien lopen de bestanden niet tot en met de peildatum: kijk dat na.",
        dag=day_in_words(last_start),
    )
    counted = plural(
        unended,
        "{n} plaatsing zonder einddatum telt als lopend tot en met de peildatum.",
        "{n} plaatsingen zonder einddatum tellen als lopend tot en met de peildatum.",
    )
    return f"{said} {counted}" if unended else said
