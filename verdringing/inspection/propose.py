"""A proposal for kolommen.yaml from the headers and values of one file, for a person to check.

What is doubtful is commented out. Of the values only codes of instruments, choices and yes/no are shown, never names or
numbers.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.inspection.clues import FEW_CODES, Guess, Seen, guesses, seen
from verdringing.names import plain
from verdringing.privacy.sensitive import recognise
from verdringing.read import read_raw
from verdringing.reading import csv_text, headers, mapped, paths
from verdringing.reading.raw import Raw, veld
from verdringing.record import BY_NAME, INSTRUMENTS, Column
from verdringing.words import _

HEADER_WITHIN = 30
TOTALS = ("Totaal", "Subtotaal", "Eindtotaal")
CODED = ("instrument", "choice", "yes_no")
_YES_NO = {"y": "ja", "yes": "ja", "no": "nee"}
_PLAIN = re.compile(r"[^\W\d_](?:[\w./()-]| (?=\S))*")
_SHORT = re.compile(r"(?![A-Z][a-z])[A-Za-z]{1,4}|[A-Za-z]?[0-9]{1,2}")
_WORDS = ("ja", "nee", "true", "false", "null")


def propose(path: Path, instruments: Mapping[str, str]) -> str:
    """The text of a kolommen.yaml for a file; `instruments` maps known spellings. UserError when it cannot be read."""
    raw, row = _read(path)
    filled = [place for place, header in enumerate(raw.header) if header.strip()]
    columns = [seen(place, raw.header[place], raw.frame[veld(place)], instruments) for place in filled]
    private = {one.place for one in columns if _private(one)}
    found = guesses([one for one in columns if one.place not in private])
    order = list(BY_NAME)
    found.sort(key=lambda one: order.index(one.column.name))
    parts = [_about(path), _columns(found), _values(found), _habits(found), _rows(raw, row)]
    used = {one.seen.place for one in found if one.sure != "twijfel"}
    parts.append(_unused([one for one in columns if one.place not in used], private))
    return "\n".join(line for part in parts for line in part) + "\n"


def save(text: str, out: Path) -> None:
    """Write the proposal; UserError when the file is there already or cannot be written."""
    try:
        with out.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise UserError(Mistake(str(out), _("dit bestand bestaat al"), _("Kies een andere naam."))) from None
    except OSError as error:
        what = _("dit bestand is niet te schrijven ({reden})", reden=error.strerror)
        raise UserError(Mistake(str(out), what)) from None


def _read(path: Path) -> tuple[Raw, int | None]:
    """The file with its header, and the row of the header where that must be said."""
    given = paths.given(path)
    if given.path == paths.STANDARD_INPUT:
        raise UserError(Mistake(str(given), _("geef een bestand: het wordt twee keer gelezen")))
    content = paths.unpacked(paths.content(given.path), str(given))
    row = None
    if paths.kind(content, str(given)) == "text":
        row = header_row(csv_text.decoded(content, str(given)).decode())
    if row is None:
        raw, _fingerprint = read_raw(path, given.name, BY_NAME)
    else:
        text, titles = mapped.below_header(content, row, str(given))
        raw = replace(csv_text.read(text, str(given), given.name), titles=titles)
    if raw.sheet is not None and raw.titles:
        row = raw.titles + raw.empty_lines + 1
    return raw, row


def header_row(text: str) -> int | None:
    """Row (from 1) of the header when filled rows stand above it: the row that names most, else the fullest."""
    lines = text.splitlines()[:HEADER_WITHIN]
    rows = max(([next(csv.reader([line], delimiter=one), []) for line in lines] for one in ";,\t"), key=_width)
    spelled = [sum(headers.column(field) in BY_NAME for field in row) for row in rows]
    filled = [sum(bool(field.strip()) for field in row) for row in rows]
    best = max(range(len(rows)), key=lambda row: (spelled[row] if spelled[row] > 1 else 0, filled[row]), default=0)
    told = bool(rows) and lines[0].lower().lstrip('\ufeff"').startswith("sep=")
    return best + 1 if any(filled[told:best]) else None


def _width(rows: Sequence[Sequence[str]]) -> int:
    return sorted(len(row) for row in rows)[len(rows) // 2] if rows else 0


def _private(column: Seen) -> bool:
    """A column about a person that should not be there: it is never proposed."""
    found = recognise(column.header, column.values)
    return found is not None and found.by == "kop" and headers.column(column.header) not in BY_NAME


def _about(path: Path) -> Iterator[str]:
    yield "# " + _("Voorstel voor {bestand}. Controleer elke regel.", bestand=_one_line(path.name))
    yield "# " + _("Regels met 'twijfel' tellen niet mee: haal het hekje weg als ze kloppen.")


def _columns(found: Sequence[Guess]) -> Iterator[str]:
    yield "kolommen:"
    for one in found:
        yield _line(1, one.column.name, _quoted(one.seen.header.strip()), one.sure, one.why)


def _line(depth: int, key: str, value: str, sure: str, why: str) -> str:
    """One entry with how sure it is and why; commented out where a person has to choose."""
    said = {"zeker": _("zeker"), "waarschijnlijk": _("waarschijnlijk"), "twijfel": _("twijfel: kies zelf")}[sure]
    remark = f"{said} ({why})" if sure == "twijfel" else f"{said}: {why}"
    return f"{'  ' * depth}{'# ' if sure == 'twijfel' else ''}{key}: {value}  # {remark}"


def _values(found: Sequence[Guess]) -> Iterator[str]:
    """Codes that cannot be read as they stand, for the columns that are not doubtful."""
    blocks = {one.column.name: list(_codes(one)) for one in found if one.column.kind in CODED and one.sure != "twijfel"}
    blocks = {name: lines for name, lines in blocks.items() if lines}
    if blocks:
        yield "waarden:"
    for name, lines in blocks.items():
        yield f"  {name}:"
        yield from lines


def _codes(guess: Guess) -> Iterator[str]:
    """The codes of a column with few values; what is no short code could be about a person and is only counted."""
    codes = [code for code in guess.seen.codes if not _readable(guess.column, code, guess.seen.instruments)]
    if len(guess.seen.codes) > FEW_CODES:
        return
    hidden = 0
    for code in codes:
        meaning = _meaning(guess.column, code)
        if meaning:
            why = _("Engels") if guess.column.kind == "yes_no" else _("begin van de naam")
            yield _line(2, _quoted(code), meaning, "waarschijnlijk", why)
        elif _SHORT.fullmatch(code):
            yield _line(2, _quoted(code), "", "twijfel", _("onbekende code"))
        else:
            hidden += 1
    if hidden:
        yield "    # " + _("niet getoond, want geen korte code: {n}", n=hidden)


def _readable(column: Column, code: str, instruments: Mapping[str, str]) -> bool:
    word = pl.select(plain(pl.lit(code))).item()
    if column.kind == "instrument":
        return word in instruments
    return word in column.choices or (column.kind == "yes_no" and word in _READ)


_READ = ("ja", "nee", "j", "n", "true", "false", "waar", "onwaar", "1", "0")


def _meaning(column: Column, code: str) -> str | None:
    """The only choice that a code begins; for yes/no what it says in English."""
    word = code.lower()
    if column.kind == "yes_no":
        return _YES_NO.get(word)
    choices = INSTRUMENTS if column.kind == "instrument" else column.choices
    fitting = [choice for choice in choices if choice.startswith(word)]
    return fitting[0] if len(fitting) == 1 else None


def _habits(found: Sequence[Guess]) -> Iterator[str]:
    """How days and numbers are written, where the values tell; where they could be two things, the choice."""
    lines = [*_day_habit(_texts(found, ("date",))), *_number_habit(_texts(found, ("decimal", "euro", "percentage")))]
    if lines:
        yield "gewoonten:"
    yield from lines


def _texts(found: Sequence[Guess], kinds: Iterable[str]) -> pl.Series:
    parts = [one.seen.values for one in found if one.column.kind in kinds and one.sure != "twijfel"]
    return pl.concat([pl.Series("tekst", [], pl.String), *(part.alias("tekst") for part in parts)])


def _day_habit(days: pl.Series) -> Iterator[str]:
    parts = days.str.extract_groups(r"^(\d{1,2})[-/.](\d{1,2})[-/.]\d{4}").struct.unnest()
    first, second = (parts[name].cast(pl.Int32) for name in parts.columns)
    if first.drop_nulls().is_empty():
        return
    day, month = (first > 12).sum(), (second > 12).sum()
    if day and not month:
        yield _line(1, "datum", "dag-maand-jaar", "zeker", _("{n} keer kan het niet anders", n=day))
    elif month and not day:
        yield _line(1, "datum", "maand-dag-jaar", "waarschijnlijk", _("{n} keer kan het niet anders", n=month))
    else:
        why = _("dag-maand-jaar of maand-dag-jaar")
        yield _line(1, "datum", "dag-maand-jaar", "twijfel", why)


def _number_habit(numbers: pl.Series) -> Iterator[str]:
    if not numbers.str.contains(r"^\D*\d{1,3}[.,]\d{3}\D*$").any():
        return
    comma = numbers.str.contains(r",(?:\d\d?|\d{4,})\D*$|\.\d{3},").any()
    point = numbers.str.contains(r"^\D*\d+\.(?:\d\d?|\d{4,})\D*$|,\d{3}\.").any()
    if comma != point:
        sign, why = (
            ("komma", _("zo staan de cijfers achter de komma")) if comma else ("punt", _("zo staan de decimalen"))
        )
        yield _line(1, "getal", sign, "waarschijnlijk", why)
    else:
        yield _line(1, "getal", "komma", "twijfel", _("komma of punt"))


def _rows(raw: Raw, row: int | None) -> Iterator[str]:
    if row:
        yield f"kop_op_rij: {row}  # " + _("waarschijnlijk: {n} gevulde rijen erboven", n=raw.titles)
    if raw.frame.width > 1 and raw.frame.height:
        first = pl.coalesce(
            pl.when(pl.col(veld(n)).str.strip_chars() != "").then(veld(n)) for n in range(len(raw.header))
        )
        starts = raw.frame.tail(10).select(text=first.str.strip_chars())["text"]
        words = [word for word in TOTALS if starts.str.contains(rf"(?i)^{word}\b").any()]
        if words:
            yield f"overslaan: [{', '.join(words)}]  # " + _("waarschijnlijk: een totaalregel onderaan")


def _unused(columns: Sequence[Seen], private: set[int]) -> Iterator[str]:
    if columns:
        yield "# " + _("Niet gebruikte koppen:")
    for one in columns:
        advice = _("gaat over de persoon; lever deze kolom niet aan") if one.place in private else ""
        yield f"#   {_one_line(one.header)}" + (f"  ({advice})" if advice else "")


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _quoted(text: str) -> str:
    """Text as YAML reads it back; quoted unless it is a plain word."""
    safe = _PLAIN.fullmatch(text) and text.lower() not in _WORDS
    return text if safe else json.dumps(text, ensure_ascii=False)
