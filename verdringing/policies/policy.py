"""A policy file: its form, the files it builds on, and the folders beside it. Every mistake with file and line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Annotated, Any, TypeAlias

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    ValidationError,
    model_validator,
)

from verdringing.complaints import complaints
from verdringing.disk import real
from verdringing.errors import Mistake, UserError, shown
from verdringing.policies.policy_files import STANDARD, absent_basis, misplaced, unfit_name
from verdringing.record import Instrument
from verdringing.rule_file import Change, Ground, Grounds, Texts, filled, not_empty
from verdringing.strict_yaml import Document, Route, read
from verdringing.words import _


def _day(given: object) -> object:
    """A number is never a day, though it could be read as seconds."""
    if not isinstance(given, str | date):
        raise ValueError(_("'{waarde}' is geen {soort}", waarde=shown(given), soort=_("datum (2026-01-01)")))
    return given


def _path(given: str) -> str:
    if "\0" in given:
        raise ValueError(_("hier staat een onzichtbaar teken (U+{code:04X})", code=0))
    return given


Day = Annotated[date, BeforeValidator(_day)]
Words = Annotated[str, Field(min_length=1)]
Place = Annotated[Words, AfterValidator(_path)]


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Validity(_Form):
    """The days for which a policy holds, both inclusive, and the day on which it was adopted."""

    van: Day | None = None
    tot: Day | None = None
    vastgesteld_op: Day | None = None

    @model_validator(mode="after")
    def _in_order(self) -> Validity:
        if self.van and self.tot and self.tot < self.van:
            raise ValueError(_("'tot' ligt voor 'van'"))
        return self


class OpenNorm(_Form):
    """A norm that cannot be computed, as a question for a person."""

    vraag: Texts
    grondslag: Grounds | None = None
    instrumenten: tuple[Instrument, ...] = ()


class Policy(_Form):
    """A policy file; what a section means is checked where it is used, its form here."""

    gemeente: Words | None = None
    gemeenten: Annotated[tuple[Words, ...], AfterValidator(not_empty)] | None = None
    naam: Words | None = None
    publicatie: Words | None = None
    link: str | None = Field(None, pattern=r"^https://")
    toelichting: Texts | None = None
    geldig: Validity = Validity()
    basis: Place = STANDARD
    regels: dict[str, Annotated[Change, BeforeValidator(filled)]] = {}
    eigen_regels: Place | None = None
    normen: Place | None = None
    eigen_kolommen: dict[str, Any] = {}
    instrumenten: dict[str, str] = {}
    functiegroepen: dict[str, Any] = {}
    vragen: tuple[OpenNorm, ...] = ()
    tweede_persoon: StrictBool = False

    @model_validator(mode="before")
    @classmethod
    def _without_empty(cls, given: Any) -> Any:
        """A section with nothing in it, such as one with only comments, is one that is not there."""
        if not isinstance(given, dict):
            return given
        return {name: section for name, section in given.items() if section is not None or name not in cls.model_fields}

    @model_validator(mode="after")
    def _one_way(self) -> Policy:
        if self.gemeente and self.gemeenten:
            raise ValueError(_("geef 'gemeente' of 'gemeenten', niet allebei"))
        return self

    @property
    def municipalities(self) -> tuple[str, ...]:
        """The municipalities it names; none is every one, unless its basis names them."""
        return self.gemeenten or ((self.gemeente,) if self.gemeente else ())


@dataclass(frozen=True, slots=True)
class Step:
    """One file of a chain. `whole` is off when a section that others lean on had mistakes and was left out."""

    path: Path
    policy: Policy
    document: Document
    whole: bool = True

    def where(self, *route: str | int) -> str:
        """File and line of the longest known start of a route."""
        return self.document.where(route)


Chain: TypeAlias = Sequence[Step]
"""A policy and what it builds on, the deepest first."""

_BY_NAME = {"regels", "eigen_kolommen", "instrumenten", "functiegroepen"}
_LEANED_ON = {"eigen_regels", "normen", "eigen_kolommen"}


def _keys(route: Route) -> Iterable[str]:
    """The keys that can stand where an unknown one was written."""
    if "grondslag" in route:
        return list(Ground.model_fields)
    inside: Mapping[str | int, type[BaseModel]] = {"regels": Change, "geldig": Validity, "vragen": OpenNorm}
    return list((inside.get(route[0], Policy) if len(route) > 1 else Policy).model_fields)


def read_chain(path: Path, mistakes: list[Mistake], seen: Sequence[Path] = ()) -> list[Step]:
    """A policy with the files it builds on, the deepest first; what cannot be read is a mistake and left out."""
    step = _step(path, mistakes)
    if step is None or step.policy.basis == STANDARD:
        return [step] if step else []
    chain = [*seen, path]
    below = path.parent / step.policy.basis
    if Path(step.policy.basis).is_absolute():
        mistakes.append(misplaced(step, "basis"))
    elif mistake := unfit_name(step, "basis", below):
        mistakes.append(mistake)
    elif not below.is_file():
        mistakes.append(absent_basis(step, below))
    elif real(below) in (real(one) for one in chain):
        names = " → ".join(one.name for one in [*chain, below])
        hint = _("Laat een van deze bestanden bouwen op '{naam}'.", naam=STANDARD)
        mistakes.append(Mistake(step.where("basis"), _("basis: de keten loopt rond: {keten}", keten=names), hint))
    else:
        return [*read_chain(below, mistakes, chain), step]
    return [step]


def _step(path: Path, mistakes: list[Mistake]) -> Step | None:
    try:
        document = read(path)
    except UserError as error:
        mistakes += error.mistakes
        return None
    data = {} if document.data is None else document.data
    try:
        return Step(path, Policy.model_validate(data), document)
    except ValidationError as error:
        mistakes += complaints(error, document, known=_keys)
        routes = [detail["loc"] for detail in error.errors(include_url=False)]
    left = _without(data, routes)
    spoilt = {route[0] for route in routes if route} & _LEANED_ON
    return Step(path, Policy.model_validate(left), document, whole=not spoilt) if left is not None else None


def _without(data: object, routes: Iterable[Route]) -> dict[str, Any] | None:
    """What is left to look at, so that the other mistakes of a file come at once; None when the whole has no form."""
    if not isinstance(data, dict):
        return None
    left: dict[str, Any] = dict(data)
    for section, *deeper in filter(None, routes):
        entries = left.get(str(section))
        if isinstance(entries, dict) and deeper and section in _BY_NAME:
            left[str(section)] = {name: entry for name, entry in entries.items() if name != deeper[0]}
        else:
            left.pop(str(section), None)
    if left.get("gemeente") and left.get("gemeenten"):
        left.pop("gemeenten")
    return left
