"""Columns of a policy's own: declared, read, typed, compared, judged, and kept out of every output."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from click.testing import CliRunner
from conftest import DAY, placed, rows_of_text, shipped

from verdringing import check, intake, rulebook
from verdringing.cli import main
from verdringing.errors import Mistake, UserError
from verdringing.judge import Judgement, judge
from verdringing.names import add_keys
from verdringing.normalise import Normalised, normalise
from verdringing.period import add_times
from verdringing.policies.own_columns import own_columns
from verdringing.read import Source, read_files
from verdringing.reading.mapping import read_mapping
from verdringing.record import BY_NAME, DERIVED, KIND_NAMES, ORIGIN, Column
from verdringing.rule import RuleBook
from verdringing.strict_yaml import load

TWICE = "dezelfde rij staat er twee keer (gelijk in alles wat wordt gelezen); de eerste telt"
HEADER = "plaatsing_id;kandidaat_id;werkgever;instrument;startdatum"


def declared(text: str) -> tuple[list[Column], list[str]]:
    """The columns of a policy text, and the mistakes in it."""
    document = load(text, "beleid.yaml")
    assert isinstance(document.data, dict)
    mistakes: list[Mistake] = []
    columns = own_columns(document.data["eigen_kolommen"], document, ("eigen_kolommen",), mistakes)
    return columns, [f"{one.where}: {one.what}. {one.hint}".rstrip() for one in mistakes]


def test_every_kind_can_be_declared_in_dutch_or_english() -> None:
    words = ["tekst", "datum", "getal", "euro", "heel getal", "ja/nee", "text", "date", "decimal", "whole number"]
    lines = [f"  kolom_{n}: {{type: {word}, betekenis: kolom van soort {n}}}" for n, word in enumerate(words)]
    columns, mistakes = declared("eigen_kolommen:\n" + "\n".join(lines))
    assert not mistakes
    assert [column.kind for column in columns] == [
        *("text", "date", "decimal", "euro", "whole", "yes_no"),
        *("text", "date", "decimal", "whole"),
    ]
    assert columns[5] == Column("kolom_5", "yes_no", "kolom van soort 5")
    assert {column.kind for column in columns} <= set(KIND_NAMES)


NO_NAME = "Schrijf kleine letters, cijfers en _, zoals or_instemming."
OTHER = "Kies een andere naam."
REFUSED = {
    "premie": "'premie' is al een kolom van een plaatsing. Verwijder deze kolom.",
    "startdatum": "'startdatum' is al een kolom van een plaatsing. Verwijder deze kolom.",
    "ingangsdatum": "'ingangsdatum' is een andere schrijfwijze van de kolom 'startdatum'. Gebruik die kolom, of kies een andere naam.",
    **{
        name: f"'{name}' is de naam van een kolom die het programma zelf maakt. {OTHER}"
        for name in ("leeftijd", "functie_sleutel", "fase", "peildatum", "bestand", "blad", "rij", "nr", "einde", "plaats")
    },
    "afspraak_stond": f"'afspraak_stond' is de naam van een kolom die het programma zelf maakt. {OTHER}",
    **{
        name: f"'{name}' is geen naam voor een kolom. {NO_NAME}"
        for name in ("OR_instemming", "or instemming", "or-instemming", "_or", "or__instemming", "1e_keus", "één", "or_", "x" * 61, "")
    },
    "bsn": "'bsn' kan geen eigen kolom zijn. Kolom 'bsn' heet naar een burgerservicenummer. Lever deze kolom niet aan.",
    "achternaam": "'achternaam' kan geen eigen kolom zijn. Kolom 'achternaam' heet naar de naam van een persoon. Lever deze kolom niet aan.",
    "naam": "'naam' kan geen eigen kolom zijn. Kolom 'naam' heet naar de naam van een persoon. Lever deze kolom niet aan.",
    "nationaliteit": "'nationaliteit' kan geen eigen kolom zijn. Kolom 'nationaliteit' heet naar nationaliteit. Lever deze kolom niet aan.",
    "geslacht": "'geslacht' kan geen eigen kolom zijn. Kolom 'geslacht' heet naar geslacht. Lever deze kolom niet aan.",
    "geboorteland": "'geboorteland' kan geen eigen kolom zijn. Kolom 'geboorteland' heet naar geboorteland of geboorteplaats. Lever deze kolom niet aan.",
    "medische_beperking": "'medische_beperking' kan geen eigen kolom zijn. Kolom 'medische_beperking' heet naar gezondheid. Lever deze kolom niet aan.",
    "geboortedatum": "'geboortedatum' kan geen eigen kolom zijn. Kolom 'geboortedatum' heet naar een geboortedatum. Lever deze kolom niet aan.",
}  # fmt: skip


@pytest.mark.parametrize("name, sentence", REFUSED.items(), ids=[name[:20] or "empty" for name in REFUSED])
def test_a_name_that_means_something_else_or_too_much_is_refused(name: str, sentence: str) -> None:
    columns, mistakes = declared(
        f"naam: x\neigen_kolommen:\n  goed: {{type: tekst, betekenis: b}}\n  '{name}': {{type: tekst, betekenis: b}}"
    )
    assert mistakes == [f"beleid.yaml:4: {sentence}"]
    assert [column.name for column in columns] == ["goed"]


def test_all_mistakes_are_told_at_once_each_with_its_line() -> None:
    _columns, mistakes = declared(
        "eigen_kolommen:\n  een: {type: bedrag, betekenis: b}\n  twee: {type: tekst}\n  drie: {type: tekst, betekenis: ' '}\n"
        "  vier: {type: tekst, betekenis: b, soort: x}\n  vijf: tekst\n  bsn: {type: ja, betekenis: b}\n"
    )
    assert [mistake.split(" ")[0] for mistake in mistakes] == [f"beleid.yaml:{n}:" for n in (2, 3, 4, 5, 6, 7, 7)]
    assert "kies uit: tekst, datum, getal, euro, heel getal, ja/nee" in mistakes[0]


OWN = (
    Column("or_instemming", "yes_no", "de ondernemingsraad stemt in"),
    Column("afspraak", "text", "wat is afgesproken"),
    Column("ontslag_op", "date", "laatste ontslag"),
    Column("leerdoelen", "whole", "aantal leerdoelen"),
    Column("begeleidingskosten", "euro", "kosten per maand"),
    Column("loonschaal", "decimal", "schaal"),
)


def taken(text: str, own: tuple[Column, ...] = OWN) -> Normalised:
    rows = pl.read_csv(text.encode(), separator=";", infer_schema=False)
    origin = (pl.lit("test.csv").alias("bestand"), pl.lit(None, pl.String).alias("blad"))
    numbered = rows.with_columns(*origin, rij=pl.int_range(pl.len(), dtype=pl.UInt32) + 2)
    return normalise(numbered, shipped().instruments, own)


def test_values_are_read_as_those_of_the_record_and_stand_behind_them() -> None:
    found = taken(
        f"{HEADER};or_instemming;afspraak;ontslag_op;leerdoelen;begeleidingskosten;loonschaal\n"
        "P1;K1;Zon;flextensie;06-01-2025; JA ;  mondeling;1-2-2025;1.040;€ 1.234,56;3,5\n"
        "P2;K2;Zon;flextensie;06-01-2025;n;onbekend;01-01-1900;;;\n"
    )
    assert found.placements.columns == [*ORIGIN, *BY_NAME, *(column.name for column in OWN)]
    assert found.placements.select(column.name for column in OWN).rows() == [
        (True, "mondeling", date(2025, 2, 1), 1040, Decimal("1234.56"), 3.5),
        (False, None, None, None, None, None),
    ]
    assert found.warnings.select("rij", "kolom", "waarde").rows() == [(3, "afspraak", "onbekend")]


@pytest.mark.parametrize(
    "column, text, reason",
    [
        ("or_instemming", "misschien", "is geen ja of nee"),
        ("ontslag_op", "31-02-2025", "is geen bestaande dag (de maand staat in het midden)"),
        ("leerdoelen", "3,5", "is geen heel getal"),
        ("begeleidingskosten", "1.234", "kan twee getallen betekenen: met duizenden of met cijfers achter de komma"),
        ("loonschaal", "drie", "is geen getal"),
    ],
)
def test_what_cannot_be_read_is_emptied_with_a_warning(column: str, text: str, reason: str) -> None:
    found = taken(f"{HEADER};{column}\nP1;K1;Zon;flextensie;06-01-2025;{text}\n")
    assert found.placements[column].to_list() == [None]
    assert found.warnings.select("rij", "kolom", "waarde", "reden").rows() == [(2, column, text, reason)]


def test_a_column_that_no_file_has_is_empty() -> None:
    found = taken(f"{HEADER}\nP1;K1;Zon;flextensie;06-01-2025\n")
    assert found.placements.select(column.name for column in OWN).row(0) == (None,) * len(OWN)
    assert found.placements.schema["ontslag_op"] == pl.Date
    assert found.warnings.is_empty()


@pytest.mark.parametrize("name", ["date", "euro", "whole", "kvk", "decimal"])
def test_a_name_never_decides_how_a_value_is_read(name: str) -> None:
    found = taken(f"{HEADER};{name}\nP1;K1;Zon;flextensie;06-01-2025;ja\n", (Column(name, "yes_no", "x"),))
    assert found.placements[name].to_list() == [True]


def test_rows_that_differ_in_an_own_column_differ() -> None:
    row = "K1;Zon;flextensie;06-01-2025"
    found = taken(f"{HEADER};or_instemming\nP1;{row};ja\nP1;{row};nee\nP2;{row};ja\nP2;{row};J\n")
    assert found.rejected.select("rij", "reden").rows() == [
        (2, "staat op rijen die verschillen"),
        (3, "staat op rijen die verschillen"),
        (5, TWICE),
    ]


def test_rows_without_a_number_that_differ_in_an_own_column_differ() -> None:
    header, row = HEADER.removeprefix("plaatsing_id;"), "K1;Zon;flextensie;06-01-2025"
    found = taken(f"{header};or_instemming\n{row};ja\n{row};nee\n{row};ja\n")
    assert found.rejected.select("rij", "reden").rows() == [(4, TWICE)]


def read(folder: Path, *contents: str, mapping: str | None = None, own: tuple[Column, ...] = OWN) -> list[Source]:
    paths = []
    for number, content in enumerate(contents):
        paths.append(folder / f"bestand{number}.csv")
        paths[-1].write_text(content, encoding="utf-8")
    given = None
    if mapping is not None:
        (folder / "kolommen.yaml").write_text(mapping, encoding="utf-8")
        given = read_mapping(folder / "kolommen.yaml", own)
    return read_files(paths, given, own)


ROW = "P1;K1;Zon;flextensie;06-01-2025"


@pytest.mark.parametrize("header", ["or_instemming", "OR instemming", "Or-Instemming", "  or  INSTEMMING "])
def test_a_header_spells_an_own_column_as_it_spells_one_of_the_record(tmp_path: Path, header: str) -> None:
    (source,) = read(tmp_path, f"{HEADER};{header};Opmerking\n{ROW};ja;x\n")
    assert source.rows["or_instemming"].to_list() == ["ja"]
    assert source.left_out == ("Opmerking",)


def test_without_a_declaration_the_column_is_left_out(tmp_path: Path) -> None:
    (source,) = read(tmp_path, f"{HEADER};or_instemming\n{ROW};ja\n", own=())
    assert "or_instemming" not in source.rows.columns
    assert source.left_out == ("or_instemming",)


def test_two_headers_for_one_own_column_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="heten hetzelfde"):
        read(tmp_path, f"{HEADER};or_instemming;OR instemming\n{ROW};ja;nee\n")


def test_one_of_the_files_may_lack_the_column(tmp_path: Path) -> None:
    sources = read(tmp_path, f"{HEADER};or_instemming\n{ROW};ja\n", f"{HEADER}\n{ROW.replace('1', '2', 2)}\n")
    found = normalise(pl.concat([one.rows for one in sources], how="diagonal"), shipped().instruments, OWN)
    assert dict(found.placements.select("plaatsing_id", "or_instemming").rows()) == {"P1": True, "P2": None}


def test_a_mapping_names_codes_and_habits_of_own_columns(tmp_path: Path) -> None:
    mapping = """
