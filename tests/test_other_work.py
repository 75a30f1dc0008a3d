"""A finding that counts work on other jobs shows those rows: what cannot be traced is worth nothing."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

from verdringing.cli import main

HEADER = "kandidaat_id;werkgever;functie;instrument;startdatum;einddatum;uren_per_week\n"
ROWS = {
    "first": "K1;Zon;hulp keuken;werkervaringsplaats;05-01-2026;30-04-2026;20",
    "second": "K1;ZON BV;tuinman;flextensie;04-05-2026;31-08-2026;20",
    "not counted": "K1;Zon;schilder;loonkostensubsidie;05-01-2026;31-08-2026;20",
    "elsewhere": "K1;Maan;hulp keuken;flextensie;05-01-2026;30-04-2026;20",
    "somebody else": "K2;Zon;hulp keuken;flextensie;05-01-2026;30-04-2026;20",
    "later": "K1;Zon;chauffeur;flextensie;01-09-2026;;20",
    "short ago": "K3;Ster;afwasser;flextensie;01-09-2025;31-10-2025;20",
    "no real break": "K3;Ster;portier;flextensie;02-12-2025;31-08-2026;20",
    "long ago": "K4;Ster;afwasser;flextensie;01-09-2025;31-10-2025;20",
    "a real break": "K4;Ster;bode;flextensie;03-12-2025;31-08-2026;20",
}
"""Rows 2 and 3 are one stay of eight months at one employer: past six months (4 July) on the second job.

Between rows 8 and 9 lie 31 days, 1 November up to and including 1 December, and between 10 and 11 there are 32: that is
a real break, after which the count starts again (rules.md, duur: samenvoegen_dagen 31).
"""


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.chdir(tmp_path)
    Path("a.csv").write_text(HEADER + "\n".join(ROWS.values()) + "\n", encoding="utf-8")
    words = ["audit", "a.csv", "--peildatum", "2026-09-30", "--uit", "r", "--stil", "--zonder-werklijst"]
    assert CliRunner().invoke(main, words, catch_exceptions=False).exit_code == 0
    return Path("r/index.html").read_text(encoding="utf-8")


def findings(page: str, job: str) -> list[str]:
    """The findings of the case of a job, as text on one line."""
    (case,) = [one for one in page.split('<details class="dossier"')[1:] if f'">{job} bij' in one]
    listed = re.findall(r"<li>\s*<p>(.*?)(?=<li>\s*<p>|</ul>)", case, re.DOTALL)
    return [" ".join(re.sub("<[^>]+>", " ", one).split()) for one in listed]


def test_the_rows_of_other_work_that_count_stand_at_the_finding(page: str) -> None:
    (told,) = [one for one in findings(page, "tuinman") if "werkt de kandidaat lang bij deze werkgever" in one]
    assert told.startswith("Gerekend van 5 januari 2026 tot en met 31 augustus 2026")
    # not the wage subsidy, not the other employer, not somebody else, and not what began after this placement
    beside = "hulp keuken, K1, werkervaringsplaats, 05-01-2026 tot en met 30-04-2026 (a.csv, rij 2)"
    assert told.endswith(f"Telt mee, ander werk van deze kandidaat bij deze werkgever: {beside}")


def test_only_findings_of_rules_that_count_per_employer_name_other_work(page: str) -> None:
    # the second job, and the third that goes on with it; neither is long enough for a rule that counts per job
    assert [len(findings(page, job)) for job in ("tuinman", "chauffeur")] == [1, 1]
    assert all("Telt mee, ander werk" in findings(page, job)[0] for job in ("tuinman", "chauffeur"))


def test_what_came_before_a_real_break_does_not_count(page: str) -> None:
    after = {
        job: [one for one in findings(page, job) if "werkgever; na 6 maanden" in one] for job in ("portier", "bode")
    }
    assert [len(told) for told in after.values()] == [1, 1]
    assert "afwasser, K3, flextensie, 01-09-2025 tot en met 31-10-2025 (a.csv, rij 8)" in after["portier"][0]
    assert after["bode"][0].startswith("Gerekend van 3 december 2025")
    assert "Telt mee" not in after["bode"][0]
