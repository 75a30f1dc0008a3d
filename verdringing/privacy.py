"""What need not be in the input and never gets out: sensitive columns, BSN as key, BSN inside a text."""

from __future__ import annotations

import hmac
import re
import secrets
import unicodedata
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

import polars as pl

from verdringing.distinct import per_distinct
from verdringing.errors import Mistake, UserError
from verdringing.record import header_name
from verdringing.values import PLACEHOLDERS
from verdringing.words import _

KEY_VARIABLE = "VERDRINGING_SLEUTEL"
SHORTEST_KEY = 16
MOST_VALUES = 2_000
WEIGHTS = (9, 8, 7, 6, 5, 4, 3, 2, -1)

_FIRM = re.compile(
    "werkgever|werkplek|werkadres|werklocatie|vestiging|bedrij[fv]|inlener|organisatie|bureau|functie|beroep|instrument"
    "|regeling|gemeente|project|traject|cao|sector|afdeling|locatie|opleiding|school|product|kvk"
)
"""Headers with such a word are about a firm or a thing: their name and address are nobody's own."""

_PERSON = "voor|achter|roep|familie|meisjes|geslachts|client(?:en)?|klant|kandidaat|deelnemer|persoons|partner"
_HEADERS: Mapping[str, re.Pattern[str]] = {
    kind: re.compile(pattern)
    for kind, pattern in {
        "bsn": r"(?:^|_)bsn|bsn(?:_|$)|burger_?service|(?:^|_)sofi",
        "geboortedatum": r"geboorte_?dat|(?:^|_)geb_?dat|(?:^|_)geboorte$|(?:^|_)geboren",
        "geboorteland": r"geboorte_?(?:land|plaats)",
        "nationaliteit": r"nationalit",
        "etniciteit": r"etni|afkomst|migratie_?achtergrond|(?:^|_)ras(?:_|$)",
        "religie": r"relig|godsdienst|levensbeschouw|(?:^|_)geloof",
        "geslacht": r"geslacht(?!s_?na)|sekse|gender",
        "gezondheid": r"gezondheid|diagnose|beperking|medisch|handicap|ziekte",
        "e_mail": r"e_?mail|(?:^|_)mail",
        "telefoon": r"telefoon|(?:^|_)tel(?:_|n|$)|(?:^|_)mobiel(?:_?n|$)|(?:^|_)gsm",
        "iban": r"iban|rekening_?n|bankrekening",
        "naam": rf"(?:{_PERSON})_?na(?:am|men)|voorletter|initialen|tussenvoegsel|contactpersoon",
        "adres": r"adres|post_?code|huis_?n(?:umme)?r|straat|woonplaats",
    }.items()
}

_DAY, _MONTH, _YEAR = "(?:0?[1-9]|[12][0-9]|3[01])", "(?:0?[1-9]|1[0-2])", "(?:19[3-9][0-9]|200[0-9]|201[0-2])"
_MIDNIGHT = "(?:[ T][0-9:.]+)?"
_BORN = rf"^(?:{_DAY}[-/]{_MONTH}[-/]{_YEAR}|{_YEAR}-{_MONTH}-{_DAY}){_MIDNIGHT}$|^{_YEAR}[01][0-9][0-3][0-9]$"
_CONTENT: Mapping[str, str] = {
    "e_mail": r"^[^@\s]+@[^@\s]+\.[^@\s.]{2,}$",
    "iban": r"(?i)^(?:NL[0-9]{2} ?[A-Z]{4} ?[0-9]{4} ?[0-9]{4} ?[0-9]{2}|BE[0-9]{2}(?: ?[0-9]{4}){3}"
    r"|DE[0-9]{2}(?: ?[0-9]{4}){4} ?[0-9]{2})$",
    # Ten digits with a leading zero can be a client number: without a separator only 06 is surely a telephone.
    "telefoon": r"^(?:\+|00)31[ -]?(?:\(0\))?(?:[ -]?[0-9]){9}$|^06(?:[ -]?[0-9]){8}$"
    r"|^(?:0[0-9]{2}[ -]+[0-9](?:[ -]?[0-9]){6}|0[0-9]{3}[ -]+[0-9](?:[ -]?[0-9]){5})$",
    "adres": r"^[1-9][0-9]{3} ?(?:[A-RT-Z][A-Z]|S[BCE-RT-Z])$",
    "geboortedatum": _BORN,
}

_MAYBE = r"[0-9](?:[. \u00a0\u202f-]?[0-9]){8}"
_EDGES = r"(?:^|[^0-9])(?:{})(?:[^0-9]|$)"
_SPACED = r"[0-9]{{2}}(?:(?:{0}{0})?[0-9]){{6}}[0-9]"
# Written for a text in which every other character stands twice, so that two numbers never share an edge. With hyphens
# only the two ways to write a BSN: 2025-12345 is a case number and 31-2-2025 10 is a moment.
_WRITTEN = tuple(
    _EDGES.format(form)
    for form in (
        "[0-9]{9}",
        _SPACED.format(r"\."),
        _SPACED.format(r"[ \u00a0\u202f]"),
        "[0-9]{4}--[0-9]{2}--[0-9]{3}|[0-9]{3}--[0-9]{3}--[0-9]{3}",
    )
)


