"""The page: facts of an audit gathered for the templates, and the one HTML file made from them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import polars as pl

from verdringing import __version__, account, figures, resources
from verdringing.audited import Audited, TakenIn
from verdringing.dossier import MOST_CASES, Dossier, dossiers
from verdringing.privacy import shielded
from verdringing.record import BY_NAME, COLUMNS
from verdringing.rule import Rule
from verdringing.timeline import timeline
from verdringing.words import _, language, plural

MOST_PROBLEMS = 200
NEAR_DAYS = 60
MOST_TODO = 6


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One rule with its four counts, what was missing where it could not judge, and its effective values."""

    rule: Rule
    counts: dict[str, int]
    missing: Sequence[tuple[str, int]]
    values: dict[str, dict[str, str]]


def write(audited: Audited, folder: Path) -> None:
    """Write index.html into `folder`."""
    (folder / "index.html").write_text(page(audited), encoding="utf-8")


def page(audited: Audited) -> str:
    """The whole report as one HTML document, without any request to elsewhere."""
    return rendered("index.html.j2", facts(audited), timeline=partial(timeline, order=audited.order))


def rendered(template: str, shown: Mapping[str, Any], **functions: Callable[..., Any]) -> str:
    """A page made from a template, with the words, the figures and the `functions` that templates use."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(resources.folder("templates")),
        autoescape=True,
        bytecode_cache=_compiled_templates(),
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    formats = {name: getattr(figures, name) for name in ("count", "amount", "decimal", "day", "day_in_words")}
    environment.filters.update(formats | {"lacking": lacking})
    environment.globals.update(_=_, plural=plural, **functions)
    return environment.get_template(template).render(**shown)


def _compiled_templates() -> Any:
    """Where jinja2 keeps compiled templates for the next run: a folder of this user alone, or nowhere."""
    import jinja2

    try:
        return jinja2.FileSystemBytecodeCache()
    except (OSError, RuntimeError):  # no safe folder for temporary files: compile them each time
        return None


def facts(audited: Audited) -> dict[str, Any]:
    """Everything the templates show; see templates/index.html.j2 for how."""
    shown = dossiers(audited)
    counted = account.counts(audited.judgement.verdicts)
    lines = [_line(rule, audited, counted) for rule in audited.book.rules]
    order = audited.order
    return {
        "language": language(),
        "version": __version__,
        "gemeente": order.gemeente or audited.book.gemeente,
        "period": order.period,
        "day": order.day,
        "command": order.command,
        "totals": totals(audited),
        "lines": [line for line in lines if line.rule.on],
        "off": [line for line in lines if not line.rule.on],
        "dossiers": shown,
        "cases_total": audited.cases.height,
        "most_cases": MOST_CASES,
        "summary": summary(audited, lines, shown),
        "todo": to_do(audited, shown),
        "most_todo": MOST_TODO,
        "deadlines": deadlines(audited),
        "unlock": unlock(audited.judgement.missing),
        "rejected": _problems(audited.intake.rejected),
        "rejected_total": audited.intake.rejected.height,
        "warnings": _problems(audited.warnings),
        "warnings_total": audited.warnings.height,
        "files": files(audited),
        "lists": audited.lists,
        "pseudonyms": audited.order.key.words() if audited.pseudonymised else None,
        "rule_files": account.hashes(audited.book.files),
        "norms": audited.book.norms,
    }


def _problems(table: pl.DataFrame) -> list[dict[str, Any]]:
    return table.head(MOST_PROBLEMS).with_columns(shielded(pl.col("waarde"))).to_dicts()


def _line(rule: Rule, audited: Audited, counted: dict[str, dict[str, int]]) -> RuleLine:
    missing = audited.judgement.missing.filter(pl.col("regel") == rule.name).select("ontbreekt", "aantal").rows()
    return RuleLine(rule, counted[rule.name], missing, account.in_words(rule))


def totals(audited: Audited) -> dict[str, int]:
    """Counts that add up: read = placements + rejected; placements = in scope + history."""
    return {
        "read": audited.intake.read,
        "placements": audited.placements.height,
        "rejected": account.rejected_rows(audited.intake.rejected),
        "in_scope": audited.judgement.verdicts.height,
        "history": audited.placements.height - audited.judgement.verdicts.height,
        "cases": audited.cases.height,
        "running": audited.cases.filter("lopend").height,
        "findings": audited.findings.height,
        "signalled": audited.findings["nr"].n_unique(),
        "employers": audited.findings.select("gemeente_sleutel", "werkplek_sleutel").n_unique(),
        "warnings": audited.warnings.height,
    }


def summary(audited: Audited, lines: Sequence[RuleLine], shown: Sequence[Dossier]) -> list[str]:
    """Five sentences at most: how much there is, what stands out, and what could not be judged."""
    sums = totals(audited)
    if not sums["cases"]:
        said = [
            plural(
                sums["in_scope"], "Er is geen signaal in {n} plaatsing.", "Er zijn geen signalen in {n} plaatsingen."
            )
        ]
    else:
        said = [
            plural(
                sums["cases"],
                "{n} zaak bij {werkgevers} vraagt om een blik; {lopend}.",
                "{n} zaken bij {werkgevers} vragen om een blik; {lopend}.",
                werkgevers=plural(sums["employers"], "{n} werkgever", "{n} werkgevers"),
                lopend=plural(sums["running"], "{n} daarvan loopt of begint nog", "{n} daarvan lopen of beginnen nog"),
            )
        ]
        said += _standing_out(lines, shown)
    return (said + _not_judged(lines))[:5]


def _standing_out(lines: Sequence[RuleLine], shown: Sequence[Dossier]) -> list[str]:
    law = sum(line.counts["signaal"] for line in lines if line.rule.file.norm == "wet")
    said = []
    if law:
        said.append(plural(law, "{n} signaal rust op de wet.", "{n} signalen rusten op de wet."))
    first = shown[0]
    name = first.employers[0]
    said.append(
        _(
            "De eerste zaak is {werk} bij {werkgever}: {signalen} van {regels}.",
            werk=first.jobs[0] if first.jobs else _("werk zonder functienaam"),
            werkgever=name,
            signalen=plural(first.case["bevindingen"], "{n} signaal", "{n} signalen"),
            regels=plural(first.case["regels"], "{n} regel", "{n} regels"),
        )
    )
    return said


def _not_judged(lines: Sequence[RuleLine]) -> list[str]:
    """The rules that could judge least, each with the main thing that was missing."""
    least = sorted(
        (line for line in lines if line.counts["niet_toetsbaar"]), key=lambda line: -line.counts["niet_toetsbaar"]
    )
    return [
        plural(
            line.counts["niet_toetsbaar"],
            "{regel}: {n} plaatsing is niet te toetsen. Wat ontbreekt: {wat}.",
            "{regel}: {n} plaatsingen zijn niet te toetsen. Wat ontbreekt: {wat}.",
            regel=line.rule.say("titel"),
            wat=lacking(line.missing[0][0]),
        )
        for line in least[:2]
    ]


def lacking(names: str) -> str:
    """What was missing, in words: columns by what they mean, a norm or a decision as such."""
    known = {"norm": _("een bedrag voor die datum in de norm"), "verlengingsbesluit": _("een besluit tot verlenging")}
    known |= {column.name: _(column.meaning) for column in COLUMNS}
    return _(" en ").join(known.get(name, name) for name in names.split(", "))


def to_do(audited: Audited, shown: Sequence[Dossier]) -> list[dict[str, Any]]:
    """What can still be prevented or stopped: signals that lie ahead, running signals, and limits that come near."""
    day = audited.order.day
    entries: list[dict[str, Any]] = []
    for dossier in shown:
        told = [(said, one.rule) for one in dossier.ruled for said in one.found if said.row["fase"] != "beeindigd"]
        if told:
            said, rule = min(told, key=lambda pair: (pair[0].row["fase"] != "voorgenomen", pair[0].arose or date.max))
            entries.append(
                {"dossier": dossier, "said": said, "rule": rule, "ahead": bool(said.arose and said.arose > day)}
            )
    return sorted(entries, key=lambda entry: not entry["ahead"])


def deadlines(audited: Audited) -> list[dict[str, Any]]:
    """Running placements that reach a limit within NEAR_DAYS after the reference date, soonest first."""
    day = audited.order.day
    near = audited.judgement.deadlines.filter(pl.col("limiet_op").is_between(day, day + timedelta(days=NEAR_DAYS)))
    named = near.join(
        audited.placements.select("nr", "plaatsing_id", "werkgever", "functie", "instrument", "einddatum"),
        on="nr",
        how="left",
    )
    return named.sort("limiet_op", "nr").head(50).with_columns(shielded(pl.col("werkgever", "functie"))).to_dicts()


def unlock(missing: pl.DataFrame) -> list[dict[str, Any]]:
    """Which one missing thing (Judgement.missing) would make how many verdicts possible, most first."""
    alone = missing.filter(pl.col("ontbreekt").is_in([*BY_NAME, "norm", "verlengingsbesluit"]))
    return (
        alone.group_by("ontbreekt")
        .agg(pl.col("aantal").sum(), pl.col("regel").sort())
        .sort("aantal", "ontbreekt", descending=[True, False])
        .to_dicts()
    )


def files(audited: TakenIn) -> list[dict[str, Any]]:
    """Every input file: rows read, kept, rejected, empty lines, columns left out, SHA-256."""
    kept = dict(audited.placements.group_by("bestand").len().rows())
    rejected = audited.intake.rejected.unique(["bestand", "blad", "rij"]).group_by("bestand").len()
    refused = dict(rejected.rows())
    return [
        {
            "name": source.name,
            "read": audited.read[source.name],
            "kept": kept.get(source.name, 0),
            "rejected": refused.get(source.name, 0),
            "empty": source.empty_lines,
            "left_out": source.left_out,
            "sensitive": [one.words() for one in source.sensitive],
            "titles": source.titles,
            "totals": source.totals,
            "sha256": source.sha256,
        }
        for source in audited.sources
    ]
