"""A policy file: every key does what it says, and every mistake is refused before any record is read."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from conftest import DAY, judged, shipped, verdicts_of

from verdringing import rulebook
from verdringing.account import effective, rules_in_force
from verdringing.audit import audit
from verdringing.audited import Order
from verdringing.errors import Mistake, UserError
from verdringing.names import add_keys
from verdringing.policies.policy import read_chain
from verdringing.rule import Rule, RuleBook
from verdringing.strict_yaml import read
from verdringing.words import choose_language

FOLDER = Path(__file__).parent / "policies"
WHOLE = FOLDER / "heel" / "beleid.yaml"
RULE = """
toets: voorwaarde
norm: beleid
parameters: {signaal_als: NOT begeleiding}
titel: Geen begeleiding
bevinding: Er is geen begeleiding bij {functie}.
vraag: Wie begeleidt?
opheffen: Er is begeleiding.
waarom: Zonder begeleiding leert niemand iets.
uitzonderingen: Geen.
aannames: De kolom is bijgehouden.
grondslag: [Eigen voorstel]
"""
NORM = """
titel: {nl: Ondergrens, en: Floor}
eenheid: euro per uur
rijen:
  - {van: 2025-01-01, tot: 2025-06-30, bedrag: 13, bron: verzonnen, status: bevestigd}
  - {van: 2025-07-01, bedrag: 14, bron: verzonnen, status: bevestigd}
