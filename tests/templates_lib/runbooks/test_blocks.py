import pytest

from templates_lib.rendering import LinkTarget, RenderContext, rendering
from templates_lib.runbooks.blocks import (
    ActionsBlock,
    DiagnosisBlock,
    FailureModesBlock,
    TriggerBlock,
    VerificationBlock,
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
    value_of,
    words,
)


def test_a_trigger_names_its_events_and_its_severity():
    raw = {"events": ["Disk above 90%", "Writes fail"], "severity": "high"}
    page = soup(render(TriggerBlock(), raw))
    assert [li.get_text() for li in page.find_all("li")] == ["Disk above 90%", "Writes fail"]
    assert "Severity: High" in words(str(page))
    assert markdown(TriggerBlock(), raw) == (
        "## Trigger\n\n**Severity:** High\n\n- Disk above 90%\n- Writes fail"
    )


def test_a_trigger_without_severity_says_nothing_of_it():
    assert "Severity" not in render(TriggerBlock(), {"events": ["Writes fail"]})


def test_a_trigger_needs_an_event():
    assert list(error_codes(TriggerBlock(), {"events": []})) == ["events"]
    assert error_codes(TriggerBlock(), {"events": [""]}) == {"events.0": "required"}
    assert draft_error_codes(TriggerBlock(), {"events": [""]}) == {}


CHECKS = {
    "checks": [
        {
            "check": "Are the workers alive?",
            "command": "celery status",
            "expected": "OK from each",
            "otherwise": "<p>Restart them.</p>",
        }
    ]
}


def test_a_check_shows_what_healthy_means_and_what_to_do_otherwise():
    page = soup(render(DiagnosisBlock(), CHECKS))
    assert page.select_one("pre code").get_text() == "celery status"
    facts = [(dt.get_text(), dt.find_next("dd").get_text()) for dt in page.find_all("dt")]
    assert facts == [("Healthy when", "OK from each"), ("Otherwise", "Restart them.")]


def test_a_diagnosis_is_a_numbered_list_in_markdown():
    assert markdown(DiagnosisBlock(), CHECKS) == (
        "## Diagnosis\n"
        "\n"
        "1. Are the workers alive?\n"
        "\n"
        "   ```bash\n"
        "   celery status\n"
        "   ```\n"
        "\n"
        "   **Healthy when:** OK from each\n"
        "\n"
        "   **Otherwise:** Restart them."
    )


ACTIONS = {
    "actions": [
        {
            "title": "Pause the queue",
            "detail": "<p>New jobs wait.</p>",
            "command": "echo ``` > pause",
            "language": "bash",
            "expected_result": "No export starts",
            "rollback": "Remove the file.\nStart the worker.",
        }
    ]
}


def test_an_action_keeps_command_result_and_rollback_apart():
    page = soup(render(ActionsBlock(), ACTIONS))
    assert page.find("h3").get_text() == "Pause the queue"
    assert page.select_one("pre code").get_text() == "echo ``` > pause"
    facts = {dt.get_text(): dt.find_next("dd").get_text(" ") for dt in page.find_all("dt")}
    assert facts["Expected result"] == "No export starts"
    assert facts["Rollback"] == "Remove the file. Start the worker."


def test_a_command_cannot_end_its_fence_in_markdown():
    assert markdown(ActionsBlock(), ACTIONS) == (
        "## Actions\n"
        "\n"
        "### 1. Pause the queue\n"
        "\n"
        "New jobs wait.\n"
        "\n"
        "````bash\n"
        "echo ``` > pause\n"
        "````\n"
        "\n"
        "**Expected result:** No export starts\n"
        "\n"
        "**Rollback:** Remove the file.  \n"
        "Start the worker."
    )


def test_an_action_needs_an_expected_result_and_a_rollback():
    raw = {"actions": [{"title": "Pause", "expected_result": "", "rollback": ""}]}
    assert error_codes(ActionsBlock(), raw) == {
        "actions.0.expected_result": "required",
        "actions.0.rollback": "required",
    }
    assert draft_error_codes(ActionsBlock(), raw) == {}


def test_search_finds_commands():
    assert "echo ``` > pause" in text(ActionsBlock(), ACTIONS)


def test_a_verification_says_what_good_looks_like():
    raw = {"checks": [{"check": "The queue shrinks", "expected": "Below 100 jobs"}]}
    assert "Good when Below 100 jobs" in words(render(VerificationBlock(), raw))
    assert markdown(VerificationBlock(), raw) == (
        "## Verification\n\n1. The queue shrinks\n\n   **Good when:** Below 100 jobs"
    )


class _Page:
    pk = 9


MODES = {
    "modes": [
        {"failure": "Restore fails", "symptom": "Checksum differs"},
        {"failure": "Disk full", "recovery_note": "Rotate the logs"},
        {"failure": "Certificate expired"},
    ]
}


def test_a_failure_is_one_click_from_its_recovery():
    value = value_of(FailureModesBlock(), MODES)
    value["modes"][0]["recovery"] = _Page()
    with rendering(RenderContext(pages={9: LinkTarget("/operations/restore/", "Restore")})):
        page = soup(str(FailureModesBlock().render(value, context={})))
        written = FailureModesBlock().as_markdown(value)
    row = page.select("tbody tr")[0]
    assert row.find("a")["href"] == "/operations/restore/"
    assert "[Restore](/operations/restore/)" in written


def test_a_failure_without_recovery_is_flagged():
    page = soup(render(FailureModesBlock(), MODES))
    flagged = [
        row.find("th").get_text(" ", strip=True)
        for row in page.select("tbody tr")
        if row.select(".flag")
    ]
    assert flagged == [
        "Restore fails No recovery named.",
        "Certificate expired No recovery named.",
    ]


def test_a_recovery_that_the_reader_may_not_see_is_not_called_missing():
    value = value_of(FailureModesBlock(), {"modes": [{"failure": "Restore fails"}]})
    value["modes"][0]["recovery"] = _Page()
    with rendering(RenderContext()):
        html = str(FailureModesBlock().render(value, context={}))
    assert "No recovery" not in html


BLOCKS = [
    TriggerBlock(),
    DiagnosisBlock(),
    ActionsBlock(),
    VerificationBlock(),
    FailureModesBlock(),
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_hostile_values_are_shown_as_text(block):
    assert_harmless(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_the_example_of_the_picker_is_shown(block):
    assert str(block.meta.heading) in words(render_preview(block))
