"""What the page carries for its script: nothing lost, nothing doubled, the same for a small and a large audit."""

from __future__ import annotations

import gzip
import json
from base64 import b64decode
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate
from pathlib import Path

import polars as pl
import pytest

from verdringing.audit import audit
from verdringing.audited import Audited, Order
from verdringing.cases import in_full, place_numbers
from verdringing.page import contents, page_data
from verdringing.page.came_before import packed_links
from verdringing.page.dossier import dossiers
from verdringing.page.finder import finder
from verdringing.period import parse_period
from verdringing.record import INSTRUMENTS

SAMPLES = Path(__file__).parent.parent / "samples"


@pytest.fixture(scope="module")
def audited(tmp_path_factory: pytest.TempPathFactory) -> Audited:
    period = parse_period("2026K3")
    return audit(
        Order(
            files=(SAMPLES / "voorbeeldstad.csv",),
            out=tmp_path_factory.mktemp("gegevens") / "rapport",
            day=period.last,
            now=datetime(2026, 10, 1, tzinfo=UTC),
            period=period,
            blacklist=SAMPLES / "zwarte-lijst.csv",
            reports=SAMPLES / "meldingen.csv",
        )
    )


def rules_of(audited: Audited) -> list:
    found = finder(audited, dossiers(audited))
    assert found is not None
    return [kind.rule for kind in found.kinds]


def unpacked(text: str) -> dict[str, list]:
    return json.loads(gzip.decompress(b64decode(text)))


def test_a_small_audit_packs_nothing(audited: Audited) -> None:
    found = finder(audited, dossiers(audited))
    assert found is not None
    assert found.contents is None
    assert isinstance(found.index, dict)
    assert len(found.index["signalen"]) == audited.cases.height == 40


def test_the_index_is_the_same_whether_a_case_stands_in_the_page_or_not(audited: Audited) -> None:
    rules = rules_of(audited)
    small, large = page_data.small_index(dossiers(audited), rules), page_data.large_index(audited, rules)
    assert small.keys() - large.keys() == {"nummers"}
    assert large.keys() - small.keys() == {"gemeenten", "gemeente_sleutels"}, "those are of drawn cases alone"
    for name in small.keys() - {"nummers"}:
        assert small[name] == large[name].to_list(), name
    assert any(small["via"])
    assert any(map(any, small["werkplekken"]))
    assert any(map(any, small["functies"]))


def test_packing_twice_gives_the_same_text(audited: Audited) -> None:
    columns = contents.columns(audited, rules_of(audited))
    assert contents.packed(columns) == contents.packed(columns)
    assert unpacked(contents.packed(columns)) == {name: values.to_list() for name, values in columns.items()}


def test_every_sign_comes_back_out_of_what_is_packed() -> None:
    said = ['een "aanhaling"', "C:\\map", "regel\nregel\ten \x00\x1f\x7f", "é 😀 \u2028 </script>", "", None]
    columns = {"zin": pl.Series(said), "n": pl.Series([1, None, -3]), "leeg": pl.Series([], dtype=pl.String)}
    assert unpacked(contents.packed(columns)) == {"zin": said, "n": [1, None, -3], "leeg": []}


def test_the_contents_are_every_finding_and_every_placement_of_every_case(audited: Audited) -> None:
    rules = rules_of(audited)
    inside = unpacked(contents.packed(contents.columns(audited, rules)))
    rows = list(accumulate(inside["plaatsing"]))
    starts = list(accumulate(inside["begin"]))
    begun = [date(1970, 1, 1) + timedelta(days=starts[row]) for row in rows]
    told = {
        (
            inside["id"][row],
            rules[kind].name,
            inside["zinnen"][inside["eerste"][kind] + said],
            first + timedelta(days=arose),
        )
        for row, kind, said, first, arose in zip(
            rows, inside["soort"], inside["zin"], begun, inside["ontstaan"], strict=True
        )
    }
    findings = in_full(audited.findings, audited.placements, audited.cases)
    assert told == set(findings.select("plaatsing_id", "regel", "toelichting", "ontstaan_op").rows())
    assert sum(inside["aantal"]) == len(inside["id"]) == len(set(inside["id"]))
    assert len(inside["aantal"]) == audited.cases.height


def test_a_placement_in_the_contents_is_the_placement(audited: Audited) -> None:
    inside = contents.columns(audited, rules_of(audited))
    known = {row["plaatsing_id"]: row for row in audited.placements.to_dicts()}
    assert len(inside["id"]) > 40
    starts = list(accumulate(inside["begin"]))
    for place, number in enumerate(inside["id"]):
        row = known[number]
        first = date(1970, 1, 1) + timedelta(days=starts[place])
        length = inside["duur"][place]
        assert row["startdatum"] == first
        assert row["einddatum"] == (None if length is None else first + timedelta(days=length))
        assert row["kandidaat_id"] == inside["kandidaat"][place]
        assert row["instrument"] == INSTRUMENTS[inside["instrument"][place]]
        assert (row["bestand"], row["rij"]) == (inside["bestanden"][inside["bestand"][place]], inside["rij"][place])


