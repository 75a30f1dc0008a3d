"""Generated Dutch firm names: a kind of firm, perhaps a particle, a made-up surname, perhaps more, a legal form."""

from __future__ import annotations

import random
import string

FORMS = ["", "", "B.V.", "BV", "V.O.F.", "Stichting", "N.V."]
KINDS = [
    *("Bakkerij", "Slagerij", "Schoonmaakbedrijf", "Transport", "Hoveniersbedrijf", "Bouwbedrijf", "Aannemer"),
    *("Schilders", "Installatie", "Restaurant", "Café", "Kwekerij", "Groothandel", "Timmerfabriek", "Zorggroep"),
    *("Autobedrijf", "Drukkerij", "Garage", "Hotel", "Wasserij", "Kringloop", "Metaalbewerking", "Kapsalon"),
]
MORE = ["& Zonen", "Holding", "Groep", "Nederland", "Services", "Noord", "Rotterdam", "Utrecht", "Beheer"]
STARTS = "ber bo bra dek do drie el gro ha hof hui ja ka kloos ko kui lam le lin mol mee nij oos pie pos ro ruit scha"
STARTS += " smi sto ter tim uil van vee vis vos wes wil zand zwa"
ENDS = "sen sma stra man ink huis kamp berg dam veld borg laar beek horst ers s t wijk hoven meijer"


def surname(chance: random.Random) -> str:
    parts = [chance.choice(STARTS.split()) for _ in range(chance.choice([1, 1, 2, 2, 3]))]
    return ("".join(parts) + chance.choice(ENDS.split())).capitalize()


def firm_parts(chance: random.Random, surnames: list[str]) -> list[str]:
    parts = [chance.choice(KINDS)] if chance.random() < 0.8 else []
    parts += [chance.choice(["De", "Het", "Van", "Van der", "Gebr."])] if chance.random() < 0.25 else []
    parts += [chance.choice(surnames)]
    parts += [chance.choice([*MORE, chance.choice(surnames)])] if chance.random() < 0.4 else []
    return parts


def typo(chance: random.Random, word: str) -> str:
    """Drop, add, replace or swap one letter."""
    at, letter = chance.randrange(len(word)), chance.choice(string.ascii_lowercase)
    before, here, after = word[:at], word[at], word[at + 1 :]
    return chance.choice(
        [before + after, before + letter + here + after, before + letter + after, before + after[:1] + here + after[1:]]
    )


def variant(chance: random.Random, parts: list[str]) -> list[str]:
    """The same firm written by someone else: one or two times a typo, words swapped, or a word left out or added."""
    parts = list(parts)
    for _ in range(chance.choice([1, 1, 2])):
        at = chance.randrange(len(parts))
        match chance.choice(["typo", "typo", "swap", "more"]):
            case "typo":
                parts[at] = typo(chance, parts[at]) or parts[at]
            case "swap":
                chance.shuffle(parts)
            case "more":
                parts.append(chance.choice(["NL", "Holding", "en Co"]))
    return parts


def firms(count: int, seed: int = 3) -> list[list[str]]:
    """`count` firms in all their spellings: a legal form comes and goes, half of them have variants."""
    chance = random.Random(seed)
    surnames = [surname(chance) for _ in range(max(60, count // 2))]
    found = []
    for _ in range(count):
        parts = firm_parts(chance, surnames)
        spellings = [parts, *(variant(chance, parts) for _ in range(chance.choice([0, 0, 1, 2])))]
        found.append([" ".join([*words, chance.choice(FORMS)]).strip() for words in spellings])
    return found


def firm_names(count: int) -> list[str]:
    return [name for spellings in firms(count) for name in spellings]
