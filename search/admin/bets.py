"""Best bets in the admin. One for a closed artifact does not exist for whom that is closed to."""

from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from wagtail.admin.panels import FieldPanel, HelpPanel, PageChooserPanel
from wagtail.models import Page
from wagtail.snippets.views import snippets

from knowledge.catalog.rights import outside
from search.models import BestBet


def _open_to(user: Any) -> QuerySet[BestBet]:
    return BestBet.objects.filter(artifact__in=outside(Page.objects.order_by(), user).values("pk"))


class _OfAnOpenArtifact:
    """Wagtail's views of one snippet ask for no right to this very one."""

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        get_object_or_404(_open_to(request.user), pk=kwargs["pk"])
        super().setup(request, *args, **kwargs)  # type: ignore[misc]  # it stands before a view


class _EditView(_OfAnOpenArtifact, snippets.EditView):
    pass


class _CopyView(_OfAnOpenArtifact, snippets.CopyView):
    pass


class _DeleteView(_OfAnOpenArtifact, snippets.DeleteView):
    pass


class _UsageView(_OfAnOpenArtifact, snippets.UsageView):
    pass


class _HistoryView(_OfAnOpenArtifact, snippets.HistoryView):
    pass


class BestBetViewSet(snippets.SnippetViewSet):
    model = BestBet
    icon = "pick"
    list_display = ["__str__", "artifact", "is_active"]
    list_filter = ["is_active"]
    search_fields = ["words"]
    panels = [
        FieldPanel("words"),
        PageChooserPanel("artifact", "catalog.Artifact"),
        FieldPanel("is_active"),
        HelpPanel(template="search/admin/try_link.html"),
    ]
    edit_view_class = _EditView
    copy_view_class = _CopyView
    delete_view_class = _DeleteView
    usage_view_class = _UsageView
    history_view_class = _HistoryView

    def get_queryset(self, request: HttpRequest) -> QuerySet[BestBet]:
        return _open_to(request.user)

    def register_chooser_viewset(self) -> None:
        """None: nothing refers to a bet, and a chooser would list it to everybody in the admin."""