@dataclass(frozen=True, slots=True)
class Sensitive:
    """A column that should not be supplied: its header, the kind, and whether its header or its content says so."""

    column: str
    kind: str
    by: Literal["kop", "inhoud"]

    def words(self) -> str:
        """The finding in a sentence with the advice; never a value."""
        kind = _kind_words(self.kind)
        if self.by == "kop":
            return _("Kolom '{kolom}' heet naar {soort}. Lever deze kolom niet aan.", kolom=self.column, soort=kind)
        return _("In kolom '{kolom}' staat zo te zien {soort}. Lever dat niet aan.", kolom=self.column, soort=kind)


@dataclass(frozen=True, slots=True)
class Key:
    """The secret of the pseudonyms, never printed or written; `lasting` is false for a key made for this run only."""

    secret: bytes = field(repr=False)
    lasting: bool

    def words(self) -> str:
        """What the report says about the pseudonyms."""
        if self.lasting:
            return _("De pseudoniemen zijn gemaakt met uw eigen sleutel: dezelfde sleutel geeft dezelfde pseudoniemen.")
        return _(
            "De pseudoniemen gelden alleen voor dit rapport: een volgende keer zijn het andere. "
            "Geef een sleutel in {naam} of in een sleutelbestand om ze gelijk te houden.",
            naam=KEY_VARIABLE,
        )


def _kind_words(kind: str) -> str:
    return {
        "bsn": _("een burgerservicenummer"),
        "naam": _("de naam van een persoon"),
        "geboortedatum": _("een geboortedatum"),
        "nationaliteit": _("nationaliteit"),
        "geboorteland": _("geboorteland of geboorteplaats"),
        "etniciteit": _("etniciteit"),
        "religie": _("religie"),
        "geslacht": _("geslacht"),
        "gezondheid": _("gezondheid"),
        "adres": _("een adres of postcode"),
        "e_mail": _("een e-mailadres"),
        "telefoon": _("een telefoonnummer"),
        "iban": _("een bankrekening"),
    }[kind]


def sensitive(header: str, values: pl.Series) -> Sensitive | None:
    """Recognise a column (header as written, text as it stood) that says too much about a person; None when it is fine.

    The header goes first; of the content at most MOST_VALUES distinct values are looked at.
    """
    name = _bare_header(header)
    kind = _kind_by_header(name)
    if kind:
        return Sensitive(header.strip(), kind, "kop")
    kind = _kind_by_content(name, _distinct(values))
    return Sensitive(header.strip(), kind, "inhoud") if kind else None


def _bare_header(header: str) -> str:
    """Header without case and accents, its words joined by one underscore."""
    parts = unicodedata.normalize("NFKD", header_name(header))
    letters = "".join(letter for letter in parts if not unicodedata.combining(letter))
    return re.sub("[^a-z0-9]+", "_", letters).strip("_")


def _kind_by_header(name: str) -> str | None:
    firm = _FIRM.search(name) is not None
    for kind, pattern in _HEADERS.items():
        if pattern.search(name) and not (kind == "adres" and firm):
            return kind
    return "naam" if "naam" in name.split("_") and not firm else None


def _kind_by_content(name: str, distinct: pl.Series) -> str | None:
    """The first kind that enough of the distinct values have; RSIN pass the eleven test too and are no person's."""
    if "rsin" not in name and _mostly_bsn(distinct):
        return "bsn"
    hits = distinct.to_frame("value").select(
        pl.col("value").str.contains(pattern).sum().alias(kind) for kind, pattern in _CONTENT.items()
    )
    without = {"adres"} if _FIRM.search(name) else set()
    without |= set() if "geb" in name else {"geboortedatum"}
    found = (kind for kind, n in hits.row(0, named=True).items() if _enough(n, len(distinct)))
    return next((kind for kind in found if kind not in without), None)


def _distinct(values: pl.Series) -> pl.Series:
    """The first MOST_VALUES distinct values (text, stripped) that are not empty and no placeholder."""
    some = values.head(10 * MOST_VALUES).unique(maintain_order=True)
    if len(some) < MOST_VALUES:
        some = values.unique(maintain_order=True)
    text = some.head(MOST_VALUES).cast(pl.String).str.strip_chars().drop_nulls()
    return text.filter(~_says_nothing(text)).unique(maintain_order=True)


def _says_nothing(text: pl.Series) -> pl.Series:
    return text.str.to_lowercase().is_in(["", *PLACEHOLDERS])


def _enough(hits: int, values: int) -> bool:
    """At least half of five or more, all of fewer: one number in eleven passes the eleven test by chance."""
    return 2 * hits >= values if values >= 5 else 0 < hits == values


def looks_like_bsn(values: pl.Series) -> bool:
    """Whether a text column (kandidaat_id) holds BSN, judged by its first MOST_VALUES distinct values."""
    return _mostly_bsn(_distinct(values))