kolommen: {or_instemming: Akkoord OR, ontslag_op: Laatste ontslag, begeleidingskosten: Kosten}
waarden: {or_instemming: {g: ja, k: nee}}
vast: {leerdoelen: 3}
gewoonten: {datum: maand-dag-jaar, getal: punt}
"""
    header = HEADER.replace("startdatum", "startdatum;Akkoord OR;Laatste ontslag;Kosten")
    (source,) = read(tmp_path, f"{header}\nP1;K1;Zon;flextensie;01/06/2025;G;02/03/2025;1,234\n", mapping=mapping)
    assert not source.left_out
    found = normalise(source.rows, shipped().instruments, OWN)
    wanted = ("startdatum", "or_instemming", "ontslag_op", "begeleidingskosten", "leerdoelen")
    assert found.placements.select(wanted).row(0) == (date(2025, 1, 6), True, date(2025, 2, 3), Decimal(1234), 3)


def test_a_warning_shows_the_value_as_it_stood_before_the_mapping(tmp_path: Path) -> None:
    mapping = "waarden: {or_instemming: {g: ja}}\ngewoonten: {datum: maand-dag-jaar}"
    (source,) = read(
        tmp_path, f"{HEADER};or_instemming;ontslag_op\nP1;K1;Zon;flextensie;01/06/2025;g;31/12/2024\n", mapping=mapping
    )
    found = normalise(source.rows, shipped().instruments, OWN)
    assert found.warnings.select("kolom", "waarde").rows() == [("ontslag_op", "31/12/2024")]


@pytest.mark.parametrize(
    "mapping, what",
    [
        ("kolommen: {or_instemmin: X}", "onbekende kolom 'or_instemmin'"),
        ("waarden: {or_instemming: {g: misschien}}", "'misschien' kan niet; kies uit: ja, nee"),
        ("vast: {ontslag_op: gisteren}", "'gisteren' kan niet in de kolom 'ontslag_op'"),
        ("vast: {leerdoelen: 3.5}", "'3.5' kan niet in de kolom 'leerdoelen'"),
    ],
)
def test_a_mapping_that_cannot_be_right_is_refused(tmp_path: Path, mapping: str, what: str) -> None:
    with pytest.raises(UserError) as caught:
        read(tmp_path, f"{HEADER};or_instemming\n{ROW};ja\n", mapping=mapping)
    (mistake,) = caught.value.mistakes
    assert (mistake.where, mistake.what) == (f"{tmp_path / 'kolommen.yaml'}:1", what)
    if "or_instemmin:" in mapping:
        assert mistake.hint == "Bedoelde u 'or_instemming'?"


def test_numbers_that_can_be_two_things_are_refused_in_own_columns_too(tmp_path: Path) -> None:
    rows = "P1;K1;Zon;flextensie;06-01-2025;1.234\nP2;K2;Zon;flextensie;06-01-2025;12,5\n"
    with pytest.raises(UserError, match=r"'1\.234' \(rij 2\) kan twee getallen zijn"):
        read(tmp_path, f"{HEADER};begeleidingskosten\n{rows}", mapping="kolommen: {}")


def test_an_own_column_with_what_is_nobodys_business_is_not_used(tmp_path: Path) -> None:
    mails = "".join(f"P{n};K{n};Zon;flextensie;06-01-2025;iemand{n}@voorbeeld.nl;{n}\n" for n in range(6))
    (source,) = read(tmp_path, f"{HEADER};Afspraak;leerdoelen\n{mails}")
    assert "afspraak" not in source.rows.columns
    assert source.rows["leerdoelen"].to_list() == [str(n) for n in range(6)]
    assert not source.left_out
    assert [(one.column, one.kind, one.by) for one in source.sensitive] == [("Afspraak", "e_mail", "inhoud")]


def test_numbers_of_people_in_an_own_column_of_numbers_are_seen(tmp_path: Path) -> None:
    weights = (9, 8, 7, 6, 5, 4, 3, 2)
    numbers: list[str] = []
    for n in range(100_000_00, 100_002_00):  # eight digits, and a ninth that passes the eleven test
        rest = sum(int(digit) * weight for digit, weight in zip(str(n), weights, strict=True)) % 11
        numbers += [f"{n}{rest}"] if rest < 10 else []
    rows = "".join(f"P{n};K{n};Zon;flextensie;06-01-2025;{number}\n" for n, number in enumerate(numbers[:8]))
    (source,) = read(tmp_path, f"{HEADER};leerdoelen\n{rows}")
    assert "leerdoelen" not in source.rows.columns
    assert [(one.column, one.kind) for one in source.sensitive] == [("leerdoelen", "bsn")]


def test_a_header_that_names_too_much_cannot_be_mapped_to_an_own_column(tmp_path: Path) -> None:
    (source,) = read(tmp_path, f"{HEADER};Nationaliteit\n{ROW};NL\n", mapping="kolommen: {afspraak: Nationaliteit}")
    assert "afspraak" not in source.rows.columns
    assert [(one.column, one.kind, one.by) for one in source.sensitive] == [("Nationaliteit", "nationaliteit", "kop")]


def test_columns_that_the_program_makes_itself_cannot_be_declared() -> None:
    """Otherwise a check would read a column of a policy for its own."""
    book = shipped()
    placements = placed(rows_of_text([{}]))
    made = set(placements.columns)
    for rule in book.rules:
        made |= set(check.prepare(rule.check, placements.lazy(), rule.params).collect_schema().names())
    for name in made - set(BY_NAME):
        assert declared(f"eigen_kolommen: {{'{name}': {{type: tekst, betekenis: b}}}}")[1], name
    assert set(DERIVED) <= made


POLICY = """
gemeente: Voorbeeldstad
eigen_kolommen:
  or_instemming: {type: ja/nee, betekenis: de ondernemingsraad stemt in}
  afspraak: {type: tekst, betekenis: wat is afgesproken}
