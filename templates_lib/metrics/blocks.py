"""Metric tiles (target, actual, trend) and the way from a goal to its metric."""

from decimal import Decimal
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib import limits
from templates_lib.base import PartBlock
from templates_lib.markdown import write
from templates_lib.metrics.sparkline import Sparkline, sparkline
from templates_lib.rendering import page_target


class PointValue(blocks.StructValue):
    @property
    def words(self) -> str:
        return f"{self.get('period')}: {limits.number(self.get('value'))}"


class PointBlock(blocks.StructBlock):
    period = blocks.CharBlock(max_length=40, label=_("Period"))
    value = blocks.DecimalBlock(label=_("Value"))

    class Meta:
        icon = "history"
        label_format = "{period}: {value}"
        value_class = PointValue


class MetricValue(blocks.StructValue):
    """Questions that a tile asks; every field may be missing in a draft."""

    @property
    def target_words(self) -> str:
        return limits.words(
            self.get("comparison") or "", self.get("target"), self.get("unit") or ""
        )

    @property
    def actual_words(self) -> str:
        return " ".join([limits.number(self.get("actual")), self.get("unit") or ""]).strip()

    @property
    def is_measured(self) -> bool:
        return self.get("actual") is not None

    @property
    def is_met(self) -> bool | None:
        """None while there is nothing to compare."""
        actual, target = self.get("actual"), self.get("target")
        if actual is None or target is None:
            return None
        return limits.holds(self["comparison"], Decimal(actual), Decimal(target))

    @property
    def trend(self) -> Sparkline | None:
        return sparkline([Decimal(point["value"]) for point in self.get("history") or []])


class MetricBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120, label=_("Name"))
    unit = blocks.CharBlock(required=False, max_length=60, label=_("Unit"))
    comparison = blocks.ChoiceBlock(
        choices=limits.COMPARISONS, default="lt", label=_("Good when it is")
    )
    target = blocks.DecimalBlock(label=_("Target"))
    actual = blocks.DecimalBlock(required=False, label=_("Actual"))
    source = blocks.CharBlock(
        required=False, max_length=255, label=_("Where the figure comes from")
    )
    formula = blocks.CharBlock(required=False, max_length=255, label=_("Formula"))
    why = blocks.TextBlock(required=False, max_length=600, label=_("Why it matters"))
    history = blocks.ListBlock(
        PointBlock(), required=False, default=[], label=_("History, oldest first")
    )

    class Meta:
        icon = "order"
        label_format = "{name}"
        value_class = MetricValue


class MetricsBlock(PartBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    metrics = blocks.ListBlock(MetricBlock(), label=_("Metrics"))

    class Meta:
        icon = "order"
        label = _("Metrics")
        heading = _("Metrics")
        group = _("Metrics")
        description = _("Tiles with target, actual and trend")
        template = "metrics/metrics.html"
        css = ["metrics/metrics.css"]
        preview_value = {
            "metrics": [
                {
                    "name": "Code review cycle time",
                    "unit": "hours",
                    "comparison": "lt",
                    "target": "4",
                    "actual": "3.2",
                    "source": "Merge requests of the last 30 days",
                    "why": "A slow review stops the next piece of work.",
                    "history": [
                        {"period": "September", "value": "5.1"},
                        {"period": "October", "value": "3.2"},
                    ],
                }
            ]
        }

    def markdown_body(self, value: Any) -> str:
        return write.join(*(_metric_markdown(metric) for metric in value["metrics"]))


def _metric_markdown(metric: Any) -> str:
    state = {True: _("met"), False: _("missed"), None: _("not measured yet")}[metric.is_met]
    actual = f"{metric.actual_words} ({state})" if metric.is_measured else str(state)
    history = ", ".join(
        f"{point['period']} {limits.number(point['value'])}"
        for point in metric.get("history") or []
    )
    lines = [
        write.labelled(_("Target"), metric.target_words),
        write.labelled(_("Actual"), actual),
        write.labelled(_("Trend"), history),
        write.labelled(_("Formula"), metric.get("formula")),
        write.labelled(_("Source"), metric.get("source")),
        write.labelled(_("Why it matters"), metric.get("why")),
    ]
    return write.join(
        write.heading(metric["name"], 3), write.bullets(line for line in lines if line)
    )


class GoalBlock(blocks.StructBlock):
    goal = blocks.CharBlock(max_length=255, label=_("Goal"))
    workflow = blocks.PageChooserBlock(required=False, label=_("Artifact that leads there"))
    workflow_name = blocks.CharBlock(
        required=False, max_length=200, label=_("Or the name of the workflow")
    )
    metric = blocks.CharBlock(max_length=200, label=_("Metric that shows it"))

    class Meta:
        icon = "pick"
        label_format = "{goal}"


class GoalsBlock(PartBlock):
    goals = blocks.ListBlock(GoalBlock(), label=_("Goals"))

    class Meta:
        icon = "pick"
        label = _("Goals")
        heading = _("Goals")
        group = _("Metrics")
        description = _("From each goal to the workflow and the metric")
        template = "metrics/goals.html"
        css = ["metrics/metrics.css"]
        preview_value = {
            "goals": [
                {
                    "goal": "Changes reach users within a day",
                    "workflow_name": "Release procedure",
                    "metric": "Lead time for changes",
                }
            ]
        }

    def markdown_body(self, value: Any) -> str:
        rows = []
        for goal in value["goals"]:
            target = page_target(goal.get("workflow"))
            workflow = (
                write.link(target.title, target.url)
                if target
                else write.escape(goal.get("workflow_name"))
            )
            rows.append([write.escape(goal["goal"]), workflow, write.escape(goal["metric"])])
        return write.table([_("Goal"), _("Workflow"), _("Metric")], rows)
