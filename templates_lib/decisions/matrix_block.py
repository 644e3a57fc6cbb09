"""A weighted decision matrix: each option scored by each criterion."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib.base import PartBlock
from templates_lib.faults import Path, placed
from templates_lib.limits import as_decimal, number
from templates_lib.markdown import write


class CriterionBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120, label=_("Criterion"))
    weight = blocks.DecimalBlock(min_value=0, label=_("Weight"))
    help = blocks.TextBlock(required=False, max_length=600, label=_("How to score it"), rows=2)

    class Meta:
        icon = "order"
        label_format = "{name}"


class ScoreBlock(blocks.StructBlock):
    criterion = blocks.CharBlock(max_length=120, label=_("Criterion"))
    score = blocks.DecimalBlock(min_value=0, label=_("Score"))
    reason = blocks.CharBlock(required=False, max_length=255, label=_("Reason"))

    class Meta:
        icon = "order"
        label_format = "{criterion}: {score}"


class OptionBlock(blocks.StructBlock):
    name = blocks.CharBlock(max_length=120, label=_("Option"))
    scores = blocks.ListBlock(ScoreBlock(), label=_("Scores"))

    class Meta:
        icon = "pick"
        label_format = "{name}"


@dataclass(frozen=True, slots=True)
class Cell:
    """One score of an option; ``score`` is empty where a draft has none."""

    criterion: str
    score: str
    reason: str


@dataclass(frozen=True, slots=True)
class Ranked:
    """``total`` is the weighted mean on the matrix's own scale; ``cells`` follow the criteria."""

    name: str
    total: Decimal
    cells: list[Cell]
    is_best: bool = False

    @property
    def total_words(self) -> str:
        return number(round(self.total, 2))


class DecisionMatrixValue(blocks.StructValue):
    @property
    def ranking(self) -> list[Ranked]:
        """Options, the best first; equal ones in the order of the editor, and all of them best."""
        criteria = list(self.get("criteria") or [])
        ranked = [_ranked(option, criteria) for option in self.get("options") or []]
        highest = max((one.total for one in ranked), default=Decimal(0))
        ranked = [replace(one, is_best=one.total == highest) for one in ranked]
        return sorted(ranked, key=lambda one: -one.total)


def _ranked(option: Any, criteria: Sequence[Any]) -> Ranked:
    scores = {one.get("criterion"): one for one in option.get("scores") or []}
    cells, total, weights = [], Decimal(0), Decimal(0)
    for criterion in criteria:
        score = scores.get(criterion.get("name"), {})
        weight = as_decimal(criterion.get("weight")) or Decimal(0)
        total += weight * (as_decimal(score.get("score")) or Decimal(0))
        weights += weight
        cells.append(
            Cell(
                criterion=criterion.get("name") or "",
                score=number(score.get("score")),
                reason=score.get("reason") or "",
            )
        )
    return Ranked(option.get("name") or "", total / (weights or 1), cells)


class DecisionMatrixBlock(PartBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    scale_max = blocks.IntegerBlock(default=5, min_value=1, max_value=100, label=_("Highest score"))
    criteria = blocks.ListBlock(CriterionBlock(), min_num=1, label=_("Criteria"))
    options = blocks.ListBlock(OptionBlock(), min_num=1, label=_("Options"))

    class Meta:
        icon = "table"
        label = _("Decision matrix")
        heading = _("Decision matrix")
        group = _("Decisions")
        description = _("Options scored by weighted criteria, the best first")
        template = "decisions/decision_matrix.html"
        css = ["decisions/decisions.css", "rows/rows.css"]
        value_class = DecisionMatrixValue
        preview_value = {
            "title": "Which interface?",
            "scale_max": 5,
            "criteria": [{"name": "Effort", "weight": "2"}, {"name": "Fit", "weight": "3"}],
            "options": [
                {
                    "name": "REST",
                    "scores": [
                        {"criterion": "Effort", "score": "4"},
                        {"criterion": "Fit", "score": "4"},
                    ],
                },
                {
                    "name": "GraphQL",
                    "scores": [
                        {"criterion": "Effort", "score": "2"},
                        {"criterion": "Fit", "score": "5"},
                    ],
                },
            ],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if self.is_deferred_validation:
            return value
        found = [*_criteria_faults(value), *_option_faults(value)]
        if found:
            raise placed(found)
        return value

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        criteria = list(value.get("criteria") or [])
        context["criteria"] = [
            {"name": one.get("name"), "weight": number(one.get("weight"))} for one in criteria
        ]
        context["explained"] = [one for one in criteria if one.get("help")]
        context["ranking"] = value.ranking
        return context

    def markdown_body(self, value: Any) -> str:
        criteria = [
            f"{one.get('name')} ({_now('weight')} {number(one.get('weight'))})"
            for one in value.get("criteria") or []
        ]
        rows = [
            [
                write.escape(option.name),
                *(_cell_markdown(cell) for cell in option.cells),
                f"**{option.total_words}**" if option.is_best else option.total_words,
            ]
            for option in value.ranking
        ]
        explained = [
            write.labelled(one.get("name"), one.get("help"))
            for one in value.get("criteria") or []
            if one.get("help")
        ]
        return write.join(
            write.table([_("Option"), *criteria, _("Weighted score")], rows),
            write.bullets(explained),
        )


def _cell_markdown(cell: Cell) -> str:
    return f"{cell.score}: {write.escape(cell.reason)}" if cell.reason else cell.score


def _criteria_faults(value: Any) -> Iterator[tuple[Path, ValidationError]]:
    seen: set[str] = set()
    for index, criterion in enumerate(value["criteria"]):
        if criterion["name"] in seen:
            error = ValidationError(_("There is such a criterion already."), code="duplicate_name")
            yield ("criteria", index, "name"), error
        seen.add(criterion["name"])
    if not any(criterion["weight"] for criterion in value["criteria"]):
        error = ValidationError(_("One criterion must have a weight above 0."), code="no_weight")
        yield ("criteria", 0, "weight"), error


def _option_faults(value: Any) -> Iterator[tuple[Path, ValidationError]]:
    names = [criterion["name"] for criterion in value["criteria"]]
    for index, option in enumerate(value["options"]):
        place: Path = ("options", index, "scores")
        wanted = list(dict.fromkeys(names))
        for position, score in enumerate(option["scores"]):
            name = score["criterion"]
            if name not in names:
                error = ValidationError(_("There is no such criterion."), code="unknown_criterion")
                yield (*place, position, "criterion"), error
            elif name not in wanted:
                error = ValidationError(_("This is scored already."), code="duplicate_score")
                yield (*place, position, "criterion"), error
            else:
                wanted.remove(name)
            if score["score"] > value["scale_max"]:
                error = ValidationError(
                    _("The highest score is %(highest)s."),
                    code="off_scale",
                    params={"highest": value["scale_max"]},
                )
                yield (*place, position, "score"), error
        if wanted:
            error = ValidationError(
                _("No score for: %(names)s."),
                code="missing_score",
                params={"names": ", ".join(wanted)},
            )
            yield place, error
