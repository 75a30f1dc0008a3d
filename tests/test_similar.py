"""Names that look alike: which pairs are offered, with which evidence and in which order."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl
import pytest
from conftest import placed, rows_of_text
from firm_names import firm_names

from verdringing.naming.similar import CANDIDATES, similar_employers, similar_jobs

KVK, OTHER = "12345678", "87654321"
ONE, TWO = "Bakkerij De Korenaar", "Bakkerij De Korenaer"


def placements(*rows: Mapping[str, str | None]) -> pl.DataFrame:
    given = [{"plaatsing_id": f"P{n:03}", "kandidaat_id": f"K{n}", **row} for n, row in enumerate(rows)]
    return placed(rows_of_text(given))


def names_of(frame: pl.DataFrame) -> list[tuple[str, str]]:
    return frame.select("naam", "andere_naam").rows()


def test_a_pair_with_its_evidence() -> None:
    rows = (
        {"werkgever": "bakkerij de korenaar bv", "kvk_nummer": KVK, "kandidaat_id": "K"},
        {"werkgever": ONE},
        {"werkgever": ONE, "functie": None},
        {"werkgever": TWO, "kandidaat_id": "K", "functie": "chauffeur"},
        {"werkgever": "Slagerij Visser"},
    )
    found = similar_employers(placements(*rows)).pairs
    assert found.schema == CANDIDATES
    assert found.to_dicts() == [
        {
            "gemeente": "",
            "naam": "bakkerij de korenaar",
            "andere_naam": "bakkerij de korenaer",
            "gelijkenis": 95.0,
            "verschillend_kvk": False,
            "spelling": ONE,
            "andere_spelling": TWO,
            "kvk_nummers": [KVK],
            "andere_kvk_nummers": [],
            "plaatsingen": 3,
            "andere_plaatsingen": 1,
            "deelt_kandidaat": True,
            "deelt_functie": False,
            "deelt_werkplek": None,
        }
    ]


def test_other_numbers_are_kept_but_come_last() -> None:
    rows = (
        {"werkgever": ONE, "kvk_nummer": KVK},
        {"werkgever": TWO, "kvk_nummer": OTHER},
        {"werkgever": "Visser Noord"},
        {"werkgever": "Viser Nord"},
    )
    found = similar_employers(placements(*rows)).pairs
    assert found["verschillend_kvk"].to_list() == [False, True]
    assert found["gelijkenis"][0] < found["gelijkenis"][1]


def test_one_number_is_one_key_and_no_candidate() -> None:
    rows = ({"werkgever": ONE, "kvk_nummer": KVK}, {"werkgever": TWO, "kvk_nummer": KVK})
    assert similar_employers(placements(*rows)).pairs.is_empty()
    more = ({"werkgever": TWO, "kvk_nummer": OTHER},)
    found = similar_employers(placements(*rows, *more)).pairs
    assert found["verschillend_kvk"].to_list() == [False]  # they have a number in common


def test_names_of_two_municipalities_are_never_a_pair() -> None:
    rows = ({"werkgever": ONE, "gemeente": "Noord"}, {"werkgever": TWO, "gemeente": "Zuid"})
    assert similar_employers(placements(*rows)).pairs.is_empty()


def test_one_municipality_in_two_spellings_is_one() -> None:
    rows = ({"werkgever": ONE, "gemeente": "Noord"}, {"werkgever": TWO, "gemeente": "NOORD"})
    assert similar_employers(placements(*rows)).pairs["gemeente"].to_list() == ["noord"]


def test_an_inlener_is_compared_with_employers() -> None:
    rows = ({"werkgever": "Flexbureau Oost", "inlener": TWO}, {"werkgever": ONE})
    found = similar_employers(placements(*rows)).pairs
    assert found.select("spelling", "andere_spelling", "deelt_functie").rows() == [(ONE, TWO, True)]


@pytest.mark.parametrize(
    "one, other",
    [
        ("Smit", "Smit Groep Detachering"),
        ("Bakkerij De Korenaar", "Slagerij De Korenaar"),
        ("Jansen", "Jansen Transport"),
        ("Bakkerij De Korenaar B.V.", "BAKKERIJ DE KORENAAR"),
    ],
)
def test_part_of_a_name_is_not_a_likeness(one: str, other: str) -> None:
    assert similar_employers(placements({"werkgever": one}, {"werkgever": other})).pairs.is_empty()


def test_the_limit_is_inclusive() -> None:
    given = placements({"werkgever": ONE}, {"werkgever": TWO})
    assert similar_employers(given, least=95).pairs.height == 1
    assert similar_employers(given, least=95.1).pairs.is_empty()


def test_a_rejected_pair_is_not_offered_again() -> None:
    given = placements({"werkgever": ONE}, {"werkgever": TWO}, {"werkgever": "Bakkerij Korenaar De"})
    offered = names_of(similar_employers(given).pairs)
    assert len(offered) == 3
    assert names_of(similar_employers(given, rejected=[offered[1]]).pairs) == [offered[0], offered[2]]


def test_jobs_that_look_alike() -> None:
    rows = (
        {"functie": "orderpicker (m/v)"},
        {"functie": "orderpickers 32 uur", "werkgever": "Elders"},
        {"functie": "orderpicker"},
        {"functie": "order picker"},  # a synonym: one key already
        {"functie": None},
    )
    found = similar_jobs(placements(*rows)).pairs
    assert ("orderpicker", "orderpickers") in names_of(found)
    assert ("order picker", "orderpicker") not in names_of(found)
    row = found.row(by_predicate=(pl.col("naam") == "orderpicker"), named=True)
    assert (row["spelling"], row["plaatsingen"], row["deelt_werkplek"], row["deelt_functie"]) == (
        "orderpicker",
        2,
        False,
        None,
    )


def test_a_rejected_job_takes_its_group_along() -> None:
    given = placements({"functie": "orderpicker"}, {"functie": "order picker"}, {"functie": "orderpickers"})
    assert similar_jobs(given).pairs.height == 2
    assert similar_jobs(given, rejected=[("orderpicker", "orderpickers")]).pairs.is_empty()


def test_no_names_no_pairs() -> None:
    given = placements({"functie": None})
    assert similar_jobs(given).pairs.is_empty()
    assert similar_jobs(given).pairs.schema == CANDIDATES
    assert similar_employers(given.clear()).pairs.schema == CANDIDATES


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [{"werkgever": name, "plaatsing_id": f"Q{n}"} for n, name in enumerate(firm_names(300))]
    found = similar_employers(placements(*rows)).pairs
    assert found.height > 20
    assert found.equals(similar_employers(placements(*reversed(rows))).pairs)
