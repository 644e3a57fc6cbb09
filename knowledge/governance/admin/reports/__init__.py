"""Reports of the admin: a view and one line in ``REPORTS`` each; other apps pass their own."""

from collections.abc import Iterable

from django.urls import URLPattern, path, reverse
from wagtail.admin.menu import MenuItem
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.governance.admin.reports.views import QualityReport, QuestionsReport

REPORTS: tuple[type[QualityReport], ...] = (QuestionsReport,)
FIRST_IN_MENU = 100


class ReportMenuItem(MenuItem):
    """Shown to those who may read the report; the view asks again."""

    def __init__(self, report: type[QualityReport], order: int) -> None:
        self.permissions = report.any_permission_required
        super().__init__(
            report.menu_label,
            reverse(report.url_name()),
            name=report.slug,
            icon_name=report.header_icon,
            order=order,
        )

    def is_shown(self, request):  # type: ignore[no-untyped-def]
        return policy_registry.get_by_type(Page).user_has_any_permission(
            request.user, self.permissions
        )


def menu_items(
    reports: Iterable[type[QualityReport]] = REPORTS, first: int = FIRST_IN_MENU
) -> list[ReportMenuItem]:
    return [ReportMenuItem(report, first + place) for place, report in enumerate(reports)]


def urls(reports: Iterable[type[QualityReport]] = REPORTS) -> list[URLPattern]:
    """Each report, and its results alone, which the admin asks for while filtering."""
    return [
        path(
            f"reports/{report.slug}/{'results/' if results else ''}",
            report.as_view(results_only=results),
            name=report.url_name(results=results),
        )
        for report in reports
        for results in (False, True)
    ]
