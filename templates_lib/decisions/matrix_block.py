"""A weighted decision matrix: each option scored by each criterion."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from templates_lib.base import PartBlock
from templates_lib.limits import number
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
class Ranked:
    """``total`` is the weighted mean on the matrix's own scale; ``scores`` follow the criteria."""

    name: str
    total: Decimal
    scores: list[dict[str, Any]]

    @property
    def total_words(self) -> str:
        return number(round(self.total, 2))


class DecisionMatrixValue(blocks.StructValue):
    @property
    def ranking(self) -> list[Ranked]:
        """Options, the best first; equal ones in the order of the editor."""
        criteria = list(self.get("criteria") or [])
        weights = sum((Decimal(one["weight"]) for one in criteria), Decimal(0)) or Decimal(1)
        ranked = []
        for option in self.get("options") or []:
            by_name = {score["criterion"]: score for score in option["scores"]}
            scores = [
                {
                    "score": number(by_name[one["name"]]["score"])
                    if one["name"] in by_name
                    else "",
                    "reason": by_name.get(one["name"], {}).get("reason") or "",
                }
                for one in criteria
            ]
            total = sum(
                (
                    Decimal(one["weight"]) * Decimal(by_name[one["name"]]["score"])
                    for one in criteria
                    if one["name"] in by_name
                ),
                Decimal(0),
            )
            ranked.append(Ranked(option["name"], total / weights, scores))
        return sorted(ranked, key=lambda one: -one.total)


class DecisionMatrixBlock(PartBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    scale_max = blocks.IntegerBlock(default=5, min_value=1, max_value=100, label=_("Highest score"))
    criteria = blocks.ListBlock(CriterionBlock(), label=_("Criteria"))
    options = blocks.ListBlock(OptionBlock(), label=_("Options"))

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
        names = [one["name"] for one in value["criteria"]]
        highest = value["scale_max"]
        errors = {}
        for index, option in enumerate(value["options"]):
            message = _option_fault(option, names, highest)
            if message:
                errors[index] = blocks.StructBlockValidationError(block_errors={"scores": message})
        if errors:
            raise blocks.StructBlockValidationError(
                block_errors={"options": ListBlockValidationError(block_errors=errors)}
            )
        return value

    def markdown_body(self, value: Any) -> str:
        criteria = [f"{one['name']} ({number(one['weight'])})" for one in value["criteria"]]
        rows = []
        for option in value.ranking:
            cells = [
                write.escape(f"{one['score']} {one['reason']}".strip()) for one in option.scores
            ]
            rows.append([write.escape(option.name), *cells, option.total_words])
        return write.table([_("Option"), *criteria, _("Weighted")], rows)


def _option_fault(option: Any, names: list[str], highest: int) -> ValidationError | None:
    scored = [score["criterion"] for score in option["scores"]]
    missing = [name for name in names if name not in scored]
    if missing:
        return ValidationError(
            _("No score for: %(names)s."),
            code="missing_score",
            params={"names": ", ".join(missing)},
        )
    surplus = [name for name in scored if name not in names or scored.count(name) > 1]
    if surplus:
        return ValidationError(
            _("Unknown or repeated: %(names)s."),
            code="surplus_score",
            params={"names": ", ".join(dict.fromkeys(surplus))},
        )
    if any(score["score"] > highest for score in option["scores"]):
        return ValidationError(
            _("A score may be %(highest)s at most."), code="off_scale", params={"highest": highest}
        )
    return None
