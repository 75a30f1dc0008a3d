"""Findings, verdicts, rejected rows and decisions as the files of a report, beside its page and its account."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import polars as pl

from verdringing import besides, findings_json, reported
from verdringing.audited import Audited
from verdringing.cases import FINDING_COLUMNS, in_full
from verdringing.deciding.kept import LEDGER, SAMPLES
from verdringing.disk import real, unwritable
from verdringing.judge import rule_key
from verdringing.privacy.shield import shielded
from verdringing.reading import paths
from verdringing.record import VERDICTS
from verdringing.rule import Rule
from verdringing.tables import PIECE, add_rows, cell, defused, pieces, safe, write_csv
from verdringing.words import _

NAME, REJECTED, WARNINGS = "bevindingen.csv", "afgekeurd.csv", "waarschuwingen.csv"
ROW_GROUP = 100_000
MARKED = 5_000
"""Findings whose marks are made at once: their facts take more memory than they do."""

_OF_RULES = ("norm", "vraag", "grondslag")


def write_all(audited: Audited, folder: Path) -> None:
    """Write every file of the report but the page itself and the account of it all."""
    write_findings(audited, folder, [audited.cases], _in_full(audited))
    write_csv(audited.intake.rejected, folder / REJECTED)
    write_csv(audited.warnings, folder / WARNINGS)
    write_verdicts(named_verdicts(audited.judgement.verdicts, audited.placements).lazy(), folder)
    write_decisions(audited, folder)
    if audited.order.worklist:
        marked = (besides.marked(some, audited.placements, audited.book) for some in _in_full(audited, MARKED))
        write_worklist(audited, marked, folder)


def _in_full(audited: Audited, most: int = PIECE) -> Iterator[pl.DataFrame]:
    """All findings with what they say of their placement and case, looked up for `most` at once as they are written."""
    for piece in pieces([audited.findings], most):
        yield in_full(piece, audited.placements, audited.cases)


def write_worklist(audited: Audited, findings: Iterable[pl.DataFrame], folder: Path) -> None:
    """Write werklijst.xlsx; `findings` come in the order of the report, with their marks."""
    from verdringing.deciding import worklist

    words = [*_rule_words(audited.book.rules), _with_aliases()]
    drawn = audited.sampled.rows if audited.sampled else None
    worklist.write(findings, audited.sums.findings, folder / worklist.NAME, words, drawn)


def write_findings(
    audited: Audited, folder: Path, cases: Iterable[pl.DataFrame], findings: Iterable[pl.DataFrame]
) -> None:
    """Write bevindingen.csv and bevindingen.json piece by piece, each text looked through once for both.

    `cases` and `findings` come in the order of the report; one frame of each at least.
    """
    words = _rule_words(audited.book.rules, _in_table)
    objects = findings_json.writing(audited, folder / findings_json.NAME, cases)
    with (folder / NAME).open("wb") as table, objects as add:
        for piece in pieces(findings):
            told = _told(piece, words)  # each text is looked through once for both files
            add(told)
            add_rows(
                told.select_seq(
                    pl.col(name) if name in _OF_RULES else cell(name, told.schema[name]) for name in FINDING_COLUMNS
                ),
                table,
            )


def _told(findings: pl.DataFrame, words: Sequence[pl.Expr]) -> pl.DataFrame:
    """FINDING_COLUMNS and variant of findings, without a BSN; `words` are those of their rules, for a table."""
    more = [*words]
    if "beoordeling" not in findings.columns:
        more.append(pl.lit(None, pl.String).alias("beoordeling"))
    if findings["aliassen"].count():
        more.append(_with_aliases())
    whole = findings.with_columns_seq(more).select(*FINDING_COLUMNS, "variant")
    texts = (name for name, kind in whole.schema.items() if kind == pl.String and name not in _OF_RULES)
    return whole.with_columns_seq(map(safe, texts))


def write_decisions(audited: Audited, folder: Path) -> None:
    """Write all decisions and outcomes, or those of the old report where none were taken up; keep a list from there."""
    order, decided, sampled = audited.order, audited.decisions, audited.sampled
    now = {LEDGER: decided.kept if decided else None, SAMPLES: sampled.kept if sampled else None}
    for name, kept in now.items():
        if kept is not None and kept.height:
            write_csv(kept, folder / name)
        elif (order.out / name).is_file():
            shutil.copyfile(order.out / name, folder / name)
    if order.decisions is not None:
        returned = paths.given(order.decisions).path
        if real(order.out) in real(returned).parents and returned.name not in (LEDGER, SAMPLES):
            shutil.copyfile(returned, folder / f"ingeleverd-{returned.name.removeprefix('ingeleverd-')}")


def write_rejected(rejected: pl.DataFrame, target: Path) -> Path:
    """Write the rejected rows beside the folder `target`, in which no report will stand; return where they are."""
    path = target.with_name(f"{target.name}-afgekeurd.csv")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_csv(rejected, path)
    except OSError as error:
        raise unwritable(error, path) from None
    return path


def _rule_words(rules: Sequence[Rule], form: Callable[[str], pl.Expr] = pl.col) -> list[pl.Expr]:
    """Columns that depend on the rule alone: norm, titel, vraag, grondslag; `form` makes a column of them once."""
    words = pl.DataFrame(
        {
            "norm": [rule.file.norm for rule in rules],
            "titel": [rule.say("titel") for rule in rules],
            "vraag": [rule.say("vraag") for rule in rules],
            "grondslag": ["; ".join(map(str, rule.file.grondslag)) for rule in rules],
        },
        schema=dict.fromkeys(("norm", "titel", "vraag", "grondslag"), pl.String),
    ).select(form(name) for name in ("norm", "titel", "vraag", "grondslag"))
    keys = [rule.key for rule in rules]
    place = rule_key(keys).cast(pl.Enum(keys)).to_physical()
    return [pl.lit(said).gather(place).alias(said.name) for said in words]


def _with_aliases() -> pl.Expr:
    """The sentence of a finding, and which names a person joined where that touches it."""
    joined = pl.concat_str("toelichting", pl.lit(" " + _("Samengevoegde namen:") + " "), "aliassen", pl.lit("."))
    return pl.coalesce(joined, "toelichting").alias("toelichting")


def _in_table(name: str) -> pl.Expr:
    """A text of a rule as a table shows it."""
    return defused(shielded(pl.col(name)))


def write_verdicts(verdicts: pl.LazyFrame, folder: Path) -> None:
    """Write `named_verdicts`, in row groups of one size: the same verdicts give the same bytes."""
    verdicts.sink_parquet(folder / reported.VERDICTS, row_group_size=ROW_GROUP)


def named_verdicts(verdicts: pl.DataFrame, placements: pl.DataFrame) -> pl.DataFrame:
    """The verdicts of a Judgement with plaatsing_id for nr, and with the names of VERDICTS for their places."""
    rules = [name for name in verdicts.columns if name != "nr"]
    named = verdicts.join(placements.select("nr", "plaatsing_id"), on="nr", how="left", maintain_order="left")
    return named.select("plaatsing_id", pl.col(rules).cat.to(pl.Enum(VERDICTS)))
