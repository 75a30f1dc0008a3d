"""The rules in force: the shipped rules and what policies change, validated before any record is read.

Every mistake in YAML dies here, all of them at once, with file, line and what was probably meant.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from verdringing import resources
from verdringing.disk import real
from verdringing.errors import Mistake, UserError
from verdringing.policies import rule_files, spellings
from verdringing.policies.bench import Bench
from verdringing.policies.declared import own_columns, questions
from verdringing.policies.policy_files import given_files
from verdringing.policies.rule_files import ASIDE, Shelf
from verdringing.rule import Rule, RuleBook

if TYPE_CHECKING:
    from verdringing.policies.policy import Chain
    from verdringing.policies.version import Version


def load(policies: Sequence[Path] | Path | None = None, lists: Mapping[str, object] | None = None) -> RuleBook:
    """Read rules/ and the policies (files or folders); UserError with every mistake. `lists` holds lists by name."""
    mistakes: list[Mistake] = []
    chains = _chains(policies, mistakes)
    versions = _versions(chains, mistakes)
    columns = own_columns(chains, mistakes)
    groups = spellings.job_groups(chains, mistakes)
    instruments = spellings.instruments(chains, mistakes)
    context = {"lists": lists or {}, "columns": columns, "job_groups": groups}
    bench = Bench(Shelf(mistakes, context), context)
    found = [bench.under(chain) for chain in chains]
    if mistakes:
        raise UserError(*dict.fromkeys(mistakes))
    return RuleBook(
        rules=tuple(_rules(versions, bench.standard, found)),
        norms=bench.all_norms,
        instruments=instruments,
        job_groups=groups,
        gemeente=_only(versions),
        files=(*_shipped_files(), *_own_files(chains, bench.shelf)),
        own_columns=tuple(columns.values()),
        questions=tuple(questions(chains, versions)),
        policies=tuple(versions),
        second_person=any(step.policy.tweede_persoon for chain in chains for step in chain),
    )


def job_groups(policies: Sequence[Path] | Path | None = None) -> dict[str, str]:
    """Normalised job titles that are one job: title → group; UserError when a file is wrong."""
    mistakes: list[Mistake] = []
    chains = _chains(policies, [])  # `load` says what is wrong with these
    groups = spellings.job_groups(chains, mistakes)
    if mistakes:
        raise UserError(*mistakes)
    return groups


def _chains(policies: Sequence[Path] | Path | None, mistakes: list[Mistake]) -> list[Chain]:
    """Every policy that can be read, with the files it builds on."""
    files = given_files(policies, mistakes)
    if not files:
        return []
    from verdringing.policies.policy import read_chain  # the form of a policy takes time to build

    return [chain for path in files if (chain := read_chain(path, mistakes))]


def _versions(chains: Sequence[Chain], mistakes: list[Mistake]) -> list[Version]:
    """The version that each chain makes; two that hold for the same placements are a mistake."""
    if not chains:
        return []
    from verdringing.policies.overlapping import overlaps
    from verdringing.policies.versions import version

    versions = [version(chain) for chain in chains]
    mistakes += overlaps(chains, versions)
    return versions


def _rules(
    versions: Sequence[Version], standard: Mapping[str, Rule], found: Sequence[Mapping[str, Rule]]
) -> list[Rule]:
    """All rules in order of name, the shipped ones first; those of one name next to each other."""
    if not versions:
        return list(standard.values())
    from verdringing.policies.versions import Calendar

    calendar = Calendar(versions)
    names = dict.fromkeys([*standard, *sorted({name for rules in found for name in rules} - set(standard))])
    return [rule for name in names for rule in calendar.rules(standard.get(name), [rules.get(name) for rules in found])]


def _only(versions: Sequence[Version]) -> str | None:
    """The municipality of all versions, where that is one."""
    keys = [one.keys for one in versions]
    return versions[0].gemeenten[0] if keys and len(keys[0]) == 1 and len(set(keys)) == 1 else None


def _shipped_files() -> list[Path]:
    home = resources.folder("rules")
    aside = (home / f"{name}.yaml" for name in ASIDE)
    return sorted([*rule_files.shipped_rules(), *rule_files.shipped_norms(), *aside])


def _own_files(chains: Sequence[Chain], shelf: Shelf) -> list[Path]:
    """Every file of a policy, each once: the policies, then their rules and norms."""
    home = resources.folder("rules")
    found: dict[Path, Path] = {}
    for path in [*(step.path for chain in chains for step in chain), *shelf.rules, *shelf.norms]:
        if not path.is_relative_to(home):
            found.setdefault(real(path), path)
    return list(found.values())
