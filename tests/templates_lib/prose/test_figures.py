"""Code, tables and diagrams."""

import pytest

from templates_lib.prose.blocks import CodeBlock, DiagramBlock, TableBlock
from tests.templates_lib.helpers import (
    assert_harmless,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    text,
    value_of,
    words,
)

DIAGRAM = {
    "title": "Who is asked",
    "source": "flowchart TD\n  A[Change] --> B{Own service?}",
    "description": "A change of one's own service is deployed by the team.",
}
TABLE = {
    "caption": "Targets",
    "columns": [
        {"type": "text", "heading": "Measure"},
        {"type": "number", "heading": "Hours"},
    ],
    "rows": [
        {"values": ["<p>Review <b>time</b></p>", "4.50"]},
        {"values": ["<p>Cost | share</p>", None]},
    ],
}


@pytest.mark.parametrize("block", [CodeBlock(), DiagramBlock(), TableBlock()], ids=type)
def test_hostile_text_stays_text(block):
    assert_harmless(block)


def test_code_is_coloured_and_can_be_copied():
    raw = {
        "language": "python",
        "caption": "A pure function",
        "source": "def f():\n    return '<b>'",
    }
    page = soup(render(CodeBlock(), raw))
    assert page.figcaption.text == "A pure function"
    assert page.find("span", class_="k").text == "def"
    assert page.code.text == raw["source"]
    tools = page.find(class_="code-figure__tools")
    assert tools.has_attr("hidden"), "without scripts there is no button that does nothing"
    assert tools.button.text == "Copy"
    assert tools.button["data-copied"] == "Copied"
    assert tools.find(role="status")
    assert markdown(CodeBlock(), raw) == (
        "*A pure function*\n\n```python\ndef f():\n    return '<b>'\n```"
    )
    assert text(CodeBlock(), raw).splitlines()[:2] == ["Python", "A pure function"]


def test_code_of_no_language_is_plain():
    raw = {"language": "plaintext", "caption": "", "source": "a < b"}
    assert soup(render(CodeBlock(), raw)).code["class"] == ["language-plaintext"]
    assert error_codes(CodeBlock(), raw) == {}
    assert error_codes(CodeBlock(), {**raw, "language": "cobol"}) == {"language": "invalid_choice"}


def test_table_has_headings_caption_and_aligned_numbers():
    page = soup(render(TableBlock(), TABLE))
    assert page.caption.text == "Targets"
    assert page.find(role="region")["aria-label"] == "Targets"
    assert [th["scope"] for th in page.find_all("th")] == ["col", "col"]
    cells = page.find_all("td")
    assert [words(str(cell)) for cell in cells] == ["Review time", "4.5", "Cost | share", ""]
    assert cells[1]["class"] == ["table-number"]
    assert cells[1]["data-label"] == "Hours"


def test_table_without_a_caption_still_has_a_name():
    assert (
        soup(render(TableBlock(), {**TABLE, "caption": ""})).find(role="region")["aria-label"]
        == "Table"
    )


def test_table_as_markdown_and_text():
    assert markdown(TableBlock(), TABLE) == (
        "*Targets*\n\n"
        "| Measure | Hours |\n| --- | --- |\n| Review **time** | 4.5 |\n| Cost \\| share |  |"
    )
    assert text(TableBlock(), TABLE).splitlines() == [
        "Targets",
        "Measure",
        "Hours",
        "Review time",
        "4.50",
        "Cost | share",
    ]


def test_empty_table_is_nothing():
    block = TableBlock()
    assert block.as_markdown(value_of(block, None)) == ""
    assert block.as_text(value_of(block, None)) == ""


def test_diagram_is_readable_without_scripts():
    page = soup(render(DiagramBlock(), DIAGRAM))
    figure = page.find("figure", class_="diagram")
    assert figure.figcaption.text == "Who is asked"
    assert figure.details.has_attr("open")
    assert figure.details.code.text == DIAGRAM["source"]
    assert DIAGRAM["description"] in figure.text
    assert figure["data-frame"] == "/diagrams/frame/"
    assert figure["data-title"] == "Who is asked"
    assert figure.find(class_="diagram__note").has_attr("hidden")
    assert not figure.find("iframe")


def test_diagram_as_markdown_and_text():
    assert markdown(DiagramBlock(), DIAGRAM) == (
        "**Who is asked**\n\n```mermaid\n"
        "flowchart TD\n  A[Change] --> B{Own service?}\n```\n\n"
        "A change of one's own service is deployed by the team."
    )
    assert "own service is deployed" in text(DiagramBlock(), DIAGRAM)


def test_diagram_says_what_it_shows():
    assert error_codes(DiagramBlock(), {**DIAGRAM, "description": ""}) == {
        "description": "required"
    }
    assert error_codes(DiagramBlock(), {**DIAGRAM, "source": "x" * 10_001}) == {
        "source": "max_length"
    }


def test_examples_of_the_picker_read_well():
    assert "What we promise" in render_preview(TableBlock())
    assert "From change to release" in render_preview(DiagramBlock())
    assert "before every release" in render_preview(CodeBlock())
