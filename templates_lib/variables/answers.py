"""Answers to the fields of a template: checked, and made harmless before they enter the document."""

from collections.abc import Callable, Mapping
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from templates_lib.markdown import write

MAX_ANSWER_CHARS = 5000


def check_answers(value: Any, data: Mapping[str, str]) -> tuple[dict[str, str], dict[str, str]]:
    """The answers by key and the errors by key; an error names the field by its label.

    An empty optional field is answered by its default. Unknown keys in ``data`` are ignored.
    """
    answers: dict[str, str] = {}
    errors: dict[str, str] = {}
    for variable in value.get("variables") or []:
        key = variable.get("key")
        given = str(data.get(key) or "").replace("\x00", "").strip()
        given = given or str(variable.get("default") or "")
        message = _fault(variable, given)
        if message:
            errors[key] = message
        else:
            answers[key] = given
    return answers, errors


def _fault(variable: Any, given: str) -> str:
    label = variable.get("label")
    if not given:
        return _("Fill in “%s”.") % label if variable.get("required") else ""
    if len(given) > MAX_ANSWER_CHARS:
        return _("“%s” is too long.") % label
    check = _CHECKS.get(variable.get("kind"))
    if check is None:
        if variable.get("kind") == "choice" and given not in (variable.get("options") or []):
            return _("Choose one of the answers for “%s”.") % label
        return ""
    test, message = check
    try:
        test(given)
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


def as_markdown_text(answer: str) -> str:
    """An answer as Markdown that reads the same and cannot become markup; line breaks stay."""
    return "  \n".join(write.escape(line) for line in answer.splitlines())
