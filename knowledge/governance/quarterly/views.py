"""The report in the admin, for those who may read indicators."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from knowledge.catalog.permissions import access_of
from knowledge.governance.kpis.permissions import may_read
from knowledge.governance.quarterly import files, report
from knowledge.governance.quarterly.quarters import Quarter
from knowledge.governance.quarterly.report import Report

OFFERED = 8
A_PAGE = 100


def asked_for(request: HttpRequest) -> Report:
    """The report of the quarter that the address names; of this one without a name.

    Raises:
        PermissionDenied: the person may not read it.
    """
    if not may_read(request.user):
        raise PermissionDenied
    today = timezone.localdate()
    quarter = Quarter.named(request.GET.get("quarter", "")) or Quarter.of(today)
    return report.of_quarter(quarter, access_of(request), today=today)


class GovernanceReport(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("Governance report")
    header_icon = "doc-full"
    template_name = "quarterly/report.html"

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        made = asked_for(self.request)
        quarters = [Quarter.of(made.made_on)]
        while len(quarters) < OFFERED:
            quarters.append(quarters[-1].before)
        return {
            **super().get_context_data(**kwargs),
            "report": made,
            "reviews": Paginator(made.reviews, A_PAGE).get_page(self.request.GET.get("p")),
            "quarters": quarters,
            "headings": files.headings(),
        }


@require_safe
def as_csv(request: HttpRequest) -> HttpResponse:
    made = asked_for(request)
    response = HttpResponse(files.as_csv(made), content_type="text/csv; charset=utf-8")
    name = f"governance-{made.quarter.name}.csv"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
