"""Headings, paragraphs, Markdown and callouts."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.markdown import write
from templates_lib.markdown.neutral import neutral
from templates_lib.markdown.render import MAX_SOURCE_CHARS

GROUP = _("Text")
CSS = ["prose/prose.css"]
DEPTHS = [("section", _("Section")), ("subsection", _("Sub-section")), ("detail", _("Detail"))]
LEVELS = {"section": 2, "subsection": 3, "detail": 4}
TONES = [
    ("note", _("Note")),
    ("tip", _("Tip")),
    ("warning", _("Warning")),
    ("danger", _("Danger")),
    ("constraint", _("Constraint")),
]


class HeadingBlock(PartBlock):
    """The only heading that editors type; other parts bring theirs along."""

    text = blocks.CharBlock(max_length=150, label=_("Heading"))
    depth = blocks.ChoiceBlock(choices=DEPTHS, default="section", label=_("Depth"))

    class Meta:
        icon = "title"
        label = _("Heading")
        group = GROUP
        description = _("Begins a section; it appears in the table of contents")
        template = "prose/heading.html"
        css = CSS
        preview_value = {"text": "When to use it", "depth": "section"}

    def heading_for(self, value: Any) -> str:
        return str(value.get("text") or "")

    def level_for(self, value: Any) -> int:
        return LEVELS.get(value.get("depth"), 2)

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["level"] = self.level_for(value)
        return context

    def as_markdown(self, value: Any) -> str:
        return write.heading(value["text"], self.level_for(value))

    def markdown_body(self, value: Any) -> str:
        return ""


class ParagraphBlock(ProseBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = GROUP
        description = _("Running text with links and lists")
        css = CSS
        preview_value = "<p>Every release needs a <b>named driver</b>, who stays until the figures are calm.</p>"


class MarkdownBlock(PartBlock):
    source = blocks.TextBlock(
        max_length=MAX_SOURCE_CHARS,
        label=_("Markdown"),
        rows=8,
        help_text=_("HTML is shown as text, and pictures by their description."),
    )

    class Meta:
        icon = "code"
        label = _("Markdown")
        group = GROUP
        description = _("Text pasted as Markdown")
        template = "prose/markdown.html"
        css = CSS
        preview_value = {
            "source": "Pasted from the *team wiki*:\n\n- the driver is named\n- the window is open"
        }

    def markdown_body(self, value: Any) -> str:
        return neutral(value.get("source") or "")


class CalloutBlock(PartBlock):
    tone = blocks.ChoiceBlock(choices=TONES, default="note", label=_("Tone"))
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    body = ProseBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        group = GROUP
        description = _("Something that must not be missed; constraints of region or law")
        template = "prose/callout.html"
        css = CSS
        preview_value = {
            "tone": "warning",
            "title": "Before you start",
            "body": "<p>Take a backup: the second step cannot be undone.</p>",
        }

    def tone_label(self, value: Any) -> str:
        return str(dict(TONES).get(value.get("tone"), TONES[0][1]))

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["tone_label"] = self.tone_label(value)
        return context

    def markdown_body(self, value: Any) -> str:
        title = ": ".join(one for one in (self.tone_label(value), value.get("title")) if one)
        return write.quote(write.join(f"**{write.escape(title)}**", prose(value["body"])))
