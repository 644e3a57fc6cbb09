"""The same search with more results at once than a page shows: for those who go on from them."""

from dataclasses import dataclass

from knowledge.catalog.permissions import Access
from search.querying import service
from search.querying.request import SearchRequest
from search.querying.result import SearchResult


@dataclass(frozen=True, slots=True)
class _Wide(SearchRequest):
    most: int = 50

    @property
    def per_page(self) -> int:
        return self.most


def find(search: SearchRequest, access: Access, *, most: int) -> SearchResult:
    """The first ``most`` results, whatever page the request names.

    Raises:
        BadFilter: a filter has an unknown value.
    """
    wide = _Wide(text=search.text, filters=search.filters, sort=search.sort, most=most)
    return service.find(wide, access)
