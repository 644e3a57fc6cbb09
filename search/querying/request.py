"""What is searched for, from the parameters of an address. The address is the whole state."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from django.utils.translation import gettext_lazy as _

from search.language.text import Text, parse
from search.querying.errors import NoSuchPage
from search.querying.facets import FIELDS

# What answers a question stands among the first few, each with a passage; who browses, skims.
PER_PAGE_FOUND = 10
PER_PAGE_BROWSED = 20
# Elasticsearch sorts 10,000 hits; nobody reads further, and a filter serves better.
MAX_PAGE = 10_000 // PER_PAGE_BROWSED
SORTS = {
    "relevance": _("Relevance"),
    "updated": _("Last updated"),
    "title": _("Title"),
    "maturity": _("Maturity"),
}
MAX_VALUES = 100


class Parameters(Protocol):
    """What is needed of a QueryDict."""

    def get(self, name: str, default: str, /) -> str: ...
    def getlist(self, name: str, /) -> list[str]: ...


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """``filters`` are as the person gave them, known fields only; values are not yet checked.

    ``within`` and ``under`` are set by browse pages, never by an address.
    """

    text: Text = field(default_factory=Text)
    filters: dict[str, tuple[str, ...]] = field(default_factory=dict)
    sort: str = ""
    page: int = 1
    within: dict[str, tuple[str, ...]] = field(default_factory=dict)
    under: str = ""

    @property
    def q(self) -> str:
        return self.text.shown

    @property
    def order(self) -> str:
        """The sort in force. Without words there is no relevance: the newest come first."""
        if self.sort in SORTS and (self.sort != "relevance" or self.text):
            return self.sort
        return "relevance" if self.text else "updated"

    @property
    def per_page(self) -> int:
        return PER_PAGE_FOUND if self.text else PER_PAGE_BROWSED

    @property
    def is_empty(self) -> bool:
        return not self.text and not self.filters

    def on(self, **subject: str) -> "SearchRequest":
        """The same search restricted to the subject of a browse page, e.g. ``industry="software"``."""
        filters = {name: values for name, values in self.filters.items() if name not in subject}
        within = {name: (value,) for name, value in subject.items()}
        return replace(self, filters=filters, within={**self.within, **within})

    def below(self, path: str) -> "SearchRequest":
        """The same search restricted to the pages below a tree path."""
        filters = {name: values for name, values in self.filters.items() if name != "category"}
        return replace(self, filters=filters, under=path)


def from_parameters(parameters: Parameters) -> SearchRequest:
    """Unknown names are ignored.

    Raises:
        NoSuchPage: ``page`` is not the number of a page.
    """
    return SearchRequest(
        text=parse(parameters.get("q", "")),
        filters=_filters(parameters),
        sort=parameters.get("sort", ""),
        page=page_number(parameters.get("page", "")),
    )


def page_number(raw: str) -> int:
    if not raw:
        return 1
    if not (raw.isascii() and raw.isdigit() and len(raw) < 7):
        raise NoSuchPage
    number = int(raw)
    if not 1 <= number <= MAX_PAGE:
        raise NoSuchPage
    return number


def _filters(parameters: Parameters) -> dict[str, tuple[str, ...]]:
    filters = {}
    for name in FIELDS:
        values = _values(parameters.getlist(name))
        if values:
            filters[name] = values
    return filters


def _values(raw: Sequence[str]) -> tuple[str, ...]:
    # An empty choice of a form filters nothing.
    return tuple(dict.fromkeys(value for value in raw if value))[:MAX_VALUES]
