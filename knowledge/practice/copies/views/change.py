"""Filling a copy: begun, saved, finished, carried over. A preview changes nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from knowledge.catalog.models import TemplatePage
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice import papers
from knowledge.practice.copies import selectors, services
from knowledge.practice.copies.errors import SavedMeanwhile, StillMissing
from knowledge.practice.copies.models import NAME_CHARS, FilledCopy
from knowledge.practice.copies.permissions import keeps, may_change
from knowledge.practice.copies.views.finding import copy_of, number
from knowledge.practice.errors import RunRefused
from knowledge.practice.selectors import filling
from knowledge.practice.teams.choosing import shown_to
from knowledge.practice.teams.selectors import teams_of
from templates_lib.markdown.render import render as render_markdown
from templates_lib.variables.reading import read

MORE = "more."


@dataclass
class Asked:
    """What the form shows: the answers as they were given, and what is wrong with them."""

    form: filling.Form
    name: str
    said: Mapping[str, Any]
    faults: Mapping[str, str] = field(default_factory=dict)
    refused: str = ""
    refused_field: str = ""
    more_rows: str = ""
    # Of a copy that is not kept yet: the slug of the team that it is for.
    team: str = ""


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, page_id: int) -> HttpResponse:
    """The form of a copy that is not kept yet; what was typed on the page of the template comes along."""
    page = _template(request, page_id)
    if page is None:
        raise Http404
    form = filling.form_of(page.body)
    today = date_format(timezone.localdate(), "j F Y")
    name = f"{page.title[: NAME_CHARS - len(today) - 2]}, {today}"
    slug = request.POST.get("_team", request.GET.get("team", ""))
    if request.method != "POST":
        return _ask(request, Asked(form, name, {}, team=slug), page=page)
    said = read(form.variables, request.POST)
    asked = Asked(form, request.POST.get("_name", name), said, team=slug)
    team = teams_of(request.user).filter(slug=slug).first() if slug else None
    wish = request.POST.get("_do", "")
    if wish == "preview" or wish.startswith(MORE):
        asked.more_rows = wish.removeprefix(MORE)
        return _ask(request, asked, page=page)
    if slug and team is None:
        asked.refused, asked.refused_field = _("Choose one of your own teams."), "team"
        return _ask(request, asked, page=page)
    try:
        copy = services.begin(page=page, by=request.user, name=asked.name, answers=said, team=team)
    except RunRefused as refusal:
        asked.refused, asked.refused_field = str(refusal), refusal.field
        return _ask(request, asked, page=page)
    if wish == "finish":
        # Kept first: what is missing is told on the draft, which nobody can lose any more.
        return _finish(request, copy, asked, copy.revision)
    if team is None:
        messages.success(request, _("Saved as a draft. Only you see it."))
    else:
        messages.success(request, _("Saved as a draft. You and %s see it.") % team.name)
    return redirect("copies:copy", copy.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, copy_id: int) -> HttpResponse:
    copy = copy_of(request, copy_id)
    mine = may_change(copy, request.user)
    if request.method == "POST" and mine:
        return _changed(request, copy)
    if copy.is_draft and mine:
        form = filling.form_from(copy.parts)
        return _ask(request, Asked(form, copy.name, copy.answers), copy=copy)
    context = {
        "copy": selectors.shown(copy, access_of(request)),
        "of_team": shown_to(copy, request.user),
        "formats": papers.formats(),
        "may_change": mine,
        "keeps": keeps(copy, request.user),
    }
    return render(request, "copies/show.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def take_over(request: HttpRequest, copy_id: int) -> HttpResponse:
    """What the new version of the template keeps, asks anew and has no field for; then the deed."""
    copy = copy_of(request, copy_id)
    page = _template(request, copy.artifact_id or 0)
    if page is None or page.version == copy.version or not may_change(copy, request.user):
        raise Http404
    refused = ""
    if request.method == "POST":
        seen = number(request.POST.get("_seen"))
        try:
            services.take_over(copy=copy, by=request.user, seen=seen, page=page)
        except RunRefused as refusal:
            refused = _as_it_is_now(refusal)
        else:
            messages.success(request, _("The answers are carried over to %s.") % page.version)
            return redirect("copies:copy", copy.pk)
    context = {
        "copy": selectors.shown(copy, access_of(request)),
        "carried": selectors.carried_over(copy, page),
        "refused": refused,
    }
    return render(request, "copies/take_over.html", context, status=400 if refused else 200)


def _changed(request: HttpRequest, copy: FilledCopy) -> HttpResponse:
    form = filling.form_from(copy.parts)
    wish = request.POST.get("_do", "")
    seen = number(request.POST.get("_seen"))
    if wish in ("again", "forget"):
        act = services.open_again if wish == "again" else services.forget_left_over
        try:
            act(copy=copy, by=request.user, seen=seen)
        except RunRefused as refusal:
            messages.error(request, _as_it_is_now(refusal))
        return redirect("copies:copy", copy.pk)
    asked = Asked(form, request.POST.get("_name", copy.name), read(form.variables, request.POST))
    if wish == "preview" or wish.startswith(MORE):
        asked.more_rows = wish.removeprefix(MORE)
        return _ask(request, asked, copy=copy, seen=seen)
    if wish == "finish":
        return _finish(request, copy, asked, seen)
    try:
        services.save(copy=copy, by=request.user, seen=seen, name=asked.name, answers=asked.said)
    except RunRefused as refusal:
        return _refused(request, copy, asked, refusal, seen)
    messages.success(request, _("Saved."))
    return redirect("copies:copy", copy.pk)


def _finish(request: HttpRequest, copy: FilledCopy, asked: Asked, seen: int) -> HttpResponse:
    try:
        services.finish(copy=copy, by=request.user, seen=seen, name=asked.name, answers=asked.said)
    except StillMissing as refusal:
        asked.faults = refusal.faults
        return _ask(request, asked, copy=copy, seen=seen)
    except RunRefused as refusal:
        return _refused(request, copy, asked, refusal, seen)
    messages.success(request, _("Finished."))
    return redirect("copies:copy", copy.pk)


def _refused(
    request: HttpRequest, copy: FilledCopy, asked: Asked, refusal: RunRefused, seen: int
) -> HttpResponse:
    """The form again with everything that was typed; after a clash with both sides."""
    asked.refused, asked.refused_field = str(refusal), refusal.field
    clash: list[selectors.Difference] = []
    if isinstance(refusal, SavedMeanwhile):
        copy.refresh_from_db()
        clash = selectors.differences(copy, asked.name, asked.said)
        if not clash and copy.is_draft != (request.POST.get("_do") == "finish"):
            # The same was sent twice: it is there.
            messages.success(request, _("Saved.") if copy.is_draft else _("Finished."))
            return redirect("copies:copy", copy.pk)
        if not copy.is_draft:
            asked.refused = _("This copy was finished meanwhile. What you typed stands below.")
        elif clash:
            asked.refused += " " + _("Compare both below, then choose what stays.")
        else:
            asked.refused += " " + _("It says what you typed: go on from here.")
        seen = copy.revision
    return _ask(request, asked, copy=copy, seen=seen, clash=clash)


def _as_it_is_now(refusal: RunRefused) -> str:
    """Where there is nothing to compare: the page shows what somebody saved."""
    if isinstance(refusal, SavedMeanwhile):
        return f"{refusal} {_('This is how it is now. Look at it, then do it again.')}"
    return str(refusal)


def _ask(
    request: HttpRequest,
    asked: Asked,
    *,
    page: TemplatePage | None = None,
    copy: FilledCopy | None = None,
    seen: int | None = None,
    clash: Any = (),
) -> HttpResponse:
    shown = selectors.shown(copy, access_of(request)) if copy else None
    context = {
        "page": page,
        "copy": shown,
        "action": reverse("copies:copy", args=[copy.pk])
        if copy
        else reverse("copies:new", args=[page.pk if page else 0]),
        "back_url": site_path(page.url_path) if page else shown.artifact_url if shown else "",
        "name": asked.name,
        "name_chars": NAME_CHARS,
        "seen": seen if seen is not None else copy.revision if copy else 0,
        "groups": filling.fields(asked.form, asked.said, asked.faults, asked.more_rows),
        "errors": asked.faults,
        "refused": asked.refused,
        "refused_field": asked.refused_field,
        "clash": clash,
        "teams": teams_of(request.user) if page is not None else [],
        "team": asked.team,
        "of_team": shown_to(copy, request.user) if copy else None,
        "preview": render_markdown(filling.preview(asked.form, asked.said)),
        "keeps": copy is not None and keeps(copy, request.user),
        "formats": papers.formats() if copy else [],
    }
    status = 409 if clash else 400 if asked.faults or asked.refused else 200
    return render(request, "copies/form.html", context, status=status)


def _template(request: HttpRequest, page_id: int) -> TemplatePage | None:
    return visible(TemplatePage.objects.filter(pk=page_id), access_of(request)).first()
