"""The events of a YAML text to plain Python, with the line of every value and every mistake on the way.

It builds on PyYAML's events, not on its nodes: composing nodes recurses in C, so that a file full of brackets ends the
process, and a node no longer tells its anchor or its tag. Source: https://yaml.org/spec/1.1/
"""

from __future__ import annotations

from typing import Any, TypeAlias

import yaml  # type: ignore[import-untyped,unused-ignore]  # stubs are a package apart, which need not be there

from verdringing.errors import Mistake
from verdringing.words import _
from verdringing.yaml_mistakes import DEEPEST, TABBED, about_tabs, syntax_mistake
from verdringing.yaml_words import DAY, WHOLE, meaning

Route: TypeAlias = tuple[str | int, ...]
"""The keys and places on the way to a value."""

LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Walk:
    """One pass over the events of a text that notes the line of every value and each mistake on the way."""

    def __init__(self, text: str, name: str) -> None:
        self.name = name
        self.next = LOADER(text).get_event
        self.rows = text.splitlines()
        self.tabbed = {row for row, line in enumerate(self.rows) if TABBED.match(line)} if "\t" in text else set()
        self.lines: dict[Route, int] = {(): 1}
        self.mistakes: list[Mistake] = []

    def document(self) -> object:
        """Return the value of the only document; None when it is empty or cannot be read to its end."""
        try:
            self.next()
            return None if isinstance(self.next(), yaml.StreamEndEvent) else self._only_value()
        except yaml.MarkedYAMLError as error:
            self.mistakes.append(syntax_mistake(error, self.name, self.rows))
            return None

    def _only_value(self) -> object:
        event = self.next()
        self.lines[()] = event.start_mark.line + 1
        data = self._value(event, (), 0)
        self.next()
        if isinstance(other := self.next(), yaml.DocumentStartEvent):
            hint = _("Laat de regel '---' weg, of maak er twee bestanden van.")
            self._refuse(other, _("hier begint een tweede document; een bestand bevat er één"), hint)
        return data

    def _value(self, event: Any, path: Route, depth: int) -> object:
        self._refuse_decoration(event)
        if isinstance(event, yaml.ScalarEvent):
            return event.value if event.style else self._unquoted(event)
        if isinstance(event, yaml.AliasEvent):
            return None
        if depth == DEEPEST:
            # Not skipped but given up: libyaml takes quadratic time for deep nesting, minutes for a file of brackets.
            raise yaml.MarkedYAMLError(problem="too deep", problem_mark=event.start_mark)
        return (self._mapping if isinstance(event, yaml.MappingStartEvent) else self._sequence)(path, depth + 1)

    def _sequence(self, path: Route, depth: int) -> list[object]:
        items: list[object] = []
        while not isinstance(event := self.next(), yaml.SequenceEndEvent):
            here = (*path, len(items))
            self.lines[here] = event.start_mark.line + 1
            items.append(self._value(event, here, depth))
        return items

    def _mapping(self, path: Route, depth: int) -> dict[str, object]:
        entries: dict[str, object] = {}
        value = None
        while not isinstance(event := self.next(), yaml.MappingEndEvent):
            key = self._key(event, value, path, depth)
            here = path if key is None else (*path, key)
            if key in entries:
                what = _("sleutel '{sleutel}' staat ook al op regel {regel}", sleutel=key, regel=self.lines[here])
                self._refuse(event, what, _("Verwijder of hernoem er een."))
            elif key is not None:
                self.lines[here] = event.start_mark.line + 1
            value = self.next()
            found = self._value(value, here, depth)
            if key is not None:
                entries[key] = found
        return entries

    def _key(self, event: Any, before: Any, path: Route, depth: int) -> str | None:
        """Return the key, or None when it is refused; `before` is the event of the value in front of it."""
        meant = self._value(event, path, depth)
        if isinstance(event, yaml.CollectionStartEvent):
            hint = _("Zet tekst die met een haak of accolade begint tussen aanhalingstekens.")
            self._refuse(event, _("een lijst of blok kan geen sleutel zijn"), hint)
        elif isinstance(event, yaml.ScalarEvent):
            text: str = event.value
            whole = _whole_before_comma(before, event)
            if event.style or (isinstance(meant, str) and text != "<<" and not whole):
                return text
            if text == "<<":
                self._refuse(event, _("samenvoegen met '<<' is niet toegestaan"), _("Schrijf de waarden voluit."))
            else:
                self._refuse(event, _("sleutel '{sleutel}' is geen tekst", sleutel=text), _key_hint(text, whole))
        return None

    def _unquoted(self, event: Any) -> object:
        text: str = event.value
        try:
            return meaning(text)
        except ValueError:
            if DAY.fullmatch(text):
                self._refuse(event, _("'{dag}' bestaat niet als datum", dag=text), _("Een datum is jjjj-mm-dd."))
            else:
                self._refuse(event, _("een getal van {n} cijfers is te lang", n=len(text.lstrip("-"))))
            return text

    def _refuse_decoration(self, event: Any) -> None:
        """Refuse what stands before a value: a tab, an anchor or the alias itself, a tag."""
        start = event.start_mark
        if start.line in self.tabbed and not self.rows[start.line][: start.column].strip():
            self._refuse(event, *about_tabs())
        if event.anchor:
            name = f"{'*' if isinstance(event, yaml.AliasEvent) else '&'}{event.anchor}"
            hint = _("Schrijf de waarde voluit; zet tekst die met & of * begint tussen aanhalingstekens.")
            self._refuse(event, _("verwijzing '{naam}' is niet toegestaan", naam=name), hint)
        if tag := getattr(event, "tag", None):
            what = _("typeaanduiding '{tag}' is niet toegestaan", tag=tag.replace("tag:yaml.org,2002:", "!!"))
            self._refuse(event, what, _("Laat de aanduiding weg; zet tekst die met ! begint tussen aanhalingstekens."))

    def _refuse(self, event: Any, what: str, hint: str = "") -> None:
        self.mistakes.append(Mistake(f"{self.name}:{event.start_mark.line + 1}", what, hint))


def _whole_before_comma(before: Any, key: Any) -> str:
    """Return 23 when the key is the 5 of {pct: 23,5}: digits right behind the comma that ended a number."""
    if not isinstance(before, yaml.ScalarEvent) or not key.value[:1].isdigit():
        return ""
    end: Any = before.end_mark
    start = key.start_mark
    touching = (end.line, end.column + 1) == (start.line, start.column)
    return str(before.value) if touching and WHOLE.fullmatch(before.value) else ""


def _key_hint(key: str, whole: str) -> str:
    if not whole:
        return _("Zet de sleutel tussen aanhalingstekens: '{sleutel}'.", sleutel=key)
    return _(
        "Let op: binnen accolades scheidt een komma; schrijf {getal} of zet het getal op een eigen regel.",
        getal=f"{whole}.{key}",
    )
