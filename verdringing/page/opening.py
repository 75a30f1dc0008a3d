"""The first screen: five sentences that say what is the matter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from verdringing.figures import count
from verdringing.page.dossier import Dossier
from verdringing.page.missing import lacking
from verdringing.page.rule_line import RuleLine
from verdringing.words import _, plural

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
                "{n} zaak met signalen over {werkgevers} vraagt om een blik; {lopend}.",
                "{n} zaken met signalen over {werkgevers} vragen om een blik; {lopend}.",
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
