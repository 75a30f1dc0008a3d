"""What stands in the file of a rule, and what a policy may change in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated, Any, Literal, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, field_validator

from verdringing.errors import Mistake, UnfitError, shown
from verdringing.words import _, language

Code = Literal["nl", "en"]
Part = Literal["titel", "bevinding", "vraag", "opheffen", "waarom", "uitzonderingen", "aannames"]
PARTS: tuple[Part, ...] = get_args(Part)
Item = TypeVar("Item")
RestsOn = Literal["wet", "beleid", "signaal"]

_PART = r"(?:artikel(?:en)?|art\.|lid|leden|aanhef|onder|onderdeel|sub|paragraaf|hoofdstuk|bijlage|punt|noot)"
_NUMBER = r"(?:\d[\w.:/-]*|[a-z]|en|tot|met|t/m)"
_ARTICLE = re.compile(
    rf"(?:{_PART}(?:\s+|(?=\d))|§+\s*|(?=\d)){_NUMBER}(?:\s+(?:{_PART}|§+\s*(?=\d)|{_NUMBER}))*", re.IGNORECASE
)
"""A place in a source, without the source: artikel 4 lid 2, §3.1 en noot 4."""


def _in_languages(given: object) -> object:
    """A plain text counts for both languages."""
    if isinstance(given, str):
        return dict.fromkeys(get_args(Code), given)
    if not isinstance(given, dict):
        raise ValueError(_("'{waarde}' is geen {soort}", waarde=shown(given), soort=_("tekst")))
    if unknown := [code for code in given if code not in get_args(Code)]:
        raise ValueError(_("'{waarde}' kan niet; kies uit: {keuzes}", waarde=unknown[0], keuzes="nl, en"))
    return given


def _complete(given: dict[Code, str]) -> dict[Code, str]:
    """A language that is left out takes the text of the other; without any text there is nothing to say."""
    if not given or not all(text.strip() for text in given.values()):
        raise ValueError(_("mag niet leeg zijn"))
    first = next(iter(given.values()))
    return {code: given.get(code, first) for code in get_args(Code)}


Texts = Annotated[dict[Code, str], BeforeValidator(_in_languages), AfterValidator(_complete)]
"""A text in nl and en."""


def in_language(texts: Mapping[Code, str]) -> str:
    """The text in the language of this run."""
    return texts["en" if language() == "en" else "nl"]


class Ground(BaseModel):
    """What a rule rests on: a source, its article or section, the number of its publication, and a link."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    bron: str = Field(min_length=1)
    artikel: str | None = None
    publicatie: str | None = None
    link: str | None = Field(None, pattern=r"^https://")

    def __str__(self) -> str:
        return ", ".join(filter(None, (self.bron, self.artikel, self.publicatie)))


def _named(given: object) -> object:
    return {"bron": given} if isinstance(given, str) else given


def not_empty(given: tuple[Item, ...]) -> tuple[Item, ...]:
    """Refuse a list with nothing in it; pydantic's own limit also counts the entries that have mistakes."""
    if not given:
        raise ValueError(_("mag niet leeg zijn"))
    return given


def _with_articles(given: tuple[Ground, ...]) -> tuple[Ground, ...]:
    """YAML splits [Beleidsregels 2026, artikel 4] at its comma: a bare article belongs to the source before it."""
    found: list[Ground] = []
    for ground in given:
        article = ground.bron
        if ground.model_fields_set != {"bron"} or not _ARTICLE.fullmatch(article):
            found.append(ground)
        elif found:
            whole = ", ".join(filter(None, (found[-1].artikel, article)))
            found[-1] = found[-1].model_copy(update={"artikel": whole})
        else:
            hint = _(
                "Schrijf {voorbeeld}, of een tekst tussen aanhalingstekens.",
                voorbeeld=f"{{bron: Beleidsregels 2026, artikel: {article}}}",
            )
            raise UnfitError(Mistake("", _("'{tekst}' noemt geen bron", tekst=article), hint))
    return tuple(found)


Grounds = Annotated[
    tuple[Annotated[Ground, BeforeValidator(_named)], ...], AfterValidator(not_empty), AfterValidator(_with_articles)
]
"""At least one ground; a plain text names the source, or an article of the source before it."""


class RuleFile(BaseModel):
    """One file in rules/: the check it uses, its parameters, its words in nl and en, and its grounds."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    toets: str
    norm: RestsOn
    aan: StrictBool = True
    parameters: dict[str, Any] = {}
    titel: Texts
    bevinding: Texts
    vraag: Texts
    opheffen: Texts
    waarom: Texts
    uitzonderingen: Texts
    aannames: Texts
    grondslag: Grounds


class Change(BaseModel):
    """What a policy changes in one rule; None is what it does not name."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    aan: StrictBool | None = None
    norm: RestsOn | None = None
    parameters: dict[str, Any] = {}
    grondslag: Grounds | None = None
    titel: Texts | None = None
    bevinding: Texts | None = None
    vraag: Texts | None = None
    opheffen: Texts | None = None
    waarom: Texts | None = None
    uitzonderingen: Texts | None = None
    aannames: Texts | None = None

    @field_validator("*", mode="before")
    @classmethod
    def _filled(cls, given: object) -> object:
        return filled(given)


def filled(given: object) -> object:
    """Refuse a key with nothing behind it: nobody can tell what was meant."""
    if given is None:
        raise ValueError(_("hier staat niets"))
    return given
