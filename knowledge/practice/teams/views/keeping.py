"""Making a team, who is in it, and its end."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.catalog.people import called
from knowledge.practice.teams import permissions, selectors, services
from knowledge.practice.teams.errors import TeamRefused
from knowledge.practice.teams.forms import MemberForm, TeamForm
from knowledge.practice.teams.models import Membership, Team
from knowledge.practice.teams.views.finding import managed, team_of


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if not permissions.may_make(request.user):
        raise PermissionDenied(_("You may not make teams."))
    form = TeamForm(request.POST or None)
    if form.is_valid():
        try:
            team = services.make(by=request.user, **form.cleaned_data)
        except TeamRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The team is made, and you lead it. Add who is in it."))
            return redirect("teams:people", team.slug)
    return _asked(request, form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, slug: str) -> HttpResponse:
    team = managed(request, slug)
    form = TeamForm(request.POST or None, initial={"name": team.name, "about": team.about})
    if form.is_valid():
        try:
            services.rename(team=team, by=request.user, **form.cleaned_data)
        except TeamRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The change is saved."))
            return redirect("teams:team", slug)
    return _asked(request, form, team)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def people(request: HttpRequest, slug: str) -> HttpResponse:
    team = managed(request, slug)
    wish = request.POST.get("_do", "")
    if wish in ("role", "remove"):
        _change(request, team, wish)
        if permissions.manages(team, request.user):
            return redirect("teams:people", slug)
        # A lead who stepped down, or went.
        stays = permissions.is_member(team, request.user)
        return redirect("teams:team", slug) if stays else redirect("teams:index")
    form = MemberForm(request.POST if wish == "add" else None)
    if form.is_bound and form.is_valid():
        try:
            services.add_member(team=team, by=request.user, **form.cleaned_data)
        except TeamRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            person = form.cleaned_data["person"]
            if person.email and person.pk != request.user.pk:
                said = _("%s is in the team, and hears of it by mail.")
            else:
                said = _("%s is in the team.")
            messages.success(request, said % called(person))
            return redirect("teams:people", slug)
    context = {
        "team": team,
        "members": selectors.members_of(team),
        "form": form,
        "roles": Membership.Role.choices,
    }
    return render(request, "teams/people.html", context, status=400 if form.errors else 200)


@login_required
@require_POST
def leave(request: HttpRequest, slug: str) -> HttpResponse:
    team = team_of(request, slug)
    try:
        services.remove_member(team=team, by=request.user, person=request.user)
    except TeamRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("teams:team", slug)
    messages.success(request, _("You have left “%s”.") % team.name)
    return redirect("teams:index")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delete(request: HttpRequest, slug: str) -> HttpResponse:
    team = managed(request, slug)
    if request.method != "POST":
        return render(request, "teams/delete.html", {"team": team})
    services.delete(team=team, by=request.user)
    messages.success(request, _("“%s” is deleted.") % team.name)
    return redirect("teams:index")


def _change(request: HttpRequest, team: Team, wish: str) -> None:
    """Another role for a member, or none."""
    number = request.POST.get("person", "")
    known = number.isascii() and number.isdigit() and len(number) < 9
    person = get_object_or_404(
        get_user_model(), pk=int(number) if known else 0, memberships__team=team
    )
    said: dict[str, Any] = {"team": team, "by": request.user, "person": person}
    try:
        if wish == "remove":
            services.remove_member(**said)
        else:
            services.change_role(**said, role=request.POST.get("role", ""))
    except TeamRefused as refusal:
        messages.error(request, str(refusal))
        return
    messages.success(request, _("The change is saved."))


def _asked(request: HttpRequest, form: TeamForm, team: Team | None = None) -> HttpResponse:
    context = {"form": form, "team": team}
    return render(request, "teams/form.html", context, status=400 if form.errors else 200)
