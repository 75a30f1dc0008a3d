"""What policies declare beside rules: columns of their own, and norms that only a person can judge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from verdringing.errors import Mistake
from verdringing.record import KIND_NAMES, Column
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.policies.policy import Chain, Step
    from verdringing.policies.version import Question, Version


def own_columns(chains: Sequence[Chain], mistakes: list[Mistake]) -> dict[str, Column]:
    """Own columns of all policies by name; one name is one kind of column."""
    columns: dict[str, Column] = {}
    places: dict[str, str] = {}
    for step in (step for chain in chains for step in chain):
        for column in _declared(step, mistakes):
            where = step.where("eigen_kolommen", column.name)
            before, there = columns.setdefault(column.name, column), places.setdefault(column.name, where)
            if before.kind != column.kind:
                one, other = KIND_NAMES[column.kind], KIND_NAMES[before.kind]
                what = _(
                    "de kolom '{naam}' is hier {type}, maar {ander} in {plek}",
                    naam=column.name,
                    type=_(one),
                    ander=_(other),
                    plek=there,
                )
                mistakes.append(
                    Mistake(where, what, _("Maak ze gelijk: eigen kolommen gelden voor alle versies samen."))
                )
    return columns


def _declared(step: Step, mistakes: list[Mistake]) -> list[Column]:
    """The own columns of one file."""
    if not step.policy.eigen_kolommen:
        return []
    from verdringing.policies.own_columns import (
        own_columns as read,
    )  # the room knows headers and privacy: only where it is needed

    return read(step.policy.eigen_kolommen, step.document, ("eigen_kolommen",), mistakes)


def questions(chains: Sequence[Chain], versions: Sequence[Version]) -> list[Question]:
    """The open norms of all versions; a question that several ask stands there once."""
    if not versions:
        return []
    from verdringing.policies.version import Question

    asked: dict[str, Question] = {}
    for chain, one in zip(chains, versions, strict=True):
        for given in (given for step in chain for given in step.policy.vragen):
            question = Question(given.vraag, given.grondslag or (), given.instrumenten)
            before = asked.setdefault(repr(given), question)
            if one not in before.versions:
                asked[repr(given)] = replace(before, versions=(*before.versions, one))
    return list(asked.values())
