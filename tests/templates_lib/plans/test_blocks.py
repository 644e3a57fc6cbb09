import pytest

from templates_lib.plans.blocks import (
    CadenceBlock,
    MilestonesBlock,
    StagesBlock,
    TasksBlock,
    TimelineBlock,
)
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

TASKS = {
    "tasks": [
        {"task": "Write the runbook", "owner_role": "Duty engineer", "due": "2026-03-31"},
        {"task": "Rehearse it", "due_after_days": 10, "done_when": "Two people did it"},
    ]
}


def test_tasks_stand_with_owner_and_due_date_in_words():
    page = soup(render(TasksBlock(), TASKS))
    assert [th.get_text() for th in page.select("thead th")] == [
        "Task",
        "Owner",
        "Due",
        "Done when",
    ]
    assert "31 March 2026" in words(str(page))
    assert "10 days after the start" in words(str(page))


def test_a_task_without_an_owner_is_flagged():
    rows = soup(render(TasksBlock(), TASKS)).select("tbody tr")
    assert not rows[0].select(".flag")
    assert rows[1].select_one(".flag").get_text() == "No owner named."


def test_tasks_in_markdown():
    assert markdown(TasksBlock(), TASKS) == (
        "## Tasks\n"
        "\n"
        "| Task | Owner | Due | Done when |\n"
        "| --- | --- | --- | --- |\n"
        "| Write the runbook | Duty engineer | 31 March 2026 |  |\n"
        "| Rehearse it<br>*No owner named.* |  | 10 days after the start | Two people did it |"
    )


@pytest.mark.parametrize(
    ("block", "child", "row"),
    [
        (TasksBlock(), "tasks", {"task": "Write"}),
        (MilestonesBlock(), "milestones", {"name": "Written"}),
    ],
    ids=["tasks", "milestones"],
)
def test_two_due_dates_contradict_each_other(block, child, row):
    both = {child: [row | {"due": "2026-03-31", "due_after_days": 0}]}
    assert error_codes(block, both) == {f"{child}.0.due_after_days": "two_due_dates"}
    assert error_codes(block, {child: [row | {"due_after_days": 0}]}) == {}


def test_a_milestone_on_the_first_day_says_so():
    raw = {"milestones": [{"name": "Kick-off", "due_after_days": 0, "evidence": "Minutes"}]}
    assert "Kick-off on the day of the start Minutes" in words(render(MilestonesBlock(), raw))


STAGE = {
    "name": "One team",
    "stage": "parallel_run",
    "exit_rule": "Ten runs without help",
    "rollback": "The old sheet stays writable",
    "duration_days": 14,
}


def test_a_stage_shows_exit_rule_and_rollback():
    page = soup(render(StagesBlock(), {"stages": [STAGE]}))
    cells = {td["data-label"]: td.get_text() for td in page.find_all("td")}
    assert cells == {
        "Sort": "Parallel run",
        "Ends when": "Ten runs without help",
        "Rollback": "The old sheet stays writable",
        "Lasts": "2 weeks",
    }


def test_a_stage_without_a_way_out_is_refused():
    raw = {"stages": [STAGE | {"exit_rule": "", "rollback": ""}]}
    assert error_codes(StagesBlock(), raw) == {
        "stages.0.exit_rule": "required",
        "stages.0.rollback": "required",
    }
    assert draft_error_codes(StagesBlock(), raw) == {}


def test_a_timeline_tells_what_happens_when():
    raw = {
        "phases": [
            {"phase": "pause", "at_minute": 0, "action": "Stop deployments", "owner_role": "Lead"},
            {"phase": "restore", "at_minute": 240, "action": "Bring data back"},
        ]
    }
    assert markdown(TimelineBlock(), raw) == (
        "## Timeline\n"
        "\n"
        "| Phase | When | Action | Owner |\n"
        "| --- | --- | --- | --- |\n"
        "| Pause | at the start | Stop deployments | Lead |\n"
        "| Restore | after 4 hours | Bring data back |  |"
    )


def test_a_cadence_is_told_in_weeks():
    raw = {"meetings": [{"name": "Review", "every_days": 14, "purpose": "Decide on risks"}]}
    assert "Review every 2 weeks Decide on risks" in words(render(CadenceBlock(), raw))


def test_a_cadence_needs_at_least_a_day():
    raw = {"meetings": [{"name": "Review", "every_days": 0, "purpose": "Decide"}]}
    assert error_codes(CadenceBlock(), raw) == {"meetings.0.every_days": "min_value"}


BLOCKS = [TasksBlock(), MilestonesBlock(), StagesBlock(), TimelineBlock(), CadenceBlock()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_hostile_values_are_shown_as_text(block):
    assert_harmless(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_the_example_of_the_picker_is_shown(block):
    assert str(block.meta.heading) in words(render_preview(block))
