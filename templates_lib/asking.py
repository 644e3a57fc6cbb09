"""What a step asks of whoever does it in a run: evidence, a condition, a limit of time.

Shared by the blocks of steps and of checklists. A condition names an earlier step of the same list by
its words and the answers on which the step is to be done; numbers would go wrong when steps move.
"""

from collections.abc import Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from templates_lib import spans
from templates_lib.runnable import Condition, Question

EVIDENCE_CHOICES = [
    ("none", _("None")),
    ("note", _("A note")),
    ("number", _("A number")),
    ("choice", _("One of given answers")),
    ("link", _("A link")),
    ("file", _("A file")),
]
MAX_OPTIONS = 12
MAX_OPTION_CHARS = 120
# What fits the columns of a run.
DIGITS, PLACES = 18, 6


class AskingValue(blocks.StructValue):
    """Previews and old revisions can lack each of these fields."""

    @property
    def options(self) -> list[str]:
        return lines_of(self.get("answers"))

    @property
    def evidence_label(self) -> str:
        """What proves the step, in words; empty when nothing is asked."""
        kind = self.get("evidence") or "none"
        if kind == "none":
            return ""
        return self._evidence(str(dict(EVIDENCE_CHOICES).get(kind, "")))

    @property
    def evidence_within(self) -> str:
        """The same within a sentence; answers stay as they are written."""
        kind = self.get("evidence") or "none"
        if kind == "none":
            return ""
        return self._evidence(str(dict(EVIDENCE_CHOICES).get(kind, "")).lower())

    def _evidence(self, words: str) -> str:
        kind = self.get("evidence")
        if kind == "number" and (span := self.question.span):
            return f"{words}, {span}"
        if kind == "choice":
            return f"{words}: {', '.join(self.options)}"
        return words

    @property
    def question(self) -> Question:
        return Question(
            unit=self.get("unit") or "",
            minimum=_decimal(self.get("minimum")),
            maximum=_decimal(self.get("maximum")),
            fails_beyond=self.get("beyond") == "fail",
            options=tuple(self.options),
        )

    @property
    def condition(self) -> Condition | None:
        step = one_line(self.get("only_after"))
        answers = lines_of(self.get("only_if"))
        return Condition(step, tuple(answers)) if step and answers else None

    @property
    def condition_label(self) -> str:
        return self.condition.in_words if self.condition else ""

    @property
    def limit_label(self) -> str:
        minutes = self.get("limit_minutes")
        if not minutes:
            return ""
        if self.get("limit_from") == "run":
            return _now("until %(span)s after the start") % {"span": spans.minutes(minutes)}
        return _now("within %(span)s") % {"span": spans.minutes(minutes)}


class AskingBlock(blocks.StructBlock):
    """A step that may ask. Subclasses add the words of the step; ``NAME`` is its title there."""

    NAME = "title"

    evidence = blocks.ChoiceBlock(
        choices=EVIDENCE_CHOICES,
        default="none",
        label=_("Evidence asked for"),
        help_text=_("What the reader has to leave behind as proof that the step was done."),
        search_index=False,
    )
    answers = blocks.TextBlock(
        required=False,
        max_length=2000,
        rows=3,
        label=_("Answers to choose from"),
        help_text=_("For “One of given answers”: each on a line of its own, two at least."),
    )
    unit = blocks.CharBlock(
        required=False,
        max_length=40,
        label=_("Unit"),
        help_text=_("For “A number”: minutes, %, euros."),
    )
    minimum = blocks.DecimalBlock(
        required=False,
        max_digits=DIGITS,
        decimal_places=PLACES,
        label=_("Not below"),
        search_index=False,
    )
    maximum = blocks.DecimalBlock(
        required=False,
        max_digits=DIGITS,
        decimal_places=PLACES,
        label=_("Not above"),
        search_index=False,
    )
    beyond = blocks.ChoiceBlock(
        choices=[
            ("refuse", _("It is refused, and the bounds are named")),
            ("fail", _("It is kept, and the step counts as failed")),
        ],
        default="refuse",
        required=False,
        label=_("A number beyond these bounds"),
        help_text=_(
            "Refuse what can only be a slip of the keys. Keep as failed what may be true, such as an"
            " error rate that is too high: you hear of it."
        ),
        search_index=False,
    )
    only_after = blocks.CharBlock(
        required=False,
        max_length=200,
        label=_("Only after this step"),
        help_text=_(
            "The words of an earlier step of this list that asks for one of given answers. Leave"
            " empty for a step that is always done."
        ),
    )
    only_if = blocks.TextBlock(
        required=False,
        max_length=1000,
        rows=2,
        label=_("… and only if it was answered"),
        help_text=_(
            "One or more of its answers, each on a line. With any other answer this step is skipped"
            " in a run, and the rule is named."
        ),
    )
    limit_minutes = blocks.IntegerBlock(
        required=False,
        min_value=1,
        max_value=525600,
        label=_("To be done within (minutes)"),
        help_text=_(
            "A run shows the time that is left. When it is over, whoever does the step and whoever"
            " leads the run are told, once."
        ),
        search_index=False,
    )
    limit_from = blocks.ChoiceBlock(
        choices=[
            ("step", _("from the start of the step")),
            ("run", _("from the start of the run")),
        ],
        default="step",
        required=False,
        label=_("Counted"),
        search_index=False,
    )

    def clean(self, value: Any) -> Any:
        value = super().clean(value)
        if not self.is_deferred_validation and (errors := _faults(value)):
            raise blocks.StructBlockValidationError(block_errors=errors)
        return value


