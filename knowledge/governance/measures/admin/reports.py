"""Figures of use: each artifact in a list, and adoption by section and kind. For those who look after pages."""

from typing import Any, ClassVar

import django_filters
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import Column, TitleColumn

from knowledge.catalog.kinds import Kind
from knowledge.catalog.models import Artifact, CategoryPage
from knowledge.catalog.permissions import access_of, visible
from knowledge.governance.admin.reports.views import QualityReport
from knowledge.governance.measures.models import Usage
from knowledge.governance.measures.selectors import adoption, usage
from knowledge.governance.measures.selectors.usage import Period, UsedArtifact
from knowledge.governance.selectors import quality


class UsageFilterSet(WagtailFilterSet):
    period = django_filters.DateFromToRangeFilter(
        label=_("Period"), method="later", widget=DateRangePickerWidget
    )
    section = django_filters.ModelChoiceFilter(
        label=_("Category"),
        method="below",
        queryset=lambda request: visible(CategoryPage.objects.order_by("path"), access_of(request)),
        empty_label=_("All"),
    )
    kind = django_filters.ChoiceFilter(label=_("Kind"), choices=Kind.choices, empty_label=_("All"))

    class Meta:
        model = Artifact
        fields = ["period", "section", "kind"]

    def later(self, queryset: Any, _name: str, _value: Any) -> Any:
        """The period is no question to the page: the view asks it."""
        return queryset

    def below(self, queryset: Any, _name: str, value: CategoryPage) -> Any:
        return queryset.filter(path__startswith=value.path)

    @property
    def chosen(self) -> Period:
        """The chosen days; the last thirty while none are chosen."""
        usual = Period.until(timezone.localdate())
        given = self.form.cleaned_data.get("period") if self.is_valid() else None
        if not given:
            return usual
        last = given.stop.date() if given.stop else usual.last
        first = given.start.date() if given.start else Period.until(last).first
        return Period(min(first, last), last)


class _OfPeriod(QualityReport):
    header_icon = "view"
    filterset_class = UsageFilterSet
    results_template_name = "measures/results.html"
    no_results_message = _("You look after no live artifact that these filters leave.")

    @cached_property
    def period(self) -> Period:
        return self.filters.chosen

    @cached_property
    def used(self) -> list[UsedArtifact]:
        pages = self.filter_queryset(quality.looked_after_by(self.request.user))
        return usage.by_artifact(pages, self.period, today=timezone.localdate())

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        return {**super().get_context_data(*args, **kwargs), "period": self.period}


def _rate(row: Any) -> str:
    rate = row.helpful_rate
    return "–" if rate is None else f"{rate} %"


def _use_url(row: UsedArtifact) -> str:
    return reverse("artifact_usage", args=[row.pk])


class UsageReport(_OfPeriod):
    slug = "use-of-artifacts"
    page_title = menu_label = _("Use of artifacts")
    default_ordering = "-views"
    columns: ClassVar[list[Column]] = [
        TitleColumn("title", label=_("Artifact"), get_url=_use_url, sort_key="title"),
        Column("kind_label", label=_("Kind"), sort_key="kind_label"),
        Column("views", label=_("Views"), sort_key="views"),
        Column("downloads", label=_("Downloads"), sort_key="downloads"),
        Column("runs", label=_("Runs"), sort_key="runs"),
        Column("succeeded", label=_("With success"), sort_key="succeeded"),
        Column("helpful_rate", label=_("Helpful"), accessor=_rate, sort_key="helpful_rate"),
    ]
    list_export: ClassVar[list[str]] = [
        *("title", "kind_label", "views", "downloads", "pdf", "docx", "md", "json"),
        *("runs", "succeeded", "helpful", "not_helpful", "helpful_rate"),
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        **{column.name: column.label for column in columns},
        **{what.value: what.label for what in Usage.What if what != Usage.What.VIEW},
        "helpful": _("Said: helpful"),
        "not_helpful": _("Said: not helpful"),
        "helpful_rate": _("Helpful, per cent"),
    }

    def get_filtered_queryset(self) -> list[UsedArtifact]:
        """The same title keeps its place among equals."""
        name = self.ordering.removeprefix("-")
        return sorted(
            self.used, key=lambda row: _sortable(getattr(row, name)), reverse=self.ordering != name
        )


def _sortable(value: Any) -> Any:
    if value is None:
        return -1
    return value.casefold() if isinstance(value, str) else value


class AdoptionReport(_OfPeriod):
    slug = "adoption"
    page_title = menu_label = _("Adoption")
    template_name = "measures/adoption.html"
    results_template_name = "measures/adoption_results.html"
    columns: ClassVar[list[Column]] = []
    paginate_by = None
    list_export: ClassVar[list[str]] = [
        *("group", "name", "artifacts", "used", "views", "downloads", "runs", "succeeded"),
        *("helpful", "not_helpful", "verified"),
    ]
    export_headings: ClassVar[dict[str, Any]] = {"group": _("By"), "verified": _("Verified")}

    def get_filtered_queryset(self) -> list[Any]:
        if not self.is_export:
            return self.used
        parts = ((_("Section"), self.sections), (_("Kind"), self.kinds))
        return [_Exported(str(group), one) for group, rows in parts for one in rows]

    @cached_property
    def sections(self) -> list[adoption.Adoption]:
        return adoption.by_section(self.used)

    @cached_property
    def kinds(self) -> list[adoption.Adoption]:
        return adoption.by_kind(self.used)

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        if self.is_export:
            return context
        tables = [(_("By section"), self.sections), (_("By kind"), self.kinds)]
        return {**context, "tables": tables}


class _Exported:
    """A row of the export: what stands on the row, and its figures."""

    def __init__(self, group: str, row: adoption.Adoption) -> None:
        self.group, self.row = group, row

    def __getattr__(self, name: str) -> Any:
        holder = self.row if hasattr(self.row, name) else self.row.figures
        return getattr(holder, name)


REPORTS: tuple[type[QualityReport], ...] = (UsageReport, AdoptionReport)
