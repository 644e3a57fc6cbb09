"""Doors of the admin that would go past a step, and what is said to who comes too late."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page, TaskState

from knowledge.catalog.rights import is_closed
from knowledge.governance.errors import AlreadyDecided
from knowledge.governance.reviewing.models import ReviewTask
from knowledge.governance.reviewing.selectors import publishing


def refuse_publishing(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Asked after the draft was saved: nothing that was typed is lost."""
    why = publishing.refusal(page, request.user)
    if not why:
        return None
    messages.error(request, why)
    return redirect("wagtailadmin_pages:edit", page.pk)


def to_publish(objects: Iterable[Any], action: Any) -> list[Page]:
    """The pages that were chosen, and of those below, when they were chosen too, what the person may publish."""
    pages = [one for one in objects if isinstance(one, Page)]
    if pages and action.cleaned_form.cleaned_data.get("include_descendants"):
        below = Page.objects.none()
        for page in pages:
            below |= page.get_descendants().not_live()
        user = action.request.user
        pages += [one for one in below.specific() if one.permissions_for_user(user).can_publish()]
    return pages


def refuse_publishing_many(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """The same for many from a list: all or nothing, as with incomplete ones."""
    if action_type != "publish":
        return None
    refused = False
    for page in to_publish(objects, action):
        why = publishing.refusal(page.get_latest_revision_as_object(), request.user)
        if why:
            refused = True
            messages.error(request, f"“{page.get_admin_display_title()}”: {why}")
    return redirect(action.next_url) if refused else None


def lead_back_from_a_closed_section(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Who decided in the editor is led to the list that the page is in; if that is closed to them, to the queue."""
    parent = page.get_parent()
    if request.POST.get("action-workflow-action") and is_closed(parent.path, request.user):
        return redirect("review_queue")
    return None


def tell_what_became_of_it(request: HttpRequest, page: Page) -> None:
    """A decision that comes too late is not taken; Wagtail only saves, and so says too little."""
    if not request.POST.get("action-workflow-action"):
        return
    task = page.current_workflow_task
    if task is None:
        last = TaskState.objects.for_instance(page).order_by("-finished_at", "-pk").first()
        if last is not None and last.finished_at:
            messages.error(request, str(AlreadyDecided(last)))
    elif isinstance(task, ReviewTask) and (why := task.why_not_now(page, request.user)):
        messages.error(request, _("Your decision was not taken: %s") % why)
