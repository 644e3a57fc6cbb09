"""Quotes, claims and takeaways."""

import pytest

from templates_lib.prose.blocks import ClaimBlock, QuoteBlock, TakeawaysBlock
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

CLAIM = {
    "statement": "Small teams release more often.",
    "source_title": "Survey",
    "source_url": "https://example.org/survey",
    "year": 2025,
}


@pytest.mark.parametrize("block", [ClaimBlock(), QuoteBlock(), TakeawaysBlock()], ids=type)
def test_hostile_text_stays_text(block):
    assert_harmless(block)


def test_quote_names_who_said_it():
    raw = {
        "text": "Explicit is better.\nAlways.",
        "attribution": "Tim",
        "source_url": "https://example.org/",
    }
    page = soup(render(QuoteBlock(), raw))
    assert page.blockquote.p.get_text("|") == "Explicit is better.|Always."
    assert page.figcaption.a["href"] == "https://example.org/"
    assert page.figcaption.a["rel"] == ["noopener", "noreferrer"]
    assert page.figcaption.a.text == "Tim"
    assert markdown(QuoteBlock(), raw) == (
        "> Explicit is better.\n> Always.\n>\n> [Tim](https://example.org/)"
    )
    assert text(QuoteBlock(), raw) == "Explicit is better.\nAlways.\nTim"


def test_quote_may_be_nobodys():
    raw = {"text": "Ship it.", "attribution": "", "source_url": ""}
    assert not soup(render(QuoteBlock(), raw)).figcaption
    assert markdown(QuoteBlock(), raw) == "> Ship it."


@pytest.mark.parametrize("url", ["javascript:alert(1)", "ftp://example.org/x"])
def test_source_must_be_a_page_of_the_web(url):
    assert "source_url" in error_codes(QuoteBlock(), {"text": "x", "source_url": url})
    assert not soup(render(QuoteBlock(), {"text": "x", "source_url": url})).find("a")


def test_claim_shows_its_source_and_year():
    block = ClaimBlock()
    page = soup(render(block, CLAIM))
    assert words(str(page)) == "Small teams release more often. Source: Survey (2025)"
    assert page.a["href"] == "https://example.org/survey"
    assert not page.find(class_="flag")
    assert not value_of(block, CLAIM).missing_source
    assert markdown(block, CLAIM) == (
        "Small teams release more often.\n\n**Source:** [Survey](https://example.org/survey) (2025)"
    )


def test_claim_without_a_source_is_flagged():
    block = ClaimBlock()
    raw = {"statement": "Small teams release more often."}
    assert soup(render(block, raw)).find(class_="flag").text == "No source given"
    assert value_of(block, raw).missing_source
    assert markdown(block, raw) == "Small teams release more often.\n\n*No source given*"
    assert error_codes(block, {**CLAIM, "source_title": "", "source_url": ""}) == {}


def test_claim_with_a_title_or_an_address_alone_has_a_source():
    block = ClaimBlock()
    titled = {"statement": "x", "source_title": "Our log"}
    assert markdown(block, titled) == "x\n\n**Source:** Our log"
    addressed = {"statement": "x", "source_url": "https://example.org/"}
    assert soup(render(block, addressed)).a.text == "https://example.org/"
    assert not value_of(block, addressed).missing_source


def test_takeaways_have_a_heading_of_their_own():
    block = TakeawaysBlock()
    raw = {"points": ["<p>Review <b>daily</b>.</p>", "<p>Keep it small.</p>"]}
    page = soup(render(block, raw))
    assert page.h2.text == "Key takeaways"
    assert [words(str(li)) for li in page.find_all("li")] == ["Review daily .", "Keep it small."]
    assert markdown(block, raw) == "## Key takeaways\n\n- Review **daily**.\n- Keep it small."
    titled = {**raw, "title": "In short"}
    assert soup(render(block, titled)).h2.text == "In short"
    assert text(block, titled).splitlines() == ["In short", "Review daily.", "Keep it small."]


def test_examples_of_the_picker_read_well():
    assert "within four hours" in render_preview(ClaimBlock())
    assert "rollback" in render_preview(QuoteBlock())
    assert "Waiting costs more" in render_preview(TakeawaysBlock())
