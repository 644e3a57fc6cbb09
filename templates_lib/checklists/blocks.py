"""A checklist. On the page, ticks are kept in the reader's browser; a run keeps a record of them."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.markdown import write
from templates_lib.runnable import RunnableStep, source

EVIDENCE = [
    ("none", _("None")),
    ("note", _("A note")),
    ("link", _("A link")),
    ("file", _("A file")),
]


class ChecklistStepValue(blocks.StructValue):
    @property
    def evidence_label(self) -> str:
        """What proves the step, in words; empty when nothing is asked."""
        kind = self.get("evidence") or "none"
        return "" if kind == "none" else str(dict(EVIDENCE).get(kind, ""))


class ChecklistStepBlock(blocks.StructBlock):
    task = blocks.CharBlock(max_length=200, label=_("Task"))
    detail = ProseBlock(required=False, label=_("Detail"))
    optional = blocks.BooleanBlock(required=False, label=_("May be skipped"))
    evidence = blocks.ChoiceBlock(
        choices=EVIDENCE,
        default="none",
        label=_("Evidence asked for"),
        help_text=_("What the reader has to leave behind as proof that the step was done."),
        search_index=False,
    )

    class Meta:
        icon = "check"
        label_format = "{task}"
        value_class = ChecklistStepValue


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
                {"task": "Warm the cache", "optional": True},
            ],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and not value.mandatory:
            error = ValidationError(_("At least one step must be mandatory."), code="all_optional")
            raise blocks.StructBlockValidationError(block_errors={"steps": error})
        return value

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=step.get("task") or "",
                detail=source(step.get("detail")),
                is_optional=bool(step.get("optional")),
                evidence=step.get("evidence") or "none",
            )
            for step in value.get("steps") or []
        ]

    def markdown_body(self, value: Any) -> str:
        return write.bullets(_step_markdown(step) for step in value.get("steps") or [])


def _step_markdown(step: Any) -> str:
    notes = [str(_("optional"))] if step.get("optional") else []
    if step.evidence_label:
        notes.append(f"{_('evidence')}: {step.evidence_label.lower()}")
    suffix = f" *({write.escape(', '.join(notes))})*" if notes else ""
    return write.join(f"[ ] {write.escape(step.get('task'))}{suffix}", prose(step.get("detail")))
