"""What every block of the library has, whatever its family: walked, so that none is forgotten."""

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.template.loader import get_template
from wagtail import blocks, hooks

from knowledge.catalog.bodies import LIBRARY
from tests.templates_lib.helpers import _codes, assert_harmless_html, soup, words

BLOCKS = sorted(LIBRARY.items())
every_block = pytest.mark.parametrize(
    ("name", "block"), BLOCKS, ids=[name for name, _block in BLOCKS]
)


def with_children(block: blocks.Block) -> list[blocks.Block]:
    children = list(getattr(block, "child_blocks", {}).values())
    if isinstance(block, blocks.ListBlock):
        children.append(block.child_block)
    return [block, *(deep for child in children for deep in with_children(child))]


@pytest.fixture(scope="module")
def icons() -> set[str]:
    paths: list[str] = []
    for register in hooks.get_hooks("register_icons"):
        paths = register(paths)
    return {Path(path).stem for path in paths}


@every_block
def test_an_editor_can_tell_what_a_block_is_for(name, block, icons):
    assert str(block.meta.description).strip(), "the picker shows a description"
    assert str(block.meta.group).strip(), "the picker sorts blocks by group"
    assert str(block.label).strip()
    for part in with_children(block):
        icon = part.meta.icon
        assert icon in icons, f"{type(part).__name__} has the icon {icon!r}, which is not there"


@every_block
def test_every_field_has_a_label_of_its_own(name, block):
    for part in with_children(block):
        if isinstance(part, blocks.StructBlock):
            unnamed = [child for child, one in part.child_blocks.items() if not one.meta.label]
            assert not unnamed, f"{type(part).__name__} shows {unnamed} under the name in the code"


@every_block
def test_no_field_hides_a_method_of_its_value(name, block):
    taken = {"items", "keys", "values", "get", "pop", "update", "copy", "clear", "block"}
    for part in with_children(block):
        if isinstance(part, blocks.StructBlock):
            assert not taken & set(part.child_blocks)


@every_block
def test_the_files_of_a_block_are_there(name, block):
    template = getattr(block.meta, "template", None)
    assert template is None or get_template(template)
    for path in (*getattr(block.meta, "css", ()), *getattr(block.meta, "js", ())):
        assert finders.find(path), path


@every_block
def test_the_family_of_a_block_has_tests(name, block):
    family = type(block).__module__.split(".")[1]
    assert find_spec(f"tests.templates_lib.{family}"), family
    folder = Path(__file__).parent / family
    assert list(folder.glob("test_*.py")), f"tests/templates_lib/{family} is empty"


def complete(block: blocks.Block) -> Any:
    """The example of the picker as it would be stored: with all fields."""
    return block.to_python(block.get_prep_value(block.get_preview_value()))


@every_block
def test_the_example_is_shown_in_all_three_forms(name, block):
    assert block.is_previewable
    for example in (block.get_preview_value(), complete(block)):
        html = str(block.render(example, context={}))
        assert words(html), "the preview is empty"
        assert_harmless_html(html)
        styled = [tag.name for tag in soup(html).find_all(style=True)]
        assert not styled, f"inline styles are refused by the site's policy: {styled}"
        assert block.as_markdown(example).strip()
    assert "None" not in block.as_text(complete(block))


@every_block
def test_the_example_could_be_published(name, block):
    if name in ("image", "file", "embed"):
        pytest.skip("its example stands for a file of the library")
    try:
        block.clean(complete(block))
    except ValidationError as error:
        pytest.fail(f"the example of {name} is refused: {dict(_codes(error, ''))}")


@every_block
def test_ids_on_the_page_are_different(name, block):
    example = block.get_preview_value()
    html = "".join(str(block.render(example, context={"anchor": a})) for a in ("one", "two"))
    ids = [tag["id"] for tag in soup(html).find_all(id=True)]
    assert len(ids) == len(set(ids))