@pytest.mark.parametrize(
    "findings, placements, expected",
    [
        ([1, 1, 1], 1, 3),
        ([page_data.MOST_EMBEDDED, 1], 1, 2),
        ([400] * 250 + [1] * 5, 1, 250),
        ([page_data.MOST_IN_CASE] * 300, 1, 200),
        ([page_data.MOST_IN_CASE + 1] * 300, 1, 300),
        ([1] * 300, 400, 250),
        ([1] * 300, page_data.MOST_IN_CASE + 1, 300),
    ],
)  # at most MOST_EMBEDDED findings, not counting cases that are too large to carry, but never fewer cases than the page lists
def test_as_many_cases_are_carried_as_have_the_findings_that_fit(
    findings: list[int], placements: int, expected: int
) -> None:
    cases = pl.DataFrame({"bevindingen": findings, "plaatsingen": placements}).cast(pl.UInt32)
    assert page_data.carried(cases) == expected


def test_a_case_that_is_too_large_is_left_to_the_list(audited: Audited, monkeypatch: pytest.MonkeyPatch) -> None:
    most = int(audited.cases.select(pl.col("bevindingen").max()).item()) - 1
    monkeypatch.setattr(page_data, "MOST_IN_CASE", most)
    many = (audited.cases["bevindingen"] > most).to_list()
    sizes = audited.placements.with_columns(place_numbers(audited.placements)).group_by("plek").len()
    placed = audited.cases.join(sizes, on="plek", how="left", maintain_order="left")["len"].to_list()
    expected = [0 if large or size > most else size for large, size in zip(many, placed, strict=True)]
    assert 0 < expected.count(0) < len(expected)
    inside = contents.columns(audited, rules_of(audited))
    assert inside["aantal"].to_list() == expected
    assert len(inside["id"]) == sum(expected)
    kept = audited.cases.filter(pl.Series(expected) > 0)["bevindingen"].sum()
    assert len(inside["soort"]) == kept


def test_a_municipality_in_two_spellings_is_one_choice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "p.csv"
    head = "kandidaat_id;werkgever;functie;instrument;startdatum;begeleiding;gemeente\n"
    names = ["Bakel", "BAKEL", "Bakel", "bakel", "Deurne", "Bakel"]
    rows = (f"K{n};Werkgever {n};hulp;flextensie;01-09-2026;nee;{name}\n" for n, name in enumerate(names))
    file.write_text(head + "".join(rows), encoding="utf-8")
    order = Order((file,), tmp_path / "rapport", date(2026, 9, 30), datetime(2026, 10, 1, tzinfo=UTC))
    small = audit(order)
    rules = rules_of(small)
    assert page_data.small_index(dossiers(small), rules)["gemeente"].count("Bakel") == 5
    assert page_data.large_index(small, rules)["gemeente"].to_list().count("Bakel") == 5
    found = finder(small, dossiers(small))
    assert found is not None
    assert found.municipalities == ["Bakel", "Deurne"]


def test_a_placement_follows_on_the_one_that_its_rule_names(audited: Audited) -> None:
    rules = rules_of(audited)
    inside = contents.columns(audited, rules)
    row, placed = 0, {}
    for case, many in enumerate(inside["aantal"]):
        placed |= {number: (row + at, case) for at, number in enumerate(inside["id"][row : row + many])}
        row += many
    numbers = dict(audited.placements.select("nr", "plaatsing_id").rows())
    expected = set()
    for name, nr, before, variant in audited.judgement.links.select("regel", "nr", "voorganger", "variant").rows():
        (place, case), (earlier, other) = (placed.get(numbers[one], (None, None)) for one in (nr, before))
        if case is not None and case == other:
            expected.add(((name, variant), place, earlier))
    counts, volger, terug = (inside[name].to_list() for name in ("volgers", "volger", "terug"))
    keys = [(rule.name, rule.variant) for rule, many in zip(rules, counts, strict=True) for _one in range(many)]
    told = {(key, place, place - back) for key, place, back in zip(keys, accumulate(volger), terug, strict=True)}
    assert told == expected
    assert len({key for key, _place, _earlier in told}) > 1


def test_what_came_before_in_another_case_is_left_out(audited: Audited) -> None:
    rules = rules_of(audited)[:2]
    first, last = ({"regel": rule.name, "variant": rule.variant} for rule in rules)
    links = [
        last | {"nr": 30, "voorganger": 10},
        last | {"nr": 20, "voorganger": 10},
        first | {"nr": 40, "voorganger": 30},
    ]
    known = pl.DataFrame(links).cast({"variant": pl.UInt16})
    rows = pl.DataFrame({"plek": [0, 1, 2, 3], "nr": [10, 20, 30, 40], "volgorde": [0, 0, 0, 1]})
    told = {name: list(values) for name, values in packed_links(known, rows, rules).items()}
    assert told == {"volgers": [0, 2], "volger": [1, 1], "terug": [1, 2]}


def test_only_successors_are_numbered_as_successors(audited: Audited) -> None:
    told = [(one.rule.file.toets, bool(one.places)) for dossier in dossiers(audited) for one in dossier.ruled]
    assert ("opvolging", True) in told
    assert any(
        said.before
        for one in dossiers(audited)
        for rule in one.ruled
        for said in rule.found
        if rule.rule.file.toets == "herhaling"
    ), "another rule that names what came before"
    assert {toets for toets, numbered in told if numbered} == {"opvolging"}
