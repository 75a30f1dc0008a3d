"""Versions and municipalities: the policy in force on the first day judges, and a change in between is told.

All limits below are counted by hand. Three months from 1 March 2025 allow up to and including 31 May; six months from
1 March 2026 up to and including 31 August. Every placement stands alone unless a test says so.
"""

from __future__ import annotations

import csv
import json
from collections import Counter
from datetime import UTC, date, datetime
from pathlib import Path

import polars as pl
import pytest
from conftest import DAY, placed, rows_of_text, shipped, verdicts_of

from verdringing import check, rulebook
from verdringing.audit import audit
from verdringing.audited import Order
from verdringing.errors import UserError
from verdringing.inspection.reach import short_history
from verdringing.intake import able
from verdringing.judge import Judgement, judge
from verdringing.record import VERDICTS
from verdringing.rule import RuleBook

FOLDER = Path(__file__).parent / "policies" / "versies"
RULE = "duur_te_lang"
Row = dict[str, str | None]


def row(name: str, start: str, end: str | None, **others: str | None) -> Row:
    """One placement that has nothing to do with the others."""
    alone = {"plaatsing_id": name, "kandidaat_id": name, "werkgever": f"Firma {name}", "gemeente": "Voorbeeldstad"}
    return {**alone, "startdatum": start, "einddatum": end, "uren_per_week": "20", **others}


def book_of(folder: Path, **policies: str) -> RuleBook:
    """The rule book of several policies, one file each."""
    for name, text in policies.items():
        (folder / f"{name}.yaml").write_text(text, encoding="utf-8")
    return rulebook.load([folder / f"{name}.yaml" for name in policies])


def judged(book: RuleBook, rows: list[Row], day: date = DAY) -> tuple[pl.DataFrame, Judgement]:
    placements = placed(rows_of_text(rows), day, book=book)
    return placements, judge(placements, book.rules)


def verdicts(book: RuleBook, rows: list[Row], rule: str = RULE) -> dict[str, str]:
    return verdicts_of(*judged(book, rows), rule)


def sentences(book: RuleBook, rows: list[Row], rule: str = RULE) -> dict[str, str]:
    placements, judgement = judged(book, rows)
    named = judgement.findings.filter(regel=rule).join(placements.select("nr", "plaatsing_id"), on="nr")
    return dict(named.select("plaatsing_id", "toelichting").rows())


@pytest.fixture(scope="module")
def book() -> RuleBook:
    return rulebook.load(FOLDER)


LIMITS = [
    (row("a", "2025-03-01", "2025-05-31"), "geen_signaal"),
    (row("b", "2025-03-01", "2025-06-01"), "signaal"),
    (row("c", "2026-03-01", "2026-08-31"), "geen_signaal"),
    (row("d", "2026-03-01", "2026-09-01"), "signaal"),
    (row("last day of 2025", "2025-12-31", "2026-03-31"), "signaal"),  # three months: 30 March is the last day
    (row("first day of 2026", "2026-01-01", "2026-03-31"), "geen_signaal"),
]


def test_the_version_of_the_start_date_judges(book: RuleBook) -> None:
    found = verdicts(book, [one for one, _verdict in LIMITS])
    assert found == {one["plaatsing_id"]: verdict for one, verdict in LIMITS}


def test_names_of_municipalities_are_compared_without_case_and_accents(book: RuleBook) -> None:
    rows = [row("b", "2025-03-01", "2025-06-01", gemeente="VOORBEELDSTAD")]
    assert verdicts(book, rows) == {"b": "signaal"}
    assert book.gemeente == "Voorbeeldstad"  # both versions mean the same one


def test_retroactive_validity_counts_from_its_first_day(book: RuleBook) -> None:
    """Started on 15 January under a policy adopted on 10 February: six months, so 14 July is allowed and 15 July not."""
    assert [one.retroactive for one in book.policies] == [False, True]
    rows = [row("in time", "2026-01-15", "2026-07-14"), row("late", "2026-01-15", "2026-07-15")]
    assert verdicts(book, rows) == {"in time": "geen_signaal", "late": "signaal"}


