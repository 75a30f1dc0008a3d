"""One part by place of work: judged like any audit, and what comes of it laid aside."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from verdringing import besides, doubts
from verdringing.audited import Audited
from verdringing.cases import PLACE, REPORT_ORDER, by_case, cases, in_full, in_report_order, place_numbers
from verdringing.export import named_verdicts
from verdringing.judge import judge
from verdringing.page import page_data, pictures
from verdringing.page.dossier import ROW
from verdringing.page.other_work import CANDIDATE
from verdringing.parts import decided, sampled
from verdringing.parts.part import of_part
from verdringing.parts.shelf import detached
from verdringing.parts.taken import CASES, DOUBTS, FINDINGS, LINKS, OF_CASE, PAGE, VERDICTS, Taken
from verdringing.sums import Sums


def judge_part(taken: Taken, part: int, first: pl.DataFrame | None = None) -> tuple[Sums, pl.DataFrame]:
    """Judge one part and lay aside its cases, findings, verdicts, doubts, and the placements that the page may show.

    `first` are the cases that come first of the parts before; with this part they are given back. Cases behind them are
    not in the page, whatever the other parts hold. None where nothing is known of other parts.
    """
    shelf, rules = taken.shelf, taken.beside.book.rules
    placements, ready = of_part(taken, part)
    judgement = judge(placements, rules, ready)
    sampled.lay_aside(taken, part, judgement, placements)
    found = cases(judgement.findings, placements, {rule.key: rule.file.norm for rule in rules})
    told, judgement = by_case(judgement.findings, placements, found), judgement.without_findings()
    audited = taken.part(placements).audited(judgement, found, told)
    shelf.put(CASES, part, detached(found.with_columns(deel=pl.lit(part, pl.UInt16))))
    bare = in_full(told, placements, found).drop(OF_CASE)
    if taken.order.worklist or taken.given:
        marked = besides.marked(bare, placements, taken.beside.book)
        decided.lay_aside(taken, part, marked, found)
        bare = marked if taken.order.worklist else bare
    shelf.put(f"{FINDINGS}-{part}", 0, bare if bare.height > placements.height else detached(bare))
    verdicts = named_verdicts(judgement.verdicts, placements)
    shelf.put(VERDICTS, part, verdicts.hstack(placements.filter("in_bereik").select("startdatum")))
    shelf.put(DOUBTS, taken.count + part, doubts.contradicting(placements))
    first = _first(found, part, first)
    _for_page(audited, first.filter(deel=part)["plek"], taken, part)
    sums = audited.sums
    return replace(sums, deadlines=detached(sums.deadlines), signalled_at=detached(sums.signalled_at)), first


def _first(found: pl.DataFrame, part: int, before: pl.DataFrame | None) -> pl.DataFrame:
    """The cases of this part and those `before` it that the page would carry: deel, plek, plaatsingen, REPORT_ORDER."""
    mine = found.select("plek", "plaatsingen", *REPORT_ORDER, deel=pl.lit(part, pl.UInt16))
    known = in_report_order(mine if before is None else pl.concat([before, mine]))
    return detached(known.head(page_data.carried(known)))


def _for_page(audited: Audited, shown: pl.Series, taken: Taken, part: int) -> None:
    """Lay aside the placements that the page may show: on the jobs of cases (plek), and those of the most used jobs.

    And what the candidates of those cases did there on other jobs. The most used jobs of all are among the most used of
    every part.
    """
    placements = audited.placements
    numbers, used = place_numbers(placements), placements["nr"].is_in(pictures.most_used(audited)["nr"].implode())
    told = placements.select(*ROW, *PLACE, plek=numbers, gebruikt=used, deel=pl.lit(part, pl.UInt16))
    theirs = told.join(told.filter(numbers.is_in(shown.implode())), on=CANDIDATE, how="semi", nulls_equal=True)
    near = pl.concat([theirs, told.filter("gebruikt").join(theirs, on="nr", how="anti")])
    taken.shelf.put(PAGE, part, detached(near))
    links = audited.judgement.links.join(near.select("nr"), on="nr", how="semi")
    taken.shelf.put(LINKS, part, links.with_columns(deel=pl.lit(part, pl.UInt16)))
