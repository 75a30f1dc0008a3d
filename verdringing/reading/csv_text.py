"""CSV in the forms met in practice to rows of text, every sign as it is written."""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator

import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.reading.raw import Raw, set_apart, veld
from verdringing.words import _

SEPARATORS = (b";", b",", b"\t")
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_CONTROL = re.compile("[\x00-\x08\x0e-\x1f]")
_LOOKED_AT = 10_000
"""Characters at the start of a file in which a control character says that it is no text."""
_PIECE = 1 << 16
csv.field_size_limit(2**31 - 1)  # a long field is no mistake; by itself csv refuses more than 131,072 characters
_RETURN = re.compile(r"\r(?!\n|\Z)")
_MULTI_BYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def read(content: bytes, where: str, name: str) -> Raw:
    """Read CSV (`;`, `,` or tab; UTF-8, UTF-16 or Windows-1252); UserError when it cannot be read.

    The separator may be told in a first line `sep=;`, which is no row but has a row number.
    """
    text = decoded(content, where)
    told = _TOLD.match(text)
    text = text[told.end() :] if told else text
    above = _ABOVE.match(text)
    skipped = above.group().count(b"\n") if above else 0
    text = text.split(b"\n", skipped)[-1]
    if not text or text.isspace():
        raise UserError(Mistake(where, _("dit bestand is leeg")))
    separator = told.group(1) if told else _separator(text)
    header, frame, broken = _frame(text, separator, skipped + bool(told), where, name)
    return Raw(header, frame, broken, empty_lines=skipped)


_TOLD = re.compile(rb'"?sep=([;,\t|])"?\r?(?:\n|$)', re.IGNORECASE)
_ABOVE = re.compile(rb"(?:[;,\t \r]*\n)*")


def head_length(start: bytes) -> int | None:
    """Bytes up to and including the row with the column names of a text that starts so; None when that is not sure."""
    if b"\n" not in start or start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\r" in start.replace(b"\r\n", b""):
        return None
    mark = 3 if start.startswith(b"\xef\xbb\xbf") else 0
    told = _TOLD.match(start, mark)
    above = _ABOVE.match(start, told.end() if told else mark)
    first = above.end() if above else mark
    end = start.find(b"\n", first) + 1
    while end and start.count(b'"', first, end) % 2:
        end = start.find(b"\n", end) + 1
    return end or None


def decoded(content: bytes, where: str) -> bytes:
    """Bytes as UTF-8 without byte order mark, with line ends of this century; a file that is no text is refused."""
    if _is_plain(content):
        return _by_lines(content)
    coding = next((coding for mark, coding in _BOMS.items() if content.startswith(mark)), None)
    if coding is None and b"\0" in content:
        raise _no_text(where)
    for attempt in [coding] if coding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(attempt)
        except UnicodeDecodeError as error:
            if attempt.startswith("utf-8"):
                _refuse_damage(content, error, where)
            continue
        if not _CONTROL.search(text[:_LOOKED_AT]):
            return _by_lines(content if attempt == "utf-8" else text.encode())
    raise _no_text(where)


def _is_plain(content: bytes) -> bool:
    """Whether this is UTF-8 text without a mark."""
    start = content[: 4 * _LOOKED_AT].decode(errors="ignore")
    if start.startswith("\ufeff") or _CONTROL.search(start[:_LOOKED_AT]) or b"\0" in content:
        return False
    return is_utf8(content)


def is_utf8(content: bytes) -> bool:
    """Whether bytes are UTF-8; looked at piece by piece, for the whole would take twice its size again."""
    reader = codecs.getincrementaldecoder("utf-8")()
    try:
        for place in range(0, len(content), _PIECE):
            reader.decode(content[place : place + _PIECE], final=place + _PIECE >= len(content))
    except UnicodeDecodeError:
        return False
    return True


def _by_lines(text: bytes) -> bytes:
    """Text with a line feed at the end of its lines, where it has returns instead."""
    returns = b"\r" in text and b"\r\n" not in text and text.count(b"\r") > text.count(b"\n")
    return text.replace(b"\r", b"\n") if returns else text


