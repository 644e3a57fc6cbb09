"""Comparisons in two columns, and the reasoned answer to "is this for us?"."""

from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock
from templates_lib.markdown import write

GROUP = _("Comparisons")
CSS = ["comparisons/comparisons.css", "rows/rows.css"]


class ComparisonRowBlock(blocks.StructBlock):
    aspect = blocks.CharBlock(max_length=120, label=_("Aspect"))
    left = blocks.TextBlock(max_length=1000, label=_("Left"), rows=2)
    right = blocks.TextBlock(max_length=1000, label=_("Right"), rows=2)

    class Meta:
        icon = "order"
        label_format = "{aspect}"


class ComparisonBlock(PartBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    left_label = blocks.CharBlock(max_length=80, label=_("Left column"))
    right_label = blocks.CharBlock(max_length=80, label=_("Right column"))
    rows = blocks.ListBlock(ComparisonRowBlock(), label=_("Aspects"))

    class Meta:
        icon = "table"
        label = _("Comparison")
        heading = _("Comparison")
        group = GROUP
        description = _("Two ways side by side, aspect by aspect; readable on a phone")
        template = "comparisons/comparison.html"
        css = CSS
        preview_value = {
            "title": "Structured or ad hoc",
            "left_label": "Structured",
            "right_label": "Ad hoc",
            "rows": [{"aspect": "Start", "left": "An hour of set-up", "right": "At once"}],
        }

    def markdown_body(self, value: Any) -> str:
        rows = [
            [
                write.escape(row.get("aspect")),
                write.paragraphs(row.get("left")),
                write.paragraphs(row.get("right")),
            ]
            for row in value["rows"]
        ]
        return write.table([_("Aspect"), value.get("left_label"), value.get("right_label")], rows)


def reasons(label: str | Promise, **kwargs: Any) -> blocks.ListBlock:
    child = blocks.CharBlock(max_length=400, label=_("Reason"))
    return blocks.ListBlock(child, label=label, **kwargs)


class FitBlock(PartBlock):
    adopt_when = reasons(_("Adopt it when"))
    unnecessary_when = reasons(_("It is unnecessary when"), required=False, default=[])
    justify = reasons(_("How to justify it"), required=False, default=[])

    class Meta:
        icon = "help"
        label = _("Does it fit?")
        heading = _("Does it fit?")
        group = GROUP
        description = _("When to adopt it, when not, and how to argue for it")
        template = "comparisons/fit.html"
        css = CSS
        preview_value = {
            "adopt_when": ["More than two teams release to the same service"],
            "unnecessary_when": ["One person does everything"],
            "justify": ["Each failed release costs half a day"],
        }

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        context["columns"] = self._columns(value)
        return context

    def _columns(self, value: Any) -> list[tuple[str, list[str]]]:
        return [
            (str(child.label), list(value.get(name) or []))
            for name, child in self.child_blocks.items()
            if value.get(name)
        ]

    def markdown_body(self, value: Any) -> str:
        return write.join(
            *(
                write.join(
                    write.heading(label, 3), write.bullets(write.escape(one) for one in entries)
                )
                for label, entries in self._columns(value)
            )
        )
