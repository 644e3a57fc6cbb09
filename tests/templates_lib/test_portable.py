"""Blocks as data that a person edits, and back."""

import importlib
import pkgutil
from datetime import date

import pytest
from wagtail import blocks

import templates_lib
from templates_lib.base import PartBlock, ProseBlock
from templates_lib.markdown import write
from templates_lib.markdown.read import rich_text_html
from templates_lib.portable import PortableError, dump, load
from templates_lib.prose.blocks import HeadingBlock, TableBlock
from tests.templates_lib.helpers import preview_of, value_of


class Names:
    """A resolver for a library of one page, one picture and one file."""

    def page_id(self, address: str) -> int:
        if address != "operations/sop":
            raise LookupError(f"there is no page {address!r}")
        return 7

    def image_id(self, name: str) -> int:
        return {"plan.png": 8}[name]

    def document_id(self, name: str) -> int:
        return {"plan.pdf": 9}[name]

    def prose_html(self, markdown: str) -> str:
        return rich_text_html(markdown, lambda address: address)

    def page_address(self, page_id: int) -> str | None:
        return "operations/sop" if page_id == 7 else None

    def image_name(self, image_id: int) -> str | None:
        return "plan.png"

    def document_name(self, document_id: int) -> str | None:
        return "plan.pdf"

    def prose_markdown(self, html: str) -> str:
        return write.from_html(html)


class StepBlock(blocks.StructBlock):
    task = blocks.CharBlock()
    minutes = blocks.IntegerBlock(required=False)
    share = blocks.DecimalBlock(required=False)
    due = blocks.DateBlock(required=False)
    optional = blocks.BooleanBlock(required=False)
    tone = blocks.ChoiceBlock(choices=[("go", "Go"), ("stop", "Stop")], default="go")
    detail = ProseBlock(required=False)


class ExampleBlock(PartBlock):
    steps = blocks.ListBlock(StepBlock())
    page = blocks.PageChooserBlock(required=False)


BODY = blocks.StreamBlock(
    [("example", ExampleBlock()), ("table", TableBlock()), ("heading", HeadingBlock())]
)


def step(**fields):
    return [{"example": {"steps": [{"task": "Stop", **fields}]}}]


def loaded(data):
    return load(BODY, data, Names())


def test_data_become_the_stored_form():
    stored = loaded(
        step(minutes=5, share=99.94, due=date(2026, 3, 2), detail="a **b**", optional=True)
    )
    (row,) = stored[0]["value"]["steps"]
    assert row == {
        "task": "Stop",
        "minutes": 5,
        "share": "99.94",
        "due": "2026-03-02",
        "optional": True,
        "tone": "go",
        "detail": "<p>a <b>b</b></p>",
    }
    assert stored[0]["value"]["page"] is None


def test_numbers_may_be_text_and_text_may_be_a_number():
    (row,) = loaded(step(minutes="45", task=12))[0]["value"]["steps"]
    assert (row["minutes"], row["task"]) == (45, "12")


def test_text_keeps_its_lines():
    (row,) = loaded(step(task="one\n  two\n"))[0]["value"]["steps"]
    assert row["task"] == "one\n  two\n"


