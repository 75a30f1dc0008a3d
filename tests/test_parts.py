"""A large audit in parts gives the same report, byte for byte, as the audit of the same files in one piece."""

from __future__ import annotations

import gzip
import json
import stat
import sys
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

import benchmarks
from benchmarks import apart
from benchmarks.make_data import listed, piece
from benchmarks.who_and_where import Size
from verdringing.cli import main
from verdringing.deciding.decided import open_signals
from verdringing.parts import ordering, plan, together

ROWS = 3_000
PART = 120_000
"""Bytes: the made-up file then has six parts or more."""
HELD = 500_000
"""Bytes: some of what is laid aside then waits in memory, and some on disk."""

POLICY = """\
naam: Herhaling
gemeente: {gemeente}
eigen_regels: eigen/
regels:
  premie_boven_maximum: {{aan: ja}}
"""
OWN_RULE = """\
toets: herhaling
norm: beleid
parameters:
  per: persoon
  binnen_maanden: 12
  historie_vereist: ja
titel: Kort geleden ook geplaatst
bevinding: De plaatsing vanaf {startdatum} volgt op een eerdere die eindigde op {eerder_einde}.
vraag: Waarom opnieuw?
waarom: Om te zien of het herhaalt.
uitzonderingen: Geen.
aannames: De gegevens gaan ver genoeg terug.
opheffen: Leg uit waarom.
grondslag:
  - {bron: Eigen afspraak}
"""


