"""aliassen.yaml: names become one or stay apart, what is wrong is refused with its line, and the keys follow."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path

import polars as pl
import pytest
from conftest import rows_of_text, shipped

from verdringing import names
from verdringing.errors import UserError
from verdringing.naming.alias_file import Decision, read_aliases
from verdringing.naming.aliases import Aliases, Merged, add_touched
from verdringing.normalise import normalise

Read = Callable[[str], Aliases]
HEAD = "door: teamleider, op: 2026-10-01"
KVK, OTHER = "12345678", "87654321"


def same(*called: str) -> str:
    return f"  - {{namen: [{', '.join(called)}], besluit: zelfde, {HEAD}}}\n"


def apart(*called: str) -> str:
    return same(*called).replace("zelfde", "anders")


@pytest.fixture
def reads(tmp_path: Path) -> Read:
    def run(text: str) -> Aliases:
        path = tmp_path / "aliassen.yaml"
        path.write_text(text, encoding="utf-8")
        return read_aliases(path, shipped().job_groups)

    return run


def decisions(merged: Merged, name: str) -> Sequence[Decision]:
    """The decisions that made a name part of a group, in the order of the file."""
    return merged.decisions.get(merged.names.get(name, name), ())


def mistakes(reads: Read, text: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        reads(text)
    return [str(mistake).rpartition("aliassen.yaml:")[2] for mistake in caught.value.mistakes]


def test_the_example_of_the_manual(reads: Read) -> None:
    aliases = reads("""werkgevers:
  - namen: [Bakkerij De Korenaar, Korenaar Bakkers]
    besluit: zelfde            # zelfde | anders
    door: teamleider
    op: 2026-10-01
    reden: zelfde KvK-inschrijving, oude naam
functies:
  - namen: [inpakker, orderpakker]
    besluit: anders
    door: teamleider
    op: 2026-10-02
