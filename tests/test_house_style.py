"""A house style: known tokens with fit values and enough contrast, and nothing else ever reaches the page."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from on_screen import SAMPLES, Seen, opened
from playwright.sync_api import Browser

from verdringing.audit import audit
from verdringing.audited import Order
from verdringing.errors import UserError
from verdringing.page.contrast import contrast, rgb
from verdringing.page.house_style import css, sheet, tokens
from verdringing.page.style_tokens import PAIRS, TOKENS

GREEN = """/* Voorbeeldstad */
.voorbeeldstad-theme {
  --utrecht-document-color: #1a1a1a;
  --utrecht-document-font-family: "Fira Sans", Arial, sans-serif;
  --utrecht-document-font-size: 18px;
  --utrecht-link-color: rgb(0, 88, 34);
  --verdringing-accent-color: #005822;
}
"""
STYLE_SHEET = Path(__file__).parent.parent / "templates" / "style.css"


def mistakes(text: str) -> list[str]:
    with pytest.raises(UserError) as caught:
        tokens(text, "stijl.css")
    return [str(one) for one in caught.value.mistakes]


def test_known_tokens_are_taken_over() -> None:
    assert tokens(GREEN, "stijl.css") == {
        "--utrecht-document-color": "#1a1a1a",
        "--utrecht-document-font-family": '"Fira Sans", Arial, sans-serif',
        "--utrecht-document-font-size": "18px",
        "--utrecht-link-color": "rgb(0, 88, 34)",
        "--verdringing-accent-color": "#005822",
    }


def test_an_empty_style_changes_nothing() -> None:
    assert tokens("  /* niets */\n", "stijl.css") == {}
    assert tokens(":root {}", "stijl.css") == {}


@pytest.mark.parametrize(
    "declaration",
    [
        "--utrecht-link-color: red",
        "--utrecht-link-color: #12345",
        "--utrecht-link-color: #0c647f80",
        "--utrecht-link-color: rgb(0 0 256)",
        "--utrecht-link-color: var(--x)",
        "--utrecht-link-color: url(https://example.org/x)",
        "--utrecht-link-color: #000 !important",
        "--utrecht-document-font-family: url(x)",
        "--utrecht-document-font-family: Arial, @import",
        '--utrecht-document-font-family: "Arial\\"',
        "--utrecht-document-font-family: </style><script>",
        "--utrecht-document-font-size: 2px",
        "--utrecht-document-font-size: 90rem",
        "--utrecht-document-font-size: calc(1px + 1vw)",
        "--utrecht-focus-outline-width: 0px",
        "--utrecht-document-line-height: 1",
        "--utrecht-unknown-color: #000",
        "color: #000",
        "background: url(https://example.org/x)",
        "--utrecht-link-color",
    ],
)
def test_anything_that_is_no_token_with_a_fit_value_is_refused_with_its_line(declaration: str) -> None:
    said = mistakes(f"/* een\n   twee */\n:root {{\n  {declaration};\n}}\n")
    assert len(said) == 1
    assert said[0].startswith("stijl.css:4: ")


@pytest.mark.parametrize(
    "text",
    [
        "@import 'https://example.org/x.css';",
        "body { --utrecht-link-color: #000 }",
        ":root { --utrecht-link-color: #000 } p { display: none }",
        ":root { --utrecht-link-color: #000 ",
        "@media print { :root { --utrecht-link-color: #000 } }",
        "</style><script>alert(1)</script>",
        ":root { --utrecht-link-color: #000 } /* open",
    ],
)
def test_anything_outside_a_block_of_tokens_is_refused(text: str) -> None:
    assert mistakes(text)[-1].startswith("stijl.css:1: hier staat iets anders")


def test_a_misspelt_token_names_the_near_one() -> None:
    (said,) = mistakes(":root { --utrecht-link-colour: #000; }")
    assert said == ("stijl.css:1: onbekend token '--utrecht-link-colour'. Bedoelde u '--utrecht-link-color'?")


def test_all_mistakes_are_named_at_once() -> None:
    assert len(mistakes(":root { --a: 1;\n--b: 2;\n--utrecht-link-color: x; }")) == 3


def test_a_style_that_breaks_aa_is_refused_with_pair_and_ratio() -> None:
    """#767676 on white is 4.54 : 1, #777777 is 4.48 : 1 (WebAIM contrast checker)."""
    assert tokens(":root { --utrecht-link-color: #767676; --verdringing-wash-color: #fff }", "stijl.css")
    (said,) = mistakes(":root {\n --utrecht-link-color: #777777; --verdringing-wash-color: #fff\n}")[:1]
    assert said == (
        "stijl.css:2: --utrecht-link-color op --utrecht-document-background-color heeft een contrast van 4,47 : 1. "
        "Nodig is minstens 4,5 : 1 (WCAG AA)."
    )


