"""What is laid aside comes back as it was, wherever it waited; and what waits in memory stays within its room."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verdringing.parts.shelf import Shelf, by_key

ROWS = 100
ONE = pl.DataFrame({"n": range(ROWS), "tekst": [f"plaatsing nummer {n}" for n in range(ROWS)]})
ONE_SIZE = 8 * ROWS + 16 * ROWS + len("".join(ONE["tekst"]))
"""Eight bytes for each number; sixteen for each text, and its letters."""


def on_disk(shelf: Shelf) -> int:
    return len(list(shelf.folder.rglob("*.arrow")))


def test_pieces_wait_in_memory_while_there_is_room(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 4 * ONE_SIZE)
    for piece in range(5):
        shelf.put("a", piece, ONE.with_columns(n=pl.col("n") + piece * ROWS))
    assert on_disk(shelf) == 2  # three fit beside the quarter that is kept for what is scattered
    assert shelf.pieces("a") == [0, 1, 2, 3, 4]
    assert [frame["n"][0] for frame in shelf.through("a")] == [0, 100, 200, 300, 400]
    assert shelf.scan("a").collect()["n"].to_list() == list(range(500))
    assert shelf.take("a")["n"].to_list() == list(range(500))
    assert (on_disk(shelf), shelf.room) == (0, 4 * ONE_SIZE)


@settings(max_examples=50)
@given(
    st.lists(st.lists(st.integers(0, 2), max_size=40), min_size=1, max_size=8), st.sampled_from([0, 500, 3_000, 10**6])
)
def test_what_is_scattered_comes_back_in_the_order_in_which_it_stood(
    tmp_path_factory: pytest.TempPathFactory, pieces: list[list[int]], room: int
) -> None:
    shelf = Shelf(tmp_path_factory.mktemp("plank"), room)
    expected: dict[int, list[str]] = {0: [], 1: [], 2: []}
    for piece, parts in enumerate(pieces):
        words = [f"{piece}-{place}" for place in range(len(parts))]
        for part, word in zip(parts, words, strict=True):
            expected[part].append(word)
        frame = pl.DataFrame({"woord": words}, schema={"woord": pl.String})
        shelf.scatter("b", piece, frame, pl.Series(parts, dtype=pl.UInt32), 3)
        assert shelf.room >= 0
    assert {part: shelf.take(f"b-{part}")["woord"].to_list() for part in range(3)} == expected
    assert shelf.room == room


def test_small_pieces_go_to_disk_together(tmp_path: Path) -> None:
    shelf = Shelf(tmp_path, 2 * ONE_SIZE)
    for piece in range(10):
        shelf.scatter("c", piece, ONE, ONE["n"] % 2, 2)
    assert 0 < on_disk(shelf) < 10
    assert shelf.take("c-0").height == shelf.take("c-1").height == 500


def test_rows_with_equal_keys_are_of_one_part_and_an_empty_key_is_a_key() -> None:
    frame = pl.DataFrame({"a": ["x", "x", None, None, "x\x1f"], "b": ["y", "y", "z", "z", "y"]})
    parts = by_key(frame, "a", "b", count=50)
    assert parts.dtype == pl.UInt16
    assert parts[0] == parts[1]
    assert parts[2] == parts[3]
    assert parts.null_count() == 0
    assert parts.max() < 50


@pytest.mark.parametrize("room", [0, 10**7])
def test_some_rows_of_a_piece_come_from_where_it_waits(tmp_path: Path, room: int) -> None:
    shelf = Shelf(tmp_path, room)
    shelf.put("d", 0, pl.DataFrame({"n": range(12_000)}))  # on disk these lie in three stretches
    assert on_disk(shelf) == (room == 0)
    assert shelf.rows("d", 0, 4_999, 3)["n"].to_list() == [4_999, 5_000, 5_001]
    assert shelf.rows("d", 0, 11_999, 1)["n"].to_list() == [11_999]
    assert shelf.rows("d", 0, 0, 0).schema == {"n": pl.Int64}
    assert shelf.take("d").height == 12_000
