"""`controleer` as a user runs it: the short answer, the whole page, and that nothing private or existing is lost."""

from __future__ import annotations

from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner, Result

from verdringing.cli import main
from verdringing.errors import UserError
from verdringing.naming import alike
from verdringing.naming.alias_file import read_aliases

SAMPLES = Path(__file__).parent.parent / "samples"
HEADER = "plaatsing_id;kandidaat_id;werkgever;instrument;startdatum;einddatum;functie;uren_per_week;opmerking\n"
ROWS = (
    "P1;K1;Bakkerij De Korenaar;flextensie;01-02-2024;;inpakker;24;geheim\n"
    "P2;K1;Bakkerij De Korenaer;flextensie;01-03-2026;31-05-2026;inpakker;20;geheim\n"
    "P3;K3;Slagerij Visser;stage;01-03-2026;31-02-2026;hulp;;geheim\n"
)


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments], catch_exceptions=False)


@pytest.fixture
def placements(tmp_path: Path) -> Path:
    path = tmp_path / "plaatsingen.csv"
    path.write_text(HEADER + ROWS, encoding="utf-8")
    return path


def checked(path: Path, *more: object) -> tuple[Result, str]:
    out = path.with_name("controle.html")
    result = run("controleer", path, "--uit", out, "--peildatum", "2026-09-30", *more)
    return result, out.read_text(encoding="utf-8") if out.exists() else ""


def test_the_answer_on_the_terminal_is_short_and_says_where_the_rest_is(placements: Path) -> None:
    result, _page = checked(placements)
    assert result.exit_code == 0
    said = result.output.splitlines()
    assert said[0] == "3 rijen gelezen = 2 plaatsingen + 1 afgekeurd."
    assert "  1 rij: einddatum is geen bestaande dag (de maand staat in het midden)" in said
    assert "Werkgevers die op elkaar lijken: 1." in said
    assert "Plaatsingen die verdacht lang open staan: 1." in said
    assert "Keren dat een kandidaat meer dan 40 uur per week is geplaatst: 1." in said
    assert said[-1].endswith("controle.html")
    assert len(said) < 20


def test_the_page_is_whole_and_asks_nothing_of_the_network(placements: Path) -> None:
    _result, page = checked(placements)
    for text in ("13% onbekend", "en 12% wisselend", "Onderzoek Flextensie 2017, §5.1", "183 dagen", "12 maanden"):
        assert text in page
    assert "plaatsingen.csv, rij 2" in page
    assert 'http-equiv="Content-Security-Policy"' in page
    assert "<script" not in page
    assert "http://" not in page


def test_no_value_of_a_column_outside_the_record(placements: Path) -> None:
    _result, page = checked(placements)
    assert "geheim" not in page
    assert "opmerking" in page  # by name it is


class _Snippet(HTMLParser):
    text = ""
    inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside = self.inside or tag == "pre"

    def handle_endtag(self, tag: str) -> None:
        self.inside = self.inside and tag != "pre"

    def handle_data(self, data: str) -> None:
        self.text += data if self.inside else ""


def test_the_snippet_is_an_alias_file_that_waits_for_decisions(placements: Path, tmp_path: Path) -> None:
    _result, page = checked(placements)
    parser = _Snippet()
    parser.feed(page)
    path = tmp_path / "aliassen.yaml"
    path.write_text(parser.text, encoding="utf-8")
    with pytest.raises(UserError):
        read_aliases(path)
    decided = parser.text.replace("besluit:", "besluit: zelfde").replace("door:", "door: J. Jansen")
    path.write_text(decided.replace("op:", "op: 2026-10-01"), encoding="utf-8")
    assert len(read_aliases(path).firms) == 2
    result, page = checked(placements, "--aliassen", path, "--overschrijf")
    assert "Werkgevers die op elkaar lijken: 0." in result.output
    assert "Zet dit in aliassen.yaml" not in page


def test_hostile_names_are_only_text(placements: Path) -> None:
    placements.write_text(HEADER + ROWS.replace("De Korena", '<script>""{{7*7}}'), encoding="utf-8")
    _result, page = checked(placements)
    assert "<script>" not in page
    assert "{{7*7}}" in page


def test_a_page_that_is_there_stays_unless_asked(placements: Path) -> None:
    checked(placements)
    out = placements.with_name("controle.html")
    out.write_text("oud", encoding="utf-8")
    refused, page = checked(placements)
    assert (refused.exit_code, page) == (2, "oud")
    assert "--overschrijf" in refused.output
    replaced, page = checked(placements, "--overschrijf", "--stil")
    assert (replaced.exit_code, replaced.output) == (0, "")
    assert page != "oud"


