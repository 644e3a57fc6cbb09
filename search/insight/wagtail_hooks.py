"""The search log in the admin: its reports, and forms that are filled in beforehand."""

from datetime import datetime

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from knowledge.catalog.permissions import Access
from knowledge.governance.kpis.services.figures import Figure
from search.insight.admin import prefilling, reports
from search.insight.admin.coverage import CoverageMap
from search.insight.admin.wishes import WishViewSet
from search.insight.selectors import gaps
from search.insight.selectors.answered import answered_share

register_snippet(WishViewSet)


@hooks.register("register_admin_urls")
def add_reports_urls() -> list[URLPattern]:
    return [
        *reports.urls(),
        path("reports/coverage-map/", CoverageMap.as_view(), name="report_coverage_map"),
    ]


@hooks.register("construct_reports_menu")
def add_reports(request: HttpRequest, menu_items: list) -> None:
    items = [
        *reports.menu_items(),
        reports.ReportMenuItem(
            CoverageMap.page_title,
            reverse("report_coverage_map"),
            name="coverage-map",
            icon_name=CoverageMap.header_icon,
            order=reports.FIRST_IN_MENU + len(reports.REPORTS),
        ),
    ]
    menu_items += [item for item in items if item.is_shown(request)]


hooks.register("before_create_page", prefilling.remember)


@hooks.register("portal_figures")
def add_figures() -> list[Figure]:
    return [Figure("searches-answered", _("Share of searches with a result"), answered_share)]


@hooks.register("quarter_gaps")
def add_gaps(access: Access, start: datetime, end: datetime) -> list[tuple[str, str]]:
    return gaps.figures(access, start, end)
