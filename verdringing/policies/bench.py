"""Where rules are put in force: the shipped ones once, and on top of them what every chain of policies changes."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verdringing.errors import Mistake, meant
from verdringing.norms import Norm
from verdringing.policies import rule_files
from verdringing.policies.in_force import Setting, in_force, mentioned
from verdringing.policies.rule_files import Shelf, Written, shipped_label
from verdringing.rule import Rule
from verdringing.words import _

if TYPE_CHECKING:
    from verdringing.policies.policy import Chain, Step


class Bench:
    """Shipped rules and norms by name, as they are without a policy; `shelf.mistakes` gets what is wrong."""

    def __init__(self, shelf: Shelf, context: Mapping[str, Any]) -> None:
        self.shelf, self.context = shelf, context
        paths = rule_files.shipped_norms()
        read_norms = {path.stem: shelf.norm(path, shipped_label(path)) for path in paths}
        self.norms = {name: norm for name, norm in read_norms.items() if norm}
        self.all_norms = dict(self.norms)
        self.shipped = {path.stem: shelf.rule(path, shipped_label(path)) for path in rule_files.shipped_rules()}
        broken = frozenset(read_norms) - frozenset(self.norms)
        self.setting = Setting({**context, "norms": self.norms}, broken, frozenset(self.shipped))
        self.standard: dict[str, Rule] = {}
        for name, written in self.shipped.items():
            if written and (rule := in_force(name, written, (), self.setting, shelf.mistakes)):
                self.standard[name] = rule

    def under(self, chain: Chain) -> dict[str, Rule]:
        """Every rule by name as a chain of policies leaves it; a rule that nothing touches is the shipped one."""
        norms, norm_paths = rule_files.own_norms(chain, self.shelf)
        own = self._own_rules(chain)
        broken = self.setting.broken | (frozenset(norm_paths) - frozenset(norms))
        setting = Setting({**self.context, "norms": self.norms | norms}, broken, self.setting.shipped)
        changed = {name for step in chain for name in step.policy.regels}
        rules: dict[str, Rule] = {}
        for name, written in (self.shipped | own).items():
            standard = self.standard.get(name)
            if standard and name not in changed and not mentioned(standard.file.parameters) & set(norm_paths):
                rules[name] = standard
            elif written and (rule := in_force(name, written, chain, setting, self.shelf.mistakes)):
                rules[name] = rule
        used = {text for rule in rules.values() for text in mentioned(rule.file.parameters)}
        rule_files.no_lookalikes(norm_paths, self.norms, used, self.shelf.mistakes)
        self._keep_norms(chain[-1], norms)
        return rules

    def _own_rules(self, chain: Chain) -> dict[str, Written | None]:
        """The own rules of a chain; a rule that a file changes must be shipped or its own, never a typing error."""
        paths: dict[str, Path] = {}
        for step in chain:
            paths |= rule_files.own_rules(step, self.shipped, paths, self.shelf.mistakes)
            known = {**self.shipped, **paths}
            for name in step.policy.regels if step.whole else ():
                if name not in known:
                    where = step.where("regels", name)
                    what = _("onbekende regel '{naam}'", naam=name)
                    self.shelf.mistakes.append(Mistake(where, what, meant(name, known)))
        return {name: self.shelf.rule(path, str(path)) for name, path in sorted(paths.items())}

    def _keep_norms(self, step: Step, norms: Mapping[str, Norm]) -> None:
        """Tables by name for whoever shows them; where two policies have another table of one name, with its file."""
        for name, norm in norms.items():
            taken = self.all_norms.get(name)
            shown = name if taken in (None, norm, self.norms.get(name)) else f"{name} ({step.path})"
            self.all_norms[shown] = norm
