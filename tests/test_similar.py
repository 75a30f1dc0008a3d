"""Names that look alike: which pairs are offered, with which evidence and in which order, and how many are found."""

from __future__ import annotations

import random
import string
import time
from collections.abc import Mapping
from itertools import combinations

import polars as pl
import pytest
from conftest import placed, rows_of_text
from rapidfuzz import fuzz, process

from verdringing.names import firm
from verdringing.naming.similar import CANDIDATES, pairs, similar_employers, similar_jobs

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
    found = similar_employers(placements(*rows))
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
    found = similar_employers(placements(*rows))
    assert found["verschillend_kvk"].to_list() == [False, True]
    assert found["gelijkenis"][0] < found["gelijkenis"][1]


def test_one_number_is_one_key_and_no_candidate() -> None:
    rows = ({"werkgever": ONE, "kvk_nummer": KVK}, {"werkgever": TWO, "kvk_nummer": KVK})
    assert similar_employers(placements(*rows)).is_empty()
    more = ({"werkgever": TWO, "kvk_nummer": OTHER},)
    found = similar_employers(placements(*rows, *more))
    assert found["verschillend_kvk"].to_list() == [False]  # they have a number in common


def test_names_of_two_municipalities_are_never_a_pair() -> None:
    rows = ({"werkgever": ONE, "gemeente": "Noord"}, {"werkgever": TWO, "gemeente": "Zuid"})
    assert similar_employers(placements(*rows)).is_empty()


def test_one_municipality_in_two_spellings_is_one() -> None:
    rows = ({"werkgever": ONE, "gemeente": "Noord"}, {"werkgever": TWO, "gemeente": "NOORD"})
    assert similar_employers(placements(*rows))["gemeente"].to_list() == ["noord"]


def test_an_inlener_is_compared_with_employers() -> None:
    rows = ({"werkgever": "Flexbureau Oost", "inlener": TWO}, {"werkgever": ONE})
    found = similar_employers(placements(*rows))
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
    assert similar_employers(placements({"werkgever": one}, {"werkgever": other})).is_empty()


def test_the_limit_is_inclusive() -> None:
    given = placements({"werkgever": ONE}, {"werkgever": TWO})
    assert similar_employers(given, least=95).height == 1
    assert similar_employers(given, least=95.1).is_empty()


def test_a_rejected_pair_is_not_offered_again() -> None:
    given = placements({"werkgever": ONE}, {"werkgever": TWO}, {"werkgever": "Bakkerij Korenaar De"})
    offered = names_of(similar_employers(given))
    assert len(offered) == 3
    assert names_of(similar_employers(given, rejected=[offered[1]])) == [offered[0], offered[2]]


def test_jobs_that_look_alike() -> None:
    rows = (
        {"functie": "orderpicker (m/v)"},
        {"functie": "orderpickers 32 uur", "werkgever": "Elders"},
        {"functie": "orderpicker"},
        {"functie": "order picker"},  # a synonym: one key already
        {"functie": None},
    )
    found = similar_jobs(placements(*rows))
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
    assert similar_jobs(given).height == 2
    assert similar_jobs(given, rejected=[("orderpicker", "orderpickers")]).is_empty()


def test_no_names_no_pairs() -> None:
    given = placements({"functie": None})
    assert similar_jobs(given).is_empty()
    assert similar_jobs(given).schema == CANDIDATES
    assert similar_employers(given.clear()).schema == CANDIDATES


def test_the_order_of_the_rows_does_not_matter() -> None:
    rows = [{"werkgever": name, "plaatsing_id": f"Q{n}"} for n, name in enumerate(firm_names(300))]
    found = similar_employers(placements(*rows))
    assert found.height > 20
    assert found.equals(similar_employers(placements(*reversed(rows))))


# Generated Dutch firm names: a kind of firm, perhaps a particle, a made-up surname, perhaps more, a legal form.
FORMS = ["", "", "B.V.", "BV", "V.O.F.", "Stichting", "N.V."]
KINDS = [
    *("Bakkerij", "Slagerij", "Schoonmaakbedrijf", "Transport", "Hoveniersbedrijf", "Bouwbedrijf", "Aannemer"),
    *("Schilders", "Installatie", "Restaurant", "Café", "Kwekerij", "Groothandel", "Timmerfabriek", "Zorggroep"),
    *("Autobedrijf", "Drukkerij", "Garage", "Hotel", "Wasserij", "Kringloop", "Metaalbewerking", "Kapsalon"),
]
MORE = ["& Zonen", "Holding", "Groep", "Nederland", "Services", "Noord", "Rotterdam", "Utrecht", "Beheer"]
STARTS = "ber bo bra dek do drie el gro ha hof hui ja ka kloos ko kui lam le lin mol mee nij oos pie pos ro ruit scha"
STARTS += " smi sto ter tim uil van vee vis vos wes wil zand zwa"
ENDS = "sen sma stra man ink huis kamp berg dam veld borg laar beek horst ers s t wijk hoven meijer"


