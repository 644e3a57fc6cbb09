"""Vocabularies in the admin (docs/adr/0003).

Industries, tools and tags are snippets: the admin shows where each is used and offers them in
choosers. Audiences and regions are short closed lists that are sorted, filtered and exported:
wagtail-modeladmin gives that with less.
"""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.admin.ui.tables import Column
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

from knowledge.catalog.admin.histories import GuardedHistoryView
from knowledge.catalog.models import Audience, Industry, Region, Tag, Tool
from knowledge.catalog.selectors.terms import with_uses


def care_url(term: Any) -> str:
    return reverse("taxonomy_care", args=[term._meta.model_name, term.pk])


def state(term: Any) -> str:
    """In the list, in words."""
    if term.merged_into_id:
        return _now("Leads to “%s”") % term.merged_into.name
    return _now("Retired") if term.retired else _now("In use")


class CareColumn(Column):
    """How many artifacts have it; a link to what can be done with it, for those who may."""

    cell_template_name = "catalog/admin/care_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> dict[str, Any]:
        context = super().get_cell_context_data(instance, parent_context)
        may = parent_context["request"].user.has_perm(f"catalog.delete_{instance._meta.model_name}")
        return {**context, "url": care_url(instance) if may else ""}


class _CaredFor(SnippetViewSet):
    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_uses(self.model.objects.select_related("merged_into"))


USED = CareColumn("used", label=_("Artifacts"), sort_key="used")
STATE = Column("state", label=_("State"), accessor=state)


class TermViewSet(_CaredFor):
    list_display = ["name", "slug", USED, STATE, "position"]
    search_fields = ["name"]
    ordering = ["position", "name"]
    panels = [
        FieldPanel("name"),
        FieldPanel("slug"),
        FieldPanel("description"),
        FieldPanel("position"),
    ]


class IndustryViewSet(TermViewSet):
    model = Industry
    icon = "site"


class ToolViewSet(TermViewSet):
    model = Tool
    icon = "cogs"
    panels = [*TermViewSet.panels, FieldPanel("url")]


class TagViewSet(_CaredFor):
    ordering = ["name"]
    model = Tag
    icon = "tag"
    list_display = ["name", "slug", USED, STATE]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]


class TaxonomyGroup(SnippetViewSetGroup):
    menu_label = _("Taxonomy")
    menu_icon = "list-ul"
    menu_order = 220
    items = (IndustryViewSet, ToolViewSet, TagViewSet)


register_snippet(TaxonomyGroup)


class TermAdmin(ModelAdmin):
    list_display = ("name", "slug", "used", "state", "position")
    search_fields = ("name",)
    list_export = ("name", "slug", "description", "position")
    inspect_view_enabled = True
    history_view_class = GuardedHistoryView
    panels = ["name", "slug", "description", "position"]

    def get_queryset(self, request: HttpRequest) -> QuerySet:
        return with_uses(super().get_queryset(request).select_related("merged_into"))

    def used(self, term: Any) -> str:
        # Who sees this list may do all of it: both are for administrators.
        return format_html(
            '{} · <a href="{}">{}</a>', term.used, care_url(term), _now("Look after")
        )

    used.short_description = _("artifacts")  # type: ignore[attr-defined]  # modeladmin's way

    def state(self, term: Any) -> str:
        return state(term)

    state.short_description = _("state")  # type: ignore[attr-defined]  # modeladmin's way


class AudienceAdmin(TermAdmin):
    model = Audience
    menu_icon = "group"


class RegionAdmin(TermAdmin):
    model = Region
    menu_icon = "globe"


@modeladmin_register
class ScopeGroup(ModelAdminGroup):
    menu_label = _("Audiences, regions")
    menu_icon = "group"
    menu_order = 230
    items = (AudienceAdmin, RegionAdmin)
