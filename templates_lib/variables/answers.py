"""Answers to the fields of a template, checked before they enter the document."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

MAX_ANSWER_CHARS = 5000


def check_answers(value: Any, data: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers by key and the errors by key; an error names the field by its label.

    A field that ``data`` does not mention is answered by its default; one that is there and empty
    was emptied by a person. Unknown keys in ``data`` are ignored.
    """
    answers: dict[str, str] = {}
    errors: dict[str, str] = {}
    for variable in value.get("variables") or []:
        key = variable.get("key")
        given = data[key] if key in data else variable.get("default")
        answer = str(given or "").replace("\x00", "").strip()
        message = fault(variable, answer)
        if message:
            errors[key] = message
        else:
            answers[key] = answer
    return answers, errors


def fault(variable: Any, answer: str) -> str:
    """What is wrong with an answer, as a sentence; empty when nothing is."""
    label = variable.get("label") or variable.get("key") or ""
    if not answer:
        return _("Fill in “%s”.") % label if variable.get("required") else ""
    if len(answer) > MAX_ANSWER_CHARS:
        return _("“%(field)s” may have %(most)d characters at most.") % {
            "field": label,
            "most": MAX_ANSWER_CHARS,
        }
    if variable.get("kind") == "choice":
        offered = answer in (variable.get("options") or [])
        return "" if offered else _("Choose one of the answers for “%s”.") % label
    check = _CHECKS.get(variable.get("kind") or "")
    if check is None:
        return ""
    test, message = check
    try:
        test(answer)
    except (ValidationError, InvalidOperation, ValueError):
        return message() % label
    return ""


def _finite(text: str) -> None:
    if not Decimal(text.replace(",", ".")).is_finite():
        raise ValueError(text)


_CHECKS: dict[str, tuple[Callable[[str], object], Callable[[], str]]] = {
    "number": (_finite, lambda: _("“%s” must be a number.")),
    "date": (date.fromisoformat, lambda: _("“%s” must be a date such as 2026-03-31.")),
    "email": (validate_email, lambda: _("“%s” must be an e-mail address.")),
    "url": (
        URLValidator(schemes=["http", "https"]),
        lambda: _("“%s” must be a web address that starts with https://."),
    ),
}
