"""Decisions held against the findings of this run: which still stand, and which signals ask for a look again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl

from verdringing.deciding.concerned import concerned
from verdringing.deciding.decision_rows import SAID, SCHEMA, STATUSES, label
from verdringing.deciding.fingerprint import AT_ONCE, EMPTY, alike, with_marks
from verdringing.deciding.settled import KEY, SAME, settle
from verdringing.sentences import sentence
from verdringing.sums import serious
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.audited import Audited, TakenIn
    from verdringing.deciding.decisions import Given
    from verdringing.rule import RuleBook

OPEN, CHANGED, EXPIRED = "open", "veranderd", "verlopen"
"""Findings without a decision, and those that were reopened: their facts changed, or the decision ran out."""

ON_FINDING = ("besluit", "heropend_omdat", "beoordeling")
"""What is said of a finding that was decided on."""


@dataclass(frozen=True, eq=False, slots=True)
class Decisions:
    """Decisions after this run: all of them (SCHEMA, as they are kept), and what became of them.

    counts: findings per status, and OPEN, CHANGED, EXPIRED; they add up to the findings. reopened: zaak, plaatsing_id,
    regel, besluit, datum, heropend_omdat. unknown: fresh decisions on a signal or case that this run does not have;
    outdated: fresh ones to which a later one goes before; absent: earlier ones on signals that this run does not have.
    idle: the last one on every signal or case that this run does not have, whenever it was taken. settled: findings
    that rest on statute or policy and on which a decision stands; settled_cases: cases of which one stands on all.
    """

    kept: pl.DataFrame
    counts: Mapping[str, int]
    reopened: pl.DataFrame
    unknown: pl.DataFrame
    outdated: pl.DataFrame
    absent: pl.DataFrame
    files: tuple[Path, ...] = field(default=())
    idle: pl.DataFrame = field(default_factory=lambda: pl.DataFrame(schema=SCHEMA))
    settled: int = 0
    settled_cases: int = 0


def weigh(findings: pl.DataFrame, taken: TakenIn, found: pl.DataFrame, given: Given) -> tuple[pl.DataFrame, Decisions]:
    """Findings (`cases.by_case`) of the cases `found` with ON_FINDING, and what became of all decisions.

    Deciding looks at the names and marks of findings, and never at all that they say.
    """
    named = findings.select(
        "nr", "regel", "variant", "ontstaan_op", "waarde", "grens",
        plaatsing_id=pl.lit(taken.placements["plaatsing_id"]).gather("nr"),
        zaak=pl.lit(found["zaak"]).gather("volgorde"),
        in_zaak=pl.lit(found["bevindingen"]).gather("volgorde"),
    )  # fmt: skip
    numbered = named.with_row_index("plaats")
    pieces = [numbered.slice(first, AT_ONCE) for first in range(0, max(named.height, 1), AT_ONCE)]
    few = pl.concat([concerned(with_marks(piece, taken.placements, taken.book), given) for piece in pieces])
    applied, decisions = weigh_few(few, findings.height, taken.order.day, taken.book, given)
    said = applied.select("plaats", *ON_FINDING)
    whole = numbered.select("plaats").join(said, on="plaats", how="left", maintain_order="left")
    return findings.hstack(whole.drop("plaats")), decisions


def weigh_few(few: pl.DataFrame, total: int, day: date, book: RuleBook, given: Given) -> tuple[pl.DataFrame, Decisions]:
    """The `concerned` findings, of `total` in all, with the columns of `apply`; and what became of all decisions.

    in_zaak is how many findings the case of a finding has.
    """
    applied, decisions = decide(few, given, day, total - few.height)
    stands = applied.filter(pl.col("besluit").is_not_null() & pl.col("heropend_omdat").is_null())
    whole = stands.group_by("zaak").agg(pl.len() == pl.col("in_zaak").first()).select(pl.exclude("zaak").sum()).item()
    serious_ones = stands.select(serious(book.rules).sum()).item()
    return applied, replace(decisions, settled=int(serious_ones), settled_cases=int(whole))


def decide(findings: pl.DataFrame, given: Given, day: date, others: int = 0) -> tuple[pl.DataFrame, Decisions]:
    """Findings with the columns of `apply`, and what became of all decisions; UserError where two contradict.

    `others` are findings that no decision is about.
    """
    fresh = settle(findings, given)
    known = pl.concat([given.earlier, fresh.select(SCHEMA.names())])
    kept = _with_basis(known, findings)
    applied = apply(findings, kept, day)
    return applied, _summed(applied, kept, given, fresh, others)


def _with_basis(kept: pl.DataFrame, findings: pl.DataFrame) -> pl.DataFrame:
    """Decisions with what their signal rests on now, where the decision does not say what it was."""
    now = findings.select(*KEY, _kenmerk="kenmerk", _feiten="feiten")
    joined = kept.join(now, on=KEY, how="left", maintain_order="left")
    mark = pl.coalesce("kenmerk", "_kenmerk")
    facts = pl.coalesce("feiten", pl.when(mark == pl.col("_kenmerk")).then("_feiten"))
    return joined.with_columns(kenmerk=mark, feiten=facts).select(SCHEMA.names())


def apply(findings: pl.DataFrame, decisions: pl.DataFrame, day: date) -> pl.DataFrame:
    """Findings with the last decision on each (the columns SAID) and what that means on the reference date `day`.

    Also added: heropend_omdat (why the signal asks for a look again, in words; null while the decision stands),
    verlopen (the decision ran out) and beoordeling (the two in a few words). `decisions` are in the order of LEDGER:
    the last by datum counts, and of one day the last in the file.
    """
    joined = findings.join(_last(decisions), on=KEY, how="left", maintain_order="left").with_row_index("_row")
    changed = joined.filter((pl.col("_kenmerk") != pl.col("kenmerk")).fill_null(value=False))
    why = joined.join(_differences(changed), on="_row", how="left", maintain_order="left")
    over = (pl.col("geldig_tot") < day).fill_null(value=False)
    ran_out = pl.when(over).then(_in_words(_("het besluit gold tot en met {dag}"), dag="geldig_tot"))
    status = pl.col("besluit").replace_strict({status: label(status) for status in STATUSES}, default=None)
    reopened = pl.concat_str(pl.lit(_("heropend") + ": "), "heropend_omdat")
    stands = pl.concat_str(status, pl.lit(" ("), pl.col("datum").dt.strftime("%d-%m-%Y"), pl.lit(")"))
    return (
        why.with_columns(
            verlopen=over,
            heropend_omdat=pl.concat_str(ran_out, "_anders", separator="; ", ignore_nulls=True).replace("", None),
        )
        .with_columns(beoordeling=pl.coalesce(reopened, stands))
        .drop("_row", "_kenmerk", "_feiten", "_anders")
    )


def _last(decisions: pl.DataFrame) -> pl.DataFrame:
    """The decision that counts, per signal: SAID, with the mark and the facts of then."""
    signals = decisions.drop_nulls(KEY).sort("datum", maintain_order=True)
    last = signals.unique(KEY, keep="last", maintain_order=True)
    return last.select(*KEY, *SAID, _kenmerk="kenmerk", _feiten="feiten")


def _differences(changed: pl.DataFrame) -> pl.DataFrame:
    """Per row (_row) which of the facts that both have is another (_anders, in words); nothing where none is.

    A fact that only one of them has, is one that a rule began or stopped to look at: that says nothing of the signal.
    """
    told = changed.with_columns(alike("feiten", "_feiten"), alike("_feiten", "feiten"))
    now, then = _facts(told, "feiten"), _facts(told, "_feiten").rename({"value": "then"})
    both = now.join(then, on=["_row", "name"]).filter(pl.col("value") != pl.col("then"))
    words = _in_words(_("{naam} was {toen}, nu {nu}"), naam="name", toen="then", nu="value")
    named = both.sort("_row", "name").group_by("_row", maintain_order=True).agg(words.str.join("; ").alias("_anders"))
    unsaid = changed.filter(pl.col("_feiten").is_null()).select("_row", _anders=pl.lit(_("de feiten veranderden")))
    return pl.concat([named, unsaid])


def _facts(rows: pl.DataFrame, name: str) -> pl.DataFrame:
    """The facts of every row, one by one: _row, name, value."""
    one = rows.select("_row", fact=pl.col(name).str.split("; ")).explode("fact").drop_nulls("fact")
    parts = pl.col("fact").str.splitn(": ", 2).struct
    value = parts.field("field_1").replace(EMPTY, _("leeg"))
    return one.select("_row", name=parts.field("field_0"), value=value)


def _in_words(text: str, **holes: str) -> pl.Expr:
    """A sentence filled from columns; days as dd-mm-jjjj."""
    days = {"geldig_tot"}
    filled = {
        hole: pl.col(name).dt.strftime("%d-%m-%Y") if name in days else pl.col(name) for hole, name in holes.items()
    }
    return sentence(text, filled, dict.fromkeys(holes, pl.String()))


def _summed(applied: pl.DataFrame, kept: pl.DataFrame, given: Given, fresh: pl.DataFrame, others: int) -> Decisions:
    """What became of the decisions."""
    again = pl.col("heropend_omdat").is_not_null()
    now = pl.when("verlopen").then(pl.lit(EXPIRED)).when(again).then(pl.lit(CHANGED)).otherwise(pl.col("besluit"))
    found = applied.select(now.fill_null(OPEN).alias("now"))["now"].value_counts()
    counted = dict(found.rows())
    counted[OPEN] = counted.get(OPEN, 0) + others
    here = fresh.join(applied, on=KEY, how="semi")
    return Decisions(
        kept,
        {name: counted.get(name, 0) for name in (OPEN, *STATUSES, CHANGED, EXPIRED)},
        applied.filter(again).select("zaak", *KEY, "besluit", "datum", "heropend_omdat"),
        fresh.join(applied, on=KEY, how="anti"),
        here.join(_last(kept), on=SAME, how="anti", nulls_equal=True),
        _last(given.earlier).join(applied, on=KEY, how="anti").drop("_kenmerk", "_feiten"),
        given.files,
        kept.join(applied, on=KEY, how="anti").unique(["zaak", *KEY], keep="last").sort("zaak", *KEY),
    )


def open_signals(audited: Audited) -> int:
    """Number of findings with norm wet or beleid on which nobody decided, or that were reopened."""
    return audited.sums.serious - (audited.decisions.settled if audited.decisions else 0)