eigen_regels: regels
"""
RULE = """
toets: voorwaarde
norm: beleid
parameters: {geldt_voor: "instrument = 'flextensie'", signaal_als: or_instemming = nee}
titel: Geen instemming
bevinding: "De ondernemingsraad stemt niet in: {or_instemming}."
vraag: Waarom niet?
opheffen: Instemming
waarom: Het beleid vraagt het
uitzonderingen: geen
aannames: geen
grondslag: [Beleidsregels 2026]
"""


def policy(folder: Path, rule: str = RULE) -> Path:
    (folder / "regels").mkdir()
    (folder / "regels" / "geen_instemming.yaml").write_text(rule, encoding="utf-8")
    (folder / "beleid.yaml").write_text(POLICY, encoding="utf-8")
    return folder / "beleid.yaml"


def judged(book: RuleBook, text: str) -> Judgement:
    placements = taken(text, book.own_columns).placements.with_columns(gemeente=pl.lit("Voorbeeldstad"))
    keyed = add_times(add_keys(placements.lazy(), book.job_groups), DAY, None).with_row_index("nr").collect()
    return judge(keyed, book.rules)


def test_a_rule_of_the_policy_reads_the_column_and_names_it_where_it_is_empty(tmp_path: Path) -> None:
    book = rulebook.load(policy(tmp_path))
    rows = [f"P{n};K{n};Zon;{kind};06-01-2025;{given}" for n, (kind, given) in enumerate(ANSWERS)]
    judgement = judged(book, "\n".join([f"{HEADER};or_instemming", *rows, ""]))
    assert judgement.verdicts["geen_instemming"].to_list() == [3, 1, 2, 2, 0]
    lacking = judgement.missing.filter(pl.col("regel") == "geen_instemming")
    assert lacking.select("ontbreekt", "aantal").rows() == [("or_instemming", 2)]


ANSWERS = (
    ("flextensie", "nee"),
    ("flextensie", "ja"),
    ("flextensie", ""),
    ("flextensie", "misschien"),
    ("stage", "nee"),
)


def test_a_file_without_the_column_cannot_be_judged_by_that_rule(tmp_path: Path) -> None:
    judgement = judged(rulebook.load(policy(tmp_path)), f"{HEADER}\n{ROW}\n")
    lacking = judgement.missing.filter(pl.col("regel") == "geen_instemming")
    assert lacking.select("ontbreekt", "aantal").rows() == [("or_instemming", 1)]


def test_what_is_empty_is_counted_before_an_audit() -> None:
    found = taken(f"{HEADER};or_instemming\n{ROW};ja\nP2;K2;Zon;stage;06-01-2025;\n")
    gaps = intake.gaps(found.placements, {"or_instemming"}, OWN)
    counted = {row["kolom"]: (row["leeg"], row["aanwezig"]) for row in gaps.to_dicts()}
    assert counted["or_instemming"] == (1, True)
    assert counted["afspraak"] == (2, False)


def audited(folder: Path, *more: Any) -> Path:
    file, out = folder / "plaatsingen.csv", folder / "rapport"
    rows = [f"P{n};K{n};Zon BV;flextensie;06-01-2025;Voorbeeldstad;nee;Zevenster-{n}" for n in range(3)]
    file.write_text("\n".join([f"{HEADER};gemeente;or_instemming;Afspraak", *rows, ""]), encoding="utf-8")
    arguments = [
        "audit",
        file,
        "--beleid",
        folder / "beleid.yaml",
        "--peildatum",
        "2026-09-30",
        "--uit",
        out,
        "--stil",
        *more,
    ]
    result = CliRunner().invoke(main, [str(one) for one in arguments])
    assert result.exit_code == 0, result.output
    return out


def holding(out: Path, word: str) -> set[str]:
    found = {path.name for path in out.rglob("*") if path.is_file() and word.encode() in path.read_bytes()}
    verdicts = pl.read_parquet(out / "oordelen.parquet")
    return found | ({"oordelen.parquet"} if word in str(verdicts.to_dict(as_series=False)) else set())


def test_an_own_column_reaches_no_output(tmp_path: Path) -> None:
    policy(tmp_path)
    out = audited(tmp_path)
    assert "geen_instemming" in (out / "bevindingen.csv").read_text(encoding="utf-8-sig")
    assert not holding(out, "Zevenster")


def test_an_own_column_reaches_an_output_where_a_sentence_names_it(tmp_path: Path) -> None:
    policy(tmp_path, RULE.replace("{or_instemming}", "{afspraak}"))
    out = audited(tmp_path)
    assert {"bevindingen.csv", "index.html"} <= holding(out, "Zevenster-1")


WAGES = """
titel: Lonen per schaal
eenheid: euro per uur
sleutel: [afspraak]
rijen:
  - {voor: {afspraak: Schaal 1}, van: 2025-01-01, bedrag: 14.00, bron: Loontabel, status: bevestigd}
  - {voor: {afspraak: Schaal 2}, van: 2025-01-01, bedrag: 15.00, bron: Loontabel, status: bevestigd}
