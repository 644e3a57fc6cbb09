"""Roles, responsibilities, decision rights, escalation and governance layers."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib import spans
from templates_lib.base import PartBlock
from templates_lib.markdown import write
from templates_lib.rows import Column, Row, RowsBlock

GROUP = _("Roles")
LAYERS = [("portfolio", _("Portfolio")), ("program", _("Programme")), ("team", _("Team"))]


class RoleBlock(blocks.StructBlock):
    role = blocks.CharBlock(max_length=120, label=_("Role"))
    person = blocks.CharBlock(
        required=False,
        max_length=120,
        label=_("Person"),
        help_text=_("Leave empty where the role matters and not the person."),
    )
    expertise = blocks.CharBlock(required=False, max_length=400, label=_("Expertise"))
    responsibilities = blocks.ListBlock(
        blocks.CharBlock(max_length=400, label=_("Responsibility")), label=_("Responsibilities")
    )

    class Meta:
        icon = "user"
        label_format = "{role}"


class RolesBlock(PartBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    roles = blocks.ListBlock(RoleBlock(), min_num=1, label=_("Roles"))

    class Meta:
        icon = "group"
        label = _("Roles")
        heading = _("Roles")
        group = GROUP
        description = _("Each role with what it answers for")
        template = "roles/roles.html"
        css = ["roles/roles.css"]
        preview_value = {
            "roles": [
                {
                    "role": "Incident commander",
                    "expertise": "Keeps calm, decides",
                    "responsibilities": ["Declares the incident", "Decides on the rollback"],
                }
            ]
        }

    def markdown_body(self, value: Any) -> str:
        return write.join(*(_role_markdown(role) for role in value.get("roles") or []))


def _role_markdown(role: Any) -> str:
    return write.join(
        write.heading(role.get("role"), 3),
        write.labelled(_("Person"), role.get("person")),
        write.labelled(_("Expertise"), role.get("expertise")),
        write.bullets(write.escape(one) for one in role.get("responsibilities") or [] if one)
        or f"*{_('No responsibilities named.')}*",
    )


class RaciRow(Row):
    activity = blocks.CharBlock(max_length=255, label=_("Activity"))
    responsible = blocks.CharBlock(max_length=120, label=_("Responsible"))
    accountable = blocks.CharBlock(max_length=120, label=_("Accountable"))
    consulted = blocks.CharBlock(required=False, max_length=200, label=_("Consulted"))
    informed = blocks.CharBlock(required=False, max_length=200, label=_("Informed"))

    class Meta:
        icon = "tasks"
        label_format = "{activity}"


class RaciBlock(RowsBlock):
    rows = blocks.ListBlock(RaciRow(), min_num=1, label=_("Activities"))

    class Meta:
        icon = "table"
        label = _("Who does what")
        heading = _("Who does what")
        group = GROUP
        description = _("Responsible, accountable, consulted and informed, for each activity")
        rows = "rows"
        preview_value = {
            "rows": [
                {
                    "activity": "Approve the release",
                    "responsible": "Release manager",
                    "accountable": "Head of engineering",
                    "informed": "Support",
                }
            ]
        }


class DecisionRightRow(Row):
    decision = blocks.CharBlock(max_length=255, label=_("Decision"))
    decides_role = blocks.CharBlock(max_length=120, label=_("Decides"))
    consulted = blocks.CharBlock(required=False, max_length=200, label=_("Is heard"))
    layer = blocks.ChoiceBlock(choices=LAYERS, required=False, label=_("Layer"))
    limit = blocks.CharBlock(required=False, max_length=200, label=_("Up to"))

    class Meta:
        icon = "key"
        label_format = "{decision}"


class DecisionRightsBlock(RowsBlock):
    rights = blocks.ListBlock(DecisionRightRow(), min_num=1, label=_("Decisions"))

    class Meta:
        icon = "key"
        label = _("Decision rights")
        heading = _("Decision rights")
        group = GROUP
        description = _("Which role may decide what, and up to where")
        rows = "rights"
        preview_value = {
            "rights": [
                {
                    "decision": "Stop a release",
                    "decides_role": "Duty engineer",
                    "layer": "team",
                    "limit": "Any release of the own service",
                }
            ]
        }


def _within(level: Any) -> str:
    return spans.within(level.get("within_minutes"))


class EscalationRow(Row):
    trigger = blocks.CharBlock(max_length=255, label=_("When"))
    contact_role = blocks.CharBlock(
        max_length=120, label=_("Call"), help_text=_("A role, so that it holds when people change.")
    )
    channel = blocks.CharBlock(required=False, max_length=120, label=_("By"))
    within_minutes = blocks.IntegerBlock(min_value=0, label=_("Within (minutes)"))

    class Meta:
        icon = "warning"
        label_format = "{trigger}"
        columns = (Column(("within_minutes",), _("Within"), _within),)


class EscalationBlock(RowsBlock):
    levels = blocks.ListBlock(EscalationRow(), min_num=1, label=_("Levels"))

    class Meta:
        icon = "warning"
        label = _("Escalation")
        heading = _("Escalation")
        group = GROUP
        description = _("Whom to call, when, and within which time")
        rows = "levels"
        preview_value = {
            "levels": [
                {
                    "trigger": "Not restored after 30 minutes",
                    "contact_role": "Head of operations",
                    "channel": "Phone",
                    "within_minutes": 10,
                }
            ]
        }


class LayerRow(Row):
    layer = blocks.ChoiceBlock(choices=LAYERS, label=_("Layer"))
    forum = blocks.CharBlock(required=False, max_length=200, label=_("Forum"))
    roles = blocks.ListBlock(blocks.CharBlock(max_length=120, label=_("Role")), label=_("Roles"))
    approves = blocks.ListBlock(
        blocks.CharBlock(max_length=255, label=_("What it approves")), label=_("Approves")
    )

    class Meta:
        icon = "list-ul"
        label_format = "{layer}"


class LayersBlock(RowsBlock):
    layers = blocks.ListBlock(LayerRow(), min_num=1, label=_("Layers"))

    class Meta:
        icon = "list-ul"
        label = _("Governance layers")
        heading = _("Governance layers")
        group = GROUP
        description = _("Portfolio, programme and team: who sits there and what they approve")
        rows = "layers"
        preview_value = {
            "layers": [
                {
                    "layer": "team",
                    "forum": "Weekly planning",
                    "roles": ["Team lead"],
                    "approves": ["Changes below one day of work"],
                }
            ]
        }
