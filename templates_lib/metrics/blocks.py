"""Metric tiles (target, actual, trend) and the way from a goal to its metric."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib import limits
from templates_lib.base import PartBlock
from templates_lib.markdown import write
from templates_lib.metrics import live
from templates_lib.metrics.sparkline import MIN_POINTS, Sparkline, sparkline
from templates_lib.rendering import page_target

# Of an indicator a tile shows these last days; more of them would hide the words.
SHOWN_POINTS = 8


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
        return limits.words(self.get("comparison"), self.get("target"), self.get("unit"))

    @property
    def actual_words(self) -> str:
        return limits.figure(self.get("actual"), self.get("unit"))

    @property
    def is_met(self) -> bool | None:
        """None while there is nothing to compare."""
        return limits.holds(self.get("comparison"), self.get("actual"), self.get("target"))

    @property
    def points(self) -> list[Any]:
        """The history as far as it has figures, oldest first."""
        return [
            point
            for point in self.get("history") or []
            if limits.as_decimal(point.get("value")) is not None
        ]

    @property
    def trend(self) -> Sparkline | None:
        figures = [limits.as_decimal(point.get("value")) for point in self.points]
        return sparkline([one for one in figures if one is not None])

    @property
    def direction(self) -> str:
        """Where the history goes, seen from the target; empty without a history."""
        points = self.points
        if len(points) < MIN_POINTS:
            return ""
        first, last = (self._distance(point) for point in (points[0], points[-1]))
        if first is None or last is None or first == last:
            return _now("Steady")
        return _now("Getting better") if last < first else _now("Getting worse")

    def _distance(self, point: Any) -> Decimal | None:
        """The lower the better; how much is missing where only one figure is right."""
        figure = limits.as_decimal(point.get("value"))
        target = limits.as_decimal(self.get("target"))
        if figure is None or target is None:
            return None
        comparison = self.get("comparison")
        if comparison in ("lt", "le"):
            return figure
        return abs(figure - target) if comparison == "eq" else -figure


class MetricBlock(blocks.StructBlock):
    indicator = blocks.CharBlock(
        required=False,
        max_length=60,
        label=_("Key of an indicator"),
        help_text=_(
            "Then actual and history on the page are those of the indicator, if it is shown to"
            " readers; what stands here is used in files and while it has no value."
        ),
    )
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
        form_layout = blocks.BlockGroup(
            children=[
                "name",
                "unit",
                "comparison",
                "target",
                "actual",
                "why",
                blocks.BlockGroup(
                    children=["indicator", "source", "formula", "history"],
                    heading=_("Where the figure comes from"),
                    icon="history",
                ),
            ]
        )


class MetricsBlock(PartBlock):
    title = blocks.CharBlock(required=False, max_length=120, label=_("Title"))
    metrics = blocks.ListBlock(MetricBlock(), min_num=1, label=_("Metrics"))

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

    def get_context(self, value: Any, parent_context: Any = None) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(value, parent_context=parent_context)
        metrics = value.get("metrics") or []
        keys = [metric.get("indicator") for metric in metrics if metric.get("indicator")]
        known = live.figures(keys, timezone.localdate())
        context["metrics"] = [
            _measured(metric, *known[metric["indicator"]])
            if metric.get("indicator") in known
            else metric
            for metric in metrics
        ]
        return context

    def markdown_body(self, value: Any) -> str:
        return write.join(*(_metric_markdown(metric) for metric in value.get("metrics") or []))


def _measured(metric: Any, indicator: Any, points: Sequence[live.Point]) -> Any:
    """The tile with target and values of the indicator; words of the block stay."""
    if not points:
        return metric
    shown = points[-SHOWN_POINTS:]
    point_block = metric.block.child_blocks["history"].child_block
    history = [
        point_block.to_python({"period": date_format(day, "j M"), "value": str(round(value, 2))})
        for day, value in shown
    ]
    return MetricValue(
        metric.block,
        {
            **metric,
            "unit": indicator.unit,
            "comparison": indicator.comparison,
            "target": indicator.target,
            "actual": round(points[-1][1], 2),
            "history": history,
            "measured_on": points[-1][0],
        },
    )


def _metric_markdown(metric: Any) -> str:
    history = ", ".join(point.words for point in metric.points)
    trend = f"{metric.direction} ({history})" if metric.direction else history
    facts = [
        write.labelled(_("Target"), metric.target_words),
        write.labelled(_("Actual"), _actual(metric)),
        write.labelled(_("Trend"), trend),
        write.labelled(_("Why it matters"), metric.get("why")),
        write.labelled(_("Formula"), metric.get("formula")),
        write.labelled(_("Source"), metric.get("source")),
    ]
    return write.join(
        write.heading(metric.get("name"), 3), write.bullets(fact for fact in facts if fact)
    )


def _actual(metric: Any) -> str:
    if not metric.actual_words:
        return _now("not measured yet")
    if metric.is_met is None:
        return metric.actual_words
    return f"{metric.actual_words} ({_now('met') if metric.is_met else _now('missed')})"


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
    goals = blocks.ListBlock(GoalBlock(), min_num=1, label=_("Goals"))

    class Meta:
        icon = "pick"
        label = _("Goals")
        heading = _("Goals")
        group = _("Metrics")
        description = _("From each goal to the workflow and the metric")
        template = "metrics/goals.html"
        css = ["metrics/metrics.css", "rows/rows.css"]
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
        for goal in value.get("goals") or []:
            target = page_target(goal.get("workflow"))
            workflow = (
                write.link(target.title, target.url)
                if target
                else write.escape(goal.get("workflow_name"))
            )
            rows.append(
                [write.escape(goal.get("goal")), workflow, write.escape(goal.get("metric"))]
            )
        return write.table([_("Goal"), _("Workflow"), _("Metric")], rows)
