"""Vocabularies in the admin (docs/adr/0003).

Industries, tools and tags are snippets: the admin shows where each is used and offers them in
choosers. Audiences and regions are short closed lists that are sorted, filtered and exported:
wagtail-modeladmin gives that with less.
"""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup, modeladmin_register

from knowledge.catalog.models import Audience, Industry, Region, Tag, Tool


class TermViewSet(SnippetViewSet):
    list_display = ["name", "slug", "position"]
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


class TagViewSet(SnippetViewSet):
    model = Tag
    icon = "tag"
    list_display = ["name", "slug", "merged_into"]
    search_fields = ["name"]
    panels = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("description")]


class TaxonomyGroup(SnippetViewSetGroup):
    menu_label = _("Taxonomy")
    menu_icon = "list-ul"
    menu_order = 220
    items = (IndustryViewSet, ToolViewSet, TagViewSet)


register_snippet(TaxonomyGroup)


class TermAdmin(ModelAdmin):
    list_display = ("name", "slug", "position")
    search_fields = ("name",)
    list_export = ("name", "slug", "description", "position")
    inspect_view_enabled = True
    panels = ["name", "slug", "description", "position"]


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
