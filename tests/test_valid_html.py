"""The page is valid HTML: no parse error, every element where it may stand, every reference to something that is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from xml.etree.ElementTree import Element

import html5lib
import pytest
from on_screen import MUNICIPALITY, SAMPLES, audited

PHRASING = {
    "a", "abbr", "b", "br", "button", "code", "datalist", "em", "i", "input", "label", "option", "script", "select", "small",
    "span", "strong", "svg", "template", "time", "wbr",
}  # fmt: skip
HEADINGS = {"h1", "h2", "h3", "h4"}
INSIDE = {
    "p": PHRASING,
    "span": PHRASING,
    "a": PHRASING - {"a", "button", "input", "select", "label"},
    "button": PHRASING - {"a", "button", "input", "select", "label"},
    "label": PHRASING,
    "code": PHRASING,
    "strong": PHRASING,
    "dt": PHRASING,
    "caption": PHRASING,
    "summary": PHRASING | HEADINGS,
    **dict.fromkeys(HEADINGS, PHRASING),
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "table": {"caption", "thead", "tbody", "tfoot"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tfoot": {"tr"},
    "tr": {"th", "td"},
    "select": {"option"},
    "datalist": {"option"},
    "option": set(),
}
"""What may stand in an element (HTML Living Standard, content models); other elements take flow content."""

ONLY_IN = {
    "li": {"ul", "ol", "template"}, "dt": {"dl", "div"}, "dd": {"dl", "div"}, "tr": {"thead", "tbody", "tfoot"},
    "th": {"tr"}, "td": {"tr"}, "summary": {"details"}, "figcaption": {"figure"}, "caption": {"table"}, "option": {"select", "datalist"},
}  # fmt: skip
EVERYWHERE = {"id", "class", "lang", "hidden", "tabindex", "title", "role"}
ATTRIBUTES = {
    "a": {"href", "rel"}, "meta": {"charset", "name", "content", "http-equiv"}, "link": {"rel", "href"}, "script": {"type"},
    "input": {"type", "name", "list", "autocomplete", "value"}, "select": {"name"}, "option": {"value"}, "label": {"for"},
    "button": {"type"}, "form": set(), "details": {"open"}, "th": {"scope", "colspan", "rowspan"}, "td": {"colspan", "rowspan"},
    "ol": {"start"},
}  # fmt: skip


@pytest.fixture(scope="module", params=["gemeente nl", "gemeente en", "schoon nl", "groot nl"])
def page(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> str:
    name, language = request.param.split()
    folder = tmp_path_factory.mktemp("geldig")
    given = {"gemeente": MUNICIPALITY, "schoon": (SAMPLES / "schoon.csv",), "groot": (many(folder),)}[name]
    audited(folder / "rapport", *given, language=language)
    return (folder / "rapport" / "index.html").read_text(encoding="utf-8")


def many(folder: Path) -> Path:
    """So many cases that the page carries forms for its script."""
    rows = (f"C{n};Firma {n};hulp;flextensie;01-01-2025;31-12-2025;36\n" for n in range(300))
    path = folder / "veel.csv"
    path.write_text("kandidaat_id;werkgever;functie;instrument;startdatum;einddatum;uren_per_week\n" + "".join(rows))
    return path


@pytest.fixture(scope="module")
def tree(page: str) -> Element:
    return html5lib.HTMLParser(namespaceHTMLElements=False).parse(page)


def elements(tree: Element) -> Iterator[tuple[Element, Element]]:
    """Every element with its parent; drawings are another language and are left out."""
    for parent in tree.iter():
        if isinstance(parent.tag, str) and not parent.tag.startswith("{"):
            yield from ((parent, child) for child in parent if isinstance(child.tag, str))


def tag(one: Element) -> str:
    return "svg" if one.tag.startswith("{") else str(one.tag)


def test_it_has_no_parse_error(page: str) -> None:
    parser = html5lib.HTMLParser()
    parser.parse(page)
    assert parser.errors == []


def test_every_element_stands_where_it_may(tree: Element) -> None:
    wrong = {
        (tag(parent), tag(child))
        for parent, child in elements(tree)
        if tag(child) not in INSIDE.get(tag(parent), {tag(child)})
        or tag(parent) not in ONLY_IN.get(tag(child), {tag(parent)})
    }
    assert not wrong


def test_every_attribute_is_one_that_its_element_has(tree: Element) -> None:
    wrong = {
        (tag(child), name)
        for _parent, child in elements(tree)
        if tag(child) != "svg"
        for name in child.attrib
        if name not in EVERYWHERE | ATTRIBUTES.get(tag(child), set()) and not name.startswith(("aria-", "data-"))
    }
    assert not wrong


def test_an_element_that_must_begin_or_hold_something_does(tree: Element) -> None:
    copied = {one for template in tree.iter("template") for one in template.iter()}
    for _parent, child in elements(tree):
        if tag(child) == "details":
            assert tag(child[0]) == "summary"
            assert [tag(one) for one in child].count("summary") == 1
        if tag(child) in {"ul", "ol", "dl", "tr", "thead"}:
            assert len(child) or child in copied, f"an empty {tag(child)}"


def test_every_id_is_there_once_and_every_reference_is_to_one(page: str, tree: Element) -> None:
    ids = re.findall(r'\sid="([^"]*)"', page)
    assert len(ids) == len(set(ids))
    named = [
        name
        for one in tree.iter()
        if isinstance(one.tag, str)
        for key in ("for", "list", "aria-labelledby", "aria-describedby")
        for name in one.attrib.get(key, "").split()
    ]
    assert set(named) <= set(ids)
    assert set(re.findall(r'url\(#([\w-]+)\)"', page)) <= set(ids)


def test_headings_leave_no_level_out(tree: Element) -> None:
    copied = {one for template in tree.iter("template") for one in template.iter()}
    levels = [int(one.tag[1]) for one in tree.iter() if one.tag in HEADINGS and one not in copied]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))
