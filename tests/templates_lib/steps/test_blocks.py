import pytest

from templates_lib.steps.blocks import (
    HandoffsBlock,
    StepsBlock,
    SuccessCriteriaBlock,
    WorkflowBlock,
)
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    words,
)

BUILD = {
    "title": "",
    "intro": "<p>Allow half an hour.</p>",
    "steps": [
        {
            "title": "Stop the line",
            "detail": "<p>Nobody merges.</p><ul><li>Tell the channel</li></ul>",
            "owner_role": "Duty engineer",
            "input": "Alert",
            "outcome": "The branch is locked",
            "minutes": 90,
        },
        {"title": "Find the change"},
    ],
}


def test_steps_are_numbered_in_order_with_their_facts():
    page = soup(render(StepsBlock(), BUILD))
    assert page.find("h2").get_text() == "Steps"
    assert [h.get_text() for h in page.select("ol > li > h3")] == [
        "Stop the line",
        "Find the change",
    ]
    facts = [(dt.get_text(), dt.find_next("dd").get_text()) for dt in page.find_all("dt")]
    assert facts == [
        ("Role", "Duty engineer"),
        ("Input", "Alert"),
        ("Outcome", "The branch is locked"),
        ("Time", "1 hour 30 minutes"),
    ]


def test_a_title_of_its_own_replaces_the_heading():
    page = soup(render(StepsBlock(), BUILD | {"title": "Mend the build"}))
    assert page.find("h2").get_text() == "Mend the build"


def test_steps_are_a_numbered_list_in_markdown():
    assert markdown(StepsBlock(), BUILD) == (
        "## Steps\n"
        "\n"
        "Allow half an hour.\n"
        "\n"
        "1. **Stop the line**\n"
        "\n"
        "   Nobody merges.\n"
        "\n"
        "   - Tell the channel\n"
        "\n"
        "   - **Role:** Duty engineer\n"
        "   - **Input:** Alert\n"
        "   - **Outcome:** The branch is locked\n"
        "   - **Time:** 1 hour 30 minutes\n"
        "2. **Find the change**"
    )


def test_search_finds_the_words_of_steps():
    found = text(StepsBlock(), BUILD)
    for piece in ("Steps", "Allow half an hour.", "Tell the channel", "The branch is locked"):
        assert piece in found
    assert "None" not in found


def test_a_step_needs_a_title_and_a_part_needs_a_step():
    assert error_codes(StepsBlock(), {"steps": [{"title": ""}]}) == {"steps.0.title": "required"}
    assert list(error_codes(StepsBlock(), {"steps": []})) == ["steps"]
    assert draft_error_codes(StepsBlock(), {"steps": []}) == {}


def test_criteria_stand_beside_their_measure():
    raw = {"criteria": [{"criterion": "Green build", "measure": "Build server"}]}
    assert words(render(SuccessCriteriaBlock(), raw)).endswith("Green build Build server")
    assert markdown(SuccessCriteriaBlock(), raw) == (
        "## Success criteria\n"
        "\n"
        "| Criterion | Measured by |\n"
        "| --- | --- |\n"
        "| Green build | Build server |"
    )


COMPLETE = {
    "from_role": "Developer",
    "to_role": "Reviewer",
    "owner_role": "Developer",
    "input": "Merge request",
    "outcome": "Approved",
}


def test_a_handoff_that_lacks_something_is_flagged():
    bare = {"from_role": "Reviewer", "to_role": "Release manager", "owner_role": "Reviewer"}
    raw = {"handoffs": [COMPLETE, bare]}
    flags = [flag.get_text() for flag in soup(render(HandoffsBlock(), raw)).select(".flag")]
    assert flags == ["No input named.", "No outcome named."]
    assert "No input named." in markdown(HandoffsBlock(), raw)


def test_a_complete_handoff_has_no_flag():
    assert not soup(render(HandoffsBlock(), {"handoffs": [COMPLETE]})).select(".flag")


def test_a_workflow_lists_role_data_decision_and_next_hand():
    raw = {
        "activities": [
            {
                "activity": "Review the change",
                "role": "Reviewer",
                "data_needed": "Diff",
                "decision_point": "Approve or return",
                "hands_to": "Release manager",
            }
        ]
    }
    page = soup(render(WorkflowBlock(), raw))
    assert [th.get_text() for th in page.select("thead th")] == [
        "Activity",
        "Role",
        "Data needed",
        "Decision",
        "Hands to",
    ]
    assert "Approve or return" in markdown(WorkflowBlock(), raw)


BLOCKS = [StepsBlock(), SuccessCriteriaBlock(), HandoffsBlock(), WorkflowBlock()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_hostile_values_are_shown_as_text(block):
    assert_harmless(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_the_example_of_the_picker_is_shown(block):
    assert str(block.meta.heading) in words(render_preview(block))
