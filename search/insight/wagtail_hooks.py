"""The search log in the admin: its reports, and forms that are filled in beforehand."""

from django.http import HttpRequest
from django.urls import URLPattern
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.snippets.models import register_snippet

from knowledge.governance.kpis.services.figures import Figure
from search.insight.admin import prefilling, reports
from search.insight.admin.wishes import WishViewSet
from search.insight.selectors.answered import answered_share

register_snippet(WishViewSet)


@hooks.register("register_admin_urls")
def add_reports_urls() -> list[URLPattern]:
    return reports.urls()


@hooks.register("construct_reports_menu")
def add_reports(request: HttpRequest, menu_items: list) -> None:
    menu_items += [item for item in reports.menu_items() if item.is_shown(request)]


hooks.register("before_create_page", prefilling.remember)


@hooks.register("portal_figures")
def add_figures() -> list[Figure]:
    return [Figure("searches-answered", _("Share of searches with a result"), answered_share)]
