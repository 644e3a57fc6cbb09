"""The communication matrix and the bottom-line-up-front message."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock
from templates_lib.markdown import write
from templates_lib.rows import Row, RowsBlock

GROUP = _("Communication")


class ChannelRow(Row):
    purpose = blocks.CharBlock(max_length=255, label=_("Purpose"))
    channel = blocks.CharBlock(max_length=120, label=_("Channel"))
    response_time = blocks.CharBlock(max_length=120, label=_("Answer within"))
    owner_role = blocks.CharBlock(required=False, max_length=120, label=_("Owner"))

    class Meta:
        icon = "comment"
        label_format = "{purpose}"


class CommunicationMatrixBlock(RowsBlock):
    rows = blocks.ListBlock(ChannelRow(), label=_("Purposes"))

    class Meta:
        icon = "comment"
        label = _("Communication matrix")
        heading = _("Communication matrix")
        group = GROUP
        description = _("Which channel is used for what, and how soon an answer comes")
        rows = "rows"
        template = "communication/communication_matrix.html"
        css = ["rows/rows.css", "communication/communication.css"]
        js = ["communication/communication_matrix.js"]
        preview_value = {
            "rows": [
                {"purpose": "Urgent alerts", "channel": "Chat", "response_time": "15 minutes"},
                {"purpose": "Documents", "channel": "Wiki", "response_time": "2 days"},
            ]
        }

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        channels = (row.get("channel") for row in self.rows_of(value))
        context["channels"] = sorted({channel for channel in channels if channel})
        context["tools"] = "communication/matrix_filter.html"
        return context


class BlufBlock(PartBlock):
    bottom_line = blocks.TextBlock(max_length=600, label=_("Bottom line"), rows=2)
    background = blocks.TextBlock(required=False, max_length=2000, label=_("Background"), rows=3)
    request = blocks.CharBlock(required=False, max_length=255, label=_("What is asked"))
    deadline = blocks.CharBlock(required=False, max_length=120, label=_("By when"))

    class Meta:
        icon = "mail"
        label = _("Bottom line up front")
        heading = _("Bottom line up front")
        group = GROUP
        description = _("A message that begins with its conclusion")
        template = "communication/bluf.html"
        css = ["communication/communication.css"]
        preview_value = {
            "bottom_line": "We move the release to Thursday.",
            "background": "Two tests fail on the new database.",
            "request": "Tell your customers today.",
            "deadline": "16:00",
        }

    def markdown_body(self, value: Any) -> str:
        return write.join(
            f"**{write.escape(value.get('bottom_line'))}**",
            write.paragraphs(value.get("background")),
            write.labelled(_("What is asked"), value.get("request")),
            write.labelled(_("By when"), value.get("deadline")),
        )
