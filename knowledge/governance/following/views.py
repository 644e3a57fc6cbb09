"""A person's list of changes, and what that person follows. What others follow is not found."""

from typing import Any

from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from wagtail.models import Page

from knowledge.catalog.models import Artifact, CategoryPage, SectionPage
from knowledge.catalog.models.taxonomy import Tag
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.following import addresses, services
from knowledge.governance.following.errors import TooMany
from knowledge.governance.following.forms import RhythmForm
from knowledge.governance.following.models import Delivery
from knowledge.governance.following.selectors import changed as changes
from knowledge.governance.following.selectors import followed

A_PAGE = 25


@never_cache
@login_required
@require_safe
def changed(request: HttpRequest) -> HttpResponse:
    found = changes.since_last_look(request.user, access_of(request), timezone.now())
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {"lines": changes.lines(list(page.object_list)), "page": page}
    return render(request, "following/changed.html", context)


@login_required
@require_POST
def seen(request: HttpRequest) -> HttpResponse:
    """Marks the artifact named, or all that the person has on the list."""
    asked = request.POST.get("page", "")
    now = timezone.now()
    if asked:
        pages = visible(Artifact.objects.filter(pk=_number(asked)), access_of(request))
    else:
        pages = changes.since_last_look(request.user, access_of(request), now)
    versions = dict(pages.order_by().values_list("pk", "version"))
    if asked and not versions:
        raise Http404
    services.mark_seen(by=request.user, versions=versions, now=now)
    messages.success(request, _("Marked as seen."))
    return redirect("following:changed")


@never_cache
@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    delivery = Delivery.objects.filter(person=request.user.pk).first()
    lines = followed.lines(request.user, access_of(request))
    page = Paginator(lines, A_PAGE * 2).get_page(request.GET.get("page"))
    context = {"form": RhythmForm(instance=delivery), "lines": page.object_list, "page": page}
    return render(request, "following/list.html", context)


@login_required
@require_POST
def rhythm(request: HttpRequest) -> HttpResponse:
    form = RhythmForm(request.POST)
    if form.is_valid():
        services.choose_rhythm(by=request.user, rhythm=form.cleaned_data["rhythm"])
        messages.success(request, _("The change is saved."))
    else:
        messages.error(request, _("Choose one of the ways."))
    return redirect("following:list")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Asks, then follows what ``?page=`` or ``?tag=`` names; the buttons post straight to it."""
    target = _target(request)
    url = _address(target)
    if request.method == "POST":
        try:
            services.follow(by=request.user, now=timezone.now(), **target)
        except TooMany as refusal:
            messages.error(request, str(refusal))
            return redirect("following:list")
        if services.hears_by_mail(request.user):
            messages.success(request, _("You follow this now. You hear of changes by mail."))
        else:
            messages.success(request, _("You follow this now. Changes stand in your list."))
        return redirect(_back(request, url))
    context = {"thing": target.get("page") or target.get("tag"), "back_url": url}
    return render(request, "following/new.html", context)


@login_required
@require_POST
def end(request: HttpRequest, follow_id: int) -> HttpResponse:
    if not services.unfollow(by=request.user, follow_id=follow_id):
        raise Http404
    messages.success(request, _("You no longer follow this."))
    return redirect(_back(request, ""))


# Mail programs post to it on the reader's behalf, without a session; the token is the proof.
@csrf_exempt
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ends the mails of the person that the token names; a look at the address changes nothing."""
    person_id = addresses.person_of_token(token)
    person = get_user_model().objects.filter(pk=person_id).first() if person_id else None
    if person is None:
        raise Http404
    if request.method == "POST":
        services.choose_rhythm(by=person, rhythm=Delivery.Rhythm.NONE)
    return render(request, "following/stop.html", {"done": request.method == "POST"})


def _target(request: HttpRequest) -> dict[str, Any]:
    """What is to be followed, for who may see it; anything else does not exist."""
    asked = request.GET if request.GET else request.POST
    access = access_of(request)
    if "tag" in asked:
        tag = Tag.objects.filter(slug=asked["tag"].replace("\x00", "")[:200]).first()
        if (
            tag is None
            or not visible(Artifact.objects.filter(tagged_items__tag=tag), access).exists()
        ):
            raise Http404
        return {"tag": tag}
    page = visible(Page.objects.filter(pk=_number(asked.get("page", ""))), access).first()
    specific = page.specific if page else None
    if not isinstance(specific, Artifact | CategoryPage | SectionPage):
        raise Http404
    return {"page": specific}


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _address(target: dict[str, Any]) -> str:
    if "tag" in target:
        return f"/tags/{target['tag'].slug}/"
    return site_path(target["page"].url_path)


def _back(request: HttpRequest, otherwise: str) -> str:
    """Back to the page that has the button, when the form names one of this site."""
    url = request.POST.get("next", "")
    if url and url_has_allowed_host_and_scheme(url, allowed_hosts=None):
        return url
    return otherwise or "following:list"
