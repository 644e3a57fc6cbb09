"""Pieces of Markdown for downloads."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from templates_lib.markdown import write
from tests.templates_lib.helpers import HOSTILE, assert_harmless_markdown, soup


def rendered(markdown: str):
    return soup(MarkdownIt("commonmark", {"html": True}).enable("table").render(markdown))


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00"), max_size=60))
def test_escaped_text_reads_the_same(text):
    expected = " ".join(text.split())
    page = rendered(write.escape(text))
    assert " ".join(page.get_text().split()) == expected
    assert not page.find_all(["ul", "ol", "hr", "h1", "em", "strong", "code", "a"])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a_b*c", "a\\_b\\*c"),
        ("- no list", "\\- no list"),
        ("1. no list", "1\\. no list"),
        ("-5 degrees", "-5 degrees"),
        ("two\nlines", "two lines"),
        (None, ""),
        (0, "0"),
    ],
)
def test_escape(text, expected):
    assert write.escape(text) == expected


def test_paragraphs_keep_lines_and_gaps():
    assert write.paragraphs("one\ntwo\r\n\r\n# three") == "one  \ntwo\n\n\\# three"
    assert write.paragraphs(None) == ""


def test_join_leaves_empty_parts_out():
    assert write.join("a\n", "", "  ", "b") == "a\n\nb"


def test_bullets_indent_further_lines():
    assert write.bullets(["a\nb", "c"]) == "- a\n  b\n- c"
    assert write.bullets(["a\n\nb"], ordered=True) == "1. a\n\n   b"


def test_table_keeps_pipes_and_lines_inside_their_cell():
    table = write.table(["A|B", "C"], [["one\n\ntwo", "x | y"]])
    assert table == "| A\\|B | C |\n| --- | --- |\n| one<br>two | x \\| y |"
    assert [td.get_text("/") for td in rendered(table).find_all("td")] == ["one/two", "x | y"]


def test_fence_is_longer_than_what_it_holds():
    source = "```\n<b>\n````"
    assert write.fence(source, "md").startswith("`````md\n")
    assert rendered(write.fence(source)).code.text == source + "\n"
    assert write.fence(None) == "```\n\n```"


@pytest.mark.parametrize(
    "url", ["https://e.org/a b", "https://e.org/(a)", 'https://e.org/"<x>\n\\']
)
def test_link_cannot_be_broken_by_its_address(url):
    page = rendered(write.link(HOSTILE, url))
    assert len(page.find_all("a")) == 1
    assert page.get_text().strip() == HOSTILE
    assert_harmless_markdown(write.link(HOSTILE, url))


def test_quote_marks_every_line():
    assert write.quote("a\n\nb") == "> a\n>\n> b"


def test_labelled_is_nothing_without_a_text():
    assert write.labelled("Owner", "") == write.labelled("Owner", None) == ""
    assert write.labelled("Owner", "Ana") == "**Owner:** Ana"


def test_heading_escapes_its_text():
    assert write.heading("C# and *more*", 3) == "### C\\# and \\*more\\*"


def test_html_becomes_markdown():
    html = "<p>A <b>b</b> <i>i</i> <code>c</code> <a href='/x/'>l</a></p><ul><li>1<ul><li>2</li></ul></li></ul>"
    assert write.from_html(html) == "A **b** *i* `c` [l](/x/)\n\n- 1\n  - 2"


def test_html_keeps_the_language_of_code_and_cannot_leave_its_fence():
    html = (
        '<pre class="code"><code class="language-python">'
        "print('&lt;b&gt;')\n```\n&lt;script&gt;</code></pre>"
    )
    assert write.from_html(html) == "````python\nprint('<b>')\n```\n<script>\n````"
    assert "```plaintext" not in write.from_html(
        '<pre><code class="language-plaintext">x</code></pre>'
    )


def test_text_of_html_does_not_become_html():
    assert_harmless_markdown(
        write.from_html("<p>&lt;script&gt;alert(1)&lt;/script&gt; # - * [a](b)</p>")
    )
