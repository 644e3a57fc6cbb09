"""The typed parts of plans. A due date is a day, or a number of days after the start."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib import spans
from templates_lib.rows import Column, Row, RowsBlock, day, words
from templates_lib.runnable import RunnableStep, facts

GROUP = _("Plans")


def _due(row: Any) -> str:
    return day(row.get("due")) or spans.after_start(row.get("due_after_days"))


DUE = Column(("due", "due_after_days"), _("Due"), _due)


class DueRow(Row):
    """A row that falls due on a day, or a number of days after the start, not both."""

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if value.get("due") and value.get("due_after_days") is not None:
            error = ValidationError(
                _("Give a day or a number of days, not both."), code="two_due_dates"
            )
            raise blocks.StructBlockValidationError(block_errors={"due_after_days": error})
        return value


class TaskRow(DueRow):
    task = blocks.CharBlock(max_length=255, label=_("Task"))
    owner_role = blocks.CharBlock(required=False, max_length=120, label=_("Owner"))
    due = blocks.DateBlock(required=False, label=_("Due on"))
    due_after_days = blocks.IntegerBlock(
        required=False, min_value=0, label=_("Due, days after the start")
    )
    done_when = blocks.CharBlock(required=False, max_length=255, label=_("Done when"))

    class Meta:
        icon = "tasks"
        label_format = "{task}"
        columns = (DUE,)

    def flags(self, value: Any) -> list[str]:
        return [] if value.get("owner_role") else [_now("No owner named.")]


class TasksBlock(RowsBlock):
    tasks = blocks.ListBlock(TaskRow(), min_num=1, label=_("Tasks"))

    class Meta:
        icon = "tasks"
        label = _("Tasks")
        heading = _("Tasks")
        group = GROUP
        description = _("Tasks with owner and due date; one without an owner is flagged")
        rows = "tasks"
        preview_value = {
            "tasks": [
                {"task": "Write the runbook", "owner_role": "Duty engineer", "due_after_days": 5},
                {"task": "Rehearse the rollback", "due_after_days": 10},
            ]
        }

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=task.get("task") or "",
                facts=facts(due=_due(task), expected=task.get("done_when")),
                role=task.get("owner_role") or "",
                due=task.get("due"),
                due_after_days=task.get("due_after_days"),
            )
            for task in self.rows_of(value)
        ]


class MilestoneRow(DueRow):
    name = blocks.CharBlock(max_length=200, label=_("Milestone"))
    due = blocks.DateBlock(required=False, label=_("Due on"))
    due_after_days = blocks.IntegerBlock(
        required=False, min_value=0, label=_("Due, days after the start")
    )
    evidence = blocks.CharBlock(required=False, max_length=255, label=_("Seen by"))

    class Meta:
        icon = "pick"
        label_format = "{name}"
        columns = (DUE,)


class MilestonesBlock(RowsBlock):
    milestones = blocks.ListBlock(MilestoneRow(), min_num=1, label=_("Milestones"))

    class Meta:
        icon = "pick"
        label = _("Milestones")
        heading = _("Milestones")
        group = GROUP
        description = _("Points at which the plan is measured")
        rows = "milestones"
        preview_value = {
            "milestones": [
                {"name": "First paying user", "due_after_days": 30, "evidence": "Invoice sent"}
            ]
        }

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=milestone.get("name") or "",
                facts=facts(due=_due(milestone), proof=milestone.get("evidence")),
                is_milestone=True,
                due=milestone.get("due"),
                due_after_days=milestone.get("due_after_days"),
            )
            for milestone in self.rows_of(value)
        ]


def _duration(stage: Any) -> str:
    return spans.days(stage.get("duration_days"))


class StageRow(Row):
    name = blocks.CharBlock(max_length=200, label=_("Stage"))
    stage = blocks.ChoiceBlock(
        choices=[
            ("pilot", _("Pilot")),
            ("parallel_run", _("Parallel run")),
            ("phased", _("Phased release")),
            ("full", _("Full release")),
            ("training", _("Training")),
        ],
        default="pilot",
        label=_("Sort"),
    )
    goal = blocks.CharBlock(required=False, max_length=255, label=_("Goal"))
    audience = blocks.CharBlock(required=False, max_length=255, label=_("Who takes part"))
    exit_rule = blocks.CharBlock(max_length=255, label=_("Ends when"))
    rollback = blocks.CharBlock(max_length=255, label=_("Rollback"))
    duration_days = blocks.IntegerBlock(required=False, min_value=1, label=_("Days"))

    class Meta:
        icon = "arrow-right"
        label_format = "{name}"
        columns = (Column(("duration_days",), _("Lasts"), _duration),)


class StagesBlock(RowsBlock):
    stages = blocks.ListBlock(StageRow(), min_num=1, label=_("Stages"))

    class Meta:
        icon = "arrow-right"
        label = _("Stages")
        heading = _("Stages")
        group = GROUP
        description = _("Stages of a rollout, each with its exit rule and its rollback")
        rows = "stages"
        preview_value = {
            "stages": [
                {
                    "name": "One team",
                    "stage": "pilot",
                    "exit_rule": "Ten runs without help",
                    "rollback": "The old sheet stays writable",
                    "duration_days": 14,
                }
            ]
        }

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=stage.get("name") or "",
                facts=facts(
                    goal=stage.get("goal"),
                    audience=stage.get("audience"),
                    exit_rule=stage.get("exit_rule"),
                    rollback=stage.get("rollback"),
                ),
            )
            for stage in self.rows_of(value)
        ]


def _moment(phase: Any) -> str:
    return spans.moment(phase.get("at_minute"))


class PhaseRow(Row):
    phase = blocks.ChoiceBlock(
        choices=[
            ("pause", _("Pause")),
            ("revert", _("Revert")),
            ("audit", _("Audit")),
            ("rebuild", _("Rebuild")),
            ("restore", _("Restore")),
            ("retrain", _("Retrain")),
            ("communicate", _("Communicate")),
            ("review", _("Review")),
        ],
        label=_("Phase"),
    )
    at_minute = blocks.IntegerBlock(required=False, min_value=0, label=_("From minute"))
    action = blocks.CharBlock(max_length=255, label=_("Action"))
    owner_role = blocks.CharBlock(required=False, max_length=120, label=_("Owner"))

    class Meta:
        icon = "time"
        label_format = "{phase}: {action}"
        columns = (Column(("at_minute",), _("When"), _moment),)


class TimelineBlock(RowsBlock):
    phases = blocks.ListBlock(PhaseRow(), min_num=1, label=_("Phases"))

    class Meta:
        icon = "time"
        label = _("Timeline")
        heading = _("Timeline")
        group = GROUP
        description = _("What happens from which minute on")
        rows = "phases"
        preview_value = {
            "phases": [
                {
                    "phase": "pause",
                    "at_minute": 0,
                    "action": "Stop deployments",
                    "owner_role": "Lead",
                },
                {"phase": "revert", "at_minute": 10, "action": "Go back to the last release"},
            ]
        }

    def as_steps(self, value: Any) -> list[RunnableStep]:
        names = self.row_block.child_blocks["phase"]
        return [
            RunnableStep(
                title=f"{words(names, phase.get('phase'))}: {phase.get('action') or ''}",
                role=phase.get("owner_role") or "",
                at_minute=phase.get("at_minute"),
            )
            for phase in self.rows_of(value)
        ]


def _rhythm(meeting: Any) -> str:
    return spans.every(meeting.get("every_days"))


class MeetingRow(Row):
    name = blocks.CharBlock(max_length=200, label=_("Meeting or review"))
    every_days = blocks.IntegerBlock(min_value=1, max_value=730, label=_("Every (days)"))
    purpose = blocks.CharBlock(max_length=255, label=_("Purpose"))
    owner_role = blocks.CharBlock(required=False, max_length=120, label=_("Owner"))

    class Meta:
        icon = "calendar"
        label_format = "{name}"
        columns = (Column(("every_days",), _("How often"), _rhythm),)


class CadenceBlock(RowsBlock):
    meetings = blocks.ListBlock(MeetingRow(), min_num=1, label=_("Meetings and reviews"))

    class Meta:
        icon = "calendar"
        label = _("Cadence")
        heading = _("Cadence")
        group = GROUP
        description = _("What recurs, how often and what for")
        rows = "meetings"
        preview_value = {
            "meetings": [
                {"name": "Service review", "every_days": 14, "purpose": "Decide on open risks"}
            ]
        }
