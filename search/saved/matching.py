"""What matches a saved search, for somebody who may see so much."""

from dataclasses import replace

from knowledge.catalog.permissions import Access
from search import wide
from search.saved.addresses import search_of

# The newest matches: what comes to be known of is always among them.
NEWEST = 200


def matching(query: str, access: Access, most: int = NEWEST) -> list[int]:
    """Ids of artifacts, the last published first.

    Raises:
        BadFilter: a value does not exist any more, or is known from closed pages only.
    """
    search = replace(search_of(query), sort="updated")
    return [hit.card.id for hit in wide.find(search, access, most=most).hits]
