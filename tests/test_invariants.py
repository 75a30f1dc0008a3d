"""What holds for every rule on any record: order does not matter, later placements change nothing, all adds up."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from random import Random
from time import perf_counter

import polars as pl
import pytest
from conftest import DAY, placed, rows_of_text, shipped, switched_on
from hypothesis import given, settings
from hypothesis import strategies as st
from oracle import Placement, crowded, made_up, plus, row_of

from verdringing import rulebook
from verdringing.judge import judge
from verdringing.naming import lists
from verdringing.normalise import Normalised, normalise
from verdringing.period import parse_period
from verdringing.read import read_files
from verdringing.record import BY_NAME, COLUMNS, ORIGIN, VERDICTS
from verdringing.rule import Rule, RuleBook

Text = Mapping[str, str | None]
Said = dict[str, dict[str, tuple[object, ...]]]
"""Rule → plaatsing_id → verdict and, for a signal, ontstaan_op, waarde, grens and toelichting."""

DAYS = [date(2022, 12, 31), date(2024, 2, 29), date(2024, 6, 1), date(2024, 6, 2), date(2025, 3, 31), DAY]
DAYS += [date(2098, 12, 31)]
ONLY_WHILE_RUNNING = {"geen_contact"}
"""Rules that by their own words speak of running placements alone: what has ended is no longer their business."""
FILLED_IN = {
    "uurtarief": ("9,80", "11,75", "12,30", "€ 14,71", "20"),
    "uitzendbureau": ("ja", "nee"),
    "inleentarief": ("12", "15,50", "30,00"),
    "cao_uurloon": ("9,50", "14,71"),
    "loonwaarde": ("50", "80 %"),
    "werkaard": ("tijdelijk", "structureel", "additioneel"),
    "vrijwillig": ("ja", "nee"),
    "intentie_dienstverband": ("ja", "nee"),
    "begeleiding": ("ja", "nee"),
    "laatste_contact": ("2024-01-15", "2024-04-20", "2026-08-19", "2026-09-01"),
    "uitkering_sinds": ("2019-01-01", "2023-11-30", "2024-12-31"),
    "premie": ("100", "1.200,00"),
    "werkzame_personen": ("1", "40"),
}
BLACKLIST = """werkgever;kvk_nummer;van;tot;reden;besluit
Bakkerij De Korenaar 1;;2024-02-01;2025-06-30;made up;1
Uitzendbureau Snel 0;;;;made up;2
;01234502;2025-01-01;;made up;3
"""
REPORTS = """werkgever;kvk_nummer;datum;kenmerk
Bakkerij De Korenaar 1;;2024-03-01;made up 1
Uitzendbureau Snel 0;;2024-12-31;made up 2
;01234502;2025-01-01;made up 3
"""
BY_LAST_DAY = {"premie_boven_maximum"}
"""Rules that count in order of the last day, so that what begins later can still come before: signals only get more."""


@pytest.fixture(scope="module")
def every_rule(tmp_path_factory: pytest.TempPathFactory) -> RuleBook:
    """All shipped rules, switched on, with a black list and reports."""
    folder = tmp_path_factory.mktemp("lijst")
    (folder / "lijst.csv").write_text(BLACKLIST, encoding="utf-8")
    (folder / "meldingen.csv").write_text(REPORTS, encoding="utf-8")
    reports = lists.read_list(folder / "meldingen.csv", lists.REPORTS)
    book = rulebook.load(lists={"zwarte_lijst": lists.read_list(folder / "lijst.csv"), "meldingen": reports})
    return rulebook_with(book, tuple(switched_on(rule) for rule in book.rules))


def rulebook_with(book: RuleBook, rules: tuple[Rule, ...]) -> RuleBook:
    return RuleBook(rules, book.norms, book.instruments, book.job_groups, book.gemeente, book.files)


@pytest.fixture(scope="module")
def rows() -> list[dict[str, str | None]]:
    """Made-up placements in which every column is sometimes filled and sometimes empty."""
    rng = Random(7)
    made = []
    for batch, placements in enumerate((made_up(11, 450), map(_years_ago, made_up(13, 80)), crowded(12, 70))):
        for p in placements:
            others = {name: rng.choice((None, *values)) for name, values in FILLED_IN.items()}
            made.append({**row_of(p), **others, "plaatsing_id": f"{p.plaatsing_id}/{batch}"})
    return made


def _years_ago(p: Placement) -> Placement:
    return replace(p, start=plus(p.start, "jaren", -8), einddatum=p.einddatum and plus(p.einddatum, "jaren", -8))


@pytest.fixture(scope="module")
def whole(every_rule: RuleBook, rows: list[Text]) -> Said:
    """What every rule says of all rows together."""
    return said(every_rule, placed(rows_of_text(rows)))


@pytest.fixture(scope="module")
def day_after_day(every_rule: RuleBook, rows: list[Text]) -> list[tuple[Said, Said]]:
    """What every rule says on one reference date and on the next."""
    return [*pairwise(said(every_rule, placed(rows_of_text(rows), day)) for day in DAYS)]


def said(book: RuleBook, placements: pl.DataFrame) -> Said:
    """Everything the rules say, by plaatsing_id instead of row number."""
    judgement = judge(placements, book.rules)
    names = dict(placements.select("nr", "plaatsing_id").rows())
    findings = {(regel, nr): tuple(rest) for regel, nr, *rest in judgement.findings.rows()}
    return {
        rule.name: {
            names[nr]: (VERDICTS[verdict], *findings.get((rule.name, nr), ()))
            for nr, verdict in judgement.verdicts.select("nr", rule.name).rows()
        }
        for rule in book.rules
    }


def same(one: Said, other: Said) -> None:
    """Both say the same of the placements that both speak of; otherwise show the first difference of every rule."""
    first_of: dict[str, str] = {}
    for rule, answers in one.items():
        for name in answers.keys() & other[rule].keys():
            if answers[name] != other[rule][name]:
                first_of.setdefault(rule, f"{rule}: {name}: {answers[name]} and {other[rule][name]}")
    assert not first_of, "\n".join(first_of.values())


def in_file(rows: Sequence[Text], name: str) -> pl.DataFrame:
    return rows_of_text(rows).with_columns(bestand=pl.lit(name))


def test_every_rule_has_something_to_say(whole: Said) -> None:
    """The tests below would prove little if a rule never gave a signal, or nothing else."""
    reached = {rule: {answer[0] for answer in answers.values()} for rule, answers in whole.items()}
    assert [rule for rule, verdicts in reached.items() if not verdicts >= {"signaal", "geen_signaal"}] == []


@pytest.mark.parametrize("seed", range(3))
def test_order_of_rows_does_not_matter(seed: int, every_rule: RuleBook, rows: list[Text], whole: Said) -> None:
    shuffled = Random(seed).sample(rows, len(rows))
    same(whole, said(every_rule, placed(rows_of_text(shuffled))))


def test_order_of_rows_with_equal_starts_does_not_matter(every_rule: RuleBook, rows: list[Text]) -> None:
    start = "2024-01-31"
    ends = [row["einddatum"] and max(row["einddatum"], start) for row in rows]
    together = [{**row, "startdatum": start, "einddatum": end} for row, end in zip(rows, ends, strict=True)]
    same(*(said(every_rule, placed(rows_of_text(order))) for order in (together, together[::-1])))


def test_files_and_their_order_do_not_matter(every_rule: RuleBook, rows: list[Text], whole: Said) -> None:
    parts = [in_file(rows[:211], "a.csv"), in_file(rows[211:300], "b.csv"), in_file(rows[300:], "c.csv")]
    for order in (parts, parts[::-1], [parts[1], parts[2], parts[0]]):
        same(whole, said(every_rule, placed(pl.concat(order, how="diagonal"))))


def test_gemeenten_do_not_touch_one_another(every_rule: RuleBook, rows: list[Text], whole: Said) -> None:
    for gemeente in {row["gemeente"] for row in rows}:
        own = [row for row in rows if row["gemeente"] == gemeente]
        same(said(every_rule, placed(rows_of_text(own))), whole)


@pytest.mark.parametrize("period", ["2024", "2025K1", "2024-02-29..2024-02-29", "1950K1"])
def test_period_only_chooses_what_is_counted(period: str, every_rule: RuleBook, rows: list[Text], whole: Said) -> None:
    placements = placed(rows_of_text(rows), period=parse_period(period))
    chosen = said(every_rule, placements)
    same(chosen, whole)
    assert {*chosen["duur_te_lang"]} == {*placements.filter("in_bereik")["plaatsing_id"]}


def test_a_later_reference_date_withdraws_no_signal(day_after_day: list[tuple[Said, Said]]) -> None:
    for before, after in day_after_day:
        for rule in before.keys() - ONLY_WHILE_RUNNING:
            signals = [name for name, answer in before[rule].items() if answer[0] == "signaal"]
            lost = {name: after[rule][name][0] for name in signals if after[rule][name][0] != "signaal"}
            assert not lost, (rule, lost)


def test_what_only_speaks_of_running_placements_falls_silent_after(day_after_day: list[tuple[Said, Said]]) -> None:
    """The documented exception: nvt once the placement has ended, and never geen_signaal."""
    for before, after in day_after_day:
        for rule in ONLY_WHILE_RUNNING:
            later = {after[rule][name][0] for name, answer in before[rule].items() if answer[0] == "signaal"}
            assert later <= {"signaal", "nvt"}


def test_later_placements_change_no_earlier_verdict(every_rule: RuleBook, rows: list[Text], whole: Said) -> None:
    for last in ("2023-11-30", "2024-01-31", "2024-09-01", "2025-06-30", "2026-09-30"):
        earlier = [row for row in rows if row["startdatum"] <= last]
        assert 0 < len(earlier) < len(rows)
        before = said(every_rule, placed(rows_of_text(earlier)))
        same(of_start(before), whole)
        no_signal_lost(before, whole)


def of_start(answers: Said) -> Said:
    """Answers of the rules that look at nothing that begins later."""
    return {rule: found for rule, found in answers.items() if rule not in BY_LAST_DAY}


def no_signal_lost(before: Said, after: Said) -> None:
    for rule, answers in before.items():
        lost = [n for n, answer in answers.items() if answer[0] == "signaal" and after[rule][n][0] != "signaal"]
        assert not lost, (rule, lost)


def test_one_placement_more_changes_no_earlier_verdict(every_rule: RuleBook, rows: list[Text]) -> None:
    """The last start of all, one at a time, at places where much has happened."""
    history = [row for row in rows if row["startdatum"] < "2026-01-01"]
    before = said(every_rule, placed(rows_of_text(history)))
    new = {"plaatsing_id": "P99999", "kandidaat_id": "K2", "startdatum": "2026-01-01", "einddatum": None}
    for number in range(0, len(history), len(history) // 5):
        after = said(every_rule, placed(rows_of_text([*history, {**history[number], **new}])))
        same(of_start(before), after)
        no_signal_lost(before, after)


@pytest.mark.parametrize("period", [None, "2024K2"])
def test_four_counts_add_up(period: str | None, every_rule: RuleBook, rows: list[Text]) -> None:
    placements = placed(rows_of_text(rows), period=parse_period(period) if period else None)
    judgement = judge(placements, every_rule.rules)
    assert judgement.verdicts["nr"].to_list() == placements.filter("in_bereik")["nr"].to_list()
    for rule in every_rule.rules:
        counts = Counter(VERDICTS[verdict] for verdict in judgement.verdicts[rule.name])
        assert counts.total() == placements["in_bereik"].sum()
        assert counts["signaal"] == judgement.findings.filter(regel=rule.name).height


@pytest.mark.parametrize("period", [None, "2024K2"])
def test_every_unknown_verdict_names_what_is_missing(
    period: str | None, every_rule: RuleBook, rows: list[Text]
) -> None:
    placements = placed(rows_of_text(rows), period=parse_period(period) if period else None)
    judgement = judge(placements, every_rule.rules)
    wrong = {}
    for rule in every_rule.rules:
        unknown = (judgement.verdicts[rule.name] == VERDICTS.index("niet_toetsbaar")).sum()
        missing = dict(judgement.missing.filter(regel=rule.name).select("ontbreekt", "aantal").rows())
        if sum(missing.values()) != unknown or "" in missing or None in missing:
            wrong[rule.name] = (unknown, missing)
    assert not wrong


def test_every_signal_has_a_first_day_and_a_sentence(every_rule: RuleBook, rows: list[Text]) -> None:
    placements = placed(rows_of_text(rows))
    findings = judge(placements, every_rule.rules).findings.join(placements, on="nr")
    assert findings.select("ontstaan_op", "waarde", "toelichting").null_count().sum_horizontal().item() == 0
    assert findings.filter(pl.col("toelichting").str.contains(r"[{}]|None|null|NaN")).is_empty()
    assert findings.filter(pl.col("ontstaan_op") < pl.col("startdatum")).is_empty()


@pytest.mark.parametrize("employer", ["werkgever", "kvk_nummer"])
def test_required_columns_are_enough(employer: str, every_rule: RuleBook, rows: list[Text]) -> None:
    needed = [column.name for column in COLUMNS if column.required and column.name != "plaatsing_id"]
    bare = rows_of_text(rows).with_columns(kvk_nummer=pl.lit("1234567")).select(*ORIGIN, *needed, employer)
    bare = bare.unique(subset=[*needed, employer], maintain_order=True)
    verdicts = judge(placed(bare), every_rule.rules).verdicts
    assert verdicts.columns == ["nr", *(rule.name for rule in every_rule.rules)]
    assert verdicts.height == bare.height
    assert verdicts.null_count().sum_horizontal().item() == 0


@pytest.mark.parametrize("seed", range(12))
def test_any_few_placements_can_be_judged(seed: int, every_rule: RuleBook, rows: list[Text]) -> None:
    """Small and odd files: what is a filter on many rows is often empty on a few."""
    rng = Random(seed)
    few = rng.sample(rows, rng.randrange(1, 12))
    spoken = said(every_rule, placed(rows_of_text(few)))
    assert {len(answers) for answers in spoken.values()} == {len(few)}


def test_no_placement_at_all(every_rule: RuleBook, rows: list[Text]) -> None:
    judgement = judge(placed(rows_of_text(rows).clear()), every_rule.rules)
    for frame in (judgement.verdicts, judgement.findings, judgement.missing, judgement.deadlines, judgement.links):
        assert frame.is_empty()


MESSY = {
    "date": ("2024-02-30", "31-04-2024", "12/31/2024", "01-01-1900", "31-12-9999", "20240229", "45321", "1-1-24", "nu"),
    "euro": ("12,30", "€ 12,30", "1.234", "1.234,56", "-5", "1e9", "twaalf", "12,3,4", "9" * 17, "NaN", "inf"),
    "decimal": ("variabel", "32", "32,5", "-1", "169", "1.000", "NaN", "inf", "1e400"),
    "percentage": ("50", "50 %", "150", "vijftig"),
    "whole": ("1985", "1985,5", "-3", "99999999999", "0x10", "²"),
    "yes_no": ("ja", "Nee", "J", "misschien", "0", "1", "onwaar"),
    "choice": ("tijdelijk", "Structureel", "nee", "volledig", "zelfde", "?"),
    "kvk": ("1234567", "012345678", "00000000", "12 34 56 78", "abc", "１２３４５６７８"),
    "vestiging": ("000012345678", "12345678", "1", "x"),
    "instrument": ("flextensie", "WEP", "LKS", "Proefplaats", "flextensi", "onbekend"),
    "text": ("K1", "007", "n.v.t.", "-", "B.V.", "…", "Bakkerij", "a\x00b", "\u200b", "İstanbul", "x" * 3000),
}
SPACES = ("", " ", "\t", "\n", "\u00a0")
GOOD = {
    "plaatsing_id": "1",
    "kandidaat_id": "K1",
    "werkgever": "Zon",
    "instrument": "flextensie",
    "startdatum": "2024-01-31",
    "einddatum": "2024-02-29",
}


@st.composite
def messy_rows(draw: st.DrawFn) -> list[dict[str, str | None]]:
    """Rows of which some cells are broken, some rows stand there twice, and some share their plaatsing_id."""
    names = draw(st.sets(st.sampled_from(sorted(BY_NAME)), max_size=12)) | GOOD.keys()
    names -= draw(st.sampled_from((set(), {"plaatsing_id"}, {"einddatum"})))
    cells = {
        name: st.one_of(
            st.just(GOOD.get(name)),
            st.just(GOOD.get(name)),
            st.sampled_from((*MESSY[BY_NAME[name].kind], *SPACES)),
            st.text(max_size=8) if name in ("werkgever", "startdatum", "plaatsing_id") else st.just(GOOD.get(name)),
        )
        for name in sorted(names)
    }
    rows = draw(st.lists(st.fixed_dictionaries(cells), min_size=1, max_size=30))
    again = draw(st.lists(st.sampled_from(rows), max_size=4))
    return draw(st.permutations([*rows, *again]))


def lines_of(frame: pl.DataFrame) -> set[tuple[str, str | None, int]]:
    return set(frame.select(*ORIGIN).rows())


def nothing_is_lost(rows: pl.DataFrame, intake: Normalised) -> None:
    """Every row is a placement or is rejected, never both; every reason names the row and a column of the record."""
    kept, rejected = lines_of(intake.placements), lines_of(intake.rejected)
    assert intake.read == rows.height
    assert kept | rejected == lines_of(rows)
    assert not kept & rejected
    assert intake.placements.height == len(kept)
    assert lines_of(intake.warnings) <= kept
    for problems in (intake.rejected, intake.warnings):
        assert problems["reden"].null_count() == 0
        assert set(problems["kolom"]) <= BY_NAME.keys()
    assert intake.placements["plaatsing_id"].is_unique().all()


def as_read(rows: Sequence[Text]) -> pl.DataFrame:
    """Rows of text as they are: unlike `rows_of_text` nothing is filled in."""
    frame = pl.DataFrame(rows, schema=dict.fromkeys(rows[0], pl.String))
    origin = (pl.lit("test.csv").alias("bestand"), pl.lit(None, pl.String).alias("blad"))
    return frame.with_columns(*origin, rij=pl.int_range(pl.len(), dtype=pl.UInt32) + 2)


@settings(max_examples=40, derandomize=True, database=None)
@given(messy_rows())
def test_nothing_is_lost_of_messy_text(rows: list[dict[str, str | None]]) -> None:
    text = as_read(rows)
    intake = normalise(text.clone(), shipped().instruments)
    nothing_is_lost(text, intake)
    again = normalise(text.reverse(), shipped().instruments)
    assert lines_of(again.placements) == lines_of(intake.placements)


@settings(max_examples=10, derandomize=True, database=None)
@given(messy_rows())
def test_messy_text_that_is_left_can_be_judged(rows: list[dict[str, str | None]]) -> None:
    intake = normalise(as_read(rows), shipped().instruments)
    text = as_read(rows).join(intake.placements.select(ORIGIN), on=ORIGIN, nulls_equal=True)
    judgement = judge(placed(text), shipped().rules)
    assert judgement.verdicts.height == intake.placements.height
    assert judgement.verdicts.null_count().sum_horizontal().item() == 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("messy")


@settings(max_examples=40, derandomize=True, database=None)
@given(rows=messy_rows(), separator=st.sampled_from(";,\t"), coding=st.sampled_from(("utf-8", "utf-8-sig", "utf-16")))
def test_reading_loses_no_line(folder: Path, rows: list[dict[str, str | None]], separator: str, coding: str) -> None:
    """Whatever stands in the cells, as long as a spreadsheet can write it: lines = rows + broken rows + empty lines."""
    written = [{name: value and value.translate(NOT_IN_A_SHEET) for name, value in row.items()} for row in rows]
    page = io.StringIO(newline="")
    writer = csv.DictWriter(page, list(written[0]), delimiter=separator, quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(written)
    path = folder / "messy.csv"
    path.write_bytes(page.getvalue().encode(coding))
    (source,) = read_files([path])
    assert source.rows.height + source.broken.height + source.empty_lines == len(written)


NOT_IN_A_SHEET = dict.fromkeys((*range(9), *range(11, 32)))
"""Control characters: a file that has them is refused as no text."""


def chain(count: int, first: date) -> Iterator[dict[str, str | None]]:
    """One job, one day each, two candidates in turn."""
    for number in range(count):
        day = (first + timedelta(days=number)).isoformat()
        yield {"plaatsing_id": f"P{number:05d}", "kandidaat_id": f"K{number % 2}", "startdatum": day, "einddatum": day}


def test_long_chain_is_judged_within_seconds(book: RuleBook) -> None:
    placements = placed(rows_of_text([*chain(3000, date(2017, 1, 1))]))
    history = ("opvolging", "bezetting", "terugkeer", "stapeling", "duur")
    begun = perf_counter()
    judgement = judge(placements, tuple(rule for rule in book.rules if rule.file.toets in history))
    assert perf_counter() - begun < 20
    links = judgement.links.filter(regel="opvolging_zelfde_functie")
    assert links.select("nr", "voorganger").rows() == [(nr, nr - 1) for nr in range(1, 3000)]
    places = judgement.findings.filter(regel="opvolging_zelfde_functie")
    assert places["waarde"].to_list() == [str(plaats) for plaats in range(3, 3001)]


def test_many_rounds_at_once_is_one_round(book: RuleBook) -> None:
    """Three thousand people in one harvest."""
    days = {"startdatum": "2025-07-01", "einddatum": "2025-09-30"}
    harvest = [{"plaatsing_id": f"P{number}", "kandidaat_id": f"K{number}", **days} for number in range(3000)]
    rule = next(rule for rule in book.rules if rule.name == "opvolging_zelfde_functie")
    verdicts = judge(placed(rows_of_text(harvest)), (rule,)).verdicts[rule.name]
    assert set(verdicts) == {VERDICTS.index("geen_signaal")}
