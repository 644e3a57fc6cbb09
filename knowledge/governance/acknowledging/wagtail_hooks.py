"""The question on the page of an artifact, and the demands in the admin."""

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, PageChooserPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.chooser import SnippetChooserViewSet
from wagtail.snippets.views.snippets import SnippetViewSet

from knowledge.catalog.models import Artifact, CategoryPage, SectionPage
from knowledge.governance.acknowledging import demands, permissions, selectors
from knowledge.governance.acknowledging.models import Demand
from knowledge.governance.acknowledging.work import section
from knowledge.practice.work.sections import Section


@hooks.register("artifact_for_person")
def ask_to_confirm(page: Artifact, request: HttpRequest) -> dict[str, str]:
    """Nothing is asked, and nothing looked up, where no section demands it."""
    person = getattr(request, "user", None)
    if person is None or not person.is_authenticated or demands.over(page.path) is None:
        return {}
    asked = selectors.is_asked(person, page)
    context = {
        "page": page,
        "is_asked": asked,
        "confirmed": selectors.confirmed(person, page) if asked else None,
        "oversees": permissions.oversees(person, page),
    }
    return {"head": render_to_string("acknowledging/banner.html", context, request)}


@hooks.register("work_sections")
def add_to_work() -> list[Section]:
    return [section()]


class _NoChooser(SnippetChooserViewSet):
    """Nothing chooses one of these, and Wagtail's choosers ask for no right: they would name the sections."""

    def get_urlpatterns(self) -> list:
        return []


class DemandViewSet(SnippetViewSet):
    model = Demand
    chooser_viewset_class = _NoChooser
    icon = "check"
    menu_label = _("Confirmations of reading")
    add_to_settings_menu = True
    list_display = ["section"]
    panels = [
        PageChooserPanel("section", [CategoryPage, SectionPage]),
        FieldPanel("groups"),
    ]


register_snippet(DemandViewSet)
