"""The report of the audit, for those who may read all of it."""

from typing import Any, ClassVar

import django_filters
from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import DateRangePickerWidget, WagtailFilterSet
from wagtail.admin.ui.tables import BaseColumn, Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.models import Page
from wagtail.permission_policies.base import BlanketPermissionPolicy

from knowledge.catalog.models import CategoryPage, SectionPage
from knowledge.governance.audit import selectors
from knowledge.governance.audit.admin import exports
from knowledge.governance.audit.models import AuditEntry

MAY_READ = "governance.view_audit"


def _sections(_request: Any) -> Any:
    return Page.objects.type(CategoryPage, SectionPage).order_by("path")


class AuditFilterSet(WagtailFilterSet):
    at = django_filters.DateFromToRangeFilter(label=_("Period"), widget=DateRangePickerWidget)
    actor_name = django_filters.CharFilter(label=_("Who"), lookup_expr="icontains", max_length=100)
    action = django_filters.MultipleChoiceFilter(label=_("What"), choices=selectors.action_choices)
    source = django_filters.ChoiceFilter(
        label=_("Area"), choices=AuditEntry.Source.choices, empty_label=_("All")
    )
    object_label = django_filters.CharFilter(
        label=_("Object"), lookup_expr="icontains", max_length=100
    )
    section = django_filters.ModelChoiceFilter(
        label=_("Section"), queryset=_sections, method="below", empty_label=_("All")
    )

    class Meta:
        model = AuditEntry
        fields = ["at", "actor_name", "action", "source", "object_label", "section"]

    def below(self, entries: Any, _name: str, value: Page) -> Any:
        return entries.filter(path__startswith=value.path)


class DetailsColumn(BaseColumn):
    """Before and after of each field, and what else is known."""

    cell_template_name = "audit/details_cell.html"


class _Policy(BlanketPermissionPolicy):
    """One right for all of it."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return may_read(user)

    def user_has_any_permission(self, user: Any, actions: Any) -> bool:
        return may_read(user)


def may_read(user: Any) -> bool:
    return bool(user.is_active and user.has_perm(MAY_READ))


class AuditReport(ReportView):
    page_title = _("Audit")
    header_icon = "history"
    model = AuditEntry
    permission_policy = _Policy(AuditEntry)
    any_permission_required: ClassVar[list[str]] = ["view"]
    filterset_class = AuditFilterSet
    index_url_name = "report_audit"
    index_results_url_name = "report_audit_results"
    template_name = "audit/report.html"
    results_template_name = "audit/results.html"
    is_searchable = False
    default_ordering = ("-at", "-pk")
    FORMATS = ("csv", "json")
    no_results_message = _("Nothing was done that these filters leave.")
    columns: ClassVar[list[BaseColumn]] = [
        DateColumn("at", label=_("When")),
        Column("actor_name", label=_("Who"), accessor=lambda one: one.actor_name or _("system")),
        Column("action", label=_("What"), accessor=lambda one: selectors.in_words(one.action)),
        Column("object_label", label=_("Object")),
        Column(
            "object_type",
            label=_("Type"),
            accessor=lambda one: selectors.type_in_words(one.object_type),
        ),
        Column("version", label=_("Version")),
        DetailsColumn("details", label=_("Before and after")),
        Column("address", label=_("From")),
    ]

    def get_ordering(self) -> Any:
        return self.default_ordering

    def get_queryset(self) -> Any:
        return AuditEntry.objects.order_by(*self.default_ordering)

    def decorate_paginated_queryset(self, object_list: Any) -> Any:
        return object_list

    def get_table(self, object_list: Any) -> Any:
        return super().get_table(selectors.with_versions(list(object_list)))

    @cached_property
    def show_export_buttons(self) -> bool:
        return False

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponseBase:
        asked = request.GET.get("export")
        if asked not in self.FORMATS:
            return super().get(request, *args, **kwargs)
        rows = selectors.streamed(self.get_filtered_queryset())
        write, media_type = {
            "csv": (exports.as_csv, "text/csv; charset=utf-8"),
            "json": (exports.as_json, "application/json"),
        }[asked]
        response = StreamingHttpResponse(write(rows), content_type=media_type)
        response["Content-Disposition"] = f'attachment; filename="audit.{asked}"'
        response["Cache-Control"] = "private, no-store"
        return response

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.copy()
        addresses = {}
        for form in self.FORMATS:
            asked["export"] = form
            addresses[form.upper()] = f"{self.index_url}?{asked.urlencode()}"
        return {**super().get_context_data(*args, **kwargs), "exports": addresses}
