"""The checks agree with a slow oracle that was written from the contract, on made-up placements.

A disagreement is shown on the fewest placements that show it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import cache
from time import perf_counter
from typing import Any

import oracle
import polars as pl
import pytest
from conftest import placed, rows_of_text, shipped, verdicts_of
from oracle import Answer, Placement, crowded, made_up, row_of

from verdringing import check
from verdringing.judge import judge
from verdringing.norms import Norm
from verdringing.record import VERDICTS
from verdringing.rule import Rule
from verdringing.rule_file import Ground, RuleFile

WORLDS = {1: date(2024, 4, 30), 2: date(2025, 2, 28), 3: date(2026, 9, 30), 4: date(2023, 12, 31), 5: date(2025, 3, 31)}
"""Seed of the made-up placements → reference date."""
SIZE = 1500
PATIENCE = 10
"""Seconds that may be spent on finding the smallest example of a disagreement."""
CROWDED = 5
"""The seed whose placements have few dates, from 1950 to 2098: equal starts, equal ends, one day, very long."""
MEASURED = {
    "opvolging": ("plaats",),
    "bezetting": ("sinds", "kandidaten"),
    "terugkeer": ("jaren",),
    "stapeling": ("inzet",),
    "duur": ("begin",),
    "doorstroom": ("geplaatst", "aangenomen", "onbekend"),
    "premie": ("som", "maximum"),
    "herhaling": ("eerder_einde",),
    "aantal": ("aantal",),
    "tarief": ("ondergrens", "dag"),
}
"""Per check the evidence that is compared with what the oracle measured."""
WORD = {"nl": "een woord", "en": "a word"}
WORDS = dict.fromkeys(("titel", "bevinding", "vraag", "opheffen", "waarom", "uitzonderingen", "aannames"), WORD)
HARVEST = ["flextensie", "stage"]


@cache
def norms() -> Mapping[str, Norm]:
    """The norms that ship and the keyed tables of the oracle, whose keys are spelled in other ways here."""
    tables = {"loontabel": oracle.LOONTABEL, "streektabel": oracle.STREEKTABEL}
    return shipped().norms | {name: _keyed(table) for name, table in tables.items()}


SPELLED = {
    "horeca": "HORECA!",
    "groen": "gröen",
    "inpakker": "Verpakkings-medewerker (m/v)",
    "tuinman": "Tuinman",
    "Aalten": "AALTEN",
}


def _keyed(table: Mapping[str, Any]) -> Norm:
    source = {"bron": "tabel", "status": "bevestigd"}
    rows = [
        row
        | source
        | {"bedrag": Decimal(row["bedrag"]), "voor": {name: SPELLED[key] for name, key in row["voor"].items()}}
        for row in table["rijen"]
    ]
    youth = [
        one | source | {"percentages": {age: Decimal(pct) for age, pct in one["percentages"].items()}}
        for one in table.get("jeugd", ())
    ]
    given = {**table, "titel": WORD, "eenheid": "euro per uur", "rijen": rows, "jeugd": youth}
    return Norm.model_validate(given, context={"job_groups": {"verpakkings medewerker": "inpakker"}})


@dataclass(frozen=True, eq=False)
class Case:
    """A check with parameters as a rule file spells them."""

    check: str
    parameters: Mapping[str, Any] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.check + "".join(f"-{name}={value}" for name, value in self.parameters.items()).replace(" ", "")

    @property
    def rule(self) -> Rule:
        values = dict(self.parameters)
        file = RuleFile(toets=self.check, norm="signaal", parameters=values, grondslag=(Ground(bron="geen"),), **WORDS)
        return Rule("regel", file, check.find(self.check).Params.model_validate(values, context={"norms": norms()}))


CASES = [
    Case("opvolging", {"max_op_rij": 1, "max_tussenruimte_dagen": 31}),
    Case("opvolging", {"max_op_rij": 4, "max_tussenruimte_dagen": 0, "niveau": "werkgever"}),
    Case("opvolging", {"instrumenten": HARVEST}),
    Case("bezetting", {"max_maanden": 6, "max_tussenruimte_dagen": 0, "min_kandidaten": 3}),
    Case("bezetting", {"max_maanden": 3, "max_tussenruimte_dagen": 183, "niveau": "werkgever"}),
    Case("bezetting", {"instrumenten": HARVEST}),
    Case("terugkeer", {"max_jaren": 1, "niveau": "werkgever", "instrumenten": HARVEST}),
    Case("stapeling", {"zelfde_functie": False, "max_inzetten": 2}),
    Case("stapeling", {"max_tussenruimte_dagen": 31, "niveau": "vestiging", "instrumenten": HARVEST}),
    Case("stapeling", {"toegestaan": [["proefplaatsing", "flextensie"], ["flextensie", "stage"]]}),
    Case("duur"),
    Case("duur", {"per": "werkgever"}),
    Case("duur", {"instrumenten": HARVEST, "samenvoegen_dagen": 0}),
    Case("duur", {"grenzen": [{"maanden": 6}], "per": "werkgever", "niveau": "vestiging", "samenvoegen_dagen": 183}),
    Case("duur", {"grenzen": [{"maanden": 3}], "verlenging": {"maanden": 3}}),
    Case("duur", {"verlenging": {"weken": 4}}),
    Case("duur", {"verlenging": {"maanden": 3}, "per": "werkgever"}),
    Case("duur", {"grenzen": [{"uren_tot_en_met": 16, "jaren": 1}, {"uren_boven": 28, "weken": 13}, {"dagen": 183}]}),
    Case(
        "duur", {"grenzen": [{"uren_boven": 28.8, "maanden": 1}, {"uren_boven": 28.01, "maanden": 3}, {"maanden": 6}]}
    ),
    Case("duur", {"grenzen": [{"leeftijd_tot": 26, "uren_boven": 28, "maanden": 1}, {"maanden": 6}]}),
    Case("duur", {"grenzen": [{"leeftijd_van": 27, "maanden": 12}, {"uren_boven": 28, "maanden": 3}, {"maanden": 6}]}),
    Case(
        "duur",
        {
            "grenzen": [
                {"leeftijd_van": 18, "leeftijd_tot": 26, "weken": 26},
                {"leeftijd_van": 27, "leeftijd_tot": 55, "dagen": 92},
                {"jaren": 1},
            ],
            "per": "werkgever",
        },
    ),
    Case("duur", {"minimaal": {"weken": 4}}),
    Case("duur", {"minimaal": {"dagen": 31}, "per": "werkgever", "samenvoegen_dagen": 0}),
    Case("duur", {"minimaal": {"maanden": 3}, "verlenging": {"maanden": 1}, "grenzen": [{"maanden": 6}]}),
    Case(
        "duur",
        {"minimaal": {"jaren": 1}, "grenzen": [{"uren_boven": 28, "weken": 53}, {"jaren": 2}], "instrumenten": HARVEST},
    ),
]
CASES += [
    Case("doorstroom", {"min_afgerond": 2}),
    Case("doorstroom", {"min_afgerond": 1, "venster_maanden": 3, "niveau": "vestiging"}),
    Case("doorstroom", {"min_afgerond": 3, "venster_maanden": 12, "instrumenten": HARVEST}),
    Case("premie", {"instrumenten": HARVEST}),
    Case("herhaling", {"per": "functie", "binnen_maanden": 6}),
    Case("herhaling", {"per": "functie", "ooit": True, "instrumenten": HARVEST, "niveau": "vestiging"}),
    Case("herhaling", {"per": "werkgever", "binnen_maanden": 1, "eerdere_instrumenten": HARVEST}),
    Case("herhaling", {"per": "persoon", "binnen_maanden": 12, "historie_vereist": True}),
    Case("herhaling", {"per": "persoon", "ooit": True, "eerdere_instrumenten": ["stage"]}),
    Case("aantal", {"per": "plek", "max_gelijktijdig": 2}),
    Case("aantal", {"per": "werkplek", "max_gelijktijdig": 4, "niveau": "werkgever", "instrumenten": HARVEST}),
    Case("aantal", {"per": "plek", "max_per_jaar": 3}),
    Case("aantal", {"per": "werkplek", "max_per_jaar": 5, "niveau": "werkgever"}),
    Case("aantal", {"per": "werkplek", "max_aandeel_pct": 25}),
    Case("aantal", {"per": "plek", "max_aandeel_pct": 12.5}),
]
LATER = date(2025, 2, 1)
CASES += [
    Case("tarief", {"norm": "loontabel"}),
    Case("tarief", {"norm": "loontabel", "peilmoment": "looptijd", "instrumenten": HARVEST}),
    Case("tarief", {"norm": "loontabel", "peilmoment": "looptijd", "leeftijd_onbekend": "niet_toetsbaar"}),
    Case("tarief", {"norm": "loontabel", "opslag_pct": [{"pct": Decimal("23.5")}], "tolerantie": Decimal("0.10")}),
    Case("tarief", {"norm": "loontabel", "opslag_pct": [{"pct": 20, "tot": date(2025, 1, 31)}, {"pct": Decimal("23.55"), "van": LATER}], "peilmoment": "looptijd"}),
    Case("tarief", {"norm": "loontabel", "peilmoment": "looptijd", "loonwaarde_meewegen": True, "opslag_pct": [{"pct": 8}]}),
    Case("tarief", {"norm": "streektabel", "peilmoment": "looptijd", "tolerantie": Decimal("0.005")}),
    Case("tarief", {"norm": "wml", "basis_uren": 38, "loonwaarde_meewegen": True, "leeftijd_onbekend": "niet_toetsbaar"}),
    Case("tarief", {"kolom": "cao_uurloon", "opslag_pct": [{"pct": 8, "van": LATER}], "peilmoment": "looptijd"}),
]  # fmt: skip
CASES += [
    Case(rule.file.toets, rule.file.parameters)
    for rule in shipped().rules
    if rule.file.toets in MEASURED and rule.file.parameters.get("kolom") != "inleentarief"
]


@cache
def world(seed: int) -> tuple[list[Placement], pl.DataFrame]:
    """Made-up placements, and the same as the product places them."""
    placements = (crowded if seed == CROWDED else made_up)(seed, SIZE)
    return placements, as_placed(placements, WORLDS[seed])


def as_placed(placements: Sequence[Placement], day: date) -> pl.DataFrame:
    return placed(rows_of_text([row_of(p) for p in placements]), day)


def answers_of_product(case: Case, placements: pl.DataFrame) -> dict[str, Answer]:
    """What the product says of every placement; what was measured is its evidence, also without a signal."""
    rule = case.rule
    judgement = judge(placements, (rule,))
    verdicts = verdicts_of(placements, judgement, rule.name)
    arose = dict(judgement.findings.select("nr", "ontstaan_op").rows())
    evidence = [rule.check.check(rule.params).evidence[name].alias(f"_{name}") for name in MEASURED[case.check]]
    measured = check.prepare(rule.check, placements.lazy(), rule.params).select("nr", "plaatsing_id", *evidence)
    rows = measured.collect().rows()
    return {name: Answer(verdicts[name], arose.get(nr), tuple(values)) for nr, name, *values in rows}


def answers_of_oracle(case: Case, placements: Sequence[Placement], day: date) -> dict[str, Answer]:
    answers: dict[str, Answer] = getattr(oracle, case.check)(placements, day, **case.parameters)
    return answers


def differences(expected: Mapping[str, Answer], given: Mapping[str, Answer]) -> dict[str, tuple[Answer, Answer]]:
    """plaatsing_id → (oracle, product) where they differ; what was measured counts where the oracle could measure."""
    assert expected.keys() == given.keys()
    pairs = {name: (answer, given[name]) for name, answer in expected.items()}
    return {
        name: (ours, theirs)
        for name, (ours, theirs) in pairs.items()
        if (replace(theirs, gemeten=ours.gemeten) if not ours.gemeten else theirs) != ours
    }


def disagreements(case: Case, placements: Sequence[Placement], day: date) -> dict[str, tuple[Answer, Answer]]:
    return differences(answers_of_oracle(case, placements, day), answers_of_product(case, as_placed(placements, day)))


def smallest(case: Case, placements: Sequence[Placement], day: date) -> list[Placement]:
    """The fewest placements on which both still disagree: drop ever smaller slices while they do, for some seconds."""
    kept, until = list(placements), perf_counter() + PATIENCE
    size = len(kept) // 2
    while size and perf_counter() < until:
        for first in range(0, len(kept), size):
            fewer = kept[:first] + kept[first + size :]
            if fewer and disagreements(case, fewer, day):
                kept = fewer
                break
        else:
            size //= 2
    return kept


def shown(case: Case, placements: Sequence[Placement], day: date) -> str:
    rows = [{key: value for key, value in row_of(p).items() if value} for p in placements]
    wrong = disagreements(case, placements, day).items()
    said = [f"{name}\n  contract: {expected}\n  product:  {given}" for name, (expected, given) in wrong]
    return "\n".join([f"{case}, peildatum {day}", *map(str, rows), *said])


@pytest.mark.parametrize("name", MEASURED)
def test_product_agrees_with_oracle(name: str, subtests: pytest.Subtests) -> None:
    reached: Counter[str] = Counter()
    for case in (case for case in CASES if case.check == name):
        with subtests.test(str(case)):
            for seed, day in WORLDS.items():
                placements, frame = world(seed)
                expected = answers_of_oracle(case, placements, day)
                reached.update(answer.oordeel for answer in expected.values())
                if differences(expected, answers_of_product(case, frame)):
                    pytest.fail(shown(case, smallest(case, placements, day), day), pytrace=False)
    assert min(reached[verdict] for verdict in VERDICTS) >= 100, reached


def test_predecessors_lead_to_the_place_in_the_row() -> None:
    rule = Case("opvolging").rule
    for seed in WORLDS:
        _placements, frame = world(seed)
        rounds = check.prepare(rule.check, frame.lazy(), rule.params).collect()
        by_number = {row["nr"]: row for row in rounds.iter_rows(named=True)}
        for row in by_number.values():
            before = by_number.get(row["voorganger"])
            assert (before is None) == (row["plaats"] in (None, 1))
            if before is not None:
                assert before["plaats"] == row["plaats"] - 1
                assert before["kandidaat_id"] != row["kandidaat_id"]
                assert before["plek_vestiging_nr"] == row["plek_vestiging_nr"]
                assert 0 <= (row["startdatum"] - before["einddatum"]).days - 1 <= 183