@pytest.mark.parametrize(
    ("data", "path", "says"),
    [
        ({"example": {}}, "body", "a list is expected"),
        ([{"exmaple": {}}], "body.0", "no block called 'exmaple'"),
        (["example"], "body.0", "a mapping with one key"),
        ([{"example": {}, "table": {}}], "body.0", "a mapping with one key"),
        ([{"example": []}], "body.0.example", "a mapping is expected"),
        ([{"example": {"stpes": []}}], "body.0.example", "no field called 'stpes'"),
        ([{"example": {"steps": {}}}], "body.0.example.steps", "a list is expected"),
        (step(task=["x"]), "body.0.example.steps.0.task", "a single value"),
        (step(task=True), "body.0.example.steps.0.task", "quotes"),
        (step(minutes="soon"), "body.0.example.steps.0.minutes", "whole number"),
        (step(minutes=1.5), "body.0.example.steps.0.minutes", "whole number"),
        (step(share="much"), "body.0.example.steps.0.share", "number"),
        (step(due="tomorrow"), "body.0.example.steps.0.due", "valid date"),
        (step(optional="maybe"), "body.0.example.steps.0.optional", "true or false"),
        (step(tone="halt"), "body.0.example.steps.0.tone", "none of: go, stop"),
        ([{"example": {"page": "x/y"}}], "body.0.example.page", "there is no page 'x/y'"),
        ([{"table": []}], "body.0.table", "columns and rows"),
        ([{"table": {"columns": ["a"], "rows": [["1", "2"]]}}], "body.0.table.rows.0", "1 cells"),
        ([{"table": {"columns": ["a"], "rows": ["1"]}}], "body.0.table.rows.0", "1 cells"),
        (
            [{"table": {"columns": [{"type": "colour", "heading": "a"}]}}],
            "body.0.table",
            "no column of type 'colour'",
        ),
    ],
)
def test_what_does_not_fit_is_told_with_its_place(data, path, says):
    with pytest.raises(PortableError) as caught:
        loaded(data)
    assert caught.value.path == path
    assert says in str(caught.value)


def test_table_is_columns_and_rows():
    data = {
        "caption": "Targets",
        "columns": ["Measure", {"type": "number", "heading": "Hours"}],
        "rows": [["**Review**", 4]],
    }
    stored = load(TableBlock(), data, Names())
    assert stored["columns"][0] == {"type": "text", "heading": "Measure"}
    assert stored["rows"] == [{"values": ["<p><b>Review</b></p>", "4"]}]
    assert dump(TableBlock(), value_of(TableBlock(), stored), Names()) == {
        "caption": "Targets",
        "columns": [
            {"type": "text", "heading": "Measure"},
            {"type": "number", "heading": "Hours"},
        ],
        "rows": [["**Review**", "4"]],
    }


def test_empty_fields_are_left_out():
    value = value_of(BODY, loaded(step()))
    assert dump(BODY, value, Names()) == [{"example": {"steps": [{"task": "Stop", "tone": "go"}]}}]


def test_a_box_that_was_unticked_says_no_more_than_one_never_ticked():
    unticked = value_of(BODY, loaded(step(optional=False)))
    assert dump(BODY, unticked, Names()) == dump(BODY, value_of(BODY, loaded(step())), Names())


def test_zero_is_no_empty_field():
    (part,) = dump(BODY, value_of(BODY, loaded(step(minutes=0))), Names())
    assert part["example"]["steps"][0]["minutes"] == 0


def test_a_default_that_was_cleared_stays_cleared():
    class CommandBlock(blocks.StructBlock):
        language = blocks.ChoiceBlock(choices=[("bash", "Bash")], required=False, default="bash")

    block = CommandBlock()
    data = dump(block, block.to_python({"language": ""}), Names())
    assert block.to_python(load(block, data, Names()))["language"] == ""


def library():
    """Every block of the library that the picker offers, by class name."""
    found = {}
    for module in pkgutil.iter_modules(templates_lib.__path__):
        if not module.ispkg or module.name in ("markdown", "templatetags"):
            continue
        try:
            family = importlib.import_module(f"templates_lib.{module.name}.blocks")
        except ModuleNotFoundError:
            continue
        for name, block in vars(family).items():
            if (
                isinstance(block, type)
                and issubclass(block, blocks.Block)
                and block.__module__.startswith(f"templates_lib.{module.name}.")
                and hasattr(block._meta_class, "preview_value")
            ):
                found[name] = block
    return found


@pytest.mark.parametrize("name", sorted(library()))
def test_what_is_dumped_loads_the_same(name):
    block = library()[name]()
    block.set_name("it")
    given = dump(block, preview_of(block), Names())
    assert given
    # A preview may leave fields to their defaults, so the second round is the one to compare.
    once = value_of(block, load(block, given, Names()))
    data = dump(block, once, Names())
    again = value_of(block, load(block, data, Names()))
    assert dump(block, again, Names()) == data
    assert block.as_text(again) == block.as_text(once)
    assert block.as_markdown(again) == block.as_markdown(once)
