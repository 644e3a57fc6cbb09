"""Small pages of the admin: confirm a review, archive, restore."""

from collections.abc import Callable

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.models import Artifact
from knowledge.governance.services import lifecycle, reviews


def confirm(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask once, then record the review with its note."""
    page = _page(request, page_id)
    return _ask(
        request,
        page,
        title=_("Does “%s” still hold?") % page.title,
        button=_("Yes, it still holds"),
        done=_("Confirmed. It is verified until the next review."),
        act=lambda note: reviews.confirm(
            page=page, by=request.user, on=timezone.localdate(), note=note
        ),
    )


def archive(request: HttpRequest, page_id: int) -> HttpResponse:
    """Archive the page, or take it out of the archive."""
    page = _page(request, page_id)
    if page.archived_at:
        return _ask(
            request,
            page,
            title=_("Take “%s” out of the archive?") % page.title,
            button=_("Restore"),
            done=_("Restored."),
            act=lambda note: lifecycle.restore(page=page, by=request.user),
        )
    return _ask(
        request,
        page,
        title=_("Archive “%s”?") % page.title,
        button=_("Archive"),
        done=_("Archived. It stays readable and is marked everywhere."),
        act=lambda note: lifecycle.archive(
            page=page, by=request.user, at=timezone.now(), reason=note
        ),
    )


def _page(request: HttpRequest, page_id: int) -> Artifact:
    page = get_object_or_404(Artifact, pk=page_id).specific
    if not page.permissions_for_user(request.user).can_publish():
        raise PermissionDenied
    return page


def _ask(
    request: HttpRequest,
    page: Artifact,
    *,
    title: str,
    button: str,
    done: str,
    act: Callable[[str], object],
) -> HttpResponse:
    if request.method == "POST":
        try:
            act(request.POST.get("note", "")[:500])
        except KnowledgeError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, done)
        return redirect("wagtailadmin_pages:edit", page.pk)
    context = {"page": page, "title": title, "button": button}
    return render(request, "governance/admin/ask.html", context)
