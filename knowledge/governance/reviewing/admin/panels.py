"""The queue on the first page of the admin, in the place of Wagtail's own list.

That one is not paged and asks each step for each line; with many drafts the page did not open.
"""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel

from knowledge.governance.reviewing.selectors import queue
from knowledge.governance.reviewing.selectors.standing import Standing

SHOWN = 8


class QueuePanel(Component):
    name = "review_queue"
    template_name = "reviewing/panel.html"
    order = WorkflowObjectsToModeratePanel.order

    def get_context_data(self, parent_context: Mapping[str, Any]) -> dict[str, Any]:
        standing = Standing(parent_context["request"].user, today=timezone.localdate())
        listed, lines = queue.page_of(standing, {}, 1, size=SHOWN)
        return {"lines": lines, "count": listed.paginator.count}
