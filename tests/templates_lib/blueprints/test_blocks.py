import pytest

from templates_lib.blueprints.blocks import (
    InputsBlock,
    OutputsBlock,
    TransformationsBlock,
    VariantsBlock,
)
from templates_lib.rendering import LinkTarget, RenderContext, rendering
from tests.templates_lib.helpers import (
    assert_harmless,
    error_codes,
    markdown,
    render,
    render_preview,
    soup,
    value_of,
    words,
)


def test_inputs_and_outputs_name_where_they_come_from_and_go_to():
    given = {"inputs": [{"name": "Contract", "description": "Signed", "provided_by": "Sales"}]}
    made = {"outputs": [{"name": "Service", "description": "Watched", "received_by": "Operations"}]}
    assert markdown(InputsBlock(), given) == (
        "## Inputs\n"
        "\n"
        "| Input | What it is | Comes from |\n"
        "| --- | --- | --- |\n"
        "| Contract | Signed | Sales |"
    )
    assert "Output What it is Goes to Service Watched Operations" in words(
        render(OutputsBlock(), made)
    )


def test_a_transformation_keeps_its_paragraphs():
    raw = {
        "transformations": [
            {"name": "Validate", "description": "Read it.\n\nCheck it.", "owner_role": "Developer"}
        ]
    }
    page = soup(render(TransformationsBlock(), raw))
    assert [p.get_text() for p in page.select("td p")] == ["Read it.", "Check it."]
    assert "Read it.<br>Check it." in markdown(TransformationsBlock(), raw)


class _Page:
    pk = 4


def test_a_variant_says_how_it_differs_and_leads_to_its_artifact():
    raw = {"variants": [{"name": "Payments", "owner_role": "Lead", "differs": "Two approvals."}]}
    value = value_of(VariantsBlock(), raw)
    value["variants"][0]["variant_page"] = _Page()
    with rendering(RenderContext(pages={4: LinkTarget("/operations/payments/", "Payments SOP")})):
        page = soup(str(VariantsBlock().render(value, context={})))
    assert page.find("a")["href"] == "/operations/payments/"
    assert "Payments Lead Two approvals. Payments SOP" in words(str(page))


def test_a_variant_needs_an_owner():
    raw = {"variants": [{"name": "Payments", "owner_role": "", "differs": "Two approvals."}]}
    assert error_codes(VariantsBlock(), raw) == {"variants.0.owner_role": "required"}


BLOCKS = [InputsBlock(), TransformationsBlock(), OutputsBlock(), VariantsBlock()]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_an_empty_part_is_refused(block):
    assert list(error_codes(block, {block.meta.rows: []})) == [block.meta.rows]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_hostile_values_are_shown_as_text(block):
    assert_harmless(block)


@pytest.mark.parametrize("block", BLOCKS, ids=lambda one: type(one).__name__)
def test_the_example_of_the_picker_is_shown(block):
    assert str(block.meta.heading) in words(render_preview(block))
