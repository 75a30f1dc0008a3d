"""Files that a user asked for by name: never half, never over what stands there unasked, and never lost."""

from __future__ import annotations

import errno
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from verdringing.cli import main
from verdringing.documents import begin
from verdringing.errors import UserError
from verdringing.whole_file import refuse_taken, whole_files

HINT = "Kies een andere naam."
GOOD = "K1;Zon;flextensie;01-02-2026\n"
BAD = "K2;Zon;flextensie;31-02-2026\n"
HEADER = "kandidaat_id;werkgever;instrument;startdatum\n"


def run(*words: object) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], catch_exceptions=False)


def test_files_take_their_places_together(tmp_path: Path) -> None:
    paths = [tmp_path / "map" / "a.html", tmp_path / "map" / "a.csv"]
    with whole_files(paths, HINT) as beside:
        for place, path in enumerate(beside):
            path.write_text(str(place), encoding="utf-8")
        assert not any(path.exists() for path in paths)
    assert [path.read_text(encoding="utf-8") for path in paths] == ["0", "1"]
    assert sorted(path.name for path in (tmp_path / "map").iterdir()) == ["a.csv", "a.html"]


def test_on_a_full_disk_the_old_file_stays_and_nothing_else(tmp_path: Path) -> None:
    old = tmp_path / "a.html"
    old.write_text("oud", encoding="utf-8")
    with (  # noqa: PT012 — the block is what fails
        pytest.raises(UserError, match=r"a.html: hier is niet te schrijven \(de schijf is vol\)"),
        whole_files([old, tmp_path / "a.csv"], HINT, overwrite=True) as (page, _table),
    ):
        page.write_text("half", encoding="utf-8")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert [path.name for path in tmp_path.iterdir()] == ["a.html"]
    assert old.read_text(encoding="utf-8") == "oud"


def test_what_came_meanwhile_is_not_overwritten_unasked(tmp_path: Path) -> None:
    path = tmp_path / "a.html"
    with pytest.raises(UserError, match=f"bestaat al. {HINT}"), whole_files([path], HINT) as (beside,):  # noqa: PT012 — the other comes while this is made
        beside.write_text("van de tweede", encoding="utf-8")
        path.write_text("van de eerste", encoding="utf-8")
    assert path.read_text(encoding="utf-8") == "van de eerste"
    assert list(tmp_path.iterdir()) == [path]


@pytest.mark.parametrize("old", [True, False], ids=["in place of others", "where nothing was"])
def test_when_one_cannot_take_its_place_no_other_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, old: bool
) -> None:
    # on Windows a list that is open in Excel cannot be replaced
    page, table = paths = [tmp_path / "a.html", tmp_path / "a.csv"]
    for path in paths if old else []:
        path.write_text("oud", encoding="utf-8")
    swap = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target == table and self.suffix == ".nieuw":
            raise PermissionError(errno.EACCES, "open elsewhere", str(self))
        return swap(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(UserError, match=r"a\.csv: "), whole_files(paths, HINT, overwrite=True) as beside:  # noqa: PT012 — the swap is what fails
        for path in beside:
            path.write_text("nieuw", encoding="utf-8")
    assert {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()} == (
        {page.name: "oud", table.name: "oud"} if old else {}
    )


def test_a_link_stays_and_the_file_lands_where_it_leads(tmp_path: Path) -> None:
    link, real = tmp_path / "a.html", tmp_path / "elders" / "echt.html"
    real.parent.mkdir()
    real.write_text("oud", encoding="utf-8")
    link.symlink_to(real)
    with whole_files([link], HINT, overwrite=True) as (beside,):
        beside.write_text("nieuw", encoding="utf-8")
    assert link.is_symlink()
    assert real.read_text(encoding="utf-8") == "nieuw"


@pytest.mark.parametrize("overwrite", [True, False])
def test_a_folder_is_no_file(tmp_path: Path, overwrite: bool) -> None:
    with pytest.raises(UserError, match="dit is een map, geen bestand"):
        refuse_taken([tmp_path], HINT, overwrite=overwrite)


@pytest.mark.parametrize("command", ["controleer", "kolommen", "begin", "vergelijk"])
def test_every_command_writes_its_files_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(HEADER + GOOD, encoding="utf-8")
    Path("b.yaml").write_text("regels: {}\n", encoding="utf-8")
    Path("c.yaml").write_text("regels: {duur_te_lang: {aan: nee}}\n", encoding="utf-8")
    words: dict[str, list[str]] = {
        "controleer": ["a.csv", "--uit", "uit/x.html"],
        "kolommen": ["a.csv", "--uit", "uit/x.yaml"],
        "begin": ["uit"],
        "vergelijk": ["a.csv", "--beleid", "b.yaml", "--beleid", "c.yaml", "--uit", "uit/x.html"],
    }
    replace = Path.replace

    def full(path: Path, to: Path) -> Path:
        if path.name.endswith(".nieuw"):
            raise OSError(errno.ENOSPC, "No space left on device", str(path))
        return replace(path, to)

    monkeypatch.setattr(Path, "replace", full)
    result = run(command, *words[command])
    assert result.exit_code == 2
    assert "hier is niet te schrijven (de schijf is vol)" in result.stderr
    assert not [path for path in Path("uit").rglob("*") if path.is_file()]
    monkeypatch.setattr(Path, "replace", replace)
    assert run(command, *words[command]).exit_code == 0, "what failed stands in nobody's way"
    assert [path for path in Path("uit").rglob("*") if path.is_file()]


def test_a_starter_folder_begins_a_csv_as_a_spreadsheet_wants_it(tmp_path: Path) -> None:
    begin.begin(tmp_path / "map")
    marked = {path.name for path in (tmp_path / "map").rglob("*.*") if path.read_bytes().startswith(b"\xef\xbb\xbf")}
    assert marked == {"voorbeeld.csv", "zwarte-lijst.csv", "meldingen.csv"}


def test_the_rejected_rows_of_a_comparison_stand_where_they_stay(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(HEADER + GOOD + BAD, encoding="utf-8")
    for name in ("b.yaml", "c.yaml"):
        Path(name).write_text("regels: {}\n", encoding="utf-8")
    result = run("vergelijk", "a.csv", "--beleid", "b.yaml", "--beleid", "c.yaml", "--uit", "uit/x.html")
    assert result.exit_code == 2
    assert result.stderr.endswith("alle afgekeurde rijen staan in uit/x-afgekeurd.csv.\n")
    assert "31-02-2026" in Path("uit/x-afgekeurd.csv").read_text(encoding="utf-8")


def test_the_rejected_rows_of_a_proof_stand_beside_the_report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(HEADER + GOOD, encoding="utf-8")
    assert run("audit", "a.csv", "--uit", "r", "--stil").exit_code == 0
    Path("a.csv").write_text(HEADER + GOOD + BAD, encoding="utf-8")
    result = run("verifieer", "r")
    assert result.exit_code == 2
    assert f"staan in {tmp_path / 'r-afgekeurd.csv'}." in result.stderr
    assert "31-02-2026" in Path("r-afgekeurd.csv").read_text(encoding="utf-8")
