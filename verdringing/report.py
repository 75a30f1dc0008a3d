"""The page: facts of an audit gathered for the templates, and the one HTML file made from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from operator import lt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl

from verdringing import __version__, account, besides, figures, resources
from verdringing.audited import Audited, TakenIn
from verdringing.page.dossier import MOST_CASES, dossiers
from verdringing.page.finder import finder
from verdringing.page.inline import inlined
from verdringing.page.missing import lacking, lacking_in_short
from verdringing.page.opening import nothing_judged, summary, without_list
from verdringing.page.pictures import occupation, quarters
from verdringing.page.rule_line import rule_line
from verdringing.page.timeline import timeline
from verdringing.page.to_do import MOST_TODO, deadlines, nothing_to_do, to_do
from verdringing.privacy.shield import shielded
from verdringing.reaching import reach_doubt
from verdringing.record import Column, by_name
from verdringing.words import _, language, plural

if TYPE_CHECKING:
    from verdringing.earlier.since import Since

__all__ = ["facts", "files", "page", "rendered", "totals", "unlock", "write"]

MOST_PROBLEMS = 200


def write(audited: Audited, folder: Path, before: Since | None = None) -> None:
    """Write index.html into `folder`; `before` is what changed since the previous report."""
    (folder / "index.html").write_text(page(audited, before), encoding="utf-8")


def page(audited: Audited, before: Since | None = None) -> str:
    """The whole report as one HTML document, without any request to elsewhere."""
    shown = facts(audited) | inlined(audited.order.house_style) | {"since": before}
    order = audited.order
    last = order.period.last if order.period else date.max
    told = {"timeline": partial(timeline, order=order), "ahead": partial(lt, order.day), "after": partial(lt, last)}
    return rendered("index.html.j2", shown, **told)


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
    environment.filters.update(formats | {"lacking": lacking, "lacking_in_short": lacking_in_short})
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
    lines = [rule_line(named, audited.sums) for named in audited.book.by_name().values()]
    on = [line for line in lines if line.on]
    order, sums = audited.order, totals(audited)
    settled = audited.decisions.settled_cases if audited.decisions else 0
    return {
        "language": language(),
        "version": __version__,
        "gemeente": order.gemeente or audited.book.gemeente,
        "period": order.period,
        "day": order.day,
        "command": order.command,
        "totals": sums,
        "nothing_judged": nothing_judged(sums["placements"], sums["rejected"]),
        "lines": on,
        "tested": sum(not line.listless for line in on),
        "listless": without_list(on),
        "off": [line for line in lines if not line.on],
        "dossiers": shown,
        "cases_total": audited.sums.cases,
        "most_cases": MOST_CASES,
        "finding": finder(audited, shown),
        "quarters": quarters(audited.sums.quarters, order.day),
        "occupation": occupation(audited, [dossier.case["zaak"] for dossier in shown]),
        "summary": summary(sums, on, shown, reach_doubt(audited), settled),
        "todo": to_do(audited, shown),
        "most_todo": MOST_TODO,
        "nothing_to_do": nothing_to_do(audited, shown),
        "deadlines": deadlines(audited),
        "near": audited.sums.near,
        "unlock": unlock(audited.sums.missing, audited.book.own_columns),
        "rejected": _problems(audited.intake.rejected),
        "rejected_total": audited.intake.rejected.height,
        "warnings": _problems(audited.warnings),
        "warnings_total": audited.warned,
        "files": files(audited, audited.sums.kept),
        "lists": audited.lists,
        "pseudonyms": audited.order.key.words() if audited.pseudonymised else None,
        "rule_files": account.hashes(audited.book.files),
        "norms": audited.book.norms,
        "policies": audited.book.policies,
        "questions": audited.book.questions,
        "decided": audited.decisions,
        "statuses": besides.statuses() if audited.decisions else {},
        "sampled": audited.sampled,
        "rule_titles": {rule.name: rule.say("titel") for rule in audited.book.rules},
    }


def _problems(table: pl.DataFrame) -> list[dict[str, Any]]:
    return table.head(MOST_PROBLEMS).with_columns(shielded(pl.col("waarde"))).to_dicts()


def totals(audited: Audited) -> dict[str, int]:
    """Counts that add up: read = placements + rejected; placements = in scope + history."""
    sums = audited.sums
    return {
        "read": audited.intake.read,
        "placements": sums.placements,
        "rejected": account.rejected_rows(audited.intake.rejected),
        "in_scope": sums.in_scope,
        "history": sums.placements - sums.in_scope,
        "cases": sums.cases,
        "running": sums.running,
        "findings": sums.findings,
        "signalled": sums.signalled,
        "employers": sums.employers,
        "warnings": audited.warned,
    }


def unlock(missing: pl.DataFrame, own: Iterable[Column] = ()) -> list[dict[str, Any]]:
    """Which one missing thing (Judgement.missing) would make how many verdicts possible, most first."""
    alone = missing.filter(pl.col("ontbreekt").is_in([*by_name(own), "norm", "verlengingsbesluit", "beleid"]))
    return (
        alone.group_by("ontbreekt")
        .agg(pl.col("aantal").sum(), pl.col("regel").sort())
        .sort("aantal", "ontbreekt", descending=[True, False])
        .to_dicts()
    )


def files(audited: TakenIn, kept: Mapping[str, int]) -> list[dict[str, Any]]:
    """Every input file: rows read, `kept` (per file), rejected, empty lines, columns left out, SHA-256."""
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
