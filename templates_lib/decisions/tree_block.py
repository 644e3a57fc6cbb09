"""The decision tree as a block: questions, answers, outcomes with approver and escalation."""

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.functional import Promise
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib import limits, spans
from templates_lib.base import PartBlock, ProseBlock, prose
from templates_lib.decisions import tree
from templates_lib.faults import placed
from templates_lib.markdown import write

GROUP = _("Decisions")
KEY = r"^[a-z0-9][a-z0-9_-]*$"
TONES = [("go", _("Go")), ("caution", _("With caution")), ("stop", _("Stop"))]
MESSAGES = {
    "duplicate_key": _("The key “%(name)s” is used twice."),
    "unknown_key": _("“%(name)s” is neither a question nor an outcome."),
    "no_answers": _("This question has no answers."),
    "no_floor": _("One answer must have no number: it is for all that is below the others."),
    "second_floor": _("Another answer has no number already: say from which number this one is."),
    "duplicate_limit": _("Another answer begins at this number."),
    "duplicate_label": _("The answer “%(name)s” is offered twice."),
    "not_a_number_question": _("Only a number question has answers from a number on."),
    "loop": _("This leads back to “%(name)s”: the reader would never come to an end."),
    "unreachable": _("No answer leads to “%(name)s”."),
}


def key_block(label: str | Promise, help_text: str | Promise) -> blocks.RegexBlock:
    return blocks.RegexBlock(
        regex=KEY,
        max_length=60,
        label=label,
        help_text=help_text,
        error_messages={"invalid": _("Use lower-case letters, digits, hyphens and underscores.")},
    )


class AnswerBlock(blocks.StructBlock):
    label = blocks.CharBlock(max_length=200, label=_("Answer"))
    at_least = blocks.DecimalBlock(
        required=False,
        label=_("From this number on"),
        help_text=_("Only for number questions. Leave it empty for the lowest answer."),
    )
    leads_to = key_block(_("Leads to (key)"), _("The key of the next question, or of the outcome."))

    class Meta:
        icon = "arrow-right"
        label_format = "{label}"


class QuestionBlock(blocks.StructBlock):
    key = key_block(_("Key"), _("A short name for this question, to which answers can lead."))
    question = blocks.CharBlock(max_length=255, label=_("Question"))
    help = blocks.TextBlock(required=False, max_length=1000, label=_("Help"), rows=2)
    input = blocks.ChoiceBlock(
        choices=[("choice", _("One of several")), ("number", _("A number"))],
        default="choice",
        label=_("Answered by"),
        search_index=False,
    )
    unit = blocks.CharBlock(required=False, max_length=60, label=_("Unit of the number"))
    answers = blocks.ListBlock(AnswerBlock(), label=_("Answers"))

    class Meta:
        icon = "help"
        label_format = "{question}"


class OutcomeBlock(blocks.StructBlock):
    key = key_block(_("Key"), _("A short name for this outcome, to which answers can lead."))
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
    @property
    def all_questions(self) -> list[Any]:
        return list(self.get("questions") or [])

    @property
    def all_outcomes(self) -> list[Any]:
        return list(self.get("outcomes") or [])

    def walk(self, given: Mapping[str, str]) -> tree.WalkState:
        """Where the answers lead; see ``templates_lib.decisions.tree.walk``."""
        return tree.walk(self.all_questions, self.all_outcomes, given)

    @property
    def titles(self) -> dict[str, str]:
        """What each key stands for, in words."""
        titles = {one.get("key"): one.get("question") or "" for one in self.all_questions}
        for one in self.all_outcomes:
            titles[one.get("key")] = f"{_now('Outcome:')} {one.get('title') or ''}"
        return titles


