"""Findings, verdicts and rejected rows as files: CSV that Excel opens well, Parquet, a folder that appears whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import mkdtemp

import polars as pl

from verdringing import findings_json, outcomes, paths
from verdringing.audited import Audited
from verdringing.cases import FINDING_COLUMNS
from verdringing.decisions import LEDGER
from verdringing.errors import Mistake, UserError
from verdringing.judge import rule_key
from verdringing.privacy import shielded
from verdringing.record import VERDICTS
from verdringing.rule import Rule
from verdringing.sentences import in_cell
from verdringing.words import _

MARKER = "verantwoording.json"
MANY = 20_000


@contextmanager
def whole_folder(target: Path, *, overwrite: bool) -> Iterator[Path]:
    """Give a folder beside `target` to write in; it takes the place of `target` at the end, or nothing changes.

    UserError when `target` cannot be written, holds a report and `overwrite` is off, or holds anything else.
    """
    _refuse(target, overwrite=overwrite)
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    except OSError as error:
        raise UserError(Mistake(str(target), _("hier is niet te schrijven ({reden})", reden=error.strerror))) from None
    try:
        yield beside
        beside.chmod(0o755)
        _put_in_place(beside, target)
    finally:
        shutil.rmtree(beside, ignore_errors=True)


def _put_in_place(beside: Path, target: Path) -> None:
    """Move the old report aside, the new one in, and only then throw the old one away."""
    old = beside.with_name(beside.name + ".oud")
    if target.exists():
        target.rename(old)
    try:
        beside.rename(target)
    except OSError:
        if old.exists():
            old.rename(target)
        raise
    shutil.rmtree(old, ignore_errors=True)


def _refuse(target: Path, *, overwrite: bool) -> None:
    if target.is_dir() and any(target.iterdir()):
        if not (target / MARKER).exists():
            raise UserError(
                Mistake(
                    str(target), _("deze map is niet leeg en bevat geen rapport"), _("Kies een andere map met --uit.")
                )
            )
        if not overwrite:
            hint = _("Kies een andere map met --uit, of gebruik --overschrijf.")
            raise UserError(Mistake(str(target), _("hier staat al een rapport"), hint))
    elif target.exists() and not target.is_dir():
        raise UserError(Mistake(str(target), _("dit is een bestand, geen map"), _("Kies een map met --uit.")))


def write_all(audited: Audited, folder: Path) -> None:
    """Write every file of the report but the page itself and the account of it all."""
    words = [*_rule_words(audited.book.rules), _with_aliases()]
    stand = [] if "beoordeling" in audited.findings.columns else [pl.lit(None, pl.String).alias("beoordeling")]
    write_csv(audited.findings, folder / "bevindingen.csv", [*words, *stand], FINDING_COLUMNS)
    findings_json.write(audited, audited.findings.lazy().with_columns(*words, *stand), folder / "bevindingen.json")
    write_csv(audited.intake.rejected, folder / "afgekeurd.csv")
    write_csv(audited.warnings, folder / "waarschuwingen.csv")
    write_verdicts(audited.judgement.verdicts, audited.placements, folder / "oordelen.parquet")
    _write_decisions(audited, folder)
    if audited.order.worklist:
        from verdringing import worklist

        drawn = audited.sampled.rows if audited.sampled else None
        worklist.write(audited.findings, folder / worklist.NAME, words, drawn)


def _write_decisions(audited: Audited, folder: Path) -> None:
    """Write all decisions and outcomes, or those of the old report where none were taken up; keep a list from there."""
    order, decided, sampled = audited.order, audited.decisions, audited.sampled
    now = {LEDGER: decided.kept if decided else None, outcomes.KEPT: sampled.kept if sampled else None}
    for name, kept in now.items():
        if kept is not None and kept.height:
            write_csv(kept, folder / name)
        elif (order.out / name).is_file():
            shutil.copyfile(order.out / name, folder / name)
    if order.decisions is not None:
        returned = paths.given(order.decisions).path
        if order.out.resolve() in returned.resolve().parents and returned.name not in (LEDGER, outcomes.KEPT):
            shutil.copyfile(returned, folder / f"ingeleverd-{returned.name.removeprefix('ingeleverd-')}")


def write_rejected(rejected: pl.DataFrame, target: Path) -> Path:
    """Write the rejected rows beside the folder `target`, in which no report will stand; return where they are."""
    path = target.with_name(f"{target.name}-afgekeurd.csv")
    try:
        write_csv(rejected, path)
    except OSError as error:
        raise UserError(Mistake(str(path), _("hier is niet te schrijven ({reden})", reden=error.strerror))) from None
    return path


def _rule_words(rules: Sequence[Rule]) -> list[pl.Expr]:
    """Columns that depend on the rule alone: norm, titel, vraag, grondslag."""
    words: dict[str, dict[str, str]] = {
        "norm": {rule.key: rule.file.norm for rule in rules},
        "titel": {rule.key: rule.say("titel") for rule in rules},
        "vraag": {rule.key: rule.say("vraag") for rule in rules},
        "grondslag": {rule.key: "; ".join(map(str, rule.file.grondslag)) for rule in rules},
    }
    key = rule_key(words["norm"])
    return [key.replace_strict(said, return_dtype=pl.String).alias(name) for name, said in words.items()]


def _with_aliases() -> pl.Expr:
    """The sentence of a finding, and which names a person joined where that touches it."""
    joined = pl.concat_str("toelichting", pl.lit(" " + _("Samengevoegde namen:") + " "), "aliassen", pl.lit("."))
    return pl.coalesce(joined, "toelichting").alias("toelichting")


def write_csv(
    frame: pl.DataFrame, path: Path, extra: Sequence[pl.Expr] = (), columns: Sequence[str] | None = None
) -> None:
    """Write `;`, UTF-8 with BOM, CRLF, decimal comma, dates as dd-mm-jjjj, formulas defused.

    `extra` are columns to add on the way, `columns` those to write; a large frame is written piece by piece.
    """
    whole = frame.lazy().with_columns(extra).select(columns or frame.columns)
    cells = [
        pl.col(name) if dtype.is_integer() else _defused(_cell(name, dtype)).alias(name)
        for name, dtype in whole.collect_schema().items()
    ]
    if frame.height < MANY:
        whole.select(cells).collect().write_csv(path, separator=";", include_bom=True, line_terminator="\r\n")
    else:
        whole.select(cells).sink_csv(path, separator=";", include_bom=True, line_terminator="\r\n")


def _cell(name: str, dtype: pl.DataType) -> pl.Expr:
    """A value in words, without a BSN; numbers of placements and cases and marks are known to hold none."""
    if dtype != pl.String or name in ("zaak", "plaatsing_id", "kandidaat_id", "bestand", "kenmerk", "populatie"):
        return in_cell(pl.col(name), dtype).cast(pl.String)
    return shielded(pl.col(name))


def _defused(text: pl.Expr) -> pl.Expr:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return pl.when(text.str.contains(r"^\s*[=+\-@\t\r]")).then(pl.concat_str(pl.lit("'"), text)).otherwise(text)


def write_verdicts(verdicts: pl.DataFrame, placements: pl.DataFrame, path: Path) -> None:
    """Write plaatsing_id and a column per rule with its verdict, one row per placement in scope, as Parquet."""
    named_verdicts(verdicts, placements).write_parquet(path)


def named_verdicts(verdicts: pl.DataFrame, placements: pl.DataFrame) -> pl.DataFrame:
    """The verdicts of a Judgement with plaatsing_id for nr, and with the names of VERDICTS for their places."""
    rules = [name for name in verdicts.columns if name != "nr"]
    named = verdicts.join(placements.select("nr", "plaatsing_id"), on="nr", how="left", maintain_order="left")
    return named.select("plaatsing_id", pl.col(rules).cat.to(pl.Enum(VERDICTS)))
