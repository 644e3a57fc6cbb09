"""The body of an artifact as parts: HTML, anchors, table of contents, files that they need."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.text import slugify
from wagtail.blocks.stream_block import StreamValue
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from templates_lib.rendering import LinkTarget, RenderContext, rendering


@dataclass(frozen=True, slots=True)
class Part:
    """``marks``: what higher rooms say of this part, as HTML."""

    anchor: str
    type: str
    html: str
    heading: str
    level: int
    block_id: str = ""
    marks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Body:
    parts: tuple[Part, ...]
    css: tuple[str, ...]
    js: tuple[str, ...]
    missing_sources: int

    @property
    def toc(self) -> list[Part]:
        """Headings for the table of contents; a level is 2 for a section and 3 below it."""
        return [part for part in self.parts if part.heading and part.level <= 3]


def referenced_pages(stream: StreamValue) -> set[int]:
    """Ids of all pages that the body links to, in text or by chooser."""
    found = stream.stream_block.extract_references(stream)
    return {int(ref[1]) for ref in found if issubclass(ref[0], Page)}


def render_context(stream: StreamValue, access: Access, *, base_url: str = "") -> RenderContext:
    """Where the links of a body lead for this reader; one query. ``base_url`` makes them absolute."""
    wanted = referenced_pages(stream)
    if not wanted:
        return RenderContext()
    rows = visible(Page.objects.filter(pk__in=wanted), access).values_list(
        "pk", "title", "url_path", "artifact__kind", "artifact__version"
    )
    return RenderContext(
        pages={
            pk: LinkTarget(
                url=base_url + site_path(url_path),
                title=title,
                kind=kind or "",
                version=version or "",
            )
            for pk, title, url_path, kind, version in rows
        }
    )


def render_body(page: Artifact, access: Access) -> Body:
    """Parts of the page's body. Query count does not depend on its length."""
    stream = page.body
    with rendering(render_context(stream, access)):
        return _render(stream, {"page": page})


def anchored(stream: StreamValue) -> Iterator[tuple[str, str, Any]]:
    """Each block of a body with its anchor on the page and its heading, if it has one."""
    taken: set[str] = set()
    for child in stream:
        heading_for = getattr(child.block, "heading_for", None)
        heading = heading_for(child.value) if heading_for else ""
        yield _anchor(heading or child.block_type, taken), heading, child


def _render(stream: StreamValue, context: dict[str, Any]) -> Body:
    parts = []
    missing = 0
    for anchor, heading, child in anchored(stream):
        level_for = getattr(child.block, "level_for", None)
        level = level_for(child.value) if level_for else 2
        html = child.render(context={**context, "anchor": anchor, "block_id": child.id})
        parts.append(Part(anchor, child.block_type, str(html), heading, level, str(child.id)))
        missing += bool(getattr(child.value, "missing_source", False))
    blocks = [child.block for child in stream]
    return Body(
        parts=tuple(parts),
        css=_files(getattr(block.meta, "css", ()) for block in blocks),
        js=_files(getattr(block.meta, "js", ()) for block in blocks),
        missing_sources=missing,
    )


def _anchor(text: str, taken: set[str]) -> str:
    base = slugify(text)[:60] or "part"
    anchor, number = base, 2
    while anchor in taken:
        anchor, number = f"{base}-{number}", number + 1
    taken.add(anchor)
    return anchor


def _files(lists: Iterable[Iterable[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for names in lists for name in names))