def _mostly_bsn(distinct: pl.Series) -> bool:
    """Eight digits can be a KvK number or a date: alone they count only in twenty values or more."""
    digits = distinct.to_frame("value").select(_digits(pl.col("value"))).to_series().drop_nulls()
    if digits.is_empty():
        return False
    passing = digits.filter(_passes(digits.str.zfill(9)))
    nine = int((passing.str.len_bytes() == 9).sum())
    eight = passing.len() - nine
    return _enough(nine + (eight if nine or len(distinct) >= 20 else 0), len(distinct))


def _digits(text: pl.Expr) -> pl.Expr:
    """Eight or nine digits without the dots, spaces or hyphens between them; null for any other text."""
    bare = text.str.strip_chars().str.replace_all(r"[. \u00a0\u202f-]", "")
    return pl.when(bare.str.contains("^[0-9]{8,9}$")).then(bare)


def eleven(number: pl.Expr) -> pl.Expr:
    """Whether a text is nine digits that pass the eleven test with WEIGHTS; false for null and any other text."""
    return number.map_batches(_passes, return_dtype=pl.Boolean, is_elementwise=True)


def _passes(text: pl.Series) -> pl.Series:
    """The eleven test on a column; in two steps, because polars would read the number again for each digit."""
    whole = text.set(~text.str.contains("^[0-9]{9}$"), None).cast(pl.Int64)
    number = pl.col("number")
    total = sum((number // 10 ** (8 - place) % 10 * weight for place, weight in enumerate(WEIGHTS)), start=number * 0)
    passes = ((total % 11 == 0) & (number > 0)).fill_null(value=False)
    return whole.to_frame("number").select(passes).to_series().alias(text.name)


def pseudonyms(text: pl.Expr, key: bytes) -> pl.Expr:
    """Keyed pseudonym "p-" and 12 base32 characters (60 bits) per distinct value; empty and "onbekend" stay.

    Spaces around a value do not matter; the spellings of one BSN (dots, a lost leading zero) are one value.
    """
    keyed = hmac.new(key, digestmod="sha256")

    def run(values: pl.Series) -> pl.Series:
        made = pl.Series([_pseudonym(value, keyed.copy()) for value in values], dtype=pl.String)
        return made.zip_with(~_says_nothing(values), values)

    return per_distinct(text, lambda value: _one_spelling(value).map_batches(run, return_dtype=pl.String), pl.String)


def _one_spelling(text: pl.Expr) -> pl.Expr:
    padded = _digits(text).str.zfill(9)
    return pl.when(eleven(padded)).then(padded).otherwise(text.str.strip_chars())


def _pseudonym(value: str, keyed: hmac.HMAC) -> str:
    keyed.update(value.encode())
    return "p-" + b32encode(keyed.digest()[:10])[:12].decode()


def key_from(environment: Mapping[str, str], path: Path | None) -> Key:
    """The key in the file at `path`, else in the variable KEY_VARIABLE, else a random one that does not last.

    UserError when the file cannot be read or a key is so short that it can be guessed; the key itself is never shown.
    """
    if path is not None:
        return Key(_long_enough(_key_file(path), str(path)), lasting=True)
    given = environment.get(KEY_VARIABLE, "").encode(errors="surrogateescape").strip()
    if given:
        return Key(_long_enough(given, KEY_VARIABLE), lasting=True)
    return Key(secrets.token_bytes(32), lasting=False)


def _key_file(path: Path) -> bytes:
    """Content of a key file without the byte order mark and line end that an editor adds."""
    try:
        return path.read_bytes().removeprefix(b"\xef\xbb\xbf").strip()
    except OSError as error:
        what = _("dit sleutelbestand is niet te lezen ({reden})", reden=error.strerror)
        raise UserError(Mistake(str(path), what)) from None


def _long_enough(key: bytes, where: str) -> bytes:
    if len(key) < SHORTEST_KEY:
        hint = _("Neem minstens {n} willekeurige tekens.", n=SHORTEST_KEY)
        raise UserError(Mistake(where, _("deze sleutel is te kort en dus te raden"), hint))
    return key


def shielded(text: pl.Expr) -> pl.Expr:
    """Text (String) for an output: a cell with a number of nine digits that passes the eleven test is hidden whole.

    Also 1234.56.782 and the like. Use it at the very end: hidden cells are equal, so no key may be made of them.
    """
    return text.map_batches(_shielded, return_dtype=pl.String, is_elementwise=True)


def _shielded(texts: pl.Series) -> pl.Series:
    """Hardly any text has nine digits near each other: where none has, nothing is copied or looked at again."""
    maybe = texts.str.contains(_MAYBE)
    if not maybe.any():
        return texts
    doubtful = texts.filter(maybe).unique()
    hidden = doubtful.filter(doubtful.to_frame("value").select(_holds_bsn(pl.col("value"))).to_series())
    return texts.set(texts.is_in(hidden.implode()), _("(afgeschermd)")) if hidden.len() else texts


def _holds_bsn(text: pl.Expr) -> pl.Expr:
    apart = text.str.replace_all("([^0-9])", "$1$1")
    found = pl.concat_list(apart.str.extract_all(written) for written in _WRITTEN)
    return found.list.eval(eleven(pl.element().str.replace_all("[^0-9]", ""))).list.any()
