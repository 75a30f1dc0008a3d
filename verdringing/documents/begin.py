"""A starter folder: a policy in which every option stands explained, the other files an audit can use, an example."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from verdringing import resources, rulebook
from verdringing.documents import as_yaml, text_form
from verdringing.naming import lists
from verdringing.policies import own_columns
from verdringing.record import COLUMNS, INSTRUMENTS
from verdringing.rule import Rule
from verdringing.rule_file import PARTS
from verdringing.summary import norm_word
from verdringing.whole_file import refuse_taken, whole_files
from verdringing.words import _

_NORM = "ondergrens_flextensie"
_EXAMPLE = "voorbeeld.csv"
"""Ten invented placements; seen from 30 September 2026 some ask for a look, some cannot be judged, most are fine."""


def begin(home: Path) -> list[Path]:
    """Write the folder in the language of the run and return its files; UserError when one of them is there already."""
    files = {home / name: text for name, text in _files()}
    hint = _("Kies een andere map; er is niets geschreven.")
    refuse_taken([*files] if home.is_dir() else [home], hint)
    with whole_files([*files], hint) as beside:
        for path, text in zip(beside, files.values(), strict=True):
            path.write_text(text, encoding="utf-8-sig" if ".csv" in path.suffixes else "utf-8", newline="\n")
    return list(files)


def next_step(home: Path) -> str:
    """What to do in the new folder, in a sentence."""
    return _("Ga verder in {bestand}.", bestand=home / _("LEESMIJ.md"))


def _files() -> Iterator[tuple[str, str]]:
    """Every file by its name in the folder."""
    form = text_form.form()
    book = rulebook.load()
    yield (
        "beleid.yaml",
        form.get_template("beleid.yaml.j2").render(
            rules=[_shown(rule) for rule in book.rules], kinds=list(own_columns.KINDS), instruments=INSTRUMENTS
        ),
    )
    yield "eigen_regels/leerdoelen_ontbreken.yaml", form.get_template("eigen_regel.yaml.j2").render()
    yield f"normen/{_NORM}.yaml", _norm_table()
    columns = [{"name": one.name, "meaning": _(one.meaning)} for one in COLUMNS if one.name != "gemeente"]
    yield "kolommen.yaml", form.get_template("kolommen.yaml.j2").render(columns=columns)
    yield "zwarte-lijst.csv", ";".join(lists.BLACKLIST) + "\n"
    yield "meldingen.csv", ";".join(lists.REPORTS) + "\n"
    yield _EXAMPLE, (resources.folder("templates") / _EXAMPLE).read_text(encoding="utf-8")
    yield _("LEESMIJ.md"), form.get_template("leesmij.md.j2").render()


def _norm_table() -> str:
    """The shipped table, which an own one replaces, as something to add rows to."""
    shipped = resources.folder("rules") / "normen" / f"{_NORM}.yaml"
    said = _(
        "De meegeleverde tabel, om aan te vullen: zet er rijen onder met uw eigen bedragen en hun bron. Hij telt pas "
        "mee als in beleid.yaml normen aan staat."
    )
    return f"{text_form.remark(said)}\n{shipped.read_text(encoding='utf-8')}"


def _shown(rule: Rule) -> dict[str, object]:
    """A rule with everything that a policy can change in it, as it ships."""
    values = as_yaml.parameters(rule)
    return {
        "name": rule.name,
        "title": rule.say("titel"),
        "on": rule.on,
        "norm": rule.file.norm,
        "rests_on": norm_word(rule.file.norm),
        "parameters": [
            {"name": name, "written": as_yaml.flow(value), "meaning": as_yaml.meaning(rule, name)}
            for name, value in values.items()
        ],
        "grounds": [ground.model_dump(exclude_unset=True) for ground in rule.file.grondslag],
        "texts": {part: getattr(rule.file, part) for part in PARTS},
    }
