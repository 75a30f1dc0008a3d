"""Short tables on the terminal: what an audit found, and the rules in force."""

from __future__ import annotations

from collections.abc import Iterable

import click

from verdringing import account
from verdringing.audited import Audited
from verdringing.errors import Mistake, UserError, meant
from verdringing.figures import count, day
from verdringing.intake import read_and_kept
from verdringing.page.opening import is_decided, nothing_judged
from verdringing.policies.version import Version
from verdringing.reaching import reach_doubt
from verdringing.rule import Rule, RuleBook
from verdringing.rule_file import PARTS, Ground
from verdringing.words import _, plural


def print_summary(audited: Audited) -> None:
    """Print rule × four verdicts, the counts, and where the report stands."""
    counted = audited.sums.verdicts
    titles = {
        "signaal": _("signaal"),
        "geen_signaal": _("geen signaal"),
        "niet_toetsbaar": _("niet toetsbaar"),
        "nvt": _("n.v.t."),
    }
    order = ["signaal", "geen_signaal", "niet_toetsbaar", "nvt"]
    on = {rule.name: rule for rule in reversed(audited.book.rules) if rule.on}
    rows = [
        [rule.say("titel"), norm_word(rule.file.norm), *(count(counted[rule.name][v]) for v in order)]
        for rule in reversed(on.values())
    ]
    _table([_("regel"), _("rust op"), *(titles[verdict] for verdict in order)], rows, right=range(2, 6))
    read = audited.intake.read
    kept = audited.sums.placements
    click.echo("")
    click.echo(read_and_kept(read, kept))
    cases = audited.sums.cases
    none = _("Geen signalen.") if audited.sums.in_scope else nothing_judged(kept, read - kept)
    click.echo(plural(cases, "{n} zaak vraagt om een blik.", "{n} zaken vragen om een blik.") if cases else none)
    if audited.decisions and audited.decisions.settled_cases:
        click.echo(is_decided(audited.decisions.settled_cases))
    if doubt := reach_doubt(audited):
        click.echo(doubt)
    click.echo(_("Rapport: {pad}", pad=audited.order.out / "index.html"))


def print_rules(book: RuleBook) -> None:
    """Print the policies with whom and when they hold, every rule with its values, and the questions of the policies.

    Of a rule: its check, what it rests on, whether it is on, the values that are not the default, and the policy.
    """
    if book.policies:
        head = [_("beleid"), _("gemeente"), _("geldig"), _("vastgesteld"), _("bestand")]
        _table(head, [_policy_row(one) for one in book.policies])
        click.echo("")
    labelled = any(rule.label for rule in book.rules)
    rows = [
        [rule.name, rule.file.toets, norm_word(rule.file.norm), _switch(rule), _short(rule), *[rule.label] * labelled]
        for rule in book.rules
    ]
    _table([_("regel"), _("toets"), _("rust op"), _("staat"), _("waarden"), *[_("beleid")] * labelled], rows)
    if book.questions:
        click.echo("\n" + _("Vragen voor een mens") + ":")
    for question in book.questions:
        click.echo(f"  {question.say()}" + (f" ({_sources(question.grondslag)})" if question.grondslag else ""))


def _policy_row(one: Version) -> list[str]:
    adopted = day(one.vastgesteld_op)
    back = _("{dag}, met terugwerkende kracht", dag=adopted) if one.retroactive else adopted
    return [" ".join(filter(None, (one.title, one.publicatie))), one.where(), one.when(), back, str(one.file)]


def print_rule(book: RuleBook, name: str) -> None:
    """Explain one rule: words, effective values with where they come from, grounds; UserError for an unknown name.

    Where policies differ, once for each of them.
    """
    known = book.by_name()
    if name not in known:
        hint = meant(name, known, _("Bekend zijn: {namen}.", namen=", ".join(known)))
        raise UserError(Mistake("", _("onbekende regel '{naam}'", naam=name), hint))
    for place, rule in enumerate(known[name]):
        click.echo("\n" if place else "", nl=False)
        _explain(rule)


def _explain(rule: Rule) -> None:
    click.echo(f"{rule.say('titel')} ({rule.name}, {norm_word(rule.file.norm)}, {_switch(rule)})")
    if rule.label:
        click.echo(_("Beleid: {namen}", namen=rule.label))
    parts = {_("Waarom"): "waarom", _("Bevinding"): "bevinding", _("Vraag"): "vraag", _("Opheffen"): "opheffen"}
    parts |= {_("Uitzonderingen"): "uitzonderingen", _("Aannames"): "aannames"}
    for head, part in parts.items():
        click.echo(f"\n{head}: {rule.say(part)}")  # type: ignore[arg-type]  # the names are those of Rule.say
    click.echo("\n" + _("Waarden") + ":")
    values = {_("staat"): {"waarde": _switch(rule), "herkomst": rule.sources["aan"]}}
    values |= {_("rust op"): {"waarde": norm_word(rule.file.norm), "herkomst": rule.sources["norm"]}}
    rows = (values | account.in_words(rule)).items()
    _table([], [[f"  {key}", value["waarde"], f"({value['herkomst']})"] for key, value in rows])
    click.echo("\n" + _("Grondslag") + f" ({rule.sources['grondslag']}):")
    for ground in rule.file.grondslag:
        click.echo(f"  {ground}" + (f" <{ground.link}>" if ground.link else ""))
    click.echo("\n" + _("Waar de woorden staan") + ":")
    _table([], [[f"  {part}", f"({rule.sources[part]})"] for part in PARTS])


def _sources(grounds: Iterable[Ground]) -> str:
    return "; ".join(map(str, grounds))


def _switch(rule: Rule) -> str:
    return _("aan") if rule.on else _("uit")


def norm_word(norm: str) -> str:
    """What a rule rests on, in the language of the run."""
    return {"wet": _("wet"), "beleid": _("beleid"), "signaal": _("signaal")}[norm]


def _short(rule: Rule) -> str:
    default = _("standaard van de toets")
    changed = [f"{key}: {v['waarde']}" for key, v in account.in_words(rule).items() if v["herkomst"] != default]
    text = " · ".join(changed)
    return text if len(text) <= 70 else text[:69] + "…"


def _table(head: list[str], rows: list[list[str]], right: range = range(0)) -> None:
    """Print columns as wide as they need to be; `right` names the columns with numbers."""
    lines = [head, *rows] if head else rows
    widths = [max(len(line[column]) for line in lines) for column in range(len(lines[0]))] if lines else []
    for line in lines:
        cells = [
            cell.rjust(width) if place in right else cell.ljust(width)
            for place, (cell, width) in enumerate(zip(line, widths, strict=True))
        ]
        click.echo("  ".join(cells).rstrip())
