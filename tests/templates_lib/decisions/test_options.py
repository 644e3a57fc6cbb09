import pytest

from templates_lib.decisions.blocks import OptionsConsideredBlock, ThresholdsBlock
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

LIMITS = {
    "thresholds": [
        {
            "measure": "Error rate",
            "comparison": "gt",
            "limit": "5.0",
            "unit": "%",
            "consequence": "Roll back",
            "escalate_to_role": "Duty engineer",
        },
        {"measure": "Attempts", "comparison": "ge", "limit": "2", "consequence": "No third one"},
    ]
}


def test_a_threshold_reads_as_a_sentence():
    shown = words(render(ThresholdsBlock(), LIMITS))
    assert "Error rate more than 5% Roll back Duty engineer" in shown
    assert "Attempts at least 2 No third one" in shown


def test_thresholds_in_markdown():
    assert markdown(ThresholdsBlock(), LIMITS) == (
        "## Risk thresholds\n"
        "\n"
        "| Measure | Is | Then | Escalate to |\n"
        "| --- | --- | --- | --- |\n"
        "| Error rate | more than 5% | Roll back | Duty engineer |\n"
        "| Attempts | at least 2 | No third one |  |"
    )


def test_a_threshold_needs_limit_and_consequence():
    raw = {"thresholds": [{"measure": "Errors", "limit": None, "consequence": ""}]}
    assert error_codes(ThresholdsBlock(), raw) == {
        "thresholds.0.limit": "required",
        "thresholds.0.consequence": "required",
    }
    assert draft_error_codes(ThresholdsBlock(), raw) == {}


OPTIONS = {
    "options": [
        {"option": "Cursor paging", "pros": ["Stable"], "cons": ["No page 7"], "chosen": True},
        {"option": "Offset paging", "cons": ["Skips rows", ""]},
    ]
}


def test_the_chosen_option_is_marked_in_words():
    first, second = soup(render(OptionsConsideredBlock(), OPTIONS)).select(".options__option")
    assert words(str(first)) == (
        "Cursor paging Chosen Speaks for it Stable Speaks against it No page 7"
    )
    assert words(str(second)) == "Offset paging Speaks against it Skips rows"


def test_options_in_markdown():
    assert markdown(OptionsConsideredBlock(), OPTIONS) == (
        "## Options considered\n"
        "\n"
        "### Cursor paging (chosen)\n"
        "\n"
        "**Speaks for it:**\n"
        "\n"
        "- Stable\n"
        "\n"
        "**Speaks against it:**\n"
        "\n"
        "- No page 7\n"
        "\n"
        "### Offset paging\n"
        "\n"
        "**Speaks against it:**\n"
        "\n"
        "- Skips rows"
    )


BLOCKS = [ThresholdsBlock(), OptionsConsideredBlock()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_hostile_values_are_shown_as_text(block):
    assert_harmless(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_the_example_of_the_picker_is_shown(block):
    assert str(block.meta.heading) in words(render_preview(block))
