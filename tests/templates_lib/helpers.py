"""What the tests of all block families share: blocks rendered without a page and a database."""

import sys
from collections.abc import Callable
from typing import Any

from bs4 import BeautifulSoup
from django.core.exceptions import ValidationError
from markdown_it import MarkdownIt
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

# In every text field; in rich text as real tags, as an interface could write them past the editor.
HOSTILE = '<script>alert(1)</script>"onmouseover="alert(2)"\'><img src=x onerror=alert(3)>'
HOSTILE_URL = "javascript:alert(4)"
ACTIVE_TAGS = [
    "script",
    "img",
    "iframe",
    "object",
    "embed",
    "svg",
    "form",
    "style",
    "link",
    "base",
]


def value_of(block: blocks.Block, raw: Any) -> Any:
    """The native value of ``block`` for stored (JSON) data; lists may hold bare entries."""
    return block.normalize(block.to_python(raw))


def preview_of(block: blocks.Block) -> Any:
    """The value that the block picker shows."""
    return block.get_preview_value()


def render(block: blocks.Block, raw: Any, context: dict[str, Any] | None = None) -> str:
    """The HTML of a block for stored data."""
    return str(block.render(value_of(block, raw), context=context))


def render_preview(block: blocks.Block) -> str:
    """The HTML of the block's own example."""
    return str(block.render(preview_of(block), context={}))


def soup(html: str) -> BeautifulSoup:
    return BeautifulSoup(html, "html.parser")


def words(html: str) -> str:
    """What a reader sees of the HTML: its text with single spaces."""
    return " ".join(soup(html).get_text(" ").split())


def markdown(block: blocks.Block, raw: Any) -> str:
    """The Markdown form of a block for stored data."""
    return block.as_markdown(value_of(block, raw))


def text(block: blocks.Block, raw: Any) -> str:
    """The plain text form of a block for stored data."""
    return block.as_text(value_of(block, raw))


def hostile(block: blocks.Block) -> Any:
    """Stored data for ``block`` with an attack in every text field, two rows in every list."""
    if isinstance(block, blocks.StreamBlock):
        return [
            {"type": name, "value": hostile(child)} for name, child in block.child_blocks.items()
        ]
    if isinstance(block, TypedTableBlock):
        columns = [{"type": name, "heading": HOSTILE} for name in block.child_blocks]
        row = {"values": [hostile(child) for child in block.child_blocks.values()]}
        return {"columns": columns, "rows": [row], "caption": HOSTILE}
    if isinstance(block, blocks.StructBlock):
        return {name: hostile(child) for name, child in block.child_blocks.items()}
    if isinstance(block, blocks.ListBlock):
        return [hostile(block.child_block), hostile(block.child_block)]
    return _hostile_field(block)


def _hostile_field(block: blocks.Block) -> Any:
    if isinstance(block, blocks.ChooserBlock):
        return None
    if isinstance(block, blocks.RichTextBlock):
        return f'<p>{HOSTILE}<a href="{HOSTILE_URL}" onclick="alert(5)">x</a></p>'
    if isinstance(block, blocks.URLBlock):
        return HOSTILE_URL
    if isinstance(block, blocks.BooleanBlock):
        return True
    if isinstance(block, blocks.ChoiceBlock):
        return next(key for key, _label in block.field.choices if key)
    if isinstance(block, blocks.IntegerBlock | blocks.FloatBlock):
        return 1
    if isinstance(block, blocks.DecimalBlock):
        return "1"
    if isinstance(block, blocks.DateBlock):
        return "2026-03-02"
    return HOSTILE


def assert_harmless_html(html: str) -> None:
    """Nothing that a value brought along can run: no active tag, no handler, no script address."""
    page = soup(html)
    for data in page.find_all("script", type="application/json"):
        # Data for a script of ours; a browser does not run it.
        assert "<" not in data.get_text(), html
        data.decompose()
    assert not page.find_all(["script", "iframe", "object", "embed", "base"]), html
    assert not page.find_all("img", src="x"), html
    for tag in page.find_all(True):
        for name, value in tag.attrs.items():
            assert not name.lower().startswith("on"), f"<{tag.name}> has {name}"
            if name in ("href", "src", "action"):
                assert "javascript:" not in str(value).lower(), f"<{tag.name}> leads to {value}"


def assert_harmless_markdown(source: str) -> None:
    """Not even a renderer that lets HTML through makes tags of what a value brought along."""
    html = (
        MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).render(source)
    )
    page = soup(html)
    assert not page.find_all(ACTIVE_TAGS), html
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.lower().startswith("on")], html
        assert "javascript:" not in str(tag.get("href", "")).lower(), html


def assert_harmless(block: blocks.Block) -> None:
    """A value full of attacks is shown as text in the page and in the Markdown form."""
    raw = hostile(block)
    html = render(block, raw)
    assert_harmless_html(html)
    assert "alert(2)" in html, "the text itself must not be lost"
    assert_harmless_markdown(markdown(block, raw))
    assert "alert(2)" in text(block, raw)


def error_codes(block: blocks.Block, raw: Any) -> dict[str, str]:
    """Codes of the validation errors by place, such as ``{"steps.0.task": "required"}``."""
    try:
        block.clean(value_of(block, raw))
    except ValidationError as error:
        return dict(_codes(error, ""))
    return {}


def draft_error_codes(block: blocks.Block, raw: Any) -> dict[str, str]:
    """The same for saving a draft, where nothing is required."""
    try:
        block.clean_deferred(value_of(block, raw))
    except ValidationError as error:
        return dict(_codes(error, ""))
    return {}


def _codes(error: ValidationError, path: str) -> list[tuple[str, str]]:
    found = []
    children = getattr(error, "block_errors", None) or getattr(error, "cell_errors", None) or {}
    for key, child in children.items():
        found += _codes(child, f"{path}.{key}" if path else str(key))
    own = getattr(error, "non_block_errors", None)
    if own is not None:
        found += [(path, one.code or "") for one in own.as_data()]
    elif not children:
        found += [(path, one.code or "") for one in error.error_list]
    return found


def calls_of(function: Callable[[str], Any], source: str) -> int:
    """How many calls of functions ``function(source)`` makes: its effort, on any machine."""
    count = 0

    def counted(_frame: Any, event: str, _function: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    before = sys.getprofile()
    sys.setprofile(counted)
    try:
        function(source)
    finally:
        sys.setprofile(before)
    return count
