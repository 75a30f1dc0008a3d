"""Parquet: any type as the text that a person would write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import polars as pl
import pytest

from verdringing.errors import UserError
from verdringing.read import read_files

ROW = {"kandidaat_id": "K1", "werkgever": "x", "instrument": "stage", "startdatum": date(2025, 1, 6)}


def write(folder: Path, column: pl.Series, name: str = "functie") -> Path:
    path = folder / "a.parquet"
    columns = [pl.Series(key, [value] * len(column)) for key, value in ROW.items() if key != name]
    pl.DataFrame([*columns, column.alias(name)]).write_parquet(path)
    return path


@pytest.mark.parametrize(
    ("values", "kind", "texts"),
    [
        (["012", None], pl.String, ["012", None]),
        (["a"], pl.Categorical, ["a"]),
        (["a"], pl.Enum(["a"]), ["a"]),
        ([1, 12345678, None], pl.Int64, ["1", "12345678", None]),
        ([True, False, None], pl.Boolean, ["ja", "nee", None]),
        ([24.0, 12.5, 0.1 + 0.2, 1.234, float("nan"), None], pl.Float64, ["24", "12.5", "0.3", "1.2340", None, None]),
        ([0.1, 24.0], pl.Float32, ["0.1", "24"]),
        ([Decimal("12.300"), Decimal("24.000"), Decimal("1.234"), Decimal("100.000")], pl.Decimal(10, 3), ["12.3", "24", "1.2340", "100"]),
        ([date(2025, 1, 6), None], pl.Date, ["2025-01-06", None]),
        ([datetime.fromisoformat("2025-01-06"), datetime.fromisoformat("2025-01-06 13:30")], pl.Datetime("us"), ["2025-01-06", "2025-01-06 13:30:00"]),
        ([datetime(2025, 1, 6, tzinfo=UTC)], pl.Datetime("ms", "UTC"), ["2025-01-06"]),
        ([None], pl.Null, [None]),
    ],
)  # fmt: skip
def test_every_type_has_one_written_form(
    tmp_path: Path, values: list[object], kind: pl.DataType, texts: list[str]
) -> None:
    (source,) = read_files([write(tmp_path, pl.Series(values, dtype=kind))])
    assert source.rows["functie"].to_list() == texts
    assert source.rows["rij"].to_list() == list(range(2, len(values) + 2))
    assert source.rows["startdatum"][0] == "2025-01-06"


@pytest.mark.parametrize(
    "column", [pl.Series([[1]]), pl.Series([{"a": 1}]), pl.Series([b"\xff"])], ids=["list", "record", "bytes"]
)
def test_a_type_without_a_written_form_is_refused_only_in_a_known_column(tmp_path: Path, column: pl.Series) -> None:
    with pytest.raises(UserError, match="de kolom 'functie' bevat geen tekst, getal, datum of ja/nee"):
        read_files([write(tmp_path, column)])
    (source,) = read_files([write(tmp_path, column, "extra")])
    assert source.left_out == ("extra",)


def test_a_damaged_file_is_one_sentence(tmp_path: Path) -> None:
    whole = write(tmp_path, pl.Series(["a"])).read_bytes()
    for length in range(4, len(whole), 41):
        (tmp_path / "b.parquet").write_bytes(whole[:length])
        with pytest.raises(UserError, match="dit Parquet-bestand is beschadigd of niet te lezen"):
            read_files([tmp_path / "b.parquet"])


def test_a_file_without_rows_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="er staan geen rijen onder de kolomnamen"):
        read_files([write(tmp_path, pl.Series([], dtype=pl.String))])
