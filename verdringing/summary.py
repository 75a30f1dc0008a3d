"""Short tables on the terminal: what an audit found, and the rules in force."""

from __future__ import annotations

import click

from verdringing import account
from verdringing.audited import Audited
from verdringing.errors import Mistake, UserError, nearest
from verdringing.figures import count
from verdringing.rule import Rule, RuleBook
from verdringing.words import _, plural


def print_summary(audited: Audited) -> None:
    """Print rule × four verdicts, the counts, and where the report stands."""
    counted = account.counts(audited.judgement.verdicts)
    titles = {
        "signaal": _("signaal"),
        "geen_signaal": _("geen signaal"),
        "niet_toetsbaar": _("niet toetsbaar"),
        "nvt": _("n.v.t."),
    }
    order = ["signaal", "geen_signaal", "niet_toetsbaar", "nvt"]
    rows = [
        [rule.say("titel"), norm_word(rule.file.norm), *(count(counted[rule.name][v]) for v in order)]
        for rule in audited.book.rules
        if rule.on
    ]
    _table([_("regel"), _("rust op"), *(titles[verdict] for verdict in order)], rows, right=range(2, 6))
    read = audited.intake.read
    kept = audited.placements.height
    click.echo("")
    click.echo(
        _("{n} rijen gelezen = {m} plaatsingen + {k} afgekeurd.", n=count(read), m=count(kept), k=count(read - kept))
    )
    cases = audited.cases.height
    click.echo(
        plural(cases, "{n} zaak vraagt om een blik.", "{n} zaken vragen om een blik.") if cases else _("Geen signalen.")
    )
    click.echo(_("Rapport: {pad}", pad=audited.order.out / "index.html"))


def print_rules(book: RuleBook) -> None:
    """Print every rule with its check, what it rests on, whether it is on, and the values that are not the default."""
    rows = [
        [rule.name, rule.file.toets, norm_word(rule.file.norm), _("aan") if rule.on else _("uit"), _short(rule)]
        for rule in book.rules
    ]
    _table([_("regel"), _("toets"), _("rust op"), _("staat"), _("waarden")], rows)


def print_rule(book: RuleBook, name: str) -> None:
    """Explain one rule: words, effective values with where they come from, grounds; UserError for an unknown name."""
    names = [rule.name for rule in book.rules]
    rule = next((rule for rule in book.rules if rule.name == name), None)
    if rule is None:
        near = nearest(name, names)
        hint = _("Bedoelde u '{naam}'?", naam=near) if near else _("Bekend zijn: {namen}.", namen=", ".join(names))
        raise UserError(Mistake("", _("onbekende regel '{naam}'", naam=name), hint))
    click.echo(f"{rule.say('titel')} ({rule.name}, {norm_word(rule.file.norm)}, {_('aan') if rule.on else _('uit')})")
    parts = {_("Waarom"): "waarom", _("Vraag"): "vraag", _("Opheffen"): "opheffen"}
    parts |= {_("Uitzonderingen"): "uitzonderingen", _("Aannames"): "aannames"}
    for head, part in parts.items():
        click.echo(f"\n{head}: {rule.say(part)}")  # type: ignore[arg-type]  # the names are those of Rule.say
    click.echo("\n" + _("Waarden") + ":")
    _table(
        [], [[f"  {key}", value["waarde"], f"({value['herkomst']})"] for key, value in account.in_words(rule).items()]
    )
    click.echo("\n" + _("Grondslag") + ":")
    for ground in rule.file.grondslag:
        click.echo(f"  {ground}" + (f" <{ground.link}>" if ground.link else ""))


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
