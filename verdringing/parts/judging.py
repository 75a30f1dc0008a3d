"""One part by place of work: judged like any audit, and what comes of it laid aside."""

from __future__ import annotations

from dataclasses import replace

import polars as pl

from verdringing import besides, doubts, page_data, pictures
from verdringing.aliases import add_touched
from verdringing.audited import Audited
from verdringing.cases import PLACE, cases, place_numbers, with_cases
from verdringing.dossier import ROW
from verdringing.export import named_verdicts
from verdringing.judge import judge
from verdringing.names import add_numbers
from verdringing.normalise import start_order
from verdringing.parts import people
from verdringing.parts.shelf import detached
from verdringing.parts.taken import CASES, DOUBTS, FINDINGS, LINKS, OF_CASE, PAGE, PART, VERDICTS, Taken, times
from verdringing.sums import Sums


def judge_part(taken: Taken, part: int) -> Sums:
    """Judge one part and lay aside its cases, findings, verdicts, doubts, and the placements that the page may show."""
    shelf, rules = taken.shelf, taken.beside.book.rules
    placements = _placements(taken, part)
    ready = people.ready(taken, part, placements)
    placements = placements.drop("_row")
    judgement = judge(placements, rules, ready)
    found = cases(judgement.findings, placements, {rule.key: rule.file.norm for rule in rules})
    told = with_cases(judgement.findings, placements, found)
    findings, _none = besides.weighed(told, taken.part(placements), None)
    audited = taken.part(placements).audited(judgement, found, findings)
    shelf.put(CASES, part, detached(found.with_columns(deel=pl.lit(part, pl.UInt16))))
    shelf.put(f"{FINDINGS}-{part}", 0, findings.drop(OF_CASE))
    verdicts = named_verdicts(judgement.verdicts, placements)
    shelf.put(VERDICTS, part, verdicts.hstack(placements.filter("in_bereik").select("startdatum")))
    shelf.put(DOUBTS, taken.count + part, doubts.contradicting(placements))
    _for_page(audited, taken, part)
    return replace(audited.sums, deadlines=detached(audited.sums.deadlines))


def _placements(taken: Taken, part: int) -> pl.DataFrame:
    laid = taken.shelf.take(f"{PART}-{part}")
    whole = laid[start_order(laid)]
    keyed = add_touched(add_numbers(whole.lazy().select(_KEYED)), taken.beside.aliases).collect()
    return whole.hstack(keyed.drop(_KEYED)).hstack(times(whole, taken)).with_row_index("nr")


_KEYED = (
    "gemeente_sleutel", "werkplek_sleutel", "kandidaat_id", "vestigingsnummer", "functie_sleutel", "werkgever_naam",
    "inlener_naam",
)  # fmt: skip


def _for_page(audited: Audited, taken: Taken, part: int) -> None:
    """Lay aside what the page shows if these cases come first, and the placements on the most used jobs."""
    placements, found = audited.placements, audited.cases
    numbers = place_numbers(placements)
    first = numbers.is_in(found["plek"].head(page_data.carried(found)).implode())
    used = numbers.is_in(numbers.gather(pictures.most_used(audited)["nr"]).unique().implode())
    told = placements.select(*ROW, *PLACE, plek=numbers, gebruikt=used, deel=pl.lit(part, pl.UInt16))
    near = told.filter(first | used)
    taken.shelf.put(PAGE, part, detached(near))
    links = audited.judgement.links.join(near.select("nr"), on="nr", how="semi")
    taken.shelf.put(LINKS, part, links.with_columns(deel=pl.lit(part, pl.UInt16)))