OUTSIDE = [row("before", "2024-12-31", "2025-12-31"), row("elsewhere", "2025-03-01", "2025-12-31", gemeente="Zandhoek")]
OUTSIDE += [row("nowhere", "2025-03-01", "2025-12-31", gemeente=None)]


def test_where_no_policy_is_in_force_policy_rules_cannot_be_judged(book: RuleBook) -> None:
    placements, judgement = judged(book, [*OUTSIDE, row("b", "2025-03-01", "2025-06-01")])
    assert verdicts_of(placements, judgement, RULE) == {
        **{one["plaatsing_id"]: "niet_toetsbaar" for one in OUTSIDE},
        "b": "signaal",
    }
    assert judgement.missing.filter(regel=RULE).rows() == [(RULE, "beleid", 3)]


@pytest.mark.parametrize("rule", [rule.name for rule in shipped().rules if rule.file.norm != "beleid"])
def test_where_no_policy_is_in_force_law_and_patterns_are_judged_as_shipped(book: RuleBook, rule: str) -> None:
    assert verdicts(book, OUTSIDE, rule) == verdicts(shipped(), OUTSIDE, rule)


def test_a_rule_that_every_version_leaves_off_is_off_everywhere(book: RuleBook) -> None:
    assert set(verdicts(book, OUTSIDE, "te_jong").values()) == {"nvt"}


def test_a_version_without_end_and_without_municipality_holds_for_all(tmp_path: Path) -> None:
    book = book_of(tmp_path, een="geldig: {van: 2025-01-01}\nregels: {te_jong: {aan: ja}}\n")
    rows = [row("young", "2025-03-01", None, geboortejaar="2005", gemeente=None)]
    rows += [row("before", "2024-12-31", None, geboortejaar="2005")]
    assert verdicts(book, rows, "te_jong") == {"young": "signaal", "before": "niet_toetsbaar"}


TWO = """gemeenten: [Voorbeeldstad, Zandhoek]
regels: {duur_te_lang: {parameters: {grenzen: [{maanden: 3}]}}}
"""


def test_one_policy_for_two_municipalities(tmp_path: Path) -> None:
    book = book_of(tmp_path, samen=TWO)
    rows = [row(name, "2025-03-01", "2025-06-01", gemeente=name) for name in ("Voorbeeldstad", "Zandhoek", "Elders")]
    assert verdicts(book, rows) == {"Voorbeeldstad": "signaal", "Zandhoek": "signaal", "Elders": "niet_toetsbaar"}
    assert book.gemeente is None


def test_two_municipalities_with_other_limits_in_one_file(tmp_path: Path) -> None:
    """Four months from 1 March 2025: 30 June is the last day. Three months: 31 May."""
    limit = "gemeente: {}\nregels: {{duur_te_lang: {{parameters: {{grenzen: [{{maanden: {}}}]}}}}}}\n"
    book = book_of(tmp_path, v=limit.format("Voorbeeldstad", 3), z=limit.format("Zandhoek", 4))
    rows = [
        row(f"{gemeente} {end}", "2025-03-01", end, gemeente=gemeente)
        for gemeente in ("Voorbeeldstad", "Zandhoek")
        for end in ("2025-05-31", "2025-06-01", "2025-06-30", "2025-07-01")
    ]
    assert list(verdicts(book, rows).values()) == [
        *("geen_signaal", "signaal", "signaal", "signaal"),
        *("geen_signaal", "geen_signaal", "geen_signaal", "signaal"),
    ]


# --- a rule that changes while a placement runs --------------------------------------------------------------------

CHANGED = " Op 01-01-2026 veranderde deze regel; hier telt de regel van de startdatum."


def test_a_finding_says_that_the_rule_changed_while_the_placement_ran(book: RuleBook) -> None:
    rows = [
        row("into 2026", "2025-09-01", "2026-01-01"),  # too long since 1 December, and still there on the day itself
        row("until 2026", "2025-09-01", "2025-12-31"),
        row("open", "2025-09-01", None),
        row("all in 2026", "2026-01-01", "2026-07-01"),
    ]
    told = {name: text.endswith(CHANGED) for name, text in sentences(book, rows).items()}
    assert told == {"into 2026": True, "until 2026": False, "open": True, "all in 2026": False}


