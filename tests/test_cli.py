"""The command as a user runs it: what comes out, exit codes, and one sentence per mistake."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result
from conftest import shipped

from verdringing.cli import main

SAMPLES = Path(__file__).parent.parent / "samples"
OUTPUT = {
    "index.html",
    "bevindingen.csv",
    "bevindingen.json",
    "werklijst.xlsx",
    "oordelen.parquet",
    "afgekeurd.csv",
    "waarschuwingen.csv",
    "verantwoording.json",
}
HEADER = "kandidaat_id;werkgever;instrument;startdatum\n"
ROW = "K1;Bakkerij De Korenaar;flextensie;01-02-2026\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def audit_sample(out: Path, *more: object) -> Result:
    blacklist = SAMPLES / "zwarte-lijst.csv"
    return run(
        "audit",
        SAMPLES / "voorbeeldstad.csv",
        "--zwarte-lijst",
        blacklist,
        "--uit",
        out,
        "--peildatum",
        "2026-09-30",
        *more,
    )


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The report on the sample municipality, all placements in scope."""
    out = tmp_path_factory.mktemp("uit") / "rapport"
    result = audit_sample(out)
    assert result.exit_code == 0, result.output
    return out


def test_an_audit_writes_the_whole_folder(report: Path) -> None:
    assert {path.name for path in report.iterdir()} == OUTPUT
    assert [path.name for path in report.parent.iterdir()] == ["rapport"]


def test_counts_add_up_everywhere(report: Path) -> None:
    facts = json.loads((report / "verantwoording.json").read_text(encoding="utf-8"))["tellingen"]
    assert facts["gelezen"] == facts["plaatsingen"] + facts["afgekeurd"] == 325
    assert all(sum(four.values()) == facts["in_bereik"] == facts["plaatsingen"] for four in facts["oordelen"].values())
    found = pl.read_csv(report / "bevindingen.csv", separator=";", infer_schema=False)
    assert found.height == facts["bevindingen"] == sum(four["signaal"] for four in facts["oordelen"].values())
    assert found["zaak"].n_unique() == facts["zaken"]
    verdicts = pl.read_parquet(report / "oordelen.parquet")
    assert verdicts.height == facts["in_bereik"]
    for rule, four in facts["oordelen"].items():
        assert {verdict: (verdicts[rule] == verdict).sum() for verdict in four} == four


def test_every_finding_can_be_traced_to_its_row(report: Path) -> None:
    found = pl.read_csv(report / "bevindingen.csv", separator=";", infer_schema=False)
    lines = pl.read_csv(
        SAMPLES / "voorbeeldstad.csv", separator=";", infer_schema=False, row_index_name="rij", row_index_offset=2
    )
    traced = found.select("plaatsing_id", pl.col("rij").cast(pl.UInt32)).join(lines, on="rij", how="left")
    assert (traced["plaatsing_id"] == traced["plaatsing_id_right"]).all()


