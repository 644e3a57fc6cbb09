"""Runs. Who may not see a run does not learn that there is one."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.errors import ChangedMeanwhile, RunRefused
from knowledge.practice.forms.runs import EndForm, HandOverForm, RoleForm, StartForm
from knowledge.practice.models import Run, RunStep
from knowledge.practice.models.runs import NAME_CHARS
from knowledge.practice.permissions import joinable
from knowledge.practice.selectors import runs as selectors
from knowledge.practice.selectors.runnable import can_run, steps_of
from knowledge.practice.services import runs as services
from knowledge.practice.services import steps as step_services

PAGE = "practice/runs/show.html"
# What scripts ask for: the part of the page that changes.
PIECE = "practice/runs/run.html"
PIECE_HEADER = "X-Run-Piece"
A_PAGE = 25


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    pages = Paginator(selectors.mine(request.user, access_of(request)), A_PAGE)
    page = pages.get_page(request.GET.get("page"))
    return render(
        request,
        "practice/runs/list.html",
        {"rows": selectors.lines(page.object_list), "page": page, "today": timezone.localdate()},
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
    form = StartForm(request.POST or None, roles=roles, initial={"name": name})
    if form.is_valid():
        try:
            run = services.start(
                page=page,
                by=request.user,
                name=form.cleaned_data["name"],
                due=form.cleaned_data["due"],
                is_open=form.cleaned_data["is_open"],
                roles=form.people(),
            )
        except RunRefused as refusal:
            form.add_error(None, str(refusal))
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


@never_cache
@login_required
@require_safe
def show(request: HttpRequest, run_id: int) -> HttpResponse:
    return _page(request, _run(request, run_id))


@never_cache
@login_required
@require_safe
def changes(request: HttpRequest, run_id: int) -> HttpResponse:
    """What changes of the page; 204 when nothing came after the event that the page shows."""
    run = _run(request, run_id)
    if request.GET.get("after") == str(run.last_event):
        return HttpResponse(status=204)
    return _piece(request, run)


@never_cache
@login_required
@require_POST
def move(request: HttpRequest, run_id: int, step_id: int) -> HttpResponse:
    run = _run(request, run_id)
    to, text, link = (
        request.POST.get(name, "").replace("\0", "") for name in ("to", "text", "link")
    )
    seen = request.POST.get("seen", "")
    try:
        step_services.move(
            run=run,
            step_id=step_id,
            by=request.user,
            seen=int(seen) if seen.isascii() and seen.isdigit() else None,
            to=to,
            text=text,
            link=link,
            file=request.FILES.get("file"),
        )
    except RunStep.DoesNotExist:
        raise Http404 from None
    except RunRefused as refusal:
        refused = {"step": step_id, "field": refusal.field, "message": str(refusal)}
        refused |= {"to": to, "text": text, "link": link}
        status = 409 if isinstance(refusal, ChangedMeanwhile) else 400
        return _answer(request, run, refused=refused, status=status)
    return _answer(request, run, anchor=f"step-{step_id}")


@login_required
@require_POST
def say(request: HttpRequest, run_id: int) -> HttpResponse:
    run = _run(request, run_id)
    text = request.POST.get("text", "").replace("\0", "")
    try:
        services.say(run=run, by=request.user, text=text)
    except RunRefused as refusal:
        refused = {"field": "text", "message": str(refusal), "text": text}
        return _answer(request, run, refused={"form": "say", **refused}, status=400)
    return _answer(request, run, anchor="log")


@login_required
@require_POST
def give_role(request: HttpRequest, run_id: int) -> HttpResponse:
    run = _run(request, run_id)
    form = RoleForm(request.POST)
    message = ""
    if form.is_valid():
        try:
            services.give_role(run=run, by=request.user, **form.cleaned_data)
        except RunRefused as refusal:
            message = str(refusal)
    else:
        message = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if message:
        refused = {"form": "role", "role": request.POST.get("role", ""), "message": message}
        return _answer(request, run, refused=refused, status=400)
    return _answer(request, run, anchor="people")


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def hand_over(request: HttpRequest, run_id: int) -> HttpResponse:
    run = _run(request, run_id)
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
    run = _run(request, run_id)
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


@never_cache
@login_required
@require_safe
def evidence(request: HttpRequest, run_id: int, step_id: int) -> HttpResponseBase:
    return file_of(_run(request, run_id), step_id)


def file_of(run: Run, step_id: int) -> HttpResponseBase:
    """The file of a step, always to be saved and never to be shown in the site's name."""
    step = run.steps.filter(pk=step_id).exclude(file="").first()
    if step is None:
        raise Http404
    try:
        content = step.file.open("rb")
    except FileNotFoundError:
        raise Http404(_("The file is not there any more.")) from None
    response = FileResponse(
        content,
        as_attachment=True,
        filename=step.file_name,
        content_type="application/octet-stream",
    )
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _run(request: HttpRequest, run_id: int) -> Run:
    runs = Run.objects.select_related("lead", "artifact").filter(pk=run_id)
    run = joinable(runs, request.user, access_of(request)).first()
    if run is None:
        raise Http404
    return run


def _answer(
    request: HttpRequest, run: Run, *, anchor: str = "", status: int = 200, **context: Any
) -> HttpResponse:
    """After a change: the piece for scripts, the page again for errors, else back to the page."""
    if PIECE_HEADER in request.headers:
        return _piece(request, _run(request, run.pk), status=status, **context)
    if status != 200:
        return _page(request, _run(request, run.pk), status=status, **context)
    return redirect(f"{reverse('practice:run', args=[run.pk])}#{anchor}")


def _page(request: HttpRequest, run: Run, *, status: int = 200, **context: Any) -> HttpResponse:
    context["run"] = selectors.show(run, request.user, access_of(request))
    return render(request, PAGE, context, status=status)


def _piece(request: HttpRequest, run: Run, *, status: int = 200, **context: Any) -> HttpResponse:
    context["run"] = selectors.show(run, request.user, access_of(request))
    return render(request, PIECE, context, status=status)


def _asked(request: HttpRequest, run: Run, form: Any, title: str, verb: str) -> HttpResponse:
    """A form on a page of its own; only who leads the run gets it."""
    shown = selectors.show(run, request.user, access_of(request))
    if not shown.is_lead:
        raise PermissionDenied(_("Only who leads the run may do that."))
    if not run.is_running:
        return redirect("practice:run", run.pk)
    context = {"run": shown, "form": form, "title": title, "verb": verb}
    status = 400 if form.errors else 200
    return render(request, "practice/runs/ask.html", context, status=status)
