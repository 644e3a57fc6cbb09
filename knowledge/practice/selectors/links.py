"""Where the links in copied text lead, for who reads it now."""

from collections.abc import Iterable

from wagtail.models import Page
from wagtail.rich_text import extract_references_from_rich_text

from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.categories import site_path
from templates_lib.rendering import LinkTarget, RenderContext


def links_in(sources: Iterable[str], access: Access) -> RenderContext:
    """For sources of rich text. One query, none when no page is linked."""
    wanted = {
        int(pk)
        for source in sources
        if source
        for model, pk, *_path in extract_references_from_rich_text(source)
        if issubclass(model, Page)
    }
    if not wanted:
        return RenderContext()
    pages = visible(Page.objects.filter(pk__in=wanted), access)
    return RenderContext(
        pages={
            pk: LinkTarget(url=site_path(url_path), title=title)
            for pk, title, url_path in pages.values_list("pk", "title", "url_path")
        }
    )
