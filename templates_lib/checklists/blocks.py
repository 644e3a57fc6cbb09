"""A checklist. On the page, ticks are kept in the reader's browser; a run keeps a record of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.asking import AskingBlock, AskingValue, asked, asking_layout, check_conditions
from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.markdown import write
from templates_lib.runnable import RunnableStep, source


class ChecklistStepBlock(AskingBlock):
    NAME = "task"

    task = blocks.CharBlock(max_length=200, label=_("Task"))
    detail = ProseBlock(required=False, label=_("Detail"))
    optional = blocks.BooleanBlock(required=False, label=_("May be skipped"))

    class Meta:
        icon = "check"
        label_format = "{task}"
        value_class = AskingValue
        form_layout = asking_layout("task", "detail", "optional")


class ChecklistValue(blocks.StructValue):
    """What a template may ask of a checklist. Previews and old revisions can lack fields."""

    @property
    def mandatory(self) -> list[Any]:
        return [step for step in self.get("steps") or [] if not step.get("optional")]


class ChecklistBlock(PartBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    steps = blocks.ListBlock(ChecklistStepBlock(), min_num=1, label=_("Steps"))

    class Meta:
        icon = "list-ol"
        label = _("Checklist")
        heading = _("Checklist")
        group = _("Steps")
        description = _("Steps that a reader ticks off, in order")
        template = "checklists/checklist.html"
        css = ["checklists/checklist.css"]
        js = ["checklists/checklist.js"]
        value_class = ChecklistValue
        preview_value = {
            "title": "Before you deploy",
            "steps": [
                {"task": "Tell the duty engineer", "evidence": "note"},
                {
                    "task": "Run the migrations on a copy",
                    "detail": "<p>Note how long they take.</p>",
                    "evidence": "link",
                },
                {
                    "task": "What kind of release is it?",
                    "evidence": "choice",
                    "answers": "Web only\nWith a migration",
                },
                {
                    "task": "Measure the error rate",
                    "evidence": "number",
                    "unit": "%",
                    "maximum": "1",
                    "beyond": "fail",
                    "only_after": "What kind of release is it?",
                    "only_if": "With a migration",
                    "limit_minutes": 30,
                },
                {"task": "Warm the cache", "optional": True},
            ],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and not value.mandatory:
            error = ValidationError(_("At least one step must be mandatory."), code="all_optional")
            raise blocks.StructBlockValidationError(block_errors={"steps": error})
        if not self.is_deferred_validation:
            try:
                check_conditions(value["steps"], ChecklistStepBlock.NAME)
            except blocks.ListBlockValidationError as error:
                raise blocks.StructBlockValidationError(block_errors={"steps": error}) from error
        return value

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=step.get("task") or "",
                detail=source(step.get("detail")),
                is_optional=bool(step.get("optional")),
                **asked(step),
            )
            for step in value.get("steps") or []
        ]

    def markdown_body(self, value: Any) -> str:
        return write.bullets(_step_markdown(step) for step in value.get("steps") or [])


def _step_markdown(step: Any) -> str:
    notes = [str(_("optional"))] if step.get("optional") else []
    if step.evidence_within:
        notes.append(f"{_('evidence')}: {step.evidence_within}")
    notes += [words for words in (step.condition_label, step.limit_label) if words]
    suffix = f" *({write.escape(', '.join(notes))})*" if notes else ""
    return write.join(f"[ ] {write.escape(step.get('task'))}{suffix}", prose(step.get("detail")))
