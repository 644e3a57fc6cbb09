"""Questions by pillar, on one scale; a low score leads to artifacts that help."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from templates_lib import limits
from templates_lib.base import PartBlock
from templates_lib.markdown import write
from templates_lib.rendering import LinkTarget, page_target

FEWEST_STEPS, MOST_STEPS = 2, 7


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=255, label=_("Question"))
    help = blocks.TextBlock(required=False, max_length=1000, label=_("Help"), rows=2)

    class Meta:
        icon = "help"
        label_format = "{question}"


class PillarValue(blocks.StructValue):
    @property
    def low_score(self) -> str:
        """The limit without needless zeros."""
        return limits.number(self.get("low_score_below"))

    @property
    def low_score_targets(self) -> list[LinkTarget]:
        """What to read after a low score, as far as this reader may."""
        targets = [page_target(page) for page in self.get("low_score_pages") or []]
        return [target for target in targets if target]


class PillarBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120, label=_("Pillar"))
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions"))
    low_score_below = blocks.DecimalBlock(
        label=_("A mean below this is low"),
        help_text=_("On the scale above, 1 for its first step."),
    )
    low_score_pages = blocks.ListBlock(
        blocks.PageChooserBlock(label=_("Artifact")),
        required=False,
        default=[],
        label=_("What to do then"),
    )

    class Meta:
        icon = "order"
        label_format = "{name}"
        value_class = PillarValue


class AssessmentBlock(PartBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    scale_labels = blocks.ListBlock(
        blocks.CharBlock(max_length=120, label=_("Step of the scale")),
        min_num=FEWEST_STEPS,
        max_num=MOST_STEPS,
        label=_("Scale, lowest first"),
    )
    pillars = blocks.ListBlock(PillarBlock(), label=_("Pillars"))

    class Meta:
        icon = "order"
        label = _("Assessment")
        heading = _("Assessment")
        group = _("Assessments")
        description = _("Questions by pillar; a low score names what helps")
        template = "assessments/assessment.html"
        css = ["assessments/assessments.css"]
        js = ["assessments/assessment.js"]
        preview_value = {
            "title": "How mature is our process?",
            "scale_labels": ["Never", "Sometimes", "Always"],
            "pillars": [
                {
                    "name": "Communication",
                    "questions": [{"question": "Do decisions reach everybody within a day?"}],
                    "low_score_below": "2",
                }
            ],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        highest = len(value.get("scale_labels") or [])
        if highest < FEWEST_STEPS:
            # A draft whose scale is not written yet.
            return value
        faults = {}
        for position, pillar in enumerate(value.get("pillars") or []):
            low = pillar.get("low_score_below")
            if low is not None and not 1 <= low <= highest:
                error = ValidationError(
                    _("This must lie on the scale, 1 to %(highest)s."),
                    code="off_scale",
                    params={"highest": highest},
                )
                faults[position] = blocks.StructBlockValidationError(
                    block_errors={"low_score_below": error}
                )
        if faults:
            raise blocks.StructBlockValidationError(
                block_errors={"pillars": ListBlockValidationError(block_errors=faults)}
            )
        return value

    def markdown_body(self, value: Any) -> str:
        scale = ", ".join(
            f"{number} {label}" for number, label in enumerate(value["scale_labels"], start=1)
        )
        return write.join(
            write.labelled(_("Scale"), scale),
            *(_pillar_markdown(pillar) for pillar in value["pillars"]),
        )


def _pillar_markdown(pillar: Any) -> str:
    links = write.bullets(write.link(one.title, one.url) for one in pillar.low_score_targets)
    return write.join(
        write.heading(pillar.get("name"), 3),
        write.bullets(
            (
                write.join(write.escape(one.get("question")), write.paragraphs(one.get("help")))
                for one in pillar["questions"]
            ),
            ordered=True,
        ),
        write.labelled(_("A mean below this is low"), pillar.low_score),
        links,
    )