def test_no_word_of_a_change_in_another_municipality_or_another_rule(tmp_path: Path) -> None:
    same = "gemeente: Voorbeeldstad\ngeldig: {{{}}}\nregels: {{duur_te_lang: {{parameters: {{grenzen: [{{maanden: 3}}]}}}}{}}}\n"
    book = book_of(
        tmp_path,
        oud=same.format("tot: 2025-12-31", ""),
        nieuw=same.format("van: 2026-01-01", ", te_jong: {aan: ja}"),
        elders="gemeente: Zandhoek\ngeldig: {van: 2026-01-01}\n",
    )
    (said,) = sentences(book, [row("a", "2025-09-01", "2026-02-01")]).values()
    assert "veranderde" not in said


def test_switching_a_rule_off_is_a_change_too(tmp_path: Path) -> None:
    book = book_of(
        tmp_path,
        oud="geldig: {tot: 2026-06-30}\n",
        nieuw="geldig: {van: 2026-07-01, tot: 2026-07-31}\nregels: {duur_te_lang: {aan: nee}}\n",
        weer="geldig: {van: 2026-08-01}\n",
    )
    rows = [row("a", "2026-01-01", "2026-08-31"), row("off", "2026-07-01", "2027-12-31")]
    (said,) = sentences(book, rows).values()
    assert said.endswith(" Op 01-07-2026 veranderde deze regel; hier telt de regel van de startdatum.")
    assert verdicts(book, rows) == {"a": "signaal", "off": "nvt"}


def test_a_pattern_before_any_policy_also_tells_of_a_change(tmp_path: Path) -> None:
    """dienstbetrekking_risico is judged as shipped (six months) before the policy that makes it seven months."""
    policy = "geldig: {van: 2026-01-01}\nregels: {dienstbetrekking_risico: {parameters: {grenzen: [{maanden: 7}]}}}\n"
    book = book_of(tmp_path, een=policy)
    rows = [row("a", "2025-07-01", "2026-01-01"), row("b", "2026-01-01", "2026-07-01")]
    assert verdicts(book, rows, "dienstbetrekking_risico") == {"a": "signaal", "b": "geen_signaal"}
    (said,) = sentences(book, rows, "dienstbetrekking_risico").values()
    assert said.endswith(CHANGED)


# --- what versions have in common, and what they do not ------------------------------------------------------------


def test_history_counts_across_versions(book: RuleBook) -> None:
    """One at a time on one job. 2025 allows one on a row, 2026 the shipped two: the third is a signal, because both
    earlier ones count; a second in 2026 after one in 2025 is none."""
    here = {"werkgever": "Bakkerij", "functie": "inpakker"}
    rows = [
        row("first", "2025-02-01", "2025-04-30", **here),
        row("second", "2025-06-01", "2025-08-31", **here),
        row("third", "2026-01-05", "2026-02-28", **here),
        row("other first", "2025-10-01", "2025-12-31", werkgever="Smederij"),
        row("other second", "2026-01-05", "2026-02-28", werkgever="Smederij"),
    ]
    rule = "opvolging_zelfde_functie"
    placements, judgement = judged(book, rows)
    assert verdicts_of(placements, judgement, rule) == {
        "first": "geen_signaal",
        "second": "signaal",
        "third": "signaal",
        "other first": "geen_signaal",
        "other second": "geen_signaal",
    }
    nr = dict(placements.select("plaatsing_id", "nr").rows())
    variant = dict(judgement.findings.filter(regel=rule).select("nr", "variant").rows())
    assert variant[nr["second"]] != variant[nr["third"]]
    own = judgement.links.filter(regel=rule, variant=variant[nr["third"]])
    links = dict(own.select("nr", "voorganger").rows())
    assert (links[nr["third"]], links[nr["second"]]) == (nr["second"], nr["first"])


