import pytest

from templates_lib.variables.blocks import DocumentBodyBlock, VariablesBlock
from tests.templates_lib.helpers import (
    assert_harmless,
    draft_error_codes,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    value_of,
    words,
)

SERVICE = {"key": "service", "label": "Service name", "kind": "text", "required": True}
LEVEL = {
    "key": "level",
    "label": "Level",
    "kind": "choice",
    "help": "How grave it is.",
    "options": ["low", "high"],
    "default": "low",
}
ASKED = {"variables": [SERVICE, LEVEL]}


def test_each_field_is_described_with_kind_need_help_and_answers():
    service, level = soup(render(VariablesBlock(), ASKED)).select(".variables__field")
    assert words(str(service)) == "Service name Short text, required service"
    assert words(str(level)) == (
        "Level One of several, optional How grave it is. low high Begins with: low level"
    )


def test_fields_in_markdown():
    assert markdown(VariablesBlock(), ASKED) == (
        "## Fields to fill\n"
        "\n"
        "| Question | Kind of answer | Needed | Help |\n"
        "| --- | --- | --- | --- |\n"
        "| Service name | Short text | required |  |\n"
        "| Level | One of several | optional | How grave it is. (low, high) |"
    )


def test_search_finds_questions_and_help():
    found = text(VariablesBlock(), ASKED)
    assert "Service name" in found
    assert "How grave it is." in found
    assert "One of several" not in found


def test_a_key_is_used_once():
    found = error_codes(VariablesBlock(), {"variables": [SERVICE, SERVICE, LEVEL, SERVICE]})
    assert found == {
        "variables.1.key": "duplicate_key",
        "variables.3.key": "duplicate_key",
    }


@pytest.mark.parametrize(
    ("changes", "codes"),
    [
        ({"key": "Service name"}, {"key": "invalid"}),
        ({"key": "_format"}, {"key": "invalid"}),
        ({"key": ""}, {"key": "required"}),
        ({"label": ""}, {"label": "required"}),
        ({"kind": "choice"}, {"options": "no_options"}),
        ({"kind": "choice", "options": ["a"], "default": "b"}, {"default": "bad_default"}),
        ({"kind": "date", "default": "tomorrow"}, {"default": "bad_default"}),
        ({"kind": "number", "default": "3"}, {}),
    ],
)
def test_a_field_that_could_not_be_answered_is_refused(changes, codes):
    found = error_codes(VariablesBlock(), {"variables": [SERVICE | changes]})
    assert found == {f"variables.0.{child}": code for child, code in codes.items()}


def test_a_draft_may_be_unfinished():
    unfinished = [SERVICE, SERVICE, {"key": "", "label": "", "kind": "choice"}]
    assert draft_error_codes(VariablesBlock(), {"variables": unfinished}) == {}
    assert draft_error_codes(VariablesBlock(), {"variables": []}) == {}


NOTE = {
    "title": "Launch note",
    "source": '## {{ service }}\n\nBy {{who}}, [see]( https://example.org "{{ service }}").',
}


def test_placeholders_are_marked_in_the_text():
    page = soup(render(DocumentBodyBlock(), NOTE))
    assert page.find("h2").get_text() == "Launch note"
    marks = [mark.get_text() for mark in page.select("mark.placeholder")]
    assert marks == ["service", "who"]
    assert page.find("a")["title"] == "{{ service }}"


def test_placeholders_are_known_by_their_keys():
    assert value_of(DocumentBodyBlock(), NOTE).placeholders == {"service", "who"}


def test_a_document_is_filled_with_escaped_answers():
    value = value_of(DocumentBodyBlock(), {"source": "# {{ service }}\n\n{{ who }}"})
    assert value.fill({"service": "Billing*", "who": ""}) == "# Billing\\*\n\n\\_\\_\\_\\_\\_"


def test_a_document_in_markdown_is_its_source():
    assert markdown(DocumentBodyBlock(), {"title": "", "source": "```\n{{ a }}\n```"}) == (
        "## Document\n\n````markdown\n```\n{{ a }}\n```\n````"
    )


def test_a_document_has_an_end():
    raw = {"source": "x" * 50_001}
    assert error_codes(DocumentBodyBlock(), raw) == {"source": "max_length"}


def test_a_document_without_text_is_an_empty_draft():
    assert draft_error_codes(DocumentBodyBlock(), {"source": ""}) == {}
    assert value_of(DocumentBodyBlock(), {"source": ""}).fill({"a": "b"}) == ""


BLOCKS = [VariablesBlock(), DocumentBodyBlock()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_hostile_values_are_shown_as_text(block):
    assert_harmless(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_the_example_of_the_picker_is_shown(block):
    assert str(block.meta.heading) in words(render_preview(block))
