"""The first screen: five sentences that say what is the matter, and what can still be prevented or stopped."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

import polars as pl

from verdringing.audited import Audited
from verdringing.figures import count
from verdringing.page.ahead import Ahead
from verdringing.page.dossier import Dossier
from verdringing.privacy.shield import shielded
from verdringing.record import COLUMNS
from verdringing.words import _, plural

if TYPE_CHECKING:
    from verdringing.report import RuleLine

MOST_TODO = 6
MOST_SENTENCES = 5


def summary(
    sums: Mapping[str, int], lines: Sequence[RuleLine], shown: Sequence[Dossier], early: str | None, settled: int
) -> list[str]:
    """Five sentences at most: how much there is, what stands out, and what could not be judged.

    `sums` are the totals of the report; `early` says that the files seem to end too early (see reaching), `settled` are
    cases of which a decision stands on every signal.
    """
    caution = [early] if early else []
    if not sums["in_scope"]:
        return [nothing_judged(sums["placements"], sums["rejected"]), *caution]
    if not sums["cases"]:
        said = [
            plural(
                sums["in_scope"], "Er is geen signaal in {n} plaatsing.", "Er zijn geen signalen in {n} plaatsingen."
            )
        ]
    else:
        said = [
            plural(
                sums["cases"],
                "{n} zaak bij {werkgevers} vraagt om een blik; {lopend}.",
                "{n} zaken bij {werkgevers} vragen om een blik; {lopend}.",
                werkgevers=plural(sums["employers"], "{n} werkgever", "{n} werkgevers"),
                lopend=plural(sums["running"], "{n} daarvan loopt of begint nog", "{n} daarvan lopen of beginnen nog"),
            ),
            *([is_decided(settled)] if settled else []),
            *_standing_out(lines, shown),
        ]
    listless = without_list(lines)
    most = MOST_SENTENCES - len(listless)
    return (said[:1] + caution + said[1:] + _not_judged(lines))[:most] + listless


def is_decided(settled: int) -> str:
    """Of how many of the cases a decision stands on every signal."""
    return _("Bij {n} van deze zaken staat op elk signaal al een besluit.", n=count(settled))


def nothing_judged(placements: int, rejected: int) -> str:
    """That no signals means nothing here: no placement was looked at, and why; `rejected` counts the rejected rows."""
    if not placements:
        return plural(
            rejected,
            "Er is niets getoetst: de enige rij is afgekeurd.",
            "Er is niets getoetst: alle {n} rijen zijn afgekeurd.",
        )
    return _("Er is niets getoetst: geen enkele plaatsing valt binnen wat u vroeg. Kijk de periode en de gemeente na.")


def _standing_out(lines: Sequence[RuleLine], shown: Sequence[Dossier]) -> list[str]:
    law = sum(line.counts["signaal"] for line in lines if line.rule.file.norm == "wet")
    said = []
    if law:
        said.append(plural(law, "{n} signaal rust op de wet.", "{n} signalen rusten op de wet."))
    first = shown[0]
    said.append(
        _(
            "De eerste zaak is {werk} bij {werkgever}: {signalen} van {regels}.",
            werk=first.jobs[0] if first.jobs else _("werk zonder functienaam"),
            werkgever=first.employers[0],
            signalen=plural(first.case["bevindingen"], "{n} signaal", "{n} signalen"),
            regels=plural(first.case["regels"], "{n} regel", "{n} regels"),
        )
    )
    return said


def _not_judged(lines: Sequence[RuleLine]) -> list[str]:
    """The rules that could judge least, each with the main thing that was missing."""
    least = sorted(
        (line for line in lines if line.counts["niet_toetsbaar"]), key=lambda line: -line.counts["niet_toetsbaar"]
    )
    return [_lacks(line) for line in least[:2]]


def without_list(lines: Sequence[RuleLine]) -> list[str]:
    """Which rules held nothing against a list, because none was given."""
    names = [line.rule.say("titel") for line in lines if line.listless]
    if not names:
        return []
    return [_("Niet getoetst, want er is geen lijst gegeven: {regels}.", regels=", ".join(names))]


def _lacks(line: RuleLine) -> str:
    holes = {"regel": line.rule.say("titel"), "wat": lacking(line.missing[0][0])}
    if len(line.missing) > 1:
        return plural(
            line.counts["niet_toetsbaar"],
            "{regel}: {n} plaatsing is niet te toetsen. Wat het vaakst ontbreekt: {wat}.",
            "{regel}: {n} plaatsingen zijn niet te toetsen. Wat het vaakst ontbreekt: {wat}.",
            **holes,
        )
    return plural(
        line.counts["niet_toetsbaar"],
        "{regel}: {n} plaatsing is niet te toetsen. Wat ontbreekt: {wat}.",
        "{regel}: {n} plaatsingen zijn niet te toetsen. Wat ontbreekt: {wat}.",
        **holes,
    )


def lacking(names: str) -> str:
    """What was missing, in words: columns by what they mean, a norm or a decision as such."""
    known = {column.name: _(column.meaning) for column in COLUMNS} | _no_columns() | _asked()
    return _(" en ").join(known.get(name, name) for name in names.split(", "))


def lacking_in_short(names: str) -> str:
    """The same with columns by their name, for a narrow table: who mends the file looks for the column."""
    known = _no_columns()
    return ", ".join(known.get(name, name.replace("_", " ")) for name in names.split(", "))


def _no_columns() -> dict[str, str]:
    """What can be missing that is no column."""
    return {
        "norm": _("een bedrag voor die datum in de norm"),
        "verlengingsbesluit": _("een besluit tot verlenging"),
        "beleid": _("een beleid dat voor deze gemeente geldt op de startdatum"),
        "historie": _("genoeg plaatsingen van eerder"),
        "uitstroom van eerdere plaatsingen": _("de uitstroom van eerdere plaatsingen"),
    }


def _asked() -> dict[str, str]:
    """Columns with yes or no as a question: what they mean would read as if it were so."""
    return {
        "uitzendbureau": _("of de werkgever een uitzendbureau is"),
        "vrijwillig": _("of de kandidaat vrijwillig meedoet"),
        "intentie_dienstverband": _("of de werkgever de kandidaat daarna in dienst wil nemen"),
        "begeleiding": _("of er begeleiding is"),
    }


def to_do(audited: Audited, shown: Sequence[Dossier]) -> list[dict[str, Any]]:
    """What can still be prevented and then what runs already, each by the day that is named; without one it comes last.

    That day is when the signal or the placement begins, and of what runs the last one.
    """
    return sorted((_entry(one, one.ahead, audited.order.day) for one in shown if one.ahead is not None), key=_soonest)


def _entry(dossier: Dossier, first: Ahead, day: date) -> dict[str, Any]:
    ahead, planned = bool(first.arose and first.arose > day), first.row["fase"] == "voorgenomen"
    when = first.arose if ahead else first.row["startdatum" if planned else "einddatum"]
    return {"dossier": dossier, "first": first, "ahead": ahead, "planned": planned, "when": when}


def _soonest(entry: Mapping[str, Any]) -> tuple[bool, date]:
    return not (entry["ahead"] or entry["planned"]), entry["when"] or date.max


def nothing_to_do(audited: Audited, shown: Sequence[Dossier]) -> str:
    """Why nothing of the cases that are shown can be prevented or stopped now."""
    if not audited.sums.running:
        return _(
            "Er is geen plaatsing met een signaal die nog loopt of nog begint. "
            "U hoeft nu niets te stoppen of te voorkomen."
        )
    if audited.sums.cases > len(shown):
        return _(
            "In de eerste {n} zaken is nu niets te stoppen of te voorkomen. "
            "Bij de zaken ziet u aan de fase wat nog loopt.",
            n=count(len(shown)),
        )
    return _(
        "Op elk signaal dat nog loopt of nog begint staat een besluit waarmee het is afgedaan: "
        "verklaard of niet terecht. U hoeft nu niets te stoppen of te voorkomen."
    )


def deadlines(audited: Audited) -> list[dict[str, Any]]:
    """Running placements that reach a limit within NEAR_DAYS after the reference date, soonest first."""
    return audited.sums.deadlines.with_columns(shielded(pl.col("werkgever", "functie"))).to_dicts()
