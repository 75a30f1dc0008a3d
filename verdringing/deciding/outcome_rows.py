"""Rows with an outcome of a sample: what stands in them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import polars as pl

from verdringing.deciding.kept import SAMPLES, put_together
from verdringing.deciding.outcomes import KNOWN, OUTCOMES, SAID, SCHEMA, VERDICTS, in_words, with_marks
from verdringing.deciding.said import as_text, missing, no_day, row_at
from verdringing.errors import Mistake, nearest
from verdringing.privacy.shield import shielded
from verdringing.reading.table import Table
from verdringing.values import READERS
from verdringing.words import _

_WORDS = {word: outcome for outcome, english in OUTCOMES.items() for word in (outcome, english)}
_KINDS = {word: kind for kind, english in VERDICTS.items() for word in (kind.replace("_", " "), english)}


def gathered(
    lists: Mapping[str, Table], ledgers: Mapping[str, Table], today: date
) -> tuple[pl.DataFrame, list[Mistake]]:
    """All outcomes (SCHEMA) of the lists that came back and of the files with earlier ones, by where they are.

    Earlier ones stand first, as they stood; and every mistake. `today` is the last day an outcome can be of.
    """
    old = {where: checked(table, where) for where, table in ledgers.items()}
    new = {where: checked(table, where, today) for where, table in lists.items()}
    mistakes = [mistake for _rows, wrong in (*old.values(), *new.values()) for mistake in wrong]
    kept = put_together(SCHEMA, (rows for rows, _wrong in old.values()))
    fresh = pl.concat([pl.DataFrame(schema={**SCHEMA, "waar": pl.String}), *(rows for rows, _wrong in new.values())])
    mistakes += _contradictions(fresh)
    if kept.is_empty():
        mistakes += [_history_lost(where) for where, table in lists.items() if _had_outcomes(table)]
    once = fresh.drop("waar").unique(["kenmerk", *SAID], keep="first", maintain_order=True)
    added = once.join(kept, on=["kenmerk", *SAID], how="anti", nulls_equal=True)
    return pl.concat([kept, added]), mistakes


def checked(table: Table, where: str, today: date | None = None) -> tuple[pl.DataFrame, list[Mistake]]:
    """The rows in which something was filled in (SCHEMA and waar, their place), and every mistake in them."""
    mistakes = [Mistake(row_at(where, row["rij"]), row["reden"]) for row in table.broken.to_dicts()]
    # without any one of them nobody can tell what was drawn, or what came of it
    mistakes += missing(table, where, SCHEMA.names(), needed=SCHEMA.names())
    text = as_text(table, KNOWN).filter(pl.any_horizontal(pl.col(*SAID).is_not_null()))
    typed = text.with_columns(
        _one_word("uitkomst", _WORDS),
        _one_word("oordeel", _KINDS),
        pl.col("nummer").str.replace(r"\.0+$", ""),
        READERS["date"](pl.col("datum")),
        READERS["date"](pl.col("peildatum")),
        waar=pl.Series([row_at(where, row) for row in text["rij"]], dtype=pl.String),
    )
    if not any(mistake.where == where for mistake in mistakes):
        mistakes += _mistakes(text, typed, where, today)
    return typed.select(*SCHEMA.names(), "waar"), mistakes


def _one_word(name: str, words: Mapping[str, str]) -> pl.Expr:
    plain = pl.col(name).str.to_lowercase().str.replace_all(r"[\s_]+", " ")
    return plain.replace_strict(words, default=None, return_dtype=pl.String)


def _mistakes(text: pl.DataFrame, typed: pl.DataFrame, where: str, today: date | None) -> list[Mistake]:
    """Every mistake in every row, by row."""
    marked = with_marks(typed)["kenmerk"]
    read = text.with_columns(outcome=typed["uitkomst"], day=typed["datum"], seen=typed["peildatum"], mark=marked)
    found = [
        (row, Mistake(row_at(where, row), said))
        for said, wrong in _wrong(today).items()
        for row in read.filter(wrong)["rij"]
    ]
    unknown = read.filter(pl.col("outcome").is_null() & pl.col("uitkomst").is_not_null())
    for row, word in unknown.select("rij", "uitkomst").rows():
        found.append((row, Mistake(row_at(where, row), _("onbekende uitkomst"), _meant(word))))
    return [mistake for _row, mistake in sorted(found, key=lambda one: one[0])]


def _wrong(today: date | None) -> dict[str, pl.Expr]:
    """Sentence → rows of which it is true, over text and what was read of it."""
    day, outcome = pl.col("day"), pl.col("outcome")
    wrong = {
        _("'{naam}' is niet ingevuld", naam=name): pl.col(name).is_null() for name in ("uitkomst", "door", "datum")
    }
    wrong |= {
        no_day("datum"): day.is_null() & pl.col("datum").is_not_null(),
        _("schrijf in 'toelichting' waarom"): (outcome != "klopt") & pl.col("toelichting").is_null(),
        _("deze rij is niet meer zoals hij is getrokken; neem de witte kolommen over van de lijst"): pl.col(
            "seen"
        ).is_null()
        | pl.col("mark").is_null()
        | pl.col("mark").ne_missing(pl.col("kenmerk").str.to_lowercase()),
    }
    if today is not None:
        wrong[_("'datum' ligt in de toekomst")] = day > today
    for name in ("toelichting", "door"):
        bsn = _("in '{naam}' staat een getal dat een burgerservicenummer kan zijn; haal het weg", naam=name)
        wrong[bsn] = shielded(pl.col(name)) != pl.col(name)
    return wrong


def _meant(word: str) -> str:
    near = nearest(word, _WORDS)
    if near:
        return _("Bedoelde u '{naam}'?", naam=in_words(_WORDS[near]))
    return _("Kies uit: {keuzes}.", keuzes=", ".join(map(in_words, OUTCOMES)))


def _contradictions(fresh: pl.DataFrame) -> list[Mistake]:
    """Rows that say another thing of one verdict on one day."""
    distinct = fresh.unique(["kenmerk", *SAID], keep="first", maintain_order=True)
    groups = distinct.drop_nulls(["kenmerk", "datum"]).group_by("kenmerk", "datum", maintain_order=True)
    pairs = groups.agg(pl.col("waar").first(), other=pl.col("waar").get(1, null_on_oob=True)).drop_nulls("other")
    what, hint = _("op dezelfde dag staat een andere uitkomst in: {rij}"), _("Laat een van de twee staan.")
    return [Mistake(one, what.format(rij=other), hint) for one, other in pairs.select("waar", "other").rows()]


def _had_outcomes(table: Table) -> bool:
    return "eerder" in table.frame.columns and bool((table.frame["eerder"].fill_null("") != "").any())


def _history_lost(where: str) -> Mistake:
    what = _("op deze lijst staan eerdere uitkomsten, maar het bestand {naam} is er niet bij", naam=SAMPLES)
    return Mistake(where, what, _("Leg {naam} uit de map van dat rapport naast de lijst.", naam=SAMPLES))
