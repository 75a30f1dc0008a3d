"""Rule files and norm tables as they stand on disk: read once each, with every mistake in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from pydantic import BaseModel, ValidationError

from verdringing import resources
from verdringing.complaints import complaints, keys_of
from verdringing.disk import real
from verdringing.errors import Mistake, UserError, meant
from verdringing.norms import Norm
from verdringing.policies.policy_files import folder
from verdringing.rule_file import RuleFile
from verdringing.strict_yaml import Document, read
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.policies.policy import Step

Form = TypeVar("Form", bound=BaseModel)
Written: TypeAlias = tuple[RuleFile, Document]
ASIDE = ("instrumenten", "functiegroepen", "kolomnamen")
"""Files in rules/ that are no rule."""

_NAME = re.compile(r"[a-z][a-z0-9_]*")
_TAKEN = ("nr", "plaatsing_id")
"""Names of columns that stand beside the verdicts."""


@dataclass(slots=True)
class Shelf:
    """Rule files and norm tables by path, each read once; `mistakes` gets what is wrong in them.

    `context` is what norm tables are validated against: own columns and groups of job titles.
    """

    mistakes: list[Mistake]
    context: Mapping[str, Any]
    rules: dict[Path, Written | None] = field(default_factory=dict)
    norms: dict[Path, Norm | None] = field(default_factory=dict)

    def rule(self, path: Path, label: str) -> Written | None:
        """The rule in a file, with its lines; None when anything is wrong with it."""
        if path not in self.rules:
            self.rules[path] = self._read(path, label, RuleFile)
        return self.rules[path]

    def norm(self, path: Path, label: str) -> Norm | None:
        """The norm table in a file; None when anything is wrong with it."""
        if path not in self.norms:
            found = self._read(path, label, Norm)
            self.norms[path] = found and found[0]
        return self.norms[path]

    def _read(self, path: Path, label: str, form: type[Form]) -> tuple[Form, Document] | None:
        try:
            document = read(path, label)
            return form.model_validate(document.data, context=dict(self.context)), document
        except UserError as error:
            self.mistakes += error.mistakes
        except ValidationError as error:
            self.mistakes += complaints(error, document, known=keys_of(form))
        return None


def shipped_label(path: Path) -> str:
    """Name a shipped file as a user knows it, wherever it is installed."""
    return "/".join(path.parts[-3:] if path.parent.name == "normen" else path.parts[-2:])


def shipped_rules() -> list[Path]:
    """The rule files that ship, in order of name."""
    return sorted(path for path in resources.folder("rules").glob("*.yaml") if path.stem not in ASIDE)


def shipped_norms() -> list[Path]:
    """The norm tables that ship, in order of name."""
    return sorted((resources.folder("rules") / "normen").glob("*.yaml"))


def own_rules(step: Step, shipped: Iterable[str], others: dict[str, Path], mistakes: list[Mistake]) -> dict[str, Path]:
    """Own rules of a policy by name; `others` are those of the files it builds on.

    Refused: a name that is none, that a shipped rule has, or that another file of this chain has.
    """
    found: dict[str, Path] = {}
    for path in folder(step, "eigen_regels", mistakes):
        name, where = path.stem, str(path)
        if not _NAME.fullmatch(name) or name in _TAKEN:
            hint = _("Noem het bestand naar de regel: kleine letters, cijfers en _, zoals mijn_regel.yaml.")
            mistakes.append(Mistake(where, _("'{naam}' is geen naam voor een regel", naam=name), hint))
        elif name in shipped:
            hint = _("Verander die regel onder 'regels', of kies een andere naam.")
            mistakes.append(Mistake(where, _("'{naam}' is al een regel van het programma", naam=name), hint))
        elif (other := (others | found).get(name)) and real(other) != real(path):
            hint = _("Kies een andere naam.")
            mistakes.append(Mistake(where, _("'{naam}' is al een eigen regel in {pad}", naam=name, pad=other), hint))
        else:
            found[name] = path
    return found


def own_norms(steps: Iterable[Step], shelf: Shelf) -> tuple[dict[str, Norm], dict[str, Path]]:
    """Own norm tables of a chain by name, and every one with its file; a later file goes before an earlier one."""
    norms: dict[str, Norm] = {}
    paths: dict[str, Path] = {}
    for step in steps:
        for path in folder(step, "normen", shelf.mistakes):
            norm = shelf.norm(path, str(path))
            paths[path.stem] = path
            if norm is not None:
                norms[path.stem] = norm
    return norms, paths


def no_lookalikes(paths: dict[str, Path], shipped: Iterable[str], used: set[str], mistakes: list[Mistake]) -> None:
    """Refuse an own norm table that no rule uses and whose name is close to one that rules do use."""
    known = set(shipped)
    for name, path in paths.items():
        if name not in known | used and (hint := meant(name, known & used)):
            mistakes.append(Mistake(str(path), _("geen regel gebruikt de norm '{naam}'", naam=name), hint))
