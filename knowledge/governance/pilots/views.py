"""Pilots of a person, opening one, and the page of one. For people with a name."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.catalog.errors import IncompleteArtifact, KnowledgeError
from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of
from knowledge.catalog.selectors.categories import site_path
from knowledge.governance.pilots import carried, running, selectors, services
from knowledge.governance.pilots.models import MAX_WORDS_CHARS, Experience, Pilot
from knowledge.practice.forms.runs import StartForm
from knowledge.practice.models.runs import NAME_CHARS
from knowledge.practice.selectors.runnable import steps_of
from knowledge.practice.teams.permissions import is_member
from knowledge.practice.teams.selectors import known_to

A_PAGE = 25
# Runs on the page of a pilot; all of them have their own.
NEWEST = 5


@never_cache
@login_required
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    pilots = selectors.of_person(request.user, access_of(request))
    if slug := request.GET.get("team", "").replace("\0", ""):
        pilots = pilots.filter(team__slug=slug)
    page = Paginator(pilots, A_PAGE).get_page(request.GET.get("page"))
    return render(request, "pilots/list.html", {"rows": page.object_list, "page": page})


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest, page_id: int) -> HttpResponse:
    """For who may edit the page; for everybody else there is nothing here."""
    page = Artifact.objects.filter(pk=page_id).first()
    if page is None or not access_of(request).opens(page.path):
        raise Http404
    if not page.permissions_for_user(request.user).can_edit():
        raise Http404
    teams = list(known_to(request.user))
    chosen = request.POST.get("team", "")
    context: dict[str, Any] = {
        "page": page,
        "teams": teams,
        "chosen": chosen,
        "goal": request.POST.get("goal", ""),
        "max_words": MAX_WORDS_CHARS,
    }
    if request.method != "POST":
        return render(request, "pilots/new.html", context)
    team = next((one for one in teams if str(one.pk) == chosen), None)
    if team is None:
        context["errors"] = {"team": _("Choose the team that tries it.")}
        return render(request, "pilots/new.html", context, status=400)
    try:
        pilot = services.start(
            page=page, by=request.user, team=team, goal=context["goal"], at=timezone.now()
        )
    except KnowledgeError as refusal:
        context["errors"] = {getattr(refusal, "field", ""): _said(refusal)}
        return render(request, "pilots/new.html", context, status=400)
    messages.success(request, _("The team sees the draft at the address of the page now."))
    return redirect("pilots:show", pilot.pk)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """For the team and for who steers it; a POST says something or decides."""
    pilot = _pilot(request, pilot_id)
    errors: dict[str, str] = {}
    if request.method == "POST":
        try:
            return _act(request, pilot)
        except KnowledgeError as refusal:
            errors = {getattr(refusal, "field", ""): _said(refusal)}
            pilot.refresh_from_db()
    said = Paginator(pilot.experiences.select_related("author"), A_PAGE)
    context = {
        "pilot": pilot,
        "page_url": site_path(pilot.page.url_path),
        "page": said.get_page(request.GET.get("page")),
        "verdicts": selectors.verdicts(pilot),
        "runs": selectors.outcomes(_runs_of(pilot)[:NEWEST]),
        "run_counts": selectors.counts(pilot),
        "can_run": running.can_start(pilot, request.user),
        "choices": Experience.Verdict.choices,
        "is_member": is_member(pilot.team, request.user),
        "may_steer": selectors.may_steer(pilot, request.user),
        "beside": _beside(request, pilot),
        "is_newer": pilot.page.latest_revision_id != pilot.revision_id,
        "max_words": MAX_WORDS_CHARS,
        "errors": errors,
        "typed": request.POST,
    }
    return render(request, "pilots/show.html", context, status=400 if errors else 200)


@never_cache
@login_required
@require_safe
def runs(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """All runs of what is tried, for who judges it; the run itself is seen by the team."""
    pilot = _pilot(request, pilot_id)
    page = Paginator(_runs_of(pilot), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "pilot": pilot,
        "page": page,
        "rows": selectors.outcomes(page.object_list),
        "is_member": is_member(pilot.team, request.user),
    }
    return render(request, "pilots/runs.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def run(request: HttpRequest, pilot_id: int) -> HttpResponse:
    """Start a run of the draft; for the team."""
    pilot = _pilot(request, pilot_id)
    if not running.can_start(pilot, request.user):
        raise Http404
    draft = running.draft_of(pilot)
    steps = [step for _heading, step in steps_of(draft)]
    roles = list(dict.fromkeys(step.role for step in steps if step.role))
    today = date_format(timezone.localdate(), "j F Y")
    initial = {"name": f"{draft.title[: NAME_CHARS - len(today) - 2]}, {today}"}
    form = StartForm(request.POST or None, roles=roles, person=request.user, initial=initial)
    for name in ("is_open", "team"):
        # Of a draft only its team has runs.
        form.fields.pop(name, None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            started = running.start(
                pilot=pilot,
                by=request.user,
                name=said["name"],
                due=said["due"],
                roles=form.people(),
                at=timezone.now(),
            )
        except KnowledgeError as refusal:
            field = getattr(refusal, "field", "")
            form.add_error(field if field in form.fields else None, str(refusal))
        else:
            return redirect("practice:run", started.pk)
    context = {"pilot": pilot, "form": form, "steps": steps}
    status = 400 if form.errors else 200
    return render(request, "pilots/run.html", context, status=status)


def _pilot(request: HttpRequest, pilot_id: int) -> Pilot:
    rows = Pilot.objects.select_related("page", "revision", "team", "opened_by", "closed_by")
    pilot = rows.filter(pk=pilot_id).first()
    if pilot is None or not selectors.may_see(pilot, request.user, access_of(request)):
        raise Http404
    return pilot


def _runs_of(pilot: Pilot) -> Any:
    return pilot.runs.select_related("run", "revision")


def _act(request: HttpRequest, pilot: Pilot) -> HttpResponse:
    sent, now = request.POST, timezone.now()
    match sent.get("action"):
        case "say":
            verdict, text = sent.get("verdict", ""), sent.get("text", "")
            services.say(pilot=pilot, by=request.user, verdict=verdict, text=text, at=now)
            messages.success(request, _("Thank you. It is kept with the pilot."))
        case "renew":
            services.renew(pilot=pilot, by=request.user)
            messages.success(request, _("The team sees the newest draft now."))
        case "end":
            services.end(pilot=pilot, by=request.user, reason=sent.get("reason", ""), at=now)
            messages.success(request, _("The pilot is over. The draft stays."))
        case "promote":
            page = services.promote(
                pilot=pilot,
                by=request.user,
                note=sent.get("note", ""),
                at=now,
                fields=sent.getlist("field") if "fields" in sent else None,
            )
            said = _("“%s” is submitted for review with what was tried.") % page.title
            messages.success(request, said)
        case _:
            raise KnowledgeError(_("Say what shall become of it."))
    return redirect("pilots:show", pilot.pk)


def _beside(request: HttpRequest, pilot: Pilot) -> list[tuple[carried.Beside, bool]]:
    """The fields that may go along, and whether each is chosen; for who may submit it."""
    if not pilot.is_running or not selectors.may_steer(pilot, request.user):
        return []
    sent = request.POST
    return [
        (one, one.name in sent.getlist("field") if "fields" in sent else one.goes)
        for one in carried.shown(pilot, access_of(request))
    ]


def _said(refusal: KnowledgeError) -> str:
    if isinstance(refusal, IncompleteArtifact):
        return _("Still missing: %(parts)s.") % {"parts": str(refusal)}
    return str(refusal)
