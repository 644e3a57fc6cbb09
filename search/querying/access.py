"""The second look: an index may lag behind a changed right or a move.

The first is inside each engine's question (``search.engines.access``).
"""

from collections.abc import Iterable

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import Access, visible
from knowledge.catalog.selectors.cards import Card, cards


def visible_cards(page_ids: Iterable[int], access: Access) -> dict[int, Card]:
    """Cards of those of the pages that are live and open. One query."""
    pages = visible(Artifact.objects.filter(pk__in=list(page_ids)), access)
    return {card.id: card for card in cards(pages)}
