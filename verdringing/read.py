"""Files to text: CSV in the forms met in practice, every column as text first, with file and row."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

import polars as pl

from verdringing.errors import Mistake, UserError, nearest
from verdringing.record import BY_NAME, COLUMNS, header_name
from verdringing.words import _

SEPARATORS = (b";", b",", b"\t")
_BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}


@dataclass(frozen=True, slots=True)
class Source:
    """One input file as read: name, SHA-256, rows of text (record columns and ORIGIN), the columns left out.

    `id_gemaakt` beside them says that the file has no plaatsing_id. `broken` are rows with more fields than the header
    or a quote in the wrong place: PROBLEMS columns as in normalise.
    """

    name: str
    sha256: str
    rows: pl.DataFrame
    left_out: tuple[str, ...]
    broken: pl.DataFrame
    empty_lines: int


def read_files(paths: Sequence[Path]) -> list[Source]:
    """Read every file; UserError with every file that cannot be read."""
    sources: list[Source] = []
    twice = [path for path in dict.fromkeys(paths) if paths.count(path) > 1]
    mistakes = [Mistake(str(path), _("dit bestand is twee keer opgegeven")) for path in twice]
    for path, name in zip(paths, _names(paths), strict=True):
        try:
            sources.append(read_csv(path, name))
        except UserError as error:
            mistakes += error.mistakes
    if mistakes:
        raise UserError(*mistakes)
    return sources


def _names(paths: Sequence[Path]) -> list[str]:
    """File names, with the folder where two files have the same name."""
    plain = [path.name for path in paths]
    return [name if plain.count(name) == 1 else path.as_posix() for path, name in zip(paths, plain, strict=True)]


@dataclass(frozen=True, slots=True)
class Table:
    """A file as text: `rij` and the known columns that it has, headers left out, broken rows, empty lines, SHA-256."""

    frame: pl.DataFrame
    left_out: tuple[str, ...]
    broken: pl.DataFrame
    empty_lines: int
    sha256: str


def read_table(path: Path, name: str, known: Collection[str]) -> Table:
    """Read one CSV file (`;`, `,` or tab; UTF-8, UTF-16 or Windows-1252) as text; UserError when it cannot be read."""
    content = _content(path)
    text = _decoded(content, str(path))
    above = re.match(rb"(?:[;,\t \r]*\n)*", text)
    skipped = above.group().count(b"\n") if above else 0
    text = text.split(b"\n", skipped)[-1]
    if not text.strip():
        raise UserError(Mistake(str(path), _("dit bestand is leeg")))
    header, frame, broken = _frame(text, skipped, str(path), name)
    spelled = _spelled(header, known, str(path))
    empty = pl.all_horizontal(pl.exclude("rij").fill_null("").str.strip_chars() == "")
    filled = frame.filter(~empty)
    left_out = [
        written.strip() or _("kolom {n}", n=place + 1)
        for place, written in enumerate(header)
        if place not in spelled.values() and (written.strip() or filled[_field(place)].count())
    ]
    named = filled.select("rij", *(pl.col(_field(place)).alias(column) for column, place in spelled.items()))
    empty_lines = skipped + frame.height - filled.height
    return Table(named, tuple(left_out), broken, empty_lines, sha256(content).hexdigest())


def read_csv(path: Path, name: str) -> Source:
    """Read one file of placements; UserError when a column that every placement needs is missing."""
    table = read_table(path, name, BY_NAME)
    _required_columns(table.frame.columns, table.left_out, str(path))
    if table.frame.is_empty() and table.broken.is_empty():
        raise UserError(Mistake(str(path), _("er staan geen rijen onder de kolomnamen")))
    rows = table.frame.select(
        pl.lit(name).alias("bestand"),
        pl.lit(None, pl.String).alias("blad"),
        "rij",
        pl.lit("plaatsing_id" not in table.frame.columns).alias("id_gemaakt"),
        *(column.name for column in COLUMNS if column.name in table.frame.columns),
    )
    return Source(name, table.sha256, rows, table.left_out, table.broken, table.empty_lines)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise UserError(Mistake(str(path), _("dit is een map, geen bestand")))
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(Mistake(str(path), _("dit bestand bestaat niet"), _near_file(path))) from None
    except OSError as error:
        raise UserError(Mistake(str(path), _("dit bestand is niet te lezen ({reden})", reden=error.strerror))) from None


def _near_file(path: Path) -> str:
    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    near = nearest(path.name, beside)
    return _("Bedoelde u '{naam}'?", naam=near) if near else ""


def _decoded(content: bytes, where: str) -> bytes:
    """Bytes as UTF-8 without byte order mark, with line ends of this century; a file that is no text is refused."""
    coding = next((coding for mark, coding in _BOMS.items() if content.startswith(mark)), None)
    if coding is None and b"\0" in content:
        raise _no_text(where)
    for attempt in [coding] if coding else ["utf-8", "cp1252"]:
        try:
            text = content.decode(attempt)
        except UnicodeDecodeError:
            continue
        if sum(text[:10_000].count(chr(code)) for code in (*range(9), *range(14, 32))) == 0:
            written = content if attempt == "utf-8" else text.encode()
            by_returns = b"\r\n" not in written and written.count(b"\r") > written.count(b"\n")
            return written.replace(b"\r", b"\n") if by_returns else written
    raise _no_text(where)


def _no_text(where: str) -> UserError:
    hint = _("Sla het op als CSV (UTF-8) en probeer het opnieuw.")
    return UserError(Mistake(where, _("dit is geen tekstbestand"), hint))


def _separator(text: bytes) -> bytes:
    """The separator that splits the header into the most fields."""
    header = re.sub(rb'"[^"]*"', b"", text[:65_536]).split(b"\n", 1)[0]
    return max(SEPARATORS, key=header.count)


def _well_quoted(text: bytes, separator: bytes) -> bool:
    """Whether every quote opens or closes a whole field: only then does polars see the fields that a person sees."""
    field = rb'(?:[^"%b\n]*+|"(?:[^"]++|"")*+")' % separator
    return b'"' not in text or re.fullmatch(rb"(?:%b(?:%b|\r?\n))*+%b\r?" % (field, separator, field), text) is not None


def _frame(text: bytes, skipped: int, where: str, name: str) -> tuple[list[str], pl.DataFrame, pl.DataFrame]:
    """Header, rows as text (`rij` and a column per _field), and broken rows with their row number."""
    separator = _separator(text)
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
    read.columns = ["rij", *map(_field, range(read.width - 1))]
    return [field or "" for field in read.row(0)[1:]], read[1:], pl.DataFrame()


def _field(place: int) -> str:
    """Name of a column while its header does not matter."""
    return f"veld_{place}"


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
    schema = {"rij": pl.UInt32, **{_field(place): pl.String for place in range(len(header))}}
    broken = pl.DataFrame(
        [(name, None, number, None, None, reason) for number, reason in bad],
        schema=["bestand", "blad", "rij", "kolom", "waarde", "reden"],
        orient="row",
    )
    return header, pl.DataFrame(good, schema=schema, orient="row"), broken


def _records(text: bytes, separator: str) -> Iterator[list[str] | None]:
    """Rows of fields; None for a line with a quote in the wrong place, after which the next line is read by itself."""
    lines = io.StringIO(text.decode(), newline="\n").readlines()
    done = 0
    while done < len(lines):
        rest = (lines[place] for place in range(done, len(lines)))
        reader, whole = csv.reader(rest, delimiter=separator, strict=True), 0
        try:
            for row in reader:
                whole = reader.line_num
                yield row
        except csv.Error:
            yield None
        done += whole + 1


def _spelled(header: Sequence[str], known: Collection[str], where: str) -> dict[str, int]:
    """Known column → place of the header that spells it; two headers that spell one column are refused."""
    spelled: dict[str, int] = {}
    for place, written in enumerate(header):
        column = header_name(written)
        if column in spelled:
            what = _("de kolommen '{a}' en '{b}' heten hetzelfde", a=header[spelled[column]], b=written)
            raise UserError(Mistake(where, what))
        if column in known:
            spelled[column] = place
    return spelled


def _required_columns(columns: Sequence[str], left_out: Sequence[str], where: str) -> None:
    """Refuse a file without a column that every placement needs; name the header that comes nearest."""
    needed = [column.name for column in COLUMNS if column.required and column.name != "plaatsing_id"]
    lacking = [name for name in needed if name not in columns]
    if "werkgever" not in columns and "kvk_nummer" not in columns:
        lacking.append("werkgever")
    others = {header_name(written): written for written in left_out}
    mistakes = []
    for name in lacking:
        near = nearest(name, others)
        hint = _("De kolom '{naam}' lijkt erop.", naam=others[near]) if near else ""
        mistakes.append(Mistake(where, _("de kolom '{naam}' ontbreekt", naam=name), hint))
    if mistakes:
        raise UserError(*mistakes)
