"""The one place where a search is bound to what its reader may see.

Every question to an engine carries an ``Access`` (``Ask`` and ``Suggest`` have no default for it).
Engines turn it into part of the query with the functions here, so that hits, counts, facets and
suggestions never know of a closed page; what they found is checked once more against the database
before it is shown (``visible_cards``), because an index may lag behind a changed right or a move.
"""

from collections.abc import Iterable
from typing import Any

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.cards import Card, cards


def elasticsearch_clause(access: Access) -> list[dict[str, Any]]:
    """For ``must_not``: the sections that are closed to the person, by the tree paths above a page."""
    return [{"terms": {"ancestors": list(access.closed_paths)}}] if access.closed_paths else []


def sql_clause(access: Access, column: str) -> tuple[str, list[Any]]:
    """A condition on the tree path, and its parameters."""
    parts = [f"substr({column}, 1, %s) <> %s" for _ in access.closed_paths]
    parameters = [part for path in access.closed_paths for part in (len(path), path)]
    return " AND ".join(parts) or "1 = 1", parameters


def visible_cards(page_ids: Iterable[int], access: Access) -> dict[int, Card]:
    """Cards of those of the pages that are live and open. One query."""
    pages = visible(Artifact.objects.filter(pk__in=list(page_ids)), access)
    return {card.id: card for card in cards(pages)}
