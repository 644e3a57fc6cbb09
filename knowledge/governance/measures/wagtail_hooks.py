"""Figures of use in the admin: two reports, and a page of figures for each artifact."""

from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import widgets as wagtailadmin_widgets

from knowledge.catalog.models import Artifact
from knowledge.governance.admin import reports
from knowledge.governance.measures.admin import views
from knowledge.governance.measures.admin.reports import REPORTS
from knowledge.governance.measures.selectors.usage import views_since


@hooks.register("register_admin_urls")
def add_admin_urls() -> list[URLPattern]:
    return [
        path("artifacts/<int:page_id>/use/", views.ArtifactUsage.as_view(), name="artifact_usage"),
        *reports.urls(REPORTS),
    ]


@hooks.register("construct_reports_menu")
def add_reports(request: HttpRequest, menu_items: list) -> None:
    menu_items += [item for item in reports.menu_items(REPORTS) if item.is_shown(request)]


hooks.register("count_artifact_views", views_since)


@hooks.register("register_page_header_buttons")
def add_header_button(page: Any, user: Any, view_name: str, next_url: str | None = None):  # type: ignore[no-untyped-def]
    if not issubclass(page.specific_class or type(page), Artifact):
        return
    rights = page.permissions_for_user(user)
    if rights.can_edit() or rights.can_publish():
        yield wagtailadmin_widgets.Button(
            _("Figures of use"),
            reverse("artifact_usage", args=[page.pk]),
            icon_name="view",
            priority=70,
        )
