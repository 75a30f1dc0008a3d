"""The sample of verdicts without a signal: seeded, spread over rules and employers, and a bound that can be checked."""

from __future__ import annotations

from collections import Counter

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verdringing.deciding.sample import draw, fingerprint, most_wrong, shares
from verdringing.judge import CLEAR, NVT, SIGNAL, UNKNOWN


def population(count: int = 100) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Placements at ten employers; rule a is clear everywhere, b is unknown in every fifth, c signals or is nvt."""
    numbers = pl.Series("nr", range(count), dtype=pl.UInt32)
    b = [UNKNOWN if n % 5 == 0 else CLEAR for n in range(count)]
    c = [SIGNAL if n % 2 else NVT for n in range(count)]
    verdicts = pl.DataFrame([numbers, pl.Series("a", [CLEAR] * count), pl.Series("b", b), pl.Series("c", c)])
    placements = pl.DataFrame(numbers).with_columns(
        plaatsing_id=pl.format("P{}", "nr"),
        gemeente_sleutel=pl.lit("stad"),
        werkplek_sleutel=pl.format("firma {}", pl.col("nr") % 10),
    )
    return verdicts.cast({"a": pl.UInt8, "b": pl.UInt8, "c": pl.UInt8}), placements


def test_the_same_seed_gives_the_same_sample_in_whatever_order_the_rows_stand() -> None:
    verdicts, placements = population()
    one = draw(verdicts, placements, 30, seed=7)
    assert one.equals(draw(verdicts.reverse(), placements.sample(fraction=1, shuffle=True, seed=1), 30, seed=7))
    assert not one.equals(draw(verdicts, placements, 30, seed=8))


def test_only_what_is_no_signal_is_drawn_and_nothing_twice() -> None:
    verdicts, placements = population()
    drawn = draw(verdicts, placements, 60, seed=1)
    assert drawn.height == 60
    assert not drawn.is_duplicated().any()
    unknown = drawn.filter(oordeel="niet_toetsbaar")
    assert set(unknown["regel"]) == {"b"}
    assert set(unknown["nr"] % 5) == {0}
    assert "c" not in set(drawn["regel"])


def test_rules_and_employers_are_met_in_proportion() -> None:
    # 100 clear verdicts of a and 80 of b: 180 in 45 blocks of 4, of which 25 of a; 10 employers of 10 in a
    verdicts, placements = population()
    drawn = draw(verdicts, placements, 55, seed=3).filter(oordeel="geen_signaal")
    assert drawn.height == 45
    assert Counter(drawn["regel"]) == {"a": 25, "b": 20}
    firms = drawn.filter(regel="a").join(placements, on="nr")["werkplek_sleutel"]
    assert set(Counter(firms).values()) <= {2, 3}
    assert len(set(firms)) == 10


@pytest.mark.parametrize(
    "found, size, wanted",
    [
        ({"a": 900, "b": 100}, 60, {"a": 50, "b": 10}),  # 6 in proportion, but at least 10
        ({"a": 500, "b": 500}, 60, {"a": 30, "b": 30}),
        ({"a": 997, "b": 3}, 60, {"a": 57, "b": 3}),
        ({"a": 1000, "b": 0}, 60, {"a": 60, "b": 0}),
        ({"a": 5, "b": 4}, 60, {"a": 5, "b": 4}),
        ({"a": 500, "b": 500}, 6, {"a": 3, "b": 3}),
    ],
)
def test_shares_of_the_kinds(found: dict[str, int], size: int, wanted: dict[str, int]) -> None:
    assert shares(found, size) == wanted


@given(st.integers(0, 5_000), st.integers(0, 5_000), st.integers(0, 300))
def test_shares_add_up_and_never_ask_for_more_than_there_is(one: int, other: int, size: int) -> None:
    drawn = shares({"a": one, "b": other}, size)
    assert sum(drawn.values()) == min(size, one + other)
    assert 0 <= drawn["a"] <= one
    assert 0 <= drawn["b"] <= other


def test_a_small_population_is_taken_whole() -> None:
    verdicts, placements = population(4)
    assert draw(verdicts, placements, 60, seed=1).height == 8  # 4 clear of a, 3 clear and 1 unknown of b
    assert draw(verdicts.clear(), placements, 60, seed=1).is_empty()


@pytest.mark.parametrize(
    "drawn, wrong, wanted",
    [
        (60, 0, 1 - 0.05 ** (1 / 60)),  # none wrong: (1 − p)^60 = 0.05
        (20, 0, 0.1391),  # Clopper–Pearson tables, one-sided 95 %
        (20, 1, 0.2161),
        (50, 2, 0.1206),
        (10, 10, 1.0),
        (1, 0, 0.95),
    ],
)
def test_the_bound_is_that_of_the_tables(drawn: int, wrong: int, wanted: float) -> None:
    assert most_wrong(drawn, wrong) == pytest.approx(wanted, abs=5e-5)


def test_the_fingerprint_follows_the_verdicts_and_not_their_order() -> None:
    verdicts, placements = population()
    print_ = fingerprint(verdicts, placements)
    assert print_ == fingerprint(verdicts.reverse().select("nr", "c", "a", "b"), placements)
    changed = verdicts.with_columns(a=pl.when(pl.col("nr") == 3).then(SIGNAL).otherwise("a").cast(pl.UInt8))
    assert print_ != fingerprint(changed, placements)
