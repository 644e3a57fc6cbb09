"""Two reports: what people search for, and what to write next. For those who may publish.

Whoever may only add or change own pages is not asked what the library lacks, and is not told what
others look for.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar
from urllib.parse import urlencode

from django.db.models import QuerySet
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies.pages import PagePermissionPolicy
from wagtail.permissions import policy_registry

from knowledge.catalog.models import CategoryPage
from knowledge.catalog.permissions import access_of
from search.insight.admin import filters, prefilling
from search.insight.models import LoggedSearch
from search.insight.selectors import queries, suggestions
from search.insight.selectors.suggestions import Suggestion

# Who publishes also unlocks or not; auditors unlock and publish nothing (governance/roles.py).
MAY_READ = ["publish", "unlock"]
# A spreadsheet would run a cell that starts with one of these.
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def _as_text(value: Any) -> Any:
    """A cell that no spreadsheet takes for a formula; times in the site's zone."""
    if value is None:
        return ""
    if isinstance(value, datetime):
        return timezone.localtime(value).strftime("%Y-%m-%d %H:%M")
    return f"'{value}" if str(value).startswith(_FORMULA_STARTS) else value


class InsightReport(ReportView):
    """What both share: who may read it, its addresses, cells that are safe to export."""

    slug: ClassVar[str]
    menu_label: ClassVar[Any]
    any_permission_required: ClassVar[list[str]] = MAY_READ
    is_searchable = False
    template_name = "insight/report.html"
    results_template_name = "insight/report_results.html"

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.custom_field_preprocess = {
            name: {self.FORMAT_CSV: _as_text, self.FORMAT_XLSX: _as_text}
            for name in self.list_export
        }

    @cached_property
    def permission_policy(self) -> PagePermissionPolicy:
        return policy_registry.get_by_type(Page)

    @property
    def index_url_name(self) -> str:
        return self.url_name()

    @property
    def index_results_url_name(self) -> str:
        return self.url_name(results=True)

    @classmethod
    def url_name(cls, *, results: bool = False) -> str:
        return f"report_{cls.slug.replace('-', '_')}{'_results' if results else ''}"

    def get_filename(self) -> str:
        return self.slug

    @cached_property
    def searches(self) -> QuerySet[LoggedSearch]:
        """Those of the period that the person may know of."""
        return self.filter_queryset(queries.known_to(access_of(self.request)))


def _search_url(row: Mapping[str, Any]) -> str:
    return f"{reverse('search:results')}?{urlencode({'q': row['text']})}"


def _first_click(row: Mapping[str, Any]) -> str:
    place = row["first_click"]
    return "" if place is None else f"{place:.1f}".removesuffix(".0")


class SearchesReport(InsightReport):
    slug = "searches"
    page_title = menu_label = _("Searches")
    header_icon = "search"
    filterset_class = filters.SearchFilterSet
    default_ordering = "-searches"
    columns: ClassVar[list[Column]] = [
        TitleColumn("text", label=_("Words"), get_url=_search_url, sort_key="text"),
        Column("searches", label=_("Searches"), sort_key="searches"),
        Column("found", label=_("Results"), sort_key="found"),
        Column("nothing", label=_("No result"), sort_key="nothing"),
        Column("no_click", label=_("No click"), sort_key="no_click"),
        Column("refined", label=_("Refined"), sort_key="refined"),
        Column("reworded", label=_("Reworded"), sort_key="reworded"),
        Column(
            "first_click", label=_("First click at"), accessor=_first_click, sort_key="first_click"
        ),
        Column("slowest_ms", label=_("Slowest, ms"), sort_key="slowest_ms"),
        Column("degraded", label=_("By stand-in"), sort_key="degraded"),
    ]
    list_export: ClassVar[list[str]] = [
        *("text", "searches", "found", "nothing", "no_click", "refined", "reworded"),
        *("first_click", "slowest_ms", "degraded", "last"),
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        **{column.name: column.label for column in columns},
        "last": _("Last asked"),
    }
    no_results_message = _("No search is known for this period and these filters.")

    def get_filtered_queryset(self) -> queries.Rows:
        rows = queries.by_words(self.searches)
        shown = self.filters.chosen("show")
        if shown:
            rows = queries.with_any(rows, shown)
        return rows.order_by(self.ordering, "text")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        return context if self.is_export else {**context, "figures": self._figures()}

    def _figures(self) -> list[dict[str, Any]]:
        """The shares over all searches of the period, whatever part of them is shown."""
        totals = queries.totals(self.searches)
        number = totals["searches"]
        figures = [{"label": _("Searches"), "value": number}]
        for name, label in filters.SHOWN.items():
            share = f"{100 * totals[name] / number:.0f} %" if number else "–"
            figures.append({"label": label, "value": share, "of": totals[name]})
        return figures


