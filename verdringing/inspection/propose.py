"""A proposal for kolommen.yaml from the headers and values of one file, for a person to check.

What is doubtful is commented out. Of the values only codes of instruments, choices and yes/no are shown, never names or
numbers.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import replace
from pathlib import Path

import polars as pl

from verdringing.errors import Mistake, UserError
from verdringing.inspection.clues import Guess, fit, guesses
from verdringing.inspection.codes import values
from verdringing.inspection.habits import habits
from verdringing.inspection.lines import line, one_line, quoted
from verdringing.inspection.seen import Seen, seen
from verdringing.privacy.sensitive import recognise
from verdringing.reading import csv_text, headers, mapped, paths
from verdringing.reading.raw import Raw, veld
from verdringing.reading.readers import read_raw
from verdringing.record import BY_NAME
from verdringing.whole_file import refuse_taken, whole_files
from verdringing.words import _

_TELLING = (
    ("kandidaat_id",), ("werkgever", "kvk_nummer"), ("instrument",), ("startdatum",), ("einddatum",), ("functie",),
)  # fmt: skip
"""Columns without which nothing can be read, or hardly anything judged; of those together one is enough."""
TOTALS = ("Totaal", "Subtotaal", "Eindtotaal")


def propose(path: Path, instruments: Mapping[str, str]) -> str:
    """The text of a kolommen.yaml for a file; `instruments` maps known spellings. UserError when it cannot be read."""
    raw, row = _read(path)
    filled = [place for place, header in enumerate(raw.header) if header.strip()]
    columns = [seen(place, raw.header[place], raw.frame[veld(place)], instruments) for place in filled]
    private = {one.place for one in columns if _private(one)}
    found = guesses([one for one in columns if one.place not in private])
    order = list(BY_NAME)
    found.sort(key=lambda one: order.index(one.column.name))
    parts: list[Iterator[str]] = [_about(path), _columns(found), values(found), habits(found), _rows(raw, row)]
    used = {one.seen.place: one.column.name for one in found if one.sure != "twijfel"}
    unused = [one for one in columns if one.place not in used]
    parts.insert(1, _lacking(set(used.values()), [one for one in unused if one.place not in private]))
    parts.append(_unused(unused, private))
    return "\n".join(text for part in parts for text in part) + "\n"


def save(text: str, out: Path) -> None:
    """Write the proposal; UserError when the file is there already or cannot be written."""
    hint = _("Kies een andere naam.")
    refuse_taken([out], hint)
    with whole_files([out], hint) as (beside,):
        beside.write_text(text, encoding="utf-8")


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
        raw, _fingerprint = read_raw(given, given.name, BY_NAME)
    else:
        text, titles = mapped.below_header(content, row, str(given))
        raw = replace(csv_text.read(text, str(given), given.name), titles=titles)
    if raw.sheet is not None and raw.titles:
        row = raw.titles + raw.empty_lines + 1
    return raw, row


def header_row(text: str) -> int | None:
    """Row (from 1) of the header when filled rows stand above it: the row that names most, else the fullest."""
    lines = text.splitlines()[: headers.HEADER_WITHIN]
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
    yield "# " + _("Voorstel voor {bestand}. Controleer elke regel.", bestand=one_line(path.name))
    yield "# " + _("Regels met 'twijfel' tellen niet mee: haal het hekje weg als ze kloppen.")


def _lacking(found: Set[str], unused: Sequence[Seen]) -> Iterator[str]:
    """Columns that tell most and that no header seems to be, with the headers whose values could be theirs."""
    for names in _TELLING:
        if found.isdisjoint(names):
            fitting = [one for one in unused if any(fit(BY_NAME[name], one)[0] for name in names)]
            fitted = ", ".join(f"'{one_line(one.header)}'" for one in fitting) or _("geen enkele kop")
            name = _(" of ").join(names)
            yield "# " + _(
                "Niet gevonden: {kolom}. Aan de waarden te zien kan het zijn: {koppen}", kolom=name, koppen=fitted
            )


def _columns(found: Sequence[Guess]) -> Iterator[str]:
    yield "kolommen:"
    for one in found:
        yield line(1, one.column.name, quoted(one.seen.header.strip()), one.sure, one.why)


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
        yield f"#   {one_line(one.header)}" + (f"  ({advice})" if advice else "")
