"""Rules of sections in the admin, among the settings."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.admin.viewsets.model import ModelViewSet

from knowledge.governance.reviewing.models import SectionRule


class SectionRuleViewSet(ModelViewSet):
    model = SectionRule
    icon = "tasks"
    menu_label = _("Rules of sections")
    menu_order = 810
    add_to_settings_menu = True
    list_display = ["page", "holder_user", "holder_group", "own_changes"]
    search_fields = ["page__title"]
    panels = [
        PageChooserPanel("page"),
        MultiFieldPanel(
            [FieldPanel("holder_user"), FieldPanel("holder_group")], heading=_("Owner")
        ),
        FieldPanel("own_changes"),
    ]


section_rules = SectionRuleViewSet("section_rules")