def test_a_rule_of_one_version_says_nothing_of_placements_under_another(book: RuleBook) -> None:
    rows = [row("2025", "2025-03-01", None), row("2026", "2026-03-01", None), row("before", "2024-03-01", None)]
    assert verdicts(book, rows, "variabele_reden") == {"2025": "nvt", "2026": "signaal", "before": "niet_toetsbaar"}


def test_every_version_has_its_own_norms(book: RuleBook) -> None:
    """14,50 from 2026 is the norm of the policy; the shipped table has no row for 2025."""
    rows = [row("2025", "2025-03-01", None, uurtarief="10"), row("2026", "2026-03-01", None, uurtarief="14,49")]
    rows += [row("exact", "2026-03-01", None, uurtarief="14,50")]
    found = verdicts(book, rows, "tarief_onder_ondergrens")
    assert found == {"2025": "niet_toetsbaar", "2026": "signaal", "exact": "geen_signaal"}
    assert {"ondergrens_flextensie", f"ondergrens_flextensie ({FOLDER / '2026.yaml'})"} & set(book.norms)


def test_four_counts_add_up_with_versions(book: RuleBook) -> None:
    rows = [one for one, _verdict in LIMITS] + OUTSIDE
    placements, judgement = judged(book, rows)
    names = list(book.by_name())
    assert judgement.verdicts.columns == ["nr", *names]
    for name in names:
        counts = Counter(VERDICTS[verdict] for verdict in judgement.verdicts[name])
        assert counts.total() == placements.height
        assert counts["signaal"] == judgement.findings.filter(regel=name).height
        missing = judgement.missing.filter(regel=name)
        assert missing["aantal"].sum() == counts["niet_toetsbaar"], name
        assert missing["ontbreekt"].is_unique().all()


