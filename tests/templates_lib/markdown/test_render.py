"""Markdown that a person typed, on the page."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from templates_lib.markdown.render import MAX_SOURCE_CHARS, render, sanitise
from tests.templates_lib.helpers import HOSTILE, assert_harmless_html, calls_of, soup, words

PIECES = [
    *"<>&`*_[]()#|\\\n -=~:\"'!ab1.",
    *(
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "<script>",
        "</script>",
        "<img src=x onerror=alert(1)>",
        "\n\n",
    ),
    *("```\n", "```html\n", "    ", "| a | b |\n|-|-|\n", "[x](javascript:alert(1))", "`<i>`"),
    *(
        "<javascript:alert(1)>",
        "[a]: javascript:x\n",
        "![](",
        "> ",
        "- ",
        "1. ",
        "# ",
        "==\n",
        "\x00",
    ),
    *(
        '<a href="javascript:alert(1)" onclick=x>',
        "&lt;script&gt;",
        "&#106;avascript:",
        "<svg onload=a>",
    ),
]
MARKDOWN = st.lists(st.sampled_from(PIECES), max_size=30).map("".join) | st.text(max_size=200)


@settings(max_examples=400, deadline=None)
@given(MARKDOWN)
def test_render_gives_what_the_sanitiser_leaves_alone(source):
    html = render(source)
    assert sanitise(html) == html
    assert_harmless_html(html)


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="<>/=\"' aonclikjvsrpt:()x&;#\\", max_size=80))
def test_sanitise_is_settled_after_one_pass(html):
    once = sanitise(html)
    assert sanitise(once) == once
    assert_harmless_html(once)


@pytest.mark.parametrize(
    "piece",
    ["[", "![", "[a](", "> ", "`", "*a _b "],
    ids=["brackets", "pictures", "links", "quotes", "ticks", "stars"],
)
def test_what_slows_other_parsers_grows_with_its_length_here(piece):
    assert calls_of(render, piece * 600) < 2.5 * calls_of(render, piece * 300)


def test_html_is_shown_as_text():
    html = render(f"Before {HOSTILE} after")
    assert "Before <script>alert(1)</script>" in words(html)
    assert_harmless_html(html)


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x"]
)
def test_link_to_a_script_does_not_lead_there(address):
    assert not [a for a in soup(render(f"[x]({address})")).find_all("a") if a.get("href")]


def test_headings_stand_below_the_title_of_the_page():
    page = soup(render("# One\n\n## Two\n\nText\n\n# Three"))
    assert [(tag.name, tag.text) for tag in page.find_all(["h1", "h2", "h3"])] == [
        ("h2", "One"),
        ("h3", "Two"),
        ("h2", "Three"),
    ]
    assert soup(render("## Two\n\n### Three")).find("h3").text == "Three"


def test_picture_is_replaced_by_its_description():
    assert words(render("See ![the <plan>](https://example.org/p.png).")) == "See the <plan>."


def test_code_is_coloured_and_escaped():
    page = soup(render("```python\ndef f(): return '<b>'\n```"))
    assert page.pre["tabindex"] == "0"
    assert page.find("span", class_="k").text == "def"
    assert "'<b>'" in page.code.text


def test_table_has_a_header_row():
    page = soup(render("| a | b |\n|---|--:|\n| 1 | 2 |"))
    assert [th.text for th in page.find_all("th")] == ["a", "b"]
    assert [td.text for td in page.find_all("td")] == ["1", "2"]


def test_overlong_source_is_cut_and_nothing_is_nothing():
    assert len(render("a" * (MAX_SOURCE_CHARS + 5))) < MAX_SOURCE_CHARS + 20
    assert render("") == render(None) == ""


def test_a_table_whose_headings_say_nothing_has_none():
    html = render(
        "| | |\n|---|---|\n| Status | proposed |\n\nText\n\n| A | B |\n|---|---|\n| 1 | 2 |"
    )

    first, second = html.split("Text")
    assert "<th" not in first
    assert "<td>Status</td>" in first
    assert second.count("<th>") == 2


def test_an_empty_corner_of_a_table_is_no_heading():
    html = render("| | Weak |\n|:--|---|\n| Context | none |")

    assert "<tr>\n<td></td>\n<th>Weak</th>\n</tr>" in html


def test_a_table_of_nothing_is_no_fault():
    assert "<th>" not in render("| | |\n|---|---|")
