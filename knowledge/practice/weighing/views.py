"""Pages of weighted decisions. What a person may not see is not found."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from knowledge.catalog.models import Artifact
from knowledge.catalog.permissions import access_of, visible
from knowledge.catalog.selectors.categories import site_path
from knowledge.practice.errors import ChangedMeanwhile, RunRefused
from knowledge.practice.forms.people import PersonForm
from knowledge.practice.permissions import leads_opened
from knowledge.practice.teams import choosing
from knowledge.practice.views.decisions import superseded_by
from knowledge.practice.weighing import selectors, services
from knowledge.practice.weighing.forms import BeginForm, DecideForm
from knowledge.practice.weighing.models import Scores, Weighing
from knowledge.practice.weighing.permissions import readable
from knowledge.practice.work import morning

A_PAGE = 25


@never_cache
@login_required
@require_safe
def index(request: HttpRequest) -> HttpResponse:
    """What is not decided yet; what is stands among the decisions."""
    narrowed = choosing.narrowing(request)
    own = selectors.own(request.user, team=narrowed["of_team"])
    rows = readable(own, request.user, access_of(request))
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {"rows": page.object_list, "page": page, **narrowed}
    return render(request, "weighing/list.html", context)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest, page_id: int) -> HttpResponse:
    page = _page(request, page_id)
    matrix = selectors.matrix_of(page) if page else None
    if page is None or matrix is None:
        raise Http404
    before = superseded_by(request)
    form = BeginForm(
        request.POST or None,
        matrix=matrix,
        person=request.user,
        team=request.GET.get("team", ""),
    )
    refused = ""
    if form.is_valid():
        try:
            row = services.begin(page=page, by=request.user, supersedes=before, **form.arguments)
        except RunRefused as refusal:
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal))
            else:
                refused = str(refusal)
        else:
            return redirect("weighing:show", row.pk)
    context = {
        "page": page,
        "back_url": site_path(page.url_path),
        "matrix": matrix,
        "form": form,
        "refused": refused,
        "supersedes": before,
    }
    status = 400 if form.errors or refused else 200
    return render(request, "weighing/start.html", context, status=status)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def show(request: HttpRequest, row_id: int) -> HttpResponse:
    """The ranking, and the person's own scores, which are sent here."""
    row = _row(request, row_id)
    refused, sent = "", None
    seen = None
    if request.method == "POST":
        number = request.POST.get("_seen", "")
        seen = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
        sent = request.POST
        try:
            services.score(row=row, by=request.user, scores=request.POST, seen=seen)
        except ChangedMeanwhile as refusal:
            refused = str(refusal)
            seen = Scores.objects.get(weighing=row, person=request.user.pk).revision
        except RunRefused as refusal:
            refused = str(refusal)
        else:
            messages.success(request, _("Your scores are in."))
            return redirect("weighing:show", row.pk)
    return _shown(request, row, sent=sent, seen=seen, refused=refused)


@never_cache
@login_required
@require_POST
def invite(request: HttpRequest, row_id: int) -> HttpResponse:
    row = _row(request, row_id)
    if not leads_opened(row, request.user):
        # Asked before the name: whom one may not invite one does not look up either.
        raise PermissionDenied(_("Only who opened it may do that."))
    form = PersonForm(request.POST)
    if form.is_valid():
        try:
            services.invite(row=row, by=request.user, person=form.cleaned_data["person"])
        except RunRefused as refusal:
            form.add_error("person", str(refusal))
        else:
            if morning.reaches(form.cleaned_data["person"]):
                said = _("Invited. A mail tells of it in the morning.")
            else:
                said = _("Invited. It stands on their page “My work”; no mail tells of it.")
            messages.success(request, said)
            return redirect("weighing:show", row.pk)
    return _shown(request, row, form=form)


@never_cache
@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, row_id: int) -> HttpResponse:
    row = _row(request, row_id)
    page = _page(request, row.artifact_id or 0)
    shown = selectors.shown(row, request.user, access_of(request))
    if row.decision_id is not None and request.method == "POST":
        # Sent twice.
        return redirect("practice:decision", row.decision_id)
    if page is None or not row.is_running or shown.outcome is None:
        raise Http404
    if not leads_opened(row, request.user):
        raise PermissionDenied(_("Only who opened it may do that."))
    form = DecideForm(
        request.POST or None,
        options=[line.name for line in shown.outcome.lines],
        rights=selectors.rights_of(page),
        thresholds=selectors.thresholds_of(page),
    )
    refused = ""
    if form.is_valid():
        try:
            decision = services.decide(row=row, by=request.user, page=page, **form.arguments)
        except RunRefused as refusal:
            if refusal.field in form.fields:
                form.add_error(refusal.field, str(refusal))
            else:
                refused = str(refusal)
        else:
            return redirect("practice:decision", decision.pk)
    context = {"shown": shown, "form": form, "refused": refused}
    status = 400 if form.errors or refused else 200
    return render(request, "weighing/decide.html", context, status=status)


@login_required
@require_POST
def delete(request: HttpRequest, row_id: int) -> HttpResponse:
    row = _row(request, row_id)
    services.delete(row=row, by=request.user)
    messages.success(request, _("“%s” is deleted.") % row.name)
    return redirect("weighing:index")


def _shown(
    request: HttpRequest,
    row: Weighing,
    *,
    sent: Any = None,
    seen: int | None = None,
    refused: str = "",
    form: PersonForm | None = None,
) -> HttpResponse:
    shown = selectors.shown(row, request.user, access_of(request))
    context = {
        "shown": shown,
        "grid": _grid(row, shown, sent),
        "seen": seen if seen is not None else shown.mine.revision if shown.mine else 0,
        "refused": refused,
        "form": form or PersonForm(),
    }
    status = 400 if refused or form is not None else 200
    return render(request, "weighing/show.html", context, status=status)


def _grid(row: Weighing, shown: selectors.Shown, sent: Any) -> list[tuple[str, list[Any]]]:
    """The form: for each option the name, value and suggestion of each field."""
    mine = sent if sent is not None else shown.mine.scores if shown.mine else None
    grid = []
    for place, option in enumerate(row.options):
        fields = []
        for number, criterion in enumerate(row.criteria):
            key = f"{place}.{number}"
            said = row.suggested.get(key, {})
            value = mine.get(key, "") if mine is not None else said.get("score", "")
            fields.append((key, criterion["name"], value, said))
        grid.append((option, fields))
    return grid


def _row(request: HttpRequest, row_id: int) -> Weighing:
    rows = Weighing.objects.select_related("owner", "artifact", "decision", "supersedes")
    row = readable(rows, request.user, access_of(request)).filter(pk=row_id).first()
    if row is None:
        raise Http404
    return row


def _page(request: HttpRequest, page_id: int) -> Any:
    page = visible(Artifact.objects.filter(pk=page_id), access_of(request)).first()
    return page.specific if page else None
