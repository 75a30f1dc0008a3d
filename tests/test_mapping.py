"""kolommen.yaml: what is wrong is refused with its line, what it says is done, and what stood in the file stays known."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner
from conftest import shipped

from verdringing import strict_yaml
from verdringing.cli import main
from verdringing.errors import UserError
from verdringing.normalise import Normalised, normalise
from verdringing.read import Source, read_given
from verdringing.reading import headers, paths
from verdringing.reading.mapping import Mapping, read_mapping
from verdringing.record import BY_NAME

SAMPLES = Path(__file__).parent.parent / "samples"
HEADER = "Cliënt;Bedrijf;Voorziening;Van;Tarief"
COLUMNS = "kolommen:\n  kandidaat_id: Cliënt\n  werkgever: Bedrijf\n  instrument: Voorziening\n  startdatum: Van\n  uurtarief: Tarief\n"


def mapping(folder: Path, text: str) -> Mapping:
    path = folder / "kolommen.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def wrong(folder: Path, text: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        mapping(folder, text)
    return [str(mistake).rpartition("kolommen.yaml:")[2] for mistake in caught.value.mistakes]


def source(folder: Path, text: str, *rows: str, header: str = HEADER, coding: str = "utf-8") -> Source:
    path = folder / "export.csv"
    path.write_bytes("\n".join([header, *rows]).encode(coding))
    return read_given(paths.given(path), "export.csv", mapping(folder, text))


def refused(folder: Path, text: str, *rows: str, header: str = HEADER) -> list[str]:
    with pytest.raises(UserError) as caught:
        source(folder, text, *rows, header=header)
    return [str(mistake).replace(f"{folder}/", "") for mistake in caught.value.mistakes]


def typed(read: Source) -> Normalised:
    found = normalise(read.rows, shipped().instruments)
    assert found.read == found.placements.height + found.rejected["rij"].n_unique()
    return found


def warned(found: Normalised) -> list[tuple[object, ...]]:
    return found.warnings.select("rij", "kolom", "waarde").rows()


def test_all_mistakes_of_a_file_at_once_each_with_its_line(tmp_path: Path) -> None:
    text = """kolommen:
  startdatm: Van
  einddatum: Tot
  startdatum: tot
waarden:
  instrument: {FLEX: flextensi, flex: flextensie}
  werkaard: {T: tijdelik}
  vrijwillig: {Y: misschien}
  startdatum: {leeg: gisteren}
  kandidaat_id: {a: b}
vast:
  einddatum: 2026-01-01
  gemeente:
  kandidaat_id: A
