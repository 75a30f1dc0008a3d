"""docs/conditions.md: what may stand in a condition, made from the record and the words that are allowed.

Every example has its answer for one placement, which a test proves.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from verdringing.conditions.condition import DERIVED
from verdringing.conditions.condition_words import FUNCTIONS
from verdringing.figures import day
from verdringing.record import COLUMNS, INSTRUMENTS, KIND_NAMES, Column

PEILDATUM = "2026-09-30"
PLACEMENT = {
    "kandidaat_id": "K1",
    "werkgever": "Bakkerij De Korenaar",
    "instrument": "flextensie",
    "startdatum": "01-08-2026",
    "functie": "Inpakker",
    "uren_per_week": "28,5",
    "uurtarief": "12,30",
    "inleentarief": "14,76",
    "gewerkte_uren": "250",
    "werkaard": "structureel",
    "reden": "ziek",
    "vrijwillig": "nee",
    "laatste_contact": "19-08-2026",
    "geboortejaar": "2000",
}
"""The placement of the examples, as it stands in a file; what is not here is empty."""

HABITS = {
    "vrijwillig = nee": ("een ja/nee-kolom", "ja"),
    "NOT vrijwillig": ("hetzelfde", "ja"),
    "begeleiding = nee": ("een lege waarde geeft nooit ja of nee", "leeg"),
    "begeleiding IS NULL": ("leeg", "ja"),
    "premie IS NOT NULL": ("niet leeg", "nee"),
    "uren_per_week > 28 AND vrijwillig": ("en", "nee"),
    "uren_per_week > 30 OR werkaard = 'structureel'": ("of", "ja"),
    "werkaard IN ('tijdelijk', 'additioneel')": ("een van deze woorden", "nee"),
    "reden LIKE 'zie%'": ("begint met; % is een willekeurig stuk tekst, _ één teken", "ja"),
    "reden ILIKE '%ZIEK%'": ("bevat, zonder op hoofdletters te letten", "ja"),
    "uren_per_week BETWEEN 24 AND 28.5": ("van en tot en met", "ja"),
    "uurtarief < 12.30": ("een bedrag, met een punt", "nee"),
    "uurtarief = 12.30": ("bedragen en uren zijn op de cent precies", "ja"),
    "inleentarief > uurtarief * 1.2": ("meer dan 20 procent erboven; 14,76 is precies 20 procent", "nee"),
    "startdatum >= 2026-01-01": ("een datum: jaar, maand, dag; met of zonder aanhalingstekens", "ja"),
    "startdatum + 3 maanden <= peildatum": ("dag, dagen, week, weken, maand, maanden, jaar of jaren", "nee"),
    "peildatum - laatste_contact > 42 dagen": ("precies 42 dagen later is niet meer dan 42", "nee"),
    "CASE WHEN uren_per_week > 28 THEN leeftijd < 27 ELSE leeftijd < 23 END": (
        "kiezen; is de voorwaarde leeg, dan geldt ELSE",
        "ja",
    ),
    "startdatum + INTERVAL '42 days' < DATE '2026-09-30'": ("de spelling van SQL mag ook", "ja"),
}
"""Ways of writing, as examples: what they mean, and the answer."""

_MORE = """Een voorwaarde is één uitdrukking over één plaatsing: in de parameters `geldt_voor`, `signaal_als` en
`ontstaan_op` van een regel met `toets: voorwaarde`. De schrijfwijze is die van Polars SQL; alleen de kolommen, functies
en tekens van deze bladzijde mogen erin. Al het andere wordt geweigerd voordat er gegevens zijn gelezen, met de plaats
van het woord en de naam die er het meest op lijkt:

```
beleid.yaml:12: signaal_als: onbekende kolom 'uren_per_wek' (teken 1). Bedoelde u 'uren_per_week'?
```

Het antwoord is ja, nee of leeg; van `ontstaan_op` is het een datum. Leeg betekent dat de plaatsing niet te toetsen is:
de kolommen die leeg zijn staan dan in het rapport. Een getal heeft een punt en hoogstens vier cijfers erachter; waarden
vanaf 100 miljoen tellen als leeg.

Geeft een beleid een meegeleverde regel een andere voorwaarde, dan hoort daar een eigen `bevinding` bij: de zin van de
regel is anders niet waar. Heeft de regel een `ontstaan_op`, geef dan ook die; `ontstaan_op:` met niets erachter is de
startdatum.

De voorbeelden gaan over deze plaatsing, op peildatum {peildatum}:
"""


def page() -> str:
    """The page as Markdown, without its heading."""
    return "\n".join(
        [
            _MORE.format(peildatum=day(date.fromisoformat(PEILDATUM))),
            *_table(("kolom", "waarde"), PLACEMENT.items()),
            "\n## Schrijfwijze\n",
            *_table(
                ("voorbeeld", "antwoord", "betekenis"), ((f"`{t}`", answer, m) for t, (m, answer) in HABITS.items())
            ),
            "\n## Functies\n",
            *_table(
                ("functie", "geeft", "voorbeeld", "antwoord"),
                ((n, f.meaning, f"`{f.example}`", f.answer) for n, f in FUNCTIONS.items()),
            ),
            "\n## Kolommen\n",
            "Daarnaast mogen de eigen kolommen van het beleid (`eigen_kolommen`).\n",
            *_table(("kolom", "soort", "betekenis"), ((c.name, _kind(c), c.meaning) for c in (*COLUMNS, *DERIVED))),
        ]
    )


def _kind(column: Column) -> str:
    words = INSTRUMENTS if column.kind == "instrument" else column.choices
    return ", ".join(words) or KIND_NAMES[column.kind]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(head)} |"
    yield "|" + "---|" * len(head)
    yield from (f"| {' | '.join(row)} |" for row in rows)
