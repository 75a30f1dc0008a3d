"""The story: read → normalise → judge → cases → report."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import polars as pl

from verdringing import account, decided, decisions, export, figures, lists, report, rulebook
from verdringing.aliases import Aliases, add_touched
from verdringing.audited import Audited, Order, TakenIn
from verdringing.cases import cases, with_cases
from verdringing.errors import Mistake, UserError, nearest
from verdringing.judge import judge
from verdringing.names import add_keys, plain
from verdringing.normalise import Normalised, normalise
from verdringing.period import add_times
from verdringing.privacy import looks_like_bsn, pseudonyms
from verdringing.raw import PROBLEMS
from verdringing.read import Source, read_files
from verdringing.rule import RuleBook
from verdringing.sampled import refuse_without_list, sampled
from verdringing.since import since
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.mapping import Mapping


def audit(order: Order) -> Audited:
    """Do the whole audit and write the report folder; UserError, and no folder, when the user must mend something."""
    with export.whole_folder(order.out, overwrite=order.overwrite) as folder:
        refuse_without_list(order)
        taken = take_in(order)
        given = decisions.asked(order, second_person=taken.book.second_person)
        _refuse_too_many_rejected(taken)
        placements, book = taken.placements, taken.book
        order.say(_("{n} plaatsingen toetsen", n=placements.height))
        judgement = judge(placements, book.rules)
        found = cases(judgement.findings, placements, {rule.key: rule.file.norm for rule in book.rules})
        findings, weighed = decided.weigh(with_cases(judgement.findings, placements, found), taken, given)
        order.say(_("Rapport schrijven"))
        audited = taken.audited(judgement, found, findings, weighed, sampled(taken, judgement, given))
        export.write_all(audited, folder)
        report.write(audited, folder, since(audited, folder))
        account.write(audited, folder / export.MARKER)
        return audited


def take_in(order: Order) -> TakenIn:
    """Read the rules, the lists and the files: typed placements with keys, ready to be judged."""
    order.say(_("Regels lezen"))
    aliases = _aliases(order)
    lists_given = _lists(order, aliases)
    book = rulebook.load(order.policies, lists_given)
    mapping = _mapping(order, book)
    order.say(_("Bestanden lezen"))
    sources, pseudonymised = _without_bsn(read_files(order.files, mapping, book.own_columns), order)
    intake = _intake(sources, book)
    read = {source.name: source.rows.height + source.broken.height for source in sources}
    sources = [replace(source, rows=source.rows.clear()) for source in sources]  # their text is not needed again
    placements = _placed(intake, book, aliases, order)
    return TakenIn(order, book, lists_given, aliases, pseudonymised, sources, read, intake, placements)


def _aliases(order: Order) -> Aliases:
    if not order.aliases:
        return Aliases()
    from verdringing.alias_file import read_aliases  # a form takes time to build, and few runs have the file

    return read_aliases(order.aliases, rulebook.job_groups(order.policies))


def _mapping(order: Order, book: RuleBook) -> Mapping | None:
    if not order.columns:
        return None
    from verdringing.mapping import read_mapping

    return read_mapping(order.columns, book.own_columns)


def _refuse_too_many_rejected(taken: TakenIn) -> None:
    """UserError, with the list written beside the folder of the report, when too few rows are left to trust a report.

    Total rows below a sheet are rejected too, but are nobody's placement and do not count here.
    """
    totals = sum(source.totals for source in taken.sources)
    rejected, rows = account.rejected_rows(taken.intake.rejected) - totals, taken.intake.read - totals
    order = taken.order
    if rejected * 100 <= order.most_rejected * rows:
        return
    path = export.write_rejected(taken.intake.rejected, order.out)
    what = _(
        "{n} van de {m} rijen afgekeurd, en dat is meer dan {pct} procent",
        n=figures.count(rejected),
        m=figures.count(rows),
        pct=figures.decimal(order.most_rejected),
    )
    raise UserError(
        Mistake("--max-afgekeurd", what, _("Er is geen rapport; alle afgekeurde rijen staan in {pad}.", pad=path))
    )


def _lists(order: Order, aliases: Aliases) -> dict[str, lists.EmployerList]:
    """The lists that were given, by name; a name that an alias joined to another is that other name."""
    paths = {"zwarte_lijst": (order.blacklist, lists.BLACKLIST), "meldingen": (order.reports, lists.REPORTS)}
    given = {name: lists.read_list(path, columns) for name, (path, columns) in paths.items() if path}
    renamed = pl.col("naam").replace(dict(aliases.firms))
    return {name: replace(listed, entries=listed.entries.with_columns(renamed)) for name, listed in given.items()}


def _without_bsn(sources: Sequence[Source], order: Order) -> tuple[list[Source], bool]:
    """Where one file has BSN for candidates, every file gets pseudonyms: the same person stays the same."""
    if not any(looks_like_bsn(source.rows[name]) for source in sources for name in _ids(source)):
        return list(sources), False
    changes = {name: pseudonyms(pl.col(name), order.key.secret) for name in ("kandidaat_id", "plaatsing_id")}
    kept = [source.rows.with_columns(**{name: changes[name] for name in _ids(source)}) for source in sources]
    return [replace(source, rows=rows) for source, rows in zip(sources, kept, strict=True)], True


def _ids(source: Source) -> list[str]:
    return [name for name in ("kandidaat_id", "plaatsing_id") if name in source.rows.columns]


def _intake(sources: Sequence[Source], book: RuleBook) -> Normalised:
    """Normalise the rows of all files together; rows with too many fields are read, and rejected."""
    rows = pl.concat([source.rows for source in sources], how="diagonal")
    intake = normalise(rows, book.instruments, book.own_columns)
    broken = pl.concat([intake.rejected, *(source.broken.cast(PROBLEMS) for source in sources if source.broken.height)])
    return replace(intake, rejected=broken, read=intake.read + sum(source.broken.height for source in sources))


def _placed(intake: Normalised, book: RuleBook, aliases: Aliases, order: Order) -> pl.DataFrame:
    """Placements with keys, times and row number; those of another gemeente are history, not in scope."""
    gemeente = order.gemeente or book.gemeente
    placements = intake.placements.lazy().with_columns(pl.col("gemeente").fill_null(pl.lit(gemeente, pl.String)))
    keyed = add_touched(add_keys(placements, aliases.job_groups(book.job_groups), aliases.firm), aliases)
    placed = add_times(keyed, order.day, order.period).with_row_index("nr").collect()
    if gemeente is None or placed.is_empty():
        return placed
    own = placed.select(plain(pl.col("gemeente")) == plain(pl.lit(gemeente))).to_series()
    if not own.any():
        near = nearest(gemeente, placed["gemeente"].unique().to_list())
        hint = _("Bedoelde u '{naam}'?", naam=near) if near else ""
        raise UserError(Mistake("--gemeente", _("geen enkele plaatsing is van gemeente '{naam}'", naam=gemeente), hint))
    return placed.with_columns(in_bereik=pl.col("in_bereik") & own)
