"""Policies made from public facts (samples/beleid): each loads, and its cases show which verdicts it changes.

tests/beleid/<name>.csv: first column a sentence (empty: the same case goes on), then only the columns that matter, then
`regel`, `standaard` (the verdict under the shipped rules; - where they do not have the rule) and `beleid` (the verdict
under the policy). A row without `regel` is history. Every case has candidates and employers of its own.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal, TypeAlias

import polars as pl
import pytest
from conftest import DAY, FILLED, shipped, switched_on, verdicts_of

from verdringing import check, rulebook
from verdringing.judge import judge
from verdringing.names import add_keys
from verdringing.normalise import normalise
from verdringing.period import add_times
from verdringing.policies.versions import judges_alike
from verdringing.record import BY_NAME, VERDICTS
from verdringing.rule import Rule, RuleBook
from verdringing.rule_file import PARTS
from verdringing.strict_yaml import read
from verdringing.term import Limit

TOP = Path(__file__).parent.parent
POLICIES = TOP / "samples" / "beleid"
CASES = TOP / "tests" / "beleid"
PAGE = TOP / "docs" / "local-policies.md"
NAMES = sorted(path.stem for path in POLICIES.glob("*.yaml"))
PROPOSALS = "eigen-voorstel"
NO_RULE = "-"
ASIDE = ("geval", "peildatum", "regel", "standaard", "beleid")

RULES = (*(str(number) for number in (1, 2, 5, 7, 9, 10, 14, 17, 19, 21, 22, 23, *range(25, 31))), "N1", "N2")
"""Numbers of the local rules that were read."""
STUDY = (
    "drie-maanden",
    "zes-maanden",
    "leeftijd-27",
    "uitkering-3-maanden",
    "uitkering-6-maanden",
    "uitkering-24-maanden",
    "additioneel-werk",
    "geen-tweede-instrument",
    "stapeling-toegestaan",
    "eigen-ondergrens",
)
"""The variants that the study reports."""
KINDS, SHAPES = 31, 12

Row: TypeAlias = dict[str, str]
Side: TypeAlias = Literal["standaard", "beleid"]


@cache
def book_of(*names: str) -> RuleBook:
    """The rules under policies; the own proposals, which are all off, switched on."""
    book = rulebook.load([POLICIES / f"{name}.yaml" for name in names])
    known = {rule.name for rule in shipped().rules}
    if names == (PROPOSALS,):
        return replace(book, rules=tuple(rule if rule.name in known else switched_on(rule) for rule in book.rules))
    return book


@cache
def rows_of(name: str) -> list[Row]:
    """Rows of a case file, numbered, each with the sentence of its case; people and firms do not cross cases."""
    with (CASES / f"{name}.csv").open(encoding="utf-8", newline="") as source:
        rows = list(csv.DictReader(source, delimiter=";"))
    case, sentence = 0, ""
    for number, row in enumerate(rows, start=2):
        case += bool(row["geval"])
        sentence = row["geval"] or sentence
        row |= {
            "geval": sentence,
            "plaatsing_id": f"rij {number}",
            "kandidaat_id": f"{case} {row.get('kandidaat_id') or 'K1'}",
            "werkgever": f"{row.get('werkgever') or FILLED['werkgever']} {case}",
        }
    return rows


def placed(rows: Sequence[Row], book: RuleBook) -> pl.DataFrame:
    """Placements ready to be judged; an empty municipality is the first of the policy, every row must be readable."""
    own = {column.name: column for column in book.own_columns}
    home = next((one.gemeenten[0] for one in book.policies if one.gemeenten), None)
    filled = {"functie": FILLED["functie"], "instrument": FILLED["instrument"], "gemeente": home}
    columns = dict.fromkeys([*filled, *(name for row in rows for name in row if name not in ASIDE)])
    data = {name: [row.get(name) or filled.get(name) for row in rows] for name in columns}
    frame = pl.DataFrame(data, schema=dict.fromkeys(columns, pl.String)).with_columns(
        bestand=pl.lit("test.csv"), blad=pl.lit(None, pl.String), rij=pl.int_range(len(rows), dtype=pl.UInt32) + 2
    )
    intake = normalise(frame, book.instruments, tuple(own.values()))
    assert intake.rejected.is_empty(), intake.rejected
    assert intake.warnings.is_empty(), intake.warnings
    days = {row.get("peildatum") or DAY.isoformat() for row in rows}
    keyed = add_keys(intake.placements.lazy(), book.job_groups)
    return add_times(keyed, date.fromisoformat(days.pop()), None).with_row_index("nr").collect()


def answers(rows: Sequence[Row], book: RuleBook, rules: Sequence[Rule]) -> dict[tuple[str, str], str]:
    """(plaatsing_id, rule) → verdict, for the rules that the rows name."""
    wanted = {row["regel"] for row in rows if row["regel"]}
    asked = tuple(rule for rule in rules if rule.name in wanted)
    placements = placed(rows, book)
    judgement = judge(placements, asked)
    return {
        (placement, name): verdict
        for name in dict.fromkeys(rule.name for rule in asked)
        for placement, verdict in verdicts_of(placements, judgement, name).items()
    }


def sides(rows: Sequence[Row], book: RuleBook) -> dict[Side, dict[tuple[str, str], str]]:
    """The answers of the shipped rules and of the policy on the same placements."""
    return {"standaard": answers(rows, book, shipped().rules), "beleid": answers(rows, book, book.rules)}


def changed(name: str) -> set[str]:
    """Rules that a policy makes judge in another way than what it builds on, or that it adds."""
    basis = read_policy(name).get("basis")
    before = {rule.name: rule for rule in (book_of(Path(str(basis)).stem) if basis else shipped()).rules}
    rules = book_of(name).rules
    return {rule.name for rule in rules if rule.name not in before or not judges_alike(rule, before[rule.name])}


@pytest.mark.parametrize("name", NAMES)
def test_every_policy_gives_the_verdicts_of_its_cases(name: str) -> None:
    rows, book = rows_of(name), book_of(name)
    found = sides(rows, book)
    wrong = [
        f"{row['geval']} ({row['plaatsing_id']}), {row['regel']}, {side}: {got}, not {row[side]}"
        for row in rows
        if row["regel"]
        for side in ("standaard", "beleid")
        if (got := found[side].get((row["plaatsing_id"], row["regel"]), NO_RULE)) != row[side]
    ]
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("name", NAMES)
def test_every_rule_that_a_policy_changes_has_a_verdict_that_changes_and_one_that_stays(name: str) -> None:
    rows = [row for row in rows_of(name) if row["regel"]]
    assert rows
    assert {row[side] for row in rows for side in ("standaard", "beleid")} <= {*VERDICTS, NO_RULE}
    shown = {rule: [row for row in rows if row["regel"] == rule] for rule in {row["regel"] for row in rows}}
    assert changed(name) <= set(shown), f"without a case: {changed(name) - set(shown)}"
    for rule in changed(name):
        pairs = {(row["standaard"], row["beleid"]) for row in shown[rule]}
        if NO_RULE in {before for before, _after in pairs}:
            assert {"signaal"} < {after for _before, after in pairs}, f"{rule}: a signal and something else"
        else:
            assert any(before != after for before, after in pairs), f"{rule}: nothing changes"
            assert any(before == after for before, after in pairs), f"{rule}: nothing stays"


def test_every_policy_has_cases_and_every_case_file_a_policy() -> None:
    assert sorted(path.stem for path in CASES.glob("*.csv")) == NAMES
    assert {f"onderzoek-{variant}" for variant in STUDY} <= set(NAMES)


def test_every_folder_belongs_to_a_policy() -> None:
    used = {
        (POLICIES / str(read_policy(name).get(key))).parent.name for name in NAMES for key in ("eigen_regels", "normen")
    }
    assert {path.name for path in POLICIES.iterdir() if path.is_dir()} <= used


def read_policy(name: str) -> dict[str, object]:
    data = read(POLICIES / f"{name}.yaml").data
    assert isinstance(data, dict)
    return data


@pytest.mark.parametrize("name", NAMES)
def test_every_policy_says_that_it_is_no_official_text(name: str) -> None:
    text = (POLICIES / f"{name}.yaml").read_text(encoding="utf-8")
    assert text.startswith("# Made from public facts, not an official text.")
    version = next(one for one in book_of(name).policies if one.file.stem == name)
    assert version.toelichting is not None
    assert "geen officiële tekst" in version.toelichting["nl"]
    assert "not an official text" in version.toelichting["en"]


@pytest.mark.parametrize("name", NAMES)
def test_every_changed_rule_and_question_has_a_ground_of_this_policy(name: str) -> None:
    known = {rule.name for rule in shipped().rules}
    for rule in book_of(name).rules:
        if rule.name in known and rule.name in changed(name):
            assert POLICIES.name in rule.sources["grondslag"], f"{rule.name}: the ground is still the shipped one"
    for question in book_of(name).questions:
        assert question.grondslag


@pytest.mark.parametrize("name", NAMES)
def test_own_rules_have_all_their_words_and_accuse_nobody(name: str) -> None:
    known = {rule.name for rule in shipped().rules}
    for rule in (one for one in book_of(name).rules if one.name not in known):
        for part in PARTS:
            texts = getattr(rule.file, part)
            assert set(texts) == {"nl", "en"}
            assert texts["nl"] != texts["en"], f"{rule.name}: {part} is not translated"
            assert not re.search(r"fraud|verdringing vastgesteld", " ".join(texts.values()).casefold())
        assert all(len(text.split()) <= 5 for text in rule.file.titel.values()), rule.name
        assert "{" in rule.file.bevinding["nl"], f"{rule.name}: no evidence in the sentence"
        holes = [sorted(re.findall(r"{\w+}", text)) for text in rule.file.bevinding.values()]
        assert holes[0] == holes[1], rule.name


def test_own_proposals_are_off_until_a_policy_switches_them_on() -> None:
    known = {rule.name for rule in shipped().rules}
    own = [rule for rule in rulebook.load(POLICIES / f"{PROPOSALS}.yaml").rules if rule.name not in known]
    assert own
    assert not [rule.name for rule in own if rule.on]
    assert all("Eigen voorstel" in str(ground) for rule in own for ground in rule.file.grondslag)


# Versions, several municipalities, retroactive effect -----------------------------------------------------------------


def judged_under(policies: Sequence[str], rule: str, rows: Sequence[Row]) -> list[str]:
    """Verdicts of one rule under several policies at once, in the order of the rows."""
    numbered = [
        {"plaatsing_id": str(n), "kandidaat_id": f"K{n}", "werkgever": f"Firma {n}", "regel": rule} | row
        for n, row in enumerate(rows)
    ]
    book = book_of(*policies)
    found = answers(numbered, book, book.rules)
    return [found[str(n), rule] for n in range(len(rows))]


def test_a_placement_falls_under_the_version_of_its_first_day() -> None:
    hoorn = ("hoorn-2004", "werksaam-westfriesland-2017", "werksaam-westfriesland")
    days = [("2010-01-04", "2010-12-31"), ("2016-01-04", "2016-12-31"), ("2018-02-05", "2018-12-31")]
    rows = [
        {"gemeente": "Hoorn", "instrument": "werkstage", "startdatum": start, "einddatum": end} for start, end in days
    ]
    rows.append(rows[-1] | {"startdatum": "2025-01-06", "einddatum": "2025-02-28", "uitstroom": "nee"})
    # 2010 and 2018: six months by the shipped rule; 2016: no version; 2025: at least three months
    verdicts = ["signaal", "niet_toetsbaar", "signaal", "signaal"]
    assert judged_under(hoorn, "werkervaringsplaats_te_lang", rows) == verdicts


def test_amounts_of_two_versions_hold_for_their_own_years() -> None:
    row = {"instrument": "leerwerkcheque", "regeling": "leerwerkcheque", "bijdrage_per_maand": "425"}
    rows = [
        row | {"startdatum": f"{year}-01-01", "einddatum": f"{year}-06-30", "geboortejaar": str(year - 17)}
        for year in (2023, 2024, 2025)
    ]
    verdicts = ["niet_toetsbaar", "signaal", "geen_signaal"]
    assert judged_under(("den-haag-2024", "den-haag"), "bijdrage_te_laag", rows) == verdicts


def test_opposite_norms_for_the_intention_to_hire_stand_beside_each_other() -> None:
    row = {"instrument": "werkervaringsplaats", "regeling": "leerwerkcheque", "intentie_dienstverband": "nee"}
    rows = [
        row | {"gemeente": town, "startdatum": "2025-01-06", "einddatum": "2025-02-28"}
        for town in ("Voorschoten", "Den Haag")
    ]
    assert judged_under(("voorschoten", "den-haag"), "intentie_ontbreekt", rows) == ["nvt", "signaal"]


def test_policies_of_all_municipalities_can_be_given_together() -> None:
    towns = [name for name in NAMES if "gemeente" in read_policy(name) or "gemeenten" in read_policy(name)]
    book = rulebook.load([POLICIES / f"{name}.yaml" for name in towns if name != "haaglanden"])
    assert len(book.policies) == len(towns) - 1


RETROACTIVE = {"noordoost-friesland", "hoorn-2004", "bloemendaal", "terschelling", "ooststellingwerf"}
"""The local rules that were adopted after the day from which they hold."""


def test_retroactive_effect_shows() -> None:
    found = {name for name in NAMES if any(one.retroactive for one in book_of(name).policies)}
    assert found == RETROACTIVE


# The page ----------------------------------------------------------------------------------------------------------


def page_cells(first: str) -> set[str]:
    """What stands in the first column of the tables of the page, and is of this form."""
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    cells = [line.split("|")[1].strip() for line in lines if line.startswith("| ")]
    return {cell for cell in cells if re.fullmatch(first, cell)}


def test_the_page_names_every_rule_kind_and_shape() -> None:
    assert page_cells(r"N?\d+") == set(RULES)
    assert page_cells(r"K\d+") == {f"K{number}" for number in range(1, KINDS + 1)}
    assert page_cells(r"S\d+") == {f"S{number}" for number in range(1, SHAPES + 1)}


def test_the_page_names_every_policy_and_none_that_is_not_there() -> None:
    named = set(re.findall(r"\(\.\./samples/beleid/([a-z0-9-]+)\.yaml\)", PAGE.read_text(encoding="utf-8")))
    assert named == set(NAMES)


def test_rules_on_the_page_exist() -> None:
    rules = {rule.name for name in NAMES for rule in book_of(name).rules}
    columns = {column.name for name in NAMES for column in book_of(name).own_columns}
    named = set(re.findall(r"`([a-z]+(?:_[a-z0-9]+)+)`", PAGE.read_text(encoding="utf-8")))
    assert named
    assert not named - rules - columns - set(BY_NAME) - KEYS - parameters()


KEYS = {"vastgesteld_op"}
"""Keys of a policy file that the page names."""


def parameters() -> set[str]:
    """Names of the parameters of all checks, and of what a limit can depend on."""
    known = {name for check_name in check.names() for name in check.find(check_name).Params.model_fields}
    return known | set(Limit.model_fields)
