"""No block of the library loses a word, runs an attack or stumbles over a draft.

What an editor sees of each block is walked in test_every_block.py; what a block is for is tested
in the folder of its family.
"""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

import templates_lib
from knowledge.catalog.bodies import LIBRARY
from templates_lib.markdown.render import render as render_markdown
from tests.templates_lib.helpers import (
    assert_harmless_html,
    assert_harmless_markdown,
    draft_error_codes,
    hostile,
    markdown,
    preview_of,
    render,
    text,
    value_of,
    words,
)

ROOT = Path(templates_lib.__file__).parent
FAMILIES = sorted(path.parent.name for path in ROOT.glob("*/blocks.py"))
every_block = pytest.mark.parametrize(
    ("name", "block"), sorted(LIBRARY.items()), ids=sorted(LIBRARY)
)
every_family = pytest.mark.parametrize("family", FAMILIES)


def typed_texts(block: blocks.Block, value: object) -> Iterator[str]:
    """What stands in the text fields of a value."""
    if value is None or value == "":
        return
    if isinstance(block, TypedTableBlock):
        yield from [value.caption, *(column["heading"] for column in value.columns)]
        for row in value.row_data:
            for column, cell in zip(value.columns, row["values"], strict=True):
                yield from typed_texts(column["block"], cell)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from typed_texts(child, value.get(name))
    elif isinstance(block, blocks.ListBlock):
        for entry in value:
            yield from typed_texts(block.child_block, entry)
    elif isinstance(block, blocks.RichTextBlock):
        yield BeautifulSoup(value.source, "html.parser").get_text(" ")
    elif isinstance(block, blocks.CharBlock | blocks.TextBlock):
        yield str(value)


def tokens(text: str) -> set[str]:
    return set(re.findall(r"\w{3,}", text.lower()))


def with_children(block: blocks.Block, path: str = "") -> Iterator[tuple[str, blocks.Block]]:
    yield path, block
    for name, child in getattr(block, "child_blocks", {}).items():
        yield from with_children(child, f"{path}.{name}")
    if isinstance(block, blocks.ListBlock):
        yield from with_children(block.child_block, f"{path}.*")


@every_family
def test_every_block_of_a_family_can_be_used(family):
    offered = {type(block) for block in LIBRARY.values()}
    for block in vars(import_module(f"templates_lib.{family}.blocks")).values():
        if isinstance(block, type) and hasattr(
            getattr(block, "_meta_class", None), "preview_value"
        ):
            assert block in offered, f"{block.__name__} stands in no body"


@every_block
def test_no_form_of_the_example_loses_a_word(name, block):
    value = preview_of(block)
    typed = {token for piece in typed_texts(block, value) for token in tokens(piece)}
    assert typed, "an example says something"
    assert typed <= tokens(str(block.render(value, context={}))), "on the page"
    assert typed <= tokens(words(render_markdown(block.as_markdown(value)))), "in the download"
    assert typed <= tokens(block.as_text(value)), "in the search"


@every_block
def test_headings_of_the_page_and_the_download_agree(name, block):
    value = preview_of(block)
    heading = block.heading_for(value) if hasattr(block, "heading_for") else ""
    level = block.level_for(value) if hasattr(block, "level_for") else 2
    source = block.as_markdown(value)
    if heading:
        assert source.startswith("#" * level + " ")
        assert heading in words(str(block.render(value, context={})))
    else:
        assert not source.startswith("#")


@every_block
def test_attack_is_shown_as_text_in_every_form(name, block):
    raw = hostile(block)
    assert_harmless_html(render(block, raw))
    assert_harmless_markdown(markdown(block, raw))
    assert "alert(2)" in text(block, raw)


@every_block
def test_empty_draft_can_be_saved_and_shown(name, block):
    value = block.get_default()
    assert draft_error_codes(block, block.get_prep_value(value)) == {}
    assert isinstance(str(block.render(value, context={})), str)
    assert isinstance(block.as_markdown(value), str)
    assert "None" not in block.as_text(value)


@every_block
def test_value_that_lacks_newer_fields_is_shown(name, block):
    if not isinstance(block, blocks.StructBlock):
        pytest.skip("it has no fields")
    value = value_of(block, {})
    assert isinstance(str(block.render(value, context={})), str)
    assert isinstance(block.as_markdown(value), str)


@every_block
def test_every_text_has_a_limit(name, block):
    for path, part in with_children(block, name):
        if isinstance(part, blocks.CharBlock | blocks.TextBlock):
            assert part.field.max_length, path


@every_family
def test_styles_use_the_tokens_of_the_site(family):
    known = Path(finders.find("css/tokens.css")).read_text(encoding="utf-8")
    for path in (ROOT / family).glob("*.css"):
        css = path.read_text(encoding="utf-8")
        named = set(re.findall(r"var\((--[\w-]+)", css))
        defined = set(re.findall(r"(--[\w-]+)\s*:", known + css))
        assert named <= defined, path.name
        assert not re.search(r"#[0-9a-f]{3,8}\b|\b(?:rgb|hsl)a?\(", css, re.IGNORECASE), path.name


@every_family
def test_templates_hold_no_script_or_style_of_their_own(family):
    for path in (ROOT / family).glob("*.html"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style\b|\sstyle=|\son\w+=", source), (
            path.name
        )
        assert not re.search(r"\|\s*safe\b|autoescape off", source), path.name
