"""The Dutch texts are easy to read: Flesch-Douma (1960) over every sentence of the page and of the rules.

206.84 minus 0.93 times the words in a sentence minus 77 times the syllables in a word; 60 to 70 is plain language, more is
easier. Syllables are the places where pyphen would break a word, which counts some words one too short.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pyphen
import pytest
from test_words import DUTCH

from verdringing import rulebook

PAGE = {"finder.py", "opening.py", "pictures.py", "report.py", "timeline.py"}
RULE_TEXTS = ("bevinding", "vraag", "opheffen", "waarom", "uitzonderingen", "aannames")
MOST_WORDS = 30
_BREAKS = pyphen.Pyphen(lang="nl_NL", left=1, right=1)


def on_page() -> Iterator[str]:
    for text, places in DUTCH.items():
        if any(Path(place).suffix == ".j2" or Path(place).name in PAGE for place, _line in places):
            yield text


def in_rules(part: str) -> Iterator[str]:
    yield from (rule.file.model_dump()[part]["nl"] for rule in rulebook.load().rules)


def sentences(texts: Iterator[str]) -> list[list[str]]:
    """Whole sentences of four words or more, as words; a hole is one word."""
    plain = (re.sub(r"\{[^}]*\}", "tien", text) for text in texts)
    found = (sentence for text in plain for sentence in re.split(r"(?<=[.?!])\s+", text) if sentence[-1:] in ".?!")
    return [words for sentence in found if len(words := re.findall(r"[^\W_]+", sentence)) >= 4]


def ease(spoken: list[list[str]]) -> float:
    words = [word for sentence in spoken for word in sentence]
    syllables = sum(len(_BREAKS.positions(word)) + 1 for word in words)
    return 206.84 - 0.93 * len(words) / len(spoken) - 77 * syllables / len(words)


def test_the_measure_is_that_of_douma() -> None:
    """Two sentences of five words of one syllable: 206.84 - 0.93 * 5 - 77 = 125.19."""
    assert ease(sentences(iter(["De kat zat op schoot. Hij keek naar de deur."]))) == pytest.approx(125.19)


def test_the_page_is_easy_to_read() -> None:
    spoken = sentences(on_page())
    assert len(spoken) > 100
    assert ease(spoken) >= 70
    assert not [" ".join(words) for words in spoken if len(words) > MOST_WORDS]


@pytest.mark.parametrize("part", RULE_TEXTS)
def test_the_rules_are_easy_to_read(part: str) -> None:
    spoken = sentences(in_rules(part))
    assert ease(spoken) >= 60
    assert not [" ".join(words) for words in spoken if len(words) > MOST_WORDS]