def test_a_spreadsheet_opens_the_findings_as_it_should(report: Path) -> None:
    raw = (report / "bevindingen.csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    header = raw.decode("utf-8-sig").split("\r\n", 1)[0]
    assert header == (
        "zaak;plaatsing_id;regel;norm;gemeente;werkgever;werkgever_sleutel;functie;functie_sleutel;kandidaat_id;instrument;"
        "startdatum;einddatum;fase;ontstaan_op;waarde;grens;toelichting;vraag;grondslag;bestand;rij;beoordeling"
    )


def test_two_runs_are_equal_byte_for_byte(report: Path, tmp_path: Path) -> None:
    again = tmp_path / "rapport"
    assert audit_sample(again).exit_code == 0
    for name in OUTPUT - {"verantwoording.json"}:
        one, two = (report / name).read_bytes(), (again / name).read_bytes()
        assert one.replace(str(report).encode(), b"") == two.replace(str(again).encode(), b""), name


def test_a_clean_file_gives_no_signal(tmp_path: Path) -> None:
    result = run("audit", SAMPLES / "schoon.csv", "--peildatum", "2026-09-30", "--uit", tmp_path / "rapport")
    assert result.exit_code == 0
    assert "Geen signalen." in result.output
    assert "Geen signalen" in (tmp_path / "rapport" / "index.html").read_text(encoding="utf-8")


def test_the_bare_minimum_of_columns_still_gives_a_report(tmp_path: Path) -> None:
    (tmp_path / "kaal.csv").write_text(HEADER + ROW, encoding="utf-8")
    result = run("audit", tmp_path / "kaal.csv", "--uit", tmp_path / "rapport")
    assert result.exit_code == 0
    facts = json.loads((tmp_path / "rapport" / "verantwoording.json").read_text(encoding="utf-8"))
    assert facts["tellingen"]["oordelen"]["opvolging_zelfde_functie"]["niet_toetsbaar"] == 1


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    hostile = ['"=HYPERLINK(""http://x"")"', "<script>alert(1)</script>", "{{7*7}}", "\u202eabc", "x" * 10_000]
    rows = "".join(f"K{n};{name};flextensie;01-0{n + 1}-2024;schoonmaak\n" for n, name in enumerate(hostile))
    rows += "".join(
        f"K9{n};{name};flextensie;01-01-2026;=1+1;\n".replace(";\n", "\n") for n, name in enumerate(hostile)
    )
    path = tmp_path / "vreemd.csv"
    path.write_text("kandidaat_id;werkgever;instrument;startdatum;functie\n" + rows, encoding="utf-8")
    result = run("audit", path, "--uit", tmp_path / "rapport", "--peildatum", "2026-09-30")
    assert result.exit_code == 0, result.output
    page = (tmp_path / "rapport" / "index.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "{{7*7}}" in page  # shown as it stands, not worked out
    found = (tmp_path / "rapport" / "bevindingen.csv").read_text(encoding="utf-8-sig")
    assert "=HYPERLINK" in found
    cells = [cell for line in found.splitlines() for cell in line.replace('"', "").split(";")]
    assert not [cell for cell in cells if cell[:1] in {"=", "+", "@"}]


def test_an_existing_report_is_only_replaced_when_asked(report: Path) -> None:
    before = (report / "index.html").read_bytes()
    refused = audit_sample(report)
    assert refused.exit_code == 2
    assert "--overschrijf" in refused.output
    assert (report / "index.html").read_bytes() == before
    assert audit_sample(report, "--overschrijf", "--stil").output == ""


def test_a_folder_that_holds_something_else_is_never_touched(tmp_path: Path) -> None:
    (tmp_path / "foto.txt").write_text("x", encoding="utf-8")
    refused = audit_sample(tmp_path, "--overschrijf")
    assert refused.exit_code == 2
    assert "geen rapport" in refused.output
    assert [path.name for path in tmp_path.iterdir()] == ["foto.txt"]


@pytest.mark.parametrize(
    "name, content, said",
    [
        ("leeg.csv", b"", "leeg"),
        ("kop.csv", HEADER.encode(), "geen rijen"),
        ("foto.csv", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00", "geen tekstbestand"),
        (
            "mist.csv",
            b"kandidaat_id;werkgever;instrument;start datun\nK1;W;stage;01-01-2026\n",
            "de kolom 'startdatum' ontbreekt. De kolom 'start datun' lijkt erop.",
        ),
    ],
)
def test_a_file_that_cannot_be_used_is_one_sentence(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    result = run("audit", path, "--uit", tmp_path / "rapport")
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.splitlines()) == 1
    assert not (tmp_path / "rapport").exists()


@pytest.mark.parametrize(
    "arguments, said",
    [
        (["audit", "bestaat-niet.csv"], "bestaat-niet.csv: dit bestand bestaat niet."),
        (["audit", "."], "bestand"),
        (["audit", str(SAMPLES / "schoon.csv"), "--periode", "2026Q3"], "'2026Q3' is geen periode"),
        (["audit", str(SAMPLES / "schoon.csv"), "--peildatum", "31-02-2026"], "'31-02-2026' is geen datum"),
        (["audit", str(SAMPLES / "schoon.csv"), "--beleid", "weg.yaml"], "weg.yaml: dit bestand bestaat niet"),
        (["audit", str(SAMPLES / "schoon.csv"), "--zwarte-lijst", "weg.csv"], "weg.csv: dit bestand bestaat niet"),
        (
            ["audit", str(SAMPLES / "schoon.csv"), "--gemeente", "Elders"],
            "geen enkele plaatsing is van gemeente 'Elders'",
        ),
        (["audit", str(SAMPLES / "schoon.csv"), "--uit", "/proc/rapport"], "hier is niet te schrijven"),
        (["regels", "duur_te_lng"], "onbekende regel 'duur_te_lng'. Bedoelde u 'duur_te_lang'?"),
    ],
)
def test_wrong_use_is_one_sentence_and_exit_2(
    arguments: list[str], said: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    result = run(*arguments)
    assert result.exit_code == 2
    assert said in result.output
    assert len(result.output.splitlines()) == 1
    assert list(tmp_path.iterdir()) == []


def test_all_wrong_files_are_named_at_once(tmp_path: Path) -> None:
    result = run("audit", tmp_path / "a.csv", tmp_path / "b.csv", "--uit", tmp_path / "rapport")
    assert len(result.output.splitlines()) == 2


def test_a_period_puts_history_out_of_scope(tmp_path: Path) -> None:
    assert audit_sample(tmp_path / "rapport", "--periode", "2026K3").exit_code == 0
    facts = json.loads((tmp_path / "rapport" / "verantwoording.json").read_text(encoding="utf-8"))["tellingen"]
    assert (
        facts["in_bereik"] == 122
    )  # counted by hand over the sample: start <= 30-09-2026 and open or end >= 01-07-2026


def test_rows_split_over_two_files_give_the_same_verdicts(report: Path, tmp_path: Path) -> None:
    text = (SAMPLES / "schoon.csv").read_text(encoding="utf-8-sig").splitlines()
    one, two = tmp_path / "een.csv", tmp_path / "twee.csv"
    one.write_text("\n".join([text[0], *text[1::2]]), encoding="utf-8")
    two.write_text("\n".join([text[0], *text[2::2]]), encoding="utf-8")
    verdicts = []
    for files in ([SAMPLES / "schoon.csv"], [two, one]):
        out = tmp_path / f"uit{len(files)}"
        assert run("audit", *files, "--peildatum", "2026-09-30", "--uit", out).exit_code == 0
        verdicts.append(pl.read_parquet(out / "oordelen.parquet").sort("plaatsing_id"))
    assert verdicts[0].equals(verdicts[1])


def test_regels_shows_every_rule_and_one_in_full() -> None:
    assert "duur_te_lang" in run("regels").output
    one = run("regels", "duur_te_lang").output
    for part in ("Waarom", "Vraag", "Opheffen", "Waarden", "Grondslag", "rules/duur_te_lang.yaml"):
        assert part in one


@pytest.mark.parametrize("command", [[], ["audit"], ["regels"]])
def test_every_help_has_an_example_and_loads_no_engine(command: list[str]) -> None:
    code = (
        "import sys; from verdringing.cli import main; main(sys.argv[1:], standalone_mode=False); "
        "assert not {'polars', 'pydantic', 'jinja2', 'yaml', 'dataclasses', 'locale'} & set(sys.modules)"
    )
    arguments = [sys.executable, "-c", code, *command, "--help"]
    shown = subprocess.run(arguments, capture_output=True, text=True, check=True, env=os.environ)
    assert "Voorbeeld" in shown.stdout


def test_no_bsn_and_no_column_about_a_person_reaches_an_output(tmp_path: Path) -> None:
    weights = (9, 8, 7, 6, 5, 4, 3, 2)
    numbers = []
    for start in range(11122233, 11122290):
        rest = sum(int(digit) * weight for digit, weight in zip(f"{start:08d}", weights, strict=True)) % 11
        numbers += [f"{start:08d}{rest}"] if rest < 10 else []
    header = "kandidaat_id;naam;werkgever;functie;instrument;startdatum;einddatum;uurtarief\n"
    rows = "".join(f"{n};Jansje {n};Firma {n};Werk {n};flextensie;01-01-2026;;5,00\n" for n in numbers)
    bad = f"{numbers[0]};Jansje;Firma;Werk;vrijwilliger {numbers[0]};01-01-2026;;\n"
    (tmp_path / "invoer.csv").write_text(header + rows + bad, encoding="utf-8")
    out = tmp_path / "rapport"
    result = run("audit", tmp_path / "invoer.csv", "--uit", out, "--peildatum", "2026-09-30")
    assert result.exit_code == 0, result.output
    assert json.loads((out / "verantwoording.json").read_text(encoding="utf-8"))["tellingen"]["bevindingen"] > 0
    for path in out.iterdir():
        content = path.read_bytes() if path.suffix != ".parquet" else pl.read_parquet(path).write_csv().encode()
        assert not [number for number in numbers if number.encode() in content], path.name
        assert b"Jansje" not in content
    page = (out / "index.html").read_text(encoding="utf-8")
    assert "pseudoniemen" in page
    assert "naam" in page  # the column that was left out is named


def test_joined_names_are_shown_with_every_finding_they_touch(tmp_path: Path) -> None:
    file, decided = tmp_path / "a.csv", tmp_path / "aliassen.yaml"
    header = "kandidaat_id;werkgever;functie;instrument;startdatum;einddatum\n"
    rows = ["K1;Zon;kok;stage;05-01-2026;30-01-2026", "K2;De Zon;kok;stage;02-02-2026;27-02-2026"]
    rows += ["K3;Zon;kok;stage;02-03-2026;27-03-2026"]  # third in a row, but only when Zon and De Zon are one
    file.write_text(header + "\n".join(rows) + "\n", encoding="utf-8")
    decided.write_text("werkgevers:\n  - {namen: [Zon, De Zon], besluit: zelfde, door: teamleider, op: 2026-10-01}\n")
    result = run("audit", file, "--aliassen", decided, "--uit", tmp_path / "r", "--peildatum", "2026-09-30")
    assert result.exit_code == 0, result.output
    found = pl.read_csv(tmp_path / "r" / "bevindingen.csv", separator=";", infer_schema=False)
    (told,) = found.filter(pl.col("regel") == "opvolging_zelfde_functie")["toelichting"]
    assert told.endswith(" Samengevoegde namen: Zon = De Zon (teamleider, 01-10-2026).")


@pytest.mark.parametrize("option", ["--beleid", "--kolommen", "--aliassen"])
def test_a_file_of_placements_in_the_wrong_place_is_not_repeated_on_the_screen(tmp_path: Path, option: str) -> None:
    placements = tmp_path / "plaatsingen.csv"
    placements.write_text(HEADER + ROW.replace("K1", "GEHEIM-77") * 40, encoding="utf-8")
    result = run("audit", placements, option, placements, "--uit", tmp_path / "uit")
    assert result.exit_code == 2
    assert "plaatsingen.csv" in result.output
    assert "GEHEIM-77" not in result.output
    assert len(result.output) < 400


def test_without_a_placement_in_the_period_nothing_is_called_clear(tmp_path: Path) -> None:
    placements = tmp_path / "plaatsingen.csv"
    placements.write_text(HEADER + ROW, encoding="utf-8")
    result = run("audit", placements, "--periode", "2010K1", "--uit", tmp_path / "uit")
    page = (tmp_path / "uit" / "index.html").read_text(encoding="utf-8")
    sentence = "Er is niets getoetst: geen enkele plaatsing valt binnen wat u vroeg."
    assert sentence in result.output
    assert sentence in page
    for calm in ("Geen signalen", "geen signalen in", "niets te stoppen", "geen enkele gaf een signaal"):
        assert calm not in result.output + page


@pytest.mark.parametrize(
    ("twice", "named"),
    [
        (["--zwarte-lijst", "a.csv", "--zwarte-lijst", "b.csv"], "--zwarte-lijst"),
        (["--beoordelingen=a.csv", "--uit", "x", "--beoordelingen", "a.csv"], "--uit, --beoordelingen"),
    ],
)
def test_an_option_that_can_count_once_is_not_given_twice(tmp_path: Path, twice: list[str], named: str) -> None:
    result = run("audit", SAMPLES / "schoon.csv", "--uit", tmp_path / "rapport", *twice)
    assert result.exit_code == 2
    assert f"Deze optie kan maar een keer, en staat er vaker: {named}." in result.output
    assert not (tmp_path / "rapport").exists()


def test_flags_and_options_that_may_repeat_are_left_alone(tmp_path: Path) -> None:
    policy = tmp_path / "a.yaml"
    policy.write_text("regels: {te_jong: {aan: ja}}\n", encoding="utf-8")
    more = ["--stil", "--stil", "--beleid", policy, "--overschrijf", "--overschrijf"]
    assert run("audit", SAMPLES / "schoon.csv", "--uit", tmp_path / "rapport", *more).exit_code == 0


def test_a_gemeente_of_a_policy_that_no_placement_has_is_named_by_the_policy(tmp_path: Path) -> None:
    policy = tmp_path / "beleid.yaml"
    policy.write_text("gemeente: Elders\n", encoding="utf-8")
    result = run("audit", SAMPLES / "schoon.csv", "--beleid", policy, "--uit", tmp_path / "rapport")
    assert result.exit_code == 2
    assert f"{policy}: geen enkele plaatsing is van gemeente 'Elders'" in result.output
    assert "--gemeente" not in result.output


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("waterdm", "--gemeente: geen beleid is van gemeente 'waterdm'. Bedoelde u 'Waterdam'?"),
        ("Ergens", "--gemeente: geen beleid is van gemeente 'Ergens'. Het is van: Waterdam."),
    ],
)
def test_a_gemeente_that_no_policy_is_of_is_refused(tmp_path: Path, asked: str, said: str) -> None:
    policy = tmp_path / "beleid.yaml"
    policy.write_text("gemeente: Waterdam\n", encoding="utf-8")
    rows = tmp_path / "p.csv"
    rows.write_text(HEADER + ROW, encoding="utf-8")
    result = run("audit", rows, "--beleid", policy, "--gemeente", asked, "--uit", tmp_path / "rapport")
    assert result.exit_code == 2
    assert said in result.output
    assert run("audit", rows, "--beleid", policy, "--gemeente", "WATERDAM", "--uit", tmp_path / "r").exit_code == 0


def test_what_is_missing_is_asked_and_not_claimed(tmp_path: Path) -> None:
    rows = tmp_path / "p.csv"
    rows.write_text(HEADER + ROW, encoding="utf-8")
    assert run("audit", rows, "--uit", tmp_path / "rapport").exit_code == 0
    page = (tmp_path / "rapport" / "index.html").read_text(encoding="utf-8")
    assert "of er begeleiding is" in page
    assert "de werkgever is een uitzendbureau</th>" not in page


def test_the_employers_of_the_summary_can_be_counted_in_the_findings(tmp_path: Path) -> None:
    audit_sample(tmp_path / "uit", "--meldingen", SAMPLES / "meldingen.csv", "--periode", "2026K3")
    found = pl.read_csv(tmp_path / "uit" / "bevindingen.csv", separator=";", infer_schema=False)
    assert found.select("gemeente", "werkgever_sleutel").n_unique() == 27  # at 26 places of work
    assert "40 zaken met signalen over 27 werkgevers vragen" in (tmp_path / "uit" / "index.html").read_text(
        encoding="utf-8"
    )


def test_quarters_of_a_period_say_that_earlier_ones_are_not_whole(tmp_path: Path) -> None:
    said = "alleen van plaatsingen in de getoetste periode"
    audit_sample(tmp_path / "periode", "--periode", "2026K3")
    assert said in text_of(tmp_path / "periode")
    audit_sample(tmp_path / "alles")
    assert said not in text_of(tmp_path / "alles")


def text_of(report: Path) -> str:
    """The page without its markup."""
    body = (report / "index.html").read_text(encoding="utf-8").split("</head>")[1].split("<script")[0]
    return " ".join(re.sub(r"<[^>]*>", " ", body).split())


def test_where_every_row_was_rejected_the_page_says_that_and_nothing_untrue(tmp_path: Path) -> None:
    placements = tmp_path / "plaatsingen.csv"
    placements.write_text(HEADER + ROW.replace("flextensie", "onbekend iets") * 3, encoding="utf-8")
    result = run("audit", placements, "--max-afgekeurd", "100", "--uit", tmp_path / "uit")
    assert result.exit_code == 0, result.output
    page = text_of(tmp_path / "uit")
    assert "Er is niets getoetst: alle 3 rijen zijn afgekeurd." in result.output
    assert "Er is niets getoetst: alle 3 rijen zijn afgekeurd." in page
    assert "Bekijk de afgekeurde rijen" in page
    for untrue in ("Kijk de periode", "op alle plaatsingen te toetsen", "de verdeling", "wat er ontbrak"):
        assert untrue not in page


def test_a_rule_without_its_list_is_not_counted_as_tested(tmp_path: Path) -> None:
    run("audit", SAMPLES / "schoon.csv", "--periode", "2026K3", "--uit", tmp_path / "zonder")
    page, rules = text_of(tmp_path / "zonder"), len({rule.name for rule in shipped().rules if rule.on})
    assert f"getoetst aan {rules - 2} regels" in page
    assert (
        "Niet getoetst, want er is geen lijst gegeven: Melding over deze werkgever, Werkgever op zwarte lijst." in page
    )
    assert page.count("Aan deze regel is niet getoetst, want er is geen lijst gegeven.") == 2
    lists = ("--zwarte-lijst", SAMPLES / "zwarte-lijst.csv", "--meldingen", SAMPLES / "meldingen.csv")
    run("audit", SAMPLES / "schoon.csv", "--periode", "2026K3", *lists, "--uit", tmp_path / "met")
    assert f"getoetst aan {rules} regels" in text_of(tmp_path / "met")
    assert "geen lijst gegeven" not in text_of(tmp_path / "met")


def test_a_rule_that_is_off_for_every_placement_stands_with_those_that_are_off(tmp_path: Path) -> None:
    policy = tmp_path / "a.yaml"
    policy.write_text(
        "gemeente: Voorbeeldstad\ngeldig: {van: 2000-01-01}\nregels: {geen_doorstroom: {aan: nee}}\n", encoding="utf-8"
    )
    run("audit", SAMPLES / "schoon.csv", "--beleid", policy, "--gemeente", "Voorbeeldstad", "--uit", tmp_path / "uit")
    page = (tmp_path / "uit" / "index.html").read_text(encoding="utf-8")
    assert 'id="regel-geen_doorstroom"' in page.split('id="regels-uit"')[1]
