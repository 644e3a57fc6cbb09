"""References of portable documents: a page is ``category/…/slug``, below the home page."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from html import escape
from urllib.parse import quote, unquote

from wagtail.images import get_image_model
from wagtail.models import Page
from wagtail.rich_text import expand_db_html

from knowledge.catalog.selectors.categories import site_path
from templates_lib.markdown import write
from templates_lib.markdown.read import rich_text_html

PAGE_SCHEME = "page:"
# rich_text_html knows pages and hosts; a place on a page passes it as an address of no host.
_ANCHOR_HOST = "https://anchor.invalid/"
_ANCHORED = re.compile(rf'<a href="{re.escape(_ANCHOR_HOST)}(\d+)/([^"]*)">')


def address_of(url_path: str) -> str:
    """``operations/incident-sop`` for the ``url_path`` of a page."""
    return site_path(url_path).strip("/")


def addresses_of(ids: Iterable[int]) -> dict[int, str]:
    """Addresses by page id; one query."""
    rows = Page.objects.filter(pk__in=set(ids)).values_list("pk", "url_path")
    return {pk: address_of(url_path) for pk, url_path in rows}


@dataclass
class Library:
    """A ``Resolver`` (templates_lib.portable) over what was looked up before.

    ``pages`` maps addresses to ids, ``images`` and ``documents`` file names to ids. To dump, the
    same maps are read the other way round, and prose needs a render context whose link targets
    are ``page:`` addresses (``dumping``).
    """

    pages: Mapping[str, int] = field(default_factory=dict)
    images: Mapping[str, int] = field(default_factory=dict)
    documents: Mapping[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._page_names = {pk: address for address, pk in self.pages.items()}
        self._image_names = {pk: name for name, pk in self.images.items()}
        self._document_names = {pk: name for name, pk in self.documents.items()}

    def page_id(self, address: str) -> int:
        found = self.pages.get(address.removeprefix(PAGE_SCHEME).strip("/"))
        if found is None:
            raise LookupError(f"there is no page {address!r}")
        return found

    def image_id(self, name: str) -> int:
        if name not in self.images:
            raise LookupError(f"there is no image {name!r}")
        return self.images[name]

    def document_id(self, name: str) -> int:
        if name not in self.documents:
            raise LookupError(f"there is no document {name!r}")
        return self.documents[name]

    def prose_html(self, markdown: str) -> str:
        return _ANCHORED.sub(_with_fragment, rich_text_html(markdown, self._link))

    def _link(self, address: str) -> int | str | None:
        """What a link of prose leads to: a page by id, a place on this page, another host."""
        path, _sep, fragment = address.partition("#")
        if path.startswith(PAGE_SCHEME):
            page_id = self.page_id(path)
            return f"{_ANCHOR_HOST}{page_id}/{quote(fragment)}" if fragment else page_id
        return f"{_ANCHOR_HOST}0/{quote(fragment)}" if fragment and not path else address

    def page_address(self, page_id: int) -> str | None:
        return self._page_names.get(page_id)

    def image_name(self, image_id: int) -> str | None:
        return self._image_names.get(image_id)

    def document_name(self, document_id: int) -> str | None:
        return self._document_names.get(document_id)

    def prose_markdown(self, html: str) -> str:
        return write.from_html(expand_db_html(html))


def image_names(ids: Iterable[int]) -> dict[str, int]:
    """File names of images, each once; one query."""
    names: dict[str, int] = {}
    for image in get_image_model().objects.filter(pk__in=set(ids)).only("pk", "file"):
        name = image.filename
        names[name if name not in names else f"{image.pk}-{name}"] = image.pk
    return names


def _with_fragment(match: re.Match[str]) -> str:
    page_id, fragment = match[1], escape(unquote(match[2]))
    if page_id == "0":
        return f'<a href="#{fragment}">'
    return f'<a linktype="page" id="{page_id}" fragment="{fragment}">'
