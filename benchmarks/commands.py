"""The files that are measured, made when they are not there yet, and the commands that are run on them."""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from zlib import crc32

from benchmarks.measure import python, rival, run

HERE = Path(__file__).parent
FOLDER = HERE.parent / ".benchmarks"
IMPORT = python("-c", "import polars")


def _generator() -> int:
    """A number for the text of the data maker: other text, other files."""
    made_of = ("make_data", "who_and_where", "cells", "dice", "words_of_data")
    return sum(crc32((HERE / f"{name}.py").read_bytes()) for name in made_of) % 1_000_000


@dataclass(frozen=True)
class Bench:
    """Where the files are, and the commands that are measured."""

    folder: Path = FOLDER
    runs: int = 3
    made_by: int = field(default_factory=_generator)

    @cached_property
    def tables(self) -> Path:
        """Tables for the other tools, and the policy with five rules."""
        self.folder.mkdir(exist_ok=True)
        run(python("-m", "benchmarks.tables", self.folder))
        return self.folder / "tabellen.json"

    @cached_property
    def no_excel(self) -> list[str]:
        """The option that leaves out werklijst.xlsx, where the command line knows it."""
        option = "--zonder-werklijst"
        return [option] if option in run(python("-m", "verdringing", "audit", "--help")).said else []

    def placements(self, rows: int, kind: str = "csv") -> Path:
        """The file with so many rows, made when it is not there yet, with its black list beside it."""
        path = self.folder / f"{rows}-{self.made_by}.{kind}"
        if not path.exists():
            self.folder.mkdir(exist_ok=True)
            say(f"making {rows:,} rows of {kind}")
            run(rival("benchmarks.make_data", rows, path))
        return path

    @staticmethod
    def listed(path: Path) -> Path:
        """The black list that was made with the placements."""
        return path.with_name(f"{path.stem}-lijst.csv")

    def audit(self, path: Path, *more: str | Path) -> list[str]:
        """The audit of one file, without Excel."""
        listed, out = self.listed(path), self.folder / "rapport"
        words = ("--peildatum", "2026-09-30", "--zwarte-lijst", listed, "--uit", out, "--overschrijf", "--stil")
        return python("-m", "verdringing", "audit", path, *words, *self.no_excel, *more)

    def five(self, path: Path) -> list[str]:
        """The audit with five rules only."""
        return self.audit(path, "--beleid", self.tables.with_name("vijf.yaml"))

    def rare(self, path: Path) -> list[str]:
        """The audit with rules that have few signals: what comes out stays smaller than the file."""
        return self.audit(path, "--beleid", self.tables.with_name("weinig.yaml"))

    def rival(self, name: str, path: Path, *more: str) -> list[str]:
        """The five rules in another tool."""
        out = self.folder / f"{name}.csv"
        return rival(f"benchmarks.{name}_rules", path, self.listed(path), self.tables, out, *more)

    def floor(self, path: Path) -> list[str]:
        """Read and type the same file."""
        return python("-m", "benchmarks.floor", path)


def say(words: str) -> None:
    print(words, file=sys.stderr, flush=True)
