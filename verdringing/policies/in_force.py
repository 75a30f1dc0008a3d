"""One rule under one policy: its effective values, validated, each with the place where it stands."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from string import Formatter
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

from pydantic import ValidationError

from verdringing import check
from verdringing.complaints import complaints, keys_of
from verdringing.errors import Mistake, meant
from verdringing.policies.own_condition import untold
from verdringing.policies.rule_files import Written
from verdringing.record import BY_NAME
from verdringing.rule import Rule
from verdringing.rule_file import PARTS, Change, RuleFile
from verdringing.sentences import literal
from verdringing.strict_yaml import Document, Route
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.policies.policy import Chain, Step

Place: TypeAlias = tuple[Document, Route]
_STATED = ("aan", "norm", "grondslag", *PARTS)


class Setting(NamedTuple):
    """What rules are validated against: `context` for their parameters, and names of norms that could not be read.

    `shipped` are the names of the rules that ship.
    """

    context: Mapping[str, Any]
    broken: frozenset[str] = frozenset()
    shipped: frozenset[str] = frozenset()

    @property
    def own(self) -> tuple[str, ...]:
        """Names of the policy's own columns."""
        return tuple(self.context["columns"])


def in_force(name: str, written: Written, steps: Chain, setting: Setting, mistakes: list[Mistake]) -> Rule | None:
    """The rule as a chain of policies leaves it; None when a mistake in it, or in what it leans on, was found."""
    file, document = written
    if file.toets not in check.names():
        hint = meant(file.toets, check.names())
        mistakes.append(Mistake(document.where(("toets",)), _("onbekende toets '{naam}'", naam=file.toets), hint))
        return None
    changes = [(step, step.policy.regels[name]) for step in steps if name in step.policy.regels]
    values = file.parameters | {key: value for _step, one in changes for key, value in one.parameters.items()}
    if mentioned(values) & setting.broken or not all(step.whole for step in steps):
        return None
    module = check.find(file.toets)
    params = _params(name, written, module, changes, setting, mistakes)
    stated, places = _stated(name, written, changes)
    file = file.model_copy(update=stated | {"parameters": values})
    if params is None:
        return None
    mistakes += _holes(file, places["bevinding"], module, params, setting.own)
    sources = {part: there.where(route) for part, (there, route) in places.items()}
    origins = _origins(module, name, written, changes)
    return Rule(name, file, params, origins, file.aan, sources, own=setting.own)


def mentioned(values: object) -> set[str]:
    """Every text in the parameters of a rule, however deep."""
    if isinstance(values, str):
        return {values}
    inside = values.values() if isinstance(values, Mapping) else values if isinstance(values, list | tuple) else ()
    return {text for one in inside for text in mentioned(one)}


def _params(
    name: str,
    written: Written,
    module: check.Check,
    changes: Sequence[tuple[Step, Change]],
    setting: Setting,
    mistakes: list[Mistake],
) -> check.Params | None:
    """The effective parameters; those of every file are validated, so that each mistake is found in its own file."""
    file, document = written
    values = file.parameters
    params = _validated(module, values, (document, ("parameters",)), setting, mistakes)
    for nth, (step, change) in enumerate(changes):
        if change.parameters:
            place = (step.document, ("regels", name, "parameters"))
            found = _validated(module, values | change.parameters, place, setting, mistakes)
            if name in setting.shipped and params and found:
                mistakes += untold(params, found, [later for _step, later in changes[nth:]], *place)
            values = values | change.parameters if found else values
            params = found if params else None
    return params


def _validated(
    module: check.Check, values: Mapping[str, Any], place: Place, setting: Setting, mistakes: list[Mistake]
) -> check.Params | None:
    try:
        return module.Params.model_validate(values, context=dict(setting.context))
    except ValidationError as error:
        mistakes += complaints(error, *place, known=keys_of(module.Params))
        return None


def _stated(
    name: str, written: Written, changes: Sequence[tuple[Step, Change]]
) -> tuple[dict[str, Any], dict[str, Place]]:
    """What policies say of a rule beside its parameters, and where each of these things stands in the end."""
    stated: dict[str, Any] = {}
    places: dict[str, Place] = {part: (written[1], (part,)) for part in _STATED}
    for step, change in changes:
        given = {part: value for part in _STATED if (value := getattr(change, part)) is not None}
        stated |= given
        places |= {part: (step.document, ("regels", name, part)) for part in given}
    return stated, places


def _origins(
    module: check.Check, name: str, written: Written, changes: Sequence[tuple[Step, Change]]
) -> dict[str, str]:
    """Where the effective value of every parameter stands: policy, rule file, or the default of the check."""
    file, document = written
    origins = dict.fromkeys(module.Params.model_fields, _("standaard van de toets"))
    origins |= {parameter: document.where(("parameters", parameter)) for parameter in file.parameters}
    for step, change in changes:
        origins |= {given: step.where("regels", name, "parameters", given) for given in change.parameters}
    return origins


def _holes(
    file: RuleFile, place: Place, module: check.Check, params: check.Params, own: Sequence[str]
) -> Iterator[Mistake]:
    """A sentence may only have holes that something can fill."""
    fixed = [name for name in type(params).model_fields if literal(getattr(params, name)) is not None]
    known = {*module.EVIDENCE, *fixed, *BY_NAME, *own, "einde"}
    document, route = place
    for code, text in file.bevinding.items():
        where = document.where((*route, code))
        try:
            parts = [part for part in Formatter().parse(text) if part[1] is not None]
        except ValueError:
            yield Mistake(where, _("de accolades in deze zin kloppen niet"))
            continue
        for name in set(check.needed(module, params)) - {str(part[1]) for part in parts}:
            hint = _("Met deze parameters zijn er meer soorten signalen: geef de regel een eigen bevinding.")
            yield Mistake(where, _("in deze zin ontbreekt {naam}", naam=f"{{{name}}}"), hint)
        for _text, hole, form, kind in parts:
            if (name := str(hole)) not in known:
                yield Mistake(where, _("'{naam}' kan niet worden ingevuld", naam=name), meant(name, known))
            elif form or kind:
                yield Mistake(where, _("de accolades in deze zin kloppen niet"))
