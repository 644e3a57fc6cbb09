"""What a template asks and what comes of the answers."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from knowledge.catalog.bodies import LIBRARY
from templates_lib.markdown import write
from templates_lib.variables import conditions
from templates_lib.variables.answers import check_answers
from templates_lib.variables.blocks import limits_of
from templates_lib.variables.reading import MOST_ROWS, read
from templates_lib.variables.said import NO, YES, as_block, in_words

PARTS = ("variables", "document_body")
# Empty rows that a table offers below those that are filled.
SPARE_ROWS = 2
_BLOCKS: Mapping[str, Any] = LIBRARY


@dataclass(frozen=True, slots=True)
class Form:
    """The fields of a template in order, with the heading of each group, and its documents."""

    groups: Sequence[tuple[str, Sequence[Any]]]
    documents: Sequence[Any]

    @property
    def variables(self) -> list[Any]:
        return [variable for _heading, group in self.groups for variable in group]


@dataclass(frozen=True, slots=True)
class Filled:
    """``errors`` maps the key of a field to its message; ``markdown`` is empty while there are any.

    ``said`` is what was given, as it was given: what an answer that was refused is shown again from.
    """

    answers: Mapping[str, Any]
    errors: Mapping[str, str]
    said: Mapping[str, Any]
    markdown: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """One field as the form shows it."""

    variable: Any
    answer: Any
    error: str
    limits: str
    condition: str
    only_if: Mapping[str, Any]
    rows: Sequence[Sequence[tuple[str, str, Any]]] = field(default_factory=list)

    @property
    def is_group(self) -> bool:
        return self.variable.get("kind") in ("several", "yes_no", "table")

    @property
    def described_by(self) -> str:
        """Ids of what is said about the field, the error first."""
        key = self.variable.get("key")
        said = {
            "error": self.error,
            "help": self.variable.get("help"),
            "limits": self.limits or self.condition,
        }
        return " ".join(f"{name}-{key}" for name, text in said.items() if text)

    @property
    def condition_answers(self) -> str:
        """For the script, as JSON."""
        return json.dumps(list(self.only_if.get("answers") or []))

    @property
    def choices(self) -> list[tuple[str, str, bool]]:
        """What is sent, what is read, and whether it is chosen."""
        chosen = self.answer if isinstance(self.answer, list) else [self.answer]
        if self.variable.get("kind") == "yes_no":
            offered = [(YES, _("Yes")), (NO, _("No"))]
        else:
            offered = [(one, one) for one in self.variable.get("options") or []]
        return [(value, label, value in chosen) for value, label in offered]


def form_of(body: Iterable[Any]) -> Form:
    """The form of a body: of a page, or of the parts that ``kept`` gave."""
    groups, documents = [], []
    for part in body:
        if part.block_type == "variables":
            groups.append((part.block.heading_for(part.value), list(part.value["variables"])))
        elif part.block_type == "document_body":
            documents.append(part.value)
    return Form(groups, documents)


def kept(body: Iterable[Any]) -> list[dict[str, Any]]:
    """The parts that make the form, as data: what a copy is pinned to."""
    return [
        {"type": part.block_type, "value": part.block.get_prep_value(part.value)}
        for part in body
        if part.block_type in PARTS
    ]


def form_from(parts: Iterable[Mapping[str, Any]]) -> Form:
    """The form of what ``kept`` gave."""
    return form_of(_Part(part["type"], part["value"]) for part in parts)


class _Part:
    def __init__(self, name: str, raw: Any) -> None:
        self.block_type = name
        self.block = _BLOCKS[name]
        self.value = self.block.to_python(raw)


def filled(form: Form, posted: Any) -> Filled:
    """The documents with the answers of a posted form put in; pure, nothing is kept."""
    return settled(form, read(form.variables, posted))


def settled(form: Form, said: Mapping[str, Any]) -> Filled:
    """As ``filled``, for answers that were read already."""
    answers, errors = check_answers({"variables": form.variables}, said)
    if errors:
        return Filled(answers, errors, said)
    return Filled(answers, {}, said, _markdown(form, answers))


def preview(form: Form, said: Mapping[str, Any]) -> str:
    """The documents as they would be now: what is refused as it was typed, what is missing blank."""
    answers, errors = check_answers({"variables": form.variables}, said)
    return _markdown(form, answers | {key: said.get(key, "") for key in errors})


def _markdown(form: Form, answers: Mapping[str, Any]) -> str:
    variables = {one.get("key"): one for one in form.variables}
    words = {
        key: None if answer is None else in_words(variables[key], answer)
        for key, answer in answers.items()
    }
    alone = {key: as_block(variables[key], answer) for key, answer in answers.items()}
    shown = [one for one in form.documents if conditions.holds(one.get("only_if"), answers)]
    return write.join(*(one.fill(words, alone) for one in shown))


def fields(
    form: Form, said: Mapping[str, Any], errors: Mapping[str, str], more_rows: str = ""
) -> list[tuple[str, list[Field]]]:
    """The groups of the form with their fields; ``more_rows`` is the key of a table that grows."""
    answers, _errors = check_answers({"variables": form.variables}, said)
    labels = {one.get("key"): one.get("label") for one in form.variables}
    return [
        (
            heading,
            [_field(one, said, answers, errors, labels, more_rows) for one in group],
        )
        for heading, group in form.groups
    ]


def _field(
    variable: Any,
    said: Mapping[str, Any],
    answers: Mapping[str, Any],
    errors: Mapping[str, str],
    labels: Mapping[str, str],
    more_rows: str,
) -> Field:
    key = variable.get("key")
    given = said[key] if key in said else (variable.get("default") or "")
    if variable.get("kind") == "computed":
        given = in_words(variable, answers.get(key))
    condition = variable.get("only_if") or {}
    return Field(
        variable=variable,
        answer=given,
        error=errors.get(key, ""),
        limits=limits_of(variable),
        condition=conditions.words(condition, labels),
        only_if=condition,
        rows=_rows(variable, given, more_rows == key) if variable.get("kind") == "table" else [],
    )


def pairs(form: Form, said: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The answers as names and values that a form sends to give them again."""
    found: list[tuple[str, str]] = []
    for variable in form.variables:
        key = variable.get("key")
        given = said.get(key)
        if key not in said:
            continue
        if variable.get("kind") == "table":
            cells = [
                (f"{key}.{row}.{place}", cell)
                for row, line in enumerate(given or [])
                for place, cell in enumerate(line)
            ]
            found += cells or [(f"{key}.0.0", "")]
        elif isinstance(given, list):
            found += [(key, one) for one in given or [""]]
        else:
            found.append((key, str(given)))
    return found


def _rows(variable: Any, given: Any, more: bool) -> list[list[tuple[str, str, Any]]]:
    """Cells of a table as name, text and column, with empty rows to write into."""
    key = variable.get("key")
    columns = list(variable.get("columns") or [])
    rows = [row for row in given if isinstance(row, list)] if isinstance(given, list) else []
    spare = SPARE_ROWS + (5 if more else 0)
    shown = [*rows, *([[]] * spare)][:MOST_ROWS]
    return [
        [
            (f"{key}.{number}.{place}", row[place] if place < len(row) else "", column)
            for place, column in enumerate(columns)
        ]
        for number, row in enumerate(shown)
    ]
