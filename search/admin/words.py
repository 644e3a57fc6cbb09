"""Synonyms and best bets as snippets. What is saved here is in force with the next search."""

from typing import Any

from django.db.models import QuerySet
from django.db.models.signals import post_delete, post_save
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, PageChooserPanel
from wagtail.models import Page
from wagtail.snippets.views.snippets import SnippetViewSet, SnippetViewSetGroup

from knowledge.catalog.rights import outside
from knowledge.catalog.services import freshness
from search.models import BestBet, SynonymSet

TRY = HelpPanel(template="search/admin/try_link.html")


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
        TRY,
    ]


class BestBetViewSet(SnippetViewSet):
    model = BestBet
    icon = "pick"
    list_display = ["__str__", "artifact", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["words"]
    panels = [
        FieldPanel("words"),
        PageChooserPanel("artifact", "catalog.Artifact"),
        FieldPanel("is_active"),
        TRY,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[BestBet]:
        open_to = outside(Page.objects.order_by(), request.user)
        return BestBet.objects.filter(artifact__in=open_to.values("pk"))


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
