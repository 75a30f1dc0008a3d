"""A large audit from read to report: laid aside in parts, judged part by part, and put together again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import polars as pl

from verdringing import account, besides, export, report, tables
from verdringing.audited import Audited, Order
from verdringing.disk import real
from verdringing.distinct import joined
from verdringing.enough import refuse_too_few
from verdringing.judge import Judgement
from verdringing.judged import EMPTY
from verdringing.page import page_data
from verdringing.page.dossier import FOUND, MOST_CASES
from verdringing.page.other_work import CANDIDATE
from verdringing.parts import decided, ordering, people, plan, sampled
from verdringing.parts.judging import judge_part
from verdringing.parts.rows import lay_aside
from verdringing.parts.shelf import Shelf
from verdringing.parts.taken import LINKS, PAGE, Taken
from verdringing.reading.raw import PROBLEMS
from verdringing.record import ORIGIN
from verdringing.sums import Sums, added
from verdringing.taking_in import asked
from verdringing.whole_folder import MARKER, hidden
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.deciding.sampled import Sampled


def audit_in_parts(order: Order, folder: Path, count: int) -> Audited:
    """The whole audit in `count` parts, written into `folder`; UserError as in `audit.audit`.

    NotInBlocks, with nothing written, when a file must be read at once.
    """
    beside = asked(order)
    prefix = hidden(real(order.out))
    with TemporaryDirectory(prefix=prefix, dir=folder.parent, ignore_cleanup_errors=True) as room:
        order.say(_("Bestanden lezen"))
        taken = lay_aside(order, beside, Shelf(Path(room), plan.ROOM), count)
        taken = replace(taken, given=besides.given(order, second_person=beside.book.second_person))
        intake = taken.part(pl.DataFrame(schema=_ORIGIN)).intake
        refuse_too_few(intake, sum(source.totals for source in taken.sources), order)
        return write(taken, judged(taken), folder)


_ORIGIN = {"bestand": pl.String, "blad": pl.String, "rij": pl.UInt32}


def judged(taken: Taken) -> Sums:
    """Judge all parts, one after the other."""
    for part in range(taken.count):
        taken.order.say(_("Personen bekijken"), 0.45 + 0.1 * part / taken.count)
        people.prepare(taken, part)
    sums: list[Sums] = []
    first: pl.DataFrame | None = None
    for part in range(taken.count):
        done = sum(one.placements for one in sums)
        taken.order.say(_("Plaatsingen toetsen"), 0.55 + 0.2 * part / taken.count, done, taken.placements())
        counted, first = judge_part(taken, part, first)
        sums.append(counted)
    return added(sums, rule_names(taken))


def rule_names(taken: Taken) -> list[str]:
    """The names of all rules, in the order of the report."""
    return list(dict.fromkeys(rule.name for rule in taken.beside.book.rules))


def write(taken: Taken, sums: Sums, folder: Path) -> Audited:
    """Write the report of the parts that were judged."""
    order, shelf = taken.order, taken.shelf
    order.say(_("Rapport schrijven"), 0.75)
    ordering.put_in_order(shelf)
    said = decided.decide(taken, sums)
    audited = _audited(taken, said, sampled.sampled(taken))
    warned = _Warned(audited.placements)
    tables.write_frames(warned.passing(ordering.warnings(taken)), folder / export.WARNINGS)
    # it holds what the page shows; what is worked out of all placements elsewhere is known from the parts
    vars(audited).update(sums=sums, warnings=warned.first, doubted=warned.doubted(), warned=warned.count)
    export.write_findings(audited, folder, ordering.cases(shelf), _told(order, said.findings(), sums))
    tables.write_csv(taken.rejected, folder / export.REJECTED)
    export.write_verdicts(ordering.lay_verdicts(shelf), folder)
    export.write_decisions(audited, folder)
    if order.worklist:
        export.write_worklist(audited, said.findings(), folder)
    report.write(audited, folder, besides.since(audited, folder))
    account.write(audited, folder / MARKER)
    return audited


def _told(order: Order, findings: Iterator[pl.DataFrame], sums: Sums) -> Iterator[pl.DataFrame]:
    """The same findings, while it is said how many were written."""
    done = 0
    for some in findings:
        yield some
        done += some.height
        order.say(_("Signalen schrijven"), 0.75 + 0.2 * done / max(sums.findings, 1), done, sums.findings)


class _Warned:
    """The first warnings, those about the `placements` of the page, and how many there are, seen as they pass."""

    def __init__(self, placements: pl.DataFrame) -> None:
        self.first, self.count = pl.DataFrame(schema=PROBLEMS), 0
        self._here, self._about = placements.select(ORIGIN), [self.first]

    def doubted(self) -> pl.DataFrame:
        """The warnings about the placements of the page."""
        return pl.concat(self._about)

    def passing(self, frames: Iterator[pl.DataFrame]) -> Iterator[pl.DataFrame]:
        """The same frames."""
        for frame in frames:
            more = report.MOST_PROBLEMS - self.first.height
            self.first = pl.concat([self.first, frame.head(max(more, 0))])
            self.count += frame.height
            self._about.append(frame.join(self._here, on=ORIGIN, how="semi", nulls_equal=True, maintain_order="left"))
            yield frame


def _audited(taken: Taken, said: decided.Said, drawn: Sampled | None) -> Audited:
    """The cases that the page carries with their findings and placements, as an audit in one piece has them."""
    shelf = taken.shelf
    shown, place = _shown(shelf), joined(pl.col("deel"), pl.col("plek"))
    here = shown.select(place).to_series().implode()
    asked = pl.concat(some.filter(place.is_in(here)).select(CANDIDATE) for some in shelf.through(PAGE)).unique()
    theirs = asked.with_columns(gevraagd=pl.lit(value=True))
    near = pl.concat(
        some.join(theirs, on=CANDIDATE, how="left", nulls_equal=True).filter(pl.col("gebruikt") | pl.col("gevraagd"))
        for some in shelf.each(PAGE)
    ).drop("gevraagd")
    numbered = near.with_columns(plek_nr=place.rank("dense").cast(pl.UInt32))
    places = numbered.select("deel", "plek", "plek_nr").unique()
    kept = numbered.drop("gebruikt", "plek").rename({"nr": "was"})
    placements = kept.sort("startdatum", "plaatsing_id").with_row_index("nr")
    numbers = placements.select("deel", "was", "nr")
    cases = shown.join(places, on=["deel", "plek"], how="left", maintain_order="left")
    cases = cases.drop("plek", "deel", "lokaal").rename({"plek_nr": "plek"})
    findings = _renumbered(_of(said, shown), numbers, "nr").drop("deel")
    links = shelf.scan(LINKS).collect()
    links = _renumbered(_renumbered(links, numbers, "nr"), numbers, "voorganger").drop("deel")
    told, missing, deadlines, _links = EMPTY  # what is counted of these stands in the sums of the parts
    judgement = Judgement(placements.select("nr").clear(), told, missing, deadlines, links)
    return taken.part(placements.drop("deel", "was")).audited(judgement, cases, findings, said.decisions, drawn)


def _shown(shelf: Shelf) -> pl.DataFrame:
    """The cases that stand in the page."""
    first: list[pl.DataFrame] = []
    for some in ordering.cases(shelf):
        first.append(some)
        whole = pl.concat(first)
        if whole.height >= MOST_CASES and whole["bevindingen"].sum() > page_data.MOST_EMBEDDED:
            break
    whole = pl.concat(first)
    return whole.head(page_data.carried(whole))


def _of(said: decided.Said, shown: pl.DataFrame) -> pl.DataFrame:
    """The findings of the cases that are shown."""
    found, many = [], int(shown["bevindingen"].sum())
    for some in said.findings():
        found.append(some.head(many).select("deel", *FOUND, *said.columns()))
        many -= found[-1].height
        if not many:
            break
    return pl.concat(found)


def _renumbered(frame: pl.DataFrame, numbers: pl.DataFrame, name: str) -> pl.DataFrame:
    """Row numbers of parts become those of the page; rows whose placement is not on the page are left out."""
    known = numbers.select("deel", pl.col("was").alias(name), pl.col("nr").alias("_nieuw"))
    found = frame.join(known, on=["deel", name], how="inner", maintain_order="left")
    return found.with_columns(pl.col("_nieuw").alias(name)).drop("_nieuw")
