"""The coverage map in the admin: any two of the four axes, narrowed by the others."""

import csv
from typing import Any
from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.models import Page
from wagtail.permissions import policy_registry

from knowledge.catalog.models import CategoryPage
from knowledge.catalog.permissions import access_of
from knowledge.catalog.selectors.categories import categories
from knowledge.governance.tables import as_text
from search.insight.admin import prefilling
from search.insight.admin.reports import MAY_READ
from search.insight.selectors import heat
from search.insight.selectors.heat import AXES, EVERYWHERE, Map, Spot

DOWN, ACROSS = "category", "kind"


class CoverageMap(WagtailAdminTemplateMixin, TemplateView):
    page_title = gettext_lazy("Coverage map")
    header_icon = "table"
    template_name = "insight/coverage.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        if not policy_registry.get_by_type(Page).user_has_any_permission(request.user, MAY_READ):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get("export") == "csv":
            return _as_csv(self.map)
        return super().get(request, *args, **kwargs)

    @cached_property
    def axes(self) -> tuple[str, str]:
        """As the address says; a map of one axis against itself is none."""
        asked = self.request.GET
        down, across = asked.get("down", DOWN), asked.get("across", ACROSS)
        if down not in AXES:
            down = DOWN
        if across not in AXES or across == down:
            across = next(axis for axis in (ACROSS, DOWN) if axis != down)
        return down, across

    @cached_property
    def only(self) -> dict[str, str]:
        """What it is narrowed to; a value that does not exist narrows nothing."""
        access = access_of(self.request)
        asked = {axis: self.request.GET.get(axis, "") for axis in AXES if axis not in self.axes}
        return {
            axis: value
            for axis, value in asked.items()
            if value and value in {str(one.key) for one in heat.choices(axis, access)}
        }

    @cached_property
    def map(self) -> Map:
        down, across = self.axes
        return heat.heat_map(access_of(self.request), down=down, across=across, only=self.only)

    def get_breadcrumbs_items(self) -> list[dict[str, Any]]:
        return [
            {"url": reverse("wagtailadmin_home"), "label": _("Home")},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        access = access_of(self.request)
        asked = {"down": self.axes[0], "across": self.axes[1], **self.only}
        return {
            **super().get_context_data(**kwargs),
            "map": self.map,
            "rows": [
                (row.value, row.total, [(spot, self._url(spot)) for spot in row.spots])
                for row in self.map.rows
            ],
            "axes": AXES,
            "down_label": AXES[self.axes[0]],
            "across_label": AXES[self.axes[1]],
            "narrowing": [
                (axis, label, heat.choices(axis, access), self.only.get(axis, ""))
                for axis, label in AXES.items()
                if axis not in self.axes
            ],
            "csv_url": f"?{urlencode({**asked, 'export': 'csv'})}",
        }

    def _url(self, spot: Spot) -> str:
        """What stands there, as a search; where nothing does, the form of a new page if one may."""
        at = {self.map.down: spot.down.key, self.map.across: spot.across.key}
        if EVERYWHERE in at.values():
            return ""
        if spot.is_empty:
            return self._draft_url({**self.only, **at})
        if not spot.number:
            return ""
        if "category" in at:
            at["category"] = self._slugs[at["category"]]
        return f"{reverse('search:results')}?{urlencode({**self.only, **at})}"

    def _draft_url(self, at: dict[str, Any]) -> str:
        kind, category = at.get("kind"), at.get("category", "")
        page = self._open_categories.get(category)
        if kind is None or page is None:
            return ""
        level = str(at.get("maturity", ""))
        return prefilling.url_of(
            kind=kind,
            category_id=page,
            title="",
            industry=at.get("industry", ""),
            maturity=int(level) if level.isdecimal() else None,
        )

    @cached_property
    def _slugs(self) -> dict[str, str]:
        return {one.path: one.slug for one in categories(access_of(self.request))}

    @cached_property
    def _open_categories(self) -> dict[str, int]:
        """Where the person may add a page: ids by tree path and by slug."""
        pages = policy_registry.get_by_type(Page).instances_user_has_permission_for(
            self.request.user, "add"
        )
        ids = pages.order_by().values("pk")
        rows = CategoryPage.objects.filter(pk__in=ids).values_list("path", "slug", "pk")
        return {key: pk for path, slug, pk in rows for key in (path, slug)}


def _as_csv(map_: Map) -> HttpResponse:
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="coverage.csv"'
    writer = csv.writer(response)
    names = [as_text(column.label) for column in map_.columns]
    writer.writerow([str(AXES[map_.down]), *names, _("All")])
    for row in map_.rows:
        writer.writerow([as_text(row.value.label), *(spot.number for spot in row.spots), row.total])
    writer.writerow([_("All"), *map_.totals, map_.artifacts])
    return response
