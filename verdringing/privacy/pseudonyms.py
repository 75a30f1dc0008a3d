"""A name that stands for a BSN: the same for one person under one key, and nobody can work back from it."""

from __future__ import annotations

import hmac
import secrets
from base64 import b32encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import polars as pl

from verdringing.disk import reason
from verdringing.distinct import per_distinct
from verdringing.errors import Mistake, UserError
from verdringing.placeholders import says_nothing
from verdringing.privacy.bsn import digits, eleven
from verdringing.words import _

KEY_VARIABLE = "VERDRINGING_SLEUTEL"
SHORTEST_KEY = 16


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


def pseudonyms(text: pl.Expr, key: bytes) -> pl.Expr:
    """Keyed pseudonym "p-" and 12 base32 characters (60 bits) per distinct value; empty and "onbekend" stay.

    Spaces around a value do not matter; the spellings of one BSN (dots, a lost leading zero) are one value.
    """
    keyed = hmac.new(key, digestmod="sha256")

    def run(values: pl.Series) -> pl.Series:
        made = pl.Series([_pseudonym(value, keyed.copy()) for value in values], dtype=pl.String)
        return made.zip_with(~says_nothing(values), values)

    return per_distinct(text, lambda value: _one_spelling(value).map_batches(run, return_dtype=pl.String), pl.String)


def _one_spelling(text: pl.Expr) -> pl.Expr:
    padded = digits(text).str.zfill(9)
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
        what = _("dit sleutelbestand is niet te lezen ({reden})", reden=reason(error))
        raise UserError(Mistake(str(path), what)) from None


def _long_enough(key: bytes, where: str) -> bytes:
    if len(key) < SHORTEST_KEY:
        hint = _("Neem minstens {n} willekeurige tekens.", n=SHORTEST_KEY)
        raise UserError(Mistake(where, _("deze sleutel is te kort en dus te raden"), hint))
    return key
