"""Before any rule is held against them: rules, lists and files read, and rows made into placements with keys."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import polars as pl

from verdringing import rulebook
from verdringing.audited import Order, TakenIn
from verdringing.errors import Mistake, UserError, meant
from verdringing.names import add_keys, plain
from verdringing.naming import lists
from verdringing.naming.aliases import Aliases, add_touched
from verdringing.normalise import Normalised, normalise
from verdringing.period import add_times
from verdringing.policies.spellings import normal
from verdringing.privacy.bsn import looks_like_bsn
from verdringing.privacy.pseudonyms import pseudonyms
from verdringing.read import Source, read_files
from verdringing.reading.raw import PROBLEMS
from verdringing.rule import RuleBook
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.reading.mapping import Mapping


@dataclass(frozen=True, slots=True)
class Asked:
    """What an order names beside the placements: aliases, lists by name, rules, and what the columns are called."""

    aliases: Aliases
    lists: dict[str, lists.EmployerList]
    book: RuleBook
    mapping: Mapping | None


def asked(order: Order) -> Asked:
    """Read the rules and the lists; UserError when they cannot be read."""
    order.say(_("Regels lezen"))
    aliases = _aliases(order)
    given = _lists(order, aliases)
    book = rulebook.load(order.policies, given)
    refuse_other_gemeente(order, book)
    return Asked(aliases, given, book, _mapping(order, book))


def take_in(order: Order) -> TakenIn:
    """Read the rules, the lists and the files: typed placements with keys, ready to be judged."""
    beside = asked(order)
    book = beside.book
    order.say(_("Bestanden lezen"))
    sources, pseudonymised = _without_bsn(read_files(order.files, beside.mapping, book.own_columns), order)
    read = {source.name: source.rows.height + source.broken.height for source in sources}
    rows = pl.concat([source.rows for source in sources], how="diagonal")
    sources = [replace(source, rows=source.rows.clear()) for source in sources]  # only `rows` holds their text now
    intake = _intake(rows, sources, book)
    placements = _placed(intake, book, beside.aliases, order)
    return TakenIn(order, book, beside.lists, beside.aliases, pseudonymised, sources, read, intake, placements)


def _aliases(order: Order) -> Aliases:
    if not order.aliases:
        return Aliases()
    from verdringing.naming.alias_file import read_aliases  # a form takes time to build, and few runs have the file

    return read_aliases(order.aliases, rulebook.job_groups(order.policies))


def _mapping(order: Order, book: RuleBook) -> Mapping | None:
    if not order.columns:
        return None
    from verdringing.reading.mapping import read_mapping

    return read_mapping(order.columns, book.own_columns)


def _lists(order: Order, aliases: Aliases) -> dict[str, lists.EmployerList]:
    """The lists that were given, by name, with what was decided on the names in them."""
    paths = {"zwarte_lijst": (order.blacklist, lists.BLACKLIST), "meldingen": (order.reports, lists.REPORTS)}
    given = {name: lists.read_list(path, columns) for name, (path, columns) in paths.items() if path}
    renamed = pl.col("naam").replace(dict(aliases.firms))
    return {
        name: replace(listed, entries=listed.entries.with_columns(renamed), apart=aliases.rejected_firms)
        for name, listed in given.items()
    }


def _without_bsn(sources: Sequence[Source], order: Order) -> tuple[list[Source], bool]:
    """Where one file has BSN for candidates, every file gets pseudonyms: the same person stays the same."""
    if not any(map(has_bsn, sources)):
        return list(sources), False
    return [pseudonymous(source, order) for source in sources], True


def has_bsn(source: Source) -> bool:
    """Whether candidates or placements are called by what looks like a BSN."""
    return any(looks_like_bsn(source.rows[name]) for name in _ids(source))


def pseudonymous(source: Source, order: Order) -> Source:
    """The same rows with pseudonyms for candidates and placements."""
    changes = {name: pseudonyms(pl.col(name), order.key.secret) for name in _ids(source)}
    return replace(source, rows=source.rows.with_columns(**changes))


def _ids(source: Source) -> list[str]:
    return [name for name in ("kandidaat_id", "plaatsing_id") if name in source.rows.columns]


def _intake(rows: pl.DataFrame, sources: Sequence[Source], book: RuleBook) -> Normalised:
    """Normalise the rows of all files together (used up); rows with too many fields are read, and rejected."""
    intake = normalise(rows, book.instruments, book.own_columns)
    broken = pl.concat([intake.rejected, *(source.broken.cast(PROBLEMS) for source in sources if source.broken.height)])
    return replace(intake, rejected=broken, read=intake.read + sum(source.broken.height for source in sources))


def _placed(intake: Normalised, book: RuleBook, aliases: Aliases, order: Order) -> pl.DataFrame:
    """Placements with keys, times and row number; those of another gemeente are history, not in scope."""
    gemeente = order.gemeente or book.gemeente
    placements = with_gemeente(intake.placements.lazy(), gemeente)
    keyed = add_touched(add_keys(placements, aliases.job_groups(book.job_groups), aliases.firm), aliases)
    placed = add_times(keyed, order.day, order.period).with_row_index("nr").collect(engine="in-memory")
    if gemeente is None or placed.is_empty():
        return placed
    own = placed.select(of_gemeente(gemeente)).to_series()
    if not own.any():
        raise no_placement_of(gemeente, placed["gemeente"].unique().to_list(), order, book)
    return placed.with_columns(in_bereik=pl.col("in_bereik") & own)


def with_gemeente(placements: pl.LazyFrame, gemeente: str | None) -> pl.LazyFrame:
    """Placements without a gemeente get the one that was asked for."""
    return placements.with_columns(pl.col("gemeente").fill_null(pl.lit(gemeente, pl.String)))


def of_gemeente(gemeente: str) -> pl.Expr:
    """Whether a placement, with keys, is of this gemeente; one without a gemeente is not."""
    return (pl.col("gemeente_sleutel") == plain(pl.lit(gemeente))).fill_null(value=False)


def refuse_other_gemeente(order: Order, book: RuleBook) -> None:
    """UserError where every policy is of other municipalities than the one that was asked for: nothing would count."""
    given = [name for one in book.policies for name in one.gemeenten]
    keys = frozenset[str]().union(*(one.keys for one in book.policies))
    if not order.gemeente or not book.policies or not all(one.keys for one in book.policies):
        return
    if normal([order.gemeente])[0] not in keys:
        hint = meant(order.gemeente, given, _("Het is van: {namen}.", namen=", ".join(given)))
        raise UserError(Mistake("--gemeente", _("geen beleid is van gemeente '{naam}'", naam=order.gemeente), hint))


def no_placement_of(gemeente: str, known: Sequence[str], order: Order, book: RuleBook) -> UserError:
    """No file has a placement of the gemeente that was asked for, or of that of the policy; `known` are the others."""
    where = "--gemeente" if order.gemeente else str(book.policies[0].file)
    hint = meant(gemeente, known)
    return UserError(Mistake(where, _("geen enkele plaatsing is van gemeente '{naam}'", naam=gemeente), hint))
