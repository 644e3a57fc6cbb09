"""The way of a draft to the readers, for code: submit, approve, return.

The admin takes the same steps through Wagtail's workflow; both end in ``EditorialReviewTask``.
Mails to reviewers and submitters are Wagtail's own.
"""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.models import TaskState, WorkflowState

from knowledge.catalog.errors import IncompleteArtifact
from knowledge.catalog.models import Artifact
from knowledge.governance.errors import ModerationRefused
from knowledge.governance.reviewing.models import ReviewTask


@transaction.atomic
def submit(*, page: Artifact, by: Any) -> WorkflowState:
    """Put the newest draft of ``page`` before its reviewers; returned work goes back to them.

    Raises:
        PermissionDenied: ``by`` may not edit the page.
        IncompleteArtifact: required parts are missing; it names them.
        ModerationRefused: no workflow applies here, or the page is in review already.
    """
    if not page.permissions_for_user(by).can_edit():
        raise PermissionDenied("This person may not submit the page.")
    missing = page.get_latest_revision_as_object().missing_to_publish()
    if missing:
        raise IncompleteArtifact(missing)
    state = page.current_workflow_state
    if state is not None and state.status == WorkflowState.STATUS_NEEDS_CHANGES:
        state.resume(user=by)
        return state
    workflow = page.get_workflow()
    if state is not None or workflow is None:
        raise ModerationRefused(_("It is in review already, or nobody reviews this section."))
    return workflow.start(page, by)


@transaction.atomic
def approve(*, page: Artifact, by: Any, comment: str = "") -> Artifact:
    """Approve the draft in review; with the last step it is published.

    Raises:
        ModerationRefused: nothing is in review, ``by`` is not its reviewer, or parts are missing.
    """
    return _act(page, by, "approve", comment)


@transaction.atomic
def return_to_author(*, page: Artifact, by: Any, reason: str) -> Artifact:
    """Give the draft back with what has to change.

    Raises:
        ReasonMissing: ``reason`` is empty.
        ModerationRefused: nothing is in review, or ``by`` is not its reviewer.
    """
    return _act(page, by, "reject", reason)


def _act(page: Artifact, by: Any, action: str, comment: str) -> Artifact:
    task_state: TaskState | None = page.current_workflow_task_state
    task = page.current_workflow_task
    allowed = {name for name, _label, _modal in task.get_actions(page, by)} if task else set()
    if task is None or action not in allowed:
        why = task.why_not_now(page, by) if isinstance(task, ReviewTask) else ""
        raise ModerationRefused(why or _("Nothing here waits for a decision of yours."))
    task.on_action(task_state, by, action, comment=comment)
    page.refresh_from_db()
    return page
