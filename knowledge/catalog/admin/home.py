"""Panels of the admin's first page."""

from typing import Any

from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import LockedPagesPanel, RecentEditsPanel

from knowledge.catalog.rights import is_hidden, outside
from knowledge.catalog.selectors import desk


class MyArtifactsPanel(Component):
    """On the dashboard: what I own, the next due first."""

    # After what waits for a decision of this person (220), before what was edited last (250).
    order = 230

    def __init__(self, user: Any) -> None:
        self.user = user

    def render_html(self, parent_context: Any = None) -> SafeString:
        return render_to_string(
            "catalog/admin/my_artifacts.html",
            {"owned": desk.owned_by(self.user), "incomplete": desk.incomplete_drafts(self.user)},
        )


class _OpenEdits(RecentEditsPanel):
    """Without what was closed to the person since."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        edits = [(at, page) for at, page in context["last_edits"] if not is_hidden(page, user)]
        return {**context, "last_edits": edits}


class _OpenLocks(LockedPagesPanel):
    """Without what was closed to the person since."""

    def get_context_data(self, parent_context: Any) -> Any:
        context = super().get_context_data(parent_context)
        user = parent_context["request"].user
        return {**context, "locked_pages": outside(context["locked_pages"], user)}


def arrange(panels: list[Any], user: Any) -> None:
    """Put the panels of the catalog among Wagtail's, in place."""
    own = {RecentEditsPanel: _OpenEdits(), LockedPagesPanel: _OpenLocks()}
    panels[:] = [own.get(type(one), one) for one in panels]
    panels.append(MyArtifactsPanel(user))
