"""How work goes from one hand to the next, and how one sees that it is done."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib import spans
from templates_lib.asking import AskingBlock, AskingValue, asked, asking_layout, check_conditions
from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.markdown import write
from templates_lib.rows import Row, RowsBlock
from templates_lib.runnable import RunnableStep, facts, source

GROUP = _("Steps")


class StepBlock(AskingBlock):
    title = blocks.CharBlock(max_length=200, label=_("Step"))
    detail = ProseBlock(required=False, label=_("Detail"))
    owner_role = blocks.CharBlock(required=False, max_length=120, label=_("Role"))
    input = blocks.CharBlock(required=False, max_length=255, label=_("Input"))
    outcome = blocks.CharBlock(required=False, max_length=255, label=_("Outcome"))
    minutes = blocks.IntegerBlock(required=False, min_value=1, label=_("Minutes"))

    class Meta:
        icon = "list-ol"
        label_format = "{title}"
        value_class = AskingValue
        form_layout = asking_layout("title", "detail", "owner_role", "input", "outcome", "minutes")


class StepsBlock(PartBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    intro = ProseBlock(required=False, label=_("Introduction"))
    steps = blocks.ListBlock(StepBlock(), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Steps")
        heading = _("Steps")
        group = GROUP
        description = _("What is done in which order, by whom, to which outcome")
        template = "steps/steps.html"
        css = ["steps/steps.css"]
        preview_value = {
            "intro": "<p>Allow half an hour.</p>",
            "steps": [
                {
                    "title": "Stop the line",
                    "detail": "<p>Nobody merges until the build is green.</p>",
                    "owner_role": "Duty engineer",
                    "input": "Alert from the build server",
                    "outcome": "The branch is locked",
                    "minutes": 5,
                }
            ],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation:
            try:
                check_conditions(value["steps"], StepBlock.NAME)
            except blocks.ListBlockValidationError as error:
                raise blocks.StructBlockValidationError(block_errors={"steps": error}) from error
        return value

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=step.get("title") or "",
                detail=source(step.get("detail")),
                facts=facts(input=step.get("input"), outcome=step.get("outcome")),
                role=step.get("owner_role") or "",
                minutes=step.get("minutes"),
                **asked(step),
            )
            for step in value.get("steps") or []
        ]

    def markdown_body(self, value: Any) -> str:
        steps = write.bullets(
            (_step_markdown(step) for step in value.get("steps") or []), ordered=True
        )
        return write.join(prose(value.get("intro")), steps)


def _step_markdown(step: Any) -> str:
    facts = [
        write.labelled(_("Role"), step.get("owner_role")),
        write.labelled(_("Input"), step.get("input")),
        write.labelled(_("Outcome"), step.get("outcome")),
        write.labelled(_("Time"), spans.minutes(step.get("minutes"))),
        write.labelled(_("Evidence"), step.evidence_label),
        write.labelled(_("Condition"), step.condition_label),
        write.labelled(_("Limit"), step.limit_label),
    ]
    return write.join(
        f"**{write.escape(step.get('title'))}**",
        prose(step.get("detail")),
        write.bullets(fact for fact in facts if fact),
    )


class CriterionRow(Row):
    criterion = blocks.CharBlock(max_length=255, label=_("Criterion"))
    measure = blocks.CharBlock(required=False, max_length=255, label=_("Measured by"))

    class Meta:
        icon = "check"
        label_format = "{criterion}"


class SuccessCriteriaBlock(RowsBlock):
    criteria = blocks.ListBlock(CriterionRow(), min_num=1, label=_("Criteria"))

    class Meta:
        icon = "check"
        label = _("Success criteria")
        heading = _("Success criteria")
        group = GROUP
        description = _("What is true when the work has succeeded")
        rows = "criteria"
        preview_value = {
            "criteria": [
                {"criterion": "The build is green again", "measure": "Build server, main branch"}
            ]
        }


class HandoffRow(Row):
    from_role = blocks.CharBlock(max_length=120, label=_("From"))
    to_role = blocks.CharBlock(max_length=120, label=_("To"))
    owner_role = blocks.CharBlock(required=False, max_length=120, label=_("Owner"))
    input = blocks.CharBlock(required=False, max_length=255, label=_("What is handed over"))
    outcome = blocks.CharBlock(required=False, max_length=255, label=_("Outcome"))

    class Meta:
        icon = "redirect"
        label_format = "{from_role}: {to_role}"

    def flags(self, value: Any) -> list[str]:
        lacking = {
            "owner_role": _now("No owner named."),
            "input": _now("No input named."),
            "outcome": _now("No outcome named."),
        }
        return [message for name, message in lacking.items() if not value.get(name)]


class HandoffsBlock(RowsBlock):
    handoffs = blocks.ListBlock(HandoffRow(), min_num=1, label=_("Handoffs"))

    class Meta:
        icon = "redirect"
        label = _("Handoffs")
        heading = _("Handoffs")
        group = GROUP
        description = _("Who hands what to whom; one that lacks owner, input or outcome is flagged")
        rows = "handoffs"
        preview_value = {
            "handoffs": [
                {
                    "from_role": "Developer",
                    "to_role": "Reviewer",
                    "owner_role": "Developer",
                    "input": "Merge request with a description",
                    "outcome": "Approved or returned within four hours",
                },
                {"from_role": "Reviewer", "to_role": "Release manager"},
            ]
        }


class ActivityRow(Row):
    activity = blocks.CharBlock(max_length=255, label=_("Activity"))
    role = blocks.CharBlock(max_length=120, label=_("Role"))
    data_needed = blocks.CharBlock(required=False, max_length=255, label=_("Data needed"))
    decision_point = blocks.CharBlock(required=False, max_length=255, label=_("Decision"))
    hands_to = blocks.CharBlock(required=False, max_length=120, label=_("Hands to"))

    class Meta:
        icon = "arrow-right"
        label_format = "{activity}"


class WorkflowBlock(RowsBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    activities = blocks.ListBlock(ActivityRow(), min_num=1, label=_("Activities"))

    class Meta:
        icon = "arrow-right"
        label = _("Workflow")
        heading = _("Workflow")
        group = GROUP
        description = _("Activities with role, data, decision and next hand")
        rows = "activities"
        preview_value = {
            "activities": [
                {
                    "activity": "Review the change",
                    "role": "Reviewer",
                    "data_needed": "Diff and test report",
                    "decision_point": "Approve or return",
                    "hands_to": "Release manager",
                }
            ]
        }
