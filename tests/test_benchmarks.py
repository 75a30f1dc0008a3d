"""The made-up placements of the benchmark: the same seed gives the same bytes, and their shape is as promised."""

from __future__ import annotations

import re
from datetime import date
from functools import cache
from hashlib import sha256

import polars as pl
import pytest

from benchmarks.goals import BEGIN, END, GOALS, Seen, write
from benchmarks.make_data import listed, main, piece
from benchmarks.who_and_where import DAY, DAY_ONE, GIANT, Size
from tests.conftest import shipped
from verdringing.names import add_keys
from verdringing.normalise import Normalised, normalise
from verdringing.record import BY_NAME

ROWS = 30_000


@cache
def taken_in(size: Size, rows: int) -> Normalised:
    origin = (pl.lit("x.csv").alias("bestand"), pl.lit(None, pl.String).alias("blad"))
    text = piece(size, 0, rows).select(*BY_NAME, *origin, rij=pl.int_range(pl.len(), dtype=pl.UInt32) + 2)
    return normalise(text, shipped().instruments)


@cache
def placed(size: Size, rows: int) -> pl.DataFrame:
    return add_keys(taken_in(size, rows).placements.lazy(), shipped().job_groups).collect()


def each(column: str) -> float:
    """Placements per distinct value."""
    return ROWS / placed(Size(ROWS), ROWS)[column].drop_nulls().n_unique()


def test_same_seed_same_bytes(tmp_path):
    files = [tmp_path / name for name in ("a.csv", "b.csv")]
    for file in files:
        main("3000", str(file))
    assert files[0].read_bytes() == files[1].read_bytes()
    assert files[0].with_name("a-lijst.csv").read_bytes() == files[1].with_name("b-lijst.csv").read_bytes()
    assert {path.name for path in tmp_path.iterdir()} == {"a.csv", "a-lijst.csv", "b.csv", "b-lijst.csv"}


def test_the_bytes_are_those_of_other_machines_too():
    text = piece(Size(500), 0, 500).write_csv(separator=";")
    assert sha256(text.encode()).hexdigest()[:16] == "0c2f05c24352750d"


def test_another_seed_gives_other_placements():
    assert not piece(Size(500), 0, 500).equals(piece(Size(500, seed=1), 0, 500))


def test_pieces_make_the_whole():
    size = Size(5_000)
    parts = [piece(size, first, 1_250) for first in range(0, 5_000, 1_250)]
    assert pl.concat(parts).equals(piece(size, 0, 5_000))


def test_every_column_of_the_record_is_there_and_filled():
    rows = piece(Size(ROWS), 0, ROWS)
    assert set(BY_NAME) < set(rows.columns)
    assert [name for name in BY_NAME if rows[name].drop_nulls().is_empty()] == []


def test_placements_per_job_and_per_candidate():
    assert each("plek_nr") == pytest.approx(3.2, abs=0.3)
    assert each("kandidaat_id") == pytest.approx(1.3, abs=0.03)


def test_some_jobs_are_far_larger_than_most():
    sizes = placed(Size(ROWS), ROWS).drop_nulls("plek_nr")["plek_nr"].value_counts()["count"]
    assert sizes.median() <= 2
    assert sizes.max() > 300


def test_from_a_million_rows_one_job_has_a_hundred_thousand():
    rows = 20_000  # the first of a million: every tenth is in that job, and 3 % of the titles are missing
    largest = placed(Size(1_000_000), rows).drop_nulls("plek_nr")["plek_nr"].value_counts()["count"].max()
    assert largest == pytest.approx(rows * GIANT / 1_000_000 * 0.97, rel=0.03)


@pytest.mark.parametrize("column, share", [("uren_per_week", 0.13), ("uurtarief", 0.02)])
def test_what_is_missing(column, share):
    assert placed(Size(ROWS), ROWS)[column].null_count() / ROWS == pytest.approx(share, abs=0.006)


def test_about_one_row_in_a_hundred_has_a_bad_value():
    intake = taken_in(Size(ROWS), ROWS)
    problems = pl.concat([intake.rejected, intake.warnings]).filter(~pl.col("reden").str.contains("twee keer"))
    assert problems["rij"].n_unique() / ROWS == pytest.approx(0.01, abs=0.002)
    assert problems["kolom"].n_unique() == 12
    assert intake.rejected["reden"].str.contains("twee keer").sum() == ROWS // 1_499


def test_starts_lie_in_ten_years_and_a_few_are_planned():
    starts = placed(Size(ROWS), ROWS)["startdatum"]
    assert starts.min() >= DAY_ONE
    assert starts.max() < date(2026, 11, 1)
    assert 0 < (starts > DAY).sum() < ROWS * 0.02


def test_no_number_can_be_taken_for_a_bsn():
    assert not re.search(r"(?<!\d)\d{9}(?!\d)", piece(Size(ROWS), 0, ROWS).write_csv(separator=";"))


def test_the_black_list_names_employers_of_the_file():
    names = set(placed(Size(ROWS), ROWS)["werkgever"]) | set(placed(Size(ROWS), ROWS)["inlener"])
    assert len(set(listed(Size(ROWS))["werkgever"]) & names) >= 15


def test_a_shorter_run_keeps_the_lines_of_a_longer_one(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"above\n{BEGIN}\n{END}\nbelow\n", encoding="utf-8")
    write(page, {"1m": Seen("20 ×", holds=False), "1k": Seen("4 ×", holds=False)}, "2026-11-01", "this machine")
    write(page, {"1k": Seen("1.5 ×", holds=True)}, "2026-11-02", "this machine")
    text = page.read_text(encoding="utf-8")
    assert f"| {GOALS['1m'].what} | {GOALS['1m'].aim} | 20 × | **no** | 2026-11-01 |" in text
    assert f"| {GOALS['1k'].what} | {GOALS['1k'].aim} | 1.5 × | yes | 2026-11-02 |" in text
    assert text.startswith("above\n")
    assert text.endswith("\nbelow\n")


def test_lines_of_another_machine_go(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(f"{BEGIN}\n{END}", encoding="utf-8")
    write(page, {"1m": Seen("20 ×", holds=False)}, "2026-11-01", "one machine")
    write(page, {"1k": Seen("4 ×", holds=False)}, "2026-11-02", "another machine")
    assert "20 ×" not in page.read_text(encoding="utf-8")
