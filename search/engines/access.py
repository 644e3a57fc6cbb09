"""What a reader may see, as a part of an engine's question.

Every question carries an ``Access`` (``Ask`` and ``Suggest`` have no default for it), so that hits,
counts, facets and suggestions never know of a closed page. What was found is checked once more
against the database before it is shown (``search.querying.access``).
"""

from typing import Any

from knowledge.catalog.permissions import Access


def elasticsearch_clause(access: Access) -> list[dict[str, Any]]:
    """For ``must_not``: the sections that are closed to the person, by the tree paths above a page."""
    return [{"terms": {"ancestors": list(access.closed_paths)}}] if access.closed_paths else []


def sql_clause(access: Access, column: str) -> tuple[str, list[Any]]:
    """A condition on the tree path, and its parameters."""
    parts = [f"substr({column}, 1, %s) <> %s" for _ in access.closed_paths]
    parameters = [part for path in access.closed_paths for part in (len(path), path)]
    return " AND ".join(parts) or "1 = 1", parameters