def test_a_ground_is_checked_against_what_it_leaves_as_it_was() -> None:
    said = mistakes(":root { --utrecht-document-background-color: #1b2330; }")
    assert any("--utrecht-document-color op --utrecht-document-background-color" in one for one in said)


@pytest.mark.parametrize(
    "one, other, expected",
    [("#000", "#fff", 21.0), ("#fff", "#fff", 1.0), ("#777", "#ffffff", 4.478), ("#f00", "#fff", 3.998)],
)  # from the definition in WCAG 2.2, by hand
def test_contrast(one: str, other: str, expected: float) -> None:
    assert contrast(one, other) == pytest.approx(expected, abs=0.001)
    assert contrast(other, one) == contrast(one, other)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_a_colour_is_read_in_every_form(parts: tuple[int, int, int]) -> None:
    red, green, blue = parts
    assert rgb(f"#{red:02x}{green:02X}{blue:02x}") == parts
    assert rgb(f"rgb({red}, {green}, {blue})") == rgb(f"rgb({red} {green} {blue})") == parts


@given(st.text(max_size=60))
def test_whatever_is_accepted_cannot_end_the_style(text: str) -> None:
    try:
        made = css(tokens(f":root {{ --utrecht-document-font-family: {text}; }}", "stijl.css"))
    except UserError:
        return
    assert "<" not in made
    assert made.count("{") == made.count("}") == 3
    assert not re.search(r"url|@import|\\", made)


def test_our_own_style_passes_its_own_check_and_defines_every_token() -> None:
    source = STYLE_SHEET.read_text(encoding="utf-8")
    light = source[: source.index("@media (prefers-color-scheme: dark)")]
    for name, (kind, value) in TOKENS.items():
        found = re.search(rf"{name}: ([^;]+);", light)
        assert found, name
        if kind == "kleur" and not found[1].startswith("var("):
            assert rgb(found[1]) == rgb(value), name
    for text, ground, least in PAIRS:
        assert contrast(TOKENS[text][1], TOKENS[ground][1]) >= least, (text, ground)


def test_a_file_that_cannot_be_read_is_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(UserError, match="dit bestand is niet te lezen"):
        sheet(tmp_path / "weg.css")
    (tmp_path / "beeld.css").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(UserError, match="dit bestand is niet te lezen"):
        sheet(tmp_path / "beeld.css")


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    folder = tmp_path_factory.mktemp("huisstijl")
    (folder / "stijl.css").write_text(GREEN, encoding="utf-8")
    order = Order(
        files=(SAMPLES / "voorbeeldstad.csv",), out=folder / "rapport", day=date(2026, 9, 30),
        now=datetime(2026, 10, 1, tzinfo=UTC), house_style=folder / "stijl.css",
    )  # fmt: skip
    audit(order)
    return (folder / "rapport" / "index.html").as_uri()


def looks(seen: Seen) -> dict[str, str]:
    return seen.run(
        "() => ({ link: getComputedStyle(document.querySelector('.contents a')).color,"
        " size: getComputedStyle(document.body).fontSize, font: getComputedStyle(document.body).fontFamily })"
    )


def test_a_report_wears_the_style_and_stays_accessible(browser: Browser, address: str) -> None:
    seen = opened(browser, address)
    seen.choose(zoek="fietsfabriek")
    found, heard, broken = looks(seen), seen.heard, seen.violations()
    seen.close()
    assert found == {"link": "rgb(0, 88, 34)", "size": "18px", "font": '"Fira Sans", Arial, sans-serif'}
    assert heard == []
    assert not broken, broken


def test_dark_paper_and_forced_colours_keep_their_own(browser: Browser, address: str) -> None:
    dark = opened(browser, address, color_scheme="dark")
    assert looks(dark)["link"] != "rgb(0, 88, 34)"
    assert looks(dark)["size"] == "18px"
    dark.close()
    light = opened(browser, address)
    light.page.emulate_media(media="print")
    assert looks(light)["link"] == "rgb(0, 0, 0)"
    light.close()


def test_a_refused_style_leaves_no_report(tmp_path: Path) -> None:
    (tmp_path / "stijl.css").write_text(":root { --utrecht-document-color: #ddd }", encoding="utf-8")
    order = Order(
        files=(SAMPLES / "schoon.csv",),
        out=tmp_path / "rapport",
        day=date(2026, 9, 30),
        now=datetime(2026, 10, 1, tzinfo=UTC),
    )
    with pytest.raises(UserError, match="contrast"):
        audit(replace(order, house_style=tmp_path / "stijl.css"))
    assert not (tmp_path / "rapport").exists()
