"""How many of all similar names the search finds, and what it costs."""

from __future__ import annotations

import time
from itertools import combinations

import polars as pl
import pytest
from firm_names import firm_names, firms
from rapidfuzz import fuzz, process

from verdringing.names import firm
from verdringing.naming import alike
from verdringing.naming.alike import look


def names_in_order(frame: pl.DataFrame) -> list[tuple[str, str]]:
    return frame.select("naam", "andere_naam").rows()


def names_of(frame: pl.DataFrame) -> set[tuple[str, str]]:
    return set(names_in_order(frame))


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


def test_in_one_municipality_of_usual_size_every_similar_pair_is_found() -> None:
    """The full comparison of this file, written apart, is the expectation."""
    names = normalised(firm_names(700))
    assert 1_000 < len(set(names)) <= alike.EVERY
    full = all_pairs(names)
    found = look(one_gemeente(names)).pairs
    assert len(full) > 300
    assert dict(zip(names_in_order(found), found["gelijkenis"], strict=True)) == pytest.approx(full)


def test_names_that_differ_in_a_number_alone_do_not_fill_the_memory() -> None:
    """Of 2,500 numbered names nearly all 3.1 million pairs are alike; nobody would decide on those."""
    names = [f"werkgever nummer {number:05}" for number in range(2_500)]
    seen = look(pl.DataFrame({"gemeente": ["a"] * len(names) + ["b", "b"], "naam": [*names, "zon", "zonn"]}))
    assert seen.partly == ["a"]
    assert 0 < seen.pairs.filter(gemeente="a").height <= 4 * alike.WINDOW * len(names)
    assert names_of(seen.pairs.filter(gemeente="b")) == {("zon", "zonn")}


def test_nothing_to_compare_is_nothing_found() -> None:
    seen = look(pl.DataFrame(schema={"gemeente": pl.String, "naam": pl.String}))
    assert (seen.pairs.height, seen.partly) == (0, [])


@pytest.fixture
def neighbours_only(monkeypatch: pytest.MonkeyPatch) -> None:
    """As in a municipality with more than EVERY names."""
    monkeypatch.setattr(alike, "EVERY", 0)


@pytest.mark.usefixtures("neighbours_only")
def test_neighbours_are_no_pairs_that_the_full_comparison_does_not_find() -> None:
    names = normalised(firm_names(1500))
    full = all_pairs(names)
    found = look(one_gemeente(names)).pairs
    assert found.height == found.select("naam", "andere_naam").n_unique()
    for one, other, score in found.select("naam", "andere_naam", "gelijkenis").rows():
        assert full[one, other] == pytest.approx(score)


def test_a_large_municipality_takes_nothing_from_a_small_one(monkeypatch: pytest.MonkeyPatch) -> None:
    small, large = (one_gemeente(normalised(firm_names(count))) for count in (60, 300))
    together = pl.concat([large.with_columns(gemeente=pl.lit("a")), small.with_columns(gemeente=pl.lit("b"))])
    monkeypatch.setattr(alike, "EVERY", small.height)
    seen = look(together)
    found = seen.pairs
    assert names_of(found.filter(gemeente="b")) == all_pairs(small["naam"].to_list()).keys()
    assert names_of(found.filter(gemeente="a")) == names_of(look(large).pairs)
    assert set(found["gemeente"]) == {"a", "b"}
    assert seen.partly == ["a"]


@pytest.mark.usefixtures("neighbours_only")
def test_recall_against_the_full_comparison() -> None:
    given = firms(2000)
    names = normalised([name for spellings in given for name in spellings])
    full = all_pairs(names)
    found = names_of(look(one_gemeente(names)).pairs)
    near = {pair for pair, score in full.items() if score >= 90}
    meant = {
        tuple(sorted(pair)) for spellings in given for pair in combinations(set(normalised(spellings)), 2)
    } & full.keys()
    assert min(len(full), len(near), len(meant)) > 500
    assert len(found & meant) / len(meant) >= 0.985  # pairs that are one firm in two spellings
    assert len(found & near) / len(near) >= 0.985  # at least 90 alike
    assert len(found & full.keys()) / len(full) >= 0.96  # all: most of the rest share no more than a long common word


@pytest.mark.usefixtures("neighbours_only")
def test_time_grows_with_the_number_of_names_not_with_its_square() -> None:
    def cost(count: int) -> float:
        frame = one_gemeente(normalised(firm_names(count)))
        spent = []
        for _ in range(2):
            start = time.process_time()
            look(frame)
            spent.append(time.process_time() - start)
        return min(spent)

    cost(500)
    assert cost(16_000) < 20 * cost(2_000)  # the square would be 64