@pytest.mark.parametrize("name, said", [("plaatsingen.csv", "HTML-bestand"), ("map.html", "dit is een map")])
def test_the_page_never_takes_the_place_of_something_else(placements: Path, name: str, said: str) -> None:
    (placements.parent / "map.html").mkdir()
    result = run("controleer", placements, "--uit", placements.with_name(name), "--overschrijf")
    assert result.exit_code == 2
    assert said in result.output
    assert placements.read_text(encoding="utf-8") == HEADER + ROWS


def test_many_rejected_rows_do_not_stop_a_check(placements: Path) -> None:
    placements.write_text(HEADER + ROWS.splitlines(keepends=True)[2], encoding="utf-8")
    result, page = checked(placements)
    assert result.exit_code == 0
    assert "1 rij gelezen = 0 plaatsingen + 1 afgekeurd." in result.output
    assert "is geen bestaande dag" in page


@pytest.mark.parametrize("name", ["voorbeeldstad.csv", "schoon.csv"])
@pytest.mark.parametrize("period", [[], ["--periode", "2026K3"]])
def test_the_samples(name: str, period: list[str], tmp_path: Path) -> None:
    result = run(
        "controleer", SAMPLES / name, "--uit", tmp_path / "controle.html", "--peildatum", "2026-09-30", *period
    )
    assert result.exit_code == 0


# audit --max-afgekeurd


def audited(path: Path, *more: object) -> Result:
    return run("audit", path, "--uit", path.with_name("rapport"), "--peildatum", "2026-09-30", *more)


def test_an_audit_stops_at_too_many_rejected_rows_and_leaves_the_list(placements: Path) -> None:
    result = audited(placements)
    beside = placements.with_name("rapport-afgekeurd.csv")
    assert result.exit_code == 2
    assert len(result.output.splitlines()) == 1
    assert "1 van de 3 rijen afgekeurd" in result.output
    assert "Wat het vaakst mis is (1 rij): einddatum is geen bestaande dag" in result.output
    assert str(beside) in result.output
    assert not placements.with_name("rapport").exists()
    assert pl.read_csv(beside, separator=";", infer_schema=False)["waarde"].to_list() == ["31-02-2026"]


def test_the_share_is_inclusive(placements: Path) -> None:
    assert audited(placements, "--max-afgekeurd", "33.3").exit_code == 2
    assert audited(placements, "--max-afgekeurd", "33.4").exit_code == 0
    nine = "".join(f"N{n};N{n};Molen;stage;01-02-2026;;hulp;8;\n" for n in range(9))
    placements.write_text(HEADER + nine + ROWS.splitlines(keepends=True)[2], encoding="utf-8")
    assert audited(placements, "--overschrijf").exit_code == 0


def test_an_older_report_survives_a_file_that_is_too_bad(placements: Path) -> None:
    assert audited(placements, "--max-afgekeurd", "100").exit_code == 0
    before = {path.name: path.read_bytes() for path in placements.with_name("rapport").iterdir()}
    assert audited(placements, "--overschrijf").exit_code == 2
    assert {path.name: path.read_bytes() for path in placements.with_name("rapport").iterdir()} == before


NOT_ALL = "Niet alle namen zijn met elkaar vergeleken in: {}. Daar zijn het er te veel."
SAME = "werkgevers:\n  - namen: [Bakkerij De Korenaar, Bakkerij De Korenaer]\n    besluit: zelfde\n    door: team\n    op: 2026-01-05\n"


@pytest.mark.parametrize(
    "most, said", [(3, False), (2, True)]
)  # the file has three names of employers, two after aliases
@pytest.mark.parametrize(
    "asked, where", [(["--gemeente", "Zuidstad"], "Zuidstad"), ([], "de plaatsingen zonder gemeente")]
)
@pytest.mark.parametrize("aliases", [False, True])
def test_where_not_all_names_were_compared_it_is_said(
    placements: Path,
    monkeypatch: pytest.MonkeyPatch,
    most: int,
    asked: list[str],
    where: str,
    *,
    said: bool,
    aliases: bool,
) -> None:
    placements.write_text(HEADER + ROWS.replace("31-02-2026", "28-03-2026"), encoding="utf-8")
    if aliases:
        decided = placements.with_name("aliassen.yaml")
        decided.write_text(SAME, encoding="utf-8")
        asked = [*asked, "--aliassen", str(decided)]
    monkeypatch.setattr(alike, "EVERY", most)
    result, page = checked(placements, *asked)
    assert result.exit_code == 0, result.output
    sentence = NOT_ALL.format(where)
    assert (sentence in result.output, sentence in page) == (said, said)