""")
    assert aliases.firms == {
        "bakkerij de korenaar": "bakkerij de korenaar",
        "korenaar bakkers": "bakkerij de korenaar",
    }
    assert aliases.rejected_jobs == {("inpakker", "orderpakker")}
    assert not aliases.jobs
    assert not aliases.rejected_firms
    (decision,) = decisions(aliases.werkgevers, "korenaar bakkers")
    assert (decision.door, decision.op, decision.reden) == (
        "teamleider",
        date(2026, 10, 1),
        "zelfde KvK-inschrijving, oude naam",
    )
    assert list(decisions(aliases.werkgevers, "bakkerij de korenaar")) == [decision]
    assert not decisions(aliases.functies, "inpakker")


@pytest.mark.parametrize("text", ["", "# nog niets\n", "werkgevers:\nfuncties: []\n"])
def test_a_file_without_decisions_changes_nothing(reads: Read, text: str) -> None:
    aliases = reads(text)
    assert (aliases.firms, aliases.jobs, aliases.rejected_firms) == ({}, {}, frozenset())
    assert aliases.job_groups(shipped().job_groups) == dict(shipped().job_groups)


def test_merging_is_transitive_and_the_first_name_in_the_file_is_the_key(reads: Read) -> None:
    aliases = reads("werkgevers:\n" + same("C", "D") + same("A", "B BV") + same("b", "c"))
    assert aliases.firms == dict.fromkeys("abcd", "c")
    assert [decision.namen for decision in decisions(aliases.werkgevers, "a")] == [
        ("C", "D"),
        ("A", "B BV"),
        ("b", "c"),
    ]


def test_a_rejected_pair_counts_for_the_whole_group(reads: Read) -> None:
    aliases = reads("werkgevers:\n" + same("Z", "B") + apart("B", "C", "D"))
    assert aliases.rejected_firms == {("c", "z"), ("d", "z"), ("c", "d")}
    assert "c" not in aliases.firms


def test_a_job_takes_its_synonym_group_along(reads: Read) -> None:
    aliases = reads("functies:\n" + same("orderpakker (m/v)", "verpakker"))
    groups = aliases.job_groups(shipped().job_groups)
    assert {groups[title] for title in ("verpakker", "inpakster", "inpakker", "orderpakker")} == {"orderpakker"}
    assert groups["order picker"] == "orderpicker"


WRONG = {
    "an entry without names, a decision that is none, a missing who": (
        "werkgevers:\n  - namen: []\n    besluit: zelde\n    op: 2026-10-01\n",
        [
            "2: door: ontbreekt.",
            "3: besluit: 'zelde' kan niet; kies uit: zelfde, anders.",
        ],
    ),
    "a misspelt key": (
        f"werkgevers:\n  - {{namen: [A, B], besluit: zelfde, {HEAD},\n     redn: x}}\n",
        ["3: onbekende sleutel 'redn'. Bedoelde u 'reden'?"],
    ),
    "a misspelt kind": (
        "werkgever:\n" + same("A", "B"),
        ["1: onbekende sleutel 'werkgever'. Bedoelde u 'werkgevers'?"],
    ),
    "no list": ("werkgevers: A = B\n", ["1: 'werkgevers' vraagt een lijst met besluiten."]),
    "no keys": ("- A\n- B\n", ["1: hier horen de sleutels 'werkgevers' en 'functies'."]),
    "an entry that is a word": ("werkgevers:\n  - A\n", ["2: 'A' is geen blok met sleutels."]),
    "one name": ("werkgevers:\n" + same("A"), ["2: een besluit gaat over minstens twee namen."]),
    "two spellings of one name": (
        "werkgevers:\n" + same("Bakker B.V.", "bakker"),
        ["2: deze namen zijn voor het programma al één naam: 'bakker'."],
    ),
    "two titles of one synonym group": (
        "functies:\n" + apart("inpakker", "verpakker"),
        ["2: deze namen zijn voor het programma al één naam: 'inpakker'."],
    ),
    "no name": (
        "werkgevers:\n" + same("'--'", "B", "C"),
        ["2: '--' is geen naam: er staat geen letter of cijfer in."],
    ),
    "day first": (
        "werkgevers:\n" + same("A", "B").replace("2026-10-01", "01-10-2026"),
        ["2: op: '01-10-2026' is geen datum (2026-01-01)."],
    ),
    "a number for a day": (
        "werkgevers:\n" + same("A", "B").replace("2026-10-01", "0"),
        ["2: op: '0' is geen datum (2026-01-01)."],
    ),
    "one pair, two decisions": (
        "werkgevers:\n" + same("A", "B") + apart("B BV", "a"),
        [
            "3: 'B BV' en 'a' zijn hier anders, maar volgens regel 2 dezelfde. Verwijder het besluit dat niet meer geldt."
        ],
    ),
    "apart, yet the same by way of another": (
        "werkgevers:\n" + apart("A", "C") + same("A", "B") + same("B", "C") + same("X", "Y"),
        [
            "2: 'A' en 'C' zijn hier anders, maar volgens regel 3, 4 dezelfde. Verwijder het besluit dat niet meer geldt."
        ],
    ),
    "all at once, in both kinds": (
        "werkgevers:\n" + same("A", "B") + apart("A", "B") + "functies:\n" + same("kok") + "  - besluit: anders\n",
        [
            "3: 'A' en 'B' zijn hier anders, maar volgens regel 2 dezelfde. Verwijder het besluit dat niet meer geldt.",
            "5: een besluit gaat over minstens twee namen.",
            "6: namen: ontbreekt.",
            "6: door: ontbreekt.",
            "6: op: ontbreekt.",
        ],
    ),
}


@pytest.mark.parametrize("text, expected", WRONG.values(), ids=WRONG)
def test_what_is_wrong_is_refused_with_its_line(reads: Read, text: str, expected: list[str]) -> None:
    assert mistakes(reads, text) == expected


def test_the_same_name_in_both_kinds_is_no_contradiction(reads: Read) -> None:
    aliases = reads("werkgevers:\n" + same("Kok", "Cook") + "functies:\n" + apart("kok", "cook"))
    assert aliases.firms
    assert aliases.rejected_jobs


Rows = Callable[..., pl.DataFrame]


@pytest.fixture
def keyed() -> Rows:
    """Placements with the keys that aliases give, in the order of the rows."""

    def run(aliases: Aliases, *rows: Mapping[str, str | None]) -> pl.DataFrame:
        given = rows_of_text([{"plaatsing_id": f"P{n}", "kandidaat_id": f"K{n}", **row} for n, row in enumerate(rows)])
        book = shipped()
        intake = normalise(given, book.instruments).placements.sort("plaatsing_id")
        keys = names.add_keys(intake.lazy(), aliases.job_groups(book.job_groups), aliases.firm)
        return add_touched(keys, aliases).collect()

    return run


def keys(frame: pl.DataFrame) -> list[str]:
    return frame["werkgever_sleutel"].to_list()


def test_a_merged_name_takes_the_one_number_that_it_has(reads: Read, keyed: Rows) -> None:
    aliases = reads("werkgevers:\n" + same("A", "B"))
    frame = keyed(aliases, {"werkgever": "A"}, {"werkgever": "B", "kvk_nummer": KVK}, {"werkgever": "C"})
    assert keys(frame) == [KVK, KVK, "c"]
    assert frame["werkplek_nr"].n_unique() == 2


def test_without_a_number_the_first_name_is_the_key(reads: Read, keyed: Rows) -> None:
    aliases = reads("werkgevers:\n" + same("A", "B"))
    assert keys(keyed(aliases, {"werkgever": "B bv"}, {"werkgever": "A"})) == ["a", "a"]


def test_with_two_numbers_only_rows_without_one_go_by_the_alias(reads: Read, keyed: Rows) -> None:
    aliases = reads("werkgevers:\n" + same("A", "B"))
    rows = ({"werkgever": "A", "kvk_nummer": KVK}, {"werkgever": "B", "kvk_nummer": OTHER})
    assert keys(keyed(aliases, *rows, {"werkgever": "A"}, {"werkgever": "B"})) == [KVK, OTHER, "a", "a"]


def test_kept_apart_means_what_it_was(reads: Read, keyed: Rows) -> None:
    rows = ({"werkgever": "A"}, {"werkgever": "B", "kvk_nummer": KVK})
    assert keys(keyed(reads("werkgevers:\n" + apart("A", "B")), *rows)) == keys(keyed(Aliases(), *rows)) == ["a", KVK]


def test_place_of_work_and_job_follow(reads: Read, keyed: Rows) -> None:
    aliases = reads("werkgevers:\n" + same("A", "B") + "functies:\n" + same("kok", "chef"))
    rows = ({"werkgever": "Bureau", "inlener": "B", "functie": "chef (m/v)"}, {"werkgever": "A", "functie": "kok"})
    frame = keyed(aliases, *rows)
    assert frame["werkplek_sleutel"].to_list() == ["a", "a"]
    assert frame["functie_sleutel"].to_list() == ["kok", "kok"]
    assert frame["plek_nr"].n_unique() == 1


def test_a_row_says_which_decisions_touch_it(reads: Read, keyed: Rows) -> None:
    aliases = reads("werkgevers:\n" + same("A", "B") + apart("A", "C") + "functies:\n" + same("kok", "chef"))
    rows = ({"werkgever": "B", "functie": "chef"}, {"werkgever": "C"}, {"werkgever": "C", "functie": "kok"})
    assert keyed(aliases, *rows)["aliassen"].to_list() == [
        "A = B (teamleider, 01-10-2026); kok = chef (teamleider, 01-10-2026)",
        None,
        "kok = chef (teamleider, 01-10-2026)",
    ]


def test_without_aliases_no_row_is_touched(keyed: Rows) -> None:
    assert keyed(Aliases(), {"werkgever": "A"})["aliassen"].to_list() == [None]
