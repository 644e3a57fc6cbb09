"""Doors of the admin that go past the edit form, and so past its rules."""

import json
from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from knowledge.catalog.models import Artifact
from knowledge.governance.auditing import only_reads
from knowledge.governance.errors import ReasonMissing
from knowledge.governance.reviewing.admin.doors import to_publish


def refuse_incomplete(
    request: HttpRequest, action_type: str, objects: Iterable[Any], action: Any
) -> HttpResponse | None:
    """Publishing many pages from a list asks for the required parts as the edit form does."""
    if action_type != "publish":
        return None
    pages = to_publish(objects, action)
    faults = [(page, missing) for page in pages if (missing := _missing(page))]
    for page, missing in faults:
        message = _("“%(title)s” is not complete. Still missing: %(parts)s.")
        messages.error(request, message % {"title": page.title, "parts": ", ".join(missing)})
    if not faults:
        return None
    messages.error(request, _("Nothing was published."))
    return redirect(action.next_url)


def _missing(page: Page) -> list[str]:
    if not issubclass(page.specific_class or Page, Artifact):
        return []
    latest = page.get_latest_revision_as_object()
    return latest.missing_to_publish()


def refuse_move(request: HttpRequest, page: Page, destination: Page) -> None:
    """Wagtail asks for the right when the move is sent; its question names the page before that."""
    if not page.permissions_for_user(request.user).can_move():
        raise PermissionDenied


def empty_menu_of_auditors(menu_items: list, request: HttpRequest, context: dict) -> None:
    """Auditors read the form; there is nothing for them to press."""
    if only_reads(request.user):
        menu_items.clear()


def refuse_return_without_reason(request: HttpRequest, page: Page) -> HttpResponse | None:
    """The dialogue asks for the reason; a request that goes past it gets the same answer."""
    returning = request.POST.get("workflow-action-name") == "reject"
    if not (returning and request.POST.get("action-workflow-action")):
        return None
    try:
        given = json.loads(request.POST.get("workflow-action-extra-data") or "{}")
    except ValueError:
        given = None
    if isinstance(given, dict) and str(given.get("comment") or "").strip():
        return None
    messages.error(request, str(ReasonMissing()))
    return redirect("wagtailadmin_pages:edit", page.pk)
