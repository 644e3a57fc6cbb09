"""Markdown (one dialect, see dialects/) as portable blocks."""

from dataclasses import dataclass
from typing import Any

from knowledge.exchange.imports.convert.blocks import Converter
from knowledge.exchange.imports.convert.links import KeepLinks, LinkSource
from knowledge.exchange.imports.convert.parse import parse
from knowledge.exchange.imports.report import Note


@dataclass(frozen=True, slots=True)
class Converted:
    """``names`` are explicit ids of places, with the heading they stand at."""

    blocks: list[dict[str, Any]]
    notes: list[Note]
    names: dict[str, str]


def convert(source: str, links: LinkSource) -> Converted:
    """Blocks of ``source`` as templates_lib.portable reads them, and what was met on the way."""
    converter = Converter(links)
    blocks = converter.convert(parse(source))
    return Converted(blocks, converter.notes, converter.names)


def portable_blocks(source: str) -> list[dict[str, Any]]:
    """The same for a text whose links are portable already (``page:…`` or on another host)."""
    return convert(source, KeepLinks()).blocks
