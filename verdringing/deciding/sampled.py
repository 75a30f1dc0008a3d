"""The sample of a report: drawn and shown, and beside it what came of every sample so far."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

import polars as pl

from verdringing.deciding import outcomes, sample
from verdringing.deciding.bound import Draw, draws
from verdringing.deciding.outcomes import in_words
from verdringing.deciding.sample_sheet import ROWS
from verdringing.judge import Judgement, explain, rule_key
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.audited import Order, TakenIn
    from verdringing.deciding.decisions import Given
    from verdringing.rule import Rule, RuleBook

ABOUT = (
    "plaatsing_id",
    "werkgever",
    "functie",
    "kandidaat_id",
    "instrument",
    "startdatum",
    "einddatum",
    "bestand",
    "rij",
)
"""What the sheet says of a placement."""


@dataclass(frozen=True, eq=False, slots=True)
class Sampled:
    """The sample of this report, and the outcomes of all samples.

    asked: the size that was asked, 0 for none. found and drawn: verdicts of this report per kind, and how many of them
    were drawn. rows: sample_sheet.ROWS, None where no sample was asked. kept: outcomes.SCHEMA. draws: of this report
    first, then the newest.
    """

    asked: int
    seed: int
    population: str
    found: Mapping[str, int]
    drawn: Mapping[str, int]
    rows: pl.DataFrame | None
    kept: pl.DataFrame
    draws: tuple[Draw, ...]

    def not_covered(self) -> list[str]:
        """What a bound says nothing of."""
        return [
            _("Rijen die zijn afgekeurd."),
            _("Plaatsingen die niet in de bestanden staan of buiten de periode vallen."),
            _("Of de administratie klopt, verder dan in het dossier is nagekeken."),
            _("De oordelen 'signaal' en 'niet van toepassing'."),
            _("Regels die uit stonden."),
            _("Eén regel of één werkgever apart: een grens geldt voor alle oordelen van een soort samen."),
        ]

    def account(self) -> dict[str, Any] | None:
        """What verantwoording.json records of the sample of this report; None where none was asked."""
        if self.rows is None:
            return None
        return {
            "gevraagd": self.asked,
            "zaad": self.seed,
            "populatie": self.population,
            "oordelen": dict(self.found),
            "getrokken": dict(self.drawn),
        }


Looked: TypeAlias = Callable[[pl.DataFrame], tuple[pl.DataFrame, pl.DataFrame]]
"""Of verdicts that were drawn (sample.DRAWN): their placements (ABOUT) in the same order, and the reasons for them.

Those are as in `judged.EXPLAINED`, of those placements at least."""


def sampled(taken: TakenIn, judgement: Judgement, given: Given | None) -> Sampled:
    """Draw the sample that the order asks, if any, and count what came of earlier ones."""

    def look(drawn: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        here = taken.placements["nr"].is_in(drawn["nr"].implode())
        rules = rules_of(taken.book, drawn)
        return taken.placements.select(ABOUT)[drawn["nr"]], explain(taken.placements, rules, here)

    return drawn_from(judgement.verdicts, taken.placements, taken.order, taken.book, given, look)


def rules_of(book: RuleBook, drawn: pl.DataFrame) -> tuple[Rule, ...]:
    """The rules of which a verdict was drawn."""
    named = set(drawn["regel"])
    return tuple(rule for rule in book.rules if rule.name in named)


def drawn_from(
    verdicts: pl.DataFrame, placements: pl.DataFrame, order: Order, book: RuleBook, given: Given | None, look: Looked
) -> Sampled:
    """The same, of verdicts (as in Judgement) and the keys of their placements (see `sample.draw`)."""
    kept = pl.DataFrame(schema=outcomes.SCHEMA) if given is None else given.sampled
    population = sample.fingerprint(verdicts, placements)
    found = _counted(verdicts)
    drawn = sample.shares(found, order.sample)
    facts = {"populatie": population, "zaad": str(order.seed), "getrokken": _written(drawn, found)}
    rows = None
    if order.sample:
        chosen = sample.draw(verdicts, placements, order.sample, order.seed)
        rows = _rows(chosen, *look(chosen), book, order.day, facts, outcomes.last(kept))
    told = outcomes.last(kept)
    if order.sample:
        own = pl.DataFrame([{"peildatum": order.day, **facts}], {name: outcomes.SCHEMA[name] for name in _DRAWN})
        told = pl.concat([told, own], how="diagonal")
    return Sampled(order.sample, order.seed, population, found, drawn, rows, kept, draws(told, population))


_DRAWN = ("peildatum", *outcomes.DRAW)


def _counted(verdicts: pl.DataFrame) -> dict[str, int]:
    """How many verdicts there are of each kind."""
    rules = verdicts.columns[1:]
    counts = {kind: pl.sum_horizontal(pl.col(rules).eq(place).sum()) for kind, place in sample.KINDS.items()}
    return {kind: int(count) for kind, count in verdicts.select(**counts).row(0, named=True).items()}


def _written(drawn: Mapping[str, int], found: Mapping[str, int]) -> str:
    return "; ".join(f"{kind} {drawn[kind]} van {found[kind]}" for kind in sample.KINDS)


def _rows(
    drawn: pl.DataFrame,
    about: pl.DataFrame,
    why: pl.DataFrame,
    book: RuleBook,
    day: date,
    facts: Mapping[str, str],
    told: pl.DataFrame,
) -> pl.DataFrame:
    """The sample as it stands on the sheet, in the order of the draw, with the outcomes that are known."""
    spoken = pl.col("instrument").cast(pl.String).str.replace_all("_", " ", literal=True)
    whole = drawn.hstack(about.with_columns(spoken)).with_row_index("nummer", offset=1)
    whole = whole.join(_why(why, drawn, book), on=["nr", "regel"], how="left", maintain_order="left")
    constant = {name: pl.lit(value) for name, value in facts.items()}
    marked = outcomes.with_marks(whole.with_columns(peildatum=pl.lit(day), **constant))
    known = told.select("kenmerk", eerder=_in_short())
    shown = marked.join(known, on="kenmerk", how="left", maintain_order="left").with_columns(
        pl.col("oordeel").replace_strict({kind: in_words(kind) for kind in sample.KINDS})
    )
    empty = {name: pl.lit(None, dtype) for name, dtype in ROWS.items() if name not in shown.columns}
    return shown.with_columns(**empty).select(ROWS.names()).cast(ROWS)


def _in_short() -> pl.Expr:
    """An outcome in a few words: klopt (12-10-2026)."""
    said = pl.col("uitkomst").replace_strict({outcome: in_words(outcome) for outcome in outcomes.OUTCOMES})
    return pl.concat_str(said, pl.lit(" ("), pl.col("datum").dt.strftime("%d-%m-%Y"), pl.lit(")"))


def _why(told: pl.DataFrame, drawn: pl.DataFrame, book: RuleBook) -> pl.DataFrame:
    """What was measured for every verdict that was drawn: nr, regel, titel, waarde, grens, ontbreekt."""
    titles = {rule.key: rule.say("titel") for rule in rules_of(book, drawn)}
    title = rule_key(titles).replace_strict(titles, return_dtype=pl.String)
    wanted = told.join(drawn, on=["nr", "regel", "oordeel"], how="semi").unique(["nr", "regel"], keep="last")
    return wanted.select("nr", "regel", titel=title, waarde="waarde", grens="grens", ontbreekt="ontbreekt")