@cache
def made(rows: int = ROWS) -> pl.DataFrame:
    """Made-up placements; the last tenth stands there twice, once with other values."""
    frame = piece(Size(rows), 0, rows)
    again = frame.tail(rows // 10)
    changed = again.with_columns(functie=pl.lit("iets anders")).head(rows // 20)
    row = pl.int_range(pl.len())
    gemeente = pl.col("gemeente")
    spelled = pl.when(row % 7 == 0).then(gemeente.str.to_uppercase()).when(row % 11 == 0).then(pl.lit("---"))
    return pl.concat([frame, again.tail(rows // 40), changed]).with_columns(gemeente=spelled.otherwise(gemeente))


def csv(frame: pl.DataFrame, **options: str) -> bytes:
    return frame.write_csv(separator=";", **options).encode()


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run an audit in one piece and in parts, and give both report folders; the same command in two rooms."""

    def both(
        files: Mapping[str, bytes],
        *options: str,
        part: int = PART,
        held: int = HELD,
        expected: bool = True,
        at_once: int = 10**6,
        large: Sequence[int] = (10**12, 0),
    ) -> Sequence[Path]:
        reports = []
        for least in large:
            room = tmp_path / str(least)
            for file, content in files.items():
                (room / file).parent.mkdir(parents=True, exist_ok=True)
                (room / file).write_bytes(content)
            listed(Size(ROWS)).write_csv(room / "lijst.csv", separator=";")
            monkeypatch.chdir(room)
            monkeypatch.setattr(plan, "LARGE", least)
            monkeypatch.setattr(plan, "PART_BYTES", part)
            monkeypatch.setattr(plan, "ROOM", held)
            monkeypatch.setattr(ordering, "STRETCH", 500)
            monkeypatch.setattr(ordering, "CASES_AT_ONCE", at_once)
            counts: list[int] = []
            monkeypatch.setattr(together, "judged", _counting(counts))
            given = [file for file in files if file.startswith("in/")]
            words = [
                *given,
                "--peildatum",
                "2026-09-30",
                "--zwarte-lijst",
                "lijst.csv",
                "--uit",
                "r",
                "--stil",
                "--max-afgekeurd",
                "30",
            ]
            result = CliRunner().invoke(main, ["audit", *words, *options], catch_exceptions=False)
            assert result.exit_code == 0, result.output
            assert (counts[0] > 1 if counts else False) is (least == 0 and expected)
            assert {path.name for path in room.iterdir()} == {
                *{Path(file).parts[0] for file in files},
                "lijst.csv",
                "r",
            }
            reports.append(room / "r")
        return reports

    return both


_JUDGED = together.judged


def _counting(counts: list[int]):
    def judged(taken):
        counts.append(taken.count)
        return _JUDGED(taken)

    return judged


def same(reports: Sequence[Path]) -> None:
    """Every file the same, and of the account all but the clock."""
    one, many = reports
    assert {path.name for path in one.iterdir()} == {path.name for path in many.iterdir()}
    told = [json.loads((report / "verantwoording.json").read_text()) | {"gemaakt_op": None} for report in reports]
    others = [path.name for path in one.iterdir() if path.name != "verantwoording.json"]
    assert [name for name in others if (one / name).read_bytes() != (many / name).read_bytes()] == []
    assert told[0] == told[1]


def test_every_output_is_the_same(run):
    one, many = run({"in/plaatsingen.csv": csv(made())}, "--zonder-werklijst")
    same((one, many))
    found = json.loads((many / "verantwoording.json").read_text())["tellingen"]
    assert found["bevindingen"] > 2_000, "there is something to put in order"
    assert found["waarschuwingen"] > 50
    assert found["afgekeurd"] > ROWS // 40


def test_cases_that_are_put_in_order_range_by_range(run):
    same(run({"in/plaatsingen.csv": csv(made())}, "--zonder-werklijst", at_once=100))


def test_the_work_list_is_the_same(run):
    one, many = run({"in/plaatsingen.csv": csv(made().head(1_500))}, part=60_000)
    same((one, many))


def decisions(report: Path) -> dict[str, bytes]:
    """A list that came back and an older one beside it, about the signals of a report: every way to decide."""
    signals = pl.read_excel(report / "werklijst.xlsx", sheet_name="Werklijst", infer_schema_length=0)
    about = signals.select("zaak", "plaatsing_id", "regel", "kenmerk", "feiten")
    said = {"reden": "nagekeken", "door": "CO", "datum": "01-09-2026", "geldig_tot": None}
    told = about.with_columns(
        besluit=pl.lit("terecht"), **{name: pl.lit(text, pl.String) for name, text in said.items()}
    )
    spoiled = told[150:152].with_columns(plaatsing_id=pl.lit("1,2E+10"))
    unknown = told[160:161].with_columns(plaatsing_id=pl.lit("bestaat-niet"), kenmerk=pl.lit(None, pl.String))
    cases = told.filter(pl.col("zaak").is_in(told["zaak"][500:502].implode())).unique("zaak", maintain_order=True)
    whole = cases.with_columns(regel=pl.lit(None, pl.String), besluit=pl.lit("in onderzoek"))
    ran_out = told[170:175].with_columns(geldig_tot=pl.lit("15-09-2026"), besluit=pl.lit("verklaard"))
    fresh = pl.concat([told[:100:7], spoiled, unknown, whole, ran_out])
    changed = told[200:210].with_columns(
        over=pl.lit("signaal"),
        datum=pl.lit("01-07-2026"),
        kenmerk=pl.lit("k000000000000"),
        feiten=pl.col("feiten").str.replace(r"startdatum: \S+;", "startdatum: 01-01-1999;"),
    )
    gone = changed[:1].with_columns(plaatsing_id=pl.lit("ooit"))
    return {"besluiten.csv": csv(fresh), "beoordelingen.csv": csv(pl.concat([changed, gone]))}


def test_decisions_that_come_back_are_the_same(run):
    file = {"in/plaatsingen.csv": csv(made().head(1_500))}
    (first,) = run(file, part=60_000, large=(10**11,))
    one, many = run(file | decisions(first), "--beoordelingen", "besluiten.csv", part=60_000)
    same((one, many))
    found = pl.read_csv(many / "bevindingen.csv", separator=";", infer_schema=False)["beoordeling"].drop_nulls()
    assert (found == "terecht (01-09-2026)").sum() == 15 + 2
    assert found.str.starts_with("in onderzoek").sum() > 2
    assert (found == "heropend: het besluit gold tot en met 15-09-2026").sum() == 5
    assert found.str.contains("heropend: startdatum was 01-01-1999, nu ").sum() == 10
    kept = pl.read_csv(many / "beoordelingen.csv", separator=";", infer_schema=False)
    assert {"bestaat-niet", "ooit"} <= set(kept["plaatsing_id"])


def test_a_sample_is_the_same_and_so_is_what_comes_of_it(run):
    file = {
        "in/plaatsingen.csv": csv(made().head(1_500)),
        "beleid.yaml": b"regels: {premie_boven_maximum: {aan: ja}}\n",
    }
    asked = ("--beleid", "beleid.yaml", "--steekproef", "60", "--zaad", "7")
    one, many = run(file, *asked, part=60_000)
    same((one, many))
    drawn = pl.read_excel(many / "werklijst.xlsx", sheet_name="Steekproef", infer_schema_length=0)
    assert drawn.height == 60
    assert drawn["regel"].n_unique() > 8
    told = {"uitkomst": "klopt", "door": "CO", "datum": "01-10-2026"}
    answers = drawn.with_columns(pl.lit(text).alias(name) for name, text in told.items())
    outcomes = {"uitkomsten.csv": csv(answers)}
    came = [*asked[:2], "--beoordelingen", "uitkomsten.csv"]
    one, many = run(file | outcomes, *came, "--zonder-werklijst", "--overschrijf", part=60_000)
    same((one, many))
    assert "Met 95 % zekerheid klopt hoogstens" in (many / "index.html").read_text()
    same(run(file | outcomes, *came, "--steekproef", "20", "--overschrijf", part=60_000))


def test_signals_that_wait_are_counted_in_all_parts(run, monkeypatch):
    text = csv(made().head(1_500))
    waiting = []
    monkeypatch.setattr("verdringing.commands.audit._open_signals", lambda found: waiting.append(open_signals(found)))
    run({"in/plaatsingen.csv": text}, "--zonder-werklijst", "--streng", part=60_000)
    assert waiting[0] == waiting[1] > 300


def test_two_decisions_that_contradict_are_refused_as_in_one_piece(run):
    file = {"in/plaatsingen.csv": csv(made().head(1_500))}
    (first,) = run(file, part=60_000, large=(10**11,))
    given = decisions(first)
    twice = given["besluiten.csv"].decode().splitlines()
    other = twice[1].replace("terecht", "niet terecht")
    spoiled = "\n".join([*twice, other]).encode()
    for least in (10**12, 0):
        with pytest.raises(AssertionError, match="op dezelfde dag staat een ander besluit"):
            run(file | {"besluiten.csv": spoiled}, "--beoordelingen", "besluiten.csv", part=60_000, large=(least,))


def test_of_two_mistakes_the_files_are_told_first_as_in_one_piece(run):
    everywhere = made().head(1_500).with_columns(gemeente=pl.lit("Aalten"))
    files = {"in/plaatsingen.csv": csv(everywhere), "besluiten.csv": b"zaak;besluit;reden\nA;onzin;x\n"}
    asked = ("--beoordelingen", "besluiten.csv", "--gemeente", "Nergenshuizen")
    for least in (10**12, 0):
        with pytest.raises(AssertionError, match="geen enkele plaatsing is van gemeente 'Nergenshuizen'"):
            run(files, *asked, part=60_000, large=(least,))


def test_rules_on_persons_see_every_place_of_work(run):
    gemeente = made()["gemeente"].drop_nulls().mode()[0]
    policy = {"beleid.yaml": POLICY.format(gemeente=gemeente).encode(), "eigen/herhaald.yaml": OWN_RULE.encode()}
    one, many = run({"in/a.csv": csv(made()), **policy}, "--beleid", "beleid.yaml", "--zonder-werklijst")
    same((one, many))
    verdicts = json.loads((many / "verantwoording.json").read_text())["tellingen"]["oordelen"]
    assert all(verdicts["herhaald"][verdict] > 10 for verdict in ("signaal", "geen_signaal", "niet_toetsbaar"))
    assert sum(verdicts["premie_boven_maximum"].values()) > 0


def test_other_work_that_counts_is_shown_though_it_has_no_case(run):
    # the first job of every candidate has no signal; with the second it makes eight months at one employer
    head = "kandidaat_id;werkgever;functie;instrument;startdatum;einddatum;uren_per_week\n"
    rows = (
        f"K{n};Los {n:02};eerste werk;stage;05-01-2026;30-04-2026;20\n"
        f"K{n};Los {n:02};tweede werk;flextensie;04-05-2026;31-08-2026;20\n"
        for n in range(40)
    )
    one, many = run({"in/a.csv": (head + "".join(rows)).encode()}, "--zonder-werklijst", part=1_000)
    assert (many / "index.html").read_text().count("eerste werk, K") == 40
    same((one, many))


def test_several_files_of_several_forms_with_rows_twice(run):
    frame = made()
    half = frame.height // 2
    parquet = Path("x.parquet")
    frame.slice(half).write_parquet(parquet)
    files = {"in/b.csv": csv(frame.head(half + 40)), "in/a.parquet": parquet.read_bytes()}
    parquet.unlink()
    same(run(files, "--zonder-werklijst", "--periode", "2025"))


def test_files_without_numbers_of_placements(run):
    frame = made().drop("plaatsing_id")
    same(run({"in/a.csv": csv(frame.head(2_000)), "in/b.csv": csv(frame.slice(1_900))}, "--zonder-werklijst"))


def test_rows_that_differ_only_in_what_cannot_be_read(run):
    doubtful = pl.when(pl.int_range(pl.len()) % 3 == 0).then(pl.format("{}.345", pl.int_range(pl.len()) % 50 + 10))
    frame = made().drop("plaatsing_id").with_columns(uurtarief=doubtful, premie=pl.lit("weet niet"))
    other = pl.col("uurtarief").str.replace("0.345", "0.346", literal=True)
    whole = pl.concat([frame, frame.head(ROWS // 5).with_columns(other)])
    reports = run({"in/a.csv": csv(whole)}, "--zonder-werklijst")
    same(reports)
    rejected = (reports[0] / "afgekeurd.csv").read_text(encoding="utf-8-sig")
    assert rejected.count("twee keer") == whole.height - whole.n_unique() > frame.height - frame.n_unique()


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_rows_that_go_on_over_a_line(run, ends):
    frame = made().with_columns(reden=pl.lit('eerste regel\ntweede; met "haken" en {}'.format(ends.join("abc"))))
    same(run({"in/a.csv": csv(frame, line_terminator=ends, quote_style="non_numeric")}, "--zonder-werklijst"))


def test_windows_text_with_lines_above_the_header_and_a_told_separator(run):
    frame = made().with_columns(werkgever=pl.concat_str(pl.lit("Café "), "werkgever"))
    text = b"sep=;\r\n;;;\r\n" + frame.write_csv(separator=";", line_terminator="\r\n").encode("cp1252")
    same(run({"in/a.csv": text}, "--zonder-werklijst"))


def test_pseudonyms_where_numbers_look_like_those_of_persons(run, monkeypatch):
    monkeypatch.setenv("VERDRINGING_SLEUTEL", "een lange sleutel voor deze ene toets")
    frame = made()
    eleven = [str(number) for number in range(100_000_000, 100_100_000) if _passes(number)]
    persons = frame["kandidaat_id"].rank("dense").cast(pl.Int64)
    numbers = pl.Series(eleven, dtype=pl.String).gather(persons % len(eleven))
    one, many = run({"in/a.csv": csv(frame.with_columns(kandidaat_id=numbers))}, "--zonder-werklijst")
    same((one, many))
    assert "p-" in (many / "bevindingen.csv").read_text()


def _passes(number: int) -> bool:
    digits = [int(digit) for digit in str(number)]
    return (sum((9 - place) * digit for place, digit in enumerate(digits[:8])) - digits[8]) % 11 == 0


WRITTEN = {
    "packed": lambda text: gzip.compress(text),
    "packed in two members": lambda text: gzip.compress(text[:70_001]) + gzip.compress(text[70_001:]),
    "utf-16": lambda text: text.decode().encode("utf-16"),
    "utf-16, most significant byte first": lambda text: b"\xfe\xff" + text.decode().encode("utf-16-be"),
    "utf-16, packed": lambda text: gzip.compress(text.decode().encode("utf-16")),
    "utf-8 with a mark": lambda text: b"\xef\xbb\xbf" + text,
}


@pytest.mark.parametrize("form", WRITTEN)
def test_files_that_are_unpacked_or_written_otherwise_while_they_are_read(run, form):
    frame = made().with_columns(werkgever=pl.concat_str(pl.lit("Café 🍰 "), "werkgever"))
    same(run({"in/a.csv.gz" if "packed" in form else "in/a.csv": WRITTEN[form](csv(frame))}, "--zonder-werklijst"))


@pytest.mark.parametrize("damage", [lambda packed: packed[:-50], lambda packed: packed[:9_000] + b"x" + packed[9_001:]])
def test_a_damaged_file_is_told_as_in_one_piece(damage, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "LARGE", 0)
    monkeypatch.setattr(plan, "PART_BYTES", PART)
    path = tmp_path / "a.csv.gz"
    path.write_bytes(damage(gzip.compress(csv(made()))))
    result = CliRunner().invoke(main, ["audit", str(path), "--uit", str(tmp_path / "r")])
    assert result.exit_code == 2
    assert "dit .gz-bestand is beschadigd of niet compleet" in result.output
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv.gz"]


@pytest.mark.parametrize(
    "spoiled",
    [
        lambda text: text.replace(b"\n", b"\r"),
        lambda text: text.replace(b"inpakker", b'"inpakker', 1),
        lambda text: b"\xff\xfe" + ("\ufeff" + text.decode()).encode("utf-16-le"),
    ],
    ids=["line ends of long ago", "an open quote", "two marks"],
)
def test_what_cannot_be_read_in_blocks_is_read_at_once(run, spoiled):
    text = csv(made())
    same(run({"in/a.csv": spoiled(text)}, "--zonder-werklijst", expected=False))


def test_one_sign_of_another_coding_is_refused_as_in_one_piece(run):
    text = csv(made())
    assert not text[:200_000].isascii()
    spoiled = text[:200_000] + text[200_000:].replace(b"flextensie", "flexténsie".encode("cp1252"), 1)
    with pytest.raises(AssertionError, match="hier staat een teken dat geen UTF-8 is"):
        run({"in/a.csv": spoiled}, large=(0,))


def test_parts_judged_in_processes_of_their_own(run, monkeypatch):
    monkeypatch.setenv("PYTHONPATH", str(Path(benchmarks.__file__).parent.parent))
    monkeypatch.setattr(sys.modules[__name__], "_JUDGED", apart.judged)
    same(run({"in/a.csv": csv(made())}, "--zonder-werklijst", part=300_000, held=0))


@pytest.mark.parametrize("held", [0, 10**9])
def test_all_that_waits_on_disk_or_all_in_memory(run, held):
    same(run({"in/a.csv": csv(made())}, held=held))


def test_a_column_of_its_own_that_is_personal_in_some_blocks_only(run):
    frame = made()
    first = pl.int_range(frame.height, eager=True) < 1_000
    own = pl.select(pl.when(first).then(pl.lit("a@b.nl")).otherwise(pl.lit("geen"))).to_series()
    policy = "eigen_kolommen:\n  opmerking_werkplek: {type: tekst, betekenis: wat er gebeurt}\n"
    files = {"in/a.csv": csv(frame.with_columns(opmerking_werkplek=own)), "beleid.yaml": policy.encode()}
    same(run(files, "--beleid", "beleid.yaml", "--zonder-werklijst", expected=False))


def test_a_disk_that_is_full_is_told_and_nothing_stays_behind(tmp_path, monkeypatch):
    write = pl.DataFrame.write_ipc

    def full(frame, file, **options):
        if isinstance(file, Path):
            raise OSError(28, "No space left on device")
        return write(frame, file, **options)

    monkeypatch.setattr(plan, "LARGE", 0)
    monkeypatch.setattr(plan, "PART_BYTES", PART)
    monkeypatch.setattr(plan, "ROOM", 0)
    path = tmp_path / "a.csv"
    path.write_bytes(csv(made()))
    monkeypatch.setattr(pl.DataFrame, "write_ipc", full)
    result = CliRunner().invoke(main, ["audit", str(path), "--uit", str(tmp_path / "r"), "--stil"])
    assert result.exit_code == 2
    assert "te weinig ruimte" in result.output
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_no_signal_at_all(run):
    frame = made().with_columns(gemeente=pl.lit("Nergens"), startdatum=pl.lit("01-01-2031"), einddatum=pl.lit(None))
    one, many = run({"in/a.csv": csv(frame)}, "--zonder-werklijst", "--periode", "2020")
    same((one, many))


def test_a_mistake_is_told_as_in_one_piece(run, tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "LARGE", 0)
    monkeypatch.setattr(plan, "PART_BYTES", PART)
    path = tmp_path / "a.csv"
    path.write_bytes(csv(made().drop("startdatum")))
    result = CliRunner().invoke(main, ["audit", str(path), "--uit", str(tmp_path / "r")])
    assert result.exit_code == 2
    assert "startdatum" in result.output
    assert [one.name for one in tmp_path.iterdir()] == ["a.csv"]


def test_too_many_rejected_rows(tmp_path, monkeypatch):
    monkeypatch.setattr(plan, "LARGE", 0)
    monkeypatch.setattr(plan, "PART_BYTES", PART)
    path = tmp_path / "a.csv"
    path.write_bytes(csv(made().with_columns(startdatum=pl.lit("geen dag"))))
    result = CliRunner().invoke(main, ["audit", str(path), "--uit", str(tmp_path / "r")])
    assert result.exit_code == 2
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "r-afgekeurd.csv"]


def test_what_lies_aside_is_for_this_user_alone(tmp_path, monkeypatch):
    seen = []

    def look(taken):
        seen.extend(stat.S_IMODE(path.stat().st_mode) for path in [taken.shelf.folder, *taken.shelf.folder.iterdir()])
        return _JUDGED(taken)

    monkeypatch.setattr(together, "judged", look)
    monkeypatch.setattr(plan, "LARGE", 0)
    monkeypatch.setattr(plan, "PART_BYTES", PART)
    monkeypatch.setattr(plan, "ROOM", 0)
    path = tmp_path / "a.csv"
    path.write_bytes(csv(made()))
    CliRunner().invoke(
        main, ["audit", str(path), "--uit", str(tmp_path / "r"), "--max-afgekeurd", "30"], catch_exceptions=False
    )
    assert set(seen) == {0o700}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["a.csv", "r"]
