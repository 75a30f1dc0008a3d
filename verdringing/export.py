"""Findings, verdicts and rejected rows as files: CSV that Excel opens well, Parquet, a folder that appears whole."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import mkdtemp
from typing import BinaryIO

import polars as pl

from verdringing import findings_json, reported
from verdringing.audited import Audited
from verdringing.cases import FINDING_COLUMNS, in_full
from verdringing.deciding.kept import LEDGER, SAMPLES
from verdringing.distinct import days_as_text
from verdringing.errors import Mistake, UserError
from verdringing.judge import rule_key
from verdringing.privacy import shielded
from verdringing.reading import paths
from verdringing.record import VERDICTS
from verdringing.rule import Rule
from verdringing.sentences import in_cell, in_words
from verdringing.words import _

DAY = "%d-%m-%Y"
MARKER = "verantwoording.json"
NAME, REJECTED, WARNINGS = "bevindingen.csv", "afgekeurd.csv", "waarschuwingen.csv"
PIECE = 50_000
"""Rows that are made ready and written at once, so that memory does not grow with the findings."""

ROW_GROUP = 100_000
_WITHOUT_BSN = ("zaak", "plaatsing_id", "kandidaat_id", "bestand", "kenmerk", "populatie")
_OF_RULES = ("norm", "vraag", "grondslag")


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
    write_findings(audited, folder, [audited.cases], _in_full(audited))
    write_csv(audited.intake.rejected, folder / REJECTED)
    write_csv(audited.warnings, folder / WARNINGS)
    write_verdicts(named_verdicts(audited.judgement.verdicts, audited.placements).lazy(), folder)
    write_decisions(audited, folder)
    if audited.order.worklist:
        write_worklist(audited, audited.findings, folder)


def _in_full(audited: Audited) -> Iterator[pl.DataFrame]:
    """All findings with what they say of their placement and case, which is looked up as they are written."""
    for piece in _pieces([audited.findings]):
        yield in_full(piece, audited.placements, audited.cases)


def write_worklist(audited: Audited, findings: pl.DataFrame, folder: Path) -> None:
    """Write werklijst.xlsx."""
    from verdringing.deciding import worklist

    words = [*_rule_words(audited.book.rules), _with_aliases()]
    drawn = audited.sampled.rows if audited.sampled else None
    worklist.write(findings, folder / worklist.NAME, words, drawn)


def write_findings(
    audited: Audited, folder: Path, cases: Iterable[pl.DataFrame], findings: Iterable[pl.DataFrame]
) -> None:
    """Write bevindingen.csv and bevindingen.json piece by piece, each text looked through once for both.

    `cases` and `findings` come in the order of the report; one frame of each at least.
    """
    words = _rule_words(audited.book.rules, _in_table)
    objects = findings_json.writing(audited, folder / findings_json.NAME, cases)
    with (folder / NAME).open("wb") as table, objects as add:
        for piece in _pieces(findings):
            told = _told(piece, words)  # each text is looked through once for both files
            add(told)
            _add_rows(
                told.select_seq(
                    pl.col(name) if name in _OF_RULES else _cell(name, told.schema[name]) for name in FINDING_COLUMNS
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
    return whole.with_columns_seq(map(_text, texts))


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
        if order.out.resolve() in returned.resolve().parents and returned.name not in (LEDGER, SAMPLES):
            shutil.copyfile(returned, folder / f"ingeleverd-{returned.name.removeprefix('ingeleverd-')}")


def write_rejected(rejected: pl.DataFrame, target: Path) -> Path:
    """Write the rejected rows beside the folder `target`, in which no report will stand; return where they are."""
    path = target.with_name(f"{target.name}-afgekeurd.csv")
    try:
        write_csv(rejected, path)
    except OSError as error:
        raise UserError(Mistake(str(path), _("hier is niet te schrijven ({reden})", reden=error.strerror))) from None
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


def write_csv(frame: pl.DataFrame, path: Path) -> None:
    """Write `;`, UTF-8 with BOM, CRLF, decimal comma, dates as dd-mm-jjjj, formulas defused; in pieces when large."""
    write_frames([frame], path)


def write_frames(frames: Iterable[pl.DataFrame], path: Path) -> None:
    """The same for a table in frames, one at least, all with the same columns."""
    with path.open("wb") as table:
        for part in _pieces(frames):
            texts = [_text(name) for name, kind in part.schema.items() if kind == pl.String]
            cells = [_cell(name, kind) for name, kind in part.schema.items()]
            _add_rows(part.with_columns_seq(texts).select_seq(cells), table)


def _pieces(frames: Iterable[pl.DataFrame], most: int = PIECE) -> Iterator[pl.DataFrame]:
    """Parts of at most so many rows; of an empty frame one, for its head."""
    for frame in frames:
        yield from frame.iter_slices(most) if frame.height > most else [frame]


def _add_rows(cells: pl.DataFrame, table: BinaryIO) -> None:
    for part in _pieces([days_as_text(cells, DAY)], findings_json.PIECE):
        first, text = table.tell() == 0, BytesIO()
        part.write_csv(
            text,
            separator=";",
            include_bom=first,
            include_header=first,
            line_terminator="\r\n",
            date_format=DAY,
        )
        table.write(text.getbuffer())


def _text(name: str) -> pl.Expr:
    """A text without a BSN; numbers of placements and cases are known to hold none."""
    return pl.col(name) if name in _WITHOUT_BSN else shielded(pl.col(name))


def _cell(name: str, kind: pl.DataType) -> pl.Expr:
    """A value as a table shows it; days are written in words at the very end."""
    if kind.is_integer() or kind == pl.Date:
        return pl.col(name)
    if isinstance(kind, pl.Enum):
        words = pl.Series(kind.categories).to_frame("word").select(in_words(pl.col("word"), kind)).to_series()
        return pl.lit(words).gather(pl.col(name).to_physical()).alias(name)
    return _defused(pl.col(name) if kind == pl.String else in_cell(pl.col(name), kind).cast(pl.String)).alias(name)


def _in_table(name: str) -> pl.Expr:
    """A text of a rule as a table shows it."""
    return _defused(shielded(pl.col(name)))


def _defused(text: pl.Expr) -> pl.Expr:
    """Put an apostrophe before what a spreadsheet would run as a formula."""
    return text.map_batches(_defuse, return_dtype=pl.String, is_elementwise=True)


def _defuse(texts: pl.Series) -> pl.Series:
    formulas = texts.str.contains(r"^\s*[=+\-@\t\r]")
    return ("'" + texts).zip_with(formulas, texts) if formulas.any() else texts


def write_verdicts(verdicts: pl.LazyFrame, folder: Path) -> None:
    """Write `named_verdicts`, in row groups of one size: the same verdicts give the same bytes."""
    verdicts.sink_parquet(folder / reported.VERDICTS, row_group_size=ROW_GROUP)


def named_verdicts(verdicts: pl.DataFrame, placements: pl.DataFrame) -> pl.DataFrame:
    """The verdicts of a Judgement with plaatsing_id for nr, and with the names of VERDICTS for their places."""
    rules = [name for name in verdicts.columns if name != "nr"]
    named = verdicts.join(placements.select("nr", "plaatsing_id"), on="nr", how="left", maintain_order="left")
    return named.select("plaatsing_id", pl.col(rules).cat.to(pl.Enum(VERDICTS)))
