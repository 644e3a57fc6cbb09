"""The list of teams, the page of one, and all that it has adopted."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from wagtail import hooks

from knowledge.catalog.permissions import access_of
from knowledge.practice.teams import lists, permissions, selectors
from knowledge.practice.teams.adopting import selectors as adopting
from knowledge.practice.teams.views.finding import team_of

A_PAGE = 25


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """One's own teams; all of them for administrators."""
    pages = Paginator(selectors.with_counts(selectors.known_to(request.user)), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "rows": page.object_list,
        "page": page,
        "may_make": permissions.may_make(request.user),
        "sees_all": permissions.administers(request.user),
    }
    return render(request, "teams/list.html", context)


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, slug: str) -> HttpResponse:
    team = team_of(request, slug)
    access = access_of(request)
    rows = adopting.adopted(team, access)
    members = list(selectors.members_of(team))
    context = {
        "team": team,
        "members": members,
        "mine": next((one for one in members if one.person_id == request.user.pk), None),
        "manages": permissions.manages(team, request.user),
        "adopted": adopting.lines(rows[: lists.SHOWN], access),
        "adopted_total": rows.count(),
        "lists": lists.of_team(team, request.user, access),
        "slots": [hook(team, request) for hook in hooks.get_hooks("team_slots")],
    }
    return render(request, "teams/show.html", context)


@never_cache
@login_required
@require_safe
def adopted(request: HttpRequest, slug: str) -> HttpResponse:
    team = team_of(request, slug)
    access = access_of(request)
    page = Paginator(adopting.adopted(team, access), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "team": team,
        "rows": adopting.lines(page.object_list, access),
        "page": page,
        "is_member": permissions.is_member(team, request.user),
    }
    return render(request, "teams/adopted.html", context)