"""
    assert wrong(tmp_path, text) == [
        "2: onbekende kolom 'startdatm'. Bedoelde u 'startdatum'?",
        "4: kop 'tot' is ook al de kolom 'einddatum'. Een kop hoort bij één kolom.",
        "6: 'flextensi' kan niet; kies uit: flextensie, proefplaatsing, werkervaringsplaats, participatieplaats,"
        " loonkostensubsidie, beschut_werk, stage, detachering, tegenprestatie. Bedoelde u 'flextensie'?",
        "6: 'flex' en 'FLEX' zijn dezelfde waarde.",
        "7: 'tijdelik' kan niet; kies uit: tijdelijk, structureel, additioneel. Bedoelde u 'tijdelijk'?",
        "8: 'misschien' kan niet; kies uit: ja, nee.",
        "9: 'gisteren' kan niet in de kolom 'startdatum'.",
        "10: 'kandidaat_id' heeft geen codes.",
        "12: kolom 'einddatum' heeft al de kop 'Tot'. Kies: een kop onder 'kolommen', of één waarde onder 'vast'.",
        "13: hier hoort één waarde.",
        "14: 'kandidaat_id' kan niet op elke rij hetzelfde zijn.",
    ]


@pytest.mark.parametrize(
    "text, said",
    [
        ("kolomen: {}", "1: onbekende sleutel 'kolomen'. Bedoelde u 'kolommen'?"),
        ("gewoonten: {dag: komma}", "1: onbekende sleutel 'dag'."),
        ("gewoonten:\n  getal: punten", "2: getal: 'punten' kan niet; kies uit: komma, punt."),
        ("kop_op_rij: 0", "1: kop_op_rij: 0 is te klein; minstens 1."),
        ("kop_op_rij: vier", "1: kop_op_rij: 'vier' is geen heel getal."),
        ("overslaan: Totaal", "1: overslaan: 'Totaal' is geen lijst."),
        ("- kolommen", "1: hier hoort een blok met sleutels."),
        ("kolommen: {functie: 12}", "1: functie: '12' is geen tekst."),
    ],
)
def test_a_wrong_form_is_one_sentence(tmp_path: Path, text: str, said: str) -> None:
    assert wrong(tmp_path, text) == [said]


@pytest.mark.parametrize("text", ["", "kolommen:\n", "waarden:\n  instrument:\n", "overslaan: []\ngewoonten:\n"])
def test_a_mapping_that_says_nothing_changes_nothing(tmp_path: Path, text: str) -> None:
    path = SAMPLES / "schoon.csv"
    assert read_given(paths.given(path), "a", mapping(tmp_path, text)).rows.equals(
        read_given(paths.given(path), "a").rows
    )


def test_headers_codes_and_constants_take_their_place(tmp_path: Path) -> None:
    text = (
        COLUMNS + "waarden:\n  instrument: {W: werkervaringsplaats}\nvast: {gemeente: Voorbeeldstad, begeleiding: ja}\n"
    )
    read = source(tmp_path, text, "1;Bakker; w ;05-01-2026;12,30", "2;Bakker;FLEXTENSIE;06-01-2026;", "", ";;;;")
    found = typed(read).placements
    kept = found.select("kandidaat_id", "instrument", "gemeente", "begeleiding").rows()
    assert kept == [("1", "werkervaringsplaats", "Voorbeeldstad", True), ("2", "flextensie", "Voorbeeldstad", True)]
    assert read.empty_lines == 2
    assert read.left_out == ()


def test_a_header_that_is_not_there_is_refused_with_the_nearest_one(tmp_path: Path) -> None:
    text = COLUMNS.replace("Tarief", "Tarif") + "  functie: Werk\n  einddatum: Tot\n"
    header = f"{HEADER};Werk;werk"
    assert refused(tmp_path, text, "1;B;stage;05-01-2026;1;a;b", header=header) == [
        "kolommen.yaml:6: kop 'Tarif' staat niet in export.csv. Bedoelde u 'Tarief'?",
        "kolommen.yaml:7: kop 'Werk' staat 2 keer in export.csv.",
        "kolommen.yaml:8: kop 'Tot' staat niet in export.csv.",
    ]


def test_a_constant_or_codes_that_the_file_contradicts_are_refused(tmp_path: Path) -> None:
    text = COLUMNS + "vast: {gemeente: A}\nwaarden: {werkaard: {T: tijdelijk}}\n"
    assert refused(tmp_path, text, "1;B;stage;05-01-2026;1;X", header=f"{HEADER};Gemeente") == [
        "kolommen.yaml:7: export.csv heeft zelf een kolom 'Gemeente'. Verwijder deze regel, of hernoem die kolom.",
        "kolommen.yaml:8: export.csv heeft geen kolom 'werkaard'. Noem de kop onder 'kolommen'.",
    ]


def test_a_column_that_a_person_named_goes_before_one_with_the_right_name(tmp_path: Path) -> None:
    read = source(tmp_path, COLUMNS, "1;B;stage;05-01-2026;1;01-01-2020", header=f"{HEADER};Startdatum")
    assert read.rows["startdatum"].to_list() == ["05-01-2026"]
    assert read.left_out == ("Startdatum",)


@pytest.mark.parametrize(
    "order, written, meant",
    [
        ("dag-maand-jaar", "03-04-2026", "2026-04-03"),
        ("dag-maand-jaar", "3.4.2026", "2026-04-03"),
        ("maand-dag-jaar", "03-04-2026", "2026-03-04"),
        ("maand-dag-jaar", "3/4/2026 0:00:00", "2026-03-04"),
        ("maand-dag-jaar", "2026-04-03", "2026-04-03"),
        ("maand-dag-jaar", "20260403", "2026-04-03"),
        ("maand-dag-jaar", "13-04-2026", None),
        ("dag-maand-jaar", "04-13-2026", None),
        ("jaar-maand-dag", "2026/04/03", "2026-04-03"),
        ("jaar-maand-dag", "03-04-2026", None),
        ("dag-maand-jaar", "gisteren", None),
    ],
)
def test_days_are_read_in_the_order_that_was_said(tmp_path: Path, order: str, written: str, meant: str | None) -> None:
    found = typed(source(tmp_path, f"{COLUMNS}gewoonten: {{datum: {order}}}", f"1;B;stage;{written};"))
    assert [str(day) for day in found.placements["startdatum"]] == ([meant] if meant else [])
    assert found.rejected.select("kolom", "waarde").rows() == ([] if meant else [("startdatum", written)])


@pytest.mark.parametrize(
    "sign, written, meant",
    [
        ("komma", "1.234", "1234"),
        ("komma", "€ 1.234", "1234"),
        ("komma", "1.234,56", "1234.56"),
        ("komma", "12,30", "12.30"),
        ("komma", "1,234", "1.234"),
        ("komma", "0.500", None),
        ("punt", "1.234", "1.234"),
        ("punt", "1,234", "1234"),
        ("punt", "1,234.56", "1234.56"),
        ("punt", "€ 1,234.56", "1234.56"),
        ("punt", "12.30", "12.30"),
        ("punt", "1.2.3", None),
    ],
)
def test_numbers_are_read_with_the_sign_that_was_said(
    tmp_path: Path, sign: str, written: str, meant: str | None
) -> None:
    columns = COLUMNS.replace("uurtarief", "premie")
    found = typed(source(tmp_path, f"{columns}gewoonten: {{getal: {sign}}}", f"1;B;stage;05-01-2026;{written}"))
    value = found.placements["premie"].item()
    assert (None if value is None else float(value)) == (None if meant is None else float(meant))
    assert warned(found) == ([] if meant else [(2, "premie", written)])


@pytest.mark.parametrize(
    "one, other, doubt",
    [
        ("1.234", "12,30", True),
        ("1,234", "12.30", True),
        ("€ 1.234", "€ 1.234,56", True),
        ("1,234", "1,234.56", True),
        ("12.30", "12,30", False),
        ("1.234", "1.250", False),
        ("1,234", "12,30", False),
        ("1.234", "12.30", False),
    ],
)
def test_both_readings_in_one_column_are_refused_until_it_is_said(
    tmp_path: Path, one: str, other: str, doubt: bool
) -> None:
    rows = ["1;B;stage;05-01-2026;7", f"2;B;stage;05-01-2026;{one}", f"3;B;stage;05-01-2026;{other}"]
    if not doubt:
        assert source(tmp_path, COLUMNS, *rows).rows.height == 3
        return
    (said,) = refused(tmp_path, COLUMNS, *rows)
    bare = [text.removeprefix("€ ") for text in (one, other)]
    assert said.startswith(
        f"export.csv: kolom 'Tarief': '{bare[0]}' (rij 3) kan twee getallen zijn naast '{bare[1]}' (rij 4)."
    )
    assert source(tmp_path, f"{COLUMNS}gewoonten: {{getal: komma}}", *rows).rows.height == 3


def test_lists_show_what_stood_in_the_file(tmp_path: Path) -> None:
    text = COLUMNS + "  einddatum: Tot\n  werkaard: Aard\ngewoonten: {datum: maand-dag-jaar, getal: komma}\n"
    rows = ["1;B;stage;02/01/2026;x 1.234;01/31/2026;T", "2;B;stage;02/01/2026;1;02/30/2026;T"]
    found = typed(source(tmp_path, text, *rows, header=f"{HEADER};Tot;Aard"))
    assert found.rejected.select("rij", "kolom", "waarde").rows() == [
        (2, "einddatum", "01/31/2026"),
        (3, "einddatum", "02/30/2026"),
    ]
    one = typed(source(tmp_path, text, "1;B;stage;02/01/2026;x 1.234;;T", header=f"{HEADER};Tot;Aard"))
    assert warned(one) == [(2, "uurtarief", "x 1.234"), (2, "werkaard", "T")]


@pytest.mark.parametrize("coding", ["utf-8-sig", "cp1252", "utf-16"])
def test_rows_above_the_header_and_rows_to_skip_are_counted_not_lost(tmp_path: Path, coding: str) -> None:
    text = COLUMNS + "kop_op_rij: 4\noverslaan: [Totaal, einde]\n"
    rows = ["Van: 01-01-2026", "", HEADER, "1;Totaal Techniek;stage;05-01-2026;1", ";TOTAAL 1;;;", "Einde;;;;"]
    read = source(tmp_path, text, *rows, header="Overzicht", coding=coding)
    assert (read.titles, read.empty_lines, read.totals) == (2, 1, 2)
    assert read.rows.select("rij", "werkgever").rows() == [(5, "Totaal Techniek")]
    assert read.broken.select("rij", "reden").rows() == [
        (6, "overgeslagen: begint met 'Totaal'"),
        (7, "overgeslagen: begint met 'einde'"),
    ]


@pytest.mark.parametrize("row", [3, 9])
def test_a_header_row_without_a_header_is_refused(tmp_path: Path, row: int) -> None:
    said = refused(tmp_path, f"{COLUMNS}kop_op_rij: {row}", "", "", "1;B;stage;05-01-2026;1")
    assert said == [
        f"export.csv: op rij {row} staan geen kolomnamen. Zeg bij 'kop_op_rij' op welke rij van het bestand de kolomnamen staan."
    ]


def test_well_known_headers_need_no_mapping(tmp_path: Path) -> None:
    path = tmp_path / "export.csv"
    path.write_text("Cliëntnr.;Bedrijfsnaam;Naam instrument;Ingangsdatum;KvK-nr\n007;Bakker;WEP;05-01-2026;12345678\n")
    row = typed(read_given(paths.given(path), "export.csv")).placements.row(0, named=True)
    assert (row["kandidaat_id"], row["werkgever"], row["kvk_nummer"]) == ("007", "Bakker", "12345678")


def test_two_well_known_headers_for_one_column_are_not_chosen_between(tmp_path: Path) -> None:
    said = refused(tmp_path, "", "1;B;stage;a;b", header="kandidaat_id;werkgever;instrument;Begindatum;Ingangsdatum")
    assert said == [
        "export.csv: de kolommen 'Begindatum' en 'Ingangsdatum' kunnen allebei 'startdatum' zijn."
        " Zeg in kolommen.yaml welke het is."
    ]


def test_the_own_name_of_a_column_goes_before_a_synonym(tmp_path: Path) -> None:
    header = "Begindatum;kandidaat_id;werkgever;instrument;startdatum"
    read = source(tmp_path, "", "01-01-2020;1;B;stage;05-01-2026", header=header)
    assert read.rows["startdatum"].to_list() == ["05-01-2026"]
    assert read.left_out == ("Begindatum",)


def test_synonyms_are_strict_and_never_about_a_person() -> None:
    assert set(headers.synonyms().values()) <= set(BY_NAME)
    assert not [one for one in headers.synonyms() if "bsn" in one or one in ("naam", "nummer", "datum", "uren")]
    text = "functi: [werk]\nfunctie: [Werk, functie, taak]\nsector: [taak]\n"
    with pytest.raises(UserError) as caught:
        headers.read(strict_yaml.load(text, "k.yaml"))
    assert [str(mistake) for mistake in caught.value.mistakes] == [
        "k.yaml:1: onbekende kolom 'functi'. Bedoelde u 'functie'?",
        "k.yaml:2: 'Werk' is geen andere schrijfwijze van een kolom.",
        "k.yaml:2: 'functie' is geen andere schrijfwijze van een kolom.",
        "k.yaml:3: 'taak' staat ook bij 'functie'.",
    ]


def verdicts(out: Path, name: str, *more: object) -> pl.DataFrame:
    """Verdicts per placement and rule."""
    arguments = ["audit", SAMPLES / name, "--zwarte-lijst", SAMPLES / "zwarte-lijst.csv", "--peildatum", "2026-09-30"]
    result = CliRunner().invoke(main, [str(one) for one in (*arguments, "--uit", out, "--stil", *more)])
    assert result.exit_code == 0, result.output
    return pl.read_parquet(out / "oordelen.parquet").sort("plaatsing_id")


@pytest.mark.parametrize("name", ["export-clientsysteem.csv", "export.xlsx", "export-iso.csv", "export.parquet"])
def test_the_same_placements_from_another_system_get_the_same_verdicts(tmp_path: Path, name: str) -> None:
    more = ["--kolommen", SAMPLES / "kolommen.yaml"] if "client" in name else []
    usual = verdicts(tmp_path / "a", "voorbeeldstad.csv")
    other = verdicts(tmp_path / "b", name, *more)
    assert usual.height > 300
    assert other.equals(usual)


def test_the_samples_are_what_their_maker_makes(tmp_path: Path) -> None:
    (tmp_path / "maak.py").write_bytes((SAMPLES / "maak.py").read_bytes())
    subprocess.run([sys.executable, tmp_path / "maak.py"], check=True)
    for name in ("voorbeeldstad.csv", "export-clientsysteem.csv", "export-iso.csv", "export.xlsx"):
        assert (tmp_path / name).read_bytes() == (SAMPLES / name).read_bytes(), name
    made, kept = (pl.read_parquet(folder / "export.parquet") for folder in (tmp_path, SAMPLES))
    assert made.equals(kept)
