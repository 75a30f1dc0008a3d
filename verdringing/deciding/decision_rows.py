"""Rows with a decision: what stands in them, and what is wrong with them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date

import polars as pl

from verdringing.deciding.said import as_text, missing, no_day, row_at
from verdringing.errors import Mistake
from verdringing.privacy.shield import shielded
from verdringing.reading.table import Table
from verdringing.record import BY_NAME
from verdringing.values import READERS, means_empty
from verdringing.words import _, language

STATUSES: Mapping[str, str] = {
    "in onderzoek": "under review",
    "terecht": "confirmed",
    "verklaard": "explained",
    "niet terecht": "unfounded",
}
"""What can be decided, in Dutch (as it is kept) and in English; a list may use either."""

ENDING = ("verklaard", "niet terecht")
"""Decisions after which a signal asks for nothing; with the others it is being looked at, or something must be done."""

SAID = ("besluit", "reden", "verwijzing", "door", "datum", "geldig_tot", "tweede_persoon")
"""What a person fills in."""

SCHEMA = pl.Schema(
    {
        "zaak": pl.String,
        "plaatsing_id": pl.String,
        "regel": pl.String,
        "besluit": pl.String,
        "reden": pl.String,
        "verwijzing": pl.String,
        "door": pl.String,
        "datum": pl.Date,
        "geldig_tot": pl.Date,
        "tweede_persoon": pl.String,
        "over": pl.String,
        "kenmerk": pl.String,
        "feiten": pl.String,
    }
)
"""A decision as it is kept. regel is empty for a whole case; over is zaak or signaal; see fingerprint for the rest."""

LISTED = pl.Schema(dict.fromkeys(("zaak", "plaatsing_id", "regel", "kenmerk", "feiten", "beoordeling"), pl.String))
"""A signal on a list that came back; beoordeling is what had been decided before."""

KNOWN = (*SCHEMA, "beoordeling")
_NEEDED = ("besluit", "reden", "door", "datum")
_FREE = ("reden", "verwijzing", "door", "tweede_persoon")
_DATES = {"datum": "date", "geldig_tot": "einddatum"}
_WORDS = {word: status for status, english in STATUSES.items() for word in (status, english)}


def label(status: str) -> str:
    """A status in the language of the run."""
    return STATUSES[status] if language() == "en" else status


def listed(table: Table) -> pl.DataFrame:
    """Every signal on a list (LISTED), decided upon or not."""
    return as_text(table, KNOWN).select(LISTED.names()).drop_nulls(["plaatsing_id", "regel"])


def checked(
    table: Table, where: str, today: date | None = None, second_person: bool = False
) -> tuple[pl.DataFrame, list[Mistake]]:
    """The rows in which something was filled in (SCHEMA and waar, their place), and every mistake in them.

    `today` is given for new decisions: none can be of a later day, and on a list the user may have changed columns.
    """
    mistakes = [Mistake(row_at(where, row["rij"]), row["reden"]) for row in table.broken.to_dicts()]
    mistakes += _columns(table, where)
    text = as_text(table, KNOWN).filter(pl.any_horizontal(pl.col(*SAID).is_not_null()))
    status = pl.col("besluit").str.to_lowercase().str.replace_all(r"[\s_]+", " ")
    days = [READERS[kind](pl.col(name)) for name, kind in _DATES.items()]
    typed = text.with_columns(status.replace_strict(_WORDS, default=None, return_dtype=pl.String), *days)
    wrong = _wrong(table.frame.columns, today, second_person)
    mistakes += _mistakes(text, typed, where, wrong)
    waar = [row_at(where, row) for row in text["rij"]]
    over = pl.coalesce("over", pl.when(pl.col("regel").is_null()).then(pl.lit("zaak")).otherwise(pl.lit("signaal")))
    rows = typed.with_columns(over.alias("over"), pl.Series("waar", waar, dtype=pl.String))
    return rows.select(*SCHEMA.names(), "waar"), mistakes


def _columns(table: Table, where: str) -> Iterator[Mistake]:
    """A column that is needed, or that seems to be one of ours under another name; other columns are the user's own."""
    has = table.frame.columns
    yield from missing(table, where, SAID, needed=_NEEDED)
    if "zaak" not in has and not {"plaatsing_id", "regel"} <= set(has):
        yield Mistake(where, _("er is geen kolom 'zaak', en ook niet 'plaatsing_id' en 'regel' samen"))


def _mistakes(text: pl.DataFrame, typed: pl.DataFrame, where: str, wrong: Mapping[str, pl.Expr]) -> list[Mistake]:
    """Every mistake in every row, by row."""
    read = text.with_columns(status=typed["besluit"], day=typed["datum"], until=typed["geldig_tot"])
    found = [
        (row, Mistake(row_at(where, row), sentence))
        for sentence, rows in wrong.items()
        for row in read.filter(rows)["rij"]
    ]
    unknown = read.filter(pl.col("status").is_null() & pl.col("besluit").is_not_null())
    # never the nearest word: 'onterecht' is near 'terecht', and means the opposite
    choices = _("Kies uit: {keuzes}.", keuzes=", ".join(map(label, STATUSES)))
    found += [(row, Mistake(row_at(where, row), _("onbekend besluit"), choices)) for row in unknown["rij"]]
    return [mistake for _row, mistake in sorted(found, key=lambda one: one[0])]


def _wrong(has: Sequence[str], today: date | None, second_person: bool) -> dict[str, pl.Expr]:
    """Sentence → rows of which it is true, over text and what was read of it: day of datum, until of geldig_tot.

    `has` are the columns of the file: one that is not there is missed once, not in every row.
    """
    day, until = pl.col("day"), pl.col("until")
    same = pl.col("tweede_persoon").str.to_lowercase() == pl.col("door").str.to_lowercase()
    wrong = {_("'{naam}' is niet ingevuld", naam=name): pl.col(name).is_null() for name in _NEEDED if name in has}
    wrong |= {
        no_day("datum"): day.is_null() & pl.col("datum").is_not_null(),
        no_day("geldig_tot"): until.is_null() & ~means_empty(BY_NAME["einddatum"], pl.col("geldig_tot")),
        _("'geldig_tot' ligt voor 'datum'"): until < day,
        _("'door' en 'tweede_persoon' zijn dezelfde"): same,
        _("vul 'zaak' in, of 'plaatsing_id' en 'regel' samen"): pl.when(pl.col("regel").is_null())
        .then(pl.col("zaak").is_null())
        .otherwise(pl.col("plaatsing_id").is_null()),
        _("'kenmerk' is beschadigd; neem het over van de werklijst"): ~pl.col("kenmerk").str.contains(
            "^k[0-9a-f]{12}$"
        ),
    }
    if today is not None:
        wrong[_("'datum' ligt in de toekomst")] = day > today
    if second_person:
        wrong[_("'{naam}' is niet ingevuld", naam="tweede_persoon")] = pl.col("tweede_persoon").is_null()
    for name in _FREE:
        bsn = _("in '{naam}' staat een getal dat een burgerservicenummer kan zijn; haal het weg", naam=name)
        wrong[bsn] = shielded(pl.col(name)) != pl.col(name)
    return wrong
