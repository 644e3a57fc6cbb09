"""Headings, paragraphs, Markdown and callouts."""

import pytest

from templates_lib.prose.blocks import CalloutBlock, HeadingBlock, MarkdownBlock, ParagraphBlock
from templates_lib.rendering import LinkTarget, RenderContext, rendering
from tests.templates_lib.helpers import (
    assert_harmless,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    value_of,
    words,
)

LINKED = '<p>See <a linktype="page" id="7">the plan</a>.</p>'
SHOWN = RenderContext(pages={7: LinkTarget(url="/operations/plan/", title="Plan")})


@pytest.mark.parametrize(
    "block", [CalloutBlock(), HeadingBlock(), MarkdownBlock(), ParagraphBlock()], ids=type
)
def test_hostile_text_stays_text(block):
    assert_harmless(block)


@pytest.mark.parametrize(
    ("depth", "tag", "level"), [("section", "h2", 2), ("subsection", "h3", 3), ("detail", "h4", 4)]
)
def test_heading_has_the_level_of_its_depth(depth, tag, level):
    block = HeadingBlock()
    raw = {"text": "When to use it", "depth": depth}
    assert soup(render(block, raw)).find(tag).text == "When to use it"
    assert block.level_for(value_of(block, raw)) == level
    assert block.heading_for(value_of(block, raw)) == "When to use it"
    assert markdown(block, raw) == "#" * level + " When to use it"
    assert text(block, raw).splitlines()[0] == "When to use it"


def test_heading_needs_its_words():
    assert error_codes(HeadingBlock(), {"text": "", "depth": "section"}) == {"text": "required"}
    assert error_codes(HeadingBlock(), {"text": "x", "depth": "top"}) == {"depth": "invalid_choice"}


def test_paragraph_keeps_bold_and_italic_and_drops_handlers():
    html = render(
        ParagraphBlock(),
        '<p data-block-key="a"><b>now</b> <i>or</i> <u onclick="x()">never</u></p>',
    )
    assert str(html) == "<p><b>now</b> <i>or</i> never</p>"


def test_link_leads_where_the_reader_may_go():
    block = ParagraphBlock()
    with rendering(SHOWN):
        assert soup(render(block, LINKED)).a["href"] == "/operations/plan/"
        assert markdown(block, LINKED) == "See [the plan](/operations/plan/)."
    with rendering(RenderContext()):
        assert not soup(render(block, LINKED)).find("a", href=True)
        assert markdown(block, LINKED) == "See the plan."


def test_markdown_is_shown_as_prose():
    raw = {"source": "# Top\n\n- one\n- two\n\n```python\nx = 1\n```\n\n<b>raw</b>"}
    page = soup(render(MarkdownBlock(), raw))
    assert page.find(class_="prose").h2.text == "Top"
    assert [li.text for li in page.find_all("li")] == ["one", "two"]
    assert "<b>raw</b>" in words(str(page))
    assert markdown(MarkdownBlock(), raw).startswith("## Top\n\n- one\n- two")
    assert "\\<b>raw" in markdown(MarkdownBlock(), raw)


def test_markdown_is_refused_when_too_long():
    assert error_codes(MarkdownBlock(), {"source": "x" * 50_001}) == {"source": "max_length"}


@pytest.mark.parametrize(
    ("tone", "word"),
    [
        ("note", "Note"),
        ("tip", "Tip"),
        ("warning", "Warning"),
        ("danger", "Danger"),
        ("constraint", "Constraint"),
    ],
)
def test_callout_says_its_tone_in_words(tone, word):
    raw = {"tone": tone, "title": "Personal data", "body": "<p>Stays in the EU.</p>"}
    page = soup(render(CalloutBlock(), raw))
    assert page.find(class_=f"callout--{tone}")["role"] == "note"
    assert words(str(page)).startswith(f"{word} : Personal data")
    assert markdown(CalloutBlock(), raw) == f"> **{word}: Personal data**\n>\n> Stays in the EU."
    assert word in text(CalloutBlock(), raw)


def test_callout_needs_no_title():
    raw = {"tone": "tip", "title": "", "body": "<p>Try it in staging.</p>"}
    assert words(render(CalloutBlock(), raw)) == "Tip Try it in staging."
    assert markdown(CalloutBlock(), raw) == "> **Tip**\n>\n> Try it in staging."
    assert error_codes(CalloutBlock(), raw) == {}


def test_examples_of_the_picker_read_well():
    assert "Before you start" in render_preview(CalloutBlock())
    assert "When to use it" in render_preview(HeadingBlock())
    assert "named driver" in render_preview(ParagraphBlock())
    assert "team wiki" in render_preview(MarkdownBlock())
