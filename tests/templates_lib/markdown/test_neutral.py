"""Markdown that a person typed, on its way out."""

import pytest
from hypothesis import given, settings
from markdown_it import MarkdownIt

from templates_lib.markdown.neutral import neutral
from tests.templates_lib.helpers import assert_harmless_markdown
from tests.templates_lib.markdown.test_render import MARKDOWN


@settings(max_examples=400, deadline=None)
@given(MARKDOWN)
def test_no_renderer_finds_html_in_it(source):
    result = neutral(source)
    rules = ["table", "strikethrough"]
    careless = MarkdownIt("commonmark", {"html": True}).enable(rules).render(result)
    careful = MarkdownIt("commonmark", {"html": False}).enable(rules).render(result)
    assert careless == careful
    assert_harmless_markdown(result)


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Plain *text* and `<i>`.", "Plain *text* and `<i>`."),
        ("<b>bold</b> <https://example.org>", "\\<b>bold\\</b> <https://example.org>"),
        ("```html\n<p>\n```", "```html\n<p>\n```"),
        ("    <indented>", "    <indented>"),
        ("# One\n\n## Two", "## One\n\n### Two"),
        ("One\n===\n\nTwo\n---", "## One\n\n\n### Two\n"),
        ("## Two", "## Two"),
        ("> # Quoted", "> ## Quoted"),
        ("| a | b |\n|---|---|\n| <x> | `<y>` |", "| a | b |\n|---|---|\n| \\<x> | `<y>` |"),
        ("", ""),
    ],
)
def test_source_is_kept_but_for_html_and_top_headings(source, expected):
    assert neutral(source) == expected


def test_picture_of_elsewhere_becomes_its_description():
    assert neutral("See ![the plan](https://example.org/p.png) <b>.") == "See the plan \\<b\\>."


def test_tricky_source_takes_the_long_way_and_stays_safe():
    assert neutral("[x](<a b>)") == "[x](a%20b)"
    assert_harmless_markdown(
        neutral("| `a | <script>x</script>` |\n|--|--|\n| `b | <img src=x>` |")
    )
