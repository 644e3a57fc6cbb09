"""What keeps a person from publishing past the workflow."""

from typing import Any

from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.governance.reviewing.models import SecurityReviewTask
from knowledge.governance.reviewing.selectors import sections
from knowledge.governance.reviewing.selectors.authors import changed_by


def refusal(draft: Page, user: Any) -> str:
    """Why ``user`` may not publish ``draft`` at once; empty when nothing speaks against it.

    Args:
        draft: the specific page with the values that would be published.
    """
    if sections.load().refuses_own(draft.path) and user.pk in changed_by(draft):
        return _(
            "Nobody publishes an own change here. It is saved as a draft: submit it, so that someone"
            " else looks at it."
        )
    workflow = draft.get_workflow()
    if workflow is None:
        return ""
    for step in SecurityReviewTask.objects.filter(workflow_tasks__workflow=workflow, active=True):
        if step.applies_to(draft) and not step.reviewed_by(draft, user):
            return _(
                "What carries the tag “%(tag)s” is published by “%(step)s” only. It is saved as a"
                " draft: submit it."
            ) % {"tag": step.tag, "step": step.name}
    return ""