def _refuse_damage(content: bytes, error: UnicodeDecodeError, where: str) -> None:
    """Refuse damaged UTF-8: more whole characters than bad bytes. Windows-1252 hardly ever looks like UTF-8."""
    rest, whole = _MULTI_BYTE.subn(b"", content)
    bad = len(rest) - len(rest.translate(None, bytes(range(128, 256))))
    if whole <= bad:
        return
    line = re.sub(rb"\r\n?", b"\n", content[: error.start]).count(b"\n") + 1
    what = _("hier staat een teken dat geen UTF-8 is, terwijl de rest van het bestand dat wel is")
    hint = _("Maak de export opnieuw, of herstel het teken en sla het bestand op als CSV (UTF-8).")
    raise UserError(Mistake(_("{bestand}, regel {regel}", bestand=where, regel=line), what, hint))


def _no_text(where: str) -> UserError:
    hint = _("Sla het op als CSV (UTF-8) en probeer het opnieuw.")
    return UserError(Mistake(where, _("dit is geen tekstbestand"), hint))


def _separator(text: bytes) -> bytes:
    """The separator that splits the header into the most fields."""
    header = re.sub(rb'"[^"]*"', b"", text[:65_536]).split(b"\n", 1)[0]
    return max(SEPARATORS, key=header.count)


def _well_quoted(text: bytes, separator: bytes) -> bool:
    """Whether every quote opens or closes a whole field: only then does polars see the fields that a person sees."""
    mark = re.escape(separator)
    field = rb'(?:[^"%b\n]*+|"(?:[^"]++|"")*+")' % mark
    return b'"' not in text or re.fullmatch(rb"(?:%b(?:%b|\r?\n))*+%b\r?" % (field, mark, field), text) is not None


def _frame(
    text: bytes, separator: bytes, skipped: int, where: str, name: str
) -> tuple[list[str], pl.DataFrame, pl.DataFrame]:
    """Header, rows as text (`rij` and a column per place), and broken rows with their row number."""
    if not _well_quoted(text, separator):
        return _mended(text, separator, skipped, where, name)
    try:
        read = pl.read_csv(
            text,
            separator=separator.decode(),
            has_header=False,
            infer_schema=False,
            row_index_name="rij",
            row_index_offset=skipped + 1,
        )
    except pl.exceptions.PolarsError:
        return _mended(text, separator, skipped, where, name)
    read.columns = ["rij", *map(veld, range(read.width - 1))]
    return [field or "" for field in read.row(0)[1:]], read[1:], pl.DataFrame()


def _mended(
    text: bytes, separator: bytes, skipped: int, where: str, name: str
) -> tuple[list[str], pl.DataFrame, pl.DataFrame]:
    """Read a broken file row by row: the slow way, only for files with a row that cannot be read."""
    header, *rows = _records(text, separator.decode())
    if header is None:
        raise UserError(Mistake(where, _("een aanhalingsteken in de kolomnamen wordt niet gesloten")))
    good, bad = [], []
    for number, row in enumerate(rows, start=skipped + 2):
        if row is None:
            bad.append((number, _("een aanhalingsteken staat verkeerd of wordt niet gesloten")))
        elif len(row) > len(header):
            bad.append((number, _("{n} velden, maar {m} kolommen", n=len(row), m=len(header))))
        else:
            good.append((number, *row, *[None] * (len(header) - len(row))))
    schema = {"rij": pl.UInt32, **{veld(place): pl.String for place in range(len(header))}}
    return header, pl.DataFrame(good, schema=schema, orient="row"), set_apart(name, None, bad)


def _records(text: bytes, separator: str) -> Iterator[list[str] | None]:
    """Rows of fields; None for a line with a quote in the wrong place, after which the next line is read by itself."""
    written = text.decode()
    # a return that ends no line is a sign like any other, but ends a line for csv: another sign stands for it meanwhile
    meanwhile = next(sign for sign in map(chr, range(0xE000, 0xF900)) if sign not in written)
    lines = io.StringIO(_RETURN.sub(meanwhile, written), newline="\n").readlines()
    done = 0
    while done < len(lines):
        rest = (lines[place] for place in range(done, len(lines)))
        reader, whole = csv.reader(rest, delimiter=separator, strict=True), 0
        try:
            for row in reader:
                whole = reader.line_num
                yield [field.replace(meanwhile, "\r") for field in row]
        except csv.Error:
            yield None
        done += whole + 1
