"""The figures of one artifact, for those who look after it."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from knowledge.catalog.models import Artifact
from knowledge.governance.charts import Series, line_chart
from knowledge.governance.measures.models import Usage
from knowledge.governance.measures.selectors import usage
from knowledge.governance.measures.selectors.usage import Figures, Period

PERIODS = {30: _("30 days"), 90: _("90 days"), 365: _("A year")}


class ArtifactUsage(WagtailAdminTemplateMixin, TemplateView):
    page_title = _("Figures of use")
    header_icon = "view"
    template_name = "measures/of_artifact.html"

    @cached_property
    def page(self) -> Artifact:
        page = get_object_or_404(Artifact, pk=self.kwargs["page_id"])
        rights = page.permissions_for_user(self.request.user)
        if not (rights.can_edit() or rights.can_publish()):
            raise PermissionDenied
        return page

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {
                "url": reverse("wagtailadmin_pages:edit", args=[self.page.pk]),
                "label": self.page.get_admin_display_title(),
            },
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = self.request.GET.get("days", "")
        days = int(asked) if asked in map(str, PERIODS) else usage.USUAL_DAYS
        period = Period.until(timezone.localdate(), days)
        figures = usage.figures_of(period, [self.page.pk]).get(self.page.pk) or Figures()
        views = usage.views_by_day(self.page, period)
        return {
            **super().get_context_data(**kwargs),
            "page": self.page,
            "days": days,
            "periods": PERIODS,
            "figures": figures,
            "formats": [
                (what.label, figures.by_format.get(what, 0))
                for what in Usage.What
                if what != Usage.What.VIEW
            ],
            "chart": line_chart(
                gettext("Views a day"), [Series(gettext("Views"), "", views)], key="views"
            ),
        }
