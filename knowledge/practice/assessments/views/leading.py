"""Opening a round, inviting to it, closing and deleting it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from knowledge.catalog.permissions import access_of
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.assessments import selectors, services
from knowledge.practice.assessments.models import NAME_CHARS
from knowledge.practice.assessments.permissions import FEWEST
from knowledge.practice.assessments.views.finding import page_of, round_of
from knowledge.practice.errors import RunRefused
from knowledge.practice.forms.people import INPUT, PersonForm
from knowledge.practice.permissions import leads_opened
from knowledge.practice.teams.choosing import offer_teams
from knowledge.practice.work import morning


class RoundForm(forms.Form):
    name = forms.CharField(
        label=_("Name of the round"),
        help_text=_("Who answers and when, so that others find it: Payments team, spring 2027."),
        max_length=NAME_CHARS,
        widget=forms.TextInput(attrs=INPUT),
    )
    is_open = forms.BooleanField(
        label=_("Everyone who may read the assessment may answer"), required=False
    )

    def __init__(self, *args: Any, person: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer_teams(self, person)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, page_id: int) -> HttpResponse:
    page = page_of(request, page_id)
    today = date_format(timezone.localdate(), "F Y")
    initial = {"name": today, "team": request.GET.get("team", "")}
    form = RoundForm(request.POST or None, person=request.user, initial=initial)
    if form.is_valid():
        try:
            one = services.begin(page=page, by=request.user, **form.cleaned_data)
        except RunRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("assessments:answer", one.pk)
    context: dict[str, Any] = {
        "page": page,
        "back_url": site_path(page.url_path),
        "form": form,
        "fewest": FEWEST,
    }
    return render(request, "assessments/start.html", context, status=400 if form.errors else 200)


@never_cache
@login_required
@require_POST
def invite(request: HttpRequest, round_id: int) -> HttpResponse:
    one = round_of(request, round_id)
    if not leads_opened(one, request.user):
        # Asked before the name: whom one may not invite one does not look up either.
        raise PermissionDenied(_now("Only who opened the round may do that."))
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            services.invite(one=one, by=request.user, person=form.cleaned_data["person"])
        except RunRefused as refusal:
            form.add_error("person", str(refusal))
        else:
            if morning.reaches(form.cleaned_data["person"]):
                said = _now("Invited. A mail tells of it in the morning.")
            else:
                said = _now("Invited. It stands on their page “My work”; no mail tells of it.")
            messages.success(request, said)
            return redirect("assessments:round", one.pk)
    shown = selectors.shown(one, request.user, access_of(request))
    context = {"round": shown, "form": form, "fewest": FEWEST}
    return render(request, "assessments/show.html", context, status=400)


@login_required
@require_POST
def close(request: HttpRequest, round_id: int) -> HttpResponse:
    one = services.close(one=round_of(request, round_id), by=request.user)
    messages.success(request, _now("The round is closed."))
    return redirect("assessments:round", one.pk)


@login_required
@require_POST
def delete(request: HttpRequest, round_id: int) -> HttpResponse:
    one = round_of(request, round_id)
    services.delete(one=one, by=request.user)
    messages.success(request, _now("“%s” is deleted.") % one.name)
    return redirect("assessments:index")
