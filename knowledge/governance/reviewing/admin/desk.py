"""One waiting step: what changed, who has it, and the decision."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from wagtail.models import TaskState

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_for
from knowledge.governance.errors import AlreadyDecided, ModerationRefused
from knowledge.governance.reviewing.admin.forms import AssignForm, PlanForm
from knowledge.governance.reviewing.admin.invitations import InviteForm, listed
from knowledge.governance.reviewing.errors import NotWaiting
from knowledge.governance.reviewing.models import Assignment, ReviewTask
from knowledge.governance.reviewing.services import assignments, invitations
from knowledge.governance.selectors import comparisons

PREFIX = {"approve": "yes", "reject": "no"}
View = Callable[..., HttpResponse]


def _or_told(view: View) -> View:
    """Who comes too late is told what became of it."""

    @wraps(view)
    def told(request: HttpRequest, state_id: int) -> HttpResponse:
        try:
            return view(request, state_id)
        except (AlreadyDecided, NotWaiting) as refusal:
            messages.error(request, str(refusal))
            return redirect("review_queue")

    return told


@require_http_methods(["GET", "HEAD", "POST"])
@_or_told
def desk(request: HttpRequest, state_id: int) -> HttpResponse:
    """Read, then approve or return. A form that is refused comes back with what was typed."""
    row, task = _found(state_id, request.user)
    why_not = task.why_not_now(row.page, request.user)
    action = request.POST.get("decision", "") if request.method == "POST" else ""
    bound = {name: request.POST if name == action else None for name in PREFIX}
    decisions = {
        name: task.get_form_for_action(name)(bound[name], prefix=PREFIX[name]) for name in PREFIX
    }
    if action in PREFIX and decisions[action].is_valid():
        try:
            if why_not:
                raise ModerationRefused(why_not)
            state = row.task_state.specific
            given = {**decisions[action].cleaned_data, "seen": request.POST.get("seen", "")}
            task.on_action(state, request.user, action, **given)
        except AlreadyDecided:
            raise
        except ModerationRefused as refusal:
            decisions[action].add_error(None, str(refusal))
        else:
            said = _("Approved.") if action == "approve" else _("Returned with your reason.")
            messages.success(request, f"“{row.page.draft_title}”: {said}")
            return redirect("review_queue")
    return _shown(request, row, task, decisions, why_not)


def _shown(
    request: HttpRequest,
    row: Assignment,
    task: ReviewTask,
    decisions: dict[str, forms.Form],
    why_not: str,
    **changed: Any,
) -> HttpResponse:
    draft = row.page.get_latest_revision_as_object()
    perms = row.page.permissions_for_user(request.user)
    refused = task.refusal(row.page, request.user)
    assign = AssignForm()
    assign.fields["to"].queryset = assignments.candidates(row)  # type: ignore[attr-defined]
    context = {
        "row": row,
        "page": row.page,
        "draft": draft,
        "state": row.task_state,
        "comparison": _comparison(row, draft, request.user),
        "approve": decisions["approve"],
        "reject": decisions["reject"],
        "why_not": why_not,
        "assignee": called(row.assignee),
        "may_assign": not refused,
        "is_stuck": bool(refused) and assignments.is_stuck(row),
        "is_mine": row.assignee_id == request.user.pk,
        "assign": assign,
        "may_invite": invitations.may_invite(task=task, page=row.page, by=request.user),
        "invite": InviteForm(),
        "invitations": listed(row.task_state_id),
        "plan": PlanForm(initial={"due_on": row.due_on, "priority": row.priority}),
        "steps": row.task_state.workflow_state.all_tasks_with_status(),
        "may_edit": perms.can_edit(),
        "days_over": (timezone.localdate() - row.due_on).days,
        "breadcrumbs_items": [
            {"url": reverse("review_queue"), "label": _("Review queue")},
            {"url": "", "label": draft.title},
        ],
        "header_icon": "tasks",
        "header_title": draft.title,
    }
    return render(request, "reviewing/desk.html", context | changed)


def _comparison(row: Assignment, draft: Any, user: Any) -> Any:
    """With what readers see now; None for what they do not see yet, or what is no artifact."""
    if not (isinstance(draft, Artifact) and row.page.live and row.page.live_revision_id):
        return None
    live = row.page.live_revision.as_object()
    return comparisons.compare(live, draft, access_for(user))


@require_POST
@_or_told
def claim(request: HttpRequest, state_id: int) -> HttpResponse:
    take_over = request.POST.get("take_over") == "1"
    return _do(
        request,
        state_id,
        _("It is yours now."),
        lambda: assignments.claim(
            state_id=state_id, by=request.user, at=timezone.now(), take_over=take_over
        ),
    )


@require_POST
@_or_told
def release(request: HttpRequest, state_id: int) -> HttpResponse:
    return _do(
        request,
        state_id,
        _("It is free for others now."),
        lambda: assignments.release(state_id=state_id, by=request.user),
    )


@require_POST
@_or_told
def assign(request: HttpRequest, state_id: int) -> HttpResponse:
    row, task = _found(state_id, request.user)
    form = AssignForm(request.POST)
    form.fields["to"].queryset = assignments.candidates(row)  # type: ignore[attr-defined]
    if not form.is_valid():
        return _again(request, row, task, assign=form)
    return _do(
        request,
        state_id,
        _("It is assigned."),
        lambda: assignments.assign(
            state_id=state_id, to=form.cleaned_data["to"], by=request.user, at=timezone.now()
        ),
    )


@require_POST
@_or_told
def plan(request: HttpRequest, state_id: int) -> HttpResponse:
    row, task = _found(state_id, request.user)
    form = PlanForm(request.POST, initial={"due_on": row.due_on})
    if not form.is_valid():
        return _again(request, row, task, plan=form)
    return _do(
        request,
        state_id,
        _("The plan is saved."),
        lambda: assignments.plan(state_id=state_id, by=request.user, **form.cleaned_data),
    )


@require_POST
@_or_told
def invite(request: HttpRequest, state_id: int) -> HttpResponse:
    row, task = _found(state_id, request.user)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            made = invitations.invite(
                state_id=state_id, by=request.user, at=timezone.now(), **form.cleaned_data
            )
        except NotWaiting:
            raise
        except ModerationRefused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("A link is on its way to %s.") % made.email)
            return redirect("review_desk", state_id)
    return _again(request, row, task, invite=form)


def _again(request: HttpRequest, row: Assignment, task: ReviewTask, **forms_: Any) -> HttpResponse:
    decisions = {name: task.get_form_for_action(name)(prefix=PREFIX[name]) for name in PREFIX}
    why_not = task.why_not_now(row.page, request.user)
    return _shown(request, row, task, decisions, why_not, **forms_)


def _do(request: HttpRequest, state_id: int, done: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except NotWaiting:
        raise
    except ModerationRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, done)
    return redirect("review_desk", state_id)


def _found(state_id: int, user: Any) -> tuple[Assignment, ReviewTask]:
    """What waits, and its step.

    Raises:
        NotWaiting, AlreadyDecided: it does not wait any more.
        PermissionDenied: the person neither reviews nor publishes there.
    """
    state = TaskState.objects.select_related("task", "workflow_state").filter(pk=state_id).first()
    page = state.workflow_state.content_object if state else None
    if state is None or page is None:
        raise NotWaiting
    task = state.task.specific
    looks = isinstance(task, ReviewTask) and (
        task.reviewed_by(page, user) or page.permissions_for_user(user).can_publish()
    )
    if not looks:
        raise PermissionDenied
    if state.status != TaskState.STATUS_IN_PROGRESS:
        raise AlreadyDecided(state)
    row = Assignment.objects.select_related("assignee").filter(task_state=state_id).first()
    if row is None:
        raise NotWaiting
    row.page, row.task_state = page.specific, state
    return row, task