def test_what_versions_agree_on_is_evaluated_once(book: RuleBook, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[tuple[str, int]] = []
    prepare = check.prepare

    def counting(module: check.Check, placements: pl.LazyFrame, params: check.Params) -> pl.LazyFrame:
        seen.append((module.__name__.rsplit(".", 1)[-1], id(params)))  # type: ignore[attr-defined]
        return prepare(module, placements, params)

    monkeypatch.setattr(check, "prepare", counting)
    judged(book, [one for one, _verdict in LIMITS])
    counted = Counter(name for name, _params in seen)
    with_history = Counter(r.file.toets for r in shipped().rules if r.on and hasattr(r.check, "prepare"))
    # three rules differ: duur_te_lang and opvolging_zelfde_functie in both, and the floor of 2026
    assert counted - with_history == Counter({"duur": 1, "opvolging": 1, "tarief": 1})


def test_the_same_values_in_two_files_are_two_places_but_one_evaluation(tmp_path: Path) -> None:
    same = "geldig: {{{}}}\nregels: {{duur_te_lang: {{parameters: {{grenzen: [{{maanden: 3}}]}}}}, te_jong: {{parameters: {{signaal_als: leeftijd < 21}}, bevinding: Te jong.}}}}\n"
    book = book_of(tmp_path, oud=same.format("tot: 2025-12-31"), nieuw=same.format("van: 2026-01-01"))
    for name in ("duur_te_lang", "te_jong"):
        one, other = book.by_name()[name]
        assert one.params is other.params
        assert one.origins != other.origins
        assert one.changed_on is None


def test_a_single_policy_for_everyone_needs_no_scope(tmp_path: Path) -> None:
    book = book_of(tmp_path, een="naam: Overal\nregels: {te_jong: {aan: ja}}\n")
    assert all(
        (rule.scope, rule.unjudged, rule.changed_on, rule.label) == (None, None, None, "") for rule in book.rules
    )


def test_a_look_before_the_audit_counts_every_placement_under_its_own_version(book: RuleBook) -> None:
    """Three of nine start under each version, three under none. Only the rule that differs stands there twice."""
    rows = [one for one, _verdict in LIMITS] + OUTSIDE
    placements, judgement = judged(book, rows)
    history = short_history(placements, book.rules)
    meant = {name: history.filter(regel=name)["van"].to_list() for name in (RULE, "dienstbetrekking_risico")}
    assert {name: sorted(counts) for name, counts in meant.items()} == {RULE: [3, 3], "dienstbetrekking_risico": [9]}
    assert able(judgement.verdicts, book.rules)["regel"].is_unique().all()


# --- what is refused -----------------------------------------------------------------------------------------------

HINT = "Geef elke versie eigen dagen onder 'geldig', en zet wat alleen basis is in een andere map."


@pytest.mark.parametrize(
    "een, twee, said",
    [
        (
            "gemeente: A\n",
            "naam: x\ngemeente: a\n",
            "twee.yaml:1: voor a geldt op elke dag ook het beleid in een.yaml.",
        ),
        (
            "geldig: {van: 2025-01-01, tot: 2026-06-30}\n",
            "gemeente: A\ngeldig: {van: 2026-01-01}\n",
            "twee.yaml:2: voor A geldt van 01-01-2026 tot en met 30-06-2026 ook het beleid in een.yaml.",
        ),
        (
            "gemeenten: [A, B, C]\ngeldig: {tot: 2026-06-30}\n",
            "gemeenten: [C, D, B]\ngeldig: {tot: 2026-01-31}\n",
            "twee.yaml:2: voor B, C geldt tot en met 31-01-2026 ook het beleid in een.yaml.",
        ),
        (
            "geldig: {van: 2026-06-30}\n",
            "geldig: {van: 2026-01-01}\n",
            "twee.yaml:1: voor elke gemeente geldt vanaf 30-06-2026 ook het beleid in een.yaml.",
        ),
        (
            "geldig: {tot: 2025-12-31}\n",
            "geldig: {van: 2025-12-31}\n",
            "twee.yaml:1: voor elke gemeente geldt van 31-12-2025 tot en met 31-12-2025 ook het beleid in een.yaml.",
        ),
    ],
)
def test_two_policies_for_one_municipality_and_day_are_refused(tmp_path: Path, een: str, twee: str, said: str) -> None:
    with pytest.raises(UserError) as error:
        book_of(tmp_path, een=een, twee=twee)
    (mistake,) = error.value.mistakes
    assert str(mistake).replace(f"{tmp_path}/", "") == f"{said} {HINT}"


@pytest.mark.parametrize(
    "een, twee",
    [
        ("geldig: {tot: 2025-12-31}\n", "geldig: {van: 2026-01-01}\n"),
        ("gemeente: A\n", "gemeente: B\n"),
        ("gemeenten: [A, B]\ngeldig: {tot: 2025-12-31}\n", "gemeente: C\n"),
    ],
)
def test_policies_that_do_not_meet_stand_together(tmp_path: Path, een: str, twee: str) -> None:
    assert len(book_of(tmp_path, een=een, twee=twee).policies) == 2


@pytest.mark.parametrize(
    "een, twee, said",
    [
        (
            "instrumenten: {leerplek: stage}\n",
            "instrumenten: {leer plek: stage, Leerplek: werkervaringsplaats}\n",
            "twee.yaml:2: 'leerplek' staat hier bij 'werkervaringsplaats', maar bij 'stage' in een.yaml:2. "
            "Maak ze gelijk: woorden gelden voor alle versies samen.",
        ),
        (
            "functiegroepen: {perronwacht: [omroeper]}\n",
            "functiegroepen: {steward: [omroeper]}\n",
            "twee.yaml:2: 'omroeper' staat hier bij 'steward', maar bij 'perronwacht' in een.yaml:2. "
            "Maak ze gelijk: woorden gelden voor alle versies samen.",
        ),
        (
            "eigen_kolommen: {or_ja: {type: ja/nee, betekenis: x}}\n",
            "eigen_kolommen: {or_ja: {type: datum, betekenis: x}}\n",
            "twee.yaml:2: de kolom 'or_ja' is hier datum, maar ja/nee in een.yaml:2. "
            "Maak ze gelijk: eigen kolommen gelden voor alle versies samen.",
        ),
    ],
)
def test_versions_that_contradict_each_other_are_refused(tmp_path: Path, een: str, twee: str, said: str) -> None:
    with pytest.raises(UserError) as error:
        book_of(tmp_path, een=f"gemeente: A\n{een}", twee=f"gemeente: B\n{twee}")
    (mistake,) = error.value.mistakes
    assert str(mistake).replace(f"{tmp_path}/", "") == said


def test_what_versions_say_alike_stands_together(tmp_path: Path) -> None:
    same = "gemeente: {}\ninstrumenten: {{leerplek: stage}}\nfunctiegroepen: {{perronwacht: [omroeper]}}\n"
    same += "eigen_kolommen: {{or_ja: {{type: ja/nee, betekenis: x}}}}\nvragen: [{{vraag: Goed?}}]\n"
    book = book_of(tmp_path, een=same.format("A"), twee=same.format("B"))
    assert [column.name for column in book.own_columns] == ["or_ja"]
    (question,) = book.questions
    assert [one.gemeenten for one in question.versions] == [("A",), ("B",)]


# --- all the way ---------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("versies")
    rows = [one for one, _verdict in LIMITS] + OUTSIDE[:1]
    with (folder / "plaatsingen.csv").open("w", encoding="utf-8", newline="") as target:
        writer = csv.DictWriter(target, [*rows[0], "instrument", "functie"], delimiter=";")
        writer.writeheader()
        writer.writerows({**one, "instrument": "flextensie", "functie": "inpakker"} for one in rows)
    now = datetime(2026, 10, 1, tzinfo=UTC)
    audit(Order((folder / "plaatsingen.csv",), folder / "rapport", DAY, now, policies=(FOLDER,)))
    return folder / "rapport"


def test_norm_grounds_and_words_are_those_of_the_version_that_judged(report: Path) -> None:
    found = pl.read_csv(report / "bevindingen.csv", separator=";", infer_schema=False).filter(regel=RULE)
    said = {name: rest for name, *rest in found.select("plaatsing_id", "norm", "grondslag", "vraag").rows()}
    old = ["beleid", "Beleidsregels 2025", "Waarom langer dan drie maanden?"]
    (shipped_words,) = (rule.say("vraag") for rule in shipped().rules if rule.name == RULE)
    assert said == {"b": old, "last day of 2025": old, "d": ["signaal", "Beleidsregels 2026", shipped_words]}


def test_the_account_shows_every_version_and_what_a_rule_is_under_it(report: Path) -> None:
    facts = json.loads((report / "verantwoording.json").read_text(encoding="utf-8"))
    assert [(one["naam"], one["van"], one["tot"], one["met_terugwerkende_kracht"]) for one in facts["beleid"]] == [
        ("Beleidsregels 2025", "2025-01-01", "2025-12-31", False),
        ("Beleidsregels 2026", "2026-01-01", None, True),
    ]
    old, new = facts["regels"][RULE]
    assert old["parameters"]["grenzen"] == {"waarde": [{"maanden": 3}], "herkomst": f"{FOLDER / '2025.yaml'}:7"}
    assert new["parameters"]["grenzen"] == {"waarde": [{"maanden": 6}], "herkomst": f"{FOLDER / '2026.yaml'}:8"}
    assert (old["norm"], new["norm"]) == ("beleid", "signaal")
    assert new["herkomst"]["norm"] == f"{FOLDER / '2026.yaml'}:7"
    assert old["beleid"] == "Beleidsregels 2025 (Voorbeeldstad, van 01-01-2025 tot en met 31-12-2025)"
    files = set(facts["regelbestanden"])
    assert {"versies/2025.yaml", "versies/2026.yaml", "regels/variabele_reden.yaml"} <= files
    assert {"normen/ondergrens_flextensie.yaml", (FOLDER / "normen/ondergrens_flextensie.yaml").as_posix()} <= files
    for counts in facts["tellingen"]["oordelen"].values():
        assert sum(counts.values()) == facts["tellingen"]["in_bereik"]


def test_the_report_is_whole(report: Path) -> None:
    page = (report / "index.html").read_text(encoding="utf-8")
    assert page.count(f'id="regel-{RULE}"') == 1
    assert "Beleidsregels 2026 (voorbeeldstad, vanaf 01-01-2026)" in page
    verdict = pl.read_parquet(report / "oordelen.parquet")
    assert verdict.columns.count(RULE) == 1