"""


def written(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder; beleid.yaml is the policy."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder / "beleid.yaml"


def loaded(folder: Path, policy: str, **others: str) -> RuleBook:
    """The rule book of a policy with other files; `__` in a name is a folder."""
    named = {f"{name.replace('__', '/')}.yaml": text for name, text in others.items()}
    return rulebook.load(written(folder, {"beleid.yaml": policy, **named}))


def refused(folder: Path, files: Mapping[str, str]) -> list[str]:
    """Every sentence with which a policy is refused, without the path of the folder."""
    path = written(folder, files)
    with pytest.raises(UserError) as error:
        rulebook.load(path)
    return [str(mistake).replace(f"{folder}/", "") for mistake in error.value.mistakes]


def rule_of(book: RuleBook, name: str) -> Rule:
    (rule,) = book.by_name()[name]
    return rule


@pytest.fixture(scope="module")
def whole() -> RuleBook:
    return rulebook.load(WHOLE)


# --- what every key does -------------------------------------------------------------------------------------------


def test_a_policy_says_who_it_is(whole: RuleBook) -> None:
    (one,) = whole.policies
    assert (one.file, one.title, one.publicatie) == (WHOLE, "Beleidsregels re-integratie 2026", "CVDR000000/1")
    assert one.link == "https://example.org/beleid"
    assert one.toelichting == dict.fromkeys(("nl", "en"), "Verzonnen voorbeeld voor de tests.")
    assert one.gemeenten == ("Voorbeeldstad", "Zandhoek")  # its own, not that of its basis
    assert one.where() == "Voorbeeldstad, Zandhoek"
    assert one.when() == "van 01-01-2026 tot en met 31-12-2026"
    assert one.retroactive


def test_later_files_of_a_chain_win_and_origins_name_the_line(whole: RuleBook) -> None:
    rule = whole.by_name()["duur_te_lang"][0]
    assert [str(limit) for limit in rule.params.grenzen] == ["13 weken"]
    assert rule.params.samenvoegen_dagen == 14
    base = FOLDER / "heel" / "../basis/regio.yaml"
    assert rule.origins["grenzen"] == f"{WHOLE}:12"
    assert rule.origins["samenvoegen_dagen"] == f"{base}:7"
    assert rule.origins["instrumenten"] == "rules/duur_te_lang.yaml:4"
    assert rule.origins["per"] == "standaard van de toets"
    assert rule.sources["norm"] == f"{WHOLE}:11"
    assert rule.sources["grondslag"] == f"{WHOLE}:13"
    assert rule.sources["vraag"] == f"{WHOLE}:18"  # named by both: the later file wins
    assert rule.sources["opheffen"] == f"{base}:9"
    assert rule.sources["waarom"].startswith("rules/duur_te_lang.yaml:")
    assert rule.say("vraag") == "Is er een besluit?"
    assert rule.say("opheffen") == "Een langere duur is vastgelegd."


def test_switches_norms_and_grounds_of_a_policy(whole: RuleBook) -> None:
    rules = {name: named[0] for name, named in whole.by_name().items()}
    assert rules["duur_te_lang"].file.norm == "signaal"
    grounds = rules["duur_te_lang"].file.grondslag
    assert [str(ground) for ground in grounds] == [
        "Beleidsregels re-integratie 2026",
        "Beleidsregels re-integratie 2026, artikel 4, CVDR000000/1",
    ]
    assert grounds[1].link == "https://example.org/4"
    switched = {name for name in rules if name in {r.name for r in shipped().rules}}
    assert {n for n in switched if rules[n].on and not rule_of(shipped(), n).on} == {"te_jong", "uitkering_te_kort"}
    assert rules["te_jong"].sources["aan"] == f"{WHOLE}:19"


def test_words_of_a_policy_in_both_languages(whole: RuleBook) -> None:
    rule = whole.by_name()["duur_te_lang"][0]
    choose_language("en")
    try:
        assert rule.say("titel") == "Too long in one place"
        assert rule.say("vraag") == "Is er een besluit?"  # a plain text counts for both languages
    finally:
        choose_language("nl")


def test_own_rules_columns_norms_instruments_jobs_and_questions(whole: RuleBook) -> None:
    own = whole.by_name()["or_niet_gevraagd"][0]
    assert own.params.geldt_voor.text == "werkzame_personen >= 100"  # changed under `regels` like any rule
    assert own.origins["signaal_als"].endswith("heel/regels/or_niet_gevraagd.yaml:5")
    assert [(column.name, column.kind) for column in whole.own_columns] == [("or_instemming", "yes_no")]
    floor = whole.by_name()["tarief_onder_ondergrens"][0].params.norm
    assert [row.bedrag for row in floor.rijen] == [pytest.approx(14.5)]
    assert whole.instruments["leer werkplek lwp"] == "werkervaringsplaats"
    assert whole.job_groups["pakhulp"] == "inpakker"
    assert whole.job_groups["medewerker perron"] == "perronwacht"
    assert whole.job_groups["verpakker"] == "inpakker"  # the shipped groups stay
    assert [one.say() for one in whole.questions] == [
        "Werkt de kandidaat genoeg mee?",
        "Is de concurrentie niet geschaad?",
    ]
    assert whole.questions[1].instrumenten == ("proefplaatsing",)
    assert [str(ground) for ground in whole.questions[1].grondslag][1] == "Beleidsregels re-integratie 2026, artikel 9"


def test_every_file_of_a_policy_is_among_the_files(whole: RuleBook) -> None:
    names = [f"{path.parent.name}/{path.name}" for path in whole.files]
    own = names[len(shipped().files) :]
    assert own == [
        "basis/regio.yaml",
        "heel/beleid.yaml",
        "regels/or_niet_gevraagd.yaml",
        "normen/ondergrens_flextensie.yaml",
    ]


def test_the_account_has_every_effective_value_with_its_origin(whole: RuleBook) -> None:
    (facts,) = rules_in_force(whole)["duur_te_lang"]
    assert facts["parameters"]["grenzen"] == {"waarde": [{"weken": 13}], "herkomst": f"{WHOLE}:12"}
    assert facts["herkomst"]["norm"] == f"{WHOLE}:11"
    assert facts["teksten"]["vraag"]["nl"] == "Is er een besluit?"
    assert "waarom" not in facts["teksten"]  # as shipped


PLACEMENTS = """plaatsing_id;kandidaat_id;werkgever;instrument;startdatum;einddatum;functie;gemeente;werkzame_personen;or_instemming
nee;K1;Zonnehof;Leer-werkplek LWP;2026-03-02;2026-04-30;pakhulp;Zandhoek;120;nee
ja;K2;Maanhof;flextensie;2026-03-02;2026-04-30;inpakker;Voorbeeldstad;120;ja
leeg;K3;Sterhof;flextensie;2026-03-02;2026-04-30;inpakker;Voorbeeldstad;120;
klein;K4;Wolkhof;flextensie;2026-03-02;2026-04-30;inpakker;Voorbeeldstad;99;nee
elders;K5;Regenhof;flextensie;2026-03-02;2026-04-30;inpakker;Elders;120;nee
"""


@pytest.mark.parametrize("empty", [False, True], ids=["own column in the file", "own column not in the file"])
def test_the_whole_policy_in_an_audit(tmp_path: Path, empty: bool) -> None:
    """An own rule on an own column: no is a signal, empty is unknown, under a hundred people it does not apply."""
    text = PLACEMENTS if not empty else "\n".join(line.rpartition(";")[0] for line in PLACEMENTS.splitlines())
    (tmp_path / "plaatsingen.csv").write_text(text, encoding="utf-8")
    now = datetime(2026, 10, 1, tzinfo=UTC)
    audited = audit(Order((tmp_path / "plaatsingen.csv",), tmp_path / "rapport", DAY, now, policies=(WHOLE,)))
    found = verdicts_of(audited.placements, audited.judgement, "or_niet_gevraagd")
    unknown = {"nee": "niet_toetsbaar", "ja": "niet_toetsbaar"}
    known = {"nee": "signaal", "ja": "geen_signaal"}
    elsewhere = {"leeg": "niet_toetsbaar", "klein": "nvt", "elders": "niet_toetsbaar"}
    assert found == (unknown if empty else known) | elsewhere
    missing = audited.judgement.missing.filter(regel="or_niet_gevraagd").select("ontbreekt", "aantal").rows()
    assert dict(missing) == {"or_instemming": 3 if empty else 1, "beleid": 1}
    jobs = dict(audited.placements.select("plaatsing_id", "functie_sleutel").rows())
    assert jobs["nee"] == "inpakker"
    (account,) = (tmp_path / "rapport").glob("verantwoording.json")
    facts = json.loads(account.read_text(encoding="utf-8"))
    assert facts["eigen_kolommen"]["or_instemming"]["betekenis"] == "de ondernemingsraad stemt in"
    assert [one["beleid"] for one in facts["vragen"]] == [[WHOLE.as_posix()]] * 2


def test_a_whole_answer_of_a_policy_without_python(tmp_path: Path) -> None:
    """Three months at most (until 1 April: the last allowed day is 31 March), whatever the hours."""
    book = loaded(tmp_path, "regels: {duur_te_lang: {parameters: {grenzen: [{maanden: 3}]}}}\n")
    row = {"startdatum": "2025-01-01", "uren_per_week": "20"}
    rows = [row | {"plaatsing_id": "31 maart", "einddatum": "2025-03-31"}]
    rows += [row | {"plaatsing_id": "1 april", "einddatum": "2025-04-01", "kandidaat_id": "K2"}]
    assert judged(rows, "duur_te_lang", book=book) == {"31 maart": "geen_signaal", "1 april": "signaal"}


def test_own_instruments_and_job_groups_reach_the_placements(whole: RuleBook) -> None:
    import polars as pl

    jobs = pl.LazyFrame({"functie": ["Pakhulp (m/v)", "verpakker"]}).with_columns(
        pl.lit(None, pl.String).alias(name)
        for name in (
            "gemeente",
            "werkgever",
            "kvk_nummer",
            "inlener",
            "inlener_kvk",
            "vestigingsnummer",
            "kandidaat_id",
        )
    )
    keyed = add_keys(jobs, whole.job_groups).collect()
    assert keyed["functie_sleutel"].to_list() == ["inpakker", "inpakker"]


def test_rules_that_no_policy_touches_are_the_shipped_ones(whole: RuleBook) -> None:
    for rule in shipped().rules:
        if rule.name not in {
            "duur_te_lang",
            "te_jong",
            "terugkerende_piek",
            "uitkering_te_kort",
            "tarief_onder_ondergrens",
        }:
            after = whole.by_name()[rule.name][0]
            assert {k: v["waarde"] for k, v in effective(after).items()} == {
                k: v["waarde"] for k, v in effective(rule).items()
            }
            assert (after.on, after.file.norm, after.sources) == (rule.on, rule.file.norm, rule.sources)


@pytest.mark.parametrize(
    "text",
    ["", "# nog niets\n", "regels:\n  # alles staat uit\n", "gemeente:\nregels:\neigen_kolommen:\nvragen:\n"],
)
def test_an_empty_policy_is_the_standard(tmp_path: Path, text: str) -> None:
    book = loaded(tmp_path, text)
    assert [(rule.key, rule.on, rule.origins) for rule in book.rules] == [
        (rule.key, rule.on, rule.origins) for rule in shipped().rules
    ]
    assert all(rule.scope is None and rule.unjudged is None for rule in book.rules)


def test_decimal_commas_and_own_amounts(tmp_path: Path) -> None:
    policy = "regels:\n  tarief_onder_wml_met_lasten:\n    parameters:\n      tolerantie: 0,25\n"
    rule = rule_of(loaded(tmp_path, policy), "tarief_onder_wml_met_lasten")
    assert str(rule.params.tolerantie) == "0.25"


# --- what is refused -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "files, said",
    [
        pytest.param(
            {"beleid.yaml": "regels:\n  duur_te_lng: {aan: nee}\n"},
            ["beleid.yaml:2: onbekende regel 'duur_te_lng'. Bedoelde u 'duur_te_lang'?"],
            id="unknown rule",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong:\n    an: nee\n"},
            ["beleid.yaml:3: onbekende sleutel 'an'. Bedoelde u 'aan'?"],
            id="unknown switch",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong: {aan: nie}\n"},
            ["beleid.yaml:2: aan: 'nie' is geen ja of nee."],
            id="switch that is no yes or no",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong:\n    aan:\n"},
            ["beleid.yaml:3: aan: hier staat niets."],
            id="switch with nothing behind it",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong:\n"},
            ["beleid.yaml:2: te_jong: hier staat niets."],
            id="rule with nothing behind it",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong: {aan: ja}\n  te_jong: {aan: nee}\n"},
            ["beleid.yaml:3: sleutel 'te_jong' staat ook al op regel 2. Verwijder of hernoem er een."],
            id="rule twice",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  opvolging_zelfde_functie:\n    parameters: {max_op_rj: 3}\n"},
            ["beleid.yaml:3: onbekende sleutel 'max_op_rj'. Bedoelde u 'max_op_rij'?"],
            id="unknown parameter",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_veel_tegelijk:\n    parameters: {max_gelijktijdig: veel}\n"},
            ["beleid.yaml:3: max_gelijktijdig: 'veel' is geen heel getal."],
            id="parameter of a rule that is off",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong:\n    norm: wetje\n"},
            ["beleid.yaml:3: norm: 'wetje' kan niet; kies uit: wet, beleid, signaal."],
            id="unknown ground of a rule",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong:\n    grondslag: []\n"},
            ["beleid.yaml:3: grondslag: mag niet leeg zijn."],
            id="no grounds",
        ),
        pytest.param(
            {
                "beleid.yaml": "regels:\n  te_jong:\n    grondslag: [artikel 4]\n"
                "  uitzendmarge:\n    grondslag:\n      - artikel 4\n      - Wet\n"
                "vragen:\n  - vraag: Waarom?\n    grondslag: [artikel 5, Wet]\n"
            },
            [
                f"beleid.yaml:{line}: grondslag: '{ground}' noemt geen bron. "
                f"Schrijf {{bron: Beleidsregels 2026, artikel: {ground}}}, of een tekst tussen aanhalingstekens."
                for line, ground in ((3, "artikel 4"), (5, "artikel 4"), (10, "artikel 5"))
            ],
            id="an article of nothing",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong:\n    grondslag: [{bron: x, artikl: 4}]\n"},
            ["beleid.yaml:3: onbekende sleutel 'artikl'. Bedoelde u 'artikel'?"],
            id="unknown key of a ground",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong:\n    bevinding: Jonger dan {lftijd}.\n"},
            ["beleid.yaml:3: 'lftijd' kan niet worden ingevuld."],
            id="hole that nothing can fill",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  opvolging_zelfde_functie:\n    bevinding: De {plats}e keer.\n"},
            ["beleid.yaml:3: 'plats' kan niet worden ingevuld. Bedoelde u 'plaats'?"],
            id="hole that is nearly right",
        ),
        pytest.param(
            {
                "beleid.yaml": "regels:\n  opvolging_zelfde_functie:\n    bevinding:\n      nl: goed\n      en: '{plaats:.2f}'\n"
            },
            ["beleid.yaml:5: de accolades in deze zin kloppen niet."],
            id="hole with a format",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_veel_tegelijk:\n    bevinding: '{max_per_jaar} per jaar.'\n"},
            ["beleid.yaml:3: 'max_per_jaar' kan niet worden ingevuld."],
            id="hole of a parameter without a value",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong:\n    vraag: {nl: Waarom?, fr: Pourquoi ?}\n"},
            ["beleid.yaml:3: vraag: 'fr' kan niet; kies uit: nl, en."],
            id="unknown language",
        ),
        pytest.param(
            {"beleid.yaml": "regels:\n  te_jong:\n    vraag: ''\n"},
            ["beleid.yaml:3: vraag: mag niet leeg zijn."],
            id="empty words",
        ),
        pytest.param(
            {"beleid.yaml": "gemeente: A\ngemeenten: [A, B]\n"},
            ["beleid.yaml:1: geef 'gemeente' of 'gemeenten', niet allebei."],
            id="gemeente twice",
        ),
        pytest.param(
            {"beleid.yaml": "geldig: {van: 2026-02-01, tot: 2026-01-31}\n"},
            ["beleid.yaml:1: geldig: 'tot' ligt voor 'van'."],
            id="validity backwards",
        ),
        pytest.param(
            {"beleid.yaml": "geldig:\n  van: 01-01-2026\n  tot: 20261231\n  tm: 2026-12-31\n"},
            [
                "beleid.yaml:2: van: '01-01-2026' is geen datum (2026-01-01).",
                "beleid.yaml:3: tot: '20261231' is geen datum (2026-01-01).",
                "beleid.yaml:4: onbekende sleutel 'tm'.",
            ],
            id="days that are none",
        ),
        pytest.param(
            {"beleid.yaml": "toelichting: {en: 3}\n"},
            ["beleid.yaml:1: en: '3' is geen tekst."],
            id="words that are none",
        ),
        pytest.param(
            {"beleid.yaml": "link: http://example.org\n"},
            ["beleid.yaml:1: link: 'http://example.org' is geen link die met https:// begint."],
            id="link",
        ),
        pytest.param(
            {"beleid.yaml": "instrumenten:\n  leerwerkplek: werkervaringplaats\n"},
            ["beleid.yaml:2: onbekend instrument 'werkervaringplaats'. Bedoelde u 'werkervaringsplaats'?"],
            id="unknown instrument",
        ),
        pytest.param(
            {"beleid.yaml": "instrumenten:\n  Stage: detachering\n  '---': stage\n"},
            [
                "beleid.yaml:2: 'Stage' is zelf al een instrument.",
                "beleid.yaml:3: '---' heeft geen letters of cijfers.",
            ],
            id="instruments that cannot be",
        ),
        pytest.param(
            {"beleid.yaml": "instrumenten: {leerplek: stage, Leer-plek: stage, leer plek: detachering}\n"},
            ["beleid.yaml:1: 'leer plek' staat ook bij 'stage'."],
            id="one spelling for two instruments",
        ),
        pytest.param(
            {"beleid.yaml": "regels: {te_jong: {parameters: {instrumenten: [flextensi]}}}\n"},
            ["beleid.yaml:1: instrumenten: 'flextensi' kan niet; kies uit: flextensie"],
            id="unknown instrument of a rule",
        ),
        pytest.param(
            {
                "beleid.yaml": "functiegroepen:\n  inpakker: [Pakhulp]\n  verpakker: [dozenvouwer]\n  lader: [inpakker]\n"
            },
            [
                "beleid.yaml:3: 'verpakker' hoort al bij 'inpakker'. Zet uw woorden onder 'inpakker'.",
                "beleid.yaml:2: 'Pakhulp' kan nooit passen: schrijf kleine letters zonder punten of streepjes.",
                "beleid.yaml:4: 'inpakker' hoort al bij 'inpakker'.",
            ],
            id="job groups that cannot be",
        ),
        pytest.param(
            {
                "beleid.yaml": "eigen_kolommen:\n  or_ja: {type: ja/ne, betekenis: x}\n  functie: {type: tekst, betekenis: x}\n"
            },
            [
                "beleid.yaml:2: type: 'ja/ne' kan niet; kies uit:",
                "beleid.yaml:3: 'functie' is al een kolom van een plaatsing",
            ],
            id="own columns",
        ),
        pytest.param(
            {"beleid.yaml": "vragen:\n  - vrag: Waarom?\n"},
            ["beleid.yaml:2: vraag: ontbreekt.", "beleid.yaml:2: onbekende sleutel 'vrag'. Bedoelde u 'vraag'?"],
            id="question",
        ),
        pytest.param(
            {"beleid.yaml": "regels: {te_jong: {parameters: {signaal_als: leeftijdd < 27}}}\n"},
            ["beleid.yaml:1: signaal_als: onbekende kolom 'leeftijdd'"],
            id="unknown column",
        ),
        pytest.param(
            {"beleid.yaml": "regels: {tarief_onder_wml: {parameters: {norm: wmll}}}\n"},
            ["beleid.yaml:1: norm: onbekende norm 'wmll'"],
            id="unknown norm",
        ),
        pytest.param(
            {"beleid.yaml": "regel: {}\n"},
            ["beleid.yaml:1: onbekende sleutel 'regel'. Bedoelde u 'regels'?"],
            id="unknown section",
        ),
    ],
)
def test_a_mistake_is_refused_with_file_line_and_what_was_meant(
    tmp_path: Path, files: Mapping[str, str], said: list[str]
) -> None:
    sentences = refused(tmp_path, files)
    assert len(sentences) == len(said), sentences
    for sentence, wanted in zip(sentences, said, strict=True):
        assert wanted in sentence, sentences
        if wanted.endswith((".", "?")):
            assert sentence == wanted, sentences


@pytest.mark.parametrize(
    "files, said",
    [
        ({"beleid.yaml": "basis: a.yaml\n"}, "beleid.yaml:1: basis: 'a.yaml' bestaat niet."),
        (
            {"beleid.yaml": "naam: x\nbasis: standard\n"},
            "beleid.yaml:2: basis: 'standard' bestaat niet. Bedoelde u 'standaard'?",
        ),
        (
            {"beleid.yaml": "basis: regi.yaml\n", "regio.yaml": ""},
            "beleid.yaml:1: basis: 'regi.yaml' bestaat niet. Bedoelde u 'regio.yaml'?",
        ),
        (
            {"beleid.yaml": "basis: a.yaml\n", "a.yaml": "naam: a\nbasis: b.yaml\n", "b.yaml": "basis: a.yaml\n"},
            "b.yaml:1: basis: de keten loopt rond: beleid.yaml → a.yaml → b.yaml → a.yaml. "
            "Laat een van deze bestanden bouwen op 'standaard'.",
        ),
        (
            {"beleid.yaml": "basis: beleid.yaml\n"},
            "beleid.yaml:1: basis: de keten loopt rond: beleid.yaml → beleid.yaml. "
            "Laat een van deze bestanden bouwen op 'standaard'.",
        ),
        (
            {"beleid.yaml": "basis: /beleid/regio.yaml\n"},
            "beleid.yaml:1: basis: '/beleid/regio.yaml' wijst buiten de map van dit bestand. "
            "Schrijf een pad vanaf dit bestand, zonder schijf of '..' ervoor.",
        ),
        (
            {"beleid.yaml": "eigen_regels: ../regels\n"},
            "beleid.yaml:1: eigen_regels: '../regels' wijst buiten de map van dit bestand. "
            "Schrijf een pad vanaf dit bestand, zonder schijf of '..' ervoor.",
        ),
        (
            {"beleid.yaml": "normen: normn/\n", "normen/mijn.yaml": NORM},
            "beleid.yaml:1: normen: de map 'normn/' bestaat niet. Bedoelde u 'normen'?",
        ),
        (
            {"beleid.yaml": "normen: normen\n", "normen/lees.txt": ""},
            "beleid.yaml:1: normen: in de map 'normen' staat geen YAML-bestand.",
        ),
        (
            {"beleid.yaml": "eigen_regels: mijn.yaml\n", "mijn.yaml": RULE},
            "beleid.yaml:1: eigen_regels: 'mijn.yaml' is een bestand, geen map.",
        ),
        (
            {"beleid.yaml": "eigen_regels: regels\n", "regels/duur_te_lang.yaml": RULE},
            "regels/duur_te_lang.yaml: 'duur_te_lang' is al een regel van het programma. "
            "Verander die regel onder 'regels', of kies een andere naam.",
        ),
        (
            {"beleid.yaml": "eigen_regels: regels\n", "regels/Mijn regel.yaml": RULE},
            "regels/Mijn regel.yaml: 'Mijn regel' is geen naam voor een regel. "
            "Noem het bestand naar de regel: kleine letters, cijfers en _, zoals mijn_regel.yaml.",
        ),
        (
            {
                "beleid.yaml": "basis: a.yaml\neigen_regels: regels\n",
                "a.yaml": "eigen_regels: andere\n",
                "regels/mijn_regel.yaml": RULE,
                "andere/mijn_regel.yaml": RULE,
            },
            "regels/mijn_regel.yaml: 'mijn_regel' is al een eigen regel in andere/mijn_regel.yaml. "
            "Kies een andere naam.",
        ),
        (
            {
                "beleid.yaml": "eigen_regels: regels\n",
                "regels/mijn_regel.yaml": RULE.replace("voorwaarde", "voorwarde"),
            },
            "regels/mijn_regel.yaml:2: onbekende toets 'voorwarde'. Bedoelde u 'voorwaarde'?",
        ),
        (  # a key of a ground is none of the rule, and a key of a row none of the table
            {"beleid.yaml": "eigen_regels: regels\n", "regels/mijn_regel.yaml": RULE + "bron: wet\n"},
            "regels/mijn_regel.yaml:13: onbekende sleutel 'bron'.",
        ),
        (
            {"beleid.yaml": "normen: normen\n", "normen/ondergrens_flextensie.yaml": NORM + "bedrag: 3\n"},
            "normen/ondergrens_flextensie.yaml:7: onbekende sleutel 'bedrag'.",
        ),
        (
            {"beleid.yaml": "eigen_regels: regels\n", "regels/mijn_regel.yaml": RULE.replace("{functie}", "{functi}")},
            "regels/mijn_regel.yaml:6: 'functi' kan niet worden ingevuld. Bedoelde u 'functie'?",
        ),
        (
            {
                "beleid.yaml": "eigen_regels: regels\nregels: {mijn_regl: {aan: nee}}\n",
                "regels/mijn_regel.yaml": RULE,
            },
            "beleid.yaml:2: onbekende regel 'mijn_regl'. Bedoelde u 'mijn_regel'?",
        ),
        (
            {"beleid.yaml": "normen: normen\n", "normen/ondergrens_flextensi.yaml": NORM},
            "normen/ondergrens_flextensi.yaml: geen regel gebruikt de norm 'ondergrens_flextensi'. "
            "Bedoelde u 'ondergrens_flextensie'?",
        ),
    ],
)
def test_what_a_policy_leans_on_must_be_there(tmp_path: Path, files: Mapping[str, str], said: str) -> None:
    sentences = refused(tmp_path, files)
    if said.endswith("bestaat niet."):
        said += " Schrijf 'standaard' of het pad van een beleidsbestand."
    assert sentences == [said]


@pytest.mark.parametrize(
    "old, new, said",
    [
        ("tot: 2025-06-30", "tot: 2025-07-30", "de rij van 2025-07-01 overlapt met de rij ervoor"),
        ("tot: 2025-06-30", "tot: 2025-05-30", "tussen 2025-05-30 en 2025-07-01 is er geen rij"),
    ],
)
def test_rows_of_an_own_norm_neither_overlap_nor_leave_a_gap(tmp_path: Path, old: str, new: str, said: str) -> None:
    files = {"beleid.yaml": "normen: normen\n", "normen/ondergrens_flextensie.yaml": NORM.replace(old, new)}
    (sentence,) = refused(tmp_path, files)
    assert sentence.startswith("normen/ondergrens_flextensie.yaml:6: ")
    assert said in sentence


def test_all_mistakes_of_all_files_come_at_once(tmp_path: Path) -> None:
    files = {
        "beleid.yaml": "gemeente: 3\nbasis: a.yaml\nnormen: normen\nregels:\n  x: {aan: ja}\n  te_jong: {aan: misschien}\n",
        "a.yaml": "regels:\n  duur_te_lang: {parameters: {per: week}}\n  meldpunt: {aan: nee, ann: ja}\n",
        "normen/wml.yaml": NORM.replace("13, bron: verzonnen", "13"),
    }
    sentences = refused(tmp_path, files)
    places = sorted(sentence.split(": ")[0] for sentence in sentences)
    assert places == ["a.yaml:2", "a.yaml:3", "beleid.yaml:1", "beleid.yaml:5", "beleid.yaml:6", "normen/wml.yaml:5"]


def test_each_mistake_of_a_chain_is_named_in_its_own_file_only(tmp_path: Path) -> None:
    files = {
        "beleid.yaml": "basis: a.yaml\nregels:\n  duur_te_lang: {parameters: {per: werkgever}}\n",
        "a.yaml": "regels:\n  duur_te_lang: {parameters: {per: week}}\n",
    }
    assert refused(tmp_path, files) == ["a.yaml:2: per: 'week' kan niet; kies uit: functie, werkgever."]


def test_what_follows_from_a_mistake_is_no_second_mistake(tmp_path: Path) -> None:
    """A column that is declared wrongly is not also an unknown column, a broken norm not also an unknown norm."""
    rule = RULE.replace("NOT begeleiding", "NOT or_ja")
    files = {"beleid.yaml": "eigen_regels: regels\neigen_kolommen: [or_ja]\n", "regels/mijn.yaml": rule}
    (sentence,) = refused(tmp_path, files)
    assert sentence.startswith("beleid.yaml:2: eigen_kolommen:")
    files = {
        "beleid.yaml": "normen: normen\n",
        "normen/ondergrens_flextensie.yaml": NORM.replace("13, bron: verzonnen", "13"),
    }
    assert len(refused(tmp_path / "b", files)) == 1


def test_a_broken_basis_of_two_policies_is_named_once(tmp_path: Path) -> None:
    written(tmp_path, {"basis/a.yaml": "regels: {x: {aan: ja}}\n"})
    for name, year in (("een", 2025), ("twee", 2026)):
        text = f"basis: basis/a.yaml\ngeldig: {{van: {year}-01-01, tot: {year}-12-31}}\n"
        (tmp_path / f"{name}.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(UserError) as error:
        rulebook.load(tmp_path)
    assert [mistake.what for mistake in error.value.mistakes] == ["onbekende regel 'x'"]


@pytest.mark.parametrize("nothing", [None, (), []])
def test_no_policy_is_the_standard(nothing: None) -> None:
    assert [rule.key for rule in rulebook.load(nothing).rules] == [rule.key for rule in shipped().rules]


def test_a_folder_gives_all_its_policies_and_a_file_counts_once(tmp_path: Path) -> None:
    for year in (2025, 2026):
        (tmp_path / f"{year}.yaml").write_text(f"geldig: {{van: {year}-01-01, tot: {year}-12-31}}\n", encoding="utf-8")
    book = rulebook.load([tmp_path, tmp_path / "2025.yaml"])
    assert [one.file.name for one in book.policies] == ["2025.yaml", "2026.yaml"]
    (tmp_path / "leeg").mkdir()
    with pytest.raises(UserError, match="in deze map staat geen beleidsbestand"):
        rulebook.load(tmp_path / "leeg")


def places(data: object, route: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    """Every place in a policy where something can stand."""
    yield route
    inside = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in inside:
        yield from places(value, (*route, key))


def put(data: Any, route: tuple[str | int, ...], other: object) -> Any:
    if not route:
        return other
    data = dict(data) if isinstance(data, dict) else list(data)
    data[route[0]] = put(data[route[0]], route[1:], other)
    return data


def as_text(value: object) -> str:
    """A value as YAML on one line."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)}: {as_text(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return f"[{', '.join(map(as_text, value))}]"
    return "~" if value is None else json.dumps(value) if isinstance(value, str) else str(value)


