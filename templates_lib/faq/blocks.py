"""A few questions inside an artifact. A whole FAQ is a page with an address for each answer."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.markdown import write


class EntryBlock(blocks.StructBlock):
    question = blocks.CharBlock(max_length=255, label=_("Question"))
    answer = ProseBlock(label=_("Answer"))

    class Meta:
        icon = "help"
        label_format = "{question}"


class FaqBlock(PartBlock):
    entries = blocks.ListBlock(EntryBlock(), label=_("Questions"))

    class Meta:
        icon = "help"
        label = _("Questions and answers")
        heading = _("Questions and answers")
        group = _("Text")
        description = _("A few questions that readers of this artifact ask")
        template = "faq/faq.html"
        css = ["faq/faq.css"]
        preview_value = {
            "entries": [{"question": "Who may stop a release?", "answer": "<p>Anyone on duty.</p>"}]
        }

    def markdown_body(self, value: Any) -> str:
        return write.join(
            *(
                write.join(write.heading(entry.get("question"), 3), prose(entry.get("answer")))
                for entry in value["entries"]
            )
        )
