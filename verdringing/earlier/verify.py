"""Proof of a report: the same files, rules and version give the same findings, or exactly what differs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import chdir
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from verdringing import account
from verdringing.audit import audit
from verdringing.disk import real
from verdringing.earlier import again
from verdringing.earlier.compare import Comparison, compare
from verdringing.privacy.pseudonyms import Key
from verdringing.reported import Reported, read_account, read_report
from verdringing.words import _

_FILES = ("invoer", "lijsten", "beslisbestanden", "regelbestanden")
_RETURNED = "ingeleverd-"
"""A list that came back and stood in the report itself: it is kept there, and no run makes it again."""
_MOST = 10


@dataclass(frozen=True, slots=True)
class Proof:
    """What was the same and what was not, in sentences; `notes` are other versions that made no difference."""

    same: tuple[str, ...]
    differences: tuple[str, ...]
    notes: tuple[str, ...] = ()


def verify(folder: Path, base: Path, key: Key | None = None) -> Proof:
    """Make the report in `folder` again, in the folder `base`, and hold the two beside each other.

    UserError when the report is damaged, or its files are not there.
    """
    folder = real(folder)
    told = read_account(folder)
    changed = list(_tampered(folder, told))
    with TemporaryDirectory() as room, chdir(base):
        order = again.same_order(told, folder, Path(room) / "rapport")
        audit(replace(order, key=key or order.key, aside=folder))
        made = read_account(order.out)
        changed += [*_files(told, made), *_rules(told, made), *_counts(told, made)]
        outputs = sorted(one for one in {**told["uitvoer"], **made["uitvoer"]} if not one.startswith(_RETURNED))
        other = [name for name in outputs if told["uitvoer"].get(name) != made["uitvoer"].get(name)]
        changed += [_("{bestand} is niet meer hetzelfde", bestand=name) for name in other]
        if {"bevindingen.csv", "oordelen.parquet"} & set(other):
            changed += _findings(read_report(folder), read_report(order.out))
    same = tuple(name for name in outputs if name not in other)
    return Proof(same, tuple(_pseudonyms(told, changed)), tuple(_versions(told, made)))


def _tampered(folder: Path, told: Mapping[str, Any]) -> Iterator[str]:
    """Files of the report that are no longer what was written."""
    for name, fingerprint in told["uitvoer"].items():
        path = folder / name
        if not path.exists():
            yield _("{bestand} staat niet meer in het rapport", bestand=name)
        elif account.fingerprint(path) != fingerprint:
            yield _("{bestand} is veranderd nadat het rapport is gemaakt", bestand=name)


def _files(told: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[str]:
    """Input, lists and rule files with other bytes than then."""
    for kind in _FILES:
        for name in sorted({**told[kind], **made[kind]}):
            if told[kind].get(name) != made[kind].get(name):
                yield _("het bestand {naam} is niet meer hetzelfde", naam=name)


def _rules(told: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[str]:
    for name in sorted({**told["regels"], **made["regels"]}):
        if told["regels"].get(name) != made["regels"].get(name):
            yield _("de regel {naam} heeft andere waarden", naam=name)


def _counts(told: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[str]:
    for name, count in made["tellingen"].items():
        then = told["tellingen"].get(name)
        if name != "oordelen" and then != count:
            yield _("{naam}: toen {toen}, nu {nu}", naam=name, toen=then, nu=count)


def _findings(old: Reported, new: Reported) -> Iterator[str]:
    """Which findings differ, the first few by name."""
    found: Comparison = compare(old, new, what_if=True)
    told = {"nieuw": _("nieuw"), "verdwenen": _("verdwenen"), "gewijzigd": _("gewijzigd")}
    for status, word in told.items():
        rows = found.findings.filter(status=status)
        for rule, placement in rows.select("regel", "plaatsing_id").head(_MOST).rows():
            yield _("bevinding {status}: {regel}, plaatsing {plaatsing}", status=word, regel=rule, plaatsing=placement)
        if rows.height > _MOST:
            yield _("en nog {n} keer: bevinding {status}", n=rows.height - _MOST, status=word)


def _pseudonyms(told: Mapping[str, Any], changed: list[str]) -> Iterator[str]:
    """With pseudonyms of one run only, candidates are called otherwise each time: that comes first."""
    if changed and told["pseudoniemen"] == "sleutel van deze keer":
        yield _("de pseudoniemen van dat rapport golden maar een keer; zonder die sleutel is het niet na te maken")
    yield from changed


def _versions(told: Mapping[str, Any], made: Mapping[str, Any]) -> Iterator[str]:
    names = {"versie": "verdringing", "python": "Python", "polars": "polars"}
    for key, name in names.items():
        if told[key] != made[key]:
            yield _("{naam}: toen {toen}, nu {nu}", naam=name, toen=told[key], nu=made[key])
