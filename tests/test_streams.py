"""Text as a stream: the same bytes whatever form it was written in, a hash of the file itself, and how large it is."""

from __future__ import annotations

import gzip
from hashlib import sha256
from pathlib import Path

import pytest

from verdringing.reading import streams

TEXT = "".join(f"K{row};Café 🍰;{'x' * (row % 50)}\n" for row in range(30_000))
PLAIN = TEXT.encode()
FORMS = {
    "plain": PLAIN,
    "packed": gzip.compress(PLAIN),
    "two members": gzip.compress(PLAIN[:99_999]) + gzip.compress(PLAIN[99_999:]),
    "utf-16": TEXT.encode("utf-16"),
    "utf-16 packed": gzip.compress(TEXT.encode("utf-16")),
}


@pytest.fixture(params=FORMS)
def file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "a.csv"
    path.write_bytes(FORMS[request.param])
    return path


@pytest.mark.parametrize("step", [1_000, 65_537, 3_000_000])
def test_the_same_bytes_and_a_hash_of_the_file(file: Path, step: int) -> None:
    hashed = sha256()
    with streams.opened(file, hashed) as stream:
        read = b"".join(iter(lambda: stream.read(step), b""))
    assert read == PLAIN
    assert hashed.hexdigest() == sha256(file.read_bytes()).hexdigest()
    assert streams.first_bytes(file, 4) == b"K0;C"


def test_only_plain_text_is_not_changed(tmp_path: Path) -> None:
    for name, content in FORMS.items():
        path = tmp_path / "a.csv"
        path.write_bytes(content)
        assert streams.is_changed(path) is (name != "plain")


def test_the_size_is_that_of_the_text_or_near_it(tmp_path: Path) -> None:
    """Of a packed file with members, or with UTF-16 in it, the size is known by halves only."""
    path = tmp_path / "a.csv"
    for name, content in FORMS.items():
        path.write_bytes(content)
        exact = name in ("plain", "packed")
        assert len(PLAIN) * (1 if exact else 0.2) <= streams.size(path) <= len(PLAIN) * (1 if exact else 3)


def test_a_file_that_is_cut_off(tmp_path: Path) -> None:
    path = tmp_path / "a.gz"
    path.write_bytes(FORMS["packed"][:40])
    with pytest.raises(streams.UNREADABLE), streams.opened(path) as stream:
        stream.read()
    path.write_bytes(b"\x1f\x8b")
    assert streams.first_bytes(path, 4) == b""
    assert streams.size(path) < 20


@pytest.mark.parametrize(
    ("packed", "told", "size"),
    [
        (1_000_000, 4_000_000, 4_000_000),
        (1_000_000, 1_007_000, 6_000_000),  # the last member of more
        (1_000_000_000, 6_000_000_000 - 2**32, 6_000_000_000),  # 4 GB counts as nothing there
        (1_670_000_000, 10_000_000_000 - 2 * 2**32, 10_000_000_000),
        (40_000_000, 39, 240_000_000),
    ],
)
def test_the_size_that_a_packed_file_tells(tmp_path: Path, packed: int, told: int, size: int) -> None:
    path = tmp_path / "a.gz"
    with path.open("wb") as file:
        file.write(streams.GZIP)
        file.truncate(packed - 4)  # nothing of it is on the disk
        file.seek(packed - 4)
        file.write(told.to_bytes(4, "little"))
    assert streams.size(path) == size


def test_a_second_mark_is_for_whoever_reads_it_at_once(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(b"\xff\xfe" + ("\ufeff" + TEXT).encode("utf-16-le"))
    with pytest.raises(streams.UNREADABLE), streams.opened(path) as stream:
        stream.read()
