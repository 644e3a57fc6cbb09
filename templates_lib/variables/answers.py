"""Answers to the fields of a template, checked before they enter the document."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator, validate_email
from django.utils.translation import gettext as _

from templates_lib.variables import conditions
from templates_lib.variables.computing import compute, number_of
from templates_lib.variables.reading import MOST_ROWS
from templates_lib.variables.said import NO, YES

MAX_ANSWER_CHARS = 5000
# A name stands on one line of a document.
MAX_NAME_CHARS = 150


def check_answers(value: Any, data: Mapping[str, Any]) -> tuple[dict[str, Any], dict[str, str]]:
    """The answers by key and the errors by key; an error names the field by its label.

    ``data`` is what ``reading.read`` gives. A field that it does not mention is answered by its
    default; one that is there and empty was emptied by a person. Unknown keys are ignored. The
    answer to a field that is not asked, because its condition does not hold, is None. What is
    computed is among the answers.
    """
    answers: dict[str, Any] = {}
    errors: dict[str, str] = {}
    for variable in value.get("variables") or []:
        key = variable.get("key")
        if not conditions.holds(variable.get("only_if"), answers):
            answers[key] = None
            continue
        if variable.get("kind") == "computed":
            answers[key] = compute(
                variable.get("operation") or "",
                [answers.get(one) for one in variable.get("of") or []],
            )
            continue
        answer = _cleaned(data[key] if key in data else variable.get("default"))
        message = fault(variable, answer)
        if message:
            errors[key] = message
        else:
            answers[key] = answer
    return answers, errors


def _cleaned(given: Any) -> Any:
    if isinstance(given, list):
        return [_cleaned(one) for one in given]
    return str(given if given is not None else "").replace("\x00", "").strip()


def fault(variable: Any, answer: Any) -> str:
    """What is wrong with an answer, as a sentence; empty when nothing is."""
    label = variable.get("label") or variable.get("key") or ""
    if not answer:
        return _("Fill in “%s”.") % label if variable.get("required") else ""
    kind = variable.get("kind") or ""
    if kind in _LISTS:
        return _LISTS[kind](variable, answer, label)
    if not isinstance(answer, str):
        return _("Answer “%s” again.") % label
    most = MAX_NAME_CHARS if kind == "person" else MAX_ANSWER_CHARS
    if len(answer) > most:
        return _("“%(field)s” may have %(most)d characters at most.") % {
            "field": label,
            "most": most,
        }
    if kind in ("choice", "yes_no"):
        offered = [YES, NO] if kind == "yes_no" else list(variable.get("options") or [])
        return "" if answer in offered else _("Choose one of the answers for “%s”.") % label
    return _wrong_kind(kind, answer, label) or _out_of_bounds(variable, kind, answer, label)


def _several(variable: Any, answer: Any, label: str) -> str:
    offered = list(variable.get("options") or [])
    chosen = answer if isinstance(answer, list) else [answer]
    fits = all(one in offered for one in chosen) and len(chosen) <= len(offered)
    return "" if fits else _("Choose among the answers for “%s”.") % label


def _table(variable: Any, answer: Any, label: str) -> str:
    columns = list(variable.get("columns") or [])
    if not isinstance(answer, list) or any(
        not isinstance(row, list) or len(row) != len(columns) for row in answer
    ):
        return _("Fill in the rows of “%s” again.") % label
    if len(answer) > MOST_ROWS:
        return _("“%(field)s” may have %(most)d rows at most.") % {
            "field": label,
            "most": MOST_ROWS,
        }
    for number, row in enumerate(answer, start=1):
        for column, cell in zip(columns, row, strict=True):
            name = f"{label}, {column.get('label')} {number}"
            wrong = fault({"label": name, "kind": column.get("kind")}, cell)
            if wrong:
                return wrong
    return ""


_LISTS: dict[str, Callable[[Any, Any, str], str]] = {"several": _several, "table": _table}


def _wrong_kind(kind: str, answer: str, label: str) -> str:
    check = _CHECKS.get(kind)
    if check is None:
        return ""
    test, message = check
    try:
        test(answer)
    except (ValidationError, ValueError):
        return message() % label
    return ""


def _out_of_bounds(variable: Any, kind: str, answer: str, label: str) -> str:
    """Bounds of a number or a date; both belong to what is allowed."""
    read: Callable[[Any], Any] | None = {"number": number_of, "date": _day}.get(kind)
    if read is None:
        return ""
    value, lowest, highest = (
        read(one) for one in (answer, variable.get("lowest"), variable.get("highest"))
    )
    said = {"field": label, "lowest": variable.get("lowest"), "highest": variable.get("highest")}
    if lowest is not None and value < lowest:
        if kind == "date":
            return _("“%(field)s” must not be before %(lowest)s.") % said
        return _("“%(field)s” must be at least %(lowest)s.") % said
    if highest is not None and value > highest:
        if kind == "date":
            return _("“%(field)s” must not be after %(highest)s.") % said
        return _("“%(field)s” must be at most %(highest)s.") % said
    return ""


def _day(text: Any) -> date | None:
    try:
        return date.fromisoformat(str(text or ""))
    except ValueError:
        return None


def _finite(text: str) -> None:
    if number_of(text) is None:
        raise ValueError(text)


def _one_line(text: str) -> None:
    if len(text.splitlines()) > 1:
        raise ValueError(text)


_CHECKS: dict[str, tuple[Callable[[str], object], Callable[[], str]]] = {
    "number": (_finite, lambda: _("“%s” must be a number.")),
    "date": (date.fromisoformat, lambda: _("“%s” must be a date such as 2026-03-31.")),
    "email": (validate_email, lambda: _("“%s” must be an e-mail address.")),
    "person": (_one_line, lambda: _("“%s” must be one name, on one line.")),
    "url": (
        URLValidator(schemes=["http", "https"]),
        lambda: _("“%s” must be a web address that starts with https://."),
    ),
}
