"""The proposal: what is sure is said, what is doubtful is left to a person, nothing about a person is shown."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from conftest import shipped

from verdringing.cli import main
from verdringing.errors import UserError
from verdringing.inspection.propose import header_row, propose
from verdringing.read import read_given
from verdringing.reading import paths
from verdringing.reading.mapping import Mapping, read_mapping

SAMPLES = Path(__file__).parent.parent / "samples"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(argument) for argument in arguments])


def proposal(folder: Path, header: str, *rows: str) -> str:
    path = folder / "export.csv"
    path.write_text("\n".join([header, *rows]), encoding="utf-8")
    return propose(path, shipped().instruments)


def accepted(folder: Path, text: str) -> Mapping:
    path = folder / "kolommen.yaml"
    path.write_text(text, encoding="utf-8")
    return read_mapping(path)


def line(text: str, key: str) -> str:
    (found,) = [one.strip() for one in text.splitlines() if one.strip().removeprefix("# ").startswith(f"{key}:")]
    return found


def test_the_sample_is_proposed_as_a_person_wrote_it(tmp_path: Path) -> None:
    text = propose(SAMPLES / "export-clientsysteem.csv", shipped().instruments)
    made, written = accepted(tmp_path, text), read_mapping(SAMPLES / "kolommen.yaml")
    assert written.columns.items() <= made.columns.items()
    assert (made.header_row, made.skip, made.habits) == (4, ("Totaal",), written.habits)
    for column, codes in made.values.items():
        assert codes.items() <= written.values[column].items()
    assert "    # PRP:   # twijfel: kies zelf (onbekende code)" in text.splitlines()
    assert text.splitlines()[-2:] == ["# Niet gebruikte koppen:", "#   Team"]
    read_given(paths.given(SAMPLES / "export-clientsysteem.csv"), "a", made)


@pytest.mark.parametrize("name", ["voorbeeldstad.csv", "export.xlsx", "export-iso.csv", "export.parquet", "schoon.csv"])
def test_every_proposal_is_a_mapping_that_can_be_used(tmp_path: Path, name: str) -> None:
    made = accepted(tmp_path, propose(SAMPLES / name, shipped().instruments))
    assert all(made.columns[one] for one in ("kandidaat_id", "werkgever", "instrument", "startdatum"))
    if name != "voorbeeldstad.csv":  # "1.040" beside "24,5": a person must say what it is
        assert read_given(paths.given(SAMPLES / name), name, made).rows.height > 20


def test_every_line_says_how_sure_it_is_and_why(tmp_path: Path) -> None:
    rows = [
        f"{n};Firma {n};{'WEP' if n % 2 else 'stage'};{n:02}-01-2026;{n:02}-02-2026;{n + 10000000}"
        for n in range(1, 29)
    ]
    text = proposal(tmp_path, "Clientnummer;Organisatie;Inzet;Begindatum;Afloop;Registratie", *rows)
    assert line(text, "kandidaat_id") == "kandidaat_id: Clientnummer  # zeker: kopnaam"
    assert line(text, "werkgever") == "werkgever: Organisatie  # waarschijnlijk: de kop lijkt erop; tekst"
    assert line(text, "instrument") == "instrument: Inzet  # waarschijnlijk: 100 % bekende instrumenten"
    assert line(text, "startdatum") == "startdatum: Begindatum  # zeker: kopnaam"
    assert line(text, "einddatum") == "einddatum: Afloop  # waarschijnlijk: de kop lijkt erop; 100 % datums"
    assert "#   Registratie" in text.splitlines()
    assert all("  # " in one for one in text.splitlines() if one.startswith("  "))


def test_a_header_whose_values_do_not_agree_is_doubtful(tmp_path: Path) -> None:
    text = proposal(tmp_path, "clientnummer;Begindatum;Tarief", "1;veel;duur", "2;weinig;goedkoop")
    assert line(text, "startdatum") == "# startdatum: Begindatum  # twijfel: kies zelf (0 % datums)"
    assert line(text, "uurtarief").startswith("# uurtarief: Tarief  # twijfel: kies zelf (")
    assert set(accepted(tmp_path, text).columns) == {"kandidaat_id"}


@pytest.mark.parametrize(
    "header",
    [
        "Eind (gepland)",
        "Stopdatum",
        "Geplande einddatum",
        "Uitdienst",
        "Datum uit dienst",
        "Einddatum (verwacht)",
        "Verwachte einddatum plaatsing",
        "Laatste werkdag",
        "Eind",
    ],
)
def test_a_planned_end_is_an_end(tmp_path: Path, header: str) -> None:
    text = proposal(tmp_path, f"Startdatum;{header}", "05-01-2026;06-02-2026", "07-01-2026;08-03-2026")
    assert accepted(tmp_path, text).columns["einddatum"] == header
    assert "Niet gevonden: einddatum" not in text


def test_what_tells_most_and_was_not_found_stands_on_top(tmp_path: Path) -> None:
    header = "Clientnr;KvK-nummer;Inzet;Begindatum;Klaar;Team;Achternaam"
    rows = [f"{n};1234567{n};stage;0{n}-01-2026;0{n}-02-2026;team;Jansen" for n in range(1, 9)]
    top, _, _rest = proposal(tmp_path, header, *rows).partition("kolommen:")
    assert [one for one in top.splitlines() if "Niet gevonden" in one] == [
        "# Niet gevonden: einddatum. Aan de waarden te zien kan het zijn: 'Klaar'",
        "# Niet gevonden: functie. Aan de waarden te zien kan het zijn: 'Team'",
    ]
    top, _, _rest = proposal(tmp_path, "Bedrag", "12,30").partition("kolommen:")
    assert "# Niet gevonden: werkgever of kvk_nummer. Aan de waarden te zien kan het zijn: geen enkele kop" in top


def test_two_equal_claims_are_both_left_to_a_person(tmp_path: Path) -> None:
    text = proposal(tmp_path, "Begindatum;Ingangsdatum", "05-01-2026;06-01-2026", "07-01-2026;08-01-2026")
    assert line(text, "startdatum").startswith("# startdatum:")
    assert "meer dan één mogelijkheid" in text
    assert {"#   Begindatum", "#   Ingangsdatum"} <= set(text.splitlines())
    assert not accepted(tmp_path, text).columns


def test_no_name_and_no_number_is_shown(tmp_path: Path) -> None:
    rows = [
        f"{n + 40000};Jansen {n};12-03-19{n + 60};{who};{12000000 + n}"
        for n, who in enumerate(["J", "Piet", "PIETERSE", "123", "Jan", "j"] * 3)
    ]
    text = proposal(tmp_path, "Clientnr;Achternaam;Geboortedatum;Vrijwillig;KvK", *rows)
    for secret in ("Jansen", "Piet", "PIETERSE", "Jan", "123", "40001", "12000001", "12-03"):
        assert secret not in text
    text = proposal(tmp_path, "Resultaat;Clientnr", "Piet;1", "PIETERSE;2", "deels;3", "D;4", "x;5", "06-12345678;6")
    assert "niet getoond, want geen korte code: 3" in text
    assert {"D: deels  # waarschijnlijk: begin van de naam", "# x:   # twijfel: kies zelf (onbekende code)"} <= {
        one.strip() for one in text.splitlines()
    }
    for secret in ("Piet", "PIETERSE", "0612345678", "06-1"):
        assert secret not in text


def test_columns_about_a_person_are_never_proposed(tmp_path: Path) -> None:
    text = proposal(tmp_path, "Clientnr;Naam client;BSN", "1;A;2")
    assert "#   Naam client  (gaat over de persoon; lever deze kolom niet aan)" in text.splitlines()
    assert "#   BSN  (gaat over de persoon; lever deze kolom niet aan)" in text.splitlines()


@pytest.mark.parametrize(
    "days, said",
    [
        (("31-01-2026", "01-02-2026"), "datum: dag-maand-jaar  # zeker: 1 keer kan het niet anders"),
        (("01/31/2026", "02/01/2026"), "datum: maand-dag-jaar  # waarschijnlijk: 1 keer kan het niet anders"),
        (
            ("01-02-2026", "03-04-2026"),
            "# datum: dag-maand-jaar  # twijfel: kies zelf (dag-maand-jaar of maand-dag-jaar)",
        ),
        (
            ("31-01-2026", "01-31-2026"),
            "# datum: dag-maand-jaar  # twijfel: kies zelf (dag-maand-jaar of maand-dag-jaar)",
        ),
    ],
)
def test_the_order_of_a_day_is_told_by_the_values_or_left_open(
    tmp_path: Path, days: tuple[str, ...], said: str
) -> None:
    assert line(proposal(tmp_path, "Begindatum;x", *(f"{day};" for day in days)), "datum") == said


@pytest.mark.parametrize(
    "amounts, said",
    [
        (("1.234", "12,30"), "getal: komma  # waarschijnlijk: zo staan de cijfers achter de komma"),
        (("1,234", "12.30"), "getal: punt  # waarschijnlijk: zo staan de decimalen"),
        (("1.234", "2.500"), "# getal: komma  # twijfel: kies zelf (komma of punt)"),
        (("1.234", "12.30", "12,30"), "# getal: komma  # twijfel: kies zelf (komma of punt)"),
    ],
)
def test_the_sign_of_a_number_is_told_by_the_values_or_left_open(
    tmp_path: Path, amounts: tuple[str, ...], said: str
) -> None:
    text = proposal(tmp_path, "uurtarief;clientnr", *(f"{one};A{n}" for n, one in enumerate(amounts)))
    assert line(text, "getal") == said


@pytest.mark.parametrize(
    "text, row",
    [
        ("a;b\n1;2", None),
        ("\n\na;b\n1;2", None),
        ("Titel\nOp 1 mei\n\nkandidaat_id;werkgever;b\n1;2;3", 4),
        ("Titel;;\nkandidaat_id;werkgever;b\n1;2;3", 2),
        ("sep=;\na;b\n1;2", None),
        ("a,b,c\n1,2,3", None),
        ("", None),
    ],
)
def test_the_row_of_the_header_is_found(text: str, row: int | None) -> None:
    assert header_row(text) == row


def test_odd_headers_survive_as_yaml(tmp_path: Path) -> None:
    odd = ['Begindatum: "echt"', "ja", "Uren p/w", "Tarief #1"]
    text = proposal(
        tmp_path, ";".join(f'"{one}"'.replace('"echt"', '""echt""') for one in odd), "05-01-2026;ja;24;12,50"
    )
    assert accepted(tmp_path, text).columns["uren_per_week"] == "Uren p/w"


def test_the_command_prints_or_writes_but_never_overwrites(tmp_path: Path) -> None:
    out = tmp_path / "kolommen.yaml"
    printed = run("kolommen", SAMPLES / "schoon.csv")
    assert (printed.exit_code, run("kolommen", SAMPLES / "schoon.csv", "--uit", out).output) == (0, "")
    assert out.read_text(encoding="utf-8") == printed.output
    again = run("kolommen", SAMPLES / "schoon.csv", "--uit", out)
    assert (again.exit_code, again.output) == (2, f"{out}: dit bestand bestaat al. Kies een andere naam.\n")
    nowhere = run("kolommen", SAMPLES / "schoon.csv", "--uit", out / "b.yaml")
    assert nowhere.exit_code == 2
    assert "Voorbeeld" in run("kolommen", "--help").output


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rommel", b"\x00\x01"])
def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.csv"
    path.write_bytes(content)
    with pytest.raises(UserError) as caught:
        propose(path, {})
    assert len(caught.value.mistakes) == 1
