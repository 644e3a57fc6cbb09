from datetime import date

from wagtail import blocks

from templates_lib.base import ProseBlock
from templates_lib.rendering import LinkTarget, RenderContext, rendering
from templates_lib.rows import Column, Row, RowsBlock, day
from tests.templates_lib.helpers import (
    assert_harmless,
    markdown,
    render,
    soup,
    value_of,
    words,
)


class ToolRow(Row):
    name = blocks.CharBlock(label="Tool")
    note = blocks.TextBlock(required=False, label="Note")
    prose = ProseBlock(required=False, label="Prose")
    size = blocks.ChoiceBlock(choices=[("s", "Small"), ("l", "Large")], label="Size")
    since = blocks.DateBlock(required=False, label="Since")
    price = blocks.DecimalBlock(required=False, label="Price")
    unit = blocks.CharBlock(required=False, label="Unit")
    free = blocks.BooleanBlock(required=False, label="Free")
    uses = blocks.ListBlock(blocks.CharBlock(), default=[], label="Uses")
    page = blocks.PageChooserBlock(required=False, label="Page")

    class Meta:
        columns = (
            Column(
                ("price", "unit"),
                "Costs",
                lambda row: f"{row['price']} {row['unit']}" if row["price"] else "",
            ),
        )

    def flags(self, value):
        return [] if value["note"] else ["No note."]


class ToolsBlock(RowsBlock):
    tools = blocks.ListBlock(ToolRow())

    class Meta:
        heading = "Tools"
        rows = "tools"


BLOCK = ToolsBlock()
HAMMER = {"name": "Hammer", "size": "l", "note": "Heavy.\n\nMind your thumb."}


def header(html):
    return [cell.get_text() for cell in soup(html).select("thead th")]


def test_a_column_that_no_row_fills_is_left_out():
    html = render(BLOCK, {"tools": [HAMMER, {"name": "Saw", "size": "s", "free": False}]})
    assert header(html) == ["Tool", "Note", "Size"]


def test_children_that_are_read_together_share_a_column():
    saw = {"name": "Saw", "size": "s", "price": "12.5", "unit": "euros"}
    html = render(BLOCK, {"tools": [HAMMER, saw]})
    assert header(html) == ["Tool", "Note", "Size", "Costs"]
    assert "12.5 euros" in words(html)


def test_values_are_shown_as_a_reader_says_them():
    raw = HAMMER | {"since": "2026-03-31", "free": True, "uses": ["Nails", "Tents"]}
    html = render(BLOCK, {"tools": [raw]})
    shown = words(html)
    assert "Large" in shown
    assert "31 March 2026" in shown
    assert "yes" in shown
    assert [one.get_text() for one in soup(html).select("td li")] == ["Nails", "Tents"]
    assert [one.get_text() for one in soup(html).select("td p")] == ["Heavy.", "Mind your thumb."]


def test_each_cell_carries_the_name_of_its_column_for_phones():
    html = render(BLOCK, {"tools": [HAMMER]})
    assert soup(html).find("td", string="Large")["data-label"] == "Size"
    assert soup(html).select_one("tbody th")["scope"] == "row"


def test_a_row_that_lacks_something_says_so_in_words():
    html = render(BLOCK, {"tools": [{"name": "Saw", "size": "s"}]})
    assert soup(html).select_one(".flag").get_text() == "No note."
    assert "*No note.*" in markdown(BLOCK, {"tools": [{"name": "Saw", "size": "s"}]})


def test_the_markdown_form_is_a_table():
    raw = HAMMER | {"uses": ["Nails", "Tents"], "prose": "<p><b>Bold</b> words</p>"}
    assert markdown(BLOCK, {"tools": [raw]}) == (
        "## Tools\n"
        "\n"
        "| Tool | Note | Prose | Size | Uses |\n"
        "| --- | --- | --- | --- | --- |\n"
        "| Hammer | Heavy.<br>Mind your thumb. | **Bold** words | Large | Nails<br>Tents |"
    )


class _Page:
    pk = 7


def test_a_page_that_the_reader_may_not_see_is_not_named():
    value = value_of(BLOCK, {"tools": [HAMMER]})
    value["tools"][0]["page"] = _Page()
    with rendering(RenderContext()):
        hidden = str(BLOCK.render(value, context={}))
        assert "Page" not in BLOCK.as_markdown(value)
    assert "Page" not in header(hidden)
    with rendering(RenderContext(pages={7: LinkTarget("/tools/hammer/", "All <b>hammers</b>")})):
        shown = str(BLOCK.render(value, context={}))
        assert "[All \\<b\\>hammers\\</b\\>](/tools/hammer/)" in BLOCK.as_markdown(value)
    link = soup(shown).find("a")
    assert (link["href"], link.get_text()) == ("/tools/hammer/", "All <b>hammers</b>")


def test_hostile_values_are_shown_as_text():
    assert_harmless(BLOCK)


def test_a_day_is_told_in_words():
    assert day(date(2026, 3, 2)) == "2 March 2026"
    assert day(None) == ""
    assert day("soon") == "soon"
