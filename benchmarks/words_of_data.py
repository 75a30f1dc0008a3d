"""The words of the made-up placements: firms, jobs, instruments as people spell them, and values nobody can read."""

from __future__ import annotations

SYLLABLES = (
    "ba", "be", "bo", "dra", "de", "do", "fa", "fle", "ga", "gro", "ha", "hel", "ka", "ke", "ko", "kri", "la", "le",
    "lo", "ma", "me", "mo", "na", "ne", "no", "pa", "pel", "po", "ra", "re", "ro", "sa", "se", "so", "sta", "ta", "te",
    "to", "va", "ve", "vo", "wa", "we", "wil", "za", "ze", "zo", "zwa",
)  # fmt: skip

KINDS = (
    "Bakkerij", "Kwekerij", "Schoonmaakbedrijf", "Transport", "Supermarkt", "Café", "Hoveniersbedrijf", "Drukkerij",
    "Kringloop", "Zorgcentrum", "Metaalwerken", "Wasserij", "Groothandel", "Logistiek", "Meubelmakerij", "Fietsenmaker",
    "Zuivel & Zo", "Tuincentrum", "Boerderij", "Magazijn", "Cateraar", "Crèche", "Textiel", "Montage", "Verpakkingen",
)  # fmt: skip

FORMS = (" B.V.", " B.V.", " B.V.", " V.O.F.", "", "")

_TITLES = {
    "inpakker": "medewerker inpak", "schoonmaker": "schoonmaakster", "orderpicker": "order picker",
    "magazijnmedewerker": "medewerker magazijn", "productiemedewerker": "productie medewerker",
    "vakkenvuller": "vulploegmedewerker", "kassamedewerker": "medewerker kassa", "afwasser": "afwashulp",
    "keukenhulp": "keukenassistent", "winkelmedewerker": "medewerker winkel", "montagemedewerker": "medewerker montage",
    "assemblagemedewerker": "medewerker assemblage", "heftruckchauffeur": "heftruckrijder",
    "glazenwasser": "ramenwasser", "hulp hovenier": "hovenier hulp", "tuinbouwmedewerker": "medewerker tuinbouw",
    "fruitplukker": "plukker fruit", "pakketbezorger": "bezorger pakketten", "folderbezorger": "folderverspreider",
    "taxichauffeur": "chauffeur taxi", "zorgassistent": "assistent zorg", "gastvrouw": "gastheer",
    "cateringmedewerker": "medewerker catering", "kantinemedewerker": "medewerker kantine",
    "wasserijmedewerker": "medewerker wasserij", "sorteermedewerker": "sorteerder", "bollenpeller": "bollenpelster",
}  # fmt: skip
_OTHER_TITLES = (
    "receptionist", "conciërge", "toezichthouder", "stalhulp", "naaister", "boekbinder", "schilder", "stukadoor",
    "lasser", "monteur", "telefonist", "archiefmedewerker", "dierenverzorger", "visverwerker", "bakker",
)  # fmt: skip
JOBS = tuple(
    (title, other, f"{title.capitalize()} (m/v)", f"{title.upper()} 32 uur")
    for title, other in {**_TITLES, **dict(zip(_OTHER_TITLES, _OTHER_TITLES, strict=True))}.items()
)
"""Four spellings of each job; all four are one job for the rules."""

SECTORS = ("schoonmaak", "horeca", "logistiek", "zorg", "detailhandel", "groen", "industrie", "bouw", "overig")

SPELLED: dict[str | None, int] = {
    "flextensie": 26, "Flextensie": 14, "werkervaringsplaats": 10, "WEP": 8, "werkervaringsplek": 4,
    "proefplaatsing": 12, "Proefplek": 3, "participatieplaats": 6, "loonkostensubsidie": 4, "LKS": 2, "stage": 4,
    "detachering": 4, "beschut werk": 2, "tegenprestatie": 1,
}  # fmt: skip
"""Instruments as they are written, and how often of a hundred."""

BAD = {
    "startdatum": ("31-02-2020", "week 12"),
    "einddatum": ("31-04-2021", "01-01-2015", "onbekend"),
    "instrument": ("overig", "n.v.t."),
    "functie": ("onbekend", "-"),
    "uurtarief": ("1.234", "op aanvraag"),
    "uren_per_week": ("veel", "400"),
    "kvk_nummer": ("123", "volgt"),
    "geboortejaar": ("76", "onbekend"),
    "vrijwillig": ("misschien",),
    "laatste_contact": ("vorige week", "01-01-1900"),
    "premie": ("honderd", "2.000"),
    "gewerkte_uren": ("circa 200", "1.040"),
}
"""What cannot be read, per column: of the first three kinds the row is rejected, of the others the value is emptied."""
