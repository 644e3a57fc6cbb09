"""Every publication gets a version number; every approval counts as a review; failed steps are told;
what a person owns who leaves gets another owner.
"""

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db.models.signals import post_save, pre_delete
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published, workflow_approved

from knowledge.catalog.models import Artifact
from knowledge.governance.models import Feedback
from knowledge.governance.services import (
    decisions,
    feedback,
    overdue_steps,
    ownership,
    reviews,
    versions,
)
from knowledge.practice.signals import (
    decision_late,
    decision_settled,
    decision_waits,
    run_ended,
    step_doubted,
    step_failed,
    step_overdue,
)


def _number_version(instance: Any, revision: Any, **_kwargs: Any) -> None:
    # Wagtail says "published" of a page that is only scheduled, too.
    if isinstance(instance, Artifact) and revision is not None and instance.live:
        # The revision knows who wrote it; who publishes is known to the running action.
        by = get_active_log_context().user or revision.user
        versions.record(page=instance, revision=revision, by=by)


def _note_review(instance: Any, user: Any, **_kwargs: Any) -> None:
    page = getattr(instance.content_object, "specific", None)
    if isinstance(page, Artifact) and user is not None:
        reviews.note_approval(page=page, by=user, on=timezone.localdate())


def _report_step(run: Any, step: Any, by: Any, **_kwargs: Any) -> None:
    if run.artifact is None or run.is_pilot:
        # What is tried is judged on the page of the pilot.
        return
    text = f"{step.note}\n{_address(run)}"
    if run.team_id is not None and not run.is_open:
        # That it failed is for the owner; what happened and to whom stays in the team.
        text, by = _("It failed in a run that only a team sees."), None
    feedback.report_step(page=run.artifact, version=run.version, step=step.title, by=by, text=text)


def _report_doubt(run: Any, step: Any, by: Any, text: str, **_kwargs: Any) -> None:
    if run.artifact is not None and not run.is_pilot:
        text = f"{text}\n{_address(run)}"
        feedback.report_step(
            page=run.artifact,
            version=run.version,
            step=step.title,
            by=by,
            text=text,
            sort=Feedback.Sort.DOUBT,
        )


def _pass_on_lesson(run: Any, **_kwargs: Any) -> None:
    """Without a name, and without the run, which has names: what is to change is asked for."""
    if run.artifact is not None and run.lessons and not run.is_pilot:
        feedback.give(
            page=run.artifact,
            by=None,
            sort=Feedback.Sort.SUGGESTION,
            text=run.lessons,
        )


def _mail_overdue(run: Any, step: Any, people: Any, **_kwargs: Any) -> None:
    overdue_steps.mail(run=run, step=step, people=people, address=_address(run))


def _ask_to_approve(decision: Any, approvals: Any, **_kwargs: Any) -> None:
    decisions.ask(decision=decision, approvals=approvals, address=_address_of(decision))


def _tell_late(decision: Any, approvals: Any, others: Any, **_kwargs: Any) -> None:
    address = _address_of(decision)
    decisions.remind(decision=decision, approvals=approvals, others=others, address=address)


def _tell_verdict(decision: Any, by: Any, **_kwargs: Any) -> None:
    decisions.tell(decision=decision, by=by, address=_address_of(decision))


def _address_of(decision: Any) -> str:
    return f"{settings.PORTAL_BASE_URL}{reverse('practice:decision', args=[decision.pk])}"


def _address(run: Any) -> str:
    return f"{settings.PORTAL_BASE_URL}{reverse('practice:run', args=[run.pk])}"


def _pass_on(instance: Any, **_kwargs: Any) -> None:
    ownership.pass_on(person=instance)


def _pass_on_when_closed(instance: Any, created: bool, raw: bool = False, **_kwargs: Any) -> None:
    if not (created or raw or instance.is_active):
        ownership.pass_on(person=instance)


def connect() -> None:
    """Called once when the app is ready."""
    page_published.connect(_number_version, dispatch_uid="governance.version")
    workflow_approved.connect(_note_review, dispatch_uid="governance.review")
    person = get_user_model()
    pre_delete.connect(_pass_on, sender=person, dispatch_uid="governance.person-deleted")
    post_save.connect(_pass_on_when_closed, sender=person, dispatch_uid="governance.person-closed")
    step_failed.connect(_report_step, dispatch_uid="governance.failed-step")
    step_doubted.connect(_report_doubt, dispatch_uid="governance.doubted-step")
    run_ended.connect(_pass_on_lesson, dispatch_uid="governance.lesson-of-run")
    decision_waits.connect(_ask_to_approve, dispatch_uid="governance.decision-waits")
    decision_late.connect(_tell_late, dispatch_uid="governance.decision-late")
    decision_settled.connect(_tell_verdict, dispatch_uid="governance.decision-settled")
    step_overdue.connect(_mail_overdue, dispatch_uid="governance.overdue-step")
