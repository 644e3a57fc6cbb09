"""Runs. Who may not see a run does not learn that there is one."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.errors import RunOver, RunRefused
from knowledge.practice.forms.runs import EndForm, HandOverForm, StartForm
from knowledge.practice.models import Run
from knowledge.practice.models.runs import NAME_CHARS
from knowledge.practice.selectors import runs as selectors
from knowledge.practice.selectors.runnable import can_run, steps_of
from knowledge.practice.services import runs as services
from knowledge.practice.teams import choosing
from knowledge.practice.views.answering import find, number, piece
from knowledge.practice.views.answering import page as show_page

A_PAGE = 25
LOG_LINES = 50
VERSIONS = 50


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    narrowed = choosing.narrowing(request)
    rows = selectors.mine(request.user, access_of(request), team=narrowed["of_team"])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "practice/runs/list.html",
        {
            "rows": selectors.lines(page.object_list),
            "page": page,
            "today": timezone.localdate(),
            **narrowed,
        },
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, page_id: int) -> HttpResponse:
    page = visible(Artifact.objects.filter(pk=page_id), access_of(request)).first()
    page = page.specific if page else None
    if page is None or not can_run(page):
        raise Http404
    steps = [step for _heading, step in steps_of(page)]
    today = date_format(timezone.localdate(), "j F Y")
    name = f"{page.title[: NAME_CHARS - len(today) - 2]}, {today}"
    roles = list(dict.fromkeys(step.role for step in steps if step.role))
    initial = {"name": name, "team": request.GET.get("team", "")}
    form = StartForm(request.POST or None, roles=roles, person=request.user, initial=initial)
    if form.is_valid():
        try:
            run = services.start(
                page=page,
                by=request.user,
                name=form.cleaned_data["name"],
                due=form.cleaned_data["due"],
                is_open=form.cleaned_data["is_open"],
                team=form.cleaned_data.get("team"),
                roles=form.people(),
            )
        except RunRefused as refusal:
            form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal))
        else:
            return redirect("practice:run", run.pk)
    context = {
        "page": page,
        "form": form,
        "steps": steps,
        "gates": sum(step.is_gate for step in steps),
        "back_url": site_path(page.url_path),
        "going_on": selectors.going_on(page, request.user, access_of(request)),
    }
    status = 400 if form.errors else 200
    return render(request, "practice/runs/start.html", context, status=status)


@require_safe
def of_artifact(request: HttpRequest, page_id: int) -> HttpResponse:
    """What the runs of an artifact teach, for all its readers; and the runs that this one may see."""
    access = access_of(request)
    artifact = visible(Artifact.objects.filter(pk=page_id), access).first()
    if artifact is None:
        raise Http404
    artifact = artifact.specific
    pages = Paginator(selectors.of_artifact(artifact, request.user, access), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    context = {
        "artifact": artifact,
        "back_url": site_path(artifact.url_path),
        "versions": selectors.taught(artifact)[:VERSIONS],
        "can_run": can_run(artifact),
        "rows": selectors.lines(page.object_list),
        "page": page,
        "today": timezone.localdate(),
    }
    answer = render(request, "practice/runs/of_artifact.html", context)
    if request.user.is_authenticated:
        answer["Cache-Control"] = "private, no-store"
    return answer


@never_cache
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker: below ``runs/``, which makes that its scope."""
    context = {"static_url": settings.STATIC_URL, "offline_page": reverse("practice:run_offline")}
    script = render(
        request, "practice/runs/offline/worker.js", context, content_type="text/javascript"
    )
    # It fetches in the name of its pages, and needs nothing else.
    script["Content-Security-Policy"] = "default-src 'none'; connect-src 'self'"
    return script


@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """What stands for a page that cannot be fetched; kept on the device, the same for everybody."""
    return render(request, "practice/runs/offline/page.html")


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, run_id: int) -> HttpResponse:
    return show_page(request, find(request, run_id))


@never_cache
@login_required
@require_safe
def changes(request: HttpRequest, run_id: int) -> HttpResponse:
    """What changes of the page; 204 when nothing came after the event that the page shows."""
    run = find(request, run_id)
    after = number(request.GET.get("after", ""))
    if after == run.last_event:
        return HttpResponse(status=204)
    return piece(request, run, after=after)


@never_cache
@login_required
@require_safe
def log(request: HttpRequest, run_id: int) -> HttpResponse:
    run = find(request, run_id)
    pages = Paginator(selectors.log_of(run), LOG_LINES)
    return render(
        request,
        "practice/runs/log/whole.html",
        {"run": run, "page": pages.get_page(request.GET.get("page"))},
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, run_id: int) -> HttpResponse:
    run = find(request, run_id)
    form = HandOverForm(request.POST or None)
    if form.is_valid():
        try:
            services.hand_over(
                run=run,
                to=form.cleaned_data["person"],
                by=request.user,
                text=form.cleaned_data["text"],
            )
        except RunRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The run is handed over."))
            return redirect("practice:run", run.pk)
    return _asked(request, run, form, _("Hand the run over"), _("Hand over"))


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, run_id: int) -> HttpResponse:
    run = find(request, run_id)
    form = EndForm(request.POST or None)
    if form.is_valid():
        try:
            services.end(run=run, by=request.user, **form.cleaned_data)
        except RunRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            messages.success(request, _("The run has ended. Its record stays."))
            return redirect("practice:run", run.pk)
    return _asked(request, run, form, _("End the run"), _("End the run"))


def _asked(request: HttpRequest, run: Run, form: Any, title: str, verb: str) -> HttpResponse:
    """A form on a page of its own; only who leads the run gets it."""
    shown = selectors.show(run, request.user, access_of(request), now=timezone.now())
    if not shown.is_lead:
        raise PermissionDenied(_("Only who leads the run may do that."))
    if not run.is_running:
        if request.method == "POST":
            messages.warning(request, str(RunOver()))
        return redirect("practice:run", run.pk)
    context = {"run": shown, "form": form, "title": title, "verb": verb}
    status = 400 if form.errors else 200
    return render(request, "practice/runs/step/ask.html", context, status=status)
