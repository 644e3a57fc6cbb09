"""What governance puts on pages and into the admin."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import widgets as wagtailadmin_widgets
from wagtail.log_actions import LogActionRegistry

from knowledge.catalog.models import Artifact
from knowledge.catalog.selectors import reading
from knowledge.governance.admin import bulk, guards, reports
from knowledge.governance.admin import feedback as _feedback_admin  # noqa: F401 - registers itself
from knowledge.governance.admin import views as admin_views
from knowledge.governance.admin.comparing import ArtifactViewSet
from knowledge.governance.admin.log_words import noted
from knowledge.governance.admin.reports import archive
from knowledge.governance.models import Feedback
from knowledge.governance.sections.selectors import anonymous_may_speak
from knowledge.governance.selectors import approvals, comparisons, versions, voices
from knowledge.governance.trust import selectors as trust
from knowledge.practice.models import Run


@hooks.register("artifact_slots")
def add_versions_and_feedback(page: Artifact, request: HttpRequest) -> dict[str, str]:
    word = trust.of(page, now=timezone.now(), today=timezone.localdate()).word
    context = {
        "page": page,
        "versions": versions.of(page),
        "anonymous": anonymous_may_speak(page),
        "reasons": Feedback.Reason.choices,
        "passages": list(voices.passages(page)),
        "changes": voices.changes(page),
        "word": word,
    }
    return {
        "proof": render_to_string("governance/trust/word.html", context),
        "aside": render_to_string("governance/versions.html", context),
        "after_body": render_to_string("governance/feedback_form.html", context),
    }


@hooks.register("run_slots")
def tell_retired(run: Run, request: HttpRequest) -> dict[str, str]:
    """Who goes on with a run learns that what it carries out was given up meanwhile."""
    page = run.artifact
    if not run.is_running or page is None or not (page.archived_at or page.superseded_by_id):
        return {}
    return {"facts": render_to_string("governance/run_retired.html", {"page": page})}


@hooks.register("run_slots")
def name_approval(run: Run, request: HttpRequest) -> dict[str, str]:
    """From a run one reaches the approval of the version that it carries out."""
    if run.artifact_id is None or run.is_pilot:
        return {}
    approved = approvals.of_version(page_id=run.artifact_id, number=run.version)
    if approved is None:
        return {}
    context = {"run": run, "approved": approved}
    return {"facts": render_to_string("governance/run_approval.html", context)}


@hooks.register("before_serve_page")
def serve_old_version(
    page: Any, request: HttpRequest, args: Any, kwargs: Any
) -> HttpResponse | None:
    """``?version=1.2`` shows that version, marked as old; the current number is the page itself."""
    number = request.GET.get("version")
    if number is None or not isinstance(page, Artifact) or number == page.version:
        return None
    version = versions.find(page, number)
    if version is None:
        raise Http404
    old = version.revision.as_object()
    # A revision bears the number of the live page (Artifact.with_content_json).
    old.version = version.number
    history = render_to_string(
        "governance/versions.html", {"page": page, "versions": versions.of(page)}
    )
    context = reading.context_of_state(old, request, is_old_version=True, aside=[history])
    return TemplateResponse(request, page.get_template(request), context)


@hooks.register("artifact_change_suggestion")
def suggest_note(page: Artifact) -> comparisons.Suggestion:
    """From what differs between the page in hand and the one that is live."""
    return comparisons.suggestion(type(page).objects.get(pk=page.pk), page)


hooks.register("before_bulk_action", guards.refuse_incomplete)
hooks.register("register_bulk_action", bulk.ConfirmReviews)
hooks.register("register_bulk_action", bulk.ChangeOwner)
hooks.register("before_move_page", guards.refuse_move)
hooks.register("construct_page_action_menu", guards.empty_menu_of_auditors)
hooks.register("register_bulk_action", bulk.Archive)
hooks.register("register_bulk_action", bulk.Restore)
hooks.register("before_edit_page", guards.refuse_return_without_reason)


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    for action, label, done in (
        ("governance.confirm_review", _("Confirm review"), _("Confirmed that it still holds")),
        ("governance.snooze", _("Put off a review"), _("The review was put off")),
        ("governance.archive", _("Archive"), _("Moved to the archive")),
        ("governance.restore", _("Restore"), _("Taken out of the archive")),
    ):
        actions.register_action(action)(noted(label, done))
    actions.register_action("governance.owner", _("Change owner"), _("Got another owner"))


@hooks.register("register_admin_urls")
def add_admin_urls() -> list:
    return [
        path("artifacts/<int:page_id>/confirm/", admin_views.confirm, name="artifact_confirm"),
        path("artifacts/<int:page_id>/snooze/", admin_views.snooze, name="artifact_snooze"),
        path(
            "artifacts/<int:page_id>/supersede/", admin_views.supersede, name="artifact_supersede"
        ),
        path("artifacts/<int:page_id>/archive/", admin_views.archive, name="artifact_archive"),
        path("reports/archive-queue/act/", archive.act, name="archive_queue_act"),
        *reports.urls([*reports.REPORTS, archive.ArchiveQueue]),
    ]


@hooks.register("register_admin_viewset")
def compare_artifacts_our_way() -> ArtifactViewSet:
    return ArtifactViewSet()


@hooks.register("construct_reports_menu")
def add_reports(request: HttpRequest, menu_items: list) -> None:
    items = reports.menu_items([*reports.REPORTS, archive.ArchiveQueue])
    menu_items += [item for item in items if item.is_shown(request)]


@hooks.register("register_page_header_buttons")
def add_header_buttons(page: Any, user: Any, view_name: str, next_url: str | None = None):  # type: ignore[no-untyped-def]
    specific = page.specific_deferred
    if not isinstance(specific, Artifact):
        return
    may = page.permissions_for_user(user)
    if page.live and (may.can_edit() or may.can_publish()):
        yield wagtailadmin_widgets.Button(
            _("What changed, and older versions"),
            reverse("wagtailadmin_pages:revisions_compare", args=[page.pk, "live", "latest"]),
            icon_name="history",
            priority=59,
        )
    if not page.live or not may.can_publish():
        return
    yield wagtailadmin_widgets.Button(
        _("Confirm that it still holds"),
        reverse("artifact_confirm", args=[page.pk]),
        icon_name="check",
        priority=60,
    )
    yield wagtailadmin_widgets.Button(
        _("Archive or restore"),
        reverse("artifact_archive", args=[page.pk]),
        icon_name="folder",
        priority=61,
    )
    yield wagtailadmin_widgets.Button(
        _("Name what takes its place"),
        reverse("artifact_supersede", args=[page.pk]),
        icon_name="redirect",
        priority=62,
    )
