"""The log of searches in one number."""

from datetime import datetime

from django.db.models import Count

from search.insight.models import LoggedSearch
from search.insight.selectors.queries import NOTHING


def answered_share(moments: tuple[datetime, datetime]) -> float | None:
    """Per cent of the searches that found something; None without a search. One query."""
    start, end = moments
    counted = LoggedSearch.objects.filter(at__gte=start, at__lt=end).aggregate(
        all=Count("pk"), nothing=Count("pk", filter=NOTHING)
    )
    if not counted["all"]:
        return None
    return 100 * (counted["all"] - counted["nothing"]) / counted["all"]
