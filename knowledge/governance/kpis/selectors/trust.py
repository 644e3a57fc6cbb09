"""How the trust of the library went, out of the pictures of its days."""

from collections import defaultdict
from datetime import date

from django.utils.translation import gettext as _

from knowledge.catalog.trust import TrustState
from knowledge.governance.charts import Chart, Series, line_chart
from knowledge.governance.kpis.models import TrustDay

SHOWN = (TrustState.VERIFIED, TrustState.DUE, TrustState.STALE, TrustState.UNVERIFIED)


def chart(*, first: date, last: date) -> Chart | None:
    """A line for each state that readers meet. One query."""
    found: dict[str, list[tuple[date, int]]] = defaultdict(list)
    rows = TrustDay.objects.filter(day__range=(first, last)).order_by("day")
    for day, state, count in rows.values_list("day", "state", "count"):
        found[state].append((day, count))
    series = [Series(str(state.label), "", found[state]) for state in SHOWN]
    return line_chart(_("Live artifacts by their state"), series, key="trust")
