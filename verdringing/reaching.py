"""How far the files reach: whether they end long before what is asked about, or no placement ever ends."""

from __future__ import annotations

from datetime import date

from verdringing.audited import Audited, Order
from verdringing.figures import day_in_words
from verdringing.words import _, plural

LONG_DAYS = 92
"""A quarter. Where no placement begins for longer, the files may have been made before the day that is asked about."""

MANY = 10
"""So many placements that all are open are rather a column of end dates that was not read."""


def reach_doubt(audited: Audited) -> str | None:
    """The doubt (see `doubt`) about the files of an audit."""
    sums = audited.sums
    return doubt(sums.placements, sums.filled.get("einddatum", 0), sums.last_start, sums.unended, audited.order)


def doubt(placements: int, ended: int, last_start: date | None, unended: int, order: Order) -> str | None:
    """That no placement ends, or else that the files seem to end early, in words; None where there is no doubt.

    For the numbers see `never_end` and `ends_early`.
    """
    return never_end(placements, ended) or ends_early(last_start, unended, order)


def never_end(placements: int, ended: int) -> str | None:
    """That none of so many placements has an end date, in words; None where one has, or there are few."""
    if ended or placements < MANY:
        return None
    return _(
        "Geen enkele plaatsing heeft een einddatum, dus alle plaatsingen tellen als lopend. Staat de einddatum wel in "
        "uw bestand, zeg dan met --kolommen in welke kolom."
    )


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