class DecisionTreeBlock(PartBlock):
    title = blocks.CharBlock(max_length=120, label=_("Title"))
    intro = ProseBlock(required=False, label=_("Introduction"))
    questions = blocks.ListBlock(
        QuestionBlock(), min_num=1, label=_("Questions, the first one starts")
    )
    outcomes = blocks.ListBlock(OutcomeBlock(), min_num=1, label=_("Outcomes"))

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
                    "key": "data",
                    "question": "Is data lost, or might it be?",
                    "help": "Not to know counts as yes.",
                    "answers": [
                        {"label": "Yes", "leads_to": "escalate"},
                        {"label": "No", "leads_to": "users"},
                    ],
                },
                {
                    "key": "users",
                    "question": "How many users are affected?",
                    "input": "number",
                    "unit": "users",
                    "answers": [
                        {"label": "Few", "leads_to": "stay"},
                        {"label": "Many", "at_least": "100", "leads_to": "escalate"},
                    ],
                },
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
        if self.is_deferred_validation:
            return value
        found = tree.faults(value.all_questions, value.all_outcomes)
        if found:
            raise placed(
                (
                    one.path,
                    ValidationError(MESSAGES[one.code], code=one.code, params={"name": one.name}),
                )
                for one in found
            )
        return value

    def get_context(self, value: Any, parent_context: dict | None = None) -> dict:
        context = super().get_context(value, parent_context=parent_context)
        prefix = context.get("anchor") or "tree"
        titles = value.titles
        # Keys are the editor's words; ids are made of positions.
        ids = {
            one.get("key"): f"{prefix}-{kind}-{number}"
            for kind, entries in (
                ("outcome", value.all_outcomes),
                ("question", value.all_questions),
            )
            for number, one in enumerate(entries, start=1)
        }
        context["prefix"] = prefix
        context["questions"] = [
            {
                "question": one,
                "id": f"{prefix}-question-{number}",
                "answers": [
                    {
                        "label": answer.get("label"),
                        "at_least": limits.number(answer.get("at_least")),
                        "from": _from_words(answer, one.get("unit")),
                        "leads_to": answer.get("leads_to"),
                        "id": ids.get(answer.get("leads_to"), ""),
                        "title": titles.get(answer.get("leads_to"), ""),
                    }
                    for answer in tree.answers_of(one)
                ],
            }
            for number, one in enumerate(value.all_questions, start=1)
        ]
        context["outcomes"] = [
            {
                "outcome": one,
                "id": f"{prefix}-outcome-{number}",
                "tone": dict(TONES).get(one.get("tone"), ""),
            }
            for number, one in enumerate(value.all_outcomes, start=1)
        ]
        return context

    def markdown_body(self, value: Any) -> str:
        titles = value.titles
        questions = [_question_markdown(one, titles) for one in value.all_questions]
        outcomes = [_outcome_markdown(one) for one in value.all_outcomes]
        return write.join(prose(value.get("intro")), *questions, *outcomes)


def _from_words(answer: Any, unit: str | None) -> str:
    return limits.words("ge", answer.get("at_least"), unit)


def _question_markdown(question: Any, titles: Mapping[str, str]) -> str:
    lines = []
    for answer in tree.answers_of(question):
        said = _from_words(answer, question.get("unit"))
        label = f"{answer.get('label')} ({said})" if said else answer.get("label")
        target = titles.get(answer.get("leads_to"), "")
        lines.append(f"**{write.escape(label)}:** {write.escape(target)}")
    return write.join(
        write.heading(question.get("question"), 3),
        write.paragraphs(question.get("help")),
        write.bullets(lines),
    )


def _outcome_markdown(outcome: Any) -> str:
    return write.join(
        write.heading(f"{_now('Outcome:')} {outcome.get('title')}", 3),
        prose(outcome.get("detail")),
        write.bullets(
            fact
            for fact in (
                write.labelled(_("Approved by"), outcome.get("approver_role")),
                write.labelled(_("Escalate to"), outcome.get("escalate_to_role")),
                write.labelled(_("Within"), spans.within(outcome.get("within_minutes"))),
            )
            if fact
        ),
    )
