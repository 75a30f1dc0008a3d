"""The columns of a placement as people type them: names, dates and amounts in several forms, and now and then wrong."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl

from benchmarks.dice import Dice, of
from benchmarks.who_and_where import DAY, DAY_ONE, DAYS
from benchmarks.words_of_data import BAD, FORMS, JOBS, KINDS, SECTORS, SPELLED, SYLLABLES

_LONG = 600  # no placement and no date around it lies further from its start


_FROM = DAY_ONE - timedelta(days=5_000)
_WRITTEN_DAYS = [_FROM + timedelta(days=place) for place in range(5_000 + DAYS + _LONG)]
_DASHED = [f"{day:%d-%m-%Y}" for day in _WRITTEN_DAYS]
_OTHERWISE = {
    _form: pl.Series([form(day) for day in _WRITTEN_DAYS])
    for _form, form in {"kort": lambda day: f"{day.day}-{day.month}-{day.year}", "iso": date.isoformat}.items()
}


def _day(days: pl.Expr, dice: Dice, what: str) -> pl.Expr:
    """Days since DAY_ONE in writing: dd-mm-jjjj, sometimes d-m-jjjj or jjjj-mm-dd."""
    place, form = days.cast(pl.Int64) + 5_000, dice.below(pl.col("row"), f"vorm {what}", 100)
    usual = of(_DASHED, place)
    short, iso = (pl.lit(series).gather(place) for series in _OTHERWISE.values())
    return pl.when(form < 3).then(short).when(form < 5).then(iso).otherwise(usual)


def _maybe(dice: Dice, what: str, permille: int, value: pl.Expr) -> pl.Expr:
    """The value in so many of a thousand rows, otherwise nothing."""
    return pl.when(dice.chance(pl.col("row"), what, permille)).then(value)


def _name(number: pl.Expr) -> pl.Expr:
    """A word of three syllables for a number below a hundred thousand or so; equal words, equal numbers."""
    mixed = (number * 7_919 + 41_234) % len(SYLLABLES) ** 3
    parts = [of(SYLLABLES, mixed // len(SYLLABLES) ** power % len(SYLLABLES)) for power in range(3)]
    first = of([word.capitalize() for word in SYLLABLES], mixed % len(SYLLABLES))
    return pl.concat_str(first, *parts[1:])


def firm_name(dice: Dice) -> pl.Expr:
    firm, own = pl.col("firm"), pl.col("nth_firm") + pl.col("gem") * 13
    return pl.concat_str(dice.pick(firm, "soort", KINDS), pl.lit(" "), _name(own), dice.pick(firm, "vorm", FORMS))


def _respelled(name: pl.Expr, dice: Dice, what: str) -> pl.Expr:
    """As somebody typed it: capitals, no dots, two spaces, no legal form; never another name."""
    way = dice.below(pl.col("row"), f"spelling {what}", 100)
    typed = name.str.replace_all(".", "", literal=True)
    return (
        pl.when(way < 70).then(name)
        .when(way < 80).then(name.str.to_uppercase())
        .when(way < 92).then(typed)
        .when(way < 96).then(name.str.replace(" ", "  ", literal=True))
        .otherwise(name.str.strip_suffix(" B.V.").str.strip_suffix(" V.O.F."))
    )  # fmt: skip


def digits(number: pl.Expr, width: int) -> pl.Expr:
    return number.cast(pl.String).str.zfill(width)


def _kvk(dice: Dice) -> tuple[pl.Expr, pl.Expr]:
    """KvK number of the firm where it is known and filled in, and of the agency; zeros in front sometimes dropped."""
    number = digits(pl.col("firm") + 1_000_000, 8)
    short = pl.when(dice.chance(pl.col("row"), "nul", 100)).then(number.str.strip_prefix("0")).otherwise(number)
    shown = dice.chance(pl.col("firm"), "kvk bekend", 750) & dice.chance(pl.col("row"), "kvk ingevuld", 800)
    return pl.when(shown).then(short), digits(pl.col("bureau") + 90_000_000, 8)


def identity(dice: Dice) -> dict[str, pl.Expr]:
    """Who, where, under which instrument."""
    firm, agency = _respelled(firm_name(dice), dice, "werkplek"), pl.col("agency")
    bureau = pl.concat_str(pl.lit("Uitzendbureau "), _name(pl.col("bureau") + 70_000), pl.lit(" B.V."))
    own_kvk, bureau_kvk = _kvk(dice)
    known = agency & ~dice.chance(pl.col("row"), "inlener vergeten", 20)
    site = digits(pl.col("job") + 20_000_000, 12)
    town = pl.concat_str(_name(pl.col("gem") + 91_000), pl.lit("dam"))
    return {
        "plaatsing_id": pl.concat_str(pl.lit("P"), digits(pl.col("row"), 8)),
        "kandidaat_id": digits(pl.col("candidate"), 8),
        "werkgever": pl.when(agency).then(bureau).otherwise(firm),
        "instrument": dice.pick(pl.col("each"), "instrument", SPELLED),
        "startdatum": _day(pl.col("start"), dice, "start"),
        "einddatum": pl.when(~pl.col("open"))
        .then(_day(pl.col("end"), dice, "eind"))
        .when(dice.chance(pl.col("row"), "open in cijfers", 100))
        .then(pl.lit("31-12-9999")),
        "gemeente": pl.when(dice.chance(pl.col("row"), "gemeente", 30)).then(town.str.to_uppercase()).otherwise(town),
        "kvk_nummer": pl.when(agency).then(bureau_kvk).otherwise(own_kvk),
        "vestigingsnummer": pl.when(dice.chance(pl.col("firm"), "vestigingen", 200)).then(site),
        "inlener": pl.when(known).then(firm),
        "inlener_kvk": pl.when(known).then(own_kvk),
        "uitzendbureau": pl.when(agency).then(pl.lit("ja")).otherwise(pl.lit("nee")),
    }


def work(dice: Dice) -> dict[str, pl.Expr]:
    """What work, for how long, and how it was recorded."""
    row, job = pl.col("row"), pl.col("job")
    spelling = dice.below(job, "welk werk", len(JOBS)) * 4 + dice.below(row, "functienaam", 4)
    hours = ["16", "20", "24", "28", "28", "32", "36", "38", "40", "27,5"]
    worked = pl.col("length") * (dice.below(row, "uren gewerkt", 24) + 14) // 7
    kinds = {"tijdelijk": 55, "structureel": 10, "additioneel": 20, None: 15}
    return {
        "functie": _maybe(dice, "functie ingevuld", 970, of([name for job in JOBS for name in job], spelling)),
        "uren_per_week": pl.when(dice.chance(row, "uren bekend", 870))
        .then(dice.pick(pl.col("turn"), "uren", hours))
        .when(dice.chance(row, "variabel", 200))
        .then(pl.lit("variabel")),
        "beroepscode": digits(dice.below(job, "welk werk", len(JOBS)) + 7_000, 4),
        "cao": _maybe(dice, "cao", 300, dice.pick(pl.col("firm"), "sector", [f"cao {name}" for name in SECTORS])),
        "sector": dice.pick(pl.col("firm"), "sector", SECTORS),
        "gewerkte_uren": _maybe(dice, "gewerkte uren", 600, worked.cast(pl.String)),
        "werkaard": dice.pick(row, "werkaard", kinds),
        "reden": dice.pick(row, "reden", {"piek": 3, "ziek": 1, "klus": 2, "vacature": 2, None: 4}),
        "vrijwillig": dice.pick(row, "vrijwillig", {"ja": 44, "J": 2, "nee": 1, None: 3}),
        "intentie_dienstverband": dice.pick(row, "intentie", {"ja": 60, "nee": 10, None: 30}),
        "begeleiding": dice.pick(row, "begeleiding", {"ja": 46, "nee": 1, None: 3}),
        "werkzame_personen": _maybe(dice, "personen", 500, dice.below(pl.col("firm"), "personen", 240).cast(pl.String)),
    }


def _euro(cents: pl.Expr, dice: Dice, what: str) -> pl.Expr:
    """Whole cents as 12,30 and sometimes 12.30 or € 12,30."""
    form, whole, rest = dice.below(pl.col("row"), f"vorm {what}", 100), cents // 100, digits(cents % 100, 2)
    mark = pl.when(form < 5).then(pl.lit(".")).otherwise(pl.lit(","))
    before = pl.when(form > 95).then(pl.lit("€ ")).otherwise(pl.lit(""))
    return pl.concat_str(before, whole.cast(pl.String), mark, rest)


def money(dice: Dice) -> dict[str, pl.Expr]:
    """Rates that rise with the years as the minimum wage did, and what stands beside them."""
    row = pl.col("row")
    rate = pl.col("start") * 650 // DAYS + dice.below(pl.col("each"), "tarief", 900) + 850
    wage = pl.col("start") * 600 // DAYS + dice.below(row, "cao loon", 300) + 900
    hire = rate * (dice.below(row, "marge", 60) + 90) // 100
    return {
        "uurtarief": _maybe(dice, "tarief bekend", 980, _euro(rate, dice, "tarief")),
        "cao_uurloon": _maybe(dice, "cao bekend", 150, _euro(wage, dice, "cao")),
        "inleentarief": _maybe(dice, "inlenen", 150, _euro(hire, dice, "inleen")),
        "loonwaarde": _maybe(dice, "loonwaarde", 100, (dice.below(row, "waarde", 70) + 30).cast(pl.String)),
        "premie": _maybe(dice, "premie", 120, _euro((dice.below(row, "hoogte", 30) + 1) * 5_000, dice, "premie")),
    }  # fmt: skip


def around(dice: Dice) -> dict[str, pl.Expr]:
    """What stands around a placement: contact, age, benefit, extension, result."""
    row, start, end = pl.col("row"), pl.col("start").cast(pl.Int64), pl.col("end").cast(pl.Int64)
    seen = pl.min_horizontal(end, pl.lit((DAY - DAY_ONE).days)) - dice.below(row, "contact", 50).cast(pl.Int64)
    ended = ~pl.col("open") & (end < (DAY - DAY_ONE).days)
    result = pl.when(ended).then(dice.pick(row, "uitstroom", {"nee": 50, "deels": 10, "volledig": 25, None: 15}))
    since = start - dice.below(pl.col("candidate"), "uitkering", 3_000).cast(pl.Int64) - 60
    longer = dice.chance(row, "verlenging", 60)
    return {
        "laatste_contact": _maybe(dice, "contact bekend", 900, _day(pl.max_horizontal(seen, start), dice, "contact")),
        "geboortejaar": _maybe(
            dice, "geboren", 950, (dice.below(pl.col("candidate"), "jaar", 50) + 1957).cast(pl.String)
        ),
        "uitkering_sinds": _maybe(dice, "sinds bekend", 800, _day(since, dice, "sinds")),
        "verlenging_datum": pl.when(longer).then(_day(start + 80, dice, "verlengd")),
        "verlenging_reden": pl.when(longer).then(pl.lit("meer tijd nodig")),
        "uitstroom": result,
        "uitstroom_naar": pl.when(result.is_in(["deels", "volledig"])).then(
            dice.pick(row, "naar", {"zelfde": 3, "andere": 3, None: 1})
        ),
        "team": dice.pick(pl.col("gem"), "team", ["Werk", "Participatie", "Werkgevers"]),
    }


def spoiled(cells: dict[str, pl.Expr], dice: Dice) -> dict[str, pl.Expr]:
    """One row in a hundred has a bad value in one of the columns of BAD."""
    which = dice.below(pl.col("row"), "fout", len(BAD) * 100)
    for place, (column, written) in enumerate(BAD.items()):
        bad = dice.pick(pl.col("row"), f"fout {column}", written)
        cells[column] = pl.when(which == place).then(bad).otherwise(cells[column])
    return cells
