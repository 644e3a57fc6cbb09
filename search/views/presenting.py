"""A result as the templates want it. Choosing is a form and letting go a link: both need no script."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlencode

from django.utils.translation import gettext_lazy as _

from search.querying.request import SORTS, SearchRequest
from search.querying.result import Facet, SearchResult

ENGINE_LABELS = {
    "elasticsearch": "Elasticsearch",
    "database": _("the database"),
}
# Page numbers shown on each side of the current one.
NEIGHBOURS = 2


class Address:
    """Addresses of the same search with one thing changed. The first page is without a number."""

    def __init__(self, path: str, request: SearchRequest) -> None:
        self._path = path
        self._request = request
        self._query = _pair("q", request.q) if request.q else ""
        self._sort = _pair("sort", request.order) if request.sort else ""
        self._filters = [
            (name, value, _pair(name, value))
            for name, values in request.filters.items()
            for value in values
        ]

    def without_value(self, name: str, value: str) -> str:
        return self._of(self._chosen(but=(name, value)), self._sort)

    def without_filters(self) -> str:
        return self._of([], self._sort)

    def page(self, number: int) -> str:
        return self._of(self._chosen(), self._sort, f"page={number}" if number > 1 else "")

    def _chosen(self, but: tuple[str, str] | None = None) -> list[str]:
        return [pair for name, value, pair in self._filters if (name, value) != but]

    def _of(self, chosen: Iterable[str], *more: str) -> str:
        pairs = "&".join(part for part in (self._query, *chosen, *more) if part)
        return f"{self._path}?{pairs}" if pairs else self._path


def _pair(name: str, value: str) -> str:
    return urlencode({name: value})


def context(result: SearchResult, path: str) -> dict[str, Any]:
    """The variables of ``search/results.html`` and ``search/browse.html`` that a result gives."""
    address = Address(path, result.request)
    page = result.page
    return {
        "query": result.request.q,
        "result": {
            "count": result.count,
            "hits": result.hits,
            "facets": [facet for facet in result.facets if facet.options],
            "chips": [chip for facet in result.facets for chip in _chips(facet, address)],
            "did_you_mean": result.did_you_mean,
            "engine_label": str(ENGINE_LABELS[result.engine]),
            "degraded": result.degraded,
            "took_ms": result.took_ms,
            "page": page,
            "pages": result.pages,
            "previous_url": address.page(page - 1) if page > 1 else "",
            "next_url": address.page(page + 1) if page < result.pages else "",
            "page_links": _page_links(page, result.pages, address),
        },
        "sort_options": [
            {
                "value": value,
                "label": str(label),
                "selected": value == result.request.order,
            }
            for value, label in SORTS.items()
            if value != "relevance" or result.request.text
        ],
        "clear_url": address.without_filters(),
    }


def _chips(facet: Facet, address: Address) -> list[dict[str, str]]:
    return [
        {
            "label": f"{facet.label}: {option.label}",
            "remove_url": address.without_value(facet.field, option.value),
        }
        for option in facet.selected
    ]


def _page_links(page: int, pages: int, address: Address) -> list[dict[str, Any]]:
    """Numbers to jump to; a gap is an entry without a number."""
    if pages == 1:
        return []
    near = range(max(1, page - NEIGHBOURS), min(pages, page + NEIGHBOURS) + 1)
    links: list[dict[str, Any]] = []
    last = 0
    for number in sorted({1, *near, pages}):
        if number > last + 1:
            links.append({"number": None, "url": "", "current": False})
        links.append({"number": number, "url": address.page(number), "current": number == page})
        last = number
    return links
