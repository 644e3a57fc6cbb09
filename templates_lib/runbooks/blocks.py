"""The separate parts of a runbook: what starts it, what to look at, what to do, how to see it worked."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import get_text_for_indexing

from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.code_colours import LANGUAGE_CHOICES
from templates_lib.markdown import write
from templates_lib.rows import Row, RowsBlock
from templates_lib.runnable import RunnableStep, facts, source

GROUP = _("Runbook")
MAX_COMMAND_CHARS = 4000
CSS = ["runbooks/runbooks.css"]
SEVERITIES = [
    ("info", _("Information")),
    ("low", _("Low")),
    ("medium", _("Medium")),
    ("high", _("High")),
    ("critical", _("Critical")),
]


class TriggerBlock(PartBlock):
    events = blocks.ListBlock(
        blocks.CharBlock(max_length=255, label=_("Event")),
        min_num=1,
        label=_("What starts this runbook"),
    )
    severity = blocks.ChoiceBlock(choices=SEVERITIES, required=False, label=_("Severity"))

    class Meta:
        icon = "warning"
        label = _("Trigger")
        heading = _("Trigger")
        group = GROUP
        description = _("The events that start the runbook, and how grave they are")
        template = "runbooks/trigger.html"
        css = CSS
        preview_value = {"events": ["The queue holds more than 10,000 jobs"], "severity": "high"}

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["severity_label"] = dict(SEVERITIES).get(value.get("severity"), "")
        return context

    def markdown_body(self, value: Any) -> str:
        severity = dict(SEVERITIES).get(value.get("severity"), "")
        return write.join(
            write.labelled(_("Severity"), severity),
            write.bullets(write.escape(event) for event in value.get("events") or []),
        )


def command_block(**kwargs: Any) -> blocks.TextBlock:
    return blocks.TextBlock(
        max_length=MAX_COMMAND_CHARS, label=_("Command"), rows=3, **{"required": False, **kwargs}
    )


class DiagnosisCheckBlock(blocks.StructBlock):
    check = blocks.CharBlock(max_length=255, label=_("What to look at"))
    command = command_block()
    expected = blocks.CharBlock(required=False, max_length=255, label=_("Healthy when"))
    otherwise = ProseBlock(required=False, label=_("Otherwise"))

    class Meta:
        icon = "search"
        label_format = "{check}"


class DiagnosisBlock(PartBlock):
    checks = blocks.ListBlock(DiagnosisCheckBlock(), min_num=1, label=_("Checks"))

    class Meta:
        icon = "search"
        label = _("Diagnosis")
        heading = _("Diagnosis")
        group = GROUP
        description = _("What to look at first, with commands and what a healthy answer is")
        template = "runbooks/diagnosis.html"
        css = CSS
        preview_value = {
            "checks": [
                {
                    "check": "Are the workers alive?",
                    "command": "celery -A portal status",
                    "expected": "Every node answers OK",
                    "otherwise": "<p>Restart the workers.</p>",
                }
            ]
        }

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=check.get("check") or "",
                facts=facts(
                    command=check.get("command"),
                    expected=check.get("expected"),
                    otherwise=get_text_for_indexing(source(check.get("otherwise"))),
                ),
            )
            for check in value.get("checks") or []
        ]

    def markdown_body(self, value: Any) -> str:
        return write.bullets(
            (_check_markdown(one) for one in value.get("checks") or []), ordered=True
        )


def _check_markdown(check: Any) -> str:
    otherwise = prose(check.get("otherwise"))
    return write.join(
        write.escape(check.get("check")),
        write.fence(check["command"], "bash") if check.get("command") else "",
        write.labelled(_("Healthy when"), check.get("expected")),
        f"**{_('Otherwise')}:** {otherwise}" if otherwise else "",
    )


class ActionBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200, label=_("Action"))
    detail = ProseBlock(required=False, label=_("Detail"))
    command = command_block()
    language = blocks.ChoiceBlock(
        choices=LANGUAGE_CHOICES, required=False, default="bash", label=_("Language of the command")
    )
    expected_result = blocks.CharBlock(max_length=255, label=_("Expected result"))
    rollback = blocks.TextBlock(max_length=1000, label=_("Rollback"), rows=2)

    class Meta:
        icon = "cog"
        label_format = "{title}"


class ActionsBlock(PartBlock):
    actions = blocks.ListBlock(ActionBlock(), min_num=1, label=_("Actions"))

    class Meta:
        icon = "cog"
        label = _("Actions")
        heading = _("Actions")
        group = GROUP
        description = _("What to do, in order: command, expected result and rollback for each")
        template = "runbooks/actions.html"
        css = CSS
        preview_value = {
            "actions": [
                {
                    "title": "Pause the queue",
                    "detail": "<p>New jobs wait.</p>",
                    "command": "celery -A portal control cancel_consumer exports",
                    "language": "bash",
                    "expected_result": "No export starts any more",
                    "rollback": "Add the consumer again.",
                }
            ]
        }

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=action.get("title") or "",
                detail=source(action.get("detail")),
                facts=facts(
                    command=action.get("command"),
                    expected=action.get("expected_result"),
                    rollback=action.get("rollback"),
                ),
            )
            for action in value.get("actions") or []
        ]

    def markdown_body(self, value: Any) -> str:
        return write.join(
            *(
                _action_markdown(number, one)
                for number, one in enumerate(value.get("actions") or [], start=1)
            )
        )


def _action_markdown(number: int, action: Any) -> str:
    command = action.get("command")
    return write.join(
        f"### {number}. {write.escape(action.get('title'))}",
        prose(action.get("detail")),
        write.fence(command, action.get("language") or "") if command else "",
        write.labelled(_("Expected result"), action.get("expected_result")),
        _rollback_markdown(action.get("rollback")),
    )


def _rollback_markdown(rollback: str | None) -> str:
    return f"**{_('Rollback')}:** {write.paragraphs(rollback)}" if rollback else ""


class VerificationCheckBlock(blocks.StructBlock):
    check = blocks.CharBlock(max_length=255, label=_("Check"))
    command = command_block()
    expected = blocks.CharBlock(max_length=255, label=_("Good when"))

    class Meta:
        icon = "check"
        label_format = "{check}"


class VerificationBlock(PartBlock):
    checks = blocks.ListBlock(VerificationCheckBlock(), min_num=1, label=_("Checks"))

    class Meta:
        icon = "check"
        label = _("Verification")
        heading = _("Verification")
        group = GROUP
        description = _("How anyone can see that it worked")
        template = "runbooks/verification.html"
        css = CSS
        preview_value = {
            "checks": [{"check": "The queue shrinks", "expected": "Below 100 jobs in 10 minutes"}]
        }

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=check.get("check") or "",
                facts=facts(command=check.get("command"), expected=check.get("expected")),
            )
            for check in value.get("checks") or []
        ]

    def markdown_body(self, value: Any) -> str:
        return write.bullets(
            (_verified_markdown(one) for one in value.get("checks") or []), ordered=True
        )


def _verified_markdown(check: Any) -> str:
    return write.join(
        write.escape(check.get("check")),
        write.fence(check["command"], "bash") if check.get("command") else "",
        write.labelled(_("Good when"), check.get("expected")),
    )


class FailureModeRow(Row):
    failure = blocks.CharBlock(max_length=255, label=_("Failure"))
    symptom = blocks.CharBlock(required=False, max_length=255, label=_("Shows as"))
    recovery = blocks.PageChooserBlock(required=False, label=_("Recovery"))
    recovery_note = blocks.CharBlock(required=False, max_length=255, label=_("What to do"))

    class Meta:
        icon = "warning"
        label_format = "{failure}"

    def flags(self, value: Any) -> list[str]:
        known = value.get("recovery") or value.get("recovery_note")
        return [] if known else [_now("No recovery named.")]


class FailureModesBlock(RowsBlock):
    modes = blocks.ListBlock(FailureModeRow(), min_num=1, label=_("Failure modes"))

    class Meta:
        icon = "warning"
        label = _("Failure modes")
        heading = _("Failure modes")
        group = GROUP
        description = _("What can break, and the runbook that mends it: one click away")
        rows = "modes"
        preview_value = {
            "modes": [
                {"failure": "Disk full", "symptom": "Writes fail", "recovery_note": "Rotate logs"},
                {"failure": "Certificate expired", "symptom": "Browsers refuse"},
            ]
        }