"""


def test_a_norm_of_the_policy_can_go_by_an_own_text_column(tmp_path: Path) -> None:
    given = policy(tmp_path)
    given.write_text(POLICY + "normen: normen\n", encoding="utf-8")
    (tmp_path / "normen").mkdir()
    (tmp_path / "normen" / "schalen.yaml").write_text(WAGES, encoding="utf-8")
    words = RULE[RULE.index("titel:") :].replace("{or_instemming}", "{ondergrens}")
    text = f"toets: tarief\nnorm: beleid\nparameters: {{norm: schalen}}\n{words}"
    (tmp_path / "regels" / "onder_schaal.yaml").write_text(text, encoding="utf-8")
    answers = [("schaal 1", "14,00"), ("SCHAAL 1", "13,99"), ("schaal 2", "14,99"), ("", "20"), ("schaal 3", "20")]
    rows = [f"P{n};K{n};Zon;flextensie;06-01-2025;{scale};{rate}" for n, (scale, rate) in enumerate(answers)]
    judgement = judged(rulebook.load(given), "\n".join([f"{HEADER};afspraak;uurtarief", *rows, ""]))
    assert judgement.verdicts["onder_schaal"].to_list() == [1, 3, 3, 2, 2]
    lacking = judgement.missing.filter(pl.col("regel") == "onder_schaal")
    assert sorted(lacking.select("ontbreekt", "aantal").rows()) == [("afspraak", 1), ("norm", 1)]
