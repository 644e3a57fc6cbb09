"""Two things side by side, and whether something fits."""

import pytest

from templates_lib.comparisons.blocks import ComparisonBlock, FitBlock
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
)

COMPARISON = {
    "title": "Structured or ad hoc",
    "left_label": "Structured",
    "right_label": "Ad hoc",
    "rows": [{"aspect": "Start", "left": "An hour\nof set-up", "right": "At once"}],
}
FIT = {
    "adopt_when": ["Two teams share a service"],
    "unnecessary_when": [],
    "justify": ["A failed release costs half a day"],
}


@pytest.mark.parametrize("block", [ComparisonBlock(), FitBlock()], ids=type)
def test_hostile_text_stays_text(block):
    assert_harmless(block)


def test_comparison_is_read_aspect_by_aspect():
    page = soup(render(ComparisonBlock(), COMPARISON))
    assert page.h2.text == "Structured or ad hoc"
    assert [th.text for th in page.thead.find_all("th")] == ["Aspect", "Structured", "Ad hoc"]
    assert page.tbody.th["scope"] == "row"
    cells = page.tbody.find_all("td")
    assert [cell["data-label"] for cell in cells] == ["Structured", "Ad hoc"], "for the phone"
    assert cells[0].get_text("|") == "An hour|of set-up"
    assert markdown(ComparisonBlock(), COMPARISON) == (
        "## Structured or ad hoc\n\n"
        "| Aspect | Structured | Ad hoc |\n| --- | --- | --- |\n"
        "| Start | An hour<br>of set-up | At once |"
    )
    assert "At once" in text(ComparisonBlock(), COMPARISON)


def test_comparison_needs_both_sides():
    raw = {**COMPARISON, "right_label": "", "rows": [{"aspect": "Start", "left": "x", "right": ""}]}
    assert error_codes(ComparisonBlock(), raw) == {
        "right_label": "required",
        "rows.0.right": "required",
    }
    assert draft_error_codes(ComparisonBlock(), raw) == {}


def test_fit_shows_only_what_was_answered():
    page = soup(render(FitBlock(), FIT))
    assert page.h2.text == "Does it fit?"
    assert [h3.text for h3 in page.find_all("h3")] == ["Adopt it when", "How to justify it"]
    assert [li.text for li in page.find_all("li")] == [
        "Two teams share a service",
        "A failed release costs half a day",
    ]
    assert markdown(FitBlock(), FIT) == (
        "## Does it fit?\n\n### Adopt it when\n\n- Two teams share a service\n\n"
        "### How to justify it\n\n- A failed release costs half a day"
    )
    assert "half a day" in text(FitBlock(), FIT)
    assert error_codes(FitBlock(), FIT) == {}
    assert error_codes(FitBlock(), {**FIT, "adopt_when": [""]}) == {"adopt_when.0": "required"}


def test_examples_of_the_picker_read_well():
    assert "An hour of set-up" in render_preview(ComparisonBlock())
    assert "More than two teams" in render_preview(FitBlock())
