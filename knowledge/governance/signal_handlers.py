"""Every publication gets a version number; every approval counts as a review; failed steps are told."""

from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from wagtail.log_actions import get_active_log_context
from wagtail.signals import page_published, workflow_approved

from knowledge.catalog.models import Artifact
from knowledge.governance.services import feedback, reviews, versions
from knowledge.practice.signals import step_failed


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
    if run.artifact is not None:
        text = f"{step.note}\n{settings.PORTAL_BASE_URL}{reverse('practice:run', args=[run.pk])}"
        feedback.report_failed_step(
            page=run.artifact, version=run.version, step=step.title, by=by, text=text
        )


def connect() -> None:
    """Called once when the app is ready."""
    page_published.connect(_number_version, dispatch_uid="governance.version")
    workflow_approved.connect(_note_review, dispatch_uid="governance.review")
    step_failed.connect(_report_step, dispatch_uid="governance.failed-step")
