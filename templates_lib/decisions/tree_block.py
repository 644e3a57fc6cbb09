"""The decision tree as a block: questions, answers, outcomes with approver and escalation."""

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.list_block import ListBlockValidationError

from templates_lib import limits
from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.decisions import tree
from templates_lib.markdown import write

GROUP = _("Decisions")
KEY = r"^[a-z0-9][a-z0-9_-]*$"
TONES = [("go", _("Go")), ("caution", _("With caution")), ("stop", _("Stop"))]
MESSAGES = {
    "duplicate_key": _("The key “%s” is used twice."),
    "unknown_key": _("An answer leads to “%s”, which is neither a question nor an outcome."),
    "no_answers": _("This question has no answers."),
    "no_floor": _("A number question needs exactly one answer without “at least”."),
    "loop": _("From this question one comes back to it."),
    "unreachable": _("No way leads here."),
}


def key_block(label: str | Promise) -> blocks.RegexBlock:
    return blocks.RegexBlock(
        regex=KEY,
        max_length=60,
        label=label,
        error_messages={"invalid": _("Use lower-case letters, digits, hyphens and underscores.")},
    )


class AnswerBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=200, label=_("Answer"))
    at_least = blocks.DecimalBlock(
        required=False,
        label=_("From this number on"),
        help_text=_("Only for number questions. Leave it empty for the lowest answer."),
    )
    leads_to = key_block(_("Leads to (key)"))

    class Meta:
        icon = "arrow-right"
        label_format = "{label}"


class QuestionBlock(blocks.StructBlock):
    key = key_block(_("Key"))
    question = blocks.CharBlock(max_length=255, label=_("Question"))
    help = blocks.TextBlock(required=False, max_length=1000, label=_("Help"), rows=2)
    input = blocks.ChoiceBlock(
        choices=[("choice", _("One of several")), ("number", _("A number"))],
        default="choice",
        label=_("Answered by"),
    )
    unit = blocks.CharBlock(required=False, max_length=60, label=_("Unit of the number"))
    answers = blocks.ListBlock(AnswerBlock(), label=_("Answers"))

    class Meta:
        icon = "help"
        label_format = "{question}"


class OutcomeBlock(blocks.StructBlock):
    key = key_block(_("Key"))
    title = blocks.CharBlock(max_length=200, label=_("Outcome"))
    detail = ProseBlock(required=False, label=_("Detail"))
    approver_role = blocks.CharBlock(required=False, max_length=120, label=_("Approved by"))
    escalate_to_role = blocks.CharBlock(required=False, max_length=120, label=_("Escalate to"))
    within_minutes = blocks.IntegerBlock(required=False, min_value=0, label=_("Within (minutes)"))
    tone = blocks.ChoiceBlock(choices=TONES, default="go", label=_("Tone"))

    class Meta:
        icon = "success"
        label_format = "{title}"


class DecisionTreeValue(blocks.StructValue):
    def walk(self, given: Mapping[str, str]) -> tree.WalkState:
        """Where the answers lead; see ``templates_lib.decisions.tree.walk``."""
        return tree.walk(list(self["questions"]), list(self["outcomes"]), given)

    @property
    def titles(self) -> dict[str, str]:
        """What each key stands for, in words."""
        questions = {one["key"]: one["question"] for one in self.get("questions") or []}
        return questions | {one["key"]: one["title"] for one in self.get("outcomes") or []}

    @property
    def data(self) -> dict[str, Any]:
        """The tree for the walking script: keys, labels and numbers only, no markup."""
        return {
            "outcomes": [one["key"] for one in self.get("outcomes") or []],
            "questions": [
                {
                    "key": one["key"],
                    "input": one.get("input") or "choice",
                    "answers": [
                        {
                            "label": answer["label"],
                            "at_least": None
                            if answer.get("at_least") is None
                            else float(answer["at_least"]),
                            "leads_to": answer["leads_to"],
                        }
                        for answer in one["answers"]
                    ],
                }
                for one in self.get("questions") or []
            ],
        }