def test_a_gemeente_of_signs_alone_counts_with_those_that_have_none(
    placements: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ROWS.replace("31-02-2026", "28-03-2026").replace(";geheim", ";", 1).replace(";geheim", ";?!", 1)
    placements.write_text(
        HEADER.replace("opmerking", "gemeente") + rows.replace("geheim", "Zuidstad"), encoding="utf-8"
    )
    monkeypatch.setattr(alike, "EVERY", 1)
    result, _page = checked(placements)
    assert NOT_ALL.format("de plaatsingen zonder gemeente") in result.output


def test_reasons_that_are_not_named_on_the_terminal_are_counted(placements: Path) -> None:
    wrong = [
        "P4;K4;Visser;stage;geen;;hulp;20;x",
        "P5;K5;Visser;stagge;01-01-2026;;hulp;20;x",
        "P6;;Visser;stage;01-01-2026;;hulp;20;x",
        "P7;K7;Visser;stage;01-03-2026;01-01-2026;hulp;20;x",
    ]
    placements.write_text(HEADER + ROWS + "\n".join(wrong) + "\n", encoding="utf-8")
    result, _page = checked(placements)
    reasons = [line for line in result.output.splitlines() if line.startswith("  1 rij")]
    assert len(reasons) == 3
    assert "  En nog 2 andere redenen." in result.output


def test_unlike_names_of_one_kvk_number_are_looked_at_first(tmp_path: Path) -> None:
    """Bakkerij and Slagerij share no word; De Korenaar does with Bakkerij De Korenaar; 'bv' and 'de' count for nothing."""
    path = tmp_path / "plaatsingen.csv"
    names = ["Bakkerij Jansen B.V.", "Bakkerij Jansen", "Slagerij Pietersen B.V."]
    other = ["Bakkerij De Korenaar", "De Korenaar B.V."]
    rows = [f"K{n};{name};11111111;flextensie;2026-01-05;kok" for n, name in enumerate(names)]
    rows += [f"L{n};{name};22222222;flextensie;2026-01-05;kok" for n, name in enumerate(other)]
    little = ["Bakkerij van der 't Korenaar", "Drukkerij van der 't Zetfout"]
    rows += [f"M{n};{name};33333333;flextensie;2026-01-05;kok" for n, name in enumerate(little)]
    rows += ["N1;De Een;44444444;flextensie;2026-01-05;kok", "N2;Een De;44444444;flextensie;2026-01-05;kok"]
    path.write_text("\n".join(["kandidaat_id;werkgever;kvk_nummer;instrument;startdatum;functie", *rows]), "utf-8")
    result, page = checked(path)
    assert "KvK-nummers met namen die niet op elkaar lijken: 2." in result.output
    assert "Bakkerij Jansen B.V. · Slagerij Pietersen B.V.</td>" in page
    assert '<th scope="row">33333333</th>' in page
    assert '<th scope="row">22222222</th>' not in page
    assert '<th scope="row">44444444</th>' not in page
    assert "Niets. U kunt de audit draaien." not in page


def test_a_name_in_a_decision_that_no_row_has_is_looked_at_first(placements: Path, tmp_path: Path) -> None:
    decided = tmp_path / "aliassen.yaml"
    decision = "{{namen: [Bakkerij De Korenaar, {}], besluit: zelfde, door: coa, op: 2026-07-08}}"
    for typed, said in (("Bakkerij De Korenaerr", True), ("Bakkerij De Korenaer", False)):
        decided.write_text(f"werkgevers:\n  - {decision.format(typed)}\n", "utf-8")
        result, page = checked(placements, "--aliassen", decided, "--overschrijf")
        assert ("Namen uit aliassen.yaml die in geen rij en op geen lijst staan: 1." in result.output) is said
        assert ("<li>bakkerij de korenaerr – Bedoelde u 'bakkerij de korenaer'?</li>" in unescape(page)) is said


def test_a_name_in_a_decision_that_stands_on_a_list_does_something(placements: Path, tmp_path: Path) -> None:
    """The name on the list is renamed too, so that the decision gives the row its signal."""
    decided, listed = tmp_path / "aliassen.yaml", tmp_path / "lijst.csv"
    names = "[Bakkerij De Korenaar, Het Broodhuis]"
    decided.write_text(f"werkgevers:\n  - {{namen: {names}, besluit: zelfde, door: coa, op: 2026-07-08}}\n", "utf-8")
    for option in ("--zwarte-lijst", "--meldingen"):
        columns, row = ("werkgever;datum", "HET BROODHUIS;01-02-2026")
        if option == "--zwarte-lijst":
            columns, row = ("werkgever;van;reden", "HET BROODHUIS;01-02-2026;x")
        listed.write_text(f"{columns}\n{row}\n", "utf-8")
        without, _page = checked(placements, "--aliassen", decided, "--overschrijf")
        result, _page = checked(placements, "--aliassen", decided, option, listed, "--overschrijf")
        assert "die in geen rij en op geen lijst staan: 1." in without.output
        assert "die in geen rij en op geen lijst staan" not in result.output
