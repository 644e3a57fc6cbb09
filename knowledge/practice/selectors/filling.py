"""What a template asks and what comes of the answers."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from knowledge.catalog.models import TemplatePage
from templates_lib.variables.blocks import check_answers


@dataclass(frozen=True, slots=True)
class Filled:
    """``errors`` maps the key of a field to its message; ``markdown`` is empty while there are any."""

    answers: Mapping[str, str]
    errors: Mapping[str, str]
    markdown: str = ""
    variables: list[Any] = field(default_factory=list)


def filled(page: TemplatePage, data: Mapping[str, str]) -> Filled:
    """The template's documents with the answers put in; pure, nothing is kept."""
    asked = [part.value for part in page.body if part.block_type == "variables"]
    answers: dict[str, str] = {}
    errors: dict[str, str] = {}
    for value in asked:
        good, bad = check_answers(value, data)
        answers |= good
        errors |= bad
    if errors:
        return Filled(answers, errors, variables=asked)
    documents = [part.value for part in page.body if part.block_type == "document_body"]
    return Filled(answers, {}, "\n\n".join(one.fill(answers) for one in documents), asked)
