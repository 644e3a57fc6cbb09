"""What must be true before the work goes on, and how that is watched."""

from typing import Any

from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.rows import Column, Row, RowsBlock
from templates_lib.runnable import RunnableStep, facts

GROUP = _("Gates and controls")


def _checked(gate: Any) -> str:
    return _now("automatically") if gate.get("automated") else _now("by a person")


class GateRow(Row):
    name = blocks.CharBlock(max_length=200, label=_("Gate"))
    criterion = blocks.CharBlock(max_length=255, label=_("Passed when"))
    evidence = blocks.CharBlock(required=False, max_length=255, label=_("Evidence"))
    approver_role = blocks.CharBlock(required=False, max_length=120, label=_("Passed by"))
    automated = blocks.BooleanBlock(required=False, label=_("Checked automatically"))

    class Meta:
        icon = "lock"
        label_format = "{name}"
        columns = (Column(("automated",), _("Checked"), _checked),)


class QualityGatesBlock(RowsBlock):
    gates = blocks.ListBlock(GateRow(), min_num=1, label=_("Gates"))

    class Meta:
        icon = "lock"
        label = _("Quality gates")
        heading = _("Quality gates")
        group = GROUP
        description = _("What must be true before the next step begins")
        rows = "gates"
        preview_value = {
            "gates": [
                {
                    "name": "Tests",
                    "criterion": "The whole suite is green on the release branch",
                    "evidence": "Build number",
                    "approver_role": "Release manager",
                    "automated": True,
                }
            ]
        }

    def as_steps(self, value: Any) -> list[RunnableStep]:
        return [
            RunnableStep(
                title=gate.get("name") or "",
                facts=facts(criterion=gate.get("criterion"), proof=gate.get("evidence")),
                role=gate.get("approver_role") or "",
                is_gate=True,
                # Whoever passes it says what was seen, or where the machine says so.
                evidence="note" if gate.get("evidence") or gate.get("automated") else "none",
            )
            for gate in self.rows_of(value)
        ]


class ControlRow(Row):
    control = blocks.CharBlock(max_length=255, label=_("Control"))
    evidence = blocks.CharBlock(required=False, max_length=255, label=_("Evidence"))
    frequency = blocks.CharBlock(required=False, max_length=120, label=_("How often"))
    owner_role = blocks.CharBlock(required=False, max_length=120, label=_("Owner"))

    class Meta:
        icon = "view"
        label_format = "{control}"


class ControlsBlock(RowsBlock):
    controls = blocks.ListBlock(ControlRow(), min_num=1, label=_("Controls"))

    class Meta:
        icon = "view"
        label = _("Controls")
        heading = _("Controls")
        group = GROUP
        description = _("How anyone can see that the procedure was followed")
        rows = "controls"
        preview_value = {
            "controls": [
                {
                    "control": "Two people approve each release",
                    "evidence": "Approval in the merge request",
                    "frequency": "Each release",
                    "owner_role": "Release manager",
                }
            ]
        }
