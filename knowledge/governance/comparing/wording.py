"""Stored values of single blocks as the words that a reader sees, never as markup."""

import html
import json
import re
from collections.abc import Mapping
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

from templates_lib.rows.part import words as plain_words

_BREAK = re.compile(r"<br\s*/?>|</(?:p|h[1-6]|ul|ol)>")
_POINT = re.compile(r"<li\b[^>]*>")
_LINK = re.compile(r'<a [^>]*?href="([^"]*)"[^>]*>([^<]*)</a>')
_TAG = re.compile(r"<[^>]*>")
_KEY = re.compile(r' data-block-key="[^"]*"')
_RICH = re.compile(r"<(?:p|h[1-6]|ul|ol|hr|embed)\b")
_QUOTES = re.compile(r"&(?:#x27|#39|quot);")
_BLANK = re.compile(r"[ \t]*\n\s*")
MOST_TITLE_CHARS = 80


class Names(Protocol):
    """What an id stands for, for this reader; empty for what must not be named."""

    def page(self, pk: int) -> str: ...
    def image(self, pk: int) -> str: ...
    def document(self, pk: int) -> str: ...


def of_html(source: str) -> str:
    """Rich text as text: a paragraph a line, points with a bullet, addresses behind their words."""
    text = _LINK.sub(_link_words, source)
    text = _POINT.sub("\n• ", _BREAK.sub("\n", text))
    return _BLANK.sub("\n", html.unescape(_TAG.sub("", text))).strip()


def _link_words(found: re.Match[str]) -> str:
    address, words = found.groups()
    return words if address == words else f"{words} ({address})"


def of_leaf(block: blocks.Block, raw: Any, names: Names) -> str:
    """A block without children, in words."""
    if raw is None or raw == "":
        return str(plain_words(block, False)) if isinstance(block, blocks.BooleanBlock) else ""
    if isinstance(block, blocks.RichTextBlock):
        return of_html(str(raw))
    if isinstance(block, blocks.PageChooserBlock | ImageChooserBlock | DocumentChooserBlock):
        return _chosen(block, raw, names)
    if isinstance(raw, list):
        return ", ".join(of_leaf(block, one, names) for one in raw)
    if isinstance(block, blocks.DateBlock | blocks.DecimalBlock):
        try:
            return plain_words(block, block.field.to_python(raw))
        except ValidationError:
            return str(raw)
    if isinstance(raw, Mapping):
        return json.dumps(raw, ensure_ascii=False, default=str)
    return plain_words(block, raw)


def _chosen(block: blocks.Block, raw: Any, names: Names) -> str:
    if not isinstance(raw, int):
        return ""
    if isinstance(block, blocks.PageChooserBlock):
        return names.page(raw)
    return names.image(raw) if isinstance(block, ImageChooserBlock) else names.document(raw)


def all_words(block: blocks.Block, raw: Any) -> str:
    """Roughly the words of a value, to see how alike two are; what is chosen does not count."""
    if isinstance(block, TypedTableBlock) or not isinstance(raw, str | list | dict):
        return _TAG.sub(" ", json.dumps(raw, ensure_ascii=False, default=str)) if raw else ""
    if isinstance(raw, str):
        return _TAG.sub(" ", raw)
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict):
        return " ".join(
            all_words(child, raw.get(name)) for name, child in block.child_blocks.items()
        )
    if isinstance(block, blocks.ListBlock):
        return " ".join(all_words(block.child_block, value_of(one)) for one in raw)
    return json.dumps(raw, ensure_ascii=False, default=str)


def title_of(block: blocks.Block, raw: Any) -> str:
    """What a part or a row is known by: the first words in it that are no prose."""
    if isinstance(raw, str) and not isinstance(block, blocks.RichTextBlock):
        return _short(raw)
    if not isinstance(raw, dict) or not isinstance(block, blocks.StructBlock):
        return ""
    for name, child in block.child_blocks.items():
        value = raw.get(name)
        if type(child) is blocks.CharBlock and isinstance(value, str) and value.strip():
            return _short(value)
    return ""


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= MOST_TITLE_CHARS else f"{line[: MOST_TITLE_CHARS - 1].rstrip()}…"


def is_wrapped(one: Any) -> bool:
    """Whether a row of a list is stored with its id, as all are that a person has saved."""
    return isinstance(one, dict) and one.get("type") == "item" and "value" in one


def value_of(one: Any) -> Any:
    return one["value"] if is_wrapped(one) else one


def without_ids(raw: Any) -> Any:
    """The value without the ids of its rows, for what has been written anew with the same content."""
    if isinstance(raw, list):
        return [without_ids(one) for one in raw]
    if isinstance(raw, str):
        return without_traces(raw)
    if isinstance(raw, dict):
        wrapped = "value" in raw and "type" in raw
        return {k: without_ids(v) for k, v in raw.items() if not (wrapped and k == "id")}
    return raw


def without_traces(raw: Any) -> Any:
    """The value without what a form leaves in texts that nobody has touched: the editor's keys of
    paragraphs, its way to write quotes, and a browser's ends of lines. What was imported has none of
    them until it is first saved.
    """
    if isinstance(raw, list):
        return [without_traces(one) for one in raw]
    if isinstance(raw, dict):
        return {name: without_traces(one) for name, one in raw.items()}
    if not isinstance(raw, str):
        return raw
    text = _KEY.sub("", raw.replace("\r\n", "\n"))
    # In a command or a line of code such a sign is what stands there.
    return _QUOTES.sub(lambda sign: html.unescape(sign[0]), text) if _RICH.match(text) else text