def surname(chance: random.Random) -> str:
    parts = [chance.choice(STARTS.split()) for _ in range(chance.choice([1, 1, 2, 2, 3]))]
    return ("".join(parts) + chance.choice(ENDS.split())).capitalize()


def firm_parts(chance: random.Random, surnames: list[str]) -> list[str]:
    parts = [chance.choice(KINDS)] if chance.random() < 0.8 else []
    parts += [chance.choice(["De", "Het", "Van", "Van der", "Gebr."])] if chance.random() < 0.25 else []
    parts += [chance.choice(surnames)]
    parts += [chance.choice([*MORE, chance.choice(surnames)])] if chance.random() < 0.4 else []
    return parts


def typo(chance: random.Random, word: str) -> str:
    """Drop, add, replace or swap one letter."""
    at, letter = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
    before, here, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        [before + after, before + letter + here + after, before + letter + after, before + after[:1] + here + after[1:]]
    )


def variant(chance: random.Random, parts: list[str]) -> list[str]:
    """The same firm written by someone else: one or two times a typo, words swapped, or a word left out or added."""
    parts = list(parts)
    for _ in range(chance.choice([1, 1, 2])):
        at = chance.randrange(len(parts))
        match chance.choice(["typo", "typo", "swap", "more"]):
            case "typo":
                parts[at] = typo(chance, parts[at]) or parts[at]
            case "swap":
                chance.shuffle(parts)
            case "more":
                parts.append(chance.choice(["NL", "Holding", "en Co"]))
    return parts


def firms(count: int, seed: int = 3) -> list[list[str]]:
    """`count` firms in all their spellings: a legal form comes and goes, half of them have variants."""
    chance = random.Random(seed)
    surnames = [surname(chance) for _ in range(max(60, count // 2))]
    found = []
    for _ in range(count):
        parts = firm_parts(chance, surnames)
        spellings = [parts, *(variant(chance, parts) for _ in range(chance.choice([0, 0, 1, 2])))]
        found.append([" ".join([*words, chance.choice(FORMS)]).strip() for words in spellings])
    return found


def firm_names(count: int) -> list[str]:
    return [name for spellings in firms(count) for name in spellings]


def normalised(spellings: list[str]) -> list[str]:
    return pl.DataFrame({"naam": spellings}, {"naam": pl.String}).select(firm(pl.col("naam")))["naam"].to_list()


def one_gemeente(names: list[str]) -> pl.DataFrame:
    return pl.DataFrame({"gemeente": "", "naam": pl.Series(names).unique(maintain_order=True)})


def all_pairs(names: list[str]) -> dict[tuple[str, str], float]:
    """The full comparison: every similar pair of distinct names with its similarity."""
    distinct = sorted(set(names))
    found = {}
    for place, name in enumerate(distinct):
        near = process.extract(name, distinct[place + 1 :], scorer=fuzz.token_sort_ratio, score_cutoff=85, limit=None)
        found |= {(name, other): score for other, score, _place in near}
    return found


def test_nothing_is_found_that_the_full_comparison_does_not_find() -> None:
    names = normalised(firm_names(1500))
    full = all_pairs(names)
    found = pairs(one_gemeente(names))
    assert found.height == found.select("naam", "andere_naam").n_unique()
    for one, other, score in found.select("naam", "andere_naam", "gelijkenis").rows():
        assert full[one, other] == pytest.approx(score)


def test_recall_against_the_full_comparison() -> None:
    given = firms(2000)
    names = normalised([name for spellings in given for name in spellings])
    full = all_pairs(names)
    found = set(names_of(pairs(one_gemeente(names))))
    near = {pair for pair, score in full.items() if score >= 90}
    meant = {
        tuple(sorted(pair)) for spellings in given for pair in combinations(set(normalised(spellings)), 2)
    } & full.keys()
    assert min(len(full), len(near), len(meant)) > 500
    assert len(found & meant) / len(meant) >= 0.985  # pairs that are one firm in two spellings
    assert len(found & near) / len(near) >= 0.985  # at least 90 alike
    assert len(found & full.keys()) / len(full) >= 0.96  # all: most of the rest share no more than a long common word


def test_time_grows_with_the_number_of_names_not_with_its_square() -> None:
    def cost(count: int) -> float:
        frame = one_gemeente(normalised(firm_names(count)))
        spent = []
        for _ in range(2):
            start = time.process_time()
            pairs(frame)
            spent.append(time.process_time() - start)
        return min(spent)

    cost(500)
    assert cost(16_000) < 20 * cost(2_000)  # the square would be 64
