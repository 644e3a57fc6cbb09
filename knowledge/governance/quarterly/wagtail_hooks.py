"""The governance report in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from knowledge.governance.kpis.permissions import may_read
from knowledge.governance.quarterly import views


@hooks.register("register_admin_urls")
def add_admin_urls() -> list[URLPattern]:
    return [
        path("reports/governance/", views.GovernanceReport.as_view(), name="governance_report"),
        path("reports/governance/csv/", views.as_csv, name="governance_report_csv"),
    ]


@hooks.register("construct_reports_menu")
def add_report(request: HttpRequest, menu_items: list[Any]) -> None:
    if may_read(request.user):
        item = MenuItem(
            _("Governance report"),
            reverse("governance_report"),
            name="governance-report",
            icon_name="doc-full",
        )
        menu_items.append(item)
