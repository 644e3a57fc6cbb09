"""Indicators in the admin."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from knowledge.governance.kpis.admin.definitions import KpiViewSet
from knowledge.governance.kpis.admin.uploads import Upload
from knowledge.governance.kpis.permissions import may_feed, may_read

register_snippet(KpiViewSet)


@hooks.register("register_admin_urls")
def add_admin_urls() -> list[URLPattern]:
    return [path("indicators/values/", Upload.as_view(), name="kpi_upload")]


@hooks.register("construct_reports_menu")
def add_to_reports(request: HttpRequest, menu_items: list[Any]) -> None:
    if may_read(request.user):
        menu_items.append(
            MenuItem(_("Indicators"), reverse("kpis:list"), name="measures", icon_name="order")
        )
    if may_feed(request.user):
        menu_items.append(
            MenuItem(
                _("Values of indicators"),
                reverse("kpi_upload"),
                name="indicator-values",
                icon_name="upload",
            )
        )
