"""What reviewing puts into the admin."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.home import WorkflowObjectsToModeratePanel
from wagtail.admin.viewsets.base import ViewSet
from wagtail.admin.widgets import Button
from wagtail.log_actions import LogActionRegistry
from wagtail.models import Page

from knowledge.governance.reviewing.admin import absences, desk, doors, invitations, queue
from knowledge.governance.reviewing.admin.panels import QueuePanel
from knowledge.governance.reviewing.admin.viewsets import section_rules
from knowledge.governance.reviewing.models import ReviewTask
from knowledge.governance.reviewing.models.base import SKIPPED
from knowledge.governance.reviewing.work import sections
from knowledge.practice.work.sections import Section

hooks.register("before_publish_page", doors.refuse_publishing)
hooks.register("before_bulk_action", doors.refuse_publishing_many)
hooks.register("before_edit_page", doors.tell_what_became_of_it)
hooks.register("after_edit_page", doors.lead_back_from_a_closed_section)


@hooks.register("work_sections")
def add_to_work() -> list[Section]:
    return sections()


@hooks.register("register_admin_viewset")
def add_viewsets() -> list[ViewSet]:
    return [section_rules]


@hooks.register("register_admin_urls")
def add_addresses() -> list[URLPattern]:
    one = "review-queue/<int:state_id>"
    return [
        path("review-queue/", queue.index, name="review_queue"),
        path("review-queue/claim/", queue.claim, name="review_claim_many"),
        path("review-queue/absences/", absences.index, name="review_absences"),
        path(
            "review-queue/absences/<int:absence_id>/remove/",
            absences.withdraw,
            name="review_absence_remove",
        ),
        path(f"{one}/", desk.desk, name="review_desk"),
        path(f"{one}/claim/", desk.claim, name="review_claim"),
        path(f"{one}/release/", desk.release, name="review_release"),
        path(f"{one}/assign/", desk.assign, name="review_assign"),
        path(f"{one}/invite/", desk.invite, name="review_invite"),
        path(
            "review-queue/invitations/<int:invitation_id>/revoke/",
            invitations.revoke,
            name="review_uninvite",
        ),
        path(f"{one}/plan/", desk.plan, name="review_plan"),
    ]


@hooks.register("register_admin_menu_item")
def add_to_menu() -> MenuItem:
    return MenuItem(
        _("Review queue"),
        reverse("review_queue"),
        name="review-queue",
        icon_name="tasks",
        order=110,
    )


@hooks.register("construct_homepage_panels")
def show_the_queue(request: HttpRequest, panels: list[Any]) -> None:
    panels[:] = [one for one in panels if not isinstance(one, WorkflowObjectsToModeratePanel)]
    panels.append(QueuePanel())


@hooks.register("register_page_header_buttons")
def lead_to_the_desk(
    page: Page, user: Any, view_name: str, next_url: str | None = None
) -> Iterator[Button]:
    """From the editor to the review of what waits: for those who decide it or publish there."""
    state = page.current_workflow_task_state if view_name == "edit" else None
    if state is None or not isinstance(state.task.specific, ReviewTask):
        return
    task = state.task.specific
    if task.reviewed_by(page, user) or page.permissions_for_user(user).can_publish():
        yield Button(
            _("Review: compare, decide, invite"),
            reverse("review_desk", args=[state.pk]),
            icon_name="tasks",
            priority=55,
        )


@hooks.register("register_log_actions")
def name_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(SKIPPED, _("Skip step"), _("A step of the workflow did not apply"))
    actions.register_action("governance.claim", _("Claim review"), _("Somebody claimed its review"))
    actions.register_action(
        "governance.release", _("Release review"), _("Its review is free for others again")
    )
    actions.register_action(
        "governance.assign", _("Assign review"), _("Its review was given to somebody")
    )
    actions.register_action(
        "governance.invite", _("Invite to review"), _("Somebody without an account was invited")
    )
    actions.register_action(
        "governance.uninvite", _("Revoke invitation"), _("An invitation to review was revoked")
    )
    actions.register_action(
        "governance.invited_decision", _("Decide by link"), _("An invited person decided")
    )
    actions.register_action(
        "governance.plan", _("Plan review"), _("Its review got another day or priority")
    )
