"""What every tool is told besides the placements: spellings, job groups and the minimum wage, as one JSON file.

A person who writes the rules in SQL or pandas has these as tables too. They are read from rules/ here, plainly and
apart from the tool, so that two answers are compared and not one answer with itself.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Collection, Iterator, Mapping
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import yaml

RULES = Path(__file__).parent.parent / "rules"
AGES = range(15, 23)
NEVER = date(2200, 1, 1)
FIVE = (
    "opvolging_zelfde_functie",
    "instrumenten_gestapeld",
    "tarief_onder_wml",
    "duur_te_lang",
    "doorlopende_bezetting",
    "zwarte_lijst",
)
"""The five rules of the comparison; the one about duration is two files."""


RARE = (
    "instrumenten_gestapeld",
    "participatieplaats_te_lang",
    "premie_boven_maximum",
    "tarief_onder_wml",
    "zwarte_lijst",
)
"""Rules of all kinds (a place of work, a person, a row, a list) with few signals: one for nine placements."""


def policy(kept: Collection[str]) -> str:
    """A policy file that switches every rule off but those that are kept."""
    names = sorted(path.stem for path in RULES.glob("*.yaml") if "toets" in _read(path))
    return "regels:\n" + "".join(f"  {name}: {{aan: nee}}\n" for name in names if name not in kept)


def tables() -> dict[str, object]:
    """Spellings of instruments, job titles by group, and the minimum wage (40 hours) per run of days and age."""
    kinds, jobs = _read(RULES / "instrumenten.yaml"), _read(RULES / "functiegroepen.yaml")
    own = {name.replace("_", " "): name for name in kinds}
    return {
        "instrumenten": own | _turned(kinds),
        "functies": _turned(jobs),
        "minimumloon": list(_minimum_wage(_read(RULES / "normen" / "wml.yaml"))),
    }


def _read(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def _turned(groups: Mapping[str, list[str]]) -> dict[str, str]:
    return {spelling: name for name, spellings in groups.items() for spelling in spellings}


def _minimum_wage(norm: Mapping[str, Any]) -> Iterator[dict[str, object]]:
    """Runs of days with one amount, its youth percentages and one calendar year: cents for 15 to 22 and for adults."""
    rows, youth = norm["rijen"], norm["jeugd"]
    days = {row["van"] for row in rows} | {row["van"] for row in youth} | {rows[-1]["tot"] + timedelta(days=1)}
    days |= {date(year, 1, 1) for year in range(rows[0]["van"].year, rows[-1]["tot"].year + 1)}
    firsts = sorted(days)
    for first, after in zip(firsts, [*firsts[1:], NEVER], strict=True):
        held = [row for row in rows if row["van"] <= first <= row.get("tot", NEVER)]
        if held:
            young = [part for part in youth if part["van"] <= first][-1]["percentages"]
            last = after - timedelta(days=1)
            yield {"van": first.isoformat(), "tot": last.isoformat(), "cent": _by_age(held[-1]["bedrag"], young)}


def _by_age(amount: Any, young: Mapping[str, Any]) -> list[int]:
    adult = _number(amount["uren_40"] if isinstance(amount, dict) else amount)
    euros = [adult * _number(young[f"leeftijd_{age}"]) / 100 for age in AGES] + [adult]
    return [int((euro * 100).quantize(Decimal(1), ROUND_HALF_UP)) for euro in euros]


def _number(written: Any) -> Decimal:
    return Decimal(str(written).replace(",", "."))


def main(folder: str) -> None:
    """Write tabellen.json, vijf.yaml and weinig.yaml."""
    Path(folder, "tabellen.json").write_text(json.dumps(tables(), ensure_ascii=False), encoding="utf-8")
    Path(folder, "vijf.yaml").write_text(policy(FIVE), encoding="utf-8")
    Path(folder, "weinig.yaml").write_text(policy(RARE), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
