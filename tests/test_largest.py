"""The highest numbers that are read, and numbers above them, through a whole audit: nothing grows out of its type."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest
from click.testing import CliRunner

from verdringing.cli import main
from verdringing.record import COLUMNS, MOST, NUMBERS, Column
from verdringing.rulebook import load

OWN = {"afstand": "getal", "kosten": "euro", "banen": "heel getal"}
POLICY = """\
naam: Alles aan
eigen_regels: eigen/
eigen_kolommen:
  afstand: {type: getal, betekenis: afstand}
  kosten: {type: euro, betekenis: kosten}
  banen: {type: heel getal, betekenis: banen}
regels:
"""
RULE = """\
toets: {toets}
norm: beleid
parameters: {parameters}
titel: Hoogste getallen
bevinding: {finding}
vraag: Klopt dit?
waarom: Om te zien of het rekent.
uitzonderingen: Geen.
aannames: Geen.
opheffen: Leg uit waarom.
grondslag:
  - {{bron: Eigen afspraak}}
"""
PRODUCT = "uurtarief * gewerkte_uren > premie or afstand + kosten > banen or werkzame_personen > loonwaarde"
OWN_RULES = {
    "hoog_tarief": (
        "tarief",
        "{kolom: cao_uurloon, loonwaarde_meewegen: ja, peilmoment: looptijd, opslag_pct: [{pct: 500}]}",
        "Het tekort is {tekort}.",
    ),
    "hoog_getal": ("voorwaarde", f'{{signaal_als: "{PRODUCT}"}}', "Dit staat er."),
}
NUMERIC = [column for column in COLUMNS if column.kind in NUMBERS and column.name != "geboortejaar"]
NUMERIC += [Column(name, "decimal", "") for name in OWN]
HEADER = "plaatsing_id;kandidaat_id;werkgever;functie;instrument;startdatum;einddatum;geboortejaar"


def audited(folder: Path, numbers: dict[str, str]) -> tuple[int, str]:
    """Exit code and output of an audit of six placements that all have these numbers, with every rule switched on."""
    (folder / "eigen").mkdir()
    for name, (check, parameters, finding) in OWN_RULES.items():
        (folder / "eigen" / f"{name}.yaml").write_text(RULE.format(toets=check, parameters=parameters, finding=finding))
    (folder / "beleid.yaml").write_text(POLICY + "".join(f"  {rule.name}: {{aan: ja}}\n" for rule in load().rules))
    instruments = ["flextensie", "detachering", "participatieplaats", "proefplaatsing", "werkervaringsplaats", "stage"]
    rows = [
        f"P{n};K{n // 3};Zon;hulp;{one};0{n + 1}-01-2025;{'01-03-2025' if n % 2 else ''};1980;{';'.join(numbers.values())}"
        for n, one in enumerate(instruments)
    ]
    (folder / "in.csv").write_text("\n".join([f"{HEADER};{';'.join(numbers)}", *rows]))
    words = ["in.csv", "--peildatum", "2025-09-30", "--beleid", "beleid.yaml", "--uit", "r"]
    words = [word if "." not in word else str(folder / word) for word in words]
    result = CliRunner().invoke(main, ["audit", *words[:-1], str(folder / "r")], catch_exceptions=False)
    return result.exit_code, result.output


def warned(folder: Path) -> list[dict[str, str]]:
    with (folder / "r" / "waarschuwingen.csv").open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def test_the_highest_number_of_every_column_goes_through_every_rule(tmp_path: Path) -> None:
    code, said = audited(tmp_path, {column.name: str(column.most) for column in NUMERIC})
    assert code == 0, said
    assert {row["kolom"] for row in warned(tmp_path)} & {column.name for column in NUMERIC} == {"uren_per_week"}
    assert {row["reden"][:10] for row in warned(tmp_path) if row["kolom"] == "uren_per_week"} == {"met andere"}
    with (tmp_path / "r" / "bevindingen.csv").open(encoding="utf-8-sig", newline="") as file:
        found = {(row["regel"], row["plaatsing_id"]): row for row in csv.DictReader(file, delimiter=";")}
    high = found["hoog_tarief", "P1"]
    assert (high["waarde"], high["grens"]) == ("1000,00", "12000,00")  # 500 % on top, and a loonwaarde of 200 %
    assert "1100000000,00" in high["toelichting"].replace(".", "")  # 11.000 euro short in each of 100.000 hours
    assert found["premie_boven_maximum", "P1"]["waarde"] == "300000,00"
    assert len([rule for rule, _placement in found if rule == "hoog_getal"]) == 6


@pytest.mark.parametrize("size", [8, 9, 10, 12, 20])
def test_a_number_too_high_for_its_column_is_told_and_stops_nothing(tmp_path: Path, size: int) -> None:
    high = {column.name: "85" + "0" * (size - 1) for column in NUMERIC}
    code, said = audited(tmp_path, high)
    assert code == 0, said
    told = {row["kolom"] for row in warned(tmp_path)}
    assert told >= {column.name for column in NUMERIC if column.most < int(high[column.name])}
    assert int(high["afstand"]) > MOST