def asking_layout(*names: str) -> blocks.BlockGroup:
    """The fields of the step by ``names``, and below them, folded, what it asks for in a run."""
    return blocks.BlockGroup(
        children=[
            *names,
            "evidence",
            blocks.BlockGroup(
                children=["answers", "unit", "minimum", "maximum", "beyond"],
                heading=_("More of the evidence"),
                icon="check",
            ),
            blocks.BlockGroup(
                children=["only_after", "only_if", "limit_minutes", "limit_from"],
                heading=_("When it is done, and until when"),
                icon="time",
            ),
        ]
    )


def check_conditions(steps: Sequence[Any], name: str) -> None:
    """Every condition names an earlier step of ``steps`` and answers that it offers.

    Raises:
        ListBlockValidationError: by the position of the step, at its field.
    """
    offered: dict[str, list[str]] = {}
    errors: dict[int, Any] = {}
    for position, step in enumerate(steps):
        fault = _condition_fault(step, offered)
        if fault:
            field, error = fault
            errors[position] = blocks.StructBlockValidationError(block_errors={field: error})
        answers = step.options if step.get("evidence") == "choice" else []
        offered[key_of(step.get(name))] = answers
    if errors:
        raise blocks.ListBlockValidationError(block_errors=errors)


def key_of(words: Any) -> str:
    """Words of a step as conditions compare them."""
    return one_line(words).casefold()


def one_line(words: Any) -> str:
    return " ".join(str(words or "").split())


def lines_of(text: Any) -> list[str]:
    """The lines that are not empty, each once."""
    return list(
        dict.fromkeys(filter(None, (one_line(line) for line in str(text or "").split("\n"))))
    )


def asked(step: Any) -> dict[str, Any]:
    """What ``step`` asks, as fields of a ``RunnableStep``."""
    return {
        "evidence": step.get("evidence") or "none",
        "question": step.question,
        "condition": step.condition,
        "limit_minutes": step.get("limit_minutes"),
        "limit_from_run": step.get("limit_from") == "run",
    }


def _faults(value: Any) -> dict[str, ValidationError]:
    errors: dict[str, ValidationError] = {}
    if value.get("evidence") == "choice":
        errors |= _option_faults(value.options)
    low, high = value.get("minimum"), value.get("maximum")
    if low is not None and high is not None and low > high:
        errors["maximum"] = ValidationError(
            _("The upper bound is below the lower one."), code="bounds"
        )
    if bool(one_line(value.get("only_after"))) != bool(lines_of(value.get("only_if"))):
        lacking = "only_if" if one_line(value.get("only_after")) else "only_after"
        errors[lacking] = ValidationError(
            _("A condition names both: the step and its answer."), code="half_a_condition"
        )
    return errors


def _option_faults(options: Iterable[str]) -> dict[str, ValidationError]:
    found = list(options)
    if len(found) < 2:
        words = _("Give at least two answers, each on a line of its own.")
        return {"answers": ValidationError(words, code="too_few_answers")}
    if len(found) > MAX_OPTIONS or any(len(one) > MAX_OPTION_CHARS for one in found):
        words = _("At most %(n)d answers of at most %(chars)d characters.")
        numbers = {"n": MAX_OPTIONS, "chars": MAX_OPTION_CHARS}
        return {"answers": ValidationError(words, code="too_many_answers", params=numbers)}
    return {}


def _condition_fault(
    step: Any, offered: dict[str, list[str]]
) -> tuple[str, ValidationError] | None:
    condition = step.condition
    if condition is None:
        return None
    answers = offered.get(key_of(condition.step))
    if answers is None:
        words = _("No earlier step of this list is called “%(step)s”.")
        named = {"step": condition.step}
        return "only_after", ValidationError(words, code="no_such_step", params=named)
    if not answers:
        words = _("“%(step)s” does not ask for one of given answers.")
        named = {"step": condition.step}
        return "only_after", ValidationError(words, code="no_answers", params=named)
    unknown = [one for one in condition.answers if one not in answers]
    if unknown:
        words = _("“%(answer)s” is none of its answers: %(answers)s.")
        named = {"answer": unknown[0], "answers": ", ".join(answers)}
        return "only_if", ValidationError(words, code="no_such_answer", params=named)
    return None


def _decimal(number: Any) -> Decimal | None:
    if number is None or number == "":
        return None
    try:
        return Decimal(str(number))
    except InvalidOperation:
        return None
