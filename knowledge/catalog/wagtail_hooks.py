"""The catalogue in the admin."""

from typing import Any

from django.http import HttpRequest
from django.template.loader import render_to_string
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.ui.components import Component

from knowledge.catalog import checks  # noqa: F401 - registers the system checks
from knowledge.catalog.admin import vocabularies  # noqa: F401 - registers itself
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


@hooks.register("construct_homepage_panels")
def add_my_artifacts(request: HttpRequest, panels: list) -> None:
    panels.append(MyArtifactsPanel(request.user))
