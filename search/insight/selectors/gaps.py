"""What readers missed and where the library is empty, as figures of the quarter's report."""

from datetime import datetime

from django.utils.translation import gettext as _

from knowledge.catalog.permissions import Access
from search.insight.models import Wish
from search.insight.selectors import queries
from search.insight.selectors.heat import heat_map


def figures(access: Access, start: datetime, end: datetime) -> list[tuple[str, str]]:
    """Label and figure each; of searches and wishes from ``start`` until before ``end``."""
    searches = queries.known_to(access).filter(at__gte=start, at__lt=end)
    totals = queries.totals(searches)
    coverage = heat_map(access, down="category", across="kind", only={})
    wishes = Wish.objects.filter(made_at__gte=start, made_at__lt=end)
    return [
        (_("Searches without a result"), f"{totals['nothing']} / {totals['searches']}"),
        (_("Searches without a click"), f"{totals['no_click']} / {totals['searches']}"),
        (_("Wishes of readers"), str(wishes.count())),
        (
            _("Empty places of category and kind today"),
            f"{coverage.empty} / {coverage.places}",
        ),
    ]
