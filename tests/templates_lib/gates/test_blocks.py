import pytest

from templates_lib.gates.blocks import ControlsBlock, QualityGatesBlock
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    words,
)

GATES = {
    "gates": [
        {"name": "Tests", "criterion": "The suite is green", "automated": True},
        {"name": "Review", "criterion": "Two approvals", "approver_role": "Team lead"},
    ]
}


def test_a_gate_says_who_or_what_checks_it():
    rows = soup(render(QualityGatesBlock(), GATES)).select("tbody tr")
    assert [row.find_all("td")[-1].get_text() for row in rows] == ["automatically", "by a person"]


def test_gates_in_markdown():
    assert markdown(QualityGatesBlock(), GATES) == (
        "## Quality gates\n"
        "\n"
        "| Gate | Passed when | Passed by | Checked |\n"
        "| --- | --- | --- | --- |\n"
        "| Tests | The suite is green |  | automatically |\n"
        "| Review | Two approvals | Team lead | by a person |"
    )


def test_a_part_without_a_gate_is_refused():
    assert list(error_codes(QualityGatesBlock(), {"gates": []})) == ["gates"]
    assert draft_error_codes(QualityGatesBlock(), {"gates": []}) == {}


def test_a_gate_needs_a_criterion():
    raw = {"gates": [{"name": "Tests", "criterion": ""}]}
    assert error_codes(QualityGatesBlock(), raw) == {"gates.0.criterion": "required"}


def test_a_control_says_how_often_and_by_whom():
    raw = {
        "controls": [
            {
                "control": "Two people approve",
                "evidence": "Merge request",
                "frequency": "Each release",
                "owner_role": "Release driver",
            }
        ]
    }
    assert words(render(ControlsBlock(), raw)).endswith(
        "Two people approve Merge request Each release Release driver"
    )
    assert "| Control | Evidence | How often | Owner |" in markdown(ControlsBlock(), raw)


BLOCKS = [QualityGatesBlock(), ControlsBlock()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_hostile_values_are_shown_as_text(block):
    assert_harmless(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_the_example_of_the_picker_is_shown(block):
    assert str(block.meta.heading) in words(render_preview(block))