class SuggestionsReport(InsightReport):
    slug = "what-to-write-next"
    page_title = menu_label = _("What to write next")
    header_icon = "edit"
    filterset_class = filters.SuggestionFilterSet
    list_export: ClassVar[list[str]] = [
        *("title", "source_label", "kind_label", "place", "reasons", "score"),
    ]
    export_headings: ClassVar[dict[str, Any]] = {
        "title": _("What to write"),
        "source_label": _("Reason"),
        "kind_label": _("Kind"),
        "place": _("Where"),
        "reasons": _("Why"),
        "score": _("Score"),
    }
    no_results_message = _(
        "Nothing to suggest: every search of this period was answered, and no place lies empty"
        " beside others."
    )

    @property
    def columns(self) -> list[Column]:
        return [
            DraftColumn("title", label=_("What to write"), get_url=self.draft_url),
            Column("kind_label", label=_("Kind")),
            Column("place", label=_("Where")),
            Column("reasons", label=_("Why")),
            Column("score", label=_("Score")),
        ]

    def get_filtered_queryset(self) -> list[Suggestion]:
        found = suggestions.ordered(self.searches, access_of(self.request))
        source, kind = self.filters.chosen("source"), self.filters.chosen("kind")
        return [
            one
            for one in found
            if (not source or one.source == source) and (not kind or one.kind == kind)
        ]

    def draft_url(self, suggestion: Suggestion) -> str:
        """Empty for those who may not write in that category."""
        if suggestion.category.id not in self._open_categories:
            return ""
        return prefilling.url_of(
            kind=suggestion.kind,
            category_id=suggestion.category.id,
            title=suggestion.title,
            industry=suggestion.industry,
            maturity=suggestion.maturity,
        )

    @cached_property
    def _open_categories(self) -> set[int]:
        pages = self.permission_policy.instances_user_has_permission_for(self.request.user, "add")
        ids = pages.order_by().values("pk")
        return set(CategoryPage.objects.filter(pk__in=ids).values_list("pk", flat=True))


class DraftColumn(TitleColumn):
    """The title and the one click to the form, for those who have a right to it."""

    cell_template_name = "insight/draft_cell.html"


REPORTS: tuple[type[InsightReport], ...] = (SearchesReport, SuggestionsReport)
FIRST_IN_MENU = 90


class ReportMenuItem(MenuItem):
    """Shown to those who may read it; the view asks again."""

    def is_shown(self, request: Any) -> bool:
        return policy_registry.get_by_type(Page).user_has_any_permission(request.user, MAY_READ)


def menu_items() -> list[ReportMenuItem]:
    return [
        ReportMenuItem(
            report.menu_label,
            reverse(report.url_name()),
            name=report.slug,
            icon_name=report.header_icon,
            order=FIRST_IN_MENU + place,
        )
        for place, report in enumerate(REPORTS)
    ]


def urls() -> list[URLPattern]:
    """Each report, and its results alone, which the admin asks for while filtering."""
    return [
        path(
            f"reports/{report.slug}/{'results/' if results else ''}",
            report.as_view(results_only=results),
            name=report.url_name(results=results),
        )
        for report in REPORTS
        for results in (False, True)
    ]
