"""Markdown (one dialect, see dialects/) as portable blocks."""

from typing import Any

from knowledge.exchange.imports.convert.blocks import Converter
from knowledge.exchange.imports.convert.links import KeepLinks, LinkSource
from knowledge.exchange.imports.convert.parse import parse
from knowledge.exchange.imports.report import Note


def convert(source: str, links: LinkSource) -> tuple[list[dict[str, Any]], list[Note]]:
    """Blocks of ``source`` as templates_lib.portable reads them, and what was met on the way."""
    converter = Converter(links)
    return converter.convert(parse(source)), converter.notes


def portable_blocks(source: str) -> list[dict[str, Any]]:
    """The same for a text whose links are portable already (``page:…`` or on another host)."""
    return convert(source, KeepLinks())[0]
