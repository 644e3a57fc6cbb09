"""Parts that are prose under a fixed heading."""

import pytest

from templates_lib.prose import blocks as prose
from tests.templates_lib.helpers import (
    assert_harmless,
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

HEADINGS = {
    prose.PurposeBlock: "Purpose",
    prose.ContextBlock: "Context",
    prose.DecisionBlock: "Decision",
    prose.ConsequencesBlock: "Consequences",
    prose.StandardBlock: "Central standard",
    prose.OverviewBlock: "Overview",
    prose.SummaryBlock: "Summary",
}


@pytest.mark.parametrize(
    "block", [*(block() for block in HEADINGS), prose.ScopeBlock(), prose.UseCasesBlock()], ids=type
)
def test_hostile_text_stays_text(block):
    assert_harmless(block)


@pytest.mark.parametrize(("block", "heading"), HEADINGS.items())
def test_narrative_stands_under_its_heading(block, heading):
    raw = {"body": "<p>Why it <i>is</i> there.</p>"}
    page = soup(render(block(), raw))
    assert page.h2.text == heading
    assert words(str(page)) == f"{heading} Why it is there."
    assert block().heading_for(value_of(block(), raw)) == heading
    assert markdown(block(), raw) == f"## {heading}\n\nWhy it *is* there."
    assert text(block(), raw) == f"{heading}\nWhy it is there."
    assert heading in render_preview(block())


def test_narrative_needs_its_text_before_publishing_only():
    assert error_codes(prose.PurposeBlock(), {"body": ""}) == {"body": "required"}
    assert draft_error_codes(prose.PurposeBlock(), {"body": ""}) == {}


def test_scope_says_where_it_holds_and_where_not():
    raw = {"applies_to": ["All services"], "excludes": ["Prototypes"]}
    page = soup(render(prose.ScopeBlock(), raw))
    assert page.h2.text == "Scope"
    assert [h3.text for h3 in page.find_all("h3")] == ["Applies to", "Does not apply to"]
    assert [li.text for li in page.find_all("li")] == ["All services", "Prototypes"]
    assert markdown(prose.ScopeBlock(), raw) == (
        "## Scope\n\n**Applies to:**\n\n- All services\n\n**Does not apply to:**\n\n- Prototypes"
    )


def test_scope_without_exclusions_does_not_mention_them():
    raw = {"applies_to": ["All services"], "excludes": []}
    assert "not apply" not in render(prose.ScopeBlock(), raw)
    assert "not apply" not in markdown(prose.ScopeBlock(), raw)
    assert error_codes(prose.ScopeBlock(), raw) == {}


def test_use_cases_are_told_one_by_one():
    raw = {
        "title": "",
        "cases": [{"title": "A new API", "description": "From contract\n\nto client."}],
    }
    page = soup(render(prose.UseCasesBlock(), raw))
    assert page.h2.text == "Use cases"
    assert page.li.h3.text == "A new API"
    assert markdown(prose.UseCasesBlock(), raw) == (
        "## Use cases\n\n### A new API\n\nFrom contract\n\nto client."
    )
    assert error_codes(prose.UseCasesBlock(), {"cases": [{"title": "x", "description": ""}]}) == {
        "cases.0.description": "required"
    }
