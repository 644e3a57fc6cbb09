"""Prose under a fixed heading, so that a reader finds the same part in every artifact of a kind."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import NarrativeBlock, PartBlock
from templates_lib.markdown import write

GROUP = _("Parts")
CSS = ["prose/prose.css"]


class PurposeBlock(NarrativeBlock):
    class Meta:
        label = heading = _("Purpose")
        group = GROUP
        description = _("What it is for")
        preview_value = {
            "body": "<p>Bring a service back within 30 minutes, whoever is on duty.</p>"
        }


class ContextBlock(NarrativeBlock):
    class Meta:
        label = heading = _("Context")
        group = GROUP
        description = _("What led to the decision")
        preview_value = {
            "body": "<p>Two of the last five releases were rolled back because a migration ran too long.</p>"
        }


class DecisionBlock(NarrativeBlock):
    class Meta:
        label = heading = _("Decision")
        group = GROUP
        description = _("What was decided")
        preview_value = {
            "body": "<p>Migrations are released one day before the code that needs them.</p>"
        }


class ConsequencesBlock(NarrativeBlock):
    class Meta:
        label = heading = _("Consequences")
        group = GROUP
        description = _("What becomes easier and what harder")
        preview_value = {
            "body": "<p>A release takes a day longer; a rollback no longer touches the database.</p>"
        }


class StandardBlock(NarrativeBlock):
    class Meta:
        label = heading = _("Central standard")
        group = GROUP
        description = _("What holds for everybody")
        preview_value = {
            "body": "<p>Every service has an owner, a runbook and an alert that wakes its owner.</p>"
        }


class OverviewBlock(NarrativeBlock):
    class Meta:
        label = heading = _("Overview")
        group = GROUP
        description = _("The whole in a few sentences")
        preview_value = {
            "body": "<p>Four habits that let a team in three time zones release every day.</p>"
        }


class SummaryBlock(NarrativeBlock):
    class Meta:
        label = heading = _("Summary")
        group = GROUP
        description = _("The topic in a few sentences")
        preview_value = {
            "body": "<p>How we work with Django, from the first project to the fiftieth release.</p>"
        }


class ScopeBlock(PartBlock):
    applies_to = blocks.ListBlock(
        blocks.CharBlock(max_length=255, label=_("Entry")), label=_("Applies to")
    )
    excludes = blocks.ListBlock(
        blocks.CharBlock(max_length=255, label=_("Entry")),
        required=False,
        default=[],
        label=_("Does not apply to"),
    )

    class Meta:
        icon = "crosshairs"
        label = heading = _("Scope")
        group = GROUP
        description = _("Where it holds and where not")
        template = "prose/scope.html"
        css = CSS
        preview_value = {
            "applies_to": ["Services that customers depend on", "Every team that releases them"],
            "excludes": ["Prototypes without users"],
        }

    def markdown_body(self, value: Any) -> str:
        parts = []
        for name in ("applies_to", "excludes"):
            if value.get(name):
                label = write.escape(self.child_blocks[name].label)
                entries = write.bullets(write.escape(one) for one in value[name])
                parts += [f"**{label}:**", entries]
        return write.join(*parts)


class UseCaseBlock(blocks.StructBlock):
    title = blocks.CharBlock(max_length=200, label=_("Use case"))
    description = blocks.TextBlock(max_length=1000, label=_("Description"), rows=2)

    class Meta:
        icon = "pick"
        label_format = "{title}"


class UseCasesBlock(PartBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    cases = blocks.ListBlock(UseCaseBlock(), label=_("Use cases"))

    class Meta:
        icon = "pick"
        label = _("Use cases")
        heading = _("Use cases")
        group = GROUP
        description = _("What it is used for, case by case")
        template = "prose/use_cases.html"
        css = CSS
        preview_value = {
            "cases": [
                {
                    "title": "Backend of a mobile app",
                    "description": "Token login, and endpoints that survive a phone being offline.",
                },
                {
                    "title": "Internal tool",
                    "description": "Filters, bulk actions and roles, in days instead of months.",
                },
            ]
        }

    def markdown_body(self, value: Any) -> str:
        return write.join(
            *(
                write.join(
                    write.heading(case.get("title"), 3), write.paragraphs(case.get("description"))
                )
                for case in value["cases"]
            )
        )
