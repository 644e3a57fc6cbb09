"""Decisions: walked question by question, kept, approved. The walk works by addresses alone."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import content_disposition_header, urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.catalog.models import Artifact
from knowledge.catalog.people import called
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.errors import RunRefused
from knowledge.practice.forms.decisions import RecordForm
from knowledge.practice.forms.people import PersonForm
from knowledge.practice.models import Decision
from knowledge.practice.permissions import names_approvers, readable
from knowledge.practice.selectors import decisions as selectors
from knowledge.practice.services import decisions as services
from knowledge.practice.teams import choosing

A_PAGE = 25
REASON = "reason."


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What waits for the person, and everything the person may see."""
    access = access_of(request)
    narrowed = choosing.narrowing(request)
    rows = readable(Decision.objects.select_related("decided_by"), request.user, access)
    if narrowed["of_team"] is not None:
        rows = rows.filter(team=narrowed["of_team"])
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    waiting = selectors.waiting_for(request.user, access)[:A_PAGE]
    return render(
        request,
        "practice/decisions/list.html",
        {"rows": page.object_list, "page": page, "waiting": waiting, **narrowed},
    )


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk(request: HttpRequest, page_id: int) -> HttpResponse:
    """The next question; at the end the form that keeps the decision. Answers are in the address."""
    page = visible(Artifact.objects.filter(pk=page_id), access_of(request)).first()
    page = page.specific if page else None
    way = selectors.walk(page, request.GET.dict()) if page else None
    if page is None or way is None:
        raise Http404
    before = superseded_by(request)
    context: dict[str, Any] = {
        "page": page,
        "way": way,
        "back_url": site_path(page.url_path),
        "supersedes": before,
        "back": _back(way.given, before),
        "reason_prefix": REASON,
    }
    if way.state.outcome is None:
        status = 400 if way.state.refused else 200
        return render(request, "practice/decisions/walk.html", context, status=status)
    form = RecordForm(
        request.POST or None,
        role=way.state.outcome.get("approver_role") or "",
        escalate_to_role=way.state.outcome.get("escalate_to_role") or "",
        person=request.user,
        initial={"team": request.GET.get("team", "")},
    )
    if form.is_valid():
        reasons = {
            key.removeprefix(REASON): value.replace("\0", "")
            for key, value in request.POST.dict().items()
            if key.startswith(REASON)
        }
        try:
            decision = services.record(
                page=page,
                by=request.user,
                answers=way.given,
                reasons=reasons,
                supersedes=before,
                **form.cleaned_data,
            )
        except RunRefused as refusal:
            form.add_error(refusal.field or None, str(refusal))
        else:
            return redirect("practice:decision", decision.pk)
    context |= {"form": form, "reasons": request.POST.dict()}
    status = 400 if form.errors else 200
    return render(request, "practice/decisions/record.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, decision_id: int) -> HttpResponse:
    decision = _decision(request, decision_id)
    refused: dict[str, str] = {}
    if request.method == "POST":
        note = request.POST.get("note", "").replace("\0", "")
        try:
            services.decide_on(
                decision=decision,
                by=request.user,
                approve=request.POST.get("verdict") == "approve",
                note=note,
            )
        except RunRefused as refusal:
            refused = {"message": str(refusal), "text": note}
        else:
            messages.success(request, _("Your word is kept with the decision."))
            return redirect("practice:decision", decision.pk)
    return _page(request, decision, status=400 if refused else 200, refused=refused)


@never_cache
@login_required
@require_POST
def name_approver(request: HttpRequest, decision_id: int) -> HttpResponse:
    decision = _decision(request, decision_id)
    if not names_approvers(decision, request.user):
        # Asked before the name: whom one may not name one does not look up either.
        raise PermissionDenied(_("Only who decided it may do that."))
    form = PersonForm(request.POST)
    if form.is_valid():
        person = form.cleaned_data["person"]
        role = request.POST.get("role", "")
        try:
            services.name_approver(decision=decision, role=role, person=person, by=request.user)
        except RunRefused as refusal:
            form.add_error("person", str(refusal))
        else:
            messages.success(request, _("It waits for %s now.") % called(person))
            return redirect("practice:decision", decision.pk)
    return _page(request, decision, status=400, form=form)


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, decision_id: int) -> HttpResponse:
    decision = _decision(request, decision_id)
    content = selectors.as_markdown(selectors.show(decision, request.user, access_of(request)))
    response = HttpResponse(content, content_type="text/markdown; charset=utf-8")
    name = f"{slugify(decision.name)[:80] or 'decision'}.md"
    response["Content-Disposition"] = content_disposition_header(True, name)
    return response


def _page(request: HttpRequest, decision: Decision, *, status: int, **context: Any) -> HttpResponse:
    shown = selectors.show(decision, request.user, access_of(request))
    context = {"decision": shown, "form": PersonForm()} | context
    return render(request, "practice/decisions/show.html", context, status=status)


def _decision(request: HttpRequest, decision_id: int) -> Decision:
    rows = Decision.objects.select_related("decided_by", "approver", "artifact")
    decision = readable(rows, request.user, access_of(request)).filter(pk=decision_id).first()
    if decision is None:
        raise Http404
    return decision


def superseded_by(request: HttpRequest) -> Decision | None:
    """The decision of the address that this one takes the place of, when the person made it."""
    number = request.GET.get("supersedes", "")
    if not (number.isascii() and number.isdigit() and len(number) < 10):
        return None
    decision = _decision(request, int(number))
    if decision.decided_by_id != request.user.pk:
        raise PermissionDenied(_("Only who decided it supersedes it."))
    return decision


def _back(given: Any, before: Decision | None) -> str:
    """The address one question earlier; empty at the first."""
    if not given:
        return ""
    pairs = [*list(given.items())[:-1], *([("supersedes", before.pk)] if before else [])]
    return f"?{urlencode(pairs)}"
