"""Small pages of the admin: confirm a review or put it off, archive, restore, supersede."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from knowledge.catalog.errors import KnowledgeError
from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.governance.admin.forms import NoteForm, SnoozeForm, SuccessorForm
from knowledge.governance.selectors.snoozes import of as snoozes_of
from knowledge.governance.services import lifecycle, reviews, snoozes


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
        template="governance/admin/confirm.html",
        context={"snooze": SnoozeForm(), **_waiting(page)},
    )


def snooze(request: HttpRequest, page_id: int) -> HttpResponse:
    """Put the review off; what was typed stays when it is refused."""
    page = _page(request, page_id)
    if request.method != "POST":
        return redirect("artifact_confirm", page.pk)
    form = SnoozeForm(request.POST)
    if form.is_valid():
        try:
            made = snoozes.snooze(
                page=page, by=request.user, on=timezone.localdate(), **form.cleaned_data
            )
        except KnowledgeError as error:
            form.add_error(None, str(error))
        else:
            day = date_format(made.until, "j F Y")
            messages.success(request, _("You will be reminded again on %s.") % day)
            return redirect("wagtailadmin_pages:edit", page.pk)
    context = {
        "page": page,
        "title": _("Does “%s” still hold?") % page.title,
        "button": _("Yes, it still holds"),
        "form": NoteForm(),
        "snooze": form,
        **_waiting(page),
        # What is refused is told there.
        "can_wait": True,
    }
    return render(request, "governance/admin/confirm.html", context)


def _waiting(page: Artifact) -> dict[str, Any]:
    """Each time it was put off with who did it, as people are called; and whether it still can be."""
    return {
        "put_off": [(one, called(one.by)) for one in snoozes_of(page)],
        "can_wait": snoozes.can_wait(page, on=timezone.localdate()),
    }


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
            act=lambda note: lifecycle.restore(page=page, by=request.user, reason=note),
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


def supersede(request: HttpRequest, page_id: int) -> HttpResponse:
    """Ask which artifact takes its place; then both ends say so."""
    page = _page(request, page_id)
    form = SuccessorForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        successor = form.cleaned_data["successor"].specific
        try:
            lifecycle.supersede(page=page, by=request.user, successor=successor)
        except KnowledgeError as error:
            form.add_error("successor", str(error))
        else:
            messages.success(request, _("Readers of it are led to “%s”.") % successor.title)
            return redirect("wagtailadmin_pages:edit", page.pk)
    title = _("What takes the place of “%s”?") % page.title
    context = {"page": page, "title": title, "form": form}
    return render(request, "governance/admin/supersede.html", context)


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
    template: str = "governance/admin/ask.html",
    context: dict[str, Any] | None = None,
) -> HttpResponse:
    """Ask for a note and do it; what was typed stays when it is refused."""
    form = NoteForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            act(form.cleaned_data["note"])
        except KnowledgeError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, done)
            return redirect("wagtailadmin_pages:edit", page.pk)
    shown = {"page": page, "title": title, "button": button, "form": form, **(context or {})}
    return render(request, template, shown)
