"""Texts of shipped rules under any policy: a number in them is that of the standard, or of the law or the study.

What a finding says has holes for the values in force; a condition in a policy needs a sentence of its own.
"""

from __future__ import annotations

import re

import pytest
from conftest import shipped

from verdringing.rule import Rule

RULES = shipped().rules
NUMBER = {
    "nl": r"\d|\b(halve?|twee|drie|derde|vier|vijf|zesd?e?s?|negen|tien|twaalf|twintig|eerste dag)\b",
    "en": r"\d|\b(half|two|three|third|four|five|six|sixth|nine|ten|twelve|twenty|first day)\b",
}
SAFE = {
    "nl": r"standaard|hetzelfde instrument|gemeenten|\bwet|Participatiewet|onderzoek|rechter|rechtspraak|Flextensie zelf|beoordeling"
    r"|minimumloon stijgt|advies|verhoogd|van voor 2023|na 2021|niet met een besluit|derde jaar mag",
    "en": r"default|municipalities|\blaw\b|Act\b|study|[Cc]ourt|case law|Flextensie itself|assessment"
    r"|minimum wage mostly|advice|raised|before 2023|after 2021|not even with a decision|third year is only",
}
"""What makes a number true whatever a policy says: it is that of the standard, or a fact about the law or others."""


@pytest.mark.parametrize("part", ["titel", "vraag", "opheffen", "waarom", "uitzonderingen", "aannames"])
@pytest.mark.parametrize("rule", RULES, ids=[rule.name for rule in RULES])
def test_a_number_in_a_text_is_not_one_that_a_policy_changes(rule: Rule, part: str) -> None:
    for code, text in getattr(rule.file, part).items():
        for said in re.split(r"(?<=[.?]) ", text):
            assert not re.search(NUMBER[code], said, re.IGNORECASE) or re.search(SAFE[code], said), said
