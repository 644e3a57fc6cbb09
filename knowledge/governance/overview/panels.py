"""Panels for editors and for those who read indicators; who has nothing to see gets no panel."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from wagtail.admin.ui.components import Component

from knowledge.catalog.permissions import access_of
from knowledge.catalog.trust import TrustState
from knowledge.governance.kpis.permissions import may_read
from knowledge.governance.kpis.selectors import readings
from knowledge.governance.overview import selectors

TILES = 6


# What the lines count, as a filter of the search.
CURRENT = urlencode(
    [
        ("trust", state)
        for state in TrustState.values
        if state not in (TrustState.SUPERSEDED, TrustState.ARCHIVED)
    ]
)


class SectionsPanel(Component):
    """How the sections stand that the person looks after."""

    name = "sections"
    template_name = "overview/sections.html"
    # After what waits for a decision (220) and what is one's own (230).
    order = 240

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        request = parent_context["request"]
        today = timezone.localdate()
        return {
            "lines": selectors.lines(request.user, access_of(request), today=today),
            "current": CURRENT,
        }


class IndicatorsPanel(Component):
    """The indicators that miss their targets, then others that have a value."""

    name = "indicators"
    template_name = "overview/indicators.html"
    order = 245

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        if not may_read(parent_context["request"].user):
            return {"tiles": []}
        measured = [tile for tile in readings.tiles(today=timezone.localdate()) if tile.last]
        missed = sum(tile.is_met is False for tile in measured)
        first = sorted(measured, key=lambda tile: tile.is_met is not False)
        return {"tiles": first[:TILES], "missed": missed, "measured": len(measured)}
