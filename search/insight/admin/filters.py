"""By what the reports can be narrowed."""

from typing import Any

import django_filters
from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet

from knowledge.catalog.kinds import Kind
from search.insight.models import LoggedSearch
from search.insight.selectors.coverage import KINDS
from search.insight.selectors.suggestions import SOURCES
from search.views.presenting import ENGINE_LABELS

SHOWN = {
    "nothing": _("Without a result"),
    "no_click": _("Without a click"),
    "refined": _("Filtered, sorted or paged"),
    "reworded": _("Followed by other words"),
    "slow": _("Slow"),
    "degraded": _("Answered by the stand-in"),
}


class PeriodFilterSet(WagtailFilterSet):
    """Filters over searches; those of ``later`` the view applies to what it makes of them."""

    at = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)

    def later(self, queryset: QuerySet, _name: str, _value: str) -> QuerySet:
        return queryset

    def chosen(self, name: str) -> Any:
        """The value of a filter that the view applies; empty when none was chosen."""
        return self.form.cleaned_data.get(name) if self.is_valid() else ""


class SearchFilterSet(PeriodFilterSet):
    show = django_filters.ChoiceFilter(
        label=_("Show"),
        method="later",
        choices=list(SHOWN.items()),
        empty_label=_("All queries"),
        widget=forms.RadioSelect,
    )
    text = django_filters.CharFilter(label=_("Words"), lookup_expr="icontains", max_length=200)
    engine = django_filters.ChoiceFilter(
        label=_("Answered by"),
        choices=list(ENGINE_LABELS.items()),
        empty_label=_("Any"),
        widget=forms.RadioSelect,
    )

    class Meta:
        model = LoggedSearch
        fields = ["at", "show", "text", "engine"]


class SuggestionFilterSet(PeriodFilterSet):
    source = django_filters.ChoiceFilter(
        label=_("Reason"),
        method="later",
        choices=list(SOURCES.items()),
        empty_label=_("All"),
        widget=forms.RadioSelect,
    )
    kind = django_filters.ChoiceFilter(
        label=_("Kind"),
        method="later",
        choices=[(kind, Kind(kind).label) for kind in KINDS],
        empty_label=_("All"),
    )

    class Meta:
        model = LoggedSearch
        fields = ["at", "source", "kind"]
