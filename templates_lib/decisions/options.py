"""Risk thresholds and the options that were considered."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib import limits
from templates_lib.base import PartBlock
from templates_lib.markdown import write
from templates_lib.rows import Column, Row, RowsBlock

GROUP = _("Decisions")


def _limit(threshold: Any) -> str:
    return limits.words(threshold.get("comparison"), threshold.get("limit"), threshold.get("unit"))


class ThresholdRow(Row):
    measure = blocks.CharBlock(max_length=200, label=_("Measure"))
    comparison = blocks.ChoiceBlock(choices=limits.COMPARISONS, default="gt", label=_("Is"))
    limit = blocks.DecimalBlock(label=_("Limit"))
    unit = blocks.CharBlock(required=False, max_length=60, label=_("Unit"))
    consequence = blocks.CharBlock(max_length=255, label=_("Then"))
    escalate_to_role = blocks.CharBlock(required=False, max_length=120, label=_("Escalate to"))

    class Meta:
        icon = "warning"
        label_format = "{measure}"
        columns = (Column(("comparison", "limit", "unit"), _("Is"), _limit),)


class ThresholdsBlock(RowsBlock):
    thresholds = blocks.ListBlock(ThresholdRow(), min_num=1, label=_("Thresholds"))

    class Meta:
        icon = "warning"
        label = _("Risk thresholds")
        heading = _("Risk thresholds")
        group = GROUP
        description = _("Limits that change the outcome when they are crossed")
        rows = "thresholds"
        preview_value = {
            "thresholds": [
                {
                    "measure": "Failed payments",
                    "comparison": "gt",
                    "limit": "2",
                    "unit": "%",
                    "consequence": "Roll back at once",
                    "escalate_to_role": "Head of operations",
                }
            ]
        }


class OptionBlock(blocks.StructBlock):
    option = blocks.CharBlock(max_length=200, label=_("Option"))
    pros = blocks.ListBlock(
        blocks.CharBlock(max_length=255, label=_("Point")),
        required=False,
        default=[],
        label=_("Speaks for it"),
    )
    cons = blocks.ListBlock(
        blocks.CharBlock(max_length=255, label=_("Point")),
        required=False,
        default=[],
        label=_("Speaks against it"),
    )
    chosen = blocks.BooleanBlock(required=False, label=_("Chosen"))

    class Meta:
        icon = "pick"
        label_format = "{option}"


class OptionsConsideredBlock(PartBlock):
    options = blocks.ListBlock(OptionBlock(), min_num=1, label=_("Options"))

    class Meta:
        icon = "pick"
        label = _("Options considered")
        heading = _("Options considered")
        group = GROUP
        description = _("Each option with what speaks for and against it")
        template = "decisions/options_considered.html"
        css = ["decisions/decisions.css"]
        preview_value = {
            "options": [
                {"option": "Cursor paging", "pros": ["Stable under inserts"], "chosen": True},
                {"option": "Offset paging", "cons": ["Skips rows under inserts"]},
            ]
        }

    def markdown_body(self, value: Any) -> str:
        return write.join(*(_option_markdown(one) for one in value.get("options") or []))


def _option_markdown(option: Any) -> str:
    name = option.get("option") or ""
    title = f"{name} ({_now('chosen')})" if option.get("chosen") else name
    return write.join(
        write.heading(title, 3),
        *_points_markdown(_("Speaks for it"), option.get("pros")),
        *_points_markdown(_("Speaks against it"), option.get("cons")),
    )


def _points_markdown(label: Any, points: Any) -> list[str]:
    bullets = write.bullets(write.escape(one) for one in points or [] if one)
    return [f"**{write.escape(label)}:**", bullets] if bullets else []
