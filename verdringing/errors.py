"""What a user can cause and mend: sentences that say where, what, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from verdringing.words import _


class Mistake(NamedTuple):  # no dataclass: that room takes a millisecond to import, and --help needs nothing of it
    """One thing to mend: `where` (file, file:line, option), `what` is wrong, and a `hint` in a full sentence."""

    where: str
    what: str
    hint: str = ""

    @property
    def line(self) -> int:
        """The line or row that `where` (file:line) ends with; 0 where it ends with none."""
        last = self.where.rpartition(":")[2]
        return int(last) if last.isdecimal() else 0

    def __str__(self) -> str:
        sentence = f"{self.where}: {self.what}." if self.where else f"{self.what}."
        return f"{sentence} {self.hint}".rstrip()


class UserError(Exception):
    """Wrong use, wrong configuration or unreadable input: all mistakes at once, exit code 2, never a traceback."""

    def __init__(self, *mistakes: Mistake) -> None:
        self.mistakes = mistakes
        super().__init__("\n".join(map(str, mistakes)))


class UnfitError(ValueError):
    """A value that cannot be used, with all that is wrong with it; only who reads the file can say where it stands."""

    def __init__(self, *mistakes: Mistake) -> None:
        self.mistakes = mistakes
        super().__init__(" ".join(map(str, mistakes)))


def nearest(word: str, known: Iterable[str], least: float = 0.6) -> str | None:
    """Return the known word that was probably meant, or None when nothing is so near (0 to 1, as difflib counts)."""
    from difflib import get_close_matches  # only a mistake needs it

    written = {one.casefold(): one for one in known}
    found = get_close_matches(word.casefold(), list(written), n=1, cutoff=least)
    return written[found[0]] if found else None


def meant(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """The hint that names the known word nearest to `word`; `otherwise` where none is near."""
    near = nearest(word, known)
    return _("Bedoelde u '{naam}'?", naam=near) if near else otherwise


def decoded(text: str) -> str:
    """A name as it can be shown: of one that is no UTF-8 the system hands over bytes that no text can hold."""
    return text.encode(errors="surrogateescape").decode(errors="replace")


_MOST_SIGNS = 60


def shown(value: object) -> str:
    """A wrong value as a sentence shows it: its first signs, for it can be a whole file that was given by mistake."""
    text = (_("ja") if value else _("nee")) if isinstance(value, bool) else " ".join(str(value).split())
    return text if len(text) <= _MOST_SIGNS else f"{text[:_MOST_SIGNS]}…"
