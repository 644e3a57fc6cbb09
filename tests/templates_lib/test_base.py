"""What all blocks share."""

import pytest
from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.rich_text import RichText

from templates_lib.base import (
    NarrativeBlock,
    PartBlock,
    Prose,
    ProseBlock,
    WebAddressBlock,
    is_web_address,
    prose,
    words_of,
)
from tests.templates_lib.helpers import (
    HOSTILE,
    assert_harmless_html,
    error_codes,
    render,
    text,
    value_of,
)


class PlainBlock(PartBlock):
    title = blocks.CharBlock(required=False)
    rows = blocks.ListBlock(blocks.StructBlock([("word", blocks.CharBlock(required=False))]))

    class Meta:
        heading = "Default heading"


class BareBlock(PartBlock):
    title = blocks.CharBlock(required=False)


def test_heading_is_the_editors_or_the_default():
    block = PlainBlock()
    assert block.heading_for(value_of(block, {"title": "Own"})) == "Own"
    assert block.heading_for(value_of(block, {"title": ""})) == "Default heading"
    assert block.get_context(value_of(block, {}))["heading"] == "Default heading"


def test_part_without_a_heading_has_none_whatever_its_title():
    assert BareBlock().heading_for(value_of(BareBlock(), {"title": "Own"})) == ""


def test_text_has_every_word_once_and_no_none():
    block = PlainBlock()
    rows = [{"word": "one"}, {"word": None}, {}]
    assert text(block, {"title": "Own", "rows": rows}) == "Own\none"
    assert text(block, {"title": None, "rows": rows}) == "Default heading\none"


def test_words_of_a_stream_are_found():
    stream = blocks.StreamBlock([("plain", PlainBlock())])
    value = value_of(stream, [{"type": "plain", "value": {"title": "Own", "rows": []}}])
    assert list(words_of(stream, value)) == ["Own"]


def test_part_must_say_how_it_becomes_markdown():
    with pytest.raises(NotImplementedError, match="BareBlock"):
        BareBlock().as_markdown(value_of(BareBlock(), {}))


def test_prose_is_cleaned_wherever_it_came_from():
    block = ProseBlock()
    html = f"<p>{HOSTILE}</p><h2>big</h2><p style='x' onclick='y()'>text</p>"
    for value in (
        block.to_python(html),
        block.normalize(RichText(html)),
        block.normalize(html),
        block.value_from_form(html),
    ):
        assert isinstance(value, Prose)
        assert_harmless_html(str(value))
        assert "style" not in str(value)
    assert block.get_prep_value(block.to_python(html)) == html, "what is stored is not touched"


def test_prose_in_a_template_is_html():
    assert render(ProseBlock(), "<p>a <b>b</b></p>") == "<p>a <b>b</b></p>"
    assert str(ProseBlock().normalize(None)) == ""


def test_empty_prose_is_no_markdown():
    assert prose(None) == prose(Prose("")) == ""


def test_prose_keeps_words_apart_in_search():
    block = ProseBlock()
    html = "<ul><li>one<ul><li>two</li></ul></li></ul><p>three<br/>four</p>"
    assert block.get_searchable_content(block.to_python(html)) == ["one two three four"]
    hidden = ProseBlock(search_index=False)
    assert hidden.get_searchable_content(hidden.to_python(html)) == []


def test_narrative_has_three_forms():
    block = NarrativeBlock()
    value = value_of(block, {"body": "<p>Why.</p>"})
    assert block.as_markdown(value) == "Why."
    assert block.as_text(value) == "Why."
    assert "<p>Why.</p>" in block.render(value)


@pytest.mark.parametrize(
    ("address", "allowed"),
    [
        ("https://example.org/", True),
        ("HTTP://example.org", True),
        ("ftp://example.org/", False),
        ("javascript:alert(1)", False),
        (" https://example.org", False),
        ("//example.org", False),
        ("", False),
        (None, False),
    ],
)
def test_web_address(address, allowed):
    assert is_web_address(address) is allowed


def test_web_address_field_refuses_other_schemes_and_runs_given_checks():
    def refuse_http(address: str) -> None:
        if address.startswith("http:"):
            raise ValidationError("No.", code="no")

    block = blocks.StructBlock([("url", WebAddressBlock(validators=[refuse_http]))])
    assert error_codes(block, {"url": "https://example.org/"}) == {}
    assert error_codes(block, {"url": "ftp://example.org/"}) == {"url": "not_web"}
    assert error_codes(block, {"url": "http://example.org/"}) == {"url": "no"}
