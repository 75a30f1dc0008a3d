"""Cells of an .xlsx sheet that say more than fastexcel tells, however the program that wrote it writes XML."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from xml.parsers import expat

_OTHER_THAN_NUMBER = frozenset(("s", "str", "inlineStr", "b", "e", "d"))
_MAY_MATTER = (b"<f", b":f", b'"e"', b"'e'")
"""Without any of these a sheet has no formula and no error."""
_PIECE = 1 << 20
_NAME = re.compile(r"([A-Z]+)([0-9]+)")


@dataclass(slots=True)
class Cell:
    """A cell with a style that was asked for, a formula or an error; row and column from 0."""

    row: int
    column: int
    kind: str
    style: str | None
    formula: bool = False
    text: str = ""

    @property
    def name(self) -> str:
        """What a spreadsheet calls the cell, such as E2."""
        letters, place = "", self.column + 1
        while place:
            place, letter = divmod(place - 1, 26)
            letters = chr(65 + letter) + letters
        return f"{letters}{self.row + 1}"

    @property
    def never_ran(self) -> bool:
        """Whether this is a formula without a result; a result that is an empty text says that it is one."""
        return self.formula and self.kind != "str" and not self.text.strip()


def cells(xml: bytes, styles: Collection[str]) -> Iterator[Cell]:
    """Cells with a formula, with an error, or with a number in one of `styles`, in the order of the sheet.

    Only of formulas and errors the text is told. ExpatError when this is no XML, ValueError when it has a DTD.
    """
    if not styles and not any(sign in xml for sign in _MAY_MATTER):
        return
    scan = _Scan(frozenset(styles))
    for start in range(0, len(xml), _PIECE):
        scan.parser.Parse(xml[start : start + _PIECE], start + _PIECE >= len(xml))
        yield from scan.found
        scan.found.clear()
    scan.let_go()
    yield from scan.found


class _Scan:
    """One way through a sheet. A row or cell that does not say where it stands comes right after the one before it.

    Nothing is done at the end of a tag and with most texts, for there are millions of them.
    """

    def __init__(self, styles: frozenset[str]) -> None:
        self.styles = styles
        self.found: list[Cell] = []
        self.row, self.named, self.after = -1, "A0", -1
        self.attributes: Mapping[str, str] | None = None
        self.held: Cell | None = None
        self.parser = expat.ParserCreate()
        self.parser.StartElementHandler = self._begin
        self.parser.StartDoctypeDeclHandler = self._refuse

    def let_go(self) -> None:
        """Nothing more can be said of the cell that was held."""
        if self.held:
            self.parser.CharacterDataHandler = None
            self.found.append(self.held)
            self.held = None

    def _refuse(self, *_declared: object) -> None:
        raise ValueError("DOCTYPE")

    def _begin(self, tag: str, attributes: dict[str, str]) -> None:
        kind = tag.rpartition(":")[2]
        if kind == "c":
            self._cell(attributes)
        elif kind == "f" and self.attributes is not None:
            self.held = self.held or self._here(self.attributes)
            self.held.formula = True
        elif kind == "v" and self.held and (self.held.formula or self.held.kind == "e"):
            self.parser.CharacterDataHandler = self._add
        elif kind == "row":
            self.row = int(attributes["r"]) - 1 if "r" in attributes else self.row + 1
            self.named, self.after, self.attributes = "", -1, None
        elif kind != "v":
            self.attributes = None  # what stands behind the rows has formulas too

    def _cell(self, attributes: dict[str, str]) -> None:
        self.let_go()
        self.attributes = attributes
        self.named, self.after = (attributes["r"], 0) if "r" in attributes else (self.named, self.after + 1)
        kind = attributes.get("t", "n")
        if kind == "e" or (attributes.get("s") in self.styles and kind not in _OTHER_THAN_NUMBER):
            self.held = self._here(attributes)

    def _here(self, attributes: Mapping[str, str]) -> Cell:
        column, row = place(self.named) if self.named else (0, self.row)
        row = row if "r" in attributes else self.row
        return Cell(row, column + self.after, attributes.get("t", "n"), attributes.get("s"))

    def _add(self, text: str) -> None:
        if self.held:
            self.held.text += text


def place(name: str) -> tuple[int, int]:
    """Column and row (from 0) of a cell such as AA7; ValueError when this names no cell."""
    found = _NAME.fullmatch(name)
    if found is None:
        raise ValueError(name)
    column = 0
    for letter in found[1]:
        column = column * 26 + ord(letter) - 64
    return column - 1, int(found[2]) - 1
