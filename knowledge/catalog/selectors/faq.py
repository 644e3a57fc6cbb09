"""The FAQ page: its answers in their groups."""

from typing import Any

from django.http import HttpRequest

from knowledge.catalog.models import FaqEntryPage, FaqPage
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.cards import cards
from knowledge.catalog.selectors.reading import above


def context(page: FaqPage, request: HttpRequest) -> dict[str, Any]:
    """``groups``: dicts with title, anchor and entries (cards). Four queries."""
    access = access_of(request)
    entries = visible(FaqEntryPage.objects.child_of(page).order_by("path"), access)
    slugs = dict(entries.values_list("pk", "group"))
    by_group: dict[str, list] = {}
    for card in cards(entries):
        by_group.setdefault(slugs[card.id], []).append(card)
    groups = [
        {"title": group.title, "anchor": group.slug, "entries": by_group.pop(group.slug)}
        for group in page.groups.all()
        if group.slug in by_group
    ]
    rest = [entry for entries_left in by_group.values() for entry in entries_left]
    if rest:
        groups.append({"title": "", "anchor": "other", "entries": rest})
    return {"groups": groups, "count": len(slugs), "breadcrumbs": above(page)}
