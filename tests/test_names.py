"""Keys of employers, jobs and places: which spellings are one, which are not, and the numbers that stand for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping
from itertools import combinations

import polars as pl
import pytest
from conftest import placed, rows_of_text, shipped
from hypothesis import given, settings
from hypothesis import strategies as st

from verdringing.names import firm, job

Row = Mapping[str, str | None]
KVK, OTHER = "12345678", "87654321"
NAMES = {"kandidaat_nr", "werkplek_nr", "vestiging_nr", "plek_nr", "plek_vestiging_nr"}


def written(change: Callable[[pl.Expr], pl.Expr], *texts: str) -> list[str | None]:
    return pl.DataFrame({"text": texts}).select(change(pl.col("text"))).to_series().to_list()


def keyed(*rows: Row) -> pl.DataFrame:
    """Placements with keys in the order of `rows`; each has its own candidate and id."""
    given = [{"plaatsing_id": f"P{n:02}", "kandidaat_id": f"K{n}", **row} for n, row in enumerate(rows)]
    return placed(rows_of_text(given)).sort("plaatsing_id")


ONE_FIRM = {
    "bakkerij de korenaar": [
        "Bakkerij De Korenaar B.V.",
        "bakkerij de korenaar bv",
        "BAKKERIJ  DE KORENAAR",
        " Bakkerij-De Korenaar, B.V. ",
        "Bakkerij De Korenaar B. V.",
    ],
    "jansen en zonen": [
        "Jansen & Zonen V.O.F.",
        "jansen en zonen vof",
        "JANSEN&ZONEN",
        "V.o.f. Jansen & Zonen",
        "Jansen & Zonen V. O. F.",
    ],
    "cafe noord": [
        "Stichting Café Noord",
        "Stg. Cafe Noord",
        "stg Café Noord",
        "CAFÉ NOORD N.V.",
        "Cafe\u0301 Noord NV",
    ],
    "de samenwerking": [
        "Coöperatie De Samenwerking U.A.",
        "De Samenwerking cooperatie UA",
        "Coöperatie De Samenwerking B.A.",
    ],
    "het goed": [
        "Vereniging Het Goed",
        "Het Goed (Vereniging)",
        "Besloten Vennootschap Het Goed",
        "Het Goed besloten vennootschap",
    ],
    "visser": [
        "Maatschap Visser",
        "Eenmanszaak Visser",
        "Visser C.V.",
        "Visser CV",
        "Visser B.V. i.o.",
        "Visser bv io",
    ],
    "t hoekje": ["'t Hoekje", "’t Hoekje", "`t Hoekje", "t Hoekje."],
    "bakkers hof": [f"Bakker{mark}s Hof" for mark in "'’‘`´ʼʻ′‛＇"],
    "abc schoonmaak": ["A.B.C. Schoonmaak", "ABC Schoonmaak", "abc/schoonmaak", "ABC_Schoonmaak", "ABC – Schoonmaak"],
    "visser holding": ["Visser Holding B.V.", "visser holding"],
    "jansen h o de kroon": ["Jansen h/o De Kroon", "JANSEN H/O DE KROON V.O.F."],
    "jansen t h o d n de kroon": ["Jansen t/h/o/d/n De Kroon"],
    "bvlgari": ["Bvlgari"],
    "novib": ["NOVIB"],
}


@pytest.mark.parametrize("name, spellings", ONE_FIRM.items(), ids=ONE_FIRM)
def test_spellings_of_one_firm_are_one_name(name: str, spellings: list[str]) -> None:
    assert written(firm, *spellings) == [name] * len(spellings)


FIRMS = [
    "Visser",
    "Visser Holding",
    "Visser h/o De Kroon",
    "Visser t/h/o/d/n De Kroon",
    "De Kroon",
    "Vissers",
    "Visser 2",
    "V.I.S. Ser",
]


@pytest.mark.parametrize("pair", [*combinations(FIRMS, 2)], ids=" ≠ ".join)
def test_names_that_can_be_another_firm_stay_apart(pair: tuple[str, str]) -> None:
    assert len(set(written(firm, *pair))) == 2


@pytest.mark.parametrize(
    "text, name", {"B.V.": "bv", "Stichting": "stichting", "stg. B.V.": "stg bv", "C.V.": "cv"}.items()
)
def test_a_name_that_is_only_a_legal_form_stays_a_name(text: str, name: str) -> None:
    assert written(firm, text) == [name]


@pytest.mark.parametrize("text", ["...", "'", "/", "( )"])
def test_a_name_without_a_letter_or_digit_is_no_name(text: str) -> None:
    assert written(firm, text) == written(job, text) == [None]


ONE_JOB = {
    "inpakker": [
        "Inpakker",
        "INPAKKER (m/v)",
        "inpakker m/v/x",
        "Inpakker (v/m)",
        "Inpakker (m/v/d)",
        "ínpakker",
        "Inpakker.",
    ],
    "schilder": [
        "Schilder 32 uur",
        "schilder (32 uur)",
        "Schilder 24-32 uur",
        "Schilder 24/32 uur",
        "schilder 24 – 32 uur",
        "schilder 24 tot 32 uur",
        "schilder 32-uur",
        "32 uur schilder",
        "schilder 16,5 uur",
    ],
    "lasser": [
        "Lasser 32 uur per week",
        "lasser 32 uur p.w.",
        "lasser 32 uur pw",
        "lasser 32 uren",
        "lasser 32u",
        "lasser, 36 uur p/w",
        "lasser (m/v) 36 uur/week",
    ],
    "medewerker tuin": ["medewerker-tuin", "Medewerker, tuin", "Medewerker  Tuin (m/v/x, 20 uur)"],
    "24 uurs zorg": ["24-uurs zorg"],
    "uurwerkmaker": ["Uurwerkmaker"],
    "monteur 1e klas": ["Monteur 1e klas"],
}


@pytest.mark.parametrize("title, spellings", ONE_JOB.items(), ids=ONE_JOB)
def test_spellings_of_one_job_are_one_title(title: str, spellings: list[str]) -> None:
    assert written(job, *spellings) == [title] * len(spellings)


@pytest.mark.parametrize("text", ["(m/v)", "32 uur", "32 uur (m/v)", "-"])
def test_a_title_that_says_nothing_is_no_job(text: str) -> None:
    assert keyed({"functie": text})["functie_sleutel"].item() is None


def test_synonyms_are_one_job_and_other_jobs_are_not() -> None:
    titles = [
        "Inpakker",
        "inpakmedewerker",
        "Medewerker inpak (m/v)",
        "verpakker 32 uur",
        "chauffeur",
        "bezorger",
        "hovenier",
        "hulp hovenier",
    ]
    keys = keyed(*({"functie": title} for title in titles))["functie_sleutel"].to_list()
    assert len(set(keys[:4])) == 1
    assert len(set(keys)) == 5


def test_every_title_in_the_synonym_groups_can_be_met() -> None:
    groups = shipped().job_groups
    titles = [*groups, *set(groups.values())]
    unmet = [(title, met) for title, met in zip(titles, written(job, *titles), strict=True) if title != met]
    assert unmet == []
    assert {group for group in groups.values() if groups.get(group, group) != group} == set()


def employer(row: Row, *others: Row) -> str:
    return keyed(row, *others)["werkgever_sleutel"][0]


BORROWED = {
    "its own number": (
        [{"werkgever": "Visser", "kvk_nummer": OTHER}, {"werkgever": "Visser", "kvk_nummer": KVK}],
        OTHER,
    ),
    "the one number of the name": ([{"werkgever": "Visser"}, {"werkgever": "VISSER B.V.", "kvk_nummer": KVK}], KVK),
    "one number twice": ([{"werkgever": "Visser"}, *[{"werkgever": "Visser", "kvk_nummer": KVK}] * 2], KVK),
    "a number with its zeros back": (
        [{"werkgever": "Visser"}, {"werkgever": "Visser", "kvk_nummer": "1234567"}],
        "01234567",
    ),
    "a name with two numbers": (
        [
            {"werkgever": "Visser"},
            {"werkgever": "Visser", "kvk_nummer": KVK},
            {"werkgever": "Visser", "kvk_nummer": OTHER},
        ],
        "visser",
    ),
    "only a similar name": ([{"werkgever": "Visser"}, {"werkgever": "Visser Holding", "kvk_nummer": KVK}], "visser"),
    "the same gemeente": (
        [{"werkgever": "Visser", "gemeente": "A"}, {"werkgever": "Visser", "gemeente": "A", "kvk_nummer": KVK}],
        KVK,
    ),
    "another gemeente": (
        [{"werkgever": "Visser", "gemeente": "A"}, {"werkgever": "Visser", "gemeente": "B", "kvk_nummer": KVK}],
        "visser",
    ),
    "no gemeente": ([{"werkgever": "Visser"}, {"werkgever": "Visser", "gemeente": "B", "kvk_nummer": KVK}], "visser"),
    "two numbers in two gemeenten": (
        [
            {"werkgever": "Visser", "gemeente": "A"},
            {"werkgever": "Visser", "gemeente": "A", "kvk_nummer": KVK},
            {"werkgever": "Visser", "gemeente": "B", "kvk_nummer": OTHER},
        ],
        KVK,
    ),
    "the name as inlener elsewhere": (
        [{"werkgever": "Visser"}, {"werkgever": "Bureau", "inlener": "Visser", "inlener_kvk": KVK}],
        KVK,
    ),
    "no name": ([{"werkgever": None, "kvk_nummer": KVK}, {"werkgever": "Visser", "kvk_nummer": KVK}], KVK),
    "no number anywhere": ([{"werkgever": "Stichting Visser & Zn."}], "visser en zn"),
}


@pytest.mark.parametrize("rows, key", BORROWED.values(), ids=BORROWED)
def test_the_key_of_an_employer(rows: list[Row], key: str) -> None:
    assert employer(*rows) == key


HIRED = {
    "no inlener": ([{"werkgever": "Bureau", "kvk_nummer": KVK, "uitzendbureau": "ja"}], KVK),
    "a named inlener": ([{"werkgever": "Bureau", "kvk_nummer": KVK, "inlener": "De Kas B.V."}], "de kas"),
    "a numbered inlener": ([{"werkgever": "Bureau", "inlener_kvk": OTHER}], OTHER),
    "an inlener with both": ([{"werkgever": "Bureau", "inlener": "De Kas", "inlener_kvk": OTHER}], OTHER),
    "a number of the inlener elsewhere": (
        [{"werkgever": "Bureau", "inlener": "De Kas"}, {"werkgever": "de kas", "kvk_nummer": OTHER}],
        OTHER,
    ),
    "an unknown inlener": ([{"werkgever": "Bureau", "inlener": "onbekend"}], "bureau"),
}


@pytest.mark.parametrize("rows, key", HIRED.values(), ids=HIRED)
def test_the_place_of_work_is_with_the_inlener_where_there_is_one(rows: list[Row], key: str) -> None:
    assert keyed(*rows)["werkplek_sleutel"][0] == key


def some(*values: str | None) -> st.SearchStrategy[str | None]:
    return st.sampled_from(values)


ROWS = st.fixed_dictionaries(
    {
        "kandidaat_id": some("K1", "K2", "1", "01"),
        "werkgever": some("A", "a b.v.", "B", None),
        "kvk_nummer": some(KVK, OTHER),
        "inlener": some("A", "C", None, None),
        "inlener_kvk": some(KVK, None, None),
        "gemeente": some("X", "Y", None),
        "functie": some("lasser", "Lasser (m/v)", "kok", None, "onbekend"),
        "vestigingsnummer": some("000012345678", "123456789012", None),
    }
)


@settings(max_examples=50)
@given(rows=st.lists(ROWS, min_size=2, max_size=7), drop=st.sets(st.integers(0, 6)))
def test_numbers_are_equal_exactly_where_keys_are(rows: list[dict[str, str | None]], drop: set[int]) -> None:
    for n in drop & set(range(len(rows))):
        rows[n] = {**rows[n], "werkgever": rows[n]["werkgever"] or "A", "kvk_nummer": None}
    found = keyed(*rows).with_columns(
        kandidaat=pl.struct("gemeente", "kandidaat_id"),
        werkplek=pl.struct("gemeente", "werkplek_sleutel"),
        vestiging=pl.struct("gemeente", "werkplek_sleutel", "vestigingsnummer"),
        plek=pl.struct("gemeente", "werkplek_sleutel", "functie_sleutel"),
        plek_vestiging=pl.struct("gemeente", "werkplek_sleutel", "vestigingsnummer", "functie_sleutel"),
    )
    for name in NAMES:
        keys = [tuple(key.values()) for key in found[name.removesuffix("_nr")]]
        pairs = set(zip(keys, found[name], strict=True))
        known = {key: number for key, number in pairs if not (name.startswith("plek") and key[-1] is None)}
        assert len(set(known.values())) == len(known)
        assert pairs == set(known.items()) | {(key, None) for key in set(keys) - set(known)}
    assert found["werkplek_sleutel"].to_list() == expected_places(found)


def expected_places(found: pl.DataFrame) -> list[str]:
    """rules.md 1.3 row by row: KvK number, else the only one of the name in the gemeente, else the name."""
    numbers: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in found.to_dicts():
        for name, kvk in ((row["werkgever_naam"], row["kvk_nummer"]), (row["inlener_naam"], row["inlener_kvk"])):
            if name and kvk:
                numbers[row["gemeente"], name].add(kvk)

    def key(gemeente: str, name: str | None, kvk: str | None) -> str | None:
        only = numbers.get((gemeente, name or ""), set())
        return kvk or (min(only) if len(only) == 1 else name)

    return [
        key(row["gemeente"], row["inlener_naam"], row["inlener_kvk"])
        or key(row["gemeente"], row["werkgever_naam"], row["kvk_nummer"])
        for row in found.to_dicts()
    ]
