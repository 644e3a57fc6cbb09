"""Signals of adoption, under-use, readiness and misconfiguration; mistakes with their remedy."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.rows import Row, RowsBlock

GROUP = _("Signals")
PURPOSES = [
    ("adoption", _("Signals of adoption")),
    ("under_use", _("Signals of under-use")),
    ("readiness", _("Signals of readiness")),
    ("misconfiguration", _("Signals of misconfiguration")),
]


class SignalRow(Row):
    signal = blocks.CharBlock(max_length=255, label=_("Signal"))
    meaning = blocks.TextBlock(required=False, max_length=1000, label=_("What it means"), rows=2)
    response = blocks.TextBlock(required=False, max_length=1000, label=_("What to do"), rows=2)

    class Meta:
        icon = "view"
        label_format = "{signal}"


class SignalsBlock(RowsBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    purpose = blocks.ChoiceBlock(choices=PURPOSES, default="adoption", label=_("Signals of"))
    signals = blocks.ListBlock(SignalRow(), label=_("Signals"))

    class Meta:
        icon = "view"
        label = _("Signals")
        heading = _("Signals")
        group = GROUP
        description = _("What to watch for, what it means, what to do")
        rows = "signals"
        preview_value = {
            "purpose": "under_use",
            "signals": [
                {
                    "signal": "Nobody opened the runbook in a quarter",
                    "meaning": "It is not known, or not needed.",
                    "response": "Run it once in a drill.",
                }
            ],
        }

    def heading_for(self, value: Any) -> str:
        return str(
            value.get("title") or dict(PURPOSES).get(value.get("purpose"), self.meta.heading)
        )


class PitfallRow(Row):
    mistake = blocks.CharBlock(max_length=255, label=_("Mistake"))
    consequence = blocks.CharBlock(required=False, max_length=255, label=_("What comes of it"))
    remedy = blocks.TextBlock(required=False, max_length=1000, label=_("Remedy"), rows=2)
    remedy_page = blocks.PageChooserBlock(required=False, label=_("More"))

    class Meta:
        icon = "warning"
        label_format = "{mistake}"

    def flags(self, value: Any) -> list[str]:
        known = value.get("remedy") or value.get("remedy_page")
        return [] if known else [_now("No remedy named.")]


class PitfallsBlock(RowsBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    pitfalls = blocks.ListBlock(PitfallRow(), label=_("Mistakes"))

    class Meta:
        icon = "warning"
        label = _("Common mistakes")
        heading = _("Common mistakes")
        group = GROUP
        description = _("Mistakes, what comes of them, and the remedy")
        rows = "pitfalls"
        preview_value = {
            "pitfalls": [
                {
                    "mistake": "Migrating and deploying in one step",
                    "consequence": "Old code meets the new schema",
                    "remedy": "Expand first, contract in the next release.",
                }
            ]
        }
