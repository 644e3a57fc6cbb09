"""Synonyms and best bets as snippets. What is saved here is in force with the next search."""

from typing import Any

from django.db.models.signals import post_delete, post_save
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from knowledge.catalog.services import freshness
from search.admin.bets import BestBetViewSet
from search.models import BestBet, SynonymSet


class SynonymSetViewSet(SnippetViewSet):
    model = SynonymSet
    icon = "openquote"
    list_display = ["__str__", "typed", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["expressions", "typed"]
    list_export = ["expressions", "typed", "is_active"]
    panels = [
        FieldPanel("expressions"),
        FieldPanel("typed"),
        FieldPanel("is_active"),
        HelpPanel(template="search/admin/try_link.html"),
    ]


class WordsGroup(SnippetViewSetGroup):
    menu_label = _("Search words")
    menu_icon = "search"
    menu_order = 240
    items = (SynonymSetViewSet, BestBetViewSet)


def connect() -> None:
    """Called once when the app is ready: what was kept of the old words is out of date."""
    for model in (SynonymSet, BestBet):
        name = model._meta.model_name
        post_save.connect(_changed, sender=model, dispatch_uid=f"search.words_saved.{name}")
        post_delete.connect(_changed, sender=model, dispatch_uid=f"search.words_deleted.{name}")


def _changed(**_: Any) -> None:
    freshness.bump()
