"""What steps ask for, in both blocks that have them."""

from decimal import Decimal

import pytest

from templates_lib.checklists.blocks import ChecklistBlock
from templates_lib.steps.blocks import StepsBlock
from tests.templates_lib.helpers import (
    draft_error_codes,
    error_codes,
    markdown,
    render,
    soup,
    value_of,
)

BLOCK = ChecklistBlock()
KIND = {"task": "Which kind?", "evidence": "choice", "answers": " Web only\n\nWeb only\nBoth "}


def checklist(*steps: dict) -> dict:
    return {"title": "Release", "steps": [*steps, {"task": "Last"}]}


def test_answers_are_lines_each_once():
    (step, _last) = BLOCK.as_steps(value_of(BLOCK, checklist(KIND)))
    assert (step.evidence, step.question.options) == ("choice", ("Web only", "Both"))


@pytest.mark.parametrize(
    ("fields", "where", "code"),
    [
        ({"evidence": "choice", "answers": "One"}, "answers", "too_few_answers"),
        ({"evidence": "choice", "answers": "a\n" + "x" * 121}, "answers", "too_many_answers"),
        ({"evidence": "number", "minimum": "2", "maximum": "1"}, "maximum", "bounds"),
        ({"only_after": "Which kind?"}, "only_if", "half_a_condition"),
        ({"only_if": "Both"}, "only_after", "half_a_condition"),
        ({"only_after": "Which kin?", "only_if": "Both"}, "only_after", "no_such_step"),
        ({"only_after": "Migrate", "only_if": "Both"}, "only_after", "no_such_step"),
        ({"only_after": "Plain", "only_if": "Both"}, "only_after", "no_answers"),
        ({"only_after": "which  kind?", "only_if": "Web"}, "only_if", "no_such_answer"),
    ],
)
def test_what_cannot_be_asked_is_said_at_the_field(fields, where, code):
    raw = checklist(KIND, {"task": "Plain"}, {"task": "Migrate", **fields})
    assert error_codes(BLOCK, raw) == {f"steps.2.{where}": code}
    assert draft_error_codes(BLOCK, raw) == {}


def test_a_condition_on_a_later_step_is_refused():
    raw = checklist({"task": "Migrate", "only_after": "Which kind?", "only_if": "Both"}, KIND)
    assert error_codes(BLOCK, raw) == {"steps.0.only_after": "no_such_step"}


def test_page_and_markdown_name_bounds_condition_and_limit():
    rate = {
        "task": "Measure",
        "evidence": "number",
        "unit": "%",
        "minimum": "0",
        "maximum": "1.50",
        "only_after": "Which kind?",
        "only_if": "Both",
        "limit_minutes": 90,
    }
    need = (
        soup(render(BLOCK, checklist(KIND, rate), {"anchor": "a"})).find(id="a-need-2").get_text()
    )
    wanted = (
        "mandatory, evidence: a number, from 0 to 1.5 %, only when “Which kind?” was answered"
        " “Both”, within 1 hour 30 minutes"
    )
    assert need == wanted
    assert "a number, from 0 to 1.5 %" in markdown(BLOCK, checklist(KIND, rate))
    step = BLOCK.as_steps(value_of(BLOCK, checklist(KIND, rate)))[1]
    assert (step.question.minimum, step.question.maximum) == (Decimal(0), Decimal("1.50"))
    assert step.condition.answers == ("Both",)
    assert (step.limit_minutes, step.limit_from_run) == (90, False)


def test_steps_ask_the_same():
    raw = {
        "steps": [
            {"title": "Kind", "evidence": "choice", "answers": "A\nB"},
            {
                "title": "Only A",
                "only_after": "Kind",
                "only_if": "A",
                "limit_minutes": 5,
                "limit_from": "run",
            },
        ]
    }
    block = StepsBlock()
    assert error_codes(block, raw) == {}
    shown = soup(render(block, raw)).get_text(" ", strip=True)
    assert "One of given answers: A, B" in shown
    assert "only when “Kind” was answered “A”" in shown
    assert "until 5 minutes after the start" in shown
    assert "**Limit:** until 5 minutes after the start" in markdown(block, raw)
    raw["steps"][1]["only_if"] = "C"
    assert error_codes(block, raw) == {"steps.1.only_if": "no_such_answer"}