def test_whatever_stands_anywhere_is_accepted_or_refused_in_dutch(tmp_path: Path) -> None:
    """One thing at a time in the policy that uses every key; two wrong values for each place."""
    shutil.copytree(FOLDER, tmp_path / "policies")
    path = tmp_path / "policies" / "heel" / "beleid.yaml"
    data = read(path).data
    others = [None, 3, "x", "", [], {}, {"nl": 1}, [None], "../..", "{0}", True, {"x": {}}, "a\x00b"]
    for number, route in enumerate(places(data)):
        for other in (others[number % len(others)], others[(number + 5) % len(others)]):
            path.write_text(as_text(put(data, route, other)) + "\n", encoding="utf-8")
            for mistake in mistakes_in(path, whole=number % 9 == 0):
                assert "nput" not in mistake.what, (route, other)
                assert "alue" not in mistake.what, (route, other)


def mistakes_in(path: Path, *, whole: bool) -> list[Mistake]:
    """What is wrong with a policy; `whole` also puts its rules in force, which takes longer."""
    mistakes: list[Mistake] = []
    try:
        if whole:
            rulebook.load(path)
        else:
            read_chain(path, mistakes)
    except UserError as error:
        mistakes += error.mistakes
    return mistakes


GROUNDS = {
    "[Beleidsregels re-integratie 2026, artikel 4]": ["Beleidsregels re-integratie 2026, artikel 4"],
    "[Verordening, artikel 4, lid 2 en 3, Participatiewet, artikel 10a]": [
        "Verordening, artikel 4, lid 2 en 3",
        "Participatiewet, artikel 10a",
    ],
    "[Regels, artikel 4, 5 en 6]": ["Regels, artikel 4, 5 en 6"],
    "[Onderzoek, §3.1.2, noot 4]": ["Onderzoek, §3.1.2, noot 4"],
    "[{bron: Regels, artikel: artikel 3, publicatie: CVDR1/1}, artikel 4]": ["Regels, artikel 3, artikel 4, CVDR1/1"],
    # a source of its own, however it begins
    "[Participatiewet, artikel 7 van de verordening]": ["Participatiewet", "artikel 7 van de verordening"],
    "[Regels, eigen voorstel]": ["Regels", "eigen voorstel"],
    "[Regels, {bron: artikel 4, link: 'https://a.nl/'}]": ["Regels", "artikel 4"],
    "['Regels, artikel 4', Onderzoek]": ["Regels, artikel 4", "Onderzoek"],
}


@pytest.mark.parametrize("given, meant", GROUNDS.items())
def test_an_article_belongs_to_the_source_before_it(tmp_path: Path, given: str, meant: list[str]) -> None:
    rules = loaded(tmp_path, f"regels: {{te_jong: {{grondslag: {given}}}}}\n").by_name()
    assert [str(ground) for ground in rules["te_jong"][0].file.grondslag] == meant
