"""The audit in the admin, for those who may read it."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.governance.audit.admin.views import AuditReport, may_read


@hooks.register("register_admin_urls")
def add_admin_urls() -> list[URLPattern]:
    return [
        path("reports/audit/", AuditReport.as_view(), name="report_audit"),
        path(
            "reports/audit/results/",
            AuditReport.as_view(results_only=True),
            name="report_audit_results",
        ),
    ]


@hooks.register("construct_reports_menu")
def add_report(request: HttpRequest, menu_items: list[Any]) -> None:
    if may_read(request.user):
        menu_items.append(
            MenuItem(_("Audit"), reverse("report_audit"), name="audit", icon_name="history")
        )
