"""The parts of an artifact that a proposal may be about, as text, and the way back into the page.

Running text and Markdown can be taken over by the portal; a part with fields of its own (steps,
tables) is shown as Markdown, and an editor writes the proposal in by hand.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import capfirst

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors.body import anchored
from templates_lib.base import NarrativeBlock, Prose, ProseBlock, is_web_address
from templates_lib.markdown.read import rich_text_html
from templates_lib.prose.blocks import MarkdownBlock

FIELDS = ("title", "bottom_line")


@dataclass(frozen=True, slots=True)
class Part:
    """``is_text``: a proposal can be taken over without an editor's hand."""

    target: str
    label: str
    text: str
    is_text: bool


def of(page: Artifact) -> Iterator[Part]:
    """The title, the bottom line, and each block of the body, in the order of the page."""
    for name in FIELDS:
        label = capfirst(str(page._meta.get_field(name).verbose_name))
        yield Part(name, label, getattr(page, name), is_text=True)
    for _anchor, heading, child in anchored(page.body):
        label = heading or str(child.block.label)
        text = _text_of(child.block, child.value)
        yield Part(str(child.id), label[:255], text, _takes_text(child.block))


def find(page: Artifact, target: str) -> Part | None:
    return next((part for part in of(page) if part.target == target), None)


def write(page: Artifact, target: str, text: str) -> bool:
    """Put ``text`` in the place of the part, in memory; False when it has to be done by hand."""
    if target in FIELDS:
        limit = page._meta.get_field(target).max_length
        setattr(page, target, " ".join(text.split())[:limit])
        return True
    for child in page.body:
        if str(child.id) != target or not _takes_text(child.block):
            continue
        if isinstance(child.block, MarkdownBlock):
            child.value["source"] = text
        elif isinstance(child.block, NarrativeBlock):
            child.value["body"] = _prose(text)
        else:
            child.value = _prose(text)
        return True
    return False


def _takes_text(block: Any) -> bool:
    return isinstance(block, ProseBlock | NarrativeBlock | MarkdownBlock)


def _text_of(block: Any, value: Any) -> str:
    if isinstance(block, MarkdownBlock):
        return value.get("source") or ""
    if isinstance(block, NarrativeBlock):
        return block.markdown_body(value)
    return block.as_markdown(value)


def _prose(markdown: str) -> Prose:
    """HTML in the Markdown is text, and an address that is none of the web is no link."""
    return Prose(rich_text_html(markdown, lambda href: href if is_web_address(href) else None))
