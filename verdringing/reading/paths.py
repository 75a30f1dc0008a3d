"""Which files are meant: files, folders, patterns, one sheet of a workbook, standard input; and their bytes."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from verdringing.disk import leads_nowhere, reason, unreadable
from verdringing.errors import Mistake, UserError, decoded, meant
from verdringing.words import _

WORKBOOKS = (".xlsx", ".xlsm", ".xlsb", ".xls", ".ods")
TEXTS = (".csv", ".tsv")
READABLE = (*TEXTS, *WORKBOOKS, ".parquet")
STANDARD_INPUT = Path("-")


class Given(NamedTuple):
    """One input: a file (or STANDARD_INPUT) and, for a workbook, the sheet that was asked for."""

    path: Path
    sheet: str | None = None

    def __str__(self) -> str:
        where = _("standaardinvoer") if self.path == STANDARD_INPUT else str(self.path)
        return where if self.sheet is None else f"{where}#{self.sheet}"

    @property
    def name(self) -> str:
        """File name without folder and sheet."""
        return _("standaardinvoer") if self.path == STANDARD_INPUT else self.path.name


def given(path: Path) -> Given:
    """Split `export.xlsx#Blad` into file and sheet; a file that is really called so is that file."""
    parts = str(path).split("#")
    if len(parts) == 1 or path.exists():
        return Given(path)
    splits = [(Path("#".join(parts[:place])), "#".join(parts[place:])) for place in range(1, len(parts))]
    fitting = [(file, sheet) for file, sheet in splits if file == STANDARD_INPUT or file.exists()]
    file, sheet = (fitting or splits)[0]
    return Given(file, sheet)


def all_given(path: Path) -> list[Given]:
    """Every file that an argument stands for: itself, what fits a pattern, or the readable files of a folder."""
    try:
        found = _every(path)
    except OSError as error:
        raise unreadable(error, path) from None
    if odd := [str(one) for one in found if one.name != decoded(one.name)]:
        hint = _("Geef het bestand een andere naam.")
        raise UserError(*(Mistake(decoded(name), _("deze naam is geen UTF-8"), hint) for name in odd))
    return found


def _every(path: Path) -> list[Given]:
    one = given(path)
    if one.path.is_dir():
        return [Given(file, one.sheet) for file in _in_folder(one.path)]
    if one.path != STANDARD_INPUT and not one.path.exists() and set("*?[") & set(str(one.path)):
        return [Given(file, one.sheet) for file in _fitting(one.path)]
    return [one]


def _in_folder(folder: Path) -> list[Path]:
    hidden = (".", "~$")
    found = [file for file in sorted(folder.iterdir()) if file.is_file() and not file.name.startswith(hidden)]
    found = [file for file in found if file.name.lower().removesuffix(".gz").endswith(READABLE)]
    if not found:
        forms = ", ".join(READABLE)
        raise UserError(
            Mistake(str(folder), _("in deze map staat geen bestand dat te lezen is ({vormen})", vormen=forms))
        )
    return found


def _fitting(pattern: Path) -> list[Path]:
    top = Path(pattern.anchor or ".")
    relative = pattern.relative_to(pattern.anchor) if pattern.anchor else pattern
    try:
        fitting = [*top.glob(str(relative))]
    except ValueError:
        hint = _("Schrijf '**' als een eigen stuk van het pad, zoals map/**/*.csv.")
        raise UserError(Mistake(str(pattern), _("dit patroon kan niet"), hint)) from None
    found = sorted(file for file in fitting if file.is_file() and not file.name.startswith("~$"))
    if not found:
        raise UserError(Mistake(str(pattern), _("geen enkel bestand past bij dit patroon")))
    return found


def named(inputs: Sequence[Given]) -> Iterator[tuple[Given, str]]:
    """Each input with its name in the report: the file name, with sheet or folder where that is not unique."""
    plain = [one.name for one in inputs]
    with_sheet = [one.name if one.sheet is None else f"{one.name}#{one.sheet}" for one in inputs]
    for one, short, longer in zip(inputs, plain, with_sheet, strict=True):
        full = one.path.as_posix() if one.sheet is None else f"{one.path.as_posix()}#{one.sheet}"
        yield one, short if plain.count(short) == 1 else longer if with_sheet.count(longer) == 1 else full


def content(path: Path) -> bytes:
    """Bytes of a file or of standard input as they stand; UserError when they cannot be read."""
    if path == STANDARD_INPUT:
        return sys.stdin.buffer.read()
    try:
        if path.is_dir():
            raise UserError(Mistake(str(path), _("dit is een map, geen bestand")))
        return path.read_bytes()
    except FileNotFoundError:
        if path.is_symlink():
            raise leads_nowhere(path) from None
        raise UserError(Mistake(str(path), _("dit bestand bestaat niet"), _near_file(path))) from None
    except OSError as error:
        raise UserError(Mistake(str(path), _("dit bestand is niet te lezen ({reden})", reden=reason(error)))) from None


def _near_file(path: Path) -> str:
    beside = [other.name for other in path.parent.iterdir()] if path.parent.is_dir() else []
    return meant(path.name, beside)


def unpacked(packed: bytes, where: str) -> bytes:
    """Content of a gzip file; other bytes as they are."""
    if not packed.startswith(b"\x1f\x8b"):
        return packed
    try:
        return gzip.decompress(packed)
    except (OSError, EOFError, zlib.error):
        raise UserError(
            Mistake(where, _("dit .gz-bestand is beschadigd of niet compleet"), _("Maak het opnieuw."))
        ) from None


Kind = Literal["text", "workbook", "parquet"]


def kind(content: bytes, where: str) -> Kind:
    """What the bytes are; UserError for a zip file that is no workbook."""
    if content.startswith(b"PAR1"):
        return "parquet"
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return "workbook"
    if not content.startswith(b"PK\x03\x04"):
        return "text"
    workbook_parts = (b"xl/", b"[Content_Types].xml", b"opendocument.spreadsheet")
    if any(part in content for part in workbook_parts):
        return "workbook"
    raise UserError(Mistake(where, _("dit is een zip-bestand"), _("Pak het uit en geef de bestanden die erin zitten.")))


def called(path: Path) -> Kind | None:
    """What a file says it is by its name; None when the name says nothing."""
    name = path.name.lower().removesuffix(".gz")
    kinds: dict[tuple[str, ...], Kind] = {TEXTS: "text", WORKBOOKS: "workbook", (".parquet",): "parquet"}
    return next((one for endings, one in kinds.items() if name.endswith(endings)), None)


def in_words(kind: Kind) -> str:
    """What a kind of file is called."""
    return {"text": _("CSV"), "workbook": _("werkmap"), "parquet": _("Parquet-bestand")}[kind]
