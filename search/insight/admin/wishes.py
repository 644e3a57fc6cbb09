"""The wishes of readers in the admin: read, and ended when they are written or declined."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.snippets.views.snippets import SnippetViewSet

from search.insight.models import Wish


class WishViewSet(SnippetViewSet):
    model = Wish
    icon = "help"
    menu_label = _("Wishes of readers")
    add_to_admin_menu = False
    list_display = ["text", "details", "made_at", "is_done"]
    list_filter = ["is_done"]
    search_fields = ["text", "details"]
    list_export = ["text", "details", "made_at", "is_done"]
    ordering = ["is_done", "-made_at"]
    panels = [
        FieldPanel("text", read_only=True),
        FieldPanel("details", read_only=True),
        FieldPanel("made_at", read_only=True),
        FieldPanel("is_done"),
    ]

    def register_chooser_viewset(self) -> None:
        """None: nothing refers to a wish, and a chooser would list it to everybody in the admin."""
