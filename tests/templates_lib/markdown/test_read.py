"""Markdown as rich text, for prose fields."""

import re

import pytest
from hypothesis import given, settings

from templates_lib.base import ProseBlock
from templates_lib.markdown.read import rich_text_html
from templates_lib.markdown.render import sanitise
from tests.templates_lib.helpers import HOSTILE, assert_harmless_html, soup
from tests.templates_lib.markdown.test_render import MARKDOWN

ALLOWED = {"p", "b", "i", "code", "a", "ul", "ol", "li", "br"}


def link(address: str) -> int | str | None:
    """As an importer would: pages by their address, the web as it is, nothing else."""
    if address.startswith("page:"):
        return 7 if address == "page:operations/incident-sop" else None
    return address


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        (
            "Text with **bold**, *italic* and `a<b`.",
            "<p>Text with <b>bold</b>, <i>italic</i> and <code>a&lt;b</code>.</p>",
        ),
        ("one\ntwo  \nthree", "<p>one two<br/>three</p>"),
        ("One\n\nTwo", "<p>One</p><p>Two</p>"),
        ("## Heading *x*\n\ntext", "<p><b>Heading <i>x</i></b></p><p>text</p>"),
        ("- a\n- b\n  - c\n  - d", "<ul><li>a</li><li>b<ul><li>c</li><li>d</li></ul></li></ul>"),
        ("1. a\n\n   more\n2. b", "<ol><li>a<br/>more</li><li>b</li></ol>"),
        ("[x](page:operations/incident-sop)", '<p><a linktype="page" id="7">x</a></p>'),
        ("[x](page:operations/unknown)", "<p>x</p>"),
        (
            "[x](https://example.org/?a=1&b=2)",
            '<p><a href="https://example.org/?a=1&amp;b=2">x</a></p>',
        ),
        ("[x](mailto:a@example.org)", '<p><a href="mailto:a@example.org">x</a></p>'),
        ("[x](/documents/1/plan.pdf)", '<p><a href="/documents/1/plan.pdf">x</a></p>'),
        ("[x](//example.org/)", "<p>x</p>"),
        ("[x](ftp://example.org/)", "<p>x</p>"),
        ("[x](other.md)", "<p>x</p>"),
        ("```sh\nls\n\npwd\n```", "<p><code>ls</code><br/><code>pwd</code></p>"),
        ("| a | b |\n|---|---|\n| 1 | 2 |", "<p>a | b</p><p>1 | 2</p>"),
        ("> quoted", "<p>quoted</p>"),
        ("a\n\n---\n\nb", "<p>a</p><p>b</p>"),
        ("![a plan](plan.png)", "<p>a plan</p>"),
        ("~~gone~~ <b>", "<p>gone &lt;b&gt;</p>"),
        ("", ""),
    ],
)
def test_markdown_becomes_rich_text(markdown, expected):
    assert rich_text_html(markdown, link) == expected


@settings(max_examples=400, deadline=None)
@given(MARKDOWN)
def test_nothing_but_prose_comes_out(source):
    html = rich_text_html(source, link)
    assert {tag.name for tag in soup(html).find_all(True)} <= ALLOWED
    assert_harmless_html(html)


@settings(max_examples=200, deadline=None)
@given(MARKDOWN)
def test_the_sanitiser_takes_nothing_away(source):
    html = rich_text_html(source, lambda address: None)
    assert soup(sanitise(html)).get_text() == soup(html).get_text()


def test_hostile_text_stays_text():
    html = rich_text_html(HOSTILE, link)
    assert soup(html).get_text().startswith("<script>alert(1)</script>")
    assert_harmless_html(html)


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JAVASCRIPT:x", "data:text/html,x", "/\\evil.org"]
)
def test_even_the_caller_cannot_make_a_link_to_a_script(target):
    assert rich_text_html("[x](https://example.org)", lambda _address: target) == "<p>x</p>"


def test_what_was_read_is_written_the_same():
    source = (
        "A **bold** word, `code` and [a link](https://example.org/).\n\n- one\n- two\n  1. deep"
    )
    block = ProseBlock()
    value = block.to_python(rich_text_html(source, link))
    assert block.as_markdown(value) == source
    assert re.sub(r"\s+", " ", block.as_text(value)) == "A bold word, code and a link. one two deep"


def test_deep_nesting_ends():
    assert rich_text_html("> " * 5_000 + "x", link) is not None
    assert rich_text_html("".join("  " * n + "- a\n" for n in range(200)), link).startswith("<ul>")
