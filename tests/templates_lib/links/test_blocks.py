"""Links to pages and to addresses elsewhere."""

import pytest
from wagtail.blocks import StructBlockValidationError

from templates_lib.links.blocks import CallToActionBlock, ProgramBlock, RelatedBlock
from templates_lib.rendering import LinkTarget, RenderContext, rendering
from tests.templates_lib.helpers import (
    HOSTILE,
    assert_harmless,
    assert_harmless_html,
    assert_harmless_markdown,
    draft_error_codes,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    value_of,
    words,
)

BOOK = {"url": "https://example.org/book", "label": "The book", "note": "Chapter 3"}
SHOWN = RenderContext(pages={7: LinkTarget(url="/operations/sop/", title="Incident SOP")})


class Page:
    """As much of a page as a link asks of it."""

    pk = 7
    url = "/draft/"
    title = "Draft title"


def related_to_page(**fields):
    block = RelatedBlock()
    value = value_of(block, {"links": [{"note": "Who informs whom", **fields}]})
    value["links"][0]["page"] = Page()
    return block, value


def test_hostile_text_stays_text():
    assert_harmless(CallToActionBlock())
    raw = {
        "title": HOSTILE,
        "links": [{"url": "https://e.org/\"'><b>", "label": HOSTILE, "note": HOSTILE}],
    }
    assert_harmless_html(render(RelatedBlock(), raw))
    assert_harmless_markdown(markdown(RelatedBlock(), raw))
    assert "alert(2)" in render(RelatedBlock(), raw)
    assert "alert(2)" in text(RelatedBlock(), raw)


def test_link_elsewhere_says_where_and_why():
    raw = {"links": [BOOK]}
    page = soup(render(RelatedBlock(), raw))
    assert page.h2.text == "See also"
    assert page.a["href"] == "https://example.org/book"
    assert page.a["rel"] == ["noopener", "noreferrer"]
    assert words(str(page.li)) == "The book Chapter 3"
    assert markdown(RelatedBlock(), raw) == (
        "## See also\n\n- [The book](https://example.org/book): Chapter 3"
    )
    assert text(RelatedBlock(), raw) == "See also\nThe book\nChapter 3"


def test_link_to_a_page_carries_its_title():
    block, value = related_to_page()
    with rendering(SHOWN):
        page = soup(block.render(value))
        assert page.a["href"] == "/operations/sop/"
        assert not page.a.has_attr("rel")
        assert words(str(page.li)) == "Incident SOP Who informs whom"
        assert block.as_markdown(value) == (
            "## See also\n\n- [Incident SOP](/operations/sop/): Who informs whom"
        )
    assert "Incident SOP" not in block.as_text(value), "search finds pages by their own words"


def test_label_replaces_the_title_of_the_page():
    block, value = related_to_page(label="What to do at night")
    with rendering(SHOWN):
        assert soup(block.render(value)).a.text == "What to do at night"


def test_page_that_the_reader_may_not_see_is_not_named():
    block, value = related_to_page()
    with rendering(RenderContext()):
        assert words(block.render(value)) == ""
        assert block.heading_for(value) == ""
        assert block.as_markdown(value) == ""


def test_links_of_the_editor_are_checked():
    def codes(**link):
        return error_codes(RelatedBlock(), {"links": [link]})

    assert codes(**BOOK) == {}
    assert codes(label="x") == {"links.0.page": "no_end"}
    assert codes(url="https://example.org/") == {"links.0.label": "no_label"}
    assert codes(url="ftp://example.org/", label="x") == {"links.0.url": "not_web"}
    assert "links.0.url" in codes(url="javascript:alert(1)", label="x")
    assert draft_error_codes(RelatedBlock(), {"links": [{"note": "later"}]}) == {}


def test_page_and_address_together_are_refused():
    block, value = related_to_page(url="https://example.org/", label="x")
    link = block.child_blocks["links"].child_block
    link.child_blocks["page"].clean = lambda page: page
    value["links"][0].block = link
    with pytest.raises(StructBlockValidationError) as caught:
        link.clean(value["links"][0])
    assert caught.value.block_errors["url"].code == "two_ends"


def test_stored_address_that_is_no_longer_allowed_is_left_out():
    raw = {"links": [{"url": "javascript:alert(1)", "label": "x"}, BOOK]}
    assert [a.text for a in soup(render(RelatedBlock(), raw)).find_all("a")] == ["The book"]


def test_call_to_action_is_one_button():
    raw = {"text": "Find your weakest pillar", "url": "https://example.org/", "label": "Assess"}
    page = soup(render(CallToActionBlock(), raw))
    assert page.find(class_="call-to-action__text").text == "Find your weakest pillar"
    assert page.a.text == "Assess"
    assert "button" in page.a["class"]
    assert markdown(CallToActionBlock(), raw) == (
        "Find your weakest pillar\n\n[Assess](https://example.org/)"
    )
    assert CallToActionBlock().heading_for(value_of(CallToActionBlock(), raw)) == ""
    assert error_codes(CallToActionBlock(), raw) == {}
    assert error_codes(CallToActionBlock(), {**raw, "label": ""}) == {"label": "required"}
    assert error_codes(CallToActionBlock(), {**raw, "url": ""}) == {"page": "no_end"}


def test_call_to_action_without_a_way_there_is_only_text():
    raw = {"text": "Ask your lead", "label": "Ask"}
    assert words(render(CallToActionBlock(), raw)) == "Ask your lead"
    assert markdown(CallToActionBlock(), raw) == "Ask your lead"


def test_examples_of_the_picker_read_well():
    assert "The handbook" in render_preview(RelatedBlock())
    assert "Start the pilot" in render_preview(CallToActionBlock())


def program(*parts):
    """A program whose part with the id 7 is the page of the tests above, and 8 one that is hidden."""
    block = ProgramBlock()
    value = value_of(block, {"parts": [{"reason": reason} for reason, _pk in parts]})
    for place, (_reason, pk) in enumerate(parts):
        page = Page()
        page.pk = pk
        value["parts"][place]["page"] = page
    return block, value


def test_parts_of_a_program_stand_in_order_with_the_version_that_is_live():
    context = RenderContext(pages={7: LinkTarget("/sop/", "Incident SOP", version="2.1")})
    block, value = program(("First of all", 7))
    with rendering(context):
        page = soup(str(block.render(value, context={})))
        source = block.as_markdown(value)
    assert [a["href"] for a in page.select("ol.program a")] == ["/sop/"]
    assert "version 2.1" in words(str(page))
    assert source.startswith("## Program\n\n1. [Incident SOP](/sop/), version 2.1\n")


def test_a_part_that_is_hidden_leaves_no_trace():
    block, value = program(("Why it is secret", 8), ("First of all", 7))
    with rendering(SHOWN):
        forms = [str(block.render(value, context={})), block.as_markdown(value)]
    forms.append(block.as_text(value))
    assert "secret" not in " ".join(forms)
    assert "1. [Incident SOP]" in forms[1]
    assert len(soup(forms[0]).select("li")) == 1
    block, value = program(("Why it is secret", 8))
    with rendering(SHOWN):
        assert block.heading_for(value) == ""


def test_a_part_needs_an_artifact_or_an_address_and_a_reason():
    found = error_codes(ProgramBlock(), {"parts": [{"reason": "Because"}]})
    assert found == {"parts.0.page": "no_end"}
    assert not draft_error_codes(ProgramBlock(), {"parts": [{"reason": ""}]})
