"""Rules and policies: every mistake at once, with file, line and what was probably meant."""

from __future__ import annotations

from pathlib import Path

import pytest
from conftest import judged, shipped

from verdringing import resources, rulebook
from verdringing.account import effective
from verdringing.errors import UserError

SHIPPED = [
    "opvolging_zelfde_functie",
    "doorlopende_bezetting",
    "terugkerende_piek",
    "instrumenten_gestapeld",
    "duur_te_lang",
    "dienstbetrekking_risico",
    "proefplaatsing_te_lang",
    "proefplaatsing_boven_maximum",
    "werkervaringsplaats_te_lang",
    "participatieplaats_te_lang",
    "tarief_onder_ondergrens",
    "tarief_onder_wml",
    "tarief_onder_wml_met_lasten",
    "tarief_onder_cao",
    "tarief_onder_inleentarief",
    "uitzendmarge",
    "inlener_onbekend",
    "structureel_werk",
    "regulier_werk_op_participatieplaats",
    "zwarte_lijst",
    "niet_vrijwillig",
    "geen_begeleiding",
    "geen_contact",
    "intentie_ontbreekt",
    "te_jong",
    "uitkering_te_kort",
]


def policy(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "beleid.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(path: Path) -> list[str]:
    with pytest.raises(UserError) as error:
        rulebook.load(path)
    return [str(mistake).replace(str(path.parent) + "/", "") for mistake in error.value.mistakes]


def test_the_rules_of_the_contract_ship_and_only_two_are_off() -> None:
    rules = {rule.name: rule for rule in shipped().rules}
    assert set(SHIPPED) <= set(rules)
    assert {name for name in SHIPPED if not rules[name].on} == {"te_jong", "uitkering_te_kort"}


@pytest.mark.parametrize(
    "name, norm",
    [
        ("proefplaatsing_boven_maximum", "wet"),
        ("participatieplaats_te_lang", "wet"),
        ("regulier_werk_op_participatieplaats", "wet"),
        ("dienstbetrekking_risico", "signaal"),
        ("tarief_onder_cao", "signaal"),
        ("tarief_onder_wml", "beleid"),
        ("zwarte_lijst", "beleid"),
    ],
)
def test_a_rule_rests_on_what_the_contract_says(name: str, norm: str) -> None:
    assert next(rule.file.norm for rule in shipped().rules if rule.name == name) == norm


@pytest.mark.parametrize("rule", [rule.name for rule in shipped().rules])
def test_every_rule_has_all_its_words_in_both_languages(rule: str) -> None:
    file = next(r.file for r in shipped().rules if r.name == rule)
    for part in ("titel", "bevinding", "vraag", "opheffen", "waarom", "uitzonderingen", "aannames"):
        texts = getattr(file, part)
        assert set(texts) == {"nl", "en"}
        assert all(text.strip() for text in texts.values())
    assert all(len(text.split()) <= 5 for text in file.titel.values())


@pytest.mark.parametrize("rule", [rule.name for rule in shipped().rules])
@pytest.mark.parametrize("word", ["fraude", "fraud", "verdringing vastgesteld"])
def test_no_rule_accuses(rule: str, word: str) -> None:
    path = resources.folder("rules") / f"{rule}.yaml"
    assert word not in path.read_text(encoding="utf-8").casefold()


def test_a_policy_changes_only_what_it_names(tmp_path: Path) -> None:
    path = policy(
        tmp_path, "regels:\n  duur_te_lang:\n    parameters: {grenzen: [{maanden: 3}]}\n  te_jong: {aan: ja}\n"
    )
    changed = {rule.name: rule for rule in rulebook.load(path).rules}
    before = {rule.name: rule for rule in shipped().rules}
    values = {name: {key: one["waarde"] for key, one in effective(rule).items()} for name, rule in before.items()}
    different = {
        name for name in before if {k: v["waarde"] for k, v in effective(changed[name]).items()} != values[name]
    }
    assert different == {"duur_te_lang"}
    assert {name for name in before if changed[name].on != before[name].on} == {"te_jong"}
    assert changed["duur_te_lang"].origins["grenzen"] == f"{path}:3"
    assert changed["duur_te_lang"].origins["instrumenten"].startswith("rules/duur_te_lang.yaml:")
    assert changed["duur_te_lang"].origins["samenvoegen_dagen"] == "standaard van de toets"


def test_three_months_whatever_the_hours_is_a_policy(tmp_path: Path) -> None:
    book = rulebook.load(policy(tmp_path, "regels: {duur_te_lang: {parameters: {grenzen: [{maanden: 3}]}}}\n"))
    rows = [{"plaatsing_id": "a", "startdatum": "2025-01-01", "einddatum": "2025-04-01", "uren_per_week": "20"}]
    assert judged(rows, "duur_te_lang") == {"a": "geen_signaal"}
    assert judged(rows, "duur_te_lang", book=book) == {"a": "signaal"}


@pytest.mark.parametrize(
    "text, said",
    [
        (
            "regels:\n  duur_te_lng: {aan: nee}\n",
            "beleid.yaml:2: onbekende regel 'duur_te_lng'. Bedoelde u 'duur_te_lang'?",
        ),
        ("regel:\n  duur_te_lang: {aan: nee}\n", "beleid.yaml:1: onbekende sleutel 'regel'. Bedoelde u 'regels'?"),
        ("regels:\n  duur_te_lang: {uit: ja}\n", "beleid.yaml:2: onbekende sleutel 'uit'"),
        (
            "regels:\n  opvolging_zelfde_functie:\n    parameters:\n      max_op_rj: 3\n",
            "beleid.yaml:4: onbekende sleutel 'max_op_rj'. Bedoelde u 'max_op_rij'?",
        ),
        (
            "regels:\n  opvolging_zelfde_functie:\n    parameters:\n      max_op_rij: drie\n",
            "beleid.yaml:4: max_op_rij: 'drie' is geen heel getal.",
        ),
        (
            "regels:\n  opvolging_zelfde_functie:\n    parameters:\n      max_op_rij: ja\n",
            "max_op_rij: 'ja' is geen heel",
        ),
        ("regels:\n  opvolging_zelfde_functie:\n    parameters:\n      max_op_rij: 0\n", "0 is te klein; minstens 1"),
        ("regels:\n  te_jong: {aan: no}\n", "beleid.yaml:2: aan: 'no' is geen ja of nee."),
        ("regels:\n  te_jong: {aan: 1}\n", "beleid.yaml:2: aan: '1' is geen ja of nee."),
        (
            "regels:\n  duur_te_lang:\n    parameters: {grenzen: [{maanden: 3, weken: 2}]}\n",
            "geef precies een van dagen, weken, maanden of jaren",
        ),
        (
            "regels:\n  duur_te_lang:\n    parameters: {grenzen: [{maanden: 3, uren_boven: 28}]}\n",
            "de laatste grens moet voor iedereen gelden",
        ),
        (
            "regels:\n  duur_te_lang:\n    parameters: {instrumenten: [flextensi]}\n",
            "'flextensi' kan niet; kies uit: flextensie",
        ),
        ("regels:\n  tarief_onder_wml:\n    parameters: {norm: wmll}\n", "onbekende norm 'wmll'"),
        ("regels:\n  te_jong:\n    parameters: {signaal_als: leeftijdd < 27}\n", "Bedoelde u 'leeftijd'?"),
        ("regels:\n  te_jong:\n    parameters: {signaal_als: leeftijd + 1}\n", "is geen voorwaarde"),
        ("- a\n", "beleid.yaml:1"),
        ("basis: x\n", "beleid.yaml:1: basis: 'x' bestaat niet"),
        ("regels: {a: [\n", "beleid.yaml:"),
    ],
)
def test_a_mistake_in_a_policy_says_where_what_and_what_was_meant(tmp_path: Path, text: str, said: str) -> None:
    sentences = refused(policy(tmp_path, text))
    assert any(said in sentence for sentence in sentences), sentences
    assert all("input" not in sentence.casefold() for sentence in sentences)  # no English of the validator leaks


def test_all_mistakes_come_at_once(tmp_path: Path) -> None:
    text = "gemeente: 3\nregels:\n  x: {aan: ja}\n"
    assert len(refused(policy(tmp_path, text))) == 2  # one wrong section does not hide the mistakes in another
    text = (
        "regels:\n  x: {aan: ja}\n  te_jong: {parameters: {bestaat_niet: 1}}\n  duur_te_lang: {parameters: {per: x}}\n"
    )
    assert len(refused(policy(tmp_path, text))) == 3


def test_a_missing_policy_is_one_sentence(tmp_path: Path) -> None:
    (sentence,) = refused(tmp_path / "beleid.yaml")
    assert "bestaat niet" in sentence


def test_an_empty_policy_is_the_standard(tmp_path: Path) -> None:
    book = rulebook.load(policy(tmp_path, "# nog niets\n"))
    assert [rule.on for rule in book.rules] == [rule.on for rule in shipped().rules]


@pytest.fixture
def own_rules(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of rules/ that a test may break."""
    import shutil

    shutil.copytree(resources.folder("rules"), tmp_path / "rules")
    monkeypatch.setattr(resources, "folder", lambda name: tmp_path / name)
    return tmp_path / "rules"


@pytest.mark.parametrize(
    "file, old, new, said",
    [
        ("duur_te_lang.yaml", "toets: duur", "toets: duurt", "onbekende toets 'duurt'. Bedoelde u 'duur'?"),
        ("duur_te_lang.yaml", "norm: beleid", "norm: wetje", "rules/duur_te_lang.yaml:"),
        ("duur_te_lang.yaml", "vraag:", "vrag:", "onbekende sleutel 'vrag'. Bedoelde u 'vraag'?"),
        (
            "opvolging_zelfde_functie.yaml",
            "{plaats}",
            "{plats}",
            "'plats' kan niet worden ingevuld. Bedoelde u 'plaats'?",
        ),
        ("normen/wml.yaml", "tot: 2015-06-30", "tot: 2015-07-30", "overlapt"),
        ("normen/wml.yaml", "tot: 2015-06-30", "tot: 2015-05-30", "is er geen rij"),
        ("instrumenten.yaml", "flextensie:", "flextensi:", "onbekend instrument 'flextensi'"),
    ],
)
def test_a_broken_rule_stops_the_run(own_rules: Path, file: str, old: str, new: str, said: str) -> None:
    path = own_rules / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(UserError) as error:
        rulebook.load()
    assert said in str(error.value)
