"""Reference date and period of an audit: what --peildatum and --periode mean."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.words import _


class Period(NamedTuple):
    """First and last day (inclusive) of the audited period, and how it was written."""

    first: date
    last: date
    written: str


EARLIEST = date(1900, 1, 1)
"""No record is of a day before it, and no reckoning with days may run off the calendar."""


def parse_period(written: str) -> Period:
    """Read 2026K3 (quarter), 2026 (year) or 2026-07-01..2026-09-30; UserError when it is none of these."""
    try:
        period = _period(written)
    except ValueError:
        raise _refused(written) from None
    if period.last < period.first:
        hint = _("Schrijf eerst de eerste dag en dan de laatste.")
        raise UserError(Mistake("--periode", _("het einde ligt voor het begin: '{periode}'", periode=written), hint))
    _refuse_too_early("--periode", period.first)
    return period


def parse_day(option: str, written: str) -> date:
    """Read a day written as 2026-09-30 or 30-09-2026; UserError when it is no day, or one before EARLIEST."""
    try:
        day = _day(written)
    except ValueError:
        raise UserError(
            Mistake(option, _("'{dag}' is geen datum", dag=written), _("Schrijf bijvoorbeeld 2026-09-30."))
        ) from None
    _refuse_too_early(option, day)
    return day


def _period(written: str) -> Period:
    """What was written as a period; ValueError when it is none."""
    if quarter := re.fullmatch(r"(\d{4})[Kk]([1-4])", written):
        return _months(int(quarter[1]), 3 * int(quarter[2]) - 2, 3, written)
    if year := re.fullmatch(r"\d{4}", written):
        return _months(int(year[0]), 1, 12, written)
    first, last = map(_day, written.split(".."))
    return Period(first, last, written)


def _day(written: str) -> date:
    """What was written as a day; ValueError when it is none."""
    if iso := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", written):
        return date(*map(int, iso.groups()))
    if not (dutch := re.fullmatch(r"(\d\d?)-(\d\d?)-(\d{4})", written)):
        raise ValueError(written)
    return date(*map(int, reversed(dutch.groups())))


def _refuse_too_early(option: str, day: date) -> None:
    if day < EARLIEST:
        raise UserError(Mistake(option, _("{dag} ligt voor {grens}", dag=day.isoformat(), grens=EARLIEST.isoformat())))


def add_times(placements: pl.LazyFrame, day: date, period: Period | None) -> pl.LazyFrame:
    """Add einde, fase, in_bereik, duur_dagen, leeftijd and peildatum, seen from the reference date `day`.

    einde is the last day, for an open placement the later of its start and `day`. in_bereik says whether the
    placement overlaps the period. leeftijd is the age reached in the year of the start (only the birth year is known).
    """
    import polars as pl

    from verdringing.record import PHASES

    start, end = pl.col("startdatum"), pl.col("einddatum")
    last = pl.coalesce(end, pl.max_horizontal(start, pl.lit(day)))
    phase = pl.when(start > day).then(0).when(end.is_null() | (end >= day)).then(1).otherwise(2)
    inside = pl.lit(value=True) if period is None else (start <= period.last) & (end.is_null() | (end >= period.first))
    return placements.with_columns(
        einde=last,
        fase=phase.cast(pl.UInt8).cat.to(pl.Enum(PHASES)),
        in_bereik=inside,
        duur_dagen=(last - start).dt.total_days().cast(pl.Int32) + 1,
        leeftijd=(start.dt.year() - pl.col("geboortejaar")).cast(pl.Int32),
        peildatum=pl.lit(day),
    )


def _months(year: int, month: int, count: int, written: str) -> Period:
    last = month + count - 1
    return Period(date(year, month, 1), date(year, last, monthrange(year, last)[1]), written)


def _refused(written: str) -> UserError:
    hint = _("Schrijf bijvoorbeeld 2026K3, 2026 of 2026-07-01..2026-09-30.")
    if quarter := re.fullmatch(r"(\d{4})\W?[KkQq]\W?([1-4])|[KkQq]\W?([1-4])\W(\d{4})", written.strip()):
        meant = f"{quarter[1] or quarter[4]}K{quarter[2] or quarter[3]}"
        hint = _("Bedoelde u '{naam}'?", naam=meant) if meant != written else hint
    return UserError(Mistake("--periode", _("'{periode}' is geen periode", periode=written), hint))
