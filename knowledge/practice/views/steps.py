"""What is done in a run: steps are moved, talked about and given to people."""

from datetime import UTC, datetime
from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.catalog.permissions import access_of
from knowledge.practice.errors import ChangedMeanwhile, RunRefused
from knowledge.practice.forms.people import PersonForm
from knowledge.practice.forms.runs import DueForm, RoleForm
from knowledge.practice.models import Run, RunStep
from knowledge.practice.selectors import runs as selectors
from knowledge.practice.services import leading, runs
from knowledge.practice.services import steps as services
from knowledge.practice.views.answering import answer, find, number

LOG_LINES = 50


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def step(request: HttpRequest, run_id: int, step_id: int) -> HttpResponse:
    """The step on a page of its own; what is sent there moves it."""
    run = find(request, run_id)
    if request.method == "POST":
        return _move(request, run, step_id)
    return _page(request, run, step_id)


def _move(request: HttpRequest, run: Run, step_id: int) -> HttpResponse:
    said: dict[str, Any] = {
        name: _said(request, name) for name in ("to", "text", "link", "answer", "tick")
    }
    try:
        moved = services.move(
            run=run,
            step_id=step_id,
            by=request.user,
            seen=number(request.POST.get("seen", "")),
            file=request.FILES.get("file"),
            noted_at=_moment(request.POST.get("noted", "")),
            **said,
        )
    except RunStep.DoesNotExist:
        raise Http404 from None
    except RunRefused as refusal:
        refused = {"step": step_id, "field": refusal.field, "message": str(refusal)}
        refused |= said
        status = 409 if isinstance(refusal, ChangedMeanwhile) else 400
        return answer(request, run, refused=refused, status=status)
    return answer(request, run, anchor=f"step-{step_id}", moved=moved)


@never_cache
@login_required
@require_POST
def say(request: HttpRequest, run_id: int, step_id: int | None = None) -> HttpResponse:
    """A comment of the run or of one step; ticked, that the step is wrong."""
    run = find(request, run_id)
    text, is_wrong = _said(request, "text"), "wrong" in request.POST
    try:
        runs.say(
            run=run,
            by=request.user,
            text=text,
            step_id=step_id,
            is_wrong=is_wrong,
            tick=_said(request, "tick"),
        )
    except RunStep.DoesNotExist:
        raise Http404 from None
    except RunRefused as refusal:
        refused = {"form": "say", "message": str(refusal), "text": text, "wrong": is_wrong}
        if step_id is not None:
            return _page(request, run, step_id, status=400, refused=refused)
        return answer(request, run, refused=refused, status=400)
    if step_id is None:
        return answer(request, run, anchor="log")
    return answer(request, run, anchor=f"step-{step_id}")


@never_cache
@login_required
@require_POST
def name_person(request: HttpRequest, run_id: int, step_id: int) -> HttpResponse:
    """Take a step over, give it back, or name somebody who does it."""
    run = find(request, run_id)
    deed, person, message = request.POST.get("deed"), None, ""
    if deed == "take":
        person = request.user
    elif deed == "name":
        form = PersonForm(request.POST)
        form.is_valid()
        person = form.cleaned_data.get("person")
        message = " ".join(str(error) for error in form.errors.get("person", []))
    elif deed != "give-back":
        message = _("Say who does the step.")
    if not message:
        try:
            leading.name_for_step(run=run, step_id=step_id, person=person, by=request.user)
        except RunStep.DoesNotExist:
            raise Http404 from None
        except RunRefused as refusal:
            message = str(refusal)
    if message:
        refused = {"form": "person", "message": message, "person": _said(request, "person")}
        return _page(request, run, step_id, status=400, refused=refused)
    return answer(request, run, anchor=f"step-{step_id}")


@never_cache
@login_required
@require_POST
def set_due(request: HttpRequest, run_id: int, step_id: int) -> HttpResponse:
    run = find(request, run_id)
    form = DueForm(request.POST)
    message = ""
    if form.is_valid():
        try:
            leading.set_due(run=run, step_id=step_id, due=form.cleaned_data["due"], by=request.user)
        except RunStep.DoesNotExist:
            raise Http404 from None
        except RunRefused as refusal:
            message = str(refusal)
    else:
        message = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if message:
        refused = {"form": "due", "message": message, "due": _said(request, "due")}
        return _page(request, run, step_id, status=400, refused=refused)
    return answer(request, run, anchor=f"step-{step_id}")


@login_required
@require_POST
def give_role(request: HttpRequest, run_id: int) -> HttpResponse:
    run = find(request, run_id)
    form = RoleForm(request.POST)
    message = ""
    if form.is_valid():
        try:
            runs.give_role(run=run, by=request.user, **form.cleaned_data)
        except RunRefused as refusal:
            message = str(refusal)
    else:
        message = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if message:
        refused = {"form": "role", "role": request.POST.get("role", ""), "message": message}
        return answer(request, run, refused=refused, status=400)
    return answer(request, run, anchor="people")


@never_cache
@login_required
@require_safe
def evidence(request: HttpRequest, run_id: int, step_id: int) -> HttpResponseBase:
    return file_of(find(request, run_id), step_id)


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


def _page(
    request: HttpRequest, run: Run, step_id: int, *, status: int = 200, **context: Any
) -> HttpResponse:
    run = find(request, run.pk)
    access, now = access_of(request), timezone.now()
    shown = selectors.show(run, request.user, access, now=now, after=run.last_event, also=step_id)
    found = [one for part in shown.sections for one in part.steps if one.row.pk == step_id]
    if not found:
        raise Http404
    lines = selectors.log_of(run).filter(step=step_id)[:LOG_LINES]
    context |= {"run": shown, "step": found[0], "lines": lines}
    return render(request, "practice/runs/step/page.html", context, status=status)


def _said(request: HttpRequest, name: str) -> str:
    return request.POST.get(name, "").replace("\0", "")


def _moment(text: str) -> datetime | None:
    """What a browser says of its clock; nothing when it is no moment with a zone."""
    try:
        moment = parse_datetime(text)
    except ValueError:
        return None
    return moment.astimezone(UTC) if moment is not None and moment.tzinfo else None