class DecisionTreeBlock(PartBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    intro = ProseBlock(required=False, label=_("Introduction"))
    questions = blocks.ListBlock(QuestionBlock(), label=_("Questions, the first one starts"))
    outcomes = blocks.ListBlock(OutcomeBlock(), label=_("Outcomes"))

    class Meta:
        icon = "help"
        label = _("Decision tree")
        heading = _("Decision tree")
        group = GROUP
        description = _("Questions that lead to an outcome, its approver and its escalation")
        template = "decisions/decision_tree.html"
        css = ["decisions/decisions.css"]
        js = ["decisions/decision_tree.js"]
        value_class = DecisionTreeValue
        preview_value = {
            "title": "Do we escalate?",
            "questions": [
                {
                    "key": "users",
                    "question": "How many users are affected?",
                    "input": "number",
                    "unit": "users",
                    "answers": [
                        {"label": "Few", "leads_to": "stay"},
                        {"label": "Many", "at_least": "100", "leads_to": "escalate"},
                    ],
                }
            ],
            "outcomes": [
                {"key": "stay", "title": "The team goes on", "tone": "go"},
                {
                    "key": "escalate",
                    "title": "Escalate",
                    "approver_role": "Incident commander",
                    "escalate_to_role": "Head of operations",
                    "within_minutes": 15,
                    "tone": "stop",
                },
            ],
        }

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        found = tree.faults(list(value["questions"]), list(value["outcomes"]))
        if not found:
            return value
        by_child: dict[str, dict[int, list[ValidationError]]] = defaultdict(
            lambda: defaultdict(list)
        )
        for fault in found:
            text = str(MESSAGES[fault.code])
            message = text % fault.name if "%s" in text else text
            by_child[fault.child][fault.index].append(ValidationError(message, code=fault.code))
        raise blocks.StructBlockValidationError(
            block_errors={
                child: ListBlockValidationError(
                    block_errors={
                        index: blocks.StructBlockValidationError(non_block_errors=errors)
                        for index, errors in rows.items()
                    }
                )
                for child, rows in by_child.items()
            }
        )

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        titles = value.titles
        context["questions"] = [
            {
                "question": one,
                "answers": [
                    {
                        "label": answer["label"],
                        "from": _from_words(answer, one.get("unit")),
                        "leads_to": answer["leads_to"],
                        "title": titles.get(answer["leads_to"], ""),
                    }
                    for answer in one["answers"]
                ],
            }
            for one in value.get("questions") or []
        ]
        context["tones"] = dict(TONES)
        return context

    def markdown_body(self, value: Any) -> str:
        titles = value.titles
        questions = [_question_markdown(one, titles) for one in value["questions"]]
        outcomes = [_outcome_markdown(one) for one in value["outcomes"]]
        return write.join(prose(value.get("intro")), *questions, *outcomes)


def _from_words(answer: Any, unit: str | None) -> str:
    if answer.get("at_least") is None:
        return ""
    return limits.words("ge", answer["at_least"], unit or "")


def _question_markdown(question: Any, titles: Mapping[str, str]) -> str:
    lines = []
    for answer in question["answers"]:
        said = " ".join(x for x in (answer["label"], _in_brackets(answer, question)) if x)
        target = titles.get(answer["leads_to"], "")
        lines.append(f"{write.escape(said)}: {write.escape(target)}")
    return write.join(
        write.heading(question["question"], 3),
        write.escape(question.get("help")),
        write.bullets(lines),
    )


def _in_brackets(answer: Any, question: Any) -> str:
    words = _from_words(answer, question.get("unit"))
    return f"({words})" if words else ""


def _outcome_markdown(outcome: Any) -> str:
    minutes = outcome.get("within_minutes")
    return write.join(
        write.heading(f"{_('Outcome')}: {outcome['title']}", 3),
        prose(outcome.get("detail")),
        write.labelled(_("Approved by"), outcome.get("approver_role")),
        write.labelled(_("Escalate to"), outcome.get("escalate_to_role")),
        write.labelled(_("Within (minutes)"), minutes) if minutes is not None else "",
    )
